#include "text/number.h"

#include <gtest/gtest.h>

namespace daifuku::text {
namespace {

TEST(ParseInteger, Accepts) {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"0", 0},
      {"007", 7},
      {"1234", 1234},
      {"1,234", 1234},
      {"1,234,567", 1234567},
      {"１，２３４", 1234},
      {"¥1,234", 1234},
      {"￥1,234-", 1234},
      {"\\1,234", 1234},
      {"1,234円", 1234},
      {"1,234 円", 1234},
      {"金1,234円也", 1234},
      {"約1,000円", 1000},
      {"1,100円（税込）", 1100},
      {"-5", -5},
      {"−5", -5},
      {"－５", -5},
      {"▲5", -5},
      {"△1,000", -1000},
      {"▲ 1,000", -1000},
      {"(1,000)", -1000},
      {"（1,000）", -1000},
      {"-¥1,000", -1000},
      {"¥-1,000", -1000},
      {"+3", 3},
      {"1億2,000万円", 120000000},
      {"1億", 100000000},
      {"1.5億円", 150000000},
      {"2,000万", 20000000},
      {"300千円", 300000},
      {"5百万円", 5000000},
      {"百万円", 1000000},
      {"2千万円", 20000000},
      {"3兆円", 3000000000000},
      {"1万2千3百", 12300},
      {"0.5万円", 5000},
      {"1,200.0", 1200},
      {"百二十三", 123},
      {"千", 1000},
      {"一二三", 123},
      {"二〇二六", 2026},
      {"十", 10},
      {"千二百三十四万五千六百七十八", 12345678},
      {"壱万円", 10000},
      {"一億", 100000000},
      {"1 234", 1234},
      {"9223372036854775807", 9223372036854775807},
      {"9,223,372兆", 9223372000000000000}};
  for (const auto& [text, expected] : cases) {
    const auto value = parse_integer(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(*value, expected) << text;
  }
}

TEST(ParseInteger, Refuses) {
  for (const char* text : {"",
                           "-",
                           "円",
                           "¥",
                           "なし",
                           "abc",
                           "1,23",
                           "1,2345",
                           "12a",
                           "1.5",
                           "1.23万円5",
                           "9223372036854775808",
                           "99999999999999999999999999",
                           "99999999兆",
                           "千千千千千千千千千千千千千千千千",
                           "1..5",
                           "--5",
                           "()",
                           "1-2",
                           "4.00E+12",
                           "万",
                           "億",
                           "10%",
                           "1億億"}) {
    EXPECT_FALSE(parse_integer(text)) << text << " " << parse_integer(text).value_or(0);
  }
}

TEST(ParseDecimal, ScalesAndRounds) {
  const std::pair<const char*, std::int64_t> cases[] = {
      {"1.5", 15000},   {"１．５", 15000}, {"12.5%", 125000},     {"１２．５％", 125000},
      {"-0.25", -2500}, {"▲0.5", -5000},   {".5", 5000},          {"0.00005", 1},
      {"0.00004", 0},   {"-0.00005", -1},  {"1,234.5", 12345000}, {"1.5万", 150000000},
      {"3", 30000},     {"0", 0}};
  for (const auto& [text, expected] : cases) {
    const auto value = parse_decimal(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(*value, expected) << text;
  }
  EXPECT_EQ(parse_decimal("1.25", 10).value(), 13);
  for (const char* text : {"", "%", "1.2.3", "x", "9223372036854775807"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
  }
}

TEST(SpreadsheetDamage, Cases) {
  for (const char* text : {"4.00E+12", "5.22001E+12", "4E+12", " 4.00e+12 ", "４．００Ｅ＋１２"}) {
    EXPECT_TRUE(is_spreadsheet_damage(text)) << text;
  }
  for (const char* text :
       {"", "4.00", "E+12", "4.00E", "12E5", "4.00E+12人", "8700110005901", "1.5E-3"}) {
    EXPECT_FALSE(is_spreadsheet_damage(text)) << text;
  }
}

}  // namespace
}  // namespace daifuku::text
