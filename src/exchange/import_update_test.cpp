// Imports whose rows meet records that are there: which one they mean, what they change, and what
// is left to a person.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>

#include "exchange/imports_test_support.h"

namespace daifuku::exchange {
namespace {

class ImportUpdateTest : public ImportsTest {
 protected:
  Id add(const std::string& object, meta::Values values) {
    Id id = 0;
    engine_.write(caller(), [&](records::Write& write) {
      id = write.create(*engine_.catalog()->object(object), {.values = values}).id;
    });
    return id;
  }
  void edit(const std::string& object, Id id, meta::Values values) {
    engine_.write(caller(), [&](records::Write& write) {
      write.update(*engine_.catalog()->object(object), id, {.values = values});
    });
  }
  records::Record record(const std::string& object, Id id) {
    return *engine_.get(caller(), *engine_.catalog()->object(object), id);
  }
  Json rows(const Json& import, const std::string& action) {
    std::string out;
    imports_->rows_json(caller(), id_of(import), action, out);
    return parse_json(out).at("items");
  }
  Json updating(const std::string& csv, const std::string& object,
                const std::string& more = R"("mode":"both")") {
    return change(create(csv, object), "{" + more + "}");
  }
  static std::int64_t progress(const Json& import, std::string_view name) {
    return json_integer(import.at("progress"), name, -1);
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, ImportUpdateTest, ::testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(ImportUpdateTest, FillsBlanksAndTellsWhatStays) {
  const Id yamada = add("company", {{"name", "株式会社山田製作所"},
                                    {"phone", "03-1234-5678"},
                                    {"employees", std::int64_t{100}}});
  const std::string csv =
      "会社名,電話番号,従業員数,設立日,ランク\n"
      "㈱山田製作所,03-1234-5678,120,2019-05-01,\n"
      "新しい会社,06-1111-2222,5,,A\n";
  const Json import = updating(csv, "company");
  EXPECT_EQ(count(import, "creates"), 1);
  EXPECT_EQ(count(import, "updates"), 1);
  const Json updates = rows(import, "update");
  ASSERT_EQ(updates.as_array().size(), 1U);
  const Json& row = updates.as_array()[0];
  EXPECT_EQ(json_text(row.at("match"), "by"), "phone");
  EXPECT_EQ(json_text(row.at("match"), "title"), "株式会社山田製作所");
  std::map<std::string, bool> kept;
  for (const Json& each : row.at("changes").as_array())
    kept[json_text(each, "field")] = json_bool(each, "kept");
  EXPECT_EQ(kept, (std::map<std::string, bool>{{"employees", true}, {"founded_on", false}}));

  const Json done = run(import);
  EXPECT_EQ(progress(done, "created"), 1);
  EXPECT_EQ(progress(done, "updated"), 1);
  const auto after = record("company", yamada);
  EXPECT_EQ(after.text("founded_on"), "2019-05-01");
  EXPECT_EQ(after.integer("employees"), 100);
  EXPECT_EQ(after.text("name"), "株式会社山田製作所");
  // The same list once more changes nothing.
  const Json again = updating(csv, "company");
  EXPECT_EQ(count(again, "same"), 2);
  EXPECT_EQ(count(again, "ok"), 0);
}

TEST_P(ImportUpdateTest, OverwritesFieldByFieldAndUndoKeepsLaterEdits) {
  const Id id = add("company", {{"name", "山田製作所"},
                                {"phone", "03-1234-5678"},
                                {"employees", std::int64_t{100}},
                                {"rank", "a"}});
  const Json import =
      updating("会社名,電話番号,従業員数,ランク\n山田製作所,03-1234-5678,120,B\n", "company",
               R"("mode":"update","policies":{"employees":"overwrite","rank":"overwrite"})");
  run(import);
  EXPECT_EQ(record("company", id).integer("employees"), 120);
  EXPECT_EQ(record("company", id).text("rank"), "b");
  std::string history;
  engine_.history_json(caller(), *engine_.catalog()->object("company"), id, 1, "", history);
  EXPECT_NE(history.find(R"("source":"import")"), history.npos) << history;

  edit("company", id, {{"employees", std::int64_t{130}}});
  const auto undone = imports_->undo(caller(), id_of(import)).value();
  EXPECT_EQ(undone.undone, 1);
  ASSERT_EQ(undone.skipped.size(), 1U);
  EXPECT_EQ(undone.skipped[0].reason, "edited_since");
  EXPECT_EQ(record("company", id).integer("employees"), 130);
  EXPECT_EQ(record("company", id).text("rank"), "a");
}

TEST_P(ImportUpdateTest, KeepsTheNewest) {
  const Id id = add("company", {{"name", "山田製作所"}, {"phone", "03-1234-5678"}});
  edit("company", id, {{"employees", std::int64_t{100}}});
  const auto with_date = [&](const std::string& date) {
    return updating("会社名,電話番号,従業員数,更新日\n山田製作所,03-1234-5678,120," + date + "\n",
                    "company", R"("mode":"update","policy":"newest","date_column":3,
                    "columns":[{"index":3,"to":"ignore"}])");
  };
  EXPECT_EQ(count(with_date("2020-01-01"), "same"), 1);
  EXPECT_EQ(count(with_date("いつか"), "same"), 1);
  EXPECT_EQ(count(with_date("2199-01-01"), "updates"), 1);
  // Without any date it cannot be told.
  const Json import = updating("会社名,電話番号\n山田製作所,03-1234-5678\n", "company",
                               R"("mode":"update","policy":"newest")");
  EXPECT_EQ(json_text(import.at("problems").as_array()[0], "code"), "import_newest_date_missing");
  EXPECT_TRUE(change(import, R"({"file_date":"2026-04-01"})").at("problems").as_array().empty());
}

TEST_P(ImportUpdateTest, EmptyCellsEmptyOnlyWhenChosen) {
  const Id id =
      add("company",
          {{"name", "山田製作所"}, {"phone", "03-1234-5678"}, {"employees", std::int64_t{100}}});
  const std::string csv = "会社名,電話番号,従業員数\n山田製作所,03-1234-5678,\n";
  EXPECT_EQ(count(updating(csv, "company", R"("mode":"update","policy":"overwrite")"), "same"), 1);
  run(updating(csv, "company", R"("mode":"update","policy":"overwrite","empty_cells":"clear")"));
  EXPECT_EQ(record("company", id).integer("employees"), 0);
  EXPECT_EQ(record("company", id).text("phone"), "03-1234-5678");
}

TEST_P(ImportUpdateTest, AnAddressIsReplacedAsAWhole) {
  const Id id = add("company", {{"name", "山田製作所"},
                                {"phone", "03-1234-5678"},
                                {"prefecture", "東京都"},
                                {"city", "千代田区"},
                                {"street", "丸の内1-2-3"},
                                {"building", "丸の内ビル5F"}});
  const std::string csv = "会社名,電話番号,住所\n山田製作所,03-1234-5678,東京都港区芝1-1\n";
  // Another place and no mail in common: a person says that they moved.
  const Json import = updating(csv, "company", R"("mode":"both","policy":"overwrite")");
  EXPECT_EQ(count(import, "creates"), 1);
  const Json chosen =
      change(import, R"({"choices":[{"row":2,"choice":"use","id":")" + encode_id(id) + R"("}]})");
  EXPECT_EQ(count(chosen, "updates"), 1);
  run(chosen);
  EXPECT_EQ(record("company", id).text("city"), "港区");
  EXPECT_TRUE(record("company", id).text("building").empty());
}

TEST_P(ImportUpdateTest, AsksWhenItIsNotSure) {
  const Id first = add("company", {{"name", "山田製作所"}, {"phone", "03-1234-5678"}});
  add("company", {{"name", "佐藤商店"}, {"phone", "06-1111-2222"}});
  const Json import = updating(
      "会社名,電話番号,ランク\n"
      "㈱山田製作所,,A\n"          // a name alone
      "別の会社,06-1111-2222,B\n"  // a phone alone
      "佐藤商店,06-1111-2222,A\n"  // sure
      "佐藤商店,0611112222,B\n",   // sure, but the same record again
      "company");
  EXPECT_EQ(count(import, "looks"), 3);
  EXPECT_EQ(count(import, "updates"), 1);
  const Json looks = rows(import, "look");
  const Json& candidate = looks.as_array()[0].at("candidates").as_array()[0];
  EXPECT_EQ(json_text(candidate, "id"), encode_id(first));
  EXPECT_EQ(json_text(candidate, "subtitle"), "03-1234-5678");
  EXPECT_EQ(json_text(looks.as_array()[2].at("problems").as_array()[0], "code"),
            "import_row_same_record");

  const Json decided = change(import, R"({"choices":[{"row":2,"choice":"use","id":")" +
                                          encode_id(first) + R"("},{"row":3,"choice":"create"}]})");
  EXPECT_EQ(count(decided, "looks"), 1);
  EXPECT_EQ(count(decided, "creates"), 1);
  const Json done = run(decided);
  EXPECT_EQ(progress(done, "updated"), 2);
  EXPECT_EQ(progress(done, "created"), 1);
  EXPECT_EQ(progress(done, "unsure"), 1);
  EXPECT_EQ(record("company", first).text("rank"), "a");
  EXPECT_NE(rejects(done).find("佐藤商店,0611112222"), std::string::npos);
  EXPECT_EQ(imports_->undo(caller(), id_of(done))->undone, 3);

  // For all of that kind at once.
  const std::string weak = "会社名,ランク\n㈱山田製作所,A\n";
  EXPECT_EQ(count(updating(weak, "company", R"("mode":"both","unsure":"create")"), "creates"), 1);
  EXPECT_EQ(count(updating(weak, "company", R"("mode":"both","unsure":"skip")"), "left_out"), 1);
}

TEST_P(ImportUpdateTest, FindsByOurIdAndByAChosenField) {
  const Id id = add("company", {{"name", "山田製作所"}, {"corporate_number", "7000012050002"}});
  const Json by_id = updating("番号,会社名,従業員数\n" + encode_id(id) + ",山田工業,7\n" +
                                  encode_id(id + 1) + ",知らない会社,8\n",
                              "company", R"("mode":"update","policy":"overwrite")");
  EXPECT_EQ(column(by_id, 0), "field:id");
  EXPECT_EQ(count(by_id, "updates"), 1);
  EXPECT_EQ(count(by_id, "left_out"), 1);
  run(by_id);
  EXPECT_EQ(record("company", id).text("name"), "山田工業");

  const Json by_number =
      updating("法人番号,従業員数\n7000012050002,9\n", "company",
               R"("mode":"update","key":"corporate_number","policies":{"employees":"overwrite"})");
  EXPECT_TRUE(by_number.at("problems").as_array().empty());
  EXPECT_EQ(json_text(rows(by_number, "update").as_array()[0].at("match"), "by"), "key");
  run(by_number);
  EXPECT_EQ(record("company", id).integer("employees"), 9);
  EXPECT_EQ(json_text(change(create("会社名\nA\n", "company"), R"({"mode":"both","key":"phone"})")
                          .at("problems")
                          .as_array()[0],
                      "code"),
            "import_key_column_missing");
}

TEST_P(ImportUpdateTest, PeopleByMailOrCompany) {
  const Id company = add("company", {{"name", "山田製作所"}});
  const Id hanako = add(
      "person", {{"name", "佐藤 花子"}, {"company", company}, {"email", "hanako@yamada.example"}});
  const Json import = updating(
      "会社名,氏名,メールアドレス,携帯電話\n"
      "㈱山田製作所,佐藤花子,,090-1234-5678\n"
      "別の会社,佐藤花子,other@example.jp,\n"
      "山田製作所,鈴木一郎,hanako@yamada.example,\n",
      "person");
  EXPECT_EQ(count(import, "updates"), 1);
  EXPECT_EQ(count(import, "looks"), 1);  // the mail of somebody of another name
  EXPECT_EQ(json_text(rows(import, "update").as_array()[0].at("match"), "by"), "company");
  run(import);
  const auto after = record("person", hanako);
  EXPECT_EQ(after.text("mobile"), "090-1234-5678");
  EXPECT_EQ(after.text("given_name"), "花子");  // not undone by a name in one piece
}

TEST_P(ImportUpdateTest, HiddenRecordsAreNotTold) {
  auth::RoleSettings rights = auth::default_role(meta::Role::member);
  const Id hidden = add("company", {{"name", "山田製作所"}, {"phone", "03-1234-5678"}});
  rights.objects["company"] = {.read = auth::Scope::own, .update = auth::Scope::own};
  const auth::Access access(engine_.catalog(), owner_ + 7, {}, rights);
  const records::Caller member{.access = access};
  std::string out;
  imports_->create(member,
                   folder_.file("upload", "番号,会社名,電話番号,従業員数\n" + encode_id(hidden) +
                                              ",山田製作所,03-1234-5678,5\n"),
                   "x.csv", "company", out);
  const Json import = parse_json(out);
  out.clear();
  imports_->change(member, id_of(import), parse_json(R"({"mode":"both"})"), out);
  const Json both = parse_json(out);
  EXPECT_EQ(count(both, "creates"), 1);
  EXPECT_EQ(count(both, "updates"), 0);
  EXPECT_EQ(out.find("\"match\""), out.npos);
  // Naming it by hand does not help either.
  out.clear();
  imports_->change(
      member, id_of(import),
      parse_json(R"({"choices":[{"row":2,"choice":"use","id":")" + encode_id(hidden) + R"("}]})"),
      out);
  EXPECT_EQ(count(parse_json(out), "updates"), 0);
}

TEST_P(ImportUpdateTest, GoesOnWhereItStopped) {
  std::string csv = "会社名,電話番号\n";
  for (int i = 0; i < 5'000; ++i) {
    csv += "会社" + std::to_string(i) + ",03-" + std::to_string(1000 + i % 5000) + "-" +
           std::to_string(1000 + i) + "\n";
  }
  const auto path = folder_.file("many.csv", csv);
  const Json import = create(csv, "company");
  // Stopped by hand, wherever it is.
  std::string out;
  imports_->run(caller(), id_of(import), out);
  while (all("company").empty()) std::this_thread::yield();
  restart();
  Json stopped = get(import);
  ASSERT_EQ(json_text(stopped, "status"), "failed");
  EXPECT_TRUE(json_bool(stopped, "can_continue"));
  const auto so_far = static_cast<std::int64_t>(all("company").size());
  EXPECT_EQ(progress(stopped, "created"), so_far);
  EXPECT_LT(so_far, 5'000);
  out.clear();
  imports_->resume(caller(), id_of(import), out);
  imports_->wait(id_of(import));
  const Json done = get(import);
  EXPECT_EQ(json_text(done, "status"), "done");
  EXPECT_EQ(progress(done, "created"), 5'000);
  EXPECT_EQ(all("company").size(), 5'000U);
  EXPECT_EQ(testing::error_code_of([&] { imports_->resume(caller(), id_of(import), out); }),
            "import_not_resumable");
}

}  // namespace
}  // namespace daifuku::exchange
