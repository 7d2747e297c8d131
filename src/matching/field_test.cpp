#include "matching/field.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace daifuku::matching {
namespace {

struct Cell {
  Cell(Kind of, std::string_view text) : kind(of), says(prepare(of, text, prepared)) {}
  ValueView view() const { return {prepared.text, prepared.parts, signature(kind, prepared.text)}; }
  Kind kind;
  Prepared prepared;
  bool says;
};

std::string_view met(Kind kind, std::string_view a, std::string_view b) {
  const Cell left(kind, a);
  const Cell right(kind, b);
  EXPECT_TRUE(left.says) << a;
  EXPECT_TRUE(right.says) << b;
  const Level level = compare(kind, left.view(), right.view());
  EXPECT_EQ(compare(kind, right.view(), left.view()), level) << a << " / " << b;
  EXPECT_LT(level, levels(kind));
  return level_name(kind, level);
}

TEST(Field, ComparesByTheRulesOfItsKind) {
  struct Case {
    Kind kind;
    const char* a;
    const char* b;
    const char* level;
  };
  for (const Case& c : {
           Case{Kind::company, "㈱山田製作所", "山田製作所　株式会社", "name_equal"},
           {Kind::company, "株式会社髙島", "高島", "name_equal"},
           {Kind::company, "株式会社山田", "合同会社山田", "name_but_form"},
           {Kind::company, "斉藤工業", "斎藤工業", "name_variant"},
           {Kind::company, "山田製作所", "山田裂作所", "name_close"},
           {Kind::company, "中央フードサービス", "中央フドサビス", "name_variant"},
           {Kind::company, "山田第一製作所中央", "山由第一製作所中夫", "name_similar"},
           {Kind::company, "横浜銀行", "横浜信用金庫", "name_different"},
           {Kind::company, "旭食品本社", "旭食品四国支社", "name_but_branch"},
           {Kind::person, "髙橋 一郎 様", "高橋一郎", "name_equal"},
           {Kind::person, "michael", "micheal", "name_close"},
           {Kind::person, "佐藤", "鈴木", "name_different"},
           {Kind::kana, "ﾔﾏﾀﾞｾｲｻｸｼﾖ", "やまだせいさくしょ", "reading_equal"},
           {Kind::kana, "ヤマダセイサクショ", "ヤマタセイサクショ", "reading_close"},
           {Kind::phone, "03-1234-5678", "+81 3 1234 5678", "phone_equal"},
           {Kind::phone, "03-1234-5678", "０３（１２３４）５６８７", "phone_close"},
           {Kind::phone, "03-1234-5678", "03-1234-9999", "phone_same_office"},
           {Kind::phone, "03-1234-5678", "06-9999-0000", "phone_different"},
           {Kind::email, "Taro@Example.co.jp", "taro@example.co.jp", "email_equal"},
           {Kind::email, "taro@example.co.jp", "jiro.sato@example.co.jp", "email_same_domain"},
           {Kind::email, "taro.yamada@gmail.com", "jiro@gmail.com", "email_different"},
           {Kind::address, "東京都千代田区丸の内１丁目４番１号", "東京都千代田区丸の内1-4-1",
            "address_equal"},
           {Kind::address, "東京都千代田区丸の内1-4", "東京都千代田区丸の内1-4-1",
            "address_same_number"},
           {Kind::address, "東京都千代田区丸の内1-4-1", "東京都千代田区丸の内2-8-5",
            "address_same_town"},
           {Kind::address, "東京都千代田区丸の内1-4-1", "東京都千代田区大手町1-4-1",
            "address_same_city"},
           {Kind::address, "東京都千代田区丸の内1-4-1", "大阪府大阪市北区梅田1-4-1",
            "address_different"},
           {Kind::postal_code, "〒100-0005", "1000005", "postal_code_equal"},
           {Kind::postal_code, "100-0005", "1000050", "postal_code_close"},
           {Kind::postal_code, "100-0005", "100-8111", "postal_code_near"},
           {Kind::number, "7000012050002", "7-0000-1205-0002", "number_equal"},
           {Kind::number, "7000012050002", "4000020182079", "number_different"},
           {Kind::date, "平成2年4月1日", "1990-04-01", "value_equal"},
           {Kind::date, "19900401", "19900410", "value_close"},
           {Kind::date, "19900401", "19910402", "value_similar"},
           {Kind::digits, "1804974", "1804974", "value_equal"},
           {Kind::digits, "1804974", "1804947", "value_close"},
           {Kind::text, "pridham street", "pridhamstreet", "value_equal"},
           {Kind::text, "tullaroop street", "tullarop street", "value_close"},
       }) {
    EXPECT_EQ(met(c.kind, c.a, c.b), c.level) << c.a << " / " << c.b;
  }
}

TEST(Field, ACellWithoutContentSaysNothing) {
  for (const auto& [kind, text] : {std::pair{Kind::company, ""},
                                   {Kind::company, "・"},
                                   {Kind::phone, "非公開"},
                                   {Kind::phone, "110"},
                                   {Kind::email, "なし"},
                                   {Kind::postal_code, "12"},
                                   {Kind::number, "1234567890123"},
                                   {Kind::date, "-"},
                                   {Kind::digits, "無"},
                                   {Kind::text, "　"}}) {
    Prepared out;
    EXPECT_FALSE(prepare(kind, text, out)) << text;
  }
}

TEST(Field, OneSlipLeavesAKeyInCommon) {
  for (const auto& [kind, a, b] : {std::tuple{Kind::company, "株式会社山田製作所", "山由製作所"},
                                   {Kind::company, "山田製作所", "山田製作听"},
                                   {Kind::kana, "ヤマダセイサクショ", "ヤマダセイサクヨ"},
                                   {Kind::phone, "03-1234-5678", "03-1235-5678"},
                                   {Kind::phone, "03-1234-5678", "03-1234-5679"},
                                   {Kind::email, "a@x-co.jp", "b@x-co.jp"},
                                   {Kind::email, "yamada@x-co.jp", "yamada@y-co.jp"},
                                   {Kind::date, "19900401", "19910401"},
                                   {Kind::text, "tullaroop", "tullarooq"},
                                   {Kind::text, "tullaroop", "zullaroop"}}) {
    const BlockKeys left = block_keys(kind, Cell(kind, a).view());
    const BlockKeys right = block_keys(kind, Cell(kind, b).view());
    bool shared = false;
    for (std::size_t i = 0; i < left.size(); ++i) shared |= left[i] != 0 && left[i] == right[i];
    EXPECT_TRUE(shared) << a << " / " << b;
  }
}

}  // namespace
}  // namespace daifuku::matching
