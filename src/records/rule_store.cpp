#include "records/rule_store.h"

#include <algorithm>

#include "base/log.h"
#include "records/keys.h"
#include "records/record_json.h"
#include "text/fold.h"

namespace daifuku::records {

using meta::ObjectDef;

namespace {

constexpr std::int64_t kMostRules = 200;
constexpr int kKeysAtOnce = 1'000;

void require_administrator(const Caller& caller) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
}

struct Row {
  Id id = 0;
  std::string object = {};
  std::string definition = {};
  std::int64_t version = 0;
  Id keys_id = 0;
  bool keys_ready = false;
};

constexpr std::string_view kColumns =
    "r.id, r.object, r.definition, r.version, r.keys_id, r.keys_ready";

Row read_row(store::Query& row) {
  return {.id = row.integer(0),
          .object = std::string(row.text(1)),
          .definition = std::string(row.text(2)),
          .version = row.integer(3),
          .keys_id = row.integer(4),
          .keys_ready = row.integer(5) != 0};
}

std::vector<Row> read_rows(store::Connection& connection) {
  std::vector<Row> out;
  auto rows = connection.query("SELECT " + std::string(kColumns) +
                               " FROM entry_rule r WHERE {r} AND r.deleted_at IS NULL ORDER BY "
                               "r.id");
  while (rows.step()) out.push_back(read_row(rows));
  return out;
}

std::optional<Row> find_row(store::Connection& connection, Id id) {
  auto row = connection.query("SELECT " + std::string(kColumns) +
                              " FROM entry_rule r WHERE {r} AND r.id = ? AND r.deleted_at IS NULL");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_row(row);
}

// The members that make a rule, as they are kept.
Json kept(const Json& body, const Json& before) {
  JsonObject out;
  for (const char* member : {"object", "active", "mode", "name", "when", "check", "message"}) {
    const Json* value = json_find(body, member);
    if (value == nullptr) value = json_find(before, member);
    if (value != nullptr && !value->is_null()) out[member] = *value;
  }
  if (!out.contains("active")) out["active"] = true;
  if (!out.contains("mode")) out["mode"] = "refuse";
  if (const Json* name = out.if_contains("name"); name != nullptr) {
    constexpr std::size_t kNameMax = 100;
    if (!name->is_string() || text::length(std::string_view(name->get_string())) > kNameMax)
      throw AppError(Status::invalid, "invalid", {},
                     {{"name", "too_long", {{"max", std::to_string(kNameMax)}}}});
  }
  return out;
}

std::string said(const Json* definition) {
  return definition == nullptr ? "null" : boost::json::serialize(*definition);
}

void log_rule(Write& write, Id id, std::string_view action, const Json* before, const Json* after) {
  write.note_setting(kRuleLog, id, action, "{\"rule\":[" + said(before) + "," + said(after) + "]}");
}

// Whether keys have to be kept, and whether those of the rule before serve it.
bool needs_keys(const Json& definition) {
  const Json* check = json_find(definition, "check");
  return check != nullptr && json_text(*check, "kind") == "unique" &&
         json_bool(definition, "active", true);
}

bool same_keys(const Json& a, const Json& b) {
  return needs_keys(a) && needs_keys(b) && *json_find(a, "check") == *json_find(b, "check");
}

void store_rule(Write& write, const Row& row, const Json& definition, bool alive) {
  write.tx()
      .query(
          "INSERT INTO entry_rule ({tenant_id}, id, object, definition, version, keys_id, "
          "keys_ready, deleted_at) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT "
          "({tenant_id}, id) DO UPDATE SET object = excluded.object, definition = "
          "excluded.definition, version = excluded.version, keys_id = excluded.keys_id, "
          "keys_ready = excluded.keys_ready, deleted_at = excluded.deleted_at")
      .bind(row.id, row.object, boost::json::serialize(definition), row.version, row.keys_id,
            row.keys_ready, alive ? meta::Value() : meta::Value(write.now()))
      .run();
}

// New keys unless the old ones serve; the old ones go when the new are made (make_rule_keys).
void choose_keys(Write& write, Row& row, const Json* before, const Json& after) {
  if (before != nullptr && same_keys(*before, after) && row.keys_id != 0) return;
  row.keys_id = needs_keys(after) ? write.engine().ids().next() : 0;
  row.keys_ready = false;
}

void write_rule(JsonWriter& json, const Caller& caller, const Row& row) {
  const Json definition = parse_json(row.definition);
  json.begin_object().key("id").id(row.id);
  json.field("version", row.version);
  for (const auto& member : definition.get_object())
    json.key(std::string(member.key())).value(member.value());
  const ObjectDef* object = caller.access.catalog().object(row.object);
  Problems problems;
  if (object == nullptr) {
    problems.push_back({"object", "invalid_choice", {}});
  } else {
    static_cast<void>(Rule(row.id, *object, definition, problems));
  }
  // It no longer fits the fields (one was hidden or taken away), or its keys are not made.
  json.field("works", problems.empty() && (row.keys_id == 0 || row.keys_ready));
  json.end_object();
}

// A definition names fields and may hold values: only for who may read all of them.
bool may_see(const Caller& caller, Id id, const Json& definition) {
  const ObjectDef* object = caller.access.catalog().object(json_text(definition, "object"));
  if (object == nullptr) return true;
  if (caller.access.object(*object).read == auth::Scope::none) return false;
  Problems problems;
  const Rule rule(id, *object, definition, problems);
  return std::ranges::none_of(rule.looks_at(), [&](const std::string& key) {
    return caller.access.field(*object, key) < meta::FieldRight::read;
  });
}

bool may_see(const Caller& caller, const Row& row) {
  return may_see(caller, row.id, parse_json(row.definition));
}

}  // namespace

Rule compile_rule(const Caller& caller, Id id, const Json& definition) {
  const ObjectDef* object = caller.access.catalog().object(json_text(definition, "object"));
  if (object == nullptr || caller.access.object(*object).read == auth::Scope::none)
    throw AppError(Status::invalid, "invalid", {}, {{"object", "invalid_choice", {}}});
  Problems problems;
  Rule rule(id, *object, definition, problems);
  for (const std::string& key : rule.looks_at()) {
    if (caller.access.field(*object, key) < meta::FieldRight::read)
      problems.push_back({"check", "rule_field_unknown", {}});
  }
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  return rule;
}

void Engine::load_rules() {
  const auto catalog = catalog_.load();
  auto rules = std::make_shared<RuleSet>();
  database_.read([&](store::Connection& connection) {
    *rules = RuleSet();
    for (const Row& row : read_rows(connection)) {
      const ObjectDef* object = catalog->object(row.object);
      if (object == nullptr) continue;
      Problems problems;
      auto rule = std::make_shared<Rule>(row.id, *object, parse_json(row.definition), problems);
      if (!problems.empty()) {
        log::warn("a rule no longer fits its fields and is left out",
                  {{"object", row.object}, {"field", problems.front().field}});
        continue;
      }
      if (!rule->active()) continue;
      rule->keys_id = row.keys_id;
      rule->keys_ready = row.keys_ready;
      rules->add(std::move(rule));
    }
  });
  rules_.store(std::move(rules));
}

void rules_json(Engine& engine, const Caller& caller, std::string_view object, std::string& out) {
  require_administrator(caller);
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  engine.database().read([&](store::Connection& connection) {
    for (const Row& row : read_rows(connection)) {
      if ((object.empty() || row.object == object) && may_see(caller, row))
        write_rule(json, caller, row);
    }
  });
  json.end_array().end_object();
}

void save_rule(Engine& engine, const Caller& caller, Id id, const Json& body, std::string& out) {
  require_administrator(caller);
  if (!body.is_object()) throw AppError(Status::bad_request, "json_object_expected");
  const bool fresh = id == 0;
  const Id rule_id = fresh ? engine.ids().next() : id;
  Row row;
  const Id change = engine.write(caller, [&](Write& write) {
    std::optional<Json> before;
    row = {.id = rule_id};
    if (fresh) {
      auto count =
          write.tx().query("SELECT count(*) FROM entry_rule r WHERE {r} AND r.deleted_at IS NULL");
      if (count.step() && count.integer(0) >= kMostRules)
        throw AppError(Status::invalid, "too_many_items", {{"max", std::to_string(kMostRules)}});
    } else {
      const auto found = find_row(write.tx(), rule_id);
      if (!found || !may_see(caller, *found)) throw AppError(Status::not_found, "not_found");
      row = *found;
      before = parse_json(row.definition);
      const std::int64_t seen = json_integer(body, "version");
      if (seen != 0 && seen != row.version) throw AppError(Status::conflict, "conflict");
    }
    const Json after = kept(body, before ? *before : Json(JsonObject()));
    // Off is always possible, also when a field is gone.
    if (fresh || json_bool(after, "active", true))
      static_cast<void>(compile_rule(caller, rule_id, after));
    row.object = json_text(after, "object");
    row.version += 1;
    choose_keys(write, row, before ? &*before : nullptr, after);
    row.definition = boost::json::serialize(after);
    store_rule(write, row, after, true);
    log_rule(write, rule_id, fresh ? "create" : "update", before ? &*before : nullptr, &after);
  });
  engine.load_rules();
  make_rule_keys(engine);
  engine.database().read([&](store::Connection& connection) {
    if (const auto now = find_row(connection, rule_id)) row = *now;
  });
  JsonWriter json(out);
  write_rule(json, caller, row);
  out.back() = ',';
  out += "\"change\":\"" + encode_id(change) + "\"}";
}

Id remove_rule(Engine& engine, const Caller& caller, Id id) {
  require_administrator(caller);
  const Id change = engine.write(caller, [&](Write& write) {
    auto row = find_row(write.tx(), id);
    if (!row || !may_see(caller, *row)) throw AppError(Status::not_found, "not_found");
    const Json before = parse_json(row->definition);
    row->version += 1;
    row->keys_id = 0;
    row->keys_ready = false;
    store_rule(write, *row, before, false);
    log_rule(write, id, "delete", &before, nullptr);
  });
  engine.load_rules();
  make_rule_keys(engine);
  return change;
}

bool undo_rule(Write& write, Id id, const Json& changes) {
  if (!write.caller().access.administers()) throw AppError(Status::forbidden, "forbidden");
  const Json* pair = json_find(changes, "rule");
  if (pair == nullptr || !pair->is_array() || pair->get_array().size() != 2) return false;
  const Json& old_one = pair->get_array()[0];
  const Json& new_one = pair->get_array()[1];
  for (const Json* one : {&old_one, &new_one}) {
    if (!one->is_null() && !may_see(write.caller(), id, *one))
      throw AppError(Status::not_found, "not_found");
  }
  auto row = find_row(write.tx(), id);
  const Json now = row ? parse_json(row->definition) : Json();
  if (now != new_one) return false;
  if (!row) row = Row{.id = id};
  const Json& definition = old_one.is_null() ? new_one : old_one;
  row->object = json_text(definition, "object");
  row->version += 1;
  if (old_one.is_null()) {
    row->keys_id = 0;
    row->keys_ready = false;
  } else {
    choose_keys(write, *row, now.is_null() ? nullptr : &now, old_one);
  }
  store_rule(write, *row, definition, !old_one.is_null());
  log_rule(write, id, old_one.is_null() ? "delete" : "update", now.is_null() ? nullptr : &now,
           old_one.is_null() ? nullptr : &old_one);
  return true;
}

void rule_history_json(Engine& engine, const Caller& caller, Id id, std::string& out) {
  require_administrator(caller);
  constexpr int kMost = 100;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  engine.database().read([&](store::Connection& connection) {
    const auto row = find_row(connection, id);
    if (!row || !may_see(caller, *row)) throw AppError(Status::not_found, "not_found");
    auto rows = connection.query(
        "SELECT h.id, h.actor_id, h.action, h.changes, h.batch_id FROM history h WHERE {h} AND "
        "h.record_id = ? AND h.object_id = ? ORDER BY h.id DESC LIMIT ?");
    rows.bind(id, static_cast<std::int64_t>(kRuleLog), kMost);
    while (rows.step()) {
      json.begin_object().field("at", format_instant(id_time(rows.integer(0)))).key("by");
      write_user_reference(json, engine, rows.integer(1));
      json.field("action", rows.text(2)).key("change").id(rows.integer(4));
      const Json changes = parse_json(rows.text(3));
      const auto& pair = changes.at("rule").get_array();
      // It may have been about other fields then.
      const auto put = [&](std::string_view key, const Json& definition) {
        const bool shown = !definition.is_null() && may_see(caller, id, definition);
        json.key(key).value(shown ? definition : Json());
      };
      put("before", pair[0]);
      put("after", pair[1]);
      json.end_object();
    }
  });
  json.end_array().end_object();
}

// --- keys of unique rules ---

void make_rule_keys(Engine& engine) {
  std::vector<Row> rows;
  engine.database().read([&](store::Connection& connection) { rows = read_rows(connection); });
  const auto catalog = engine.catalog();
  for (const Row& row : rows) {
    const ObjectDef* object = catalog->object(row.object);
    if (row.keys_id == 0 || row.keys_ready || object == nullptr) continue;
    Problems problems;
    const Rule rule(row.id, *object, parse_json(row.definition), problems);
    if (!problems.empty()) continue;
    const ObjectPlan& plan = engine.plan(*object);
    // Writes keep the keys from the moment the rule was stored; this adds the records from before.
    Id last = 0;
    for (bool more = true; more;) {
      Id reached = last;
      engine.database().write([&](store::Transaction& tx) {
        reached = last;
        std::vector<std::pair<std::int64_t, Id>> keys;
        int read = 0;
        {
          auto records = tx.query("SELECT " + plan.select_all + " FROM " + plan.table +
                                  " t WHERE {t} AND t.deleted_at IS NULL AND t.id > ? ORDER BY "
                                  "t.id LIMIT ?");
          records.bind(last, kKeysAtOnce);
          for (; records.step(); ++read) {
            const Record record = read_record(records.statement(), plan);
            reached = record.id;
            const std::string text = rule.unique_text(record);
            if (!text.empty())
              keys.emplace_back(key_hash(object->id, MatchKey::unique, text), record.id);
          }
        }
        for (const auto& [hash, id] : keys) {
          tx.query(
                "INSERT INTO rule_key ({tenant_id}, keys_id, hash, record_id) VALUES ({tenant}, ?, "
                "?, ?) ON CONFLICT DO NOTHING")
              .bind(row.keys_id, hash, id)
              .run();
        }
        more = read == kKeysAtOnce;
      });
      last = reached;
    }
    engine.database().write([&](store::Transaction& tx) {
      tx.query("UPDATE entry_rule SET keys_ready = 1 WHERE {entry_rule} AND id = ? AND keys_id = ?")
          .bind(row.id, row.keys_id)
          .run();
    });
  }
  engine.load_rules();
  // Keys that no rule uses any more. From one id to the next, as there are few; a write may have
  // brought keys of a new rule meanwhile, so a rule is asked for again where they go.
  const auto used = [](store::Connection& connection, Id keys) {
    auto row =
        connection.query("SELECT r.id FROM entry_rule r WHERE {r} AND r.keys_id = ? LIMIT 1");
    row.bind(keys);
    return row.step();
  };
  for (Id keys = 0;;) {
    Id next = 0;
    bool dead = false;
    engine.database().read([&](store::Connection& connection) {
      next = 0;
      {
        auto row =
            connection.query("SELECT min(k.keys_id) FROM rule_key k WHERE {k} AND k.keys_id > ?");
        row.bind(keys);
        if (row.step() && !row.is_null(0)) next = row.integer(0);
      }
      dead = next != 0 && !used(connection, next);
    });
    if (next == 0) break;
    keys = next;
    while (dead) {
      engine.database().write([&](store::Transaction& tx) {
        dead = !used(tx, keys);
        if (!dead) return;
        std::int64_t until = INT64_MAX;
        {
          auto row = tx.query(
              "SELECT k.hash FROM rule_key k WHERE {k} AND k.keys_id = ? ORDER BY k.hash LIMIT 1 "
              "OFFSET ?");
          row.bind(keys, kKeysAtOnce);
          dead = row.step();
          if (dead) until = row.integer(0);
        }
        tx.query("DELETE FROM rule_key WHERE {rule_key} AND keys_id = ? AND hash <= ?")
            .bind(keys, until)
            .run();
      });
    }
  }
}

}  // namespace daifuku::records
