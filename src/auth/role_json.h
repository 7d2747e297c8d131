// Role settings as JSON: how they are stored and how the API shows them.
#pragma once

#include "auth/access.h"
#include "base/json.h"

namespace daifuku::auth {

void write_role(JsonWriter& json, const RoleSettings& settings);
// Members that are absent keep what `settings` has. Throws AppError(invalid) on unknown scopes or
// rights.
void read_role(const Json& json, RoleSettings& settings);

}  // namespace daifuku::auth
