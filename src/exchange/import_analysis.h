// A look at a whole file before anything is imported: what it is, where its columns would go, what
// the first records would become, and how many rows have something wrong.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/messages.h"
#include "exchange/import_plan.h"
#include "exchange/import_rows.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct ImportNotice {
  std::string code = {};
  Params params = {};
  int column = -1;
  std::int64_t count = 0;
};

struct ImportCounts {
  std::int64_t rows = 0;
  std::int64_t ok = 0;  // to be made records
  std::int64_t errors = 0;
  std::int64_t warnings = 0;  // rows that are imported with something told
  std::int64_t known = 0;     // in the list already, left out
  std::int64_t left_out = 0;  // headings, totals and remarks between the records
  std::int64_t links_to_make = 0;
  bool complete = false;  // the whole file was looked at
};

struct ImportAnalysis {
  std::string object = {};
  // Of the file, as in the API's "detected".
  std::string format = {};
  std::string encoding = {};
  char delimiter = 0;
  std::vector<SheetInfo> sheets = {};
  int sheet = 0;
  std::int64_t header_line = 0;
  std::vector<std::string> titles = {};
  std::vector<ImportNotice> notices = {};
  std::vector<ImportColumn> columns = {};
  Problems mapping = {};  // why it cannot run as it is
  std::vector<ImportRow> preview = {};
  // Of each preview row, by field key: what would be stored, as people read it in either language.
  std::vector<std::vector<std::pair<std::string, meta::Label>>> shown = {};
  ImportCounts counts = {};
};

struct AnalysisLimits {
  std::int64_t rows = INT64_MAX;  // stop counting after so many
  Millis milliseconds = INT64_MAX;
};

// `row` is called with every row that would not be imported, and with its number of the table; may
// be empty. `go_on` is asked every few hundred rows. Throws what ImportTable throws.
ImportAnalysis analyze_import(records::Engine& engine, const records::Caller& caller,
                              const std::filesystem::path& path, const ImportSettings& settings,
                              const UserNames& users, const AnalysisLimits& limits = {},
                              const std::function<bool()>& go_on = {},
                              const std::function<void(const ImportRow&)>& rejected = {});

}  // namespace daifuku::exchange
