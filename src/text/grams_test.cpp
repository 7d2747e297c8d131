#include "text/grams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_EQ(grams.size(), 3U) << "03, 31 and 031";
  EXPECT_FALSE(grams.contains("03"));
  for (const std::string& gram : query_digit_grams("031")) {
    EXPECT_TRUE(grams.contains(gram));
  }
  for (const std::string& gram : query_digit_grams("31")) {
    EXPECT_TRUE(grams.contains(gram));
  }
  grams.add_digits("9");
  grams.add_digits("");
  EXPECT_EQ(grams.size(), 3U);
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

TEST(AddGrams, Appends) {
  std::string tokens;
  add_grams("", tokens);
  EXPECT_EQ(tokens, "");
  add_grams("ab", tokens);
  add_grams("山", tokens);
  EXPECT_EQ(tokens, "a ab b 山");
}

TEST(QueryGrams, AreWhatEveryMatchHas) {
  EXPECT_THAT(query_grams(""), IsEmpty());
  EXPECT_THAT(query_grams("山"), ElementsAre("山"));
  EXPECT_THAT(query_grams("山田"), ElementsAre("山田"));
  EXPECT_THAT(query_grams("aaa"), ElementsAre("aa"));
  EXPECT_THAT(query_grams("山田太"), ElementsAre("山田", "田太"));
  EXPECT_THAT(query_digit_grams("1"), IsEmpty());
  EXPECT_EQ(query_digit_grams("12").size(), 1U);
  EXPECT_EQ(query_digit_grams("031234").size(), 4U);
}

TEST(ContainsFolded, IsASubstring) {
  EXPECT_TRUE(contains_folded("山田製作所", "製作"));
  EXPECT_FALSE(contains_folded("山田", "山田製作所"));
}

}  // namespace
}  // namespace daifuku::text
