// One page of a list as SQL: scope, filter, words, sort and cursor.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/engine.h"
#include "records/filter.h"
#include "records/word_search.h"

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
  // alias t and what is joined.
  void run(store::Connection& connection, const std::string& select, std::int64_t most,
           const std::function<void(store::Statement&)>& row);
  // Further tables behind "FROM table t", which give each row exactly once.
  void join(std::string sql, std::vector<Id> binds) {
    joins_ = std::move(sql);
    join_binds_ = std::move(binds);
  }
  struct Count {
    std::int64_t count = 0;
    bool exact = true;
  };
  // Up to `most`; 0: all. With words, whose rows have to be read one by one, less than `most`.
  Count count(store::Connection& connection, std::int64_t most);
  // Cursor behind a row whose sort values follow `select` as the last columns.
  std::string sort_columns() const;  // ", t.x, t.y" to append to select
  std::string cursor(store::Statement& row, int first_sort_column) const;

 private:
  // How the words narrow the rows in SQL; in any case the text decides.
  enum class Narrow { no, by_ids, by_walk, by_condition };
  // How a list gets to its rows. All empty: the store decides.
  struct Path {
    std::string index = {};
    // Set: the index has the rows with a value of this field, newest first; the other equalities
    // are looked up in indexes of the same kind, so that no row is read that is not shown.
    const meta::FieldDef* probed_from = nullptr;
  };
  std::string from(std::string_view index) const;
  std::string where(int phase, bool with_cursor, Narrow narrow, const Path& path,
                    std::vector<meta::Value>& binds) const;
  std::string probes(const Path& path, std::vector<meta::Value>& binds) const;
  // The one that makes the fewest steps to `most` rows.
  Path path(store::Dialect dialect, std::int64_t most);
  void walk(store::Connection& connection, const std::string& select, std::int64_t most,
            Narrow narrow, const std::function<bool(store::Statement&)>& row);
  std::vector<Id> matching(store::Connection& connection, std::int64_t most);
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
  std::string joins_;
  std::vector<Id> join_binds_;
  std::optional<WordSearch> words_;
  std::string word_ids_;             // candidates of the words, as "1,2,3"
  int start_phase_ = 0;              // 0: first sort value present, 1: empty
  std::vector<meta::Value> cursor_;  // sort values and id; empty when there is none
};

}  // namespace daifuku::records
