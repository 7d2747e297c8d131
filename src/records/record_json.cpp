#include "records/record_json.h"

#include <algorithm>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/schema.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;
namespace kinds = meta::kinds;

std::string readable_title(const Caller& caller, const meta::ObjectDef& object,
                           const Record& record) {
  const bool readable = caller.access.field(object, object.title) >= FieldRight::read;
  return readable ? meta::title_of(object, record.values) : std::string();
}

void write_user_reference(JsonWriter& json, const Engine& engine, Id user) {
  json.begin_object().key("id").id(user);
  json.field("title", engine.user_name(user)).end_object();
}

bool titles_readable(const Caller& caller, const ObjectDef& object) {
  return caller.access.object(object).read != auth::Scope::none &&
         caller.access.field(object, object.title) >= FieldRight::read;
}

namespace {

constexpr std::string_view kMask = "＊＊＊";

void write_link_object(JsonWriter& json, Id id, std::string_view title) {
  json.begin_object().key("id").id(id);
  json.field("title", title).end_object();
}

void write_hidden(JsonWriter& json) { json.begin_object().field("hidden", true).end_object(); }

}  // namespace

namespace {

// Those asked for, or all; without those that the caller may not even know of.
std::vector<const FieldDef*> readable(const Caller& caller, const ObjectPlan& plan,
                                      const std::vector<const FieldDef*>& fields) {
  std::vector<const FieldDef*> out = fields.empty() ? plan.at_read : fields;
  const meta::FieldRights& rights = caller.access.fields(plan.object);
  std::erase_if(out, [&](const FieldDef* field) {
    return rights[position_in(plan.object, *field)] == FieldRight::none;
  });
  return out;
}

}  // namespace

RecordWriter::RecordWriter(Engine& engine, store::Connection& connection, const Caller& caller,
                           const ObjectPlan& plan, const std::vector<const FieldDef*>& fields)
    : engine_(engine),
      connection_(connection),
      caller_(caller),
      plan_(plan),
      all_(fields.empty()),
      title_readable_(caller.access.field(plan.object, plan.object.title) >= FieldRight::read),
      at_read_(engine, connection, caller, plan, readable(caller, plan, fields)) {
  const meta::FieldRights& rights = caller.access.fields(plan.object);
  const auto show = [&](const FieldDef& field) {
    const FieldRight right = rights[position_in(plan.object, field)];
    if (right == FieldRight::none) return;
    shown_.push_back({.field = &field, .masked = right == FieldRight::masked});
    if (!is_stored(field)) has_lists_ = true;
  };
  if (all_) {
    shown_.reserve(plan.object.expanded.size());
    for (const FieldDef& field : plan.object.expanded) show(field);
  } else {
    for (const FieldDef* field : fields) show(*field);
  }
  make_select();
}

void RecordWriter::make_select() {
  if (all_) {
    columns_ = plan_.select_all;
    column_count_ = kSystemColumnCount + static_cast<int>(plan_.stored.size());
    for (Shown& shown : shown_)
      shown.column = plan_.columns[position_in(plan_.object, *shown.field)];
    const FieldDef* title = plan_.object.field(plan_.object.title);
    if (title != nullptr) title_column_ = plan_.columns[position_in(plan_.object, *title)];
  } else {
    columns_ = "t.id, t.version, t.updated_at, t.owner_id";
    column_count_ = 4;
    const auto add = [&](const FieldDef& field) {
      columns_ += ", ";
      columns_ += column("t", field);
      return column_count_++;
    };
    for (Shown& shown : shown_) {
      if (!is_stored(*shown.field)) continue;
      shown.column = add(*shown.field);
      if (shown.field->key == plan_.object.title) title_column_ = shown.column;
    }
    const FieldDef* title = plan_.object.field(plan_.object.title);
    if (title_column_ < 0 && title_readable_ && title != nullptr) title_column_ = add(*title);
  }
  select_inputs();
  // A company may make many links of its own, and a store joins so many tables only; the titles of
  // the others are asked for one by one.
  constexpr int kMostJoins = 20;
  int joined = 0;
  for (Shown& shown : shown_) {
    if (shown.field->kind != &kinds::link || shown.masked) continue;
    const ObjectDef* target = shown.target = caller_.access.catalog().object(shown.field->target);
    if (target == nullptr || joined == kMostJoins || !titles_readable(caller_, *target)) continue;
    shown.target_title = target->field(target->title);
    const std::string alias = "k" + std::to_string(++joined);
    columns_ += ", " + column(alias, *shown.target_title);
    shown.title = column_count_++;
    joins_ += " LEFT JOIN " + engine_.plan(*target).table + " " + alias + " ON {" + alias +
              "} AND " + alias + ".id = " + column("t", *shown.field);
    const auto scope =
        caller_.access.condition(*target, caller_.access.object(*target).read, alias);
    if (scope.sql.empty()) continue;
    joins_ += " AND " + scope.sql;
    join_binds_.insert(join_binds_.end(), scope.binds.begin(), scope.binds.end());
  }
}

void RecordWriter::select_inputs() {
  if (at_read_.empty()) return;
  if (!all_) {
    columns_ += ", t.created_at";
    created_column_ = column_count_++;
  }
  for (const FieldDef* input : at_read_.inputs()) {
    int at = plan_.columns[position_in(plan_.object, *input)];
    if (!all_) {
      columns_ += ", " + column("t", *input);
      at = column_count_++;
    }
    input_columns_.emplace_back(input, at);
  }
}

Record RecordWriter::worked_out(const RecordHead& head, store::Statement& row) {
  Record record{head};
  if (created_column_ >= 0) record.created_at = row.integer(created_column_);
  for (const auto& [field, at] : input_columns_) {
    if (!row.is_null(at)) record.values.emplace(field->key, cell(row, at, field->kind->storage));
  }
  at_read_.fill(record);
  return record;
}

const meta::Value& RecordWriter::cell(store::Statement& row, int column, meta::Storage storage) {
  if (storage == meta::Storage::integer) {
    number_cell_ = row.integer(column);
    return number_cell_;
  }
  std::get<std::string>(text_cell_).assign(row.text(column));
  return text_cell_;
}

void RecordWriter::write_link(JsonWriter& json, const ObjectDef* target, Id id) {
  if (target == nullptr) return write_hidden(json);
  auto titles = std::find_if(titles_.begin(), titles_.end(),
                             [&](const Titles& each) { return each.object == target; });
  if (titles == titles_.end()) titles = titles_.insert(titles_.end(), {.object = target});
  auto found = titles->known.find(id);
  if (found == titles->known.end()) {
    titles->known.merge(engine_.titles(connection_, caller_, *target, {id}));
    found = titles->known.find(id);
  }
  if (found == titles->known.end()) return write_hidden(json);
  write_link_object(json, id, found->second);
}

void RecordWriter::write_file(JsonWriter& json, Id id) {
  json.begin_object().key("id").id(id);
  auto row = connection_.query(
      "SELECT f.name, f.type, f.size FROM file f WHERE {f} AND f.id = ? AND f.deleted_at IS NULL");
  row.bind(id);
  if (row.step()) {
    json.field("name", row.text(0)).field("type", row.text(1)).field("size", row.integer(2));
  }
  json.end_object();
}

void RecordWriter::write_value(JsonWriter& json, const FieldDef& field, const meta::Value& value) {
  if (meta::is_empty(value)) {
    json.null();
  } else if (field.kind == &kinds::link) {
    write_link(json, caller_.access.catalog().object(field.target), meta::integer_of(value));
  } else if (field.kind == &kinds::user) {
    write_user_reference(json, engine_, meta::integer_of(value));
  } else if (field.kind == &kinds::file) {
    write_file(json, meta::integer_of(value));
  } else {
    meta::write_value(json, field, value);
  }
}

void RecordWriter::write_list(JsonWriter& json, const FieldDef& field, const std::vector<Id>& ids) {
  json.begin_array();
  const ObjectDef* target =
      field.kind == &kinds::users ? nullptr : caller_.access.catalog().object(field.target);
  for (const Id id : ids) {
    if (field.kind == &kinds::users) {
      write_user_reference(json, engine_, id);
    } else {
      write_link(json, target, id);
    }
  }
  json.end_array();
}

void RecordWriter::write_shown_list(JsonWriter& json, const Shown& shown,
                                    const std::vector<Id>& ids) {
  json.key(shown.field->key);
  if (shown.masked) {
    json.string(kMask);
  } else {
    write_list(json, *shown.field, ids);
  }
}

void RecordWriter::write_head(JsonWriter& json, const RecordHead& head, std::string_view title) {
  json.begin_object().key("id").id(head.id);
  json.field("object", plan_.object.key).field("version", head.version);
  json.field("title", title).field("updated_at", format_instant(head.updated_at));
  if (all_) {
    json.field("created_at", format_instant(head.created_at));
    json.key("created_by");
    write_user_reference(json, engine_, head.created_by);
    json.key("updated_by");
    write_user_reference(json, engine_, head.updated_by);
    if (head.deleted_at != 0) json.field("deleted_at", format_instant(head.deleted_at));
  }
  if (head.owner != 0) {
    json.key("owner_id");
    write_user_reference(json, engine_, head.owner);
  }
  if (all_ && head.team != 0)
    json.key("team_id").begin_object().key("id").id(head.team).end_object();
}

void RecordWriter::write_row(JsonWriter& json, store::Statement& row) {
  const RecordHead head = all_ ? read_head(row)
                               : RecordHead{.id = row.integer(0),
                                            .version = row.integer(1),
                                            .updated_at = row.integer(2),
                                            .owner = row.integer(3)};
  const FieldDef* title_field = plan_.object.field(plan_.object.title);
  std::string_view title;
  std::string title_text;
  if (title_readable_ && title_column_ >= 0 && !row.is_null(title_column_)) {
    if (title_field->kind->storage == meta::Storage::text) {
      title = row.text(title_column_);
    } else {
      title_text = meta::value_text(*title_field, row.integer(title_column_));
      title = title_text;
    }
  }
  write_head(json, head, title);

  std::unordered_map<std::string, std::vector<Id>> lists;
  if (has_lists_) {
    auto links = connection_.query(
        "SELECT l.field, l.to_id FROM link l WHERE {l} AND l.from_id = ? ORDER BY l.field, "
        "l.position, l.to_id");
    links.bind(head.id);
    while (links.step()) lists[std::string(links.text(0))].push_back(links.integer(1));
  }
  Record computed;
  if (!at_read_.empty()) computed = worked_out(head, row);
  for (const Shown& shown : shown_) {
    const FieldDef& field = *shown.field;
    if (field.at_read) {
      write_shown_value(json, shown, computed.get(field.key));
      continue;
    }
    if (shown.column < 0) {
      const auto found = lists.find(field.key);
      if (found == lists.end()) continue;
      write_shown_list(json, shown, found->second);
      continue;
    }
    if (row.is_null(shown.column)) continue;
    json.key(field.key);
    if (shown.masked) {
      json.string(kMask);
    } else if (field.kind == &kinds::link) {
      if (shown.title >= 0 && !row.is_null(shown.title)) {
        const FieldDef& named = *shown.target_title;
        write_link_object(json, row.integer(shown.column),
                          meta::value_text(named, cell(row, shown.title, named.kind->storage)));
      } else {
        // Not to be seen, or without a title: that is told apart by the slower way.
        write_link(json, shown.target, row.integer(shown.column));
      }
    } else {
      write_value(json, field, cell(row, shown.column, field.kind->storage));
    }
  }
  json.end_object();
}

void RecordWriter::write_shown_value(JsonWriter& json, const Shown& shown,
                                     const meta::Value& value) {
  if (meta::is_empty(value)) return;
  json.key(shown.field->key);
  if (shown.masked) {
    json.string(kMask);
  } else {
    write_value(json, *shown.field, value);
  }
}

void RecordWriter::write(JsonWriter& json, const Record& record) {
  Record computed;
  if (!at_read_.empty()) {
    computed = record;
    at_read_.fill(computed);
  }
  write_head(json, record, readable_title(caller_, plan_.object, record));
  for (const Shown& shown : shown_) {
    const FieldDef& field = *shown.field;
    if (!is_stored(field)) {
      const auto found = record.lists.find(field.key);
      if (found == record.lists.end() || found->second.empty()) continue;
      write_shown_list(json, shown, found->second);
      continue;
    }
    write_shown_value(json, shown, (field.at_read ? computed : record).get(field.key));
  }
  json.end_object();
}

}  // namespace daifuku::records
