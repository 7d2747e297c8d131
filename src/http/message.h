// Requests and responses as handlers see them: plain values, no Beast.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daifuku::http {

enum class Method { get, head, post, put, patch, del, options };
std::string_view method_name(Method method);

struct Request {
  Method method = Method::get;
  std::string path = {};    // decoded, without query; always starts with '/'
  std::string target = {};  // as sent, for the log
  std::vector<std::pair<std::string, std::string>> query = {};    // decoded
  std::vector<std::pair<std::string, std::string>> headers = {};  // names in lower case
  std::string body = {};       // when the route does not stream to a file
  std::string body_file = {};  // when it does: a temporary file that the server removes
                               // afterwards; empty when there was no body
  std::int64_t body_size = 0;
  std::string remote = {};  // client address; X-Forwarded-For only from configured proxies
  std::string id = {};      // request id
  bool secure = false;      // https, directly or told by a configured proxy
  std::vector<std::string> captures = {};  // of the route's {placeholders}, in order

  // The first of that name; empty when absent.
  std::string_view header(std::string_view lower_case_name) const;
  std::optional<std::string_view> parameter(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;
};

// Writes pieces of a streamed answer. write() blocks while the client is slow, throws SystemError
// when it is gone.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void write(std::string_view piece) = 0;
  // true once the client closed or the server stops; long streams (SSE) look at it.
  virtual bool closed() const = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  // Sent instead of body when not empty: bytes that outlive the server (embedded files).
  std::string_view static_body = {};
  // Allows gzip, for JSON and text over 1 kB of handlers on the worker pool. Leave it off where a
  // secret stands beside text that the caller chooses (sign-in, tokens, keys): the length would
  // betray the secret (BREACH).
  bool compress = false;
  // Set for streamed answers (export, SSE): called on a thread of its own, sent chunked. It must
  // look at Writer::closed() when it waits for anything, and must not use the Request, which may be
  // gone.
  std::function<void(Writer&)> stream = {};
};

}  // namespace daifuku::http
