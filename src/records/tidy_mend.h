// Mends of the tidy screen: what each would do to the records of a check, and doing it, as one
// batch that undo takes back. Rights are asked record by record; who may not is told of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/tidy_checks.h"

namespace daifuku::records {

// A value that a mend would change, for the preview.
struct TidyStep {
  std::string key = {};
  std::string label = {};
  const meta::FieldDef* field = nullptr;  // nullptr: users, or nothing at all
  meta::Value from = {};
  meta::Value to = {};
};

// What a mend does to one record.
struct TidyPlan {
  std::string refused = {};  // why not, in words; empty: it is done
  std::vector<TidyStep> steps = {};
  Draft draft = {};
  bool remove = false;
  std::optional<Draft> task = {};
};

class TidyMend {
 public:
  // Of {"mend","value"}. Throws AppError: invalid for a mend that the check does not have or a
  // value that does not fit it, forbidden for what the caller may never do.
  TidyMend(const TidyAsk& ask, std::string_view check, const Json& body);

  TidyPlan plan(const TidyFinding& finding) const;
  void apply(Write& write, const TidyFinding& finding, TidyPlan plan) const;

 private:
  void plan_todo(const Record& record, TidyPlan& out) const;
  void plan_draft(const TidyFinding& finding, TidyPlan& out) const;
  void plan_proposals(const TidyFinding& finding, TidyPlan& out) const;
  void plan_clear(const TidyFinding& finding, TidyPlan& out) const;
  void plan_mark(const Record& record, TidyPlan& out) const;
  void plan_link(const TidyFinding& finding, TidyPlan& out) const;
  void set(const Record& record, const meta::FieldDef& field, meta::Value to, TidyPlan& out) const;
  std::string text(std::string_view code) const { return message(ask_.caller.language, code); }

  const TidyAsk& ask_;
  std::string mend_;
  // Of all orphans only those get an owner that have none.
  bool only_ownerless_ = false;
  Draft draft_;  // stage, owner, mark; the task of a todo
  const meta::ObjectDef* task_ = nullptr;
  const meta::FieldDef* task_link_ = nullptr;
  std::optional<Id> link_;  // chosen in place of what is proposed
  std::vector<Id> gone_;    // users who left
};

// POST /tidy/{check}/preview and /tidy/{check} of the checks of records.
void preview_records_json(const TidyAsk& ask, TidyWalk& walk, const TidyMend& mend,
                          const Json& body, std::string& out);
void mend_records_json(const TidyAsk& ask, TidyWalk& walk, const TidyMend& mend, const Json& body,
                       std::string& out);

}  // namespace daifuku::records
