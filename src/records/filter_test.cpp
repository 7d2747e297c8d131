#include "records/filter.h"

#include "records/test_engine.h"

namespace daifuku::records {
namespace {

using Names = std::vector<std::string>;

class FilterTest : public EngineTest {
 protected:
  FilterTest() {
    const Id parent = create("company", R"({"name":"青木","employees":10,"rank":"a",
      "founded_on":"2026-03-31","met_at":"2026-03-31T15:30:00Z","tags":["東京","重要"],
      "note":"割引の話","active":true,"seller":")" +
                                            encode_id(kOwner) + "\"}");
    create("company", R"({"name":"馬場","employees":50,"rank":"b","founded_on":"2026-04-01",
      "met_at":"2026-03-30T14:59:59.999Z","tags":["東京都"],"active":false,"parent":")" +
                          encode_id(parent) + "\"}");
    create("company", R"({"name":"千葉","partners":[")" + encode_id(parent) +
                          R"("],"founded_on":"2025-04-01"})");
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, FilterTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(FilterTest, Compares) {
  struct Case {
    const char* filter;
    Names names;
  };
  for (const Case& one : {
           Case{"null", {"千葉", "青木", "馬場"}},
           Case{"{}", {"千葉", "青木", "馬場"}},
           Case{R"({"employees":{"eq":50}})", {"馬場"}},
           Case{R"({"employees":{"gt":10}})", {"馬場"}},
           Case{R"({"employees":{"gte":10,"lt":50}})", {"青木"}},
           Case{R"({"employees":{"between":[10,50]}})", {"青木", "馬場"}},
           Case{R"({"employees":{"empty":true}})", {"千葉"}},
           Case{R"({"employees":{"empty":false}})", {"青木", "馬場"}},
           Case{R"({"employees":{"eq":null}})", {"千葉"}},
           // What has no value is not equal to one.
           Case{R"({"employees":{"ne":50}})", {"千葉", "青木"}},
           Case{R"({"rank":{"in":["a","b"]}})", {"青木", "馬場"}},
           Case{R"({"rank":{"in":[]}})", {}},
           Case{R"({"active":{"eq":true}})", {"青木"}},
           Case{R"({"founded_on":{"lte":"2026-03-31"}})", {"千葉", "青木"}},
           Case{R"({"name":{"contains":"木"}})", {"青木"}},
           Case{R"({"name":{"starts":"馬"}})", {"馬場"}},
           Case{R"({"name":{"starts":"場"}})", {}},
           Case{R"({"note":{"contains":"' OR 1=1 --"}})", {}},
           // An item, not a piece of one.
           Case{R"({"tags":{"has":"東京"}})", {"青木"}},
           Case{R"({"tags":{"has":"東京都"}})", {"馬場"}},
           Case{R"({"tags":{"has":"京"}})", {}},
           Case{R"({"seller":{"eq":"me"}})", {"青木"}},
           Case{R"({"created_by":{"eq":"me"}})", {"千葉", "青木", "馬場"}},
       }) {
    SCOPED_TRACE(one.filter);
    Names found = names(one.filter);
    std::ranges::sort(found);
    Names wanted = one.names;
    std::ranges::sort(wanted);
    EXPECT_EQ(found, wanted);
  }
}

TEST_P(FilterTest, Combines) {
  EXPECT_EQ(names(R"({"employees":{"eq":10},"rank":{"eq":"b"}})"), Names{});
  EXPECT_EQ(names(R"({"or":[{"employees":{"eq":10}},{"rank":{"eq":"b"}}]})").size(), 2U);
  EXPECT_EQ(names(R"({"or":[{"and":[{"employees":{"eq":10}},{"rank":{"eq":"a"}}]},
                            {"name":{"eq":"千葉"}}],"active":{"eq":true}})"),
            Names{"青木"});
  // Not: what is unknown is not so either, on both stores.
  EXPECT_EQ(names(R"({"not":{"rank":{"eq":"a"}}})").size(), 2U);
  EXPECT_EQ(names(R"({"not":{"not":{"rank":{"eq":"a"}}}})"), Names{"青木"});
  EXPECT_EQ(names(R"({"not":{"or":[{"rank":{"eq":"a"}},{"rank":{"eq":"b"}}]}})"), Names{"千葉"});
}

TEST_P(FilterTest, UnderstandsDaysOfJapan) {
  // It is the morning of 1 April.
  EXPECT_EQ(names(R"({"founded_on":{"relative":"today"}})"), Names{"馬場"});
  EXPECT_EQ(names(R"({"founded_on":{"relative":"yesterday"}})"), Names{"青木"});
  EXPECT_EQ(names(R"({"founded_on":{"relative":"last_month"}})"), Names{"青木"});
  EXPECT_EQ(names(R"({"founded_on":{"relative":"fiscal_year"}})"), Names{"馬場"});
  EXPECT_EQ(names(R"({"founded_on":{"relative":"last_fiscal_year"}})").size(), 2U);
  EXPECT_EQ(names(R"({"founded_on":{"relative":"last_days:1"}})").size(), 2U);
  EXPECT_EQ(names(R"({"founded_on":{"relative":"before_days:30"}})"), Names{"千葉"});
  // 15:30 in Greenwich is past midnight here.
  EXPECT_EQ(names(R"({"met_at":{"relative":"today"}})"), Names{"青木"});
  // Until a day means to its end.
  EXPECT_EQ(names(R"({"met_at":{"lte":"2026-03-30"}})"), Names{"馬場"});
  EXPECT_EQ(names(R"({"met_at":{"gt":"2026-03-30"}})"), Names{"青木"});
  EXPECT_EQ(names(R"({"met_at":{"eq":"2026-03-30"}})"), Names{"馬場"}) << "the day, not its start";
  EXPECT_EQ(names(R"({"met_at":{"eq":"2026-03-31"}})"), Names{});
  EXPECT_EQ(names(R"({"met_at":{"ne":"2026-03-30"}})"), (Names{"千葉", "青木"}))
      << "empty ones too";
}

TEST_P(FilterTest, FollowsLinks) {
  EXPECT_EQ(names(R"({"parent":{"some":{"name":{"eq":"青木"}}}})"), Names{"馬場"});
  EXPECT_EQ(names(R"({"parent":{"none":{}}})").size(), 2U);
  EXPECT_EQ(names(R"({"companies":{"some":{"rank":{"eq":"b"}}}})"), Names{"青木"});
  EXPECT_EQ(names(R"({"companies":{"none":{}}})").size(), 2U);
  const std::string parent =
      encode_id(engine_
                    .list_ids(owner(), object("company"),
                              {.filter = parse_json(R"({"name":{"eq":"青木"}})")}, 2)
                    .at(0));
  EXPECT_EQ(names(R"({"parent":{"eq":")" + parent + "\"}}"), Names{"馬場"});
  EXPECT_EQ(names(R"({"id":{"in":[")" + parent + "\"]}}"), Names{"青木"});
  EXPECT_EQ(names(R"({"partners":{"has":")" + parent + "\"}}"), Names{"千葉"});
  EXPECT_EQ(names(R"({"partners":{"in":[")" + parent + "\"]}}"), Names{"千葉"});
  EXPECT_EQ(names(R"({"not":{"partners":{"in":[")" + parent + "\"]}}}").size(), 2U);
  EXPECT_EQ(names(R"({"partners":{"in":[]}})"), Names{});
  EXPECT_EQ(names(R"({"partners":{"empty":true}})").size(), 2U);
}

TEST_P(FilterTest, ACustomersDealsAreFilteredToo) {
  const Id id = company("出口");
  create("deal", R"({"name":"見積","amount":5000,"company":")" + encode_id(id) + "\"}");
  const Id gone =
      create("deal", R"({"name":"古い","amount":9,"company":")" + encode_id(id) + "\"}");
  remove("deal", gone);

  EXPECT_EQ(names(R"({"deals":{"some":{"amount":{"gte":5000}}}})"), Names{"出口"});
  // What is in the trash counts no more.
  EXPECT_EQ(names(R"({"deals":{"some":{"amount":{"lt":5000}}}})"), Names{});
}

TEST_P(FilterTest, CountsRelatedRecords) {
  const Id two = company("二件");
  const Id three = company("三件");
  for (const auto& [id, amounts] :
       {std::pair{two, std::vector{5, 9}}, std::pair{three, std::vector{5, 6, 9}}}) {
    for (const int amount : amounts)
      create("deal", R"({"name":"商談","amount":)" + std::to_string(amount) + R"(,"company":")" +
                         encode_id(id) + "\"}");
  }
  remove("deal",
         create("deal", R"({"name":"消した","amount":5,"company":")" + encode_id(two) + "\"}"));
  EXPECT_EQ(names(R"({"deals":{"at_least":1}})"), (Names{"三件", "二件"}));
  EXPECT_EQ(names(R"({"deals":{"at_least":2}})"), (Names{"三件", "二件"}));
  EXPECT_EQ(names(R"({"deals":{"at_least":3}})"), Names{"三件"});
  EXPECT_EQ(names(R"({"deals":{"at_least":4}})"), Names{});
  EXPECT_EQ(names(R"({"deals":{"where":{"amount":{"lt":9}},"at_least":2}})"), Names{"三件"});
  // At most so many may also be none.
  EXPECT_EQ(names(R"({"deals":{"at_most":2},"name":{"ne":"青木"}})"),
            (Names{"二件", "千葉", "馬場"}));
  EXPECT_EQ(names(R"({"deals":{"at_most":0}})").size(), 3U);
  EXPECT_EQ(names(R"({"deals":{"at_least":1,"at_most":2}})"), Names{"二件"});
  EXPECT_EQ(names(R"({"deals":{"at_least":3,"at_most":2}})"), Names{});
  EXPECT_EQ(names(R"({"not":{"deals":{"at_least":3}}})").size(), 4U);
  EXPECT_EQ(names(R"({"or":[{"deals":{"where":{"amount":{"eq":6}},"at_least":1}},
                            {"name":{"eq":"青木"}}],"deals":{"some":{"amount":{"gt":5}}}})"),
            Names{"三件"});
}

TEST_P(FilterTest, NamesTheLinkThatIsMeant) {
  // 馬場 has 青木 as its parent, 千葉 as a partner.
  EXPECT_EQ(names(R"({"companies":{"some":{"name":{"eq":"馬場"}},"via":"parent"}})"),
            Names{"青木"});
  EXPECT_EQ(names(R"({"companies":{"some":{"name":{"eq":"千葉"}},"via":"partners"}})"),
            Names{"青木"});
  EXPECT_EQ(names(R"({"companies":{"some":{"name":{"eq":"馬場"}},"via":"partners"}})"), Names{});
  EXPECT_EQ(names(R"({"companies":{"via":"partners","at_least":1}})"), Names{"青木"});
  EXPECT_EQ(names(R"({"companies":{"via":"partners","none":{}}})").size(), 2U);
}

TEST_P(FilterTest, FindsRelatedRecordsByTheIndexOfTheirLink) {
  if (GetParam() != store::Dialect::sqlite) GTEST_SKIP() << "its plans depend on the counts";
  const auto plan = [&](const char* filter) {
    const Condition condition =
        compile_filter(engine_, owner(), object("company"), parse_json(filter));
    std::string out;
    store_->read([&](store::Connection& connection) {
      auto rows = connection.query(
          "EXPLAIN QUERY PLAN SELECT t.id FROM r_company t WHERE {t} AND " + condition.sql);
      for (const meta::Value& value : condition.binds) rows.bind(value);
      while (rows.step()) out += std::string(rows.text(3)) + "\n";
    });
    return out;
  };
  for (const char* filter :
       {R"({"deals":{"some":{"amount":{"gt":5}}}})", R"({"deals":{"none":{}}})",
        R"({"deals":{"where":{"held_on":{"relative":"last_days:90"}},"at_least":3}})"}) {
    EXPECT_NE(plan(filter).find("INDEX r_deal_by_company (company=?"), std::string::npos)
        << plan(filter);
  }
  const std::string partners = plan(R"({"companies":{"some":{},"via":"partners"}})");
  EXPECT_NE(partners.find("INDEX link_to (to_id=? AND field=?"), std::string::npos) << partners;
}

TEST_P(FilterTest, FindsWhatWasNotForLongOrNever) {
  // 青木 was met yesterday, 馬場 two days ago, 千葉 never.
  EXPECT_EQ(names(R"({"met_at":{"relative":"before_days:1"}})"), Names{"馬場"});
  EXPECT_EQ(names(R"({"met_at":{"relative":"not_for_days:1"}})"), (Names{"千葉", "馬場"}));
  EXPECT_EQ(names(R"({"met_at":{"relative":"not_for_days:60"}})"), Names{"千葉"});
  EXPECT_EQ(names(R"({"not":{"met_at":{"relative":"not_for_days:1"}}})"), Names{"青木"});
  EXPECT_EQ(names(R"({"founded_on":{"relative":"last_months:12"}})").size(), 3U);
  EXPECT_EQ(names(R"({"founded_on":{"relative":"fiscal_half"}})"), Names{"馬場"});
}

TEST_P(FilterTest, TellsAllThatIsWrong) {
  const auto problems = [&](const std::string& filter) {
    std::vector<std::string> out;
    try {
      compile_filter(engine_, owner(), object("company"), parse_json(filter));
    } catch (const AppError& error) {
      for (const Problem& problem : error.problems())
        out.push_back(problem.field + ": " + problem.code);
    }
    return out;
  };
  EXPECT_EQ(problems("[1]"), (std::vector<std::string>{"filter: filter_wrong"}));
  EXPECT_EQ(problems("\"x\""), (std::vector<std::string>{"filter: filter_wrong"}));
  EXPECT_EQ(problems(R"({"nonsense":{"eq":1},"employees":{"eq":"many","near":5},
                         "rank":{"eq":"z"},"and":{}})"),
            (std::vector<std::string>{"nonsense: field_unknown", "employees: invalid_number",
                                      "employees: filter_operator", "rank: invalid_choice",
                                      "filter: filter_wrong"}));
  for (const char* wrong : {R"({"employees":5})",
                            R"({"employees":{"in":5}})",
                            R"({"employees":{"between":[1]}})",
                            R"({"employees":{"contains":"1"}})",
                            R"({"employees":{"empty":"yes"}})",
                            R"({"employees":{"has":1}})",
                            R"({"employees":{"some":{}}})",
                            R"({"founded_on":{"relative":"someday"}})",
                            R"({"founded_on":{"relative":5}})",
                            R"({"founded_on":{"relative":"last_days:-1"}})",
                            R"({"name":{"relative":"today"}})",
                            R"({"id":{"eq":"not an id!"}})",
                            R"({"partners":{"gt":"0"}})",
                            R"({"partners":{"in":"0"}})",
                            R"({"partners":{"in":["not an id!"]}})",
                            R"({"companies":{"each":{}}})",
                            R"({"companies":5})",
                            R"({"name":{"gt":null}})",
                            R"({"deals":{"at_least":0}})",
                            R"({"deals":{"at_least":"3"}})",
                            R"({"deals":{"at_most":-1}})",
                            R"({"deals":{"at_least":1001}})",
                            R"({"deals":{"where":{},"at_least":1.5}})",
                            R"({"deals":{"where":{}}})",
                            R"({"deals":{"via":"name","some":{}}})",
                            R"({"deals":{"via":5,"some":{}}})",
                            R"({"deals":{"via":"","some":{}}})",
                            R"({"companies":{"via":"seller","some":{}}})",
                            R"({"deals":{"where":{"nonsense":{"eq":1}},"at_least":2}})"}) {
    SCOPED_TRACE(wrong);
    EXPECT_EQ(problems(wrong).size(), 1U);
  }
}

TEST_P(FilterTest, RefusesWhatNobodyCouldHaveBuilt) {
  std::string many = R"({"or":[)";
  for (int i = 0; i < 250; ++i) many += R"({"employees":{"eq":1}},)";
  many += "{}]}";
  EXPECT_EQ(refusal([&] { names(many); }), "filter: filter_too_long");

  // More values than a statement takes.
  std::string values = R"({"or":[)";
  for (int list = 0; list < 100; ++list) {
    values += list == 0 ? "" : ",";
    values += R"({"employees":{"in":[)";
    for (int i = 0; i < 1'000; ++i) values += (i == 0 ? "" : ",") + std::to_string(i);
    values += "]}}";
  }
  values += "]}";
  EXPECT_EQ(refusal([&] { names(values); }), "filter: filter_too_long");
}

TEST_P(FilterTest, IsNoOracleForHiddenFields) {
  update("company", engine_.list_ids(owner(), object("company"), {}, 1).at(0),
         R"({"secret":"値引き可"})");
  const Caller member{.access = access(kHanako, meta::Role::member)};
  const Caller masked{.access = access(kHanako, meta::Role::member,
                                       R"({"fields":{"company.employees":"masked"}})")};

  EXPECT_EQ(refusal([&] { names(member, R"({"secret":{"starts":"値"}})"); }),
            "secret: field_unknown");
  EXPECT_EQ(refusal([&] { names(member, R"({"parent":{"some":{"secret":{"empty":false}}}})"); }),
            "secret: field_unknown");
  EXPECT_EQ(refusal([&] { names(masked, R"({"employees":{"gte":10}})"); }),
            "employees: field_unknown");
  EXPECT_EQ(refusal([&] { names(masked, "{}", {"employees"}); }), "sort: field_unknown");
}

TEST_P(FilterTest, IsNoOracleForHiddenRecords) {
  const Id theirs =
      create("company", R"({"name":"他人の会社","owner_id":")" + encode_id(kJiro) + "\"}");
  create("company", R"({"name":"子会社","owner_id":")" + encode_id(kHanako) + R"(","parent":")" +
                        encode_id(theirs) + "\"}");
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};

  EXPECT_EQ(names(own, "{}"), Names{"子会社"});
  EXPECT_EQ(names(own, R"({"parent":{"some":{"name":{"contains":"他人"}}}})"), Names{});
  EXPECT_EQ(names(R"({"parent":{"some":{"name":{"contains":"他人"}}}})"), Names{"子会社"});
}

TEST_P(FilterTest, CountsOnlyWhatTheCallerSees) {
  const Id ours = create("company", R"({"name":"共有","owner_id":")" + encode_id(kOwner) + "\"}");
  const auto deal = [&](Id of) {
    create("deal", R"({"name":"商談","amount":7,"company":")" + encode_id(ours) +
                       R"(","owner_id":")" + encode_id(of) + "\"}");
  };
  deal(kHanako);
  deal(kHanako);
  deal(kJiro);
  const char* deals = R"({"objects":{"deal":{"read":"own"}}})";
  const Caller hanako{.access = access(kHanako, meta::Role::member, deals)};
  EXPECT_EQ(names(R"({"deals":{"at_least":3}})"), Names{"共有"});
  EXPECT_EQ(names(hanako, R"({"deals":{"at_least":3}})"), Names{});
  EXPECT_EQ(names(hanako, R"({"deals":{"at_least":2,"at_most":2}})"), Names{"共有"});

  // Of an object that is closed to the caller, and of links that are, there is nothing to ask.
  const Caller closed{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"deal":{"read":"none"}}})")};
  const Caller masked{
      .access = access(kHanako, meta::Role::member, R"({"fields":{"deal.company":"masked"}})")};
  for (const char* filter : {R"({"deals":{"at_most":0}})", R"({"deals":{"none":{}}})",
                             R"({"deals":{"some":{},"via":"company"}})"}) {
    EXPECT_EQ(refusal([&] { names(closed, filter); }), "deals: field_unknown") << filter;
    EXPECT_EQ(refusal([&] { names(masked, filter); }), "deals: field_unknown") << filter;
  }
  const Caller blind{
      .access = access(kHanako, meta::Role::member, R"({"fields":{"deal.amount":"masked"}})")};
  EXPECT_EQ(
      refusal([&] { names(blind, R"({"deals":{"where":{"amount":{"eq":7}},"at_least":1}})"); }),
      "amount: field_unknown");
}

}  // namespace
}  // namespace daifuku::records
