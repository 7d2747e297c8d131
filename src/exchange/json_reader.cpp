#include "exchange/json_reader.h"

#include <charconv>
#include <unordered_map>
#include <utility>

#include "base/json.h"

namespace daifuku::exchange {
namespace {

using namespace std::string_view_literals;

// Names of members become headings, and those of members of members are put together from them.
constexpr std::size_t kLongestName = 1'000;
constexpr std::size_t kNamesBytes = 1'000'000;

text::Encoding encoding_of(std::string_view start) {
  if (start.starts_with("\xFF\xFE"sv)) return text::Encoding::utf16le;
  if (start.starts_with("\xFE\xFF"sv)) return text::Encoding::utf16be;
  return text::Encoding::utf8;
}

std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF"sv)) text.remove_prefix(3);
  return text;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The objects of a file, one after the other.
class JsonRecords {
 public:
  JsonRecords(const std::filesystem::path& path, text::Encoding encoding,
              const OpenOptions& options)
      : source_(path, encoding, false), most_(options.max_row_bytes) {}

  // False at the end.
  bool next(JsonObject& out) {
    if (!skip_to_record()) return false;
    begin_ = line_;
    const std::string_view text = take_value();
    Json value;
    try {
      value = parse_json(text);
    } catch (const AppError&) {
      refuse("json_line_invalid");
    }
    if (!value.is_object()) refuse("json_line_no_object");
    out = std::move(value.as_object());
    return true;
  }

  std::int64_t line() const { return begin_; }
  double progress() const { return source_.progress(); }

 private:
  [[noreturn]] void refuse(const char* code) const {
    throw AppError(Status::invalid, code, {{"line", std::to_string(begin_)}});
  }

  // At the character at_; false when there is none.
  bool fill() {
    while (at_ >= buffer_.size()) {
      buffer_.clear();
      at_ = 0;
      if (!source_.read(buffer_)) return false;
      if (std::exchange(first_, false) && buffer_.starts_with("\xEF\xBB\xBF"sv)) at_ = 3;
    }
    return true;
  }

  // Over white space, the brackets of the array and the commas between its items.
  bool skip_to_record() {
    while (fill()) {
      const char c = buffer_[at_];
      if (c == '\n') ++line_;
      begin_ = line_;
      if (is_space(c)) {
        ++at_;
      } else if (c == '[' && !in_array_ && !any_) {
        in_array_ = any_ = true;
        ++at_;
      } else if (in_array_ && (c == ',' || c == ']')) {
        // parse_json() finds what else is wrong; a comma too many says nothing wrong.
        if (c == ']') in_array_ = false;
        ++at_;
      } else {
        any_ = true;
        return true;
      }
    }
    if (in_array_) refuse("json_line_invalid");  // cut off
    return false;
  }

  // From at_ to the end of the value, which is kept for the caller until the next call.
  std::string_view take_value() {
    value_.clear();
    int depth = 0;
    bool quoted = false;
    bool escaped = false;
    while (fill()) {
      const char c = buffer_[at_];
      if (depth == 0 && !quoted && !value_.empty() && (is_space(c) || c == ',' || c == ']')) {
        return value_;
      }
      ++at_;
      if (c == '\n') ++line_;
      value_ += c;
      if (value_.size() > most_) {
        throw AppError(Status::too_large, "json_record_too_long",
                       {{"line", std::to_string(begin_)}});
      }
      if (quoted) {
        if (!escaped && c == '"') quoted = false;
        escaped = !escaped && c == '\\';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        if (--depth <= 0) return value_;
      }
    }
    return value_;
  }

  TextSource source_;
  std::size_t most_;
  std::string buffer_ = {};
  std::size_t at_ = 0;
  std::string value_ = {};
  std::int64_t line_ = 1;
  std::int64_t begin_ = 1;
  bool first_ = true;
  bool in_array_ = false;
  bool any_ = false;
};

// The members of a record by their names, one cell each.
class Members {
 public:
  // `take` gets the name and the cell.
  template <typename Take>
  static void each(const JsonObject& record, const Take& take) {
    for (const auto& member : record) put(name_of("", member.key()), member.value(), take);
  }

 private:
  static std::string name_of(std::string before, std::string_view key) {
    if (before.size() + key.size() > kLongestName)
      throw AppError(Status::too_large, "json_names_too_long");
    return before += key;
  }

  static bool is_plain(const Json& value) { return !value.is_object() && !value.is_array(); }

  static Cell cell_of(const Json& value) {
    Cell out;
    if (value.is_string()) {
      out.text = std::string(value.get_string());
      out.type = Cell::Type::text;
    } else if (value.is_bool()) {
      out.text = value.get_bool() ? "true" : "false";
      out.type = Cell::Type::boolean;
    } else if (value.is_double()) {
      char buffer[400];  // the longest there is, without an exponent
      const auto end = std::to_chars(buffer, buffer + sizeof buffer, value.get_double(),
                                     std::chars_format::fixed);
      out.text.assign(buffer, end.ptr);
      out.type = Cell::Type::number;
    } else if (!value.is_null()) {
      out.text = boost::json::serialize(value);
      out.type = value.is_number() ? Cell::Type::number : Cell::Type::text;
    }
    if (out.text.empty()) out.type = Cell::Type::empty;
    return out;
  }

  static bool is_reference(const Json& value) {
    return value.is_object() && value.get_object().contains("id") &&
           value.get_object().contains("title");
  }

  template <typename Take>
  static void put(const std::string& name, const Json& value, const Take& take) {
    if (is_plain(value)) {
      take(name, cell_of(value));
    } else if (is_reference(value)) {
      take(name, cell_of(value.at("title")));
      take(name + ".id", cell_of(value.at("id")));
    } else if (value.is_object()) {
      for (const auto& member : value.get_object()) {
        // A record that may not be seen is told as {"hidden":true}: there is nothing to take.
        if (member.key() != "hidden") put(name_of(name + ".", member.key()), member.value(), take);
      }
    } else {
      put_items(name, value.get_array(), take);
    }
  }

  template <typename Take>
  static void put_items(const std::string& name, const JsonArray& items, const Take& take) {
    std::string texts;
    std::string ids;
    bool references = false;
    for (const Json& item : items) {
      if (json_bool(item, "hidden")) continue;
      const bool reference = is_reference(item);
      references = references || reference;
      append(texts, cell_of(reference ? item.at("title") : item).text);
      if (reference) append(ids, cell_of(item.at("id")).text);
    }
    const auto text = [](std::string value) {
      const auto type = value.empty() ? Cell::Type::empty : Cell::Type::text;
      return Cell{std::move(value), type};
    };
    take(name, text(std::move(texts)));
    if (references) take(name + ".id", text(std::move(ids)));
  }

  static void append(std::string& lines, const std::string& line) {
    if (line.empty()) return;
    if (!lines.empty()) lines += '\n';
    lines += line;
  }
};

class JsonReader final : public TableReader {
 public:
  JsonReader(const std::filesystem::path& path, text::Encoding encoding, const OpenOptions& options)
      : options_(options), records_(path, encoding, options) {
    JsonRecords all(path, encoding, options);
    JsonObject record;
    std::size_t bytes = 0;
    while (all.next(record)) {
      Members::each(record, [&](const std::string& name, const Cell&) {
        if (!places_.try_emplace(name, names_.size()).second) return;
        names_.push_back(name);
        bytes += name.size();
        if (bytes > kNamesBytes) throw AppError(Status::too_large, "json_names_too_long");
        if (static_cast<std::int64_t>(names_.size()) > options_.max_columns)
          throw AppError(Status::too_large, "json_too_many_names");
      });
    }
    if (names_.empty()) throw AppError(Status::unsupported, "file_empty");
  }

  bool next(Row& row) override {
    row.resize(names_.size());
    for (Cell& cell : row) cell.clear();
    if (!std::exchange(headed_, true)) {
      for (std::size_t i = 0; i < names_.size(); ++i) row[i] = {names_[i], Cell::Type::text};
      return true;
    }
    JsonObject record;
    bool any = false;
    while (!any) {
      if (!records_.next(record)) return false;
      line_ = records_.line();
      Members::each(record, [&](const std::string& name, Cell cell) {
        any = any || !cell.empty();
        if (const auto place = places_.find(name); place != places_.end())
          row[place->second] = std::move(cell);
      });
    }
    return true;
  }

  std::int64_t line() const override { return line_; }
  double progress() const override { return records_.progress(); }
  const std::vector<Note>& notes() const override { return notes_; }

 private:
  const OpenOptions options_;
  JsonRecords records_;
  std::vector<std::string> names_ = {};
  std::unordered_map<std::string, std::size_t> places_ = {};
  bool headed_ = false;
  std::int64_t line_ = 1;
  std::vector<Note> notes_ = {};
};

}  // namespace

bool looks_like_json(std::string_view start) {
  std::string decoded;
  if (encoding_of(start) != text::Encoding::utf8) {
    decoded = text::decode(start.substr(0, 400), encoding_of(start));
    start = decoded;
  }
  std::string_view text = without_mark(start);
  const auto skip = [&] {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  };
  skip();
  if (text.starts_with('[')) {
    text.remove_prefix(1);
    skip();
  }
  if (!text.starts_with('{')) return false;
  text.remove_prefix(1);
  skip();
  // {"name": or {}
  return text.starts_with('"') || text.starts_with('}');
}

OpenedTable open_json(const std::filesystem::path& path, const OpenOptions& options) {
  const auto encoding = encoding_of(read_start(path, 4).bytes);
  OpenedTable out{.reader = std::make_unique<JsonReader>(path, encoding, options),
                  .format = TableFormat::json};
  out.encoding = text::encoding_name(encoding);
  return out;
}

}  // namespace daifuku::exchange
