#include "records/tidy.h"

#include "auth/accounts.h"
#include "records/test_engine.h"
#include "records/tidy_choices.h"
#include "records/tidy_mend.h"

namespace daifuku::records {
namespace {

class TidyTest : public EngineTest {
 protected:
  TidyTest() {
    store_->migrate([&](store::Transaction& tx) { store::sync_schema(tx, auth::tables()); });
  }

  TidyAsk ask(const Caller& caller) {
    return {.engine = engine_,
            .accounts = accounts_,
            .caller = caller,
            .object = *caller.access.catalog().object("company")};
  }
  Json items(const TidyAsk& asked, std::string_view check, int limit = 50,
             std::string_view after = {}) {
    std::string out;
    tidy_items_json(asked, check, limit, after, out);
    return parse_json(out);
  }
  std::vector<std::string> titles(const TidyAsk& asked, std::string_view check = "stale",
                                  int limit = 50) {
    std::vector<std::string> out;
    std::string after;
    do {
      const Json page = items(asked, check, limit, after);
      for (const Json& item : page.at("items").as_array())
        out.push_back(json_text(item.at("record"), "title"));
      after = json_text(page, "next");
    } while (!after.empty());
    return out;
  }
  std::int64_t count(const TidyAsk& asked, std::string_view check = "stale") {
    std::string out;
    tidy_json(asked, out);
    const Json overview = parse_json(out);
    for (const Json& item : overview.at("checks").as_array()) {
      if (json_text(item, "key") == check) return json_integer(item, "count");
    }
    return -1;
  }
  Json mend(const TidyAsk& asked, std::string_view check, const std::string& body) {
    std::string out;
    tidy_mend_json(asked, check, parse_json(body), out);
    return parse_json(out);
  }
  Id ranked(const Caller& caller, const std::string& name) {
    return create(caller, "company", R"({"name":")" + name + R"(","rank":"b"})");
  }

  static constexpr Millis kDay = 86'400'000;
  auth::Accounts accounts_{*store_, clock_, ids_, [this] { return engine_.catalog(); }};
};

using Titles = std::vector<std::string>;

TEST_P(TidyTest, StaleAfterTheDaysOfTheStage) {
  ranked(owner(), "古い商店");
  create("company", R"({"name":"段階なし商店","rank":"a"})");
  clock_.advance(89 * kDay);
  const Caller caller = owner();
  EXPECT_EQ(titles(ask(caller)), Titles());
  ranked(owner(), "新しい商店");
  clock_.advance(2 * kDay);
  EXPECT_EQ(titles(ask(caller)), Titles{"古い商店"});
  EXPECT_EQ(count(ask(caller)), 1);
  TidyAsk sooner = ask(caller);
  sooner.days = 1;
  EXPECT_EQ(titles(sooner, "stale", 1), (Titles{"古い商店", "新しい商店"}));
  sooner.stage = "a";
  EXPECT_EQ(titles(sooner), Titles());  // It is never stale.
}

TEST_P(TidyTest, CountsAndMendsOnlyWhatTheCallerSees) {
  const auth::Access& rights =
      access(kHanako, meta::Role::member,
             R"({"objects":{"*":{"read":"own","create":true,"update":"own","delete":"own"}}})");
  const Caller hanako{.access = rights};
  const Id hidden = ranked(owner(), "よその商店");
  ranked(hanako, "花子の商店");
  clock_.advance(100 * kDay);
  const Caller caller = owner();
  EXPECT_EQ(count(ask(caller)), 2);
  EXPECT_EQ(count(ask(hanako)), 1);
  EXPECT_EQ(titles(ask(hanako)), Titles{"花子の商店"});
  const Json done = mend(ask(hanako), "stale",
                         R"({"mend":"stage","value":"a","ids":[")" + encode_id(hidden) + R"("]})");
  EXPECT_EQ(json_integer(done, "done"), 0);
  EXPECT_EQ(json_text(done.at("skipped").at(0), "title"), "");
  EXPECT_EQ(json_integer(mend(ask(hanako), "stale", R"({"mend":"stage","value":"a","all":true})"),
                         "done"),
            1);
  EXPECT_EQ(get("company", hidden).text("rank"), "b");
}

TEST_P(TidyTest, OneChangeThatIsUndone) {
  for (const char* name : {"一番商店", "二番商店", "三番商店"}) ranked(owner(), name);
  clock_.advance(100 * kDay);
  const Caller caller = owner();
  const Json done = mend(ask(caller), "stale", R"({"mend":"trash","all":true})");
  EXPECT_EQ(json_integer(done, "done"), 3);
  EXPECT_TRUE(done.at("next").is_null());
  EXPECT_EQ(titles(ask(caller)), Titles());
  const auto undone = engine_.undo(owner(), *decode_id(json_text(done, "change")));
  EXPECT_EQ(undone.undone, 3);
  EXPECT_EQ(names("{}").size(), 3U);
}

TEST_P(TidyTest, DaysOfTheCompanyWithTheWayBack) {
  ranked(owner(), "商店");
  clock_.advance(20 * kDay);
  const Caller caller = owner();
  const Id change = save_stale_days(engine_, caller, object("company"), parse_json(R"({"b":10})"));
  EXPECT_EQ(titles(ask(caller)), Titles{"商店"});
  EXPECT_EQ(engine_.undo(caller, change).undone, 1);
  EXPECT_EQ(titles(ask(caller)), Titles());
  EXPECT_EQ(engine_.undo(caller, change).undone, 0);
  EXPECT_EQ(refusal([&] {
              save_stale_days(engine_, caller, object("company"), parse_json(R"({"b":-1})"));
            }),
            "stale_days.b: tidy_days_range");
  EXPECT_EQ(engine_.verify_history(), 0);
}

TEST_P(TidyTest, ImpossibleValuesAreFoundFromTheNewestOn) {
  for (int i = 0; i < 5; ++i)
    create("company", R"({"name":"商店)" + std::to_string(i) + R"(","phone":"1234-5678"})");
  create("company", R"({"name":"正しい商店","phone":"03-1234-5678"})");
  const Caller caller = owner();
  EXPECT_EQ(titles(ask(caller), "impossible", 2),
            (Titles{"商店4", "商店3", "商店2", "商店1", "商店0"}));
  EXPECT_EQ(count(ask(caller), "impossible"), 5);
  EXPECT_EQ(json_integer(mend(ask(caller), "impossible", R"({"mend":"clear","all":true})"), "done"),
            5);
  EXPECT_EQ(count(ask(caller), "impossible"), 0);
}

TEST_P(TidyTest, ACursorThatIsNoneIsRefused) {
  const Caller caller = owner();
  for (const char* cursor : {"x", "0.", "0.1", "0.1.!", "-1", "0.-1.0000000000001"})
    EXPECT_EQ(refusal([&] { items(ask(caller), "stale", 50, cursor); }), "after: invalid_id")
        << cursor;
}

INSTANTIATE_TEST_SUITE_P(Stores, TidyTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(TidyTest, SpellingsAreLookedForAsLongAsTheBudgetLasts) {
  ranked(owner(), "商店");
  const Caller caller = owner();
  EXPECT_FALSE(choice_groups(ask(caller), TidyBudget(std::chrono::seconds(60))).more);
  EXPECT_TRUE(choice_groups(ask(caller), TidyBudget(std::chrono::milliseconds(0))).more);
}

TEST_P(TidyTest, WhatSomebodyTookUpIsNotThrownAway) {
  const Id id = ranked(owner(), "古い商店");
  const Caller caller = owner();
  const TidyAsk asked = ask(caller);
  const TidyMend mend(asked, "stale", parse_json(R"({"mend":"trash"})"));
  const TidyFinding found{.record = get("company", id)};
  update("company", id, R"({"employees":3})");

  EXPECT_EQ(refusal([&] {
              engine_.write(caller,
                            [&](Write& write) { mend.apply(write, found, mend.plan(found)); });
            }),
            "tidy_no_longer");
  EXPECT_EQ(get("company", id).deleted_at, 0);
}

}  // namespace
}  // namespace daifuku::records
