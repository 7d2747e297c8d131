#include "http/response_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "base/ascii.h"
#include "base/error.h"

namespace daifuku::http {
namespace {

struct Default {
  std::string_view name;
  std::string_view value;
};

constexpr std::array<Default, 8> kDefaults = {{
    {"Content-Security-Policy", kContentSecurityPolicy},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
     "magnetometer=(), "
     "microphone=(), midi=(), payment=(), usb=()"},
    {"X-Frame-Options", "DENY"},
    {"Cache-Control", "no-store"},
}};

const std::string& all_defaults() {
  static const std::string text = [] {
    std::string out;
    for (const Default& item : kDefaults) {
      out.append(item.name).append(": ").append(item.value).append("\r\n");
    }
    return out;
  }();
  return text;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return c > 0x20 && c < 0x7f &&
           std::string_view("()<>@,;:\\\"/[]?={}").find(c) == std::string_view::npos;
  });
}

bool is_value(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

void append_number(std::string& out, std::uint64_t number) {
  char buffer[20];
  const auto [end, error] = std::to_chars(std::begin(buffer), std::end(buffer), number);
  out.append(std::begin(buffer), end);
}

void check(const Response& response) {
  static constexpr std::string_view kOurs[] = {"content-length", "transfer-encoding", "connection",
                                               "date", "content-type"};
  if (!is_value(response.content_type)) throw SystemError("bad content type in an answer");
  for (const auto& [name, value] : response.headers) {
    if (!is_token(name) || !is_value(value)) throw SystemError("bad header in an answer");
    for (const std::string_view ours : kOurs) {
      if (same_ignoring_case(name, ours))
        throw SystemError("header belongs to the server: " + name);
    }
  }
}

}  // namespace

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Status";
  }
}

std::string_view http_date(std::time_t now) {
  struct Cache {
    std::time_t at = -1;
    char text[64] = {};
    std::size_t size = 0;
  };
  thread_local Cache cache;
  if (cache.at != now) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts = {};
    gmtime_r(&now, &parts);
    const int size =
        std::snprintf(cache.text, sizeof(cache.text), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                      kDays[parts.tm_wday], parts.tm_mday, kMonths[parts.tm_mon],
                      parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    cache.size = size > 0 ? static_cast<std::size_t>(size) : 0;
    cache.at = now;
  }
  return {cache.text, cache.size};
}

void append_head(std::string& out, const Response& response, const HeadOptions& options) {
  check(response);
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(response.status));
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\nDate: ";
  out += http_date(std::time(nullptr));
  if (options.framing != Framing::none && !response.content_type.empty()) {
    out += "\r\nContent-Type: ";
    out += response.content_type;
  }
  switch (options.framing) {
    case Framing::length:
      out += "\r\nContent-Length: ";
      append_number(out, options.length);
      break;
    case Framing::chunked:
      out += "\r\nTransfer-Encoding: chunked";
      break;
    case Framing::close:
    case Framing::none:
      break;
  }
  out += options.keep_alive ? "\r\nConnection: keep-alive\r\n" : "\r\nConnection: close\r\n";
  if (!options.request_id.empty()) {
    out.append("X-Request-Id: ").append(options.request_id).append("\r\n");
  }
  if (options.hsts) out += "Strict-Transport-Security: max-age=31536000\r\n";
  for (const auto& [name, value] : response.headers) {
    out.append(name).append(": ").append(value).append("\r\n");
  }
  if (response.headers.empty()) {
    out += all_defaults();
  } else {
    for (const Default& item : kDefaults) {
      const bool set = std::ranges::any_of(response.headers, [&](const auto& header) {
        return same_ignoring_case(header.first, item.name);
      });
      if (!set) out.append(item.name).append(": ").append(item.value).append("\r\n");
    }
  }
  out += "\r\n";
}

}  // namespace daifuku::http
