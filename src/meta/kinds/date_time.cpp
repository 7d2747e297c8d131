#include <cstdio>

#include "base/time.h"
#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "text/date.h"

namespace daifuku::meta::kinds {

namespace {

bool parse_moment(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  if (means_nothing(typed)) {
    out = Value();
    return true;
  }
  // The strict form first: it alone keeps milliseconds.
  auto at = parse_instant(typed);
  if (!at) at = daifuku::text::parse_date_time(typed);
  if (!at) return refuse(field, problems, "invalid_date_time");
  out = *at;
  return true;
}

void write(const FieldDef&, const Value& value, JsonWriter& writer) {
  writer.string(format_instant(integer_of(value)));
}

struct Moment {
  Date day = {};
  int hour = 0;
  int minute = 0;
  int second = 0;
  int milli = 0;  // only programs write them
};

Moment japan_time(Millis at) {
  const Date day = local_date(at);
  const auto millis = at - start_of_day(day);
  const auto seconds = static_cast<int>(millis / 1'000);
  return {day, seconds / 3'600, seconds / 60 % 60, seconds % 60, static_cast<int>(millis % 1'000)};
}

std::string clock_text(const Moment& moment) {
  char buffer[24];
  const char* format = moment.milli != 0    ? " %02d:%02d:%02d.%03d"
                       : moment.second != 0 ? " %02d:%02d:%02d"
                                            : " %02d:%02d";
  std::snprintf(buffer, sizeof buffer, format, moment.hour, moment.minute, moment.second,
                moment.milli);
  return buffer;
}

std::string to_text(const FieldDef&, const Value& value) {
  const Moment moment = japan_time(integer_of(value));
  return format_date(moment.day) + clock_text(moment);
}

std::string display(const FieldDef&, const Value& value, Language language) {
  Moment moment = japan_time(integer_of(value));
  moment.second = moment.milli = 0;
  return day_text(moment.day, language) + clock_text(moment);
}

void schema(const FieldDef&, JsonWriter& writer) {
  writer.field("type", "string").field("format", "date-time");
}

}  // namespace

const FieldKind date_time = {
    .name = "date_time",
    .storage = Storage::integer,
    .comparison = Comparison::date,
    .parse = parse_json_text,
    .parse_text = parse_moment,
    .write = write,
    .to_text = to_text,
    .schema = schema,
    .display = display,
};

}  // namespace daifuku::meta::kinds
