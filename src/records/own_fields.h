// A company's own fields and its changes to standard ones, as rows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "meta/object.h"
#include "meta/own_object.h"
#include "records/record.h"
#include "records/write.h"
#include "store/database.h"

namespace daifuku::records {

// What a company added and changed.
struct OwnRows {
  std::vector<meta::OwnObject> objects = {};
  meta::Customization changes = {};
};
OwnRows read_own_fields(store::Connection& connection);
// The standard objects with all of it. Rows that make no sense (any more) are left out.
std::shared_ptr<const meta::Catalog> make_catalog(std::vector<meta::ObjectDef> standard,
                                                  const OwnRows& rows);

// All of these throw AppError(forbidden) unless the caller administers, leave a row in the log that
// undo takes back, and want the catalog loaded anew afterwards.

// Makes an own field from the body of POST /fields and gives it the next free slot. Throws
// AppError(invalid). Returns the key.
std::string add_own_field(Write& write, const Json& body);
// The same, of an object that `catalog` knows and the caller's catalog may not yet.
std::string add_own_field(Write& write, const Json& body, const meta::Catalog& catalog);
// PATCH /fields/{object}/{key}. Throws AppError: not_found, invalid.
void change_field(Write& write, const std::string& object, const std::string& key,
                  const Json& body);
// The object that the rows of the log stand under; no object has it.
inline constexpr std::uint32_t kFieldLog = 991;
// false when it was changed since.
bool undo_definition(Write& write, const Json& changes);

}  // namespace daifuku::records
