#include "text/url.h"

#include <gtest/gtest.h>

namespace daifuku::text {
namespace {

TEST(NormalizeUrl, Accepts) {
  const std::pair<const char*, const char*> cases[] = {
      {"https://example.co.jp", "https://example.co.jp"},
      {"www.Example.co.jp/", "https://www.example.co.jp"},
      {"HTTP://Example.jp:80/A?b=C#d", "http://example.jp/A?b=C#d"},
      {"https://example.jp:8443/", "https://example.jp:8443"},
      {"ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ", "https://example.jp"},
      {" example.jp/会社案内 ", "https://example.jp/会社案内"},
      {"ttps://example.jp", "https://example.jp"},
      {"https://日本語.jp", "https://日本語.jp"},
      {"example.jp?q=http://other.jp", "https://example.jp?q=http://other.jp"},
      {"http://localhost:3000", "http://localhost:3000"},
      {"example.jp.", "https://example.jp"},
  };
  for (const auto& [typed, expected] : cases) {
    EXPECT_EQ(normalize_url(typed).value_or("none"), expected) << typed;
  }
}

TEST(NormalizeUrl, Refuses) {
  for (const char* typed :
       {"", "なし", "example", "javascript:alert(1)", "JaVaScRiPt://example.jp/%0aalert(1)",
        "data:text/html,x", "ftp://example.jp", "mailto:a@b.jp", "https://",
        "https://user:pw@example.jp", "https://exa mple.jp", "https://example.jp/<script>",
        "//example.jp", "https://a..jp", "https://example.jp:port", "file:///etc/passwd",
        "\\\\server\\share"}) {
    EXPECT_FALSE(normalize_url(typed)) << typed << " " << normalize_url(typed).value_or("");
  }
}

TEST(UrlDomain, IsSharedByTheAddressesOfOneSite) {
  EXPECT_EQ(url_domain("https://www.example.co.jp/a"), "example.co.jp");
  EXPECT_EQ(url_domain("EXAMPLE.co.jp:8080?x"), "example.co.jp");
  EXPECT_EQ(url_domain("なし"), "");
}

}  // namespace
}  // namespace daifuku::text
