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

TEST_P(DuplicateSetsTest, DecidesInSlicesAndPassesOverWhatIsGone) {
  const Id a = company("山田商会");
  std::vector<RecordPair> pairs;
  std::vector<Id> others;
  engine_.write(owner(), [&](Write& write) {
    others.clear();
    for (int i = 0; i < 1'001; ++i) {
      Draft draft;
      draft.values["name"] = "山田商会" + std::to_string(i);
      others.push_back(write.create(object("company"), std::move(draft)).id);
    }
  });
  for (const Id other : others) {
    pair(a, other);
    pairs.push_back({a, other});
  }
  remove("company", others.front());
  std::vector<std::int64_t> slices;
  const Id batch = ids_.next();

  EXPECT_EQ(queue_.decide_all(owner(), object("company"), batch, pairs,
                              DuplicateQueue::Decision::different,
                              [&](Write& write, std::int64_t count) {
                                EXPECT_EQ(write.batch(), batch);
                                slices.push_back(count);
                              }),
            1'000);

  EXPECT_EQ(slices, (std::vector<std::int64_t>{999, 1}));
  UndoResult undone{.batch = ids_.next()};
  queue_.undo(owner(), batch, undone);
  EXPECT_EQ(undone.undone, 1'000);
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

// Whoever undoes and redoes it, the row says how it stands and what takes it back next.
TEST_P(DuplicateSetsTest, WhatWasDecidedOnManyIsKeptWithHowItStands) {
  const auto batches = [&](std::string_view after = {}, int limit = 10) {
    std::string out;
    duplicate_batches_json(engine_, owner(), object("company"), limit, after, out);
    return parse_json(out);
  };
  const auto first = [&] { return batches().at("items").as_array().at(0); };
  const auto id = [](const Json& json, const char* key) {
    return decode_id(json_text(json, key)).value_or(0);
  };
  const auto undo = [&](Id change) {
    const UndoResult result = engine_.undo(owner(), change);
    turn_batch(engine_, owner(), change, result);
    return result.batch;
  };
  EXPECT_TRUE(batches().at("items").as_array().empty());
  for (const char* name : {"山田商会", "鈴木商会"}) {
    const Id a = company(name);
    pair(a, company(std::string("㈱") + name));
  }

  const Id change = id(merge(), "change");

  EXPECT_EQ(id(first(), "id"), change);
  EXPECT_EQ(json_text(first(), "decision"), "merge");
  EXPECT_EQ(json_integer(first(), "decided"), 2);
  EXPECT_EQ(json_integer(first(), "records"), 2);
  EXPECT_EQ(json_find(first(), "undone_at"), nullptr);
  turn_batch(engine_, owner(), change, {});
  EXPECT_EQ(json_find(first(), "undone_at"), nullptr) << "nothing was taken back";
  const Id undone = undo(change);
  EXPECT_NE(json_find(first(), "undone_at"), nullptr);
  EXPECT_EQ(id(first(), "change"), undone);
  const Id redone = undo(undone);
  EXPECT_EQ(json_find(first(), "undone_at"), nullptr);
  EXPECT_EQ(id(first(), "change"), redone);

  const Id c = company("佐藤商会");
  pair(c, company("㈱佐藤商会"));
  std::string out;
  decide_all(engine_, queue_, owner(), object("company"), {}, DuplicateQueue::Decision::later, out);
  EXPECT_EQ(json_text(first(), "decision"), "later");
  const Json page = batches({}, 1);
  EXPECT_EQ(page.at("items").as_array().size(), 1U);
  const Json rest = batches(json_text(page, "next"), 1);
  EXPECT_EQ(id(rest.at("items").as_array().at(0), "id"), change);
  EXPECT_TRUE(rest.at("next").is_null());
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
  EXPECT_EQ(
      refusal([&] { duplicate_batches_json(engine_, hanako, object("company"), 10, {}, out); }),
      "forbidden");
}

}  // namespace
}  // namespace daifuku::records
