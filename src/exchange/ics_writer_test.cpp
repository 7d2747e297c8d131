#include "exchange/ics_writer.h"

#include <gtest/gtest.h>

namespace daifuku::exchange {
namespace {

CalendarEntry task() {
  return {.uid = "task-0SAKW@daifuku",
          .title = "見積を送る",
          .day = Date{2026, 12, 31},
          .updated = 1'795'392'000'000};
}

// The lines as they were before they were folded.
std::string unfolded(std::string text) {
  for (std::size_t at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at))
    text.erase(at, 3);
  return text;
}

bool has_line(const std::string& ics, const std::string& line) {
  return unfolded(ics).find("\r\n" + line + "\r\n") != std::string::npos;
}

TEST(IcsWriter, WritesAWholeDayToTheNext) {
  const std::string ics = write_ics("予定", {task()});
  EXPECT_TRUE(ics.starts_with("BEGIN:VCALENDAR\r\n"));
  EXPECT_TRUE(ics.ends_with("END:VCALENDAR\r\n"));
  EXPECT_TRUE(has_line(ics, "UID:task-0SAKW@daifuku"));
  EXPECT_TRUE(has_line(ics, "DTSTART;VALUE=DATE:20261231")) << ics;
  EXPECT_TRUE(has_line(ics, "DTEND;VALUE=DATE:20270101")) << ics;
  EXPECT_TRUE(has_line(ics, "SUMMARY:見積を送る"));
  EXPECT_TRUE(has_line(ics, "TRANSP:TRANSPARENT"));
  EXPECT_TRUE(has_line(ics, "X-WR-CALNAME:予定"));
}

TEST(IcsWriter, WritesAnInstantInUtc) {
  CalendarEntry visit = task();
  visit.day.reset();
  visit.at = *parse_instant("2026-11-24T10:30:00+09:00");
  visit.minutes = 90;
  visit.busy = true;
  const std::string ics = write_ics("予定", {visit});
  EXPECT_TRUE(has_line(ics, "DTSTART:20261124T013000Z")) << ics;
  EXPECT_TRUE(has_line(ics, "DTEND:20261124T030000Z")) << ics;
  EXPECT_TRUE(has_line(ics, "TRANSP:OPAQUE"));
  visit.cancelled = true;
  const std::string off = write_ics("予定", {visit});
  EXPECT_TRUE(has_line(off, "STATUS:CANCELLED"));
  EXPECT_TRUE(has_line(off, "TRANSP:TRANSPARENT"));
}

TEST(IcsWriter, ATextIsNeverALineOfItsOwn) {
  CalendarEntry evil = task();
  evil.title = "a\r\nEND:VEVENT\nBEGIN:VALARM;x,y\\z\x01";
  evil.description = "一行目\n二行目";
  const std::string ics = write_ics("x\r\nMETHOD:REQUEST", {evil});
  EXPECT_TRUE(has_line(ics, R"(SUMMARY:a\nEND:VEVENT\nBEGIN:VALARM\;x\,y\\z)")) << ics;
  EXPECT_TRUE(has_line(ics, R"(DESCRIPTION:一行目\n二行目)")) << ics;
  EXPECT_FALSE(has_line(ics, "METHOD:REQUEST")) << ics;
  EXPECT_EQ(ics.find("\r\nBEGIN:VALARM"), std::string::npos);
}

TEST(IcsWriter, FoldsAt75OctetsBetweenCharacters) {
  CalendarEntry wordy = task();
  for (int i = 0; i < 60; ++i) wordy.description += "長い説明、";
  const std::string ics = write_ics("予定", {wordy});
  std::size_t from = 0;
  while (from < ics.size()) {
    const std::size_t end = ics.find("\r\n", from);
    ASSERT_NE(end, std::string::npos);
    const std::string line = ics.substr(from, end - from);
    EXPECT_LE(line.size(), 75U);
    // After the space that marks the fold a character begins.
    const std::size_t first = line.starts_with(' ') ? 1 : 0;
    ASSERT_LT(first, line.size());
    EXPECT_NE(static_cast<unsigned char>(line[first]) & 0xC0U, 0x80U) << line;
    from = end + 2;
  }
}

TEST(IcsWriter, TheSameEntriesAreTheSameText) {
  EXPECT_EQ(write_ics("予定", {task()}), write_ics("予定", {task()}));
  EXPECT_NE(write_ics("予定", {task()}), write_ics("予定", {}));
}

}  // namespace
}  // namespace daifuku::exchange
