// The grammar of CSV and TSV, over UTF-8: RFC 4180 and what Excel makes of text that breaks it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

// Parses one record at a time out of a buffer that the caller owns and fills up. Records end with
// LF, CR LF or CR, in any mixture. Quoted cells may hold delimiters, line breaks (given as LF) and
// doubled quotes; a quote inside an unquoted cell is a quote. ="0123" is the text 0123. An opening
// quote that never closes would swallow the rest of the file. It is taken as a plain character when
// no closing quote comes within max_cell_bytes or the file, when text follows a closing quote some
// lines below, or when the lines in between look like records themselves; recovered() then tells.
// Works in constant memory, linear time; one thread.
class CsvParser {
 public:
  CsvParser(char delimiter, const OpenOptions& options);

  enum class Result { record, more, end };
  // Parses the record at the front of `buffer`. `last` says that nothing follows the buffer.
  // `more`: give the same bytes again with more behind them. `row` gets one cell a field; wholly
  // empty lines give an empty row. Throws AppError row_too_long, too_many_columns.
  Result parse(std::string_view buffer, bool last, Row& row);

  // Of the record last returned.
  std::size_t consumed() const { return consumed_; }  // Bytes, line end included.
  std::int64_t lines() const { return lines_; }       // Line breaks that it spans.
  bool recovered() const { return !literal_.empty(); }

 private:
  enum class Step { field, more, restart };
  Step quoted(std::string_view buffer, bool last, Cell& cell);
  Step unquoted(std::string_view buffer, bool last, Cell& cell);
  bool looks_swallowed(std::string_view inside) const;
  void finish_cell(Cell& cell) const;
  bool ends_field(char c) const { return c == delimiter_ || c == '\n' || c == '\r'; }

  char delimiter_;
  const OpenOptions options_;  // A copy: callers pass temporaries.
  std::size_t at_ = 0;
  std::size_t consumed_ = 0;
  std::int64_t lines_ = 0;
  std::size_t expected_columns_ = 0;
  std::vector<std::size_t> literal_ =
      {};  // Opening quotes of this record that are taken as plain characters.
};

// The most likely of , TAB ; | by how evenly it divides the records of the sample; a comma when
// nothing divides them.
char detect_delimiter(std::string_view sample, bool complete);

}  // namespace daifuku::exchange
