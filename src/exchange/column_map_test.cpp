#include "exchange/column_map.h"

#include <gtest/gtest.h>

#include <set>

#include "exchange/own_maps.h"
#include "exchange/ready_maps.h"
#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

std::vector<HeaderColumn> headings(std::initializer_list<std::string_view> names) {
  std::vector<HeaderColumn> out;
  for (const std::string_view name : names) {
    out.push_back(
        {.name = std::string(name), .label = std::string(name), .generated = name.empty()});
  }
  return out;
}

TEST(ColumnMap, FindsHeadingsHoweverTheyAreWritten) {
  const ColumnMap map = read_column_map(parse_json(
      R"j({"id":"x","object":"company",
           "columns":{"会社名":"name","TEL(1)":"field:phone","備考":"note"}})j"));

  EXPECT_EQ(*map.target({.name = "会 社 名", .label = "会 社 名"}), "field:name");
  EXPECT_EQ(*map.target({.name = "ＴＥＬ（１）", .label = "ＴＥＬ（１）"}), "field:phone");
  EXPECT_EQ(*map.target({.name = "備考 (2)", .label = "備考"}), "note");
  EXPECT_EQ(map.target({.name = "住所", .label = "住所"}), nullptr);
  EXPECT_EQ(map.target({.name = "会社名", .label = "", .generated = true}), nullptr);
}

TEST(ColumnMap, FitsOnlyFilesWithItsHeadings) {
  const ColumnMap map = read_column_map(parse_json(
      R"({"id":"x","object":"company","all":["会社名"],"any":["番号A","番号B"],"columns":{"会社名":"name","番号B":"code"}})"));

  EXPECT_EQ(map.fit(headings({"会社名", "番号B"}), "csv"), 1);
  EXPECT_EQ(map.fit(headings({"会社名", "番号B", "x", "y"}), "csv"), 0.5);
  EXPECT_EQ(map.fit(headings({"会社名"}), "csv"), 0);
  EXPECT_EQ(map.fit(headings({"番号A", "番号B"}), "csv"), 0);
  EXPECT_EQ(map.fit({}, "csv"), 0);
}

TEST(ColumnMap, OfOneFormatFitsItAlone) {
  const ColumnMap map = read_column_map(parse_json(R"({"id":"x","format":"vcard"})"));

  EXPECT_EQ(map.fit(headings({"なんでも"}), "vcard"), 1);
  EXPECT_EQ(map.fit(headings({"なんでも"}), "csv"), 0);
}

TEST(ColumnMap, IsRefusedWhenItIsNone) {
  for (const char* text : {"[]", R"({"columns":[]})", R"({"columns":{"a":1}})", R"({"all":"a"})",
                           R"({"values":{"a":{"b":2}}})", R"({"values":3})"}) {
    EXPECT_EQ(testing::error_code_of([&] { read_column_map(parse_json(text)); }), "invalid")
        << text;
  }
}

TEST(FittingMaps, PutSavedOnesFirstWhenTheFileIsTheSame) {
  const auto eight = headings({"会社名", "e-mail", "氏名", "Eightでつながっている人"});
  const OwnMap own{
      .id = 5,
      .name = "自分の",
      .object = "person",
      .body = R"({"columns":{"会社名":"note","e-mail":"field:email","氏名":"field:name",
                               "Eightでつながっている人":"ignore"}})"};
  const OwnMap broken{.id = 6, .name = "壊れた", .object = "person", .body = R"({"columns":1})"};

  const auto found = fitting_maps({own, broken}, eight, "csv");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].own);
  EXPECT_EQ(found[0].id, encode_id(5));
  EXPECT_EQ(found[1].id, "eight");
  // Another file: half of its headings are new.
  EXPECT_TRUE(fitting_maps({own}, headings({"会社名", "氏名", "a", "b"}), "csv").empty());
}

TEST(ReadyMaps, HaveEachTheirOwnNameAndHeadings) {
  std::set<std::string> ids;
  for (const ColumnMap& map : ready_maps()) {
    EXPECT_TRUE(ids.insert(map.id).second) << map.id;
    EXPECT_FALSE(map.name.ja.empty() || map.name.en.empty() || map.object.empty()) << map.id;
    EXPECT_FALSE(map.columns.empty()) << map.id;
    EXPECT_TRUE(!map.all.empty() || !map.any.empty() || !map.format.empty()) << map.id;
    for (const auto& [heading, words] : map.values) {
      EXPECT_TRUE(map.columns.contains(heading)) << map.id << " " << heading;
    }
  }
  EXPECT_GE(ids.size(), 20U);
}

}  // namespace
}  // namespace daifuku::exchange
