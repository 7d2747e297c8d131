#include "crm/follow/plan_run.h"

#include <algorithm>
#include <array>

#include "base/time.h"
#include "crm/behaviors.h"
#include "crm/follow/plan_dates.h"
#include "meta/value.h"

namespace daifuku::crm {

using meta::FieldRight;
using meta::ObjectDef;
using records::Caller;
using records::Draft;
using records::Engine;
using records::Record;

namespace {

// From the one that says most: a task of a contract has its company and its person too.
constexpr std::array<std::string_view, 4> kTargets = {"contract", "deal", "person", "company"};

const ObjectDef& object_of(const Caller& caller, std::string_view key) {
  const ObjectDef* object = caller.access.catalog().object(key);
  DAIFUKU_CHECK(object != nullptr);
  return *object;
}

// What the caller may not read is empty.
const meta::Value& read_value(const Caller& caller, const ObjectDef& object, const Record& record,
                              std::string_view key) {
  const bool may =
      object.field(key) != nullptr && caller.access.field(object, key) >= FieldRight::read;
  return may ? record.get(key) : meta::kEmpty;
}

std::string read_text(const Caller& caller, const ObjectDef& object, const Record& record,
                      std::string_view key) {
  return std::string(meta::text_of(read_value(caller, object, record, key)));
}

[[noreturn]] void refuse(std::string_view code, Params params = {}) {
  throw AppError(Status::invalid, "invalid", {}, {{"plan", std::string(code), std::move(params)}});
}

Id owner_of(const Caller& caller, const ObjectDef& steps, const Record& step,
            const Record& record) {
  const std::string who = read_text(caller, steps, step, "assign");
  const Id fixed = meta::integer_of(read_value(caller, steps, step, "assignee"));
  if (who == "user" && fixed != 0) return fixed;
  if (who == "me" || record.owner == 0) return caller.access.user();
  return record.owner;
}

// Links of the record that say whose it is, so far as the caller may tell of them.
void link_customers(records::Write& write, const ObjectDef& target, const Record& record,
                    Draft& draft) {
  const Caller& caller = write.caller();
  draft.values.insert_or_assign(target.key, record.id);
  for (const std::string_view key : {"company", "person"}) {
    if (key == target.key) continue;
    const Id id = meta::integer_of(read_value(caller, target, record, key));
    if (id == 0) continue;
    const ObjectDef& customer = object_of(caller, key);
    const auto found = write.load(customer, id);
    const auto& rights = caller.access.object(customer);
    const bool seen = found && found->deleted_at == 0 &&
                      caller.access.allows(customer, rights.read, found->owner, found->team,
                                           found->customer_owner, found->customer_team);
    if (seen) draft.values.insert_or_assign(std::string(key), id);
  }
}

[[noreturn]] void fail_at(const AppError& error, std::size_t step) {
  Problems problems;
  for (const Problem& problem : error.problems()) {
    problems.push_back(
        {"steps." + std::to_string(step) + "." + problem.field, problem.code, problem.params});
  }
  throw AppError(error.status(), error.code(), error.params(), std::move(problems));
}

}  // namespace

UsablePlan usable_plan(Engine& engine, const Caller& caller, Id id, std::string_view target) {
  const ObjectDef& plans = object_of(caller, "plan");
  const ObjectDef& steps = object_of(caller, "plan_step");
  const ObjectDef* object = caller.access.catalog().object(target);
  const bool known = object != nullptr && std::ranges::count(kTargets, target) > 0 &&
                     caller.access.object(*object).read != auth::Scope::none;
  auto plan = known ? engine.get(caller, plans, id) : std::nullopt;
  if (!plan || plan->deleted_at != 0 || caller.access.object(steps).read == auth::Scope::none ||
      caller.access.field(steps, "name") < FieldRight::read ||
      caller.access.field(steps, "plan") < FieldRight::read)
    throw AppError(Status::not_found, "not_found");
  if (plan->integer("active") == 0) refuse("plan_not_used");
  const auto targets = meta::split_items(plan->text("targets"));
  if (std::ranges::find(targets, target) == targets.end())
    refuse("plan_wrong_target", {{"name", object->label.ja}});

  UsablePlan usable{.target = *object, .plan = *std::move(plan)};
  records::ListQuery query;
  query.filter = JsonObject{{"plan", JsonObject{{"eq", encode_id(usable.plan.id)}}}};
  for (const Id step : engine.list_ids(caller, steps, query, kMostSteps)) {
    if (auto found = engine.get(caller, steps, step)) usable.steps.push_back(*std::move(found));
  }
  return usable;
}

std::string start_of(const Caller& caller, const UsablePlan& usable, const Record& record,
                     const std::string& chosen, const std::string& today) {
  if (!chosen.empty()) return chosen;
  const std::string_view from = usable.plan.text("start_from");
  // A plan for companies and contracts may name a date that only contracts have.
  if (from.empty() || from == "day" || usable.target.field(from) == nullptr) return today;
  return read_text(caller, usable.target, record, from);
}

std::vector<PlannedTask> planned_tasks(const Caller& caller, const UsablePlan& usable,
                                       const Record& record, const std::string& start,
                                       const std::string& today) {
  std::vector<PlannedTask> out;
  const auto from = parse_iso_date(start);
  if (!from) return out;
  const ObjectDef& steps = object_of(caller, "plan_step");
  for (const Record& step : usable.steps) {
    const std::string unit = read_text(caller, steps, step, "unit");
    const Date day =
        step_day(*from, {.number = meta::integer_of(read_value(caller, steps, step, "number")),
                         .unit = unit,
                         .before = read_text(caller, steps, step, "side") == "before"});
    const std::string due = format_date(working_day(day, usable.plan.text("holidays")));
    out.push_back({.step = step.id,
                   .name = read_text(caller, steps, step, "name"),
                   .kind = read_text(caller, steps, step, "kind"),
                   .due_on = due,
                   .moved_from = due == format_date(day) ? std::string() : format_date(day),
                   .past = due < today,
                   .owner = owner_of(caller, steps, step, record),
                   .note = read_text(caller, steps, step, "note")});
  }
  std::ranges::stable_sort(out, {}, &PlannedTask::due_on);
  return out;
}

Running running(Engine& engine, store::Connection& connection, const Caller& caller,
                const UsablePlan& usable, Id record) {
  Running out;
  const ObjectDef& tasks = object_of(caller, "task");
  const auto& rights = caller.access.object(tasks);
  if (rights.read == auth::Scope::none) return out;
  for (const std::string_view key :
       {std::string_view("plan"), std::string_view("done"), std::string_view(usable.target.key)}) {
    if (caller.access.field(tasks, key) < FieldRight::read) return out;
  }
  std::string sql =
      "SELECT count(*), CAST(coalesce(sum(CASE WHEN t.done = 1 THEN 0 ELSE 1 END), 0) AS BIGINT) "
      "FROM " +
      engine.plan(tasks).table + " t WHERE {t} AND t.plan = ? AND t.\"" + usable.target.key +
      "\" = ? AND t.deleted_at IS NULL";
  for (const std::string_view key : kTargets) {
    if (key == usable.target.key) break;
    // What he may not read must not show in a number either.
    if (caller.access.field(tasks, key) < FieldRight::read) continue;
    sql += " AND t.\"" + std::string(key) + "\" IS NULL";
  }
  const auto condition = caller.access.condition(tasks, rights.read, "t");
  if (!condition.sql.empty()) sql += " AND " + condition.sql;
  auto row = connection.query(sql);
  row.bind(usable.plan.id, record);
  for (const Id bind : condition.binds) row.bind(bind);
  if (row.step()) {
    out.all = row.integer(0);
    out.open = row.integer(1);
  }
  return out;
}

Record plan_target(Engine& engine, const Caller& caller, const UsablePlan& usable, Id id) {
  auto record = engine.get(caller, usable.target, engine.current(usable.target, id));
  if (!record || record->deleted_at != 0) throw AppError(Status::not_found, "not_found");
  return *std::move(record);
}

Draft task_draft(Engine& engine, const Caller& caller, const PlannedTask& task,
                 const Json* altered) {
  const ObjectDef& tasks = object_of(caller, "task");
  JsonObject body{{"name", task.name}, {"due_on", task.due_on}};
  if (task.owner != 0) body["owner_id"] = encode_id(task.owner);
  // Beside the name and the day the task can do without what he may not write.
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty() && caller.access.field(tasks, key) == FieldRight::write) body[key] = value;
  };
  add("kind", task.kind);
  add("note", task.note);
  if (altered != nullptr && altered->is_object()) {
    for (const char* key : {"name", "due_on", "owner_id", "kind", "note"}) {
      if (const Json* value = json_find(*altered, key)) body[key] = *value;
    }
  }
  return engine.parse(caller, tasks, Json(std::move(body)), true);
}

void begin_plan(records::Write& write, const UsablePlan& usable, const Record& record,
                const std::vector<Draft>& drafts, bool again, std::vector<Id>& made) {
  if (!again) {
    const Running now = running(write.engine(), write.tx(), write.caller(), usable, record.id);
    if (now.open > 0) {
      throw AppError(Status::conflict, "plan_running", {{"open", std::to_string(now.open)}});
    }
  }
  const ObjectDef& tasks = object_of(write.caller(), "task");
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Draft draft = drafts[i];
    link_customers(write, usable.target, record, draft);
    draft.values.insert_or_assign("plan", usable.plan.id);
    draft.values.insert_or_assign("rule", rule_name("plan", write.batch()));
    try {
      made.push_back(write.create(tasks, std::move(draft)).id);
    } catch (const AppError& error) {
      fail_at(error, i);
    }
  }
}

}  // namespace daifuku::crm
