// Records as the cells of a table: what a file of the product holds for each field.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/table_writer.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct ExportColumn {
  const meta::FieldDef* field = nullptr;
  bool system = false;
  bool ids = false;  // of a link: the ids of its records, in the order of their titles
};

// Fields whose cells are titles of other records or names of users.
bool holds_records(const meta::FieldDef& field);
bool holds_users(const meta::FieldDef& field);
Cell::Type cell_type_of(const meta::FieldDef& field);
// Whom or what a link or user field points to, in order.
std::vector<Id> ids_in(const ExportColumn& column, const records::Record& record);
const meta::FieldDef* system_field(std::string_view key);
// Empty when there is no such team any more.
std::string team_name(store::Connection& connection, Id team);

// One thread; engine, caller and catalog outlive it.
class RecordCells {
 public:
  RecordCells(records::Engine& engine, const records::Caller& caller,
              std::vector<ExportColumn> columns);

  const std::vector<ExportColumn>& columns() const { return columns_; }
  // Names of what the records link to, before cell() is asked for them.
  void load(store::Connection& connection, const std::vector<records::Record>& page);
  Cell cell(const ExportColumn& column, const records::Record& record) const;
  // Titles of the records or names of the users; what the caller may not see has no name here.
  std::string names(const meta::FieldDef& field, const std::vector<Id>& ids) const;
  // Ids of those that have a name here, "、" between them.
  std::string seen_ids(const std::vector<Id>& ids) const;
  // Whether load() found them all; false when one of them is hidden from the caller.
  bool sees_all(const meta::FieldDef& field, const std::vector<Id>& ids) const;
  void load_titles(store::Connection& connection, const meta::FieldDef& field, std::vector<Id> ids);

 private:
  void load_teams(store::Connection& connection, const std::vector<records::Record>& page);

  records::Engine& engine_;
  const records::Caller& caller_;
  std::vector<ExportColumn> columns_;
  std::unordered_map<Id, std::string> titles_ = {};  // of the page's links and files
  std::unordered_map<Id, std::string> teams_ = {};   // names; few, kept for all pages
};

}  // namespace daifuku::exchange
