// Which fields of an object a caller's import may fill.
#pragma once

#include <string_view>

#include "auth/access.h"
#include "meta/object.h"

namespace daifuku::exchange {

// The composite of that key, which takes a cell that holds the whole; nullptr when there is none.
const meta::FieldDef* whole_field(const meta::ObjectDef& object, std::string_view key);

bool is_writable(const auth::Access& access, const meta::ObjectDef& object,
                 const meta::FieldDef& field);
// What the product keeps itself and cannot work out again; only who administers brings it along.
bool is_taken_over(const auth::Access& access, const meta::ObjectDef& object,
                   const meta::FieldDef& field);
// A whole can be written when every part of it can.
bool is_writable_whole(const auth::Access& access, const meta::ObjectDef& object,
                       const meta::FieldDef& whole);

// "company.id": the link field whose records the ids of a column are; nullptr for anything else.
inline constexpr std::string_view kIdOfLink = ".id";
const meta::FieldDef* linked_by_id(const auth::Access& access, const meta::ObjectDef& object,
                                   std::string_view key);

// The field that takes what fits nowhere else; nullptr when the object has none that the caller
// may write.
const meta::FieldDef* note_field(const auth::Access& access, const meta::ObjectDef& object);

}  // namespace daifuku::exchange
