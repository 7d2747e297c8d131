// Who enters into the ledger, and who no longer does: counted from the log and the records, which
// are kept anyway. Nothing is written down for it.
#pragma once

#include <string>
#include <vector>

#include "auth/accounts.h"
#include "records/engine.h"

namespace daifuku::records {

// What the log says of one person, by days of Japan. `entries` begins with the first day of the
// window and ends with today.
struct EntryDays {
  std::vector<std::int64_t> entries = {};
  // Days since the last one with an entry; -1: none in the window.
  int silent() const;
  // Entries a week in the four weeks that ended with that last day, or since the first entry if
  // that is later (counted as one week at least); rounded, at least 1. 0: none.
  std::int64_t a_week_before() const;
};

// How a user stands. Who never wrote much cannot have stopped: he `reads`.
enum class UseState {
  invited,   // has not chosen a password
  absent,    // never came
  watching,  // may only look
  reading,   // came, and entered nothing to speak of in the window
  active,
  quiet,    // nothing for 7 days
  stopped,  // nothing for 14 days
};
std::string_view use_state_name(UseState state);
UseState use_state(const auth::User& user, const EntryDays& days);

inline constexpr int kUsageWindowDays = 112;
inline constexpr int kUsageShownDays = 28;

// GET /usage. AppError(forbidden) unless the caller administers. Counts of objects that he may see
// nothing of are left out.
void usage_json(Engine& engine, const Caller& caller, const std::vector<auth::User>& users,
                std::string& out);

}  // namespace daifuku::records
