#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <thread>

#include "base/ascii.h"
#include "base/crypto.h"
#include "base/error.h"
#include "base/id.h"
#include "base/json.h"
#include "base/messages.h"
#include "base/source_dir.h"
#include "base/time.h"

namespace daifuku {
namespace {

TEST(Ascii, LowersItsOwnLettersOnly) {
  EXPECT_EQ(lower_ascii("Content-TYPE ＡÀ山 [@`{"), "content-type ＡÀ山 [@`{");
  EXPECT_TRUE(same_ignoring_case("X-Request-Id", "x-request-ID"));
  EXPECT_FALSE(same_ignoring_case("a", "aa"));
  EXPECT_FALSE(same_ignoring_case("@", "`"));
  EXPECT_EQ(trim_blanks(" \ta b\t "), "a b");
  EXPECT_EQ(trim_blanks(" \t"), "");
}

TEST(Id, RisesAndRoundTrips) {
  FakeClock clock(1'790'000'000'000);
  IdGenerator ids(clock);
  Id last = 0;
  for (int i = 0; i < 100'000; ++i) {
    const Id id = ids.next();
    ASSERT_GT(id, last);
    last = id;
  }
  clock.advance(-60'000);  // The clock stepped back.
  EXPECT_GT(ids.next(), last);
  EXPECT_EQ(decode_id(encode_id(last)), last);
  EXPECT_EQ(encode_id(last).size(), 13U);
}

TEST(Id, IsUniqueOverThreads) {
  const SystemClock clock;
  IdGenerator ids(clock);
  std::vector<std::vector<Id>> made(4);
  std::vector<std::thread> threads;
  for (auto& list : made) {
    threads.emplace_back([&ids, &list] {
      for (int i = 0; i < 20'000; ++i) list.push_back(ids.next());
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<Id> all;
  for (const auto& list : made) all.insert(list.begin(), list.end());
  EXPECT_EQ(all.size(), 80'000U);
}

TEST(Id, ProgramsOfOneMomentAreKeptApartByTheirNode) {
  const FakeClock clock(1'790'000'000'000);
  IdGenerator one(clock, 3);
  IdGenerator other(clock, 1023);
  std::set<Id> all;
  for (int i = 0; i < 20'000; ++i) {
    all.insert(one.next());
    all.insert(other.next());
  }
  EXPECT_EQ(all.size(), 40'000U);
}

TEST(Id, PassesWhatAnotherProgramMade) {
  const FakeClock clock(1'790'000'000'000);
  const FakeClock ahead(1'790'000'000'250);
  IdGenerator one(clock, 3);
  for (const unsigned node : {0U, 3U, 9U}) {
    for (const FakeClock* other_clock : {&clock, &ahead}) {
      IdGenerator other(*other_clock, node);
      for (int i = 0; i < 5'000; ++i) other.next();
      const Id seen = other.next();
      one.pass(seen);
      EXPECT_GT(one.next(), seen);
    }
  }
}

TEST(Id, RefusesWhatIsNone) {
  for (const char* wrong : {"", "0", "0000000000000000", "8000000000000", "00000000000-0", "あ"}) {
    EXPECT_FALSE(decode_id(wrong)) << wrong;
  }
  EXPECT_EQ(decode_id("000000000000o"), decode_id("0000000000000"));
}

TEST(Time, DaysAndDatesAgree) {
  for (std::int64_t day = -200'000; day < 200'000; day += 37) {
    EXPECT_EQ(days_from_date(date_from_days(day)), day);
  }
  EXPECT_EQ(days_from_date({.year = 1970, .month = 1, .day = 1}), 0);
  EXPECT_EQ(days_from_date({.year = 2000, .month = 3, .day = 1}), 11'017);
}

TEST(Time, InstantsRoundTripAndKnowOffsets) {
  EXPECT_EQ(format_instant(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(parse_instant("2026-04-01T09:00:00+09:00"), parse_instant("2026-04-01T00:00:00.000Z"));
  EXPECT_EQ(parse_instant(format_instant(1'790'000'000'123)), 1'790'000'000'123);
  for (const char* wrong : {"", "2026-04-01", "2026-13-01T00:00:00Z", "2026-04-01T25:00:00Z",
                            "2026-04-01T00:00:00", "2026-04-01T00:00:00.Z"}) {
    EXPECT_FALSE(parse_instant(wrong)) << wrong;
  }
}

TEST(Time, TheDayInJapanBeginsNineHoursEarlier) {
  const Millis late = *parse_instant("2026-03-31T15:00:00Z");
  EXPECT_EQ(format_date(local_date(late)), "2026-04-01");
  EXPECT_EQ(start_of_day({.year = 2026, .month = 4, .day = 1}), late);
}

TEST(Json, RefusesWhatConfuses) {
  for (const char* wrong : {"", "{", "{\"a\":1,\"a\":2}", "[1,]", "\"\xff\"", "nul"}) {
    EXPECT_THROW(static_cast<void>(parse_json(wrong)), AppError) << wrong;
  }
  std::string deep(40, '[');
  EXPECT_THROW(static_cast<void>(parse_json(deep + std::string(40, ']'))), AppError);
  EXPECT_NO_THROW(static_cast<void>(parse_json(R"([{"a":1},{"a":2}])")));
}

TEST(Json, WritesWhatItReads) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("text", "a\"b\\c\n\x01髙").field("n", std::int64_t{-5}).key("list");
  json.begin_array().integer(1).null().boolean(true).begin_object().end_object().end_array();
  json.end_object();
  EXPECT_EQ(out, "{\"text\":\"a\\\"b\\\\c\\n\\u0001髙\",\"n\":-5,\"list\":[1,null,true,{}]}");
  EXPECT_EQ(json_text(parse_json(out), "text"), "a\"b\\c\n\x01髙");
}

TEST(Crypto, KnownAnswers) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  EXPECT_EQ(hex(bytes_of(hmac_sha256("Jefe", "what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Crypto, SealedTextOpensOnlyAsItWasSealed) {
  const std::string key = random_bytes(32);
  const std::string sealed = encrypt(key, "秘密", "file|1");
  EXPECT_EQ(decrypt(key, sealed, "file|1"), "秘密");
  EXPECT_FALSE(decrypt(key, sealed, "file|2"));
  EXPECT_FALSE(decrypt(random_bytes(32), sealed, "file|1"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string bent = sealed;
    bent[i] = static_cast<char>(bent[i] ^ 1);
    EXPECT_FALSE(decrypt(key, bent, "file|1")) << i;
  }
}

TEST(Messages, AreInOrderOnceAndInBothLanguages) {
  std::ifstream in(std::string(kSourceDir) + "/src/base/messages.inc");
  ASSERT_TRUE(in);
  const std::regex entry(R"re(^\{"([^"]+)", "(.*)", "(.*)"\},?$)re");
  const std::regex mark(R"(\{[a-z_]+\})");
  const auto marks = [&](const std::string& text) {
    return std::set<std::string>(std::sregex_token_iterator(text.begin(), text.end(), mark), {});
  };
  std::string last;
  int count = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with("//")) continue;
    std::smatch found;
    ASSERT_TRUE(std::regex_match(line, found, entry)) << line;
    EXPECT_GT(found[1].str(), last);
    EXPECT_FALSE(found[2].str().empty()) << line;
    EXPECT_FALSE(found[3].str().empty()) << line;
    EXPECT_EQ(marks(found[2].str()), marks(found[3].str())) << line;
    last = found[1].str();
    ++count;
  }
  EXPECT_GT(count, 100);
}

TEST(Messages, FillTheirParameters) {
  EXPECT_EQ(message(Language::en, "too_long", {{"max", "20"}}), "Too long: at most 20 characters.");
  EXPECT_EQ(message(Language::ja, "no_such_code"), "no_such_code");
  EXPECT_EQ(parse_language("en-US,en;q=0.9"), Language::en);
  EXPECT_EQ(parse_language("ja,en;q=0.5"), Language::ja);
  EXPECT_EQ(parse_language(""), Language::ja);
}

}  // namespace
}  // namespace daifuku
