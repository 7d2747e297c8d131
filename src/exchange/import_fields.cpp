#include "exchange/import_fields.h"

#include <algorithm>

#include "meta/kinds.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::ObjectDef;

namespace {

bool is_note_key(std::string_view key) {
  return key == "note" || key == "notes" || key == "memo" || key == "supplement";
}

}  // namespace

const FieldDef* whole_field(const ObjectDef& object, std::string_view key) {
  const auto found = std::ranges::find_if(object.fields, [&](const FieldDef& field) {
    return field.key == key && field.kind->split != nullptr;
  });
  return found == object.fields.end() ? nullptr : &*found;
}

bool is_writable(const auth::Access& access, const ObjectDef& object, const FieldDef& field) {
  return !field.read_only && !field.hidden && field.kind != &meta::kinds::file &&
         access.field(object, field.key) == meta::FieldRight::write;
}

bool is_taken_over(const auth::Access& access, const ObjectDef& object, const FieldDef& field) {
  return field.taken_over && !field.hidden && access.administers() &&
         access.field(object, field.key) >= meta::FieldRight::read;
}

bool is_writable_whole(const auth::Access& access, const ObjectDef& object, const FieldDef& whole) {
  bool any = false;
  for (const FieldDef& field : object.expanded) {
    if (field.whole != whole.key) continue;
    any = true;
    if (!is_writable(access, object, field)) return false;
  }
  return any;
}

const FieldDef* linked_by_id(const auth::Access& access, const ObjectDef& object,
                             std::string_view key) {
  if (!key.ends_with(kIdOfLink)) return nullptr;
  const FieldDef* field = object.field(std::string(key.substr(0, key.size() - kIdOfLink.size())));
  const bool link =
      field != nullptr && (field->kind == &meta::kinds::link || field->kind == &meta::kinds::links);
  return link && is_writable(access, object, *field) ? field : nullptr;
}

const FieldDef* note_field(const auth::Access& access, const ObjectDef& object) {
  const FieldDef* any = nullptr;
  for (const FieldDef& field : object.expanded) {
    if (field.kind != &meta::kinds::long_text || !is_writable(access, object, field)) continue;
    if (is_note_key(field.key)) return &field;
    if (any == nullptr && !field.sensitive) any = &field;
  }
  return any;
}

}  // namespace daifuku::exchange
