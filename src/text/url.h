// Web addresses as people type them. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daifuku::text {

// Half-width, scheme (https:// when there is none) and host in lower case, default port and an
// empty path's slash dropped. Only http and https; nothing for anything else (javascript:, data:,
// no host, white space inside).
std::optional<std::string> normalize_url(std::string_view text);

// The host without "www.", lower case: what two addresses of one company share. Empty when it is
// not a URL.
std::string url_domain(std::string_view url);

}  // namespace daifuku::text
