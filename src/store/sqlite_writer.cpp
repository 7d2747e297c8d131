#include "store/sqlite_writer.h"

#include <chrono>

#include "base/log.h"

namespace daifuku::store {

namespace {

using SteadyClock = std::chrono::steady_clock;

// Works that arrive while a batch runs join it, but nobody waits longer than this for others. A
// commit writes every page that was touched, and works touch many pages in common: the more of them
// in a batch, the less each costs.
constexpr auto kBatchTime = std::chrono::milliseconds(40);
constexpr std::size_t kBatchWorks = 256;
// A checkpoint costs two syncs whatever its size, and pages that change again are written once
// only: so not too often. The log is read through an index, so not too rarely either.
constexpr int kCheckpointPages = 4'000;
// Far above: readers kept the log from starting anew, so take the time to wait for them.
constexpr int kHugeLogPages = 64'000;
constexpr auto kIdleTime = std::chrono::seconds(2);
constexpr int kMergePages = 64;
constexpr auto kMergeTime =
    std::chrono::milliseconds(200);  // Writes wait so long for one maintain() at most.

}  // namespace

SqliteWriter::SqliteWriter(const SqliteOptions& options, TenantTables& tables)
    : connection_(options, SqliteRole::writer, tables),
      loading_(options.loading),
      checkpoint_at_(kCheckpointPages) {
  sqlite3_wal_hook(
      connection_.handle(),
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteWriter*>(self)->log_pages_ = pages;
        return SQLITE_OK;
      },
      this);
  connection_.count_waiting(waiting_);
  thread_ = std::thread([this] { run(); });
}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
  if (!loading_) return;
  try {
    connection_.execute("PRAGMA synchronous = FULL");
    checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
    // What earlier checkpoints copied without a sync.
    sqlite3_file* file = nullptr;
    sqlite3_file_control(connection_.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    const int code = file == nullptr || file->pMethods == nullptr
                         ? SQLITE_ERROR
                         : file->pMethods->xSync(file, SQLITE_SYNC_FULL);
    if (code != SQLITE_OK) throw_sqlite(connection_.handle(), code, "sync");
  } catch (const SqliteError& error) {
    log::error("checkpoint_failed", {{"cause", error.what()}});
  }
}

void SqliteWriter::write(const Work& work) {
  Job job;
  job.work = &work;
  submit(job);
}

void SqliteWriter::maintain() {
  Job job;
  submit(job);
}

void SqliteWriter::submit(Job& job) {
  // A write inside a write would wait for itself.
  DAIFUKU_CHECK(std::this_thread::get_id() != thread_.get_id());
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(&job);
    ++waiting_;
  }
  arrived_.notify_one();
  std::unique_lock lock(job.mutex);
  job.finished.wait(lock, [&] { return job.done; });
  if (job.error) std::rethrow_exception(job.error);
}

void SqliteWriter::finish(Job& job) {
  // Notified under the lock: the job lives on the stack of the thread that wakes up.
  const std::lock_guard lock(job.mutex);
  job.done = true;
  job.finished.notify_one();
}

void SqliteWriter::run() {
  while (Job* job = next(true)) run_batch(job);
}

// The next queued job. Null when nothing is queued, with `wait` only when the store closes.
SqliteWriter::Job* SqliteWriter::next(bool wait) {
  std::unique_lock lock(mutex_);
  while (wait && queue_.empty() && !stopping_) {
    if (arrived_.wait_for(lock, kIdleTime) == std::cv_status::timeout && queue_.empty()) {
      lock.unlock();
      checkpoint_when_idle();
      lock.lock();
    }
  }
  if (queue_.empty()) return nullptr;
  Job* job = queue_.front();
  queue_.pop_front();
  --waiting_;
  return job;
}

void SqliteWriter::run_batch(Job* first) {
  if (first->work == nullptr) {
    housekeeping(*first);
    finish(*first);
    return;
  }
  const auto end = SteadyClock::now() + kBatchTime;
  std::vector<Job*> batch{first};
  Job* left_over = nullptr;
  bool whole = run_in_transaction(*first);
  // Who is done waits for the commit: a long work that joins now comes to an end soon.
  ++waiting_;
  while (whole && connection_.in_transaction() && batch.size() < kBatchWorks &&
         SteadyClock::now() < end) {
    Job* job = next(false);
    if (job == nullptr) break;
    if (job->work == nullptr) {
      left_over = job;
      break;
    }
    batch.push_back(job);
    whole = run_in_transaction(*job);
  }
  if (!whole || !commit(batch)) run_one_by_one(batch);
  --waiting_;
  for (Job* job : batch) {
    if (!job->error) run_commit_actions(*job);
    finish(*job);
  }
  checkpoint_if_due();
  if (left_over != nullptr) {
    housekeeping(*left_over);
    finish(*left_over);
  }
}

void SqliteWriter::run_commit_actions(Job& job) {
  for (const auto& action : job.commit_actions) {
    try {
      action();
    } catch (const std::exception& error) {
      log::error("on_commit_failed", {{"cause", error.what()}});
    }
  }
}

// Begins the transaction when there is none. A work that fails before it changed anything - and
// nearly all that fail do - only has its error. Otherwise the transaction is rolled back, with the
// works before it, and the answer is false. Savepoints would keep those, but each makes the search
// tables write out what they gathered, which costs every work as much as its own rows.
bool SqliteWriter::run_in_transaction(Job& job) {
  if (read_only_) {
    job.error = std::make_exception_ptr(AppError(Status::unavailable, "store_read_only"));
    return true;
  }
  std::int64_t before = 0;
  try {
    if (!connection_.in_transaction())
      connection_.execute_cached(SqliteConnection::Control::begin_write);
    before = sqlite3_total_changes64(connection_.handle());
    (*job.work)(connection_);
    connection_.end_of_work();
    job.commit_actions = connection_.take_commit_actions();
    if (!connection_.in_transaction()) throw SystemError("the transaction ended inside a work");
    return true;
  } catch (const SqliteError& error) {
    job.error = std::current_exception();
    note_failure(error);
  } catch (...) {
    job.error = std::current_exception();
  }
  connection_.end_of_work();
  connection_.take_commit_actions();
  if (connection_.in_transaction() && sqlite3_total_changes64(connection_.handle()) == before) {
    return true;
  }
  roll_back();
  return false;
}

// After a rollback: those that have no error of their own, each in a transaction of its own, so
// that none fails for another.
void SqliteWriter::run_one_by_one(const std::vector<Job*>& batch) {
  for (Job* job : batch) {
    if (job->error) continue;
    job->commit_actions.clear();
    if (run_in_transaction(*job) && !job->error) {
      if (!commit({job})) continue;
    } else {
      roll_back();
    }
  }
}

// True when the batch is on disk.
bool SqliteWriter::commit(const std::vector<Job*>& batch) {
  if (!connection_.in_transaction()) return false;  // All have their error.
  if (read_only_) {
    roll_back();
    fail_all(batch, std::make_exception_ptr(AppError(Status::unavailable, "store_read_only")));
    return false;
  }
  try {
    connection_.execute_cached(SqliteConnection::Control::commit);
    commits_.fetch_add(1, std::memory_order_release);
    return true;
  } catch (const SqliteError& error) {
    note_failure(error);
    log::error("commit_failed", {{"cause", error.what()}});
    roll_back();
    fail_all(batch,
             std::make_exception_ptr(SystemError(std::string("commit failed: ") + error.what())));
    return false;
  }
}

void SqliteWriter::fail_all(const std::vector<Job*>& batch, const std::exception_ptr& error) {
  for (Job* job : batch) {
    if (!job->error) job->error = error;
    job->commit_actions.clear();
  }
}

// After a failed sync nobody knows what is on the disk, and asking again may get a false yes (the
// kernel forgets the pages it could not write): so nothing more is acknowledged until a restart has
// read the file anew. A full disk is no such failure.
void SqliteWriter::note_failure(const SqliteError& error) {
  const int code = error.primary_code();
  if (code != SQLITE_IOERR && code != SQLITE_CORRUPT && code != SQLITE_NOTADB) return;
  if (read_only_.exchange(true)) return;
  log::error("store_read_only", {{"cause", error.what()}});
  sqlite3_db_config(connection_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void SqliteWriter::roll_back() {
  connection_.end_of_work();
  connection_.take_commit_actions();
  if (!connection_.in_transaction()) return;
  try {
    connection_.execute("ROLLBACK");
  } catch (const SqliteError& error) {
    note_failure(error);
    log::error("rollback_failed", {{"cause", error.what()}});
  }
}

void SqliteWriter::checkpoint_if_due() {
  if (log_pages_ < checkpoint_at_) return;
  if (log_pages_ >= kHugeLogPages) {
    checkpoint(SQLITE_CHECKPOINT_RESTART);
  } else {
    checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  }
  // When readers kept it from finishing, the log goes on growing: the next try is that much later.
  checkpoint_at_ = log_pages_ + kCheckpointPages;
}

void SqliteWriter::checkpoint_when_idle() {
  if (log_pages_ == 0) return;
  sqlite3_busy_timeout(connection_.handle(), 0);
  checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  sqlite3_busy_timeout(connection_.handle(), 2'000);
}

// True when the whole log is in the file.
bool SqliteWriter::checkpoint(int mode) {
  if (read_only_) return false;
  int pages = 0;
  int moved = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, &pages, &moved);
  if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) {
    const bool whole = code == SQLITE_OK && moved == pages;
    if (whole) {
      log_pages_ = 0;
      checkpoint_at_ = kCheckpointPages;
    }
    return whole;
  }
  try {
    throw_sqlite(connection_.handle(), code, "checkpoint");
  } catch (const SqliteError& error) {
    log::error("checkpoint_failed", {{"cause", error.what()}});
    note_failure(error);
  }
  return false;
}

void SqliteWriter::housekeeping(Job& job) {
  if (read_only_) {
    job.error = std::make_exception_ptr(AppError(Status::unavailable, "store_read_only"));
    return;
  }
  try {
    merge_search_tables();
    connection_.execute("PRAGMA analysis_limit = 1000");
    connection_.execute("PRAGMA optimize");
    commits_.fetch_add(1, std::memory_order_release);
    checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  } catch (const SqliteError& error) {
    job.error = std::current_exception();
    note_failure(error);
    roll_back();
  }
}

// Many small transactions leave many segments in a search table; each is read by every query.
void SqliteWriter::merge_search_tables() {
  std::vector<std::string> names;
  Query tables = connection_.query(
      "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'");
  while (tables.step()) names.emplace_back(tables.text(0));
  connection_.end_of_work();
  const auto end = SteadyClock::now() + kMergeTime;
  for (const std::string& name : names) {
    // A negative number first: start a merge of all segments; then go on in steps until one changes
    // nothing.
    const std::string merge =
        "INSERT INTO \"" + name + "\"(\"" + name + "\", rank) VALUES('merge', ";
    std::string step = merge + "-" + std::to_string(kMergePages) + ")";
    while (SteadyClock::now() < end) {
      const std::int64_t before = sqlite3_total_changes64(connection_.handle());
      connection_.execute(step.c_str());
      if (sqlite3_total_changes64(connection_.handle()) - before < 2) break;
      step = merge + std::to_string(kMergePages) + ")";
    }
  }
}

}  // namespace daifuku::store
