#include "records/duplicate_sets.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>

#include "base/messages.h"
#include "records/merge_plan.h"
#include "records/record_json.h"

namespace daifuku::records {

using meta::ObjectDef;
using Decision = DuplicateQueue::Decision;

namespace {

// Sets that are looked through for one answer, and how long one request merges.
constexpr std::size_t kMostSets = 2'000;
constexpr std::chrono::seconds kLongest{2};
constexpr std::size_t kMostSkipped = 100;

struct Pair {
  Id a = 0;
  Id b = 0;
  int percent = 0;
  bool open = false;
};

struct Set {
  std::vector<Id> ids = {};  // from the oldest
  int percent = 0;           // of its least likely pair that counts
  std::size_t open = 0;      // pairs within it
  bool decided = false;      // one of its pairs was decided otherwise
};

void require_administrator(const Caller& caller) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
}

Id cursor(std::string_view after) {
  if (after.empty()) return 0;
  const auto id = decode_id(after);
  if (!id) throw AppError(Status::invalid, "filter_wrong", {}, {{"after", "invalid_id", {}}});
  return *id;
}

// Pairs of records that are there and that the caller may see.
std::vector<Pair> read_pairs(Engine& engine, const Caller& caller, const ObjectDef& object,
                             auth::Scope scope) {
  const ObjectPlan& plan = engine.plan(object);
  const auto left = caller.access.condition(object, scope, "t");
  const auto right = caller.access.condition(object, scope, "u");
  std::string sql = "SELECT d.a_id, d.b_id, d.score, d.decision FROM duplicate_pair d JOIN " +
                    plan.table + " t ON t.id = d.a_id AND {t} JOIN " + plan.table +
                    " u ON u.id = d.b_id AND {u} WHERE {d} AND d.object_id = ? AND t.deleted_at IS "
                    "NULL AND u.deleted_at IS NULL";
  if (!left.sql.empty()) sql += " AND " + left.sql + " AND " + right.sql;
  std::vector<Pair> out;
  engine.database().read([&](store::Connection& connection) {
    out.clear();
    auto rows = connection.query(sql + " ORDER BY d.a_id, d.b_id");
    rows.bind(static_cast<std::int64_t>(object.id));
    for (const auto* binds : {&left.binds, &right.binds})
      for (const Id bind : *binds) rows.bind(bind);
    while (rows.step()) {
      out.push_back({.a = rows.integer(0),
                     .b = rows.integer(1),
                     .percent = percent_of(static_cast<double>(rows.integer(2)) / kScoreScale),
                     .open = rows.text(3) == DuplicateQueue::code_of(Decision::open)});
    }
  });
  return out;
}

bool counts(const Pair& pair, const Likely& likely) {
  return pair.open && pair.percent >= likely.percent && pair.percent < likely.below;
}

// Records that hang together by the pairs that count, in the order of the oldest in each.
std::vector<Set> sets_of(const std::vector<Pair>& pairs, const Likely& likely) {
  std::unordered_map<Id, Id> above;
  const auto root = [&](Id id) {
    Id at = id;
    for (auto found = above.find(at); found != above.end() && found->second != at;
         found = above.find(at)) {
      at = found->second;
    }
    // What was walked is walked once.
    while (above.contains(id) && above[id] != at) id = std::exchange(above[id], at);
    return at;
  };
  for (const Pair& pair : pairs) {
    if (!counts(pair, likely)) continue;
    above.emplace(pair.a, pair.a);
    above.emplace(pair.b, pair.b);
    const Id a = root(pair.a);
    const Id b = root(pair.b);
    above[std::max(a, b)] = std::min(a, b);  // The root is the oldest.
  }
  std::map<Id, Set> sets;
  std::vector<Id> ids;
  ids.reserve(above.size());
  for (const auto& [id, parent] : above) ids.push_back(id);
  std::ranges::sort(ids);
  for (const Id id : ids) sets[root(id)].ids.push_back(id);
  for (const Pair& pair : pairs) {
    if (!above.contains(pair.a) || !above.contains(pair.b)) continue;
    const Id at = root(pair.a);
    if (at != root(pair.b)) continue;
    Set& set = sets[at];
    if (!pair.open) {
      set.decided = true;
      continue;
    }
    ++set.open;
    if (counts(pair, likely))
      set.percent = set.percent == 0 ? pair.percent : std::min(set.percent, pair.percent);
  }
  std::vector<Set> out;
  out.reserve(sets.size());
  for (auto& [id, set] : sets) out.push_back(std::move(set));
  return out;
}

struct Judged {
  std::vector<std::string> why = {};  // codes; none: ready
  std::vector<std::string> fields = {};
  std::optional<MergePlan> plan = {};
};

Judged judge(Engine& engine, const Caller& caller, const ObjectDef& object, const Set& set,
             const Likely& likely, bool links) {
  Judged out;
  if (set.ids.size() > Write::kMostFrom + 1) {
    out.why.emplace_back("duplicate_set_large");
    return out;
  }
  if (set.decided) out.why.emplace_back("duplicate_set_decided");
  if (set.open < set.ids.size() * (set.ids.size() - 1) / 2 && !set.decided)
    out.why.emplace_back("duplicate_set_loose");
  out.plan = plan_merge(engine, caller, object, set.ids, 0, links);
  if (out.plan->numbers_differ) out.why.emplace_back("duplicate_set_numbers");
  for (const MergePlan::Choice& choice : out.plan->choices) {
    if (choice.conflict) out.fields.push_back(choice.field->key);
  }
  if (!out.fields.empty() && !likely.differing && !out.plan->numbers_differ)
    out.why.emplace_back("duplicate_set_differs");
  return out;
}

std::string titles_of(Engine& engine, const Caller& caller, const ObjectDef& object,
                      const std::vector<Id>& ids) {
  std::string out;
  engine.database().read([&](store::Connection& connection) {
    out.clear();
    const auto titles = engine.titles(connection, caller, object, ids);
    for (const Id id : ids) {
      const auto found = titles.find(id);
      if (found != titles.end()) out += (out.empty() ? "" : " / ") + found->second;
    }
  });
  return out;
}

}  // namespace

void duplicate_sets_json(Engine& engine, const Caller& caller, const ObjectDef& object,
                         const Likely& likely, bool ready, int limit, std::string_view after,
                         std::string& out) {
  require_administrator(caller);
  const Id last = cursor(after);
  const auto sets =
      sets_of(read_pairs(engine, caller, object, caller.access.object(object).read), likely);
  std::int64_t ready_sets = 0;
  std::int64_t records = 0;
  std::int64_t look = 0;
  Id next = 0;
  Id written = 0;
  int shown = 0;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (std::size_t i = 0; i < std::min(sets.size(), kMostSets); ++i) {
    const Set& set = sets[i];
    Judged judged;
    try {
      judged = judge(engine, caller, object, set, likely, false);
    } catch (const AppError&) {
      continue;  // One of them went to the trash just now.
    }
    const bool is_ready = judged.why.empty();
    ++(is_ready ? ready_sets : look);
    if (is_ready) records += static_cast<std::int64_t>(set.ids.size());
    if (is_ready != ready || set.ids.front() <= last) continue;
    if (++shown > limit) {
      if (next == 0) next = written;
      continue;
    }
    written = set.ids.front();
    json.begin_object().key("records").begin_array();
    engine.database().read([&](store::Connection& connection) {
      const auto titles = engine.titles(connection, caller, object, set.ids);
      for (const Id id : set.ids) {
        const auto found = titles.find(id);
        json.begin_object().key("id").id(id);
        json.field("title", found == titles.end() ? std::string() : found->second).end_object();
      }
    });
    json.end_array().field("percent", set.percent).field("ready", is_ready);
    json.key("why").begin_array();
    for (const std::string& code : judged.why) {
      json.begin_object().field("code", code);
      json.field("text", message(caller.language, code)).end_object();
    }
    json.end_array().key("fields").begin_array();
    for (const std::string& field : judged.fields) json.string(field);
    json.end_array().end_object();
  }
  json.end_array().field("ready", ready_sets).field("records", records).field("look", look);
  json.field("more", sets.size() > kMostSets).key("next");
  if (next == 0) {
    json.null();
  } else {
    json.id(next);
  }
  json.end_object();
}

void merge_sets(Engine& engine, const Caller& caller, const ObjectDef& object, const Likely& likely,
                Id change, std::string_view after, std::string& out) {
  require_administrator(caller);
  const Id last = cursor(after);
  if (change != 0) engine.require_own(caller, change);
  const Id batch = change != 0 ? change : engine.ids().next();
  const auto sets =
      sets_of(read_pairs(engine, caller, object, caller.access.object(object).update), likely);
  const auto until = std::chrono::steady_clock::now() + kLongest;
  std::int64_t merged = 0;
  std::int64_t records = 0;
  std::vector<std::pair<std::string, std::string>> skipped;
  Id next = 0;
  for (const Set& set : sets) {
    if (set.ids.front() <= last) continue;
    if (std::chrono::steady_clock::now() >= until) {
      // All before this one are done with.
      next = set.ids.front() - 1;
      break;
    }
    try {
      const Judged judged = judge(engine, caller, object, set, likely, true);
      if (!judged.why.empty()) continue;
      std::vector<Id> from;
      std::int64_t version = 0;
      for (const Record& record : judged.plan->records) {
        if (record.id != judged.plan->winner) from.push_back(record.id);
        if (record.id == judged.plan->winner) version = record.version;
      }
      const Draft chosen = chosen_draft(*judged.plan);
      engine.write(caller, batch, [&](Write& write) {
        write.merge(object, judged.plan->winner, from, chosen, version);
        count_batch(write, object, likely, "merge", 1, static_cast<std::int64_t>(from.size()));
      });
      ++merged;
      records += static_cast<std::int64_t>(from.size());
    } catch (const AppError& error) {
      if (skipped.size() >= kMostSkipped) continue;
      const std::string code =
          error.problems().empty() ? error.code() : error.problems().front().code;
      const Params& params =
          error.problems().empty() ? error.params() : error.problems().front().params;
      skipped.emplace_back(titles_of(engine, caller, object, set.ids),
                           message(caller.language, code, params));
    }
  }
  JsonWriter json(out);
  json.begin_object().key("change");
  if (merged > 0 || change != 0) {
    json.id(batch);
  } else {
    json.null();
  }
  json.field("merged", merged).field("records", records).key("skipped").begin_array();
  for (const auto& [title, reason] : skipped)
    json.begin_object().field("title", title).field("reason", reason).end_object();
  json.end_array().key("next");
  if (next == 0) {
    json.null();
  } else {
    json.id(next);
  }
  json.end_object();
}

void decide_all(Engine& engine, DuplicateQueue& queue, const Caller& caller,
                const ObjectDef& object, const Likely& likely, Decision decision,
                std::string& out) {
  require_administrator(caller);
  std::vector<DuplicateQueue::RecordPair> chosen;
  for (const Pair& pair : read_pairs(engine, caller, object, caller.access.object(object).update)) {
    if (counts(pair, likely)) chosen.push_back({pair.a, pair.b});
  }
  const Id batch = engine.ids().next();
  const std::int64_t decided = queue.decide_all(
      caller, object, batch, chosen, decision, [&](Write& write, std::int64_t count) {
        count_batch(write, object, likely, DuplicateQueue::code_of(decision), count, 0);
      });
  JsonWriter json(out);
  json.begin_object().key("change");
  if (decided == 0) {
    json.null();
  } else {
    json.id(batch);
  }
  json.field("decided", decided).end_object();
}

}  // namespace daifuku::records
