#include "exchange/imports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "exchange/imports_test_support.h"

namespace daifuku::exchange {
namespace {

INSTANTIATE_TEST_SUITE_P(Stores, ImportsTest, ::testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(ImportsTest, ProposesColumnsAndShowsWhatIsWrong) {
  const Json import = create(kCompanies);
  EXPECT_EQ(json_text(import, "object"), "company");
  EXPECT_EQ(json_text(import, "status"), "ready");
  EXPECT_EQ(json_integer(import.at("detected"), "header_row"), 2);
  EXPECT_EQ(column(import, 0), "field:name");
  EXPECT_EQ(column(import, 1), "field:address");
  EXPECT_EQ(column(import, 2), "field:phone");
  EXPECT_EQ(column(import, 6), "note");
  EXPECT_EQ(count(import, "rows"), 3);
  EXPECT_EQ(count(import, "ok"), 2);
  EXPECT_EQ(count(import, "errors"), 1);
  EXPECT_EQ(count(import, "warnings"), 1);
  const auto& preview = import.at("preview").as_array();
  ASSERT_EQ(preview.size(), 3U);
  EXPECT_EQ(json_text(preview[0].at("values"), "phone"), "03-1234-5678");
  EXPECT_EQ(json_text(preview[0].at("values"), "city"), "千代田区");
  EXPECT_EQ(json_text(preview[0].at("values"), "note"), "覚え書き: 古い付き合い");
  EXPECT_EQ(json_text(preview[1].at("values"), "note"), "ランク: Z");
  EXPECT_EQ(json_text(preview[1].at("problems").as_array()[0], "code"), "invalid_choice");
  EXPECT_EQ(json_text(preview[2], "action"), "error");
}

TEST_P(ImportsTest, ALookThatTakesLongEndsAtTheNextRow) {
  std::string csv = "会社名\n";
  for (int i = 0; i < 150; ++i) csv += "会社" + std::to_string(i) + "\n";
  const auto analysis = analyze_import(engine_, caller(), folder_.file("list.csv", csv), {}, {},
                                       {.milliseconds = -1});
  EXPECT_EQ(analysis.counts.rows, 1);
  EXPECT_FALSE(analysis.counts.complete);
}

TEST_P(ImportsTest, OfWideRowsOnlySomeAreKeptToBeShown) {
  std::string csv = "会社名";
  for (int c = 0; c < 10; ++c) csv += ",列" + std::to_string(c);
  for (int i = 0; i < 30; ++i) {
    csv += "\n広い会社" + std::to_string(i);
    for (int c = 0; c < 10; ++c) csv += "," + std::string(40'000, 'x');
  }
  const auto analysis =
      analyze_import(engine_, caller(), folder_.file("wide.csv", csv + "\n"), {}, {});
  EXPECT_TRUE(analysis.counts.complete);
  EXPECT_GE(analysis.counts.rows, 30);
  EXPECT_GE(analysis.preview.size(), 1U);
  EXPECT_LT(analysis.preview.size(), 20U);
}

TEST_P(ImportsTest, ImportsTellsRejectedRowsAndUndoes) {
  const Json import = run(create(kCompanies));
  EXPECT_EQ(json_text(import, "status"), "done");
  const auto companies = all("company");
  ASSERT_EQ(companies.size(), 2U);
  EXPECT_EQ(companies[0].text("name"), "㈱山田製作所");
  EXPECT_EQ(companies[0].integer("employees"), 120);
  EXPECT_EQ(companies[0].text("founded_on"), "2019-05-01");
  EXPECT_EQ(companies[0].text("prefecture"), "東京都");
  EXPECT_EQ(companies[1].text("note"), "ランク: Z");
  EXPECT_EQ(companies[1].owner, owner_);
  const std::string csv = rejects(import);
  EXPECT_NE(csv.find("06-1111-2222,,,,,5,会社名: 必ず入力してください。"), csv.npos) << csv;

  const auto result = imports_->undo(caller(), id_of(import)).value();
  EXPECT_EQ(result.undone, 2);
  EXPECT_TRUE(all("company").empty());
  EXPECT_EQ(json_text(get(import), "status"), "undone");
  // Undone, it can be changed and run again.
  EXPECT_EQ(json_text(run(change(import, "{}")), "status"), "done");
  EXPECT_EQ(all("company").size(), 2U);
}

TEST_P(ImportsTest, LinksToOneCompanyHoweverItIsSpelled) {
  const Json import =
      run(create("会社名,氏名,メールアドレス\n"
                 "株式会社山田製作所,山田 太郎,taro@yamada.example\n"
                 "㈱山田製作所,佐藤花子,hanako@yamada.example\n"
                 "(株)山田製作所,鈴木 一郎,not a mail\n"
                 ",田中 次郎,jiro@example.jp\n"));
  EXPECT_EQ(json_text(import, "object"), "person");
  EXPECT_EQ(count(import, "links_to_make"), 1);
  const auto companies = all("company");
  const auto people = all("person");
  ASSERT_EQ(companies.size(), 1U);
  ASSERT_EQ(people.size(), 4U);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(people[static_cast<std::size_t>(i)].integer("company"), companies[0].id);
  }
  EXPECT_EQ(people[0].text("family_name"), "山田");
  EXPECT_EQ(people[2].text("note"), "メールアドレス: not a mail");
  EXPECT_EQ(people[3].integer("company"), 0);
  EXPECT_EQ(imports_->undo(caller(), id_of(import))->undone, 5);
  EXPECT_TRUE(all("company").empty());
}

TEST_P(ImportsTest, DoesNotMakeCompaniesWhenNotWanted) {
  const Json import = create("会社名,氏名\n無い会社,山田 太郎\n", "person");
  const Json done = run(change(import, R"({"create_links":false})"));
  EXPECT_EQ(json_text(done, "status"), "done");
  EXPECT_TRUE(all("company").empty());
  ASSERT_EQ(all("person").size(), 1U);
  EXPECT_EQ(all("person")[0].text("note"), "会社名: 無い会社");
}

TEST_P(ImportsTest, LeavesAmbiguousLinksToThePerson) {
  run(create("会社名,住所\n東京商事株式会社,東京都港区1-1\n東京商事株式会社,大阪府大阪市北区2-2\n",
             "company"));
  ASSERT_EQ(all("company").size(), 2U);
  run(create("会社名,氏名\n東京商事株式会社,山田 太郎\n", "person"));
  ASSERT_EQ(all("person").size(), 1U);
  EXPECT_EQ(all("person")[0].text("note"), "会社名: 東京商事株式会社");
  EXPECT_EQ(all("company").size(), 2U);
}

TEST_P(ImportsTest, KnowsWhatIsInTheListAlready) {
  struct Case {
    const char* row;
    bool known;
  };
  run(
      create("会社名,電話番号,住所,法人番号\n"
             "株式会社山田製作所,03-1234-5678,東京都千代田区丸の内1-23,\n"
             "佐藤商店,06-1111-2222,,\n",
             "company"));
  for (const Case& c : std::initializer_list<Case>{
           {"㈱山田製作所,０３（１２３４）５６７８,,", true},
           {"㈱山田製作所,,東京都千代田区丸の内1-23,", true},
           {"㈱山田製作所,,東京都千代田区丸の内12-3,", false},
           {"㈱山田製作所,03-1234-5678,大阪府大阪市北区2-2,", false},  // a branch
           {"合同会社山田製作所,03-1234-5678,,", false},
           {"㈱山田製作所,,,", false},
           {"別の会社,03-1234-5678,,", false},
           {"佐藤商店,06-1111-2222,大阪府大阪市北区2-2,", true}}) {
    const Json import =
        create("会社名,電話番号,住所,法人番号\n" + std::string(c.row) + "\n", "company");
    EXPECT_EQ(count(import, "known"), c.known ? 1 : 0) << c.row;
  }
  // Within one file, and only when it is wanted.
  const std::string twice = "会社名,電話番号\n新しい会社,03-9999-8888\n新しい会社,0399998888\n";
  const Json import = create(twice, "company");
  EXPECT_EQ(count(import, "known"), 1);
  EXPECT_EQ(count(change(import, R"({"duplicates":"create"})"), "known"), 0);
  run(import);
  EXPECT_EQ(all("company").size(), 4U);
}

TEST_P(ImportsTest, TakesOtherSettingsAndRefusesWhatDoesNotFit) {
  const Json import = create("会社名,欄1,欄2\nA社,x,2026年4月1日\nB社,y,本日\n", "company");
  const auto problem = [&](const std::string& columns) {
    const Json changed = change(import, R"({"columns":)" + columns + "}");
    const auto& problems = changed.at("problems").as_array();
    return problems.empty() ? std::string() : json_text(problems[0], "code");
  };
  EXPECT_EQ(problem(R"([{"index":1,"to":"field:nothing"}])"), "field_unknown");
  EXPECT_EQ(problem(R"([{"index":1,"to":"field:phone"},{"index":2,"to":"field:phone"}])"),
            "import_field_twice");
  EXPECT_EQ(
      problem(R"([{"index":0,"to":"ignore"},{"index":1,"to":"note"},{"index":2,"to":"note"}])"),
      "import_title_missing");
  EXPECT_EQ(testing::error_code_of([&] { run(import); }), "import_mapping");
  EXPECT_EQ(testing::error_code_of([&] { change(import, R"({"object":"nothing"})"); }), "invalid");
  EXPECT_EQ(testing::error_code_of([&] { change(import, R"({"header_row":99999})"); }), "invalid");
  EXPECT_EQ(problem(R"([{"index":0,"to":"field:name"},{"index":1,"to":"ignore"},
                        {"index":2,"to":"new:date"}])"),
            "");
  const Json done = run(import);
  EXPECT_EQ(json_text(done, "status"), "done");
  const auto companies = all("company");
  ASSERT_EQ(companies.size(), 2U);
  std::string own;
  for (const meta::FieldDef& field : engine_.catalog()->object("company")->expanded) {
    if (field.custom) own = field.key;
  }
  ASSERT_FALSE(own.empty());
  EXPECT_EQ(companies[0].text(own), "2026-04-01");
  EXPECT_EQ(companies[1].text("note"), "欄2: 本日");
  EXPECT_EQ(testing::error_code_of([&] { run(import); }), "import_not_open");
}

TEST_P(ImportsTest, WorksWithoutAHeader) {
  const Json import = create(
      "株式会社山田製作所,03-1234-5678\n佐藤商店,06-1111-2222\n鈴木工業株式会社,045-111-2222\n");
  EXPECT_EQ(json_integer(import.at("detected"), "header_row"), 0);
  EXPECT_EQ(json_text(import.at("notices").as_array()[0], "code"), "import_no_header");
  EXPECT_EQ(column(import, 1), "field:phone");
  run(change(import, R"({"columns":[{"index":0,"to":"field:name"}]})"));
  EXPECT_EQ(all("company").size(), 3U);
}

TEST_P(ImportsTest, MendsAndTellsDamage) {
  const Json import =
      create("会社名,電話番号,法人番号\nA社,898223749,4.00E+12\nB社,0898-31-5058,7000012050002\n",
             "company");
  std::vector<std::string> codes;
  for (const Json& notice : import.at("notices").as_array())
    codes.push_back(json_text(notice, "code"));
  EXPECT_NE(std::ranges::find(codes, "import_phone_mended"), codes.end());
  EXPECT_NE(std::ranges::find(codes, "damage_number_rounded"), codes.end());
  run(import);
  const auto companies = all("company");
  ASSERT_EQ(companies.size(), 2U);
  EXPECT_EQ(companies[0].text("phone"), "0898-22-3749");
  EXPECT_TRUE(companies[0].text("corporate_number").empty());
  EXPECT_EQ(companies[1].text("corporate_number"), "7000012050002");
}

TEST_P(ImportsTest, SetsResponsibleUsers) {
  const Json import =
      create("会社名,営業担当,応対者\nA社,試験太郎,taro@example.jp\nB社,知らない人,\n", "company");
  EXPECT_EQ(column(import, 1), "field:owner_id");
  run(import);
  const auto companies = all("company");
  ASSERT_EQ(companies.size(), 2U);
  EXPECT_EQ(companies[0].integer("responder"), owner_);
  EXPECT_EQ(companies[0].owner, owner_);
  EXPECT_EQ(companies[1].text("note"), "営業担当: 知らない人");
}

TEST_P(ImportsTest, OnlyForThePersonAndManagers) {
  const auto member = as(meta::Role::member, owner_ + 1);
  const auto manager = as(meta::Role::manager, owner_ + 2);
  const auto viewer = as(meta::Role::viewer, owner_ + 3);
  const Json import = create(kCompanies);
  std::string out;
  EXPECT_EQ(testing::error_code_of([&] { imports_->get_json(member, id_of(import), out); }),
            "not_found");
  EXPECT_EQ(testing::error_code_of([&] { imports_->run(manager, id_of(import), out); }),
            "forbidden");
  EXPECT_EQ(testing::error_code_of([&] {
              imports_->create(viewer, folder_.file("upload", kCompanies), "x.csv", "company", out);
            }),
            "forbidden");
  out.clear();
  imports_->get_json(manager, id_of(import), out);
  EXPECT_FALSE(out.empty());
  out.clear();
  imports_->list_json(member, out);
  EXPECT_EQ(out, R"({"items":[]})");
  // A column that the person may not write is not offered, and not taken.
  out.clear();
  imports_->create(member, folder_.file("upload", "会社名,社外秘\nA社,x\n"), "x.csv", "company",
                   out);
  const Json own = parse_json(out);
  EXPECT_EQ(column(own, 1), "note");
  out.clear();
  imports_->change(member, id_of(own),
                   parse_json(R"({"columns":[{"index":1,"to":"field:secret"}]})"), out);
  EXPECT_EQ(json_text(parse_json(out).at("problems").as_array()[0], "code"), "field_unknown");
}

TEST_P(ImportsTest, KeepsNoPlainText) {
  const Json import = create(kCompanies);
  run(import);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(store_.folder() / "imports")) {
    ++files;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(bytes.find("山田"), bytes.npos);
    EXPECT_EQ(bytes.find("06-1111"), bytes.npos);
    const auto mode = std::filesystem::status(entry.path()).permissions();
    EXPECT_EQ(mode & std::filesystem::perms(0777), std::filesystem::perms(0600));
  }
  EXPECT_EQ(files, 2);
  imports_->remove(caller(), id_of(import));
  EXPECT_TRUE(std::filesystem::is_empty(store_.folder() / "imports"));
  EXPECT_EQ(testing::error_code_of([&] { get(import); }), "not_found");
}

TEST_P(ImportsTest, BadFilesAreRefusedAndLeaveNothing) {
  EXPECT_EQ(testing::error_code_of([&] { create(""); }), "file_empty");
  EXPECT_EQ(testing::error_code_of([&] { create("会社名,住所\n"); }), "import_empty");
  EXPECT_EQ(testing::error_code_of([&] { create("%PDF-1.7 ..."); }), "pdf_not_supported");
  EXPECT_TRUE(std::filesystem::is_empty(store_.folder() / "imports"));
}

TEST_P(ImportsTest, FromTheCommandLine) {
  const auto path = folder_.file("list.csv", "名称,欄\nA社,x\n");
  Imports::RunOptions options{.map = {{"名称", "field:name"}, {"欄", "ignore"}}, .dry_run = true};
  options.settings.object = "company";
  auto report = imports_->run_now(caller(), path, options);
  EXPECT_EQ(report.analysis.counts.ok, 1);
  EXPECT_TRUE(all("company").empty());
  EXPECT_NE(Imports::report_text(report, *engine_.catalog(), Language::ja).find("名称 -> 会社名"),
            std::string::npos);
  options.dry_run = false;
  report = imports_->run_now(caller(), path, options);
  EXPECT_EQ(report.counts.created, 1);
  options.map = {{"無い", "ignore"}};
  EXPECT_EQ(testing::error_code_of([&] { imports_->run_now(caller(), path, options); }),
            "import_map_unknown");
}

}  // namespace
}  // namespace daifuku::exchange
