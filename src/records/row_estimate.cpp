#include "records/row_estimate.h"

namespace daifuku::records {

namespace {
constexpr Millis kCounting = 10'000;
}

// One counts; meanwhile the others go on with what was known before, or with a guess.
template <typename Count>
std::int64_t RowEstimate::known(const std::string& key, const Count& count) {
  const Millis now = clock_.now();
  const bool whole_table = key.find('|') == std::string::npos;
  const std::int64_t guess = whole_table ? kMostRows : kMostValues / 10;
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.try_emplace(key, Known{.count = guess}).first;
    if (found->second.until > now) return found->second.count;
    found->second.until = now + kCounting;
  }
  const std::int64_t counted = count();
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown) known_.clear();
  known_[key] = {.count = counted, .until = now + kKept};
  return counted;
}

std::int64_t RowEstimate::rows(store::Connection& connection, const std::string& table) {
  return known(table, [&] {
    // By the narrowest index: the table itself has a page for every few rows.
    auto row = connection.query("SELECT count(*) FROM (SELECT 1 FROM " + table + " t INDEXED BY " +
                                table + "_by_owner WHERE {t} AND t.deleted_at IS NULL LIMIT ?) c");
    row.bind(kMostRows);
    return row.step() ? row.integer(0) : 0;
  });
}

std::int64_t RowEstimate::with_value(store::Connection& connection, const std::string& table,
                                     const std::string& column, const meta::Value& value) {
  std::string key = table + "|" + column + "|";
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    key += std::to_string(*number);
  } else {
    key += meta::text_of(value);
  }
  return known(key, [&] {
    auto row = connection.query("SELECT count(*) FROM (SELECT 1 FROM " + table +
                                " t WHERE {t} AND t.deleted_at IS NULL AND t.\"" + column +
                                "\" = ? LIMIT ?) c");
    row.bind(value, kMostValues);
    return row.step() ? row.integer(0) : 0;
  });
}

}  // namespace daifuku::records
