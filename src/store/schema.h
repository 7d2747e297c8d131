// Tables are declared as data; sync creates what is missing and never drops. Numbered migrations
// run before it.
#pragma once

#include <string>
#include <vector>

#include "store/database.h"

namespace daifuku::store {

enum class ColumnType { integer, text, blob };

struct Column {
  std::string name = {};
  ColumnType type = ColumnType::text;
  bool required = false;      // NOT NULL; only on creation of the table
  std::string constant = {};  // SQL constant default, with `required`
};

struct Index {
  std::string name = {};
  std::vector<std::string> columns = {};  // "updated_at DESC" is understood
  bool unique = false;
  std::string where = {};  // partial index condition, common subset
};

struct Table {
  std::string name = {};
  bool tenant = true;                     // false: system table (distributed.md rule 1)
  std::vector<Column> columns = {};       // without tenant_id, which the store adds first
  std::vector<std::string> key = {"id"};  // primary key, tenant_id added in front
  // One integer key is the rowid on SQLite; other keys make a WITHOUT ROWID table when clustered.
  bool clustered = false;
  std::vector<Index> indexes = {};
  // Search table: (id integer, grams) - FTS5 contentless with detail=none on SQLite, a tsvector
  // with a GIN index on PostgreSQL. Written through search_put / search_delete and read through
  // search_ids only.
  bool search = false;
};

// Creates missing tables, columns and indexes, one statement a call, in the caller's migrate()
// transaction. Refuses (SystemError) a column whose type differs. Idempotent. An `id` that is the
// key need not be among the columns. A column added to a table that exists is required only when it
// has a constant. An index is known by its name: a changed one needs a new name.
void sync_schema(Transaction& transaction, const std::vector<Table>& tables);

struct Migration {
  int number = 0;
  std::string name = {};
  void (*run)(Transaction&) = nullptr;
};

// Runs what is newer than the recorded number, then sync_schema, all in one transaction: either the
// new schema is there or the old one. A migration brings data of an older program up to date,
// before the tables of this one are there; data that is created now needs none, so there they are
// recorded and not run. Throws AppError(unavailable, "schema_newer") when the data was written by a
// newer program.
void migrate(Database& database, const std::vector<Migration>& migrations,
             const std::vector<Table>& tables);

// Search table access. `grams` are distinct tokens separated by one space, made by text/ (no
// spaces, no ASCII punctuation). An id is put once; what is there is deleted first.
void search_put(Transaction& transaction, std::string_view table, std::int64_t id,
                std::string_view grams);
void search_delete(Transaction& transaction, std::string_view table, std::int64_t id);
void search_clear(Transaction& transaction, std::string_view table);
// Calls `found` with ids that have all grams, newest id first, below `before` (0: from the newest),
// until it returns false. A gram that ends in '*' is a prefix.
void search_ids(Connection& connection, std::string_view table,
                const std::vector<std::string>& grams, std::int64_t before,
                const std::function<bool(std::int64_t id)>& found);

// The rows that have all grams of any of the lists, as a subselect of their ids ("SELECT ... ?")
// and the value of its one mark. No list: no row.
struct SearchCondition {
  std::string sql = {};
  std::string bind = {};
};
SearchCondition search_condition(Dialect dialect, std::string_view table,
                                 const std::vector<std::vector<std::string>>& gram_lists);

}  // namespace daifuku::store
