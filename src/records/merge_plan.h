// What a merge of several records would make of them, before anything is changed: which of them
// stays, whose value of each field, and what moves with the others. A proposal for people and for
// the decision on many sets at once; the merge itself (write_merge.cpp) works without it.
#pragma once

#include <string>
#include <vector>

#include "records/engine.h"

namespace daifuku::records {

struct MergePlan {
  std::vector<Record> records = {};  // as asked for, those that were merged already followed
  Id winner = 0;
  // A field that the caller may write and that is not the same in all of the records. Parts of one
  // address or name come from one record.
  struct Choice {
    const meta::FieldDef* field = nullptr;
    Id from = 0;
    bool conflict = false;  // Two of them say different things; not only written differently.
  };
  std::vector<Choice> choices = {};
  // Two 法人番号 that are not the same: probably not one corporation.
  bool numbers_differ = false;
  // What the caller sees of what hangs on the records but the winner. Up to Write::kMostMoved of an
  // object.
  struct Moves {
    const meta::ObjectDef* object = nullptr;
    std::int64_t count = 0;
  };
  std::vector<Moves> moves = {};
  std::int64_t files = 0;
};

// `into` 0: the one that most hangs on, then the one that says most, then the oldest. Without
// `links` nothing is counted, and the winner follows from the rest. Throws AppError: not_found,
// conflict (in_trash), invalid with `ids: required | too_many_items | merge_same`.
MergePlan plan_merge(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                     const std::vector<Id>& ids, Id into, bool links = true);

// The proposed values that are not the winner's own, for Write::merge.
Draft chosen_draft(const MergePlan& plan);

// {"into","records":[…],"choices":[{"field","from","conflict"}],"numbers_differ",
// "moves":[{"object","count"}],"files","alike":[{"id","title"}]}: `alike` are records that the
// queue of duplicates holds as open pairs with each of these, so that all may be merged at once.
void merge_plan_json(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                     const std::vector<Id>& ids, Id into, std::string& out);

}  // namespace daifuku::records
