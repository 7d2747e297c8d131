#include "records/rules.h"

#include "records/rule_store.h"
#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class RulesTest : public EngineTest {
 protected:
  Json saved(const Caller& caller, const std::string& rule, Id id = 0) {
    std::string out;
    save_rule(engine_, caller, id, parse_json(rule), out);
    return parse_json(out);
  }
  Id rule(const std::string& check, const std::string& more = "") {
    const Json answer = saved(owner(), R"({"object":"company","check":)" + check + more + "}");
    last_batch_ = *decode_id(json_text(answer, "change"));
    return *decode_id(json_text(answer, "id"));
  }
  std::string refused(const std::string& check) {
    return refusal([&] { rule(check); });
  }
  std::string refused_company(const std::string& body) {
    return refusal([&] { create("company", body); });
  }
  // "field: text" of the first problem that a call is refused with.
  template <typename Call>
  static std::string words(Call&& call, Language language = Language::ja) {
    try {
      call();
    } catch (const AppError& error) {
      if (error.problems().empty()) return error.code();
      const Problem& problem = error.problems().front();
      return problem.field + ": " + message(language, problem.code, problem.params);
    }
    return {};
  }
  Json broken(const std::string& check) {
    std::string out;
    check_rule_json(engine_, owner(),
                    parse_json(R"({"rule":{"object":"company","check":)" + check + "}}"), out);
    return parse_json(out);
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, RulesTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(RulesTest, RefusesWithTheWordsOfTheCompany) {
  const Id old = company("前からの会社");
  rule(R"({"kind":"required","fields":["code"]})",
       R"(,"message":{"ja":"番号は経理で使います","en":"Accounting needs it"})");
  EXPECT_EQ(words([&] { company("新しい会社"); }), "code: 番号は経理で使います");
  create("company", R"({"name":"番号のある会社","code":"A-1"})");
  // What was missing before does not stop a change of something else.
  update("company", old, R"({"note":"電話があった"})");
  // It may not be taken away again.
  const Id good = create("company", R"({"name":"三番目","code":"A-3"})");
  EXPECT_EQ(refusal([&] { update("company", good, R"({"code":null})"); }), "code: rule_broken");
}

TEST_P(RulesTest, CountsFromACertainChoiceOn) {
  rule(R"({"kind":"required","fields":["phone"]})",
       R"(,"when":[{"field":"rank","op":"from","value":"b"}])");
  const Id id = create("company", R"({"name":"一番","rank":"a"})");
  EXPECT_EQ(refusal([&] { update("company", id, R"({"rank":"b"})"); }), "phone: rule_required");
  update("company", id, R"({"rank":"b","phone":"03-1234-5678"})");
}

TEST_P(RulesTest, FormatRangeAndCompare) {
  rule(R"({"kind":"format","field":"code","pattern":"[A-Z]-[0-9]{3}"})");
  EXPECT_EQ(refused_company(R"({"name":"一","code":"A-12"})"), "code: rule_format");
  create("company", R"({"name":"一","code":"A-123"})");
  rule(R"({"kind":"range","field":"employees","least":1,"greatest":1000})");
  EXPECT_EQ(refused_company(R"({"name":"二","employees":0})"), "employees: rule_range");
  EXPECT_EQ(refused_company(R"({"name":"二","employees":1001})"), "employees: rule_range");
  create("company", R"({"name":"二","employees":1000})");
  rule(R"({"kind":"range","field":"founded_on","greatest":"today"})");
  EXPECT_EQ(refused_company(R"({"name":"三","founded_on":"2026-04-02"})"),
            "founded_on: rule_range");
  create("company", R"({"name":"三","founded_on":"2026-04-01"})");
  rule(R"({"kind":"compare","field":"employees","op":"ne","other":"employees"})");
  EXPECT_EQ(refused_company(R"({"name":"四","employees":5})"), "employees: rule_compare_ne");
}

TEST_P(RulesTest, BlankIsNeverEqual) {
  const Id first = create("company", R"({"name":"一","note":"同じ"})");
  const Id rule_id = rule(R"({"kind":"unique","fields":["note","rank"]})");
  create("company", R"({"name":"二","note":"同じ"})");
  create("company", R"({"name":"三","note":"同じ"})");
  update("company", first, R"({"rank":"a"})");
  EXPECT_EQ(refused_company(R"({"name":"四","note":" 同じ ","rank":"a"})"), "note: rule_unique");
  create("company", R"({"name":"五","note":"同じ","rank":"b"})");
  // Trashed records do not count, and do not come back beside a new one.
  remove("company", first);
  const Id next = create("company", R"({"name":"六","note":"同じ","rank":"a"})");
  EXPECT_EQ(refusal([&] { restore("company", first); }), "note: rule_unique");
  remove("company", next);
  restore("company", first);
  // Off and on again: what was entered meanwhile is known.
  saved(owner(), R"({"active":false})", rule_id);
  create("company", R"({"name":"七","note":"別","rank":"a"})");
  saved(owner(), R"({"active":true})", rule_id);
  EXPECT_EQ(refused_company(R"({"name":"八","note":"別","rank":"a"})"), "note: rule_unique");
}

TEST_P(RulesTest, KeysOfRecordsFromBeforeAreMade) {
  create("company", R"({"name":"一","note":"同じ"})");
  EXPECT_EQ(json_integer(broken(R"({"kind":"unique","fields":["note"]})"), "broken"), 0);
  create("company", R"({"name":"二","note":"同じ"})");
  EXPECT_EQ(json_integer(broken(R"({"kind":"unique","fields":["note"]})"), "broken"), 2);
  rule(R"({"kind":"unique","fields":["note"]})");
  EXPECT_EQ(refused_company(R"({"name":"三","note":"同じ"})"), "note: rule_unique");
  EXPECT_EQ(count("SELECT count(*) FROM rule_key k WHERE {k}"), 2);
}

TEST_P(RulesTest, WarnsWithoutRefusing) {
  rule(R"({"kind":"required","fields":["phone"]})", R"(,"mode":"warn")");
  const Draft draft =
      engine_.parse(owner(), object("company"), parse_json(R"({"name":"一"})"), true);
  Problems warnings;
  engine_.write(owner(), [&](Write& write) {
    write.create(object("company"), draft);
    warnings = write.warnings();
  });
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings.front().field, "phone");
}

TEST_P(RulesTest, WhoMayNotReadAFieldLearnsNothingOfIt) {
  const Id id = create("company", R"({"name":"一","secret":"甲"})");
  rule(R"({"kind":"required","fields":["phone"]})",
       R"(,"when":[{"field":"secret","op":"in","values":["甲"]}])");
  const Caller member{.access = access(kHanako, meta::Role::member)};
  update(member, "company", id, R"({"phone":null,"note":"x"})");
  EXPECT_EQ(refusal([&] { update("company", id, R"({"secret":"乙"})"); }), "");
  EXPECT_EQ(refusal([&] { update("company", id, R"({"secret":"甲"})"); }), "phone: rule_required");
  update(member, "company", id, R"({"phone":"03-1234-5678"})");
  update(member, "company", id, R"({"phone":null})");
  // A manager from whom the owner keeps the field neither makes nor sees such a rule.
  const Caller manager{
      .access = access(kJiro, meta::Role::manager, R"({"fields":{"company.secret":"none"}})")};
  EXPECT_EQ(refusal([&] {
              saved(manager,
                    R"({"object":"company","check":{"kind":"required","fields":["secret"]}})");
            }),
            "check: rule_field_unknown");
  std::string seen;
  rules_json(engine_, manager, "company", seen);
  EXPECT_EQ(seen, R"({"items":[]})");
}

TEST_P(RulesTest, OnlyAdministratorsDecide) {
  const Caller member{.access = access(kHanako, meta::Role::member)};
  const std::string body = R"({"object":"company","check":{"kind":"required","fields":["code"]}})";
  EXPECT_EQ(refusal([&] { saved(member, body); }), "forbidden");
  std::string out;
  EXPECT_EQ(refusal([&] { rules_json(engine_, member, "company", out); }), "forbidden");
  EXPECT_EQ(refusal([&] {
              check_rule_json(engine_, member, parse_json("{\"rule\":" + body + "}"), out);
            }),
            "forbidden");
}

TEST_P(RulesTest, RefusesRulesThatMakeNoSense) {
  EXPECT_EQ(refused(R"({"kind":"required","fields":[]})"), "check.fields: required");
  EXPECT_EQ(refused(R"({"kind":"required","fields":["total"]})"), "check.fields: rule_field_unfit");
  EXPECT_EQ(refused(R"({"kind":"required","fields":["nothing"]})"),
            "check.fields: rule_field_unknown");
  EXPECT_EQ(refused(R"({"kind":"format","field":"note","pattern":"("})"),
            "check.pattern: rule_pattern_wrong");
  EXPECT_EQ(refused(R"({"kind":"format","field":"employees","pattern":".*"})"),
            "check.field: rule_field_unfit");
  EXPECT_EQ(refused(R"({"kind":"range","field":"employees"})"), "check.least: required");
  EXPECT_EQ(refused(R"({"kind":"compare","field":"employees","op":"lt","other":"founded_on"})"),
            "check.other: rule_field_unfit");
  EXPECT_EQ(refused(R"({"kind":"magic"})"), "check.kind: invalid_choice");
}

TEST_P(RulesTest, UndoTakesARuleBackAndIsNotStoppedByRules) {
  const Id id = create("company", R"({"name":"一"})");
  const Id filled = update("company", id, R"({"code":"A"})");
  rule(R"({"kind":"required","fields":["code"]})");
  const Id made = last_batch_;
  // The undo puts back what was there, though the rule would not let anybody enter it.
  EXPECT_EQ(engine_.undo(owner(), filled).undone, 1);
  EXPECT_EQ(refused_company(R"({"name":"二"})"), "code: rule_required");
  EXPECT_EQ(engine_.undo(owner(), made).undone, 1);
  EXPECT_EQ(refused_company(R"({"name":"二"})"), "");
  std::string out;
  rules_json(engine_, owner(), "company", out);
  EXPECT_EQ(out, R"({"items":[]})");
  EXPECT_EQ(engine_.verify_history(), 0);
}

TEST_P(RulesTest, MergeIsHeldToTheRules) {
  const Id a = create("company", R"({"name":"一","employees":5})");
  const Id b = create("company", R"({"name":"二","founded_on":"2020-01-01"})");
  rule(R"({"kind":"required","fields":["phone"]})",
       R"(,"when":[{"field":"founded_on","op":"filled"},{"field":"employees","op":"filled"}])");
  EXPECT_EQ(refusal([&] {
              engine_.write(owner(),
                            [&](Write& write) { write.merge(object("company"), a, {b}, {}); });
            }),
            "phone: rule_required");
  EXPECT_EQ(get("company", b).deleted_at, 0);
}

TEST_P(RulesTest, KeysOfRulesThatAreGoneGoInSlices) {
  store_->write([&](store::Transaction& tx) {
    for (const int keys : {7, 9}) {
      for (int i = 0; i < 2'500; ++i) {
        tx.query(
              "INSERT INTO rule_key ({tenant_id}, keys_id, hash, record_id) VALUES ({tenant}, ?, "
              "?, ?)")
            .bind(keys, i, 1)
            .run();
      }
    }
    tx.query(
          "INSERT INTO entry_rule ({tenant_id}, id, object, definition, version, keys_id, "
          "keys_ready) VALUES ({tenant}, 1, 'company', '{}', 1, 9, 1)")
        .run();
  });

  make_rule_keys(engine_);

  EXPECT_EQ(count("SELECT count(*) FROM rule_key k WHERE {k}"), 2'500);
  EXPECT_EQ(count("SELECT min(k.keys_id) FROM rule_key k WHERE {k}"), 9);
}

}  // namespace
}  // namespace daifuku::records
