// The rows of own_field: own objects, own fields and changes to standard ones. Used by
// own_objects.cpp and own_fields.cpp only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "meta/object.h"
#include "records/write.h"
#include "store/database.h"

namespace daifuku::records {

// A text, or {"ja":..,"en":..}; the one that is missing is the other.
meta::Label label_of(const Json& json, std::string_view key);
void write_label(JsonWriter& json, std::string_view key, const meta::Label& label);

void require_administrator(const Caller& caller);
[[noreturn]] void invalid(std::string_view field, std::string_view code, Params params = {});
// What an object is called: there, and of at most 40 code points. Throws AppError(invalid).
void check_word(std::string_view name, const meta::Label& label);

struct StoredRow {
  std::int64_t id = 0;
  std::string definition = {};
};
// The row of an object stands under the empty key.
std::optional<StoredRow> stored_row(store::Connection& connection, const std::string& object,
                                    const std::string& key);
// Stores the row and puts what it was and is into the log, from where undo takes it back.
void store_row(Write& write, const std::string& object, const std::string& key,
               const std::optional<StoredRow>& before, std::int64_t id, const std::string& after);
std::int64_t row_id(std::uint32_t object, std::uint32_t field);
// Marks the ids of rows that are not an own field.
inline constexpr std::uint32_t kOverride = std::uint32_t{1} << 31;

}  // namespace daifuku::records
