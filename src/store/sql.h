// The translator from the common SQL with its tenant marks (store/database.h) to the SQL of one
// store, and the check that no statement reads or writes a tenant table without them. Pure
// functions; called once a statement and connection, since the result is cached with the prepared
// statement.
#pragma once

#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace daifuku::store {

// The names of the tenant tables of a database, as sync_schema has seen them; case does not matter.
// Thread-safe; shared by its connections.
class TenantTables {
 public:
  void add(const std::string& name);
  bool contains(std::string_view name) const;

 private:
  mutable std::shared_mutex mutex_;
  std::set<std::string> names_;
};

struct Token {
  enum class Kind { word, quoted, string, number, symbol, mark, parameter };
  Kind kind = Kind::symbol;
  std::string_view text = {};  // of a mark and a quoted name without the brackets
  std::size_t begin = 0;       // place in the statement
  std::size_t end = 0;
  bool is(std::string_view keyword) const;  // case-insensitive; a keyword or a symbol
};

// Throws SystemError on an unclosed literal, comment or mark, and on numbered parameters.
std::vector<Token> tokenize(std::string_view sql);

// Throws SystemError when a tenant table is named without its mark, or a mark does not guard what
// it names: marks stand in WHERE or ON, in the part of the statement that names the table, and are
// never one side of an OR.
void check_tenant_marks(std::string_view sql, const std::vector<Token>& tokens,
                        const TenantTables& tables);

struct Translated {
  std::string sql = {};
  int parameters = 0;        // number of `?`
  bool uses_tenant = false;  // PostgreSQL: the tenant is $1 and the values start at $2
};
// Throws SystemError for a mark that cannot be taken away, such as a list of {tenant_id} alone.
Translated translate(std::string_view sql, const std::vector<Token>& tokens, Dialect dialect);

// All three.
Translated checked_translation(std::string_view sql, Dialect dialect, const TenantTables& tables);

}  // namespace daifuku::store
