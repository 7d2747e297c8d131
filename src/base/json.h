// JSON in: Boost.JSON with our limits. JSON out: an append-to-buffer writer, so that rows go
// straight to the answer.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.h"

namespace daifuku {

using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

// Throws AppError(bad_request, "json_invalid") on malformed text, invalid UTF-8, depth over 32 or a
// repeated key.
Json parse_json(std::string_view text);

// Appends to a string it does not own. Commas are its business; balance and key/value order are the
// caller's.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& id(Id value);
  // An already written JSON text.
  JsonWriter& raw(std::string_view json);
  JsonWriter& value(const Json& json);

  // key and value in one call
  JsonWriter& field(std::string_view name, std::string_view text) { return key(name).string(text); }
  JsonWriter& field(std::string_view name, const char* text) { return key(name).string(text); }
  JsonWriter& field(std::string_view name, std::int64_t number) {
    return key(name).integer(number);
  }
  JsonWriter& field(std::string_view name, int number) { return key(name).integer(number); }
  JsonWriter& field(std::string_view name, std::size_t number) {
    return key(name).integer(static_cast<std::int64_t>(number));
  }
  JsonWriter& field(std::string_view name, bool yes) { return key(name).boolean(yes); }

 private:
  void comma();
  std::string& out_;
  bool first_ = true;
};

// Quoted and escaped; only ", \ and control characters are escaped, UTF-8 stays as it is.
void append_json_string(std::string& out, std::string_view value);

// Members of a JSON object, tolerant: nullptr / fallback when absent or of another type.
const Json* json_find(const Json& object, std::string_view key);
std::string json_text(const Json& object, std::string_view key, std::string_view fallback = {});
std::int64_t json_integer(const Json& object, std::string_view key, std::int64_t fallback = 0);
bool json_bool(const Json& object, std::string_view key, bool fallback = false);

}  // namespace daifuku
