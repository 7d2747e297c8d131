#include "text/email.h"

#include <gtest/gtest.h>

namespace daifuku::text {
namespace {

TEST(NormalizeEmail, Accepts) {
  const std::pair<const char*, const char*> cases[] = {
      {"taro@example.co.jp", "taro@example.co.jp"},
      {"Taro.Yamada@Example.CO.JP", "Taro.Yamada@example.co.jp"},
      {" taro@example.jp　", "taro@example.jp"},
      {"ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"},
      {"taro＠example.jp", "taro@example.jp"},
      {"<taro@example.jp>", "taro@example.jp"},
      {"山田太郎 <taro@example.jp>", "taro@example.jp"},
      {"mailto:taro@example.jp", "taro@example.jp"},
      {"taro..y.@docomo.ne.jp", "taro..y.@docomo.ne.jp"},
      {"taro+crm@example.jp", "taro+crm@example.jp"},
      {"taro@日本語.jp", "taro@日本語.jp"},
      {"\"a.b\"@example.jp", "\"a.b\"@example.jp"},
  };
  for (const auto& [typed, expected] : cases) {
    EXPECT_EQ(normalize_email(typed).value_or("none"), expected) << typed;
  }
}

TEST(NormalizeEmail, Refuses) {
  for (const char* typed :
       {"", "taro", "@example.jp", "taro@", "taro@example", "ta ro@example.jp", "taro@exa mple.jp",
        "taro@@example.jp", ".taro@example.jp", "taro@-example.jp", "taro@example..jp",
        "taro@127.0.0.1", "太郎@example.jp", "taro@example.jp, jiro@example.jp", "なし"}) {
    EXPECT_FALSE(normalize_email(typed)) << typed;
  }
  EXPECT_FALSE(normalize_email(std::string(65, 'a') + "@example.jp"));
}

TEST(Email, DomainAndKey) {
  EXPECT_EQ(email_domain("Taro@Example.CO.JP"), "example.co.jp");
  EXPECT_EQ(email_domain("taro"), "");
  EXPECT_EQ(email_key("Taro@Example.JP"), "taro@example.jp");
  EXPECT_TRUE(is_public_mail_domain("gmail.com"));
  EXPECT_TRUE(is_public_mail_domain("Docomo.NE.jp"));
  EXPECT_TRUE(is_public_mail_domain("ymobile.ne.jp"));
  EXPECT_TRUE(is_public_mail_domain("aol.com"));
  EXPECT_FALSE(is_public_mail_domain("example.co.jp"));
  EXPECT_FALSE(is_public_mail_domain(""));
}

TEST(Email, RepairsOnlyWhatIsSurelyMistyped) {
  EXPECT_EQ(repair_email("Taro@gmial.com"), "Taro@gmail.com");
  EXPECT_EQ(repair_email("taro@YAHO.co.jp"), "taro@yahoo.co.jp");
  EXPECT_EQ(repair_email("taro@docomo.co.jp"), "taro@docomo.ne.jp");
  EXPECT_EQ(repair_email("taro@example.con"), "taro@example.com");
  EXPECT_EQ(repair_email("taro@example.nejp"), "taro@example.ne.jp");
  for (const char* right : {"taro@gmail.com", "taro@example.co", "taro@nejp.jp", "taro",
                            "@gmial.com", "", "taro@yahoo.co.jp"})
    EXPECT_FALSE(repair_email(right)) << right;
}

}  // namespace
}  // namespace daifuku::text
