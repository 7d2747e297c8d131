// The one thread that writes to the embedded store and the only one that moves the log into the
// file (checkpoint): two connections doing that at once can lose pages in this version of SQLite
// (security.md section 0, item 1). Waiting works share one commit; each is undone alone when it
// fails.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sqlite_connection.h"

namespace daifuku::store {

class SqliteWriter {
 public:
  using Work = std::function<void(Transaction&)>;

  // Opens the connection on the calling thread, so that its errors reach the caller.
  SqliteWriter(const SqliteOptions& options, TenantTables& tables);
  // Finishes what is queued.
  ~SqliteWriter();
  SqliteWriter(const SqliteWriter&) = delete;
  SqliteWriter& operator=(const SqliteWriter&) = delete;

  // Returns when the work is on disk. Throws what `work` threw, SystemError when the commit failed,
  // and AppError(unavailable, "store_read_only") after an earlier failure of the disk. Any thread
  // but the writer's own.
  void write(const Work& work);

  // Housekeeping on the writer's thread, between batches; returns when done.
  void maintain();

  // Grows with every commit, before any of its works is acknowledged.
  std::uint64_t commits() const { return commits_.load(std::memory_order_acquire); }

 private:
  struct Job {
    const Work* work = nullptr;  // null: housekeeping
    std::exception_ptr error = {};
    std::vector<std::function<void()>> commit_actions = {};
    bool done = false;
    std::mutex mutex = {};
    std::condition_variable finished = {};
  };

  void submit(Job& job);
  static void finish(Job& job);
  void run();
  Job* next(bool wait);
  void run_batch(Job* first);
  bool run_in_transaction(Job& job);
  void run_one_by_one(const std::vector<Job*>& batch);
  static void run_commit_actions(Job& job);
  bool commit(const std::vector<Job*>& batch);
  static void fail_all(const std::vector<Job*>& batch, const std::exception_ptr& error);
  void note_failure(const SqliteError& error);
  void roll_back();
  void checkpoint_if_due();
  void checkpoint_when_idle();
  bool checkpoint(int mode);
  void housekeeping(Job& job);
  void merge_search_tables();

  SqliteConnection connection_;
  const bool loading_;
  std::atomic<std::uint64_t> commits_{0};
  std::atomic<bool> read_only_{false};
  int log_pages_ = 0;      // set by the log hook at each commit
  int checkpoint_at_ = 0;  // pages at which the next checkpoint is due
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job*> queue_;
  std::atomic<int> waiting_{0};  // works in the queue
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace daifuku::store
