#include "records/write.h"

#include <algorithm>

#include "base/crypto.h"
#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/computed.h"
#include "records/engine.h"
#include "records/keys.h"
#include "records/record_json.h"

namespace daifuku::records {

using auth::Scope;
using meta::FieldDef;
using meta::ObjectDef;

Write::Write(Engine& engine, store::Transaction& tx, const Caller& caller, Id batch)
    : engine_(engine), tx_(tx), caller_(caller), batch_(batch), now_(engine.clock().now()) {
  // PostgreSQL: one writer a company at a time, so that the chain of the log and unique values
  // hold. The embedded store has one writer anyway.
  if (tx.dialect() == store::Dialect::postgres) read_head();
}

void Write::tell_of(Millis at) { now_ = std::min(at, engine_.clock().now()); }

std::string Write::today() const { return format_date(local_date(now_)); }

void Write::run_after(Change& change) {
  try {
    engine_.registry().run_after(change);
  } catch (const AppError& error) {
    if (!half_written_) half_written_ = error;
    throw;
  }
}

std::optional<AppError> Write::attempt(const std::function<void()>& work) {
  const std::size_t number = attempts_++;
  if (refused_ != nullptr) {
    if (const auto known = refused_->find(number); known != refused_->end()) return known->second;
  }
  std::optional<AppError> refused;
  try {
    work();
  } catch (const AppError& error) {
    refused = error;
  }
  if (half_written_) throw HalfWritten{number, *half_written_};
  return refused;
}

// --- loading ---

void Write::load_lists(const ObjectPlan& plan, Record& record) {
  if (plan.lists.empty()) return;
  auto rows = tx_.query(
      "SELECT l.field, l.to_id FROM link l WHERE {l} AND l.from_id = ? ORDER BY l.field, "
      "l.position, l.to_id");
  rows.bind(record.id);
  while (rows.step()) record.lists[std::string(rows.text(0))].push_back(rows.integer(1));
}

std::optional<Record> Write::load(const ObjectDef& object, Id id) {
  const ObjectPlan& plan = engine_.plan(object);
  std::optional<Record> record;
  {
    auto row = tx_.query(plan.load);
    row.bind(id);
    if (row.step()) record = read_record(row.statement(), plan);
  }
  if (record) load_lists(plan, *record);
  return record;
}

Record Write::load_for(const ObjectDef& object, Id id, Scope scope, bool follow) {
  auto record = load(object, id);
  if (follow && record && record->merged_into != 0) record = load(object, current(object, id));
  const auto& rights = caller_.access.object(object);
  // Hidden and absent are the same answer; visible but not to be changed is told.
  if (!record || !caller_.access.allows(object, rights.read, record->owner, record->team,
                                        record->customer_owner, record->customer_team)) {
    throw AppError(Status::not_found, "not_found");
  }
  if (!caller_.access.allows(object, scope, record->owner, record->team, record->customer_owner,
                             record->customer_team)) {
    throw AppError(Status::forbidden, "forbidden");
  }
  return *std::move(record);
}

// --- checks ---

namespace {
// What the caller's role is asked to fill in; of rules and of the product's own work nothing is.
void check_layout(const Caller& caller, const ObjectDef& object, const Record& record,
                  Problems& problems) {
  const auto is_filled = [&](const FieldDef& field) {
    const auto list = record.lists.find(field.key);
    return list == record.lists.end() ? !meta::is_empty(record.get(field.key))
                                      : !list->second.empty();
  };
  meta::check_layout(object, caller.access.layout(object), caller.access.fields(object), is_filled,
                     problems);
}
}  // namespace

void Write::check_links(const ObjectPlan& plan, const Record* before, Record& after,
                        bool check_rights, Problems& problems) {
  // Gives the record that stands for it.
  const auto check = [&](const ObjectDef& target, Id id, const std::string& field) {
    const ObjectPlan& target_plan = engine_.plan(target);
    bool found = false;
    bool merged = false;
    const auto look = [&] {
      auto row = tx_.query(
          "SELECT t.owner_id, t.team_id, t.customer_owner_id, t.customer_team_id, t.deleted_at, "
          "t.merged_into FROM " +
          target_plan.table + " t WHERE {t} AND t.id = ?");
      row.bind(id);
      if (!row.step()) return;
      merged = !row.is_null(5);
      // What follows by a rule belongs to a customer in the trash as much as what it follows from:
      // refused, it would refuse that too.
      found = !check_rights ||
              (row.is_null(4) &&
               caller_.access.allows(target, caller_.access.object(target).read, row.integer(0),
                                     row.integer(1), row.integer(2), row.integer(3)));
    };
    look();
    if (merged) {
      id = current(target, id);
      look();
    }
    if (!found) problems.push_back({field, "link_not_found", {}});
    return id;
  };
  for (const FieldDef* field : plan.links) {
    const meta::Value value = after.get(field->key);
    if (meta::is_empty(value) || (before != nullptr && before->get(field->key) == value)) continue;
    if (plan.object.key == field->target && meta::integer_of(value) == after.id) {
      problems.push_back({field->key, "link_to_itself", {}});
      continue;
    }
    const Id id = check(*catalog().object(field->target), meta::integer_of(value), field->key);
    if (id == meta::integer_of(value)) continue;
    if (plan.object.key == field->target && id == after.id)
      problems.push_back({field->key, "link_to_itself", {}});
    after.values[field->key] = id;
  }
  for (const FieldDef* field : plan.lists) {
    if (field->kind != &meta::kinds::links) continue;
    const auto found = after.lists.find(field->key);
    if (found == after.lists.end()) continue;
    const auto old = before == nullptr ? decltype(found){} : before->lists.find(field->key);
    std::vector<Id> kept;
    for (const Id id : found->second) {
      const bool known = before != nullptr && old != before->lists.end() &&
                         std::find(old->second.begin(), old->second.end(), id) != old->second.end();
      const Id there = known ? id : check(*catalog().object(field->target), id, field->key);
      if (std::find(kept.begin(), kept.end(), there) == kept.end()) kept.push_back(there);
    }
    found->second = std::move(kept);
  }
  // The name and the contents of a file are told to who sees the record: only its own count.
  for (const FieldDef* field : plan.files) {
    const meta::Value& value = after.get(field->key);
    if (meta::is_empty(value) || (before != nullptr && before->get(field->key) == value)) continue;
    auto row = tx_.query(
        "SELECT f.id FROM file f WHERE {f} AND f.id = ? AND f.record_id = ? AND f.deleted_at IS "
        "NULL");
    row.bind(meta::integer_of(value), after.id);
    if (!row.step()) problems.push_back({field->key, "link_not_found", {}});
  }
}

void Write::check_unique(const ObjectPlan& plan, const Record& record, Problems& problems) {
  for (const FieldDef* field : plan.key_fields) {
    const meta::Value& value = record.get(field->key);
    if (!field->unique || meta::is_empty(value)) continue;
    std::vector<Id> candidates;
    {
      auto rows = tx_.query(
          "SELECT k.record_id FROM match_key k WHERE {k} AND k.hash = ? AND k.record_id <> ? ORDER "
          "BY k.record_id LIMIT 20");
      rows.bind(key_hash(plan.object.id, MatchKey::unique, unique_text(*field, value)), record.id);
      while (rows.step()) candidates.push_back(rows.integer(0));
    }
    for (const Id candidate : candidates) {
      const auto other = load(plan.object, candidate);
      if (other && other->deleted_at == 0 &&
          unique_text(*field, other->get(field->key)) == unique_text(*field, value)) {
        problems.push_back({field->key, "duplicate", {}});
        break;
      }
    }
  }
}

// --- who owns the customer ---

void Write::take_customer(const ObjectPlan& plan, Record& record) {
  record.customer_owner = 0;
  record.customer_team = 0;
  for (std::size_t i = 0; i < plan.customers.size(); ++i) {
    const Id id = record.integer(plan.object.customer_links[i]);
    if (id == 0) continue;
    auto row =
        tx_.query("SELECT t.owner_id, t.team_id, t.customer_owner_id, t.customer_team_id FROM " +
                  engine_.plan(*plan.customers[i]).table + " t WHERE {t} AND t.id = ?");
    row.bind(id);
    if (!row.step()) continue;
    // A person of a company belongs to the company's owner first.
    record.customer_owner = row.integer(2) != 0 ? row.integer(2) : row.integer(0);
    record.customer_team = row.integer(2) != 0 ? row.integer(3) : row.integer(1);
    return;
  }
}

void Write::spread_owner(const ObjectPlan& plan, const Record& before, const Record& after) {
  if (!plan.object.customer || (before.owner == after.owner && before.team == after.team &&
                                before.customer_owner == after.customer_owner &&
                                before.customer_team == after.customer_team)) {
    return;
  }
  for (const ObjectDef& child : catalog().objects()) {
    const ObjectPlan& child_plan = engine_.plan(child);
    for (std::size_t i = 0; i < child.customer_links.size(); ++i) {
      if (child_plan.customers[i] != &plan.object) continue;
      std::vector<Id> ids;
      {
        auto rows =
            tx_.query("SELECT t.id FROM " + child_plan.table + " t WHERE {t} AND " +
                      column("t", *child.field(child.customer_links[i])) + " = ? ORDER BY t.id");
        rows.bind(after.id);
        while (rows.step()) ids.push_back(rows.integer(0));
      }
      for (const Id id : ids) {
        auto record = load(child, id);
        Record changed = *record;
        take_customer(child_plan, changed);
        if (changed.customer_owner == record->customer_owner &&
            changed.customer_team == record->customer_team)
          continue;
        tx_.query("UPDATE " + child_plan.table +
                  " SET customer_owner_id = ?, customer_team_id = ? WHERE {" + child_plan.table +
                  "} AND id = ?")
            .bind(changed.customer_owner, changed.customer_team, id)
            .run();
        if (record->deleted_at == 0) write_search(child_plan, &*record, &changed);
        spread_owner(child_plan, *record, changed);
      }
    }
  }
}

// --- create ---

Record Write::create(const ObjectDef& object, Draft draft) {
  return create(object, std::move(draft), engine_.ids().next());
}

Record Write::create(const ObjectDef& object, Draft draft, Id id) {
  if (!caller_.access.object(object).create) throw AppError(Status::forbidden, "forbidden");
  return save_new(object, std::move(draft), id, true);
}

Record Write::take_over(const ObjectDef& object, Draft draft, Id id) {
  const Moving moving(moving_);
  return create(object, std::move(draft), id);
}

Record Write::take_over_links(const ObjectDef& object, Id id, Draft draft) {
  const Moving moving(moving_);
  return update(object, id, std::move(draft));
}

Record Write::create_by_rule(std::string_view object, Draft draft) {
  const ObjectDef* found = catalog().object(object);
  DAIFUKU_CHECK(found != nullptr);
  return save_new(*found, std::move(draft), engine_.ids().next(), false);
}

Record Write::save_new(const ObjectDef& object, Draft draft, Id id, bool check_rights) {
  const ObjectPlan& plan = engine_.plan(object);
  Record record;
  record.id = id;
  record.version = 1;
  record.created_at = record.updated_at = now_;
  record.created_by = record.updated_by = caller_.access.user();
  record.owner = draft.owner.value_or(caller_.access.user());
  record.team =
      draft.team.value_or(caller_.access.teams().empty() ? 0 : caller_.access.teams().front());
  // While records move, a new one is taken over.
  const bool whole = moving_;
  if (whole && draft.created_at) record.created_at = std::min(*draft.created_at, now_);
  record.values = whole ? draft.values : std::move(draft.values);
  record.lists = std::move(draft.lists);
  if (!whole) {
    std::erase_if(record.values, [](const auto& entry) { return meta::is_empty(entry.second); });
  }
  meta::apply_defaults(object, record.values, today(), now_, caller_.access.user());
  for (const FieldDef* list : plan.lists) {
    const auto found = record.values.find(list->key);
    if (found == record.values.end()) continue;
    if (!record.lists.contains(list->key))
      record.lists[list->key] = meta::split_ids(meta::text_of(found->second));
    record.values.erase(found);
  }

  Problems problems;
  Change change{
      .object = object, .before = nullptr, .after = &record, .write = *this, .problems = problems};
  engine_.registry().run_before(change);
  if (whole) {
    for (const auto& [key, value] : draft.values) {
      if (object.field(key)->kind->storage != meta::Storage::none) record.values[key] = value;
    }
  }
  std::erase_if(record.values, [](const auto& entry) { return meta::is_empty(entry.second); });
  work_out_formulas(plan, record);
  meta::check_required(object, record.values, problems);
  if (check_rights) check_layout(caller_, object, record, problems);
  check_links(plan, nullptr, record, check_rights, problems);
  check_unique(plan, record, problems);
  check_rules(plan, nullptr, record, checked(check_rights, {}), problems);
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  take_customer(plan, record);

  {
    auto insert = tx_.query(plan.insert);
    const auto or_null = [](Id value) { return value == 0 ? meta::Value() : meta::Value(value); };
    insert.bind(record.id, record.version, record.created_at, record.created_by, record.updated_at,
                record.updated_by, or_null(record.owner), or_null(record.team),
                or_null(record.customer_owner), or_null(record.customer_team), nullptr, nullptr);
    for (const FieldDef* field : plan.stored) insert.bind(record.get(field->key));
    insert.run();
  }
  written_.emplace_back(object.id, record.id);
  write_lists(plan, nullptr, &record);
  write_keys(plan, nullptr, &record);
  write_search(plan, nullptr, &record);
  write_timeline(plan, nullptr, &record);
  write_tags(plan, nullptr, &record);
  write_kept(plan, nullptr, &record);
  write_history(plan, nullptr, &record, "create", record);
  run_after(change);
  return record;
}

// --- update ---

Record Write::update(const ObjectDef& object, Id id, Draft draft, std::int64_t seen_version) {
  return save_changed(object, id, std::move(draft), seen_version, true);
}

Record Write::update_by_rule(std::string_view object, Id id, Draft draft) {
  const ObjectDef* found = catalog().object(object);
  DAIFUKU_CHECK(found != nullptr);
  return save_changed(*found, id, std::move(draft), 0, false);
}

namespace {

// Fields that the log says were changed after `version`, with who and when.
struct Since {
  Id by = 0;
  Id at = 0;
};
std::map<std::string, Since, std::less<>> changed_since(store::Connection& connection, Id record,
                                                        std::int64_t version) {
  std::map<std::string, Since, std::less<>> out;
  auto rows = connection.query(
      "SELECT h.changes, h.actor_id, h.id FROM history h WHERE {h} AND h.record_id = ? AND "
      "h.version > ? ORDER BY h.id DESC LIMIT 1000");
  rows.bind(record, version);
  while (rows.step()) {
    const Json changes = parse_json(rows.text(0));
    if (!changes.is_object()) continue;
    for (const auto& member : changes.get_object()) {
      out.try_emplace(std::string(member.key()),
                      Since{.by = rows.integer(1), .at = rows.integer(2)});
    }
  }
  return out;
}

const FieldDef& system_field(std::string_view key) {
  const auto& fields = meta::system_fields();
  const auto found = std::ranges::find(fields, key, &FieldDef::key);
  DAIFUKU_CHECK(found != fields.end());
  return *found;
}

// As the record shows it: the owner with a name, the team by its id.
void write_handover(JsonWriter& json, const Engine& engine, const FieldDef& field, Id id) {
  if (id == 0) {
    json.null();
  } else if (field.kind == &meta::kinds::user) {
    write_user_reference(json, engine, id);
  } else {
    json.begin_object().key("id").id(id).end_object();
  }
}

}  // namespace

void Write::check_seen(const ObjectPlan& plan, const Record& before, const Draft& draft,
                       std::int64_t seen_version) {
  if (seen_version == 0 || seen_version == before.version) return;
  if (seen_version > before.version)
    throw AppError(Status::invalid, "invalid", {}, {{"version", "version_unknown", {}}});
  const auto others = changed_since(tx_, before.id, seen_version);
  std::vector<std::pair<const FieldDef*, Since>> conflicts;
  for (const auto& [key, value] : draft.values) {
    const auto found = others.find(key);
    if (found != others.end() && before.get(key) != value)
      conflicts.emplace_back(plan.object.field(key), found->second);
  }
  for (const auto& [key, ids] : draft.lists) {
    const auto found = others.find(key);
    const auto old = before.lists.find(key);
    if (found != others.end() && (old == before.lists.end() ? !ids.empty() : old->second != ids))
      conflicts.emplace_back(plan.object.field(key), found->second);
  }
  // Who takes care of it is a value like any other.
  const auto add_handover = [&](const FieldDef& field, std::optional<Id> wanted, Id now) {
    const auto found = others.find(field.key);
    if (wanted && *wanted != now && found != others.end())
      conflicts.emplace_back(&field, found->second);
  };
  const FieldDef& owner_field = system_field("owner_id");
  const FieldDef& team_field = system_field("team_id");
  add_handover(owner_field, draft.owner, before.owner);
  add_handover(team_field, draft.team, before.team);
  if (!conflicts.empty()) {
    Record yours = before;
    yours.owner = draft.owner.value_or(before.owner);
    yours.team = draft.team.value_or(before.team);
    for (const auto& [key, value] : draft.values) yours.values[key] = value;
    for (const auto& [key, ids] : draft.lists) yours.lists[key] = ids;
    std::string extra;
    JsonWriter json(extra);
    RecordWriter writer(engine_, tx_, caller_, plan);
    const auto write_side = [&](std::string_view name, const FieldDef& field,
                                const Record& record) {
      json.key(name);
      const auto list = record.lists.find(field.key);
      if (&field == &owner_field || &field == &team_field) {
        write_handover(json, engine_, field, &field == &owner_field ? record.owner : record.team);
      } else if (draft.lists.contains(field.key)) {
        writer.write_list(json, field,
                          list == record.lists.end() ? std::vector<Id>() : list->second);
      } else {
        writer.write_value(json, field, record.get(field.key));
      }
    };
    json.begin_object().key("current");
    writer.write(json, before);
    json.key("conflicts").begin_array();
    for (const auto& [field, since] : conflicts) {
      json.begin_object().field("field", field->key);
      write_side("yours", *field, yours);
      write_side("theirs", *field, before);
      json.key("by");
      write_user_reference(json, engine_, since.by);
      json.field("at", format_instant(id_time(since.at))).end_object();
    }
    json.end_array().end_object();
    throw AppError(Status::conflict, "conflict", {}, {}, extra);
  }
}

void Write::apply(Record& record, Draft draft) {
  for (auto& [key, value] : draft.values) {
    if (meta::is_empty(value)) {
      record.values.erase(key);
    } else {
      record.values[key] = std::move(value);
    }
  }
  for (auto& [key, ids] : draft.lists) record.lists[key] = std::move(ids);
  if (draft.owner) record.owner = *draft.owner;
  if (draft.team) record.team = *draft.team;
}

Record Write::save_changed(const ObjectDef& object, Id id, Draft draft, std::int64_t seen_version,
                           bool check_rights) {
  return save_changed(object, id, std::move(draft), seen_version, check_rights, Logged{});
}

Record Write::save_changed(const ObjectDef& object, Id id, Draft draft, std::int64_t seen_version,
                           bool check_rights, const Logged& logged) {
  const ObjectPlan& plan = engine_.plan(object);
  Record before;
  if (check_rights) {
    before = load_for(object, id, caller_.access.object(object).update, true);
  } else {
    auto found = load(object, id);
    if (!found) throw AppError(Status::not_found, "not_found");
    before = *std::move(found);
  }
  if (before.deleted_at != 0) throw AppError(Status::conflict, "in_trash");
  check_seen(plan, before, draft, seen_version);

  Record after = before;
  apply(after, draft);
  Problems problems;
  Change change{
      .object = object, .before = &before, .after = &after, .write = *this, .problems = problems};
  engine_.registry().run_before(change);
  std::erase_if(after.values, [](const auto& entry) { return meta::is_empty(entry.second); });
  work_out_formulas(plan, after);
  meta::check_required(object, after.values, problems);
  if (check_rights) check_layout(caller_, object, after, problems);
  // What was already missing before this edit does not stop an edit of something else.
  std::erase_if(problems, [&](const Problem& problem) {
    const auto list = before.lists.find(problem.field);
    const bool was_empty = list == before.lists.end() ? meta::is_empty(before.get(problem.field))
                                                      : list->second.empty();
    return problem.code == "required" && was_empty && !draft.values.contains(problem.field) &&
           !draft.lists.contains(problem.field);
  });
  check_links(plan, &before, after, check_rights, problems);
  if (before.values != after.values) check_unique(plan, after, problems);
  check_rules(plan, &before, after, checked(check_rights, logged), problems);
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  if (logged.action == "update" && before.values == after.values && before.lists == after.lists &&
      before.owner == after.owner && before.team == after.team) {
    return before;  // Nothing to save: no version, no history.
  }

  store_changed(plan, before, after, logged, change);
  return after;
}

void Write::store_changed(const ObjectPlan& plan, const Record& before, Record& after,
                          const Logged& logged, Change& change) {
  take_customer(plan, after);
  after.version = before.version + 1;
  after.updated_at = now_;
  after.updated_by = caller_.access.user();
  std::string sql = "UPDATE " + plan.table + " SET version = ?, updated_at = ?, updated_by = ?";
  std::vector<meta::Value> binds{after.version, after.updated_at, after.updated_by};
  const auto set_id = [&](const char* name, Id old_value, Id new_value) {
    if (old_value == new_value) return;
    sql += std::string(", ") + name + " = ?";
    binds.push_back(new_value == 0 ? meta::Value() : meta::Value(new_value));
  };
  set_id("owner_id", before.owner, after.owner);
  set_id("team_id", before.team, after.team);
  set_id("customer_owner_id", before.customer_owner, after.customer_owner);
  set_id("customer_team_id", before.customer_team, after.customer_team);
  for (const FieldDef* field : plan.stored) {
    const meta::Value& value = after.get(field->key);
    if (before.get(field->key) == value) continue;
    sql += ", \"" + field->column + "\" = ?";
    binds.push_back(value);
  }
  sql += " WHERE {" + plan.table + "} AND id = ?";
  {
    auto update = tx_.query(sql);
    for (const meta::Value& value : binds) update.bind(value);
    update.bind(after.id).run();
  }
  written_.emplace_back(plan.object.id, after.id);
  write_lists(plan, &before, &after);
  write_keys(plan, &before, &after);
  write_search(plan, &before, &after);
  write_timeline(plan, &before, &after);
  write_tags(plan, &before, &after);
  write_kept(plan, &before, &after);
  write_history(plan, &before, &after, logged.action, after, logged.more);
  spread_owner(plan, before, after);
  run_after(change);
}

// --- trash ---

void Write::remove(const ObjectDef& object, Id id) { save_removed(object, id, true); }

void Write::remove_by_rule(std::string_view object, Id id) {
  const ObjectDef* found = catalog().object(object);
  DAIFUKU_CHECK(found != nullptr);
  save_removed(*found, id, false);
}

void Write::save_removed(const ObjectDef& object, Id id, bool check_rights) {
  Record before;
  if (check_rights) {
    before = load_for(object, id, caller_.access.object(object).remove);
  } else {
    auto found = load(object, id);
    if (!found) return;
    before = *std::move(found);
  }
  if (before.deleted_at != 0) return;
  store_removed(object, before, 0);
}

void Write::store_removed(const ObjectDef& object, const Record& before, Id merged_into) {
  const ObjectPlan& plan = engine_.plan(object);
  Record gone = before;
  gone.deleted_at = now_;
  gone.version = before.version + 1;
  tx_.query("UPDATE " + plan.table +
            " SET deleted_at = ?, merged_into = ?, version = ?, updated_at = ?, updated_by = ? "
            "WHERE {" +
            plan.table + "} AND id = ?")
      .bind(now_, merged_into == 0 ? meta::Value() : meta::Value(merged_into), gone.version, now_,
            caller_.access.user(), before.id)
      .run();
  write_keys(plan, &before, nullptr);
  write_search(plan, &before, nullptr);
  write_timeline(plan, &before, nullptr);
  write_tags(plan, &before, nullptr);
  write_kept(plan, &before, nullptr);
  if (merged_into == 0) {
    write_history(plan, &before, nullptr, "delete", gone);
  } else {
    log_change(plan, "merge", gone, "{\"merged_into\":[null," + std::to_string(merged_into) + "]}");
  }
  Problems problems;
  Change change{
      .object = object, .before = &before, .after = nullptr, .write = *this, .problems = problems};
  run_after(change);
}

Record Write::restore(const ObjectDef& object, Id id) {
  Record record = load_for(object, id, caller_.access.object(object).remove);
  if (record.deleted_at == 0) return record;
  if (record.merged_into != 0) throw AppError(Status::conflict, "merged_restore");
  return store_restored(object, std::move(record), 0);
}

Record Write::store_restored(const ObjectDef& object, Record record, Id but_not) {
  const ObjectPlan& plan = engine_.plan(object);
  Problems problems;
  check_unique(plan, record, problems);
  check_rules(plan, nullptr, record, Checked::unique, problems);
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  const Record before = record;
  // What it links to may have been merged while it lay in the trash.
  std::string more;
  follow_links(plan, record, but_not);
  if (before.merged_into != 0)
    more = "\"merged_into\":[" + std::to_string(before.merged_into) + ",null]";
  record.deleted_at = 0;
  record.merged_into = 0;
  record.version += 1;
  record.updated_at = now_;
  record.updated_by = caller_.access.user();
  take_customer(plan, record);
  std::string sql = "UPDATE " + plan.table +
                    " SET deleted_at = NULL, merged_into = NULL, version = ?, updated_at = ?, "
                    "updated_by = ?, customer_owner_id = ?, customer_team_id = ?";
  for (const FieldDef* field : plan.links) {
    if (before.get(field->key) != record.get(field->key)) sql += ", \"" + field->column + "\" = ?";
  }
  {
    auto update = tx_.query(sql + " WHERE {" + plan.table + "} AND id = ?");
    update.bind(record.version, now_, record.updated_by, record.customer_owner,
                record.customer_team);
    for (const FieldDef* field : plan.links) {
      if (before.get(field->key) != record.get(field->key)) update.bind(record.get(field->key));
    }
    update.bind(record.id).run();
  }
  written_.emplace_back(plan.object.id, record.id);
  if (!plan.formulas.empty()) refresh_formulas(object, record.id);
  write_lists(plan, &before, &record);
  write_keys(plan, nullptr, &record);
  write_search(plan, nullptr, &record);
  write_timeline(plan, nullptr, &record);
  write_tags(plan, nullptr, &record);
  write_kept(plan, nullptr, &record);
  write_history(plan, &before, &record, "restore", record, more);
  Change change{
      .object = object, .before = nullptr, .after = &record, .write = *this, .problems = problems};
  run_after(change);
  return record;
}

// --- derived numbers ---

void Write::add_derived(std::string_view object, Id id, std::string_view field,
                        std::int64_t delta) {
  if (delta == 0 || id == 0) return;
  const ObjectDef* def = catalog().object(object);
  const std::string name = "\"" + def->field(field)->column + "\"";
  const std::string& table = engine_.plan(*def).table;
  tx_.query("UPDATE " + table + " SET " + name + " = coalesce(" + name + ", 0) + ? WHERE {" +
            table + "} AND id = ?")
      .bind(delta, id)
      .run();
  if (formulas_read(engine_.plan(*def), {{std::string(field), {}}})) refresh_formulas(*def, id);
}

void Write::set_derived(std::string_view object, Id id, const meta::Values& values) {
  if (values.empty() || id == 0) return;
  const ObjectDef* def = catalog().object(object);
  const std::string& table = engine_.plan(*def).table;
  std::string sql = "UPDATE " + table + " SET ";
  bool first = true;
  for (const auto& [key, value] : values) {
    sql += (first ? "\"" : ", \"") + def->field(key)->column + "\" = ?";
    first = false;
  }
  auto update = tx_.query(sql + " WHERE {" + table + "} AND id = ?");
  for (const auto& [key, value] : values) update.bind(value);
  update.bind(id).run();
  derived_changed(object, id, values);
}

std::vector<Id> Write::pointing_to(std::string_view object, std::string_view field, Id target,
                                   int most) {
  const ObjectDef* def = catalog().object(object);
  std::vector<Id> out;
  auto rows =
      tx_.query("SELECT t.id FROM " + engine_.plan(*def).table +
                " t WHERE {t} AND t.deleted_at IS NULL AND " + column("t", *def->field(field)) +
                " = ? ORDER BY t.updated_at DESC, t.id DESC LIMIT ?");
  rows.bind(target, most);
  while (rows.step()) out.push_back(rows.integer(0));
  return out;
}

Millis Write::last_on_timeline(Id customer, std::string_view object, Millis not_after) {
  auto rows = tx_.query(
      "SELECT l.at FROM timeline l WHERE {l} AND l.customer_id = ? AND l.at <= ? AND l.object_id = "
      "? ORDER BY l.at DESC LIMIT 1");
  rows.bind(customer, not_after, static_cast<std::int64_t>(catalog().object(object)->id));
  return rows.step() ? rows.integer(0) : 0;
}

}  // namespace daifuku::records
