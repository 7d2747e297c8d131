#include <algorithm>
#include <iterator>

#include "meta/formula_parts.h"
#include "meta/kinds.h"
#include "meta/object.h"
#include "text/fold.h"

namespace daifuku::meta {

namespace {

constexpr std::pair<std::string_view, FormulaOp> kConstants[] = {
    {"空", FormulaOp::empty},  {"empty", FormulaOp::empty}, {"null", FormulaOp::empty},
    {"はい", FormulaOp::yes},  {"true", FormulaOp::yes},    {"yes", FormulaOp::yes},
    {"いいえ", FormulaOp::no}, {"false", FormulaOp::no},    {"no", FormulaOp::no}};

const FieldDef* created_at() {
  const auto found = std::ranges::find(system_fields(), "created_at", &FieldDef::key);
  return found == system_fields().end() ? nullptr : &*found;
}

}  // namespace

std::optional<FormulaOp> formula_constant(std::string_view word) {
  const auto* found =
      std::ranges::find(kConstants, word, &std::pair<std::string_view, FormulaOp>::first);
  if (found == std::end(kConstants)) return std::nullopt;
  return found->second;
}

std::optional<FormulaType> formula_type(const FieldDef& field) {
  const FieldKind& kind = *field.kind;
  if (&kind == &kinds::choice || &kind == &kinds::prefecture) return FormulaType::choice;
  if (kind.storage == Storage::none) return std::nullopt;
  switch (kind.comparison) {
    case Comparison::number:
      return FormulaType::number;
    case Comparison::text:
      return FormulaType::text;
    case Comparison::date:
      return FormulaType::date;
    case Comparison::yes_no:
      return FormulaType::yes_no;
    case Comparison::choice:
      return &kind == &kinds::month ? FormulaType::number : FormulaType::other;
    case Comparison::link:
    case Comparison::items:
    case Comparison::none:
      return FormulaType::other;
  }
  return std::nullopt;
}

NamedField named_field(const ObjectDef& object, const std::string& name, bool by_key) {
  if (const FieldDef* field = object.field(name)) return {.field = field};
  if (name == "created_at") return {.field = created_at()};
  if (by_key) return {};
  std::vector<const FieldDef*> all{created_at()};
  for (const FieldDef& field : object.expanded) {
    if (!field.hidden) all.push_back(&field);
  }
  const std::string folded = text::fold(name);
  for (const bool exact : {true, false}) {
    NamedField out;
    for (const FieldDef* field : all) {
      const Label& label = field->label;
      const bool meant = exact ? label.ja == name || label.en == name
                               : !folded.empty() && (text::fold(label.ja) == folded ||
                                                     text::fold(label.en) == folded);
      if (!meant) continue;
      if (out.field != nullptr) out.several = true;
      out.field = field;
    }
    if (out.field != nullptr) return out;
  }
  return {};
}

std::string shown_name(const ObjectDef& object, const FieldDef& field, Language language) {
  const std::string& label = language == Language::en ? field.label.en : field.label.ja;
  const NamedField back = named_field(object, label, false);
  if (back.field != &field || back.several) return "{" + field.key + "}";
  if (is_plain_name(label) && find_formula_call(label) == nullptr && !formula_constant(label))
    return label;
  if (label.find("」") != std::string::npos) return "{" + field.key + "}";
  return "「" + label + "」";
}

std::string formula_quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace daifuku::meta
