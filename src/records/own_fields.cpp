#include "records/own_fields.h"

#include <algorithm>
#include <optional>
#include <set>

#include "meta/kinds.h"
#include "text/fold.h"

namespace daifuku::records {
namespace {

constexpr std::size_t kMostOwnFields = 200;  // an object

meta::Label label_of(const Json& json, std::string_view key) {
  meta::Label out;
  const Json* found = json_find(json, key);
  if (found == nullptr) return out;
  if (found->is_string()) {
    out.ja = text::nfc(std::string_view(found->get_string()));
  } else {
    out.ja = text::nfc(json_text(*found, "ja"));
    out.en = text::nfc(json_text(*found, "en"));
  }
  if (out.en.empty()) out.en = out.ja;
  if (out.ja.empty()) out.ja = out.en;
  return out;
}

void write_label(JsonWriter& json, std::string_view key, const meta::Label& label) {
  json.key(key).begin_object().field("ja", label.ja).field("en", label.en).end_object();
}

std::vector<meta::Option> options_of(const Json& json) {
  std::vector<meta::Option> out;
  const Json* found = json_find(json, "options");
  if (found == nullptr || !found->is_array()) return out;
  std::set<std::string> taken;
  for (const Json& item : found->get_array()) {
    meta::Option option{.key = json_text(item, "key"),
                        .label = label_of(item, "label"),
                        .color = json_text(item, "color")};
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
// standard one.
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
                       .hidden = json_bool(json, "hidden")};
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
  out.extra_options = options_of(json);
  return out;
}

void require_administrator(const Caller& caller) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
}

void invalid(std::string_view field, std::string_view code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::string(field), std::string(code), {}}});
}

}  // namespace

meta::Customization read_own_fields(store::Database& database) {
  meta::Customization out;
  database.read([&](store::Connection& c) {
    auto rows =
        c.query("SELECT f.object, f.key, f.definition FROM own_field f WHERE {f} ORDER BY f.id");
    while (rows.step()) {
      const Json json = parse_json(rows.text(2));
      const std::string object(rows.text(0));
      const std::string key(rows.text(1));
      if (json_bool(json, "own")) {
        out.fields.push_back(own_field(object, key, json));
      } else {
        out.overrides.push_back(field_override(object, key, json));
      }
    }
  });
  return out;
}

std::string add_own_field(store::Database& database, const Caller& caller, const Json& body) {
  require_administrator(caller);
  const std::string object = json_text(body, "object");
  if (caller.access.catalog().object(object) == nullptr) invalid("object", "invalid_choice");
  const meta::FieldKind* kind = meta::find_kind(json_text(body, "kind"));
  if (kind == nullptr || meta::slot_prefix(*kind).empty()) invalid("kind", "invalid_choice");
  std::string key;
  database.write([&](store::Transaction& tx) {
    std::set<std::string> used;
    std::uint32_t next = meta::kFirstOwnFieldId;
    std::size_t count = 0;
    {
      auto rows = tx.query("SELECT f.definition FROM own_field f WHERE {f} AND f.object = ?");
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
    key = "c_" + std::to_string(next);
    meta::OwnField field = own_field(object, key, body);
    field.id = next;
    const std::string prefix(meta::slot_prefix(*kind));
    for (int slot = 1; field.column.empty() || used.contains(field.column); ++slot)
      field.column = prefix + std::to_string(slot);
    std::string reason;
    if (field.label.ja.empty()) invalid("label", "required");
    if (!field.target.empty() && caller.access.catalog().object(field.target) == nullptr)
      invalid("target", "invalid_choice");
    if (!meta::make_own_field(field, reason))
      throw AppError(Status::invalid, "own_field_wrong", {{"reason", reason}});
    tx.query(
          "INSERT INTO own_field ({tenant_id}, id, object, key, definition) VALUES ({tenant}, ?, "
          "?, ?, ?)")
        .bind(static_cast<std::int64_t>(field.id) +
                  (static_cast<std::int64_t>(caller.access.catalog().object(object)->id) << 32),
              object, key, own_text(field))
        .run();
  });
  return key;
}

void change_field(store::Database& database, const Caller& caller, const std::string& object,
                  const std::string& key, const Json& body) {
  require_administrator(caller);
  const meta::ObjectDef* def = caller.access.catalog().object(object);
  if (def == nullptr) throw AppError(Status::not_found, "not_found");
  database.write([&](store::Transaction& tx) {
    std::string stored;
    std::int64_t id = 0;
    {
      auto row = tx.query(
          "SELECT f.definition, f.id FROM own_field f WHERE {f} AND f.object = ? AND f.key = ?");
      row.bind(object, key);
      if (row.step()) {
        stored = row.text(0);
        id = row.integer(1);
      }
    }
    Json merged = stored.empty() ? Json(JsonObject()) : parse_json(stored);
    if (stored.empty() && def->field(key) == nullptr &&
        std::none_of(def->fields.begin(), def->fields.end(),
                     [&](const meta::FieldDef& f) { return f.key == key; })) {
      throw AppError(Status::not_found, "not_found");
    }
    for (const std::string_view name : {"label", "help", "required", "hidden", "in_list", "options",
                                        "section", "position", "least", "greatest"}) {
      if (const Json* value = json_find(body, name)) merged.as_object()[name] = *value;
    }
    if (json_bool(merged, "own")) {
      const meta::OwnField field = own_field(object, key, merged);
      std::string reason;
      if (field.label.ja.empty()) invalid("label", "required");
      if (!meta::make_own_field(field, reason))
        throw AppError(Status::invalid, "own_field_wrong", {{"reason", reason}});
    } else if (const meta::FieldDef* field = def->field(key);
               field != nullptr && field->required && json_bool(merged, "hidden")) {
      invalid("hidden", "required_field_hidden");
    }
    const std::string text = boost::json::serialize(merged);
    if (stored.empty()) {
      id = (static_cast<std::int64_t>(def->id) << 32) +
           static_cast<std::int64_t>(def->field(key) != nullptr ? def->field(key)->id : 0) +
           (std::int64_t{1} << 31);
      tx.query(
            "INSERT INTO own_field ({tenant_id}, id, object, key, definition) VALUES ({tenant}, ?, "
            "?, ?, ?)")
          .bind(id, object, key, text)
          .run();
    } else {
      tx.query("UPDATE own_field SET definition = ? WHERE {own_field} AND id = ?")
          .bind(text, id)
          .run();
    }
  });
}

namespace {

// What the row of an own field says; nothing when there is none.
std::optional<Json> own_row(store::Connection& connection, const std::string& object,
                            const std::string& key) {
  auto row = connection.query(
      "SELECT f.definition FROM own_field f WHERE {f} AND f.object = ? AND f.key = ?");
  row.bind(object, key);
  if (!row.step()) return std::nullopt;
  Json definition = parse_json(row.text(0));
  if (!json_bool(definition, "own")) return std::nullopt;
  return definition;
}

}  // namespace

void hide_own_field(Write& write, const std::string& object, const std::string& key, bool hidden) {
  require_administrator(write.caller());
  auto definition = own_row(write.tx(), object, key);
  if (!definition) throw AppError(Status::not_found, "not_found");
  const bool before = json_bool(*definition, "hidden");
  if (before == hidden) return;
  definition->as_object()["hidden"] = hidden;
  write.tx()
      .query("UPDATE own_field SET definition = ? WHERE {own_field} AND object = ? AND key = ?")
      .bind(boost::json::serialize(*definition), object, key)
      .run();
  JsonObject changes;
  changes["object"] = object;
  changes["key"] = key;
  changes["hidden"] = JsonArray{before, hidden};
  write.note_setting(kFieldLog, json_integer(*definition, "id"), "update",
                     boost::json::serialize(changes));
}

bool undo_hidden_field(Write& write, const Json& changes) {
  const std::string object = json_text(changes, "object");
  const std::string key = json_text(changes, "key");
  const Json* pair = json_find(changes, "hidden");
  if (pair == nullptr || !pair->is_array() || pair->get_array().size() != 2) return false;
  const auto definition = own_row(write.tx(), object, key);
  if (!definition || Json(json_bool(*definition, "hidden")) != pair->get_array()[1]) return false;
  hide_own_field(write, object, key, pair->get_array()[0] == Json(true));
  return true;
}

}  // namespace daifuku::records
