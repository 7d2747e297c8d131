// A checked business card becomes records: the card with its picture, its person and its company.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "records/engine.h"
#include "records/files.h"

namespace daifuku::crm {

struct SavedCard {
  Id card = 0;
  Id person = 0;   // 0: none
  Id company = 0;  // 0: none
};

// `body` as in POST /cards/{id}/{number}/save:
//   values         texts by the keys of business_card, and postal_code, corporate_number and
//                  invoice_number for a new company
//   company        "new", an id, or nothing
//   person         "new", an id, or nothing
//   update_person  whether what the card says goes to that person too (a new post, a new phone)
// All under `batch`, which one undo takes back. Throws AppError: invalid with problems (of the
// company and the person under "company.KEY" and "person.KEY"), forbidden, not_found.
SavedCard save_card(records::Engine& engine, records::Files& files, const records::Caller& caller,
                    const Json& body, const std::string& picture, Id batch);

}  // namespace daifuku::crm
