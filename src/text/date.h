// Dates as people and spreadsheets write them, Japanese eras (和暦) included. Pure functions,
// thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace daifuku::text {

// 2026-04-01, 2026/4/1, 2026.4.1, 2026年4月1日, 20260401, 令和8年4月1日, 令和元年5月1日, R8/4/1,
// R8.4.1, R080401, H31-4-30, 昭和/大正/明治 and S/T/M, full width, with a weekday in brackets.
// 10/19/2017 and 19/10/2017 only when one of the two cannot be a month. An era date outside its era
// (平成32年, 令和元年4月) is read as meant. A time after the date is ignored. Years 1868 to 2199.
// Nothing when it is not a day that exists.
std::optional<Date> parse_date(std::string_view text);

// The same with a time: 2026-04-01 09:30, T09:30:15, 9時30分, 午後3時, 3:15 PM; with Z or an offset
// as that instant, otherwise Japan time. Without a time the start of the day.
std::optional<Millis> parse_date_time(std::string_view text);

// Days since 1899-12-30 (1900 system, whose 1900-02-29 never was) or 1904-01-01. In the 1900 system
// serials below 1 or beyond 2199 give nothing.
std::optional<Date> date_from_excel_serial(double serial, bool date1904 = false);
// With the time of day, Japan time, to the second.
std::optional<Millis> instant_from_excel_serial(double serial, bool date1904 = false);

// 令和8年4月1日; the first year is 元年. Before Meiji (1868-10-23) the western form 1868年1月1日.
std::string format_wareki(Date date);
// 2026年4月1日（水）
std::string format_japanese_date(Date date, bool weekday = false);
// 0 is Sunday.
int weekday(Date date);

}  // namespace daifuku::text
