#include <algorithm>
#include <unordered_set>

#include "meta/kinds.h"
#include "meta/kinds/prefecture.h"
#include "meta/object.h"

namespace daifuku::meta {

namespace {

bool valid_own_key(std::string_view key) {
  return key.starts_with("c_") && key.size() > 2 && key.size() <= 41 &&
         std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

bool valid_slot(std::string_view column, std::string_view prefix) {
  if (!column.starts_with(prefix) || column.size() == prefix.size()) return false;
  column.remove_prefix(prefix.size());
  return column.size() <= 4 && column[0] != '0' &&
         std::all_of(column.begin(), column.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string wrong_options(const OwnField& row, bool wanted) {
  if (wanted && row.options.empty()) return "no options";
  if (!wanted && !row.options.empty()) return "takes no options";
  std::unordered_set<std::string_view> keys;
  for (const Option& option : row.options) {
    const bool bad = option.key.empty() || option.key.find('\n') != std::string::npos ||
                     option.label.ja.empty() || !keys.insert(option.key).second;
    if (bad) return "option " + option.key;
  }
  return {};
}

}  // namespace

std::string_view slot_prefix(const FieldKind& kind) {
  if (kind.expand != nullptr || kind.storage == Storage::none) return {};
  return kind.storage == Storage::integer ? "x_int_" : "x_text_";
}

std::optional<FieldDef> make_own_field(const OwnField& row, std::string& reason) {
  const FieldKind* kind = find_kind(row.kind);
  const bool chooses = kind == &kinds::choice || kind == &kinds::choices;
  reason.clear();
  if (kind == nullptr) {
    reason = "unknown kind " + row.kind;
  } else if (slot_prefix(*kind).empty()) {
    reason = "own fields cannot be of the kind " + row.kind;
  } else if (row.id < kFirstOwnFieldId) {
    reason = "id";
  } else if (!valid_own_key(row.key)) {
    reason = "key";
  } else if (!valid_slot(row.column, slot_prefix(*kind))) {
    reason = "column " + row.column;
  } else if (row.label.ja.empty() && row.label.en.empty()) {
    reason = "no label";
  } else if ((kind == &kinds::link) != !row.target.empty()) {
    reason = "target " + row.target;
  } else if (!row.formula.empty() && !row.rollup.empty()) {
    reason = "a formula and a roll-up";
  } else if ((row.least || row.greatest) && kind->comparison != Comparison::number) {
    reason = "least and greatest are for numbers";
  } else if (row.least && row.greatest && *row.least > *row.greatest) {
    reason = "least is above greatest";
  } else {
    reason = wrong_options(row, chooses);
  }
  if (!reason.empty()) return std::nullopt;

  FieldDef field;
  field.id = row.id;
  field.key = row.key;
  field.kind = kind;
  field.column = row.column;
  field.label = row.label;
  if (field.label.ja.empty()) field.label.ja = field.label.en;
  if (field.label.en.empty()) field.label.en = field.label.ja;
  field.help = row.help;
  field.section = row.section;
  field.options = kind == &kinds::prefecture ? kinds::prefecture_options() : row.options;
  for (Option& option : field.options) {
    if (option.label.en.empty()) option.label.en = option.label.ja;
  }
  field.target = row.target;
  field.max = row.max > 0 ? row.max : 0;
  field.least = row.least;
  field.greatest = row.greatest;
  field.required = row.required;
  field.in_list = row.in_list;
  field.hidden = row.hidden;
  // What is worked out is never asked for, and found by what it is made from.
  const bool computed = !row.formula.empty() || !row.rollup.empty();
  field.searchable = !computed && kind->search != FieldKind::Search::none;
  field.read_only = computed;
  if (computed) field.required = false;
  field.custom = true;
  return field;
}

}  // namespace daifuku::meta
