// What the company's own rules (records/rules.h) will say of a row, so that the preview tells it
// before anything is written.
#pragma once

#include "exchange/import_rows.h"
#include "records/rules.h"

namespace daifuku::exchange {

// Not thread-safe; lives as long as what it refers to. Rules as they are when it is made.
class RowRules {
 public:
  RowRules(const records::Engine& engine, const records::Caller& caller, const RowReader& reader);

  // Of a row that makes or changes a record; `before` is that record, nullptr for a new one, and
  // `draft` what the row writes. What must be there once only is left to the run: other rows may
  // bring it.
  void tell(ImportRow& row, const records::Record* before, const records::Draft& draft) const;

 private:
  const records::Caller& caller_;
  const RowReader& reader_;
  std::shared_ptr<const records::RuleSet> rules_;
  Millis now_ = 0;
};

}  // namespace daifuku::exchange
