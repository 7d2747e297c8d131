// The run of an import: rows become records, in slices so small that the edits of others get in
// between, all under one batch of the history, which undo takes back as a whole.
#pragma once

#include <functional>
#include <string>

#include "exchange/import_rows.h"
#include "exchange/import_settings.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct RunCounts {
  std::int64_t done = 0;     // rows of the file
  std::int64_t created = 0;  // records of the object
  std::int64_t updated = 0;
  std::int64_t same = 0;    // registered as the row says
  std::int64_t unsure = 0;  // left to a person
  std::int64_t linked = 0;  // records made because a row named them
  std::int64_t failed = 0;
  std::int64_t skipped = 0;  // in the list already, or no records
  std::int64_t warnings = 0;
  double share = 0;  // of the file, 0 to 1
};

struct RunHooks {
  // After each slice, when it is on disk. False stops the run; what is done stays done.
  std::function<bool(const RunCounts&)> progress = {};
  // A row that was not imported, with its problems.
  std::function<void(const ImportRow&)> rejected = {};
  // In the transaction of a slice: what will be done when it is on disk.
  std::function<void(store::Transaction&, const RunCounts&)> mark = {};
};

// Imports the whole table under the batch id. The caller's rights are checked by the engine record
// by record. Throws AppError(invalid) when the columns do not fit (any more), and what ImportTable
// and the store throw; what was written before stays, under the batch. `before` is what earlier
// runs under the batch have done: as many rows are passed over.
RunCounts run_import(records::Engine& engine, const records::Caller& caller,
                     const std::filesystem::path& path, const ImportSettings& settings,
                     const UserNames& users, Id batch, const RunHooks& hooks,
                     const RunCounts& before = {});

}  // namespace daifuku::exchange
