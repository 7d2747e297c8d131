#include "crm/behaviors.h"
#include "crm/follow/plan.h"
#include "crm/follow/plan_dates.h"

namespace daifuku::crm {

namespace {

void prepare_step(records::Change& change) {
  records::Record& step = *change.after;
  set_integer(step, "days",
              rough_days({.number = step.integer("number"),
                          .unit = step.text("unit"),
                          .before = step.text("side") == "before"}));
  if (step.text("assign") == "user" && step.integer("assignee") == 0)
    change.problems.push_back({"assignee", "plan_step_user", {}});
}

}  // namespace

void register_plan_behaviors(records::Registry& registry) {
  registry.before_save("plan_step", prepare_step);
}

}  // namespace daifuku::crm
