#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

constexpr std::int64_t kMax = 50;  // of one tag

bool parse_item(const FieldDef& field, std::string_view typed, std::string& out,
                Problems& problems) {
  Value checked;
  if (!keep_text(field, one_line(typed), kMax, checked, problems)) return false;
  out = text_of(checked);
  return true;
}

// A tag holds no separator, so that a file gives back the same tags. The slash is none: "B/B製品"
// is one tag.
bool parse_many(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  return keep_items(field, cut(typed, kSeparators), parse_item, out, problems);
}

bool parse_json(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  if (!json.is_array()) return parse_json_text(field, json, out, problems);
  std::vector<std::string> items;
  for (const Json& item : json.get_array()) {
    if (!item.is_string()) return refuse(field, problems, "wrong_type");
    for (std::string& tag : cut(item.get_string(), kSeparators)) items.push_back(std::move(tag));
  }
  return keep_items(field, items, parse_item, out, problems);
}

void schema(const FieldDef& field, JsonWriter& writer) { schema_strings(field, writer); }

}  // namespace

const FieldKind tags = {
    .name = "tags",
    .comparison = Comparison::items,
    .parse = parse_json,
    .parse_text = parse_many,
    .write = write_items,
    .to_text = items_to_text,
    .schema = schema,
    .search = FieldKind::Search::words,
    .display = display_items,
};

}  // namespace daifuku::meta::kinds
