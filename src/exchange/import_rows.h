// A row of a file -> the values of a record, with what is wrong cell by cell. What fits no field is
// kept as a line of the note ("見出し: 値"), so that nothing of the file is lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exchange/damage_check.h"
#include "exchange/import_known.h"
#include "exchange/import_match.h"
#include "exchange/import_origins.h"
#include "exchange/import_plan.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct CellProblem {
  int column = -1;  // -1: the whole row
  std::string field = {};
  std::string code = {};
  Params params = {};
  bool error = false;  // The row is not imported; otherwise it is told and imported.
};

// Of an updating row, for the preview: what a field holds and what the row says.
struct FieldChange {
  std::string field = {};
  meta::Label before = {};
  meta::Label after = {};
  bool kept = false;  // The value there stays.
};

struct ImportRow {
  // A link to a record that the file names by its title.
  struct Wish {
    const meta::FieldDef* field = nullptr;
    int column = -1;
    std::string name = {};
    Id id = 0;      // 0: is to be made, or to come
    Id origin = 0;  // its id in the ledger that wrote the file
    bool open() const { return id == 0 && origin == 0; }
  };
  // look: it is not clear whom it means; left out until a person decides. same: an update that
  // would change nothing.
  enum class Action { create, update, same, look, skip, error };

  std::int64_t line = 0;
  Row cells = {};
  meta::Values values = {};
  std::vector<Wish> wishes = {};
  // Names of links and users, and values of fields that are to be made, for the preview.
  std::vector<std::pair<std::string, meta::Label>> shown = {};
  Id owner = 0;
  bool owner_given = false;  // by the file
  Id team = 0;
  Millis created = 0;  // of an export of ours; 0: unknown
  Id own_id = 0;       // of an export of ours
  Millis dated = 0;    // how old the row is; 0: unknown
  Id target = 0;       // update, same: the record
  RowMatch match = {};
  std::vector<FieldChange> changes = {};
  std::string typed_note = {};                                 // of a column that is the note
  std::vector<std::pair<std::string, std::string>> kept = {};  // lines of the note: heading, text
  std::vector<CellProblem> problems = {};
  Action action = Action::create;
  // Further records of the row (import_parts.h), parallel to the parts of the import. A part with
  // the action skip is not in this row; `found` is the record that stands for it, 0: to be made.
  std::vector<ImportRow> parts = {};
  Id found = 0;

  void fail(CellProblem problem) {
    problem.error = true;
    problems.push_back(std::move(problem));
    action = Action::error;
  }
  void leave_out(std::string code, Params params = {}) {
    action = Action::skip;
    problems.push_back({-1, {}, std::move(code), std::move(params), false});
  }
  // Whether it writes something.
  bool counts() const { return action == Action::create || action == Action::update; }
};
std::string_view import_action_name(ImportRow::Action action);

// For the preview: as people will read it.
meta::Label shown_value(const meta::FieldDef& field, const meta::Value& value);

// About what the cells take in memory.
std::size_t bytes_of(const Row& cells);

// Names of users and teams, as a file may write them -> id. 0: nobody, or several.
class UserNames {
 public:
  void add(Id user, std::string_view name, std::string_view email);
  // Who may no longer sign in, after all others: found where nobody else has the name.
  void add_former(Id user, std::string_view name, std::string_view email);
  void add_team(Id team, std::string_view name);
  Id find(std::string_view typed) const;
  Id find_team(std::string_view typed) const;

 private:
  std::unordered_map<std::string, Id> users_ = {};
  std::unordered_map<std::string, Id> teams_ = {};
};

// Records by their titles. One thread.
class LinkFinder {
 public:
  LinkFinder(records::Engine& engine, const records::Caller& caller)
      : engine_(engine), caller_(caller) {}
  // Ids, none when there is no such record, several when it is not clear which.
  std::vector<Id> find(store::Connection& connection, const meta::ObjectDef& target,
                       const std::string& name);
  void remember(const meta::ObjectDef& target, const std::string& name, Id id);

 private:
  records::Engine& engine_;
  const records::Caller& caller_;
  std::unordered_map<std::string, std::vector<Id>> cache_ = {};
};

// Not thread-safe; lives as long as what it refers to.
class RowReader {
 public:
  RowReader(records::Engine& engine, const records::Caller& caller, const ImportPlan& plan,
            const FoundHeader& header, const UserNames& users);

  // Fills values and problems from the cells; no store needed.
  void convert(ImportRow& row) const;
  // Finds what the row refers to, and which record it means.
  void look_up(store::Connection& connection, ImportRow& row);
  // Of a row that an earlier run has done: later rows are compared with it.
  void pass(const ImportRow& row);
  // A link that could not be made: told, and its text kept.
  void give_up(ImportRow& row, const ImportRow::Wish& wish, std::string code) const;
  // It cannot be without the record that is still to come.
  void fail_first(ImportRow& row, const ImportRow::Wish& wish) const;
  // Problems that the engine found on saving, at the columns that they come from.
  void add_problems(ImportRow& row, const AppError& error) const;
  // Told at the column it comes from; the row is imported all the same.
  void warn(ImportRow& row, const Problem& problem) const;
  records::Draft draft(const ImportRow& row) const;  // of a new record
  // The field comes from elsewhere: a row without it is no mistake.
  void supply(const meta::FieldDef& field) { std::erase(required_, &field); }
  // The cell as a line of the note.
  void keep_cell(ImportRow& row, std::size_t column) const {
    if (column < row.cells.size()) keep(row, column, row.cells[column].text);
  }

  const ImportPlan& plan() const { return plan_; }
  LinkFinder& links() { return links_; }
  const ImportOrigins& origins() const { return origins_; }

 private:
  void resolve_links(store::Connection& connection, ImportRow& row);
  static void drop_unclear(ImportRow& row);
  void check_title(store::Connection& connection, ImportRow& row,
                   const ImportRow::Wish& wish) const;
  void match(store::Connection& connection, ImportRow& row);
  void take_match(ImportRow& row);
  void take_new(ImportRow& row, bool chosen);
  void keep(ImportRow& row, std::size_t column, std::string_view text) const;
  void warn(ImportRow& row, std::size_t column, std::string code, Params params = {}) const;
  void refuse_cell(ImportRow& row, std::size_t column, const Problem& problem) const;
  bool too_many(ImportRow& row, std::size_t column, const std::vector<std::string>& names) const;
  bool mend_cell(ImportRow& row, std::size_t column, std::string& text) const;
  void take_user(ImportRow& row, std::size_t column, const std::string& text) const;
  void take_team(ImportRow& row, std::size_t column, const std::string& text) const;
  void take_link_ids(ImportRow& row, std::size_t column, const std::string& text) const;
  void drop_others(store::Connection& connection, ImportRow& row) const;
  void parse(ImportRow& row, std::vector<std::pair<std::size_t, std::string>>& texts) const;
  void check_required(ImportRow& row) const;
  int column_of(std::string_view field) const;

  records::Engine& engine_;
  const records::Caller& caller_;
  const ImportPlan& plan_;
  const FoundHeader& header_;
  const UserNames& users_;
  LinkFinder links_;
  ImportOrigins origins_;
  RecordMatcher matcher_;
  FileRepeats repeats_ = {};
  LineMap targets_ = {};  // record -> the row that means it
  Millis file_dated_ = 0;
  Millis stale_before_ = 0;
  bool settles_name_ = false;  // the parts of a person's name make the whole
  std::vector<const meta::FieldDef*> required_ = {};
  std::vector<meta::FieldDef> own_ = {};  // by column: the field that will be made
};

}  // namespace daifuku::exchange
