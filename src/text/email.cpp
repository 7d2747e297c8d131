#include "text/email.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

// Sorted.
constexpr std::string_view kPublicDomains[] = {
    "aol.com",          "au.com",       "biglobe.ne.jp",  "disney.ne.jp", "docomo.ne.jp",
    "ezweb.ne.jp",      "gmail.com",    "gmx.com",        "goo.jp",       "googlemail.com",
    "hotmail.co.jp",    "hotmail.com",  "i.softbank.jp",  "icloud.com",   "infoseek.jp",
    "jcom.home.ne.jp",  "live.com",     "live.jp",        "mac.com",      "mail.com",
    "me.com",           "mineo.jp",     "mopera.net",     "msn.com",      "nifty.com",
    "nifty.ne.jp",      "ocn.ne.jp",    "outlook.com",    "outlook.jp",   "pdx.ne.jp",
    "plala.or.jp",      "proton.me",    "protonmail.com", "rakumail.jp",  "rakuten.jp",
    "rakuten.ne.jp",    "sannet.ne.jp", "sky.so-net.jp",  "so-net.ne.jp", "softbank.ne.jp",
    "t.vodafone.ne.jp", "uqmobile.jp",  "vodafone.ne.jp", "willcom.com",  "y-mobile.ne.jp",
    "yahoo.co.jp",      "yahoo.com",    "yahoo.ne.jp",    "ybb.ne.jp",    "ymail.ne.jp",
    "ymobile.ne.jp"};

// Domains that are only ever typed by mistake: nobody receives mail there, or nobody but those who
// wait for such mistakes.
constexpr std::pair<std::string_view, std::string_view> kMistyped[] = {
    {"docomo.co.jp", "docomo.ne.jp"}, {"docomo.ne.jo", "docomo.ne.jp"},
    {"docomo.nejp", "docomo.ne.jp"},  {"dokomo.ne.jp", "docomo.ne.jp"},
    {"ezweb.co.jp", "ezweb.ne.jp"},   {"gamil.com", "gmail.com"},
    {"gmai.com", "gmail.com"},        {"gmaill.com", "gmail.com"},
    {"gmail.co", "gmail.com"},        {"gmail.co.jp", "gmail.com"},
    {"gmail.comm", "gmail.com"},      {"gmal.com", "gmail.com"},
    {"gmali.com", "gmail.com"},       {"gmial.com", "gmail.com"},
    {"gnail.com", "gmail.com"},       {"hotmai.com", "hotmail.com"},
    {"hotmail.co", "hotmail.com"},    {"icloud.co", "icloud.com"},
    {"icloud.co.jp", "icloud.com"},   {"icould.com", "icloud.com"},
    {"iclud.com", "icloud.com"},      {"outlok.com", "outlook.com"},
    {"yafoo.co.jp", "yahoo.co.jp"},   {"yaho.co.jp", "yahoo.co.jp"},
    {"yahoo.co.jo", "yahoo.co.jp"},   {"yahoo.cojp", "yahoo.co.jp"},
    {"yahoo.ne.jo", "yahoo.ne.jp"},   {"yhaoo.co.jp", "yahoo.co.jp"}};

// Endings that no domain has.
constexpr std::pair<std::string_view, std::string_view> kMistypedEndings[] = {
    {".co.jo", ".co.jp"}, {".co.jpp", ".co.jp"}, {".cojp", ".co.jp"}, {".comm", ".com"},
    {".con", ".com"},     {".ne.jo", ".ne.jp"},  {".nejp", ".ne.jp"}, {".or.jo", ".or.jp"}};

bool local_character(char32_t c) {
  return is_ascii_alnum(c) ||
         std::u32string_view(U"!#$%&'*+-/=?^_`{|}~.").find(c) != std::u32string_view::npos;
}

bool good_label(std::u32string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != U'-' && label.back() != U'-' &&
         std::ranges::all_of(
             label, [](char32_t c) { return is_ascii_alnum(c) || c == U'-' || c >= 0x80; });
}

bool good_domain(std::u32string_view domain) {
  std::size_t labels = 0;
  for (;;) {
    const std::size_t dot = domain.find(U'.');
    const std::u32string_view label = domain.substr(0, dot);
    if (!good_label(label)) {
      return false;
    }
    ++labels;
    if (dot == std::u32string_view::npos) {
      // The last label is a country or a word, never a number (an IP address).
      return labels >= 2 && label.size() >= 2 && !is_ascii_digit(label.front());
    }
    domain.remove_prefix(dot + 1);
  }
}

char32_t lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 0x20 : c; }

}  // namespace

std::optional<std::string> normalize_email(std::string_view typed) {
  std::u32string half;
  half_width(typed, half);
  std::u32string_view text = half;
  // "山田太郎 <taro@example.jp>"
  const std::size_t open = text.rfind(U'<');
  const std::size_t close = text.rfind(U'>');
  if (open != std::u32string_view::npos && close != std::u32string_view::npos && open < close) {
    text = text.substr(open + 1, close - open - 1);
  }
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  constexpr std::u32string_view kMailto = U"mailto:";
  if (text.size() > kMailto.size() &&
      std::ranges::equal(text.substr(0, kMailto.size()), kMailto, {}, lower)) {
    text.remove_prefix(kMailto.size());
  }
  const std::size_t at = text.find(U'@');
  if (at == std::u32string_view::npos || at == 0 || at > 64 || text.size() > 254) {
    return std::nullopt;
  }
  const std::u32string_view local = text.substr(0, at);
  std::u32string domain(text.substr(at + 1));
  std::ranges::transform(domain, domain.begin(), lower);
  const bool quoted = local.size() > 2 && local.front() == U'"' && local.back() == U'"';
  const bool good_local =
      quoted ? std::ranges::all_of(local, [](char32_t c) { return c > 0x20 && c < 0x7F; })
             : std::ranges::all_of(local, local_character) && local.front() != U'.';
  if (!good_local || !good_domain(domain)) {
    return std::nullopt;
  }
  return to_utf8(local) + "@" + to_utf8(domain);
}

std::string email_domain(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) {
    return {};
  }
  return email_key(address.substr(at + 1));
}

std::string email_key(std::string_view address) {
  std::string key(address);
  std::ranges::transform(key, key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
  });
  return key;
}

std::optional<std::string> repair_email(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0) {
    return std::nullopt;
  }
  const std::string domain = email_domain(address);
  const std::string head(address.substr(0, at + 1));
  const auto* known = std::ranges::find(kMistyped, std::string_view(domain),
                                        [](const auto& entry) { return entry.first; });
  if (known != std::end(kMistyped)) {
    return normalize_email(head + std::string(known->second));
  }
  for (const auto& [wrong, right] : kMistypedEndings) {
    if (domain.size() > wrong.size() && domain.ends_with(wrong)) {
      return normalize_email(head + domain.substr(0, domain.size() - wrong.size()) +
                             std::string(right));
    }
  }
  return std::nullopt;
}

bool is_public_mail_domain(std::string_view domain) {
  return std::ranges::binary_search(kPublicDomains, std::string_view(email_key(domain)));
}

}  // namespace daifuku::text
