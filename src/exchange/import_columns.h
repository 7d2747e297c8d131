// What is proposed for a table: the object its rows become, and where its columns go.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "auth/access.h"
#include "exchange/column_map.h"
#include "exchange/import_settings.h"
#include "exchange/import_table.h"
#include "meta/object.h"

namespace daifuku::exchange {

// A column, and where it goes: as proposed, or as chosen.
struct ImportColumn {
  std::size_t index = 0;
  std::string header = {};
  bool unnamed = false;  // The file has no heading here; `header` is made of the number.
  std::vector<std::string> samples = {};
  std::string to = {};
  double confidence = 0;
  std::string reason = {};  // header, import_name, part, content, title, map, chosen, none
  bool conflicts = false;   // The heading fits the field, the cells do not look like it.
};

// Proposes the object: the customer object whose fields explain the columns best.
const meta::ObjectDef& propose_object(const ImportTable& table, const auth::Access& access);
// Every column of the table; what the map says stands over the proposal, as far as the caller may
// send columns there, and what `settings` chooses over both.
std::vector<ImportColumn> propose_columns(const ImportTable& table, const auth::Access& access,
                                          const meta::ObjectDef& object,
                                          const ImportSettings& settings,
                                          const ColumnMap* map = nullptr);

}  // namespace daifuku::exchange
