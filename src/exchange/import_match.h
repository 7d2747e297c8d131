// Which record a row means: by our id, by a key that the person chose, by a unique field, or by
// what makes two records the same (法人番号, mail, phone, name with address or company). A name
// alone is never sure.
//
// Only records that the caller may see, and fields that he may read, count: an import must not tell
// whether a hidden record exists.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exchange/import_plan.h"
#include "exchange/import_print.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct MatchCandidate {
  Id id = 0;
  std::vector<std::string> reasons = {};  // codes: id, key, number, email, phone, name, address...
  bool sure = false;
};

struct RowMatch {
  Id id = 0;            // 0: none, or unsure
  std::string by = {};  // the reason that decided
  bool unsure = false;
  std::vector<MatchCandidate> candidates = {};  // when unsure, at most kMostCandidates
  static constexpr std::size_t kMostCandidates = 8;
};

// What of a row identifies it.
struct RowIdentity {
  Id id = 0;  // of an export of ours
  const meta::Values& values;
  Id company = 0;  // the record that its company's name stands for
};

// One import; one thread.
class RecordMatcher {
 public:
  RecordMatcher(records::Engine& engine, const records::Caller& caller, const ImportPlan& plan);

  RowMatch find(store::Connection& connection, const RowIdentity& row);
  const Printer& printer() const { return printer_; }
  // The record that stands for it, if the caller sees it and it is not in the trash; 0 otherwise.
  Id seen(store::Connection& connection, Id id);

 private:
  struct Found;
  std::vector<Id> by_value(store::Connection& connection, const meta::FieldDef& field,
                           const meta::Value& value);
  std::vector<Id> by_hash(store::Connection& connection, std::int64_t hash);
  std::optional<meta::Values> load(store::Connection& connection, Id id);
  bool find_by_fields(store::Connection& connection, const RowIdentity& row, RowMatch& out);
  void find_by_keys(store::Connection& connection, const RowIdentity& row, RowMatch& out);
  std::optional<MatchCandidate> judge(const RowPrint& row, const RowPrint& record, Id id) const;
  bool readable(const meta::FieldDef& field) const;

  records::Engine& engine_;
  const records::Caller& caller_;
  const ImportPlan& plan_;
  const records::ObjectPlan& object_plan_;
  Printer printer_;
  std::vector<const meta::FieldDef*> unique_ = {};  // that the file fills
  std::vector<const meta::FieldDef*> loaded_ = {};
  std::string load_sql_ = {};
  std::string where_ = {};  // the caller's scope
  std::vector<Id> binds_ = {};
};

}  // namespace daifuku::exchange
