// Runs and undos that end half-way, and how long they can be undone.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "exchange/imports_test_support.h"

namespace daifuku::exchange {
namespace {

class ImportUndoTest : public ImportsTest {};
INSTANTIATE_TEST_SUITE_P(Stores, ImportUndoTest, ::testing::ValuesIn(store::available_stores()),
                         store::store_name);

// More changes than one request takes back.
std::string many_companies(int count) {
  std::string csv = "会社名\n";
  for (int i = 0; i < count; ++i) csv += "多数会社" + std::to_string(i) + "\n";
  return csv;
}

TEST_P(ImportUndoTest, ARunThatWasCutOffIsToldAndCanBeUndone) {
  const Json import = create(kCompanies);
  run(import);
  // As a crash leaves it.
  store_->write([&](store::Transaction& tx) {
    tx.query("UPDATE import_run SET status = 'running' WHERE {import_run} AND id = ?")
        .bind(id_of(import))
        .run();
  });
  restart();
  const Json after = get(import);
  EXPECT_EQ(json_text(after, "status"), "failed");
  EXPECT_EQ(json_text(after.at("failure"), "code"), "import_interrupted");
  EXPECT_EQ(json_integer(after.at("progress"), "created"), 2);
  EXPECT_EQ(imports_->undo(caller(), id_of(import))->undone, 2);
}

TEST_P(ImportUndoTest, ALargeUndoGoesOnInTheBackground) {
  const Json import = run(create(many_companies(2'300)));
  ASSERT_EQ(json_text(import, "status"), "done");

  EXPECT_FALSE(imports_->undo(caller(), id_of(import)).has_value());
  // It is not undone twice at a time.
  EXPECT_EQ(testing::error_code_of([&] { imports_->undo(caller(), id_of(import)); }),
            "import_not_undoable");
  imports_->wait(id_of(import));
  const Json after = get(import);
  EXPECT_EQ(json_text(after, "status"), "undone");
  EXPECT_EQ(json_integer(after.at("undo"), "undone"), 2'300);
  EXPECT_TRUE(all("company").empty());
  // The undo is one change and can be taken back as a whole.
  const auto change = decode_id(json_text(after.at("undo"), "change"));
  EXPECT_EQ(engine_.undo(caller(), *change).undone, 2'300);
  EXPECT_EQ(all("company").size(), 2'300U);
}

TEST_P(ImportUndoTest, AnUndoThatWasCutOffIsFinishedAfterARestart) {
  const Json import = run(create(many_companies(2'300)));
  imports_->undo(caller(), id_of(import));
  restart();  // Wherever it was.
  imports_->wait(id_of(import));
  const Json after = get(import);
  EXPECT_EQ(json_text(after, "status"), "undone");
  EXPECT_TRUE(all("company").empty());
  EXPECT_EQ(json_integer(after.at("undo"), "skipped"), 0);
}

TEST_P(ImportUndoTest, CancelsBetweenSlices) {
  std::string csv = "会社名\n";
  for (int i = 0; i < 3'000; ++i) csv += "会社" + std::to_string(i) + "\n";
  const auto path = folder_.file("many.csv", csv);
  const auto report = imports_->run_now(caller(), path, {},
                                        [&](const RunCounts& counts) { return counts.done < 100; });
  EXPECT_GE(report.counts.created, 50);
  EXPECT_LT(report.counts.created, 3'000);
  EXPECT_EQ(all("company").size(), static_cast<std::size_t>(report.counts.created));
  EXPECT_EQ(imports_->undo(caller(), report.id)->undone, report.counts.created);
}

TEST_P(ImportUndoTest, FilesGoAfterThirtyDays) {
  const Json waiting = create(kCompanies);
  const Json done = run(create(kCompanies, "company", "second.csv"));
  clock_.advance(31LL * 86'400'000);
  restart();
  EXPECT_TRUE(std::filesystem::is_empty(store_.folder() / "imports"));
  EXPECT_EQ(testing::error_code_of([&] { get(waiting); }), "not_found");
  EXPECT_EQ(imports_->undo(caller(), id_of(done))->undone, 2);
}

TEST_P(ImportUndoTest, WhileASmallOneIsTakenBackNothingElseIsDoneWithIt) {
  std::string during;
  Json import;
  registry_.after_save("company", [&](records::Change& change) {
    if (change.removed()) during = json_text(get(import), "status");
  });
  import = run(create(kCompanies));
  EXPECT_EQ(imports_->undo(caller(), id_of(import))->undone, 2);
  EXPECT_EQ(during, "undoing");
  EXPECT_EQ(json_text(get(import), "status"), "undone");
}

TEST_P(ImportUndoTest, ARunWaitsForAChangeOfTheSettings) {
  std::string csv = "会社名,備考\n";
  for (int i = 0; i < 20'000; ++i) csv += "会社" + std::to_string(i) + ",あ\n";
  const Json import = create(csv);
  std::atomic<bool> changed = false;
  std::thread changing([&] {
    change(import, R"({"mode":"update"})");
    changed = true;
  });
  while (json_text(get(import), "mode") != "update") std::this_thread::yield();
  const bool early = !changed;
  const std::string refused = testing::error_code_of([&] { run(import); });
  changing.join();
  if (early) {
    EXPECT_EQ(refused, "import_changing");
  }
  EXPECT_EQ(json_text(get(import), "status"), "ready");
}

TEST_P(ImportUndoTest, ARunDuringAChangeWithoutALookIsNoCrash) {
  const Json import = create(many_companies(500));
  for (int i = 0; i < 5; ++i) {
    restart();
    std::thread changing([&] {
      const auto code = testing::error_code_of([&] { change(import, R"({"mode":"both"})"); });
      EXPECT_TRUE(code.empty() || code == "import_not_open") << code;
    });
    const auto code = testing::error_code_of([&] { run(import); });
    EXPECT_TRUE(code.empty() || code == "import_changing") << code;
    changing.join();
    imports_->wait(id_of(import));
    if (code.empty()) imports_->undo(caller(), id_of(import));
  }
}

}  // namespace
}  // namespace daifuku::exchange
