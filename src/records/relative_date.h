// Days as people say them in a filter: this week, the last 90 days, the fiscal year.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace daifuku::records {

struct RelativeDates {
  Date from;
  Date until;  // exclusive
  // What has no date is meant too: "nothing for 60 days" is also said of what never was.
  bool or_never = false;
};

// The days that `word` means when it is `today`; nothing for a word that there is not.
//   today yesterday tomorrow
//   this_ last_ next_ week (from Monday), month, year
//   fiscal_year fiscal_half fiscal_quarter, each also with last_ and next_ in front
//   last_days:N next_days:N: today and N days before or after it; likewise _weeks and _months
//   before_days:N: longer ago than last_days:N; likewise _weeks and _months
//   not_for_days:N: as before_days:N, or never; likewise _weeks and _months
// N is at most 36,500 days. A month before the 31st is the last day of a shorter month.
// `fiscal_month`, 1 to 12, is asked only when a word needs it.
std::optional<RelativeDates> relative_dates(std::string_view word, Date today,
                                            const std::function<int()>& fiscal_month);

}  // namespace daifuku::records
