#include "records/summary.h"

#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class SummaryTest : public EngineTest {
 protected:
  Json summary(const Caller& caller, std::string_view key, const SummaryQuery& query) {
    std::string out;
    summary_json(engine_, caller, object(key), query, out);
    return parse_json(out);
  }
  Json summary(std::string_view key, const SummaryQuery& query) {
    return summary(owner(), key, query);
  }
  // "value count sum", one a group, in order; the sum is the first one.
  static std::vector<std::string> lines(const Json& answer) {
    std::vector<std::string> out;
    for (const Json& group : answer.at("groups").as_array()) {
      const Json& value = group.at("value");
      std::string line = value.is_object()   ? json_text(value, "title", "(hidden)")
                         : value.is_string() ? std::string(value.as_string())
                                             : boost::json::serialize(value);
      line += " " + boost::json::serialize(group.at("count"));
      for (const auto& sum : group.at("sums").as_object())
        line += " " + boost::json::serialize(sum.value());
      out.push_back(line);
    }
    return out;
  }
  using Lines = std::vector<std::string>;

  void fill() {
    create("company", R"({"name":"一番","rank":"a","employees":10,"prefecture":"東京都"})");
    create("company", R"({"name":"二番","rank":"a","employees":5,"active":true})");
    create("company", R"({"name":"三番","rank":"a","prefecture":"東京都"})");
    create("company", R"({"name":"四番","rank":"b","employees":-3,"active":false})");
    create("company", R"({"name":"五番","employees":7})");
    create("company", R"({"name":"六番","employees":7})");
    remove("company", create("company", R"({"name":"捨てた","rank":"b","employees":1000})"));
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, SummaryTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(SummaryTest, CountsTheCitiesOfAnAddress) {
  create("company", R"({"name":"一","prefecture":"東京都","city":"港区"})");
  create("company", R"({"name":"二","prefecture":"東京都","city":"港区"})");
  create("company", R"({"name":"三","prefecture":"東京都","city":"千代田区"})");
  create("company", R"({"name":"四","prefecture":"大阪府","city":"大阪市北区"})");
  create("company", R"({"name":"五","prefecture":"東京都"})");

  EXPECT_EQ(lines(summary("company", {.filter = parse_json(R"({"prefecture":{"eq":"東京都"}})"),
                                      .group = "city"})),
            (Lines{"港区 2", "千代田区 1", "null 1"}));
  EXPECT_EQ(refusal([&] { summary("company", {.group = "street"}); }), "group: summary_group_kind");
}

TEST_P(SummaryTest, CountsAndAddsUpByAChoice) {
  fill();

  const Json answer = summary("company", {.group = "rank", .sums = {"employees"}});

  EXPECT_EQ(lines(answer), (Lines{"a 3 15", "null 2 14", "b 1 -3"}));
  EXPECT_EQ(answer.at("count").as_int64(), 6);
  EXPECT_EQ(answer.at("sums").at("employees").as_int64(), 26);
  EXPECT_TRUE(answer.at("exact").as_bool());
  EXPECT_FALSE(answer.as_object().contains("others"));
}

TEST_P(SummaryTest, WithoutAGroupThereAreTotalsOnly) {
  fill();

  const Json answer = summary("company", {.sums = {"employees"}});

  EXPECT_EQ(lines(answer), Lines{});
  EXPECT_EQ(answer.at("count").as_int64(), 6);
  EXPECT_EQ(answer.at("sums").at("employees").as_int64(), 26);
}

TEST_P(SummaryTest, FilterAndWordsAreThoseOfTheList) {
  fill();

  const Json filtered =
      summary("company", {.filter = parse_json(R"({"employees":{"gte":6}})"), .group = "rank"});
  const Json words = summary("company", {.words = "三番", .group = "rank"});
  const Json nothing = summary("company", {.words = "八番", .group = "rank"});

  EXPECT_EQ(lines(filtered), (Lines{"null 2", "a 1"}));
  EXPECT_EQ(lines(words), Lines{"a 1"});
  EXPECT_EQ(nothing.at("count").as_int64(), 0);
  EXPECT_TRUE(nothing.at("exact").as_bool());
}

TEST_P(SummaryTest, ValuesAreWrittenAsInARecord) {
  fill();
  const Id parent = company("親会社");
  create("company", R"({"name":"子会社","parent":")" + encode_id(parent) + R"(","seller":")" +
                        encode_id(kHanako) + "\"}");

  EXPECT_EQ(lines(summary("company", {.group = "prefecture"})), (Lines{"null 6", "東京都 2"}));
  EXPECT_EQ(lines(summary("company", {.group = "active"})), (Lines{"null 6", "false 1", "true 1"}));
  EXPECT_EQ(lines(summary("company", {.group = "seller"})), (Lines{"null 7", "花子 1"}));
  EXPECT_EQ(lines(summary("company", {.group = "parent"})), (Lines{"null 7", "親会社 1"}));
  EXPECT_EQ(lines(summary("company", {.group = "created_by"})), Lines{"山田 8"});
}

TEST_P(SummaryTest, GroupsBeyondTheLargestAreToldTogether) {
  for (int i = 0; i < kMostGroups + 5; ++i) {
    const std::string parent = encode_id(company("親" + std::to_string(i)));
    for (int child = 0; child < (i < kMostGroups ? 2 : 1); ++child)
      create("company", R"({"name":"子","employees":3,"parent":")" + parent + "\"}");
  }

  const Json answer = summary("company", {.filter = parse_json(R"({"parent":{"empty":false}})"),
                                          .group = "parent",
                                          .sums = {"employees"}});

  EXPECT_EQ(answer.at("groups").as_array().size(), static_cast<std::size_t>(kMostGroups));
  const Json& others = answer.at("others");
  EXPECT_EQ(others.at("groups").as_int64(), 5);
  EXPECT_EQ(others.at("count").as_int64(), 5);
  EXPECT_EQ(others.at("sums").at("employees").as_int64(), 15);
  EXPECT_EQ(answer.at("count").as_int64(), 2 * kMostGroups + 5);
}

TEST_P(SummaryTest, ASumLargerThanANumberIsNoFailure) {
  const std::string most = "9007199254740991";
  for (int i = 0; i < 3; ++i) create("deal", R"({"name":"大","amount":)" + most + "}");

  const Json answer = summary("deal", {.sums = {"amount"}});

  EXPECT_EQ(answer.at("sums").at("amount").as_int64(), 3 * 9'007'199'254'740'991);
}

TEST_P(SummaryTest, WhatTheCallerMayNotReadIsUnknown) {
  fill();
  const Caller masked{.access = access(kHanako, meta::Role::member,
                                       R"({"fields":{"company.rank":"masked",
                                           "company.employees":"none"}})")};

  EXPECT_EQ(refusal([&] { summary(masked, "company", {.group = "rank"}); }),
            "group: field_unknown");
  EXPECT_EQ(refusal([&] { summary(masked, "company", {.sums = {"employees"}}); }),
            "sum: field_unknown");
  EXPECT_EQ(refusal([&] { summary(masked, "company", {.group = "nothing"}); }),
            "group: field_unknown");
  EXPECT_EQ(refusal([&] { summary("company", {.group = "name"}); }), "group: summary_group_kind");
  EXPECT_EQ(refusal([&] { summary("company", {.sums = {"rank"}}); }), "sum: summary_sum_kind");
  EXPECT_EQ(refusal([&] { summary("company", {.sums = {"id"}}); }), "sum: summary_sum_kind");
}

TEST_P(SummaryTest, OnlyWhatTheCallerMaySeeIsCounted) {
  fill();
  const Caller own{.access =
                       access(kHanako, meta::Role::member, R"({"objects":{"*":{"read":"own"}}})")};
  create("company", R"({"name":"花子の客","rank":"b","employees":2,"owner_id":")" +
                        encode_id(kHanako) + "\"}");
  const Caller none{
      .access = access(kJiro, meta::Role::member, R"({"objects":{"company":{"read":"none"}}})")};

  EXPECT_EQ(lines(summary(own, "company", {.group = "rank", .sums = {"employees"}})),
            Lines{"b 1 2"});
  EXPECT_EQ(refusal([&] { summary(none, "company", {}); }), "forbidden");
}

TEST_P(SummaryTest, LinksToHiddenRecordsAreNotToldApart) {
  const std::string hanako = R"(,"owner_id":")" + encode_id(kHanako) + "\"";
  const Id one = company("隠れた一社");
  const Id two = company("隠れた二社");
  const Id seen = create("company", R"({"name":"見える会社")" + hanako + "}");
  for (const Id parent : {one, two, two, seen})
    create("company",
           R"({"name":"子","employees":1,"parent":")" + encode_id(parent) + "\"" + hanako + "}");
  const Caller own{.access =
                       access(kHanako, meta::Role::member, R"({"objects":{"*":{"read":"own"}}})")};

  const Json answer = summary(own, "company", {.group = "parent", .sums = {"employees"}});

  EXPECT_EQ(lines(answer), (Lines{"(hidden) 3 3", "見える会社 1 1", "null 1 0"}));
  EXPECT_EQ(boost::json::serialize(answer).find(encode_id(two)), std::string::npos);
}

}  // namespace
}  // namespace daifuku::records
