// Saved views, recently seen records, tag suggestions: small stores of the engine.
#include "records/engine.h"
#include "records/list_query.h"
#include "records/record_json.h"
#include "text/fold.h"
#include "text/grams.h"

namespace daifuku::records {

using meta::ObjectDef;

namespace {

bool may_list(const Caller& caller, std::string_view object) {
  const ObjectDef* found = caller.access.catalog().object(object);
  return found != nullptr && caller.access.object(*found).read != auth::Scope::none;
}

}  // namespace

void Engine::views_json(const Caller& caller, std::string_view object, std::string& out) {
  if (!may_list(caller, object)) {
    JsonWriter(out).begin_object().key("items").begin_array().end_array().end_object();
    return;
  }
  database_.read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT v.id, v.object, v.name, v.owner_id, v.shared, v.position, v.state FROM saved_view "
        "v WHERE {v} AND v.object = ? AND "
        "(v.owner_id = ? OR v.shared = 1) ORDER BY v.position, v.id LIMIT 500");
    rows.bind(object, caller.access.user());
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    while (rows.step()) {
      json.begin_object().key("id").id(rows.integer(0));
      json.field("object", rows.text(1))
          .field("name", rows.text(2))
          .field("shared", rows.integer(4) != 0);
      json.field("mine", rows.integer(3) == caller.access.user())
          .field("position", rows.integer(5))
          .key("state")
          .raw(rows.text(6))
          .end_object();
    }
    json.end_array().end_object();
  });
}

void Engine::save_view(const Caller& caller, const Json& body, Id id, std::string& out) {
  const bool fresh = id == 0;
  const Id view = fresh ? ids_.next() : id;
  std::string object = json_text(body, "object");
  std::string name = text::nfc(json_text(body, "name"));
  const Json* state = json_find(body, "state");
  bool shared = json_bool(body, "shared");
  std::int64_t position = json_integer(body, "position");
  Problems problems;
  if (fresh && !may_list(caller, object)) problems.push_back({"object", "invalid_choice", {}});
  if ((fresh || json_find(body, "name") != nullptr) && name.empty())
    problems.push_back({"name", "required", {}});
  if (text::length(name) > 60) problems.push_back({"name", "too_long", {{"max", "60"}}});
  if (state == nullptr ? fresh : !state->is_object()) problems.push_back({"state", "required", {}});
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  std::string text = state == nullptr ? std::string() : boost::json::serialize(*state);
  if (text.size() > 64'000) throw AppError(Status::too_large, "too_large", {{"limit", "64 kB"}});
  Id owner = caller.access.user();
  database_.write([&](store::Transaction& tx) {
    if (!fresh) {
      auto row = tx.query(
          "SELECT v.object, v.name, v.shared, v.position, v.state, v.owner_id FROM saved_view v "
          "WHERE {v} AND v.id = ? AND (v.owner_id = ? OR v.shared = 1)");
      row.bind(view, caller.access.user());
      if (!row.step()) throw AppError(Status::not_found, "not_found");
      // A shared view belongs to its maker; managers tidy up.
      if (row.integer(5) != caller.access.user() && !caller.access.administers())
        throw AppError(Status::forbidden, "forbidden");
      object = row.text(0);
      if (json_find(body, "name") == nullptr) name = row.text(1);
      if (json_find(body, "shared") == nullptr) shared = row.integer(2) != 0;
      if (json_find(body, "position") == nullptr) position = row.integer(3);
      if (state == nullptr) text = row.text(4);
      owner = row.integer(5);
    }
    tx.query(
          "INSERT INTO saved_view ({tenant_id}, id, object, name, owner_id, shared, position, "
          "state) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?) "
          "ON CONFLICT ({tenant_id}, id) DO UPDATE SET name = excluded.name, shared = "
          "excluded.shared, position = excluded.position, state = excluded.state")
        .bind(view, object, name, owner, shared, position, text)
        .run();
  });
  JsonWriter json(out);
  json.begin_object().key("id").id(view);
  json.field("object", object)
      .field("name", name)
      .field("shared", shared)
      .field("mine", owner == caller.access.user());
  json.field("position", position).key("state").raw(text).end_object();
}

std::string Engine::remove_view(const Caller& caller, Id id) {
  std::string object;
  database_.write([&](store::Transaction& tx) {
    {
      auto row = tx.query("SELECT v.object FROM saved_view v WHERE {v} AND v.id = ?");
      row.bind(id);
      if (row.step()) object = row.text(0);
    }
    const bool all = caller.access.administers();
    auto remove =
        tx.query(all ? "DELETE FROM saved_view WHERE {saved_view} AND id = ? AND (owner_id = ? OR "
                       "shared = 1)"
                     : "DELETE FROM saved_view WHERE {saved_view} AND id = ? AND owner_id = ?");
    if (remove.bind(id, caller.access.user()).run() == 0)
      throw AppError(Status::not_found, "not_found");
  });
  return object;
}

void Engine::note_seen(const Caller& caller, const ObjectDef& object, Id id) {
  database_.write([&](store::Transaction& tx) {
    tx.query(
          "INSERT INTO recent ({tenant_id}, user_id, record_id, object_id, at) VALUES ({tenant}, "
          "?, ?, ?, ?) "
          "ON CONFLICT ({tenant_id}, user_id, record_id) DO UPDATE SET at = excluded.at")
        .bind(caller.access.user(), id, static_cast<std::int64_t>(object.id), clock_.now())
        .run();
    // Two hundred are remembered.
    tx.query(
          "DELETE FROM recent WHERE {recent} AND user_id = ? AND at < (SELECT min(at) FROM (SELECT "
          "r.at FROM recent r WHERE {r} AND r.user_id = ? ORDER BY r.at DESC LIMIT 200) n)")
        .bind(caller.access.user(), caller.access.user())
        .run();
  });
}

void Engine::recent_json(const Caller& caller, int limit, std::string& out) {
  struct Seen {
    Id id = 0;
    std::uint32_t object = 0;
    Millis at = 0;
  };
  database_.read([&](store::Connection& connection) {
    std::vector<Seen> seen;
    {
      auto rows = connection.query(
          "SELECT r.record_id, r.object_id, r.at FROM recent r WHERE {r} AND r.user_id = ? ORDER "
          "BY r.at DESC LIMIT ?");
      rows.bind(caller.access.user(), limit * 2);
      while (rows.step())
        seen.push_back({.id = rows.integer(0),
                        .object = static_cast<std::uint32_t>(rows.integer(1)),
                        .at = rows.integer(2)});
    }
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    int written = 0;
    for (const Seen& entry : seen) {
      const ObjectDef* object = caller.access.catalog().by_id(entry.object);
      if (object == nullptr || written >= limit) continue;
      const auto names = titles(connection, caller, *object, {entry.id});
      const auto name = names.find(entry.id);
      if (name == names.end()) continue;
      json.begin_object().field("object", object->key).key("id").id(entry.id);
      json.field("title", name->second)
          .field("subtitle", "")
          .field("at", format_instant(entry.at))
          .end_object();
      ++written;
    }
    json.end_array().end_object();
  });
}

std::vector<std::string> Engine::tags(const Caller& caller, const ObjectDef& object,
                                      std::string_view field, std::string_view start, int limit) {
  std::vector<std::string> out;
  // Counted over everybody's records: who sees only some of them must not read the rest in its
  // tags.
  if (caller.access.object(object).read != auth::Scope::all ||
      caller.access.field(object, field) < meta::FieldRight::read)
    return out;
  const std::string wanted = text::fold(start);
  database_.read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT g.name FROM tag g WHERE {g} AND g.object_id = ? AND g.field = ? AND g.count > 0 "
        "ORDER BY g.count DESC, g.name LIMIT 2000");
    rows.bind(static_cast<std::int64_t>(object.id), field);
    while (rows.step() && static_cast<int>(out.size()) < limit) {
      if (wanted.empty() || text::contains_folded(text::fold(rows.text(0)), wanted))
        out.emplace_back(rows.text(0));
    }
  });
  return out;
}

}  // namespace daifuku::records
