#include "text/date.h"

#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

bool parse_day(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  if (means_nothing(typed)) {
    out = Value();
    return true;
  }
  const auto day = daifuku::text::parse_date(typed);
  if (!day) return refuse(field, problems, "invalid_date");
  out = format_date(*day);
  return true;
}

std::string display(const FieldDef&, const Value& value, Language language) {
  const auto day = parse_iso_date(text_of(value));
  return day ? day_text(*day, language) : std::string(text_of(value));
}

void schema(const FieldDef&, JsonWriter& writer) {
  writer.field("type", "string").field("format", "date");
}

}  // namespace

const FieldKind date = {
    .name = "date",
    .comparison = Comparison::date,
    .parse = parse_json_text,
    .parse_text = parse_day,
    .write = write_text,
    .to_text = text_to_text,
    .schema = schema,
    .display = display,
};

}  // namespace daifuku::meta::kinds
