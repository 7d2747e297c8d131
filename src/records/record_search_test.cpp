#include <algorithm>

#include "records/duplicate_queue.h"
#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class SearchTest : public EngineTest {
 protected:
  std::vector<Id> find(const Caller& caller, const std::string& typed, int limit = 50) {
    return engine_.search(caller, object("company"), typed, limit);
  }
  std::vector<Id> find(const std::string& typed) { return find(owner(), typed); }
};
INSTANTIATE_TEST_SUITE_P(Stores, SearchTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(SearchTest, FindsHoweverItIsTyped) {
  const Id id = create("company", R"({"name":"株式会社髙島サーバー","phone":"03-1234-5678",
    "note":"2026年に契約、担当は渡邊さん"})");
  company("別の会社");

  for (const char* typed :
       {"高島", "髙島サーバ", "たかしま", "ｻｰﾊﾞｰ", "サーバ", "㈱高島", "0312345678", "1234-5678",
        "５６７８", "渡辺", "契約", "高", "高島 契約"}) {
    SCOPED_TRACE(typed);
    // The reading is not known: kana find the name only where it is written in kana.
    const bool by_reading = std::string_view(typed) == "たかしま";
    EXPECT_EQ(find(typed), by_reading ? std::vector<Id>{} : std::vector<Id>{id});
  }
  for (const char* typed : {"高島屋", "島高", "1234-9999", "高島 解約", "", " ", "%", "*"}) {
    SCOPED_TRACE(typed);
    EXPECT_TRUE(find(typed).empty());
  }
}

// The index knows pairs of letters; a text that has them all, but not in this order, is no hit.
TEST_P(SearchTest, VerifiesWhatTheIndexSays) {
  company("東京京都商会");
  const Id id = company("東京都商会");

  EXPECT_EQ(find("東京都"), std::vector<Id>{id});
  EXPECT_EQ(find("東京").size(), 2U);
}

TEST_P(SearchTest, ExactNamesComeFirstThenTheNewest) {
  const Id exact = company("山田");
  const Id older = company("山田製作所");
  clock_.advance(10);
  const Id newer = company("新山田商店");

  EXPECT_EQ(find("山田"), (std::vector<Id>{exact, newer, older}));
  EXPECT_EQ(find(owner(), "山田", 2), (std::vector<Id>{exact, newer}));
}

TEST_P(SearchTest, FollowsChanges) {
  const Id id = company("山田製作所");

  update("company", id, R"({"name":"佐藤商店"})");

  EXPECT_TRUE(find("山田").empty());
  EXPECT_EQ(find("佐藤"), std::vector<Id>{id});
}

TEST_P(SearchTest, FindsOnlyWhatTheCallerMayRead) {
  const Id theirs = create("company", R"({"name":"秘密商事","secret":"買収の話","owner_id":")" +
                                          encode_id(kJiro) + "\"}");
  const Id mine =
      create("company", R"({"name":"秘密工業","owner_id":")" + encode_id(kHanako) + "\"}");
  const Caller member{.access = access(kHanako, meta::Role::member)};
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};

  EXPECT_EQ(find("買収"), std::vector<Id>{theirs});
  EXPECT_TRUE(find(member, "買収").empty());
  EXPECT_EQ(find(member, "秘密").size(), 2U);
  EXPECT_EQ(find(own, "秘密"), std::vector<Id>{mine});
}

TEST_P(SearchTest, DuplicatesTellTheReason) {
  const Id id = create("company", R"({"name":"株式会社山田製作所","phone":"03-1234-5678"})");
  const auto reasons = [&](const meta::Values& values, Id except = 0) {
    const auto matches =
        DuplicateQueue(engine_).likely(owner(), object("company"), values, except, 10);
    std::vector<std::string> codes;
    if (!matches.empty()) {
      for (const MatchReason& reason : matches.front().reasons) codes.push_back(reason.code);
    }
    return codes;
  };

  EXPECT_EQ(reasons({{"name", std::string("㈱山田製作所")}}),
            std::vector<std::string>{"name_equal"});
  EXPECT_EQ(reasons({{"phone", std::string("03-1234-5678")}}),
            std::vector<std::string>{"phone_equal"});
  EXPECT_TRUE(reasons({{"name", std::string("佐藤商店")}}).empty());
  EXPECT_TRUE(reasons({{"name", std::string("㈱山田製作所")}}, id).empty());
  remove("company", id);
  EXPECT_TRUE(reasons({{"name", std::string("㈱山田製作所")}}).empty());
}

TEST_P(SearchTest, DuplicatesGiveNoHintOfHiddenFields) {
  create("company", R"({"name":"株式会社山田製作所","phone":"03-1234-5678"})");
  const Caller masked{
      .access = access(kHanako, meta::Role::member, R"({"fields":{"company.phone":"masked"}})")};

  EXPECT_TRUE(
      DuplicateQueue(engine_)
          .likely(masked, object("company"), {{"phone", std::string("03-1234-5678")}}, 0, 10)
          .empty());
}

TEST_P(SearchTest, HalfANameFindsThoseThatBeginAlike) {
  const Id works = create("company", R"({"name":"株式会社山田製作所","phone":"03-1234-5678"})");
  const Id trade = create("company", R"({"name":"山田製菓"})");
  create("company", R"({"name":"新山田製作所"})");
  create("company", R"({"name":"山口製作所"})");
  remove("company", create("company", R"({"name":"山田製紙"})"));
  const Caller masked{
      .access = access(kHanako, meta::Role::member, R"({"fields":{"company.name":"masked"}})")};
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};
  DuplicateQueue queue(engine_);
  const auto found = [&](const Caller& caller, const char* typed, Id except = 0, int limit = 10) {
    std::vector<Id> out;
    const meta::Values draft{{"name", std::string(typed)}};
    for (const BeginsAlike& one :
         queue.begins_alike(caller, object("company"), draft, except, limit))
      out.push_back(one.id);
    return out;
  };
  const auto titled =
      queue.begins_alike(owner(), object("company"), {{"name", std::string("山田製")}}, 0, 1);

  for (const char* typed : {"山田", "山田製", "㈱山田製"}) {
    SCOPED_TRACE(typed);
    EXPECT_EQ(found(owner(), typed), std::vector<Id>({trade, works}));
  }
  EXPECT_EQ(found(owner(), "山田製作"), std::vector<Id>{works});
  EXPECT_EQ(found(owner(), "山田製", trade), std::vector<Id>{works});
  ASSERT_EQ(titled.size(), 1U);
  EXPECT_EQ(titled.front().title, "山田製菓");
  EXPECT_TRUE(found(owner(), "山").empty());
  EXPECT_TRUE(found(owner(), "").empty());
  EXPECT_TRUE(found(masked, "山田製").empty());
  EXPECT_TRUE(found(own, "山田製").empty());
  // Whoever is told, half a name is never who it is.
  EXPECT_TRUE(
      queue.likely(owner(), object("company"), {{"name", std::string("山田製")}}, 0, 10).empty());

  update("company", works, R"({"name":"株式会社川田製作所"})");
  EXPECT_EQ(found(owner(), "山田製"), std::vector<Id>{trade});
  EXPECT_EQ(found(owner(), "川田"), std::vector<Id>{works});
}

// Two letters of kana or Latin begin too many.
TEST_P(SearchTest, TwoLettersTellOfKanjiAlone) {
  create("company", R"({"name":"アサヒ商店"})");
  DuplicateQueue queue(engine_);
  const auto count = [&](const char* typed) {
    return queue.begins_alike(owner(), object("company"), {{"name", std::string(typed)}}, 0, 10)
        .size();
  };

  EXPECT_EQ(count("アサ"), 0U);
  EXPECT_EQ(count("アサヒ"), 1U);
  EXPECT_EQ(count("あさひ"), 1U);
}

TEST_P(SearchTest, ReferencesByNameTellTheLegalFormApart) {
  const Id stock = company("株式会社東京商事");
  const Id limited = company("合同会社東京商事");
  const auto refer = [&](const std::string& name) {
    std::vector<Id> out;
    store_->read([&](store::Connection& connection) {
      out = engine_.find_by_key(connection, owner(), object("company"), name);
    });
    std::ranges::sort(out);
    return out;
  };

  EXPECT_EQ(refer("㈱東京商事"), std::vector<Id>{stock});
  EXPECT_EQ(refer("（同）東京商事"), std::vector<Id>{limited});
  EXPECT_EQ(refer("東京商事"), (std::vector<Id>{stock, limited}));
  EXPECT_TRUE(refer("大阪商事").empty());
}

}  // namespace
}  // namespace daifuku::records
