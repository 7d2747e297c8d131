// Tables that the product wrote itself, with all fields: they are taken as what they are, and
// nothing about them is guessed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/access.h"
#include "exchange/header_find.h"

namespace daifuku::exchange {

// By the headings that only such a file has: 番号 first, 登録日時 and 更新日時 last.
bool is_own_export(const FoundHeader& header);

// Where its columns go, in their order: "field:KEY", or "ignore" for what the product keeps itself
// and for what the caller may not write. Empty for a heading that is none of the object's: somebody
// added the column.
std::vector<std::string> own_export_targets(const FoundHeader& header, const auth::Access& access,
                                            const meta::ObjectDef& object);

// The heading of the nth field with that label: 備考, then 備考（2）.
std::string own_heading(std::string_view label, int nth);

}  // namespace daifuku::exchange
