#include "text/fold.h"

#include <gtest/gtest.h>

#include <random>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

TEST(Fold, IsIdempotentOnAnyText) {
  std::mt19937 random(1);
  // Characters that change with their neighbours, and everything else in between.
  const std::u32string tricky =
      U"がガかカヶヵケ々ゝゞヽヾヴゔァィゥェォュー-゛゜\u3099\u309A山田谷一〇はハウうﾊｶﾞﾟｳ "
      U"・()㈱㍿éÅｰ〜髙斎嶋\u0301ｱa1\U000E0100\U00020BB7Ⅳ각\u1100\u1161ﷺ";
  std::uniform_int_distribution<std::size_t> pick(0, tricky.size() - 1);
  std::uniform_int_distribution<char32_t> any(1, 0x2FFFF);
  for (int i = 0; i < 10'000; ++i) {
    std::u32string text;
    for (std::size_t n = 1 + i % 9; n > 0; --n) {
      text.push_back(i % 5 == 0 ? any(random) : tricky[pick(random)]);
    }
    std::erase_if(text, [](char32_t c) { return c >= 0xD800 && c <= 0xDFFF; });
    const std::string once = fold(to_utf8(text));
    ASSERT_EQ(fold(once), once) << to_utf8(text);
    ASSERT_TRUE(valid_utf8(once));
    for (const char c : once) {
      const auto byte = static_cast<unsigned char>(c);
      ASSERT_TRUE(byte >= 0x80 || is_ascii_digit(byte) || is_ascii_lower(byte)) << once;
    }
  }
}

TEST(Fold, ReadsBadBytesAsNothing) {
  EXPECT_EQ(fold("山\xFF田"), "山田");
  EXPECT_EQ(fold("\xE5\xB1"), "");
}

TEST(Fold, ReusesItsOutput) {
  std::string out = "left over";
  fold("ﾔﾏﾀﾞ", out);
  EXPECT_EQ(out, "ヤマダ");
}

TEST(ValidUtf8, Cases) {
  for (const char* good : {"", "abc", "山田", "\xF0\xA0\xAE\xB7", "\xEF\xBF\xBD", "\xC2\x80"}) {
    EXPECT_TRUE(valid_utf8(good)) << good;
  }
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xE5\xB1", "\xFF", "a\xE3\x81"}) {
    EXPECT_FALSE(valid_utf8(bad)) << bad;
  }
}

TEST(Nfc, IsWhatIsShown) {
  EXPECT_EQ(nfc("  山田　"), "山田");
  EXPECT_EQ(nfc("　山田 太郎\t"), "山田 太郎");
  EXPECT_EQ(nfc("か\xE3\x82\x99"), "が");
  EXPECT_EQ(nfc("e\xCC\x81"), "é");
  EXPECT_EQ(nfc("㈱山田"), "㈱山田") << "compatibility characters stay as typed";
  EXPECT_EQ(nfc("髙橋"), "髙橋");
  EXPECT_EQ(nfc("葛󠄀城"), "葛󠄀城");
  EXPECT_EQ(nfc("a\x01\x7F"
                "b\xC2\x85"),
            "ab");
  EXPECT_EQ(nfc("a\r\nb\rc\nd"), "a\nb\nc\nd");
  EXPECT_EQ(nfc("\xEF\xBB\xBF山"), "山");
  EXPECT_EQ(nfc(" \t\n　"), "");
}

TEST(Length, CountsCodePoints) {
  EXPECT_EQ(length(""), 0U);
  EXPECT_EQ(length("山田a𠮷"), 4U);
}

TEST(Truncate, KeepsCharactersWhole) {
  EXPECT_EQ(truncate("山田太郎", 2), "山田");
  EXPECT_EQ(truncate("山田", 2), "山田");
  EXPECT_EQ(truncate("山田", 0), "");
  EXPECT_EQ(truncate("葛󠄀城", 2), "葛󠄀");
  EXPECT_EQ(truncate("a葛󠄀城", 2), "a") << "never 葛 without its selector";
}

}  // namespace
}  // namespace daifuku::text
