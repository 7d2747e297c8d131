// Role settings as JSON: how they are stored and how the API shows them.
#pragma once

#include "auth/access.h"
#include "base/json.h"
#include "store/database.h"

namespace daifuku::auth {

void write_role(JsonWriter& json, const RoleSettings& settings);
// Members that are absent keep what `settings` has. Throws AppError(invalid) on unknown scopes or
// rights.
void read_role(const Json& json, RoleSettings& settings);

// As the company set it, or as a fresh installation has it.
RoleSettings stored_role(store::Connection& connection, meta::Role role);
void store_role(store::Transaction& transaction, const RoleSettings& settings);

// Rights on an object that is made now: those on everything else, but nothing beyond those on the
// objects it belongs to (`links`). true when that is less, and so stands in `settings` now.
bool keep_within(RoleSettings& settings, const std::string& object,
                 const std::vector<std::string>& links);

}  // namespace daifuku::auth
