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
  for (const char* wrong :
       {R"({"employees":5})", R"({"employees":{"in":5}})", R"({"employees":{"between":[1]}})",
        R"({"employees":{"contains":"1"}})", R"({"employees":{"empty":"yes"}})",
        R"({"employees":{"has":1}})", R"({"employees":{"some":{}}})",
        R"({"founded_on":{"relative":"someday"}})", R"({"founded_on":{"relative":5}})",
        R"({"founded_on":{"relative":"last_days:-1"}})", R"({"name":{"relative":"today"}})",
        R"({"id":{"eq":"not an id!"}})", R"({"partners":{"gt":"0"}})",
        R"({"companies":{"each":{}}})", R"({"companies":5})", R"({"name":{"gt":null}})"}) {
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

}  // namespace
}  // namespace daifuku::records
