// Several records from one row. Besides the object of the import a row may make or find records
// that it links to (its company: "field:company.phone"; the order of a line and the customer of
// that order: "field:order.person.email") and records that link to it (a deal, an activity:
// "field:deal.name"). A path is made of the keys of link fields, or is the key of an object that
// links to the one imported.
//
// A record that is linked to is looked for first, among those the caller may see: a company by its
// corporate number, code or name, a person by name together with an address or phone or the
// company, anything else by its code or its exact title. What is found is only linked, not
// changed. Records that link to the row's are always made.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "exchange/import_plan.h"
#include "exchange/import_rows.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct ImportPart {
  std::string path = {};  // company, order.person, deal
  const meta::ObjectDef* object = nullptr;
  // In the record that links: the field. The part's own for a part below the row's record.
  const meta::FieldDef* link = nullptr;
  int parent = -1;     // among the parts; -1: the row's record
  bool below = false;  // it links to the row's record, not the other way round
  ImportPlan plan = {};
};

// The parts that the columns name, a part after its parent. Problems as make_plan().
std::vector<ImportPart> plan_parts(const ImportTable& table, const auth::Access& access,
                                   const meta::ObjectDef& object,
                                   const std::vector<ImportColumn>& columns,
                                   const ImportSettings& settings, Problems& problems,
                                   const ColumnMap* map = nullptr);
// The columns of the row's own record: what goes to parts is taken out.
std::vector<ImportColumn> own_columns(const auth::Access& access, const meta::ObjectDef& object,
                                      const std::vector<ImportColumn>& columns);
// Whether the caller may send a column there.
bool is_target(const auth::Access& access, const meta::ObjectDef& object, std::string_view to);

// Makes and finds the parts of rows; beside the RowReader of the rows' own records. One import; one
// thread. Lives as long as what it refers to.
class PartReader {
 public:
  // `own` reads the rows' own records; it is told which of their links come from parts.
  PartReader(records::Engine& engine, const records::Caller& caller,
             const std::vector<ImportPart>& parts, RowReader& own, const FoundHeader& header,
             const UserNames& users);
  // It goes on under this batch: what an earlier run has made counts as made.
  void go_on(Id batch) { batch_ = batch; }

  bool empty() const { return parts_.empty(); }
  const std::vector<ImportPart>& parts() const { return parts_; }
  RowReader& reader(std::size_t part) { return *readers_[part]; }

  // As RowReader's, after it: fills row.parts. What is wrong with a part is told at the row.
  void convert(ImportRow& row) const;
  void look_up(store::Connection& connection, ImportRow& row);

  // Of a row that updates its record: parts whose link is not wanted are not made.
  void drop_unlinked(ImportRow& row) const;
  // In the transaction of a row that is written: links it to its parts, found or made.
  void before(records::Write& write, ImportRow& row);
  void after(records::Write& write, ImportRow& row, Id made);
  // A transaction begins (again); it went through.
  void begin();
  void commit();
  std::int64_t made() const;  // records of the transaction under way

 private:
  struct Identity {
    const meta::FieldDef* title = nullptr;
    std::vector<const meta::FieldDef*> codes = {};     // one alone tells
    std::vector<const meta::FieldDef*> contacts = {};  // with the title
    const meta::FieldDef* employer = nullptr;          // the link to a customer, with the title
    std::vector<const meta::FieldDef*> read = {};      // all of them, as selected
    std::string select = {};
    std::vector<Id> binds = {};
  };
  struct Found {
    Id id = 0;
    bool ambiguous = false;
  };
  Identity identity_of(const meta::ObjectDef& object) const;
  Found find(store::Connection& connection, std::size_t place, const ImportRow& row) const;
  // `certain`: found by a code, not by the title.
  std::vector<Id> candidates(store::Connection& connection, std::size_t place,
                             const ImportRow& part, bool& certain) const;
  Id employer_of(const ImportRow& row, std::size_t place) const;
  void link_beside(records::Draft& draft, std::size_t place, const ImportRow& row) const;
  void refuse(ImportRow& row, std::size_t place) const;

  records::Engine& engine_;
  const records::Caller& caller_;
  const std::vector<ImportPart>& parts_;
  RowReader& own_;
  std::vector<std::unique_ptr<RowReader>> readers_ = {};
  std::vector<Identity> identities_ = {};
  bool is_made(store::Connection& connection, Id id);
  Id batch_ = 0;
  std::unordered_set<Id> made_ = {};     // by this import
  std::unordered_set<Id> pending_ = {};  // in this transaction
};

}  // namespace daifuku::exchange
