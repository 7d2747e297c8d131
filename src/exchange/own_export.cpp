#include "exchange/own_export.h"

#include <algorithm>
#include <map>

#include "exchange/import_fields.h"
#include "meta/kinds.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::ObjectDef;

namespace {

bool has(const FoundHeader& header, std::string_view name) {
  return std::ranges::find(header.columns, name, &HeaderColumn::name) != header.columns.end();
}

// What an import does with a column of an export; `whole`: of one with all fields.
std::string target_of(const auth::Access& access, const ObjectDef& object,
                      const ExportColumn& column, bool whole) {
  const std::string& key = column.field->key;
  bool taken = false;
  if (column.system) {
    taken = key == "id" || key == "owner_id" || key == "team_id" ||
            (whole && key == "created_at" && access.administers());
  } else {
    taken = is_writable(access, object, *column.field) ||
            (whole && is_taken_over(access, object, *column.field));
  }
  return taken ? "field:" + key + (column.ids ? ".id" : "") : "ignore";
}

}  // namespace

std::vector<ExportColumn> own_export_columns(const auth::Access& access, const ObjectDef& object) {
  std::vector<ExportColumn> out{{.field = system_field("id"), .system = true}};
  std::vector<ExportColumn> ids;
  for (const FieldDef& field : object.expanded) {
    if (field.hidden || access.field(object, field.key) < meta::FieldRight::read) continue;
    out.push_back({.field = &field});
    if (holds_records(field)) ids.push_back({.field = &field, .ids = true});
  }
  for (const std::string_view key : {"owner_id", "team_id"}) {
    out.push_back({.field = system_field(key), .system = true});
  }
  out.insert(out.end(), ids.begin(), ids.end());
  for (const std::string_view key : {"created_at", "updated_at"}) {
    out.push_back({.field = system_field(key), .system = true});
  }
  return out;
}

std::vector<std::string> own_headings(const std::vector<ExportColumn>& columns) {
  std::vector<std::string> out;
  std::map<std::string, int> seen;
  for (const ExportColumn& column : columns) {
    const std::string label = column.field->label.ja + (column.ids ? "の番号" : "");
    const int nth = ++seen[label];
    out.push_back(nth == 1 ? label : label + "（" + std::to_string(nth) + "）");
  }
  return out;
}

bool is_own_export(const FoundHeader& header) {
  const auto& columns = header.columns;
  const auto is = [&](std::size_t at, std::string_view key) {
    return columns[at].name == system_field(key)->label.ja;
  };
  const std::size_t count = columns.size();
  return header.has_header && count > 4 && is(0, "id") && is(count - 2, "created_at") &&
         is(count - 1, "updated_at");
}

bool is_own_json(const FoundHeader& header) {
  return has(header, "id") && has(header, "object") && has(header, "version") &&
         has(header, "title") && has(header, "updated_at");
}

bool is_whole_json(const FoundHeader& header) {
  return is_own_json(header) && has(header, "created_at");
}

std::vector<std::string> own_export_targets(const FoundHeader& header, const auth::Access& access,
                                            const ObjectDef& object) {
  const auto columns = own_export_columns(access, object);
  const auto headings = own_headings(columns);
  std::map<std::string, std::string> targets;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    targets[headings[i]] = target_of(access, object, columns[i], true);
  }
  std::vector<std::string> out;
  for (const HeaderColumn& column : header.columns) {
    const auto found = targets.find(column.name);
    out.push_back(found == targets.end() ? std::string() : found->second);
  }
  return out;
}

std::vector<std::string> own_json_targets(const FoundHeader& header, const auth::Access& access,
                                          const ObjectDef& object) {
  std::map<std::string, std::string, std::less<>> targets;
  for (const std::string_view key : {"object", "title", "owner_id.id", "team_id.id", "created_by",
                                     "created_by.id", "updated_by", "updated_by.id"}) {
    targets.emplace(key, "ignore");
  }
  const bool whole = is_whole_json(header);
  for (const FieldDef& field : meta::system_fields()) {
    targets[field.key] = target_of(access, object, {.field = &field, .system = true}, whole);
  }
  for (const FieldDef& field : object.expanded) {
    // A field that the caller may not read is none of this object's.
    if (access.field(object, field.key) == meta::FieldRight::none) continue;
    targets[field.key] = target_of(access, object, {.field = &field}, whole);
    if (holds_records(field))
      targets[field.key + ".id"] = target_of(access, object, {.field = &field, .ids = true}, whole);
    if (holds_users(field)) targets[field.key + ".id"] = "ignore";
  }
  std::vector<std::string> out;
  for (const HeaderColumn& column : header.columns) {
    const auto found = targets.find(column.name);
    out.push_back(found == targets.end() ? std::string() : found->second);
  }
  return out;
}

}  // namespace daifuku::exchange
