// Several changes to what a company keeps, as one: a trade's template, a set-up.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/json.h"
#include "meta/object.h"
#include "records/write.h"

namespace daifuku::records {

inline constexpr std::size_t kMostDefinitions = 200;  // in one batch

// In one transaction and one undo, in this order: `objects` as POST /objects takes them, `fields`
// as POST /fields (also of the objects just made, when those were given keys), `field_changes` as
// PATCH /fields with {object, key}, `object_changes` as the items of PATCH /objects. Throws
// AppError: forbidden unless the caller administers; invalid and not_found as the single changes
// do, with the place in front of the field ("fields.2.label"); then nothing is changed. The catalog
// is to be loaded anew afterwards.
void change_definitions(Write& write, const std::vector<meta::ObjectDef>& standard,
                        const Json& body);

}  // namespace daifuku::records
