#include "records/maturity.h"

#include "meta/kinds.h"
#include "records/test_engine.h"

namespace daifuku::records {
namespace {

namespace kinds = meta::kinds;

std::vector<meta::ObjectDef> objects() {
  auto all = test_objects();
  meta::ObjectDef& company = all.front();
  const auto counts = [&](std::string_view key, int level, const std::string& when = {}) {
    for (meta::FieldDef& field : company.fields) {
      if (field.key != key) continue;
      field.maturity = level;
      field.maturity_when = when;
    }
  };
  counts("name", 1);
  counts("code", 1);
  counts("address", 1);
  counts("phone", 1);
  counts("employees", 1);
  counts("rank", 2, "parent");
  counts("note", 2);
  counts("secret", 2);
  company.fields.push_back({.id = 30,
                            .key = "mobile",
                            .kind = &kinds::phone,
                            .label = {"携帯", "Mobile"},
                            .maturity = 1});
  company.fields.push_back({.id = 31,
                            .key = "last_contact_at",
                            .kind = &kinds::date_time,
                            .label = {"最後の連絡", "Last contact"},
                            .read_only = true});
  return all;
}

class MaturityTest : public EngineTest {
 protected:
  MaturityTest() {
    engine_.load_catalog(objects());
    owner_ = &access(kOwner, meta::Role::owner);
    maturity_.count_all();
  }
  Json ledger(const Caller& caller) {
    std::string out;
    maturity_.ledger_json(caller, object("company"), out);
    return parse_json(out);
  }
  Json ledger() { return ledger(owner()); }
  Json of(const Caller& caller, Id id) {
    std::string out;
    maturity_.record_json(caller, object("company"), id, out);
    return parse_json(out);
  }
  Json near(const Caller& caller, int level = 0, std::string_view lacks = "") {
    std::string out;
    maturity_.short_json(caller, object("company"), level, lacks, 50, out);
    return parse_json(out).at("items");
  }
  static std::vector<std::int64_t> levels(const Json& ledger) {
    std::vector<std::int64_t> out;
    for (const Json& level : ledger.at("levels").as_array())
      out.push_back(json_integer(level, "records"));
    return out;
  }
  static std::int64_t missing(const Json& ledger, std::string_view key) {
    for (const Json& item : ledger.at("items").as_array()) {
      if (json_text(item, "key") == key) return json_integer(item, "missing");
    }
    return -1;
  }
  static std::vector<std::string> unfilled(const Json& record) {
    std::vector<std::string> out;
    for (const Json& item : record.at("items").as_array()) {
      if (!json_bool(item, "filled")) out.push_back(json_text(item, "key"));
    }
    return out;
  }

  Maturity maturity_{engine_};
};

INSTANTIATE_TEST_SUITE_P(Stores, MaturityTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

using List = std::vector<std::int64_t>;
using Keys = std::vector<std::string>;

TEST_P(MaturityTest, CountsWithTheWrite) {
  EXPECT_EQ(levels(ledger()), (List{0, 0, 0, 0}));
  // Level 1 has name, its kana, code, address, phone or mobile, employees: one of the six may be
  // missing.
  const Id a = company("一");
  EXPECT_EQ(levels(ledger()), (List{1, 0, 0, 0}));
  update("company", a, R"({"name_kana":"イチ","code":"1","mobile":"090-1234-5678"})");
  EXPECT_EQ(unfilled(of(owner(), a)),
            (Keys{"employees", "note", "secret", "address", "last_contact_at"}));
  EXPECT_TRUE(json_bool(of(owner(), a), "one_short"));
  const Json close = near(owner());
  ASSERT_EQ(close.as_array().size(), 1U);
  EXPECT_EQ(json_text(close.at(0), "title"), "一");
  update("company", a, R"({"employees":7})");
  EXPECT_EQ(levels(ledger()), (List{0, 1, 0, 0}));
  EXPECT_EQ(json_integer(of(owner(), a), "level"), 1);
  EXPECT_EQ(missing(ledger(), "address"), 1);
  // A part of an address is none; the building does not matter.
  update("company", a, R"({"prefecture":"東京都","city":"千代田区"})");
  EXPECT_EQ(missing(ledger(), "address"), 1);
  update("company", a, R"({"street":"丸の内1"})");
  EXPECT_EQ(missing(ledger(), "address"), 0);
  remove("company", a);
  EXPECT_EQ(levels(ledger()), (List{0, 0, 0, 0}));
  EXPECT_EQ(count("SELECT count(*) FROM maturity_count m WHERE {m}"), 0);
  restore("company", a);
  EXPECT_EQ(levels(ledger()), (List{0, 1, 0, 0}));
}

TEST_P(MaturityTest, AsksOnlyWhatApplies) {
  const Id parent = company("親");
  const Id child = create("company", R"({"name":"子","parent":")" + encode_id(parent) + "\"}");
  const auto has = [](const Json& record, std::string_view key) {
    for (const Json& item : record.at("items").as_array()) {
      if (json_text(item, "key") == key) return true;
    }
    return false;
  };
  EXPECT_FALSE(has(of(owner(), parent), "rank"));
  EXPECT_TRUE(has(of(owner(), child), "rank"));
  EXPECT_EQ(missing(ledger(), "rank"), 1);
  // That it is asked for tells that there is a parent.
  const Caller member{
      .access = access(kHanako, meta::Role::manager, R"({"fields":{"company.parent":"none"}})")};
  EXPECT_FALSE(has(of(member, child), "rank"));
  EXPECT_EQ(missing(ledger(member), "rank"), -1);
}

TEST_P(MaturityTest, AContactGrowsOld) {
  const Id a = company("一");
  engine_.write(owner(), [&](Write& write) {
    write.set_derived("company", a, {{"last_contact_at", clock_.now()}});
  });
  EXPECT_EQ(missing(ledger(), "last_contact_at"), 0);
  clock_.advance(Millis{400} * 24 * 3600 * 1000);
  EXPECT_EQ(missing(ledger(), "last_contact_at"), 1);
}

TEST_P(MaturityTest, SaysTheCheapestNext) {
  create("company", R"({"name":"一","name_kana":"イチ","code":"1"})");
  create("company", R"({"name":"二","name_kana":"ニ","code":"2","phone":"03-1234-5678"})");
  create("company", R"({"name":"三","name_kana":"サン","code":"3","phone":"03-1234-5679"})");
  create("company", R"({"name":"四","name_kana":"ヨン","phone":"03-1234-5670","employees":3})");
  const Json next = ledger().at("next");
  // Each of the last three lacks the address and one thing more.
  EXPECT_EQ(json_text(next, "key"), "address");
  EXPECT_EQ(json_integer(next, "lifts"), 3);
  EXPECT_EQ(near(owner(), 1, "code").as_array().size(), 1U);
}

TEST_P(MaturityTest, TellsOnlyWhatTheCallerSees) {
  const Id hidden = create("company", R"({"name":"隠し","code":"1","phone":"03-1234-5678"})");
  const Caller member{.access = access(kHanako, meta::Role::member,
                                       R"({"objects":{"*":{"read":"own","create":true}}})")};
  create(member, "company", R"({"name":"自分の","code":"2"})");
  const Json seen = ledger(member);
  EXPECT_EQ(json_integer(seen, "records"), 1);
  EXPECT_EQ(missing(seen, "secret"), -1);  // managers only
  EXPECT_TRUE(near(member).as_array().empty());
  // Of the others there may be any number.
  create("company", R"({"name":"隠し二","code":"3","phone":"03-1234-5679","employees":3})");
  for (const std::string name : {"一", "二"}) {
    create(member, "company",
           R"({"name":")" + name + R"(","name_kana":"イチ","code":")" + name +
               R"(","phone":"03-1234-5670"})");
  }
  const Json short_of = near(member, 1, "address");
  ASSERT_EQ(short_of.as_array().size(), 2U);
  EXPECT_EQ(json_text(short_of.at(0), "title"), "二");
  EXPECT_EQ(refusal([&] { of(member, hidden); }), "not_found");
  EXPECT_EQ(refusal([&] { near(member, 0, "secret"); }), "lacks: invalid_choice");
  EXPECT_TRUE(seen.at("trend").as_array().empty());
}

TEST_P(MaturityTest, KeepsHowADayEnded) {
  company("一");
  EXPECT_TRUE(ledger().at("trend").as_array().empty());
  clock_.advance(Millis{24} * 3600 * 1000);
  create("company", R"({"name":"二","code":"2","phone":"03-1234-5678","employees":3})");
  const Json trend = ledger().at("trend");
  ASSERT_EQ(trend.as_array().size(), 1U);
  EXPECT_EQ(json_text(trend.at(0), "day"), "2026-04-01");
  EXPECT_EQ(json_integer(trend.at(0), "records"), 1);
  EXPECT_EQ(trend.at(0).at("levels"), parse_json("[1,0,0,0]"));
  // Levels are made from all items, so who may not read all of them gets none.
  const Caller member{.access = access(kHanako, meta::Role::member)};
  EXPECT_EQ(json_find(ledger(member).at("trend").at(0), "levels"), nullptr);
}

TEST_P(MaturityTest, CountsAnOlderLedgerOnce) {
  const Id a = company("一");
  company("二");
  store_->write([&](store::Transaction& tx) {
    tx.query("DELETE FROM maturity WHERE {maturity}").run();
    tx.query("DELETE FROM maturity_count WHERE {maturity_count}").run();
    tx.query("DELETE FROM maturity_state WHERE {maturity_state}").run();
  });
  // Written before it is counted.
  update("company", a, R"({"code":"1"})");
  maturity_.count_all();
  maturity_.count_all();
  EXPECT_EQ(levels(ledger()), (List{2, 0, 0, 0}));
  EXPECT_EQ(missing(ledger(), "code"), 1);
  EXPECT_FALSE(json_bool(ledger(), "counting"));
}

}  // namespace
}  // namespace daifuku::records
