#include "records/plan.h"

#include <algorithm>

#include "meta/computed.h"
#include "meta/kinds.h"
#include "records/schema.h"

namespace daifuku::records {

using meta::FieldDef;

std::string column(std::string_view alias, const FieldDef& field) {
  return std::string(alias) + ".\"" + field.column + "\"";
}

ObjectPlan::ObjectPlan(const meta::Catalog& catalog, const meta::ObjectDef& of)
    : object(of), table(table_name(of)) {
  if (is_searched(of)) search = search_table(of);
  stored = stored_fields(of);
  for (const FieldDef& field : of.expanded) {
    if (field.searchable && records::is_stored(field)) searchable.push_back(&field);
    if ((field.duplicate_key || field.unique) && records::is_stored(field))
      key_fields.push_back(&field);
    if (field.kind == &meta::kinds::link) links.push_back(&field);
    if (field.kind == &meta::kinds::links || field.kind == &meta::kinds::users)
      lists.push_back(&field);
    if (field.kind == &meta::kinds::file) files.push_back(&field);
    if (field.in_list && !field.hidden) default_list.push_back(&field);
  }
  for (const FieldDef& field : of.expanded) {
    if (field.rollup != nullptr) at_read.push_back(&field);
  }
  for (const FieldDef* field : meta::formulas_in_order(of))
    (field->at_read ? at_read : formulas).push_back(field);
  maturity = MaturityItems(of);
  for (const FieldDef& field : of.fields) {
    if (field.kind == &meta::kinds::address) addresses.push_back(field.key);
  }
  if (!addresses.empty()) {
    // The parts are postal code, prefecture, city, street and building.
    const auto is_part = [&](const FieldDef* field) { return field->whole == addresses.front(); };
    const auto prefecture = std::ranges::find_if(stored, [&](const FieldDef* field) {
      return is_part(field) && field->kind == &meta::kinds::prefecture;
    });
    if (prefecture != stored.end()) {
      const auto next = std::ranges::find(stored, *prefecture + 1);
      if (next != stored.end() && is_part(*next)) city = *next;
    }
  }
  for (const std::string& key : of.customer_links) {
    customers.push_back(catalog.object(of.field(key)->target));
  }
  columns.assign(of.expanded.size(), -1);
  for (std::size_t i = 0; i < stored.size(); ++i)
    columns[position_in(of, *stored[i])] = kSystemColumnCount + static_cast<int>(i);
  std::string names(kSystemColumns);
  std::string marks;
  select_all = "t.";
  for (const char c : kSystemColumns) {
    select_all += c;
    if (c == ' ') select_all += "t.";
  }
  for (int i = 0; i < kSystemColumnCount; ++i) marks += i == 0 ? "?" : ", ?";
  for (const FieldDef* field : stored) {
    names += ", \"" + field->column + "\"";
    marks += ", ?";
    select_all += ", " + column("t", *field);
  }
  load = "SELECT " + select_all + " FROM " + table + " t WHERE {t} AND t.id = ?";
  insert =
      "INSERT INTO " + table + " ({tenant_id}, " + names + ") VALUES ({tenant}, " + marks + ")";
}

meta::Value cell(store::Statement& row, int column, meta::Storage storage) {
  return storage == meta::Storage::integer ? store::integer_value(row, column)
                                           : store::text_value(row, column);
}

RecordHead read_head(store::Statement& row) {
  return {.id = row.integer(0),
          .version = row.integer(1),
          .created_at = row.integer(2),
          .created_by = row.integer(3),
          .updated_at = row.integer(4),
          .updated_by = row.integer(5),
          .owner = row.integer(6),
          .team = row.integer(7),
          .customer_owner = row.integer(8),
          .customer_team = row.integer(9),
          .deleted_at = row.integer(10),
          .merged_into = row.integer(11)};
}

Record read_record(store::Statement& row, const ObjectPlan& plan) {
  Record record{read_head(row)};
  int at = kSystemColumnCount;
  for (const FieldDef* field : plan.stored) {
    if (!row.is_null(at)) record.values.emplace(field->key, cell(row, at, field->kind->storage));
    ++at;
  }
  return record;
}

}  // namespace daifuku::records
