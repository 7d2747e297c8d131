// A comparison at rest: its head and its rows, sealed. Internal to comparison*.cpp.
#pragma once

#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "exchange/export_base.h"

namespace daifuku::exchange {

struct ComparisonCounts {
  std::int64_t rows = 0;          // of the file
  std::int64_t unchanged = 0;     // rows that say what the ledger says, or what they said before
  std::int64_t changes = 0;       // cells
  std::int64_t conflicts = 0;     // cells
  std::int64_t refused = 0;       // cells
  std::int64_t invalid = 0;       // cells
  std::int64_t added = 0;         // rows
  std::int64_t likely_known = 0;  // of those: like a record that is there, or copied from a row
  std::int64_t removed = 0;       // rows
  std::int64_t gone = 0;          // rows of records that the person does not see (any more)
};

struct ComparisonHead {
  Id id = 0;
  Id user = 0;
  std::string object = {};
  std::string name = {};  // of the file
  Millis at = 0;
  Id exported_by = 0;
  Millis exported_at = 0;
  std::vector<std::string> unknown_columns = {};
  std::vector<std::string> hidden_columns = {};  // headings of fields that the person may not read
  ComparisonCounts counts = {};
  Id batch = 0;  // of what was applied; 0: nothing yet
};

// What the file says differently, before it is judged against the ledger.
struct ComparedRow {
  enum class Kind { edit, add, remove } kind = Kind::edit;
  std::int64_t number = 0;  // from 1, in this comparison
  std::int64_t line = 0;    // in the file; 0: the row is not there any more
  Id id = 0;
  std::map<std::string, std::string> base = {};  // cells that differ, by field
  std::map<std::string, std::vector<Id>> base_ids = {};
  std::map<std::string, std::string> raw = {};
  std::string problem = {};                 // message code: compare_id_twice, compare_id_unknown
  std::vector<std::string> states = {};     // what it is found by
  std::vector<std::string> conflicts = {};  // fields that others had changed when it was compared
};

void write_comparison_head(const RoundTripStore& store, const ComparisonHead& head);
// nullopt when there is none.
std::optional<ComparisonHead> read_comparison_head(const RoundTripStore& store, Id id);
void remove_comparison(const RoundTripStore& store, Id id);

class ComparedRowsWriter {
 public:
  ComparedRowsWriter(const RoundTripStore& store, Id id);
  void write(const ComparedRow& row);
  void finish();

 private:
  std::unique_ptr<SealedWriter> sealed_;
};

class ComparedRowsReader {
 public:
  ComparedRowsReader(const RoundTripStore& store, Id id);
  [[nodiscard]] bool next(ComparedRow& row);

 private:
  std::unique_ptr<PlainCopy> plain_;
  std::ifstream file_;
};

}  // namespace daifuku::exchange
