#include "meta/kinds/common.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "text/date.h"
#include "text/fold.h"
#include "text/number.h"

namespace daifuku::meta::kinds {

namespace {

icu::UnicodeString nfkc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString result =
      U_SUCCESS(status) ? normalizer->normalize(source, status) : icu::UnicodeString();
  if (U_FAILURE(status)) throw SystemError("ICU: normalization failed");
  return result;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool too_large(const FieldDef& field, Problems& problems) {
  return refuse(field, problems, "number_too_large");
}

}  // namespace

bool refuse(const FieldDef& field, Problems& problems, std::string code, Params params) {
  problems.push_back({field.key, std::move(code), std::move(params)});
  return false;
}

std::string one_line(std::string_view text) {
  const std::string clean = text::nfc(text);
  std::string line;
  line.reserve(clean.size());
  for (const char c : clean) {
    const bool gap = c == '\n' || c == '\t' || c == '\r';
    if (!gap) {
      line.push_back(c);
    } else if (!line.empty() && line.back() != ' ') {
      line.push_back(' ');
    }
  }
  return line;
}

std::string narrow(std::string_view text) { return one_line(utf8(nfkc(text))); }

std::string to_katakana(std::string_view text) {
  icu::UnicodeString wide = nfkc(text);
  for (int32_t i = 0; i < wide.length(); ++i) {
    const char16_t c = wide.charAt(i);
    const bool hiragana = (c >= u'ぁ' && c <= u'ゖ') || c == u'ゝ' || c == u'ゞ';
    if (hiragana) wide.setCharAt(i, static_cast<char16_t>(c + 0x60));
  }
  return one_line(utf8(wide));
}

bool means_nothing(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kNothing = {"-",    "--",   "−",  "‐",   "ー",
                                                                "なし", "無し", "無", "N/A", "n/a"};
  const std::string line = narrow(text);
  return line.empty() || std::find(kNothing.begin(), kNothing.end(), line) != kNothing.end();
}

bool keep_text(const FieldDef& field, std::string text, std::int64_t limit, Value& out,
               Problems& problems) {
  if (text.empty()) {
    out = Value();
    return true;
  }
  const std::int64_t max = field.max > 0 ? field.max : limit;
  if (static_cast<std::int64_t>(text::length(text)) > max) {
    return refuse(field, problems, "too_long", {{"max", std::to_string(max)}});
  }
  out = std::move(text);
  return true;
}

bool parse_json_text(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  if (json.is_null()) {
    out = Value();
    return true;
  }
  if (json.is_string()) return field.kind->parse_text(field, json.get_string(), out, problems);
  if (json.is_int64()) {
    return field.kind->parse_text(field, std::to_string(json.get_int64()), out, problems);
  }
  return refuse(field, problems, "wrong_type");
}

bool keep_items(const FieldDef& field, const std::vector<std::string>& items, ParseItem parse_item,
                Value& out, Problems& problems) {
  std::vector<std::string> kept;
  for (const std::string& item : items) {
    std::string parsed;
    if (!parse_item(field, item, parsed, problems)) return false;
    if (parsed.empty() || std::find(kept.begin(), kept.end(), parsed) != kept.end()) continue;
    kept.push_back(std::move(parsed));
  }
  if (kept.size() > kItemsMax) {
    return refuse(field, problems, "too_many_items", {{"max", std::to_string(kItemsMax)}});
  }
  if (kept.empty()) {
    out = Value();
  } else {
    out = join_items(kept);
  }
  return true;
}

bool parse_json_items(const FieldDef& field, const Json& json, ParseItem parse_item, Value& out,
                      Problems& problems) {
  if (json.is_null()) {
    out = Value();
    return true;
  }
  if (json.is_string()) return field.kind->parse_text(field, json.get_string(), out, problems);
  if (!json.is_array()) return refuse(field, problems, "wrong_type");
  std::vector<std::string> items;
  for (const Json& item : json.get_array()) {
    if (!item.is_string()) return refuse(field, problems, "wrong_type");
    items.emplace_back(item.get_string());
  }
  return keep_items(field, items, parse_item, out, problems);
}

std::vector<std::string> cut(std::string_view text, std::u32string_view separators) {
  std::vector<std::string> items;
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString item;
  for (int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
    const UChar32 c = source.char32At(i);
    const bool ends =
        c == U'\n' || c == U'\r' || separators.find(static_cast<char32_t>(c)) != separators.npos;
    if (ends) {
      items.push_back(utf8(item));
      item.remove();
    } else {
      item.append(c);
    }
  }
  items.push_back(utf8(item));
  return items;
}

void write_text(const FieldDef&, const Value& value, JsonWriter& writer) {
  writer.string(text_of(value));
}

void write_integer(const FieldDef&, const Value& value, JsonWriter& writer) {
  writer.integer(integer_of(value));
}

void write_items(const FieldDef&, const Value& value, JsonWriter& writer) {
  writer.begin_array();
  for (const std::string& item : split_items(text_of(value))) writer.string(item);
  writer.end_array();
}

std::string text_to_text(const FieldDef&, const Value& value) {
  return std::string(text_of(value));
}

std::string integer_to_text(const FieldDef&, const Value& value) {
  return std::to_string(integer_of(value));
}

std::string items_to_text(const FieldDef& field, const Value& value) {
  return display_items(field, value, Language::ja);
}

std::string display_items(const FieldDef&, const Value& value, Language language) {
  std::string out;
  for (const std::string& item : split_items(text_of(value))) {
    if (!out.empty()) out += list_comma(language);
    out += item;
  }
  return out;
}

std::string_view list_comma(Language language) { return language == Language::ja ? "、" : ", "; }

const std::string& label_in(const Label& label, Language language) {
  return language == Language::ja || label.en.empty() ? label.ja : label.en;
}

std::string day_text(Date day, Language language) {
  if (language == Language::ja) return daifuku::text::format_japanese_date(day);
  return std::string(english_month(day.month).substr(0, 3)) + " " + std::to_string(day.day) + ", " +
         std::to_string(day.year);
}

std::string_view english_month(int month) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return kMonths.at(static_cast<std::size_t>(month - 1));
}

void schema_string(const FieldDef& field, JsonWriter& writer, std::string_view format,
                   std::int64_t limit) {
  writer.field("type", "string");
  if (!format.empty()) writer.field("format", format);
  const std::int64_t max = field.max > 0 ? field.max : limit;
  if (max > 0) writer.field("maxLength", max);
}

void schema_strings(const FieldDef&, JsonWriter& writer, std::string_view format) {
  writer.field("type", "array").field("maxItems", kItemsMax).field("uniqueItems", true);
  writer.key("items").begin_object().field("type", "string");
  if (!format.empty()) writer.field("format", format);
  writer.end_object();
}

void schema_options(const FieldDef& field, JsonWriter& writer) {
  writer.key("enum").begin_array();
  for (const Option& option : field.options) writer.string(option.key);
  writer.end_array();
}

const Option* find_option(const FieldDef& field, std::string_view text) {
  const std::string typed = one_line(text);
  const auto called = [](const Option& option, const auto& same) {
    return same(option.key) || same(option.label.ja) || same(option.label.en) ||
           std::any_of(option.import_names.begin(), option.import_names.end(), same);
  };
  // As written first: the fold takes signs away and could take "A+" for "A".
  for (const Option& option : field.options) {
    if (called(option, [&](const std::string& name) { return name == typed; })) return &option;
  }
  const std::string folded = text::fold(typed);
  if (folded.empty()) return nullptr;
  for (const Option& option : field.options) {
    if (called(option, [&](const std::string& name) { return text::fold(name) == folded; })) {
      return &option;
    }
  }
  return nullptr;
}

std::string group_thousands(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

void schema_limits(const FieldDef& field, JsonWriter& writer, std::int64_t most) {
  if (field.least || most > 0) writer.field("minimum", field.least.value_or(-most));
  if (field.greatest || most > 0) writer.field("maximum", field.greatest.value_or(most));
}

std::string decimal_text(std::int64_t scaled) {
  const std::int64_t whole = scaled / kDecimalScale;
  const std::int64_t rest = std::abs(scaled % kDecimalScale);
  std::string out = scaled < 0 && whole == 0 ? "-0" : std::to_string(whole);
  if (rest == 0) return out;
  std::string digits = std::to_string(rest + kDecimalScale).substr(1);
  digits.erase(digits.find_last_not_of('0') + 1);
  return out + "." + digits;
}

bool parse_json_decimal(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  if (json.is_null()) {
    out = Value();
    return true;
  }
  if (json.is_string()) return field.kind->parse_text(field, json.get_string(), out, problems);
  if (!json.is_number()) return refuse(field, problems, "wrong_type");
  const double scaled = std::round(json.to_number<double>() * static_cast<double>(kDecimalScale));
  if (!(std::abs(scaled) <= static_cast<double>(kIntegerMax))) return too_large(field, problems);
  out = static_cast<std::int64_t>(scaled);
  return true;
}

bool parse_decimal_text(const FieldDef& field, std::string_view text, Value& out,
                        Problems& problems) {
  if (means_nothing(text)) {
    out = Value();
    return true;
  }
  const auto scaled = text::parse_decimal(text, kDecimalScale);
  if (!scaled) return refuse(field, problems, "invalid_number");
  if (*scaled > kIntegerMax || *scaled < -kIntegerMax) return too_large(field, problems);
  out = *scaled;
  return true;
}

bool parse_json_integer(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  if (json.is_null()) {
    out = Value();
    return true;
  }
  if (json.is_string()) return field.kind->parse_text(field, json.get_string(), out, problems);
  if (!json.is_number()) return refuse(field, problems, "wrong_type");
  const double number = json.to_number<double>();
  if (!(std::abs(number) <= static_cast<double>(kIntegerMax))) return too_large(field, problems);
  if (std::trunc(number) != number) return refuse(field, problems, "number_not_whole");
  out = static_cast<std::int64_t>(number);
  return true;
}

bool parse_integer_text(const FieldDef& field, std::string_view text, Value& out,
                        Problems& problems) {
  if (means_nothing(text)) {
    out = Value();
    return true;
  }
  const auto number = text::parse_integer(text);
  if (!number) {
    const bool fraction = text::parse_decimal(text, kDecimalScale).has_value();
    return refuse(field, problems, fraction ? "number_not_whole" : "invalid_number");
  }
  if (*number > kIntegerMax || *number < -kIntegerMax) return too_large(field, problems);
  out = *number;
  return true;
}

FieldDef part_of(const FieldDef& whole, int number, std::string key, const FieldKind& kind,
                 Label label) {
  FieldDef part;
  part.id = 1'000 + whole.id * 10 + static_cast<std::uint32_t>(number);
  part.key = std::move(key);
  part.kind = &kind;
  part.label = std::move(label);
  part.help = whole.help;
  part.section = whole.section;
  part.maturity = whole.maturity;
  part.maturity_when = whole.maturity_when;
  part.searchable = whole.searchable;
  part.personal = whole.personal;
  part.sensitive = whole.sensitive;
  part.read = whole.read;
  part.write = whole.write;
  part.audited = whole.audited;
  part.read_only = whole.read_only;
  part.whole = whole.key;
  return part;
}

}  // namespace daifuku::meta::kinds
