// What the person chose for an import.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/json.h"

namespace daifuku::exchange {

// Chosen by the person; everything absent is found out.
struct ImportSettings {
  std::string object = {};  // Key of the object.
  std::string encoding = {};
  char delimiter = 0;
  int sheet = -1;
  std::optional<std::int64_t> header_row = {};      // Line of the file; 0: there is no header.
  std::map<std::size_t, std::string> columns = {};  // Column -> "field:KEY", "note", "new:KIND" ...
  bool create_links = true;                         // A company that is not there yet is made.
  bool skip_known = true;  // Rows that are in the list already are left out.
  Id owner = 0;            // Of all new records; 0: who imports.
};

// The body of PATCH /imports/{id} over what was chosen before. Another table (encoding, sheet,
// header, object) makes earlier choices of columns void. Throws AppError(invalid).
ImportSettings change_settings(const ImportSettings& before, const Json& body);
void write_settings(JsonWriter& json, const ImportSettings& settings);
ImportSettings read_settings(const Json& json);

}  // namespace daifuku::exchange
