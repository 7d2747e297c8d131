// E-mail addresses as people type them. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daifuku::text {

// Half-width, "mailto:", <> and surrounding white space dropped, ＠ as @, domain in lower case; the
// local part keeps its case. Nothing when it is not an address. Accepts the dots that old Japanese
// mobile addresses have before the @ and in a row (taro..y.@docomo.ne.jp), which RFC 5322 forbids
// and which exist.
std::optional<std::string> normalize_email(std::string_view text);

// The part after the @ in lower case; empty when there is none.
std::string email_domain(std::string_view address);

// Addresses of one person compare by this: all lower case.
std::string email_key(std::string_view address);

// Mail providers and mobile carriers, whose domain says nothing about the employer (gmail.com,
// docomo.ne.jp).
bool is_public_mail_domain(std::string_view domain);

// An address whose domain is a well-known one mistyped (gmial.com, docomo.co.jp, example.con): the
// one that is meant, when that is sure. Nothing for every other text.
std::optional<std::string> repair_email(std::string_view address);

}  // namespace daifuku::text
