#include "records/files.h"
#include "records/test_engine.h"
#include "records/write.h"

namespace daifuku::records {
namespace {

class MergeTest : public EngineTest {
 protected:
  Id merge(const Caller& caller, Id id, const std::vector<Id>& from,
           const std::string& values = "{}", std::int64_t version = 0) {
    const Draft chosen = engine_.parse(caller, object("company"), parse_json(values), false);
    return engine_.write(caller, [&](Write& write) {
      merged_ = write.merge(object("company"), id, from, chosen, version);
    });
  }
  Id merge(Id id, const std::vector<Id>& from, const std::string& values = "{}") {
    return merge(owner(), id, from, values);
  }
  Id deal(Id of, const std::string& name = "商談") {
    return create("deal", R"({"name":")" + name + R"(","held_on":"2026-03-01","company":")" +
                              encode_id(of) + "\"}");
  }
  Id child(const std::string& name, Id parent) {
    return create("company", R"({"name":")" + name + R"(","parent":")" + encode_id(parent) + "\"}");
  }
  UndoResult undo(Id batch) { return engine_.undo(owner(), batch); }

  Record merged_ = {};
};
INSTANTIATE_TEST_SUITE_P(Stores, MergeTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(MergeTest, FillsWhatIsEmptyAndJoinsLists) {
  const Id a = create("company", R"({"name":"山田製作所","employees":5,"tags":["甲","乙"]})");
  const Id b =
      create("company", R"({"name":"㈱山田製作所","employees":9,"rank":"a","tags":["乙","丙"]})");
  const Id c =
      create("company", R"({"name":"ヤマダ","rank":"b","note":"三","phone":"0312345678"})");

  merge(a, {b, c}, R"({"name":"株式会社山田製作所"})");

  EXPECT_EQ(merged_.id, a);
  EXPECT_EQ(merged_.text("name"), "株式会社山田製作所");
  EXPECT_EQ(merged_.integer("employees"), 5);
  EXPECT_EQ(merged_.text("tags"), "甲\n乙\n丙");
  EXPECT_EQ(merged_.text("rank"), "a");
  EXPECT_EQ(merged_.text("note"), "三");
  EXPECT_EQ(get("company", b).merged_into, a);
  EXPECT_EQ(engine_.current(object("company"), c), a);
  EXPECT_EQ(engine_.verify_history(), 0);
}

TEST_P(MergeTest, ChoosesToLeaveAFieldEmpty) {
  const Id a = company("甲");
  const Id b = create("company", R"({"name":"乙","note":"消す"})");

  merge(a, {b}, R"({"note":null})");

  EXPECT_TRUE(meta::is_empty(merged_.get("note")));
}

TEST_P(MergeTest, TakesAnAddressAsAWhole) {
  const Id a = create("company", R"({"name":"甲","prefecture":"東京都"})");
  const Id b = create("company", R"({"name":"乙","prefecture":"大阪府","city":"大阪市"})");
  const Id c = create("company", R"({"name":"丙","prefecture":"東京都","city":"港区"})");

  merge(a, {b, c});

  EXPECT_EQ(merged_.text("city"), "港区");
}

TEST_P(MergeTest, MovesWhatLinksToItAndBack) {
  const Id a = company("甲");
  const Id b = company("乙");
  const Id d = deal(b);
  const Id sub = child("子会社", b);
  const Id partner = create("company", R"({"name":"提携","partners":[")" + encode_id(a) + R"(",")" +
                                           encode_id(b) + R"("]})");

  const Id batch = merge(a, {b});

  EXPECT_EQ(get("deal", d).integer("company"), a);
  EXPECT_EQ(get("company", sub).integer("parent"), a);
  EXPECT_EQ(get("company", partner).lists.at("partners"), std::vector<Id>{a});
  EXPECT_EQ(
      count("SELECT count(*) FROM timeline l WHERE {l} AND l.customer_id = " + std::to_string(a)),
      1);

  const UndoResult undone = undo(batch);

  EXPECT_TRUE(undone.skipped.empty());
  EXPECT_EQ(get("deal", d).integer("company"), b);
  EXPECT_EQ(get("company", sub).integer("parent"), b);
  EXPECT_EQ(get("company", partner).lists.at("partners"), (std::vector<Id>{a, b}));
  EXPECT_EQ(get("company", b).deleted_at, 0);
  EXPECT_EQ(get("company", b).merged_into, 0);

  // And once more: the undo is a change like any other.
  EXPECT_TRUE(undo(undone.batch).skipped.empty());
  EXPECT_EQ(get("deal", d).integer("company"), a);
  EXPECT_EQ(get("company", b).merged_into, a);
  EXPECT_EQ(engine_.verify_history(), 0);
}

TEST_P(MergeTest, NeverLinksToItself) {
  const Id top = company("親");
  const Id a = company("甲");
  const Id b = create("company", R"({"name":"乙","parent":")" + encode_id(top) +
                                     R"(","partners":[")" + encode_id(a) + "\"]}");
  update("company", a,
         R"({"parent":")" + encode_id(b) + R"(","partners":[")" + encode_id(b) + R"(",")" +
             encode_id(top) + "\"]}");

  const Id batch = merge(a, {b});

  EXPECT_EQ(merged_.integer("parent"), top);
  EXPECT_EQ(merged_.lists.at("partners"), std::vector<Id>{top});

  undo(batch);
  EXPECT_EQ(get("company", a).integer("parent"), b);
  EXPECT_EQ(get("company", b).integer("parent"), top);
}

TEST_P(MergeTest, RefusesToBecomeItsOwnAncestor) {
  const Id grandparent = company("祖父");
  const Id parent = child("父", grandparent);
  const Id a = child("子", parent);

  EXPECT_EQ(refusal([&] { merge(a, {grandparent}); }), "parent: merge_circle");
  EXPECT_EQ(get("company", parent).integer("parent"), grandparent);

  merge(a, {grandparent}, R"({"parent":null})");
  EXPECT_EQ(get("company", parent).integer("parent"), a);
}

TEST_P(MergeTest, DoesNotTakeAParentFromBelow) {
  const Id a = company("祖父");
  const Id parent = child("父", a);
  const Id b = child("子", parent);

  merge(a, {b});

  EXPECT_EQ(merged_.integer("parent"), 0);
}

TEST_P(MergeTest, RefusesWhatMakesNoSense) {
  const Id a = company("甲");
  const Id b = company("乙");
  const Id gone = company("丙");
  remove("company", gone);
  const std::int64_t log = count("SELECT count(*) FROM history h WHERE {h}");

  EXPECT_EQ(refusal([&] { merge(a, {}); }), "from: required");
  EXPECT_EQ(refusal([&] { merge(a, {a}); }), "from: merge_same");
  EXPECT_EQ(refusal([&] { merge(a, {b, b}); }), "from: merge_same");
  EXPECT_EQ(refusal([&] { merge(a, {gone}); }), "in_trash");
  EXPECT_EQ(refusal([&] { merge(gone, {a}); }), "in_trash");
  EXPECT_EQ(refusal([&] { merge(a, {12345}); }), "not_found");
  EXPECT_EQ(count("SELECT count(*) FROM history h WHERE {h}"), log);
  const Id d = deal(a);
  EXPECT_EQ(refusal([&] { merge(a, {d}); }), "from: merge_other_object");
  merge(a, {b});
  EXPECT_EQ(refusal([&] { merge(gone, {b}); }), "in_trash");
  EXPECT_EQ(refusal([&] { merge(company("丁"), {b}); }), "merged_already");
  EXPECT_EQ(refusal([&] { restore("company", b); }), "merged_restore");
}

TEST_P(MergeTest, FollowsSeveralMerges) {
  const Id a = company("甲");
  const Id b = company("乙");
  const Id c = company("丙");
  const Id d = deal(a);
  const Id first = merge(b, {a});
  const Id second = merge(c, {b});

  EXPECT_EQ(engine_.current(object("company"), a), c);
  update("company", a, R"({"employees":7})");
  EXPECT_EQ(get("company", c).integer("employees"), 7);
  EXPECT_EQ(get("deal", deal(a)).integer("company"), c);  // A new link by the old id.
  const std::string filter = R"({"company":{"eq":")" + encode_id(a) + R"("}})";
  EXPECT_EQ(list(owner(), "deal", {.filter = parse_json(filter)}).at("items").as_array().size(),
            2U);

  // The newer one first.
  const UndoResult refused = undo(first);
  ASSERT_FALSE(refused.skipped.empty());
  EXPECT_EQ(get("company", a).merged_into, b);
  EXPECT_EQ(get("deal", d).integer("company"), c);
  undo(second);
  EXPECT_EQ(get("deal", d).integer("company"), b);
  undo(first);
  EXPECT_EQ(get("deal", d).integer("company"), a);
}

TEST_P(MergeTest, UndoKeepsLaterWork) {
  const Id a = company("甲");
  const Id b = create("company", R"({"name":"乙","note":"乙の","phone":"0312345678"})");
  const Id other = company("丙");
  const Id moved = deal(b, "移った");
  const Id handed = deal(b, "渡した");
  const Id batch = merge(a, {b});
  update("company", a, R"({"note":"直した"})");
  update("deal", handed, R"({"company":")" + encode_id(other) + "\"}");
  const Id added = deal(a, "後から");

  const UndoResult undone = undo(batch);

  ASSERT_EQ(undone.skipped.size(), 2U);
  EXPECT_EQ(undone.skipped[0].reason, "edited_since");
  EXPECT_EQ(get("company", a).text("note"), "直した");
  EXPECT_TRUE(meta::is_empty(get("company", a).get("phone")));
  EXPECT_EQ(get("company", b).text("note"), "乙の");
  EXPECT_EQ(get("deal", moved).integer("company"), b);
  EXPECT_EQ(get("deal", handed).integer("company"), other);
  EXPECT_EQ(get("deal", added).integer("company"), a);
}

TEST_P(MergeTest, AUniqueValueGoesOverAndBack) {
  const Id a = company("甲");
  const Id b = create("company", R"({"name":"乙","code":"K-1"})");

  const Id batch = merge(a, {b});

  EXPECT_EQ(merged_.text("code"), "K-1");
  EXPECT_TRUE(undo(batch).skipped.empty());
  EXPECT_TRUE(meta::is_empty(get("company", a).get("code")));
  EXPECT_EQ(get("company", b).text("code"), "K-1");
}

TEST_P(MergeTest, WhatLiesInTheTrashFollowsWhenItComesBack) {
  const Id a = company("甲");
  const Id b = company("乙");
  const Id d = deal(b);
  remove("deal", d);
  merge(a, {b});
  EXPECT_EQ(get("deal", d).integer("company"), b);

  restore("deal", d);

  EXPECT_EQ(get("deal", d).integer("company"), a);
  EXPECT_EQ(list(owner(), "company", {.deleted = true}).at("items").as_array().size(), 0U);
}

TEST_P(MergeTest, FilesGoAlong) {
  Files files{engine_, (store_.folder() / "files").string(), std::string(32, '\x11')};
  const Id a = company("甲");
  const Id b = company("乙");
  const Id file = files.add(owner(), object("company"), b, "契約.txt", "x", ids_.next()).id;

  const Id batch = merge(a, {b});

  ASSERT_EQ(files.list(owner(), object("company"), a).size(), 1U);
  EXPECT_EQ(files.list(owner(), object("company"), a)[0].id, file);
  const UndoResult undone = undo(batch);
  EXPECT_EQ(files.list(owner(), object("company"), b).size(), 1U);
  undo(undone.batch);
  EXPECT_EQ(files.list(owner(), object("company"), a).size(), 1U);
}

TEST_P(MergeTest, NeedsTheRightToBoth) {
  const auto rights = [](std::string_view change, std::string_view remove) {
    return R"({"objects":{"company":{"read":"all","create":true,"update":")" + std::string(change) +
           R"(","delete":")" + std::string(remove) + R"("}}})";
  };
  const Id a = company("甲");
  const Id b = company("乙");
  const auto as = [&](const std::string& settings) {
    return Caller{.access = access(kHanako, meta::Role::member, settings)};
  };

  EXPECT_EQ(refusal([&] { merge(as(rights("own", "all")), a, {b}); }), "forbidden");
  EXPECT_EQ(refusal([&] { merge(as(rights("all", "own")), a, {b}); }), "forbidden");
  const Caller half = as(rights("own", "all"));
  const Id own = create(half, "company", R"({"name":"自分の"})");
  EXPECT_EQ(refusal([&] { merge(half, own, {b}); }), "forbidden");
  const Caller blind =
      as(R"({"objects":{"company":{"read":"own","update":"own","delete":"own"}}})");
  const Id mine = create(blind, "company", R"({"name":"私の"})");
  EXPECT_EQ(refusal([&] { merge(blind, mine, {b}); }), "not_found");
  EXPECT_EQ(refusal([&] { merge(blind, a, {mine}); }), "not_found");
  EXPECT_EQ(get("company", b).deleted_at, 0);
  merge(as(rights("all", "all")), a, {b});
}

TEST_P(MergeTest, CarriesWhatTheCallerMayNotSee) {
  // A hidden field, and a deal that is hidden: both go along, and come back.
  const Caller member{
      .access = access(kHanako, meta::Role::member,
                       R"({"objects":{"company":{"read":"all","update":"all","delete":"all"},
                                        "deal":{"read":"own","update":"own","delete":"own"}}})")};
  const Id a = company("甲");
  const Id b = create("company", R"({"name":"乙","secret":"秘密"})");
  const Id d = deal(b);
  update("deal", d, R"({"company":null})");
  update("deal", d, R"({"company":")" + encode_id(b) + "\"}");

  const Id batch = merge(member, a, {b});

  EXPECT_EQ(get("company", a).text("secret"), "秘密");
  EXPECT_EQ(get("deal", d).integer("company"), a);
  std::string seen;
  engine_.get_json(member, object("company"), a, seen);
  engine_.history_json(member, object("company"), a, 50, {}, seen);
  EXPECT_EQ(seen.find("秘密"), std::string::npos);

  const UndoResult undone = engine_.undo(member, batch);
  EXPECT_TRUE(undone.skipped.empty());
  EXPECT_TRUE(meta::is_empty(get("company", a).get("secret")));
  EXPECT_EQ(get("deal", d).integer("company"), b);
}

TEST_P(MergeTest, StandsInBothHistories) {
  const Id a = company("甲");
  const Id b = company("乙");
  const Id batch = merge(a, {b});
  std::string text;
  engine_.history_json(owner(), object("company"), a, 1, {}, text);

  const Json row = parse_json(text).at("items").as_array()[0];
  EXPECT_EQ(json_text(row, "action"), "merge");
  const Json change = row.at("changes").as_array()[0];
  EXPECT_EQ(json_text(change, "field"), "merged_from");
  EXPECT_EQ(json_text(change.at("new").as_array()[0], "title"), "乙");

  undo(batch);
  text.clear();
  engine_.history_json(owner(), object("company"), b, 2, {}, text);
  const Json rows = parse_json(text).at("items");
  EXPECT_EQ(json_text(rows.as_array()[0], "action"), "restore");
  EXPECT_EQ(json_text(rows.as_array()[1], "action"), "merge");
}

TEST_P(MergeTest, TellsOfFieldsThatOthersChangedMeanwhile) {
  const Id a = company("甲");
  const Id b = company("乙");
  update("company", a, R"({"note":"他の人の"})");

  EXPECT_EQ(refusal([&] { merge(owner(), a, {b}, R"({"note":"私の"})", 1); }), "conflict");
  EXPECT_EQ(refusal([&] { merge(owner(), a, {b}, "{}", 9); }), "version: version_unknown");
  merge(owner(), a, {b}, R"({"employees":3})", 1);
  EXPECT_EQ(merged_.text("note"), "他の人の");
}

}  // namespace
}  // namespace daifuku::records
