#include "records/relative_date.h"

#include <algorithm>
#include <charconv>

namespace daifuku::records {

namespace {

constexpr int kMostDays = 36'500;
constexpr Date kFirstDay{.year = 1, .month = 1, .day = 1};

Date add_days(Date date, std::int64_t days) { return date_from_days(days_from_date(date) + days); }

// The first day of a month; months before January and after December are those of other years.
Date first_of_month(int year, int month) {
  const int months = year * 12 + month - 1;
  return {.year = months / 12, .month = months % 12 + 1, .day = 1};
}

Date add_months(Date date, int months) {
  Date out = first_of_month(date.year, date.month + months);
  out.day = std::min(date.day, days_in_month(out.year, out.month));
  return out;
}

RelativeDates months_from(Date first, int months) {
  return {.from = first, .until = first_of_month(first.year, first.month + months)};
}

std::optional<RelativeDates> fiscal(std::string_view unit, int offset, Date today, int first) {
  const int months = unit == "year" ? 12 : unit == "half" ? 6 : unit == "quarter" ? 3 : 0;
  if (months == 0) return std::nullopt;
  const int begun = (today.month - first + 12) % 12;  // full months of the fiscal year
  const int month = today.month - begun % months + offset * months;
  return months_from(first_of_month(today.year, month), months);
}

std::optional<RelativeDates> calendar(std::string_view word, Date today,
                                      const std::function<int()>& fiscal_month) {
  if (word == "today") return RelativeDates{today, add_days(today, 1)};
  if (word == "yesterday") return RelativeDates{add_days(today, -1), today};
  if (word == "tomorrow") return RelativeDates{add_days(today, 1), add_days(today, 2)};
  constexpr std::string_view kFiscal = "fiscal_";
  if (word.starts_with(kFiscal))
    return fiscal(word.substr(kFiscal.size()), 0, today, fiscal_month());
  const int offset = word.starts_with("last_") ? -1 : word.starts_with("next_") ? 1 : 0;
  if (offset == 0 && !word.starts_with("this_")) return std::nullopt;
  word.remove_prefix(std::string_view("last_").size());  // as long as the two others
  if (offset != 0 && word.starts_with(kFiscal))
    return fiscal(word.substr(kFiscal.size()), offset, today, fiscal_month());
  const std::int64_t day = days_from_date(today);
  const Date monday = date_from_days(day - (day + 3) % 7 + std::int64_t{offset} * 7);
  if (word == "week") return RelativeDates{monday, add_days(monday, 7)};
  if (word == "month") return months_from(first_of_month(today.year, today.month + offset), 1);
  if (word == "year") return months_from(first_of_month(today.year + offset, 1), 12);
  return std::nullopt;
}

// "days:30" -> the day that lies so far before (-1) or after (1) today.
std::optional<Date> day_at(std::string_view distance, int direction, Date today) {
  const auto colon = distance.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view unit = distance.substr(0, colon);
  const std::string_view digits = distance.substr(colon + 1);
  const int days = unit == "days" ? 1 : unit == "weeks" ? 7 : unit == "months" ? 30 : 0;
  int n = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (days == 0 || end.ec != std::errc() || end.ptr != digits.data() + digits.size() || n < 0 ||
      n > kMostDays / days)
    return std::nullopt;
  return unit == "months" ? add_months(today, direction * n)
                          : add_days(today, std::int64_t{direction} * n * days);
}

std::optional<RelativeDates> counted(std::string_view word, Date today) {
  const auto after = [&](std::string_view prefix) { return word.substr(prefix.size()); };
  if (word.starts_with("next_")) {
    const auto day = day_at(after("next_"), 1, today);
    if (!day) return std::nullopt;
    return RelativeDates{today, add_days(*day, 1)};
  }
  for (const std::string_view prefix : {"last_", "before_", "not_for_"}) {
    if (!word.starts_with(prefix)) continue;
    const auto day = day_at(after(prefix), -1, today);
    if (!day) return std::nullopt;
    if (prefix == "last_") return RelativeDates{*day, add_days(today, 1)};
    return RelativeDates{.from = kFirstDay, .until = *day, .or_never = prefix == "not_for_"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<RelativeDates> relative_dates(std::string_view word, Date today,
                                            const std::function<int()>& fiscal_month) {
  return word.find(':') == std::string_view::npos ? calendar(word, today, fiscal_month)
                                                  : counted(word, today);
}

}  // namespace daifuku::records
