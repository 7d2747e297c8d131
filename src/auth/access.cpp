#include "auth/access.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/error.h"

namespace daifuku::auth {

using meta::FieldRight;
using meta::Role;

std::string_view scope_name(Scope scope) {
  static constexpr std::string_view kNames[] = {"none", "own", "team", "all"};
  return kNames[static_cast<std::size_t>(scope)];
}

std::optional<Scope> parse_scope(std::string_view name) {
  for (const Scope scope : {Scope::none, Scope::own, Scope::team, Scope::all}) {
    if (scope_name(scope) == name) return scope;
  }
  return std::nullopt;
}

std::string_view role_name(Role role) {
  static constexpr std::string_view kNames[] = {"viewer", "member", "manager", "owner"};
  return kNames[static_cast<std::size_t>(role)];
}

std::optional<Role> parse_role(std::string_view name) {
  for (const Role role : {Role::viewer, Role::member, Role::manager, Role::owner}) {
    if (role_name(role) == name) return role;
  }
  return std::nullopt;
}

RoleSettings default_role(Role role) {
  RoleSettings settings{.role = role};
  switch (role) {
    case Role::owner:
    case Role::manager:
      settings.objects["*"] = ObjectRights{.export_rows = true};
      break;
    case Role::member:
      settings.objects["*"] = ObjectRights{.remove = Scope::own};
      break;
    case Role::viewer:
      settings.objects["*"] =
          ObjectRights{.update = Scope::none, .remove = Scope::none, .create = false};
      break;
  }
  return settings;
}

Access::Access(std::shared_ptr<const meta::Catalog> catalog, Id user, std::vector<Id> teams,
               const RoleSettings& role)
    : catalog_(std::move(catalog)), user_(user), role_(role.role), teams_(std::move(teams)) {
  const RoleSettings defaults = default_role(role_);
  for (const meta::ObjectDef& object : catalog_->objects()) {
    ObjectRights rights = defaults.objects.at("*");
    if (role_ != Role::owner) {
      if (const auto all = role.objects.find("*"); all != role.objects.end()) rights = all->second;
      if (const auto own = role.objects.find(object.key); own != role.objects.end())
        rights = own->second;
    }
    objects_[object.id] = rights;

    meta::FieldRights fields;
    fields.reserve(object.expanded.size());
    for (const meta::FieldDef& field : object.expanded) {
      const Role read = std::max(field.read, field.sensitive ? Role::manager : Role::viewer);
      FieldRight right = FieldRight::none;
      if (role_ >= read) right = role_ >= field.write ? FieldRight::write : FieldRight::read;
      if (role_ != Role::owner) {
        auto found = role.fields.find(object.key + "." + field.key);
        if (found == role.fields.end() && !field.whole.empty()) {
          found = role.fields.find(object.key + "." + field.whole);
        }
        if (found != role.fields.end()) right = found->second;
      }
      if (field.read_only) right = std::min(right, FieldRight::read);
      fields.push_back(right);
    }
    fields_[object.id] = std::move(fields);
    if (const auto found = role.layouts.find(object.key);
        found != role.layouts.end() && role_ != Role::owner) {
      layouts_[object.id] = found->second;
    }
  }
  keep_copies_within_sources();
}

void Access::keep_copies_within_sources() {
  // A copy of a copy comes from all of them; few rounds, as chains are short.
  for (bool changed = true; changed;) {
    changed = false;
    for (const meta::Catalog::MadeFrom& copy : catalog_->made_from()) {
      const FieldRight source = fields_[copy.source_object][copy.source_field];
      FieldRight& right = fields_[copy.object][copy.field];
      if (source >= FieldRight::read || right <= source) continue;
      right = source;
      changed = true;
    }
  }
}

Access Access::system(std::shared_ptr<const meta::Catalog> catalog, Id user) {
  RoleSettings settings = default_role(Role::owner);
  Access access(std::move(catalog), user, {}, settings);
  return access;
}

std::string Access::version() const {
  std::string rights;
  for (const auto& [id, object] : objects_) {
    rights += std::to_string(id) + ':';
    for (const Scope scope : {object.read, object.update, object.remove})
      rights += static_cast<char>('0' + static_cast<int>(scope));
    rights += object.create ? 'c' : '-';
    rights += object.export_rows ? 'x' : '-';
    for (const FieldRight right : fields_.at(id))
      rights += static_cast<char>('0' + static_cast<int>(right));
    const auto found = layouts_.find(id);
    if (found == layouts_.end()) continue;
    for (const std::string& key : found->second.order) rights += 'o' + key;
    for (const std::string& key : found->second.hidden) rights += 'h' + key;
    for (const std::string& key : found->second.required) rights += 'r' + key;
  }
  return catalog_->version() + "-" + sha256_hex(rights).substr(0, 12);
}

const ObjectRights& Access::object(const meta::ObjectDef& object) const {
  return objects_.at(object.id);
}

const meta::FieldRights& Access::fields(const meta::ObjectDef& object) const {
  return fields_.at(object.id);
}

FieldRight Access::field(const meta::ObjectDef& object, std::string_view key) const {
  const auto found = object.index.find(std::string(key));
  return found == object.index.end() ? FieldRight::none : fields(object)[found->second];
}

const meta::Layout& Access::layout(const meta::ObjectDef& object) const {
  static const meta::Layout plain;
  const auto found = layouts_.find(object.id);
  return found == layouts_.end() ? plain : found->second;
}

Access::Condition Access::condition(const meta::ObjectDef& object, Scope scope,
                                    std::string_view alias) const {
  Condition out;
  if (scope == Scope::all) return out;
  if (scope == Scope::none) {
    out.sql = "1 = 0";
    return out;
  }
  const std::string name(alias);
  const bool by_customer = !object.customer_links.empty();
  out.sql = "(" + name + ".owner_id = ?";
  out.binds.push_back(user_);
  if (by_customer) {
    out.sql += " OR " + name + ".customer_owner_id = ?";
    out.binds.push_back(user_);
  }
  if (scope == Scope::team) {
    for (const Id team : teams_) {
      out.sql += " OR " + name + ".team_id = ?";
      out.binds.push_back(team);
      if (by_customer) {
        out.sql += " OR " + name + ".customer_team_id = ?";
        out.binds.push_back(team);
      }
    }
  }
  out.sql += ")";
  return out;
}

bool Access::allows(const meta::ObjectDef& object, Scope scope, Id owner, Id team,
                    Id customer_owner, Id customer_team) const {
  if (scope == Scope::all) return true;
  if (scope == Scope::none) return false;
  const bool by_customer = !object.customer_links.empty();
  if (owner == user_ || (by_customer && customer_owner == user_)) return true;
  if (scope != Scope::team) return false;
  return std::any_of(teams_.begin(), teams_.end(), [&](Id mine) {
    return mine == team || (by_customer && mine == customer_team);
  });
}

}  // namespace daifuku::auth
