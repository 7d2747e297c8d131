// The head of an answer: status line, our headers, the handler's headers.
#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace daifuku::http {

// The one policy of the product: everything from the same origin, no inline script, nobody frames
// us.
inline constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
    "blob:; "
    "font-src 'self'; frame-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src "
    "'self'; frame-ancestors "
    "'none'; "
    "base-uri 'none'; form-action 'self'";

std::string_view reason_phrase(int status);

enum class Framing {
  length,   // Content-Length
  chunked,  // Transfer-Encoding: chunked
  close,    // the end of the connection ends the body (HTTP/1.0 streams)
  none,     // 204 and 304
};

struct HeadOptions {
  Framing framing = Framing::length;
  std::uint64_t length = 0;
  bool keep_alive = true;
  bool hsts = false;
  std::string_view request_id = {};
};

// Appends the head with its empty line. Security headers and `Cache-Control: no-store` are added
// unless the handler set a header of that name. Throws SystemError when a header of the handler
// holds a control character or a bad name, or is one that belongs to the server (Content-Length,
// Transfer-Encoding, Connection, Date).
void append_head(std::string& out, const Response& response, const HeadOptions& options);

// "Sun, 06 Nov 1994 08:49:37 GMT"; kept for the second in each thread.
std::string_view http_date(std::time_t now);

}  // namespace daifuku::http
