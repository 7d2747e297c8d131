#include "store/sqlite_connection.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <mutex>

#include "base/crypto.h"
#include "text/filter_text.h"

namespace daifuku::store {

namespace {

constexpr std::size_t kCachedStatements = 256;
constexpr int kBusyMilliseconds =
    5'000;  // Only recovery after a crash and schema changes ever wait.

// Process-wide, before the first connection: no mutex a connection (each is used by one thread at a
// time), no memory counters.
void configure_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
  });
}

// What a well-behaved statement of ours never reaches (security.md line 39).
void lower_limits(sqlite3* handle) {
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
  sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 256 * 1024);
  sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 500);
  sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 100);
  sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 4096);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
}

// A new file is readable by its owner only; SQLite gives the log the same rights. Never opens a
// file that exists: closing it would drop the locks of other connections in this process.
void create_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
}

// daifuku_lines(kind, text): text::filter_lines in SQL, for conditions that are compared row by
// row. PostgreSQL has no such function; there the engine compares.
void lines_function(sqlite3_context* context, int, sqlite3_value** values) noexcept {
  if (sqlite3_value_type(values[1]) != SQLITE_TEXT) return;  // The result stays NULL.
  try {
    thread_local std::string out;
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(values[1]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[1]));
    text::filter_lines(static_cast<text::FilterText>(sqlite3_value_int(values[0])), {bytes, size},
                       out);
    sqlite3_result_text(context, out.data(), static_cast<int>(out.size()), SQLITE_TRANSIENT);
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

[[noreturn]] void cannot_open(const SqliteOptions& options) {
  const std::filesystem::path path(options.path);
  std::error_code error;
  if (path.has_parent_path() && !std::filesystem::is_directory(path.parent_path(), error)) {
    throw AppError(Status::unavailable, "store_folder_missing",
                   {{"path", path.parent_path().string()}});
  }
  throw AppError(Status::unavailable, "store_cannot_open", {{"path", options.path}});
}

}  // namespace

void throw_sqlite(sqlite3* handle, int code, std::string_view doing) {
  const int extended = handle == nullptr ? code : sqlite3_extended_errcode(handle);
  std::string cause = "sqlite ";
  cause += std::to_string(code);
  cause += " (";
  cause += handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
  cause += "): ";
  cause += doing;
  if ((extended & 0xff) == SQLITE_CONSTRAINT &&
      (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
       extended == SQLITE_CONSTRAINT_ROWID)) {
    throw UniqueError(cause);
  }
  throw SqliteError((extended & 0xff) == (code & 0xff) ? extended : code, cause);
}

SqliteStatement::SqliteStatement(sqlite3* handle, std::string_view sql, const TenantTables& tables)
    : handle_(handle) {
  const Translated translated = checked_translation(sql, Dialect::sqlite, tables);
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v3(handle, translated.sql.data(), static_cast<int>(translated.sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement_, &rest);
  if (code != SQLITE_OK) throw_sqlite(handle, code, sql);
  const bool more =
      !tokenize(std::string_view(rest, translated.sql.data() + translated.sql.size())).empty();
  if (statement_ == nullptr || more) {
    sqlite3_finalize(statement_);
    throw SystemError("not exactly one statement: " + std::string(sql));
  }
  writes_ = sqlite3_stmt_readonly(statement_) == 0;
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

void SqliteStatement::check_bound(int code) {
  if (code != SQLITE_OK) throw_sqlite(handle_, code, sqlite3_sql(statement_));
}

void SqliteStatement::bind(int index, std::int64_t value) {
  check_bound(sqlite3_bind_int64(statement_, index, value));
}

void SqliteStatement::bind(int index, std::string_view value) {
  // A view without data would become NULL.
  const char* data = value.data() == nullptr ? "" : value.data();
  check_bound(
      sqlite3_bind_text64(statement_, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteStatement::bind_null(int index) { check_bound(sqlite3_bind_null(statement_, index)); }

bool SqliteStatement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) throw_sqlite(handle_, code, sqlite3_sql(statement_));
  changes_ = writes_ ? sqlite3_changes64(handle_) : 0;
  return false;
}

bool SqliteStatement::is_null(int column) {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) {
  return sqlite3_column_int64(statement_, column);
}

std::string_view SqliteStatement::text(int column) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void SqliteStatement::reset() {
  // The result of a reset repeats the error of the step, which was reported already.
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  lent_ = false;
}

SqliteConnection::SqliteConnection(const SqliteOptions& options, SqliteRole role,
                                   TenantTables& tables)
    : tables_(tables), cache_(kCachedStatements) {
  configure_library();
  try {
    open(options, role);
  } catch (...) {
    close();
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  cache_.clear();
  close();
}

void SqliteConnection::close() {
  for (sqlite3_stmt* control : controls_) sqlite3_finalize(control);
  controls_ = {};
  sqlite3_close(handle_);
  handle_ = nullptr;
}

void SqliteConnection::open(const SqliteOptions& options, SqliteRole role) {
  const bool writes = role == SqliteRole::writer;
  // A reader opens for writing too, since the shared-memory index of the log needs it; query_only
  // keeps it from writing.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
                    SQLITE_OPEN_EXRESCODE | (writes ? SQLITE_OPEN_CREATE : 0);
  if (writes) create_private(options.path);
  const int code = sqlite3_open_v2(options.path.c_str(), &handle_, flags, nullptr);
  if (code != SQLITE_OK) cannot_open(options);
  sqlite3_busy_timeout(handle_, kBusyMilliseconds);
  DAIFUKU_CHECK(options.key.size() == 32);
  execute(
      "PRAGMA cipher_log_level = NONE");  // It would print to standard error what is thrown anyway.
  execute(("PRAGMA key = \"x'" + hex(options.key) + "'\"").c_str());
  // Each page that is not in the cache is authenticated when it is read; with SHA-256 that costs a
  // third of SQLCipher's default SHA-512 on processors with SHA instructions (docs/decisions/0008).
  // Part of the file format.
  execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA256");
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  // Readers never checkpoint, not even the last one that closes (stack.md section 2, WAL-reset
  // bug).
  if (!writes) sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_create_function_v2(handle_, "daifuku_lines", 2,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                             lines_function, nullptr, nullptr, nullptr);
  lower_limits(handle_);
  execute("PRAGMA cipher_memory_security = OFF");
  execute("PRAGMA temp_store = MEMORY");
  try {
    execute("SELECT count(*) FROM sqlite_master");
  } catch (const SqliteError& error) {
    if (error.primary_code() == SQLITE_NOTADB) {
      throw AppError(Status::unavailable, "store_key_wrong", {{"path", options.path}});
    }
    if (error.primary_code() == SQLITE_CANTOPEN) cannot_open(options);
    throw;
  }
  const int cache = writes ? options.writer_cache_kb : options.reader_cache_kb;
  execute(("PRAGMA cache_size = -" + std::to_string(cache)).c_str());
  execute("PRAGMA foreign_keys = OFF");
  execute("PRAGMA wal_autocheckpoint = 0");
  if (writes) {
    execute("PRAGMA journal_mode = WAL");
    execute(options.loading ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL");
  } else {
    execute("PRAGMA query_only = 1");
  }
}

void SqliteConnection::execute_cached(Control control) {
  static constexpr std::array<const char*, 3> kText{"BEGIN", "BEGIN IMMEDIATE", "COMMIT"};
  const auto index = static_cast<std::size_t>(control);
  sqlite3_stmt*& statement = controls_.at(index);
  if (statement == nullptr) {
    const int code = sqlite3_prepare_v3(handle_, kText.at(index), -1, SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) throw_sqlite(handle_, code, kText.at(index));
  }
  const int code = sqlite3_step(statement);
  if (code != SQLITE_DONE) {
    try {
      throw_sqlite(handle_, code, kText.at(index));
    } catch (...) {
      sqlite3_reset(statement);
      throw;
    }
  }
  sqlite3_reset(statement);
}

Statement& SqliteConnection::prepare(std::string_view sql) {
  return cache_.get(sql, [&] { return std::make_unique<SqliteStatement>(handle_, sql, tables_); });
}

void SqliteConnection::on_commit(std::function<void()> action) {
  commit_actions_.push_back(std::move(action));
}

void SqliteConnection::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  // The text is left out of the message when it may hold the key.
  if (code != SQLITE_OK)
    throw_sqlite(handle_, code, std::string_view(sql).substr(0, std::string_view(sql).find('=')));
}

}  // namespace daifuku::store
