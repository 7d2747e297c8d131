// Records whose index was made by the rules of an older program.
#include "records/reindex.h"

#include "records/duplicate_queue.h"
#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class ReindexTest : public EngineTest {
 protected:
  std::vector<Id> found(std::string_view words) {
    return engine_.search(owner(), object("company"), words, 10);
  }
  std::size_t duplicates_of(const char* name) {
    return DuplicateQueue(engine_)
        .likely(owner(), object("company"), {{"name", std::string(name)}}, 0, 10)
        .size();
  }
  // As if the ledger had been written by a program of other rules.
  void forget(std::int64_t rules, std::optional<Id> until = {}) {
    engine_.database().write([&](store::Transaction& tx) {
      store::search_clear(tx, search_table(object("company")));
      tx.query("DELETE FROM match_key AS k WHERE {k}").run();
      tx.query("DELETE FROM index_rules AS r WHERE {r}").run();
      if (rules == 0) return;
      tx.query(
            "INSERT INTO index_rules ({tenant_id}, object_id, rules, made_until) VALUES "
            "({tenant}, 1, ?, ?)")
          .bind(rules, until ? meta::Value(*until) : meta::Value())
          .run();
    });
  }
  std::int64_t run() {
    std::int64_t all = 0;
    reindex(engine_, [&](const meta::ObjectDef& made, std::int64_t done) {
      if (made.key == "company") all = done;
    });
    return all;
  }
};

TEST_P(ReindexTest, NothingToDoWithoutRecords) {
  EXPECT_EQ(run(), 0);
  const Id id = company("山田製作所");
  EXPECT_EQ(run(), 0) << "records of this program have its rules";
  EXPECT_EQ(found("山田"), std::vector{id});
}

TEST_P(ReindexTest, MakesWhatAnOlderProgramLeft) {
  const Id id = create("company", R"({"name":"山田製作所","phone":"03-1234-5678"})");
  const Id trashed = company("山田商店");
  remove("company", trashed);
  for (const std::int64_t rules : {0, 1}) {
    forget(rules);
    ASSERT_TRUE(found("山田").empty());
    ASSERT_EQ(duplicates_of("㈱山田製作所"), 0U);
    EXPECT_EQ(run(), 1) << "what is in the trash is in no index";
    EXPECT_EQ(found("山田"), std::vector{id});
    EXPECT_EQ(found("1234-56"), std::vector{id});
    EXPECT_EQ(duplicates_of("㈱山田製作所"), 1U);
    EXPECT_EQ(run(), 0) << "once";
  }
}

TEST_P(ReindexTest, GoesOnWhereItWasCutOff) {
  const Id first = company("山田製作所");
  const Id second = company("山田商店");
  forget(kIndexRules, first);
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(found("山田"), std::vector{second}) << "the first was made before the cut";
}

TEST_P(ReindexTest, ManySlices) {
  std::vector<Id> ids;
  engine_.write(owner(), [&](Write& write) {
    for (int i = 0; i < 4'000; ++i) {
      Draft draft;
      draft.values["name"] = "第" + std::to_string(i) + "商店";
      ids.push_back(write.create(object("company"), std::move(draft)).id);
    }
  });
  forget(1);
  EXPECT_EQ(run(), 4'000);
  for (const int i : {0, 1'999, 2'000, 3'999})
    EXPECT_EQ(found("第" + std::to_string(i) + "商店"),
              std::vector{ids[static_cast<std::size_t>(i)]});
}

TEST_P(ReindexTest, RefusesThoseOfANewerProgram) {
  company("山田製作所");
  forget(kIndexRules + 1);
  EXPECT_EQ(refusal([&] { run(); }), "schema_newer");
}

INSTANTIATE_TEST_SUITE_P(Stores, ReindexTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

}  // namespace
}  // namespace daifuku::records
