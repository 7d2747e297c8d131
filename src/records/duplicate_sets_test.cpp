#include "records/duplicate_sets.h"

#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class DuplicateSetsTest : public EngineTest {
 protected:
  // Pairs as a scan would leave them; `score` in hundredths of a bit.
  void pair(Id a, Id b, int score = 2'000) {
    store_->write([&](store::Transaction& tx) {
      tx.query(
            "INSERT INTO duplicate_pair ({tenant_id}, a_id, b_id, object_id, score, levels, "
            "decision, scan_id, found_at) VALUES ({tenant}, ?, ?, ?, ?, '', 'open', 1, 1)")
          .bind(std::min(a, b), std::max(a, b), static_cast<std::int64_t>(object("company").id),
                score)
          .run();
    });
  }
  // "a b" of the sets that are ready; of the others with the first reason.
  std::vector<std::string> sets(bool ready) {
    std::string out;
    duplicate_sets_json(engine_, owner(), object("company"), {}, ready, 50, {}, out);
    std::vector<std::string> said;
    const Json answer = parse_json(out);
    for (const Json& item : answer.at("items").as_array()) {
      std::string names;
      for (const Json& record : item.at("records").as_array())
        names += (names.empty() ? "" : " ") + json_text(record, "title");
      for (const Json& why : item.at("why").as_array()) names += ": " + json_text(why, "code");
      said.push_back(names);
    }
    return said;
  }
  Json merge(Id change = 0) {
    std::string out;
    merge_sets(engine_, owner(), object("company"), {}, change, {}, out);
    return parse_json(out);
  }
  DuplicateQueue queue_{engine_};
};
INSTANTIATE_TEST_SUITE_P(Stores, DuplicateSetsTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(DuplicateSetsTest, OnlyWhatIsAlikeThroughoutIsReady) {
  const Id a = company("山田商会");
  const Id b = company("㈱山田商会");
  const Id c = company("鈴木商会");
  const Id d = company("㈱鈴木商会");
  const Id e = company("鈴木商会(株)");
  const Id f = company("佐藤商会");
  const Id g = company("㈱佐藤商会");
  pair(a, b);
  pair(c, d);
  pair(d, e);       // c and e are alike only by way of d.
  pair(f, g, 300);  // 89 %

  EXPECT_EQ(sets(true), std::vector<std::string>{"山田商会 ㈱山田商会"});
  EXPECT_EQ(sets(false),
            std::vector<std::string>{"鈴木商会 ㈱鈴木商会 鈴木商会(株): duplicate_set_loose"});
  pair(c, e, -100);
  EXPECT_EQ(sets(true).size(), 2U);
  queue_.decide(owner(), object("company"), {{c, e}}, DuplicateQueue::Decision::different);
  EXPECT_EQ(sets(false),
            std::vector<std::string>{"鈴木商会 ㈱鈴木商会 鈴木商会(株): duplicate_set_decided"});
}

TEST_P(DuplicateSetsTest, MergesAllInOneChangeThatOneUndoTakesBack) {
  const Id a = company("山田商会");
  const Id b = company("㈱山田商会");
  const Id c = company("鈴木商会");
  const Id d = company("㈱鈴木商会");
  pair(a, b);
  pair(c, d);

  const Json done = merge();

  EXPECT_EQ(json_integer(done, "merged"), 2);
  EXPECT_EQ(engine_.current(object("company"), a), engine_.current(object("company"), b));
  EXPECT_EQ(json_integer(merge(), "merged"), 0);
  const Id change = decode_id(json_text(done, "change")).value_or(0);
  EXPECT_EQ(refusal([&] { merge(change + 1); }), "change: invalid_id");
  EXPECT_TRUE(engine_.undo(owner(), change).skipped.empty());
  EXPECT_NE(engine_.current(object("company"), a), engine_.current(object("company"), b));
  EXPECT_NE(engine_.current(object("company"), c), engine_.current(object("company"), d));
  EXPECT_EQ(sets(true).size(), 2U);
}

TEST_P(DuplicateSetsTest, IsOnlyForThoseWhoAdminister) {
  const Caller hanako{.access = access(kHanako, meta::Role::member)};
  std::string out;
  EXPECT_EQ(refusal([&] {
              duplicate_sets_json(engine_, hanako, object("company"), {}, true, 50, {}, out);
            }),
            "forbidden");
  EXPECT_EQ(refusal([&] { merge_sets(engine_, hanako, object("company"), {}, 0, {}, out); }),
            "forbidden");
}

}  // namespace
}  // namespace daifuku::records
