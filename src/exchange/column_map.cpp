#include "exchange/column_map.h"

#include <algorithm>

#include "base/error.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

[[noreturn]] void invalid(std::string_view member) {
  throw AppError(Status::invalid, "invalid", {}, {{std::string(member), "wrong_type", {}}});
}

std::vector<std::string> folded_list(const Json& json, std::string_view member) {
  std::vector<std::string> out;
  const Json* list = json_find(json, member);
  if (list == nullptr) return out;
  if (!list->is_array()) invalid(member);
  for (const Json& item : list->get_array()) {
    if (!item.is_string()) invalid(member);
    out.push_back(text::fold(std::string_view(item.get_string())));
  }
  return out;
}

template <typename Each>
void each_text(const Json& json, std::string_view member, const Each& each) {
  if (!json.is_object()) invalid(member);
  for (const auto& [key, value] : json.get_object()) {
    if (!value.is_string()) invalid(member);
    each(std::string(std::string_view(key)), std::string(value.get_string()));
  }
}

bool has_heading(const std::vector<HeaderColumn>& columns, std::string_view folded) {
  return std::ranges::any_of(columns, [&](const HeaderColumn& column) {
    return !column.generated &&
           (text::fold(column.name) == folded || text::fold(column.label) == folded);
  });
}

template <typename Map>
auto find_heading(const Map& map, const HeaderColumn& column) {
  if (column.generated) return map.end();
  const auto found = map.find(text::fold(column.name));
  return found != map.end() ? found : map.find(text::fold(column.label));
}

}  // namespace

const std::string* ColumnMap::target(const HeaderColumn& column) const {
  const auto found = find_heading(columns, column);
  return found == columns.end() ? nullptr : &found->second;
}

const ColumnMap::Words* ColumnMap::words(const HeaderColumn& column) const {
  const auto found = find_heading(values, column);
  return found == values.end() ? nullptr : &found->second;
}

double ColumnMap::fit(const std::vector<HeaderColumn>& headings,
                      std::string_view file_format) const {
  if (!format.empty()) return format == file_format ? 1 : 0;
  const auto there = [&](const std::string& folded) { return has_heading(headings, folded); };
  if (!std::ranges::all_of(all, there)) return 0;
  if (!any.empty() && std::ranges::none_of(any, there)) return 0;
  std::size_t named = 0;
  std::size_t known = 0;
  for (const HeaderColumn& column : headings) {
    if (column.generated) continue;
    ++named;
    if (target(column) != nullptr) ++known;
  }
  if (named == 0) return 0;
  // A saved map knows all headings of its file; another file has others, or lacks some.
  const std::size_t whole = own ? std::max(named, columns.size()) : named;
  return static_cast<double>(known) / static_cast<double>(whole);
}

ColumnMap read_column_map(const Json& json) {
  if (!json.is_object()) invalid("map");
  ColumnMap out{.id = json_text(json, "id"),
                .version = static_cast<int>(json_integer(json, "version", 1)),
                .object = json_text(json, "object"),
                .format = json_text(json, "format")};
  if (const Json* name = json_find(json, "name"); name != nullptr && name->is_object()) {
    out.name = {.ja = json_text(*name, "ja"), .en = json_text(*name, "en")};
  }
  out.all = folded_list(json, "all");
  out.any = folded_list(json, "any");
  if (const Json* columns = json_find(json, "columns")) {
    each_text(*columns, "columns", [&](const std::string& heading, std::string to) {
      const bool special = to == "note" || to == "ignore" || to.starts_with("field:");
      out.columns[text::fold(heading)] = special ? std::move(to) : "field:" + to;
    });
  }
  const Json* values = json_find(json, "values");
  if (values == nullptr) return out;
  if (!values->is_object()) invalid("values");
  for (const auto& [heading, words] : values->get_object()) {
    auto& place = out.values[text::fold(std::string_view(heading))];
    each_text(words, "values", [&](const std::string& word, std::string meaning) {
      place[text::nfc(word)] = std::move(meaning);
    });
  }
  return out;
}

}  // namespace daifuku::exchange
