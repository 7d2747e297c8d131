// How many rows have a value: counted up to a bound and remembered for some minutes, so that lists
// choose the index that is walked least. Only speed hangs on it, never an answer.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "base/time.h"
#include "meta/value.h"
#include "store/database.h"

namespace daifuku::records {

// Thread-safe.
class RowEstimate {
 public:
  explicit RowEstimate(const Clock& clock) : clock_(clock) {}

  // Rows of `table` that are not in the trash; at most kMostRows.
  std::int64_t rows(store::Connection& connection, const std::string& table);
  // Those with `value` in `column`, which has an index; at most kMostValues.
  std::int64_t with_value(store::Connection& connection, const std::string& table,
                          const std::string& column, const meta::Value& value);

 private:
  static constexpr std::int64_t kMostRows = 200'000;
  static constexpr std::int64_t kMostValues = 20'000;
  static constexpr Millis kKept = 5 * 60'000;
  static constexpr std::size_t kMostKnown = 10'000;
  struct Known {
    std::int64_t count = 0;
    Millis until = 0;
  };
  template <typename Count>
  std::int64_t known(const std::string& key, const Count& count);

  const Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;
};

}  // namespace daifuku::records
