// What a write keeps clean: the company's own rules, the keys of those that say that something is
// unique, and how complete the customers are.
#include <algorithm>

#include "records/computed.h"
#include "records/engine.h"
#include "records/keys.h"
#include "records/maturity.h"
#include "records/rules.h"

namespace daifuku::records {

using meta::ObjectDef;

// --- rules ---

Write::Checked Write::checked(bool check_rights, const Logged& logged) const {
  // What was there before comes back, unless somebody else has taken it.
  if (caller_.source == Source::undo) return Checked::unique;
  if (caller_.source == Source::demo) return Checked::none;
  // What the product does by itself is no entry of anybody.
  return check_rights || logged.action == "merge" ? Checked::all : Checked::none;
}

void Write::check_rules(const ObjectPlan& plan, const Record* before, const Record& after,
                        Checked checked, Problems& problems) {
  if (checked == Checked::none) return;
  const auto rules = engine_.rules();
  if (rules->of(plan.object.key).empty()) return;
  RuleFindings found = rules->check(
      {plan.object, caller_.access, before, after, local_date(now_), caller_.language},
      [&](const Rule& rule) { return is_taken(plan, rule, after); }, checked == Checked::all);
  for (Problem& problem : found.refused) {
    // A required field that is missing needs to be told once only.
    const bool told = std::ranges::any_of(
        problems, [&](const Problem& other) { return other.field == problem.field; });
    if (!told) problems.push_back(std::move(problem));
  }
  std::ranges::move(found.warned, std::back_inserter(warnings_));
}

bool Write::is_taken(const ObjectPlan& plan, const Rule& rule, const Record& record) {
  const std::string text = rule.unique_text(record);
  if (text.empty()) return false;
  std::vector<Id> candidates;
  {
    auto rows = tx_.query(
        "SELECT k.record_id FROM rule_key k WHERE {k} AND k.keys_id = ? AND k.hash = ? AND "
        "k.record_id <> ? ORDER BY k.record_id LIMIT 20");
    rows.bind(rule.keys_id, key_hash(plan.object.id, MatchKey::unique, text), record.id);
    while (rows.step()) candidates.push_back(rows.integer(0));
  }
  return std::ranges::any_of(candidates, [&](Id id) {
    const auto other = load(plan.object, id);
    return other && other->deleted_at == 0 && rule.applies(*other, local_date(now_)) &&
           rule.unique_text(*other) == text;
  });
}

void Write::write_kept(const ObjectPlan& plan, const Record* before, const Record* after) {
  const auto rules = engine_.rules();
  for (const auto& rule : rules->of(plan.object.key)) {
    if (rule->keys_id == 0) continue;
    const auto text_of = [&](const Record* record) {
      return record == nullptr ? std::string() : rule->unique_text(*record);
    };
    const std::string old_text = text_of(before);
    const std::string new_text = text_of(after);
    if (old_text == new_text) continue;
    if (!old_text.empty()) {
      tx_.query(
             "DELETE FROM rule_key WHERE {rule_key} AND keys_id = ? AND hash = ? AND record_id = ?")
          .bind(rule->keys_id, key_hash(plan.object.id, MatchKey::unique, old_text), before->id)
          .run();
    }
    if (!new_text.empty()) {
      tx_.query(
             "INSERT INTO rule_key ({tenant_id}, keys_id, hash, record_id) VALUES ({tenant}, ?, ?, "
             "?) ON CONFLICT DO NOTHING")
          .bind(rule->keys_id, key_hash(plan.object.id, MatchKey::unique, new_text), after->id)
          .run();
    }
  }
  if (plan.maturity.empty()) return;
  if (after == nullptr) return count_maturity(plan.object, before->id, kNoMaturity);
  const Filled now = plan.maturity.of(*after);
  if (before == nullptr || plan.maturity.of(*before) != now)
    count_maturity(plan.object, after->id, now);
}

// --- formulas ---

void Write::refresh_formulas(const ObjectDef& object, Id id) {
  const ObjectPlan& plan = engine_.plan(object);
  const auto before = load(object, id);
  if (!before) return;
  Record after = *before;
  work_out_formulas(plan, after);
  if (before->values == after.values) return;
  std::string sql = "UPDATE " + plan.table + " SET ";
  std::vector<meta::Value> binds;
  for (const auto* fields : {&plan.formulas, &plan.at_read}) {
    for (const meta::FieldDef* field : *fields) {
      if (before->get(field->key) == after.get(field->key)) continue;
      sql += (binds.empty() ? "\"" : ", \"") + field->column + "\" = ?";
      binds.push_back(after.get(field->key));
    }
  }
  {
    auto update = tx_.query(sql + " WHERE {" + plan.table + "} AND id = ?");
    for (const meta::Value& bind : binds) update.bind(bind);
    update.bind(id).run();
  }
  if (after.deleted_at == 0) write_kept(plan, &*before, &after);
}

// --- settings ---

void Write::note_setting(std::uint32_t object, Id id, std::string_view action,
                         const std::string& changes) {
  log_row(object, action, id, 0, changes);
}

// --- maturity ---

void Write::count_maturity(const ObjectDef& object, Id id, Filled now) {
  Filled old = kNoMaturity;
  {
    auto row = tx_.query("SELECT m.filled FROM maturity m WHERE {m} AND m.id = ?");
    row.bind(id);
    if (row.step()) old = row.integer(0);
  }
  if (old == now) return;
  if (now == kNoMaturity) {
    tx_.query("DELETE FROM maturity WHERE {maturity} AND id = ?").bind(id).run();
  } else {
    tx_.query(
           "INSERT INTO maturity ({tenant_id}, id, object_id, filled) VALUES ({tenant}, ?, ?, ?) "
           "ON CONFLICT ({tenant_id}, id) DO UPDATE SET filled = excluded.filled")
        .bind(id, static_cast<std::int64_t>(object.id), now)
        .run();
  }
  if (old != kNoMaturity) --matured_[{object.id, old}];
  if (now != kNoMaturity) ++matured_[{object.id, now}];
}

void Write::derived_changed(std::string_view object, Id id, const meta::Values& values) {
  const ObjectDef* def = catalog().object(object);
  if (formulas_read(engine_.plan(*def), values)) refresh_formulas(*def, id);
  const MaturityItems& items = engine_.plan(*def).maturity;
  if (items.empty()) return;
  if (std::ranges::any_of(values, [&](const auto& entry) { return items.concerns(entry.first); })) {
    const auto record = load(*def, id);
    if (record && record->deleted_at == 0) count_maturity(*def, id, items.of(*record));
    return;
  }
  const auto contact = items.contact == nullptr ? values.end() : values.find(items.contact->key);
  if (contact == values.end()) return;
  Filled old = kNoMaturity;
  {
    auto row = tx_.query("SELECT m.filled FROM maturity m WHERE {m} AND m.id = ?");
    row.bind(id);
    if (row.step()) old = row.integer(0);
  }
  // Neither of a trashed record nor of one that is not counted yet.
  if (old != kNoMaturity) count_maturity(*def, id, with_contact(old, contact->second));
}

void Write::flush_maturity() {
  const std::string day = today();
  std::uint32_t noted = 0;
  for (const auto& [key, delta] : matured_) {
    const auto& [object_id, filled] = key;
    if (delta == 0) continue;
    if (object_id != noted) {
      noted = object_id;
      if (const ObjectDef* object = catalog().by_id(object_id))
        close_maturity_day(engine_, tx_, *object, day);
    }
    tx_.query(
           "INSERT INTO maturity_count ({tenant_id}, object_id, filled, records) VALUES ({tenant}, "
           "?, ?, ?) ON CONFLICT ({tenant_id}, object_id, filled) DO UPDATE SET records = "
           "maturity_count.records + excluded.records")
        .bind(static_cast<std::int64_t>(object_id), filled, delta)
        .run();
    if (delta < 0) {
      tx_.query(
             "DELETE FROM maturity_count WHERE {maturity_count} AND object_id = ? AND filled = ? "
             "AND records <= 0")
          .bind(static_cast<std::int64_t>(object_id), filled)
          .run();
    }
  }
  matured_.clear();
}

}  // namespace daifuku::records
