#include "exchange/export_table.h"

#include <gtest/gtest.h>

#include <string>

#include "exchange/imports_test_support.h"

namespace daifuku::exchange {
namespace {

class ExportTest : public ImportsTest {};
INSTANTIATE_TEST_SUITE_P(Stores, ExportTest, ::testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(ExportTest, ExportsWhatTheCallerMayReadAndReadsItBack) {
  run(create("会社名,電話番号,従業員数,備考\n=1+1株式会社,03-1234-5678,1234,\"a,b\"\n", "company"));
  run(create("氏名,会社名\n山田 太郎,=1+1株式会社\n", "person"));
  const auto access = access_;
  const auto text = [&](const std::string& key, ExportRequest request) {
    request.object = engine_.catalog()->object(key);
    std::string out;
    Export file(engine_, caller(), request);
    file.write([&](std::string_view piece) { out += piece; });
    return out;
  };
  const std::string companies =
      text("company", {.query = {.fields = {"name", "phone", "employees", "owner_id"}}});
  EXPECT_EQ(companies,
            "\xEF\xBB\xBF会社名,代表電話,従業員数,担当者\r\n'=1+1株式会社,03-1234-5678,1234,試験 "
            "太郎\r\n");
  const std::string people = text("person", {.query = {.fields = {"name", "company"}}});
  EXPECT_NE(people.find("山田 太郎,'=1+1株式会社"), people.npos) << people;

  const auto read_back = create(text("company", {}), "company");
  EXPECT_EQ(count(read_back, "known"), 1);

  std::int64_t events = 0;
  store_->read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT e.row_count FROM export_log e WHERE {e} AND e.user_id = ? ORDER BY e.id");
    rows.bind(owner_);
    while (rows.step()) {
      EXPECT_EQ(rows.integer(0), 1);
      ++events;
    }
  });
  EXPECT_EQ(events, 3);

  const auto member = as(meta::Role::member, owner_ + 1);
  EXPECT_EQ(testing::error_code_of(
                [&] { Export(engine_, member, {.object = engine_.catalog()->object("company")}); }),
            "export_forbidden");
}

}  // namespace
}  // namespace daifuku::exchange
