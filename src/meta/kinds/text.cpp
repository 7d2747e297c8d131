#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

bool parse_text_line(const FieldDef& field, std::string_view typed, Value& out,
                     Problems& problems) {
  return keep_text(field, one_line(typed), kLineMax, out, problems);
}

void schema(const FieldDef& field, JsonWriter& writer) {
  schema_string(field, writer, {}, kLineMax);
}

constexpr FieldKind line(FieldKind::Search search) {
  return {.name = "text",
          .parse = parse_json_text,
          .parse_text = parse_text_line,
          .write = write_text,
          .to_text = text_to_text,
          .schema = schema,
          .search = search};
}

}  // namespace

const FieldKind text = line(FieldKind::Search::words);
const FieldKind name_text = line(FieldKind::Search::name);

}  // namespace daifuku::meta::kinds
