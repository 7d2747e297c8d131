// Values that cannot be, from the kinds of the fields and the few facts that their declarations
// tell (FieldDef::earliest, never_future, not_before, least, greatest). Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "records/record.h"

namespace daifuku::records {

struct ImpossibleValue {
  const meta::FieldDef* field = nullptr;
  std::string code = {};  // why, of base/messages.inc
  Params params = {};
  std::optional<meta::Value> proposal = {};  // only where it is sure
};

// Of the fields that the rights let read (parallel to object.expanded); what a field is compared
// with has to be readable too.
std::vector<ImpossibleValue> impossible_values(const meta::ObjectDef& object,
                                               const meta::FieldRights& rights,
                                               const Record& record, Date today, Language language);

// Whether any field of the object can be impossible at all.
bool has_impossible(const meta::ObjectDef& object, const meta::FieldRights& rights);

}  // namespace daifuku::records
