// Runs and undos that end half-way, and how long they can be undone.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

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

}  // namespace
}  // namespace daifuku::exchange
