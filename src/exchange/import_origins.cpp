#include "exchange/import_origins.h"

#include <algorithm>

#include "base/crypto.h"
#include "meta/kinds.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::ObjectDef;

namespace {

constexpr int kMostMerges = 20;

}  // namespace

Id foreign_origin(const ObjectDef& object, std::string_view number) {
  const std::string digest = sha256_hex(std::to_string(object.id) + "\n" + std::string(number));
  constexpr std::uint64_t kUpper = std::uint64_t{1} << 62;
  return static_cast<Id>((std::stoull(digest.substr(0, 16), nullptr, 16) & (kUpper - 1)) | kUpper);
}

bool ImportOrigins::sees(store::Connection& connection, const ObjectDef& object, Id id) const {
  const auto scope = caller_.access.condition(object, caller_.access.object(object).read, "t");
  std::string sql = "SELECT t.id FROM " + engine_.plan(object).table +
                    " t WHERE {t} AND t.id = ? AND " + "t.deleted_at IS NULL";
  if (!scope.sql.empty()) sql += " AND " + scope.sql;
  auto row = connection.query(sql);
  row.bind(id);
  for (const Id bind : scope.binds) row.bind(bind);
  return row.step();
}

Id ImportOrigins::merged_into(store::Connection& connection, const ObjectDef& object, Id id) const {
  auto row = connection.query("SELECT t.merged_into FROM " + engine_.plan(object).table +
                              " t WHERE {t} AND t.id = ? AND t.merged_into IS NOT NULL");
  row.bind(id);
  return row.step() ? row.integer(0) : 0;
}

Id ImportOrigins::find(store::Connection& connection, const ObjectDef& object, Id origin) const {
  if (caller_.access.object(object).read == auth::Scope::none) return 0;
  Id known = 0;
  {
    auto row = connection.query(
        "SELECT o.record_id FROM import_origin o WHERE {o} AND o.user_id = ? AND o.origin_id = ?");
    row.bind(caller_.access.user(), origin);
    if (row.step()) known = row.integer(0);
  }
  for (Id id : {known, origin}) {
    for (int merges = 0; id != 0 && merges < kMostMerges; ++merges) {
      if (sees(connection, object, id)) return id;
      id = merged_into(connection, object, id);
    }
  }
  return 0;
}

bool ImportOrigins::is_other(store::Connection& connection, Id record, Id origin) const {
  auto row = connection.query(
      "SELECT o.origin_id FROM import_origin o WHERE {o} AND o.record_id = ? AND o.user_id = ? "
      "AND o.origin_id <> ? LIMIT 1");
  row.bind(record, caller_.access.user(), origin);
  return row.step();
}

Id ImportOrigins::id_for(store::Connection& connection, Id origin) const {
  const Id fresh = engine_.ids().next();
  // One from the future would be given to another record some day.
  if (!caller_.access.administers() || origin <= 0 || origin >= fresh) return fresh;
  std::string sql;
  int tables = 0;
  for (const ObjectDef& object : caller_.access.catalog().objects()) {
    const std::string alias = "t" + std::to_string(++tables);
    sql += (sql.empty() ? "SELECT " : " UNION ALL SELECT ") + alias + ".id FROM " +
           engine_.plan(object).table + " " + alias + " WHERE {" + alias + "} AND " + alias +
           ".id = ?";
  }
  auto row = connection.query(sql);
  for (int i = 0; i < tables; ++i) row.bind(origin);
  return row.step() ? fresh : origin;
}

void ImportOrigins::remember(store::Transaction& tx, Id origin, Id record) const {
  tx.query(
        "INSERT INTO import_origin ({tenant_id}, user_id, origin_id, record_id) VALUES ({tenant}, "
        "?, ?, ?) ON CONFLICT ({tenant_id}, user_id, origin_id) DO UPDATE SET record_id = "
        "excluded.record_id")
      .bind(caller_.access.user(), origin, record)
      .run();
}

void ImportOrigins::wait(store::Transaction& tx, const ObjectDef& object, Id record,
                         const FieldDef& field, const std::vector<Id>& origins) const {
  std::int64_t position = 0;
  for (const Id origin : origins) {
    tx.query(
          "INSERT INTO import_link ({tenant_id}, user_id, origin_id, from_id, field, object_id, "
          "position, at) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ({tenant_id}, user_id, "
          "origin_id, from_id, field) DO NOTHING")
        .bind(caller_.access.user(), origin, record, field.key,
              static_cast<std::int64_t>(object.id), position++, engine_.clock().now())
        .run();
  }
}

std::vector<ImportOrigins::Waiting> ImportOrigins::waiting_for(store::Connection& connection,
                                                               const ObjectDef& object,
                                                               Id origin) const {
  std::vector<Waiting> out;
  auto rows = connection.query(
      "SELECT l.from_id, l.object_id, l.field FROM import_link l WHERE {l} AND l.user_id = ? AND "
      "l.origin_id = ? ORDER BY l.from_id, l.field");
  rows.bind(caller_.access.user(), origin);
  while (rows.step()) {
    const ObjectDef* from =
        caller_.access.catalog().by_id(static_cast<std::uint32_t>(rows.integer(1)));
    const FieldDef* field = from == nullptr ? nullptr : from->field(rows.text(2));
    if (field != nullptr && field->target == object.key)
      out.push_back({rows.integer(0), from, field});
  }
  return out;
}

// Of a link the records that are here by now, in its order.
std::vector<Id> ImportOrigins::arrived(store::Connection& connection,
                                       const Waiting& waiting) const {
  std::vector<Id> origins;
  {
    auto rows = connection.query(
        "SELECT l.origin_id FROM import_link l WHERE {l} AND l.from_id = ? AND l.field = ? AND "
        "l.user_id = ? ORDER BY l.position");
    rows.bind(waiting.from, waiting.field->key, caller_.access.user());
    while (rows.step()) origins.push_back(rows.integer(0));
  }
  const ObjectDef& target = *caller_.access.catalog().object(waiting.field->target);
  std::vector<Id> out;
  for (const Id origin : origins) {
    const Id id = find(connection, target, origin);
    if (id != 0 && std::ranges::find(out, id) == out.end()) out.push_back(id);
  }
  return out;
}

void ImportOrigins::settle(records::Write& write, const ObjectDef& object, Id origin) const {
  for (const Waiting& waiting : waiting_for(write.tx(), object, origin)) {
    const std::string& key = waiting.field->key;
    if (caller_.access.field(*waiting.object, key) < meta::FieldRight::write) continue;
    auto record = write.load(*waiting.object, waiting.from);
    for (int merges = 0; record && record->merged_into != 0 && merges < kMostMerges; ++merges)
      record = write.load(*waiting.object, record->merged_into);
    if (!record || record->deleted_at != 0) continue;
    auto ids = arrived(write.tx(), waiting);
    if (ids.empty()) continue;
    records::Draft draft;
    if (waiting.field->kind == &meta::kinds::link) {
      if (record->integer(key) != 0) continue;
      draft.values[key] = ids.front();
    } else {
      const auto now = record->lists.find(key);
      if (now != record->lists.end()) {
        for (const Id id : now->second) {
          if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
        }
      }
      draft.lists[key] = std::move(ids);
    }
    try {
      write.take_over_links(*waiting.object, record->id, std::move(draft));
    } catch (const AppError&) {
      // Refused before anything was written. What fails behind it refuses the row (Write::attempt).
    }
  }
}

void forget_waiting_links(store::Database& database, Millis before) {
  database.write([&](store::Transaction& tx) {
    tx.query("DELETE FROM import_link WHERE {import_link} AND at < ?").bind(before).run();
  });
}

}  // namespace daifuku::exchange
