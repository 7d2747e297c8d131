// A look at a whole file before anything is imported: what it is, where its columns would go, what
// the first records would become, and how many rows have something wrong.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/messages.h"
#include "exchange/import_parts.h"
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
  std::int64_t ok = 0;  // that write something: creates and updates
  std::int64_t creates = 0;
  std::int64_t updates = 0;
  std::int64_t same = 0;   // registered as the row says
  std::int64_t looks = 0;  // a person has to say whom they mean
  std::int64_t errors = 0;
  std::int64_t warnings = 0;  // rows that are imported with something told
  std::int64_t known = 0;     // in the list already, left out
  std::int64_t left_out = 0;  // headings, totals and remarks between the records
  std::int64_t links_to_make = 0;
  bool complete = false;  // the whole file was looked at
};

// By field key: what would be stored, as people read it in either language.
using ShownValues = std::vector<std::pair<std::string, meta::Label>>;

// A further record of a row.
struct ShownPart {
  std::string path = {};
  std::string object = {};  // its key
  bool found = false;       // it is there and only linked
  ShownValues values = {};
};

// A row as the screen shows it.
struct ShownRow {
  struct Candidate {
    Id id = 0;
    std::string title = {};
    std::string subtitle = {};
    std::vector<std::string> reasons = {};
  };
  ImportRow row = {};
  ShownValues values = {};
  std::vector<ShownPart> parts = {};
  std::string target_title = {};           // of the record that it updates
  std::vector<Candidate> candidates = {};  // of a row to look at
};

// A column map that fits the file, or is used for it.
struct ImportMapInfo {
  std::string id = {};
  meta::Label name = {};
  std::string object = {};
  bool own = false;
};

// The map to read a table with, and all that fit it. Of the caller's own, the shared and the
// ready-made ones.
struct MapChoice {
  std::optional<ColumnMap> map = {};
  std::vector<ImportMapInfo> fitting = {};
};
MapChoice choose_map(records::Engine& engine, const records::Caller& caller,
                     const ImportTable& table, const ImportSettings& settings);

struct ImportAnalysis {
  std::string object = {};
  std::optional<ImportMapInfo> map = {};  // the one in use
  std::vector<ImportMapInfo> maps = {};   // those that fit, best first
  std::vector<ImportPart> parts = {};
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
  Problems mapping = {};               // why it cannot run as it is
  std::vector<ShownRow> preview = {};  // the first rows
  // The first of each kind, by ImportRow::Action.
  std::vector<std::vector<ShownRow>> by_action = {};
  std::vector<std::string> keys = {};  // fields that rows may be found by
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
