#include "text/search_query.h"

#include <gtest/gtest.h>

#include <random>

#include "text/code_points.h"
#include "text/fold.h"

namespace daifuku::text {
namespace {

const std::vector<std::string> kValues = {"株式会社山田製作所",
                                          "ヤマダ(カ)トウキヨウ",
                                          "㈱髙島屋 日本橋店",
                                          "自由ヶ丘クリニック",
                                          "佐々木・高橋法律事務所",
                                          "ヴァイオリン工房ラヴ",
                                          "DMM.com合同会社",
                                          "03-1234-5678",
                                          "+81 90-1234-5678 内線12",
                                          "taro.yamada@example.co.jp",
                                          "東京都港区赤坂9-7-1 3F",
                                          "100-0001",
                                          "8700110005901",
                                          "いすゞ自動車",
                                          "Café Müller",
                                          "か゛らす工房",
                                          "一ヶ月二ヵ所が三か所",
                                          "サーバー－ワークス",
                                          "葛󠄀城市𠮷野町",
                                          "(有)あ"};

SearchKind kind_of(int i) { return static_cast<SearchKind>(i % 5); }

// Whatever verify() accepts must be among the candidates of the index.
TEST(SearchQuery, GramsNeverLoseATrueMatch) {
  std::mt19937 random(7);
  std::size_t matches_seen = 0;
  for (int i = 0; i < 8'000; ++i) {
    const std::string& value = kValues[random() % kValues.size()];
    std::u32string letters;
    decode_utf8(value, letters);
    const std::size_t from = random() % letters.size();
    const std::size_t size = 1 + random() % std::min<std::size_t>(letters.size() - from, 14);
    std::u32string cut = letters.substr(from, size);
    if (i % 7 == 0) {
      cut.insert(random() % (cut.size() + 1), 1, U' ');
    }
    if (i % 11 == 0) {
      cut.insert(random() % (cut.size() + 1), 1, U'㈱');
    }
    const SearchQuery query = parse_search(to_utf8(cut));
    const Searchable values[] = {{kind_of(i), value},
                                 {kind_of(i / 5), kValues[random() % kValues.size()]}};
    GramSet grams;
    for (const Searchable& one : values) {
      index_value(one, grams);
    }
    if (verify(query, values)) {
      ++matches_seen;
      ASSERT_TRUE(may_match(query, grams)) << value << " by " << to_utf8(cut);
    }
  }
  EXPECT_GT(matches_seen, 2'000U);
}

// Any piece of two characters or more is found, wherever it is cut.
TEST(SearchQuery, FindsEveryPieceOfAName) {
  for (const char* value :
       {"株式会社山田製作所", "髙島屋日本橋店", "自由ヶ丘クリニック", "佐々木高橋法律事務所",
        "ヴァイオリン工房", "一ヶ月が三か所", "𠮷野家", "サーバーワークス"}) {
    std::u32string letters;
    decode_utf8(value, letters);
    const Searchable field{SearchKind::name, value};
    for (std::size_t from = 0; from < letters.size(); ++from) {
      for (std::size_t size = 2; from + size <= letters.size(); ++size) {
        const std::u32string cut = letters.substr(from, size);
        // A piece that starts with a small kana or a long vowel mark is not what anybody types.
        if (cut.front() == U'ァ' || cut.front() == U'ー' || (cut.size() == 2 && cut[1] == U'ー')) {
          continue;
        }
        EXPECT_TRUE(verify(parse_search(to_utf8(cut)), std::span(&field, 1)))
            << value << " by " << to_utf8(cut);
      }
    }
  }
}

TEST(SearchQuery, AllTermsHaveToMatchButNotInOneField) {
  const Searchable record[] = {{SearchKind::name, "山田製作所株式会社"},
                               {SearchKind::words, "ヤマダセイサクショ"},
                               {SearchKind::phone, "03-1234-5678"},
                               {SearchKind::email, "info@yamada.co.jp"}};
  for (const char* query :
       {"山田 03-1234", "やまだ @yamada", "㈱山田　1234 info", "製作 セイサク"}) {
    EXPECT_TRUE(verify(parse_search(query), record)) << query;
  }
  for (const char* query : {"山田 06", "やまだ @suzuki", "鈴木 03-1234", "製作所株式会社山口"}) {
    EXPECT_FALSE(verify(parse_search(query), record)) << query;
  }
}

TEST(SearchQuery, LegalFormAloneIsKeptOnlyWhenNothingElseIsTyped) {
  EXPECT_EQ(parse_search("株式会社 山田").terms.size(), 1U);
  EXPECT_EQ(parse_search("株式会社").terms.size(), 1U);
  EXPECT_EQ(parse_search("Yamada Co., Ltd.").terms.size(), 1U);
  EXPECT_TRUE(parse_search(" 　☆ ").empty());
  const Searchable company{SearchKind::name, "株式会社山田"};
  EXPECT_TRUE(verify(parse_search("株式会社"), std::span(&company, 1)));
}

TEST(SearchQuery, IsBounded) {
  std::string typed;
  for (int i = 0; i < 1000; ++i) {
    typed += "山田" + std::to_string(i) + "　";
  }
  EXPECT_EQ(parse_search(typed).terms.size(), 16U);
  const SearchQuery one = parse_search(std::string(30'000, 'a'));
  ASSERT_EQ(one.terms.size(), 1U);
  EXPECT_EQ(one.terms[0].forms[0].folded.size(), 64U);
}

TEST(SearchDigits, ReadsAsTyped) {
  EXPECT_EQ(search_digits("０３（１２３４）"), "031234");
  EXPECT_EQ(search_digits("+81 3 1234 5678"), "0312345678");
  EXPECT_EQ(search_digits("+81 (0)3-1234"), "031234");
  EXPECT_EQ(search_digits("03-1234-5678 内線12"), "0312345678");
  EXPECT_EQ(search_digits("〒100-0001"), "1000001");
  EXPECT_EQ(search_digits("なし"), "");
}

}  // namespace
}  // namespace daifuku::text
