// The PostgreSQL store: a pool of connections, and transactions repeated as distributed.md rule 32
// says.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "base/log.h"
#include "store/postgres_connection.h"

namespace daifuku::store {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr const char* kBeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* kBeginWrite = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
constexpr int kRepeats = 5;
constexpr int kFirstPauseMs = 10;
constexpr int kLongestPauseMs = 500;

// Growing pauses with chance in them, so that clients that failed together do not come back
// together.
void pause(int attempt) {
  thread_local std::minstd_rand random(std::random_device{}());
  const int limit = std::min(kLongestPauseMs, kFirstPauseMs << std::min(attempt, 10));
  std::uniform_int_distribution<int> milliseconds(limit / 2, limit);
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds(random)));
}

class PostgresPool {
 public:
  PostgresPool(const PostgresOptions& options, TenantTables& tables)
      : options_(options), tables_(tables) {
    DAIFUKU_CHECK(options.connections > 0);
  }

  // `nested`: the thread holds a connection already, so waiting for another could last forever.
  std::unique_ptr<PostgresConnection> take(bool nested) {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return nested || !idle_.empty() || lent_ < options_.connections; });
    ++lent_;
    if (!idle_.empty()) {
      std::unique_ptr<PostgresConnection> connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    lock.unlock();
    try {
      return std::make_unique<PostgresConnection>(options_, tables_);
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }

  void give_back(std::unique_ptr<PostgresConnection> connection) {
    {
      const std::lock_guard lock(mutex_);
      --lent_;
      if (connection != nullptr && connection->usable()) idle_.push_back(std::move(connection));
    }
    returned_.notify_one();
  }

  // After a lost connection: the others have most likely gone the same way.
  void drop_idle() {
    std::vector<std::unique_ptr<PostgresConnection>> dropped;
    const std::lock_guard lock(mutex_);
    dropped.swap(idle_);
  }

 private:
  PostgresOptions options_;
  TenantTables& tables_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;  // the one given back last at the end
  int lent_ = 0;
};

class Lease {
 public:
  Lease(PostgresPool& pool, bool nested) : pool_(pool), connection_(pool.take(nested)) {}
  ~Lease() { pool_.give_back(std::move(connection_)); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  PostgresConnection& operator*() { return *connection_; }
  PostgresConnection* operator->() { return connection_.get(); }
  // Closes it now; nothing goes back to the pool.
  void drop() { connection_.reset(); }

 private:
  PostgresPool& pool_;
  std::unique_ptr<PostgresConnection> connection_;
};

// What this thread does with which database.
struct ThreadState {
  const void* database = nullptr;
  PostgresConnection* reading = nullptr;
  bool writing = false;
};
thread_local ThreadState thread_state;

class Entered {
 public:
  explicit Entered(const ThreadState& state) : outer_(thread_state) { thread_state = state; }
  ~Entered() { thread_state = outer_; }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;

 private:
  ThreadState outer_;
};

// A table, a column or an index that was not there when it was looked for.
bool made_meanwhile(std::string_view sqlstate) {
  return sqlstate == "42P07" || sqlstate == "42701" || sqlstate == "42710";
}

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const PostgresOptions& options)
      : patience_(std::chrono::milliseconds(options.patience_ms)), pool_(options, tables_) {
    // A wrong setting should show at the start, not at the first request.
    repeat([&] { Lease(pool_, false); });
  }

  Dialect dialect() const override { return Dialect::postgres; }

  void read(const std::function<void(Connection&)>& work) override {
    if (thread_state.database == this && thread_state.reading != nullptr) {
      work(*thread_state.reading);
      return;
    }
    repeat([&] { read_once(work); });
  }

  void write(const std::function<void(Transaction&)>& work) override {
    // Two transactions of one thread could wait for each other; the embedded store cannot do it
    // either.
    DAIFUKU_CHECK(!(thread_state.database == this && thread_state.writing));
    repeat([&] { write_once(work); });
  }

  // Servers that start together may all create the same table: nothing can be locked before the
  // first one is there. Who comes second finds it made when he looks again.
  void migrate(const std::function<void(Transaction&)>& work) override {
    for (int attempt = 0;; ++attempt) {
      try {
        write(work);
        return;
      } catch (const UniqueError&) {
        // Two CREATE TABLE at the same moment collide in the system catalog.
        if (attempt >= kRepeats) throw;
      } catch (const PgError& error) {
        if (attempt >= kRepeats || !made_meanwhile(error.sqlstate())) throw;
      }
      pause(attempt);
    }
  }

  // The server does its own housekeeping.
  void maintain() override {}

 private:
  // A failure that must not be repeated although its kind allows it.
  struct Final {
    std::exception_ptr error;
  };

  template <typename Attempt>
  void repeat(const Attempt& attempt_once) {
    const auto deadline = SteadyClock::now() + patience_;
    bool prepared_again = false;
    for (int attempt = 0;; ++attempt) {
      try {
        attempt_once();
        return;
      } catch (const Final& last) {
        std::rethrow_exception(last.error);
      } catch (const PgError& error) {
        switch (error.action()) {
          case PgAction::repeat:
            if (attempt >= kRepeats) throw;
            break;
          case PgAction::reconnect:
            pool_.drop_idle();
            log::warn("store_reconnect", {{"sqlstate", error.sqlstate()}});
            if (SteadyClock::now() >= deadline)
              throw AppError(Status::unavailable, "store_unreachable");
            break;
          case PgAction::prepare_again:
            if (std::exchange(prepared_again, true)) throw;
            continue;
          case PgAction::busy:
            log::warn("store_busy", {{"sqlstate", error.sqlstate()}});
            throw AppError(Status::unavailable, "unavailable");
          case PgAction::fail:
            throw;
        }
      }
      pause(attempt);
    }
  }

  void read_once(const std::function<void(Connection&)>& work) {
    Lease lease(pool_, thread_state.database == this);
    const Entered entered({this, &*lease, thread_state.database == this && thread_state.writing});
    lease->begin(kBeginRead);
    try {
      work(*lease);
      lease->end_read();
    } catch (const PgError& error) {
      const bool answered = lease->answered();
      recover(lease, error);
      // What was read may have been used already, so only a work that has seen nothing runs again.
      // A write in a read is a bug and no sign of a switchover.
      if (answered || error.sqlstate() == "25006") throw Final{std::current_exception()};
      throw;
    } catch (...) {
      lease->roll_back();
      throw;
    }
  }

  void write_once(const std::function<void(Transaction&)>& work) {
    Lease lease(pool_, thread_state.database == this);
    const Entered entered({this, nullptr, true});
    lease->begin(kBeginWrite);
    try {
      work(*lease);
    } catch (const PgError& error) {
      recover(lease, error);
      throw;
    } catch (...) {
      lease->roll_back();
      throw;
    }
    const std::vector<std::function<void()>> actions = lease->take_commit_actions();
    commit(lease);
    for (const auto& action : actions) {
      try {
        action();
      } catch (const std::exception& error) {
        log::error("on_commit_failed", {{"cause", error.what()}});
      }
    }
  }

  void commit(Lease& lease) {
    try {
      lease->commit();
    } catch (const PgError& error) {
      const bool unknown = error.action() == PgAction::reconnect;
      recover(lease, error);
      if (!unknown) throw;
      pool_.drop_idle();
      throw SystemError(
          std::string("the connection was lost during COMMIT, its outcome is unknown: ") +
          error.what());
    } catch (...) {
      lease->roll_back();
      throw;
    }
  }

  static void recover(Lease& lease, const PgError& error) {
    lease->roll_back();
    if (error.action() == PgAction::prepare_again) lease->forget_statements();
    if (error.action() == PgAction::reconnect) lease.drop();
  }

  TenantTables tables_;
  std::chrono::milliseconds patience_;
  PostgresPool pool_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const PostgresOptions& options) {
  return std::make_unique<PostgresDatabase>(options);
}

}  // namespace daifuku::store
