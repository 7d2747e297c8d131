#include "records/duplicate_queue.h"

#include <algorithm>
#include <cmath>

#include "base/messages.h"
#include "records/duplicate_finder.h"

namespace daifuku::records {

using meta::ObjectDef;
using ScanStatus = DuplicateQueue::ScanState::Status;

namespace {

// Scores in cursors, which hold no negative numbers.
constexpr std::int64_t kCursorOffset = 1'000'000'000;

ScanStatus status_of(std::string_view name) {
  for (const auto status : {ScanStatus::done, ScanStatus::failed, ScanStatus::cancelled}) {
    if (DuplicateQueue::name_of(status) == name) return status;
  }
  return ScanStatus::never;
}

}  // namespace

void put_pair(store::Transaction& tx, std::uint32_t object, const RecordPair& pair,
              std::int64_t score, std::string_view levels, Id found_by, Millis now) {
  tx.query(
        "INSERT INTO duplicate_pair ({tenant_id}, a_id, b_id, object_id, score, levels, decision, "
        "scan_id, found_at) VALUES ({tenant}, ?, ?, ?, ?, ?, 'open', ?, ?) ON CONFLICT "
        "({tenant_id}, a_id, b_id) DO UPDATE SET score = excluded.score, levels = excluded.levels, "
        "scan_id = excluded.scan_id")
      .bind(pair.a, pair.b, static_cast<std::int64_t>(object), score, levels, found_by, now)
      .run();
}

std::optional<DuplicateQueue::Decision> DuplicateQueue::decision_of(std::string_view code) {
  for (const Decision decision : {Decision::open, Decision::different, Decision::later}) {
    if (code_of(decision) == code) return decision;
  }
  return std::nullopt;
}
std::string_view DuplicateQueue::code_of(Decision decision) {
  return decision == Decision::open ? "open" : decision == Decision::later ? "later" : "different";
}

std::string_view DuplicateQueue::name_of(ScanStatus status) {
  switch (status) {
    case ScanStatus::running:
      return "running";
    case ScanStatus::done:
      return "done";
    case ScanStatus::failed:
      return "failed";
    case ScanStatus::cancelled:
      return "cancelled";
    case ScanStatus::never:
      break;
  }
  return "never";
}

DuplicateQueue::ScanState DuplicateQueue::state_of(std::uint32_t object) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = running_.find(object);
    if (found != running_.end()) return found->second;
  }
  ScanState state;
  engine_.database().read([&](store::Connection& connection) {
    auto row = connection.query(
        "SELECT s.status, s.records, s.pairs, s.started_at, s.finished_at, s.by_id FROM "
        "duplicate_scan s WHERE {s} AND s.object_id = ?");
    row.bind(static_cast<std::int64_t>(object));
    if (!row.step()) return;
    state = {.status = status_of(row.text(0)),
             .records = row.integer(1),
             .pairs = row.integer(2),
             .started_at = row.integer(3),
             .finished_at = row.integer(4),
             .by = row.integer(5)};
  });
  return state;
}

void DuplicateQueue::scan_json(const Caller& caller, const ObjectDef& object, std::string& out) {
  const ScanState state = state_of(object.id);
  JsonWriter json(out);
  json.begin_object().field("status", name_of(state.status));
  json.field("may_scan", caller.access.administers());
  // What goes on in all the ledger is not told to those who see a part of it.
  if (caller.access.administers()) json.field("checking", watch_.waiting());
  if (state.status != ScanStatus::never) {
    if (caller.access.administers())
      json.field("records", state.records).field("pairs", state.pairs);
    if (state.status == ScanStatus::running) {
      json.field("percent", static_cast<std::int64_t>(state.share * 100));
      // Told when there is something to reckon from.
      if (state.share > 0.03) {
        const auto gone = static_cast<double>(engine_.clock().now() - state.started_at);
        json.field("seconds_left",
                   static_cast<std::int64_t>(gone / 1000 * (1 - state.share) / state.share) + 1);
      }
    }
    json.field("started_at", format_instant(state.started_at));
    if (state.finished_at != 0) json.field("finished_at", format_instant(state.finished_at));
  }
  json.end_object();
}

void DuplicateQueue::list_json(const Caller& caller, const ObjectDef& object, Decision decision,
                               int limit, std::string_view after, std::string& out) {
  const auto refuse = [] {
    throw AppError(Status::invalid, "filter_wrong", {}, {{"after", "invalid_id", {}}});
  };
  // score.a.b of the last pair
  std::int64_t last_score = INT64_MAX;
  RecordPair last;
  if (!after.empty()) {
    const auto first = after.find('.');
    const auto second = after.find('.', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) refuse();
    const auto score = decode_id(after.substr(0, first));
    const auto a = decode_id(after.substr(first + 1, second - first - 1));
    const auto b = decode_id(after.substr(second + 1));
    if (!score || !a || !b) refuse();
    last_score = *score - kCursorOffset;
    last = {*a, *b};
  }
  const ObjectPlan& plan = engine_.plan(object);
  const auto compared = compared_fields(plan);
  const auth::Scope scope = caller.access.object(object).read;
  const auto left = caller.access.condition(object, scope, "t");
  const auto right = caller.access.condition(object, scope, "u");
  struct Item {
    RecordPair pair;
    std::int64_t score;
    std::string levels;
    Millis found_at;
  };
  std::vector<Item> items;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  engine_.database().read([&](store::Connection& connection) {
    items.clear();
    {
      std::string sql =
          "SELECT d.a_id, d.b_id, d.score, d.levels, d.found_at FROM duplicate_pair d JOIN " +
          plan.table + " t ON t.id = d.a_id AND {t} JOIN " + plan.table +
          " u ON u.id = d.b_id AND {u} WHERE {d} AND d.object_id = ? AND d.decision = ? AND "
          "t.deleted_at IS NULL AND u.deleted_at IS NULL AND (d.score < ? OR (d.score = ? AND "
          "(d.a_id > ? OR (d.a_id = ? AND d.b_id > ?))))";
      if (!left.sql.empty()) sql += " AND " + left.sql + " AND " + right.sql;
      auto rows = connection.query(sql + " ORDER BY d.score DESC, d.a_id, d.b_id LIMIT ?");
      rows.bind(static_cast<std::int64_t>(object.id), code_of(decision), last_score, last_score,
                last.a, last.a, last.b);
      for (const auto* binds : {&left.binds, &right.binds})
        for (const Id bind : *binds) rows.bind(bind);
      rows.bind(limit + 1);
      while (rows.step()) {
        items.push_back({{rows.integer(0), rows.integer(1)},
                         rows.integer(2),
                         std::string(rows.text(3)),
                         rows.integer(4)});
      }
    }
    for (int i = 0; i < std::min(limit, static_cast<int>(items.size())); ++i) {
      const Item& item = items[static_cast<std::size_t>(i)];
      json.begin_object();
      for (const auto& [name, id] : {std::pair{"a", item.pair.a}, {"b", item.pair.b}}) {
        std::string record;
        engine_.get_json(caller, object, id, record);
        json.key(name).raw(record);
      }
      json.field("percent", percent_of(static_cast<double>(item.score) / kScoreScale));
      json.key("reasons").begin_array();
      for (const MatchReason& reason : reasons_of(caller, object, compared, item.levels)) {
        json.begin_object().field("code", reason.code).field("field", reason.field);
        json.field("agrees", reason.agrees);
        json.field("text", message(caller.language, "matching_" + reason.code)).end_object();
      }
      json.end_array().field("decision", code_of(decision));
      json.field("found_at", format_instant(item.found_at));
      json.end_object();
    }
  });
  json.end_array();
  if (static_cast<int>(items.size()) > limit) {
    const Item& end = items[static_cast<std::size_t>(limit) - 1];
    json.field("next", encode_id(end.score + kCursorOffset) + "." + encode_id(end.pair.a) + "." +
                           encode_id(end.pair.b));
  } else {
    json.key("next").null();
  }
  json.end_object();
}

Id DuplicateQueue::decide(const Caller& caller, const ObjectDef& object,
                          const std::vector<RecordPair>& pairs, Decision decision,
                          const std::function<void(Write&)>& along) {
  const ObjectPlan& plan = engine_.plan(object);
  const auth::Scope scope = caller.access.object(object).update;
  if (scope == auth::Scope::none) throw AppError(Status::forbidden, "forbidden");
  const auto left = caller.access.condition(object, scope, "t");
  const auto right = caller.access.condition(object, scope, "u");
  return engine_.write(caller, [&](Write& write) {
    store::Transaction& tx = write.tx();
    for (const RecordPair& pair : pairs) {
      const Id a = std::min(pair.a, pair.b);
      const Id b = std::max(pair.a, pair.b);
      std::string sql = "SELECT d.score FROM duplicate_pair d JOIN " + plan.table +
                        " t ON t.id = d.a_id AND {t} JOIN " + plan.table +
                        " u ON u.id = d.b_id AND {u} WHERE {d} AND d.object_id = ? AND d.a_id = ? "
                        "AND d.b_id = ? AND t.deleted_at IS NULL AND u.deleted_at IS NULL";
      if (!left.sql.empty()) sql += " AND " + left.sql + " AND " + right.sql;
      {
        auto row = tx.query(sql);
        row.bind(static_cast<std::int64_t>(object.id), a, b);
        for (const auto* binds : {&left.binds, &right.binds})
          for (const Id bind : *binds) row.bind(bind);
        if (!row.step()) throw AppError(Status::not_found, "not_found");
      }
      tx.query(
            "UPDATE duplicate_pair SET decided_before = decision, decision = ?, decided_by = ?, "
            "decided_at = ?, batch_id = ? WHERE {duplicate_pair} AND a_id = ? AND b_id = ?")
          .bind(code_of(decision), caller.access.user(), write.now(), write.batch(), a, b)
          .run();
    }
    if (along) along(write);
  });
}

std::int64_t DuplicateQueue::undo(const Caller& caller, Id batch, Id as) {
  std::int64_t count = 0;
  bool others = false;
  engine_.database().read([&](store::Connection& connection) {
    auto row = connection.query(
        "SELECT count(*), coalesce(sum(CASE WHEN d.decided_by <> ? THEN 1 ELSE 0 END), 0) FROM "
        "duplicate_pair d WHERE {d} AND d.batch_id = ?");
    row.bind(caller.access.user(), batch);
    if (!row.step()) return;
    count = row.integer(0);
    others = row.integer(1) != 0;
  });
  if (count == 0) return 0;
  if (others && !caller.access.administers()) throw AppError(Status::forbidden, "undo_not_yours");
  engine_.database().write([&](store::Transaction& tx) {
    count =
        tx.query(
              "UPDATE duplicate_pair SET decision = decided_before, decided_before = decision, "
              "decided_by = ?, decided_at = ?, batch_id = ? WHERE {duplicate_pair} AND batch_id "
              "= ?")
            .bind(caller.access.user(), engine_.clock().now(), as, batch)
            .run();
  });
  return count;
}

}  // namespace daifuku::records
