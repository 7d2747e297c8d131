// What a rule would say: of values that somebody types, and of the records that are there.
#include <algorithm>
#include <chrono>

#include "meta/derive.h"
#include "records/record_json.h"
#include "records/rule_store.h"

namespace daifuku::records {

using meta::ObjectDef;

void try_rule_json(Engine& engine, const Caller& caller, const Json& body, std::string& out) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  const Json* definition = json_find(body, "rule");
  const Json* values = json_find(body, "values");
  if (definition == nullptr || !definition->is_object())
    throw AppError(Status::invalid, "invalid", {}, {{"rule", "required", {}}});
  const Rule rule = compile_rule(caller, 0, *definition);
  const ObjectDef& object = *caller.access.catalog().object(rule.object());
  Problems problems;
  Record record;
  record.values = meta::parse_values(object, values == nullptr ? Json(JsonObject()) : *values,
                                     meta::all_rights(object), problems);
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  for (const meta::FieldDef* list : engine.plan(object).lists) {
    if (const auto found = record.values.find(list->key); found != record.values.end())
      record.lists[list->key] = meta::split_ids(meta::text_of(found->second));
  }
  const Date today = local_date(engine.clock().now());
  const bool applies = rule.applies(record, today);
  Problems broken;
  if (applies) rule.check(record, today, caller.language, broken);
  JsonWriter json(out);
  json.begin_object().field("applies", applies).key("problems").begin_array();
  for (const Problem& problem : broken) {
    json.begin_object()
        .field("field", problem.field)
        .field("code", problem.code)
        .field("message", message(caller.language, problem.code, problem.params))
        .end_object();
  }
  json.end_array().end_object();
}

namespace {

// Records that have what a unique rule says is there once only, those with the same after each
// other, at most `most`; `count` is all of them. One pass of the store: equal as stored.
std::vector<Record> equal_records(Engine& engine, const Caller& caller, const ObjectDef& object,
                                  const Rule& rule, std::size_t most, std::int64_t& count) {
  constexpr int kMostGroups = 1'000;
  const ObjectPlan& plan = engine.plan(object);
  const auto scope = caller.access.condition(object, caller.access.object(object).read, "t");
  const std::string within = scope.sql.empty() ? std::string() : " AND " + scope.sql;
  std::string columns;
  std::string there;
  std::string same;
  for (const RuleField& field : rule.fields()) {
    const std::string name = column("t", *object.field(field.key));
    columns += (columns.empty() ? "" : ", ") + name;
    there += " AND " + name + " IS NOT NULL";
    same += " AND " + name + " = ?";
  }
  const Date today = local_date(engine.clock().now());
  std::vector<Record> out;
  engine.database().read([&](store::Connection& connection) {
    out.clear();
    count = 0;
    std::vector<std::vector<meta::Value>> groups;
    {
      auto rows = connection.query("SELECT " + columns + " FROM " + plan.table +
                                   " t WHERE {t} AND t.deleted_at IS NULL" + there + within +
                                   " GROUP BY " + columns + " HAVING count(*) > 1 LIMIT ?");
      for (const Id bind : scope.binds) rows.bind(bind);
      rows.bind(kMostGroups);
      while (rows.step()) {
        auto& group = groups.emplace_back();
        for (const RuleField& field : rule.fields())
          group.push_back(
              cell(rows.statement(), static_cast<int>(group.size()), field.kind->storage));
      }
    }
    for (const auto& group : groups) {
      auto rows = connection.query("SELECT " + plan.select_all + " FROM " + plan.table +
                                   " t WHERE {t} AND t.deleted_at IS NULL" + same + within +
                                   " ORDER BY t.id LIMIT 100");
      for (const meta::Value& value : group) rows.bind(value);
      for (const Id bind : scope.binds) rows.bind(bind);
      std::vector<Record> found;
      while (rows.step()) {
        Record record = read_record(rows.statement(), plan);
        if (rule.applies(record, today)) found.push_back(std::move(record));
      }
      if (found.size() < 2) continue;
      count += static_cast<std::int64_t>(found.size());
      for (Record& record : found) {
        if (out.size() < most) out.push_back(std::move(record));
      }
    }
  });
  return out;
}

}  // namespace

void check_rule_json(Engine& engine, const Caller& caller, const Json& body, std::string& out) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  constexpr auto kPatience = std::chrono::milliseconds(1'000);
  constexpr std::int64_t kSlice = 500;
  constexpr std::size_t kMostTold = 100;
  const Json* definition = json_find(body, "rule");
  if (definition == nullptr || !definition->is_object())
    throw AppError(Status::invalid, "invalid", {}, {{"rule", "required", {}}});
  const Rule rule = compile_rule(caller, 0, *definition);
  const ObjectDef& object = *caller.access.catalog().object(rule.object());
  const ObjectPlan& plan = engine.plan(object);
  const auto scope = caller.access.condition(object, caller.access.object(object).read, "t");
  const std::string after = json_text(body, "after");
  const auto from = after.empty() ? std::optional<Id>(0) : decode_id(after);
  if (!from) throw AppError(Status::invalid, "filter_wrong", {}, {{"after", "invalid_id", {}}});
  const Date today = local_date(engine.clock().now());
  const bool lists = std::ranges::any_of(plan.lists, [&](const meta::FieldDef* field) {
    return std::ranges::find(rule.looks_at(), field->key) != rule.looks_at().end();
  });

  Id last = *from;
  std::int64_t looked = 0;
  std::int64_t broken = 0;
  std::vector<Record> told;
  bool more = rule.kind() != RuleKind::unique;
  if (!more) {
    told = equal_records(engine, caller, object, rule, kMostTold, broken);
    looked = broken;
  }
  const auto began = std::chrono::steady_clock::now();
  while (more && std::chrono::steady_clock::now() - began < kPatience) {
    std::vector<Record> records;
    engine.database().read([&](store::Connection& connection) {
      records.clear();
      auto rows = connection.query("SELECT " + plan.select_all + " FROM " + plan.table +
                                   " t WHERE {t} AND t.deleted_at IS NULL AND t.id > ?" +
                                   (scope.sql.empty() ? std::string() : " AND " + scope.sql) +
                                   " ORDER BY t.id LIMIT ?");
      rows.bind(last);
      for (const Id bind : scope.binds) rows.bind(bind);
      rows.bind(kSlice);
      while (rows.step()) records.push_back(read_record(rows.statement(), plan));
    });
    if (lists) {
      engine.database().read([&](store::Connection& connection) {
        for (Record& record : records) {
          record.lists.clear();
          auto rows = connection.query(
              "SELECT l.field, l.to_id FROM link l WHERE {l} AND l.from_id = ? ORDER BY l.field, "
              "l.position, l.to_id");
          rows.bind(record.id);
          while (rows.step()) record.lists[std::string(rows.text(0))].push_back(rows.integer(1));
        }
      });
    }
    more = static_cast<std::int64_t>(records.size()) == kSlice;
    for (Record& record : records) {
      last = record.id;
      ++looked;
      if (!rule.applies(record, today)) continue;
      Problems problems;
      rule.check(record, today, caller.language, problems);
      if (problems.empty()) continue;
      ++broken;
      if (told.size() < kMostTold) told.push_back(std::move(record));
    }
  }
  JsonWriter json(out);
  json.begin_object().field("looked", looked).field("broken", broken).key("items").begin_array();
  for (const Record& record : told) {
    json.begin_object().key("id").id(record.id);
    json.field("title", readable_title(caller, object, record)).end_object();
  }
  json.end_array().key("next");
  if (more) {
    json.id(last);
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace daifuku::records
