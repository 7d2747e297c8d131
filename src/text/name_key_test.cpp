#include "text/name_key.h"

#include <gtest/gtest.h>

namespace daifuku::text {
namespace {

TEST(CompanyKey, FillsAllOfAReusedOutput) {
  CompanyKey key{"old", "old", "old", CompanyKey::middle};
  company_key("", key);
  EXPECT_EQ(key.strict, "");
  EXPECT_EQ(key.loose, "");
  EXPECT_EQ(key.legal_form, "");
  EXPECT_EQ(key.position, CompanyKey::none);
  company_key("☆", key);
  EXPECT_EQ(key.strict, "");
}

TEST(CompanyKey, OneCompanyInManySpellings) {
  for (const char* name :
       {"株式会社山田製作所", "㈱山田製作所", "（株）山田製作所", "山田製作所㈱",
        "山田 製作所　株式会社", "株式會社　山田製作所", "山田・製作所(株)", "ＫＫ 山田製作所"}) {
    EXPECT_EQ(company_key(name).strict, "山田製作所") << name;
    EXPECT_EQ(company_key(name).legal_form, "株") << name;
  }
}

TEST(CompanyKey, SurvivesAnyBytes) {
  for (const char* name :
       {"(",  ")",        "((",        "(株",  "株)",  "カ)",        "(カ",
        "()", "(株)(株)", "\xFF\xFE",  "-",    "ー",   "(東京支店)", "株式会社株式会社",
        ".",  "支店",     "Co., Ltd.", "K.K.", "御中", "様"}) {
    EXPECT_NO_THROW(company_key(name)) << name;
  }
  EXPECT_EQ(company_key("東京支店").loose, "東京支店");
  EXPECT_EQ(company_key("本社").loose, "本社");
}

TEST(KanaKey, OneReadingInManySpellings) {
  for (const char* reading :
       {"ヤマダセイサクショ", "やまだせいさくしょ", "ﾔﾏﾀﾞｾｲｻｸｼﾖ", "ｶ)ﾔﾏﾀﾞｾｲｻｸｼｮ",
        "ヤマダ セイサクショ(カ", "カブシキガイシャ　ヤマダセイサクショ"}) {
    EXPECT_EQ(kana_key(reading), "ヤマダセイサクシヨ") << reading;
  }
  EXPECT_EQ(kana_key("グループ"), kana_key("グル-プ"));
  EXPECT_EQ(kana_key("ヴィーナス"), kana_key("ビーナス"));
  EXPECT_NE(kana_key("ハハ"), kana_key("パパ"));
}

TEST(PersonKey, OnePersonInManySpellings) {
  for (const char* name :
       {"髙橋 一郎", "高橋一郎", "高橋　一郎", "髙橋一郎様", "高橋 一郎 先生", "高橋一郎さん"}) {
    EXPECT_EQ(person_key(name), "高橋一郎") << name;
  }
  EXPECT_EQ(person_key("渡邉さくら"), person_key("渡辺サクラ"));
  EXPECT_EQ(person_key("John Smith"), "johnsmith");
  EXPECT_EQ(person_key("佐々木希"), person_key("佐佐木希"));
  EXPECT_EQ(person_key("鵜殿"), "鵜殿") << "殿 ends this family name";
  EXPECT_NE(person_key("斎藤一郎"), person_key("斉藤一郎"));
  EXPECT_NE(person_key("嶋田一郎"), person_key("島田一郎"));
}

TEST(LegalFormName, IsWrittenOut) {
  EXPECT_EQ(legal_form_name("株"), "株式会社");
  EXPECT_EQ(legal_form_name("一社"), "一般社団法人");
  EXPECT_EQ(legal_form_name("?"), "");
}

}  // namespace
}  // namespace daifuku::text
