// The table of a file that is to be imported.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "exchange/header_find.h"
#include "exchange/import_settings.h"
#include "exchange/table_reader.h"

namespace daifuku::exchange {

// An opened file with its header found. One pass; one thread.
class ImportTable {
 public:
  // Errors as open_table(). AppError(invalid, "import_empty") when there is no record in it.
  ImportTable(const std::filesystem::path& path, const ImportSettings& settings);

  // The next row below the header. Values that the file holds in several columns (102|-|0085) are
  // joined in the first of them. `line` is that of the file.
  bool next(Row& row, std::int64_t& line);

  const OpenedTable& opened() const { return opened_; }
  TableReader& reader() { return *opened_.reader; }
  const FoundHeader& header() const { return header_; }
  std::int64_t header_line() const;                       // 0 when there is none
  const std::vector<Row>& head() const { return head_; }  // first rows, the header's too, joined
  // The product wrote it, and every row of it is a record; `whole`: with all fields.
  bool own() const { return own_; }
  bool whole() const { return whole_; }
  // Rows stand in it as records, not as a person laid them out: none of them is a title or a sum.
  bool plain() const { return own_ || opened_.format == TableFormat::json || calendar(); }
  // Of a calendar: its events have numbers of their own, and what it says of people only ever finds
  // them.
  bool calendar() const { return opened_.format == TableFormat::ics; }
  bool is_joined_away(std::size_t column) const;  // its value is in an earlier column

 private:
  void read_head(const std::filesystem::path& path, const OpenOptions& options);
  void join(Row& row) const;
  OpenedTable opened_;
  std::vector<Row> head_ = {};
  std::vector<std::int64_t> lines_ = {};
  std::size_t next_ = 0;
  FoundHeader header_ = {};
  bool own_ = false;
  bool whole_ = false;
};

}  // namespace daifuku::exchange
