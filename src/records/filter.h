// The filter language of the API (the same JSON is a saved view and a segment) -> an SQL condition
// with bound values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "records/record.h"

namespace daifuku::records {

class Engine;

struct Condition {
  // field = value, which every record of the answer must meet.
  struct Equality {
    const meta::FieldDef* field = nullptr;
    meta::Value value = {};
  };
  std::string sql = {};  // empty: no condition
  std::vector<meta::Value> binds = {};
  // For planning: those of the condition as a whole, and whether it holds anything else.
  std::vector<Equality> equalities = {};
  bool only_equalities = true;
};

// Throws AppError(invalid) with a problem for every unknown field or operator and every value that
// does not fit. A field that the caller may not read, or sees masked, is unknown: a filter must not
// be an oracle. Conditions on linked records carry the caller's scope on those. `trash`: for a list
// of trashed records.
Condition compile_filter(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                         const Json& filter, bool trash = false, std::string_view alias = "t");

}  // namespace daifuku::records
