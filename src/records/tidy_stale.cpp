// Records with which nothing has happened for long, by stage; and after how many days the company
// wants to be told.
#include <algorithm>

#include "meta/kinds.h"
#include "records/record_json.h"
#include "records/tidy_checks.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

namespace {

constexpr std::string_view kSetting = "stale_days";
constexpr std::string_view kNextStep = "next_action_at";
constexpr Millis kDay = 86'400'000;
constexpr int kMostDays = 3'650;

const FieldDef* stage_of(const ObjectDef& object) {
  const auto found = std::ranges::find_if(object.expanded, [](const FieldDef& field) {
    return std::ranges::any_of(field.options,
                               [](const meta::Option& option) { return option.stale_after > 0; });
  });
  return found == object.expanded.end() || found->hidden ? nullptr : &*found;
}

bool reads(const TidyAsk& ask, const FieldDef& field) {
  return !field.hidden && ask.caller.access.field(ask.object, field.key) >= FieldRight::read;
}

// {"company":{"prospect":60}}
Json kept_days(store::Connection& connection) {
  auto row = connection.query("SELECT s.value FROM setting s WHERE {s} AND s.key = ?");
  row.bind(kSetting);
  return row.step() ? parse_json(row.text(0)) : Json(JsonObject());
}

void keep_days(store::Transaction& tx, const Json& days) {
  tx.query(
        "INSERT INTO setting ({tenant_id}, key, value) VALUES ({tenant}, ?, ?) ON CONFLICT "
        "({tenant_id}, key) DO UPDATE SET value = excluded.value")
      .bind(kSetting, boost::json::serialize(days))
      .run();
}

void log_days(Write& write, const Json& before, const Json& after) {
  write.note_setting(kTidyLog, kTidyLog, "update",
                     "{\"stale_days\":[" + boost::json::serialize(before) + "," +
                         boost::json::serialize(after) + "]}");
}

// An open task for today or later: somebody is at it. Of tasks only those that the caller sees.
void without_task(const TidyAsk& ask, TidyLane& lane) {
  const std::string today = format_date(local_date(ask.engine.clock().now()));
  const FieldDef* next = ask.object.field(kNextStep);
  if (next != nullptr) {
    if (!reads(ask, *next)) return;
    const std::string name = column("t", *next);
    lane.exact += " AND (" + name + " IS NULL OR " + name + " < ?)";
    lane.exact_binds.emplace_back(today);
    return;
  }
  const ObjectDef* task = ask.caller.access.catalog().object("task");
  if (task == nullptr) return;
  const auto scope = ask.caller.access.object(*task).read;
  const auto link = std::ranges::find_if(
      task->expanded, [&](const FieldDef& field) { return field.target == ask.object.key; });
  if (link == task->expanded.end() || scope == auth::Scope::none) return;
  const auto condition = ask.caller.access.condition(*task, scope, "k");
  lane.exact += " AND NOT EXISTS (SELECT 1 FROM " + ask.engine.plan(*task).table +
                " k WHERE {k} AND " + column("k", *link) +
                " = t.id AND k.deleted_at IS NULL AND k.done = 0 AND k.due_on >= ?" +
                (condition.sql.empty() ? std::string() : " AND " + condition.sql) + ")";
  lane.exact_binds.emplace_back(today);
  for (const Id bind : condition.binds) lane.exact_binds.emplace_back(bind);
}

}  // namespace

const FieldDef* tidy_stage(const TidyAsk& ask) {
  const FieldDef* field = stage_of(ask.object);
  return field != nullptr && reads(ask, *field) ? field : nullptr;
}

const FieldDef* tidy_contact(const TidyAsk& ask) {
  const FieldDef* field = ask.engine.plan(ask.object).maturity.contact;
  return field != nullptr && reads(ask, *field) ? field : nullptr;
}

StaleDays stale_days(const TidyAsk& ask) {
  StaleDays out;
  const FieldDef* stage = tidy_stage(ask);
  if (stage == nullptr) return out;
  Json kept;
  ask.engine.database().read([&](store::Connection& connection) { kept = kept_days(connection); });
  const Json* own = json_find(kept, ask.object.key);
  for (const meta::Option& option : stage->options) {
    out.emplace_back(option.key, own == nullptr ? option.stale_after
                                                : static_cast<int>(json_integer(
                                                      *own, option.key, option.stale_after)));
  }
  return out;
}

std::unique_ptr<TidyWalk> walk_stale(const TidyAsk& ask) {
  const FieldDef* stage = tidy_stage(ask);
  if (stage == nullptr) return nullptr;
  const FieldDef* contact = tidy_contact(ask);
  const Millis now = ask.engine.clock().now();
  std::vector<TidyLane> lanes;
  for (const auto& [key, days] : stale_days(ask)) {
    // A stage that is never stale stays so whatever is asked.
    if (days == 0 || (!ask.stage.empty() && ask.stage != key)) continue;
    const Millis since = now - ask.days.value_or(days) * kDay;
    TidyLane lane{.where = column("t", *stage) + " = ? AND t.updated_at < ?",
                  .binds = {key, since},
                  .oldest_first = true,
                  .counted_by_rows = true};
    lane.exact = "1 = 1";
    if (contact != nullptr) {
      const std::string name = column("t", *contact);
      lane.exact = "(" + name + " IS NULL OR " + name + " < ?)";
      lane.exact_binds = {since};
    }
    without_task(ask, lane);
    lanes.push_back(std::move(lane));
  }
  const auto judge = [&caller = ask.caller, contact, now](store::Connection&,
                                                          const Record& record) {
    const Millis talked = contact == nullptr ? 0 : record.integer(contact->key);
    const std::int64_t quiet = (now - std::max(talked, record.updated_at)) / kDay;
    const std::string_view code = contact == nullptr ? "tidy_quiet_update" : "tidy_quiet";
    TidyProblem problem{.field = contact,
                        .value = talked == 0 ? meta::Value() : meta::Value(talked)};
    problem.text = message(caller.language, code, {{"days", std::to_string(quiet)}});
    return std::vector<TidyProblem>{std::move(problem)};
  };
  return std::make_unique<TidyWalk>(ask.engine, ask.caller, ask.object, std::move(lanes), judge);
}

Id save_stale_days(Engine& engine, const Caller& caller, const ObjectDef& object,
                   const Json& days) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  const FieldDef* stage = stage_of(object);
  if (stage == nullptr || !days.is_object())
    throw AppError(Status::invalid, "invalid", {}, {{"stale_days", "required", {}}});
  Problems problems;
  for (const auto& member : days.get_object()) {
    const std::string key(member.key());
    const bool known = std::ranges::any_of(
        stage->options, [&](const meta::Option& option) { return option.key == key; });
    if (!known) {
      problems.push_back({"stale_days." + key, "invalid_choice", {}});
    } else if (!member.value().is_int64() || member.value().get_int64() < 0 ||
               member.value().get_int64() > kMostDays) {
      problems.push_back(
          {"stale_days." + key, "tidy_days_range", {{"max", std::to_string(kMostDays)}}});
    }
  }
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  return engine.write(caller, [&](Write& write) {
    const Json before = kept_days(write.tx());
    Json after = before;
    Json& own = after.as_object()[object.key];
    if (!own.is_object()) own = JsonObject();
    for (const auto& member : days.get_object()) own.as_object()[member.key()] = member.value();
    keep_days(write.tx(), after);
    log_days(write, before, after);
  });
}

bool undo_stale_days(Write& write, const Json& changes) {
  if (!write.caller().access.administers()) throw AppError(Status::forbidden, "forbidden");
  const Json* pair = json_find(changes, "stale_days");
  if (pair == nullptr || !pair->is_array() || pair->get_array().size() != 2) return false;
  const Json now = kept_days(write.tx());
  if (now != pair->get_array()[1]) return false;
  keep_days(write.tx(), pair->get_array()[0]);
  log_days(write, now, pair->get_array()[0]);
  return true;
}

}  // namespace daifuku::records
