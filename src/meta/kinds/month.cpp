#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/number.h"

namespace daifuku::meta::kinds {

namespace {

std::optional<std::int64_t> in_year(std::optional<std::int64_t> number) {
  if (number && *number >= 1 && *number <= 12) return number;
  return std::nullopt;
}

// 3, 3月, ３月末, 三月, 3月31日, 3/31, March, and a full date (the closing day as some files hold
// it).
std::optional<std::int64_t> read_month(std::string_view typed) {
  const std::string line = narrow(typed);
  if (const auto day = daifuku::text::parse_date(line)) return day->month;
  const std::string folded = daifuku::text::fold(line);
  for (int month = 1; month <= 12; ++month) {
    const std::string name = lower_ascii(english_month(month));
    if (folded == name || (folded.size() == 3 && name.starts_with(folded))) return month;
  }
  const std::size_t end = std::min({line.find("月"), line.find('/'), line.find('-')});
  return in_year(daifuku::text::parse_integer(line.substr(0, end)));
}

bool parse_month(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  if (means_nothing(typed)) {
    out = Value();
    return true;
  }
  const auto month = read_month(typed);
  if (!month) return refuse(field, problems, "invalid_month");
  out = *month;
  return true;
}

std::string to_text(const FieldDef&, const Value& value) {
  return std::to_string(integer_of(value)) + "月";
}

std::string display(const FieldDef& field, const Value& value, Language language) {
  if (language == Language::ja) return to_text(field, value);
  return std::string(english_month(static_cast<int>(integer_of(value))));
}

void schema(const FieldDef&, JsonWriter& writer) {
  writer.field("type", "integer").field("minimum", 1).field("maximum", 12);
}

}  // namespace

const FieldKind month = {
    .name = "month",
    .storage = Storage::integer,
    .comparison = Comparison::number,
    .parse = parse_json_text,
    .parse_text = parse_month,
    .write = write_integer,
    .to_text = to_text,
    .schema = schema,
    .display = display,
};

}  // namespace daifuku::meta::kinds
