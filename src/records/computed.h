// Fields that are worked out (meta/formula.h, meta/rollup.h): formulas are kept with the record by
// each write, what depends on the day or on other records is worked out when it is read
// (docs/decisions/0041).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/engine.h"
#include "records/filter.h"

namespace daifuku::records {

// Sets the formulas that are kept; those that are not become empty.
void work_out_formulas(const ObjectPlan& plan, Record& record);
// Whether a formula of the object reads one of them.
bool formulas_read(const ObjectPlan& plan, const meta::Values& values);

// A roll-up over what one caller may see.
struct RollupQuery {
  RollupQuery(Engine& engine, const Caller& caller, const meta::FieldDef& field);
  // Of the record with that id.
  meta::Value run(store::Connection& connection, Id id) const;

  const meta::FieldDef& field;
  const meta::FieldDef* source = nullptr;
  std::string sql = {};  // empty: nothing that the caller may see
  std::vector<meta::Value> binds = {};
};

// Works fields out for one caller while records are read, roll-ups over what he may see. Lives as
// long as the connection's read.
class AtRead {
 public:
  // Those of `wanted` that are worked out when they are read, with what they read of their kind.
  AtRead(Engine& engine, store::Connection& connection, const Caller& caller,
         const ObjectPlan& plan, const std::vector<const meta::FieldDef*>& wanted);

  bool empty() const { return fields_.empty(); }
  // Stored fields that a record has to have before fill().
  const std::vector<const meta::FieldDef*>& inputs() const { return inputs_; }
  void fill(Record& record) const;

 private:
  store::Connection& connection_;
  std::string today_;
  std::vector<const meta::FieldDef*> fields_;  // in order
  std::vector<const meta::FieldDef*> inputs_;
  std::vector<RollupQuery> queries_;
};

// What such a field would hold for a record that the caller sees, whose own fields are filled.
meta::Value try_value(Engine& engine, store::Connection& connection, const Caller& caller,
                      const meta::FieldDef& field, const Record& record, std::string_view today);

// Marks the records of the object: their formulas are to be worked out anew.
void formulas_due(store::Transaction& tx, const meta::ObjectDef& object);
// Does so, slice by slice, each a transaction of its own: what was done stays done when the program
// ends half-way. Called at start and after each change of a definition, when the catalog is loaded.
void refresh_formulas(Engine& engine);

}  // namespace daifuku::records
