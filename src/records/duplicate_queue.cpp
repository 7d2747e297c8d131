#include "records/duplicate_queue.h"

#include <algorithm>
#include <cmath>

#include "base/log.h"
#include "base/messages.h"
#include "matching/finder.h"
#include "records/schema.h"

namespace daifuku::records {

using meta::ObjectDef;
using ScanStatus = DuplicateQueue::ScanState::Status;

namespace {

constexpr std::int64_t kReadAtOnce = 5'000;
constexpr std::size_t kWrittenAtOnce = 500;
// Pairs that are less likely are not worth a person's look.
constexpr double kLeastProbability = 0.3;
// Of the score as it is kept: hundredths of a bit.
constexpr double kScale = 100;

// Scores in cursors, which hold no negative numbers.
constexpr std::int64_t kCursorOffset = 1'000'000'000;

// How likely a score is, never quite sure.
std::int64_t percent(std::int64_t score) {
  const double probability = 1 / (1 + std::exp2(-static_cast<double>(score) / kScale));
  return std::min<std::int64_t>(std::llround(probability * 100), 99);
}

std::string_view name_of(ScanStatus status) {
  switch (status) {
    case ScanStatus::running:
      return "running";
    case ScanStatus::done:
      return "done";
    case ScanStatus::failed:
      return "failed";
    case ScanStatus::never:
      break;
  }
  return "never";
}
ScanStatus status_of(std::string_view name) {
  return name == "done"     ? ScanStatus::done
         : name == "failed" ? ScanStatus::failed
                            : ScanStatus::never;
}

}  // namespace

struct DuplicateQueue::Found {
  RecordPair pair;
  std::int64_t score = 0;
  std::string levels;  // "name 6,phone 3": what was compared and how alike it was
};

std::optional<DuplicateQueue::Decision> DuplicateQueue::decision_of(std::string_view code) {
  for (const Decision decision : {Decision::open, Decision::different, Decision::later}) {
    if (code_of(decision) == code) return decision;
  }
  return std::nullopt;
}
std::string_view DuplicateQueue::code_of(Decision decision) {
  return decision == Decision::open ? "open" : decision == Decision::later ? "later" : "different";
}

void DuplicateQueue::scan(const Caller& caller, const ObjectDef& object) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  if (compared_fields(engine_.plan(object)).empty())
    throw AppError(Status::invalid, "duplicates_not_compared");
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  for (const auto& [key, state] : running_) {
    if (state.status == ScanStatus::running) return;
  }
  if (thread_.joinable()) thread_.join();
  const Id by = caller.access.user();
  running_[object.id] = {
      .status = ScanStatus::running, .started_at = engine_.clock().now(), .by = by};
  thread_ = std::thread([this, id = object.id, by] { run(id, by); });
}

void DuplicateQueue::wait() {
  std::thread thread;
  {
    const std::lock_guard lock(mutex_);
    thread.swap(thread_);
  }
  if (thread.joinable()) thread.join();
}

void DuplicateQueue::stop() {
  stopping_ = true;
  wait();
}

void DuplicateQueue::run(std::uint32_t object, Id by) {
  ScanStatus status = ScanStatus::failed;
  try {
    const auto catalog = engine_.catalog();
    const ObjectDef* of = catalog->by_id(object);
    if (of != nullptr) {
      const ObjectPlan& plan = engine_.plan(*of);
      const auto found = find(plan);
      if (!stopping_) {
        keep(plan, found);
        status = ScanStatus::done;
      }
    }
  } catch (const std::exception& error) {
    log::error("duplicate_scan_failed", {{"reason", error.what()}});
  }
  const std::lock_guard lock(mutex_);
  ScanState& state = running_[object];
  state.status = status;
  state.finished_at = engine_.clock().now();
  try {
    engine_.database().write([&](store::Transaction& tx) {
      tx.query(
            "INSERT INTO duplicate_scan ({tenant_id}, object_id, status, records, pairs, "
            "started_at, finished_at, by_id) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT "
            "({tenant_id}, object_id) DO UPDATE SET status = excluded.status, records = "
            "excluded.records, pairs = excluded.pairs, started_at = excluded.started_at, "
            "finished_at = excluded.finished_at, by_id = excluded.by_id")
          .bind(static_cast<std::int64_t>(object), name_of(status), state.records, state.pairs,
                state.started_at, state.finished_at, by)
          .run();
    });
  } catch (const std::exception& error) {
    log::error("duplicate_scan_failed", {{"reason", error.what()}});
  }
}

std::vector<DuplicateQueue::Found> DuplicateQueue::find(const ObjectPlan& plan) {
  const auto compared = compared_fields(plan);
  std::vector<matching::Kind> kinds;
  std::vector<const meta::FieldDef*> read;
  std::string columns = "t.id";
  for (const ComparedField& field : compared) {
    kinds.push_back(field.kind);
    for (const meta::FieldDef* part : field.parts) {
      read.push_back(part);
      columns += ", " + column("t", *part);
    }
  }
  matching::Table table(kinds);
  std::vector<Id> ids;
  std::vector<std::string> cells;
  for (bool more = true; more && !stopping_;) {
    engine_.database().read([&](store::Connection& connection) {
      auto rows = connection.query("SELECT " + columns + " FROM " + plan.table +
                                   " t WHERE {t} AND t.deleted_at IS NULL AND t.id > ? ORDER BY "
                                   "t.id LIMIT ?");
      rows.bind(ids.empty() ? Id{0} : ids.back(), kReadAtOnce);
      std::int64_t count = 0;
      while (rows.step()) {
        ++count;
        ids.push_back(rows.integer(0));
        meta::Values values;
        int at = 1;
        for (const meta::FieldDef* field : read) {
          meta::Value value = cell(rows.statement(), at++, field->kind->storage);
          if (!meta::is_empty(value)) values[field->key] = std::move(value);
        }
        for (std::size_t i = 0; i < compared.size(); ++i) {
          compared[i].cells(values, cells);
          for (const std::string& text : cells) table.add(i, text);
        }
        table.end_row();
      }
      more = count == kReadAtOnce;
    });
    const std::lock_guard lock(mutex_);
    running_[plan.object.id].records = static_cast<std::int64_t>(ids.size());
  }
  if (stopping_) return {};
  table.finish();

  const double least = std::log2(kLeastProbability / (1 - kLeastProbability));
  const auto findings = matching::find_duplicates(table, {.least = least});
  std::vector<Found> out;
  for (const matching::Match& match : findings.matches) {
    Found& found = out.emplace_back();
    found.pair = {ids[match.pair.a], ids[match.pair.b]};
    found.score = std::llround(match.score * kScale);
    for (std::size_t i = 0; i < compared.size(); ++i) {
      if (match.levels[i] == matching::kMissing) continue;
      if (!found.levels.empty()) found.levels += ',';
      found.levels += compared[i].field->key + " " + std::to_string(match.levels[i]);
    }
  }
  const std::lock_guard lock(mutex_);
  running_[plan.object.id].pairs = static_cast<std::int64_t>(out.size());
  return out;
}

// Decisions stay with their pairs; open ones that were not found again go.
void DuplicateQueue::keep(const ObjectPlan& plan, const std::vector<Found>& found) {
  const auto object = static_cast<std::int64_t>(plan.object.id);
  const Id scan = engine_.ids().next();
  const Millis now = engine_.clock().now();
  for (std::size_t from = 0; from < found.size() && !stopping_; from += kWrittenAtOnce) {
    engine_.database().write([&](store::Transaction& tx) {
      for (std::size_t i = from; i < std::min(found.size(), from + kWrittenAtOnce); ++i) {
        const Found& one = found[i];
        tx.query(
              "INSERT INTO duplicate_pair ({tenant_id}, a_id, b_id, object_id, score, levels, "
              "decision, scan_id, found_at) VALUES ({tenant}, ?, ?, ?, ?, ?, 'open', ?, ?) ON "
              "CONFLICT ({tenant_id}, a_id, b_id) DO UPDATE SET score = excluded.score, levels = "
              "excluded.levels, scan_id = excluded.scan_id")
            .bind(one.pair.a, one.pair.b, object, one.score, one.levels, scan, now)
            .run();
      }
    });
  }
  if (stopping_) return;
  engine_.database().write([&](store::Transaction& tx) {
    tx.query(
          "DELETE FROM duplicate_pair WHERE {duplicate_pair} AND object_id = ? AND decision = "
          "'open' AND "
          "scan_id <> ?")
        .bind(object, scan)
        .run();
  });
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
  if (state.status != ScanStatus::never) {
    // How much there is of all the ledger is not told to those who see a part of it.
    if (caller.access.administers())
      json.field("records", state.records).field("pairs", state.pairs);
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
      json.field("percent", percent(item.score));
      json.key("reasons").begin_array();
      std::string_view rest = item.levels;
      while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        const std::string_view one = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        const auto space = one.find(' ');
        const auto found = std::find_if(compared.begin(), compared.end(), [&](const auto& field) {
          return field.field->key == one.substr(0, space);
        });
        if (found == compared.end() || space == std::string_view::npos) continue;
        // A reason tells what the fields hold.
        if (std::any_of(found->parts.begin(), found->parts.end(), [&](const auto* part) {
              return caller.access.field(object, part->key) < meta::FieldRight::read;
            }))
          continue;
        const auto level = static_cast<matching::Level>(one.back() - '0');
        if (level >= matching::levels(found->kind)) continue;
        const std::string code(matching::level_name(found->kind, level));
        json.begin_object().field("code", code).field("field", found->field->key);
        json.field("agrees", level > 0);
        json.field("text", message(caller.language, "matching_" + code)).end_object();
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

void DuplicateQueue::decide(const Caller& caller, const ObjectDef& object,
                            const std::vector<RecordPair>& pairs, Decision decision) {
  const ObjectPlan& plan = engine_.plan(object);
  const auth::Scope scope = caller.access.object(object).update;
  if (scope == auth::Scope::none) throw AppError(Status::forbidden, "forbidden");
  const auto left = caller.access.condition(object, scope, "t");
  const auto right = caller.access.condition(object, scope, "u");
  engine_.database().write([&](store::Transaction& tx) {
    for (const RecordPair& pair : pairs) {
      std::string sql = "SELECT d.score FROM duplicate_pair d JOIN " + plan.table +
                        " t ON t.id = d.a_id AND {t} JOIN " + plan.table +
                        " u ON u.id = d.b_id AND {u} WHERE {d} AND d.object_id = ? AND d.a_id = ? "
                        "AND d.b_id = ? AND t.deleted_at IS NULL AND u.deleted_at IS NULL";
      if (!left.sql.empty()) sql += " AND " + left.sql + " AND " + right.sql;
      {
        auto row = tx.query(sql);
        row.bind(static_cast<std::int64_t>(object.id), std::min(pair.a, pair.b),
                 std::max(pair.a, pair.b));
        for (const auto* binds : {&left.binds, &right.binds})
          for (const Id bind : *binds) row.bind(bind);
        if (!row.step()) throw AppError(Status::not_found, "not_found");
      }
      tx.query(
            "UPDATE duplicate_pair SET decision = ?, decided_by = ?, decided_at = ? WHERE "
            "{duplicate_pair} AND a_id = ? AND b_id = ?")
          .bind(code_of(decision), caller.access.user(), engine_.clock().now(),
                std::min(pair.a, pair.b), std::max(pair.a, pair.b))
          .run();
    }
  });
}

}  // namespace daifuku::records
