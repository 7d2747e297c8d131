#include "records/keys.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "records/test_engine.h"
#include "text/name_key.h"

namespace daifuku::records {
namespace {

class KeysTest : public testing::Test {
 protected:
  const meta::Catalog catalog_{test_objects()};
  const ObjectPlan plan_{catalog_, *catalog_.object("company")};

  std::vector<std::int64_t> hashes(const meta::Values& values) {
    std::vector<std::int64_t> out;
    for (const MatchKey& key : match_keys(plan_, values)) out.push_back(key.hash);
    return out;
  }
  bool meet(const meta::Values& a, const meta::Values& b) {
    const auto theirs = hashes(b);
    return std::ranges::any_of(hashes(a), [&](std::int64_t hash) {
      return std::ranges::find(theirs, hash) != theirs.end();
    });
  }
};

// They are stored: another build must compute the same.
TEST_F(KeysTest, HashesAreForLife) {
  EXPECT_EQ(key_hash(1, MatchKey::name, "ヤマダ"), 3374055271378788342);
  EXPECT_NE(key_hash(1, MatchKey::name, "ヤマダ"), key_hash(2, MatchKey::name, "ヤマダ"));
  EXPECT_NE(key_hash(1, MatchKey::name, "ヤマダ"), key_hash(1, MatchKey::kana, "ヤマダ"));
}

TEST_F(KeysTest, SpellingsOfOneNameMeet) {
  const meta::Values wanted{{"name", std::string("株式会社山田製作所")}};
  for (const char* name :
       {"㈱山田製作所", "（株）山田製作所", "山田製作所", "株式会社 山田 製作所"}) {
    SCOPED_TRACE(name);
    EXPECT_TRUE(meet(wanted, {{"name", std::string(name)}}));
  }
  EXPECT_FALSE(meet(wanted, {{"name", std::string("株式会社山口製作所")}}));
}

TEST_F(KeysTest, PhonesMeetByTheirDigits) {
  const meta::Values wanted{{"phone", std::string("03-1234-5678")}};

  EXPECT_TRUE(meet(wanted, {{"phone", std::string("0312345678")}}));
  EXPECT_FALSE(meet(wanted, {{"phone", std::string("03-1234-5679")}}));
  EXPECT_TRUE(hashes({{"phone", std::string("110")}}).empty());
}

TEST_F(KeysTest, HiddenNamesOfAReferenceFindTheRecord) {
  const auto keys = hashes({{"name", std::string("㈱山田製作所")}});
  const auto references = reference_keys(plan_.object, "株式会社山田製作所");

  EXPECT_TRUE(std::ranges::any_of(references, [&](const MatchKey& key) {
    return std::ranges::find(keys, key.hash) != keys.end();
  }));
}

TEST_F(KeysTest, OnlyDuplicateAndUniqueFieldsMakeKeys) {
  EXPECT_TRUE(hashes({{"note", std::string("山田")}, {"employees", std::int64_t{5}}}).empty());
  EXPECT_TRUE(hashes({}).empty());
  const meta::FieldDef& code = *plan_.object.field("code");
  EXPECT_EQ(unique_text(code, std::string("Ａ－１")), unique_text(code, std::string("a1")));
  EXPECT_NE(unique_text(code, std::string("1")),
            unique_text(*plan_.object.field("note"), std::string("1")));
}

// What is typed, and whether the kept key of the name lies in its range.
TEST_F(KeysTest, NamesThatBeginAlikeLieTogether) {
  const auto within = [&](const char* typed, const char* name) {
    const KeyRange range = keys_of_beginning(plan_.object.id, text::company_key(typed).loose);
    const auto keys = kept_keys(plan_, {{"name", std::string(name)}});
    return std::ranges::any_of(keys, [&](const MatchKey& key) {
      return key.sort == MatchKey::begins && key.hash >= range.first && key.hash <= range.last;
    });
  };
  for (const char* typed :
       {"山田", "山田製", "㈱山田製作", "株式会社山田製作所", "(株)山田製作所東"}) {
    SCOPED_TRACE(typed);
    EXPECT_TRUE(within(typed, "株式会社山田製作所東京"));
  }
  EXPECT_TRUE(within("山田", "山田"));
  EXPECT_FALSE(within("山田製", "山田"));
  EXPECT_FALSE(within("山田製", "山口製作所"));
  EXPECT_FALSE(within("山田製", "新山田製作所"));
  const KeyRange theirs = keys_of_beginning(plan_.object.id + 1, "山田");
  const KeyRange ours = keys_of_beginning(plan_.object.id, "山田");
  EXPECT_TRUE(theirs.last < ours.first || ours.last < theirs.first);
  EXPECT_EQ(keys_of_beginning(1, "山田製作所").first, -913227423688051712) << "for life";
}

}  // namespace
}  // namespace daifuku::records
