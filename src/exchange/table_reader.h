// Tables out of files as people send them: CSV, TSV, XLSX, vCards, calendars and JSON, read as a
// stream of rows in constant memory (calendars: in memory of the size of the file).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"

namespace daifuku::exchange {

// A cell as the person saw it in the file. Dates are ISO text (2026-04-01), date-times 2026-04-01
// 13:30 with seconds only when there are some, numbers as Excel shows them without format (1, 0.5,
// 4000020182079; 15% stays 15%).
struct Cell {
  enum class Type : std::uint8_t { empty, text, number, date, date_time, boolean, error };
  std::string text = {};
  Type type = Type::empty;

  bool empty() const { return type == Type::empty; }
  void clear() {
    text.clear();
    type = Type::empty;
  }
};
using Row = std::vector<Cell>;

std::string_view cell_type_name(Cell::Type type);

// Something the person should know about the file; it does not stop the reading. `code` has its
// text in base/messages.inc and `params` fill it. `line` is 0 when it concerns the whole file.
struct Note {
  std::string code = {};
  std::int64_t line = 0;
  Params params = {};
};

// One pass over one table. Not thread-safe; one thread at a time.
class TableReader {
 public:
  virtual ~TableReader() = default;

  // The next row that has something in it; wholly empty rows are left out. `row` is overwritten,
  // and reusing the same vector spares allocations. Trailing empty cells may be there or not. False
  // at the end. Throws AppError when the rest cannot be read (damaged file, limits), SystemError
  // when the disk fails.
  [[nodiscard]] virtual bool next(Row& row) = 0;

  // Where the row last returned begins: line of the text file, row number of the sheet; both
  // from 1.
  virtual std::int64_t line() const = 0;

  // How much of the file has been read, 0 to 1.
  virtual double progress() const = 0;

  // Notes found while reading so far; at most 100 are kept.
  virtual const std::vector<Note>& notes() const = 0;
};

enum class TableFormat { csv, tsv, xlsx, vcard, json, ics };
std::string_view table_format_name(TableFormat format);  // csv tsv xlsx vcard json ics

struct SheetInfo {
  std::string name = {};
  bool hidden = false;
};

// Cells that our writer protected against being run as formulas get their apostrophe taken off
// again.
enum class GuardUndo {
  none,
  leading,     // 'at the start of a cell, before = + - @ and the like
  everywhere,  // also after delimiters inside a cell: for files that are surely our own exports
};

struct OpenOptions {
  // Empty values mean: find out.
  std::optional<TableFormat> format = {};
  std::string encoding = {};  // A name that text/encoding.h knows: utf-8, cp932, ...
  char delimiter = 0;
  std::string sheet = {};  // Name of the sheet to read, ...
  int sheet_index = -1;    // ... or its place from 0. Neither: the first sheet that is not hidden.
  GuardUndo guard_undo = GuardUndo::leading;
  bool mend_mojibake =
      true;  // CP932 once read as Latin-1 and saved as UTF-8 is turned back, with a note.

  // Limits. Excel's own: 1,048,576 rows, 16,384 columns, 32,767 characters a cell. Text files have
  // no row limit.
  std::int64_t max_columns = 16'384;
  std::int64_t max_sheet_rows = 1'048'576;
  std::size_t max_cell_bytes = std::size_t{1} << 20;
  std::size_t max_row_bytes = std::size_t{16} << 20;
  std::uint64_t max_unpacked_bytes = std::uint64_t{256} << 20;  // Sum of all parts of an XLSX.
  std::uint64_t max_ratio = 100;  // Unpacked to packed, for parts of some size.
  int max_entries = 2'000;
  std::size_t shared_strings_in_memory = std::size_t{32}
                                         << 20;  // More goes to an unlinked file in `scratch`.
  std::filesystem::path scratch = {};            // Empty: the system's place for temporary files.
  Millis now = 0;  // Around which events that repeat are given; 0: now.
};

struct OpenedTable {
  std::unique_ptr<TableReader> reader = {};
  TableFormat format = TableFormat::csv;
  std::string encoding = {};     // Empty for XLSX.
  bool encoding_certain = true;  // False: show the preview with a choice of encodings.
  char delimiter = 0;            // 0 for XLSX.
  std::vector<SheetInfo> sheets = {};
  int sheet = 0;                 // Place of the one being read.
  std::vector<Note> notes = {};  // Found on opening; more come from the reader.
};

// Looks at the content, not at the name, and opens it. Throws AppError(unsupported) with a code
// that says what to do for what is not a table: file_empty, xls_not_supported, xlsb_not_supported,
// ods_not_supported, pdf_not_supported, image_not_supported, html_not_supported, file_not_a_table,
// workbook_encrypted; AppError(too_large) with archive_unsafe for archive bombs; AppError(invalid)
// with sheet_not_found or workbook_damaged; SystemError when the file cannot be read at all. Two
// opens of one file are independent, so a preview and an import may run in parallel.
OpenedTable open_table(const std::filesystem::path& path, const OpenOptions& options = {});

}  // namespace daifuku::exchange
