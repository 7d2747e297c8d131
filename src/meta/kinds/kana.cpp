#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

// Kanji and Latin letters are not refused: a reading only helps to sort and find, and must not stop
// an import.
bool parse_reading(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  return keep_text(field, to_katakana(typed), kLineMax, out, problems);
}

void schema(const FieldDef& field, JsonWriter& writer) {
  schema_string(field, writer, {}, kLineMax);
}

}  // namespace

const FieldKind kana = {
    .name = "kana",
    .parse = parse_json_text,
    .parse_text = parse_reading,
    .write = write_text,
    .to_text = text_to_text,
    .schema = schema,
    .search = FieldKind::Search::words,
};

}  // namespace daifuku::meta::kinds
