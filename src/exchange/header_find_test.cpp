#include "exchange/header_find.h"

#include <gmock/gmock.h>

#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::row_of;

std::vector<std::string> names_of(const FoundHeader& header) {
  std::vector<std::string> out;
  for (const HeaderColumn& column : header.columns) out.push_back(column.name);
  return out;
}

TEST(FindHeader, TakesTheFirstRowOfAPlainList) {
  const std::vector<Row> rows = {
      row_of({"会社名", "電話番号", "備考"}),
      row_of({"株式会社大福", "03-1234-5678", ""}),
      row_of({"有限会社帳", "06-1234-5678", "得意先"}),
  };
  const FoundHeader header = find_header(rows);
  EXPECT_TRUE(header.has_header);
  EXPECT_EQ(header.first_row, 0U);
  EXPECT_EQ(header.data_row, 1U);
  EXPECT_THAT(names_of(header), ElementsAre("会社名", "電話番号", "備考"));
  EXPECT_THAT(header.titles, IsEmpty());
  EXPECT_GT(header.confidence, 0.5);
}

TEST(FindHeader, TakesHeadingsWithoutRecords) {
  const std::vector<Row> rows = {row_of({"会社名", "電話番号", "備考"})};
  EXPECT_TRUE(find_header(rows).has_header);
  EXPECT_EQ(find_header(rows).data_row, 1U);
  EXPECT_FALSE(find_header({}).has_header);
}

TEST(FindHeader, SkipsTitlesAndNotes) {
  const std::vector<Row> rows = {
      row_of({"顧客一覧 2026年"}),
      row_of({"", "", "", "作成日 2026-04-01"}),
      row_of({"※ 社外秘。取り扱いに注意してください。"}),
      row_of({"No.", "氏名", "フリガナ", "電話"}),
      row_of({"1", "山田 太郎", "ヤマダ タロウ", "090-1234-5678"}),
      row_of({"2", "鈴木 花子", "スズキ ハナコ", "03-1234-5678"}),
      row_of({"3", "佐藤 次郎", "サトウ ジロウ", "06-1234-5678"}),
  };
  const FoundHeader header = find_header(rows);
  EXPECT_EQ(header.first_row, 3U);
  EXPECT_EQ(header.data_row, 4U);
  EXPECT_THAT(names_of(header), ElementsAre("No.", "氏名", "フリガナ", "電話"));
  EXPECT_THAT(header.titles, ElementsAre("顧客一覧 2026年", "作成日 2026-04-01",
                                         "※ 社外秘。取り扱いに注意してください。"));
}

TEST(FindHeader, SeesThatThereIsNone) {
  const std::vector<std::vector<Row>> tables = {
      {row_of({"北海道", "Hokkaido", "札幌市", "https://www.city.sapporo.jp/"}),
       row_of({"北海道", "Hokkaido", "函館市", "https://www.city.hakodate.hokkaido.jp/"})},
      {row_of({"1", "1010001072706", "01", "2021-07-14", "東京増田医療器株式会社", "東京都"}),
       row_of({"2", "1010001097199", "12", "2021-07-14", "株式会社ＭＣＡ", "東京都"})},
      {row_of({"株式会社大福", "03-1234-5678"}), row_of({"有限会社帳", "06-1234-5678"})},
      {row_of({"山田 太郎", "yamada@example.co.jp"}),
       row_of({"鈴木 花子", "suzuki@example.co.jp"})},
  };
  for (const auto& rows : tables) {
    const FoundHeader header = find_header(rows);
    EXPECT_FALSE(header.has_header) << rows[0][0].text;
    EXPECT_EQ(header.data_row, 0U);
    EXPECT_EQ(header.columns[0].name, "列1");
    EXPECT_TRUE(header.columns[0].generated);
    EXPECT_EQ(header.columns.back().name, "列" + std::to_string(rows[0].size()));
  }
}

TEST(FindHeader, NumbersRepeatedHeadingsAndJoinsTheirLines) {
  const std::vector<Row> rows = {
      row_of({"施設名", "定員", "URL\n（区のHP掲載外）", "Home\npage", "定員", "定員 (2)", "", ""}),
      row_of({"中野園", "75", "", "", "76", "77", "x", ""}),
  };
  const FoundHeader header = find_header(rows);
  EXPECT_THAT(names_of(header), ElementsAre("施設名", "定員", "URL（区のHP掲載外）", "Home page",
                                            "定員 (3)", "定員 (2)", "列7"));
}

TEST(FindHeader, JoinsMergedHeadings) {
  // Upper row: 会社名 and 備考 merged downwards, 住所 and 連絡先 over their parts.
  const std::vector<Row> rows = {
      row_of({"取引先台帳"}),
      row_of({"会社名", "住所", "", "", "連絡先", "", "備考"}),
      row_of({"", "郵便番号", "都道府県", "市区町村", "電話", "メール", ""}),
      row_of(
          {"株式会社大福", "100-0001", "東京都", "千代田区", "03-1234-5678", "a@example.jp", "x"}),
      row_of({"有限会社帳", "150-0001", "東京都", "渋谷区", "03-1234-5679", "b@example.jp", ""}),
  };
  const FoundHeader header = find_header(rows);
  EXPECT_EQ(header.first_row, 1U);
  EXPECT_EQ(header.data_row, 3U);
  EXPECT_THAT(header.titles, ElementsAre("取引先台帳"));
  EXPECT_THAT(names_of(header),
              ElementsAre("会社名", "住所 郵便番号", "住所 都道府県", "住所 市区町村",
                          "連絡先 電話", "連絡先 メール", "備考"));
  EXPECT_EQ(header.columns[2].label, "都道府県");
}

TEST(FindHeader, ReportsValuesSpreadOverColumns) {
  // The layout of the Tokyo list of day nurseries: titles, a block of notes, then one header row
  // with merged cells.
  std::vector<Row> rows = {
      row_of({"認可保育所一覧"}),
      row_of({"平成29年10月1日現在", "", "", "", "", "", "", "", "", "", "", "", ""}),
      row_of({"注1 定員には休止中の園を含む。 注2 電話番号は園の代表番号である。"}),
      row_of(
          {"区市町村", "施設名", "郵便番号", "", "", "所在地", "電話番号", "", "", "", "", "定員"}),
  };
  for (int i = 0; i < 10; ++i) {
    rows.push_back(row_of({"千代田区", "保育園", "102", "-", "0085", "六番町８", "03", "-", "3230",
                           "-", "7161", "98"}));
    rows.back()[1].text += std::to_string(i);
  }
  const FoundHeader header = find_header(rows);
  EXPECT_EQ(header.first_row, 3U);
  EXPECT_EQ(header.data_row, 4U);
  ASSERT_EQ(header.composites.size(), 2U);
  EXPECT_EQ(header.composites[0].kind, CompositeColumn::Kind::postal_code);
  EXPECT_EQ(header.composites[0].first, 2U);
  EXPECT_EQ(header.composites[0].count, 3U);
  EXPECT_EQ(header.composites[1].kind, CompositeColumn::Kind::phone);
  EXPECT_EQ(header.composites[1].first, 6U);
  EXPECT_EQ(header.composites[1].count, 5U);
  EXPECT_EQ(join_composite(header.composites[0], rows[4]), "102-0085");
  EXPECT_EQ(join_composite(header.composites[1], rows[4]), "03-3230-7161");
  EXPECT_EQ(
      join_composite(header.composites[1], row_of({"", "", "", "", "", "", "", "-", "", "-"})), "");
}

TEST(TakeHeader, DoesWhatThePersonSaid) {
  const std::vector<Row> rows = {row_of({"a", "b"}), row_of({"c", "d"}), row_of({"e", "f"})};
  EXPECT_THAT(names_of(take_header(rows, 1, 1)), ElementsAre("c", "d"));
  EXPECT_THAT(take_header(rows, 1, 1).titles, ElementsAre("a b"));
  EXPECT_THAT(names_of(take_header(rows, 0, 0)), ElementsAre("列1", "列2"));
  EXPECT_EQ(take_header(rows, 9, 9).data_row, 3U);
}

TEST(JudgeRow, TellsRecordsFromWhatFollowsThem) {
  const std::vector<Row> rows = {
      row_of({"会社名", "住所", "電話番号", "売上"}),
      row_of({"株式会社大福", "東京都港区1-1", "03-1234-5678", "1000"}),
      row_of({"有限会社帳", "東京都港区1-2", "03-1234-5679", "2000"}),
  };
  const FoundHeader header = find_header(rows);
  ASSERT_TRUE(header.has_header);
  EXPECT_EQ(judge_row(header, rows[1]), RowKind::record);
  EXPECT_EQ(judge_row(header, rows[0]), RowKind::repeated_header);
  EXPECT_EQ(judge_row(header, row_of({"合計", "", "", "3000"})), RowKind::total);
  EXPECT_EQ(judge_row(header, row_of({"※ 売上は税抜"})), RowKind::note);
  EXPECT_EQ(judge_row(header, row_of({"出典：社内資料"})), RowKind::note);
  EXPECT_EQ(judge_row(header, row_of({"株式会社名前だけ"})), RowKind::record);
  EXPECT_EQ(judge_row(header, row_of({"計測器株式会社", "", "", "3000"})), RowKind::record);
  EXPECT_EQ(judge_row(header, row_of({""})), RowKind::note);
}

TEST(OneLine, JoinsTheLinesOfAHeading) {
  EXPECT_EQ(one_line(" 会社\n名 "), "会社名");
  EXPECT_EQ(one_line("home\r\npage"), "home page");
  EXPECT_EQ(one_line("電話　番号"), "電話 番号");
  EXPECT_EQ(one_line(""), "");
}

}  // namespace
}  // namespace daifuku::exchange
