#include "text/filter_text.h"

#include <gtest/gtest.h>

#include <random>

#include "text/code_points.h"
#include "text/search_query.h"

namespace daifuku::text {
namespace {

bool found(FilterText kind, std::string_view value, std::string_view typed, bool at_start = false) {
  std::string lines;
  filter_lines(kind, value, lines);
  return filter_matches(filter_needle(kind, typed, at_start), lines);
}

TEST(FilterText, OneSpellingForWhatAPersonCallsTheSame) {
  const struct {
    FilterText kind;
    const char* value;
    const char* typed;
  } cases[] = {{FilterText::words, "髙橋 一郎", "高橋一"},
               {FilterText::words, "ヤマダ電機", "ﾔﾏﾀﾞ"},
               {FilterText::words, "やまだ", "ヤマ"},
               {FilterText::words, "Tokyo Tower", "ＴＯＫＹＯ"},
               {FilterText::words, "自由が丘店", "自由が"},
               {FilterText::words, "自由ヶ丘店", "自由が丘"},
               {FilterText::words, "サーバー室", "サーバ"},
               {FilterText::name, "㈱山田製作所", "株式会社山田"},
               {FilterText::name, "株式会社山田製作所", "㈱山田"},
               {FilterText::name, "株式会社山田製作所", "(株)山田"},
               {FilterText::name, "山田製作所（株）", "山田製作所株式会社"},
               {FilterText::name, "(有)あおば", "有限会社"},
               {FilterText::name, "株式会社山田製作所", "式会社山"},
               {FilterText::digits, "03-1234-5678", "０３（１２３４）"},
               {FilterText::marks, "Taro@Kanariya.example.jp", "@kanariya.EXAMPLE"}};
  for (const auto& one : cases) {
    SCOPED_TRACE(std::string(one.value) + " / " + one.typed);
    EXPECT_TRUE(found(one.kind, one.value, one.typed));
  }
}

TEST(FilterText, OtherTextsAreNotFound) {
  EXPECT_FALSE(found(FilterText::words, "東京都", "京東"));
  EXPECT_FALSE(found(FilterText::name, "合同会社山田", "株式会社山田"));
  EXPECT_FALSE(found(FilterText::name, "山田株式会社", "株式会社山田"));
  EXPECT_FALSE(found(FilterText::digits, "03-1234-5678", "9999"));
  EXPECT_FALSE(found(FilterText::marks, "taro@example.jp", "taroexample"));
}

TEST(FilterText, TheStartIsTheStartOfAnySpelling) {
  EXPECT_TRUE(found(FilterText::name, "㈱山田製作所", "株式会社山", true));
  EXPECT_TRUE(found(FilterText::name, "㈱山田製作所", "株山", true));
  EXPECT_FALSE(found(FilterText::name, "㈱山田製作所", "製作所", true));
  EXPECT_TRUE(found(FilterText::digits, "03-1234-5678", "03-12", true));
  EXPECT_FALSE(found(FilterText::digits, "03-1234-5678", "1234", true));
}

TEST(FilterText, PunctuationAloneIsNotFolded) {
  EXPECT_TRUE(filter_needle(FilterText::words, "・", false).parts.empty());
}

// The search index narrows the candidates: what is found must be among them.
TEST(FilterText, GramsNeverLoseWhatIsFound) {
  const struct {
    FilterText kind;
    SearchKind index;
    std::vector<std::string> values;
  } sorts[] = {
      {FilterText::words,
       SearchKind::words,
       {"自由ヶ丘クリニック", "佐々木・高橋法律事務所", "ヴァイオリン工房ラヴ", "Café Müller",
        "サーバー－ワークス", "葛󠄀城市𠮷野町"}},
      {FilterText::name,
       SearchKind::name,
       {"株式会社山田製作所", "㈱髙島屋 日本橋店", "DMM.com合同会社", "(有)あ",
        "医療法人社団会田会", "株式会社会社"}},
      {FilterText::digits, SearchKind::phone, {"03-1234-5678", "0120-444-444"}},
      {FilterText::marks, SearchKind::email, {"taro.yamada@example.co.jp", "a+b@example.jp"}}};
  std::mt19937 random(11);
  std::size_t seen = 0;
  for (const auto& sort : sorts) {
    for (int i = 0; i < 4'000; ++i) {
      const std::string& value = sort.values[random() % sort.values.size()];
      // Cut from a spelling of another value of the same sort too: both must agree.
      const std::string& source = sort.values[random() % sort.values.size()];
      std::u32string letters;
      decode_utf8(i % 3 == 0 ? value : source, letters);
      const std::size_t from = random() % letters.size();
      std::u32string cut = letters.substr(from, 1 + random() % 8);
      if (sort.kind == FilterText::name && i % 5 == 0) cut.insert(0, U"株式会社");
      const FilterNeedle needle = filter_needle(sort.kind, to_utf8(cut), i % 4 == 0);
      std::string lines;
      filter_lines(sort.kind, value, lines);
      GramSet index;
      index_value({sort.index, value}, index);
      for (std::size_t part = 0; part < needle.parts.size(); ++part) {
        if (lines.find(needle.parts[part]) == std::string::npos) continue;
        ++seen;
        for (const std::string& gram : needle.grams[part])
          EXPECT_TRUE(index.contains(gram)) << value << " / " << to_utf8(cut) << " / " << gram;
      }
    }
  }
  EXPECT_GT(seen, 3'000U);
}

}  // namespace
}  // namespace daifuku::text
