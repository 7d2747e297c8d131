#include "exchange/column_shape.h"

#include <gtest/gtest.h>

namespace daifuku::exchange {
namespace {

struct ShapeCase {
  const char* text;
  CellShape shape;
};

TEST(ShapeOf, KnowsWhatCellsLookLike) {
  using enum CellShape;
  const ShapeCase cases[] = {
      {"", empty},
      {"　", empty},
      {"-", empty},
      {"--", empty},
      {"非公開", empty},
      {"#N/A", empty},
      {"105", number},
      {"34.888802", number},
      {"1,234", number},
      {"4.00E+12", number},
      {"1,000円", money},
      {"￥1,000", money},
      {"12.5%", percent},
      {"2026-04-01", date},
      {"令和8年4月1日", date},
      {"10/19/2017", date},
      {"20260401", date},
      {"9:00", time},
      {"10:00~19:00", time},
      {"03-1234-5678", phone},
      {"（054）627-5225", phone},
      {"09012345678", phone},
      {"+81-3-1234-5678", phone},
      {"898223749", number},
      {"info@example.co.jp", email},
      {"https://www.example.jp/a?b=c", url},
      {"100-0001", postal_code},
      {"〒１００－０００１", postal_code},
      {"8700110005901", corporate_number},
      {"8700110005902", number},
      {"T8700110005901", invoice_number},
      {"東京都", prefecture},
      {"静岡県焼津市本町2丁目11番5号", address},
      {"ヤマダタロウ", kana},
      {"ﾔﾏﾀﾞ ﾀﾛｳ", kana},
      {"しらさぎしせつ", hiragana},
      {"株式会社大福", company},
      {"（有）帳", company},
      {"120名", text},
      {"有", yes_no},
      {"株", text},
      {"山田 太郎", person},
      {"○", yes_no},
      {"はい", yes_no},
      {"得意先", text},
      {"会社名", text},
      {"マーケティング部", text},
  };
  for (const ShapeCase& one : cases) {
    EXPECT_EQ(static_cast<int>(shape_of(one.text)), static_cast<int>(one.shape)) << one.text;
  }
  EXPECT_EQ(shape_of(Cell{"2026-04-01", Cell::Type::date}), date);
  EXPECT_EQ(shape_of(Cell{"TRUE", Cell::Type::boolean}), yes_no);
  EXPECT_EQ(shape_of(Cell{"#REF!", Cell::Type::error}), empty);
}

TEST(ColumnProfile, NamesTheUsualShape) {
  ColumnProfile profile;
  EXPECT_EQ(profile.dominant(0.5), CellShape::empty);
  for (int i = 0; i < 8; ++i) profile.add(CellShape::phone);
  profile.add(CellShape::text);
  profile.add(CellShape::number);
  profile.add(CellShape::empty);
  EXPECT_EQ(profile.filled, 10U);
  EXPECT_EQ(profile.dominant(0.8), CellShape::phone);
  EXPECT_EQ(profile.dominant(0.9), CellShape::text);
  EXPECT_DOUBLE_EQ(profile.share(CellShape::phone), 0.8);
}

}  // namespace
}  // namespace daifuku::exchange
