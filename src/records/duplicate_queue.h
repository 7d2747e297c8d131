// The standing queue of likely duplicates (名寄せ): a scan of the whole ledger finds pairs of
// records, changes are checked one by one from then on, people decide on pairs, and what was
// decided stays decided.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "records/duplicate_finder.h"
#include "records/duplicate_watch.h"
#include "records/engine.h"

namespace daifuku::records {

struct RecordPair {
  Id a = 0;  // the lower one, in the store
  Id b = 0;
};

// Of the score as it is kept: hundredths of a bit.
constexpr double kScoreScale = 100;
// log2 of the odds of 0.3: pairs that are less likely are not worth a person's look.
constexpr double kLeastScore = -1.2223924213364480;

// Into the queue. A decision stays; `found_by` is the scan or check, by which old ones are told.
void put_pair(store::Transaction& tx, std::uint32_t object, const RecordPair& pair,
              std::int64_t score, std::string_view levels, Id found_by, Millis now);

// A record that a draft may be already.
struct LikelyRecord {
  Id id = 0;
  std::string title = {};
  std::string subtitle = {};
  int percent = 0;                        // how likely, 1 to 99
  std::vector<MatchReason> reasons = {};  // those that agree first
};

// A record whose name begins as a draft's does: a hint for who types, and no claim.
struct BeginsAlike {
  Id id = 0;
  std::string title = {};
  std::string subtitle = {};
};

// Thread-safe. One scan at a time, on a thread of its own.
class DuplicateQueue {
 public:
  enum class Decision { open, different, later };
  using RecordPair = records::RecordPair;
  struct ScanState {
    enum class Status { never, running, done, failed, cancelled } status = Status::never;
    std::int64_t records = 0;  // looked at so far
    double share = 0;          // of the work that is done
    std::int64_t pairs = 0;    // found
    Millis started_at = 0;
    Millis finished_at = 0;
    Id by = 0;
  };

  explicit DuplicateQueue(Engine& engine)
      : engine_(engine), models_(engine), watch_(engine, models_) {}
  ~DuplicateQueue() { stop(); }
  DuplicateQueue(const DuplicateQueue&) = delete;
  DuplicateQueue& operator=(const DuplicateQueue&) = delete;

  // Begins a scan of the object, unless one is under way. Throws AppError(forbidden) for those who
  // do not administer, AppError(invalid, duplicates_not_compared) for an object without names.
  void scan(const Caller& caller, const meta::ObjectDef& object);
  // Breaks the scan under way off: what was in the queue stays as it was. As scan() who may.
  void cancel(const Caller& caller);
  // Waits for the scan under way.
  void wait();
  // Checks changes one by one from now on. A server calls start() on it.
  DuplicateWatch& watch() { return watch_; }
  // Breaks a scan off, and the check of changes; neither begins afterwards.
  void stop();

  // Pairs whose two records the caller may see, the likeliest first, each record as get_json writes
  // it, with reasons of fields that the caller may read; and how the last scan went. `after` is the
  // cursor of the page before.
  void list_json(const Caller& caller, const meta::ObjectDef& object, Decision decision, int limit,
                 std::string_view after, std::string& out);
  void scan_json(const Caller& caller, const meta::ObjectDef& object, std::string& out);
  // Throws AppError(not_found) when a pair is not in the queue or the caller may not change both of
  // its records; then none is decided. `along` changes records in the same transaction (a branch
  // gets its parent). Gives the change, which Engine::undo takes back together with `undo`.
  Id decide(const Caller& caller, const meta::ObjectDef& object,
            const std::vector<RecordPair>& pairs, Decision decision,
            const std::function<void(Write&)>& along = {});
  // As decide, of any number and in slices; pairs that are gone are passed over. `along` runs with
  // each slice and how many of it were decided. Gives how many in all.
  std::int64_t decide_all(const Caller& caller, const meta::ObjectDef& object, Id batch,
                          std::span<const RecordPair> pairs, Decision decision,
                          const std::function<void(Write&, std::int64_t)>& along);
  // Takes the decisions of a change back, and adds to its result; they are then the decisions of
  // the change `result.batch`, which is taken back in the same way. Pairs that the caller may not
  // change any more stay and are told. Throws AppError(forbidden, undo_not_yours).
  void undo(const Caller& caller, Id batch, UndoResult& result);

  // Records that the caller may see and that one with these values may be already, the likeliest
  // first: judged by what the last scan of all records learned, and only from fields that he may
  // read. Never one with another corporate number (duplicate_draft.cpp).
  std::vector<LikelyRecord> likely(const Caller& caller, const meta::ObjectDef& object,
                                   const meta::Values& values, Id except, int limit);
  // Records that the caller may see whose company name begins with what is typed so far, from three
  // letters on or two kanji; the shortest names first. Of many only some are looked at.
  std::vector<BeginsAlike> begins_alike(const Caller& caller, const meta::ObjectDef& object,
                                        const meta::Values& values, Id except, int limit);

  // The codes of the API: open, different, later.
  static std::optional<Decision> decision_of(std::string_view code);
  static std::string_view code_of(Decision decision);
  static std::string_view name_of(ScanState::Status status);

 private:
  struct Found {
    RecordPair pair = {};
    std::int64_t score = 0;
    matching::Levels levels = {};
  };
  class Changes;
  // false at the end.
  bool undo_slice(const Caller& caller, const meta::ObjectDef& object, Id batch, RecordPair& after,
                  UndoResult& result);
  // --- duplicate_scan.cpp ---
  void run(std::uint32_t object, Id by);
  std::vector<Found> find(const ObjectPlan& plan);
  void read_table(const ObjectPlan& plan, const std::vector<ComparedField>& compared,
                  matching::Table& table, std::vector<Id>& ids);
  void keep(const ObjectPlan& plan, const std::vector<Found>& found, Id scan);
  void advance(std::uint32_t object, double share);
  bool stopped() const { return stopping_ || cancelled_; }
  ScanState state_of(std::uint32_t object);

  Engine& engine_;
  DuplicateModels models_;
  DuplicateWatch watch_;
  std::mutex mutex_;
  std::thread thread_;
  std::map<std::uint32_t, ScanState> running_;  // this program's, newer than the store's
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> cancelled_ = false;  // of the scan under way
};

}  // namespace daifuku::records
