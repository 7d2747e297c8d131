// choice and choices: the stored text is the option's key; labels and import names are accepted for
// it.
#include <algorithm>

#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

const std::string& label_of(const FieldDef& field, const std::string& key, Language language) {
  const auto found = std::find_if(field.options.begin(), field.options.end(),
                                  [&](const Option& option) { return option.key == key; });
  return found == field.options.end() ? key : label_in(found->label, language);
}

bool parse_item(const FieldDef& field, std::string_view typed, std::string& out,
                Problems& problems) {
  out.clear();
  const std::string word = one_line(typed);
  if (word.empty()) return true;
  const Option* option = find_option(field, word);
  if (option == nullptr) return refuse(field, problems, "invalid_choice", {{"value", word}});
  out = option->key;
  return true;
}

bool parse_one(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  std::string key;
  if (!parse_item(field, typed, key, problems)) return false;
  return keep_text(field, std::move(key), kLineMax, out, problems);
}

bool parse_json_many(const FieldDef& field, const Json& json, Value& out, Problems& problems) {
  return parse_json_items(field, json, parse_item, out, problems);
}

bool parse_many(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  // A label may hold a separator itself ("運輸・郵便/倉庫"): try the whole, then the finer cut only
  // where needed.
  if (const Option* option = find_option(field, typed)) {
    out = option->key;
    return true;
  }
  std::vector<std::string> items;
  for (const std::string& item : cut(typed, kSeparators)) {
    if (find_option(field, item) != nullptr) {
      items.push_back(item);
    } else {
      for (std::string& piece : cut(item, U"/／ \u3000")) items.push_back(std::move(piece));
    }
  }
  return keep_items(field, items, parse_item, out, problems);
}

std::string display_one(const FieldDef& field, const Value& value, Language language) {
  return label_of(field, std::string(text_of(value)), language);
}

std::string display_many(const FieldDef& field, const Value& value, Language language) {
  std::string out;
  for (const std::string& key : split_items(text_of(value))) {
    if (!out.empty()) out += list_comma(language);
    out += label_of(field, key, language);
  }
  return out;
}

std::string one_to_text(const FieldDef& field, const Value& value) {
  return display_one(field, value, Language::ja);
}

std::string many_to_text(const FieldDef& field, const Value& value) {
  return display_many(field, value, Language::ja);
}

void schema_one(const FieldDef& field, JsonWriter& writer) {
  writer.field("type", "string");
  schema_options(field, writer);
}

void schema_many(const FieldDef& field, JsonWriter& writer) {
  writer.field("type", "array").field("uniqueItems", true);
  writer.key("items").begin_object().field("type", "string");
  schema_options(field, writer);
  writer.end_object();
}

}  // namespace

const FieldKind choice = {
    .name = "choice",
    .comparison = Comparison::choice,
    .parse = parse_json_text,
    .parse_text = parse_one,
    .write = write_text,
    .to_text = one_to_text,
    .schema = schema_one,
    .display = display_one,
};

const FieldKind choices = {
    .name = "choices",
    .comparison = Comparison::items,
    .parse = parse_json_many,
    .parse_text = parse_many,
    .write = write_items,
    .to_text = many_to_text,
    .schema = schema_many,
    .display = display_many,
};

}  // namespace daifuku::meta::kinds
