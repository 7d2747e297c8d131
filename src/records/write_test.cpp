#include "records/write.h"

#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class WriteTest : public EngineTest {
 protected:
  // The answer to two editors who changed the same: what the second one is told.
  Json conflict(Id id, const std::string& body, std::int64_t version) {
    try {
      update("company", id, body, version);
    } catch (const AppError& error) {
      EXPECT_EQ(error.status(), Status::conflict);
      return parse_json(error.extra_json());
    }
    ADD_FAILURE() << "no conflict";
    return {};
  }
  std::vector<std::string> fields(const Json& conflict) {
    std::vector<std::string> out;
    for (const Json& item : conflict.at("conflicts").as_array())
      out.push_back(json_text(item, "field"));
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, WriteTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

// --- create ---

TEST_P(WriteTest, KeepsWhatWasWritten) {
  const Id other = company("取引先");
  const Id id = create("company", R"({"name":" ㈱山田製作所 ","employees":"１２０名","rank":"a",
    "founded_on":"令和元年5月1日","tags":["重要","重要","東京"],"active":true,
    "partners":[")" + encode_id(other) +
                                      R"("],"phone":"０３－１２３４－５６７８"})");

  const Record record = get("company", id);

  EXPECT_EQ(record.version, 1);
  EXPECT_EQ(record.owner, kOwner);
  EXPECT_EQ(record.created_at, clock_.now());
  EXPECT_EQ(record.text("name"), "㈱山田製作所");
  EXPECT_EQ(record.text("tags"), "重要\n東京");
  EXPECT_EQ(record.text("phone"), "03-1234-5678");
  EXPECT_EQ(record.lists.at("partners"), std::vector<Id>{other});
}

TEST_P(WriteTest, RefusesWithAllProblems) {
  std::vector<std::string> problems;
  try {
    create("company", R"({"employees":"many","rank":"z","nonsense":1,"phone":"x"})");
  } catch (const AppError& error) {
    for (const Problem& problem : error.problems()) problems.push_back(problem.field);
  }
  std::ranges::sort(problems);

  EXPECT_EQ(problems, (std::vector<std::string>{"employees", "nonsense", "phone", "rank"}));
  EXPECT_EQ(refusal([&] { create("company", R"({"employees":1})"); }), "name: required");
  EXPECT_EQ(count("SELECT count(*) FROM history h WHERE {h}"), 0);
}

TEST_P(WriteTest, RefusedWorkLeavesNothingBehind) {
  EXPECT_EQ(refusal([&] {
              engine_.write(owner(), [&](Write& write) {
                Draft good;
                good.values["name"] = std::string("一社目");
                write.create(object("company"), good);
                write.create(object("company"), {});
              });
            }),
            "name: required");

  EXPECT_TRUE(engine_.list_ids(owner(), object("company"), {}, 10).empty());
  EXPECT_EQ(engine_.verify_history(), 0);
  EXPECT_TRUE(engine_.search(owner(), object("company"), "一社目", 10).empty());
}

TEST_P(WriteTest, UniqueValuesStayUnique) {
  const Id first = create("company", R"({"name":"一","code":"Ａ－１"})");

  // In any spelling, since people call it the same.
  EXPECT_EQ(refusal([&] { create("company", R"({"name":"二","code":"a1"})"); }), "code: duplicate");
  EXPECT_EQ(refusal([&] { update("company", first, R"({"code":"A-1"})"); }), "");
  remove("company", first);
  const Id second = create("company", R"({"name":"二","code":"A1"})");
  EXPECT_EQ(refusal([&] { restore("company", first); }), "code: duplicate");
  update("company", second, R"({"code":null})");
  EXPECT_EQ(refusal([&] { restore("company", first); }), "");
}

TEST_P(WriteTest, LinksPointToWhatTheCallerMaySee) {
  const Id theirs =
      create("company", R"({"name":"他人の会社","owner_id":")" + encode_id(kJiro) + "\"}");
  const Id gone = company("消えた会社");
  remove("company", gone);
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};
  const auto parent = [](Id id) { return R"({"name":"子","parent":")" + encode_id(id) + "\"}"; };
  const auto partners = [](Id id) {
    return R"({"name":"子","partners":[")" + encode_id(id) + "\"]}";
  };

  EXPECT_EQ(refusal([&] { create(own, "company", parent(theirs)); }), "parent: link_not_found");
  EXPECT_EQ(refusal([&] { create(own, "company", partners(theirs)); }), "partners: link_not_found");
  EXPECT_EQ(refusal([&] { create("company", parent(gone)); }), "parent: link_not_found");
  EXPECT_EQ(refusal([&] { create("company", parent(12345)); }), "parent: link_not_found");
  const Id child = create("company", parent(theirs));
  EXPECT_EQ(refusal([&] { update("company", child, R"({"parent":")" + encode_id(child) + "\"}"); }),
            "parent: link_to_itself");
  // A link that was there before its target went does not stop an edit of something else.
  remove("company", theirs);
  EXPECT_EQ(refusal([&] { update("company", child, R"({"employees":1})"); }), "");
}

TEST_P(WriteTest, RightsDecideWhoWrites) {
  const Id id = company("山田");
  const Caller viewer{.access = access(kHanako, meta::Role::viewer)};
  const Caller member{.access = access(kHanako, meta::Role::member)};
  const Caller own{.access = access(kHanako, meta::Role::member,
                                    R"({"objects":{"company":{"update":"own","delete":"own"}}})")};
  const Caller blind{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};
  const auto remove_as = [&](const Caller& caller) {
    return refusal(
        [&] { engine_.write(caller, [&](Write& write) { write.remove(object("company"), id); }); });
  };

  EXPECT_EQ(refusal([&] { create(viewer, "company", R"({"name":"x"})"); }), "forbidden");
  EXPECT_EQ(refusal([&] { update(viewer, "company", id, R"({"employees":1})"); }), "forbidden");
  EXPECT_EQ(refusal([&] { update(own, "company", id, R"({"employees":1})"); }), "forbidden");
  // Hidden is absent.
  EXPECT_EQ(refusal([&] { update(blind, "company", id, R"({"employees":1})"); }), "not_found");
  EXPECT_EQ(remove_as(blind), "not_found");
  EXPECT_EQ(remove_as(member), "forbidden");
  EXPECT_EQ(refusal([&] { update(member, "company", id, R"({"employees":1})"); }), "");
  // A field that is hidden from the member does not exist for him.
  EXPECT_EQ(refusal([&] { update(member, "company", id, R"({"secret":"x"})"); }),
            "secret: field_unknown");
  EXPECT_EQ(get("company", id).version, 2);
}

// --- two editors ---

TEST_P(WriteTest, DifferentFieldsMerge) {
  const Id id = create("company", R"({"name":"山田","employees":1,"rank":"a"})");
  update("company", id, R"({"employees":2})", 1);

  update("company", id, R"({"rank":"b"})", 1);

  const Record record = get("company", id);
  EXPECT_EQ(record.integer("employees"), 2);
  EXPECT_EQ(record.text("rank"), "b");
  EXPECT_EQ(record.version, 3);
}

TEST_P(WriteTest, TheSameFieldIsAConflictWithBothValues) {
  const Id id = create("company", R"({"name":"山田","employees":1,"rank":"a"})");
  update({.access = access(kHanako, meta::Role::member)}, "company", id, R"({"employees":2})", 1);

  const Json told = conflict(id, R"({"employees":3,"rank":"b"})", 1);

  ASSERT_EQ(fields(told), std::vector<std::string>{"employees"});
  const Json& one = told.at("conflicts").as_array()[0];
  EXPECT_EQ(json_integer(one, "yours"), 3);
  EXPECT_EQ(json_integer(one, "theirs"), 2);
  EXPECT_EQ(json_text(one.at("by"), "title"), "花子");
  EXPECT_EQ(json_integer(told.at("current"), "version"), 2);
  EXPECT_EQ(get("company", id).text("rank"), "a");
  // The same change by both is none.
  EXPECT_EQ(refusal([&] { update("company", id, R"({"employees":2,"rank":"b"})", 1); }), "");
  EXPECT_EQ(get("company", id).text("rank"), "b");
}

TEST_P(WriteTest, TheSameListIsAConflictToo) {
  const Id one = company("一");
  const Id two = company("二");
  const Id id = company("山田");
  const auto partner = [](Id other) { return R"({"partners":[")" + encode_id(other) + "\"]}"; };
  update("company", id, partner(one), 1);

  const Json told = conflict(id, partner(two), 1);

  EXPECT_EQ(fields(told), std::vector<std::string>{"partners"});
  const Json& first = told.at("conflicts").as_array()[0];
  EXPECT_EQ(json_text(first.at("yours").as_array()[0], "title"), "二");
  EXPECT_EQ(json_text(first.at("theirs").as_array()[0], "title"), "一");
  EXPECT_EQ(get("company", id).lists.at("partners"), std::vector<Id>{one});
}

TEST_P(WriteTest, AVersionThatNeverWasIsRefused) {
  const Id id = company("山田");

  EXPECT_EQ(refusal([&] { update("company", id, R"({"employees":2})", 9); }),
            "version: version_unknown");
}

TEST_P(WriteTest, SavingNothingMakesNoVersion) {
  const Id id = create("company", R"({"name":"山田","employees":1})");

  update("company", id, R"({"employees":1,"name":"山田"})");

  EXPECT_EQ(get("company", id).version, 1);
  EXPECT_EQ(count("SELECT count(*) FROM history h WHERE {h}"), 1);
}

TEST_P(WriteTest, EmptiesAFieldButNotARequiredOne) {
  const Id id = create("company", R"({"name":"山田","employees":1})");

  update("company", id, R"({"employees":null})");

  EXPECT_EQ(get("company", id).get("employees"), meta::kEmpty);
  EXPECT_EQ(refusal([&] { update("company", id, R"({"name":""})"); }), "name: required");
}

// --- trash ---

TEST_P(WriteTest, TrashHidesAndRestoreBringsBack) {
  const Id id = create("company", R"({"name":"山田製作所","tags":["重要"]})");

  remove("company", id);

  EXPECT_TRUE(engine_.search(owner(), object("company"), "山田", 10).empty());
  EXPECT_TRUE(engine_.tags(owner(), object("company"), "tags", "", 10).empty());
  EXPECT_NE(get("company", id).deleted_at, 0);
  EXPECT_EQ(refusal([&] { update("company", id, R"({"employees":1})"); }), "in_trash");
  remove("company", id);  // Twice is once.
  EXPECT_EQ(get("company", id).version, 2);
  restore("company", id);
  EXPECT_EQ(engine_.search(owner(), object("company"), "山田", 10), std::vector<Id>{id});
  EXPECT_EQ(engine_.tags(owner(), object("company"), "tags", "", 10),
            std::vector<std::string>{"重要"});
  EXPECT_EQ(get("company", id).deleted_at, 0);
  EXPECT_EQ(get("company", id).version, 3);
}

// --- a customer's records ---

TEST_P(WriteTest, DealsFollowTheOwnerOfTheirCustomer) {
  const Id id = create("company", R"({"name":"山田","owner_id":")" + encode_id(kHanako) + "\"}");
  const Id deal = create("deal", R"({"name":"見積","company":")" + encode_id(id) + "\"}");
  const Caller hanako{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"deal":{"read":"own"}}})")};
  const Caller jiro{
      .access = access(kJiro, meta::Role::member, R"({"objects":{"deal":{"read":"own"}}})")};
  const auto sees = [&](const Caller& caller) {
    return engine_.get(caller, object("deal"), deal).has_value() &&
           engine_.search(caller, object("deal"), "見積", 10) == std::vector<Id>{deal};
  };
  EXPECT_TRUE(sees(hanako));
  EXPECT_FALSE(sees(jiro));

  update("company", id, R"({"owner_id":")" + encode_id(kJiro) + "\"}");

  EXPECT_FALSE(sees(hanako));
  EXPECT_TRUE(sees(jiro));
}

TEST_P(WriteTest, TimelineFollowsTheRecord) {
  const Id first = company("一社目");
  const Id second = company("二社目");
  const auto timeline = [&](Id id) {
    std::string out;
    engine_.timeline_json(owner(), object("company"), id, 10, {}, {}, out);
    std::vector<std::string> lines;
    const Json answer = parse_json(out);
    for (const Json& item : answer.at("items").as_array())
      lines.push_back(json_text(item, "at") + " " + json_text(item, "summary"));
    return lines;
  };
  const Id deal = create("deal", R"({"name":"見積","amount":1500,"held_on":"2026-03-01",
    "company":")" + encode_id(first) +
                                     "\"}");
  EXPECT_EQ(timeline(first), std::vector<std::string>{"2026-03-01 見積 / 1,500円"});

  update("deal", deal, R"({"held_on":"2026-03-02","company":")" + encode_id(second) + "\"}");
  EXPECT_TRUE(timeline(first).empty());
  EXPECT_EQ(timeline(second), std::vector<std::string>{"2026-03-02 見積 / 1,500円"});

  remove("deal", deal);
  EXPECT_TRUE(timeline(second).empty());
  restore("deal", deal);
  EXPECT_EQ(timeline(second).size(), 1U);
}

TEST_P(WriteTest, TimelineSpeaksTheReadersLanguage) {
  const Id customer = company("一社目");
  const Id deal =
      create("deal", R"({"name":"見積","amount":1500,"company":")" + encode_id(customer) + "\"}");
  const auto summary = [&](Language language) {
    Caller caller = owner();
    caller.language = language;
    std::string out;
    engine_.timeline_json(caller, object("company"), customer, 10, {}, {}, out);
    return json_text(parse_json(out).at("items").as_array().at(0), "summary");
  };
  EXPECT_EQ(summary(Language::ja), "見積 / 1,500円");
  EXPECT_EQ(summary(Language::en), "見積 / ¥1,500");

  update("deal", deal, R"({"amount":2500})");

  EXPECT_EQ(summary(Language::en), "見積 / ¥2,500");
}

TEST_P(WriteTest, BehaviorsMayChangeAndRefuse) {
  registry_.before_save("deal", [](Change& change) {
    if (change.after->integer("amount") < 0)
      change.problems.push_back({"amount", "invalid_number", {}});
    if (change.changed("amount")) change.after->values["held_on"] = std::string("2026-05-05");
  });
  std::vector<std::string> seen;
  registry_.after_save("deal", [&](Change& change) {
    seen.emplace_back(change.removed() ? "removed" : change.created() ? "created" : "changed");
  });

  EXPECT_EQ(refusal([&] { create("deal", R"({"name":"x","amount":-1})"); }),
            "amount: invalid_number");
  const Id deal = create("deal", R"({"name":"x","amount":1})");
  EXPECT_EQ(get("deal", deal).text("held_on"), "2026-05-05");
  update("deal", deal, R"({"name":"y"})");
  remove("deal", deal);
  restore("deal", deal);
  EXPECT_EQ(seen, (std::vector<std::string>{"created", "changed", "removed", "created"}));
}

TEST_P(WriteTest, LeavesNothingHalfWritten) {
  registry_.after_save("company", [](Change& change) {
    if (!change.removed() && change.after->integer("employees") == 13)
      throw AppError(Status::conflict, "conflict");
  });
  const Id good = company("山田");
  const Id bad = company("鈴木");
  int runs = 0;
  std::vector<std::string> refused;
  const auto set = [&](Write& write, Id id, std::int64_t employees) {
    Draft draft;
    draft.values["employees"] = employees;
    return write.attempt([&] { write.update(object("company"), id, std::move(draft)); });
  };

  engine_.write(owner(), [&](Write& write) {
    ++runs;
    refused.clear();
    for (const auto& [id, employees] :
         {std::pair{bad, 13}, std::pair{good, 7}, std::pair{bad, -1}}) {
      if (const auto error = set(write, id, employees)) refused.push_back(error->code());
    }
  });

  EXPECT_EQ(runs, 2);
  EXPECT_EQ(refused, std::vector<std::string>{"conflict"});
  EXPECT_EQ(get("company", good).integer("employees"), 7);
  EXPECT_EQ(get("company", bad).integer("employees"), -1);
  EXPECT_EQ(get("company", bad).version, 2);
  // Whoever catches it himself commits nothing.
  EXPECT_EQ(refusal([&] {
              engine_.write(owner(), [&](Write& write) {
                Draft draft;
                draft.values["employees"] = std::int64_t{13};
                try {
                  write.update(object("company"), bad, std::move(draft));
                } catch (const AppError&) {
                }
              });
            }),
            "conflict");
  EXPECT_EQ(get("company", bad).version, 2);
}

TEST_P(WriteTest, EventsComeAfterTheCommitOnly) {
  std::vector<std::string> events;
  engine_.on_event([&](const Event& event) { events.push_back(event.action); });

  const Id id = company("山田");
  EXPECT_NE(refusal([&] { update("company", id, R"({"name":""})"); }), "");
  update("company", id, R"({"employees":1})");
  remove("company", id);

  EXPECT_EQ(events, (std::vector<std::string>{"create", "update", "delete"}));
}

}  // namespace
}  // namespace daifuku::records
