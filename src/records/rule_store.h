// The company's own rules as rows, with history and undo, and what they would say of the records
// that are there already.
#pragma once

#include <string>
#include <string_view>

#include "records/engine.h"
#include "records/rules.h"

namespace daifuku::records {

// Under this id rules stand in the log; no object has it.
inline constexpr std::uint32_t kRuleLog = 990;

// For those who administer; AppError(forbidden) for others. A rule may only name fields that its
// maker may read.
void rules_json(Engine& engine, const Caller& caller, std::string_view object, std::string& out);
// Makes the rule (`id` 0) or changes the members that are there. Appends it as rules_json does,
// with the id of the change. A rule that is unique is enforced as soon as the keys of all records
// are made, which this waits for.
void save_rule(Engine& engine, const Caller& caller, Id id, const Json& body, std::string& out);
// Gives the id of the change.
Id remove_rule(Engine& engine, const Caller& caller, Id id);
// Who changed it when, newest first.
void rule_history_json(Engine& engine, const Caller& caller, Id id, std::string& out);
// A rule that makes sense for its maker, who may read all that it looks at; AppError(invalid) with
// the problems otherwise.
Rule compile_rule(const Caller& caller, Id id, const Json& definition);
// {"rule":...,"values":{...}}: whether a record with these values would break it, and what would be
// said.
void try_rule_json(Engine& engine, const Caller& caller, const Json& body, std::string& out);
// {"rule":...,"after":"..."}: which of the records that the caller may see break it. Looks for
// about a second at a time; "next" goes on from there.
void check_rule_json(Engine& engine, const Caller& caller, const Json& body, std::string& out);

// Takes a change of a rule back. false when it was changed since.
bool undo_rule(Write& write, Id id, const Json& changes);
// Makes the keys of unique rules that are not complete.
void make_rule_keys(Engine& engine);

}  // namespace daifuku::records
