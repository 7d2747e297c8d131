// Texts of one field that are one thing written differently (営業部, 営業 部, ｴｲｷﾞｮｳ部), found by
// the search fold and by how they are read, and folded to one spelling.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "records/tidy_checks.h"

namespace daifuku::records {

struct ChoiceGroup {
  const meta::FieldDef* field = nullptr;
  // Spellings and how many records have each, the most frequent first: the one to fold to.
  std::vector<std::pair<std::string, std::int64_t>> values = {};
  std::int64_t count = 0;
};

struct ChoiceGroups {
  std::vector<ChoiceGroup> groups = {};
  bool more = false;  // only the newest records were looked at, as many as the budget allows
};
// Of the records that the caller sees and the fields that he reads, the largest groups first.
ChoiceGroups choice_groups(const TidyAsk& ask, const TidyBudget& budget);

// Spellings that are one: positions in `values`, which come with their counts, the most frequent
// first. `readings`: also what is only read alike. Pure.
std::vector<std::vector<std::size_t>> same_spellings(
    const std::vector<std::pair<std::string, std::int64_t>>& values, bool readings);

// The records with one of the spellings {"field","values":[...],"value"}, with the value as their
// proposal. Throws AppError(invalid).
std::unique_ptr<TidyWalk> walk_fold(const TidyAsk& ask, const Json& body);

}  // namespace daifuku::records
