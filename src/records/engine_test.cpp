#include "records/engine.h"

#include <atomic>
#include <thread>

#include "records/test_engine.h"

namespace daifuku::records {
namespace {

// --- undo ---

class UndoTest : public EngineTest {
 protected:
  std::vector<std::string> reasons(const UndoResult& result) {
    std::vector<std::string> out;
    for (const auto& skipped : result.skipped) out.push_back(skipped.reason);
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, UndoTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(UndoTest, TakesBackEachKindOfChange) {
  const Id id = create("company", R"({"name":"山田","employees":1})");
  const Id created = last_batch_;
  const Id updated = update("company", id, R"({"employees":null,"rank":"a"})");
  const Id removed = remove("company", id);

  EXPECT_EQ(engine_.undo(owner(), removed).undone, 1);
  EXPECT_EQ(get("company", id).deleted_at, 0);
  EXPECT_EQ(engine_.undo(owner(), updated).undone, 1);
  EXPECT_EQ(get("company", id).integer("employees"), 1);
  EXPECT_EQ(get("company", id).get("rank"), meta::kEmpty);
  EXPECT_EQ(engine_.undo(owner(), created).undone, 1);
  EXPECT_NE(get("company", id).deleted_at, 0);
  EXPECT_EQ(engine_.verify_history(), 0);
}

TEST_P(UndoTest, CanBeUndone) {
  const Id id = create("company", R"({"name":"山田","employees":1})");
  const Id batch = update("company", id, R"({"employees":2})");

  const UndoResult undone = engine_.undo(owner(), batch);
  EXPECT_EQ(get("company", id).integer("employees"), 1);
  EXPECT_EQ(engine_.undo(owner(), undone.batch).undone, 1);

  EXPECT_EQ(get("company", id).integer("employees"), 2);
}

TEST_P(UndoTest, OfManyIsOne) {
  std::vector<Id> ids;
  for (int i = 0; i < 700; ++i) ids.push_back(ids_.next());
  const Id batch = engine_.write(owner(), [&](Write& write) {
    for (const Id id : ids) {
      Draft draft;
      draft.values["name"] = std::string("会社");
      write.create(object("company"), std::move(draft), id);
      Draft rank;
      rank.values["rank"] = std::string("a");
      write.update(object("company"), id, std::move(rank));
    }
  });

  const UndoResult result = engine_.undo(owner(), batch);

  EXPECT_EQ(result.undone, 1'400);
  EXPECT_TRUE(result.skipped.empty());
  EXPECT_TRUE(engine_.list_ids(owner(), object("company"), {}, 10).empty());
  EXPECT_EQ(engine_.undo(owner(), result.batch).undone, 1'400);
  EXPECT_EQ(engine_
                .list_ids(owner(), object("company"),
                          {.filter = parse_json(R"({"rank":{"eq":"a"}})")}, 1'000)
                .size(),
            700U);
  EXPECT_EQ(engine_.verify_history(), 0);
}

TEST_P(UndoTest, KeepsWhatWasChangedSince) {
  const Id id = create("company", R"({"name":"山田","employees":1,"rank":"a"})");
  const Id batch = update("company", id, R"({"employees":2,"rank":"b"})");
  update("company", id, R"({"employees":3})");

  const UndoResult result = engine_.undo(owner(), batch);

  EXPECT_EQ(get("company", id).integer("employees"), 3);
  EXPECT_EQ(get("company", id).text("rank"), "a");
  EXPECT_EQ(reasons(result), std::vector<std::string>{"edited_since"});
  EXPECT_EQ(result.skipped.at(0).title, "山田");
}

TEST_P(UndoTest, KeepsListsThatWereChangedSince) {
  const Id one = company("一");
  const Id two = company("二");
  const Id id = company("山田");
  const auto partner = [](Id other) { return R"({"partners":[")" + encode_id(other) + "\"]}"; };
  const Id first = update("company", id, partner(one));
  const Id second = update("company", id, partner(two));

  EXPECT_EQ(reasons(engine_.undo(owner(), first)), std::vector<std::string>{"edited_since"});
  EXPECT_EQ(get("company", id).lists.at("partners"), std::vector<Id>{two});
  EXPECT_EQ(engine_.undo(owner(), second).undone, 1);
  EXPECT_EQ(get("company", id).lists.at("partners"), std::vector<Id>{one});
}

TEST_P(UndoTest, DoesNotThrowAwayTheWorkOfOthers) {
  const Id id = company("山田");
  const Id created = last_batch_;
  update({.access = access(kHanako, meta::Role::member)}, "company", id, R"({"employees":5})");

  EXPECT_EQ(reasons(engine_.undo(owner(), created)), std::vector<std::string>{"edited_since"});
  EXPECT_EQ(get("company", id).deleted_at, 0);
}

TEST_P(UndoTest, OwnerAndTeamComeBack) {
  const Id id = company("山田");
  const Id batch = update(
      "company", id,
      R"({"owner_id":")" + encode_id(kHanako) + R"(","team_id":")" + encode_id(kSales) + "\"}");

  EXPECT_EQ(engine_.undo(owner(), batch).undone, 1);

  EXPECT_EQ(get("company", id).owner, kOwner);
  EXPECT_EQ(get("company", id).team, 0);
}

TEST_P(UndoTest, IsForOnesOwnChangesUnlessOneAdministers) {
  const Caller hanako{.access = access(kHanako, meta::Role::member)};
  const Caller jiro{.access = access(kJiro, meta::Role::member)};
  create(hanako, "company", R"({"name":"花子の会社"})");
  const Id batch = last_batch_;

  EXPECT_EQ(refusal([&] { engine_.undo(jiro, batch); }), "undo_not_yours");
  EXPECT_EQ(engine_.undo(owner(), batch).undone, 1);
  EXPECT_EQ(engine_.undo(owner(), 12345).undone, 0);
}

TEST_P(UndoTest, TellsWhatCannotComeBack) {
  const Id id = create("company", R"({"name":"山田","code":"1"})");
  const Id emptied = update("company", id, R"({"code":null})");
  const Id removed = remove("company", id);
  create("company", R"({"name":"佐藤","code":"1"})");

  EXPECT_EQ(reasons(engine_.undo(owner(), emptied)), std::vector<std::string>{"in_trash"});
  EXPECT_EQ(engine_.undo(owner(), removed).undone, 1);
  EXPECT_EQ(reasons(engine_.undo(owner(), emptied)), std::vector<std::string>{"invalid"});
  EXPECT_EQ(get("company", id).get("code"), meta::kEmpty);
}

TEST_P(UndoTest, ARowWhoseRulesFailStaysAsItWas) {
  registry_.after_save("company", [](Change& change) {
    const bool undo = change.write.caller().source == Source::undo;
    if (undo && change.before != nullptr && change.before->integer("employees") == 3)
      throw AppError(Status::conflict, "in_trash");
  });
  std::vector<Id> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(create("company", R"({"name":"会社","employees":0})"));
  const Id batch = engine_.write(owner(), [&](Write& write) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      Draft draft;
      draft.values["employees"] = std::int64_t{i == 1 || i == 3 ? 3 : 2};
      write.update(object("company"), ids[i], std::move(draft));
    }
  });
  const std::int64_t logged = count("SELECT count(*) FROM history h WHERE {h}");

  const UndoResult result = engine_.undo(owner(), batch);

  EXPECT_EQ(result.undone, 3);
  EXPECT_EQ(result.seen, 5);
  EXPECT_EQ(reasons(result), (std::vector<std::string>{"in_trash", "in_trash"}));
  EXPECT_EQ(result.skipped.at(0).id, ids[3]);
  EXPECT_EQ(result.skipped.at(1).id, ids[1]);
  std::vector<std::int64_t> employees;
  for (const Id id : ids) employees.push_back(get("company", id).integer("employees"));
  EXPECT_EQ(employees, (std::vector<std::int64_t>{0, 3, 0, 3, 0}));
  EXPECT_EQ(get("company", ids[3]).version, 2);
  EXPECT_EQ(count("SELECT count(*) FROM history h WHERE {h}"), logged + 3);
  EXPECT_EQ(engine_.batch_size(result.batch, 10), 3);
  EXPECT_EQ(engine_.verify_history(), 0);
}

// --- many at once ---

class ThreadsTest : public EngineTest {};
INSTANTIATE_TEST_SUITE_P(Stores, ThreadsTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(ThreadsTest, ReadWriteAndNewFieldsGoSideBySide) {
  constexpr int kWriters = 4;
  constexpr int kWrites = 15;
  const Id shared = create("company", R"({"name":"共有","employees":0})");
  std::atomic<bool> done = false;
  std::atomic<int> events = 0;
  engine_.on_event([&](const Event&) { ++events; });
  std::vector<std::thread> threads;
  threads.reserve(kWriters + 3);
  for (int t = 0; t < kWriters; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kWrites; ++i) {
        company("会社");
        engine_.write(owner(), [&](Write& write) {
          Draft draft;
          draft.values["employees"] =
              write.load(object("company"), shared)->integer("employees") + 1;
          write.update(object("company"), shared, std::move(draft));
        });
      }
    });
  }
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] {
      while (!done) {
        list(owner(), "company", {.sort = {"-employees"}, .limit = 20});
        engine_.search(owner(), object("company"), "会社", 10);
        EXPECT_EQ(get("company", shared).text("name"), "共有");
      }
    });
  }
  // The catalog changes under them; they go on with the one they began with.
  for (int i = 0; i < 3; ++i) {
    engine_.write(owner(), [](Write& write) {
      add_own_field(write, parse_json(R"({"object":"company","kind":"text","label":"目印"})"));
    });
    engine_.load_catalog(test_objects());
  }
  for (int t = 0; t < kWriters; ++t) threads[static_cast<std::size_t>(t)].join();
  done = true;
  for (std::size_t t = kWriters; t < threads.size(); ++t) threads[t].join();

  EXPECT_EQ(get("company", shared).integer("employees"), kWriters * kWrites);
  EXPECT_EQ(events, 2 * kWriters * kWrites);
  EXPECT_EQ(engine_.search(owner(), object("company"), "会社", 100).size(),
            static_cast<std::size_t>(kWriters * kWrites));
  EXPECT_EQ(engine_.verify_history(), 0);
}

// --- history ---

class HistoryTest : public EngineTest {
 protected:
  HistoryTest() {
    id_ = create("company", R"({"name":"山田","employees":1,"secret":"内緒"})");
    update("company", id_, R"({"employees":2})");
    remove("company", id_);
    restore("company", id_);
  }
  void tamper(const std::string& sql) {
    store_->write([&](store::Transaction& tx) { tx.query(sql).run(); });
  }
  Json history(const Caller& caller, int limit = 10, const std::string& after = {}) {
    std::string out;
    engine_.history_json(caller, object("company"), id_, limit, after, out);
    return parse_json(out);
  }

  Id id_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Stores, HistoryTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(HistoryTest, ChainHolds) {
  EXPECT_EQ(count("SELECT count(*) FROM history h WHERE {h}"), 4);
  EXPECT_EQ(engine_.verify_history(), 0);
}

TEST_P(HistoryTest, ChainTellsEveryTampering) {
  // Each on its own store: what was done before would be found first.
  const std::string second =
      std::to_string(count("SELECT h.id FROM history h WHERE {h} AND h.action = 'update'"));
  const std::string one = " WHERE {history} AND id = " + second;
  store_->write([&](store::Transaction& tx) {
    for (const std::string& column : {std::string("actor_id"), std::string("record_id"),
                                      std::string("version"), std::string("object_id")}) {
      SCOPED_TRACE(column);
      tx.query("UPDATE history SET " + column + " = " + column + " + 1" + one).run();
    }
  });
  EXPECT_EQ(std::to_string(engine_.verify_history()), second);
  store_->write([&](store::Transaction& tx) {
    for (const std::string& column : {std::string("actor_id"), std::string("record_id"),
                                      std::string("version"), std::string("object_id")}) {
      tx.query("UPDATE history SET " + column + " = " + column + " - 1" + one).run();
    }
  });
  EXPECT_EQ(engine_.verify_history(), 0);
}

TEST_P(HistoryTest, ChangedValuesAreFound) {
  tamper(
      "UPDATE history SET changes = '{\"employees\":[1,20]}' WHERE {history} AND action = "
      "'update'");

  EXPECT_EQ(engine_.verify_history(),
            count("SELECT h.id FROM history h WHERE {h} AND h.action = 'update'"));
}

TEST_P(HistoryTest, ChangedActionsAreFound) {
  tamper("UPDATE history SET action = 'update' WHERE {history} AND action = 'delete'");

  EXPECT_NE(engine_.verify_history(), 0);
}

TEST_P(HistoryTest, RowsTakenOutAreFound) {
  tamper("DELETE FROM history WHERE {history} AND action = 'update'");

  EXPECT_NE(engine_.verify_history(), 0);
}

TEST_P(HistoryTest, RowsCutOffAtTheEndAreFound) {
  tamper("DELETE FROM history WHERE {history} AND action = 'restore'");

  EXPECT_NE(engine_.verify_history(), 0);
}

TEST_P(HistoryTest, AnEmptiedLogIsFound) {
  tamper("DELETE FROM history WHERE {history}");

  EXPECT_NE(engine_.verify_history(), 0);
}

TEST_P(HistoryTest, AHeadTakenAwayIsFound) {
  tamper("DELETE FROM history_head WHERE {history_head}");

  EXPECT_NE(engine_.verify_history(), 0);
}

TEST_P(HistoryTest, TellsOldAndNewValuesNewestFirst) {
  const Json answer = history(owner());
  const auto& items = answer.at("items").as_array();

  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(json_text(items[0], "action"), "restore");
  EXPECT_EQ(json_text(items[2], "action"), "update");
  const auto& changes = items[2].at("changes").as_array();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(json_text(changes[0], "field"), "employees");
  EXPECT_EQ(json_integer(changes[0], "old"), 1);
  EXPECT_EQ(json_integer(changes[0], "new"), 2);
  EXPECT_TRUE(answer.at("next").is_null());
}

TEST_P(HistoryTest, ComesInPages) {
  std::vector<std::string> actions;
  std::string after;
  for (int page = 0; page < 4; ++page) {
    const Json answer = history(owner(), 1, after);
    ASSERT_EQ(answer.at("items").as_array().size(), 1U);
    actions.push_back(json_text(answer.at("items").as_array()[0], "action"));
    after = json_text(answer, "next");
  }

  EXPECT_EQ(actions, (std::vector<std::string>{"restore", "delete", "update", "create"}));
  EXPECT_EQ(after, "");
}

TEST_P(HistoryTest, HidesWhatTheCallerMayNotRead) {
  const Caller member{.access = access(kHanako, meta::Role::member)};
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};

  const std::string shown = boost::json::serialize(history(member));

  EXPECT_EQ(shown.find("内緒"), std::string::npos);
  EXPECT_EQ(shown.find("secret"), std::string::npos);
  EXPECT_NE(boost::json::serialize(history(owner())).find("内緒"), std::string::npos);
  EXPECT_EQ(refusal([&] { history(own); }), "not_found");
}

TEST_P(HistoryTest, EventsResumeAfterWhatWasSeen) {
  const auto events = engine_.events_after(0, 10);
  ASSERT_EQ(events.size(), 4U);

  EXPECT_EQ(engine_.events_after(events[1].sequence, 10).size(), 2U);
  EXPECT_EQ(engine_.last_event(), events[3].sequence);
  EXPECT_TRUE(engine_.may_see(owner(), events[3]));
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};
  EXPECT_FALSE(engine_.may_see(own, events[3]));
}

}  // namespace
}  // namespace daifuku::records
