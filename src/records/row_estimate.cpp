#include "records/row_estimate.h"

#include "base/log.h"

namespace daifuku::records {

RowEstimate::~RowEstimate() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

std::int64_t RowEstimate::known(std::string key, std::int64_t guess, Count count) {
  const Millis now = clock_.now();
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown && wanted_.empty()) known_.clear();
  const auto found = known_.try_emplace(key, Known{.count = guess}).first;
  if (found->second.until <= now) {
    found->second.until = kCounting;
    wanted_.push_back({std::move(key), std::move(count)});
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
    wake_.notify_one();
  }
  return found->second.count;
}

void RowEstimate::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !wanted_.empty(); });
    if (stopping_) return;
    const Wanted next = wanted_.front();
    lock.unlock();
    std::int64_t counted = -1;
    try {
      database_.read([&](store::Connection& connection) { counted = next.count(connection); });
    } catch (const std::exception& error) {
      // A field may have gone meanwhile. What was known before goes on.
      log::warn("row_estimate_failed", {{"reason", error.what()}});
    }
    lock.lock();
    Known& known = known_[next.key];
    if (counted >= 0) known.count = counted;
    known.until = clock_.now() + (known.count >= kMany ? kManyKept : kKept);
    wanted_.pop_front();
    if (wanted_.empty()) settled_.notify_all();
  }
}

void RowEstimate::settle() {
  std::unique_lock lock(mutex_);
  settled_.wait(lock, [&] { return wanted_.empty(); });
}

std::int64_t RowEstimate::rows(const std::string& table) {
  return known(table, kGuessedRows, [table](store::Connection& connection) {
    // By the narrowest index: the table itself has a page for every few rows.
    auto row = connection.query("SELECT count(*) FROM " + table + " t INDEXED BY " + table +
                                "_by_owner WHERE {t} AND t.deleted_at IS NULL");
    return row.step() ? row.integer(0) : 0;
  });
}

std::int64_t RowEstimate::with_value(const std::string& table, const std::string& column,
                                     const meta::Value& value) {
  std::string key = table + "|" + column + "|";
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    key += std::to_string(*number);
  } else {
    key += meta::text_of(value);
  }
  return known(std::move(key), kGuessedValues, [table, column, value](store::Connection& c) {
    auto row =
        c.query("SELECT count(*) FROM (SELECT 1 FROM " + table +
                " t WHERE {t} AND t.deleted_at IS NULL AND t.\"" + column + "\" = ? LIMIT ?) c");
    row.bind(value, kMostValues);
    return row.step() ? row.integer(0) : 0;
  });
}

}  // namespace daifuku::records
