#include "records/reindex.h"

#include <optional>

#include "records/keys.h"
#include "records/plan.h"
#include "records/search_index.h"
#include "store/schema.h"

namespace daifuku::records {

namespace {

constexpr std::int64_t kSlice = 2'000;

struct State {
  std::int64_t rules = 0;
  std::optional<Id> until = {};  // empty: all are made
};

State read_state(store::Connection& connection, const ObjectPlan& plan) {
  {
    auto row = connection.query(
        "SELECT r.rules, r.made_until FROM index_rules r WHERE {r} AND r.object_id = ?");
    row.bind(static_cast<std::int64_t>(plan.object.id));
    if (row.step()) {
      State state{.rules = row.integer(0)};
      if (!row.is_null(1)) state.until = row.integer(1);
      return state;
    }
  }
  // Without a record there is nothing to make.
  auto any = connection.query("SELECT t.id FROM " + plan.table + " t WHERE {t} LIMIT 1");
  return {.rules = any.step() ? 0 : -1};
}

void write_state(store::Transaction& tx, const ObjectPlan& plan, const State& state) {
  tx.query(
        "INSERT INTO index_rules ({tenant_id}, object_id, rules, made_until) VALUES ({tenant}, ?, "
        "?, ?) ON CONFLICT ({tenant_id}, object_id) DO UPDATE SET rules = excluded.rules, "
        "made_until = excluded.made_until")
      .bind(static_cast<std::int64_t>(plan.object.id), state.rules,
            state.until ? meta::Value(*state.until) : meta::Value())
      .run();
}

// The next records after `last`. Keys of the old rules that are none by the new ones stay: what
// they find is verified and left out.
std::int64_t make_slice(store::Transaction& tx, const ObjectPlan& plan, Id& last) {
  std::vector<Record> records;
  {
    auto rows =
        tx.query("SELECT " + plan.select_all + " FROM " + plan.table +
                 " t WHERE {t} AND t.id > ? AND t.deleted_at IS NULL ORDER BY t.id LIMIT ?");
    rows.bind(last, kSlice);
    while (rows.step()) records.push_back(read_record(rows.statement(), plan));
  }
  std::string tokens;
  for (const Record& record : records) {
    for (const MatchKey& key : kept_keys(plan, record.values)) {
      tx.query(
            "INSERT INTO match_key ({tenant_id}, hash, record_id) VALUES ({tenant}, ?, ?) ON "
            "CONFLICT DO NOTHING")
          .bind(key.hash, record.id)
          .run();
    }
    if (plan.search.empty()) continue;
    search_tokens(plan, record, tokens);
    store::search_put(tx, plan.search, record.id, tokens);
  }
  if (!records.empty()) last = records.back().id;
  return static_cast<std::int64_t>(records.size());
}

}  // namespace

void reindex(
    Engine& engine,
    const std::function<void(const meta::ObjectDef& object, std::int64_t done)>& progress) {
  const auto catalog = engine.catalog();
  for (const meta::ObjectDef& object : catalog->objects()) {
    const ObjectPlan& plan = engine.plan(object);
    State state;
    engine.database().read(
        [&](store::Connection& connection) { state = read_state(connection, plan); });
    if (state.rules > kIndexRules) throw AppError(Status::unavailable, "schema_newer");
    std::int64_t done = 0;
    for (std::int64_t made = 0; state.rules != kIndexRules || state.until;) {
      engine.database().write([&](store::Transaction& tx) {
        // Another program may have gone on with it.
        state = read_state(tx, plan);
        made = 0;
        if (state.rules == kIndexRules && !state.until) return;
        Id last = state.until.value_or(0);
        if (state.rules != kIndexRules) {
          if (state.rules >= 0 && !plan.search.empty()) store::search_clear(tx, plan.search);
          last = 0;
        }
        made = make_slice(tx, plan, last);
        state = {.rules = kIndexRules};
        if (made == kSlice) state.until = last;
        write_state(tx, plan, state);
      });
      done += made;
      if (made > 0) progress(object, done);
    }
  }
}

}  // namespace daifuku::records
