// A stored cell. Yes/no is 0/1, money whole yen, decimals are scaled by 10,000, dates ISO text,
// instants milliseconds, links record ids, lists (choices, tags, further e-mails) one text with an
// item a line.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace daifuku::meta {

using Value = std::variant<std::monostate, std::int64_t, std::string>;

inline bool is_empty(const Value& value) { return std::holds_alternative<std::monostate>(value); }
inline std::int64_t integer_of(const Value& value, std::int64_t fallback = 0) {
  const auto* found = std::get_if<std::int64_t>(&value);
  return found == nullptr ? fallback : *found;
}
inline std::string_view text_of(const Value& value) {
  const auto* found = std::get_if<std::string>(&value);
  return found == nullptr ? std::string_view() : std::string_view(*found);
}

// Field key -> value. A key that is present with an empty value means "make it empty".
using Values = std::map<std::string, Value, std::less<>>;

inline const Value kEmpty{};
inline const Value& get(const Values& values, std::string_view key) {
  const auto found = values.find(key);
  return found == values.end() ? kEmpty : found->second;
}

// Lists: an item a line, never an empty one. Links and users are lists of record ids in decimal
// digits.
std::vector<std::string> split_items(std::string_view text);
std::string join_items(const std::vector<std::string>& items);
std::vector<std::int64_t> split_ids(std::string_view text);  // digits only; other lines are skipped
std::string join_ids(const std::vector<std::int64_t>& ids);

inline constexpr std::int64_t kDecimalScale = 10'000;

}  // namespace daifuku::meta
