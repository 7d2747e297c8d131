#include "text/url.h"

#include <algorithm>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

char32_t lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 0x20 : c; }

bool good_host(std::u32string_view host) {
  if (host.empty() || host.size() > 253 || host.front() == U'.' || host.front() == U'-' ||
      host.find(U"..") != std::u32string_view::npos) {
    return false;
  }
  const bool characters = std::ranges::all_of(host, [](char32_t c) {
    return is_ascii_alnum(c) || c == U'-' || c == U'.' || c == U'_' || c >= 0x80;
  });
  return characters && (host.find(U'.') != std::u32string_view::npos || host == U"localhost");
}

bool good_port(std::u32string_view port) {
  return !port.empty() && port.size() <= 5 && std::ranges::all_of(port, is_ascii_digit);
}

}  // namespace

std::optional<std::string> normalize_url(std::string_view typed) {
  std::u32string half;
  half_width(typed, half);
  std::u32string_view text = half;
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  if (text.empty() || text.size() > 2000 || std::ranges::any_of(text, [](char32_t c) {
        return is_space(c) || c < 0x20 || c == U'<' || c == U'>' || c == U'"' || c == U'\\';
      })) {
    return std::nullopt;
  }
  std::u32string scheme = U"https";
  const std::size_t slashes = text.find(U"://");
  const std::size_t first_slash = text.find_first_of(U"/?#");
  if (slashes != std::u32string_view::npos && slashes < first_slash) {
    scheme.assign(text.substr(0, slashes));
    std::ranges::transform(scheme, scheme.begin(), lower);
    if (scheme == U"ttp" || scheme == U"ttps") {  // As it is copied by hand in Japan.
      scheme = scheme == U"ttp" ? U"http" : U"https";
    }
    text.remove_prefix(slashes + 3);
  }
  if (scheme != U"http" && scheme != U"https") {
    return std::nullopt;
  }
  const std::size_t end = std::min(text.find_first_of(U"/?#"), text.size());
  std::u32string_view authority = text.substr(0, end);
  std::u32string_view path = text.substr(end);
  if (authority.find(U'@') != std::u32string_view::npos) {
    return std::nullopt;  // A name and password in an address hide the true host.
  }
  std::u32string_view port;
  const std::size_t colon = authority.rfind(U':');
  if (colon != std::u32string_view::npos) {
    port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
    if (!good_port(port)) {
      return std::nullopt;  // javascript:..., data:... and mailto:... end here too.
    }
  }
  while (authority.ends_with(U'.')) {
    authority.remove_suffix(1);
  }
  std::u32string host(authority);
  std::ranges::transform(host, host.begin(), lower);
  if (!good_host(host)) {
    return std::nullopt;
  }
  std::string out = to_utf8(scheme) + "://" + to_utf8(host);
  if (!port.empty() && port != (scheme == U"https" ? U"443" : U"80")) {
    out += ':';
    out += to_utf8(port);
  }
  if (path != U"/") {
    out += to_utf8(path);
  }
  return out;
}

std::string url_domain(std::string_view url) {
  const auto normal = normalize_url(url);
  if (!normal) {
    return {};
  }
  std::string_view host = *normal;
  host.remove_prefix(host.find("://") + 3);
  host = host.substr(0, std::min(host.find_first_of("/?#:"), host.size()));
  if (host.starts_with("www.")) {
    host.remove_prefix(4);
  }
  return std::string(host);
}

}  // namespace daifuku::text
