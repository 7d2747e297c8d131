#include "records/search_index.h"

#include "meta/derive.h"

namespace daifuku::records {

text::SearchKind search_kind(const meta::FieldDef& field) {
  using Search = meta::FieldKind::Search;
  switch (field.kind->search) {
    case Search::name: return text::SearchKind::name;
    case Search::phone: return text::SearchKind::phone;
    case Search::email: return text::SearchKind::email;
    case Search::digits: return text::SearchKind::digits;
    case Search::words:
    case Search::none: break;
  }
  return text::SearchKind::words;
}

std::string owner_token(Id owner) { return "\xEE\x80\x81" + encode_id(owner); }  // U+E001, private use: no text folds to it.

void search_tokens(const ObjectPlan& plan, const Record& record, std::string& out) {
  thread_local text::GramSet grams;
  grams.clear();
  for (const meta::FieldDef* field : plan.searchable) {
    const meta::Value& value = record.get(field->key);
    if (meta::is_empty(value)) continue;
    if (std::holds_alternative<std::string>(value)) {
      text::index_value({.kind = search_kind(*field), .value = meta::text_of(value)}, grams);
    } else {
      const std::string shown = meta::value_text(*field, value);
      text::index_value({.kind = search_kind(*field), .value = shown}, grams);
    }
  }
  grams.write(out);
  if (record.owner != 0) out += (out.empty() ? "" : " ") + owner_token(record.owner);
  if (record.customer_owner != 0 && record.customer_owner != record.owner) out += " " + owner_token(record.customer_owner);
}

std::vector<text::Searchable> searchable_texts(const ObjectPlan& plan, const Record& record, const meta::FieldRights& rights) {
  std::vector<text::Searchable> out;
  for (const meta::FieldDef* field : plan.searchable) {
    const auto position = static_cast<std::size_t>(field - plan.object.expanded.data());
    if (rights[position] < meta::FieldRight::read) continue;
    const std::string_view value = record.text(field->key);
    if (!value.empty()) out.push_back({.kind = search_kind(*field), .value = value});
  }
  return out;
}

}  // namespace daifuku::records
