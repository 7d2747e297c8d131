// One connection to PostgreSQL and its statements. Not thread-safe: one thread at a time.
//
// BEGIN travels with the first statement of a transaction, and the end of a read is not waited for,
// so that a read of one statement costs one round trip.
#pragma once

#include <libpq-fe.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/database.h"
#include "store/sql.h"
#include "store/statement_cache.h"

namespace daifuku::store {

// What to do about a failure (distributed.md rule 32), decided by the SQLSTATE and the state of the
// connection only.
enum class PgAction {
  fail,           // never repeat
  repeat,         // 40001, 40P01: repeat the whole transaction
  reconnect,      // lost, going down, or read-only after a switchover: new connection, then repeat
  prepare_again,  // 26000, or a cached plan of a table that has changed: forget the statements,
                  // then repeat once
  busy,           // lock or statement time-out
};

class PgError : public SystemError {
 public:
  PgError(PgAction action, std::string sqlstate, const std::string& cause)
      : SystemError(cause), action_(action), sqlstate_(std::move(sqlstate)) {}
  PgAction action() const { return action_; }
  const std::string& sqlstate() const { return sqlstate_; }

 private:
  PgAction action_;
  std::string sqlstate_;
};

// `reused`: the statement had been prepared before.
PgAction pg_action(std::string_view sqlstate, bool connection_lost, bool reused);

struct PgResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, PgResultDeleter>;

class PostgresConnection;

// Fetches all rows at the first step(): page through large tables by key.
class PostgresStatement final : public Statement {
 public:
  PostgresStatement(PostgresConnection& connection, std::string_view sql);
  ~PostgresStatement() override;
  PostgresStatement(const PostgresStatement&) = delete;
  PostgresStatement& operator=(const PostgresStatement&) = delete;

  void bind(int index, std::int64_t value) override;
  void bind(int index, std::string_view value) override;
  void bind_null(int index) override;
  bool step() override;
  bool is_null(int column) override;
  std::int64_t integer(int column) override;
  std::string_view text(int column) override;
  void reset() override;
  std::int64_t changes() override { return changes_; }

  bool lent() const { return lent_; }
  void lend() { lent_ = true; }

 private:
  friend class PostgresConnection;
  enum class Bound { null, integer, text };
  struct Parameter {
    Bound bound = Bound::null;
    std::string value = {};
  };
  Parameter& parameter(int index);
  bool fits_prepared() const;
  void execute();
  void check_column(int column) const;

  PostgresConnection& connection_;
  Translated translated_;
  std::vector<Parameter> parameters_;
  std::string name_;        // empty until prepared
  std::vector<Oid> types_;  // as prepared; 0: inferred by the server
  PgResult result_;
  int row_ = -1;
  std::int64_t changes_ = 0;
  std::vector<std::string> bytes_;  // decoded byte columns of the row
  bool lent_ = false;
};

class PostgresConnection final : public Transaction {
 public:
  // Throws PgError(reconnect) when the server cannot be reached, SystemError when it is unfit (too
  // old, not UTF-8).
  PostgresConnection(const PostgresOptions& options, TenantTables& tables);
  ~PostgresConnection() override;
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  Dialect dialect() const override { return Dialect::postgres; }
  Statement& prepare(std::string_view sql) override;
  TenantTables& tenant_tables() override { return tables_; }
  void on_commit(std::function<void()> action) override {
    commit_actions_.push_back(std::move(action));
  }
  bool others_wait() override { return true; }
  std::vector<std::function<void()>> take_commit_actions() {
    return std::exchange(commit_actions_, {});
  }

  // The transaction starts with its first statement. `begin` must outlive it.
  void begin(const char* begin);
  // Throws PgError; with action `reconnect` the outcome is unknown.
  void commit();
  // Ends a reading transaction without waiting for the answer.
  void end_read();
  void roll_back();  // never throws
  // Whether a statement has succeeded since begin().
  bool answered() const { return answered_; }
  bool usable() const { return PQstatus(handle_) == CONNECTION_OK; }
  void forget_statements();

 private:
  friend class PostgresStatement;
  PgResult run(PostgresStatement& statement);
  void send(PostgresStatement& statement, bool prepare_first, int& sent);
  PgResult collect(int sent, bool reused);
  PgResult simple(const char* sql);
  void drain();
  void forget(std::string name) { forgotten_.push_back(std::move(name)); }
  [[noreturn]] void fail(const PGresult* result, bool reused, std::string_view doing);

  PGconn* handle_ = nullptr;
  std::string tenant_;
  TenantTables& tables_;
  const char* pending_begin_ = nullptr;
  bool answered_ = false;
  bool draining_ = false;  // the answer of end_read() is still to be read
  int next_name_ = 0;
  std::vector<std::string> forgotten_;  // prepared statements that the server still has
  std::vector<std::function<void()>> commit_actions_;
  StatementCache<PostgresStatement>
      cache_;  // last: its statements use the members above when they go
};

}  // namespace daifuku::store
