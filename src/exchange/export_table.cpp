#include "exchange/export_table.h"

#include <algorithm>

#include "meta/derive.h"
#include "meta/kinds.h"

namespace daifuku::exchange {

using meta::FieldDef;
using records::Record;

namespace {

constexpr std::size_t kPage = 500;

Cell::Type type_of(const FieldDef& field) {
  namespace kinds = meta::kinds;
  const meta::FieldKind* kind = field.kind;
  if (kind == &kinds::integer || kind == &kinds::money || kind == &kinds::decimal) {
    return Cell::Type::number;
  }
  if (kind == &kinds::date) return Cell::Type::date;
  if (kind == &kinds::date_time) return Cell::Type::date_time;
  return Cell::Type::text;
}

bool is_user(const FieldDef& field) {
  return field.kind == &meta::kinds::user || field.kind == &meta::kinds::users;
}

bool is_link(const FieldDef& field) {
  return field.kind == &meta::kinds::link || field.kind == &meta::kinds::links;
}

std::vector<Id> ids_of(const FieldDef& field, const Record& record) {
  if (field.kind->storage == meta::Storage::none) {
    const auto found = record.lists.find(field.key);
    return found == record.lists.end() ? std::vector<Id>() : found->second;
  }
  const Id id = record.integer(field.key);
  return id == 0 ? std::vector<Id>() : std::vector<Id>{id};
}

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

const FieldDef* system_field(std::string_view key) {
  for (const FieldDef& field : meta::system_fields()) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

}  // namespace

Export::Export(records::Engine& engine, const records::Caller& caller, ExportRequest request)
    : engine_(engine),
      access_(std::make_shared<const auth::Access>(caller.access)),
      caller_{.access = *access_, .source = caller.source, .language = caller.language},
      request_(std::move(request)) {
  const auto& rights = access_->object(*request_.object);
  if (rights.read == auth::Scope::none) throw AppError(Status::not_found, "not_found");
  if (!rights.export_rows) throw AppError(Status::forbidden, "export_forbidden");
  choose_columns();
  // A wrong filter is to be told before the first byte of the file.
  engine_.list_ids(caller_, *request_.object, request_.query, 1);
}

void Export::choose_columns() {
  const meta::ObjectDef& object = *request_.object;
  const auto readable = [&](const FieldDef& field) {
    return access_->field(object, field.key) >= meta::FieldRight::read;
  };
  if (request_.query.fields.empty()) {
    for (const FieldDef& field : object.expanded) {
      if (!field.hidden && readable(field)) columns_.push_back({&field, false});
    }
    for (const std::string_view key : {"owner_id", "created_at", "updated_at"}) {
      columns_.push_back({system_field(key), true});
    }
    return;
  }
  Problems problems;
  for (const std::string& key : request_.query.fields) {
    const FieldDef* field = object.field(key);
    if (field != nullptr && readable(*field)) {
      columns_.push_back({field, false});
    } else if (const FieldDef* system = system_field(key)) {
      columns_.push_back({system, true});
    } else if (field == nullptr || access_->field(object, key) == meta::FieldRight::none) {
      problems.push_back({"fields", "field_unknown", {{"name", key}}});
    }
    // A masked column of the list is simply not in the file.
  }
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
}

std::vector<WriteColumn> Export::headings() const {
  std::vector<WriteColumn> out;
  for (const Column& column : columns_) {
    out.push_back({.title = column.field->label.ja, .type = type_of(*column.field)});
  }
  return out;
}

std::string Export::linked_text(const FieldDef& field, const std::vector<Id>& ids) const {
  std::string out;
  for (const Id id : ids) {
    std::string name;
    if (is_user(field)) {
      name = engine_.user_name(id);
    } else if (const auto found = titles_.find(id); found != titles_.end()) {
      name = found->second;
    }
    // What the caller may not see has no name here.
    if (name.empty()) continue;
    if (!out.empty()) out += "、";
    out += name;
  }
  return out;
}

Cell Export::cell(const Column& column, const Record& record) const {
  const FieldDef& field = *column.field;
  Cell out;
  if (column.system) {
    const meta::Value value = system_value(field.key, record);
    if (meta::is_empty(value)) return out;
    if (is_user(field)) {
      out.text = linked_text(field, {meta::integer_of(value)});
    } else if (field.key == "id") {
      out.text = encode_id(meta::integer_of(value));
    } else {
      out.text = meta::value_text(field, value);
    }
  } else if (is_user(field) || is_link(field) || field.kind == &meta::kinds::file) {
    out.text = linked_text(field, ids_of(field, record));
  } else {
    out.text = meta::value_text(field, record.get(field.key));
  }
  if (!out.text.empty()) out.type = type_of(field);
  return out;
}

void Export::collect_links(store::Connection& connection, const std::vector<Record>& page) {
  titles_.clear();
  for (const Column& column : columns_) {
    const FieldDef& field = *column.field;
    if (column.system) continue;
    std::vector<Id> ids;
    if (!is_link(field) && field.kind != &meta::kinds::file) continue;
    for (const Record& record : page) {
      for (const Id id : ids_of(field, record)) ids.push_back(id);
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.empty()) continue;
    if (is_link(field)) {
      const meta::ObjectDef& target = *access_->catalog().object(field.target);
      titles_.merge(engine_.titles(connection, caller_, target, ids));
      continue;
    }
    for (const Id id : ids) {
      auto row = connection.query(
          "SELECT f.name FROM file f WHERE {f} AND f.id = ? AND f.deleted_at IS NULL");
      row.bind(id);
      if (row.step()) titles_[id] = row.text(0);
    }
  }
}

void Export::write_page(TableWriter& writer, const std::vector<Record>& page) {
  engine_.database().read([&](store::Connection& connection) { collect_links(connection, page); });
  Row cells(columns_.size());
  for (const Record& record : page) {
    for (std::size_t c = 0; c < columns_.size(); ++c) cells[c] = cell(columns_[c], record);
    writer.row(cells);
  }
}

WriteReport Export::write(const Sink& sink) {
  const bool xlsx = request_.format == TableFormat::xlsx;
  const Id event = note_export(engine_, caller_, *request_.object,
                               table_format_name(request_.format), request_.query.filter);
  const auto columns = headings();
  const auto writer =
      xlsx ? make_xlsx_writer(
                 columns, {.sheet = request_.object->plural_label.ja, .scratch = request_.scratch},
                 sink)
           : make_csv_writer(columns,
                             {.encoding = request_.encoding,
                              .delimiter = request_.format == TableFormat::tsv ? '\t' : ','},
                             sink);
  std::vector<Record> page;
  records::ListQuery query = request_.query;
  query.fields.clear();
  engine_.each(caller_, *request_.object, query, [&](const Record& record) {
    page.push_back(record);
    if (page.size() == kPage) {
      write_page(*writer, page);
      page.clear();
    }
    return true;
  });
  write_page(*writer, page);
  WriteReport report = writer->finish();
  note_export_rows(engine_, event, report.rows);
  return report;
}

std::string Export::file_name() const {
  std::string day = format_date(local_date(engine_.clock().now()));
  std::erase(day, '-');
  return request_.object->plural_label.ja + "_" + day + "." +
         std::string(table_format_name(request_.format));
}

std::string Export::content_type() const {
  if (request_.format == TableFormat::xlsx) {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  return request_.encoding == CsvEncoding::cp932 ? "text/csv; charset=Windows-31J"
                                                 : "text/csv; charset=utf-8";
}

Id note_export(records::Engine& engine, const records::Caller& caller,
               const meta::ObjectDef& object, std::string_view format, const Json& filter) {
  const Id id = engine.ids().next();
  engine.database().write([&](store::Transaction& tx) {
    tx.query(
          "INSERT INTO export_log ({tenant_id}, id, object, user_id, at, row_count, format, "
          "filter) "
          "VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?)")
        .bind(id, object.key, caller.access.user(), engine.clock().now(), -1, format,
              filter.is_null() ? std::string() : boost::json::serialize(filter))
        .run();
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

}  // namespace daifuku::exchange
