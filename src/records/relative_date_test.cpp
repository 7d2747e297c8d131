#include "records/relative_date.h"

#include <gtest/gtest.h>

#include <string>

namespace daifuku::records {
namespace {

// "2026-04-01 2026-04-02"; "or never" behind it; empty for a word that there is not.
std::string said(std::string_view word, std::string_view today, int fiscal_month = 4) {
  const auto days = relative_dates(word, *parse_iso_date(today), [&] { return fiscal_month; });
  if (!days) return {};
  return format_date(days->from) + " " + format_date(days->until) +
         (days->or_never ? " or never" : "");
}

TEST(RelativeDate, KnowsTheCalendar) {
  struct Case {
    const char* word;
    const char* days;
  };
  // A Wednesday.
  for (const Case& one : {
           Case{"today", "2026-04-01 2026-04-02"},
           Case{"yesterday", "2026-03-31 2026-04-01"},
           Case{"tomorrow", "2026-04-02 2026-04-03"},
           Case{"this_week", "2026-03-30 2026-04-06"},
           Case{"last_week", "2026-03-23 2026-03-30"},
           Case{"next_week", "2026-04-06 2026-04-13"},
           Case{"this_month", "2026-04-01 2026-05-01"},
           Case{"last_month", "2026-03-01 2026-04-01"},
           Case{"next_month", "2026-05-01 2026-06-01"},
           Case{"this_year", "2026-01-01 2027-01-01"},
           Case{"last_year", "2025-01-01 2026-01-01"},
           Case{"next_year", "2027-01-01 2028-01-01"},
       }) {
    EXPECT_EQ(said(one.word, "2026-04-01"), one.days) << one.word;
  }
  EXPECT_EQ(said("last_month", "2026-01-31"), "2025-12-01 2026-01-01");
  EXPECT_EQ(said("next_month", "2026-12-01"), "2027-01-01 2027-02-01");
  EXPECT_EQ(said("this_week", "2026-04-05"), "2026-03-30 2026-04-06") << "Sunday ends it";
}

TEST(RelativeDate, CountsFromToday) {
  struct Case {
    const char* word;
    const char* days;
  };
  for (const Case& one : {
           Case{"last_days:30", "2026-03-01 2026-04-01"},
           Case{"last_days:0", "2026-03-31 2026-04-01"},
           Case{"next_days:7", "2026-03-31 2026-04-08"},
           Case{"before_days:30", "0001-01-01 2026-03-01"},
           Case{"not_for_days:30", "0001-01-01 2026-03-01 or never"},
           Case{"last_weeks:2", "2026-03-17 2026-04-01"},
           Case{"next_weeks:1", "2026-03-31 2026-04-08"},
           Case{"before_weeks:1", "0001-01-01 2026-03-24"},
           // There is no 31 February, no 31 April.
           Case{"last_months:1", "2026-02-28 2026-04-01"},
           Case{"next_months:1", "2026-03-31 2026-05-01"},
           Case{"last_months:12", "2025-03-31 2026-04-01"},
           Case{"before_months:3", "0001-01-01 2025-12-31"},
           Case{"not_for_months:13", "0001-01-01 2025-02-28 or never"},
       }) {
    EXPECT_EQ(said(one.word, "2026-03-31"), one.days) << one.word;
  }
}

TEST(RelativeDate, KnowsTheFiscalYearAndItsParts) {
  EXPECT_EQ(said("fiscal_year", "2026-03-31"), "2025-04-01 2026-04-01");
  EXPECT_EQ(said("fiscal_year", "2026-04-01"), "2026-04-01 2027-04-01");
  EXPECT_EQ(said("last_fiscal_year", "2026-04-01"), "2025-04-01 2026-04-01");
  EXPECT_EQ(said("next_fiscal_year", "2026-03-31"), "2026-04-01 2027-04-01");
  EXPECT_EQ(said("fiscal_year", "2026-11-30", 12), "2025-12-01 2026-12-01");
  EXPECT_EQ(said("fiscal_year", "2026-06-15", 1), "2026-01-01 2027-01-01");

  EXPECT_EQ(said("fiscal_half", "2026-09-30"), "2026-04-01 2026-10-01");
  EXPECT_EQ(said("fiscal_half", "2026-10-01"), "2026-10-01 2027-04-01");
  EXPECT_EQ(said("last_fiscal_half", "2026-04-01"), "2025-10-01 2026-04-01");
  EXPECT_EQ(said("next_fiscal_half", "2026-03-31"), "2026-04-01 2026-10-01");

  EXPECT_EQ(said("fiscal_quarter", "2026-06-30"), "2026-04-01 2026-07-01");
  EXPECT_EQ(said("fiscal_quarter", "2027-02-28"), "2027-01-01 2027-04-01");
  EXPECT_EQ(said("last_fiscal_quarter", "2026-04-01"), "2026-01-01 2026-04-01");
  EXPECT_EQ(said("next_fiscal_quarter", "2026-12-31"), "2027-01-01 2027-04-01");
  // From December: December to February, and so on.
  EXPECT_EQ(said("fiscal_quarter", "2026-01-15", 12), "2025-12-01 2026-03-01");
}

TEST(RelativeDate, RefusesOtherWords) {
  for (const char* word : {"",
                           "someday",
                           "week",
                           "this_",
                           "this_fiscal_year",
                           "fiscal_",
                           "fiscal_week",
                           "last_fiscal_",
                           "last_days",
                           "last_days:",
                           "last_days:-1",
                           "last_days:1.5",
                           "last_days:36501",
                           "last_weeks:5215",
                           "last_months:1217",
                           "last_years:1",
                           "this_days:3",
                           "not_days:3",
                           "days:3",
                           "last_:3",
                           "last_days:3 "}) {
    EXPECT_EQ(said(word, "2026-04-01"), "") << word;
  }
  EXPECT_NE(said("last_days:36500", "2026-04-01"), "");
}

}  // namespace
}  // namespace daifuku::records
