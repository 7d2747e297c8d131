// What the person chose for an import.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/json.h"

namespace daifuku::exchange {

// Which rows count: those that are new, those that are registered, or both.
enum class ImportMode { create, update, both };
// What a filled cell does to another value that is there: nothing, replace it, or replace it when
// the row is newer than the last change of the field.
enum class FillPolicy { blanks, overwrite, newest };
// Rows of which it is not clear whom they mean, as long as nobody has decided.
enum class UnsureRows { wait, create, skip };

// What the person decided for one row.
struct RowChoice {
  enum class Kind { use, create, skip } kind = Kind::skip;
  Id id = 0;  // use: the record
};

std::string_view import_mode_name(ImportMode mode);
std::string_view fill_policy_name(FillPolicy policy);
// nullopt when there is no such name.
std::optional<ImportMode> find_import_mode(std::string_view name);
std::optional<FillPolicy> find_fill_policy(std::string_view name);
std::optional<UnsureRows> find_unsure_rows(std::string_view name);

// Chosen by the person; everything absent is found out.
struct ImportSettings {
  static constexpr std::size_t kMostChoices = 5'000;

  std::string object = {};  // Key of the object.
  std::string encoding = {};
  char delimiter = 0;
  int sheet = -1;
  std::optional<std::int64_t> header_row = {};  // Line of the file; 0: there is no header.
  // The column map (column_map.h) by its id; empty: the one that fits, "none": none.
  std::string map = {};
  std::map<std::size_t, std::string> columns = {};  // Column -> "field:KEY", "note", "new:KIND" ...
  bool create_links = true;                         // A company that is not there yet is made.
  bool skip_known = true;  // Rows that are in the list already are left out.
  Id owner = 0;            // Of all new records; 0: who imports.

  ImportMode mode = ImportMode::create;
  // By which field a row finds its record: a key of a field, "id", or empty for all that identify.
  std::string key = {};
  FillPolicy policy = FillPolicy::blanks;
  std::map<std::string, FillPolicy, std::less<>> policies = {};  // of single fields, by key
  bool clear_empty = false;  // Empty cells empty the value, where the policy lets them.
  // How old a row is, for FillPolicy::newest: by a column, else the date of the whole file.
  std::optional<std::size_t> date_column = {};
  std::string file_date = {};  // ISO
  UnsureRows unsure = UnsureRows::wait;
  std::map<std::int64_t, RowChoice> choices = {};  // By the line of the row.

  bool drop_repeats = false;  // Of rows that are the same cell by cell, only the first counts.
  // Rows whose date in that column is older than so many years are left out.
  std::optional<std::size_t> stale_column = {};
  int stale_years = 5;

  FillPolicy policy_of(std::string_view field) const {
    const auto found = policies.find(field);
    return found == policies.end() ? policy : found->second;
  }
  bool uses(FillPolicy wanted) const;
};

// The body of PATCH /imports/{id} over what was chosen before. Another table (encoding, sheet,
// header, object) makes earlier choices of columns void. Throws AppError(invalid).
ImportSettings change_settings(const ImportSettings& before, const Json& body);
void write_settings(JsonWriter& json, const ImportSettings& settings);
ImportSettings read_settings(const Json& json);

}  // namespace daifuku::exchange
