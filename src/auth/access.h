// What a caller may do. An Access is an immutable value made once for a user and shared by that
// user's requests; the records engine puts it into every SQL it builds, and there is no road to
// records that does not ask for one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "meta/derive.h"
#include "meta/object.h"

namespace daifuku::auth {

enum class Scope : unsigned char { none, own, team, all };
std::string_view scope_name(Scope scope);
std::optional<Scope> parse_scope(std::string_view name);

struct ObjectRights {
  Scope read = Scope::all;
  Scope update = Scope::all;
  Scope remove = Scope::all;
  bool create = true;
  bool export_rows = false;
};

// The settings of one role, as the owner edits them. `objects` may have "*" for the rest.
struct RoleSettings {
  meta::Role role = meta::Role::viewer;
  std::map<std::string, ObjectRights, std::less<>> objects = {};
  std::map<std::string, meta::FieldRight, std::less<>> fields = {};  // "company.character"
  std::map<std::string, meta::Layout, std::less<>> layouts = {};     // by the key of the object
};

std::string_view role_name(meta::Role role);
std::optional<meta::Role> parse_role(std::string_view name);
// What a fresh installation gives to a role. Owner rights cannot be taken away.
RoleSettings default_role(meta::Role role);

class Access {
 public:
  Access(std::shared_ptr<const meta::Catalog> catalog, Id user, std::vector<Id> teams,
         const RoleSettings& role);

  // For the product's own work (rules, migrations, demo): everything, in the name of `user` (0: the
  // system).
  static Access system(std::shared_ptr<const meta::Catalog> catalog, Id user = 0);

  Id user() const { return user_; }
  meta::Role role() const { return role_; }
  bool administers() const { return role_ == meta::Role::owner || role_ == meta::Role::manager; }
  const std::vector<Id>& teams() const { return teams_; }
  const meta::Catalog& catalog() const { return *catalog_; }
  const std::shared_ptr<const meta::Catalog>& shared_catalog() const { return catalog_; }

  // Changes whenever what the caller sees of the catalog changes: a definition or a right.
  std::string version() const;

  const ObjectRights& object(const meta::ObjectDef& object) const;
  // Parallel to object.expanded. What a field is made from is counted in: a summary of a masked
  // text is masked as well.
  const meta::FieldRights& fields(const meta::ObjectDef& object) const;
  meta::FieldRight field(const meta::ObjectDef& object, std::string_view key) const;
  // How the role's screens show it, and what it asks the role to fill in.
  const meta::Layout& layout(const meta::ObjectDef& object) const;

  // Condition on a record table under `alias` for what the scope allows; empty text when everything
  // is. Its `?` are to be bound from `binds`, in order.
  struct Condition {
    std::string sql = {};
    std::vector<Id> binds = {};
  };
  Condition condition(const meta::ObjectDef& object, Scope scope, std::string_view alias) const;

  // The same rule on values at hand.
  bool allows(const meta::ObjectDef& object, Scope scope, Id owner, Id team, Id customer_owner,
              Id customer_team) const;

 private:
  Access() = default;
  void keep_copies_within_sources();
  std::shared_ptr<const meta::Catalog> catalog_;
  Id user_ = 0;
  meta::Role role_ = meta::Role::viewer;
  std::vector<Id> teams_;
  std::map<std::uint32_t, ObjectRights> objects_;
  std::map<std::uint32_t, meta::FieldRights> fields_;
  std::map<std::uint32_t, meta::Layout> layouts_;  // those that are not plain
};

}  // namespace daifuku::auth
