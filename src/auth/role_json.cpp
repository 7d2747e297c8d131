#include "auth/role_json.h"

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
}

void read_role(const Json& json, RoleSettings& settings) {
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

}  // namespace daifuku::auth
