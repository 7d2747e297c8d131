#include "exchange/damage_check.h"

#include <gmock/gmock.h>

#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using testing::row_of;

struct DamageCase {
  const char* heading;
  const char* text;
  Damage damage;
};

TEST(DamageIn, KnowsWhatExcelDoes) {
  const DamageCase cases[] = {
      {"法人番号", "4.00E+12", Damage::number_rounded},
      {"法人番号", "5.22001E+12", Damage::number_rounded},
      {"法人番号", "4000020182079", Damage::none},
      {"電話番号", "898223749", Damage::phone_zero_lost},
      {"携帯", "9012345678", Damage::phone_zero_lost},
      {"電話番号", "0898223749", Damage::none},
      {"人口", "898223749", Damage::none},
      {"番地", "1月1日", Damage::number_to_date},
      {"所在地_番地以下", "12月31日", Damage::number_to_date},
      {"商品コード", "1-Jan", Damage::number_to_date},
      {"商品コード", "Jan-01", Damage::number_to_date},
      {"記念日", "1月1日", Damage::none},
      {"開所日", "42644", Damage::date_as_serial},
      {"定員", "42644", Damage::none},
      {"備考", "#N/A", Damage::error_value},
      {"備考", "#########", Damage::error_value},
      {"備考", "#1", Damage::none},
      {"備考", "<br>改行", Damage::html},
      {"備考", "<a href='x'>こちら</a>", Damage::html},
      {"備考", "a < b, c > d", Damage::none},
      {"備考", "<3", Damage::none},
      {"住所", "Îì§", Damage::none},
      {"氏名", "山\xEF\xBF\xBD", Damage::mojibake},
      {"氏名", "José", Damage::none},
      {"氏名", "", Damage::none},
  };
  for (const DamageCase& one : cases) {
    const Cell cell{one.text, Cell::Type::text};
    EXPECT_EQ(damage_code(damage_in(cell, role_of(one.heading))), damage_code(one.damage))
        << one.heading << " " << one.text;
  }
  EXPECT_EQ(damage_in({"2026-01-01", Cell::Type::date}, role_of("番地")), Damage::number_to_date);
  EXPECT_EQ(damage_in({"2026-01-01", Cell::Type::date}, role_of("契約日")), Damage::none);
  EXPECT_EQ(
      damage_in({"\xC2\x93\xC2\x8C\xC2\x8B\xC2\x9E\xC2\x93s", Cell::Type::text}, ColumnRole::other),
      Damage::mojibake);
}

TEST(DamageCheck, CountsByColumn) {
  const std::vector<Row> rows = {row_of({"電話番号", "緯度", "備考"})};
  DamageCheck check(take_header(rows, 0, 1));
  for (int i = 0; i < 20; ++i) {
    check.add(
        row_of({i % 2 == 0 ? "898223749" : "0898-22-3749", i == 7 ? "不明な場所" : "34.05", ""}),
        i + 2);
  }
  check.add(row_of({"", "--", "", "余り"}), 22);
  const auto notices = check.notices();

  ASSERT_EQ(notices.size(), 3U);
  EXPECT_EQ(notices[0].damage, Damage::phone_zero_lost);
  EXPECT_EQ(notices[0].column, 0);
  EXPECT_EQ(notices[0].count, 10);
  EXPECT_EQ(notices[0].first_line, 2);
  EXPECT_EQ(notices[0].example, "898223749");
  EXPECT_EQ(notices[1].damage, Damage::mixed_types);
  EXPECT_EQ(notices[1].column, 1);
  EXPECT_EQ(notices[1].count, 1);
  EXPECT_EQ(notices[1].first_line, 9);
  EXPECT_EQ(notices[2].damage, Damage::beyond_header);
  EXPECT_EQ(notices[2].column, -1);
}

}  // namespace
}  // namespace daifuku::exchange
