#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "text/postal.h"

namespace daifuku::meta::kinds {

namespace {

bool parse_code(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  if (means_nothing(typed)) {
    out = Value();
    return true;
  }
  auto code = daifuku::text::normalize_postal_code(typed);
  if (!code) return refuse(field, problems, "invalid_postal_code");
  out = std::move(*code);
  return true;
}

std::string to_text(const FieldDef&, const Value& value) {
  return daifuku::text::format_postal_code(text_of(value));
}

void schema(const FieldDef&, JsonWriter& writer) {
  writer.field("type", "string").field("pattern", "^[0-9]{7}$");
}

}  // namespace

const FieldKind postal_code = {
    .name = "postal_code",
    .parse = parse_json_text,
    .parse_text = parse_code,
    .write = write_text,
    .to_text = to_text,
    .schema = schema,
    .search = FieldKind::Search::digits,
};

}  // namespace daifuku::meta::kinds
