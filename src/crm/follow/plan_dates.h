// When a step of a plan falls due. Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace daifuku::crm {

struct Distance {
  std::int64_t number = 0;
  std::string_view unit = "day";  // day, week, month
  bool before = false;
};

// The day at that distance. A month later than the 31st is the last day of a shorter month.
Date step_day(Date start, const Distance& distance);

// For sorting only: a month counts 30 days.
std::int64_t rough_days(const Distance& distance);

// The day itself, or when it is a Saturday, a Sunday or a national holiday the next working day
// ("next"), the one before it ("before") or nevertheless itself ("keep").
Date working_day(Date day, std::string_view rule);
bool is_day_off(Date day);

}  // namespace daifuku::crm
