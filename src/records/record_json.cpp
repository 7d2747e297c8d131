#include "records/record_json.h"

#include "meta/derive.h"
#include "meta/kinds.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
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

RecordWriter::RecordWriter(Engine& engine, store::Connection& connection, const Caller& caller,
                           const ObjectPlan& plan, std::vector<const FieldDef*> fields)
    : engine_(engine),
      connection_(connection),
      caller_(caller),
      plan_(plan),
      fields_(std::move(fields)),
      rights_(caller.access.fields(plan.object)),
      all_(fields_.empty()) {
  if (all_) {
    for (const FieldDef& field : plan.object.expanded) fields_.push_back(&field);
  }
  std::erase_if(fields_, [&](const FieldDef* field) {
    return caller.access.field(plan.object, field->key) == FieldRight::none;
  });
}

void RecordWriter::add_value(const FieldDef& field, const meta::Value& value) {
  if (meta::is_empty(value)) return;
  if (field.kind == &kinds::link) {
    wanted_[caller_.access.catalog().object(field.target)].push_back(meta::integer_of(value));
  } else if (field.kind == &kinds::file) {
    files_.push_back(meta::integer_of(value));
  }
}

void RecordWriter::add(const Record& record) {
  for (const FieldDef* field : fields_) {
    if (field->kind == &kinds::link || field->kind == &kinds::file) {
      add_value(*field, record.get(field->key));
    } else if (field->kind == &kinds::links) {
      const auto found = record.lists.find(field->key);
      if (found == record.lists.end()) continue;
      auto& wanted = wanted_[caller_.access.catalog().object(field->target)];
      wanted.insert(wanted.end(), found->second.begin(), found->second.end());
    }
  }
}

void RecordWriter::resolve() {
  for (const auto& [object, ids] : wanted_) {
    if (object != nullptr) titles_[object] = engine_.titles(connection_, caller_, *object, ids);
  }
  for (const Id file : files_) {
    auto row = connection_.query(
        "SELECT f.name, f.type, f.size FROM file f WHERE {f} AND f.id = ? AND f.deleted_at IS "
        "NULL");
    row.bind(file);
    if (row.step()) {
      file_info_[file] = {std::string(row.text(0)), std::string(row.text(1)), row.integer(2)};
    }
  }
}

void RecordWriter::write_link(JsonWriter& json, const meta::ObjectDef* target, Id id) {
  const auto object = titles_.find(target);
  if (object != titles_.end()) {
    if (const auto title = object->second.find(id); title != object->second.end()) {
      json.begin_object().key("id").id(id);
      json.field("title", title->second).end_object();
      return;
    }
  }
  json.begin_object().field("hidden", true).end_object();
}

void RecordWriter::write_user(JsonWriter& json, Id id) { write_user_reference(json, engine_, id); }

void RecordWriter::write_value(JsonWriter& json, const FieldDef& field, const meta::Value& value) {
  if (meta::is_empty(value)) {
    json.null();
  } else if (field.kind == &kinds::link) {
    write_link(json, caller_.access.catalog().object(field.target), meta::integer_of(value));
  } else if (field.kind == &kinds::user) {
    write_user(json, meta::integer_of(value));
  } else if (field.kind == &kinds::file) {
    const Id id = meta::integer_of(value);
    json.begin_object().key("id").id(id);
    if (const auto info = file_info_.find(id); info != file_info_.end()) {
      json.field("name", info->second.name)
          .field("type", info->second.type)
          .field("size", info->second.size);
    }
    json.end_object();
  } else {
    meta::write_value(json, field, value);
  }
}

void RecordWriter::write_field(JsonWriter& json, const FieldDef& field, const Record& record) {
  if (field.kind == &kinds::links || field.kind == &kinds::users) {
    const auto found = record.lists.find(field.key);
    if (found == record.lists.end() || found->second.empty()) return;
    json.key(field.key);
    if (caller_.access.field(plan_.object, field.key) == FieldRight::masked) {
      json.string("＊＊＊");
      return;
    }
    json.begin_array();
    for (const Id id : found->second) {
      if (field.kind == &kinds::users) {
        write_user(json, id);
      } else {
        write_link(json, caller_.access.catalog().object(field.target), id);
      }
    }
    json.end_array();
    return;
  }
  const meta::Value& value = record.get(field.key);
  if (meta::is_empty(value)) return;
  json.key(field.key);
  if (caller_.access.field(plan_.object, field.key) == FieldRight::masked) {
    json.string("＊＊＊");
  } else {
    write_value(json, field, value);
  }
}

void RecordWriter::write(JsonWriter& json, const Record& record) {
  json.begin_object().key("id").id(record.id);
  json.field("object", plan_.object.key).field("version", record.version);
  json.field("title", readable_title(caller_, plan_.object, record));
  json.field("updated_at", format_instant(record.updated_at));
  if (all_) {
    json.field("created_at", format_instant(record.created_at));
    json.key("created_by");
    write_user(json, record.created_by);
    json.key("updated_by");
    write_user(json, record.updated_by);
    if (record.deleted_at != 0) json.field("deleted_at", format_instant(record.deleted_at));
  }
  if (record.owner != 0) {
    json.key("owner_id");
    write_user(json, record.owner);
  }
  if (all_ && record.team != 0)
    json.key("team_id").begin_object().key("id").id(record.team).end_object();
  for (const FieldDef* field : fields_) write_field(json, *field, record);
  json.end_object();
}

}  // namespace daifuku::records
