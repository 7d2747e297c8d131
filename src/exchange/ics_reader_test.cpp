#include "exchange/ics_reader.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "exchange/ics.h"
#include "exchange/ics_lines.h"
#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Millis kNow = *parse_instant("2026-11-24T09:00:00+09:00");

// As Google Calendar exports it: one in Japan's time, a whole day, and a weekly one with an
// exception and a moved time.
constexpr std::string_view kGoogle =
    "BEGIN:VCALENDAR\r\n"
    "PRODID:-//Google Inc//Google Calendar 70.9054//EN\r\n"
    "VERSION:2.0\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
    "X-WR-CALNAME:営業 一郎\r\nX-WR-TIMEZONE:Asia/Tokyo\r\n"
    "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nX-LIC-LOCATION:Asia/Tokyo\r\n"
    "BEGIN:STANDARD\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nTZNAME:JST\r\n"
    "DTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\n"
    "DTSTART:20261201T010000Z\r\nDTEND:20261201T023000Z\r\nDTSTAMP:20261120T000000Z\r\n"
    "ORGANIZER;CN=営業 一郎:mailto:ichiro@example.jp\r\n"
    "UID:abc123@google.com\r\n"
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=営業 一郎;\r\n"
    " X-NUM-GUESTS=0:mailto:ichiro@example.jp\r\n"
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRU\r\n"
    " E;CN=佐藤 花子;X-NUM-GUESTS=0:mailto:hanako@daifuku-shoten.example.jp\r\n"
    "ATTENDEE;CUTYPE=RESOURCE;CN=会議室A:mailto:room@resource.calendar.google.com\r\n"
    "CREATED:20261101T000000Z\r\nDESCRIPTION:見積の説明\\n資料\\, 3部\r\n"
    "LAST-MODIFIED:20261120T000000Z\r\nLOCATION:本社 3階\r\nSEQUENCE:1\r\nSTATUS:CONFIRMED\r\n"
    "SUMMARY:大福商店様 訪問\r\nTRANSP:OPAQUE\r\n"
    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nSUMMARY:ちがう\r\nTRIGGER:-P0DT0H10M0S\r\nEND:VALARM\r\n"
    "END:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261207\r\nDTEND;VALUE=DATE:20261210\r\n"
    "UID:day@google.com\r\nSUMMARY:展示会\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;TZID=Asia/Tokyo:20261102T090000\r\nDTEND;TZID=Asia/Tokyo:"
    "20261102T093000\r\nRRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO\r\n"
    "EXDATE;TZID=Asia/"
    "Tokyo:20261109T090000\r\nUID:weekly@google.com\r\nSUMMARY:朝会\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;TZID=Asia/Tokyo:20261117T150000\r\nDTEND;TZID=Asia/Tokyo:"
    "20261117T153000\r\nRECURRENCE-ID;TZID=Asia/Tokyo:20261116T090000\r\n"
    "UID:weekly@google.com\r\nSUMMARY:朝会（移動）\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

std::string calendar(std::string_view events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + std::string(events) + "END:VCALENDAR\r\n";
}

std::string event(std::string_view lines) {
  return "BEGIN:VEVENT\r\n" + std::string(lines) + "END:VEVENT\r\n";
}

std::vector<std::string> starts(const IcsCalendar& found) {
  std::vector<std::string> out;
  for (const IcsEvent& each : found.events) out.push_back(format_instant(each.start).substr(0, 16));
  return out;
}

class IcsFiles : public ::testing::Test {
 protected:
  std::vector<testing::Texts> read(std::string_view content, OpenOptions options = {}) {
    options.now = kNow;
    table_ = open_table(folder_.file("plan.ics", content), options);
    return testing::read_texts(*table_.reader);
  }
  std::string refusal(std::string_view content) {
    return testing::error_code_of([&] { read(content); });
  }
  testing::ScratchFolder folder_;
  OpenedTable table_ = {};
};

TEST_F(IcsFiles, AreTablesOfTheirEvents) {
  const auto rows = read(kGoogle);

  EXPECT_EQ(table_.format, TableFormat::ics);
  EXPECT_EQ(table_.encoding, "utf-8");
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_THAT(rows[0], ElementsAre("件名", "日時", "日付", "時刻", "所要時間（分）", "種類", "状況",
                                   "済み", "場所", "お客様", "出席者", "出席者のメール", "相手",
                                   "自社の人", "内容", "リンク", "予定の番号"));
  EXPECT_THAT(rows[4],
              ElementsAre("大福商店様 訪問", "2026-12-01 10:00", "2026-12-01", "10:00〜11:30", "90",
                          "訪問", "", "", "本社 3階", "大福商店", "営業 一郎、佐藤 花子",
                          "ichiro@example.jp\nhanako@daifuku-shoten.example.jp",
                          "ichiro@example.jp\nhanako@daifuku-shoten.example.jp",
                          "ichiro@example.jp\nhanako@daifuku-shoten.example.jp",
                          "見積の説明\n資料, 3部", "", "abc123@google.com"));
  EXPECT_EQ(rows[5].at(1), "2026-12-07");
  EXPECT_EQ(rows[5].at(3), "2026-12-07 から 2026-12-09");
  EXPECT_EQ(rows[5].at(5), "催し・セミナー参加");
}

TEST_F(IcsFiles, GiveWhatRepeatsWithItsExceptions) {
  const auto rows = read(kGoogle);

  // The second is left out, the third was moved to the next afternoon.
  EXPECT_EQ(rows[1].at(1), "2026-11-02 09:00");
  EXPECT_EQ(rows[1].back(), "weekly@google.com\n20261102T000000Z");
  EXPECT_EQ(rows[1].at(7), "はい");
  EXPECT_EQ(rows[2].at(0), "朝会（移動）");
  EXPECT_EQ(rows[2].at(1), "2026-11-17 15:00");
  EXPECT_EQ(rows[2].back(), "weekly@google.com\n20261116T000000Z");
  EXPECT_EQ(rows[3].at(1), "2026-11-23 09:00");
}

// As Outlook writes it: names of zones of Windows, defined in the file, with summer time.
TEST_F(IcsFiles, OfOutlookHaveItsZones) {
  const auto rows = read(calendar(
      "METHOD:PUBLISH\r\nX-MS-OLK-FORCEINSPECTOROPEN:TRUE\r\n"
      "BEGIN:VTIMEZONE\r\nTZID:Pacific Standard Time\r\n"
      "BEGIN:STANDARD\r\nDTSTART:16011104T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\n"
      "TZOFFSETFROM:-0700\r\nTZOFFSETTO:-0800\r\nEND:STANDARD\r\n"
      "BEGIN:DAYLIGHT\r\nDTSTART:16010311T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n"
      "TZOFFSETFROM:-0800\r\nTZOFFSETTO:-0700\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n" +
      event("CLASS:PUBLIC\r\nDTSTART;TZID=\"Pacific Standard Time\":20260701T170000\r\n"
            "DTEND;TZID=\"Pacific Standard Time\":20260701T180000\r\nUID:040000008200\r\n"
            "SUMMARY;LANGUAGE=ja:夏\r\nX-ALT-DESC;FMTTYPE=text/html:<html>x</html>\r\n") +
      event("DTSTART;TZID=Pacific Standard Time:20261201T170000\r\nDURATION:PT45M\r\n"
            "UID:040000008201\r\nSUMMARY:冬\r\n") +
      event("DTSTART;TZID=Tokyo Standard Time:20261202T100000\r\n"
            "DTEND;TZID=Tokyo Standard Time:20261202T110000\r\nUID:3\r\nSUMMARY:東京\r\n")));

  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1].at(1), "2026-07-02 09:00");
  EXPECT_EQ(rows[2].at(1), "2026-12-02 10:00");
  EXPECT_EQ(rows[2].at(4), "45");
  EXPECT_EQ(rows[3].at(1), "2026-12-02 10:00");
  EXPECT_THAT(testing::codes_of(table_.reader->notes()), IsEmpty());
}

// As an iPhone shares it.
TEST_F(IcsFiles, OfAnIphoneAreReadToo) {
  const auto rows = read(
      "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Apple Inc.//iPhone OS 19.0//EN\nCALSCALE:GREGORIAN\n"
      "BEGIN:VEVENT\nCREATED:20261101T000000Z\nUID:9F6E-11\nDTEND;TZID=Asia/Tokyo:20261125T140000\n"
      "TRANSP:OPAQUE\nX-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC\nSUMMARY:山田商事 電話\n"
      "DTSTART;TZID=Asia/Tokyo:20261125T133000\nURL;VALUE=URI:https://example.jp/a\nSEQUENCE:0\n"
      "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=東京駅:geo:35.68,139.76\n"
      "LOCATION:東京駅\\n千代田区\nEND:VEVENT\nEND:VCALENDAR\n");

  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].at(1), "2026-11-25 13:30");
  EXPECT_EQ(rows[1].at(5), "電話");
  EXPECT_EQ(rows[1].at(8), "東京駅 千代田区");
  EXPECT_EQ(rows[1].at(15), "https://example.jp/a");
}

TEST_F(IcsFiles, AreReadInTheirEncoding) {
  // 会議 in CP932.
  const auto rows = read(calendar(
      event("DTSTART:20261201T010000Z\r\nUID:1\r\nSUMMARY:\x89\xEF\x8B\x63\x82\xC5\x82\xB7\r\n")));
  EXPECT_EQ(rows.at(1).at(0), "会議です");
  EXPECT_EQ(table_.encoding, "cp932");

  // A fold within a character.
  const auto folded =
      read(calendar(event("DTSTART:20261201T010000Z\r\nUID:1\r\nSUMMARY:会\xE8\r\n \xAD\xB0\r\n")));
  EXPECT_EQ(folded.at(1).at(0), "会議");
}

TEST_F(IcsFiles, TellWhatTheyLeaveOut) {
  read(calendar(event("DTSTART:20261201T010000Z\r\nUID:1\r\nSUMMARY:a\r\n") +
                event("DTSTART:20261201T010000Z\r\nUID:2\r\nCLASS:PRIVATE\r\nSUMMARY:歯医者\r\n") +
                event("DTSTART:20261201T010000Z\r\nUID:task-0SAKW@daifuku\r\nSUMMARY:ours\r\n") +
                event("UID:4\r\nSUMMARY:いつか\r\n") + event("DTSTART:明日\r\nUID:5\r\n") +
                event("DTSTART;TZID=火星:20261201T100000\r\nUID:6\r\nSUMMARY:b\r\n") +
                "BEGIN:VTODO\r\nUID:7\r\nSUMMARY:買う\r\nEND:VTODO\r\n"));

  EXPECT_THAT(testing::codes_of(table_.reader->notes()),
              ElementsAre("ics_private_left_out", "ics_own_left_out", "ics_others_left_out",
                          "ics_unreadable", "ics_zone_unknown"));
}

TEST_F(IcsFiles, AreRefusedWhenNothingIsInThem) {
  EXPECT_EQ(refusal(calendar("")), "ics_no_events");
  EXPECT_EQ(refusal("BEGIN:VCALENDAR\r\n"), "ics_no_events");
  EXPECT_EQ(refusal(calendar(event("DTSTART:20261201\r\nUID:task-1@daifuku\r\n"))), "ics_only_own");
  EXPECT_EQ(refusal(calendar(std::string(17U << 20, 'x'))), "ics_too_large");
  EXPECT_EQ(testing::error_code_of([&] { read(kGoogle, {.encoding = "klingon"}); }),
            "encoding_unknown");
}

TEST(ReadIcs, TakesTimesWithoutAZoneAsThoseOfJapan) {
  const auto found =
      read_ics(calendar(event("DTSTART:20261201T100000\r\nUID:1\r\nSUMMARY:a\r\n")), kNow);
  EXPECT_THAT(starts(found), ElementsAre("2026-12-01T01:00"));
}

TEST(ReadIcs, KeepsTheNewestOfOneUid) {
  const auto found =
      read_ics(calendar(event("DTSTART:20261202T100000\r\nUID:1\r\nSEQUENCE:2\r\nSUMMARY:new\r\n") +
                        event("DTSTART:20261201T100000\r\nUID:1\r\nSEQUENCE:1\r\nSUMMARY:old\r\n")),
               kNow);
  ASSERT_EQ(found.events.size(), 1U);
  EXPECT_EQ(found.events[0].title, "new");
}

TEST(ReadIcs, FollowsWhatRepeatsForAYearEachWay) {
  const auto found = read_ics(
      calendar(
          event("DTSTART;VALUE=DATE:19900101\r\nUID:1\r\nRRULE:FREQ=MONTHLY\r\nSUMMARY:a\r\n")),
      kNow);
  EXPECT_EQ(found.events.size(), 24U);
  EXPECT_EQ(found.events.front().occurrence, "20251201");
  EXPECT_EQ(found.events.back().occurrence,
            "20261101" == found.events.back().occurrence ? "20261101" : "20271101");
  const auto until =
      read_ics(calendar(event("DTSTART:20261101T000000Z\r\nUID:1\r\nRRULE:FREQ=DAILY;UNTIL="
                              "20261103T235959Z\r\nRDATE:20261110T000000Z\r\nSUMMARY:a\r\n")),
               kNow);
  EXPECT_THAT(starts(until), ElementsAre("2026-11-01T00:00", "2026-11-02T00:00", "2026-11-03T00:00",
                                         "2026-11-10T00:00"));
}

// Rules that are made to keep a computer busy.
TEST(ReadIcs, IsNotKeptBusyByRules) {
  std::string bombs;
  int uid = 0;
  for (const char* rule :
       {"FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=DAILY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1",
        "FREQ=WEEKLY;INTERVAL=32767", "FREQ=DAILY;INTERVAL=-5", "FREQ=DAILY;COUNT=-1",
        "FREQ=", "FREQ=DAILY;BYSETPOS=400", "FREQ=DAILY;BYMONTHDAY=99999999999999999999"}) {
    for (int i = 0; i < 20; ++i)
      bombs += event("DTSTART:19000101T000000Z\r\nUID:" + std::to_string(++uid) +
                     "\r\nRRULE:" + rule + "\r\nSUMMARY:a\r\n");
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto found = read_ics(calendar(bombs), kNow);
  const auto spent = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(spent, std::chrono::seconds(15));
  EXPECT_LE(found.events.size(), 20'000U);
  EXPECT_GT(found.cut, 0);
}

TEST(ReadIcs, SurvivesWhatIsBroken) {
  for (const std::string& text :
       {std::string("BEGIN:VCALENDAR"), calendar("BEGIN:VEVENT\r\nBEGIN:VEVENT\r\n"),
        calendar("END:VEVENT\r\nEND:VEVENT\r\n"),
        calendar("BEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nRRULE:FREQ=YEARLY\r\n"),
        calendar(event("DTSTART;TZID=:20261201T100000\r\nUID:\r\nSUMMARY\r\n")),
        calendar(event("DTSTART;VALUE=DATE:20269999\r\nDTSTART:99999999T999999Z\r\n")),
        calendar(event("DTSTART:20261201T100000\r\nDURATION:P99999999999D\r\nRDATE:x,y\r\n"
                       "EXDATE:\r\nRECURRENCE-ID:z\r\nATTENDEE:\r\nATTENDEE;CN=\"a:mailto:b\r\n")),
        std::string(100'000, '\0'), calendar(std::string(200'000, 'B'))}) {
    EXPECT_LE(read_ics(text, kNow).events.size(), 2U) << text.substr(0, 80);
  }
  std::string deep;
  for (int i = 0; i < 50'000; ++i) deep += "BEGIN:VALARM\r\n";
  EXPECT_EQ(read_ics(calendar("BEGIN:VEVENT\r\nDTSTART:20261201\r\n" + deep), kNow).events.size(),
            1U);
}

// A real one with bytes changed at random: nothing to assert but that it comes back, and says what
// can be said.
TEST(ReadIcs, SurvivesChangedBytes) {
  std::mt19937 random(7);
  const std::string whole(kGoogle);
  for (int round = 0; round < 2'000; ++round) {
    std::string text = whole;
    for (int i = 0; i < 1 + round % 12; ++i) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, random() % 20);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 40));
          break;
        default:
          text[at] = ":;,=\r\n0ZT\\\""[random() % 11];
      }
    }
    const auto found = read_ics(text, kNow);
    EXPECT_LE(found.events.size(), 2'000U);
    for (const IcsEvent& each : found.events) EXPECT_GE(each.end, each.start);
  }
}

// libical keeps every change of a zone from its beginning to this day.
TEST(TakeApart, LeavesOutChangesOfAZoneThatAreNoSummerTime) {
  const auto zone = [](const std::string& rule, const std::string& start) {
    return take_apart("BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nDTSTART:" +
                      start + "\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nRRULE:" + rule +
                      "\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n")
        .zones.front();
  };
  const auto keeps = [&](const std::string& rule) {
    return zone(rule, "16010101T000000").find("RRULE") != std::string::npos;
  };
  EXPECT_TRUE(keeps("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"));
  EXPECT_TRUE(keeps("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=25"));
  EXPECT_FALSE(keeps("FREQ=DAILY"));
  EXPECT_FALSE(keeps("FREQ=YEARLY;BYDAY=SU,MO;BYHOUR=0,1,2"));
  EXPECT_FALSE(keeps("FREQ=YEARLY;BYMONTH=1,2,3"));
  EXPECT_EQ(zone("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "00010101T000000").find("DTSTART"),
            std::string::npos);
}

TEST(ReadIcs, CutsTextsThatEachTimeWouldHaveAgain) {
  const auto found = read_ics(calendar(event("DTSTART:20261201T100000\r\nUID:1\r\nRRULE:FREQ=DAILY;"
                                             "COUNT=3\r\nSUMMARY:a\r\nDESCRIPTION:" +
                                             std::string(30'000, 'x') + "\r\n")),
                              kNow);
  ASSERT_EQ(found.events.size(), 3U);
  EXPECT_LE(found.events.front().text.size(), 10'003U);
}

TEST(ReadIcs, TakesAClassThatItDoesNotKnowForPrivate) {
  const auto found = read_ics(
      calendar(event("DTSTART:20261201T100000\r\nUID:1\r\nSUMMARY:a\r\nCLASS:X-SECRET\r\n")), kNow);
  EXPECT_TRUE(found.events.empty());
  EXPECT_EQ(found.confidential, 1);
}

TEST(TakeApart, GivesNothingOfWhatIsNotNeeded) {
  const IcsParts parts = take_apart(kGoogle);
  ASSERT_EQ(parts.events.size(), 4U);
  EXPECT_EQ(parts.zones.size(), 1U);
  EXPECT_EQ(parts.events[0].find("VALARM"), std::string::npos);
  EXPECT_EQ(parts.events[0].find("ちがう"), std::string::npos);
  EXPECT_NE(parts.events[0].find("RSVP=TRUE;CN=佐藤 花子"), std::string::npos);
}

}  // namespace
}  // namespace daifuku::exchange
