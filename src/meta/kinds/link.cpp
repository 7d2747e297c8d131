// link, links, user, users, file: record ids. Names are resolved by the records engine, which knows
// what the caller may see; here only ids are understood. In JSON an id is its text, or an object
// with `id` as the API answers it.
#include <algorithm>

#include "base/id.h"
#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

bool read_id(const FieldDef& field, std::string_view typed, std::int64_t& out, Problems& problems) {
  const auto id = decode_id(narrow(typed));
  if (!id || *id <= 0) return refuse(field, problems, "invalid_id");
  out = *id;
  return true;
}

bool read_json_id(const FieldDef& field, const Json& json, std::int64_t& out, Problems& problems) {
  if (json.is_string()) return read_id(field, json.get_string(), out, problems);
  if (json.is_object()) return read_id(field, json_text(json, "id"), out, problems);
  return refuse(field, problems, "wrong_type");
}

bool parse_one(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  if (one_line(typed).empty()) {
    out = Value();
    return true;
  }
  std::int64_t id = 0;
  if (!read_id(field, typed, id, problems)) return false;
  out = id;
  return true;
}

bool parse_json_one(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  if (!json.is_object()) return parse_json_text(field, json, out, problems);
  std::int64_t id = 0;
  if (!read_json_id(field, json, id, problems)) return false;
  out = id;
  return true;
}

bool keep_ids(const FieldDef& field, const std::vector<std::int64_t>& ids, Value& out,
              Problems& problems) {
  std::vector<std::int64_t> kept;
  for (const std::int64_t id : ids) {
    if (std::find(kept.begin(), kept.end(), id) == kept.end()) kept.push_back(id);
  }
  if (kept.size() > kIdsMax) {
    return refuse(field, problems, "too_many_items", {{"max", std::to_string(kIdsMax)}});
  }
  if (kept.empty()) {
    out = Value();
  } else {
    out = join_ids(kept);
  }
  return true;
}

bool parse_many(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  std::vector<std::int64_t> ids;
  for (const std::string& item : cut(typed, U"、,;，；､/／ \u3000\t")) {
    if (one_line(item).empty()) continue;
    if (!read_id(field, item, ids.emplace_back(), problems)) return false;
  }
  return keep_ids(field, ids, out, problems);
}

bool parse_json_many(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  if (!json.is_array()) return parse_json_text(field, json, out, problems);
  std::vector<std::int64_t> ids;
  for (const Json& item : json.get_array()) {
    if (!read_json_id(field, item, ids.emplace_back(), problems)) return false;
  }
  return keep_ids(field, ids, out, problems);
}

void write_reference(JsonWriter& writer, std::int64_t id) {
  writer.begin_object().key("id").id(id).end_object();
}

void write_one(const FieldDef&, const Value& value, JsonWriter& writer) {
  write_reference(writer, integer_of(value));
}

void write_many(const FieldDef&, const Value& value, JsonWriter& writer) {
  writer.begin_array();
  for (const std::int64_t id : split_ids(text_of(value))) write_reference(writer, id);
  writer.end_array();
}

std::string one_to_text(const FieldDef&, const Value& value) {
  return encode_id(integer_of(value));
}

std::string many_to_text(const FieldDef&, const Value& value) {
  std::string out;
  for (const std::int64_t id : split_ids(text_of(value))) {
    if (!out.empty()) out += "、";
    append_id(out, id);
  }
  return out;
}

// On writing the id alone will do; on reading it comes with the title.
void write_reference_schema(JsonWriter& writer) {
  writer.key("oneOf").begin_array();
  writer.begin_object().field("type", "string").field("pattern", "^[0-9A-HJKMNP-TV-Z]{13}$");
  writer.end_object();
  writer.begin_object().field("type", "object").key("properties").begin_object();
  for (const std::string_view name : {"id", "title"}) {
    writer.key(name).begin_object().field("type", "string").end_object();
  }
  writer.key("hidden").begin_object().field("type", "boolean").end_object();
  writer.end_object().end_object();
  writer.end_array();
}

void schema_one(const FieldDef& field, JsonWriter& writer) {
  if (!field.target.empty()) writer.field("x-target", field.target);
  write_reference_schema(writer);
}

void schema_many(const FieldDef& field, JsonWriter& writer) {
  if (!field.target.empty()) writer.field("x-target", field.target);
  writer.field("type", "array").field("maxItems", kIdsMax).key("items").begin_object();
  write_reference_schema(writer);
  writer.end_object();
}

constexpr FieldKind one_kind(std::string_view name) {
  FieldKind kind;
  kind.name = name;
  kind.storage = Storage::integer;
  kind.comparison = Comparison::link;
  kind.parse = parse_json_one;
  kind.parse_text = parse_one;
  kind.write = write_one;
  kind.to_text = one_to_text;
  kind.schema = schema_one;
  return kind;
}

constexpr FieldKind many_kind(std::string_view name) {
  FieldKind kind;
  kind.name = name;
  kind.storage = Storage::none;
  kind.comparison = Comparison::link;
  kind.parse = parse_json_many;
  kind.parse_text = parse_many;
  kind.write = write_many;
  kind.to_text = many_to_text;
  kind.schema = schema_many;
  return kind;
}

constexpr FieldKind file_kind() {
  FieldKind kind = one_kind("file");
  kind.comparison = Comparison::none;
  return kind;
}

}  // namespace

const FieldKind link = one_kind("link");
const FieldKind links = many_kind("links");
const FieldKind user = one_kind("user");
const FieldKind users = many_kind("users");
const FieldKind file = file_kind();

}  // namespace daifuku::meta::kinds
