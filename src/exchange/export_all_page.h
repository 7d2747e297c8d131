// The pages that explain an export of everything. Internal to export_all*.cpp. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"

namespace daifuku::exchange {

struct ExportPage {
  std::string company = {};
  std::string by = {};
  Millis at = 0;
  struct Table {
    std::string label = {};
    std::string key = {};
    std::string name = {};  // of its files, without the ending
    std::int64_t rows = 0;
    std::int64_t trash = 0;
  };
  std::vector<Table> tables = {};
  std::int64_t files = 0;
  std::int64_t damaged_files = 0;
  std::int64_t changes = 0;
  std::int64_t users = 0;
};

// Plain text with a byte order mark and CR LF, as Notepad opens it.
std::string export_readme(const ExportPage& page);
// A page that needs nothing from anywhere.
std::string export_index(const ExportPage& page);

}  // namespace daifuku::exchange
