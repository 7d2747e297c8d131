#include "records/duplicate_watch.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "base/log.h"
#include "records/duplicate_finder.h"
#include "records/duplicate_queue.h"

namespace daifuku::records {

namespace {

constexpr std::int64_t kRowsAtOnce = 200;  // of the log
// A ledger without a mark whose log is longer than this was filled by an older program or a load:
// its whole scan finds what is in it.
constexpr std::int64_t kMostAtFirst = 20'000;
// Similar names are searched for as long as there is not more to do than this; in an import of many
// rows equal names, telephones and the like must do until the next whole scan.
constexpr std::int64_t kFewRows = kRowsAtOnce;
constexpr std::size_t kHits = 60;
constexpr std::size_t kLoaded = 120;
constexpr auto kLook = std::chrono::seconds(2);
// A step that found nothing to write moves the mark in the store only so often: looked at twice is
// no harm.
constexpr Millis kKeepMark = 30'000;

}  // namespace

struct DuplicateWatch::Change {
  std::uint32_t object = 0;
  Id record = 0;
  bool operator<(const Change& other) const {
    return object != other.object ? object < other.object : record < other.record;
  }
};

struct DuplicateWatch::Step {
  struct Pair {
    Id a = 0;
    Id b = 0;
    std::uint32_t object = 0;
    std::int64_t score = 0;
    std::string levels = {};
  };
  std::shared_ptr<const meta::Catalog> catalog;
  std::vector<Pair> put = {};
  std::vector<std::pair<Id, Id>> gone = {};
  bool busy = false;  // many rows follow
};

void DuplicateWatch::start() {
  thread_ = std::thread([this] { run(); });
}

void DuplicateWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void DuplicateWatch::nudge() {
  {
    const std::lock_guard lock(mutex_);
    nudged_ = true;
  }
  wake_.notify_all();
}

void DuplicateWatch::again_from(Id history) {
  {
    const std::lock_guard lock(mutex_);
    again_ = again_ == 0 ? history : std::min(again_, history);
    nudged_ = true;
  }
  wake_.notify_all();
}

bool DuplicateWatch::waiting() {
  const Id last = engine_.last_event();
  const std::lock_guard lock(mutex_);
  return !loaded_ || again_ != 0 || mark_ < last;
}

void DuplicateWatch::run() {
  // On Linux of this thread alone.
  ::setpriority(PRIO_PROCESS, 0, 15);
  while (!stopping_) {
    bool more = false;
    try {
      more = step();
    } catch (const std::exception& error) {
      log::error("duplicate_check_failed", {{"reason", error.what()}});
    }
    if (more) continue;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kLook, [&] { return stopping_ || nudged_; });
    nudged_ = false;
  }
}

void DuplicateWatch::load_mark() {
  bool known = false;
  Id mark = 0;
  engine_.database().read([&](store::Connection& connection) {
    known = false;
    {
      auto row =
          connection.query("SELECT w.history_id FROM duplicate_watch w WHERE {w} AND w.id = 1");
      if (row.step()) {
        known = true;
        mark = row.integer(0);
      }
    }
    if (known) return;
    auto row =
        connection.query("SELECT count(*) FROM (SELECT h.id FROM history h WHERE {h} LIMIT ?) c");
    row.bind(kMostAtFirst + 1);
    known = row.step() && row.integer(0) <= kMostAtFirst;
  });
  if (!known) mark = engine_.last_event();
  const std::lock_guard lock(mutex_);
  loaded_ = true;
  mark_ = kept_mark_ = mark;
  kept_at_ = engine_.clock().now();
}

bool DuplicateWatch::step() {
  const std::lock_guard one(stepping_);
  if (!loaded_) load_mark();
  Id mark = 0;
  {
    const std::lock_guard lock(mutex_);
    if (again_ != 0) mark_ = std::min(mark_, again_);
    again_ = 0;
    mark = mark_;
  }
  Step step{.catalog = engine_.catalog()};
  std::set<Change> changes;
  std::int64_t rows = 0;
  engine_.database().read([&](store::Connection& connection) {
    changes.clear();
    rows = 0;
    auto row = connection.query(
        "SELECT h.id, h.object_id, h.record_id, h.action, h.changes FROM history h WHERE {h} AND "
        "h.id > ? ORDER BY h.id LIMIT ?");
    row.bind(mark, kRowsAtOnce);
    while (row.step()) {
      ++rows;
      mark = row.integer(0);
      const auto* object = step.catalog->by_id(static_cast<std::uint32_t>(row.integer(1)));
      if (object == nullptr) continue;
      const auto model = models_.of(engine_.plan(*object));
      if (model == nullptr) continue;
      // What is not compared may change as it likes.
      const std::string_view told = row.text(4);
      const bool concerned =
          row.text(3) != "update" ||
          std::ranges::any_of(model->compared, [&](const ComparedField& compared) {
            return std::ranges::any_of(compared.parts, [&](const meta::FieldDef* part) {
              return told.find('"' + part->key + "\":") != std::string_view::npos;
            });
          });
      if (concerned) changes.insert({object->id, row.integer(2)});
    }
  });
  if (rows == 0) return false;
  step.busy = rows >= kFewRows;
  for (const Change& change : changes) {
    if (stopping_) return false;
    const std::size_t put = step.put.size();
    const std::size_t gone = step.gone.size();
    engine_.database().read([&](store::Connection& connection) {
      step.put.resize(put);
      step.gone.resize(gone);
      check(connection, change, step);
    });
  }

  const Millis now = engine_.clock().now();
  const bool found = !step.put.empty() || !step.gone.empty();
  if (found || now - kept_at_ >= kKeepMark || now < kept_at_) {
    const Id found_by = engine_.ids().next();
    engine_.database().write([&](store::Transaction& tx) {
      for (const Step::Pair& pair : step.put)
        put_pair(tx, pair.object, {pair.a, pair.b}, pair.score, pair.levels, found_by, now);
      for (const auto& [a, b] : step.gone) {
        tx.query(
              "DELETE FROM duplicate_pair WHERE {duplicate_pair} AND a_id = ? AND b_id = ? AND "
              "decision = 'open'")
            .bind(a, b)
            .run();
      }
      tx.query(
            "INSERT INTO duplicate_watch ({tenant_id}, id, history_id) VALUES ({tenant}, 1, ?) ON "
            "CONFLICT ({tenant_id}, id) DO UPDATE SET history_id = excluded.history_id")
          .bind(mark)
          .run();
    });
    kept_at_ = now;
  }
  const std::lock_guard lock(mutex_);
  mark_ = mark;
  return rows == kRowsAtOnce || again_ != 0;
}

// What is likely now against what is in the queue.
void DuplicateWatch::check(store::Connection& connection, const Change& change, Step& step) {
  const meta::ObjectDef* object = step.catalog->by_id(change.object);
  const ObjectPlan& plan = engine_.plan(*object);
  const auto model = models_.of(plan);
  if (model == nullptr) return;
  struct Known {
    std::int64_t score = 0;
    std::string levels = {};
    bool open = false;
  };
  std::map<Id, Known> known;  // by the other record
  for (const char* sql :
       {"SELECT d.b_id, d.score, d.levels, d.decision FROM duplicate_pair d WHERE {d} AND d.a_id = "
        "?",
        "SELECT d.a_id, d.score, d.levels, d.decision FROM duplicate_pair d WHERE {d} AND d.b_id = "
        "?"}) {
    auto rows = connection.query(sql);
    rows.bind(change.record);
    while (rows.step())
      known[rows.integer(0)] = {rows.integer(1), std::string(rows.text(2)), rows.text(3) == "open"};
  }
  std::optional<Record> record;
  {
    auto row = connection.query(plan.load + " AND t.deleted_at IS NULL");
    row.bind(change.record);
    if (row.step()) record = read_record(row.statement(), plan);
  }
  const auto pair_with = [&](Id other) {
    return std::pair{std::min(change.record, other), std::max(change.record, other)};
  };
  const auto put = [&](const DuplicateFinder::Found& found) {
    const auto score = std::llround(found.score * kScoreScale);
    std::string levels = levels_text(model->compared, found.levels);
    const auto before = known.find(found.id);
    if (before != known.end() && before->second.score == score && before->second.levels == levels)
      return;
    const auto [a, b] = pair_with(found.id);
    step.put.push_back({a, b, change.object, score, std::move(levels)});
  };
  std::set<Id> likely;
  if (record) {
    const DuplicateFinder finder(
        plan, *model,
        {.except = change.record, .hits = kHits, .loaded = kLoaded, .similar_names = !step.busy});
    for (const auto& found : finder.find(connection, record->values)) {
      if (found.score < kLeastScore) break;
      likely.insert(found.id);
      put(found);
    }
    // A whole scan finds some that no key leads to.
    const auto row = model->prepare(record->values);
    for (const auto& [other, pair] : known) {
      if (!pair.open || likely.contains(other)) continue;
      const auto found = finder.compare(connection, row, other);
      if (!found || found->score < kLeastScore) continue;
      likely.insert(other);
      put(*found);
    }
  }
  for (const auto& [other, pair] : known) {
    if (pair.open && !likely.contains(other)) step.gone.push_back(pair_with(other));
  }
}

}  // namespace daifuku::records
