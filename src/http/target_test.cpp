#include "http/target.h"

#include <gtest/gtest.h>

namespace daifuku::http {
namespace {

TEST(PercentDecode, TakesValidEscapesOnly) {
  EXPECT_EQ(percent_decode("a%20b+c", false), "a b+c");
  EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decode("%E4%BD%90%e8%97%a4", false), "佐藤");
  EXPECT_EQ(percent_decode("", true), "");
  for (const char* bad :
       {"%", "%2", "a%", "%g0", "%00", "%E4%BD", "%ff", "%c0%80", "%f4%90%80%80", "%ed%a0%80"}) {
    EXPECT_EQ(percent_decode(bad, false), std::nullopt) << bad;
  }
}

TEST(PercentDecode, UndoesEncode) {
  const std::string text = "佐藤 太郎/100%&=?#+~𠮷\x7f";

  EXPECT_EQ(percent_decode(percent_encode(text), true), text);
  EXPECT_EQ(percent_encode("a b/é"), "a%20b%2F%C3%A9");
}

TEST(ParseQuery, KeepsOrderAndRepetition) {
  const auto query = parse_query("a=1&b=x%3Dy&&a=2&flag&=empty&c=");

  ASSERT_TRUE(query);
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"a", "1"}, {"b", "x=y"}, {"a", "2"}, {"flag", ""}, {"", "empty"}, {"c", ""}};
  EXPECT_EQ(*query, expected);
}

TEST(ParseQuery, RefusesWhatCannotBeDecodedAndTooMuch) {
  std::string many;
  for (int i = 0; i < 1001; ++i) many += "a&";

  EXPECT_FALSE(parse_query("a=%zz"));
  EXPECT_FALSE(parse_query("%ff=1"));
  EXPECT_FALSE(parse_query(many));
}

TEST(ParseTarget, SplitsAndDecodes) {
  const auto target = parse_target("/a%20b/c?x=1?2");

  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a b/c");
  ASSERT_EQ(target->query.size(), 1U);
  EXPECT_EQ(target->query[0].second, "1?2");
  EXPECT_TRUE(parse_target("/.hidden/...")) << "dots in names are no dot segments";
}

TEST(ValidUtf8, KnowsTheBounds) {
  for (const char* good :
       {"", "a", "é", "佐", "𠮷", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf", "\xee\x80\x80"}) {
    EXPECT_TRUE(valid_utf8(good)) << good;
  }
  for (const char* bad : {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe4\xbd", "a\xe4", "\xfe"}) {
    EXPECT_FALSE(valid_utf8(bad));
  }
}

}  // namespace
}  // namespace daifuku::http
