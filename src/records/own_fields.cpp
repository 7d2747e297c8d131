#include "records/own_fields.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/log.h"
#include "meta/computed.h"
#include "meta/kinds.h"
#include "records/computed.h"
#include "records/definitions.h"
#include "records/own_formula.h"
#include "records/own_objects.h"
#include "store/schema_lock.h"

namespace daifuku::records {
namespace {

constexpr std::size_t kMostOwnFields = 200;  // an object

std::vector<meta::Option> options_of(const Json& json) {
  std::vector<meta::Option> out;
  const Json* found = json_find(json, "options");
  if (found == nullptr || !found->is_array()) return out;
  std::set<std::string> taken;
  for (const Json& item : found->get_array()) {
    meta::Option option{.key = json_text(item, "key"),
                        .label = label_of(item, "label"),
                        .color = json_text(item, "color"),
                        .hidden = json_bool(item, "hidden")};
    if (option.label.ja.empty()) continue;
    for (int n = static_cast<int>(out.size()) + 1; option.key.empty() || taken.contains(option.key);
         ++n)
      option.key = "o" + std::to_string(n);
    taken.insert(option.key);
    out.push_back(std::move(option));
  }
  return out;
}

void write_options(JsonWriter& json, const std::vector<meta::Option>& options) {
  json.key("options").begin_array();
  for (const meta::Option& option : options) {
    json.begin_object().field("key", option.key).field("color", option.color);
    json.field("hidden", option.hidden);
    write_label(json, "label", option.label);
    json.end_object();
  }
  json.end_array();
}

std::optional<std::int64_t> limit_of(const Json& json, std::string_view key) {
  const Json* found = json_find(json, key);
  if (found == nullptr || !found->is_int64()) return std::nullopt;
  return found->get_int64();
}

// A row is JSON: {"own":true,"id","kind","column",...} for an own field, else an override of a
// standard one; with an empty key it is an override of the object itself.
std::string own_text(const meta::OwnField& field) {
  std::string out;
  JsonWriter json(out);
  json.begin_object()
      .field("own", true)
      .field("id", static_cast<std::int64_t>(field.id))
      .field("kind", field.kind)
      .field("column", field.column);
  write_label(json, "label", field.label);
  write_label(json, "help", field.help);
  write_options(json, field.options);
  json.field("target", field.target)
      .field("section", field.section)
      .field("required", field.required)
      .field("in_list", field.in_list)
      .field("hidden", field.hidden);
  if (field.least) json.field("least", *field.least);
  if (field.greatest) json.field("greatest", *field.greatest);
  if (field.position) json.field("position", *field.position);
  if (!field.formula.empty()) json.field("formula", field.formula);
  if (!field.rollup.empty()) json.key("rollup").raw(field.rollup);
  json.end_object();
  return out;
}

meta::OwnField own_field(const std::string& object, const std::string& key, const Json& json) {
  meta::OwnField field{.id = static_cast<std::uint32_t>(json_integer(json, "id")),
                       .object = object,
                       .key = key,
                       .kind = json_text(json, "kind"),
                       .column = json_text(json, "column"),
                       .label = label_of(json, "label"),
                       .help = label_of(json, "help"),
                       .options = options_of(json),
                       .target = json_text(json, "target"),
                       .section = json_text(json, "section"),
                       .least = limit_of(json, "least"),
                       .greatest = limit_of(json, "greatest"),
                       .required = json_bool(json, "required"),
                       .in_list = json_bool(json, "in_list"),
                       .hidden = json_bool(json, "hidden"),
                       .formula = json_text(json, "formula")};
  if (const Json* rollup = json_find(json, "rollup"); rollup != nullptr && rollup->is_object())
    field.rollup = boost::json::serialize(*rollup);
  if (json_find(json, "position") != nullptr)
    field.position = static_cast<int>(json_integer(json, "position"));
  return field;
}

meta::FieldOverride field_override(const std::string& object, const std::string& key,
                                   const Json& json) {
  meta::FieldOverride out{.object = object, .key = key};
  const auto flag = [&](std::string_view name, std::optional<bool>& into) {
    if (const Json* found = json_find(json, name); found != nullptr && found->is_bool())
      into = found->get_bool();
  };
  if (json_find(json, "label") != nullptr) out.label = label_of(json, "label");
  if (json_find(json, "help") != nullptr) out.help = label_of(json, "help");
  if (json_find(json, "section") != nullptr) out.section = json_text(json, "section");
  if (json_find(json, "position") != nullptr)
    out.position = static_cast<int>(json_integer(json, "position"));
  flag("required", out.required);
  flag("hidden", out.hidden);
  flag("in_list", out.in_list);
  out.options = options_of(json);
  return out;
}

// A field stays one that is worked out, or entered; the new values go into its column.
void change_computed(Write& write, const std::string& object, const std::string& key,
                     const Json& body, Json& merged) {
  const meta::OwnField before = own_field(object, key, merged);
  for (const std::string_view name : {"formula", "rollup"}) {
    const Json* value = json_find(body, name);
    const bool there = json_find(merged, name) != nullptr;
    if (value == nullptr || (value->is_null() && !there)) continue;
    if (!there || value->is_null()) invalid(name, "field_stays_as_it_is");
    merged.as_object()[name] = *value;
    merged.as_object()["kind"] = json_text(body, "kind", before.kind);
  }
  if (json_find(body, "formula") == nullptr && json_find(body, "rollup") == nullptr) return;
  meta::OwnField row = own_field(object, key, merged);
  const bool at_read = check_computed(write.engine(), write.caller(), row);
  if (row.kind != before.kind && meta::slot_prefix(*meta::find_kind(row.kind)) !=
                                     meta::slot_prefix(*meta::find_kind(before.kind)))
    invalid("kind", "field_stays_as_it_is");
  // What is worked out of it was checked against what it gives now.
  const meta::ObjectDef* def = write.catalog().object(object);
  const meta::FieldDef* field = def->field(key);
  if (row.kind != before.kind || (field != nullptr && field->at_read != at_read))
    require_unused(write.caller(), *def, key);
  merged.as_object()["kind"] = row.kind;
  if (!row.formula.empty()) merged.as_object()["formula"] = row.formula;
  if (!row.rollup.empty()) merged.as_object()["rollup"] = parse_json(row.rollup);
}

}  // namespace

OwnRows read_own_fields(store::Connection& connection) {
  OwnRows rows_read;
  meta::Customization& out = rows_read.changes;
  auto rows = connection.query(
      "SELECT f.object, f.key, f.definition FROM own_field f WHERE {f} ORDER BY f.id");
  while (rows.step()) {
    const Json json = parse_json(rows.text(2));
    const std::string object(rows.text(0));
    const std::string key(rows.text(1));
    if (key.empty()) {
      if (json_bool(json, "own")) rows_read.objects.push_back(own_object(object, json));
      out.objects.push_back(object_override(object, json));
    } else if (json_bool(json, "own")) {
      out.fields.push_back(own_field(object, key, json));
    } else {
      out.overrides.push_back(field_override(object, key, json));
    }
  }
  return rows_read;
}

std::shared_ptr<const meta::Catalog> make_catalog(std::vector<meta::ObjectDef> standard,
                                                  const OwnRows& rows) {
  std::vector<std::string> ignored;
  meta::add_own_objects(rows.objects, standard, ignored);
  for (const std::string& row : ignored) log::warn("own object left out", {{"object", row}});
  return std::make_shared<const meta::Catalog>(std::move(standard), rows.changes);
}

std::string add_own_field(Write& write, const Json& body) {
  return add_own_field(write, body, write.catalog());
}

std::string add_own_field(Write& write, const Json& body, const meta::Catalog& catalog) {
  require_administrator(write.caller());
  const std::string object = json_text(body, "object");
  const meta::ObjectDef* def = catalog.object(object);
  if (def == nullptr) invalid("object", "invalid_choice");
  meta::OwnField field = own_field(object, {}, body);
  check_computed(write.engine(), write.caller(), field);
  const meta::FieldKind* kind = meta::find_kind(field.kind);
  if (kind == nullptr || meta::slot_prefix(*kind).empty()) invalid("kind", "invalid_choice");
  store::lock_schema(write.tx());  // Nobody else takes the same slot meanwhile.
  std::set<std::string> used;
  std::uint32_t next = meta::kFirstOwnFieldId;
  std::size_t count = 0;
  {
    auto rows = write.tx().query(
        "SELECT f.definition FROM own_field f WHERE {f} AND f.object = ? AND f.key <> ''");
    rows.bind(object);
    while (rows.step()) {
      const Json json = parse_json(rows.text(0));
      if (!json_bool(json, "own")) continue;
      ++count;
      used.insert(json_text(json, "column"));
      next = std::max(next, static_cast<std::uint32_t>(json_integer(json, "id")) + 1);
    }
  }
  if (count >= kMostOwnFields)
    throw AppError(Status::invalid, "own_fields_full", {{"max", std::to_string(kMostOwnFields)}});
  std::string key = "c_" + std::to_string(next);
  field.id = next;
  field.key = key;
  field.column.clear();
  const std::string prefix(meta::slot_prefix(*kind));
  for (int slot = 1; field.column.empty() || used.contains(field.column); ++slot)
    field.column = prefix + std::to_string(slot);
  std::string reason;
  if (field.label.ja.empty()) invalid("label", "required");
  if (!field.target.empty() && catalog.object(field.target) == nullptr)
    invalid("target", "invalid_choice");
  if (!meta::make_own_field(field, reason))
    throw AppError(Status::invalid, "own_field_wrong", {{"reason", reason}});
  store_row(write, object, key, std::nullopt, row_id(def->id, next), own_text(field));
  if (!field.formula.empty()) formulas_due(write.tx(), *def);
  return key;
}

void change_field(Write& write, const std::string& object, const std::string& key,
                  const Json& body) {
  require_administrator(write.caller());
  const meta::ObjectDef* def = write.catalog().object(object);
  if (def == nullptr || key.empty()) throw AppError(Status::not_found, "not_found");
  const auto before = stored_row(write.tx(), object, key);
  const meta::FieldDef* field = def->field(key);
  if (!before && field == nullptr &&
      std::none_of(def->fields.begin(), def->fields.end(),
                   [&](const meta::FieldDef& f) { return f.key == key; })) {
    throw AppError(Status::not_found, "not_found");
  }
  Json merged = before ? parse_json(before->definition) : Json(JsonObject());
  for (const std::string_view name : {"label", "help", "required", "hidden", "in_list", "options",
                                      "section", "position", "least", "greatest"}) {
    if (const Json* value = json_find(body, name)) merged.as_object()[name] = *value;
  }
  if (field != nullptr && !field->hidden && json_bool(merged, "hidden"))
    require_unused(write.caller(), *def, key);
  if (json_bool(merged, "own")) {
    change_computed(write, object, key, body, merged);
    const meta::OwnField own = own_field(object, key, merged);
    std::string reason;
    if (own.label.ja.empty()) invalid("label", "required");
    if (!meta::make_own_field(own, reason))
      throw AppError(Status::invalid, "own_field_wrong", {{"reason", reason}});
  } else if (field != nullptr && field->required && json_bool(merged, "hidden")) {
    invalid("hidden", "required_field_hidden");
  }
  store_row(write, object, key, before,
            row_id(def->id, field == nullptr ? 0 : field->id) + kOverride,
            boost::json::serialize(merged));
  note_formulas(write.tx(), write.catalog(), *def, key);
}

bool undo_definition(Write& write, const Json& changes) {
  require_administrator(write.caller());
  const std::string object = json_text(changes, "object");
  const std::string key = json_text(changes, "key");
  const Json* pair = json_find(changes, "definition");
  const meta::ObjectDef* def = write.catalog().object(object);
  if (def == nullptr || pair == nullptr || !pair->is_array() || pair->get_array().size() != 2)
    return false;
  const auto now = stored_row(write.tx(), object, key);
  const Json& after = pair->get_array()[1];
  if (!now || parse_json(now->definition) != after) return false;
  const meta::FieldDef* field = def->field(key);
  Json before = pair->get_array()[0];
  // An own field that was made is put away; what was written into it stays.
  if (before.is_null() && json_bool(after, "own")) {
    before = after;
    before.as_object()["hidden"] = true;
  } else if (before.is_null()) {
    before = JsonObject();
  }
  // A field that others are worked out of by now stays, and so does a formula that would not work.
  if (field != nullptr && !field->hidden && json_bool(before, "hidden") &&
      !meta::used_by(write.catalog().objects(), *def, key).empty())
    return false;
  if (json_bool(before, "own") && !key.empty() && !json_bool(before, "hidden")) {
    meta::OwnField row = own_field(object, key, before);
    try {
      check_computed(write.engine(), write.caller(), row);
    } catch (const AppError&) {
      return false;
    }
  }
  if (!key.empty()) note_formulas(write.tx(), write.catalog(), *def, key);
  store_row(write, object, key, now, now->id, boost::json::serialize(before));
  return true;
}

}  // namespace daifuku::records
