#include "auth/role_json.h"

#include <algorithm>

namespace daifuku::auth {
namespace {

constexpr std::string_view kRights[] = {"none", "masked", "read", "write"};

Scope scope_of(const Json& json, std::string_view key, Scope fallback) {
  const Json* found = json_find(json, key);
  if (found == nullptr) return fallback;
  const auto scope =
      found->is_string() ? parse_scope(std::string_view(found->get_string())) : std::nullopt;
  if (!scope)
    throw AppError(Status::invalid, "invalid", {}, {{std::string(key), "invalid_choice", {}}});
  return *scope;
}

// Keys of fields; what is no text is left to wrong_layout().
std::vector<std::string> keys_of(const Json& json, std::string_view key) {
  std::vector<std::string> out;
  const Json* found = json_find(json, key);
  if (found == nullptr) return out;
  if (!found->is_array())
    throw AppError(Status::invalid, "invalid", {}, {{std::string(key), "invalid_choice", {}}});
  for (const Json& item : found->get_array())
    out.push_back(item.is_string() ? std::string(item.get_string()) : std::string());
  return out;
}

meta::Layout layout_of(const Json& json) {
  const auto hidden = keys_of(json, "hidden");
  const auto required = keys_of(json, "required");
  return {.order = keys_of(json, "order"),
          .hidden = {hidden.begin(), hidden.end()},
          .required = {required.begin(), required.end()}};
}

void read_layouts(const Json& json, RoleSettings& settings) {
  const Json* layouts = json_find(json, "layouts");
  if (layouts == nullptr || !layouts->is_object()) return;
  for (const auto& member : layouts->get_object()) {
    meta::Layout layout = member.value().is_object() ? layout_of(member.value()) : meta::Layout();
    if (layout.is_plain()) {
      settings.layouts.erase(std::string(member.key()));
    } else {
      settings.layouts[std::string(member.key())] = std::move(layout);
    }
  }
}

}  // namespace

void write_role(JsonWriter& json, const RoleSettings& settings) {
  json.key("objects").begin_object();
  for (const auto& [key, rights] : settings.objects) {
    json.key(key).begin_object();
    json.field("read", scope_name(rights.read));
    json.field("create", rights.create);
    json.field("update", scope_name(rights.update));
    json.field("delete", scope_name(rights.remove));
    json.field("export", rights.export_rows);
    json.end_object();
  }
  json.end_object();
  json.key("fields").begin_object();
  for (const auto& [key, right] : settings.fields)
    json.field(key, kRights[static_cast<std::size_t>(right)]);
  json.end_object();
  const auto keys = [&](std::string_view name, const auto& list) {
    json.key(name).begin_array();
    for (const std::string& key : list) json.string(key);
    json.end_array();
  };
  json.key("layouts").begin_object();
  for (const auto& [key, layout] : settings.layouts) {
    json.key(key).begin_object();
    keys("order", layout.order);
    keys("hidden", layout.hidden);
    keys("required", layout.required);
    json.end_object();
  }
  json.end_object();
}

void read_role(const Json& json, RoleSettings& settings) {
  read_layouts(json, settings);
  if (const Json* objects = json_find(json, "objects");
      objects != nullptr && objects->is_object()) {
    for (const auto& member : objects->get_object()) {
      const Json& value = member.value();
      const auto found = settings.objects.find(std::string_view(member.key()));
      // What is not said of an object yet is what the role may do with the rest, never more.
      const auto rest = settings.objects.find("*");
      ObjectRights rights = found != settings.objects.end()  ? found->second
                            : rest != settings.objects.end() ? rest->second
                                                             : ObjectRights{.read = Scope::none,
                                                                            .update = Scope::none,
                                                                            .remove = Scope::none,
                                                                            .create = false};
      rights.read = scope_of(value, "read", rights.read);
      rights.update = scope_of(value, "update", rights.update);
      rights.remove = scope_of(value, "delete", rights.remove);
      rights.create = json_bool(value, "create", rights.create);
      rights.export_rows = json_bool(value, "export", rights.export_rows);
      // What cannot be read cannot be changed either.
      rights.update = std::min(rights.update, rights.read);
      rights.remove = std::min(rights.remove, rights.read);
      settings.objects[std::string(member.key())] = rights;
    }
  }
  if (const Json* fields = json_find(json, "fields"); fields != nullptr && fields->is_object()) {
    for (const auto& member : fields->get_object()) {
      const std::string key(member.key());
      if (member.value().is_null()) {
        settings.fields.erase(key);
        continue;
      }
      bool known = false;
      for (std::size_t i = 0; i < std::size(kRights); ++i) {
        if (member.value().is_string() &&
            std::string_view(member.value().get_string()) == kRights[i]) {
          settings.fields[key] = static_cast<meta::FieldRight>(i);
          known = true;
        }
      }
      if (!known) throw AppError(Status::invalid, "invalid", {}, {{key, "invalid_choice", {}}});
    }
  }
}

RoleSettings stored_role(store::Connection& connection, meta::Role role) {
  RoleSettings settings = default_role(role);
  auto rows = connection.query("SELECT r.settings FROM role_setting r WHERE {r} AND r.role = ?");
  rows.bind(role_name(role));
  if (rows.step()) read_role(parse_json(rows.text(0)), settings);
  return settings;
}

void store_role(store::Transaction& transaction, const RoleSettings& settings) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  write_role(writer, settings);
  writer.end_object();
  transaction
      .query(
          "INSERT INTO role_setting ({tenant_id}, role, settings) VALUES ({tenant}, ?, ?) "
          "ON CONFLICT ({tenant_id}, role) DO UPDATE SET settings = excluded.settings")
      .bind(role_name(settings.role), json)
      .run();
}

bool keep_within(RoleSettings& settings, const std::string& object,
                 const std::vector<std::string>& links) {
  const auto rights_of = [&](const std::string& key) {
    const auto own = settings.objects.find(key);
    return own != settings.objects.end() ? own->second : settings.objects.at("*");
  };
  const ObjectRights rest = rights_of("*");
  ObjectRights rights = rest;
  for (const std::string& link : links) {
    const ObjectRights limit = rights_of(link);
    rights.read = std::min(rights.read, limit.read);
    rights.update = std::min(rights.update, limit.update);
    rights.remove = std::min(rights.remove, limit.remove);
    rights.create = rights.create && limit.create;
    rights.export_rows = rights.export_rows && limit.export_rows;
  }
  const bool same = rights.read == rest.read && rights.update == rest.update &&
                    rights.remove == rest.remove && rights.create == rest.create &&
                    rights.export_rows == rest.export_rows;
  if (!same) settings.objects[object] = rights;
  return !same;
}

}  // namespace daifuku::auth
