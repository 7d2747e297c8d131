// How often forms are begun, saved and left with something typed, and on which field they are left:
// one number a day, object, field and kind. Neither who nor what was typed is kept, so a number
// cannot be led back to a person or a record (docs/decisions/0043).
#pragma once

#include <string>

#include "records/engine.h"

namespace daifuku::records {

// POST /usage/forms {"items":[{"object","kind":"opened|saved|left","field"?,"count"}]}. What the
// caller could not have had before him (another's object, a hidden field) is passed over.
// AppError(invalid) for what is no such list.
void count_forms(Engine& engine, const Caller& caller, const Json& body);

// GET /usage/forms: sums of the last `days` by object, with the fields of those left. Fields that
// the caller may not read are counted without their name. AppError(forbidden) unless he
// administers.
void form_counts_json(Engine& engine, const Caller& caller, int days, std::string& out);

}  // namespace daifuku::records
