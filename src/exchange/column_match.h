// Which column of a file is which field: by the heading, by the other names a field goes by, and by
// what the cells look like. Knows fields only as plain candidates, so that it needs no metadata.
// Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/column_shape.h"
#include "exchange/header_find.h"

namespace daifuku::exchange {

// A field that a column may go to. `kind` is the name of its meta::FieldKind (text, phone,
// address's prefecture ...).
struct CandidateField {
  std::string object = {};
  std::string key = {};
  std::string kind = {};
  std::string label_ja = {};
  std::string label_en = {};
  std::vector<std::string> import_names = {};
  bool title =
      false;  // Names the record: taken by a column like 施設名 when no other heading fits.
  bool many = false;  // Several columns may go to it; their cells become several items.
};

struct ColumnSample {
  HeaderColumn header = {};
  std::vector<Cell> cells = {};
};
// The cells of each column of the rows from header.data_row on, at most `max_cells` filled ones
// each.
std::vector<ColumnSample> sample_columns(const FoundHeader& header, std::span<const Row> rows,
                                         std::size_t max_cells = 50);

enum class MatchReason : std::uint8_t {
  none,
  label,        // The heading is the field's label or key.
  import_name,  // ... another name that it is known by.
  part,         // One is contained in the other.
  content,      // The cells look like it; the heading says nothing.
  title_like,   // A heading ending in 名 or name, for the field that names the record.
};
std::string_view match_reason_name(
    MatchReason reason);  // none header import_name part content title

struct ColumnMatch {
  int field = -1;  // Place among the candidates; -1: nothing fits, the column becomes a note or a
                   // new field.
  double confidence = 0;  // 0 to 1. Below 0.5 it should be shown as a question.
  MatchReason reason = MatchReason::none;
  CellShape shape =
      CellShape::empty;            // What most cells look like, for proposing a kind of new field.
  bool content_conflicts = false;  // The heading fits, but the cells look like something else.
};

// One match a column. A field is given to one column at most unless it is `many`; the surest pairs
// are taken first, and of equal ones the leftmost column.
std::vector<ColumnMatch> match_columns(std::span<const ColumnSample> columns,
                                       std::span<const CandidateField> fields);

}  // namespace daifuku::exchange
