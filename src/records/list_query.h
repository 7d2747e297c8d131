// One page of a list as SQL: scope, filter, words, sort and cursor.
#pragma once

#include <string>
#include <vector>

#include "records/engine.h"
#include "records/filter.h"

namespace daifuku::records {

struct SortKey {
  const meta::FieldDef* field = nullptr;
  bool descending = false;
};

// Empty values of the first sort field come last in both directions, as in a spreadsheet. They are
// a phase of their own, so that both phases walk an index.
class ListPlan {
 public:
  // `filter`: the query's, when the page before compiled it already.
  ListPlan(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
           const ListQuery& query, const Condition* filter = nullptr);

  // Rows in order, from the cursor or the offset on, at most `most`. `select` is a column list on
  // alias t. `row` gets the statement and returns false to stop.
  void run(store::Connection& connection, const std::string& select, std::int64_t most,
           const std::function<void(store::Statement&)>& row);
  std::int64_t count(store::Connection& connection,
                     std::int64_t most);  // counts up to `most`; 0: all
  // Cursor behind a row whose sort values follow `select` as the last columns.
  std::string sort_columns() const;  // ", t.x, t.y" to append to select
  std::string cursor(store::Statement& row, int first_sort_column) const;

 private:
  std::string from_where(int phase, bool with_cursor, std::vector<meta::Value>& binds) const;
  bool nullable() const;
  void read_cursor(std::string_view after);
  Engine& engine_;
  const Caller& caller_;
  const meta::ObjectDef& object_;
  const ObjectPlan& plan_;
  const ListQuery& query_;
  std::vector<SortKey> sort_;
  Condition filter_;
  auth::Access::Condition scope_;
  bool has_ids_ = false;
  std::string ids_;                  // of the words, as "1,2,3"
  int start_phase_ = 0;              // 0: first sort value present, 1: empty
  std::vector<meta::Value> cursor_;  // sort values and id; empty when there is none
};

}  // namespace daifuku::records
