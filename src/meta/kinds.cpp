#include "meta/kinds.h"

#include <algorithm>

namespace daifuku::meta {

const std::vector<const FieldKind*>& all_kinds() {
  static const std::vector<const FieldKind*> kAll = {
      &kinds::text,
      &kinds::long_text,
      &kinds::kana,
      &kinds::person_name,
      &kinds::company_name,
      &kinds::email,
      &kinds::emails,
      &kinds::phone,
      &kinds::phones,
      &kinds::url,
      &kinds::urls,
      &kinds::address,
      &kinds::postal_code,
      &kinds::prefecture,
      &kinds::integer,
      &kinds::decimal,
      &kinds::money,
      &kinds::percent,
      &kinds::date,
      &kinds::date_time,
      &kinds::yes_no,
      &kinds::choice,
      &kinds::choices,
      &kinds::link,
      &kinds::links,
      &kinds::user,
      &kinds::users,
      &kinds::file,
      &kinds::corporate_number,
      &kinds::invoice_number,
      &kinds::tags,
      &kinds::month,
  };
  return kAll;
}

const FieldKind* find_kind(std::string_view name) {
  const auto& all = all_kinds();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const FieldKind* kind) { return kind->name == name; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace daifuku::meta
