// decimal and percent: the same number, stored scaled by kDecimalScale.
#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

void write(const FieldDef&, const Value& value, JsonWriter& writer) {
  writer.raw(decimal_text(integer_of(value)));
}

std::string to_text(const FieldDef&, const Value& value) { return decimal_text(integer_of(value)); }

std::string percent_text(const FieldDef&, const Value& value) {
  return decimal_text(integer_of(value)) + "%";
}

void schema(const FieldDef& field, JsonWriter& writer) {
  writer.field("type", "number").key("multipleOf").raw("0.0001");
  schema_limits(field, writer);
}

}  // namespace

const FieldKind decimal = {
    .name = "decimal",
    .storage = Storage::integer,
    .comparison = Comparison::number,
    .parse = parse_json_decimal,
    .parse_text = parse_decimal_text,
    .write = write,
    .to_text = to_text,
    .schema = schema,
};

const FieldKind percent = {
    .name = "percent",
    .storage = Storage::integer,
    .comparison = Comparison::number,
    .parse = parse_json_decimal,
    .parse_text = parse_decimal_text,
    .write = write,
    .to_text = percent_text,
    .schema = schema,
};

}  // namespace daifuku::meta::kinds
