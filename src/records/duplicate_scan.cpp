// A scan of all records of an object for the queue of likely duplicates.
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>

#include "base/log.h"
#include "matching/finder.h"
#include "records/duplicate_finder.h"
#include "records/duplicate_queue.h"

namespace daifuku::records {

using meta::ObjectDef;
using ScanStatus = DuplicateQueue::ScanState::Status;

namespace {

constexpr std::int64_t kReadAtOnce = 5'000;
constexpr std::int64_t kKnownAtOnce = 5'000;
// How long a transaction that writes pairs may take, and how many of them it holds.
constexpr std::chrono::milliseconds kMoment{80};
constexpr std::size_t kLeastAtOnce = 200;
constexpr std::size_t kMostAtOnce = 20'000;
// Shares of the work, as measured with a million companies.
constexpr double kRead = 0.5;
constexpr double kFound = 0.8;

}  // namespace

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
  cancelled_ = false;
  running_[object.id] = {
      .status = ScanStatus::running, .started_at = engine_.clock().now(), .by = by};
  thread_ = std::thread([this, id = object.id, by] { run(id, by); });
}

void DuplicateQueue::cancel(const Caller& caller) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  cancelled_ = true;
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
  watch_.stop();
  wait();
}

void DuplicateQueue::advance(std::uint32_t object, double share) {
  const std::lock_guard lock(mutex_);
  double& now = running_[object].share;
  now = std::max(now, share);
}

void DuplicateQueue::run(std::uint32_t object, Id by) {
  ScanStatus status = ScanStatus::failed;
  try {
    const auto catalog = engine_.catalog();
    const ObjectDef* of = catalog->by_id(object);
    if (of != nullptr) {
      const ObjectPlan& plan = engine_.plan(*of);
      // What is changed from here on may be read before or after: it is checked again at the end.
      const Id since = engine_.last_event();
      const Id scan = engine_.ids().next();
      const auto found = find(plan);
      ::malloc_trim(0);  // The table is gone; the C library would keep its room.
      if (!stopped()) keep(plan, found, scan);
      watch_.again_from(since);
      status = stopped() ? ScanStatus::cancelled : ScanStatus::done;
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

namespace {

// Rows as they were read, until the table takes them in.
struct Slice {
  struct Cell {
    std::uint32_t field;
    std::uint32_t end;  // in `text`
  };
  std::vector<Id> ids = {};
  std::vector<std::uint32_t> row_ends = {};  // in `cells`
  std::vector<Cell> cells = {};
  std::string text = {};
};

Slice read_slice(Engine& engine, const ObjectPlan& plan, const std::vector<ComparedField>& compared,
                 Id after) {
  std::vector<const meta::FieldDef*> read;
  std::string columns = "t.id";
  for (const ComparedField& field : compared) {
    for (const meta::FieldDef* part : field.parts) {
      read.push_back(part);
      columns += ", " + column("t", *part);
    }
  }
  Slice out;
  std::vector<std::string> cells;
  meta::Values values;
  engine.database().read([&](store::Connection& connection) {
    out = {};
    auto rows = connection.query("SELECT " + columns + " FROM " + plan.table +
                                 " t WHERE {t} AND t.deleted_at IS NULL AND t.id > ? ORDER BY "
                                 "t.id LIMIT ?");
    rows.bind(after, kReadAtOnce);
    while (rows.step()) {
      out.ids.push_back(rows.integer(0));
      values.clear();
      int at = 1;
      for (const meta::FieldDef* field : read) {
        meta::Value value = cell(rows.statement(), at++, field->kind->storage);
        if (!meta::is_empty(value)) values[field->key] = std::move(value);
      }
      for (std::uint32_t i = 0; i < compared.size(); ++i) {
        compared[i].cells(values, cells);
        for (const std::string& text : cells) {
          out.text += text;
          out.cells.push_back({i, static_cast<std::uint32_t>(out.text.size())});
        }
      }
      out.row_ends.push_back(static_cast<std::uint32_t>(out.cells.size()));
    }
  });
  return out;
}

}  // namespace

// The next slice is read while this one is taken in.
void DuplicateQueue::read_table(const ObjectPlan& plan, const std::vector<ComparedField>& compared,
                                matching::Table& table, std::vector<Id>& ids) {
  const auto read = [&](Id after) {
    return std::async(std::launch::async,
                      [&, after] { return read_slice(engine_, plan, compared, after); });
  };
  std::future<Slice> next = read(0);
  while (!stopped()) {
    const Slice slice = next.get();
    const bool more = static_cast<std::int64_t>(slice.ids.size()) == kReadAtOnce;
    if (more) next = read(slice.ids.back());
    std::size_t cell = 0;
    std::uint32_t start = 0;
    for (const std::uint32_t row_end : slice.row_ends) {
      for (; cell < row_end; ++cell) {
        const std::uint32_t end = slice.cells[cell].end;
        table.add(slice.cells[cell].field, std::string_view(slice.text).substr(start, end - start));
        start = end;
      }
      table.end_row();
    }
    ids.insert(ids.end(), slice.ids.begin(), slice.ids.end());
    {
      const std::lock_guard lock(mutex_);
      running_[plan.object.id].records = static_cast<std::int64_t>(ids.size());
    }
    // A guess until they are counted in the background.
    const auto about = static_cast<double>(engine_.row_estimate().rows(plan.table) + 1);
    advance(plan.object.id, kRead * std::min(1.0, static_cast<double>(ids.size()) / about));
    if (!more) return;
  }
}

std::vector<DuplicateQueue::Found> DuplicateQueue::find(const ObjectPlan& plan) {
  const auto compared = compared_fields(plan);
  std::vector<matching::Kind> kinds;
  kinds.reserve(compared.size());
  for (const ComparedField& field : compared) kinds.push_back(field.kind);
  matching::Table table(kinds);
  std::vector<Id> ids;
  read_table(plan, compared, table, ids);
  if (stopped()) return {};
  table.finish();
  advance(plan.object.id, kRead);

  const auto findings = matching::find_duplicates(
      table,
      {.least = kLeastScore,
       .stop = [this] { return stopped(); },
       .progress =
           [&](double share) { advance(plan.object.id, kRead + (kFound - kRead) * share); }});
  if (stopped()) return {};
  models_.keep(plan, findings.model, matching::Frequencies::of(table), table.rows());
  std::vector<Found> out;
  out.reserve(findings.matches.size());
  for (const matching::Match& match : findings.matches)
    out.push_back({.pair = {ids[match.pair.a], ids[match.pair.b]},
                   .score = std::llround(match.score * kScoreScale),
                   .levels = match.levels});
  const std::lock_guard lock(mutex_);
  running_[plan.object.id].pairs = static_cast<std::int64_t>(out.size());
  return out;
}

// What differs from what is known, written many at once: as many as take a moment, so that nobody
// who saves beside it notices.
class DuplicateQueue::Changes {
 public:
  Changes(Engine& engine, const ObjectPlan& plan, Id scan)
      : engine_(engine), object_(plan.object.id), compared_(compared_fields(plan)), scan_(scan) {}
  void put(const Found& found) { put_.push_back(&found); }
  void remove(const RecordPair& pair) { gone_.push_back(pair); }
  bool enough() const { return put_.size() + gone_.size() >= at_once_; }
  bool says(const Found& found, std::string_view levels) const {
    return levels_text(compared_, found.levels) == levels;
  }
  void store();

 private:
  Engine& engine_;
  const std::uint32_t object_;
  const std::vector<ComparedField> compared_;
  const Id scan_;
  std::vector<const Found*> put_;
  std::vector<RecordPair> gone_;
  std::size_t at_once_ = 500;
};

void DuplicateQueue::Changes::store() {
  if (put_.empty() && gone_.empty()) return;
  const Millis now = engine_.clock().now();
  const auto start = std::chrono::steady_clock::now();
  engine_.database().write([&](store::Transaction& tx) {
    for (const Found* found : put_) {
      put_pair(tx, object_, found->pair, found->score, levels_text(compared_, found->levels), scan_,
               now);
    }
    // What a check of a change found meanwhile is newer than this.
    for (const RecordPair& pair : gone_) {
      tx.query(
            "DELETE FROM duplicate_pair WHERE {duplicate_pair} AND a_id = ? AND b_id = ? AND "
            "decision = 'open' AND scan_id < ?")
          .bind(pair.a, pair.b, scan_)
          .run();
    }
  });
  const auto took = std::chrono::steady_clock::now() - start;
  if (took < kMoment / 2) at_once_ = std::min(at_once_ * 2, kMostAtOnce);
  if (took > kMoment) at_once_ = std::max(at_once_ / 2, kLeastAtOnce);
  put_.clear();
  gone_.clear();
}

// Both are in the order of their pairs, so they are walked side by side: what is as it was is not
// written again. Decisions stay with their pairs; open ones that were not found again go.
void DuplicateQueue::keep(const ObjectPlan& plan, const std::vector<Found>& found, Id scan) {
  struct Known {
    RecordPair pair;
    std::int64_t score;
    std::string levels;
    bool open;
  };
  const auto before = [](const RecordPair& x, const RecordPair& y) {
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  };
  Changes changes(engine_, plan, scan);
  std::size_t at = 0;
  const auto put = [&](std::size_t index) {
    changes.put(found[index]);
    if (!changes.enough()) return;
    changes.store();
    advance(plan.object.id,
            kFound + (1 - kFound) * static_cast<double>(index) / static_cast<double>(found.size()));
  };
  RecordPair last;
  for (bool more = true; more && !stopped();) {
    std::vector<Known> known;
    engine_.database().read([&](store::Connection& connection) {
      known.clear();
      RecordPair end = last;
      auto rows = connection.query(
          "SELECT d.a_id, d.b_id, d.score, d.levels, d.decision, d.object_id FROM duplicate_pair d "
          "WHERE {d} AND d.a_id >= ? AND (d.a_id > ? OR d.b_id > ?) ORDER BY d.a_id, d.b_id LIMIT "
          "?");
      rows.bind(last.a, last.a, last.b, kKnownAtOnce);
      std::int64_t count = 0;
      for (; rows.step(); ++count) {
        end = {rows.integer(0), rows.integer(1)};
        if (rows.integer(5) != static_cast<std::int64_t>(plan.object.id)) continue;
        known.push_back({end, rows.integer(2), std::string(rows.text(3)), rows.text(4) == "open"});
      }
      more = count == kKnownAtOnce;
      last = end;
    });
    for (const Known& old : known) {
      while (at < found.size() && before(found[at].pair, old.pair) && !stopped()) put(at++);
      if (stopped()) return;
      if (at < found.size() && !before(old.pair, found[at].pair)) {
        if (found[at].score != old.score || !changes.says(found[at], old.levels)) put(at);
        ++at;
      } else if (old.open) {
        changes.remove(old.pair);
      }
    }
    if (changes.enough()) changes.store();
  }
  while (at < found.size() && !stopped()) put(at++);
  if (!stopped()) changes.store();
}

}  // namespace daifuku::records
