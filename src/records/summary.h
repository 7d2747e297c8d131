// How many records of a list have which value of a field, and sums over them: the heads of a
// board's columns, the totals of a view.
#pragma once

#include <string>
#include <vector>

#include "records/engine.h"

namespace daifuku::records {

struct SummaryQuery {
  Json filter = {};                    // as of a list; null: everything
  std::string words = {};              // as typed into the search box
  std::string group = {};              // key of a choice, yes/no, prefecture, city, user or link
                                       // field; empty: totals only
  std::vector<std::string> sums = {};  // keys of integer, decimal and money fields
};

// Groups beyond the largest ones are told together.
inline constexpr int kMostGroups = 200;
// Of the records that the filter lets through the newest are looked at; with words, fewer.
inline constexpr std::int64_t kMostSummed = 200'000;
inline constexpr std::int64_t kMostSummedWords = 10'000;

// Appends {"groups":[{"value","count","sums":{key:n}}],"others"?:{"groups","count","sums"},"count",
// "sums","exact"}, the largest group first. A value is written as in a record; all links that the
// caller may not see are one group {"hidden":true}. `exact` is false when the bounds above cut it.
// Everything is of what the caller may see: one statement with his scope, and fields that he may
// not read or sees masked are unknown, as in a filter. Throws AppError(forbidden) for an object
// that he may not read, AppError(invalid) with problems on `group`, `sum` and those of the filter.
void summary_json(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                  const SummaryQuery& query, std::string& out);

}  // namespace daifuku::records
