// The request target: path and query string, percent decoding. Strict: what two servers might read
// differently is refused rather than guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daifuku::http {

// nullopt on an incomplete escape, NUL (raw or encoded) or invalid UTF-8. `plus_is_space` for query
// strings and forms.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

// RFC 3986: everything but letters, digits and -._~ is escaped.
std::string percent_encode(std::string_view text);

// "a=1&b=%E4%BD%90" in order; a name without '=' has an empty value. nullopt when a piece cannot be
// decoded or there are more than 1,000 pairs.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text);

struct Target {
  std::string path = {};  // decoded
  std::vector<std::pair<std::string, std::string>> query = {};
};

// Origin form only. nullopt for another form, '#', controls, an encoded slash or backslash, a "."
// or ".." segment, and whatever percent_decode refuses.
std::optional<Target> parse_target(std::string_view target);

bool valid_utf8(std::string_view text);

}  // namespace daifuku::http
