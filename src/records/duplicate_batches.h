// What was decided on many pairs at once, so that it can be taken back later too: who, when, what
// and how much. A row is written with the first of what it tells, and counts up with the rest.
#pragma once

#include <string>
#include <string_view>

#include "records/engine.h"

namespace daifuku::records {

// Open pairs that are at least `percent` likely and less than `below`.
struct Likely {
  int percent = 99;
  int below = 100;
  // Merge also records that say different things in a field: the proposed value stays (MergePlan).
  bool differing = false;
};

// In the transaction of the decision: `decided` more sets or pairs, and the records that were
// merged into others. `decision`: merge, different or later.
void count_batch(Write& write, const meta::ObjectDef& object, const Likely& likely,
                 std::string_view decision, std::int64_t decided, std::int64_t records);

// After an undo of `change`, as a change of its own: what was decided then no longer holds, or
// holds again when an undo was taken back. Nothing for other changes.
void turn_batch(Engine& engine, const Caller& caller, Id change, const UndoResult& undone);

// The newest first, for those who administer: AppError(forbidden) for others.
// {"items":[{"id","change","decision","percent","below","differing","by","at","decided","records",
// "undone_at"?,"undone_by"?,"kept"?}],"next"}. `kept`: records that an undo had to leave alone.
void duplicate_batches_json(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                            int limit, std::string_view after, std::string& out);

}  // namespace daifuku::records
