// How many rows have a value: counted in the background and remembered for some minutes, so that
// lists choose the index that is walked least. Only speed hangs on it, never an answer.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "base/time.h"
#include "meta/value.h"
#include "store/database.h"

namespace daifuku::records {

// Thread-safe; nobody waits for a count. Its thread begins with the first question and ends with
// the object, which must go before the database.
class RowEstimate {
 public:
  RowEstimate(store::Database& database, const Clock& clock) : database_(database), clock_(clock) {}
  ~RowEstimate();
  RowEstimate(const RowEstimate&) = delete;
  RowEstimate& operator=(const RowEstimate&) = delete;

  // Rows of `table` that are not in the trash. Until they are counted the first time: a guess.
  std::int64_t rows(const std::string& table);
  // Those with `value` in `column`, which has an index; at most kMostValues.
  std::int64_t with_value(const std::string& table, const std::string& column,
                          const meta::Value& value);
  // Returns when everything asked for so far is counted.
  void settle();

 private:
  static constexpr std::int64_t kGuessedRows = 200'000;
  static constexpr std::int64_t kGuessedValues = 10'000;
  static constexpr std::int64_t kMostValues = 200'000;
  static constexpr Millis kKept = 5 * 60'000;
  // Many rows take long to count and change little.
  static constexpr std::int64_t kMany = 100'000;
  static constexpr Millis kManyKept = 60 * 60'000;
  static constexpr std::size_t kMostKnown = 10'000;
  using Count = std::function<std::int64_t(store::Connection&)>;
  struct Known {
    std::int64_t count = 0;
    Millis until = 0;  // kCounting: its count is under way
  };
  static constexpr Millis kCounting = INT64_MAX;
  struct Wanted {
    std::string key;
    Count count;
  };
  std::int64_t known(std::string key, std::int64_t guess, Count count);
  void work();

  store::Database& database_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable settled_;
  std::unordered_map<std::string, Known> known_;
  std::deque<Wanted> wanted_;  // the first is being counted
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace daifuku::records
