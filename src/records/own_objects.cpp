#include "records/own_objects.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "auth/role_json.h"
#include "records/definitions.h"
#include "records/own_fields.h"
#include "records/schema.h"
#include "store/schema.h"
#include "store/schema_lock.h"
#include "text/fold.h"

namespace daifuku::records {

namespace {

// Each is a table, a place in the menu and a row of the roles.
constexpr std::size_t kMostOwnObjects = 50;

bool is_icon(std::string_view icon) {
  const auto& icons = meta::own_object_icons();
  return std::ranges::find(icons, icon) != icons.end();
}

// Two of one name could not be told apart in the menu.
void check_free(const meta::Catalog& catalog, const meta::Label& wanted,
                std::string_view self = {}) {
  for (const meta::ObjectDef& other : catalog.objects()) {
    if (other.key == self) continue;
    if (text::fold(other.plural_label.ja) != text::fold(wanted.ja)) continue;
    invalid("label", other.hidden ? "object_name_put_away" : "object_name_taken",
            {{"name", wanted.ja}});
  }
}

std::vector<std::string> links_of(const Json& json) {
  std::vector<std::string> out;
  const Json* found = json_find(json, "links");
  if (found == nullptr || !found->is_array()) return out;
  for (const Json& item : found->get_array())
    out.push_back(item.is_string() ? std::string(item.get_string()) : std::string());
  return out;
}

std::string row_text(const meta::OwnObject& object) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("own", true).field("id", static_cast<std::int64_t>(object.id));
  write_label(json, "label", object.label);
  write_label(json, "plural_label", object.plural_label);
  write_label(json, "title_label", object.title_label);
  json.field("icon", object.icon).key("links").begin_array();
  for (const std::string& link : object.links) json.string(link);
  json.end_array().field("in_navigation", object.in_navigation).end_object();
  return out;
}

// What the body asks for, without an id, and without a key unless it names one.
meta::OwnObject wanted_object(Write& write, const Json& body) {
  if (!body.is_object()) throw AppError(Status::bad_request, "json_object_expected");
  meta::OwnObject object = own_object(json_text(body, "key"), body);
  check_word("label", object.label);
  if (object.plural_label.ja.empty()) object.plural_label = object.label;
  check_word("plural_label", object.plural_label);
  if (!object.title_label.ja.empty()) check_word("title_label", object.title_label);
  if (object.icon.empty()) object.icon = meta::own_object_icons().front();
  if (!is_icon(object.icon)) invalid("icon", "invalid_choice");
  const Json* links = json_find(body, "links");
  if (links != nullptr && !links->is_array()) invalid("links", "invalid_choice");
  for (const std::string& link : object.links) {
    const meta::ObjectDef* target = write.catalog().object(link);
    if (target == nullptr || !target->customer || target->hidden || meta::is_own(*target))
      invalid("links", "invalid_choice");
  }
  const bool named = json_find(body, "key") != nullptr;
  if (named && !meta::valid_own_object_key(object.key)) invalid("key", "own_object_key");
  return object;
}

// Gives it an id, and a key when it has none. What is put away counts as well: ids are for life.
void number(Write& write, meta::OwnObject& object) {
  std::size_t count = 0;
  std::set<std::string> keys;
  std::uint32_t next = meta::kFirstOwnObjectId;
  auto rows =
      write.tx().query("SELECT f.object, f.definition FROM own_field f WHERE {f} AND f.key = ''");
  while (rows.step()) {
    const Json json = parse_json(rows.text(1));
    if (!json_bool(json, "own")) continue;
    ++count;
    keys.emplace(rows.text(0));
    next = std::max(next, static_cast<std::uint32_t>(json_integer(json, "id")) + 1);
  }
  if (count >= kMostOwnObjects)
    throw AppError(Status::invalid, "own_objects_full", {{"max", std::to_string(kMostOwnObjects)}});
  object.id = next;
  for (std::uint32_t n = next; object.key.empty(); ++n) {
    const std::string key = "c_" + std::to_string(n);
    if (!keys.contains(key)) object.key = key;
  }
  if (keys.contains(object.key)) invalid("key", "duplicate");
}

// Nobody may do more with the records of a customer than with the customer.
void limit_roles(Write& write, const meta::OwnObject& object) {
  for (const meta::Role role : {meta::Role::manager, meta::Role::member, meta::Role::viewer}) {
    auth::RoleSettings settings = auth::stored_role(write.tx(), role);
    if (auth::keep_within(settings, object.key, object.links))
      auth::store_role(write.tx(), settings);
  }
}

// The members of a change to an object, over those it has; null takes one away. An own object has
// no declaration to go back to, so its words stay.
Json merged_object(const std::optional<StoredRow>& before, const Json& change) {
  Json merged = before ? parse_json(before->definition) : Json(JsonObject());
  const bool own = json_bool(merged, "own");
  for (const std::string_view name :
       {"label", "plural_label", "hidden", "position", "icon", "in_navigation"}) {
    const Json* value = json_find(change, name);
    if (value == nullptr) continue;
    const bool words = name == "label" || name == "plural_label";
    const bool flag = name == "hidden" || name == "in_navigation";
    if (!own && (name == "icon" || name == "in_navigation")) invalid(name, "invalid_choice");
    if (value->is_null()) {
      if (own && (words || name == "icon")) invalid(name, "required");
      merged.as_object().erase(name);
      continue;
    }
    const bool fits = flag                 ? value->is_bool()
                      : name == "position" ? value->is_int64()
                      : name == "icon"     ? value->is_string() && is_icon(value->get_string())
                                           : value->is_string() || value->is_object();
    if (!fits) invalid(name, "invalid_choice");
    merged.as_object()[name] = *value;
  }
  return merged;
}

void check_needed(const Caller& caller, const std::vector<const meta::ObjectDef*>& put_away,
                  const std::set<std::string>& unused) {
  const bool english = caller.language == Language::en;
  for (const meta::ObjectDef* object : put_away) {
    std::string names;
    const auto used = [&](const meta::ObjectDef& other) { return !unused.contains(other.key); };
    for (const meta::ObjectDef* other : caller.access.catalog().needed_by(*object, used)) {
      if (!names.empty()) names += english ? ", " : "、";
      names += english ? other->label.en : other->label.ja;
    }
    if (!names.empty())
      throw AppError(Status::invalid, "invalid", {},
                     {{"hidden", "object_needed", {{"names", names}}}});
  }
}

}  // namespace

meta::OwnObject own_object(const std::string& key, const Json& json) {
  const Json* shown = json_find(json, "in_navigation");
  return {.id = static_cast<std::uint32_t>(json_integer(json, "id")),
          .key = key,
          .label = label_of(json, "label"),
          .plural_label = label_of(json, "plural_label"),
          .title_label = label_of(json, "title_label"),
          .icon = json_text(json, "icon"),
          .links = links_of(json),
          .in_navigation = shown == nullptr || !shown->is_bool() || shown->get_bool()};
}

meta::ObjectOverride object_override(const std::string& object, const Json& json) {
  meta::ObjectOverride out{.object = object};
  if (json_find(json, "label") != nullptr) out.label = label_of(json, "label");
  if (json_find(json, "plural_label") != nullptr) out.plural_label = label_of(json, "plural_label");
  if (json_find(json, "hidden") != nullptr) out.hidden = json_bool(json, "hidden");
  if (json_find(json, "position") != nullptr)
    out.position = static_cast<int>(json_integer(json, "position"));
  return out;
}

std::string add_own_object(Write& write, const std::vector<meta::ObjectDef>& standard,
                           const Json& body) {
  require_administrator(write.caller());
  store::lock_schema(write.tx());
  meta::OwnObject object = wanted_object(write, body);
  // As it is now, under the lock: the caller's catalog may be older.
  check_free(*make_catalog(standard, read_own_fields(write.tx())), object.plural_label);
  number(write, object);
  store_row(write, object.key, {}, std::nullopt, row_id(object.id, 0) + kOverride,
            row_text(object));
  limit_roles(write, object);
  const auto catalog = make_catalog(standard, read_own_fields(write.tx()));
  if (catalog->object(object.key) == nullptr) invalid("links", "invalid_choice");
  store::sync_schema(write.tx(), tables(*catalog));
  return object.key;
}

void change_objects(Write& write, const Json& items) {
  require_administrator(write.caller());
  if (!items.is_array()) invalid("items", "required");
  std::set<std::string> unused;
  for (const meta::ObjectDef& object : write.catalog().objects()) {
    if (object.hidden) unused.insert(object.key);
  }
  std::vector<const meta::ObjectDef*> put_away;
  for (const Json& item : items.get_array()) {
    const std::string key = json_text(item, "key");
    const meta::ObjectDef* object = write.catalog().object(key);
    if (object == nullptr) throw AppError(Status::not_found, "not_found");
    const auto before = stored_row(write.tx(), key, {});
    const Json merged = merged_object(before, item);
    const meta::ObjectOverride wanted = object_override(key, merged);
    if (wanted.label) check_word("label", *wanted.label);
    if (wanted.plural_label) check_word("plural_label", *wanted.plural_label);
    const bool comes_back = object->hidden && !wanted.hidden.value_or(false);
    if (meta::is_own(*object) && (comes_back || json_find(item, "plural_label") != nullptr))
      check_free(write.catalog(), *wanted.plural_label, key);
    if (!wanted.hidden.value_or(false)) {
      unused.erase(key);
    } else if (unused.insert(key).second) {
      put_away.push_back(object);
    }
    store_row(write, key, {}, before, row_id(object->id, 0) + kOverride,
              boost::json::serialize(merged));
  }
  check_needed(write.caller(), put_away, unused);
}

}  // namespace daifuku::records
