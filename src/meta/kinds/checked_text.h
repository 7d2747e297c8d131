// Kinds of a text that is checked and written in one way (an address, a number), and of several of
// them in one field.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

struct CheckedText {
  std::int64_t max;                // in code points, unless the field says otherwise
  std::u32string_view separators;  // between several in one cell
  std::string_view format;         // of the JSON schema; may be empty
  std::string_view problem;        // code when the text is none
  std::optional<std::string> (*normalize)(std::string_view typed);
};

// Text as typed -> as stored; empty when it means nothing.
template <const CheckedText& kText>
bool parse_checked_item(const FieldDef& field, std::string_view typed, std::string& out,
                        Problems& problems) {
  out.clear();
  if (means_nothing(typed)) return true;
  auto kept = kText.normalize(typed);
  if (!kept) return refuse(field, problems, std::string(kText.problem));
  Value checked;
  if (!keep_text(field, *kept, kText.max, checked, problems)) return false;
  out = std::move(*kept);
  return true;
}

template <const CheckedText& kText>
bool parse_checked(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  std::string kept;
  if (!parse_checked_item<kText>(field, typed, kept, problems)) return false;
  return keep_text(field, std::move(kept), kText.max, out, problems);
}

template <const CheckedText& kText>
bool parse_json_checked_items(const FieldDef& field, const Json& json, Value& out,
                              Problems& problems) {
  return parse_json_items(field, json, parse_checked_item<kText>, out, problems);
}

template <const CheckedText& kText>
bool parse_checked_items(const FieldDef& field, std::string_view typed, Value& out,
                         Problems& problems) {
  return keep_items(field, cut(typed, kText.separators), parse_checked_item<kText>, out, problems);
}

template <const CheckedText& kText>
void schema_checked(const FieldDef& field, JsonWriter& writer) {
  schema_string(field, writer, kText.format, kText.max);
}

template <const CheckedText& kText>
void schema_checked_items(const FieldDef& field, JsonWriter& writer) {
  schema_strings(field, writer, kText.format);
}

// The kind of one such text, and of several. Constant expressions: kinds refer to each other before
// main().
template <const CheckedText& kText>
constexpr FieldKind one_checked(std::string_view name, FieldKind::Search search) {
  return {.name = name,
          .parse = parse_json_text,
          .parse_text = parse_checked<kText>,
          .write = write_text,
          .to_text = text_to_text,
          .schema = schema_checked<kText>,
          .search = search};
}

template <const CheckedText& kText>
constexpr FieldKind many_checked(std::string_view name, FieldKind::Search search) {
  return {.name = name,
          .comparison = Comparison::items,
          .parse = parse_json_checked_items<kText>,
          .parse_text = parse_checked_items<kText>,
          .write = write_items,
          .to_text = items_to_text,
          .schema = schema_checked_items<kText>,
          .search = search,
          .display = display_items};
}

}  // namespace daifuku::meta::kinds
