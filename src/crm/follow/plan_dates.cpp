#include "crm/follow/plan_dates.h"

#include <algorithm>

#include "text/date.h"
#include "text/holidays.h"

namespace daifuku::crm {

namespace {

constexpr std::int64_t kMonths = 12;
constexpr std::int64_t kWeek = 7;
constexpr std::int64_t kRoughMonth = 30;
constexpr int kSaturday = 6;

constexpr Date kFirstDay{1, 1, 1};
constexpr Date kLastDay{9999, 12, 31};

Date shift_months(Date start, std::int64_t months) {
  const std::int64_t month = start.year * kMonths + start.month - 1 + months;
  // Beyond what a date can say.
  if (month < kFirstDay.year * kMonths) return kFirstDay;
  if (month >= (kLastDay.year + 1) * kMonths) return kLastDay;
  Date out{.year = static_cast<int>(month / kMonths),
           .month = static_cast<int>(month % kMonths) + 1,
           .day = start.day};
  out.day = std::min(out.day, days_in_month(out.year, out.month));
  return out;
}

}  // namespace

Date step_day(Date start, const Distance& distance) {
  const std::int64_t number = distance.before ? -distance.number : distance.number;
  if (distance.unit == "month") return shift_months(start, number);
  const std::int64_t day = days_from_date(start) + number * (distance.unit == "week" ? kWeek : 1);
  return date_from_days(std::clamp(day, days_from_date(kFirstDay), days_from_date(kLastDay)));
}

std::int64_t rough_days(const Distance& distance) {
  const std::int64_t unit = distance.unit == "month"  ? kRoughMonth
                            : distance.unit == "week" ? kWeek
                                                      : 1;
  return (distance.before ? -1 : 1) * distance.number * unit;
}

bool is_day_off(Date day) {
  const int weekday = text::weekday(day);
  return weekday == 0 || weekday == kSaturday || text::holiday_on(day).has_value();
}

Date working_day(Date day, std::string_view rule) {
  if (rule == "keep") return day;
  const int step = rule == "before" ? -1 : 1;
  while (is_day_off(day)) day = date_from_days(days_from_date(day) + step);
  return day;
}

}  // namespace daifuku::crm
