#include "base/time.h"

#include <chrono>
#include <cstdio>

namespace daifuku {
namespace {

constexpr Millis kDay = 86'400'000;

bool digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
  if (at + count > text.size()) return false;
  out = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + (text[i] - '0');
  }
  return true;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

}  // namespace

Millis SystemClock::now() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t days_from_date(Date date) {
  const std::int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = floor_div(y, 400);
  const std::int64_t yoe = y - era * 400;
  const std::int64_t doy = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const std::int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

Date date_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = floor_div(days, 146097);
  const std::int64_t doe = days - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return Date{.year = static_cast<int>(yoe + era * 400 + (month <= 2 ? 1 : 0)),
              .month = month,
              .day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1)};
}

int days_in_month(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool valid_date(Date date) {
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

std::string format_date(Date date) {
  char buffer[16];
  const int n = std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", date.year % 10000,
                              date.month % 100, date.day % 100);
  return std::string(buffer, static_cast<std::size_t>(n));
}

std::optional<Date> parse_iso_date(std::string_view text) {
  Date date;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 0, 4, date.year) ||
      !digits(text, 5, 2, date.month) || !digits(text, 8, 2, date.day) || !valid_date(date)) {
    return std::nullopt;
  }
  return date;
}

std::string format_instant(Millis at) {
  const std::int64_t days = floor_div(at, kDay);
  const Millis rest = at - days * kDay;
  const Date date = date_from_days(days);
  // By hand: this is written several times in every record that is read.
  std::string out = "0000-00-00T00:00:00.000Z";
  const auto put = [&out](std::size_t last, std::int64_t number) {
    for (; number > 0; number /= 10) out[last--] = static_cast<char>('0' + number % 10);
  };
  put(3, date.year % 10'000);
  put(6, date.month);
  put(9, date.day);
  put(12, rest / 3'600'000);
  put(15, rest / 60'000 % 60);
  put(18, rest / 1'000 % 60);
  put(22, rest % 1'000);
  return out;
}

std::optional<Millis> parse_instant(std::string_view text) {
  if (text.size() < 17) return std::nullopt;
  const auto date = parse_iso_date(text.substr(0, 10));
  int hour = 0, minute = 0, second = 0, millis = 0;
  if (!date || (text[10] != 'T' && text[10] != ' ') || !digits(text, 11, 2, hour) ||
      text[13] != ':' || !digits(text, 14, 2, minute)) {
    return std::nullopt;
  }
  std::size_t at = 16;
  if (at < text.size() && text[at] == ':') {
    if (!digits(text, at + 1, 2, second)) return std::nullopt;
    at += 3;
    if (at < text.size() && text[at] == '.') {
      ++at;
      int scale = 100;
      const std::size_t first = at;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        millis += (text[at] - '0') * scale;
        scale /= 10;
        ++at;
      }
      if (at == first) return std::nullopt;
    }
  }
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
  int offset = 0;
  if (text.substr(at) != "Z") {
    int oh = 0, om = 0;
    if (at + 6 != text.size() || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':' ||
        !digits(text, at + 1, 2, oh) || !digits(text, at + 4, 2, om) || oh > 14 || om > 59) {
      return std::nullopt;
    }
    offset = (oh * 60 + om) * (text[at] == '-' ? -1 : 1);
  }
  return days_from_date(*date) * kDay + (hour * 60 + minute - offset) * Millis{60'000} +
         second * Millis{1000} + millis;
}

Date local_date(Millis at, int offset_minutes) {
  return date_from_days(floor_div(at + offset_minutes * Millis{60'000}, kDay));
}

Millis start_of_day(Date date, int offset_minutes) {
  return days_from_date(date) * kDay - offset_minutes * Millis{60'000};
}

}  // namespace daifuku
