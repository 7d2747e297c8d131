#include "exchange/export_log.h"

#include "records/filter.h"
#include "records/record_json.h"

namespace daifuku::exchange {
namespace {

constexpr Millis kSurelyOver = 12LL * 3600 * 1000;  // A run without an end that long is no run.

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) {
    if (!out.empty()) out += ',';
    out += item;
  }
  return out;
}

std::string about_json(const ExportAbout& about) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("kind", about.kind).field("format", about.format);
  if (!about.encoding.empty()) json.field("encoding", about.encoding);
  if (!about.filter.is_null()) json.key("filter").value(about.filter);
  if (!about.words.empty()) json.field("q", about.words);
  if (!about.fields.empty()) json.field("fields", joined(about.fields));
  json.end_object();
  return out;
}

std::string report_json(const ExportResult& result) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("truncated", result.truncated).key("texts").begin_array();
  for (const ReplacedText& text : result.texts) {
    json.begin_object().key("record").id(text.record).field("field", text.field);
    json.field("from", text.from).field("to", text.to).end_object();
  }
  json.end_array().end_object();
  return out;
}

constexpr const char* kColumns =
    "e.id, e.object, e.user_id, e.at, e.row_count, e.format, e.filter, e.status, e.kind, "
    "e.encoding, e.words, e.fields, e.source, e.ended_at, e.replaced, e.report";

// A filter tells values; so it is shown to him who wrote it, and to those who could have.
bool may_read_filter(records::Engine& engine, const records::Caller& caller,
                     const meta::ObjectDef* object, Id user, const Json& filter) {
  if (user == caller.access.user() || caller.access.role() == meta::Role::owner) return true;
  if (object == nullptr || caller.access.object(*object).read != auth::Scope::all) return false;
  try {
    records::compile_filter(engine, caller, *object, filter);
    return true;
  } catch (const AppError&) {
    return false;
  }
}

bool may_read_words(const records::Caller& caller, const meta::ObjectDef* object, Id user) {
  return user == caller.access.user() || caller.access.role() == meta::Role::owner ||
         (object != nullptr && caller.access.object(*object).read == auth::Scope::all);
}

void write_texts(JsonWriter& json, records::Engine& engine, store::Connection& connection,
                 const records::Caller& caller, const meta::ObjectDef& object,
                 std::string_view report) {
  const Json parsed = parse_json(report);
  json.field("truncated", json_integer(parsed, "truncated"));
  json.key("texts").begin_array();
  const Json* texts = json_find(parsed, "texts");
  std::vector<Id> ids;
  for (const Json& text : texts->get_array()) {
    if (const auto id = decode_id(json_text(text, "record"))) ids.push_back(*id);
  }
  auto titles = engine.titles(connection, caller, object, ids);
  for (const Json& text : texts->get_array()) {
    const Id id = decode_id(json_text(text, "record")).value_or(0);
    const std::string field = json_text(text, "field");
    // Of records and fields that the caller sees now; titles of others are absent.
    if (id != 0 && !titles.contains(id)) continue;
    if (object.field(field) != nullptr &&
        caller.access.field(object, field) < meta::FieldRight::read) {
      continue;
    }
    json.begin_object();
    if (id != 0) json.key("id").id(id).field("title", titles[id]);
    json.field("field", field).field("from", json_text(text, "from"));
    json.field("to", json_text(text, "to")).end_object();
  }
  json.end_array();
}

void write_event(JsonWriter& json, records::Engine& engine, store::Connection& connection,
                 const records::Caller& caller, store::Query& row, bool whole) {
  const meta::ObjectDef* object = caller.access.catalog().object(row.text(1));
  const Id user = row.integer(2);
  const std::int64_t rows = row.integer(4);
  json.begin_object().key("id").id(row.integer(0));
  if (!row.text(1).empty()) json.field("object", row.text(1));
  json.key("by");
  records::write_user_reference(json, engine, user);
  json.field("at", format_instant(row.integer(3)));
  if (rows >= 0) json.field("rows", rows);
  json.field("format", row.text(5));
  std::string status(row.is_null(7) ? "done" : row.text(7));
  if (status == "running" && engine.clock().now() - row.integer(3) > kSurelyOver) status = "cut";
  json.field("status", status).field("kind", row.is_null(8) ? "list" : row.text(8));
  if (!row.is_null(9) && !row.text(9).empty()) json.field("encoding", row.text(9));
  bool hidden = false;
  if (!row.text(6).empty()) {
    const Json filter = parse_json(row.text(6));
    hidden = !may_read_filter(engine, caller, object, user, filter);
    if (!hidden) json.key("filter").value(filter);
  }
  if (!row.is_null(10) && !row.text(10).empty()) {
    const bool told = may_read_words(caller, object, user);
    hidden = hidden || !told;
    if (told) json.field("q", row.text(10));
  }
  if (hidden) json.field("filter_hidden", true);
  if (!row.is_null(11) && !row.text(11).empty()) {
    json.key("fields").begin_array();
    std::string_view keys = row.text(11);
    while (!keys.empty()) {
      const auto cut = std::min(keys.find(','), keys.size());
      json.string(keys.substr(0, cut));
      keys.remove_prefix(std::min(cut + 1, keys.size()));
    }
    json.end_array();
  }
  if (!row.is_null(12)) json.field("source", row.text(12));
  if (!row.is_null(13)) json.field("ended_at", format_instant(row.integer(13)));
  json.field("replaced", row.is_null(14) ? std::int64_t{0} : row.integer(14));
  if (whole && object != nullptr && !row.is_null(15) && !row.text(15).empty()) {
    write_texts(json, engine, connection, caller, *object, row.text(15));
  }
  json.end_object();
}

}  // namespace

Id note_export(records::Engine& engine, const records::Caller& caller, const ExportAbout& about) {
  const Id id = engine.ids().next();
  engine.write(caller, [&](records::Write& write) {
    write.tx()
        .query(
            "INSERT INTO export_log ({tenant_id}, id, object, user_id, at, row_count, format, "
            "filter, status, kind, encoding, words, fields, source) "
            "VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(id, about.object == nullptr ? std::string() : about.object->key, caller.access.user(),
              engine.clock().now(), -1, about.format,
              about.filter.is_null() ? std::string() : boost::json::serialize(about.filter),
              "running", about.kind, about.encoding, about.words, joined(about.fields),
              records::source_name(caller.source == records::Source::api ? records::Source::api
                                                                         : records::Source::screen))
        .run();
    write.note_export(about.object, id, records::Write::kExport, about_json(about));
  });
  return id;
}

void note_export_rows(records::Engine& engine, Id event, std::int64_t rows) {
  engine.database().write([&](store::Transaction& tx) {
    tx.query("UPDATE export_log SET row_count = ? WHERE {export_log} AND id = ?")
        .bind(rows, event)
        .run();
  });
}

void note_export_end(records::Engine& engine, const records::Caller& caller, Id event,
                     const ExportAbout& about, const ExportResult& result) {
  engine.write(caller, [&](records::Write& write) {
    write.tx()
        .query(
            "UPDATE export_log SET row_count = ?, status = ?, ended_at = ?, replaced = ?, report = "
            "? WHERE {export_log} AND id = ?")
        .bind(result.rows, result.cut ? "cut" : "done", engine.clock().now(), result.replaced,
              result.texts.empty() && result.truncated == 0 ? std::string() : report_json(result),
              event)
        .run();
    std::string ended;
    JsonWriter json(ended);
    json.begin_object().field("rows", result.rows).field("cut", result.cut).end_object();
    write.note_export(about.object, event, records::Write::kExportEnded, ended);
  });
}

void exports_json(records::Engine& engine, const records::Caller& caller, int limit, Id after,
                  std::string& out) {
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  Id last = 0;
  int count = 0;
  engine.database().read([&](store::Connection& connection) {
    std::string sql = std::string("SELECT ") + kColumns + " FROM export_log e WHERE {e}";
    if (!caller.access.administers()) sql += " AND e.user_id = ?";
    if (after != 0) sql += " AND e.id < ?";
    auto rows = connection.query(sql + " ORDER BY e.id DESC LIMIT ?");
    if (!caller.access.administers()) rows.bind(caller.access.user());
    if (after != 0) rows.bind(after);
    rows.bind(limit + 1);
    while (rows.step()) {
      if (++count > limit) break;
      last = rows.integer(0);
      write_event(json, engine, connection, caller, rows, false);
    }
  });
  json.end_array();
  if (count > limit) json.key("next").id(last);
  json.end_object();
}

void export_json(records::Engine& engine, const records::Caller& caller, Id id, std::string& out) {
  bool found = false;
  engine.database().read([&](store::Connection& connection) {
    auto row = connection.query(std::string("SELECT ") + kColumns +
                                " FROM export_log e WHERE {e} AND e.id = ?");
    row.bind(id);
    if (!row.step()) return;
    if (row.integer(2) != caller.access.user() && !caller.access.administers()) return;
    found = true;
    JsonWriter json(out);
    write_event(json, engine, connection, caller, row, true);
  });
  if (!found) throw AppError(Status::not_found, "not_found");
}

}  // namespace daifuku::exchange
