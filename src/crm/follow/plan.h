// フォローの計画: what is done when with a customer. Its declarations; what comes of a plan is in
// plan_run.h.
#pragma once

#include <cstdint>

#include "meta/object.h"
#include "records/registry.h"

namespace daifuku::crm {

meta::ObjectDef plan();
meta::ObjectDef plan_step();  // of a plan

// How a task is done: of tasks, and of the steps that make them.
meta::FieldDef task_kind(std::uint32_t id);

void register_plan_behaviors(records::Registry& registry);

}  // namespace daifuku::crm
