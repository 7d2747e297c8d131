#include "records/search_index.h"

#include <algorithm>

#include "meta/derive.h"

namespace daifuku::records {

text::SearchKind search_kind(const meta::FieldDef& field) {
  using Search = meta::FieldKind::Search;
  switch (field.kind->search) {
    case Search::name:
      return text::SearchKind::name;
    case Search::phone:
      return text::SearchKind::phone;
    case Search::email:
      return text::SearchKind::email;
    case Search::digits:
      return text::SearchKind::digits;
    case Search::words:
    case Search::none:
      break;
  }
  return text::SearchKind::words;
}

std::string owner_token(Id owner) {
  return "\xEE\x80\x81" + encode_id(owner);
}  // U+E001, private use: no text folds to it.

void SearchTexts::add(const meta::FieldDef& field, std::string_view value) {
  texts_.push_back({.kind = search_kind(field), .value = value});
  if (field.whole.empty() || texts_.back().kind != text::SearchKind::words) return;
  const auto whole = std::find(plan_.addresses.begin(), plan_.addresses.end(), field.whole);
  if (whole == plan_.addresses.end()) return;
  joined_.resize(plan_.addresses.size());
  joined_[static_cast<std::size_t>(whole - plan_.addresses.begin())] += value;
}

const std::vector<text::Searchable>& SearchTexts::finish() {
  for (const std::string& address : joined_) {
    if (!address.empty()) texts_.push_back({.kind = text::SearchKind::words, .value = address});
  }
  return texts_;
}

void search_tokens(const ObjectPlan& plan, const Record& record, std::string& out) {
  thread_local text::GramSet grams;
  grams.clear();
  SearchTexts texts(plan);
  std::vector<std::string> shown;
  shown.reserve(plan.searchable.size());
  for (const meta::FieldDef* field : plan.searchable) {
    const meta::Value& value = record.get(field->key);
    if (meta::is_empty(value)) continue;
    if (std::holds_alternative<std::string>(value)) {
      texts.add(*field, meta::text_of(value));
    } else {
      shown.push_back(meta::value_text(*field, value));
      texts.add(*field, shown.back());
    }
  }
  for (const text::Searchable& searchable : texts.finish()) text::index_value(searchable, grams);
  grams.write(out);
  if (record.owner != 0) out += (out.empty() ? "" : " ") + owner_token(record.owner);
  if (record.customer_owner != 0 && record.customer_owner != record.owner)
    out += " " + owner_token(record.customer_owner);
}

}  // namespace daifuku::records
