#include "http/cookies.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace daifuku::http {
namespace {

TEST(SetCookie, IsSafeByDefault) {
  EXPECT_EQ(set_cookie({.name = "__Host-session", .value = "abc-_123"}),
            "__Host-session=abc-_123; Path=/; Secure; HttpOnly; SameSite=Lax");
}

TEST(SetCookie, WritesWhatIsAskedFor) {
  EXPECT_EQ(set_cookie({.name = "theme",
                        .value = "",
                        .max_age_seconds = 0,
                        .path = "/app",
                        .secure = false,
                        .http_only = false,
                        .same_site = SameSite::strict}),
            "theme=; Path=/app; Max-Age=0; SameSite=Strict");
}

TEST(SetCookie, RefusesWhatABrowserWouldMisread) {
  const Cookie bad[] = {
      {.name = "", .value = "a"},
      {.name = "a b", .value = "a"},
      {.name = "a", .value = "b; Domain=evil"},
      {.name = "a", .value = "b\r\nX: 1"},
      {.name = "a", .value = "日本"},
      {.name = "a", .value = "b", .path = "/; Secure"},
      {.name = "__Host-a", .value = "b", .secure = false},
      {.name = "__Host-a", .value = "b", .path = "/app"},
      {.name = "__Secure-a", .value = "b", .secure = false},
      {.name = "a", .value = "b", .secure = false, .same_site = SameSite::none},
  };
  for (const Cookie& cookie : bad) EXPECT_THROW(set_cookie(cookie), SystemError) << cookie.name;
}

}  // namespace
}  // namespace daifuku::http
