#include "exchange/import_diagnosis.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "exchange/imports_test_support.h"

namespace daifuku::exchange {
namespace {

class ImportDiagnosisTest : public ImportsTest {
 protected:
  std::map<std::string, Json> diagnose(const Json& import) {
    std::string out;
    imports_->diagnosis_json(caller(), id_of(import), out);
    imports_->wait(id_of(import));
    out.clear();
    imports_->diagnosis_json(caller(), id_of(import), out);
    const Json told = parse_json(out);
    EXPECT_EQ(json_text(told, "status"), "done") << out;
    std::map<std::string, Json> found;
    for (const Json& each : told.at("findings").as_array()) found[json_text(each, "code")] = each;
    return found;
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, ImportDiagnosisTest,
                         ::testing::ValuesIn(store::available_stores()), store::store_name);

TEST_P(ImportDiagnosisTest, FindsWhatIsTheMatterAndMendsIt) {
  const Json import = create(
      "会社名,電話番号,郵便番号,住所,最終更新日,予備\n"
      "株式会社山田製作所,03-1234-5678,100-0005,東京都千代田区丸の内1-2-3,2026-01-05,\n"
      "株式会社山田製作所,03-1234-5678,100-0005,東京都千代田区丸の内1-2-3,2026-01-05,\n"  // exactly
                                                                                          // again
      "㈱山田製作所,0312345678,,,2025-12-01,\n"                               // the same customer
      "佐藤商店,06-1111-2222,100-0005,大阪府大阪市北区梅田1-1,2026-01-05,\n"  // another place
      "佐藤商店,06-9999-8888,,,2010-04-01,\n"                                 // another phone, old
      "鈴木工業,でんわ,999-9999,,2026-01-05,\n"
      "文字��社,,,,2026-01-05,\n",
      "company");
  const auto found = diagnose(import);
  const auto number = [&](const std::string& code) {
    return found.contains(code) ? json_integer(found.at(code), "count") : 0;
  };
  EXPECT_EQ(number("diag_repeats"), 1);
  EXPECT_EQ(number("diag_twice"), 1);
  EXPECT_EQ(number("diag_conflict_phone"), 1);
  EXPECT_EQ(number("diag_postal_mismatch"), 1);
  EXPECT_EQ(number("diag_bad_postal"), 1);
  EXPECT_EQ(number("diag_bad_phone"), 1);
  EXPECT_EQ(number("diag_stale"), 1);
  EXPECT_EQ(number("diag_empty_columns"), 1);
  EXPECT_EQ(number("diag_mojibake"), 1);
  EXPECT_EQ(json_integer(found.at("diag_repeats").at("samples").as_array()[0], "row"), 3);

  Json mended = import;
  for (const char* code : {"diag_repeats", "diag_stale", "diag_empty_columns"}) {
    std::string mend;
    JsonWriter(mend).value(found.at(code).at("mend"));
    mended = change(mended, mend);
  }
  const auto after = diagnose(mended);
  for (const char* code : {"diag_repeats", "diag_stale", "diag_empty_columns"}) {
    EXPECT_TRUE(json_bool(after.at(code), "mended")) << code;
  }
  EXPECT_EQ(column(mended, 5), "ignore");
  // Left out: the row again, the old one, and the customer that is there already.
  EXPECT_EQ(count(mended, "ok"), 4);
  run(mended);
  EXPECT_EQ(all("company").size(), 4U);
}

TEST_P(ImportDiagnosisTest, TellsWhatIsRegistered) {
  run(create("会社名,電話番号\n山田製作所,03-1234-5678\n", "company"));
  const auto found =
      diagnose(create("会社名,電話番号\n㈱山田製作所,03-1234-5678\n山田製作所,\n", "company"));
  EXPECT_EQ(json_integer(found.at("diag_known"), "count"), 1);
  EXPECT_EQ(json_integer(found.at("diag_looks"), "count"), 1);
  EXPECT_TRUE(diagnose(create("会社名\n別の会社\n", "company")).empty());
}

}  // namespace
}  // namespace daifuku::exchange
