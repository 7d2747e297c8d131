#include "records/tidy_walk.h"

#include <algorithm>
#include <charconv>

#include "records/schema.h"

namespace daifuku::records {

namespace {

constexpr std::int64_t kSlice = 200;

std::string exact_column(const TidyLane& lane) {
  return lane.exact.empty() ? "1" : "CASE WHEN " + lane.exact + " THEN 1 ELSE 0 END";
}

std::string in_order(const TidyLane& lane) {
  return lane.oldest_first ? " ORDER BY t.updated_at, t.id" : " ORDER BY t.id DESC";
}

}  // namespace

TidyWalk::TidyWalk(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                   std::vector<TidyLane> lanes, TidyJudge judge)
    : engine_(engine),
      plan_(engine.plan(object)),
      lanes_(std::move(lanes)),
      judge_(std::move(judge)),
      scope_(caller.access.condition(object, caller.access.object(object).read, "t")) {}

std::string TidyWalk::cursor_of(const TidyPosition& at) {
  std::string out = std::to_string(at.lane);
  if (at.begun) out += "." + std::to_string(at.key) + "." + encode_id(at.id);
  return out;
}

void TidyWalk::start_after(std::string_view cursor) {
  if (cursor.empty()) return;
  const auto wrong = [] {
    throw AppError(Status::invalid, "filter_wrong", {}, {{"after", "invalid_id", {}}});
  };
  const auto number = [&](std::string_view text) {
    std::int64_t out = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || out < 0) wrong();
    return out;
  };
  const auto first = cursor.find('.');
  at_ = {.lane = static_cast<std::size_t>(number(cursor.substr(0, first)))};
  if (first == std::string_view::npos) return;
  const auto second = cursor.find('.', first + 1);
  if (second == std::string_view::npos) wrong();
  at_.key = number(cursor.substr(first + 1, second - first - 1));
  const auto id = decode_id(cursor.substr(second + 1));
  if (!id) wrong();
  at_.id = id.value_or(0);
  at_.begun = true;
}

std::string TidyWalk::from_where(const TidyLane& lane) const {
  std::string out = " FROM " + plan_.table + " t WHERE {t} AND t.deleted_at IS NULL";
  if (!lane.where.empty()) out += " AND " + lane.where;
  if (!scope_.sql.empty()) out += " AND " + scope_.sql;
  return out;
}

void TidyWalk::bind(store::Query& query, const TidyLane& lane, bool with_exact) const {
  if (with_exact) {
    for (const meta::Value& value : lane.exact_binds) query.bind(value);
  }
  for (const meta::Value& value : lane.binds) query.bind(value);
  for (const Id value : scope_.binds) query.bind(value);
}

std::vector<TidyProblem> TidyWalk::problems_in(store::Connection& connection, const Record& record,
                                               std::size_t lane) const {
  std::vector<TidyProblem> out = judge_(connection, record);
  // The lane before this one gave it already.
  if (std::ranges::any_of(out, [&](const TidyProblem& problem) { return problem.lane < lane; }))
    out.clear();
  return out;
}

std::vector<TidyFinding> TidyWalk::next(std::size_t most, TidyBudget& budget) {
  std::vector<TidyFinding> out;
  while (!ended() && out.size() < most && !budget.spent()) {
    const TidyLane& lane = lanes_[at_.lane];
    // The flag comes last: a record is read from the front of its row.
    std::string sql = "SELECT " + plan_.select_all + ", " + exact_column(lane) + from_where(lane);
    if (at_.begun)
      sql += lane.oldest_first ? " AND (t.updated_at, t.id) > (?, ?)" : " AND t.id < ?";
    sql += in_order(lane) + " LIMIT ?";
    const std::int64_t wanted = std::min(kSlice, budget.rows);
    const int flag = kSystemColumnCount + static_cast<int>(plan_.stored.size());
    std::vector<TidyFinding> found;
    TidyPosition reached;
    std::int64_t read = 0;
    engine_.database().read([&](store::Connection& connection) {
      found.clear();
      reached = at_;
      read = 0;
      auto rows = connection.query(sql);
      bind(rows, lane, true);
      if (at_.begun && lane.oldest_first) rows.bind(at_.key);
      if (at_.begun) rows.bind(at_.id);
      rows.bind(wanted);
      while (out.size() + found.size() < most && rows.step()) {
        ++read;
        reached = {.lane = at_.lane,
                   .key = lane.oldest_first ? rows.integer(4) : 0,
                   .id = rows.integer(0),
                   .begun = true};
        if (rows.integer(flag) == 0) continue;
        Record record = read_record(rows.statement(), plan_);
        auto problems = problems_in(connection, record, at_.lane);
        if (problems.empty()) continue;
        found.push_back(
            {.record = std::move(record), .problems = std::move(problems), .at = reached});
      }
    });
    at_ = reached;
    budget.rows -= read;
    const bool full = out.size() + found.size() >= most;
    if (!full && read < wanted) at_ = {.lane = at_.lane + 1};
    std::ranges::move(found, std::back_inserter(out));
  }
  propose(out);
  return out;
}

void TidyWalk::propose(std::vector<TidyFinding>& findings) const {
  if (!propose_ || counting_) return;
  for (TidyFinding& finding : findings) propose_(finding);
}

std::vector<TidyFinding> TidyWalk::pick(const std::vector<Id>& ids) {
  std::string list;
  for (const Id id : ids) list += (list.empty() ? "" : ",") + std::to_string(id);
  std::vector<TidyFinding> out;
  if (list.empty()) return out;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const TidyLane& lane = lanes_[i];
    std::string sql =
        "SELECT " + plan_.select_all + from_where(lane) + " AND t.id IN (" + list + ")";
    if (!lane.exact.empty()) sql += " AND (" + lane.exact + ")";
    std::vector<TidyFinding> found;
    engine_.database().read([&](store::Connection& connection) {
      found.clear();
      auto rows = connection.query(sql + in_order(lane));
      bind(rows, lane, false);
      for (const meta::Value& value : lane.exact_binds) rows.bind(value);
      while (rows.step()) {
        Record record = read_record(rows.statement(), plan_);
        auto problems = problems_in(connection, record, i);
        if (!problems.empty())
          found.push_back({.record = std::move(record), .problems = std::move(problems)});
      }
    });
    std::ranges::move(found, std::back_inserter(out));
  }
  propose(out);
  return out;
}

TidyWalk::Count TidyWalk::count(TidyBudget budget) {
  Count out;
  at_ = {};
  counting_ = true;
  while (!ended() && !budget.spent()) {
    const TidyLane& lane = lanes_[at_.lane];
    if (!lane.counted_by_rows) {
      constexpr std::size_t kAtOnce = 200;
      out.count += static_cast<std::int64_t>(next(kAtOnce, budget).size());
      continue;
    }
    const std::string sql = "SELECT count(*), coalesce(sum(n.exact), 0) FROM (SELECT " +
                            exact_column(lane) + " AS exact" + from_where(lane) + in_order(lane) +
                            " LIMIT ?) n";
    std::int64_t looked = 0;
    std::int64_t found = 0;
    engine_.database().read([&](store::Connection& connection) {
      auto row = connection.query(sql);
      bind(row, lane, true);
      row.bind(budget.rows);
      if (!row.step()) return;
      looked = row.integer(0);
      found = row.integer(1);
    });
    out.count += found;
    const bool cut = looked >= budget.rows;
    budget.rows -= looked;
    if (cut) break;
    at_ = {.lane = at_.lane + 1};
  }
  out.more = !ended();
  counting_ = false;
  at_ = {};
  return out;
}

}  // namespace daifuku::records
