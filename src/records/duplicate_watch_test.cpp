#include "records/duplicate_watch.h"

#include <algorithm>

#include "records/duplicate_queue.h"
#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class DuplicateWatchTest : public EngineTest {
 protected:
  Id company_with(const std::string& name, const std::string& phone, const std::string& more = {}) {
    return create("company", R"({"name":")" + name + R"(","phone":")" + phone + "\"" + more + "}");
  }
  std::vector<std::string> open_pairs(
      DuplicateQueue::Decision decision = DuplicateQueue::Decision::open) {
    while (queue_.watch().step()) {
    }
    std::string out;
    queue_.list_json(owner(), object("company"), decision, 50, {}, out);
    const Json queue = parse_json(out);
    std::vector<std::string> pairs;
    for (const Json& item : queue.at("items").as_array())
      pairs.push_back(json_text(item.at("a"), "name") + " = " + json_text(item.at("b"), "name"));
    return pairs;
  }
  std::vector<std::string> codes(const Caller& caller, const meta::Values& values, Id except = 0) {
    std::vector<std::string> out;
    for (const auto& record : queue_.likely(caller, object("company"), values, except, 10)) {
      out.push_back(record.title + " " + std::to_string(record.percent));
      for (const MatchReason& reason : record.reasons) out.back() += " " + reason.code;
    }
    return out;
  }
  using Pairs = std::vector<std::string>;
  DuplicateQueue queue_{engine_};
  DuplicateModels models_{engine_};  // as another server would have
};
INSTANTIATE_TEST_SUITE_P(Stores, DuplicateWatchTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(DuplicateWatchTest, WhatIsSavedEntersTheQueueWithoutAScan) {
  company_with("㈱山田製作所", "03-1234-5678");
  EXPECT_EQ(open_pairs(), Pairs{});
  company_with("北海道乳業", "011-555-6666");

  company_with("山田製作所　株式会社", "０３（１２３４）５６７８");

  EXPECT_EQ(open_pairs(), Pairs{"㈱山田製作所 = 山田製作所　株式会社"});
  EXPECT_FALSE(queue_.watch().waiting());
}

TEST_P(DuplicateWatchTest, WhatIsMendedTrashedAndRestoredLeavesAndComesBack) {
  company_with("㈱山田製作所", "03-1234-5678");
  const Id b = company_with("山田製作所(株)", "03-1234-5678");
  ASSERT_EQ(open_pairs().size(), 1U);

  remove("company", b);
  EXPECT_EQ(open_pairs(), Pairs{});
  EXPECT_EQ(count("SELECT count(*) FROM duplicate_pair d WHERE {d}"), 0);
  restore("company", b);
  EXPECT_EQ(open_pairs().size(), 1U);
  update("company", b, R"({"name":"北海道乳業","phone":"011-555-6666"})");
  EXPECT_EQ(open_pairs(), Pairs{});
  EXPECT_EQ(count("SELECT count(*) FROM duplicate_pair d WHERE {d}"), 0);
}

TEST_P(DuplicateWatchTest, ADecisionStaysWhateverIsChanged) {
  const Id a = company_with("㈱山田製作所", "03-1234-5678");
  const Id b = company_with("山田製作所(株)", "03-1234-5678");
  ASSERT_EQ(open_pairs().size(), 1U);
  queue_.decide(owner(), object("company"), {{a, b}}, DuplicateQueue::Decision::different);

  update("company", b, R"({"name":"山田製作所"})");
  EXPECT_EQ(open_pairs(), Pairs{});
  EXPECT_EQ(open_pairs(DuplicateQueue::Decision::different), Pairs{"㈱山田製作所 = 山田製作所"});
  update("company", b, R"({"name":"北海道乳業","phone":"011-555-6666"})");
  EXPECT_EQ(open_pairs(DuplicateQueue::Decision::different), Pairs{"㈱山田製作所 = 北海道乳業"});
}

TEST_P(DuplicateWatchTest, WhatWasChangedWhileNoServerRanIsCaughtUp) {
  company_with("㈱山田製作所", "03-1234-5678");
  ASSERT_EQ(open_pairs(), Pairs{});
  clock_.advance(60'000);  // so long that the mark goes into the store
  company_with("北海道乳業", "011-555-6666");
  ASSERT_EQ(open_pairs(), Pairs{});
  queue_.stop();

  company_with("山田製作所(株)", "03-1234-5678");
  DuplicateWatch next(engine_, models_);
  EXPECT_TRUE(next.waiting());
  EXPECT_FALSE(next.step());
  EXPECT_FALSE(next.waiting());

  EXPECT_EQ(count("SELECT count(*) FROM duplicate_pair d WHERE {d}"), 1);
}

TEST_P(DuplicateWatchTest, ManyChangesAreManySteps) {
  engine_.write(owner(), [&](Write& write) {
    for (int i = 0; i < 450; ++i) {
      Draft draft;
      draft.values["name"] = "株式会社" + std::to_string(1000 + i / 2 * 37) + "商会";
      draft.values["phone"] =
          "03-3" + std::to_string(100 + i / 2) + "-" + std::to_string(1000 + i / 2 * 17);
      write.create(object("company"), std::move(draft));
    }
  });
  EXPECT_TRUE(queue_.watch().step());
  EXPECT_TRUE(queue_.watch().waiting());
  open_pairs();

  EXPECT_EQ(count("SELECT count(*) FROM duplicate_pair d WHERE {d} AND d.score > 0"), 225);
}

TEST_P(DuplicateWatchTest, ADraftIsToldTheLikeliestFirst) {
  const Id id = company_with("㈱山田製作所", "03-1234-5678");
  company_with("山田製作所 合同会社", "045-222-3333");

  const auto found = codes(owner(), {{"name", std::string("山田製作所株式会社")},
                                     {"phone", std::string("03-1234-5678")}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].starts_with("㈱山田製作所 9")) << found[0];
  EXPECT_TRUE(found[0].ends_with(" name_equal phone_equal")) << found[0];
  EXPECT_TRUE(found[1].ends_with(" name_but_form phone_different")) << found[1];
  EXPECT_EQ(codes(owner(), {{"phone", std::string("03-1234-5678")}}).size(), 1U);
  EXPECT_TRUE(codes(owner(), {{"phone", std::string("03-1234-5678")}}, id).empty());
  EXPECT_TRUE(codes(owner(), {{"name", std::string("佐藤商店")}}).empty());
}

// However many bear the name: more than are looked at of one key.
TEST_P(DuplicateWatchTest, OfAFrequentNameTheOneInTheSameCityIsFound) {
  const auto in_city = [&](const std::string& city) {
    return create("company", R"({"name":"大和商事","prefecture":"東京都","city":")" + city + "\"}");
  };
  const Id wanted = in_city("青梅市");
  for (int i = 0; i < 50; ++i) in_city(i % 2 == 0 ? "千代田区" : "中央区");

  const auto likely = [&](const Caller& caller) {
    return queue_.likely(caller, object("company"),
                         {{"name", std::string("㈱大和商事")},
                          {"prefecture", std::string("東京都")},
                          {"city", std::string("青梅市")}},
                         0, 10);
  };
  const auto found = likely(owner());
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().id, wanted);
  // To whom the city is hidden it is no help either.
  const Caller masked{
      .access = access(kHanako, meta::Role::member, R"({"fields":{"company.city":"masked"}})")};
  EXPECT_EQ(std::ranges::count(likely(masked), wanted, &LikelyRecord::id), 0);
}

TEST_P(DuplicateWatchTest, ADraftIsToldOnlyWhatTheCallerMaySee) {
  company_with("㈱山田製作所", "03-1234-5678", R"(,"owner_id":")" + encode_id(kJiro) + "\"");
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};
  const Caller masked{
      .access = access(kHanako, meta::Role::member, R"({"fields":{"company.phone":"masked"}})")};
  const meta::Values draft{{"name", std::string("山田製作所(株)")},
                           {"phone", std::string("03-1234-5678")}};

  EXPECT_TRUE(codes(own, draft).empty());
  const auto found = codes(masked, draft);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].ends_with(" name_equal")) << found[0];
  // Nor does the likelihood tell what the number is.
  EXPECT_EQ(found, codes(masked, {{"name", std::string("山田製作所(株)")}}));
  EXPECT_TRUE(codes(masked, {{"phone", std::string("03-1234-5678")}}).empty());
}

TEST_P(DuplicateWatchTest, WhatAScanLearnedIsKept) {
  for (int i = 0; i < 80; ++i) {
    const std::string n = std::to_string(1000 + i / 2 * 37);
    company_with((i % 2 == 0 ? "㈱" : "株式会社") + n + "商会", "03-3" + n.substr(1) + "-" + n);
  }
  queue_.scan(owner(), object("company"));
  queue_.wait();

  const auto model = models_.of(engine_.plan(object("company")));
  ASSERT_NE(model, nullptr);
  EXPECT_TRUE(model->learned);
  EXPECT_EQ(model->rows, 80U);
  // Every second row has a twin here: half of the pairs of the usual share is far less.
  EXPECT_GT(model->model.prior(), matching::Model::usual(model->kinds, 80).prior());
}

}  // namespace
}  // namespace daifuku::records
