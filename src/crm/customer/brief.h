// What must be known before a customer is met: the usual, who of us was last in touch, what was
// promised, complaints, whom to treat with care. Read anew each time from what is there.
#pragma once

#include <functional>
#include <string>

#include "records/engine.h"

namespace daifuku::crm {

// So many of the newest orders, and lines of them, are looked at for the usual.
inline constexpr int kUsualOrders = 24;
inline constexpr int kUsualLines = 500;

// Appends {"last_contact":{"object","team","record"}|null, "tasks":LIST|null,
// "complaints":LIST|null, "past_complaints":LIST|null, "cautions":LIST|null,
// "usual":{"orders","items":[{"product":
// {"id","title"}|null,"title","times","quantity","unit","last_on"}]}|null}. LIST is what
// GET /{objects} answers, with its total: open tasks by day, complaints newest first, people of the
// company with something to avoid. `team_of` names the department of a user: whose the last contact
// was. Everything is of what the caller may see; a part that would need
// an object or a field that he may not read is null, so that it tells nothing of it. Throws
// AppError(not_found) for a customer that he may not see.
void brief_json(records::Engine& engine, const records::Caller& caller,
                const meta::ObjectDef& object, Id id, const std::function<std::string(Id)>& team_of,
                std::string& out);

}  // namespace daifuku::crm
