// HTTP/1 requests from bytes. Beast does the grammar; what it lets through and another server might
// read differently is refused here: transfer codings other than exactly "chunked", repeated or
// listed Content-Length, folded lines, a missing or doubled Host, targets that are not in origin
// form, bodies of GET and HEAD, trailers and chunk extensions without end.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace daifuku::http {

// One object serves one connection; not thread-safe.
class RequestParser {
 public:
  explicit RequestParser(int max_fields);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Begins a new request with its whole head, empty line included, and fills method, target, path,
  // query and headers as far as they could be read. Returns 0, or the status of the refusal (400,
  // 405, 417, 505).
  int parse_head(std::string_view head, Request& request);

  // Good after parse_head() returned 0.
  bool has_body() const;
  std::optional<std::uint64_t> content_length() const;  // absent: chunked, or no body
  bool keep_alive() const;                              // never for HTTP/1.0
  bool takes_chunks() const;                            // HTTP/1.1
  bool expects_continue() const;
  bool done() const;

  // Limits a chunked body; call before the first feed(). A Content-Length is the caller's to check.
  void set_body_limit(std::uint64_t limit);
  // Appends body bytes to `out`; `used` says how many bytes of `input` are done with. Returns 0
  // (more is wanted unless done()), or the status of the refusal (400, 413).
  int feed(std::string_view input, std::string& out, std::size_t& used);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daifuku::http
