// 整備度 of the ledger: how many records have reached which level, what they lack, which are one
// item short, and how it went over time. The numbers are kept by the writes (write_quality.cpp);
// every answer is worked out for what its caller may see (docs/decisions/0026).
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "records/engine.h"

namespace daifuku::records {

inline constexpr Filled kNoMaturity = -1;

// Keeps how it stood at the end of the day before the first change of `today`.
void close_maturity_day(Engine& engine, store::Transaction& tx, const meta::ObjectDef& object,
                        const std::string& today);

// Thread-safe.
class Maturity {
 public:
  explicit Maturity(Engine& engine) : engine_(engine) {}
  ~Maturity() { stop(); }
  Maturity(const Maturity&) = delete;
  Maturity& operator=(const Maturity&) = delete;

  // Counts the records of a ledger that an earlier program made, or whose items are others now, in
  // slices that let others write in between; on a thread of its own. What is being counted is said
  // in the answers.
  void start();
  void stop();
  // The same on this thread.
  void count_all();

  // GET /maturity: records, levels, items with how many lack them, the cheapest next item, trend.
  // Throws AppError(not_found) for objects that are not counted.
  void ledger_json(const Caller& caller, const meta::ObjectDef& object, std::string& out);
  // GET /{objects}/{id}/maturity.
  void record_json(const Caller& caller, const meta::ObjectDef& object, Id id, std::string& out);
  // GET /maturity/records: those one item short of `level` (1 to 3), or of any level (0), because
  // of the item `lacks` or any (""). At most `limit`, the newest first within what is looked at.
  void short_json(const Caller& caller, const meta::ObjectDef& object, int level,
                  std::string_view lacks, int limit, std::string& out);

 private:
  struct Counts;
  Counts count(const Caller& caller, const meta::ObjectDef& object);

  Engine& engine_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace daifuku::records
