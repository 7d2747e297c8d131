#include "api/openapi_schema.h"

#include <cctype>
#include <vector>

#include "base/error.h"
#include "base/id.h"

namespace daifuku::api {
namespace {

class Parser {
 public:
  Parser(JsonWriter& json, std::string_view notation, std::string_view object)
      : json_(json), rest_(notation), object_(object) {}

  void run() {
    type();
    skip();
    if (!rest_.empty()) wrong();
  }

 private:
  [[noreturn]] void wrong() const {
    throw SystemError("schema notation: " + std::string(rest_.substr(0, 60)));
  }
  void skip() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n'))
      rest_.remove_prefix(1);
  }
  bool take(char wanted) {
    skip();
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view word() {
    skip();
    std::size_t size = 0;
    while (size < rest_.size() &&
           (std::isalnum(static_cast<unsigned char>(rest_[size])) != 0 || rest_[size] == '_'))
      ++size;
    if (size == 0) wrong();
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }

  std::string plain_text() {
    std::string text;
    JsonWriter inner(text);
    Parser part(inner, rest_, object_);
    part.plain();
    rest_ = part.rest_;
    return text;
  }

  // The type as text first: what it is combined with is said behind it.
  void type() {
    std::vector<std::string> all{plain_text()};
    while (take('&')) all.push_back(plain_text());
    std::string text = all.front();
    if (all.size() > 1) {
      text.clear();
      JsonWriter both(text);
      both.begin_object().key("allOf").begin_array();
      for (const std::string& one : all) both.raw(one);
      both.end_array().end_object();
    }
    if (!take('?')) {
      json_.raw(text);
      return;
    }
    json_.begin_object().key("anyOf").begin_array().raw(text);
    json_.begin_object().field("type", "null").end_object().end_array().end_object();
  }

  void plain() {
    skip();
    if (take('[')) {
      json_.begin_object().field("type", "array").key("items");
      type();
      if (!take(']')) wrong();
      json_.end_object();
    } else if (take('{')) {
      members();
    } else if (take('"')) {
      choices();
    } else if (take('@')) {
      if (object_.empty()) wrong();
      reference(object_);
    } else {
      named(word());
    }
  }

  void reference(std::string_view name) {
    json_.begin_object().field("$ref", "#/components/schemas/" + std::string(name)).end_object();
  }

  void named(std::string_view name) {
    if (name.front() >= 'A' && name.front() <= 'Z') {
      reference(name);
      return;
    }
    json_.begin_object();
    if (name == "id") {
      json_.field("type", "string").field("pattern", "^[0-9A-HJKMNP-TV-Z]{13}$");
    } else if (name == "instant") {
      json_.field("type", "string").field("format", "date-time");
    } else if (name == "date") {
      json_.field("type", "string").field("format", "date");
    } else if (name == "string" || name == "integer" || name == "number" || name == "boolean") {
      json_.field("type", name);
    } else if (name != "any") {
      wrong();
    }
    json_.end_object();
  }

  void choices() {
    const auto end = rest_.find('"');
    if (end == std::string_view::npos) wrong();
    std::string_view list = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    json_.begin_object().field("type", "string").key("enum").begin_array();
    while (!list.empty()) {
      const auto bar = list.find('|');
      json_.string(list.substr(0, bar));
      list = bar == std::string_view::npos ? std::string_view() : list.substr(bar + 1);
    }
    json_.end_array().end_object();
  }

  void members() {
    std::vector<std::string_view> required;
    json_.begin_object().field("type", "object");
    std::string further;
    json_.key("properties").begin_object();
    while (!take('}')) {
      if (take('*')) {
        if (!take(':')) wrong();
        JsonWriter inner(further);
        Parser part(inner, rest_, object_);
        part.type();
        rest_ = part.rest_;
      } else {
        const std::string_view name = word();
        if (!take('?')) required.push_back(name);
        json_.key(name);
        if (take(':')) {
          type();
        } else {
          named("string");
        }
      }
      take(',');
    }
    json_.end_object();
    if (!required.empty()) {
      json_.key("required").begin_array();
      for (const std::string_view name : required) json_.string(name);
      json_.end_array();
    }
    if (!further.empty()) json_.key("additionalProperties").raw(further);
    json_.end_object();
  }

  JsonWriter& json_;
  std::string_view rest_;
  std::string_view object_;
};

}  // namespace

void write_schema(JsonWriter& json, std::string_view notation, std::string_view object) {
  Parser(json, notation, object).run();
}

}  // namespace daifuku::api
