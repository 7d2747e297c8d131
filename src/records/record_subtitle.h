// What tells two records of the same name apart.
#pragma once

#include <string>

#include "records/plan.h"

namespace daifuku::records {

// The first filled ones of address, phone, mail and the like that the caller may read, behind
// `linked`, the name of what the record belongs to.
std::string subtitle_of(const Caller& caller, const ObjectPlan& plan, const Record& record,
                        const std::string& linked);

}  // namespace daifuku::records
