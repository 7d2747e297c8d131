// A company's own fields and its changes to standard ones, as rows.
#pragma once

#include "base/json.h"
#include "meta/object.h"
#include "records/record.h"
#include "records/write.h"
#include "store/database.h"

namespace daifuku::records {

// Empty when the table does not exist yet (the first start).
meta::Customization read_own_fields(store::Database& database);

// Makes an own field from the body of POST /fields and gives it the next free slot. Throws
// AppError(invalid). The catalog is to be loaded anew afterwards. Returns the key.
std::string add_own_field(store::Database& database, const Caller& caller, const Json& body);
// PATCH /fields/{object}/{key}.
void change_field(store::Database& database, const Caller& caller, const std::string& object,
                  const std::string& key, const Json& body);

// Puts an own field away, or brings it back, as a change that undo takes back; what is in it stays.
// Throws AppError: forbidden, not_found when there is no such field. The catalog is to be loaded
// anew afterwards.
void hide_own_field(Write& write, const std::string& object, const std::string& key, bool hidden);
// The object that its rows of the log stand under; no object has it.
inline constexpr std::uint32_t kFieldLog = 991;
// false when it was changed since.
bool undo_hidden_field(Write& write, const Json& changes);

}  // namespace daifuku::records
