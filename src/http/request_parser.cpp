#include "http/request_parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "base/ascii.h"
#include "http/target.h"

namespace daifuku::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;

// All chunk extensions of a body together: nobody uses them, and each chunk could bring some.
constexpr std::size_t kMaxExtensionBytes = 4096;
constexpr int kMaxTrailers = 32;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// host, host:port, [v6]:port; what a registered name may hold, and no user part.
bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 300) return false;
  if (text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    const std::string_view inside = text.substr(1, end - 1);
    const std::string_view after = text.substr(end + 1);
    return inside.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos &&
           !inside.empty() &&
           (after.empty() || (after.front() == ':' && is_digits(after.substr(1))));
  }
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && !is_digits(text.substr(colon + 1))) return false;
  const std::string_view name = text.substr(0, colon);
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  });
}

// CR and LF only together, and no line that begins with a blank (obs-fold).
bool lines_are_strict(std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\n' && (i == 0 || head[i - 1] != '\r')) return false;
    if (head[i] == '\r' && (i + 1 == head.size() || head[i + 1] != '\n')) return false;
    if (head[i] == '\n' && i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) {
      return false;
    }
  }
  return true;
}

std::optional<Method> known_method(std::string_view text) {
  for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::patch,
                              Method::del, Method::options}) {
    if (text == method_name(method)) return method;
  }
  return std::nullopt;
}

class Parser final : public beast::http::basic_parser<true> {
 public:
  Parser(Request& request, int max_fields) : request_(&request), max_fields_(max_fields) {}

  int status() const { return status_; }
  int version() const { return version_; }
  bool expects_continue() const { return expects_continue_; }
  std::string* out = nullptr;

 private:
  int refuse(int status, error_code& ec) {
    status_ = status;
    ec = beast::http::make_error_code(beast::http::error::bad_field);
    return status;
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, error_code& ec) override {
    request_->target = view(target);
    const auto known = known_method(view(method));
    if (!known) {
      refuse(405, ec);
      return;
    }
    request_->method = *known;
    version_ = version;
    if (*known == Method::options && target == "*") {
      request_->path.assign(1, '*');  // Not a literal: g++ 12 warns wrongly (-Wrestrict).
      return;
    }
    auto parsed = http::parse_target(view(target));
    if (!parsed) {
      refuse(400, ec);
      return;
    }
    request_->path = std::move(parsed->path);
    request_->query = std::move(parsed->query);
  }

  void on_response_impl(int, beast::string_view, int, error_code& ec) override { refuse(400, ec); }

  void on_field_impl(beast::http::field, beast::string_view name_text,
                     beast::string_view value_text, error_code& ec) override {
    if (in_body_) {  // A trailer: counted, never believed.
      if (++trailers_ > kMaxTrailers) refuse(400, ec);
      return;
    }
    if (static_cast<int>(request_->headers.size()) >= max_fields_) {
      refuse(431, ec);
      return;
    }
    std::string name = lower_ascii(view(name_text));
    const std::string_view value = view(value_text);
    if (name == "host") {
      if (host_ || !is_host(value)) {
        refuse(400, ec);
        return;
      }
      host_ = true;
    } else if (name == "content-length") {
      if (length_ || chunked_ || !is_digits(value)) {
        refuse(400, ec);
        return;
      }
      length_ = true;
    } else if (name == "transfer-encoding") {
      if (chunked_ || length_ || version_ < 11 || lower_ascii(value) != "chunked") {
        refuse(400, ec);
        return;
      }
      chunked_ = true;
    } else if (name == "expect") {
      if (lower_ascii(value) != "100-continue") {
        refuse(417, ec);
        return;
      }
      expects_continue_ = version_ >= 11;
    }
    request_->headers.emplace_back(std::move(name), value);
  }

  void on_header_impl(error_code& ec) override {
    in_body_ = true;
    if (!host_) refuse(400, ec);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}

  std::size_t on_body_impl(beast::string_view body, error_code&) override {
    out->append(body.data(), body.size());
    return body.size();
  }

  void on_chunk_header_impl(std::uint64_t, beast::string_view extensions, error_code& ec) override {
    extension_bytes_ += extensions.size();
    if (extension_bytes_ > kMaxExtensionBytes) refuse(400, ec);
  }

  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, error_code&) override {
    out->append(body.data(), body.size());
    return body.size();
  }

  void on_finish_impl(error_code&) override {}

  Request* request_;
  int max_fields_;
  int status_ = 0;
  int version_ = 11;
  int trailers_ = 0;
  std::size_t extension_bytes_ = 0;
  bool host_ = false;
  bool length_ = false;
  bool chunked_ = false;
  bool expects_continue_ = false;
  bool in_body_ = false;
};

int status_of(const Parser& parser, const error_code& ec) {
  if (parser.status() != 0) return parser.status();
  if (ec == beast::http::error::body_limit) return 413;
  if (ec == beast::http::error::header_limit) return 431;
  if (ec == beast::http::error::bad_version) return 505;
  return 400;
}

}  // namespace

struct RequestParser::Impl {
  int max_fields = 100;
  std::optional<Parser> parser = {};
};

RequestParser::RequestParser(int max_fields) : impl_(std::make_unique<Impl>()) {
  impl_->max_fields = max_fields;
}

RequestParser::~RequestParser() = default;

int RequestParser::parse_head(std::string_view head, Request& request) {
  Parser& parser = impl_->parser.emplace(request, impl_->max_fields);
  if (!lines_are_strict(head)) return 400;
  parser.header_limit(static_cast<std::uint32_t>(head.size() + 1));
  parser.body_limit(boost::none);
  error_code ec;
  std::size_t used = 0;
  while (!ec && !parser.is_header_done() && used < head.size()) {
    used += parser.put(boost::asio::const_buffer(head.data() + used, head.size() - used), ec);
  }
  if (ec) return status_of(parser, ec);
  if (!parser.is_header_done() || used != head.size()) return 400;
  // Content-Length is all digits, so Beast and we agree; a body where none is expected is a way to
  // smuggle.
  const bool bodiless = request.method == Method::get || request.method == Method::head ||
                        request.method == Method::options;
  if (bodiless && has_body()) return 400;
  return 0;
}

bool RequestParser::has_body() const { return !impl_->parser->is_done(); }

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = impl_->parser->content_length();
  if (!length) return std::nullopt;
  return *length;
}

bool RequestParser::keep_alive() const { return takes_chunks() && impl_->parser->keep_alive(); }

bool RequestParser::takes_chunks() const { return impl_->parser->version() >= 11; }

bool RequestParser::expects_continue() const { return impl_->parser->expects_continue(); }

bool RequestParser::done() const { return impl_->parser->is_done(); }

void RequestParser::set_body_limit(std::uint64_t limit) { impl_->parser->body_limit(limit); }

int RequestParser::feed(std::string_view input, std::string& out, std::size_t& used) {
  Parser& parser = *impl_->parser;
  parser.out = &out;
  used = 0;
  while (used < input.size() && !parser.is_done()) {
    error_code ec;
    used += parser.put(boost::asio::const_buffer(input.data() + used, input.size() - used), ec);
    if (ec == beast::http::error::need_more) return 0;
    if (ec) return status_of(parser, ec);
  }
  return 0;
}

}  // namespace daifuku::http
