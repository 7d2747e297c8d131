// The registry of field kinds. Adding one: a file in meta/kinds/, a line here and in kinds.cpp, a
// folder in web/src/fields.
#pragma once

#include "meta/field.h"

namespace daifuku::meta {

namespace kinds {
extern const FieldKind text;       // one line
extern const FieldKind long_text;  // several lines
extern const FieldKind kana;       // a reading: stored in full-width katakana
extern const FieldKind
    person_name;  // composite: family_name, given_name, family_kana, given_kana + name (display)
extern const FieldKind company_name;  // composite: KEY, KEY_kana
extern const FieldKind email;
extern const FieldKind emails;  // several, an item a line
extern const FieldKind phone;
extern const FieldKind phones;
extern const FieldKind url;
extern const FieldKind urls;
extern const FieldKind address;      // composite: PREFIXpostal_code, PREFIXprefecture, PREFIXcity,
                                     // PREFIXstreet, PREFIXbuilding
extern const FieldKind postal_code;  // seven digits
extern const FieldKind prefecture;   // choice of the 47
extern const FieldKind integer;
extern const FieldKind decimal;  // scaled by 10,000
extern const FieldKind money;    // whole yen
extern const FieldKind percent;  // decimal, shown with %
extern const FieldKind date;
extern const FieldKind date_time;
extern const FieldKind yes_no;
extern const FieldKind choice;
extern const FieldKind choices;
extern const FieldKind link;              // one record of `target`
extern const FieldKind links;             // several
extern const FieldKind user;              // a user of the system (responder, salesperson)
extern const FieldKind users;             // several users
extern const FieldKind file;              // attachment id
extern const FieldKind corporate_number;  // 法人番号
extern const FieldKind invoice_number;    // T + 13 digits
extern const FieldKind tags;
extern const FieldKind month;  // 1-12 (決算月)
}  // namespace kinds

const std::vector<const FieldKind*>& all_kinds();
const FieldKind* find_kind(std::string_view name);

}  // namespace daifuku::meta
