#include <algorithm>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/engine.h"
#include "records/record_json.h"
#include "records/schema.h"
#include "text/fold.h"

namespace daifuku::records {

using auth::Scope;
using meta::FieldDef;
using meta::ObjectDef;

std::optional<Record> visible_record(Engine& engine, store::Connection& connection,
                                     const Caller& caller, const ObjectDef& object, Id id) {
  const ObjectPlan& plan = engine.plan(object);
  const Scope scope = caller.access.object(object).read;
  if (scope == Scope::none) return std::nullopt;
  std::string sql = plan.load;
  const auto condition = caller.access.condition(object, scope, "t");
  if (!condition.sql.empty()) sql += " AND " + condition.sql;
  std::optional<Record> record;
  {
    auto row = connection.query(sql);
    row.bind(id);
    for (const Id bind : condition.binds) row.bind(bind);
    if (row.step()) record = read_record(row.statement(), plan);
  }
  if (record && !plan.lists.empty()) {
    auto rows = connection.query(
        "SELECT l.field, l.to_id FROM link l WHERE {l} AND l.from_id = ? ORDER BY l.field, "
        "l.position, l.to_id");
    rows.bind(id);
    while (rows.step()) record->lists[std::string(rows.text(0))].push_back(rows.integer(1));
  }
  return record;
}

namespace {

[[noreturn]] void not_found() { throw AppError(Status::not_found, "not_found"); }

void require_visible(Engine& engine, store::Connection& connection, const Caller& caller,
                     const ObjectDef& object, Id id) {
  const Scope scope = caller.access.object(object).read;
  const auto condition = caller.access.condition(object, scope, "t");
  std::string sql = "SELECT t.id FROM " + engine.plan(object).table + " t WHERE {t} AND t.id = ?";
  if (!condition.sql.empty()) sql += " AND " + condition.sql;
  auto row = connection.query(sql);
  row.bind(id);
  for (const Id bind : condition.binds) row.bind(bind);
  if (!row.step()) not_found();
}

}  // namespace

std::optional<Record> Engine::get(const Caller& caller, const ObjectDef& object, Id id) {
  std::optional<Record> record;
  database_.read([&](store::Connection& connection) {
    record = visible_record(*this, connection, caller, object, id);
  });
  return record;
}

void Engine::get_json(const Caller& caller, const ObjectDef& object, Id id, std::string& out) {
  const ObjectPlan& plan_of = plan(object);
  const Scope scope = caller.access.object(object).read;
  if (scope == Scope::none) not_found();
  const auto condition = caller.access.condition(object, scope, "t");
  bool merged = false;
  database_.read([&](store::Connection& connection) {
    RecordWriter writer(*this, connection, caller, plan_of);
    std::string sql = "SELECT " + writer.columns() + " FROM " + plan_of.table + " t" +
                      writer.joins() + " WHERE {t} AND t.id = ?";
    if (!condition.sql.empty()) sql += " AND " + condition.sql;
    auto row = connection.query(sql);
    for (const Id bind : writer.join_binds()) row.bind(bind);
    row.bind(id);
    for (const Id bind : condition.binds) row.bind(bind);
    const bool found = row.step();
    if (found && row.is_null(kMergedColumn)) {
      JsonWriter json(out);
      writer.write_row(json, row.statement());
      return;
    }
    merged = true;
  });
  if (!merged) return;
  const Id there = current(object, id);
  if (there == id) not_found();
  get_json(caller, object, there, out);
}

std::unordered_map<Id, std::string> Engine::titles(store::Connection& connection,
                                                   const Caller& caller, const ObjectDef& object,
                                                   const std::vector<Id>& wanted) {
  std::unordered_map<Id, std::string> out;
  const Scope scope = caller.access.object(object).read;
  const FieldDef* title = object.field(object.title);
  if (wanted.empty() || scope == Scope::none || title == nullptr ||
      caller.access.field(object, title->key) < meta::FieldRight::read)
    return out;
  std::vector<Id> ids = wanted;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const auto condition = caller.access.condition(object, scope, "t");
  std::string sql = "SELECT t.id, " + column("t", *title) + " FROM " + plan(object).table +
                    " t WHERE {t} AND t.id = ?";
  if (!condition.sql.empty()) sql += " AND " + condition.sql;
  for (const Id id : ids) {
    auto row = connection.query(sql);
    row.bind(id);
    for (const Id bind : condition.binds) row.bind(bind);
    if (row.step())
      out.emplace(id, meta::value_text(*title, cell(row.statement(), 1, title->kind->storage)));
  }
  return out;
}

// --- history ---

namespace {

meta::Value raw_to_value(const Json& json) {
  if (json.is_int64()) return json.get_int64();
  if (json.is_string()) return std::string(json.get_string());
  return {};
}

}  // namespace

void Engine::history_json(const Caller& caller, const ObjectDef& object, Id id, int limit,
                          std::string_view after, std::string& out) {
  Id before = INT64_MAX;
  if (!after.empty()) {
    const auto decoded = decode_id(after);
    if (!decoded) throw AppError(Status::invalid, "invalid", {}, {{"after", "invalid_id", {}}});
    before = *decoded;
  }
  struct Row {
    Id id = 0;
    Id actor = 0;
    std::string action, source;
    Json changes;
  };
  database_.read([&](store::Connection& connection) {
    require_visible(*this, connection, caller, object, id);
    std::vector<Row> rows;
    {
      auto query = connection.query(
          "SELECT h.id, h.actor_id, h.action, h.source, h.changes FROM history h WHERE {h} AND "
          "h.record_id = ? AND h.id < ? ORDER BY h.id DESC LIMIT ?");
      query.bind(id, before, limit + 1);
      while (query.step()) {
        rows.push_back({.id = query.integer(0),
                        .actor = query.integer(1),
                        .action = std::string(query.text(2)),
                        .source = std::string(query.text(3)),
                        .changes = parse_json(query.text(4))});
      }
    }
    const bool more = static_cast<int>(rows.size()) > limit;
    if (more) rows.pop_back();
    RecordWriter writer(*this, connection, caller, plan(object));
    const auto& file_fields = plan(object).files;
    const bool sees_files =
        std::all_of(file_fields.begin(), file_fields.end(), [&](const FieldDef* field) {
          return caller.access.field(object, field->key) >= meta::FieldRight::read;
        });
    const auto each_change = [&](const Row& row, const auto& work) {
      if (!row.changes.is_object()) return;
      for (const auto& member : row.changes.get_object()) {
        const std::string key(member.key());
        const FieldDef* field = object.field(key);
        for (const FieldDef& system : meta::system_fields()) {
          if (system.key == key) field = &system;
        }
        if (field == nullptr || !member.value().is_array()) continue;
        const bool system = object.field(key) == nullptr;
        if (!system && caller.access.field(object, key) < meta::FieldRight::read) continue;
        work(key, *field, member.value().get_array()[0], member.value().get_array()[1]);
      }
    };
    // A merge names the other record: to who may see it.
    const auto write_others = [&](JsonWriter& json, std::string_view key, const Json& sides) {
      FieldDef other;
      other.kind = &meta::kinds::links;
      other.target = object.key;
      json.begin_object().field("field", key);
      for (const std::size_t side : {0, 1}) {
        json.key(side == 0 ? "old" : "new");
        const Json& value = sides.get_array()[side];
        std::vector<Id> ids;
        if (value.is_int64()) ids.push_back(value.get_int64());
        if (value.is_array()) {
          for (const Json& item : value.get_array()) ids.push_back(item.get_int64());
        }
        writer.write_list(json, other, ids);
      }
      json.end_object();
    };
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    for (const Row& row : rows) {
      json.begin_object().key("id").id(row.id);
      json.field("at", format_instant(id_time(row.id))).key("by");
      write_user_reference(json, *this, row.actor);
      json.field("action", row.action).field("source", row.source).key("changes").begin_array();
      each_change(row, [&](const std::string& key, const FieldDef& field, const Json& old_value,
                           const Json& new_value) {
        json.begin_object().field("field", key);
        for (const auto& [name, value] :
             {std::pair<const char*, const Json*>{"old", &old_value}, {"new", &new_value}}) {
          json.key(name);
          if (value->is_array()) {
            std::vector<Id> ids;
            for (const Json& item : value->get_array()) ids.push_back(item.get_int64());
            writer.write_list(json, field, ids);
          } else if (key == "team_id" && value->is_int64() && value->get_int64() != 0) {
            // As in the record: a number of 64 bits loses digits in a browser.
            json.begin_object().key("id").id(value->get_int64()).end_object();
          } else {
            writer.write_value(json, field, raw_to_value(*value));
          }
        }
        json.end_object();
      });
      for (const std::string_view key : {"merged_from", "merged_into"}) {
        if (const Json* sides = json_find(row.changes, key)) write_others(json, key, *sides);
      }
      if (const Json* files = json_find(row.changes, "files"); files != nullptr && sees_files) {
        json.begin_object().field("field", "files");
        for (const std::size_t side : {0, 1}) {
          json.key(side == 0 ? "old" : "new");
          const Json& file = files->get_array()[side];
          if (file.is_null()) {
            json.null();
          } else {
            json.begin_object().key("id").id(json_integer(file, "id"));
            json.field("name", json_text(file, "name")).end_object();
          }
        }
        json.end_object();
      }
      json.end_array().end_object();
    }
    json.end_array().key("next");
    if (more && !rows.empty()) {
      json.id(rows.back().id);
    } else {
      json.null();
    }
    json.end_object();
  });
}

bool Engine::may_see(const Caller& caller, const Event& event) {
  const ObjectDef* object = caller.access.catalog().by_id(event.object);
  if (object == nullptr) return false;
  const Scope scope = caller.access.object(*object).read;
  if (scope == Scope::all || scope == Scope::none) return scope == Scope::all;
  bool seen = false;
  database_.read([&](store::Connection& connection) {
    const auto condition = caller.access.condition(*object, scope, "t");
    auto row = connection.query("SELECT t.id FROM " + plan(*object).table +
                                " t WHERE {t} AND t.id = ? AND " + condition.sql);
    row.bind(event.record);
    for (const Id bind : condition.binds) row.bind(bind);
    seen = row.step();
  });
  return seen;
}

void Engine::changes_json(const Caller& caller, int limit, std::string& out) {
  struct Row {
    Event event;
    std::vector<std::string> fields;
  };
  std::vector<Row> rows;
  // Newest first; what the caller may not see is passed over, within a bound.
  database_.read([&](store::Connection& connection) {
    auto query = connection.query(
        "SELECT h.id, h.object_id, h.record_id, h.actor_id, h.action, h.changes FROM history h "
        "WHERE {h} AND h.action NOT IN (?, ?) ORDER BY h.id DESC LIMIT ?");
    query.bind(Write::kExport, Write::kExportEnded, limit * 20);
    while (query.step()) {
      Row row{.event = {.sequence = query.integer(0),
                        .record = query.integer(2),
                        .object = static_cast<std::uint32_t>(query.integer(1)),
                        .by = query.integer(3),
                        .action = std::string(query.text(4))},
              .fields = {}};
      const ObjectDef* object = caller.access.catalog().by_id(row.event.object);
      if (object == nullptr || !object->in_navigation) continue;
      if (row.event.action == "update") {
        const Json changes = parse_json(query.text(5));
        for (const auto& member : changes.get_object()) {
          const std::string key(member.key());
          if (caller.access.field(*object, key) >= meta::FieldRight::read)
            row.fields.push_back(key);
        }
      }
      rows.push_back(std::move(row));
    }
  });
  const auto seen_before = [&](std::size_t i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (rows[j].event.record == rows[i].event.record) return true;
    }
    return false;
  };
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  int written = 0;
  for (std::size_t i = 0; i < rows.size() && written < limit; ++i) {
    if (seen_before(i) || !may_see(caller, rows[i].event)) continue;
    const Event& event = rows[i].event;
    const ObjectDef* object = caller.access.catalog().by_id(event.object);
    std::string title;
    database_.read([&](store::Connection& connection) {
      auto names = titles(connection, caller, *object, {event.record});
      title = names[event.record];
    });
    json.begin_object().field("at", format_instant(id_time(event.sequence))).key("by");
    write_user_reference(json, *this, event.by);
    json.field("action", event.action).field("object", object->key).key("id").id(event.record);
    json.field("title", title).key("fields").begin_array();
    for (const std::string& field : rows[i].fields) json.string(field);
    json.end_array().end_object();
    ++written;
  }
  json.end_array().end_object();
}

std::vector<Event> Engine::events_after(Id sequence, int most) {
  std::vector<Event> out;
  database_.read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT h.id, h.object_id, h.record_id, h.version, h.actor_id, h.action FROM history h "
        "WHERE {h} AND h.id > ? AND h.action NOT IN (?, ?) ORDER BY h.id LIMIT ?");
    rows.bind(sequence, Write::kExport, Write::kExportEnded, most);
    while (rows.step()) {
      out.push_back({.sequence = rows.integer(0),
                     .record = rows.integer(2),
                     .object = static_cast<std::uint32_t>(rows.integer(1)),
                     .version = rows.integer(3),
                     .by = rows.integer(4),
                     .action = std::string(rows.text(5))});
    }
  });
  return out;
}

Id Engine::last_event() {
  Id last = 0;
  database_.read([&](store::Connection& connection) {
    auto rows = connection.query("SELECT h.id FROM history h WHERE {h} ORDER BY h.id DESC LIMIT 1");
    if (rows.step()) last = rows.integer(0);
  });
  return last;
}

}  // namespace daifuku::records
