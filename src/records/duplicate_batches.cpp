#include "records/duplicate_batches.h"

#include "records/record_json.h"

namespace daifuku::records {

void count_batch(Write& write, const meta::ObjectDef& object, const Likely& likely,
                 std::string_view decision, std::int64_t decided, std::int64_t records) {
  write.tx()
      .query(
          "INSERT INTO duplicate_batch ({tenant_id}, id, object_id, change_id, decision, percent, "
          "below, differing, by_id, at, decided, records) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?, "
          "?, "
          "?, ?, ?) ON CONFLICT ({tenant_id}, id) DO UPDATE SET decided = duplicate_batch.decided "
          "+ "
          "excluded.decided, records = duplicate_batch.records + excluded.records")
      .bind(write.batch(), static_cast<std::int64_t>(object.id), write.batch(), decision,
            likely.percent, likely.below, likely.differing ? 1 : 0, write.caller().access.user(),
            write.now(), decided, records)
      .run();
}

void turn_batch(Engine& engine, const Caller& caller, Id change, const UndoResult& undone) {
  if (undone.undone == 0) return;
  engine.database().write([&](store::Transaction& tx) {
    tx.query(
          "UPDATE duplicate_batch SET change_id = ?, undone_by = ?, kept = ?, undone_at = CASE "
          "WHEN "
          "undone_at IS NULL THEN ? END WHERE {duplicate_batch} AND change_id = ?")
        .bind(undone.batch, caller.access.user(), static_cast<std::int64_t>(undone.skipped.size()),
              engine.clock().now(), change)
        .run();
  });
}

void duplicate_batches_json(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                            int limit, std::string_view after, std::string& out) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  if (caller.access.object(object).read == auth::Scope::none)
    throw AppError(Status::not_found, "not_found");
  const Id before = after.empty() ? INT64_MAX : decode_id(after).value_or(0);
  if (before == 0)
    throw AppError(Status::invalid, "filter_wrong", {}, {{"after", "invalid_id", {}}});
  engine.database().read([&](store::Connection& connection) {
    out.clear();
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    auto rows = connection.query(
        "SELECT d.id, d.change_id, d.decision, d.percent, d.below, d.differing, d.by_id, d.at, "
        "d.decided, d.records, d.undone_at, d.undone_by, d.kept FROM duplicate_batch d WHERE {d} "
        "AND d.object_id = ? AND d.id < ? ORDER BY d.id DESC LIMIT ?");
    rows.bind(static_cast<std::int64_t>(object.id), before, limit + 1);
    Id last = 0;
    int shown = 0;
    while (rows.step()) {
      if (++shown > limit) break;
      last = rows.integer(0);
      json.begin_object().key("id").id(last).key("change").id(rows.integer(1));
      json.field("decision", rows.text(2));
      json.field("percent", rows.integer(3)).field("below", rows.integer(4));
      json.field("differing", rows.integer(5) != 0).key("by");
      write_user_reference(json, engine, rows.integer(6));
      json.field("at", format_instant(rows.integer(7)));
      json.field("decided", rows.integer(8)).field("records", rows.integer(9));
      if (!rows.is_null(10)) {
        json.field("undone_at", format_instant(rows.integer(10))).key("undone_by");
        write_user_reference(json, engine, rows.integer(11));
        json.field("kept", rows.integer(12));
      }
      json.end_object();
    }
    json.end_array().key("next");
    if (shown > limit) {
      json.id(last);
    } else {
      json.null();
    }
    json.end_object();
  });
}

}  // namespace daifuku::records
