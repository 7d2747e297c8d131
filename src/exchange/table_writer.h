// Tables into files that people open in Excel: CSV and XLSX, written row by row in constant memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

// Takes the file piece by piece. What it throws ends the writing and passes through.
using Sink = std::function<void(std::string_view)>;

enum class CsvEncoding {
  utf8_bom,
  utf8,
  cp932
};  // Excel in Japan opens the first and the last by double click.

struct WriteColumn {
  std::string title = {};
  Cell::Type type = Cell::Type::text;  // For the width and format of an XLSX column.
};

struct WriteReport {
  struct Replaced {
    std::int64_t row = 0;    // From 1, the header not counted; 0 is the header.
    std::size_t column = 0;  // From 0.
    std::string from = {};
    std::string to = {};
  };
  std::int64_t rows = 0;
  std::int64_t replaced_characters = 0;  // CP932 only: characters that it does not have.
  std::vector<Replaced> replaced = {};   // The first 1,000.
  std::int64_t truncated_cells = 0;      // XLSX only: Excel allows 32,767 characters a cell.
};

// One thread. Cells hold what TableReader gives: dates as ISO text and so on; one whose text does
// not fit its type is written as text.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  // Missing cells at the end are empty, surplus ones are written too.
  virtual void row(std::span<const Cell> cells) = 0;
  // What there is to tell so far.
  virtual const WriteReport& report() const = 0;
  // Once, at the end. Without it the file is not complete.
  virtual WriteReport finish() = 0;
};

struct CsvWriteOptions {
  CsvEncoding encoding = CsvEncoding::utf8_bom;
  char delimiter = ',';
  // Protect against formula injection (table_guard.h). Numbers, dates and booleans are not touched;
  // a text like +81-3-1234-5678 gets an apostrophe, which open_table takes off again
  // (GuardUndo::everywhere for exactly what was).
  bool guard = true;
  // Digits that Excel would spoil (leading zero, 12 and more) as ="0312345678"; open_table reads it
  // back.
  bool protect_digits = false;
};

// Lines end with CR LF. Throws what `sink` throws, SystemError when the converter fails.
std::unique_ptr<TableWriter> make_csv_writer(std::span<const WriteColumn> columns,
                                             const CsvWriteOptions& options, Sink sink);

struct XlsxWriteOptions {
  std::string sheet = "データ";        // Continued as データ (2) ... after 1,048,575 records.
  std::filesystem::path scratch = {};  // Empty: the system's place for temporary files.
  std::size_t hidden_columns = 0;      // The first ones, which only we read.
  // A hidden sheet kMetadataSheet with a name and a value a row.
  std::vector<std::pair<std::string, std::string>> metadata = {};
};
inline constexpr const char* kMetadataSheet = "大福帳";

// No cell is ever a formula. The file is built in `scratch` and goes to the sink in finish().
// Throws SystemError.
std::unique_ptr<TableWriter> make_xlsx_writer(std::span<const WriteColumn> columns,
                                              const XlsxWriteOptions& options, Sink sink);

}  // namespace daifuku::exchange
