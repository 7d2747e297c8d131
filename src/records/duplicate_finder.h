// Who a record with these values may be already: candidates from the match keys (and the search
// index where a name is too frequent), judged by the model of the object.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "records/duplicate_model.h"

namespace daifuku::records {

// What two records have in common in a field or not.
struct MatchReason {
  std::string code = {};  // matching::level_name: "phone_equal"; its text is "matching_" + code
  std::string field = {};
  bool agrees = false;
};

// Of one transaction's connection and one caller's sight; not thread-safe.
class DuplicateFinder {
 public:
  struct Options {
    Id except = 0;
    std::size_t hits = 20;        // records of a key that are looked at, newest first
    std::size_t loaded = 40;      // records that are compared, those with the most keys first
    bool similar_names = false;   // those too whose names are only similar, in the same city
    std::vector<bool> told = {};  // compared fields that may be used; empty: all
    std::vector<const meta::FieldDef*> hidden = {};  // parts of those that may not
    auth::Access::Condition scope = {};              // on the table under "t"
  };
  struct Found {
    Id id = 0;
    double score = 0;  // log2 of the odds
    matching::Levels levels = {};
    meta::Values values = {};  // of the compared fields
  };

  DuplicateFinder(const ObjectPlan& plan, const DuplicateModel& model, Options options);
  // All that were compared, the likeliest first.
  std::vector<Found> find(store::Connection& connection, const meta::Values& values) const;
  // With a record that is known; nullopt when it is gone or may not be seen.
  std::optional<Found> compare(store::Connection& connection, const matching::LooseRow& row,
                               Id other) const;

 private:
  std::vector<Id> candidates(store::Connection& connection, const meta::Values& values) const;
  // At most options.hits of a key, newest first.
  std::vector<Id> records_of(store::Connection& connection, std::int64_t hash) const;

  const ObjectPlan& plan_;
  const DuplicateModel& model_;
  Options options_;
  std::vector<const meta::FieldDef*> read_;  // without what may not be told
  std::string load_;
};

// "name 6,phone 3": what was compared and how alike it was, as it is kept with a pair.
std::string levels_text(const std::vector<ComparedField>& compared, const matching::Levels& levels);
// Back, for those who may be told; those that agree first.
std::vector<MatchReason> reasons_of(const Caller& caller, const meta::ObjectDef& object,
                                    const std::vector<ComparedField>& compared,
                                    std::string_view levels);
// 1 to 99: how likely a score is, never quite sure.
int percent_of(double score);

}  // namespace daifuku::records
