// What an updating row does to its record: field by field old -> new, as the person chose for each
// field, and what stays although the row says otherwise.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exchange/import_rows.h"
#include "records/engine.h"

namespace daifuku::exchange {

// `given` and those of `now` that the caller does not see, at their places: they were not in what
// he had to look at, so leaving them out says nothing.
std::vector<Id> with_unseen(std::vector<Id> given, const std::vector<Id>& now,
                            const std::function<bool(Id)>& seen);

// Why the caller may not update the record: a code, empty when he may.
std::string refusal(const records::Caller& caller, const meta::ObjectDef& object,
                    const std::optional<records::Record>& record);

// Not thread-safe; lives as long as what it refers to.
class RowMerger {
 public:
  RowMerger(records::Engine& engine, const records::Caller& caller, const ImportPlan& plan);

  // Takes away the links that the row names and the record does not need, so that no company is
  // made for nothing.
  void drop_links(store::Connection& connection, ImportRow& row, const records::Record& record);
  // What to write; empty when the record has all of it. Wishes whose record is still to be made
  // (id 0) are in row.changes, not in the draft. Fills row.changes when `told`.
  records::Draft merge(store::Connection& connection, ImportRow& row, const records::Record& record,
                       bool told);

 private:
  // Fields that stand or fall together: the parts of one address or name.
  struct Group {
    std::string policy_key = {};
    FillPolicy policy = FillPolicy::blanks;
    std::vector<const meta::FieldDef*> parts = {};
    std::vector<std::size_t> columns = {};  // of the file
    bool address = false;
    bool person = false;
  };
  bool replaces(store::Connection& connection, FillPolicy policy, const ImportRow& row, Id record,
                const std::vector<std::string>& keys) const;
  Millis last_change(store::Connection& connection, Id record,
                     const std::vector<std::string>& keys) const;
  void merge_group(store::Connection& connection, const Group& group, ImportRow& row,
                   const records::Record& record, records::Draft& draft, bool told) const;
  void merge_links(store::Connection& connection, ImportRow& row, const records::Record& record,
                   records::Draft& draft, bool told);
  void merge_owner(store::Connection& connection, ImportRow& row, const records::Record& record,
                   records::Draft& draft, bool told) const;
  void merge_note(store::Connection& connection, ImportRow& row, const records::Record& record,
                  records::Draft& draft, bool told) const;
  std::string names_of(store::Connection& connection, const meta::FieldDef& field,
                       const std::vector<Id>& ids);
  std::vector<Id> wished(store::Connection& connection, const ImportRow& row,
                         const meta::FieldDef& field, const records::Record& record);
  bool wanted(store::Connection& connection, const ImportRow& row, const meta::FieldDef& field,
              const records::Record& record, bool& same);

  records::Engine& engine_;
  const records::Caller& caller_;
  const ImportPlan& plan_;
  std::vector<Group> groups_ = {};
};

}  // namespace daifuku::exchange
