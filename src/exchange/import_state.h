// An import as it is kept: its row in the table import_run, and its form in the API.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/messages.h"
#include "exchange/import_analysis.h"
#include "exchange/import_diagnosis.h"
#include "exchange/import_run.h"
#include "store/database.h"

namespace daifuku::exchange {

enum class ImportStatus { ready, running, done, failed, cancelled, undone, undoing };
std::string_view import_status_name(ImportStatus status);

struct ImportState {
  Id id = 0;
  std::string name = {};  // of the file, as the person calls it
  ImportStatus status = ImportStatus::ready;
  Millis created_at = 0;
  Id created_by = 0;
  ImportSettings settings = {};
  Json found = {};  // what the analysis found, without the preview; codes, no language
  RunCounts counts = {};
  std::int64_t total = 0;    // rows to go through, as far as known
  Id batch = 0;              // of the last run
  RunCounts reached = {};    // what is on disk of it, row by row; done is where it goes on
  std::string failure = {};  // code, when it failed
  Params failure_params = {};
  // Of an undo in the background: in whose name, under which batch of the log, how much of it.
  Id undo_by = 0;
  Id undo_batch = 0;
  std::int64_t undo_total = 0;
  std::int64_t undo_seen = 0;
  std::int64_t undone = 0;
  std::int64_t undo_skipped = 0;
  // What was kept because somebody changed it later; titles are read for who asks.
  struct Kept {
    std::string object = {};
    Id id = 0;
    std::string reason = {};
  };
  std::vector<Kept> undo_kept = {};

  // Not kept.
  std::shared_ptr<const ImportAnalysis> analysis = {};
  std::shared_ptr<const Diagnosis> diagnosis = {};
  std::uint64_t diagnosed = 0;  // the generation that it is of
  bool diagnosing = false;
  std::uint64_t generation = 0;  // rises with every change of the settings
  bool changing = false;         // the settings; until the file was looked at with the new ones
  Millis started_at = 0;
  bool cancel = false;
  bool counting = false;
  bool resuming = false;
  std::int64_t started_done = 0;  // rows that were done before it went on

  // Nothing is in the list because of it, so it can be changed and run.
  bool open() const;
  bool busy() const { return status == ImportStatus::running || status == ImportStatus::undoing; }
  bool undoable() const;
  // It was cut off or stopped, and can go on where it was.
  bool resumable() const;
};

// --- the table ---
void insert_import(store::Database& database, const ImportState& state);
void update_import(store::Database& database, const ImportState& state);
void delete_import(store::Database& database, Id id);
// Where a run is, in the transaction of its rows; update_import() does not touch it.
void mark_reached(store::Transaction& tx, Id id, const RunCounts& counts);
// nullptr when there is none.
std::shared_ptr<ImportState> load_import(store::Database& database, Id id);
// Newest first; of one person, or of all when `user` is 0.
std::vector<Id> import_ids(store::Database& database, Id user, int most);
std::vector<Id> import_ids(store::Database& database, ImportStatus status);
std::vector<Id> import_ids_before(store::Database& database, Millis created_at);

// --- JSON ---
// Takes over what the analysis found.
Json found_json(const ImportAnalysis& analysis);
// In the form of the API; `whole` adds the notices, columns and preview, which lists leave out.
void write_import(JsonWriter& json, const ImportState& state, const records::Engine& engine,
                  Language language, Millis now, bool whole);
void write_shown_row(JsonWriter& json, const ShownRow& row, Language language);
// A line of the file of rejects, and back.
struct RejectedRow {
  std::int64_t line = 0;
  std::vector<std::string> cells = {};
  std::vector<CellProblem> problems = {};
};
std::string reject_line(const ImportRow& row);
RejectedRow read_reject(std::string_view line);
// 電話番号: 電話番号として読めません。
std::string problem_text(Language language, const std::vector<CellProblem>& problems,
                         const std::vector<std::string>& headings);
std::vector<std::string> headings_of(const ImportState& state);

}  // namespace daifuku::exchange
