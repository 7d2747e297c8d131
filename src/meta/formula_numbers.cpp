#include "meta/formula_numbers.h"

#include <algorithm>

namespace daifuku::meta {

namespace {

using Wide = FormulaNumber;
constexpr Wide kOne = kFormulaOne;

}  // namespace

Wide divided(Wide number, Wide by) {
  const Wide rest = number % by;
  const Wide whole = number / by;
  const Wide size = rest < 0 ? -rest : rest;
  const Wide by_size = by < 0 ? -by : by;
  if (size < by_size - size) return whole;
  return (number < 0) == (by < 0) ? whole + 1 : whole - 1;
}

Wide to_multiple(Wide number, Wide unit, Rounding rounding) {
  if (rounding == Rounding::nearest) return divided(number, unit) * unit;
  const Wide cut = number / unit * unit;
  if (cut == number) return number;
  const bool away = rounding == Rounding::up || (rounding == Rounding::floor && number < 0) ||
                    (rounding == Rounding::ceil && number > 0);
  if (!away) return cut;
  return number < 0 ? cut - unit : cut + unit;
}

std::string number_text(Wide number) {
  const bool negative = number < 0;
  if (negative) number = -number;
  std::string out = std::to_string(static_cast<std::int64_t>(number / kOne));
  std::string part = std::to_string(static_cast<std::int64_t>(number % kOne));
  part.insert(0, 8 - part.size(), '0');
  part.erase(part.find_last_not_of('0') + 1);
  if (!part.empty()) out += "." + part;
  return negative && out != "0" ? "-" + out : out;
}

Date add_months(Date date, std::int64_t months) {
  const std::int64_t month = date.year * std::int64_t{12} + date.month - 1 + months;
  const int year = static_cast<int>(month / 12);
  const int in_year = static_cast<int>(month % 12) + 1;
  return {.year = year, .month = in_year, .day = std::min(date.day, days_in_month(year, in_year))};
}

std::int64_t months_between(Date from, Date until) {
  if (days_from_date(until) < days_from_date(from)) return -months_between(until, from);
  const std::int64_t months =
      (until.year - from.year) * std::int64_t{12} + until.month - from.month;
  // The last day of a shorter month completes a month that began later in its own.
  const int due = std::min(from.day, days_in_month(until.year, until.month));
  return until.day < due ? months - 1 : months;
}

std::size_t byte_of(std::string_view text, std::size_t point) {
  std::size_t at = 0;
  for (; at < text.size() && point > 0; --point) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

}  // namespace daifuku::meta
