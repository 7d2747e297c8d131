#include "exchange/export_cells.h"

#include <algorithm>

#include "meta/derive.h"
#include "meta/kinds.h"

namespace daifuku::exchange {

using meta::FieldDef;
using records::Record;

namespace {

meta::Value system_value(std::string_view key, const Record& record) {
  const auto number = [](std::int64_t value) {
    return value == 0 ? meta::Value() : meta::Value(value);
  };
  if (key == "id") return number(record.id);
  if (key == "version") return number(record.version);
  if (key == "created_at") return number(record.created_at);
  if (key == "created_by") return number(record.created_by);
  if (key == "updated_at") return number(record.updated_at);
  if (key == "updated_by") return number(record.updated_by);
  if (key == "owner_id") return number(record.owner);
  if (key == "team_id") return number(record.team);
  if (key == "deleted_at") return number(record.deleted_at);
  return {};
}

// A time that the product noted itself is told to the second, unless it is to come back as it was.
std::string text_of(const FieldDef& field, const meta::Value& value) {
  if (!field.read_only || field.taken_over || field.kind != &meta::kinds::date_time ||
      meta::is_empty(value))
    return meta::value_text(field, value);
  const Millis at = meta::integer_of(value);
  return meta::value_text(field, at - at % 1'000);
}

}  // namespace

bool holds_users(const FieldDef& field) {
  return field.kind == &meta::kinds::user || field.kind == &meta::kinds::users;
}

bool holds_records(const FieldDef& field) {
  return field.kind == &meta::kinds::link || field.kind == &meta::kinds::links;
}

Cell::Type cell_type_of(const FieldDef& field) {
  namespace kinds = meta::kinds;
  const meta::FieldKind* kind = field.kind;
  if (kind == &kinds::integer || kind == &kinds::money || kind == &kinds::decimal) {
    return Cell::Type::number;
  }
  if (kind == &kinds::date) return Cell::Type::date;
  if (kind == &kinds::date_time) return Cell::Type::date_time;
  return Cell::Type::text;
}

std::vector<Id> ids_in(const ExportColumn& column, const Record& record) {
  const FieldDef& field = *column.field;
  if (column.system) {
    const Id id = meta::integer_of(system_value(field.key, record));
    return id == 0 ? std::vector<Id>() : std::vector<Id>{id};
  }
  if (field.kind->storage == meta::Storage::none) {
    const auto found = record.lists.find(field.key);
    return found == record.lists.end() ? std::vector<Id>() : found->second;
  }
  const Id id = record.integer(field.key);
  return id == 0 ? std::vector<Id>() : std::vector<Id>{id};
}

const FieldDef* system_field(std::string_view key) {
  for (const FieldDef& field : meta::system_fields()) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

std::string team_name(store::Connection& connection, Id team) {
  auto row = connection.query("SELECT m.name FROM team m WHERE {m} AND m.id = ?");
  row.bind(team);
  return row.step() ? std::string(row.text(0)) : std::string();
}

RecordCells::RecordCells(records::Engine& engine, const records::Caller& caller,
                         std::vector<ExportColumn> columns)
    : engine_(engine), caller_(caller), columns_(std::move(columns)) {}

std::string RecordCells::names(const FieldDef& field, const std::vector<Id>& ids) const {
  std::string out;
  for (const Id id : ids) {
    std::string name;
    if (holds_users(field)) {
      name = engine_.user_name(id);
    } else if (const auto found = titles_.find(id); found != titles_.end()) {
      name = found->second;
    }
    if (name.empty()) continue;
    if (!out.empty()) out += "、";
    out += name;
  }
  return out;
}

std::string RecordCells::seen_ids(const std::vector<Id>& ids) const {
  std::string out;
  for (const Id id : ids) {
    if (!titles_.contains(id)) continue;
    if (!out.empty()) out += "、";
    append_id(out, id);
  }
  return out;
}

bool RecordCells::sees_all(const FieldDef& field, const std::vector<Id>& ids) const {
  return holds_users(field) ||
         std::ranges::all_of(ids, [&](const Id id) { return titles_.contains(id); });
}

Cell RecordCells::cell(const ExportColumn& column, const Record& record) const {
  const FieldDef& field = *column.field;
  Cell out;
  if (column.ids) {
    out.text = seen_ids(ids_in(column, record));
  } else if (column.system && field.key == "team_id") {
    const auto team = teams_.find(record.team);
    if (team != teams_.end()) out.text = team->second;
  } else if (holds_users(field) || holds_records(field) || field.kind == &meta::kinds::file) {
    out.text = names(field, ids_in(column, record));
  } else if (column.system) {
    const meta::Value value = system_value(field.key, record);
    if (meta::is_empty(value)) return out;
    out.text = field.key == "id" ? encode_id(meta::integer_of(value)) : text_of(field, value);
  } else {
    out.text = text_of(field, record.get(field.key));
  }
  const bool text = column.ids || (column.system && (field.key == "id" || field.key == "team_id"));
  if (!out.text.empty()) out.type = text ? Cell::Type::text : cell_type_of(field);
  return out;
}

void RecordCells::load_titles(store::Connection& connection, const FieldDef& field,
                              std::vector<Id> ids) {
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.empty()) return;
  if (holds_records(field)) {
    const meta::ObjectDef* target = caller_.access.catalog().object(field.target);
    if (target != nullptr) titles_.merge(engine_.titles(connection, caller_, *target, ids));
    return;
  }
  for (const Id id : ids) {
    auto row = connection.query(
        "SELECT f.name FROM file f WHERE {f} AND f.id = ? AND f.deleted_at IS NULL");
    row.bind(id);
    if (row.step()) titles_[id] = row.text(0);
  }
}

void RecordCells::load_teams(store::Connection& connection, const std::vector<Record>& page) {
  for (const Record& record : page) {
    if (record.team == 0 || !teams_.try_emplace(record.team).second) continue;
    teams_[record.team] = team_name(connection, record.team);
  }
}

void RecordCells::load(store::Connection& connection, const std::vector<Record>& page) {
  titles_.clear();
  for (const ExportColumn& column : columns_) {
    const FieldDef& field = *column.field;
    if (column.system && field.key == "team_id") load_teams(connection, page);
    if (column.ids) continue;  // the column of the titles stands before it
    if (column.system || (!holds_records(field) && field.kind != &meta::kinds::file)) continue;
    std::vector<Id> ids;
    for (const Record& record : page) {
      for (const Id id : ids_in(column, record)) ids.push_back(id);
    }
    load_titles(connection, field, std::move(ids));
  }
}

}  // namespace daifuku::exchange
