// The standing queue of likely duplicates (名寄せ): a scan of the whole ledger finds pairs of
// records, people decide on them, and what was decided stays decided.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "records/duplicate_fields.h"
#include "records/engine.h"

namespace daifuku::records {

// Thread-safe. One scan at a time, on a thread of its own.
class DuplicateQueue {
 public:
  enum class Decision { open, different, later };
  struct RecordPair {
    Id a = 0;
    Id b = 0;
  };
  struct ScanState {
    enum class Status { never, running, done, failed } status = Status::never;
    std::int64_t records = 0;  // looked at so far
    std::int64_t pairs = 0;    // found
    Millis started_at = 0;
    Millis finished_at = 0;
    Id by = 0;
  };

  explicit DuplicateQueue(Engine& engine) : engine_(engine) {}
  ~DuplicateQueue() { stop(); }
  DuplicateQueue(const DuplicateQueue&) = delete;
  DuplicateQueue& operator=(const DuplicateQueue&) = delete;

  // Begins a scan of the object, unless one is under way. Throws AppError(forbidden) for those who
  // do not administer, AppError(invalid, duplicates_not_compared) for an object without names.
  void scan(const Caller& caller, const meta::ObjectDef& object);
  // Waits for the scan under way.
  void wait();
  // Breaks a scan off; what was found before it stays. None begins afterwards.
  void stop();

  // Pairs whose two records the caller may see, the likeliest first, each record as get_json writes
  // it, with reasons of fields that the caller may read; and how the last scan went. `after` is the
  // cursor of the page before.
  void list_json(const Caller& caller, const meta::ObjectDef& object, Decision decision, int limit,
                 std::string_view after, std::string& out);
  void scan_json(const Caller& caller, const meta::ObjectDef& object, std::string& out);
  // Throws AppError(not_found) when a pair is not in the queue or the caller may not change both of
  // its records; then none is decided.
  void decide(const Caller& caller, const meta::ObjectDef& object,
              const std::vector<RecordPair>& pairs, Decision decision);

  // The codes of the API: open, different, later.
  static std::optional<Decision> decision_of(std::string_view code);
  static std::string_view code_of(Decision decision);

 private:
  struct Found;
  void run(std::uint32_t object, Id by);
  std::vector<Found> find(const ObjectPlan& plan);
  void keep(const ObjectPlan& plan, const std::vector<Found>& found);
  ScanState state_of(std::uint32_t object);

  Engine& engine_;
  std::mutex mutex_;
  std::thread thread_;
  std::map<std::uint32_t, ScanState> running_;  // this program's, newer than the store's
  std::atomic<bool> stopping_ = false;
};

}  // namespace daifuku::records
