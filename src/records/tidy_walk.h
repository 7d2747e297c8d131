// How the checks of the tidy screen go through records: a check is a row of lanes, each a condition
// that an index leads to, and what is looked at in one request is bounded. Only what the caller may
// see is walked.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/engine.h"

namespace daifuku::records {

// What is wrong with a record. `field` nullptr: its owner.
struct TidyProblem {
  const meta::FieldDef* field = nullptr;
  meta::Value value = {};
  std::string text = {};                     // why, in the caller's language
  std::optional<meta::Value> proposal = {};  // where it is sure
  // The first lane that leads to it, where several may lead to the same record.
  std::size_t lane = SIZE_MAX;
};

struct TidyPosition {
  std::size_t lane = 0;
  std::int64_t key = 0;  // updated_at of lanes that are oldest first
  Id id = 0;
  bool begun = false;  // something of the lane was walked
};

struct TidyFinding {
  Record record = {};
  std::vector<TidyProblem> problems = {};
  TidyPosition at = {};
};

using TidyJudge =
    std::function<std::vector<TidyProblem>(store::Connection& connection, const Record& record)>;

struct TidyLane {
  std::string where = {};  // on alias t, with an index where there is one; empty: every record
  std::vector<meta::Value> binds = {};
  std::string exact = {};  // further, asked of each row; empty: all of them
  std::vector<meta::Value> exact_binds = {};
  bool oldest_first = false;  // by updated_at; otherwise the newest id first
  // Every row that is exact is a finding, and of no lane before this one: it can be counted.
  bool counted_by_rows = false;
};

// How much one request looks at.
struct TidyBudget {
  explicit TidyBudget(std::chrono::milliseconds time, std::int64_t most_rows = INT64_MAX)
      : until(std::chrono::steady_clock::now() + time), rows(most_rows) {}
  bool spent() const { return rows <= 0 || std::chrono::steady_clock::now() >= until; }
  std::chrono::steady_clock::time_point until;
  std::int64_t rows;
};

// Not thread-safe; lives as long as the request.
class TidyWalk {
 public:
  // `judge` gives the problems of a record that a lane leads to; none: it is no finding.
  TidyWalk(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
           std::vector<TidyLane> lanes, TidyJudge judge);

  // Adds what takes longer to find, to records that are shown or mended; not to those counted.
  void propose_by(std::function<void(TidyFinding&)> propose) { propose_ = std::move(propose); }

  // Goes on behind the record that the cursor is of. Throws AppError(invalid) for one that is none.
  void start_after(std::string_view cursor);
  // Up to `most` more; fewer at the end, or when the budget is spent.
  std::vector<TidyFinding> next(std::size_t most, TidyBudget& budget);
  bool ended() const { return at_.lane >= lanes_.size(); }
  std::string cursor() const { return cursor_of(at_); }
  static std::string cursor_of(const TidyPosition& at);
  // Those among these records, in any order.
  std::vector<TidyFinding> pick(const std::vector<Id>& ids);
  struct Count {
    std::int64_t count = 0;
    bool more = false;
  };
  // From the beginning.
  Count count(TidyBudget budget);

 private:
  std::string from_where(const TidyLane& lane) const;
  void bind(store::Query& query, const TidyLane& lane, bool with_exact) const;
  void propose(std::vector<TidyFinding>& findings) const;
  std::vector<TidyProblem> problems_in(store::Connection& connection, const Record& record,
                                       std::size_t lane) const;

  Engine& engine_;
  const ObjectPlan& plan_;
  std::vector<TidyLane> lanes_;
  TidyJudge judge_;
  std::function<void(TidyFinding&)> propose_;
  bool counting_ = false;
  auth::Access::Condition scope_;
  TidyPosition at_ = {};
};

}  // namespace daifuku::records
