#include <algorithm>
#include <array>
#include <optional>

#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/number.h"

namespace daifuku::meta::kinds {

namespace {

constexpr std::array<std::string_view, 12> kEnglish = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

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
  for (std::size_t i = 0; i < kEnglish.size(); ++i) {
    const std::string_view name = kEnglish[i];
    if (folded == name || (folded.size() == 3 && name.starts_with(folded))) {
      return static_cast<std::int64_t>(i) + 1;
    }
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
};

}  // namespace daifuku::meta::kinds
