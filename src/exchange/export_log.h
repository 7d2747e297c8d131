// Who took which records out of the ledger: a row in the hash-chained log before the first byte and
// one at the end, and a table of the same for people to read.
//
// Thread-safe. Errors: SystemError from the store, AppError not_found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "records/engine.h"

namespace daifuku::exchange {

struct ExportAbout {
  const meta::ObjectDef* object = nullptr;  // nullptr: the whole ledger
  std::string kind = "list";                // list | round_trip | all
  std::string format = {};
  std::string encoding = {};
  Json filter = {};
  std::string words = {};
  std::vector<std::string> fields = {};
};

// A text that the encoding of the file does not have.
struct ReplacedText {
  Id record = 0;  // 0: a heading
  std::string field = {};
  std::string from = {};
  std::string to = {};
};

struct ExportResult {
  std::int64_t rows = 0;
  bool cut = false;  // the receiver went away, or something failed
  std::int64_t replaced = 0;
  std::vector<ReplacedText> texts = {};  // the first of them
  std::int64_t truncated = 0;            // cells that were too long for the format
};

// Gives the id of the event, which is in the log when this returns.
Id note_export(records::Engine& engine, const records::Caller& caller, const ExportAbout& about);
// How far it is, for those who wait.
void note_export_rows(records::Engine& engine, Id event, std::int64_t rows);
void note_export_end(records::Engine& engine, const records::Caller& caller, Id event,
                     const ExportAbout& about, const ExportResult& result);

// GET /exports: newest first; all of them for managers and owners, else the caller's own. `after`
// is the id of the last one of the page before.
void exports_json(records::Engine& engine, const records::Caller& caller, int limit, Id after,
                  std::string& out);
// With the texts that had to change, so far as the caller may read them.
void export_json(records::Engine& engine, const records::Caller& caller, Id id, std::string& out);

}  // namespace daifuku::exchange
