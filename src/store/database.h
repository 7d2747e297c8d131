// One interface, two stores: SQLCipher (embedded, encrypted, one file a company) and PostgreSQL 15
// (Citus rules).
//
// SQL is written once, in the common subset, with `?` for values and these marks for the tenant,
// which the store fills in (PostgreSQL) or takes away (embedded store, one file a company):
//   {c}          in a condition, c an alias or table:  c.tenant_id = <tenant>     e.g.  WHERE {c}
//   AND c.id = ? {tenant_id}  in column lists and keys:             tenant_id                  e.g.
//   INSERT INTO tag ({tenant_id}, id) ... {tenant}     in value lists: <tenant> e.g.  ... VALUES
//   ({tenant}, ?)
// A statement that names a tenant table without its mark is refused when it is prepared, on both
// stores.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/time.h"
#include "meta/value.h"

namespace daifuku::store {

enum class Dialect { sqlite, postgres };

class TenantTables;  // store/sql.h

// A value that must be unique is there already. The transaction it happened in must end: let it
// pass through write().
class UniqueError : public SystemError {
 public:
  using SystemError::SystemError;
};

// A prepared statement with its bound values; owned by the connection's cache. Use one at a time;
// done on destruction of the guard that hands it out.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual void bind(int index, std::int64_t value) = 0;      // index from 1
  virtual void bind(int index, std::string_view value) = 0;  // copied
  virtual void bind_null(int index) = 0;
  // true while there is a row. Values of a row live until the next step().
  virtual bool step() = 0;
  virtual bool is_null(int column) = 0;  // column from 0
  virtual std::int64_t integer(int column) = 0;
  virtual std::string_view text(int column) = 0;
  virtual void reset() = 0;
  // Rows changed by the last execution.
  virtual std::int64_t changes() = 0;
};

void bind_value(Statement& statement, int index, const meta::Value& value);
meta::Value integer_value(Statement& statement, int column);  // empty when NULL
meta::Value text_value(Statement& statement, int column);

// Resets the statement when it goes out of scope, so that no read pins the log.
class Query {
 public:
  explicit Query(Statement& statement) : statement_(statement) {}
  ~Query() { statement_.reset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  template <typename... Values>
  Query& bind(const Values&... values) {
    (bind_one(values), ...);
    return *this;
  }
  bool step() { return statement_.step(); }
  // For statements without rows. Returns the number of changed rows.
  std::int64_t run() {
    while (statement_.step()) {
    }
    return statement_.changes();
  }
  bool is_null(int column) { return statement_.is_null(column); }
  std::int64_t integer(int column) { return statement_.integer(column); }
  std::string_view text(int column) { return statement_.text(column); }
  Statement& statement() { return statement_; }

 private:
  void bind_one(std::int64_t value) { statement_.bind(++next_, value); }
  void bind_one(int value) { statement_.bind(++next_, static_cast<std::int64_t>(value)); }
  void bind_one(bool value) { statement_.bind(++next_, static_cast<std::int64_t>(value ? 1 : 0)); }
  void bind_one(std::string_view value) { statement_.bind(++next_, value); }
  void bind_one(const std::string& value) { statement_.bind(++next_, std::string_view(value)); }
  void bind_one(const char* value) { statement_.bind(++next_, std::string_view(value)); }
  void bind_one(const meta::Value& value) { bind_value(statement_, ++next_, value); }
  void bind_one(std::nullptr_t) { statement_.bind_null(++next_); }
  Statement& statement_;
  int next_ = 0;
};

// A connection lent for reading, or inside a transaction for writing. Not thread-safe.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual Dialect dialect() const = 0;
  // From the statement cache; the SQL text is the key. Throws SystemError.
  virtual Statement& prepare(std::string_view sql) = 0;
  Query query(std::string_view sql) { return Query(prepare(sql)); }
  // For the schema: which tables need their tenant mark.
  virtual TenantTables& tenant_tables() = 0;
};

// A write transaction. Everything done through it becomes visible together or not at all.
class Transaction : public Connection {
 public:
  // Runs after a durable commit, on the committing thread, before the writer's answer; keep it
  // short. Not run on rollback.
  virtual void on_commit(std::function<void()> action) = 0;
  // Whether another write waits for the end of this one; long work then comes to one. PostgreSQL,
  // where this cannot be asked cheaply, always says yes.
  virtual bool others_wait() = 0;
};

// A store of one company. Thread-safe.
class Database {
 public:
  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;

  // Runs `work` with a read connection on the calling thread, in one consistent snapshot. Never
  // writes. Sees every write that was acknowledged before the call. A read inside a read of the
  // same thread shares its connection and snapshot. On PostgreSQL a query fetches all its rows at
  // once (page through large tables by key), and `work` runs again after a lost connection as long
  // as no query of it has been answered.
  virtual void read(const std::function<void(Connection&)>& work) = 0;

  // Runs `work` in a transaction and returns when it is on disk. On the embedded store the one
  // writer thread runs it, with other waiting writes in one commit, again and alone when one of
  // them fails half-way; on PostgreSQL the calling thread, again on serialisation failures and lost
  // connections. So `work` must be repeatable. An exception from `work` rolls back only this work
  // and is rethrown here. After a failed commit nothing is acknowledged.
  virtual void write(const std::function<void(Transaction&)>& work) = 0;

  // Schema changes, one statement a call, in order, in one transaction (store/schema.h).
  virtual void migrate(const std::function<void(Transaction&)>& work) = 0;

  // Housekeeping in idle time: checkpoint, search index merge, statistics.
  virtual void maintain() = 0;
};

struct SqliteOptions {
  std::string path = {};  // ":memory:" is refused; tests use a temporary folder
  std::string key = {};   // 32 bytes
  int readers = 6;        // upper bound of read connections
  int reader_cache_kb = 12 * 1024;
  int writer_cache_kb = 16 * 1024;
  // A ledger that one program makes from nothing and that is thrown away when it fails: nothing is
  // forced to the disk before it is closed.
  bool loading = false;
};
std::unique_ptr<Database> open_sqlite(const SqliteOptions& options);

struct PostgresOptions {
  std::string connection = {};  // libpq connection string or URI
  std::int64_t tenant = 1;
  int connections = 8;
  int patience_ms =
      5'000;  // how long a call waits for a server that cannot be reached, before it says so
};
std::unique_ptr<Database> open_postgres(const PostgresOptions& options);

}  // namespace daifuku::store
