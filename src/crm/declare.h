// Small helpers that keep the declarations of objects short. What a member of FieldDef means stands
// in meta/field.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "meta/kinds.h"
#include "meta/object.h"

namespace daifuku::crm {

namespace kinds = meta::kinds;
using Fields = std::vector<meta::FieldDef>;
using Options = std::vector<meta::Option>;

// "会社名|企業名|Account Name"
std::vector<std::string> names(std::string_view separated_by_bars);

// Appends the section and its fields.
void add_section(meta::ObjectDef& object, std::string key, meta::Label label, Fields fields);

// Lists that several objects share.
Options stage_options();  // 段階: potential ... lost
Options industry_options();  // major divisions of 日本標準産業分類, the ones that small firms meet
                             // divided further
Options channel_options();  // by which way: phone, email, visit ...
Options source_options();   // how we came to know each other
Options rank_options();     // A to D: how likely
Options tax_options();      // standard, reduced, exempt, outside the scope of the consumption tax

// Whether mail to the customer's address arrives; the tidy screen shows those with which it does
// not.
meta::FieldDef email_status();

}  // namespace daifuku::crm
