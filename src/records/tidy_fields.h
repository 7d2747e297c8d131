// Own fields that nobody fills in, for those who administer; put away they lose nothing.
#pragma once

#include <vector>

#include "records/tidy_checks.h"

namespace daifuku::records {

struct UnusedField {
  const meta::FieldDef* field = nullptr;
  std::int64_t filled = 0;
  std::int64_t of = 0;  // records that were looked at, the newest
  Millis last = 0;      // when one of those that have it was last changed; 0: none has it
};

// Those that hardly any record has, or none that was touched within a year. Nothing for others than
// administrators.
std::vector<UnusedField> unused_fields(const TidyAsk& ask);

}  // namespace daifuku::records
