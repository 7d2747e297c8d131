// Match keys and the search index are made by rules of text/. When a newer program makes them by
// other rules, those of the records that are there have to be made again, or customers are missed.
#pragma once

#include <functional>

#include "records/engine.h"

namespace daifuku::records {

// Rises with every change of what text/ makes of a value for keys (name keys, phones, mails) or for
// the search index (folding, grams).
inline constexpr std::int64_t kIndexRules = 4;

// Brings every object of the catalog to kIndexRules, slice by slice, each a transaction of its own:
// what was done stays done when the program ends half-way. To be called before anybody reads.
// `progress` hears of every slice. Throws AppError(unavailable, "schema_newer") when a newer
// program made them.
void reindex(Engine& engine,
             const std::function<void(const meta::ObjectDef& object, std::int64_t done)>& progress);

}  // namespace daifuku::records
