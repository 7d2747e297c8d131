// What several kinds share. Functions that take a FieldDef and Problems add the problem and return
// false.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/messages.h"
#include "base/time.h"
#include "meta/field.h"

namespace daifuku::meta::kinds {

inline constexpr std::int64_t kLineMax = 500;      // one-line texts without a limit of their own
inline constexpr std::int64_t kLongMax = 100'000;  // long texts
inline constexpr std::size_t kItemsMax = 100;      // items of one list
inline constexpr std::size_t kIdsMax = 1'000;      // links of one field
// What JavaScript holds exactly; more would change silently on the way to the screen.
inline constexpr std::int64_t kIntegerMax = 9'007'199'254'740'991;

bool refuse(const FieldDef& field, Problems& problems, std::string code, Params params = {});

// NFC, trimmed, line breaks and tabs as one space.
std::string one_line(std::string_view text);
// Compatibility forms made one (NFKC): full-width digits and Latin as half, half-width kana as
// full.
std::string narrow(std::string_view text);
// NFKC and hiragana as katakana.
std::string to_katakana(std::string_view text);
// "-", "－", "なし", "不明": what people write into cells that have no value.
bool means_nothing(std::string_view text);

// Stores the text, the empty value when it is empty; too_long over field.max or else `limit`.
bool keep_text(const FieldDef& field, std::string text, std::int64_t limit, Value& out,
               Problems& problems);

// JSON for kinds whose JSON form is a string: null, a string as parse_text takes it, or a whole
// number.
bool parse_json_text(const FieldDef& field, const Json& json, Value& out, Problems& problems);

// One item of a list: text as typed -> text as stored.
using ParseItem = bool (*)(const FieldDef&, std::string_view, std::string& out, Problems&);
// JSON for kinds that hold several texts: null, a string as parse_text takes it, or an array of
// strings.
bool parse_json_items(const FieldDef& field, const Json& json, ParseItem parse_item, Value& out,
                      Problems& problems);
// Parses each, drops empty and repeated ones.
bool keep_items(const FieldDef& field, const std::vector<std::string>& items, ParseItem parse_item,
                Value& out, Problems& problems);
// Cuts at any of `separators` (code points) and at line breaks.
std::vector<std::string> cut(std::string_view text, std::u32string_view separators);
inline constexpr std::u32string_view kSeparators = U"、,;，；､";
inline constexpr std::u32string_view kWideSeparators = U"、,;，；､/／";

void write_text(const FieldDef& field, const Value& value, JsonWriter& writer);
void write_integer(const FieldDef& field, const Value& value, JsonWriter& writer);
void write_items(const FieldDef& field, const Value& value, JsonWriter& writer);
std::string text_to_text(const FieldDef& field, const Value& value);
std::string integer_to_text(const FieldDef& field, const Value& value);
std::string items_to_text(const FieldDef& field, const Value& value);  // joined by "、"
std::string display_items(const FieldDef& field, const Value& value, Language language);

// What stands between the items of a list.
std::string_view list_comma(Language language);
const std::string& label_in(const Label& label, Language language);
// 2026年4月1日; Apr 1, 2026.
std::string day_text(Date day, Language language);
std::string_view english_month(int month);  // 1 January to 12 December

void schema_string(const FieldDef& field, JsonWriter& writer, std::string_view format = {},
                   std::int64_t limit = 0);
void schema_strings(const FieldDef& field, JsonWriter& writer, std::string_view format = {});
// "enum" with the keys of the options.
void schema_options(const FieldDef& field, JsonWriter& writer);

// Key of the option that the text means: its key, a label or an import name; nullptr when none
// does.
const Option* find_option(const FieldDef& field, std::string_view text);

// "minimum" and "maximum": those of the field, or else `most` of the kind; 0 is none.
void schema_limits(const FieldDef& field, JsonWriter& writer, std::int64_t most = 0);
std::string group_thousands(std::int64_t number);  // 1,234,567
std::string decimal_text(std::int64_t scaled);     // 125000 -> 12.5
bool parse_json_decimal(const FieldDef& field, const Json& json, Value& out, Problems& problems);
bool parse_decimal_text(const FieldDef& field, std::string_view text, Value& out,
                        Problems& problems);
bool parse_json_integer(const FieldDef& field, const Json& json, Value& out, Problems& problems);
bool parse_integer_text(const FieldDef& field, std::string_view text, Value& out,
                        Problems& problems);

// Composite kinds: a part that inherits section and flags of the whole. `number` is 0-9.
FieldDef part_of(const FieldDef& whole, int number, std::string key, const FieldKind& kind,
                 Label label);

// A one-line text with the search of a company name: found with and without its legal form. On the
// screen a `text`.
extern const FieldKind name_text;

}  // namespace daifuku::meta::kinds
