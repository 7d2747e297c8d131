#include "exchange/column_match.h"

#include <gmock/gmock.h>

#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using testing::row_of;

// Fields as a company has them.
std::vector<CandidateField> company_fields() {
  const auto field = [](std::string key, std::string kind, std::string ja, std::string en,
                        std::vector<std::string> names = {}) {
    return CandidateField{"company",     std::move(key), std::move(kind),
                          std::move(ja), std::move(en),  std::move(names)};
  };
  std::vector<CandidateField> fields = {
      field("name", "text", "会社名", "Company", {"企業名", "取引先名", "法人名", "Account Name"}),
      field("name_kana", "kana", "会社名（カナ）", "Company (kana)",
            {"フリガナ", "会社名フリガナ"}),
      field("corporate_number", "corporate_number", "法人番号", "Corporate number",
            {"corporateNumber"}),
      field("postal_code", "postal_code", "郵便番号", "Postal code", {"〒", "郵便"}),
      field("prefecture", "prefecture", "都道府県", "Prefecture"),
      field("street", "text", "番地", "Street", {"住所", "所在地"}),
      field("phone", "phone", "電話番号", "Phone", {"電話", "TEL", "代表電話", "telephoneNumber"}),
      field("fax", "phone", "FAX", "Fax", {"FAX番号", "ファックス"}),
      field("email", "email", "メールアドレス", "E-mail", {"Eメール", "mail"}),
      field("website", "url", "ホームページ", "Website", {"URL", "HP"}),
      field("founded_on", "date", "設立年月日", "Founded on", {"設立日", "設立"}),
      field("capital", "money", "資本金", "Capital"),
      field("note", "long_text", "備考", "Note", {"メモ"}),
  };
  fields[0].title = true;
  fields[12].many = true;
  return fields;
}

struct Matched {
  std::vector<std::string> keys = {};
  std::vector<ColumnMatch> matches = {};
};

Matched match(const std::vector<Row>& rows,
              const std::vector<CandidateField>& fields = company_fields()) {
  const FoundHeader header = take_header(rows, 0, 1);
  Matched out;
  out.matches = match_columns(sample_columns(header, rows), fields);
  for (const ColumnMatch& one : out.matches) {
    out.keys.push_back(one.field < 0 ? "" : fields[static_cast<std::size_t>(one.field)].key);
  }
  return out;
}

std::string match_one(std::string_view heading, std::string_view cell = "") {
  return match({row_of({heading}), row_of({cell})}).keys[0];
}

struct HeadingCase {
  const char* heading;
  const char* key;
};

TEST(MatchColumns, KnowsHeadingsHoweverTheyAreSpelled) {
  const HeadingCase cases[] = {
      {"会社名", "name"},
      {"会社名【必須】", "name"},
      {"*会社名", "name"},
      {" 会 社 名 ", "name"},
      {"企業名", "name"},
      {"ｶｲｼｬ名", ""},
      {"account_name", "name"},
      {"AccountName", "name"},
      {"会社名カナ", "name_kana"},
      {"会社名ﾌﾘｶﾞﾅ", "name_kana"},
      {"会社名（ふりがな）", "name_kana"},
      {"法人番号（13桁）", "corporate_number"},
      {"corporateNumber", "corporate_number"},
      {"〒", ""},
      {"郵便番号(会社)", "postal_code"},
      {"TEL", "phone"},
      {"Ｔｅｌ", "phone"},
      {"電話番号（代表）", "phone"},
      {"会社電話番号", "phone"},
      {"telephone_number", "phone"},
      {"FAX番号", "fax"},
      {"会社FAX", "fax"},
      {"E-MAIL", "email"},
      {"e-mailアドレス", "email"},
      {"所在地", "street"},
      {"会社住所", "street"},
      {"URL", "website"},
      {"設立", "founded_on"},
      {"設立年月日", "founded_on"},
      {"緯度", ""},
      {"住所の緯度", ""},
      {"住所カナ", ""},
      {"内線電話番号", ""},
      {"好きな食べ物", ""},
      {"番号", ""},
      {"コード", ""},
  };
  for (const HeadingCase& one : cases) EXPECT_EQ(match_one(one.heading), one.key) << one.heading;
}

TEST(MatchColumns, TellsWhyAndHowSurely) {
  const auto fields = company_fields();
  const Matched matched =
      match({row_of({"会社名", "企業HP", "取引先名"}), row_of({"a", "b", "c"})});
  EXPECT_EQ(matched.matches[0].reason, MatchReason::label);
  EXPECT_GT(matched.matches[0].confidence, 0.9);
  // The field is taken by the better heading.
  EXPECT_EQ(matched.keys[2], "");
  EXPECT_EQ(match_reason_name(MatchReason::label), "header");
  EXPECT_EQ(match_reason_name(MatchReason::part), "part");
}

TEST(MatchColumns, LooksAtTheCellsWhenTheHeadingSaysNothing) {
  const std::vector<Row> rows = {
      row_of({"A", "B", "C", "D", "E", "F"}),
      row_of({"8700110005901", "03-1234-5678", "info@example.co.jp", "https://example.co.jp",
              "東京都", "105"}),
      row_of({"7000012050002", "06-6234-5678", "a@example.co.jp", "https://example.com", "大阪府",
              "22"}),
  };
  const Matched matched = match(rows);
  EXPECT_THAT(matched.keys, ::testing::ElementsAre("corporate_number", "phone", "email", "website",
                                                   "prefecture", ""));
  EXPECT_EQ(matched.matches[1].reason, MatchReason::content);
  EXPECT_EQ(matched.matches[5].shape, CellShape::number);
}

TEST(MatchColumns, DoesNotTrustAHeadingAgainstItsCells) {
  const Matched matched =
      match({row_of({"電話番号", "連絡先"}), row_of({"a@example.co.jp", "03-1234-5678"}),
             row_of({"b@example.co.jp", "03-1234-5679"})});
  EXPECT_TRUE(matched.matches[0].content_conflicts);
  EXPECT_LT(matched.matches[0].confidence, 0.8);
}

TEST(MatchColumns, GivesEachFieldOnceUnlessMany) {
  const Matched phones =
      match({row_of({"電話番号", "電話番号 (2)"}), row_of({"03-1234-5678", "03-1234-5679"})});
  EXPECT_EQ(phones.keys[0], "phone");
  EXPECT_NE(phones.keys[1], "phone");
  const Matched notes = match({row_of({"備考", "メモ"}), row_of({"a", "b"})});
  EXPECT_THAT(notes.keys, ::testing::ElementsAre("note", "note"));
}

TEST(MatchColumns, FindsTheNameOfOtherLists) {
  const std::vector<Row> rows = {
      row_of({"フォルダー名", "施設名", "施設名ふりがな", "住所"}),
      row_of({"item1", "シラサギ施設", "しらさぎしせつ", "徳島市○○1"}),
      row_of({"item2", "サクラ会館", "さくらかいかん", "徳島市○○2"}),
  };
  // The first heading in 名: a guess, and shown as one.
  const Matched matched = match(rows);
  EXPECT_EQ(matched.keys[0], "name");
  EXPECT_EQ(matched.matches[0].reason, MatchReason::title_like);
  EXPECT_LT(matched.matches[0].confidence, 0.6);
  EXPECT_EQ(matched.keys[3], "street");

  const Matched nursery = match({row_of({"施設名", "ヨミ"}), row_of({"中野園", "ナカノエン"}),
                                 row_of({"田中園", "タナカエン"})});
  EXPECT_THAT(nursery.keys, ::testing::ElementsAre("name", "name_kana"));
}

TEST(MatchColumns, UsesTheLowestHeadingOfMergedOnes) {
  const std::vector<Row> rows = {
      row_of({"会社名", "連絡先", ""}),
      row_of({"", "電話", "FAX"}),
      row_of({"株式会社大福", "03-1234-5678", "03-1234-5679"}),
  };
  const auto fields = company_fields();
  const auto matches = match_columns(sample_columns(take_header(rows, 0, 2), rows), fields);
  EXPECT_EQ(fields[static_cast<std::size_t>(matches[1].field)].key, "phone");
  EXPECT_EQ(fields[static_cast<std::size_t>(matches[2].field)].key, "fax");
}

TEST(SampleColumns, TakesFilledCellsOnly) {
  std::vector<Row> rows = {row_of({"a", "b"})};
  for (int i = 0; i < 100; ++i) rows.push_back(row_of({"x", i % 2 == 0 ? "" : "y"}));
  const auto columns = sample_columns(take_header(rows, 0, 1), rows, 30);
  EXPECT_EQ(columns[0].cells.size(), 30U);
  EXPECT_EQ(columns[1].cells.size(), 30U);
}

}  // namespace
}  // namespace daifuku::exchange
