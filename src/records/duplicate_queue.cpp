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
constexpr int kSlice = 1'000;  // pairs of a transaction
constexpr std::size_t kMostSkipped = 100;

ScanStatus status_of(std::string_view name) {
  for (const auto status : {ScanStatus::done, ScanStatus::failed, ScanStatus::cancelled}) {
    if (DuplicateQueue::name_of(status) == name) return status;
  }
  return ScanStatus::never;
}

// Decides one pair after the other, those whose two records the caller may change.
class Deciding {
 public:
  Deciding(Engine& engine, const Caller& caller, const ObjectDef& object,
           DuplicateQueue::Decision decision)
      : object_(object), decision_(decision) {
    const auth::Scope scope = caller.access.object(object).update;
    if (scope == auth::Scope::none) throw AppError(Status::forbidden, "forbidden");
    left_ = caller.access.condition(object, scope, "t");
    right_ = caller.access.condition(object, scope, "u");
    const std::string& table = engine.plan(object).table;
    sql_ = "SELECT d.score FROM duplicate_pair d JOIN " + table +
           " t ON t.id = d.a_id AND {t} JOIN " + table +
           " u ON u.id = d.b_id AND {u} WHERE {d} AND d.object_id = ? AND d.a_id = ? AND d.b_id = "
           "? AND t.deleted_at IS NULL AND u.deleted_at IS NULL";
    if (!left_.sql.empty()) sql_ += " AND " + left_.sql + " AND " + right_.sql;
  }

  // false when there is no such pair for the caller.
  bool decide(Write& write, const RecordPair& pair) const {
    const Id a = std::min(pair.a, pair.b);
    const Id b = std::max(pair.a, pair.b);
    {
      auto row = write.tx().query(sql_);
      row.bind(static_cast<std::int64_t>(object_.id), a, b);
      for (const auto* binds : {&left_.binds, &right_.binds})
        for (const Id bind : *binds) row.bind(bind);
      if (!row.step()) return false;
    }
    write.tx()
        .query(
            "UPDATE duplicate_pair SET decided_before = decision, decision = ?, decided_by = ?, "
            "decided_at = ?, batch_id = ? WHERE {duplicate_pair} AND a_id = ? AND b_id = ?")
        .bind(DuplicateQueue::code_of(decision_), write.caller().access.user(), write.now(),
              write.batch(), a, b)
        .run();
    return true;
  }

 private:
  const ObjectDef& object_;
  DuplicateQueue::Decision decision_;
  auth::Access::Condition left_ = {};
  auth::Access::Condition right_ = {};
  std::string sql_ = {};
};

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
  const bool whole = caller.access.object(object).read == auth::Scope::all;
  if (whole) json.field("checking", watch_.waiting());
  if (state.status != ScanStatus::never) {
    if (whole) json.field("records", state.records).field("pairs", state.pairs);
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
  const Deciding deciding(engine_, caller, object, decision);
  return engine_.write(caller, [&](Write& write) {
    for (const RecordPair& pair : pairs) {
      if (!deciding.decide(write, pair)) throw AppError(Status::not_found, "not_found");
    }
    if (along) along(write);
  });
}

std::int64_t DuplicateQueue::decide_all(const Caller& caller, const ObjectDef& object, Id batch,
                                        std::span<const RecordPair> pairs, Decision decision,
                                        const std::function<void(Write&, std::int64_t)>& along) {
  const Deciding deciding(engine_, caller, object, decision);
  std::int64_t count = 0;
  while (!pairs.empty()) {
    const auto slice = pairs.first(std::min(pairs.size(), static_cast<std::size_t>(kSlice)));
    std::int64_t decided = 0;
    engine_.write(caller, batch, [&](Write& write) {
      decided = std::ranges::count_if(
          slice, [&](const RecordPair& pair) { return deciding.decide(write, pair); });
      if (decided > 0) along(write, decided);
    });
    count += decided;
    pairs = pairs.subspan(slice.size());
  }
  return count;
}

void DuplicateQueue::undo(const Caller& caller, Id batch, UndoResult& result) {
  std::vector<std::int64_t> objects;
  bool others = false;
  engine_.database().read([&](store::Connection& connection) {
    objects.clear();
    others = false;
    auto rows = connection.query(
        "SELECT d.object_id, max(CASE WHEN d.decided_by <> ? THEN 1 ELSE 0 END) FROM "
        "duplicate_pair d WHERE {d} AND d.batch_id = ? GROUP BY d.object_id ORDER BY d.object_id");
    rows.bind(caller.access.user(), batch);
    while (rows.step()) {
      objects.push_back(rows.integer(0));
      others = others || rows.integer(1) != 0;
    }
  });
  if (others && !caller.access.administers()) throw AppError(Status::forbidden, "undo_not_yours");
  for (const std::int64_t id : objects) {
    const ObjectDef* object = caller.access.catalog().by_id(static_cast<std::uint32_t>(id));
    if (object == nullptr) continue;
    RecordPair after;
    while (undo_slice(caller, *object, batch, after, result)) {
    }
  }
}

bool DuplicateQueue::undo_slice(const Caller& caller, const ObjectDef& object, Id batch,
                                RecordPair& after, UndoResult& result) {
  const ObjectPlan& plan = engine_.plan(object);
  const auth::Scope scope = caller.access.object(object).update;
  const auto left = caller.access.condition(object, scope, "t");
  const auto right = caller.access.condition(object, scope, "u");
  // Both may have been handed over since.
  std::string sql = "SELECT d.a_id, d.b_id, ";
  sql +=
      left.sql.empty() ? "1" : "CASE WHEN " + left.sql + " AND " + right.sql + " THEN 1 ELSE 0 END";
  sql += " FROM duplicate_pair d JOIN " + plan.table + " t ON t.id = d.a_id AND {t} JOIN " +
         plan.table +
         " u ON u.id = d.b_id AND {u} WHERE {d} AND d.batch_id = ? AND d.object_id = ? AND "
         "(d.a_id > ? OR (d.a_id = ? AND d.b_id > ?)) ORDER BY d.a_id, d.b_id LIMIT ?";
  std::vector<RecordPair> undone;
  std::vector<RecordPair> kept;
  engine_.database().write([&](store::Transaction& tx) {
    undone.clear();
    kept.clear();
    {
      auto rows = tx.query(sql);
      for (const auto* binds : {&left.binds, &right.binds})
        for (const Id bind : *binds) rows.bind(bind);
      rows.bind(batch, static_cast<std::int64_t>(object.id), after.a, after.a, after.b, kSlice);
      while (rows.step())
        (rows.integer(2) != 0 ? undone : kept).push_back({rows.integer(0), rows.integer(1)});
    }
    for (const RecordPair& pair : undone) {
      tx.query(
            "UPDATE duplicate_pair SET decision = decided_before, decided_before = decision, "
            "decided_by = ?, decided_at = ?, batch_id = ? WHERE {duplicate_pair} AND a_id = ? AND "
            "b_id = ?")
          .bind(caller.access.user(), engine_.clock().now(), result.batch, pair.a, pair.b)
          .run();
    }
  });
  result.undone += static_cast<std::int64_t>(undone.size());
  for (const RecordPair& pair : kept) {
    if (result.skipped.size() >= kMostSkipped) break;
    result.skipped.push_back({object.key, pair.a, {}, "forbidden"});
  }
  for (const auto* pairs : {&undone, &kept}) {
    if (!pairs->empty() &&
        std::pair(pairs->back().a, pairs->back().b) > std::pair(after.a, after.b))
      after = pairs->back();
  }
  return undone.size() + kept.size() == static_cast<std::size_t>(kSlice);
}

}  // namespace daifuku::records
