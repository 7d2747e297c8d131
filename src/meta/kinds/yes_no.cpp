#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/ascii.h"
#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

constexpr std::string_view kYes[] = {
    "はい", "有", "有り", "あり", "○",    "◯",    "〇",  "◎", "●", "✓",  "✔",  "レ",   "☑", "済",
    "済み", "可", "要",   "する", "対象", "true", "yes", "y", "1", "on", "真", "該当", "t"};
constexpr std::string_view kNo[] = {"いいえ", "無",    "無し", "なし", "×",    "✕",    "✗",
                                    "☐",      "未",    "未了", "否",   "不要", "不可", "しない",
                                    "対象外", "false", "no",   "n",    "0",    "off",  "偽",
                                    "非該当", "f",     "✖",    "-"};

bool parse_answer(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  const std::string word = lower_ascii(narrow(typed));
  const auto among = [&](const auto& words) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
  };
  if (word.empty()) {
    out = Value();
  } else if (among(kYes)) {
    out = std::int64_t{1};
  } else if (among(kNo)) {
    out = std::int64_t{0};
  } else {
    return refuse(field, problems, "invalid_yes_no");
  }
  return true;
}

bool parse_json(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  if (!json.is_bool()) return parse_json_text(field, json, out, problems);
  out = std::int64_t{json.get_bool() ? 1 : 0};
  return true;
}

void write(const FieldDef&, const Value& value, JsonWriter& writer) {
  writer.boolean(integer_of(value) != 0);
}

std::string to_text(const FieldDef&, const Value& value) {
  return integer_of(value) != 0 ? "はい" : "いいえ";
}

std::string display(const FieldDef& field, const Value& value, Language language) {
  if (language == Language::ja) return to_text(field, value);
  return integer_of(value) != 0 ? "Yes" : "No";
}

void schema(const FieldDef&, JsonWriter& writer) { writer.field("type", "boolean"); }

}  // namespace

const FieldKind yes_no = {
    .name = "yes_no",
    .storage = Storage::integer,
    .comparison = Comparison::yes_no,
    .parse = parse_json,
    .parse_text = parse_answer,
    .write = write,
    .to_text = to_text,
    .schema = schema,
    .display = display,
};

}  // namespace daifuku::meta::kinds
