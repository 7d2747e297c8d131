// A follow-up plan begun on a record: the tasks that come of its steps. They are ordinary tasks,
// with the plan and the run (the id of the change that made them) in their fields `plan` and
// `rule`. What the caller may not see of the plan, of its steps or of the record does not count.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "records/engine.h"

namespace daifuku::crm {

// A plan as the caller may use it for records of one object.
struct UsablePlan {
  const meta::ObjectDef& target;
  records::Record plan = {};
  std::vector<records::Record> steps = {};  // in the order of their days
};
inline constexpr int kMostSteps = 100;

// Throws AppError: not_found when he does not see plan or object; invalid with `plan: plan_not_used
// | plan_wrong_target`.
UsablePlan usable_plan(records::Engine& engine, const records::Caller& caller, Id plan,
                       std::string_view target);

// What a step would make of a record.
struct PlannedTask {
  Id step = 0;
  std::string name = {};
  std::string kind = {};        // key of the choice; may be empty
  std::string due_on = {};      // ISO
  std::string moved_from = {};  // ISO, when that was a day off; otherwise empty
  bool past = false;            // due before today
  Id owner = 0;
  std::string note = {};
};

// The day that a plan counts from: `chosen` (ISO) or, when that is empty, the date of the record
// that the plan names, or today when it names none; empty when the record does not have that date.
std::string start_of(const records::Caller& caller, const UsablePlan& usable,
                     const records::Record& record, const std::string& chosen,
                     const std::string& today);
// In the order of their days.
std::vector<PlannedTask> planned_tasks(const records::Caller& caller, const UsablePlan& usable,
                                       const records::Record& record, const std::string& start,
                                       const std::string& today);

// Tasks of the plan on the record so far as the caller sees them: begun already?
struct Running {
  std::int64_t open = 0;
  std::int64_t all = 0;
};
Running running(records::Engine& engine, store::Connection& connection,
                const records::Caller& caller, const UsablePlan& usable, Id record);

// A record of the target object that the caller sees and that is not in the trash. Throws
// AppError(not_found).
records::Record plan_target(records::Engine& engine, const records::Caller& caller,
                            const UsablePlan& usable, Id record);

// Makes one task a draft, all of them in the caller's name and with his rights, and adds their ids
// to `made` as it goes. Throws AppError: conflict(plan_running) when tasks of the plan are open on
// the record and `again` is false; what Write::create throws, problems as "steps.0.due_on", which
// may leave the tasks in `made` written: the transaction must not be kept then.
void begin_plan(records::Write& write, const UsablePlan& usable, const records::Record& record,
                const std::vector<records::Draft>& drafts, bool again, std::vector<Id>& made);

// A draft from the JSON of a task as somebody altered it, over what the step says. Throws
// AppError(invalid) with the problems of the task's fields.
records::Draft task_draft(records::Engine& engine, const records::Caller& caller,
                          const PlannedTask& task, const Json* altered);

}  // namespace daifuku::crm
