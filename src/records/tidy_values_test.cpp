#include "records/tidy_values.h"

#include <gtest/gtest.h>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/tidy_choices.h"
#include "text/reading.h"

namespace daifuku::records {
namespace {

namespace kinds = meta::kinds;

const meta::Catalog& catalog() {
  static const meta::Catalog kCatalog = [] {
    meta::ObjectDef thing{.id = 1,
                          .key = "thing",
                          .plural = "things",
                          .label = {"もの", "Thing"},
                          .plural_label = {"もの", "Things"},
                          .sections = {{"basic", {"基本", "Basic"}}}};
    thing.fields = {
        {.id = 1, .key = "name", .kind = &kinds::company_name, .label = {"名前", "Name"}},
        {.id = 2,
         .key = "born_on",
         .kind = &kinds::date,
         .label = {"生年月日", "Born"},
         .earliest = "1900-01-01",
         .never_future = true},
        {.id = 3, .key = "starts_on", .kind = &kinds::date, .label = {"開始日", "Starts"}},
        {.id = 4,
         .key = "ends_on",
         .kind = &kinds::date,
         .label = {"終了日", "Ends"},
         .not_before = "starts_on"},
        {.id = 5,
         .key = "capital",
         .kind = &kinds::money,
         .label = {"資本金", "Capital"},
         .least = 0},
        {.id = 6,
         .key = "share",
         .kind = &kinds::percent,
         .label = {"割合", "Share"},
         .least = 0,
         .greatest = 100},
        {.id = 7, .key = "phone", .kind = &kinds::phone, .label = {"電話", "Phone"}},
        {.id = 8, .key = "email", .kind = &kinds::email, .label = {"メール", "E-mail"}},
        {.id = 9, .key = "address", .kind = &kinds::address, .label = {"住所", "Address"}}};
    return meta::Catalog({thing});
  }();
  return kCatalog;
}

constexpr Date kToday{2026, 4, 1};

std::vector<ImpossibleValue> found_in(meta::Values values, meta::FieldRights rights = {}) {
  const meta::ObjectDef& object = *catalog().object("thing");
  if (rights.empty()) rights = meta::all_rights(object);
  Record record;
  record.values = std::move(values);
  return impossible_values(object, rights, record, kToday, Language::ja);
}

std::string said(meta::Values values) {
  std::string out;
  for (const ImpossibleValue& value : found_in(std::move(values))) {
    out += (out.empty() ? "" : " ") + value.field->key + ":" + value.code;
    EXPECT_TRUE(has_message(value.code)) << value.code;
  }
  return out;
}

std::string text(const char* value) { return value; }

TEST(ImpossibleValues, AreToldByKindAndFacts) {
  struct Case {
    meta::Values values;
    std::string expected;
  };
  const Case cases[] = {
      {{{"born_on", text("2026-04-01")}}, ""},
      {{{"born_on", text("2026-04-02")}}, "born_on:tidy_value_future"},
      {{{"born_on", text("1899-12-31")}}, "born_on:tidy_value_too_early"},
      {{{"starts_on", text("1850-01-01")}}, ""},
      {{{"starts_on", text("2199-01-01")}}, "starts_on:tidy_value_too_late"},
      {{{"starts_on", text("2026-01-01")}, {"ends_on", text("2026-01-01")}}, ""},
      {{{"starts_on", text("2026-01-02")}, {"ends_on", text("2026-01-01")}},
       "ends_on:tidy_value_before_start"},
      {{{"ends_on", text("2026-01-01")}}, ""},
      {{{"capital", std::int64_t{0}}}, ""},
      {{{"capital", std::int64_t{-1}}}, "capital:tidy_value_too_small"},
      {{{"share", std::int64_t{100 * meta::kDecimalScale}}}, ""},
      {{{"share", std::int64_t{100 * meta::kDecimalScale + 1}}}, "share:tidy_value_too_large"},
      {{{"phone", text("03-1234-5678")}}, ""},
      {{{"phone", text("03-1234-5678 内線12")}}, ""},
      {{{"phone", text("1234-5678")}}, "phone:tidy_value_phone"},
      {{{"email", text("a@gmail.com")}}, ""},
      {{{"email", text("a@gmial.com")}}, "email:tidy_value_email_typo"},
      {{{"email", text("nobody")}}, "email:tidy_value_email"},
      {{{"postal_code", text("1000001")}, {"prefecture", text("東京都")}}, ""},
      {{{"postal_code", text("9999999")}}, "postal_code:tidy_value_postal"},
      {{{"postal_code", text("1000001")}, {"prefecture", text("大阪府")}},
       "postal_code:tidy_value_postal_elsewhere"},
      {{{"postal_code", text("1000001")},
        {"prefecture", text("大阪府")},
        {"city", text("千代田区")}},
       "prefecture:tidy_value_prefecture"},
      {{{"name_kana", text("ヤマダ")}}, ""},
      {{{"name_kana", text("山田")}}, "name_kana:tidy_value_reading"}};
  for (const Case& one : cases) EXPECT_EQ(said(one.values), one.expected);
}

TEST(ImpossibleValues, ProposeOnlyWhatIsSure) {
  EXPECT_EQ(found_in({{"email", text("a@gmial.com")}})[0].proposal,
            meta::Value(text("a@gmail.com")));
  EXPECT_FALSE(found_in({{"email", text("nobody")}})[0].proposal);
  EXPECT_FALSE(found_in({{"born_on", text("2030-01-01")}})[0].proposal);
  const auto postal = found_in({{"postal_code", text("5300001")},
                                {"prefecture", text("東京都")},
                                {"city", text("千代田区")},
                                {"street", text("丸の内1-1")}});
  ASSERT_EQ(postal.size(), 1U);
  EXPECT_EQ(postal[0].proposal, meta::Value(text("1000005")));
  EXPECT_FALSE(
      found_in({{"postal_code", text("5300001")}, {"prefecture", text("東京都")}})[0].proposal);
}

TEST(ImpossibleValues, SayNothingOfWhatIsNotRead) {
  const meta::ObjectDef& object = *catalog().object("thing");
  meta::FieldRights rights = meta::all_rights(object);
  rights[*meta::field_position(object, "starts_on")] = meta::FieldRight::masked;
  EXPECT_TRUE(found_in({{"starts_on", text("2026-01-02")}, {"ends_on", text("2026-01-01")}}, rights)
                  .empty());
  rights = meta::FieldRights(rights.size(), meta::FieldRight::none);
  EXPECT_TRUE(found_in({{"born_on", text("2030-01-01")}}, rights).empty());
  EXPECT_FALSE(has_impossible(object, rights));
  EXPECT_TRUE(has_impossible(object, meta::all_rights(object)));
}

using Spellings = std::vector<std::pair<std::string, std::int64_t>>;

TEST(SameSpellings, AreFoundByTheFold) {
  const Spellings values = {
      {"営業部", 5}, {"総務部", 4}, {"営業 部", 1}, {"営業部　", 1}, {"営業課", 1}};
  const auto groups = same_spellings(values, false);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0], (std::vector<std::size_t>{0, 2, 3}));
}

TEST(SameSpellings, LeaveNumbersThatAreThereOnceOnly) {
  EXPECT_TRUE(same_spellings({{"A-1", 1}, {"A1", 1}}, false).empty());
  EXPECT_TRUE(same_spellings({{"営業部", 9}}, false).empty());
  EXPECT_TRUE(same_spellings({}, true).empty());
}

TEST(SameSpellings, AreFoundByTheReadingWhenItIsOneOnly) {
  if (!text::readings_available()) GTEST_SKIP() << "no dictionary";
  const auto groups = same_spellings({{"営業部", 5}, {"ｴｲｷﾞｮｳ部", 1}}, true);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].size(), 2U);
  EXPECT_TRUE(same_spellings({{"広報部", 5}, {"公報部", 3}, {"コウホウ部", 1}}, true).empty());
}

}  // namespace
}  // namespace daifuku::records
