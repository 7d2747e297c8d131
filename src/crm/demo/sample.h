// Sample customers in a new company's own ledger: to look around before the first list comes in,
// and away again in one go.
#pragma once

#include <cstdint>

#include "auth/accounts.h"
#include "records/engine.h"

namespace daifuku::crm::demo {

struct SampleState {
  std::int64_t records = 0;  // of the sample that are in the ledger
  // There is no customer yet, so that sample and truth cannot mix.
  bool possible = false;
};
SampleState sample_state(records::Engine& engine, auth::Accounts& accounts);

inline constexpr std::int64_t kSampleCompanies = 20;

// Both write in the name of the caller, whatever his rights: the route asks for the owner.
struct SampleChange {
  Id change = 0;  // its batch in the log; undo takes it back
  std::int64_t records = 0;
};
// All or nothing. Throws AppError(conflict, sample_not_empty) when there are customers already.
SampleChange put_sample(records::Engine& engine, auth::Accounts& accounts, Id user, Id team);
// Moves what is left of the sample to the trash. What people wrote themselves stays, and with it
// the products and plans of the sample that it uses.
SampleChange clear_sample(records::Engine& engine, auth::Accounts& accounts, Id user);

}  // namespace daifuku::crm::demo
