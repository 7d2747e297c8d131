// 経緯: all that happened with a customer, newest first, so far as the caller may see it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/engine.h"

namespace daifuku::records {

// What is asked of a timeline; everything that is given must hold.
struct TimelineQuery {
  std::vector<std::string> what = {};  // "order", or with its kind "activity.call"; any of these
  std::vector<Id> by = {};             // whose entries (owners of the records); any of these
  std::string from = {};               // ISO dates in Japan, both counted in; empty: open
  std::string until = {};
  std::string words = {};  // as typed into the search box: the whole record is searched
  bool facets = false;     // tells also what there is to choose from
};

// So many entries are looked at in one request; the page then ends where the walk stopped, with a
// cursor to go on from, even when it is not full.
inline constexpr int kMostWalked = 5'000;
// Of so many of the newest entries the facets are made.
inline constexpr int kMostFaceted = 2'000;

// Appends {"items":[{"at","object","id","kind","title","summary","by"}],"next", "facets"?:{"kinds":
// [{"object","kind","count"}],"people":[{"id","title","count"}]}}, the facets with the most
// frequent first and whatever the query, so that a choice can be changed. `after` is the `next` of
// the page before. Throws AppError: not_found for a customer that the caller may not see, invalid
// with problems on `after`, `from`, `until`.
void timeline_json(Engine& engine, const Caller& caller, const meta::ObjectDef& object, Id id,
                   const TimelineQuery& query, int limit, std::string_view after, std::string& out);

}  // namespace daifuku::records
