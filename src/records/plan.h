// What the engine works out once for an object of a catalog: SQL texts and lists of columns.
#pragma once

#include <string>
#include <vector>

#include "meta/object.h"
#include "records/maturity_items.h"
#include "records/record.h"
#include "store/database.h"

namespace daifuku::records {

struct ObjectPlan {
  explicit ObjectPlan(const meta::Catalog& catalog, const meta::ObjectDef& object);

  const meta::ObjectDef& object;
  std::string table;
  std::string search;                         // empty when nothing in it is searchable
  std::vector<const meta::FieldDef*> stored;  // with a column, in select order
  std::vector<int> columns;  // of select_all, for each field of object.expanded; -1: none
  std::vector<const meta::FieldDef*> searchable;
  std::vector<std::string> addresses;               // wholes whose parts are searched as one text
  const meta::FieldDef* city = nullptr;             // of the first of them; nullptr without one
  std::vector<const meta::FieldDef*> key_fields;    // duplicate keys and unique values
  std::vector<const meta::FieldDef*> links;         // single links, with their targets
  std::vector<const meta::FieldDef*> lists;         // links and users without a column
  std::vector<const meta::FieldDef*> files;         // fields that show one of the record's files
  std::vector<const meta::ObjectDef*> customers;    // targets of object.customer_links, same order
  std::vector<const meta::FieldDef*> default_list;  // in_list fields
  // Fields that are worked out, each behind what it reads: kept with the record, and when it is
  // read (computed.h).
  std::vector<const meta::FieldDef*> formulas;
  std::vector<const meta::FieldDef*> at_read;
  MaturityItems maturity;
  std::string select_all;  // "t.id, t.version, ..., t.name, ..." system columns first, then stored
  std::string load;        // one row by id
  std::string insert;      // all columns
};

// Where a field of object.expanded stands in it: the position of its right (Access::fields).
inline std::size_t position_in(const meta::ObjectDef& object, const meta::FieldDef& field) {
  return static_cast<std::size_t>(&field - object.expanded.data());
}

// The system columns, with which a row of `select_all` begins.
RecordHead read_head(store::Statement& row);
// Row of `select_all` -> record (without its lists).
Record read_record(store::Statement& row, const ObjectPlan& plan);

// Column expression of a stored field under an alias.
std::string column(std::string_view alias, const meta::FieldDef& field);

// The value a condition or cursor compares, taken from a row of any select.
meta::Value cell(store::Statement& row, int column, meta::Storage storage);

}  // namespace daifuku::records
