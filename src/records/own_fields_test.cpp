#include "records/own_fields.h"

#include "records/own_objects.h"
#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class OwnFieldsTest : public EngineTest {
 protected:
  std::string add(const std::string& body) {
    std::string key;
    engine_.write(owner(), [&](Write& write) { key = add_own_field(write, parse_json(body)); });
    load();
    return key;
  }
  void change(const std::string& key, const std::string& body) {
    engine_.write(owner(),
                  [&](Write& write) { change_field(write, "company", key, parse_json(body)); });
    load();
  }
  Id change_objects(const std::string& items) {
    const Id batch = engine_.write(
        owner(), [&](Write& write) { records::change_objects(write, parse_json(items)); });
    load();
    return batch;
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, OwnFieldsTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(OwnFieldsTest, AreFieldsLikeOthers) {
  const std::string mark = add(R"({"object":"company","kind":"text","label":{"ja":"目印"}})");
  const std::string points = add(R"({"object":"company","kind":"integer","label":"点数"})");
  const Id id =
      create("company", R"({"name":"山田",")" + mark + R"(":"青い旗",")" + points + R"(":"１２"})");
  company("佐藤");

  EXPECT_EQ(get("company", id).text(mark), "青い旗");
  EXPECT_EQ(get("company", id).integer(points), 12);
  EXPECT_EQ(names(R"({")" + points + R"(":{"gte":10}})"), std::vector<std::string>{"山田"});
  EXPECT_EQ(engine_.search(owner(), object("company"), "青い旗", 10), std::vector<Id>{id});
  EXPECT_EQ(object("company").field(mark)->label.en, "目印");
}

TEST_P(OwnFieldsTest, TakeSlotsOfTheirTypeAndObject) {
  const auto slot = [&](const std::string& object_key, const std::string& kind) {
    const std::string key =
        add(R"({"object":")" + object_key + R"(","kind":")" + kind + R"(","label":"項目"})");
    return object(object_key).field(key)->column;
  };

  EXPECT_EQ(slot("company", "text"), "x_text_1");
  EXPECT_EQ(slot("company", "date"), "x_text_2");
  EXPECT_EQ(slot("company", "money"), "x_int_1");
  EXPECT_EQ(slot("deal", "text"), "x_text_1");
  EXPECT_EQ(slot("company", "yes_no"), "x_int_2");
}

TEST_P(OwnFieldsTest, ChoicesGetKeysForLife) {
  const std::string key = add(R"({"object":"company","kind":"choice","label":"色",
    "options":[{"label":"赤"},{"label":"青","key":"blue"},{"label":""}]})");
  const Id id = create("company", R"({"name":"山田",")" + key + R"(":"o1"})");

  change(key, R"({"options":[{"key":"o1","label":"朱"},{"key":"blue","label":"青"}]})");

  EXPECT_EQ(get("company", id).text(key), "o1");
  ASSERT_EQ(object("company").field(key)->options.size(), 2U);
  EXPECT_EQ(object("company").field(key)->options[0].label.ja, "朱");
  EXPECT_EQ(names(R"({")" + key + R"(":{"eq":"o1"}})"), std::vector<std::string>{"山田"});
}

TEST_P(OwnFieldsTest, RefuseWhatCannotBe) {
  const auto refused = [&](const std::string& body) { return refusal([&] { add(body); }); };

  EXPECT_EQ(refused(R"({"object":"nonsense","kind":"text","label":"x"})"),
            "object: invalid_choice");
  EXPECT_EQ(refused(R"({"object":"company","kind":"address","label":"x"})"),
            "kind: invalid_choice");
  EXPECT_EQ(refused(R"({"object":"company","kind":"links","label":"x"})"), "kind: invalid_choice");
  EXPECT_EQ(refused(R"({"object":"company","kind":"text"})"), "label: required");
  EXPECT_EQ(refused(R"({"object":"company","kind":"choice","label":"x"})"), "own_field_wrong");
  EXPECT_EQ(refused(R"({"object":"company","kind":"text","label":"x","options":[{"label":"a"}]})"),
            "own_field_wrong");
  EXPECT_EQ(refused(R"({"object":"company","kind":"link","label":"x"})"), "own_field_wrong");
  EXPECT_EQ(count("SELECT count(*) FROM own_field f WHERE {f}"), 0);
}

TEST_P(OwnFieldsTest, ALinkPointsToAnObjectThatIs) {
  EXPECT_EQ(refusal([&] {
              add(R"({"object":"company","kind":"link","label":"x","target":"nonsense"})");
            }),
            "target: invalid_choice");
}

TEST_P(OwnFieldsTest, AreForAdministrators) {
  const Caller member{.access = access(kHanako, meta::Role::member)};

  const auto refused = [&](const std::function<void(Write&)>& work) {
    return refusal([&] { engine_.write(member, work); });
  };

  EXPECT_EQ(refused([](Write& write) {
              add_own_field(write, parse_json(R"({"object":"company","kind":"text","label":"x"})"));
            }),
            "forbidden");
  EXPECT_EQ(refused([](Write& write) {
              change_field(write, "company", "note", parse_json(R"({"label":"x"})"));
            }),
            "forbidden");
  EXPECT_EQ(refused([](Write& write) {
              records::change_objects(write, parse_json(R"([{"key":"deal","label":"x"}])"));
            }),
            "forbidden");
}

TEST_P(OwnFieldsTest, StandardFieldsTakeNewLabelsButStayRequired) {
  change("note", R"({"label":"覚え書き","required":true})");

  EXPECT_EQ(object("company").field("note")->label.ja, "覚え書き");
  EXPECT_EQ(refusal([&] { company("山田"); }), "note: required");
  EXPECT_EQ(refusal([&] { change("name", R"({"hidden":true})"); }),
            "hidden: required_field_hidden");
  EXPECT_EQ(refusal([&] { change("nonsense", R"({"label":"x"})"); }), "not_found");
  change("note", R"({"required":false})");
  EXPECT_EQ(object("company").field("note")->label.ja, "覚え書き");
  EXPECT_EQ(refusal([&] { company("山田"); }), "");
}

TEST_P(OwnFieldsTest, EveryChangeIsLoggedAndTakenBack) {
  const std::string key = add(R"({"object":"company","kind":"text","label":"目印"})");
  const Id id = create("company", R"({"name":"山田",")" + key + R"(":"青い旗"})");
  const Id renamed = engine_.write(owner(), [&](Write& write) {
    change_field(write, "company", key, parse_json(R"({"label":"旗"})"));
  });
  load();
  EXPECT_EQ(object("company").field(key)->label.ja, "旗");

  EXPECT_EQ(engine_.undo(owner(), renamed).undone, 1);
  load();

  EXPECT_EQ(object("company").field(key)->label.ja, "目印");
  EXPECT_EQ(get("company", id).text(key), "青い旗");
  EXPECT_EQ(engine_.undo(owner(), renamed).skipped.size(), 1U);
}

TEST_P(OwnFieldsTest, StandardChoicesTakeOtherWordsAndAreRetired) {
  change("rank", R"({"options":[{"key":"new_one","label":"特別","color":"red"},
                               {"key":"a","label":"最上","color":"pink","hidden":true}]})");

  const auto& options = object("company").field("rank")->options;
  ASSERT_EQ(options.size(), 3U);
  EXPECT_EQ(options[0].label.ja, "特別");
  EXPECT_EQ(options[1].key, "a");
  EXPECT_EQ(options[1].label.ja, "最上");
  EXPECT_EQ(options[1].color, "pink");
  EXPECT_TRUE(options[1].hidden);
  // What the product declares stays, named or not.
  EXPECT_EQ(options[2].key, "b");
  EXPECT_EQ(get("company", create("company", R"({"name":"山田","rank":"new_one"})")).text("rank"),
            "new_one");
}

TEST_P(OwnFieldsTest, ObjectsTakeTheWordsOfTheCompany) {
  const Id change = change_objects(
      R"([{"key":"deal","label":{"ja":"案件","en":"Case"},"plural_label":"案件","position":1}])");

  EXPECT_EQ(engine_.catalog()->objects().front().key, "deal");
  EXPECT_EQ(object("deal").label.ja, "案件");
  EXPECT_EQ(object("deal").label.en, "Case");

  EXPECT_EQ(engine_.undo(owner(), change).undone, 1);
  load();
  EXPECT_EQ(engine_.catalog()->objects().front().key, "company");
  EXPECT_EQ(object("deal").label.ja, test_objects().back().label.ja);
}

TEST_P(OwnFieldsTest, WhatIsNotUsedIsNotSeenAndComesBackWhole) {
  const Id of = company("山田");
  const Id deal = create("deal", R"({"name":"青い旗の件","company":")" + encode_id(of) + R"("})");
  const auto found = [&] {
    std::string out;
    engine_.search_json(owner(), "青い旗の件", {}, 10, out);
    return out.find(encode_id(deal)) != std::string::npos;
  };
  EXPECT_TRUE(found());

  change_objects(R"([{"key":"deal","hidden":true}])");
  EXPECT_FALSE(found());
  EXPECT_TRUE(object("deal").hidden);
  EXPECT_EQ(get("deal", deal).text("name"), "青い旗の件");

  change_objects(R"([{"key":"deal","hidden":null}])");
  EXPECT_TRUE(found());
}

TEST_P(OwnFieldsTest, WhatOthersNeedStaysInUse) {
  const auto refused = [&](const std::string& items) {
    return refusal([&] { change_objects(items); });
  };

  EXPECT_EQ(refused(R"([{"key":"company","hidden":true}])"), "hidden: object_needed");
  EXPECT_EQ(refused(R"([{"key":"deal","hidden":true},{"key":"company","hidden":true}])"),
            "hidden: object_needed");
  EXPECT_EQ(refused(R"([{"key":"deal","label":""}])"), "label: required");
  EXPECT_EQ(refused(R"([{"key":"deal","hidden":"yes"}])"), "hidden: invalid_choice");
  EXPECT_EQ(refused(R"([{"key":"nonsense","hidden":true}])"), "not_found");
  EXPECT_EQ(refused("null"), "items: required");
  EXPECT_EQ(count("SELECT count(*) FROM own_field f WHERE {f}"), 0);
}

TEST_P(OwnFieldsTest, AnOwnFieldKeepsItsLabel) {
  const std::string key = add(R"({"object":"company","kind":"text","label":"目印"})");

  EXPECT_EQ(refusal([&] { change(key, R"({"label":""})"); }), "label: required");

  EXPECT_EQ(object("company").field(key)->label.ja, "目印");
}

TEST_P(OwnFieldsTest, RequestsUnderWayKeepTheirCatalog) {
  const auth::Access& before = *owner_;
  const auto catalog = before.shared_catalog();
  add(R"({"object":"company","kind":"text","label":"目印"})");
  const Caller old{.access = before};

  std::string out;
  engine_.list_json(old, *catalog->object("company"), {}, out);

  EXPECT_NE(engine_.catalog()->version(), catalog->version());
  EXPECT_NE(out.find("items"), std::string::npos);
}

}  // namespace
}  // namespace daifuku::records
