#include "text/phone.h"

#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

constexpr std::int64_t kMax = 60;

// A number that cannot be dialled (no area code) is kept: it is all that somebody knew, and is
// worth more than nothing.
bool parse_item(const FieldDef& field, std::string_view typed, std::string& out,
                Problems& problems) {
  out.clear();
  if (means_nothing(typed)) return true;
  const auto phone = daifuku::text::parse_phone(typed);
  if (!phone) return refuse(field, problems, "invalid_phone");
  std::string shown = phone->display;
  if (!phone->extension.empty()) shown += " 内線" + phone->extension;
  Value checked;
  if (!keep_text(field, shown, kMax, checked, problems)) return false;
  out = std::move(shown);
  return true;
}

bool parse_one(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  std::string number;
  if (!parse_item(field, typed, number, problems)) return false;
  return keep_text(field, std::move(number), kMax, out, problems);
}

bool parse_json_many(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  return parse_json_items(field, json, parse_item, out, problems);
}

bool parse_many(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  return keep_items(field, cut(typed, kWideSeparators), parse_item, out, problems);
}

void schema_one(const FieldDef& field, JsonWriter& writer) {
  schema_string(field, writer, {}, kMax);
}
void schema_many(const FieldDef& field, JsonWriter& writer) { schema_strings(field, writer); }

}  // namespace

const FieldKind phone = {
    .name = "phone",
    .parse = parse_json_text,
    .parse_text = parse_one,
    .write = write_text,
    .to_text = text_to_text,
    .schema = schema_one,
    .search = FieldKind::Search::phone,
};

const FieldKind phones = {
    .name = "phones",
    .comparison = Comparison::items,
    .parse = parse_json_many,
    .parse_text = parse_many,
    .write = write_items,
    .to_text = items_to_text,
    .schema = schema_many,
    .search = FieldKind::Search::phone,
};

}  // namespace daifuku::meta::kinds
