// Plans that come with the product, for a company that begins with none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/messages.h"
#include "meta/object.h"
#include "records/write.h"

namespace daifuku::crm {

struct ReadyStep {
  int number = 0;
  std::string_view unit = "day";
  bool before = false;
  std::string_view kind = {};
  meta::Label name = {};
};

struct ReadyPlan {
  std::string_view key;
  meta::Label name;
  meta::Label purpose;
  std::string_view targets;  // one a line, as the field holds them
  std::string_view start_from = "day";
  std::string_view holidays = "next";
  std::vector<ReadyStep> steps = {};
};
const std::vector<ReadyPlan>& ready_plans();

// Makes the plan with its steps, in that language and with the caller's rights. Throws what
// Write::create throws.
Id add_ready_plan(records::Write& write, const ReadyPlan& plan, Language language);

}  // namespace daifuku::crm
