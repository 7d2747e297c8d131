#include "crm/follow/plan_dates.h"

#include <gtest/gtest.h>

namespace daifuku::crm {
namespace {

std::string step(const char* start, std::int64_t number, std::string_view unit, bool before) {
  return format_date(step_day(*parse_iso_date(start), {number, unit, before}));
}

std::string working(const char* day, std::string_view rule) {
  return format_date(working_day(*parse_iso_date(day), rule));
}

TEST(StepDay, CountsDaysWeeksAndMonthsBothWays) {
  EXPECT_EQ(step("2026-04-01", 0, "day", false), "2026-04-01");
  EXPECT_EQ(step("2026-04-01", 10, "day", false), "2026-04-11");
  EXPECT_EQ(step("2026-04-01", 2, "week", false), "2026-04-15");
  EXPECT_EQ(step("2026-03-31", 90, "day", true), "2025-12-31");
  EXPECT_EQ(step("2026-01-15", 2, "month", true), "2025-11-15");
}

TEST(StepDay, KeepsToTheEndOfAShorterMonth) {
  EXPECT_EQ(step("2026-01-31", 1, "month", false), "2026-02-28");
  EXPECT_EQ(step("2028-02-29", 12, "month", false), "2029-02-28");
  EXPECT_EQ(step("2026-12-31", 2, "month", false), "2027-02-28");
}

TEST(StepDay, StaysWithinWhatADateCanSay) {
  EXPECT_EQ(step("0001-01-01", 3'650, "month", true), "0001-01-01");
  EXPECT_EQ(step("0001-01-05", 30, "day", true), "0001-01-01");
  EXPECT_EQ(step("9999-12-01", 2, "month", false), "9999-12-31");
  EXPECT_EQ(step("9999-12-31", 3'650, "week", false), "9999-12-31");
}

TEST(WorkingDay, LeavesAWorkingDayAlone) {
  for (const char* rule : {"next", "before", "keep"}) {
    EXPECT_EQ(working("2026-04-01", rule), "2026-04-01");
  }
}

TEST(WorkingDay, PassesWeekendsAndHolidays) {
  EXPECT_EQ(working("2026-04-04", "next"), "2026-04-06");
  EXPECT_EQ(working("2026-04-05", "before"), "2026-04-03");
  EXPECT_EQ(working("2026-04-05", "keep"), "2026-04-05");
  // Golden week of 2026: Saturday the 2nd to Wednesday the 6th, a substitute holiday.
  EXPECT_EQ(working("2026-05-02", "next"), "2026-05-07");
  EXPECT_EQ(working("2026-05-06", "before"), "2026-05-01");
  // 国民の休日 between two holidays, September 2026.
  EXPECT_EQ(working("2026-09-22", "next"), "2026-09-24");
}

TEST(RoughDays, SortsStepsByTime) {
  EXPECT_LT(rough_days({90, "day", true}), rough_days({2, "month", true}));
  EXPECT_LT(rough_days({0, "day", false}), rough_days({1, "week", false}));
  EXPECT_LT(rough_days({3, "week", false}), rough_days({1, "month", false}));
}

}  // namespace
}  // namespace daifuku::crm
