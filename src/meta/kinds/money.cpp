#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

std::string display_yen(const FieldDef&, const Value& value, Language language) {
  std::string grouped = group_thousands(integer_of(value));
  if (language == Language::ja) return grouped + "円";
  return grouped.insert(grouped.starts_with('-') ? 1 : 0, "¥");
}

void schema(const FieldDef& field, JsonWriter& writer) {
  writer.field("type", "integer");
  schema_limits(field, writer, kIntegerMax);
  writer.field("x-unit", "JPY");
}

}  // namespace

const FieldKind money = {
    .name = "money",
    .storage = Storage::integer,
    .comparison = Comparison::number,
    .parse = parse_json_integer,
    .parse_text = parse_integer_text,
    .write = write_integer,
    .to_text = integer_to_text,
    .schema = schema,
    .display = display_yen,
};

}  // namespace daifuku::meta::kinds
