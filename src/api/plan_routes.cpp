#include "api/plan_routes.h"

#include <algorithm>
#include <set>

#include "crm/follow/plan_ready.h"
#include "crm/follow/plan_run.h"
#include "records/record_json.h"

namespace daifuku::api {

using crm::PlannedTask;
using crm::UsablePlan;
using http::Method;
using http::Response;

namespace {

constexpr std::size_t kMostRecords = 200;
constexpr std::size_t kMostTasks = 2'000;

[[noreturn]] void wrong(std::string field, std::string code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::move(field), std::move(code), {}}});
}

std::string today(const Call& call) { return format_date(local_date(call.app.clock.now())); }

std::string chosen_start(const Json& body) {
  std::string start = json_text(body, "start");
  if (!start.empty() && !parse_iso_date(start)) wrong("start", "invalid_date");
  return start;
}

Id record_of(const Json& body) {
  const auto id = decode_id(json_text(body, "record"));
  if (!id) wrong("record", "invalid_id");
  return *id;
}

void write_task(JsonWriter& json, const Call& call, const PlannedTask& task) {
  json.begin_object().key("step").id(task.step);
  json.field("name", task.name).field("kind", task.kind).field("due_on", task.due_on);
  json.key("moved_from");
  if (task.moved_from.empty()) {
    json.null();
  } else {
    json.string(task.moved_from);
  }
  json.field("past", task.past).field("note", task.note).key("owner");
  records::write_user_reference(json, call.app.engine, task.owner);
  json.end_object();
}

Response preview(Call& call) {
  const Json body = call.json();
  records::Engine& engine = call.app.engine;
  const UsablePlan usable =
      crm::usable_plan(engine, call.caller, call.id(0), json_text(body, "object"));
  const records::Record record = crm::plan_target(engine, call.caller, usable, record_of(body));
  const std::string start =
      crm::start_of(call.caller, usable, record, chosen_start(body), today(call));
  crm::Running running;
  engine.database().read([&](store::Connection& connection) {
    running = crm::running(engine, connection, call.caller, usable, record.id);
  });
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("start");
  if (start.empty()) {
    json.null();
  } else {
    json.string(start);
  }
  json.key("running").begin_object().field("open", running.open).field("all", running.all);
  json.end_object().key("tasks").begin_array();
  for (const PlannedTask& task :
       crm::planned_tasks(call.caller, usable, record, start, today(call))) {
    write_task(json, call, task);
  }
  json.end_array().end_object();
  return json_response(std::move(out));
}

// What is made of a record: the steps that the body names as it alters them, otherwise all that are
// not past.
std::vector<records::Draft> drafts_of(const Call& call, const UsablePlan& usable,
                                      const records::Record& record, const Json& body) {
  const std::string start =
      crm::start_of(call.caller, usable, record, chosen_start(body), today(call));
  if (start.empty()) wrong("start", "plan_start_missing");
  const auto tasks = crm::planned_tasks(call.caller, usable, record, start, today(call));
  std::vector<records::Draft> drafts;
  const Json* steps = json_find(body, "steps");
  if (steps == nullptr) {
    for (const PlannedTask& task : tasks) {
      if (!task.past)
        drafts.push_back(crm::task_draft(call.app.engine, call.caller, task, nullptr));
    }
    if (drafts.empty()) wrong("steps", "plan_nothing_left");
    return drafts;
  }
  if (!steps->is_array()) wrong("steps", "rows_expected");
  std::set<Id> named;
  for (const Json& step : steps->get_array()) {
    const std::string place = "steps." + std::to_string(drafts.size());
    const auto id = decode_id(json_text(step, "step"));
    const auto task = std::ranges::find(tasks, id.value_or(0), &PlannedTask::step);
    if (task == tasks.end() || !named.insert(*id).second) wrong(place + ".step", "invalid_id");
    try {
      drafts.push_back(crm::task_draft(call.app.engine, call.caller, *task, &step));
    } catch (const AppError& error) {
      Problems problems;
      for (const Problem& problem : error.problems())
        problems.push_back({place + "." + problem.field, problem.code, problem.params});
      throw AppError(error.status(), error.code(), error.params(), std::move(problems));
    }
  }
  if (drafts.empty()) wrong("steps", "plan_nothing_left");
  return drafts;
}

Response apply_to_one(Call& call, const UsablePlan& usable, const Json& body) {
  const records::Record record =
      crm::plan_target(call.app.engine, call.caller, usable, record_of(body));
  const auto drafts = drafts_of(call, usable, record, body);
  std::vector<Id> made;
  const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
    made.clear();
    crm::begin_plan(write, usable, record, drafts, json_bool(body, "again"), made);
  });
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("change").id(change);
  json.field("records", 1).field("tasks", made.size()).key("ids").begin_array();
  for (const Id id : made) json.id(id);
  json.end_array().key("problems").begin_array().end_array().end_object();
  return json_response(std::move(out), 201);
}

struct Refused {
  Id id = 0;
  std::string title = {};
  std::string code = {};
  std::string text = {};
};

Refused refused(const Call& call, const UsablePlan& usable, const records::Record* record, Id id,
                const AppError& error) {
  const bool own = error.problems().empty();
  const std::string& code = own ? error.code() : error.problems().front().code;
  const Params& params = own ? error.params() : error.problems().front().params;
  return {.id = id,
          .title = record == nullptr ? std::string()
                                     : records::readable_title(call.caller, usable.target, *record),
          .code = code,
          .text = message(call.caller.language, code, params)};
}

std::vector<Id> ids_of(const Json& list) {
  std::vector<Id> ids;
  if (!list.is_array() || list.get_array().empty()) wrong("ids", "required");
  if (list.get_array().size() > kMostRecords)
    throw AppError(Status::too_large, "batch_too_large", {{"max", std::to_string(kMostRecords)}});
  for (const Json& item : list.get_array()) {
    const auto id =
        item.is_string() ? decode_id(std::string_view(item.get_string())) : std::nullopt;
    if (!id) wrong("ids", "invalid_id");
    if (std::ranges::count(ids, *id) == 0) ids.push_back(*id);
  }
  return ids;
}

Response apply_to_many(Call& call, const UsablePlan& usable, const Json& body,
                       const std::vector<Id>& ids) {
  struct Wanted {
    records::Record record = {};
    std::vector<records::Draft> drafts = {};
  };
  std::vector<Wanted> wanted;
  std::size_t drafts = 0;
  std::vector<Refused> unfit;
  if (json_find(body, "steps") != nullptr) wrong("steps", "field_unknown");
  for (const Id id : ids) {
    // All of them are one transaction, which holds up everybody else.
    if (drafts > kMostTasks)
      throw AppError(Status::too_large, "batch_too_large", {{"max", std::to_string(kMostTasks)}});
    std::optional<records::Record> record;
    try {
      record = crm::plan_target(call.app.engine, call.caller, usable, id);
      wanted.push_back({*record, drafts_of(call, usable, *record, body)});
      drafts += wanted.back().drafts.size();
    } catch (const AppError& error) {
      // He may not make tasks at all.
      if (error.status() == Status::forbidden) throw;
      unfit.push_back(refused(call, usable, record ? &*record : nullptr, id, error));
    }
  }
  std::vector<Refused> problems;
  std::size_t tasks = 0;
  std::size_t begun = 0;
  const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
    problems = unfit;
    tasks = begun = 0;
    for (const Wanted& each : wanted) {
      std::vector<Id> made;
      const auto error = write.attempt([&] {
        crm::begin_plan(write, usable, each.record, each.drafts, json_bool(body, "again"), made);
        ++begun;
      });
      if (error && !made.empty()) throw AppError(*error);
      tasks += made.size();
      if (error) problems.push_back(refused(call, usable, &each.record, each.record.id, *error));
    }
  });
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("change").id(change);
  json.field("records", begun).field("tasks", tasks).key("problems").begin_array();
  for (const Refused& each : problems) {
    json.begin_object().key("id").id(each.id);
    json.field("title", each.title).field("code", each.code).field("message", each.text);
    json.end_object();
  }
  json.end_array().end_object();
  return json_response(std::move(out), 201);
}

Response apply(Call& call) {
  const Json body = call.json();
  const UsablePlan usable =
      crm::usable_plan(call.app.engine, call.caller, call.id(0), json_text(body, "object"));
  const Json* ids = json_find(body, "ids");
  return ids == nullptr ? apply_to_one(call, usable, body)
                        : apply_to_many(call, usable, body, ids_of(*ids));
}

// --- plans that come with the product ---

const meta::ObjectDef& plans_of(const Call& call) {
  const meta::ObjectDef& object = *call.catalog().object("plan");
  if (call.access().object(object).read == auth::Scope::none)
    throw AppError(Status::not_found, "not_found");
  return object;
}

// Whether the caller sees a plan of that name.
bool is_there(const Call& call, const std::string& name) {
  records::ListQuery query;
  query.filter = JsonObject{{"name", JsonObject{{"eq", name}}}};
  return !call.app.engine.list_ids(call.caller, plans_of(call), query, 1).empty();
}

const std::string& name_of(const Call& call, const crm::ReadyPlan& plan) {
  return call.caller.language == Language::ja ? plan.name.ja : plan.name.en;
}

Response ready(Call& call) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const crm::ReadyPlan& plan : crm::ready_plans()) {
    const bool japanese = call.caller.language == Language::ja;
    json.begin_object().field("key", plan.key).field("name", name_of(call, plan));
    json.field("purpose", japanese ? plan.purpose.ja : plan.purpose.en);
    json.field("steps", plan.steps.size()).field("there", is_there(call, name_of(call, plan)));
    json.end_object();
  }
  json.end_array().end_object();
  return json_response(std::move(out));
}

Response add_ready(Call& call) {
  const Json body = call.json();
  const Json* keys = json_find(body, "keys");
  std::vector<const crm::ReadyPlan*> wanted;
  for (const crm::ReadyPlan& plan : crm::ready_plans()) {
    const bool named =
        keys == nullptr ||
        (keys->is_array() && std::ranges::any_of(keys->get_array(), [&](const Json& key) {
           return key.is_string() && std::string_view(key.get_string()) == plan.key;
         }));
    if (named && !is_there(call, name_of(call, plan))) wanted.push_back(&plan);
  }
  if (wanted.empty()) wrong("keys", "plan_ready_there");
  const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
    for (const crm::ReadyPlan* plan : wanted)
      crm::add_ready_plan(write, *plan, call.caller.language);
  });
  std::string out;
  JsonWriter(out)
      .begin_object()
      .field("count", wanted.size())
      .key("change")
      .id(change)
      .end_object();
  return json_response(std::move(out), 201);
}

}  // namespace

void add_plan_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/plans/ready", Needs::session, ready,
             {.summary = "Follow-up plans that come with the product"});
  routes.add(Method::post, "/api/v1/plans/ready", Needs::write, add_ready,
             {.summary = "Take over plans that come with the product", .idempotent = true});
  routes.add(Method::post, "/api/v1/plans/{id}/preview", Needs::read_by_post, preview,
             {.summary = "The tasks that a plan would make"});
  routes.add(Method::post, "/api/v1/plans/{id}/apply", Needs::write, apply,
             {.summary = "Begin a plan: make its tasks", .idempotent = true});
}

}  // namespace daifuku::api
