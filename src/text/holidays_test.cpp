#include "text/holidays.h"

#include <gtest/gtest.h>

#include <string>

namespace daifuku::text {
namespace {

std::string days(int year) {
  std::string out;
  for (const Holiday& one : holidays_of(year))
    out += (out.empty() ? "" : " ") + format_date(one.date).substr(5);
  return out;
}

// As the Cabinet Office publishes them (内閣府「国民の祝日について」, syukujitsu.csv).
TEST(Holidays, AreThoseThatWerePublished) {
  const std::pair<int, const char*> years[] = {
      {2015,
       "01-01 01-12 02-11 03-21 04-29 05-03 05-04 05-05 05-06 07-20 09-21 09-22 09-23 10-12 "
       "11-03 11-23 12-23"},
      {2016,
       "01-01 01-11 02-11 03-20 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-22 10-10 "
       "11-03 11-23 12-23"},
      {2017,
       "01-01 01-02 01-09 02-11 03-20 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 10-09 "
       "11-03 11-23 12-23"},
      {2018,
       "01-01 01-08 02-11 02-12 03-21 04-29 04-30 05-03 05-04 05-05 07-16 08-11 09-17 09-23 "
       "09-24 10-08 11-03 11-23 12-23 12-24"},
      {2019,
       "01-01 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-04 05-05 05-06 07-15 08-11 "
       "08-12 09-16 09-23 10-14 10-22 11-03 11-04 11-23"},
      {2020,
       "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 "
       "09-21 09-22 11-03 11-23"},
      {2021,
       "01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 "
       "09-23 11-03 11-23"},
      {2022,
       "01-01 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 "
       "11-03 11-23"},
      {2023,
       "01-01 01-02 01-09 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 "
       "10-09 11-03 11-23"},
      {2024,
       "01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 "
       "09-16 09-22 09-23 10-14 11-03 11-04 11-23"},
      {2025,
       "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 "
       "09-23 10-13 11-03 11-23 11-24"},
      {2026,
       "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 "
       "09-23 10-12 11-03 11-23"},
      {2027,
       "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 "
       "10-11 11-03 11-23"},
  };
  for (const auto& [year, expected] : years) EXPECT_EQ(days(year), expected) << year;
}

TEST(Holidays, FollowTheLawOfTheirTime) {
  EXPECT_EQ(days(1980),
            "01-01 01-15 02-11 03-20 04-29 05-03 05-05 09-15 09-23 10-10 11-03 11-23 11-24");
  EXPECT_EQ(days(1988),
            "01-01 01-15 02-11 03-20 03-21 04-29 05-03 05-04 05-05 09-15 09-23 10-10 11-03 11-23");
  EXPECT_EQ(holiday_on({.year = 1989, .month = 2, .day = 24})->ja, "大喪の礼");
  EXPECT_EQ(holiday_on({.year = 1990, .month = 11, .day = 12})->ja, "即位礼正殿の儀");
  EXPECT_EQ(holiday_on({.year = 1993, .month = 6, .day = 9})->ja, "結婚の儀");
  EXPECT_EQ(holiday_on({.year = 2006, .month = 4, .day = 29})->ja, "みどりの日");
  EXPECT_EQ(holiday_on({.year = 2009, .month = 9, .day = 22})->ja, "国民の休日");
  EXPECT_EQ(holiday_on({.year = 2008, .month = 5, .day = 6})->ja, "振替休日");
  // A Sunday between two holidays was none before 2007: 2003-05-04; and 1997 had only the fifth.
  EXPECT_FALSE(holiday_on({.year = 2003, .month = 5, .day = 4}));
  EXPECT_EQ(holiday_on({.year = 1998, .month = 5, .day = 4})->ja, "振替休日");
  EXPECT_EQ(holiday_on({.year = 2019, .month = 4, .day = 30})->ja, "国民の休日");
  EXPECT_EQ(holiday_on({.year = 2021, .month = 7, .day = 23})->ja, "スポーツの日");
  EXPECT_FALSE(holiday_on({.year = 2021, .month = 10, .day = 11}));
  EXPECT_FALSE(holiday_on({.year = 2019, .month = 12, .day = 23}));
  EXPECT_EQ(days(1979), "");
  EXPECT_EQ(days(2100), "");
}

TEST(Holidays, EquinoxesOfTheCentury) {
  const std::pair<int, const char*> spring[] = {{1991, "03-21"}, {1992, "03-20"}, {2012, "03-20"},
                                                {2031, "03-21"}, {2060, "03-20"}, {2092, "03-19"},
                                                {2099, "03-20"}};
  for (const auto& [year, day] : spring)
    EXPECT_TRUE(holiday_on(*parse_iso_date(std::to_string(year) + "-" + day))) << year;
  const std::pair<int, const char*> autumn[] = {
      {1983, "09-23"}, {2012, "09-22"}, {2032, "09-22"}, {2045, "09-22"}, {2099, "09-23"}};
  for (const auto& [year, day] : autumn)
    EXPECT_EQ(holiday_on(*parse_iso_date(std::to_string(year) + "-" + day))->ja, "秋分の日")
        << year;
}

TEST(FiscalYear, BeginsWithItsMonth) {
  EXPECT_EQ(fiscal_year_of({.year = 2026, .month = 3, .day = 31}, 4), 2025);
  EXPECT_EQ(fiscal_year_of({.year = 2026, .month = 4, .day = 1}, 4), 2026);
  EXPECT_EQ(fiscal_year_of({.year = 2026, .month = 1, .day = 1}, 1), 2026);
  EXPECT_EQ(fiscal_year_of({.year = 2026, .month = 11, .day = 30}, 12), 2025);
}

}  // namespace
}  // namespace daifuku::text
