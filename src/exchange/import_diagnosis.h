// What is the matter with a list before it is imported: rows that stand in it twice or are
// registered, values that contradict each other, broken phones and postal codes, old rows, empty
// columns, damaged text. One pass; about 100 bytes a row.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "exchange/import_rows.h"
#include "exchange/import_settings.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct Finding {
  std::string code = {};
  Params params = {};
  int column = -1;
  std::int64_t count = 0;
  std::vector<std::pair<std::int64_t, std::string>> samples = {};  // line of the file, its text
  // Changes of the settings (as in PATCH /imports/{id}) that put it right, and that take that back;
  // empty where only a person can.
  std::string mend = {};
  std::string unmend = {};
  bool mended = false;
};

struct Diagnosis {
  std::int64_t rows = 0;
  std::vector<Finding> findings = {};  // the most serious first
};

// `go_on` is asked every few hundred rows; nullopt when it said no. Throws what ImportTable throws.
std::optional<Diagnosis> diagnose_import(records::Engine& engine, const records::Caller& caller,
                                         const std::filesystem::path& path,
                                         const ImportSettings& settings, const UserNames& users,
                                         const std::function<bool()>& go_on = {});
void write_diagnosis(JsonWriter& json, const Diagnosis& diagnosis, Language language);

}  // namespace daifuku::exchange
