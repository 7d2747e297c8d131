#include "exchange/import_state.h"

#include <algorithm>

namespace daifuku::exchange {
namespace {

constexpr std::string_view kStatuses[] = {"ready",     "running", "done",   "failed",
                                          "cancelled", "undone",  "undoing"};
constexpr std::string_view kColumns =
    "i.id, i.object, i.name, i.status, i.created_at, i.created_by, i.settings, i.result, i.reached";

ImportStatus parse_status(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kStatuses); ++i) {
    if (kStatuses[i] == name) return static_cast<ImportStatus>(i);
  }
  return ImportStatus::failed;
}

std::string settings_text(const ImportState& state) {
  std::string out;
  JsonWriter json(out);
  write_settings(json, state.settings);
  return out;
}

void write_params(JsonWriter& json, const Params& params) {
  json.key("params").begin_object();
  for (const auto& [name, value] : params) json.field(name, value);
  json.end_object();
}

void write_run_counts(JsonWriter& json, const RunCounts& counts) {
  json.field("done", counts.done).field("created", counts.created).field("linked", counts.linked);
  json.field("updated", counts.updated).field("same", counts.same).field("unsure", counts.unsure);
  json.field("failed", counts.failed).field("skipped", counts.skipped);
  json.field("warnings", counts.warnings);
}

RunCounts read_run_counts(const Json& json) {
  return {.done = json_integer(json, "done"),
          .created = json_integer(json, "created"),
          .updated = json_integer(json, "updated"),
          .same = json_integer(json, "same"),
          .unsure = json_integer(json, "unsure"),
          .linked = json_integer(json, "linked"),
          .failed = json_integer(json, "failed"),
          .skipped = json_integer(json, "skipped"),
          .warnings = json_integer(json, "warnings")};
}

std::string result_text(const ImportState& state) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  if (!state.found.is_null()) json.key("found").value(state.found);
  write_run_counts(json, state.counts);
  json.field("total", state.total);
  json.field("batch", state.batch).field("failure", state.failure);
  json.field("undo_by", state.undo_by).field("undo_batch", state.undo_batch);
  json.field("undo_total", state.undo_total).field("undone", state.undone);
  json.field("undo_skipped", state.undo_skipped);
  json.key("undo_kept").begin_array();
  for (const ImportState::Kept& kept : state.undo_kept) {
    json.begin_object().field("object", kept.object).key("id").id(kept.id);
    json.field("reason", kept.reason).end_object();
  }
  json.end_array();
  write_params(json, state.failure_params);
  json.end_object();
  return out;
}

}  // namespace

std::string_view import_status_name(ImportStatus status) {
  return kStatuses[static_cast<std::size_t>(status)];
}

bool ImportState::open() const {
  if (status == ImportStatus::ready || status == ImportStatus::undone) return true;
  const bool stopped = status == ImportStatus::failed || status == ImportStatus::cancelled;
  return stopped && counts.created == 0 && counts.linked == 0 && counts.updated == 0;
}

bool ImportState::resumable() const {
  const bool stopped = status == ImportStatus::failed || status == ImportStatus::cancelled;
  return stopped && batch != 0 && reached.done > 0 && undo_batch == 0;
}

bool ImportState::undoable() const {
  return batch != 0 && (status == ImportStatus::done || status == ImportStatus::failed ||
                        status == ImportStatus::cancelled);
}

void insert_import(store::Database& database, const ImportState& state) {
  database.write([&](store::Transaction& tx) {
    tx.query(
          "INSERT INTO import_run ({tenant_id}, id, object, name, status, created_at, created_by, "
          "settings, result) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(state.id, state.settings.object, state.name,
              std::string(import_status_name(state.status)), state.created_at, state.created_by,
              settings_text(state), result_text(state))
        .run();
  });
}

void update_import(store::Database& database, const ImportState& state) {
  database.write([&](store::Transaction& tx) {
    tx.query(
          "UPDATE import_run SET object = ?, status = ?, settings = ?, result = ? "
          "WHERE {import_run} AND id = ?")
        .bind(state.settings.object, std::string(import_status_name(state.status)),
              settings_text(state), result_text(state), state.id)
        .run();
  });
}

void mark_reached(store::Transaction& tx, Id id, const RunCounts& counts) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  write_run_counts(json, counts);
  json.end_object();
  tx.query("UPDATE import_run SET reached = ? WHERE {import_run} AND id = ?").bind(text, id).run();
}

void delete_import(store::Database& database, Id id) {
  database.write([&](store::Transaction& tx) {
    tx.query("DELETE FROM import_run WHERE {import_run} AND id = ?").bind(id).run();
  });
}

std::shared_ptr<ImportState> load_import(store::Database& database, Id id) {
  std::shared_ptr<ImportState> out;
  database.read([&](store::Connection& connection) {
    auto row = connection.query("SELECT " + std::string(kColumns) +
                                " FROM import_run i WHERE {i} AND i.id = ?");
    row.bind(id);
    if (!row.step()) return;
    out = std::make_shared<ImportState>();
    out->id = id;
    out->name = row.text(2);
    out->status = parse_status(row.text(3));
    out->created_at = row.integer(4);
    out->created_by = row.integer(5);
    out->settings = read_settings(parse_json(row.text(6)));
    const Json result = parse_json(row.text(7));
    if (const Json* found = json_find(result, "found")) out->found = *found;
    out->counts = read_run_counts(result);
    if (!row.text(8).empty()) out->reached = read_run_counts(parse_json(row.text(8)));
    if (const Json* kept = json_find(result, "undo_kept"); kept != nullptr && kept->is_array()) {
      for (const Json& item : kept->get_array()) {
        out->undo_kept.push_back({json_text(item, "object"),
                                  decode_id(json_text(item, "id")).value_or(0),
                                  json_text(item, "reason")});
      }
    }
    out->total = json_integer(result, "total");
    out->batch = json_integer(result, "batch");
    out->failure = json_text(result, "failure");
    out->undo_by = json_integer(result, "undo_by");
    out->undo_batch = json_integer(result, "undo_batch");
    out->undo_total = json_integer(result, "undo_total");
    out->undone = json_integer(result, "undone");
    out->undo_skipped = json_integer(result, "undo_skipped");
    if (const Json* params = json_find(result, "params");
        params != nullptr && params->is_object()) {
      for (const auto& member : params->get_object()) {
        out->failure_params.emplace_back(member.key(), json_text(*params, member.key()));
      }
    }
  });
  return out;
}

std::vector<Id> import_ids(store::Database& database, Id user, int most) {
  std::vector<Id> out;
  database.read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT i.id FROM import_run i WHERE {i} AND (? = 0 OR i.created_by = ?) "
        "ORDER BY i.id DESC LIMIT ?");
    rows.bind(user, user, most);
    while (rows.step()) out.push_back(rows.integer(0));
  });
  return out;
}

std::vector<Id> import_ids(store::Database& database, ImportStatus status) {
  std::vector<Id> out;
  database.read([&](store::Connection& connection) {
    auto rows = connection.query("SELECT i.id FROM import_run i WHERE {i} AND i.status = ?");
    rows.bind(std::string(import_status_name(status)));
    while (rows.step()) out.push_back(rows.integer(0));
  });
  return out;
}

std::vector<Id> import_ids_before(store::Database& database, Millis created_at) {
  std::vector<Id> out;
  database.read([&](store::Connection& connection) {
    auto rows = connection.query("SELECT i.id FROM import_run i WHERE {i} AND i.created_at < ?");
    rows.bind(created_at);
    while (rows.step()) out.push_back(rows.integer(0));
  });
  return out;
}

}  // namespace daifuku::exchange
