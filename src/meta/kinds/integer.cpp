#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

void schema(const FieldDef& field, JsonWriter& writer) {
  writer.field("type", "integer");
  schema_limits(field, writer, kIntegerMax);
}

}  // namespace

const FieldKind integer = {
    .name = "integer",
    .storage = Storage::integer,
    .comparison = Comparison::number,
    .parse = parse_json_integer,
    .parse_text = parse_integer_text,
    .write = write_integer,
    .to_text = integer_to_text,
    .schema = schema,
};

}  // namespace daifuku::meta::kinds
