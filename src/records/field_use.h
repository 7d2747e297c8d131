// Which fields of an object are filled in and which stay empty, so that what nobody needs can be
// put away (docs/decisions/0035).
#pragma once

#include <string>

#include "records/engine.h"

namespace daifuku::records {

// GET /usage/fields: of the records that came within 90 days and that the caller sees, at most
// 20,000 of the newest: how many have each field. Fields that people do not fill in (derived, of
// several records) are not there. AppError(forbidden) unless the caller administers.
void field_use_json(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                    std::string& out);

}  // namespace daifuku::records
