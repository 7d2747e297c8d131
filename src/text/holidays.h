// Japanese national holidays (国民の祝日・休日), computed from the law with the dates from which
// each rule holds. Sources: 国民の祝日に関する法律 (昭和23年法律第178号) with its amendments;
// 平成32年東京 オリンピック競技大会・東京パラリンピック競技大会特別措置法 (2020, 2021);
// 天皇の即位の日及び即位礼正殿の儀の行われる日 を休日とする法律 (2019) and the three laws like it
// of 1989 to 1993. The equinoxes by the formula of 海上保安庁水路部, which holds for 1980 to 2099;
// the day itself is fixed in the 官報 of the February before. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace daifuku::text {

inline constexpr int kFirstHolidayYear = 1980;
inline constexpr int kLastHolidayYear = 2099;

struct Holiday {
  Date date = {};
  std::string_view ja = {};
  std::string_view en = {};
};

// In order; nothing outside the years above.
std::vector<Holiday> holidays_of(int year);
std::optional<Holiday> holiday_on(Date date);

// The fiscal year that a day belongs to when it begins with that month (1 to 12): the year of its
// first day.
int fiscal_year_of(Date date, int first_month);

}  // namespace daifuku::text
