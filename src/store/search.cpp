// Search tables on both stores. The tokens are made by text/; here they are only quoted.
#include <algorithm>
#include <cctype>
#include <limits>
#include <string>

#include "store/schema.h"
#include "store/search_load.h"
#include "store/sql.h"

namespace daifuku::store {

namespace {

constexpr std::int64_t kFirstIds = 500;

std::string with_table(std::string_view before, std::string_view table, std::string_view after) {
  return std::string(before) + std::string(table) + std::string(after);
}

struct Gram {
  std::string_view token;
  bool prefix = false;
};

Gram parse_gram(std::string_view gram) {
  if (gram.size() > 1 && gram.back() == '*') return {gram.substr(0, gram.size() - 1), true};
  return {gram, false};
}

// A token with a space or ASCII punctuation is never in the index; asked for, it would be taken
// apart.
bool can_be_indexed(std::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
  });
}

// Doubles what would end the quotes.
void append_quoted(std::string& out, std::string_view token, char quote, std::string_view doubled) {
  out += quote;
  for (const char c : token) {
    if (doubled.find(c) != std::string_view::npos) out += c;
    out += c;
  }
  out += quote;
}

// FTS5: "佐藤" AND "佐"*
std::string fts_query(const std::vector<std::string>& grams) {
  std::string text;
  for (const std::string& item : grams) {
    const Gram gram = parse_gram(item);
    if (!text.empty()) text += " AND ";
    append_quoted(text, gram.token, '"', "\"");
    if (gram.prefix) text += " *";
  }
  return text;
}

// tsquery: '佐藤' & '佐':*
std::string ts_query(const std::vector<std::string>& grams) {
  std::string text;
  for (const std::string& item : grams) {
    const Gram gram = parse_gram(item);
    if (!text.empty()) text += " & ";
    append_quoted(text, gram.token, '\'', "'\\");
    if (gram.prefix) text += ":*";
  }
  return text;
}

// The hidden column with the table's own name stands for all columns: without it FTS5 takes this
// for a query of one column, which detail=none does not have.
std::string select_ids(Dialect dialect, std::string_view table) {
  return dialect == Dialect::sqlite
             ? with_table("SELECT s.rowid FROM ", table,
                          with_table(" AS s WHERE {s} AND s.", table, " MATCH ?"))
             : with_table("SELECT s.id FROM ", table,
                          " AS s WHERE {s} AND s.grams @@ ?::text::tsquery");
}

bool can_be_found(const std::vector<std::string>& grams) {
  return !grams.empty() && std::all_of(grams.begin(), grams.end(), [](const std::string& gram) {
    return can_be_indexed(parse_gram(gram).token);
  });
}

}  // namespace

void search_put(Transaction& transaction, std::string_view table, std::int64_t id,
                std::string_view grams) {
  if (transaction.dialect() == Dialect::sqlite) {
    transaction
        .query(with_table("INSERT INTO ", table,
                          " ({tenant_id}, rowid, grams) VALUES ({tenant}, ?, ?)"))
        .bind(id, grams)
        .run();
    return;
  }
  // Not to_tsvector: its parser would split and drop tokens. array_to_tsvector takes each as it is,
  // without positions.
  transaction
      .query(with_table("INSERT INTO ", table,
                        " ({tenant_id}, id, grams) VALUES ({tenant}, ?, array_to_tsvector("
                        "array_remove(string_to_array(?::text, ' '), ''))) "
                        "ON CONFLICT ({tenant_id}, id) DO UPDATE SET grams = excluded.grams"))
      .bind(id, grams)
      .run();
}

void search_delete(Transaction& transaction, std::string_view table, std::int64_t id) {
  const std::string_view key = transaction.dialect() == Dialect::sqlite ? "rowid" : "id";
  transaction
      .query(with_table("DELETE FROM ", table, with_table(" AS s WHERE {s} AND s.", key, " = ?")))
      .bind(id)
      .run();
}

void search_clear(Transaction& transaction, std::string_view table) {
  const bool sqlite = transaction.dialect() == Dialect::sqlite;
  transaction
      .query(sqlite ? with_table("INSERT INTO ", table, " ({tenant_id}, ") + std::string(table) +
                          ") VALUES ({tenant}, 'delete-all')"
                    : with_table("DELETE FROM ", table, " AS s WHERE {s}"))
      .run();
}

void search_ids(Connection& connection, std::string_view table,
                const std::vector<std::string>& grams, std::int64_t before,
                const std::function<bool(std::int64_t id)>& found) {
  if (!can_be_found(grams)) return;
  const bool sqlite = connection.dialect() == Dialect::sqlite;
  const std::string match = sqlite ? fts_query(grams) : ts_query(grams);
  const std::string_view key = sqlite ? "s.rowid" : "s.id";
  // PostgreSQL hands over all rows of a statement at once: a few first, then ever more.
  std::int64_t most = sqlite ? std::numeric_limits<std::int64_t>::max() : kFirstIds;
  for (bool more = true; more;) {
    std::string sql = select_ids(connection.dialect(), table);
    if (before != 0) sql.append(" AND ").append(key).append(" < ?");
    sql.append(" ORDER BY ").append(key).append(" DESC LIMIT ?");
    Query query = connection.query(sql);
    query.bind(match);
    if (before != 0) query.bind(before);
    query.bind(most);
    std::int64_t count = 0;
    for (; query.step(); ++count) {
      before = query.integer(0);
      if (!found(before)) return;
    }
    more = count == most;
    if (more) most *= 8;
  }
}

SearchCondition search_condition(Dialect dialect, std::string_view table,
                                 const std::vector<std::vector<std::string>>& gram_lists) {
  const bool sqlite = dialect == Dialect::sqlite;
  SearchCondition out{.sql = select_ids(dialect, table)};
  for (const auto& grams : gram_lists) {
    if (!can_be_found(grams)) continue;
    if (!out.bind.empty()) out.bind += sqlite ? " OR " : " | ";
    out.bind += "(" + (sqlite ? fts_query(grams) : ts_query(grams)) + ")";
  }
  // An empty query is an error to FTS5; this token is in no index.
  if (out.bind.empty()) out.bind = sqlite ? "\"\xEF\xA3\xBF\"" : "'\xEF\xA3\xBF'";
  return out;
}

void tune_search(Transaction& transaction, const std::vector<std::string>& tables, bool loading) {
  if (transaction.dialect() != Dialect::sqlite) return;
  // FTS5's own defaults are 1 MiB and 4.
  const std::int64_t hash_bytes = (loading ? 48 : 1) * std::int64_t{1024} * 1024;
  const std::int64_t automerge = loading ? 16 : 4;
  for (const std::string& table : tables) {
    for (const auto& [name, value] :
         {std::pair{"hashsize", hash_bytes}, {"automerge", automerge}}) {
      transaction
          .query("INSERT INTO " + table + " ({tenant_id}, " + table +
                 ", rank) VALUES ({tenant}, '" + name + "', ?)")
          .bind(value)
          .run();
    }
  }
}

}  // namespace daifuku::store
