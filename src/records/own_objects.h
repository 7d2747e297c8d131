// What a company keeps beside the standard objects, and what it calls and uses of them, as rows.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "meta/object.h"
#include "meta/own_object.h"
#include "records/write.h"

namespace daifuku::records {

// The row of an object, which stands under the empty key: an own object, and what was changed.
meta::OwnObject own_object(const std::string& key, const Json& json);
meta::ObjectOverride object_override(const std::string& key, const Json& json);

// Both throw AppError(forbidden) unless the caller administers, leave a row in the log that undo
// takes back, and want the catalog loaded anew afterwards.

// Makes an own object from the body of POST /objects, with its tables, in the one transaction of
// `write`: afterwards either both are there or neither. What each role may do with it is kept
// within what the role may do with the customers it belongs to. Throws AppError(invalid). Returns
// the key.
std::string add_own_object(Write& write, const std::vector<meta::ObjectDef>& standard,
                           const Json& body);
// PATCH /objects: `items` is a list of {key, label, plural_label, hidden, position}, of own ones
// also {icon, in_navigation}; what is absent stays, null goes back to the declaration. Throws
// AppError: not_found, invalid (also when others in use must have what would be put out of use).
void change_objects(Write& write, const Json& items);

}  // namespace daifuku::records
