#include "text/holidays.h"

#include <algorithm>

#include "text/date.h"

namespace daifuku::text {
namespace {

constexpr int kSunday = 0;
constexpr int kMonday = 1;

int nth_monday(int year, int month, int nth) {
  const int first = weekday({.year = year, .month = month, .day = 1});
  return 1 + (kMonday - first + 7) % 7 + (nth - 1) * 7;
}

// 1980 to 2099; `base` is 20.8431 in spring and 23.2488 in autumn.
int equinox(int year, double base) {
  const int years = year - 1980;
  return static_cast<int>(base + 0.242194 * years) - years / 4;
}

std::vector<Holiday> named_days(int year) {
  std::vector<Holiday> out;
  const auto add = [&](int month, int day, std::string_view ja, std::string_view en) {
    out.push_back({{.year = year, .month = month, .day = day}, ja, en});
  };
  const bool games_2020 = year == 2020;
  const bool games_2021 = year == 2021;
  add(1, 1, "元日", "New Year's Day");
  add(1, year < 2000 ? 15 : nth_monday(year, 1, 2), "成人の日", "Coming of Age Day");
  add(2, 11, "建国記念の日", "National Foundation Day");
  if (year >= 2020) add(2, 23, "天皇誕生日", "Emperor's Birthday");
  if (year == 1989) add(2, 24, "大喪の礼", "Funeral of Emperor Showa");
  add(3, equinox(year, 20.8431), "春分の日", "Vernal Equinox Day");
  if (year < 1989) {
    add(4, 29, "天皇誕生日", "Emperor's Birthday");
  } else if (year < 2007) {
    add(4, 29, "みどりの日", "Greenery Day");
  } else {
    add(4, 29, "昭和の日", "Showa Day");
  }
  if (year == 2019) add(5, 1, "即位の日", "Enthronement Day");
  add(5, 3, "憲法記念日", "Constitution Memorial Day");
  if (year >= 2007) add(5, 4, "みどりの日", "Greenery Day");
  add(5, 5, "こどもの日", "Children's Day");
  if (year == 1993) add(6, 9, "結婚の儀", "Wedding of the Crown Prince");
  if (year >= 1996)
    add(7,
        games_2020    ? 23
        : games_2021  ? 22
        : year < 2003 ? 20
                      : nth_monday(year, 7, 3),
        "海の日", "Marine Day");
  if (games_2020 || games_2021) add(7, games_2020 ? 24 : 23, "スポーツの日", "Sports Day");
  if (year >= 2016) add(8, games_2020 ? 10 : games_2021 ? 8 : 11, "山の日", "Mountain Day");
  add(9, year < 2003 ? 15 : nth_monday(year, 9, 3), "敬老の日", "Respect for the Aged Day");
  add(9, equinox(year, 23.2488), "秋分の日", "Autumnal Equinox Day");
  if (!games_2020 && !games_2021)
    add(10, year < 2000 ? 10 : nth_monday(year, 10, 2), year < 2020 ? "体育の日" : "スポーツの日",
        year < 2020 ? "Health and Sports Day" : "Sports Day");
  if (year == 2019) add(10, 22, "即位礼正殿の儀の行われる日", "Enthronement Ceremony Day");
  add(11, 3, "文化の日", "Culture Day");
  if (year == 1990) add(11, 12, "即位礼正殿の儀", "Enthronement Ceremony Day");
  add(11, 23, "勤労感謝の日", "Labor Thanksgiving Day");
  if (year >= 1989 && year <= 2018) add(12, 23, "天皇誕生日", "Emperor's Birthday");
  std::ranges::sort(out, {}, [](const Holiday& one) { return days_from_date(one.date); });
  return out;
}

bool contains(const std::vector<Holiday>& days, std::int64_t day) {
  return std::ranges::any_of(days,
                             [day](const Holiday& one) { return days_from_date(one.date) == day; });
}

}  // namespace

std::vector<Holiday> holidays_of(int year) {
  if (year < kFirstHolidayYear || year > kLastHolidayYear) return {};
  std::vector<Holiday> named = named_days(year);
  std::vector<Holiday> out = named;
  for (const Holiday& one : named) {
    const std::int64_t day = days_from_date(one.date);
    // 第3条第2項: a holiday on a Sunday moves, since 2007 past other holidays.
    if (weekday(one.date) == kSunday) {
      std::int64_t next = day + 1;
      while (year >= 2007 && contains(named, next)) ++next;
      if (!contains(named, next))
        out.push_back({date_from_days(next), "振替休日", "Substitute Holiday"});
    }
    // 第3条第3項, since 1985-12-27: a day between two holidays; before 2007 no Sunday and no moved
    // holiday.
    const std::int64_t between = day + 1;
    const bool in_force = year >= 1986;
    if (in_force && !contains(named, between) && contains(named, day + 2)) {
      const int on = weekday(date_from_days(between));
      const bool moved = weekday(one.date) == kSunday;
      if (year >= 2007 || (on != kSunday && !moved))
        out.push_back({date_from_days(between), "国民の休日", "Citizens' Holiday"});
    }
  }
  std::ranges::stable_sort(out, {}, [](const Holiday& one) { return days_from_date(one.date); });
  // A day between two that is also where a holiday moves to counts once.
  const auto same = [](const Holiday& a, const Holiday& b) {
    return days_from_date(a.date) == days_from_date(b.date);
  };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

std::optional<Holiday> holiday_on(Date date) {
  for (const Holiday& one : holidays_of(date.year)) {
    if (one.date.month == date.month && one.date.day == date.day) return one;
  }
  return std::nullopt;
}

int fiscal_year_of(Date date, int first_month) {
  return date.month >= first_month ? date.year : date.year - 1;
}

}  // namespace daifuku::text
