// One connection to the embedded store and its statements. Not thread-safe: one thread at a time.
#pragma once

#define SQLITE_HAS_CODEC 1
#include <sqlcipher/sqlite3.h>

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/database.h"
#include "store/sql.h"
#include "store/statement_cache.h"

namespace daifuku::store {

// A failure that SQLite reported. `code` is its extended result code.
class SqliteError : public SystemError {
 public:
  SqliteError(int code, const std::string& cause) : SystemError(cause), code_(code) {}
  int code() const { return code_; }
  int primary_code() const { return code_ & 0xff; }

 private:
  int code_;
};

class SqliteStatement final : public Statement {
 public:
  // Throws SystemError (SqliteError, or for a statement that breaks the tenant rule).
  SqliteStatement(sqlite3* handle, std::string_view sql, const TenantTables& tables);
  ~SqliteStatement() override;
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

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
  void check_bound(int code);
  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
  std::int64_t changes_ = 0;
  bool lent_ = false;
  bool writes_ = false;
};

enum class SqliteRole { reader, writer };

class SqliteConnection final : public Transaction {
 public:
  // Throws AppError(unavailable): store_key_wrong, store_folder_missing, store_cannot_open.
  SqliteConnection(const SqliteOptions& options, SqliteRole role, TenantTables& tables);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Dialect dialect() const override { return Dialect::sqlite; }
  Statement& prepare(std::string_view sql) override;
  TenantTables& tenant_tables() override { return tables_; }
  void on_commit(std::function<void()> action) override;
  bool others_wait() override { return waiting_ != nullptr && waiting_->load() > 0; }
  // Where the writer counts the works that wait.
  void count_waiting(const std::atomic<int>& waiting) { waiting_ = &waiting; }

  // For statements of the store itself: no marks, no cache, no values. Throws SqliteError.
  void execute(const char* sql);
  // The same for what runs with every read and write, kept prepared.
  enum class Control { begin, begin_write, commit };
  void execute_cached(Control control);
  void end_of_work() { cache_.end_of_work(); }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  sqlite3* handle() { return handle_; }
  std::vector<std::function<void()>> take_commit_actions() {
    return std::exchange(commit_actions_, {});
  }

 private:
  void open(const SqliteOptions& options, SqliteRole role);
  void close();

  sqlite3* handle_ = nullptr;
  TenantTables& tables_;
  StatementCache<SqliteStatement> cache_;
  std::array<sqlite3_stmt*, 3> controls_{};
  std::vector<std::function<void()>> commit_actions_;
  const std::atomic<int>* waiting_ = nullptr;
};

[[noreturn]] void throw_sqlite(sqlite3* handle, int code, std::string_view doing);

}  // namespace daifuku::store
