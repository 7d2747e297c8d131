#include "text/phone.h"

#include <gtest/gtest.h>

namespace daifuku::text {
namespace {

TEST(RepairPhone, GivesTheLostZeroBack) {
  EXPECT_EQ(repair_phone("898223749").value().display, "0898-22-3749");
  EXPECT_EQ(repair_phone("898223749.0").value().digits, "0898223749");
  EXPECT_EQ(repair_phone("９０１２３４５６７８").value().display, "090-1234-5678");
  EXPECT_EQ(repair_phone("312345678").value().display, "03-1234-5678");
  EXPECT_EQ(repair_phone("120123456").value().display, "0120-123-456");
  for (const char* text :
       {"", "0898223749", "6315417", "+81898223749", "1234567890", "abc", "12345678901"}) {
    EXPECT_FALSE(repair_phone(text)) << text;
  }
}

TEST(AreaCode, OfLandLinesOnly) {
  EXPECT_EQ(area_code("0312345678"), "03");
  EXPECT_EQ(area_code("0154821234"), "015");
  EXPECT_EQ(area_code("0154231234"), "0154");
  EXPECT_EQ(area_code("0980223456"), "09802");
  EXPECT_EQ(area_code("09012345678"), "");
  EXPECT_EQ(area_code("0120123456"), "");
  EXPECT_EQ(area_code("031234"), "");
}

TEST(ParsePhone, SurvivesAnyText) {
  for (const char* text :
       {"+", "#", "()", "内線", "内線123", "03-", "-03", "\xFF", "0-0-0-0-0-0-0-0-0-0-0",
        "00000000000000000000000000000000000000000000"}) {
    EXPECT_NO_THROW(parse_phone(text)) << text;
    EXPECT_NO_THROW(repair_phone(text)) << text;
  }
}

}  // namespace
}  // namespace daifuku::text
