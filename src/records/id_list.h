// Many ids as one bound value, so that a statement is the same whatever their number.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/id.h"
#include "store/database.h"

namespace daifuku::records {

// The value to bind: "1,2,3".
inline std::string ids_text(std::span<const Id> ids) {
  std::string out;
  for (const Id id : ids) {
    if (!out.empty()) out += ',';
    out += std::to_string(id);
  }
  return out;
}

// Condition on the id of the rows under `alias`, with one `?` for ids_text().
inline std::string in_ids(store::Dialect dialect, std::string_view alias) {
  return std::string(alias) + (dialect == store::Dialect::postgres
                                   ? ".id = ANY(string_to_array(?, ',')::bigint[])"
                                   : ".id IN (SELECT value FROM json_each('[' || ? || ']'))");
}

}  // namespace daifuku::records
