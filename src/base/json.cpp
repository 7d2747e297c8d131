#include "base/json.h"

#include <boost/json/src.hpp>
#include <charconv>
#include <cstring>
#include <set>

#include "base/error.h"

namespace daifuku {
namespace {

// Boost.JSON keeps the last of two equal keys; a sender that repeats a key is confused or probing.
class DuplicateCheck {
 public:
  static bool repeated(std::string_view text) {
    std::vector<std::set<std::string, std::less<>>> objects;
    std::vector<bool> is_object;
    std::size_t i = 0;
    while (i < text.size()) {
      const char c = text[i];
      if (c == '{' || c == '[') {
        is_object.push_back(c == '{');
        objects.emplace_back();
        ++i;
      } else if (c == '}' || c == ']') {
        if (is_object.empty()) return false;
        is_object.pop_back();
        objects.pop_back();
        ++i;
      } else if (c == '"') {
        const std::size_t start = ++i;
        while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
        if (i >= text.size()) return false;
        const std::string_view name = text.substr(start, i - start);
        ++i;
        std::size_t next = i;
        while (next < text.size() && (text[next] == ' ' || text[next] == '\t' ||
                                      text[next] == '\n' || text[next] == '\r'))
          ++next;
        if (next < text.size() && text[next] == ':' && !is_object.empty() && is_object.back() &&
            !objects.back().emplace(name).second) {
          return true;
        }
      } else {
        ++i;
      }
    }
    return false;
  }
};

// Whether none of eight bytes has to be escaped: no byte below 0x20, no quote, no backslash
// ("Determine if a word has a byte less than n / equal to n", Bit Twiddling Hacks).
bool eight_plain(const char* data) {
  std::uint64_t word = 0;
  std::memcpy(&word, data, 8);
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighs = 0x8080808080808080ULL;
  const auto has_zero = [](std::uint64_t v) { return (v - kOnes) & ~v & kHighs; };
  const std::uint64_t below = (word - kOnes * 0x20) & ~word & kHighs;
  return (below | has_zero(word ^ (kOnes * '"')) | has_zero(word ^ (kOnes * '\\'))) == 0;
}

}  // namespace

Json parse_json(std::string_view text) {
  boost::system::error_code error;
  boost::json::parse_options options;
  options.max_depth = 32;
  Json value = boost::json::parse(text, error, {}, options);
  if (error || DuplicateCheck::repeated(text)) throw AppError(Status::bad_request, "json_invalid");
  return value;
}

void append_json_string(std::string& out, std::string_view value) {
  static constexpr char kHex[] = "0123456789abcdef";
  out.push_back('"');
  std::size_t plain = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.size() - i >= 8 && eight_plain(value.data() + i)) {
      i += 7;
      continue;
    }
    const auto c = static_cast<unsigned char>(value[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(value.substr(plain, i - plain));
    plain = i + 1;
    switch (c) {
      case '"':
        out.append("\\\"");
        break;
      case '\\':
        out.append("\\\\");
        break;
      case '\n':
        out.append("\\n");
        break;
      case '\r':
        out.append("\\r");
        break;
      case '\t':
        out.append("\\t");
        break;
      default:
        out.append("\\u00");
        out.push_back(kHex[c >> 4]);
        out.push_back(kHex[c & 15]);
    }
  }
  out.append(value.substr(plain));
  out.push_back('"');
}

void JsonWriter::comma() {
  if (!first_) out_.push_back(',');
  first_ = false;
}

JsonWriter& JsonWriter::begin_object() {
  comma();
  out_.push_back('{');
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  out_.push_back('}');
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  comma();
  out_.push_back('[');
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  out_.push_back(']');
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  comma();
  append_json_string(out_, name);
  out_.push_back(':');
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  comma();
  append_json_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  comma();
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out_.append(buffer, static_cast<std::size_t>(end - buffer));
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  comma();
  out_.append(value ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::null() {
  comma();
  out_.append("null");
  return *this;
}

JsonWriter& JsonWriter::id(Id value) {
  comma();
  out_.push_back('"');
  append_id(out_, value);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  comma();
  out_.append(json);
  return *this;
}

JsonWriter& JsonWriter::value(const Json& json) { return raw(boost::json::serialize(json)); }

const Json* json_find(const Json& object, std::string_view key) {
  const auto* members = object.if_object();
  return members == nullptr ? nullptr : members->if_contains(key);
}

std::string json_text(const Json& object, std::string_view key, std::string_view fallback) {
  const Json* found = json_find(object, key);
  if (found == nullptr || !found->is_string()) return std::string(fallback);
  return std::string(found->get_string());
}

std::int64_t json_integer(const Json& object, std::string_view key, std::int64_t fallback) {
  const Json* found = json_find(object, key);
  return found != nullptr && found->is_int64() ? found->get_int64() : fallback;
}

bool json_bool(const Json& object, std::string_view key, bool fallback) {
  const Json* found = json_find(object, key);
  return found != nullptr && found->is_bool() ? found->get_bool() : fallback;
}

}  // namespace daifuku
