// The queue of duplicates as sets of records, to be decided on many at once: those whose merge
// loses nothing, and those that a person should look at.
#pragma once

#include <string>
#include <string_view>

#include "records/duplicate_batches.h"
#include "records/duplicate_queue.h"

namespace daifuku::records {

// All for those who administer: AppError(forbidden) for others. Of records that they may see.
//
// Sets of records that hang together by such pairs, in the order of their oldest record. One is
// ready to be merged when every two of its records are an open pair of whatever likelihood and
// their merge loses no value:
// {"ready","records","look","more","items":[{"records":[{"id","title"}],"percent","ready":true,
// "why":[{"code","text"}],"fields":["phone"]}],"next"}: counts of sets, and of the records in those
// that are ready. `more`: there are further sets than are looked through at once.
void duplicate_sets_json(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                         const Likely& likely, bool ready, int limit, std::string_view after,
                         std::string& out);

// Merges the sets that are ready, each in a transaction of its own under one batch, for some
// seconds: {"change","merged","records","skipped":[{"title","reason"}],"next"}. Who wants the rest
// asks again with `change` and `after`, the `next` of the answer. A set that cannot be merged is
// skipped and told.
void merge_sets(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                const Likely& likely, Id change, std::string_view after, std::string& out);

// Decides alike on all such pairs, in one change: {"change","decided"}.
void decide_all(Engine& engine, DuplicateQueue& queue, const Caller& caller,
                const meta::ObjectDef& object, const Likely& likely,
                DuplicateQueue::Decision decision, std::string& out);

}  // namespace daifuku::records
