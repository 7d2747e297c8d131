#include "http/cookies.h"

#include <algorithm>
#include <string_view>

#include "base/error.h"

namespace daifuku::http {
namespace {

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return c > 0x20 && c < 0x7f &&
           std::string_view("()<>@,;:\\\"/[]?={}").find(c) == std::string_view::npos;
  });
}

bool is_cookie_value(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return c > 0x20 && c < 0x7f && std::string_view("\",;\\").find(c) == std::string_view::npos;
  });
}

bool is_path(std::string_view text) {
  return text.starts_with('/') &&
         std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f && c != ';'; });
}

}  // namespace

std::string set_cookie(const Cookie& cookie) {
  if (!is_token(cookie.name)) throw SystemError("cookie name is not a token");
  if (!is_cookie_value(cookie.value)) throw SystemError("cookie value not allowed: " + cookie.name);
  if (!is_path(cookie.path)) throw SystemError("cookie path not allowed: " + cookie.name);
  const bool host = cookie.name.starts_with("__Host-");
  if ((host || cookie.name.starts_with("__Secure-") || cookie.same_site == SameSite::none) &&
      !cookie.secure) {
    throw SystemError("cookie must be Secure: " + cookie.name);
  }
  if (host && cookie.path != "/") throw SystemError("cookie must have Path=/: " + cookie.name);

  std::string out = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age_seconds) out += "; Max-Age=" + std::to_string(*cookie.max_age_seconds);
  if (cookie.secure) out += "; Secure";
  if (cookie.http_only) out += "; HttpOnly";
  switch (cookie.same_site) {
    case SameSite::lax:
      out += "; SameSite=Lax";
      break;
    case SameSite::strict:
      out += "; SameSite=Strict";
      break;
    case SameSite::none:
      out += "; SameSite=None";
      break;
  }
  return out;
}

}  // namespace daifuku::http
