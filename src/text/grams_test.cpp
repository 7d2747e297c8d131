#include "text/grams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(GramSet, HoldsDistinctOneAndTwoGrams) {
  GramSet grams;
  grams.add("ヤマヤマ");
  EXPECT_EQ(grams.str(), "マ マヤ ヤ ヤマ");
  grams.add("山");
  EXPECT_EQ(grams.size(), 5U);
  EXPECT_TRUE(grams.contains("ヤマ"));
  EXPECT_FALSE(grams.contains("マ山")) << "grams never cross texts";
  EXPECT_FALSE(grams.contains(""));
  grams.clear();
  EXPECT_TRUE(grams.empty());
  EXPECT_EQ(grams.str(), "");
}

TEST(GramSet, KeepsDigitsApart) {
  GramSet grams;
  grams.add_digits("031");
  EXPECT_EQ(grams.size(), 2U) << "03 and 31";
  EXPECT_FALSE(grams.contains("03"));
  for (const std::string& gram : query_digit_grams("031")) {
    EXPECT_TRUE(grams.contains(gram));
  }
  for (const std::string& gram : query_digit_grams("31")) {
    EXPECT_TRUE(grams.contains(gram));
  }
  grams.add_digits("9");
  grams.add_digits("");
  EXPECT_EQ(grams.size(), 2U);
  grams.add_digits("0312");
  EXPECT_EQ(grams.size(), 4U) << "03, 31, 12 and 0312";
}

TEST(GramSet, TokensHoldNoSpaceOrAsciiPunctuation) {
  GramSet grams;
  grams.add("abc山田123");
  grams.add_digits("0312345678");
  std::istringstream tokens(grams.str());
  std::size_t count = 0;
  for (std::string token; tokens >> token; ++count) {
    for (const char c : token) {
      const auto byte = static_cast<unsigned char>(c);
      EXPECT_TRUE(byte >= 0x80 || is_ascii_alnum(byte)) << token;
    }
    EXPECT_TRUE(grams.contains(token)) << token;
  }
  EXPECT_EQ(count, grams.size());
}

TEST(GramSet, HoldsFourNarrowCharactersInARow) {
  GramSet grams;
  grams.add("山abcd\uE540e山fgh");  // U+E540 is the @ of a mail address
  for (const char* gram : {"a", "ab", "abcd", "bcd\uE540", "cd\uE540e", "\uE540e", "e山", "gh"})
    EXPECT_TRUE(grams.contains(gram)) << gram;
  for (const char* gram : {"abc", "abce", "山abc", "e山fg", "abcd\uE540"})
    EXPECT_FALSE(grams.contains(gram)) << gram;
}

TEST(QueryGrams, AreWhatEveryMatchHas) {
  EXPECT_THAT(query_grams(""), IsEmpty());
  EXPECT_THAT(query_grams("山"), ElementsAre("山"));
  EXPECT_THAT(query_grams("山田"), ElementsAre("山田"));
  EXPECT_THAT(query_grams("aaa"), ElementsAre("aa"));
  EXPECT_THAT(query_grams("aaaaa"), ElementsAre("aaaa"));
  EXPECT_THAT(query_grams("山田太"), ElementsAre("山田", "田太"));
  EXPECT_THAT(query_digit_grams("1"), IsEmpty());
  EXPECT_EQ(query_digit_grams("12").size(), 1U);
  EXPECT_EQ(query_digit_grams("031").size(), 2U) << "03 and 31";
  EXPECT_EQ(query_digit_grams("0312").size(), 1U);
  EXPECT_EQ(query_digit_grams("03123").size(), 2U) << "0312 and 3123";
  EXPECT_EQ(query_digit_grams("0312345").size(), 3U) << "0312, 1234 and 2345";
  EXPECT_EQ(query_digit_grams("09012345678"), query_digit_grams("12345678")) << "the tail";
}

TEST(QueryGrams, TakeTheLongestThatAreIndexed) {
  EXPECT_THAT(query_grams("ab"), ElementsAre("ab"));
  EXPECT_THAT(query_grams("abc"), ElementsAre("ab", "bc"));
  EXPECT_THAT(query_grams("abcd"), ElementsAre("abcd"));
  EXPECT_THAT(query_grams("yamada"), ElementsAre("mada", "yama"));
  EXPECT_THAT(query_grams("abcdefg"), ElementsAre("abcd", "cdef", "defg"));
  EXPECT_THAT(query_grams("山abcd田b"), ElementsAre("d田", "山a", "田b", "abcd"));
  EXPECT_THAT(query_grams("ab山"), ElementsAre("ab", "b山"));
}

TEST(QueryGrams, AreAmongThoseOfEveryTextAround) {
  std::mt19937 random(7);
  const std::u32string letters = U"abcd12\uE540\uE52E山田";
  for (int i = 0; i < 5'000; ++i) {
    std::u32string text;
    for (std::size_t size = 1 + random() % 16; size > 0; --size)
      text += letters[random() % letters.size()];
    const std::size_t from = random() % text.size();
    const std::u32string piece = text.substr(from, 1 + random() % 14);
    GramSet grams;
    grams.add(to_utf8(text));
    for (const std::string& gram : query_grams(to_utf8(piece)))
      ASSERT_TRUE(grams.contains(gram)) << to_utf8(text) << " by " << to_utf8(piece);

    std::string digits;
    for (std::size_t size = 2 + random() % 11; size > 0; --size)
      digits += static_cast<char>('0' + random() % 10);
    grams.clear();
    grams.add_digits(digits);
    const std::string part = digits.substr(random() % digits.size(), 1 + random() % 11);
    for (const std::string& gram : query_digit_grams(part))
      ASSERT_TRUE(grams.contains(gram)) << digits << " by " << part;
  }
}

TEST(ContainsFolded, IsASubstring) {
  EXPECT_TRUE(contains_folded("山田製作所", "製作"));
  EXPECT_FALSE(contains_folded("山田", "山田製作所"));
}

}  // namespace
}  // namespace daifuku::text
