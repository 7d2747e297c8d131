#include "records/duplicate_queue.h"

#include <algorithm>

#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class DuplicateQueueTest : public EngineTest {
 protected:
  // Companies with nothing in common, so that there is something to learn from.
  void fill() {
    engine_.write(owner(), [&](Write& write) {
      for (int i = 0; i < 60; ++i) {
        Draft draft;
        const auto letter = [&](int at) {
          return std::string(reinterpret_cast<const char*>(u8"赤青白黒金銀松竹梅桜") + at * 3, 3);
        };
        draft.values["name"] =
            "株式会社" + letter(i % 10) + letter(i / 10) + letter((i * 7 + 3) % 10) + "商会";
        draft.values["phone"] =
            "03-3" + std::to_string(100 + i * 13) + "-" + std::to_string(1000 + i * 97);
        write.create(object("company"), std::move(draft));
      }
    });
  }
  Id company_with(const std::string& name, const std::string& phone, const std::string& more = {}) {
    return create("company", R"({"name":")" + name + R"(","phone":")" + phone + "\"" + more + "}");
  }
  Json queue(const Caller& caller,
             DuplicateQueue::Decision decision = DuplicateQueue::Decision::open, int limit = 20,
             const std::string& after = {}) {
    std::string out;
    queue_.list_json(caller, object("company"), decision, limit, after, out);
    return parse_json(out);
  }
  static std::vector<std::string> pairs(const Json& queue) {
    std::vector<std::string> out;
    for (const Json& item : queue.at("items").as_array())
      out.push_back(json_text(item.at("a"), "name") + " = " + json_text(item.at("b"), "name"));
    return out;
  }
  void scan() {
    queue_.scan(owner(), object("company"));
    queue_.wait();
  }
  std::string status() {
    std::string out;
    queue_.scan_json(owner(), object("company"), out);
    return json_text(parse_json(out), "status");
  }

  DuplicateQueue queue_{engine_};
};
INSTANTIATE_TEST_SUITE_P(Stores, DuplicateQueueTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(DuplicateQueueTest, FindsTwoSpellingsOfOneCompany) {
  fill();
  EXPECT_EQ(status(), "never");
  company_with("㈱山田製作所", "03-1234-5678");
  company_with("山田製作所　株式会社", "０３（１２３４）５６７８");

  scan();

  EXPECT_EQ(status(), "done");
  const Json found = queue(owner());
  EXPECT_EQ(pairs(found), std::vector<std::string>{"㈱山田製作所 = 山田製作所　株式会社"});
  const Json& item = found.at("items").as_array().at(0);
  EXPECT_GT(json_integer(item, "percent"), 90);
  std::vector<std::string> reasons;
  for (const Json& reason : item.at("reasons").as_array())
    reasons.push_back(json_text(reason, "code"));
  std::ranges::sort(reasons);
  EXPECT_EQ(reasons, (std::vector<std::string>{"name_equal", "phone_equal"}));
}

TEST_P(DuplicateQueueTest, ADecisionStaysOverTheNextScan) {
  fill();
  const Id a = company_with("㈱山田製作所", "03-1234-5678");
  const Id b = company_with("山田製作所(株)", "03-1234-5678");
  scan();

  queue_.decide(owner(), object("company"), {{b, a}}, DuplicateQueue::Decision::different);
  scan();

  EXPECT_TRUE(pairs(queue(owner())).empty());
  EXPECT_EQ(pairs(queue(owner(), DuplicateQueue::Decision::different)).size(), 1U);
  queue_.decide(owner(), object("company"), {{a, b}}, DuplicateQueue::Decision::open);
  EXPECT_EQ(pairs(queue(owner())).size(), 1U);
}

TEST_P(DuplicateQueueTest, WhatIsMendedOrTrashedLeaves) {
  fill();
  const Id a = company_with("㈱山田製作所", "03-1234-5678");
  const Id b = company_with("山田製作所(株)", "03-1234-5678");
  company_with("鈴木水産", "045-222-3333");
  const Id gone = company_with("(株)鈴木水産", "045-222-3333");
  scan();
  ASSERT_EQ(pairs(queue(owner())).size(), 2U);

  remove("company", gone);
  EXPECT_EQ(pairs(queue(owner())).size(), 1U);
  update("company", b, R"({"name":"北海道乳業","phone":"011-555-6666"})");
  scan();

  EXPECT_TRUE(pairs(queue(owner())).empty());
  EXPECT_EQ(refusal([&] {
              queue_.decide(owner(), object("company"), {{a, b}}, DuplicateQueue::Decision::later);
            }),
            "not_found");
}

TEST_P(DuplicateQueueTest, ShowsPairsOnlyToThoseWhoSeeBoth) {
  fill();
  const std::string mine = R"(,"owner_id":")" + encode_id(kHanako) + "\"";
  const Id a = company_with("㈱山田製作所", "03-1234-5678", mine);
  const Id b = company_with("山田製作所(株)", "03-1234-5678");
  company_with("鈴木水産", "045-222-3333", mine);
  company_with("(株)鈴木水産", "045-222-3333", mine);
  scan();
  const Caller hanako{.access = access(kHanako, meta::Role::member,
                                       R"({"objects":{"company":{"read":"own","update":"own"}}})")};

  EXPECT_EQ(pairs(queue(owner())).size(), 2U);
  EXPECT_EQ(pairs(queue(hanako)), std::vector<std::string>{"鈴木水産 = (株)鈴木水産"});
  EXPECT_EQ(
      refusal([&] {
        queue_.decide(hanako, object("company"), {{a, b}}, DuplicateQueue::Decision::different);
      }),
      "not_found");
  EXPECT_EQ(refusal([&] { queue_.scan(hanako, object("company")); }), "forbidden");
}

TEST_P(DuplicateQueueTest, ReasonsOfHiddenFieldsAreNotTold) {
  fill();
  company_with("㈱山田製作所", "03-1234-5678");
  company_with("山田製作所(株)", "03-1234-5678");
  scan();
  const Caller masked{
      .access = access(kJiro, meta::Role::member, R"({"fields":{"company.phone":"masked"}})")};

  const Json found = queue(masked);

  ASSERT_EQ(found.at("items").as_array().size(), 1U);
  for (const Json& reason : found.at("items").as_array().at(0).at("reasons").as_array())
    EXPECT_NE(json_text(reason, "field"), "phone");
}

TEST_P(DuplicateQueueTest, PagesMeet) {
  fill();
  for (int i = 0; i < 7; ++i) {
    const std::string phone =
        "052-" + std::to_string(201 + i * 31) + "-9" + std::to_string(i) + "11";
    company_with("㈱双葉" + std::to_string(i * i + 11) + "号店", phone);
    company_with("双葉" + std::to_string(i * i + 11) + "号店(株)", phone);
  }
  scan();
  const auto whole = pairs(queue(owner(), DuplicateQueue::Decision::open, 50));
  ASSERT_GE(whole.size(), 7U);

  std::vector<std::string> met;
  std::string after;
  do {
    const Json page = queue(owner(), DuplicateQueue::Decision::open, 2, after);
    for (std::string& pair : pairs(page)) met.push_back(std::move(pair));
    after = json_text(page, "next");
  } while (!after.empty());

  EXPECT_EQ(met, whole);
  EXPECT_EQ(refusal([&] { queue(owner(), DuplicateQueue::Decision::open, 2, "x.y"); }),
            "after: invalid_id");
}

TEST_P(DuplicateQueueTest, AnObjectWithoutNamesIsNotScanned) {
  EXPECT_EQ(refusal([&] { queue_.scan(owner(), object("deal")); }), "duplicates_not_compared");
}

}  // namespace
}  // namespace daifuku::records
