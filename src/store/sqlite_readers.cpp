#include "store/sqlite_readers.h"

#include <algorithm>

namespace daifuku::store {

namespace {

// What this thread reads with now (for a read inside a read) and what it read with last. Only
// compared, never followed, unless the lease is still held.
struct ThreadState {
  const SqliteReaders* pool = nullptr;
  SqliteConnection* current = nullptr;
  const SqliteConnection* last = nullptr;
};
thread_local ThreadState thread_state;

}  // namespace

class SqliteReaders::Lease {
 public:
  explicit Lease(SqliteReaders& pool)
      : pool_(pool), connection_(pool.take()), outer_(thread_state) {
    thread_state = {&pool, &connection_, &connection_};
  }
  ~Lease() {
    thread_state = {outer_.pool, outer_.current, &connection_};
    pool_.give_back(connection_);
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  SqliteConnection& connection() { return connection_; }

 private:
  SqliteReaders& pool_;
  SqliteConnection& connection_;
  ThreadState outer_;
};

SqliteReaders::SqliteReaders(const SqliteOptions& options, TenantTables& tables)
    : options_(options), tables_(tables) {
  DAIFUKU_CHECK(options.readers > 0);
}

void SqliteReaders::read(const std::function<void(Connection&)>& work) {
  if (thread_state.current != nullptr && thread_state.pool == this) {
    work(*thread_state.current);
    return;
  }
  Lease lease(*this);
  run(lease.connection(), work);
}

void SqliteReaders::run(SqliteConnection& connection,
                        const std::function<void(Connection&)>& work) {
  connection.execute_cached(SqliteConnection::Control::begin);
  try {
    work(connection);
    connection.end_of_work();
    connection.execute_cached(SqliteConnection::Control::commit);
  } catch (...) {
    connection.end_of_work();
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

SqliteConnection& SqliteReaders::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !idle_.empty() || opened_ < options_.readers; });
  if (!idle_.empty()) {
    auto chosen = std::find(idle_.begin(), idle_.end(), thread_state.last);
    if (chosen == idle_.end()) --chosen;
    SqliteConnection* connection = *chosen;
    idle_.erase(chosen);
    return *connection;
  }
  ++opened_;
  lock.unlock();
  try {
    auto connection = std::make_unique<SqliteConnection>(options_, SqliteRole::reader, tables_);
    lock.lock();
    all_.push_back(std::move(connection));
    return *all_.back();
  } catch (...) {
    if (!lock.owns_lock()) lock.lock();
    --opened_;
    returned_.notify_one();
    throw;
  }
}

void SqliteReaders::give_back(SqliteConnection& connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(&connection);
  }
  returned_.notify_one();
}

}  // namespace daifuku::store
