// One row of a comparison against the ledger of this moment, as the person may see and change it.
// Internal to comparison*.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exchange/comparison_rows.h"
#include "exchange/export_cells.h"
#include "exchange/import_rows.h"
#include "records/duplicate_queue.h"

namespace daifuku::exchange {

struct JudgedCell {
  // same: the ledger says it already. conflict: somebody changed it since the export.
  enum class State { same, change, conflict, refused, invalid } state = State::change;
  ExportColumn column = {};
  std::string before = {};  // what went out
  std::string now = {};
  std::string next = {};
  Problem problem = {};  // of refused and invalid
  meta::Value value = {};
  std::vector<Id> ids = {};  // of links and users
};
std::string_view state_name(JudgedCell::State state);

struct JudgedRow {
  bool seen = true;  // false: hidden from the person, in the trash, or away; nothing else is set
  std::string title = {};
  Problem problem = {};  // why the row as a whole cannot be taken, or should be looked at
  bool possible = true;  // false: it cannot
  std::vector<JudgedCell> cells = {};
  std::vector<records::LikelyRecord> candidates = {};  // of an added row
  records::Record record = {};
};

// One thread.
class ComparisonJudge {
 public:
  // `own`: the person exported the file himself, so the names in it are names he saw.
  ComparisonJudge(records::Engine& engine, records::DuplicateQueue& duplicates,
                  const records::Caller& caller, const meta::ObjectDef& object,
                  const UserNames& users, bool own);

  // The column of a heading's field; nullopt when the person may not read it.
  std::optional<ExportColumn> column(const std::string& key) const;
  // Whether the record is there and shown to the person.
  bool sees(Id id);
  // Whether the cell says something else than what went out; false when it cannot be told to this
  // person.
  bool differs(const ExportColumn& column, const std::string& base, const std::vector<Id>& base_ids,
               const std::string& raw);
  JudgedRow judge(const ComparedRow& row, bool candidates);
  // Of the cells that `take` accepts.
  records::Draft draft(const JudgedRow& row,
                       const std::function<bool(const JudgedCell&)>& take) const;

 private:
  JudgedRow edit(const ComparedRow& row);
  JudgedRow add(const ComparedRow& row, bool candidates);
  JudgedRow remove(const ComparedRow& row);
  bool parse(store::Connection& connection, JudgedCell& cell, const std::string& raw,
             const std::vector<Id>& base_ids);
  bool parse_links(store::Connection& connection, JudgedCell& cell, const std::string& raw,
                   const std::vector<Id>& base_ids);
  bool parse_users(JudgedCell& cell, const std::string& raw);
  bool writable(const ExportColumn& column) const;
  void keep_unseen(JudgedCell& cell, const std::vector<Id>& now) const;
  bool is_now(const JudgedCell& cell, const records::Record& record) const;
  std::string shown(const JudgedCell& cell, const std::string& raw) const;

  records::Engine& engine_;
  records::DuplicateQueue& duplicates_;
  const records::Caller& caller_;
  const meta::ObjectDef& object_;
  const UserNames& users_;
  bool own_;
  LinkFinder links_;
  RecordCells cells_;
};

}  // namespace daifuku::exchange
