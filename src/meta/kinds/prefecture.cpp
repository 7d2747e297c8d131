#include <algorithm>

#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "meta/kinds/prefecture.h"
#include "text/fold.h"
#include "text/postal.h"

namespace daifuku::meta::kinds {

namespace {

// In the order of the JIS codes 01 to 47.
constexpr const char* kEnglish[] = {
    "Hokkaido",  "Aomori",   "Iwate",    "Miyagi",    "Akita",     "Yamagata",  "Fukushima",
    "Ibaraki",   "Tochigi",  "Gunma",    "Saitama",   "Chiba",     "Tokyo",     "Kanagawa",
    "Niigata",   "Toyama",   "Ishikawa", "Fukui",     "Yamanashi", "Nagano",    "Gifu",
    "Shizuoka",  "Aichi",    "Mie",      "Shiga",     "Kyoto",     "Osaka",     "Hyogo",
    "Nara",      "Wakayama", "Tottori",  "Shimane",   "Okayama",   "Hiroshima", "Yamaguchi",
    "Tokushima", "Kagawa",   "Ehime",    "Kochi",     "Fukuoka",   "Saga",      "Nagasaki",
    "Kumamoto",  "Oita",     "Miyazaki", "Kagoshima", "Okinawa"};

bool parse_prefecture(const FieldDef& field, std::string_view typed, Value& out,
                      Problems& problems) {
  if (means_nothing(typed)) {
    out = Value();
    return true;
  }
  if (const auto* found = daifuku::text::find_prefecture(one_line(typed))) {
    out = std::string(found->name);
    return true;
  }
  const std::string folded = daifuku::text::fold(typed);
  const auto& options = prefecture_options();
  const auto english = std::find_if(options.begin(), options.end(), [&](const Option& option) {
    const std::string name = daifuku::text::fold(option.label.en);
    return folded == name || folded == name + "prefecture";
  });
  if (english == options.end()) return refuse(field, problems, "invalid_prefecture");
  out = english->key;
  return true;
}

std::string display(const FieldDef&, const Value& value, Language language) {
  const auto& options = prefecture_options();
  const auto found = std::find_if(options.begin(), options.end(), [&](const Option& option) {
    return option.key == text_of(value);
  });
  return found == options.end() ? std::string(text_of(value)) : label_in(found->label, language);
}

void schema(const FieldDef&, JsonWriter& writer) {
  writer.field("type", "string").key("enum").begin_array();
  for (const Option& option : prefecture_options()) writer.string(option.key);
  writer.end_array();
}

}  // namespace

const std::vector<Option>& prefecture_options() {
  static const std::vector<Option> kOptions = [] {
    std::vector<Option> options;
    for (const auto& place : daifuku::text::prefectures()) {
      options.push_back({.key = std::string(place.name),
                         .label = {std::string(place.name), kEnglish[options.size()]}});
    }
    return options;
  }();
  return kOptions;
}

const FieldKind prefecture = {
    .name = "prefecture",
    .comparison = Comparison::choice,
    .parse = parse_json_text,
    .parse_text = parse_prefecture,
    .write = write_text,
    .to_text = text_to_text,
    .schema = schema,
    .search = FieldKind::Search::words,
    .display = display,
};

}  // namespace daifuku::meta::kinds
