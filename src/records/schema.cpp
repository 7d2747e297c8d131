#include "records/schema.h"

#include "meta/kinds.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::ObjectDef;
using store::ColumnType;
using store::Index;
using store::Table;

// Prefixed: an object may be called "order", which SQL has taken.
std::string table_name(const ObjectDef& object) { return "r_" + object.key; }
std::string search_table(const ObjectDef& object) { return "s_" + object.key; }

bool is_stored(const FieldDef& field) { return field.kind->storage != meta::Storage::none; }

bool is_searched(const ObjectDef& object) {
  for (const FieldDef& field : object.expanded) {
    if (field.searchable) return true;
  }
  return false;
}

std::vector<const FieldDef*> stored_fields(const ObjectDef& object) {
  std::vector<const FieldDef*> out;
  for (const FieldDef& field : object.expanded) {
    if (is_stored(field)) out.push_back(&field);
  }
  return out;
}

bool rides_in_indexes(const FieldDef& field) {
  return field.indexed && is_stored(field) &&
         (field.kind->comparison == meta::Comparison::choice ||
          field.kind->comparison == meta::Comparison::yes_no);
}

std::string list_index(const ObjectDef& object, const FieldDef& field) {
  const bool system = field.key == "updated_at";
  const bool chosen =
      field.indexed && is_stored(field) && field.kind->comparison != meta::Comparison::yes_no;
  return system || chosen || field.kind == &meta::kinds::link
             ? table_name(object) + "_by_" + field.column
             : std::string();
}

bool has_newest_index(const ObjectDef& object, const FieldDef& field) {
  return !list_index(object, field).empty() &&
         (field.kind == &meta::kinds::link || field.kind->comparison == meta::Comparison::choice);
}

namespace {

ColumnType column_type(const FieldDef& field) {
  return field.kind->storage == meta::Storage::integer ? ColumnType::integer : ColumnType::text;
}

Table record_table(const ObjectDef& object) {
  Table table{.name = table_name(object)};
  table.columns = {{"id", ColumnType::integer, true, {}},
                   {"version", ColumnType::integer, true, "1"},
                   {"created_at", ColumnType::integer, true, {}},
                   {"created_by", ColumnType::integer, false, {}},
                   {"updated_at", ColumnType::integer, true, {}},
                   {"updated_by", ColumnType::integer, false, {}},
                   {"owner_id", ColumnType::integer, false, {}},
                   {"team_id", ColumnType::integer, false, {}},
                   {"customer_owner_id", ColumnType::integer, false, {}},
                   {"customer_team_id", ColumnType::integer, false, {}},
                   {"deleted_at", ColumnType::integer, false, {}},
                   {"merged_into", ColumnType::integer, false, {}}};
  // Columns that lists show come first: SQLite reads a row from its front.
  for (const bool in_list : {true, false}) {
    for (const FieldDef* field : stored_fields(object)) {
      if (field->in_list == in_list && !field->custom)
        table.columns.push_back({field->column, column_type(*field), false, {}});
    }
  }
  for (const FieldDef* field : stored_fields(object)) {
    if (field->custom) table.columns.push_back({field->column, column_type(*field), false, {}});
  }

  // Lists walk the index of their sort column; the filter columns ride along in it. Trashed rows
  // are in none of them.
  const std::string alive = "deleted_at IS NULL";
  const auto add = [&](std::string_view suffix, std::vector<std::string> columns) {
    table.indexes.push_back(Index{.name = table.name + "_by_" + std::string(suffix),
                                  .columns = std::move(columns),
                                  .where = alive});
  };
  const auto add_sorted = [&](const std::string& column) {
    std::vector<std::string> columns{column, "id", "owner_id"};
    for (const FieldDef& field : object.expanded) {
      if (rides_in_indexes(field) && field.column != column) columns.push_back(field.column);
    }
    add(column, std::move(columns));
  };
  add_sorted("updated_at");
  add("owner", {"owner_id", "updated_at", "id"});
  if (!object.customer_links.empty())
    add("customer_owner", {"customer_owner_id", "updated_at", "id"});
  for (const FieldDef* field : stored_fields(object)) {
    if (list_index(object, *field).empty()) continue;
    if (has_newest_index(object, *field)) {
      add(field->column, {field->column, "updated_at", "id"});
    } else {
      add_sorted(field->column);
    }
  }
  // The trash is small; it has an index of its own.
  table.indexes.push_back(Index{.name = table.name + "_trash",
                                .columns = {"deleted_at", "id"},
                                .where = "deleted_at IS NOT NULL"});
  table.indexes.push_back(Index{.name = table.name + "_merged",
                                .columns = {"merged_into", "id"},
                                .where = "merged_into IS NOT NULL"});
  return table;
}

}  // namespace

std::vector<Table> tables(const meta::Catalog& catalog) {
  constexpr auto integer = ColumnType::integer;
  constexpr auto text = ColumnType::text;
  std::vector<Table> out;
  for (const ObjectDef& object : catalog.objects()) {
    out.push_back(record_table(object));
    if (is_searched(object)) out.push_back(Table{.name = search_table(object), .search = true});
  }
  // Exact keys for duplicates, references and unique values: a 64-bit hash of (object, kind of key,
  // key); candidates are verified on the record.
  out.push_back({.name = "match_key",
                 .columns = {{"hash", integer, true, {}}, {"record_id", integer, true, {}}},
                 .key = {"hash", "record_id"},
                 .clustered = true});
  // By which rules an object's match keys and search index were made (reindex.h).
  out.push_back({.name = "index_rules",
                 .columns = {{"object_id", integer, true, {}},
                             {"rules", integer, true, {}},
                             {"made_until", integer, false, {}}},  // an id; null: all
                 .key = {"object_id"}});
  // Objects whose formulas are to be worked out anew, and how far that is (computed.h).
  out.push_back({.name = "formulas_due",
                 .columns = {{"object_id", integer, true, {}}, {"done_until", integer, true, {}}},
                 .key = {"object_id"}});
  // Several-to-several links and lists of users, from both sides.
  out.push_back({.name = "link",
                 .columns = {{"from_id", integer, true, {}},
                             {"field", text, true, {}},
                             {"to_id", integer, true, {}},
                             {"position", integer, false, {}}},
                 .key = {"from_id", "field", "to_id"},
                 .clustered = true,
                 .indexes = {{"link_to", {"to_id", "field", "from_id"}, false, {}}}});
  out.push_back({.name = "timeline",
                 .columns = {{"customer_id", integer, true, {}},
                             {"at", integer, true, {}},
                             {"record_id", integer, true, {}},
                             {"object_id", integer, true, {}},
                             {"kind", text, false, {}},
                             {"by_id", integer, false, {}}},
                 .key = {"customer_id", "at", "record_id"},
                 .clustered = true});
  out.push_back(
      {.name = "history",
       .columns = {{"id", integer, true, {}},
                   {"object_id", integer, true, {}},
                   {"record_id", integer, true, {}},
                   {"batch_id", integer, true, {}},
                   {"actor_id", integer, true, {}},
                   {"action", text, true, {}},
                   {"source", text, true, {}},
                   {"version", integer, false, {}},
                   {"changes", text, false, {}},
                   {"salt", text, false, {}},
                   {"hash", text, true, {}}},
       .indexes = {
           {"history_record", {"record_id", "id"}, false, {}},
           {"history_batch", {"batch_id", "id"}, false, {}},
           // Who entered what, by road (usage.h), without reading the changes.
           {"history_usage", {"actor_id", "source", "id", "object_id", "action"}, false, {}}}});
  out.push_back(
      {.name = "history_head",
       .columns = {
           {"id", integer, true, {}}, {"count", integer, true, {}}, {"hash", text, true, {}}}});
  out.push_back({.name = "file",
                 .columns = {{"id", integer, true, {}},
                             {"object_id", integer, true, {}},
                             {"record_id", integer, true, {}},
                             {"name", text, true, {}},
                             {"type", text, true, {}},
                             {"size", integer, true, {}},
                             {"digest", text, true, {}},
                             {"created_at", integer, true, {}},
                             {"created_by", integer, false, {}},
                             {"deleted_at", integer, false, {}}},
                 .indexes = {{"file_record", {"record_id", "id"}, false, {}},
                             {"file_digest", {"digest"}, false, {}}}});
  out.push_back({.name = "saved_view",
                 .columns = {{"id", integer, true, {}},
                             {"object", text, true, {}},
                             {"name", text, true, {}},
                             {"owner_id", integer, true, {}},
                             {"shared", integer, true, {}},
                             {"position", integer, false, {}},
                             {"state", text, true, {}}},
                 .indexes = {{"saved_view_object", {"object", "position", "id"}, false, {}}}});
  out.push_back({.name = "recent",
                 .columns = {{"user_id", integer, true, {}},
                             {"record_id", integer, true, {}},
                             {"object_id", integer, true, {}},
                             {"at", integer, true, {}}},
                 .key = {"user_id", "record_id"},
                 .clustered = true,
                 .indexes = {{"recent_at", {"user_id", "at"}, false, {}}}});
  out.push_back({.name = "tag",
                 .columns = {{"object_id", integer, true, {}},
                             {"field", text, true, {}},
                             {"name", text, true, {}},
                             {"count", integer, true, {}}},
                 .key = {"object_id", "field", "name"},
                 .clustered = true});
  // Own fields and changes to the labels, help and visibility of standard ones.
  out.push_back({.name = "own_field",
                 .columns = {{"id", integer, true, {}},
                             {"object", text, true, {}},
                             {"key", text, true, {}},
                             {"definition", text, true, {}}},
                 .indexes = {{"own_field_key", {"object", "key"}, true, {}}}});
  out.push_back({.name = "import_run",
                 .columns = {{"id", integer, true, {}},
                             {"object", text, true, {}},
                             {"name", text, true, {}},
                             {"status", text, true, {}},
                             {"created_at", integer, true, {}},
                             {"created_by", integer, true, {}},
                             {"settings", text, false, {}},
                             {"result", text, false, {}},
                             {"reached", text, false, {}}}});  // with the rows of a run
  // Records that came from an export of ours, by the id that they had there; and links of theirs
  // to records that had not come yet, with the whole list where one of it had not
  // (exchange/import_origins.h).
  out.push_back({.name = "import_origin",
                 .columns = {{"user_id", integer, true, {}},
                             {"origin_id", integer, true, {}},
                             {"record_id", integer, true, {}}},
                 .key = {"user_id", "origin_id"},
                 .clustered = true,
                 .indexes = {{"import_origin_record", {"record_id", "user_id"}, false, {}}}});
  out.push_back({.name = "import_link",
                 .columns = {{"user_id", integer, true, {}},
                             {"origin_id", integer, true, {}},
                             {"from_id", integer, true, {}},
                             {"field", text, true, {}},
                             {"object_id", integer, true, {}},  // of `from_id`
                             {"position", integer, true, {}},
                             {"at", integer, true, {}}},
                 .key = {"user_id", "origin_id", "from_id", "field"},
                 .clustered = true,
                 .indexes = {{"import_link_from", {"from_id", "field", "position"}, false, {}}}});
  // Column maps that users saved for their files.
  out.push_back({.name = "import_map",
                 .columns = {{"id", integer, true, {}},
                             {"object", text, true, {}},
                             {"name", text, true, {}},
                             {"owner_id", integer, true, {}},
                             {"shared", integer, true, {}},
                             {"updated_at", integer, true, {}},
                             {"body", text, true, {}}}});
  // Photos of business cards that wait to be checked (exchange/cards/cards.h).
  out.push_back({.name = "card_scan",
                 .columns = {{"id", integer, true, {}},
                             {"name", text, true, {}},
                             {"status", text, true, {}},
                             {"created_at", integer, true, {}},
                             {"created_by", integer, true, {}},
                             {"result", text, false, {}}}});
  // Who took which records out, and when: an event of the audit, kept whether the download was
  // finished or not.
  out.push_back({.name = "export_log",
                 .columns = {{"id", integer, true, {}},
                             {"object", text, true, {}},
                             {"user_id", integer, true, {}},
                             {"at", integer, true, {}},
                             {"row_count", integer, false, {}},
                             {"format", text, true, {}},
                             {"filter", text, false, {}},
                             {"status", text, false, {}},  // null: written before there was one
                             {"kind", text, false, {}},
                             {"encoding", text, false, {}},
                             {"words", text, false, {}},
                             {"fields", text, false, {}},
                             {"source", text, false, {}},
                             {"ended_at", integer, false, {}},
                             {"replaced", integer, false, {}},
                             {"report", text, false, {}}}});
  // Likely duplicates, the lower id first (duplicate_queue.h), and the last scan of each object.
  out.push_back(
      {.name = "duplicate_pair",
       .columns = {{"a_id", integer, true, {}},
                   {"b_id", integer, true, {}},
                   {"object_id", integer, true, {}},
                   {"score", integer, true, {}},
                   {"levels", text, true, {}},
                   {"decision", text, true, {}},
                   {"scan_id", integer, true, {}},
                   {"found_at", integer, true, {}},
                   {"decided_by", integer, false, {}},
                   {"decided_at", integer, false, {}},
                   {"batch_id", integer, false, {}},
                   {"decided_before", text, false, {}}},
       .key = {"a_id", "b_id"},
       .clustered = true,
       .indexes = {
           {"duplicate_pair_queue", {"object_id", "decision", "score", "a_id", "b_id"}, false, {}},
           {"duplicate_pair_b", {"b_id", "a_id"}, false, {}},
           {"duplicate_pair_batch", {"batch_id"}, false, {}}}});
  // What was decided on many pairs at once (duplicate_batches.h). `change_id` is the change that
  // brought it to how it stands now, which an undo takes back.
  out.push_back({.name = "duplicate_batch",
                 .columns = {{"id", integer, true, {}},
                             {"object_id", integer, true, {}},
                             {"change_id", integer, true, {}},
                             {"decision", text, true, {}},
                             {"percent", integer, true, {}},
                             {"below", integer, true, {}},
                             {"differing", integer, true, {}},
                             {"by_id", integer, true, {}},
                             {"at", integer, true, {}},
                             {"decided", integer, true, {}},
                             {"records", integer, true, {}},
                             {"undone_at", integer, false, {}},
                             {"undone_by", integer, false, {}},
                             {"kept", integer, false, {}}},
                 .indexes = {{"duplicate_batch_object", {"object_id", "id"}, false, {}},
                             {"duplicate_batch_change", {"change_id"}, false, {}}}});
  // What the last scan of an object learned (duplicate_model.h), as JSON; and up to which change of
  // the log the records were looked at one by one (duplicate_watch.h).
  out.push_back({.name = "duplicate_model",
                 .columns = {{"object_id", integer, true, {}}, {"learned", text, true, {}}},
                 .key = {"object_id"},
                 .clustered = true});
  out.push_back({.name = "duplicate_watch",
                 .columns = {{"id", integer, true, {}}, {"history_id", integer, true, {}}}});
  out.push_back({.name = "duplicate_scan",
                 .columns = {{"object_id", integer, true, {}},
                             {"status", text, true, {}},
                             {"records", integer, true, {}},
                             {"pairs", integer, true, {}},
                             {"started_at", integer, true, {}},
                             {"finished_at", integer, true, {}},
                             {"by_id", integer, true, {}}},
                 .key = {"object_id"},
                 .clustered = true});
  // The company's own rules (rules.h), and the keys of those that say that something is unique.
  out.push_back({.name = "entry_rule",
                 .columns = {{"id", integer, true, {}},
                             {"object", text, true, {}},
                             {"definition", text, true, {}},
                             {"version", integer, true, {}},
                             {"keys_id", integer, true, {}},     // 0: none
                             {"keys_ready", integer, true, {}},  // 1: all records are in them
                             {"deleted_at", integer, false, {}}}});
  out.push_back({.name = "rule_key",
                 .columns = {{"keys_id", integer, true, {}},
                             {"hash", integer, true, {}},
                             {"record_id", integer, true, {}}},
                 .key = {"keys_id", "hash", "record_id"},
                 .clustered = true,
                 .indexes = {{"rule_key_record", {"record_id", "keys_id"}, false, {}}}});
  // What each customer's record has (maturity_items.h), how many records have the same, how it
  // stood at the end of a day, and how far the first count has come.
  out.push_back({.name = "maturity",
                 .columns = {{"id", integer, true, {}},
                             {"object_id", integer, true, {}},
                             {"filled", integer, true, {}}},
                 .indexes = {{"maturity_filled", {"object_id", "filled", "id"}, false, {}}}});
  out.push_back({.name = "maturity_count",
                 .columns = {{"object_id", integer, true, {}},
                             {"filled", integer, true, {}},
                             {"records", integer, true, {}}},
                 .key = {"object_id", "filled"},
                 .clustered = true});
  out.push_back({.name = "maturity_day",
                 .columns = {{"object_id", integer, true, {}},
                             {"day", text, true, {}},
                             {"summary", text, true, {}}},
                 .key = {"object_id", "day"},
                 .clustered = true});
  out.push_back({.name = "maturity_state",
                 .columns = {{"object_id", integer, true, {}},
                             {"signature", integer, true, {}},
                             {"counted_until", integer, false, {}},  // an id; null: all
                             {"changed_on", text, false, {}}},
                 .key = {"object_id"}});
  // Forms begun, saved and left, by day (form_counts.h); of nobody in particular. `field`: the one
  // touched last of a form that was left.
  out.push_back({.name = "form_count",
                 .columns = {{"day", text, true, {}},
                             {"object_id", integer, true, {}},
                             {"kind", text, true, {}},
                             {"field", text, true, {}},
                             {"times", integer, true, {}}},
                 .key = {"day", "object_id", "kind", "field"},
                 .clustered = true});
  // What users wrote to those who administer (feedback.h). `body`: JSON, as it stands in the log.
  out.push_back({.name = "feedback",
                 .columns = {{"id", integer, true, {}},
                             {"user_id", integer, true, {}},
                             {"kind", text, true, {}},
                             {"state", text, true, {}},
                             {"body", text, true, {}},
                             {"version", integer, true, {}},
                             {"updated_at", integer, true, {}},
                             {"answered_at", integer, false, {}},  // null: nothing to tell
                             {"seen_at", integer, false, {}},
                             {"deleted_at", integer, false, {}}},
                 .indexes = {{"feedback_user", {"user_id", "id"}, false, "deleted_at IS NULL"},
                             {"feedback_state", {"state", "id"}, false, "deleted_at IS NULL"}}});
  out.push_back({.name = "idempotency",
                 .columns = {{"request_key", text, true, {}},
                             {"user_id", integer, true, {}},
                             {"digest", text, true, {}},
                             {"at", integer, true, {}},
                             {"status", integer, true, {}},
                             {"answer", text, false, {}},
                             {"headers", text, false, {}}},
                 .key = {"user_id", "request_key"},
                 .clustered = true,
                 .indexes = {{"idempotency_at", {"at"}, false, {}}}});
  return out;
}

}  // namespace daifuku::records
