// What the tidy screen looks for among records: each check as lanes (tidy_walk.h) and a judge. A
// check that rests on a field which the caller may not read is not there for him.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "records/tidy_walk.h"

namespace daifuku::auth {
class Accounts;
}

namespace daifuku::records {

// What a caller asks about.
struct TidyAsk {
  Engine& engine;
  auth::Accounts& accounts;
  const Caller& caller;
  const meta::ObjectDef& object;
  std::optional<int> days = {};  // stale: of every stage, in place of what the company set
  std::string stage = {};        // stale: of this one only; empty: of all
};

// The field whose options say when a record is stale, as far as the caller reads it; nullptr: the
// object has none.
const meta::FieldDef* tidy_stage(const TidyAsk& ask);
// Days by stage, in its order: as declared, unless the company set others. 0: never.
using StaleDays = std::vector<std::pair<std::string, int>>;
StaleDays stale_days(const TidyAsk& ask);

// When the customer was last talked to; nullptr when it is not kept or not for the caller.
const meta::FieldDef* tidy_contact(const TidyAsk& ask);

// A customer's address and whether mail to it arrives.
inline constexpr std::string_view kEmail = "email";
inline constexpr std::string_view kEmailStatus = "email_status";
inline constexpr std::string_view kBounced = "bounced";

struct TidyRecordCheck {
  std::string_view key;
  // nullptr when the check says nothing about the object, or not to this caller.
  std::unique_ptr<TidyWalk> (*walk)(const TidyAsk& ask);
};
const TidyRecordCheck* find_record_check(std::string_view key);

// {"object","stale_days":{"stage":n}} by those who administer, with its row in the log. Gives the
// id of the change.
Id save_stale_days(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                   const Json& days);
// The object that such rows of the log stand under; no object has it.
inline constexpr std::uint32_t kTidyLog = 992;
bool undo_stale_days(Write& write, const Json& changes);

}  // namespace daifuku::records
