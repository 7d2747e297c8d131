#include "meta/value.h"

#include <charconv>

namespace daifuku::meta {

std::vector<std::string> split_items(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view item = text.substr(0, end);
    if (!item.empty()) items.emplace_back(item);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return items;
}

std::string join_items(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) {
    if (item.empty()) continue;
    if (!text.empty()) text.push_back('\n');
    text += item;
  }
  return text;
}

std::vector<std::int64_t> split_ids(std::string_view text) {
  std::vector<std::int64_t> ids;
  for (const std::string& item : split_items(text)) {
    std::int64_t id = 0;
    const char* end = item.data() + item.size();
    const auto parsed = std::from_chars(item.data(), end, id);
    if (parsed.ec == std::errc() && parsed.ptr == end) ids.push_back(id);
  }
  return ids;
}

std::string join_ids(const std::vector<std::int64_t>& ids) {
  std::vector<std::string> items;
  items.reserve(ids.size());
  for (const std::int64_t id : ids) items.push_back(std::to_string(id));
  return join_items(items);
}

}  // namespace daifuku::meta
