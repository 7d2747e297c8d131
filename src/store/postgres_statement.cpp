#include <charconv>
#include <cstring>

#include "store/postgres_connection.h"

namespace daifuku::store {

namespace {

constexpr Oid kBigint = 20;
constexpr Oid kBytea = 17;

}  // namespace

PostgresStatement::PostgresStatement(PostgresConnection& connection, std::string_view sql)
    : connection_(connection),
      translated_(checked_translation(sql, Dialect::postgres, connection.tables_)),
      parameters_(static_cast<std::size_t>(translated_.parameters)) {}

PostgresStatement::~PostgresStatement() {
  if (!name_.empty()) connection_.forget(name_);
}

PostgresStatement::Parameter& PostgresStatement::parameter(int index) {
  if (index < 1 || index > translated_.parameters) {
    throw SystemError("no parameter " + std::to_string(index) + ": " + translated_.sql);
  }
  return parameters_[static_cast<std::size_t>(index - 1)];
}

void PostgresStatement::bind(int index, std::int64_t value) {
  parameter(index) = {Bound::integer, std::to_string(value)};
}

void PostgresStatement::bind(int index, std::string_view value) {
  parameter(index) = {Bound::text, std::string(value)};
}

void PostgresStatement::bind_null(int index) { parameter(index) = {}; }

// A place prepared for an integer takes no text; one whose type the server inferred takes both.
bool PostgresStatement::fits_prepared() const {
  const std::size_t first = translated_.uses_tenant ? 1 : 0;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (types_[first + i] == kBigint && parameters_[i].bound == Bound::text) return false;
  }
  return true;
}

void PostgresStatement::execute() {
  result_ = connection_.run(*this);
  row_ = -1;
  const std::string_view tuples = PQcmdTuples(result_.get());
  changes_ = 0;
  if (PQresultStatus(result_.get()) == PGRES_COMMAND_OK ||
      !std::string_view(PQcmdStatus(result_.get())).starts_with("SELECT")) {
    std::from_chars(tuples.data(), tuples.data() + tuples.size(), changes_);
  }
}

bool PostgresStatement::step() {
  if (result_ == nullptr) execute();
  if (row_ + 1 >= PQntuples(result_.get())) {
    row_ = PQntuples(result_.get());
    return false;
  }
  ++row_;
  return true;
}

void PostgresStatement::check_column(int column) const {
  if (result_ == nullptr || row_ < 0 || row_ >= PQntuples(result_.get()) || column < 0 ||
      column >= PQnfields(result_.get())) {
    throw SystemError("no value at column " + std::to_string(column) + ": " + translated_.sql);
  }
}

bool PostgresStatement::is_null(int column) {
  check_column(column);
  return PQgetisnull(result_.get(), row_, column) == 1;
}

// Like SQLite: 0 for NULL and for text that is no number; numerics are cut off at the point.
std::int64_t PostgresStatement::integer(int column) {
  check_column(column);
  const char* text = PQgetvalue(result_.get(), row_, column);
  if (text[0] == 't' && text[1] == '\0') return 1;
  std::int64_t value = 0;
  std::from_chars(text, text + PQgetlength(result_.get(), row_, column), value);
  return value;
}

std::string_view PostgresStatement::text(int column) {
  check_column(column);
  const char* data = PQgetvalue(result_.get(), row_, column);
  const auto size = static_cast<std::size_t>(PQgetlength(result_.get(), row_, column));
  if (PQftype(result_.get(), column) != kBytea) return {data, size};
  bytes_.resize(static_cast<std::size_t>(PQnfields(result_.get())));
  std::string& decoded = bytes_[static_cast<std::size_t>(column)];
  std::size_t length = 0;
  unsigned char* raw = PQunescapeBytea(reinterpret_cast<const unsigned char*>(data), &length);
  if (raw == nullptr) throw SystemError("no memory");
  decoded.assign(reinterpret_cast<const char*>(raw), length);
  PQfreemem(raw);
  return decoded;
}

void PostgresStatement::reset() {
  result_.reset();
  row_ = -1;
  for (Parameter& parameter : parameters_) parameter = {};
  bytes_.clear();
  lent_ = false;
}

}  // namespace daifuku::store
