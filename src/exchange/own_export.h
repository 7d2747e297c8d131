// Tables that the product wrote itself: they are taken as what they are, and nothing about them is
// guessed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/access.h"
#include "exchange/export_cells.h"
#include "exchange/header_find.h"

namespace daifuku::exchange {

// All that a person may read of an object: its columns, and in tables the ids of what is linked
// behind them.
std::vector<ExportColumn> own_export_columns(const auth::Access& access,
                                             const meta::ObjectDef& object);
// 会社, 会社の番号; of two with one label the second is 備考（2）.
std::vector<std::string> own_headings(const std::vector<ExportColumn>& columns);

// A table with all fields, by the headings that only such a file has: 番号 first, 登録日時 and
// 更新日時 last.
bool is_own_export(const FoundHeader& header);
// JSON lines of ours, by the members that every record has; `whole`: with all fields.
bool is_own_json(const FoundHeader& header);
bool is_whole_json(const FoundHeader& header);

// Where its columns go, in their order: "field:KEY", "field:LINK.id", or "ignore" for what the
// product keeps itself and for what the caller may not write. Empty for a heading that is none of
// the object's: somebody added the column.
std::vector<std::string> own_export_targets(const FoundHeader& header, const auth::Access& access,
                                            const meta::ObjectDef& object);
std::vector<std::string> own_json_targets(const FoundHeader& header, const auth::Access& access,
                                          const meta::ObjectDef& object);

}  // namespace daifuku::exchange
