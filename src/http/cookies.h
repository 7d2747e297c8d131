// Set-Cookie (RFC 6265bis). Reading is Request::cookie().
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace daifuku::http {

enum class SameSite { lax, strict, none };

struct Cookie {
  std::string name = {};
  std::string value = {};  // base64url, hex and the like: no blanks, quotes, commas, semicolons
  std::optional<std::int64_t> max_age_seconds = {};  // absent: until the browser ends; 0: remove it
  std::string path = "/";
  bool secure = true;
  bool http_only = true;
  SameSite same_site = SameSite::lax;
};

// The value of a Set-Cookie header. Throws SystemError when the browser would refuse or misread it:
// characters, and the rules of the __Host- and __Secure- prefixes.
std::string set_cookie(const Cookie& cookie);

}  // namespace daifuku::http
