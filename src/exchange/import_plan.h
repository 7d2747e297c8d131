// What an import is to do: which column goes where, as the person or the proposal says and his
// rights allow.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "auth/access.h"
#include "base/error.h"
#include "exchange/column_map.h"
#include "exchange/import_columns.h"
#include "meta/object.h"

namespace daifuku::exchange {

// Where a column goes.
struct ImportTarget {
  enum class Kind { ignore, note, field, link, link_id, user, owner, team, own, id, created };
  Kind kind = Kind::ignore;
  std::string key = {};  // of the field, or of the composite that a cell holds whole; "company.id"
  const meta::FieldDef* field = nullptr;  // nullptr for composites
  std::string own_kind = {};              // own: the kind of the field to make
};

// Whether rows can be found by that field alone: it is unique, indexed or a duplicate key.
bool can_be_key(const auth::Access& access, const meta::ObjectDef& object,
                const meta::FieldDef& field);

// Checked against the rights of `access`, column by column. Problems name "columns.N".
struct ImportPlan {
  const meta::ObjectDef* object = nullptr;
  const meta::FieldDef* note = nullptr;
  std::vector<ImportTarget> targets = {};  // by column
  std::vector<std::string> headings = {};  // by column, for notes and messages
  bool create_links = true;
  bool skip_known = true;
  Id owner = 0;
  ImportSettings settings = {};
  const meta::FieldDef* key_field = nullptr;  // by which alone rows find their records
  bool key_is_id = false;
  bool own = false;       // The product wrote the table: cells are what they say, rows are records.
  bool whole = false;     // With all fields: what is empty in it is empty.
  bool plain = false;     // Every row is a record (ImportTable::plain).
  bool calendar = false;  // ImportTable::calendar

  // A row that has a number of its own is known by it when it comes again (import_origins.h).
  bool keeps_origins() const { return own || calendar; }
  bool updates() const { return settings.mode != ImportMode::create; }
  // Whether rows are compared with what is registered.
  bool matches() const { return updates() || skip_known; }
  // By column: what the words of the file are called here; may be shorter than the columns.
  std::vector<ColumnMap::Words> words = {};

  std::string translated(std::size_t column, const std::string& text) const {
    if (column >= words.size()) return text;
    const auto found = words[column].find(text);
    return found == words[column].end() ? text : found->second;
  }
};
// `of_part`: what else a row makes (import_parts.h); that is never an export of ours.
ImportPlan make_plan(const ImportTable& table, const auth::Access& access,
                     const meta::ObjectDef& object, const std::vector<ImportColumn>& columns,
                     const ImportSettings& settings, Problems& problems,
                     const ColumnMap* map = nullptr, bool of_part = false);

}  // namespace daifuku::exchange
