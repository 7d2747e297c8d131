// The tables of the engine, derived from the catalog, and the SQL that every part of the engine
// shares.
#pragma once

#include <string>
#include <vector>

#include "meta/object.h"
#include "store/schema.h"

namespace daifuku::records {

// Record tables and their search tables, and the engine's own: history, timeline, match keys,
// links, files, views...
std::vector<store::Table> tables(const meta::Catalog& catalog);

// Columns of a record table that are not fields, in table order.
inline constexpr std::string_view kSystemColumns =
    "id, version, created_at, created_by, updated_at, updated_by, owner_id, team_id, "
    "customer_owner_id, customer_team_id, deleted_at, merged_into";
inline constexpr int kSystemColumnCount = 12;
inline constexpr int kMergedColumn = 11;  // merged_into

std::string table_name(const meta::ObjectDef& object);
std::string search_table(const meta::ObjectDef& object);
bool is_stored(const meta::FieldDef& field);  // has a column
bool is_searched(const meta::ObjectDef& object);
std::vector<const meta::FieldDef*> stored_fields(const meta::ObjectDef& object);
// A choice-like field that list indexes carry behind the sort column, so that filters are checked
// without the row.
bool rides_in_indexes(const meta::FieldDef& field);

// The index that begins with the field, as lists walk it (rows of the trash are not in it); empty
// when there is none.
std::string list_index(const meta::ObjectDef& object, const meta::FieldDef& field);
// That index has the rows of one value in the order (updated_at, id).
bool has_newest_index(const meta::ObjectDef& object, const meta::FieldDef& field);

}  // namespace daifuku::records
