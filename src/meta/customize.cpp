#include "meta/customize.h"

#include <algorithm>
#include <utility>

#include "meta/kinds.h"

namespace daifuku::meta {

bool has_options(const FieldKind& kind) {
  return &kind == &kinds::choice || &kind == &kinds::choices;
}

namespace {

void apply_label(const std::optional<Label>& change, Label& label) {
  if (!change) return;
  if (!change->ja.empty()) label.ja = change->ja;
  if (!change->en.empty()) label.en = change->en;
}

// Why the choices cannot be so; empty when they can.
std::string apply_options(FieldDef& field, const std::vector<Option>& wanted) {
  std::vector<Option> out;
  for (const Option& each : wanted) {
    const auto same = [&](const Option& option) { return option.key == each.key; };
    const bool wrong = each.key.empty() || each.key.find('\n') != std::string::npos ||
                       std::any_of(out.begin(), out.end(), same);
    if (wrong) return "option " + each.key;
    const auto declared = std::find_if(field.options.begin(), field.options.end(), same);
    Option option = declared == field.options.end() ? Option{.key = each.key} : *declared;
    if (declared == field.options.end() && each.label.ja.empty()) return "option " + each.key;
    apply_label(each.label, option.label);
    if (option.label.en.empty()) option.label.en = option.label.ja;
    if (!each.color.empty()) option.color = each.color;
    option.hidden = each.hidden;
    // Files that were written with the first word are still understood.
    if (declared != field.options.end() && declared->label.ja != option.label.ja)
      option.import_names.push_back(declared->label.ja);
    out.push_back(std::move(option));
  }
  for (Option& option : field.options) {
    const bool named = std::any_of(out.begin(), out.end(),
                                   [&](const Option& each) { return each.key == option.key; });
    if (!named) out.push_back(std::move(option));
  }
  field.options = std::move(out);
  return {};
}

// Why the change cannot be made; empty when it can.
std::string apply_override(const ObjectDef& object, const FieldOverride& change, Placed& placed) {
  FieldDef& field = placed.field;
  if (change.hidden.value_or(false) && field.key == object.title)
    return "the title cannot be hidden";
  if (change.required.value_or(false) && field.read_only) return "kept by the product";
  if (!change.options.empty() && !has_options(*field.kind)) return "takes no options";
  if (std::string why = apply_options(field, change.options); !why.empty()) return why;
  apply_label(change.label, field.label);
  if (change.help) field.help = *change.help;
  if (change.required) field.required = *change.required;
  if (change.hidden) field.hidden = *change.hidden;
  if (change.in_list) field.in_list = *change.in_list;
  if (change.position) placed.position = *change.position;
  if (change.section) field.section = *change.section;
  return {};
}

}  // namespace

void customize_fields(const ObjectDef& object, const Customization& customization,
                      std::vector<Placed>& placed, std::vector<std::string>& ignored) {
  int position = 10 * static_cast<int>(object.fields.size());
  for (const OwnField& row : customization.fields) {
    if (row.object != object.key) continue;
    position += 10;
    std::string reason;
    auto field = make_own_field(row, reason);
    const bool taken = std::any_of(placed.begin(), placed.end(), [&](const Placed& each) {
      return each.field.key == row.key || each.field.id == row.id ||
             each.field.column == row.column;
    });
    if (taken) reason = "key, id or column is taken";
    if (!field || taken) {
      ignored.push_back(row.object + "." + row.key + ": " + reason);
      continue;
    }
    placed.push_back({std::move(*field), row.position.value_or(position)});
  }
  for (const FieldOverride& change : customization.overrides) {
    if (change.object != object.key) continue;
    // The key of a composite stands for all its parts, and then moves or hides them only.
    const bool exact = std::any_of(placed.begin(), placed.end(), [&](const Placed& each) {
      return each.field.key == change.key;
    });
    FieldOverride wanted = change;
    if (!exact) {
      wanted.label.reset();
      wanted.help.reset();
      wanted.required.reset();
      wanted.options.clear();
    }
    bool found = false;
    std::string reason;
    for (Placed& each : placed) {
      if ((exact ? each.field.key : each.field.whole) != change.key) continue;
      found = true;
      const std::string why = apply_override(object, wanted, each);
      if (!why.empty()) reason = why;
    }
    if (!found) reason = "no such field";
    if (!reason.empty()) ignored.push_back(change.object + "." + change.key + ": " + reason);
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const Placed& a, const Placed& b) { return a.position < b.position; });
}

void customize_objects(std::vector<ObjectDef>& objects, const Customization& customization,
                       std::vector<std::string>& ignored) {
  std::vector<std::pair<int, ObjectDef>> placed;
  placed.reserve(objects.size());
  int position = 0;
  for (ObjectDef& object : objects) placed.emplace_back(position += 10, std::move(object));
  for (const ObjectOverride& change : customization.objects) {
    const auto found = std::find_if(placed.begin(), placed.end(), [&](const auto& each) {
      return each.second.key == change.object;
    });
    if (found == placed.end()) {
      ignored.push_back(change.object + ": no such object");
      continue;
    }
    apply_label(change.label, found->second.label);
    apply_label(change.plural_label, found->second.plural_label);
    if (change.hidden) found->second.hidden = *change.hidden;
    if (change.position) found->first = *change.position;
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  objects.clear();
  for (auto& [at, object] : placed) objects.push_back(std::move(object));
}

}  // namespace daifuku::meta
