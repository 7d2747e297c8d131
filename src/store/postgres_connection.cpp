#include "store/postgres_connection.h"

#include <algorithm>
#include <array>

namespace daifuku::store {

namespace {

constexpr std::size_t kCachedStatements = 256;
constexpr std::size_t kForgetAtOnce = 16;
constexpr int kOldestServer = 150'000;

struct Setting {
  const char* keyword;
  const char* value;
};
// distributed.md rule 30; what the connection string says itself goes first.
constexpr std::array<Setting, 9> kDefaults{{{"target_session_attrs", "read-write"},
                                            {"connect_timeout", "3"},
                                            {"tcp_user_timeout", "5000"},
                                            {"keepalives", "1"},
                                            {"keepalives_idle", "5"},
                                            {"keepalives_interval", "2"},
                                            {"keepalives_count", "3"},
                                            {"application_name", "daifuku"},
                                            {"client_encoding", "UTF8"}}};

// Nobody waits forever for a lock; a client that hangs does not hold its locks forever; "saved"
// means on disk whatever the server's default; short queries gain nothing from compiling.
constexpr const char* kSession =
    "SELECT set_config('lock_timeout', '10s', false), "
    "set_config('idle_in_transaction_session_timeout', '60s', false), "
    "set_config('jit', 'off', false), set_config('synchronous_commit', CASE "
    "current_setting('synchronous_commit') "
    "WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)";

PGconn* connect(const std::string& connection) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> parsed(
      PQconninfoParse(connection.c_str(), &message), PQconninfoFree);
  if (parsed == nullptr) {
    const std::string cause = message == nullptr ? "no memory" : message;
    PQfreemem(message);
    throw SystemError("the PostgreSQL connection setting cannot be read: " + cause);
  }
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const PQconninfoOption* option = parsed.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    keywords.push_back(option->keyword);
    values.push_back(option->val);
  }
  for (const Setting& setting : kDefaults) {
    const bool given = std::any_of(keywords.begin(), keywords.end(), [&](const char* keyword) {
      return std::string_view(keyword) == setting.keyword;
    });
    if (given) continue;
    keywords.push_back(setting.keyword);
    values.push_back(setting.value);
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  return PQconnectdbParams(keywords.data(), values.data(), 0);
}

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

std::string field_of(const PGresult* result, int code) {
  const char* text = result == nullptr ? nullptr : PQresultErrorField(result, code);
  return text == nullptr ? "" : text;
}

}  // namespace

PgAction pg_action(std::string_view sqlstate, bool connection_lost, bool reused) {
  if (sqlstate == "40001" || sqlstate == "40P01") return PgAction::repeat;
  // 08P01 is the server's answer to values it cannot read: the connection is there, and another one
  // would be told the same.
  if ((sqlstate.substr(0, 2) == "08" && sqlstate != "08P01") || sqlstate.substr(0, 4) == "57P0" ||
      sqlstate == "25006")
    return PgAction::reconnect;
  if (connection_lost) return PgAction::reconnect;
  if (sqlstate == "26000" || (sqlstate == "0A000" && reused)) return PgAction::prepare_again;
  if (sqlstate == "55P03" || sqlstate == "57014") return PgAction::busy;
  return PgAction::fail;
}

PostgresConnection::PostgresConnection(const PostgresOptions& options, TenantTables& tables)
    : handle_(connect(options.connection)),
      tenant_(std::to_string(options.tenant)),
      tables_(tables),
      cache_(kCachedStatements) {
  try {
    if (!usable())
      throw PgError(PgAction::reconnect, "", std::string("connect: ") + PQerrorMessage(handle_));
    if (PQserverVersion(handle_) < kOldestServer)
      throw SystemError("PostgreSQL 15 or newer is needed");
    const char* encoding = PQparameterStatus(handle_, "server_encoding");
    if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
      throw SystemError("the PostgreSQL database must have the encoding UTF8");
    }
    PQsetNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
    simple(kSession);
  } catch (...) {
    PQfinish(handle_);
    throw;
  }
}

PostgresConnection::~PostgresConnection() {
  cache_.clear();
  PQfinish(handle_);
}

Statement& PostgresConnection::prepare(std::string_view sql) {
  return cache_.get(sql, [&] { return std::make_unique<PostgresStatement>(*this, sql); });
}

void PostgresConnection::begin(const char* begin) {
  drain();
  if (forgotten_.size() >= kForgetAtOnce) {
    for (const std::string& name : std::exchange(forgotten_, {}))
      simple(("DEALLOCATE " + name).c_str());
  }
  pending_begin_ = begin;
  answered_ = false;
  commit_actions_.clear();
}

void PostgresConnection::commit() {
  cache_.end_of_work();
  if (std::exchange(pending_begin_, nullptr) != nullptr) return;  // No statement, no transaction.
  const PgResult result = simple("COMMIT");
  // After a failed statement, COMMIT is answered by ROLLBACK and no error.
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
    throw SystemError("the transaction was rolled back, since a statement in it had failed");
  }
}

void PostgresConnection::end_read() {
  cache_.end_of_work();
  if (std::exchange(pending_begin_, nullptr) != nullptr) return;
  draining_ = PQsendQuery(handle_, "COMMIT") == 1;
}

void PostgresConnection::roll_back() {
  cache_.end_of_work();
  commit_actions_.clear();
  pending_begin_ = nullptr;
  if (usable() && PQtransactionStatus(handle_) != PQTRANS_IDLE)
    PgResult(PQexec(handle_, "ROLLBACK"));
}

void PostgresConnection::forget_statements() {
  cache_.clear();
  forgotten_.clear();
  if (usable()) PgResult(PQexec(handle_, "DEALLOCATE ALL"));
}

// Throws when the connection died in the meantime.
void PostgresConnection::drain() {
  if (!std::exchange(draining_, false)) return;
  while (PGresult* result = PQgetResult(handle_)) PQclear(result);
  if (!usable()) fail(nullptr, false, "end of the read before");
}

PgResult PostgresConnection::simple(const char* sql) {
  PgResult result(PQexec(handle_, sql));
  if (!succeeded(result.get())) fail(result.get(), false, sql);
  return result;
}

// Everything that is due in one round trip: BEGIN, the preparation, the execution.
PgResult PostgresConnection::run(PostgresStatement& statement) {
  const bool reused = !statement.name_.empty() && statement.fits_prepared();
  int sent = 0;
  if (PQenterPipelineMode(handle_) != 1) fail(nullptr, false, "pipeline");
  send(statement, !reused, sent);
  PgResult result = collect(sent, reused);
  PQexitPipelineMode(handle_);
  if (!succeeded(result.get())) {
    if (!reused) statement.name_.clear();
    fail(result.get(), reused, statement.translated_.sql);
  }
  answered_ = true;
  return result;
}

void PostgresConnection::send(PostgresStatement& statement, bool prepare_first, int& sent) {
  const auto check = [&](int done) {
    if (done != 1) fail(nullptr, false, statement.translated_.sql);
    ++sent;
  };
  if (const char* begin = std::exchange(pending_begin_, nullptr)) {
    check(PQsendQueryParams(handle_, begin, 0, nullptr, nullptr, nullptr, nullptr, 0));
  }
  const bool tenant = statement.translated_.uses_tenant;
  if (prepare_first) {
    constexpr Oid kBigint = 20;
    if (!statement.name_.empty()) forget(statement.name_);
    statement.types_.clear();
    if (tenant) statement.types_.push_back(kBigint);
    // Integers say what they are. Texts do not: the place they stand in tells the server whether it
    // is text or bytea.
    for (const auto& parameter : statement.parameters_) {
      statement.types_.push_back(parameter.bound == PostgresStatement::Bound::integer ? kBigint
                                                                                      : 0);
    }
    statement.name_ = "s" + std::to_string(++next_name_);
    check(PQsendPrepare(handle_, statement.name_.c_str(), statement.translated_.sql.c_str(),
                        static_cast<int>(statement.types_.size()), statement.types_.data()));
  }
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
  const auto add = [&](const char* value, std::size_t size, int format) {
    values.push_back(value);
    lengths.push_back(static_cast<int>(size));
    formats.push_back(format);
  };
  if (tenant) add(tenant_.c_str(), tenant_.size(), 0);
  for (const auto& parameter : statement.parameters_) {
    const bool null = parameter.bound == PostgresStatement::Bound::null;
    // Binary form of text and bytea alike is the bytes themselves.
    add(null ? nullptr : parameter.value.data(), parameter.value.size(),
        parameter.bound == PostgresStatement::Bound::text ? 1 : 0);
  }
  check(PQsendQueryPrepared(handle_, statement.name_.c_str(), static_cast<int>(values.size()),
                            values.data(), lengths.data(), formats.data(), 0));
  if (PQpipelineSync(handle_) != 1) fail(nullptr, false, statement.translated_.sql);
}

// The result of the last command, or of the first that failed.
PgResult PostgresConnection::collect(int sent, bool reused) {
  PgResult kept;
  bool failed = false;
  for (int i = 0; i < sent; ++i) {
    bool any = false;
    while (PGresult* next = PQgetResult(handle_)) {
      PgResult result(next);
      any = true;
      if (failed) continue;
      failed = !succeeded(result.get());
      kept = std::move(result);
    }
    if (!any && !usable()) fail(kept.get(), reused, "connection lost");
  }
  while (PGresult* sync = PQgetResult(handle_)) {
    const PgResult result(sync);
    if (PQresultStatus(sync) == PGRES_PIPELINE_SYNC) break;
    if (!usable()) break;
  }
  return kept;
}

void PostgresConnection::fail(const PGresult* result, bool reused, std::string_view doing) {
  const std::string sqlstate = field_of(result, PG_DIAG_SQLSTATE);
  std::string cause = "postgres " + (sqlstate.empty() ? "-----" : sqlstate) + " (";
  const std::string primary = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
  cause += primary.empty() ? std::string(PQerrorMessage(handle_)) : primary;
  cause += "): ";
  cause += doing;
  if (sqlstate == "23505") throw UniqueError(cause);
  throw PgError(pg_action(sqlstate, !usable(), reused), sqlstate, cause);
}

}  // namespace daifuku::store
