#include "store/schema.h"

#include <algorithm>
#include <map>
#include <set>

#include "store/schema_lock.h"
#include "store/sql.h"

namespace daifuku::store {

namespace {

void execute(Connection& connection, const std::string& sql) { connection.query(sql).run(); }

// A field may be called "order", which SQL has taken.
std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

// "updated_at DESC" keeps its direction outside the quotes.
std::string index_columns(const Index& index) {
  std::string out;
  for (const std::string& column : index.columns) {
    const auto space = column.find(' ');
    if (!out.empty()) out += ", ";
    out += quoted(column.substr(0, space));
    if (space != std::string::npos) out += column.substr(space);
  }
  return out;
}

std::string_view type_name(Dialect dialect, ColumnType type) {
  const bool sqlite = dialect == Dialect::sqlite;
  switch (type) {
    case ColumnType::integer:
      return sqlite ? "INTEGER" : "bigint";
    case ColumnType::text:
      // Byte order, as SQLite has it, so that both stores sort alike.
      return sqlite ? "TEXT" : "text COLLATE \"C\"";
    case ColumnType::blob:
      // ANY: a BLOB column of a STRICT table refuses values bound as text, which is how all bytes
      // are bound.
      return sqlite ? "ANY" : "bytea";
  }
  return {};
}

std::string_view stored_type_name(Dialect dialect, ColumnType type) {
  if (dialect == Dialect::postgres && type == ColumnType::text) return "text";
  return type_name(dialect, type);
}

// Existing columns with their types; empty when there is no such table.
std::map<std::string, std::string> columns_of(Connection& connection, const std::string& table) {
  std::map<std::string, std::string> found;
  Query query = connection.query(
      connection.dialect() == Dialect::sqlite
          ? "SELECT name, type FROM pragma_table_info(?)"
          : "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = to_regclass(?::text) AND attnum > 0 AND NOT attisdropped");
  query.bind(table);
  while (query.step()) found.emplace(query.text(0), query.text(1));
  return found;
}

std::set<std::string> existing_indexes(Connection& connection) {
  std::set<std::string> found;
  Query query = connection.query(
      connection.dialect() == Dialect::sqlite
          ? "SELECT name FROM sqlite_master WHERE type = 'index'"
          : "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()");
  while (query.step()) found.emplace(query.text(0));
  return found;
}

std::string joined(const std::vector<std::string>& items) {
  std::string result;
  for (const std::string& item : items) {
    if (!result.empty()) result += ", ";
    result += item;
  }
  return result;
}

bool is_key(const Table& table, const std::string& column) {
  return std::find(table.key.begin(), table.key.end(), column) != table.key.end();
}

// An `id` that is the key need not be declared.
std::vector<Column> all_columns(const Table& table) {
  std::vector<Column> columns = table.columns;
  for (const std::string& key : table.key) {
    const bool declared = std::any_of(columns.begin(), columns.end(),
                                      [&](const Column& column) { return column.name == key; });
    if (declared) continue;
    DAIFUKU_CHECK(key == "id");
    columns.insert(columns.begin(),
                   Column{.name = "id", .type = ColumnType::integer, .required = true});
  }
  return columns;
}

std::string definition(Dialect dialect, const Column& column, bool required) {
  std::string text = quoted(column.name) + " " + std::string(type_name(dialect, column.type));
  if (required) text += " NOT NULL";
  if (required && !column.constant.empty()) text += " DEFAULT " + column.constant;
  return text;
}

std::string create_statement(Dialect dialect, const Table& table) {
  const std::vector<Column> columns = all_columns(table);
  const bool sqlite = dialect == Dialect::sqlite;
  const bool rowid =
      sqlite && table.key.size() == 1 &&
      std::any_of(columns.begin(), columns.end(), [&](const Column& column) {
        return column.name == table.key.front() && column.type == ColumnType::integer;
      });
  std::vector<std::string> parts;
  if (table.tenant && !sqlite) parts.emplace_back("tenant_id bigint NOT NULL");
  for (const Column& column : columns) {
    if (rowid && is_key(table, column.name)) {
      parts.push_back(quoted(column.name) + " INTEGER PRIMARY KEY");
    } else {
      parts.push_back(definition(dialect, column, column.required || is_key(table, column.name)));
    }
  }
  if (!rowid) {
    const std::string tenant = table.tenant && !sqlite ? "tenant_id, " : "";
    parts.push_back("PRIMARY KEY (" + tenant + joined(table.key) + ")");
  }
  std::string text = "CREATE TABLE " + table.name + " (" + joined(parts) + ")";
  if (sqlite) text += table.clustered && !rowid ? " STRICT, WITHOUT ROWID" : " STRICT";
  return text;
}

std::vector<std::string> create_search_statements(Dialect dialect, const Table& table) {
  if (dialect == Dialect::sqlite) {
    // No positions and no copy of the text: the smallest index (stack.md section 3). The tokens
    // come ready, separated by spaces; "ascii" takes every character beyond ASCII as part of a
    // token. columnsize cannot be 0 with contentless_delete.
    return {"CREATE VIRTUAL TABLE " + table.name +
            " USING fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii')"};
  }
  // fastupdate off: its pending list makes searches slow after a burst of writes, at times one
  // cannot choose.
  return {"CREATE TABLE " + table.name +
              " (tenant_id bigint NOT NULL, id bigint NOT NULL, grams tsvector NOT NULL, PRIMARY "
              "KEY (tenant_id, id))",
          "CREATE INDEX " + table.name + "_grams ON " + table.name +
              " USING gin (grams) WITH (fastupdate = off)"};
}

// After a table with its primary key is there and before its indexes. Empty on the embedded store
// and on plain PostgreSQL; the place where Citus learns whether a table is distributed by tenant_id
// or a reference table (distributed.md rule 11).
void after_create_table(Transaction&, const Table&) {}

void create_index(Transaction& transaction, const Table& table, const Index& index) {
  const std::string tenant =
      table.tenant && transaction.dialect() == Dialect::postgres ? "tenant_id, " : "";
  std::string text = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  text += index.name + " ON " + table.name + " (" + tenant + index_columns(index) + ")";
  if (!index.where.empty()) text += " WHERE " + index.where;
  execute(transaction, text);
}

void add_missing_columns(Transaction& transaction, const Table& table,
                         const std::map<std::string, std::string>& existing) {
  const Dialect dialect = transaction.dialect();
  for (const Column& column : all_columns(table)) {
    const auto found = existing.find(column.name);
    if (found == existing.end()) {
      // Rows that exist have no value for it, so without a constant it cannot be required.
      const bool required = column.required && !column.constant.empty();
      execute(transaction,
              "ALTER TABLE " + table.name + " ADD COLUMN " + definition(dialect, column, required));
    } else if (found->second != stored_type_name(dialect, column.type)) {
      throw SystemError("schema: column " + table.name + "." + column.name + " is " +
                        found->second + ", not " +
                        std::string(stored_type_name(dialect, column.type)));
    }
  }
}

void sync_table(Transaction& transaction, const Table& table,
                const std::set<std::string>& indexes) {
  const std::map<std::string, std::string> existing = columns_of(transaction, table.name);
  if (existing.empty() && table.search) {
    bool first = true;
    for (const std::string& statement : create_search_statements(transaction.dialect(), table)) {
      execute(transaction, statement);
      if (std::exchange(first, false)) after_create_table(transaction, table);
    }
  } else if (existing.empty()) {
    execute(transaction, create_statement(transaction.dialect(), table));
    after_create_table(transaction, table);
  } else if (!table.search) {
    add_missing_columns(transaction, table, existing);
  }
  for (const Index& index : table.indexes) {
    if (!indexes.contains(index.name)) create_index(transaction, table, index);
  }
}

// Whether all of it is there, so that nobody need wait for who makes something else.
bool complete(Transaction& transaction, const std::vector<Table>& tables) {
  const std::set<std::string> indexes = existing_indexes(transaction);
  return std::all_of(tables.begin(), tables.end(), [&](const Table& table) {
    const std::map<std::string, std::string> existing = columns_of(transaction, table.name);
    if (existing.empty()) return false;
    const std::vector<Column> columns = table.search ? std::vector<Column>() : all_columns(table);
    return std::all_of(columns.begin(), columns.end(),
                       [&](const Column& column) { return existing.contains(column.name); }) &&
           std::all_of(table.indexes.begin(), table.indexes.end(),
                       [&](const Index& index) { return indexes.contains(index.name); });
  });
}

const std::vector<Table>& version_table() {
  static const std::vector<Table> tables{
      {.name = "schema_version",
       .tenant = false,
       .columns = {{.name = "number", .type = ColumnType::integer, .required = true},
                   {.name = "name", .type = ColumnType::text, .required = true}},
       .key = {"number"}}};
  return tables;
}

void record(Transaction& transaction, const Migration& migration) {
  transaction.query("INSERT INTO schema_version (number, name) VALUES (?, ?)")
      .bind(migration.number, migration.name)
      .run();
}

}  // namespace

void lock_schema(Transaction& transaction) {
  if (transaction.dialect() != Dialect::postgres) return;
  // Of the database: companies share its tables. Two numbers that nothing else locks.
  transaction.query("SELECT pg_advisory_xact_lock(7411, 1)").run();
}

void sync_schema(Transaction& transaction, const std::vector<Table>& tables) {
  if (transaction.dialect() == Dialect::postgres && !complete(transaction, tables))
    lock_schema(transaction);
  const std::set<std::string> indexes = existing_indexes(transaction);
  for (const Table& table : tables) {
    sync_table(transaction, table, indexes);
    if (table.tenant) transaction.tenant_tables().add(table.name);
  }
}

void migrate(Database& database, const std::vector<Migration>& migrations,
             const std::vector<Table>& tables) {
  database.migrate([&](Transaction& transaction) {
    lock_schema(transaction);
    const bool fresh = columns_of(transaction, "schema_version").empty();
    sync_schema(transaction, version_table());
    std::int64_t recorded = 0;
    {
      Query query = transaction.query("SELECT coalesce(max(number), 0) FROM schema_version");
      if (query.step()) recorded = query.integer(0);
    }
    int newest = 0;
    for (const Migration& migration : migrations) {
      DAIFUKU_CHECK(migration.number > newest);  // in order, from 1
      newest = migration.number;
    }
    if (recorded > newest) throw AppError(Status::unavailable, "schema_newer");
    for (const Migration& migration : migrations) {
      if (migration.number <= recorded) continue;
      // New data gets the newest tables at once; there is nothing to bring up to date.
      if (!fresh) migration.run(transaction);
      record(transaction, migration);
    }
    sync_schema(transaction, tables);
  });
}

}  // namespace daifuku::store
