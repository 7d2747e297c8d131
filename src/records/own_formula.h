// Formulas and roll-ups as an administrator writes them: checked, and tried on records.
#pragma once

#include <string>

#include "meta/computed.h"
#include "records/engine.h"

namespace daifuku::records {

// Checks what the body says of how the field is worked out ("formula" or "rollup"), over the
// members that the row has, and brings it into the form that is kept: with keys for names, with its
// kind. A row that is entered by hand is left alone. Throws AppError(invalid). Returns whether it
// is worked out when read.
bool check_computed(Engine& engine, const Caller& caller, meta::OwnField& row);

// Throws AppError(invalid) when something that is not put away is worked out of the field.
void require_unused(const Caller& caller, const meta::ObjectDef& object, std::string_view key);

// Marks the objects whose formulas follow from the field, or from how it is worked out.
void note_formulas(store::Transaction& tx, const meta::Catalog& catalog,
                   const meta::ObjectDef& object, std::string_view key);

// {"object","key","kind","formula"|"rollup"}: what it would give, with the values of a few records
// that the caller sees, or what is wrong and where. Only for those who administer.
void try_computed_json(Engine& engine, const Caller& caller, const Json& body, std::string& out);

}  // namespace daifuku::records
