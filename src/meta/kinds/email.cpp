#include "text/email.h"

#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

constexpr std::int64_t kMax = 254;  // RFC 5321

bool parse_item(const FieldDef& field, std::string_view typed, std::string& out,
                Problems& problems) {
  out.clear();
  if (means_nothing(typed)) return true;
  auto address = daifuku::text::normalize_email(typed);
  if (!address) return refuse(field, problems, "invalid_email");
  Value checked;
  if (!keep_text(field, *address, kMax, checked, problems)) return false;
  out = std::move(*address);
  return true;
}

bool parse_one(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  std::string address;
  if (!parse_item(field, typed, address, problems)) return false;
  return keep_text(field, std::move(address), kMax, out, problems);
}

bool parse_json_many(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  return parse_json_items(field, json, parse_item, out, problems);
}

bool parse_many(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  return keep_items(field, cut(typed, U"、,;，；､/／ \u3000\t"), parse_item, out, problems);
}

void schema_one(const FieldDef& field, JsonWriter& writer) {
  schema_string(field, writer, "email", kMax);
}
void schema_many(const FieldDef& field, JsonWriter& writer) {
  schema_strings(field, writer, "email");
}

}  // namespace

const FieldKind email = {
    .name = "email",
    .parse = parse_json_text,
    .parse_text = parse_one,
    .write = write_text,
    .to_text = text_to_text,
    .schema = schema_one,
    .search = FieldKind::Search::email,
};

const FieldKind emails = {
    .name = "emails",
    .comparison = Comparison::items,
    .parse = parse_json_many,
    .parse_text = parse_many,
    .write = write_items,
    .to_text = items_to_text,
    .schema = schema_many,
    .search = FieldKind::Search::email,
};

}  // namespace daifuku::meta::kinds
