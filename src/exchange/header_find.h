// Where the header of a table is, and where its records begin: files start with titles, notes and
// merged headings, or have no header at all. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

struct HeaderColumn {
  std::string name =
      {};  // Unique in the table: 定員, 定員 (2), 列3; merged headings joined: 住所 郵便番号.
  std::string label =
      {};  // The lowest heading alone, as in the file: 郵便番号. Empty when `generated`.
  bool generated = false;  // The file has no heading here.
};

// One value over several columns, as forms printed from Excel have it: 102 | - | 0085.
struct CompositeColumn {
  enum class Kind : std::uint8_t { postal_code, phone };
  Kind kind = Kind::phone;
  std::size_t first = 0;
  std::size_t count = 0;
};

struct FoundHeader {
  bool has_header = false;
  std::size_t first_row =
      0;  // Places in the rows given. Header rows are first_row .. data_row - 1, none when equal.
  std::size_t data_row = 0;
  std::vector<std::string> titles = {};    // The lines above, cells joined by a space.
  std::vector<HeaderColumn> columns = {};  // Without empty columns at the end.
  std::vector<CompositeColumn> composites = {};
  double typical_fill = 0;  // Filled cells of a record; for judge_row().
  double confidence = 0;    // 0 to 1; ask the person when it is below 0.5.
};

// `rows` are the first of the file, 50 are plenty, empty ones left out as a TableReader does.
FoundHeader find_header(std::span<const Row> rows);
// The person said where it is: `header_rows` rows from `first_row` on, 0 for a table without.
FoundHeader take_header(std::span<const Row> rows, std::size_t first_row, std::size_t header_rows);

enum class RowKind : std::uint8_t {
  record,
  note,             // ※ ... or 出典: ... below the records
  total,            // 合計
  repeated_header,  // of a second file or page
};
RowKind judge_row(const FoundHeader& header, const Row& row);

// The cells of a composite as one text: 102-0085. Empty when all are.
std::string join_composite(const CompositeColumn& composite, const Row& row);

// Line breaks and runs of white space made one space, none between Japanese characters.
std::string one_line(std::string_view text);

}  // namespace daifuku::exchange
