#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "text/fold.h"

namespace daifuku::meta::kinds {

namespace {

bool parse_lines(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  return keep_text(field, daifuku::text::nfc(typed), kLongMax, out, problems);
}

void schema(const FieldDef& field, JsonWriter& writer) {
  schema_string(field, writer, {}, kLongMax);
}

}  // namespace

const FieldKind long_text = {
    .name = "long_text",
    .parse = parse_json_text,
    .parse_text = parse_lines,
    .write = write_text,
    .to_text = text_to_text,
    .schema = schema,
    .search = FieldKind::Search::words,
};

}  // namespace daifuku::meta::kinds
