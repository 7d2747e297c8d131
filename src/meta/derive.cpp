#include "meta/derive.h"

#include <algorithm>
#include <utility>

#include "meta/computed.h"
#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta {

namespace {

// The composite that is declared under the key and can take a text apart.
const FieldDef* splittable(const ObjectDef& object, std::string_view key) {
  const auto found = std::find_if(
      object.fields.begin(), object.fields.end(),
      [&](const FieldDef& field) { return field.key == key && field.kind->split != nullptr; });
  return found == object.fields.end() ? nullptr : &*found;
}

// nullptr with a problem when the caller may not write it.
const FieldDef* writable_field(const ObjectDef& object, std::string_view key,
                               const FieldRights& rights, Problems& problems) {
  const auto at = field_position(object, key);
  if (!at || rights[*at] == FieldRight::none) {
    problems.push_back({std::string(key), "field_unknown", {{"name", std::string(key)}}});
    return nullptr;
  }
  const FieldDef& field = object.expanded[*at];
  if (rights[*at] != FieldRight::write || field.read_only) {
    problems.push_back(
        {field.key, is_computed(field) ? "field_computed" : "field_not_writable", {}});
    return nullptr;
  }
  return &field;
}

// What is asked for may lie outside, so filters do not come here; what is entered may not.
bool within_limits(const FieldDef& field, const Value& value, Problems& problems) {
  if (is_empty(value) || (!field.least && !field.greatest)) return true;
  const bool scaled = field.kind == &kinds::decimal || field.kind == &kinds::percent;
  const std::int64_t unit = scaled ? kDecimalScale : 1;
  const std::int64_t number = integer_of(value);
  const bool below = field.least && number < *field.least * unit;
  const bool above = field.greatest && number > *field.greatest * unit;
  if (!below && !above) return true;
  Params limits;
  if (field.least) limits.emplace_back("min", kinds::group_thousands(*field.least));
  if (field.greatest) limits.emplace_back("max", kinds::group_thousands(*field.greatest));
  const bool both = field.least && field.greatest;
  return kinds::refuse(field, problems,
                       both    ? "number_between"
                       : below ? "number_too_low"
                               : "number_too_high",
                       std::move(limits));
}

// Two columns of a file may lead to one field: lists and long texts take both, the rest the first
// that says something.
void merge_value(const FieldDef& field, Value value, Values& values) {
  const auto [at, fresh] = values.try_emplace(field.key, value);
  if (fresh || is_empty(value)) return;
  Value& kept = at->second;
  if (is_empty(kept)) {
    kept = std::move(value);
    return;
  }
  const bool list =
      field.kind->comparison == Comparison::items || field.kind->storage == Storage::none;
  if (list) {
    auto items = split_items(text_of(kept));
    for (std::string& item : split_items(text_of(value))) {
      if (std::find(items.begin(), items.end(), item) == items.end())
        items.push_back(std::move(item));
    }
    kept = join_items(items);
  } else if (field.kind == &kinds::long_text) {
    kept = std::string(text_of(kept)) + "\n" + std::string(text_of(value));
  }
}

}  // namespace

FieldRights all_rights(const ObjectDef& object) {
  return FieldRights(object.expanded.size(), FieldRight::write);
}

std::optional<std::size_t> field_position(const ObjectDef& object, std::string_view key) {
  const auto found = object.index.find(std::string(key));
  if (found == object.index.end()) return std::nullopt;
  return found->second;
}

Values parse_values(const ObjectDef& object, const Json& body, const FieldRights& rights,
                    Problems& problems, std::span<const std::string_view> handled) {
  if (!body.is_object()) throw AppError(Status::bad_request, "json_object_expected");
  DAIFUKU_CHECK(rights.size() == object.expanded.size());
  Values values;
  for (const auto& member : body.get_object()) {
    const std::string_view key(member.key().data(), member.key().size());
    if (std::find(handled.begin(), handled.end(), key) != handled.end()) continue;
    const FieldDef* field = writable_field(object, key, rights, problems);
    if (field == nullptr) continue;
    Value value;
    if (field->kind->parse(*field, member.value(), value, problems) &&
        within_limits(*field, value, problems)) {
      values.insert_or_assign(field->key, std::move(value));
    }
  }
  return values;
}

Values parse_cells(const ObjectDef& object, std::span<const Cell> cells, const FieldRights& rights,
                   Problems& problems, bool empties) {
  DAIFUKU_CHECK(rights.size() == object.expanded.size());
  Values values;
  // Own columns of the parts come before what a whole is taken apart into.
  Values from_wholes;
  for (const Cell& cell : cells) {
    std::vector<std::pair<std::string, std::string>> texts;
    const FieldDef* whole = splittable(object, cell.field);
    if (whole != nullptr) {
      texts = whole->kind->split(*whole, cell.text);
    } else {
      texts.emplace_back(std::string(cell.field), std::string(cell.text));
    }
    for (const auto& [key, text] : texts) {
      const FieldDef* field = writable_field(object, key, rights, problems);
      if (field == nullptr) continue;
      Value value;
      if (!field->kind->parse_text(*field, text, value, problems) ||
          !within_limits(*field, value, problems))
        continue;
      if (is_empty(value) && (!empties || whole != nullptr)) continue;
      merge_value(*field, std::move(value), whole != nullptr ? from_wholes : values);
    }
  }
  values.merge(from_wholes);
  return values;
}

void apply_defaults(const ObjectDef& object, Values& values, std::string_view today, Millis now,
                    Id user) {
  for (const FieldDef& field : object.expanded) {
    if (field.default_text.empty() || !is_empty(get(values, field.key))) continue;
    // Somebody who empties a field on purpose means it.
    if (values.contains(field.key)) continue;
    Value value;
    if (field.default_text == "now") {
      value = now - now % 1'000;  // as people say it, and as tables hold it
    } else if (field.default_text == "me") {
      if (user == 0) continue;
      value = field.kind->storage == Storage::none ? Value(join_ids({user})) : Value(user);
    } else {
      const std::string_view text = field.default_text == "today" ? today : field.default_text;
      Problems problems;
      DAIFUKU_CHECK(field.kind->parse_text(field, text, value, problems));
    }
    values.insert_or_assign(field.key, std::move(value));
  }
}

void check_required(const ObjectDef& object, const Values& full_record, Problems& problems) {
  for (const FieldDef& field : object.expanded) {
    if (field.required && !field.hidden && is_empty(get(full_record, field.key))) {
      problems.push_back({field.key, "required", {}});
    }
  }
}

Problems wrong_layout(const ObjectDef& object, const Layout& layout) {
  Problems problems;
  const auto known = [&](const std::string& key) {
    if (object.field(key) != nullptr) return true;
    problems.push_back({key, "invalid_choice", {}});
    return false;
  };
  std::set<std::string> ordered;
  for (const std::string& key : layout.order) {
    if (known(key) && !ordered.insert(key).second) problems.push_back({key, "duplicate", {}});
  }
  for (const std::string& key : layout.hidden) {
    if (known(key) && (object.field(key)->required || layout.required.contains(key)))
      problems.push_back({key, "required_field_hidden", {}});
  }
  for (const std::string& key : layout.required) {
    if (known(key) && (object.field(key)->read_only || object.field(key)->hidden))
      problems.push_back({key, "field_not_writable", {}});
  }
  return problems;
}

void check_layout(const ObjectDef& object, const Layout& layout, const FieldRights& rights,
                  const std::function<bool(const FieldDef&)>& is_filled, Problems& problems) {
  if (layout.required.empty()) return;
  for (std::size_t i = 0; i < object.expanded.size(); ++i) {
    const FieldDef& field = object.expanded[i];
    const bool asked = layout.required.contains(field.key) && !field.required && !field.hidden;
    if (asked && rights[i] == FieldRight::write && !is_filled(field))
      problems.push_back({field.key, "required", {}});
  }
}

std::string title_of(const ObjectDef& object, const Values& values) {
  const FieldDef* field = object.field(object.title);
  return field == nullptr ? std::string() : value_text(*field, get(values, object.title));
}

void write_value(JsonWriter& writer, const FieldDef& field, const Value& value) {
  if (is_empty(value)) {
    writer.null();
  } else {
    field.kind->write(field, value, writer);
  }
}

std::string value_text(const FieldDef& field, const Value& value) {
  return is_empty(value) ? std::string() : field.kind->to_text(field, value);
}

std::string display_text(const FieldDef& field, const Value& value, Language language) {
  if (is_empty(value)) return {};
  return field.kind->display != nullptr ? field.kind->display(field, value, language)
                                        : field.kind->to_text(field, value);
}

bool is_sortable(const FieldDef& field) {
  if (field.at_read) return false;
  switch (field.kind->comparison) {
    case Comparison::number:
    case Comparison::date:
    case Comparison::choice:
    case Comparison::yes_no:
      return true;
    case Comparison::text:
      return field.kind != &kinds::long_text;
    case Comparison::items:
    case Comparison::link:
    case Comparison::none:
      return false;
  }
  return false;
}

std::string_view comparison_name(Comparison comparison) {
  switch (comparison) {
    case Comparison::text:
      return "text";
    case Comparison::number:
      return "number";
    case Comparison::date:
      return "date";
    case Comparison::choice:
      return "choice";
    case Comparison::items:
      return "items";
    case Comparison::link:
      return "link";
    case Comparison::yes_no:
      return "yes_no";
    case Comparison::none:
      return "none";
  }
  return "none";
}

}  // namespace daifuku::meta
