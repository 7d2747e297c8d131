// The prepared statements of one connection, by the original SQL text; the least recently used one
// goes first. Statements that are lent out are never dropped. Not thread-safe, like the connection
// that owns it.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace daifuku::store {

// `Driver` is the store's statement: it has `bool lent()`, `void lend()` and `void reset()`, which
// ends the lending.
template <typename Driver>
class StatementCache {
 public:
  using Make = std::function<std::unique_ptr<Driver>()>;
  explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}

  // A statement that is in use already (a query inside the loop over the same query) gets a second
  // copy, which lives until end_of_work().
  Driver& get(std::string_view sql, const Make& make) {
    const auto found = by_sql_.find(sql);
    if (found == by_sql_.end()) return insert(sql, make());
    entries_.splice(entries_.begin(), entries_, found->second);
    Driver* statement = found->second->second.get();
    if (statement->lent()) {
      extra_.push_back(make());
      statement = extra_.back().get();
    }
    return lend(*statement);
  }

  // Resets what is still lent out, so that nothing keeps a snapshot open.
  void end_of_work() {
    for (Driver* statement : lent_) {
      if (statement->lent()) statement->reset();
    }
    lent_.clear();
    extra_.clear();
  }

  void clear() {
    end_of_work();
    by_sql_.clear();
    entries_.clear();
  }

 private:
  using Entry = std::pair<std::string, std::unique_ptr<Driver>>;

  Driver& insert(std::string_view sql, std::unique_ptr<Driver> statement) {
    entries_.emplace_front(std::string(sql), std::move(statement));
    by_sql_.emplace(entries_.front().first, entries_.begin());
    shrink();
    return lend(*entries_.front().second);
  }

  void shrink() {
    if (entries_.size() <= capacity_) return;
    for (auto last = std::prev(entries_.end()); last != entries_.begin(); --last) {
      if (last->second->lent()) continue;
      std::erase(lent_, last->second.get());
      by_sql_.erase(last->first);
      entries_.erase(last);
      return;
    }
  }

  Driver& lend(Driver& statement) {
    statement.lend();
    lent_.push_back(&statement);
    return statement;
  }

  std::size_t capacity_;
  std::list<Entry> entries_;
  std::unordered_map<std::string_view, typename std::list<Entry>::iterator> by_sql_;
  std::vector<Driver*> lent_;  // since the last end_of_work()
  std::vector<std::unique_ptr<Driver>> extra_;
};

}  // namespace daifuku::store
