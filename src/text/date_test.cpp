#include "text/date.h"

#include <gtest/gtest.h>

namespace daifuku::text {
namespace {

std::string day(std::string_view text) {
  const auto date = parse_date(text);
  return date ? format_date(*date) : "none";
}

std::string instant(std::string_view text) {
  const auto at = parse_date_time(text);
  return at ? format_instant(*at) : "none";
}

TEST(ParseDate, Western) {
  for (const char* text : {"2026-04-01",
                           "2026-4-1",
                           "2026/4/1",
                           "2026/04/01",
                           "2026.4.1",
                           "2026年4月1日",
                           "2026年04月01日",
                           "20260401",
                           "２０２６／０４／０１",
                           "２０２６年４月１日",
                           " 2026-04-01　",
                           "2026－04－01",
                           "2026 年 4 月 1 日",
                           "2026/4/1(水)",
                           "2026年4月1日（水）",
                           "2026年4月1日水曜日",
                           "2026年4月1日（水曜日）",
                           "二〇二六年四月一日",
                           "2026-04-01 09:30",
                           "2026-04-01T00:00:00Z",
                           "20260401093000",
                           "2026/4/1 9時30分"}) {
    EXPECT_EQ(day(text), "2026-04-01") << text;
  }
}

TEST(ParseDate, JapaneseEras) {
  for (const char* text : {"令和8年4月1日", "令和８年４月１日", "令和八年四月一日", "R8.4.1",
                           "R8/4/1", "r8-4-1", "R.8.4.1", "R08.04.01", "R080401", "㋿8年4月1日",
                           "令和 8年 4月 1日", "令和8.4.1", "Ｒ８．４．１", "平成38年4月1日"}) {
    EXPECT_EQ(day(text), "2026-04-01") << text;
  }
  const std::pair<const char*, const char*> cases[] = {
      {"令和元年5月1日", "2019-05-01"},
      {"R元.5.1", "2019-05-01"},
      {"R1.5.1", "2019-05-01"},
      {"平成31年4月30日", "2019-04-30"},
      {"平成元年1月8日", "1989-01-08"},
      {"H31.4.30", "2019-04-30"},
      {"H31-4-30", "2019-04-30"},
      {"㍻元年1月8日", "1989-01-08"},
      {"昭和64年1月7日", "1989-01-07"},
      {"S64.1.7", "1989-01-07"},
      {"昭和元年12月25日", "1926-12-25"},
      {"大正15年12月24日", "1926-12-24"},
      {"T1.7.30", "1912-07-30"},
      {"明治45年7月29日", "1912-07-29"},
      {"M45.7.29", "1912-07-29"},
      {"昭和三十九年十月十日", "1964-10-10"},
      {"令和二年十二月三十一日", "2020-12-31"},
      {"S391010", "1964-10-10"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(day(text), expected) << text;
  }
}

TEST(ParseDate, OtherOrdersOnlyWhenOneReadingIsPossible) {
  EXPECT_EQ(day("10/19/2017"), "2017-10-19");
  EXPECT_EQ(day("19/10/2017"), "2017-10-19");
  EXPECT_EQ(day("19.10.2017"), "2017-10-19");
  EXPECT_EQ(day("10/10/2017"), "2017-10-10");
  EXPECT_EQ(day("10/11/2017"), "none");
  EXPECT_EQ(day("26/4/1"), "none");
}

TEST(ParseDate, Refuses) {
  for (const char* text : {"",
                           "-",
                           "なし",
                           "2026",
                           "2026年4月",
                           "4月1日",
                           "2026-02-29",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-04-31",
                           "20261301",
                           "42644",
                           "2026-04-01から",
                           "2026-04-01 25:00",
                           "R0.4.1",
                           "令和8年13月1日",
                           "1867-01-01",
                           "2200-01-01",
                           "X8.4.1",
                           "2026-04-011",
                           "令和",
                           "R",
                           "2026//04/01",
                           "１月１日",
                           "202604011"}) {
    EXPECT_EQ(day(text), "none") << text;
  }
  EXPECT_EQ(day("2024-02-29"), "2024-02-29");
}

TEST(ParseDateTime, JapanTimeUnlessSaid) {
  const std::pair<const char*, const char*> cases[] = {
      {"2026-04-01", "2026-03-31T15:00:00.000Z"},
      {"2026-04-01 09:30", "2026-04-01T00:30:00.000Z"},
      {"2026/4/1 9:30:15", "2026-04-01T00:30:15.000Z"},
      {"2026-04-01T09:30:15.250", "2026-04-01T00:30:15.250Z"},
      {"2026-04-01T09:30:15Z", "2026-04-01T09:30:15.000Z"},
      {"2026-04-01T09:30:15+09:00", "2026-04-01T00:30:15.000Z"},
      {"2026-04-01 09:30:15 -0500", "2026-04-01T14:30:15.000Z"},
      {"2026-04-01 09:30 JST", "2026-04-01T00:30:00.000Z"},
      {"2026年4月1日 9時30分", "2026-04-01T00:30:00.000Z"},
      {"2026年4月1日午後3時", "2026-04-01T06:00:00.000Z"},
      {"2026年4月1日（水）午前0時5分10秒", "2026-03-31T15:05:10.000Z"},
      {"2026/4/1 3:15 PM", "2026-04-01T06:15:00.000Z"},
      {"2026/4/1 12:15 AM", "2026-03-31T15:15:00.000Z"},
      {"令和8年4月1日 15時半", "2026-04-01T06:30:00.000Z"},
      {"20260401093015", "2026-04-01T00:30:15.000Z"},
      {"202604010930", "2026-04-01T00:30:00.000Z"},
      {"2026-04-01 24:00", "2026-04-01T15:00:00.000Z"},
      {"２０２６／４／１　９：３０", "2026-04-01T00:30:00.000Z"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(instant(text), expected) << text;
  }
  for (const char* text : {"", "2026-04-01 9", "2026-04-01 24:01", "2026-04-01 09:60",
                           "2026-04-01 13:00 PM", "2026-04-01 09:30 X", "2026-04-01 09:30+99:00",
                           "09:30", "202604012530", "2026-04-01 9時5"}) {
    EXPECT_EQ(instant(text), "none") << text;
  }
}

TEST(ExcelSerial, BothSystems) {
  const std::pair<double, const char*> cases[] = {
      {1, "1900-01-01"},     {59, "1900-02-28"},       {61, "1900-03-01"},    {42644, "2016-10-01"},
      {43586, "2019-05-01"}, {46113.75, "2026-04-01"}, {109574, "2199-12-31"}};
  for (const auto& [serial, expected] : cases) {
    EXPECT_EQ(format_date(date_from_excel_serial(serial).value()), expected) << serial;
  }
  for (const double serial : {0.0, 0.5, -1.0, 60.0, 109575.0, 1e300}) {
    EXPECT_FALSE(date_from_excel_serial(serial)) << serial;
  }
  EXPECT_EQ(format_date(date_from_excel_serial(0, true).value()), "1904-01-01");
  EXPECT_EQ(format_date(date_from_excel_serial(44651, true).value()), "2026-04-01");
  EXPECT_EQ(format_instant(instant_from_excel_serial(46113.5).value()), "2026-04-01T03:00:00.000Z");
  EXPECT_EQ(format_instant(instant_from_excel_serial(46113.0 + 34215.0 / 86400).value()),
            "2026-04-01T00:30:15.000Z");
  EXPECT_FALSE(instant_from_excel_serial(60));
}

TEST(FormatWareki, AtEveryChange) {
  const std::pair<Date, const char*> cases[] = {
      {{2026, 4, 1}, "令和8年4月1日"},      {{2019, 5, 1}, "令和元年5月1日"},
      {{2019, 4, 30}, "平成31年4月30日"},   {{1989, 1, 8}, "平成元年1月8日"},
      {{1989, 1, 7}, "昭和64年1月7日"},     {{1926, 12, 25}, "昭和元年12月25日"},
      {{1926, 12, 24}, "大正15年12月24日"}, {{1912, 7, 30}, "大正元年7月30日"},
      {{1912, 7, 29}, "明治45年7月29日"},   {{1868, 10, 23}, "明治元年10月23日"},
      {{1868, 10, 22}, "1868年10月22日"}};
  for (const auto& [date, expected] : cases) {
    EXPECT_EQ(format_wareki(date), expected);
  }
  EXPECT_EQ(format_japanese_date({2026, 4, 1}, true), "2026年4月1日（水）");
  EXPECT_EQ(weekday({1969, 12, 28}), 0);
}

TEST(FormatWareki, IsReadBack) {
  for (std::int64_t days = days_from_date({1868, 10, 23}); days < days_from_date({2030, 1, 1});
       days += 13) {
    const Date date = date_from_days(days);
    ASSERT_EQ(day(format_wareki(date)), format_date(date));
  }
}

}  // namespace
}  // namespace daifuku::text
