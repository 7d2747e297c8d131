// Rows to find duplicates in, prepared field by field: each different value is kept once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "matching/field.h"

namespace daifuku::matching {

using Row = std::uint32_t;
using ValueId = std::uint32_t;

// One field of all rows. A row may have several values (phones), or none.
class Column {
 public:
  explicit Column(Kind kind) : kind_(kind) {}
  Kind kind() const { return kind_; }
  std::size_t value_count() const { return values_.size(); }
  ValueView value(ValueId id) const {
    const Stored& stored = values_[id];
    return {{letters_.data() + stored.start, stored.length}, stored.parts, stored.signature};
  }
  // Rows that have the text of this value.
  std::uint32_t frequency(ValueId id) const { return values_[id].rows; }
  // Rows that have a value with this part.
  std::uint32_t part_frequency(std::size_t part, ValueId id) const {
    const auto found = part_rows_[part].find(values_[id].parts[part]);
    return found == part_rows_[part].end() ? 0 : found->second;
  }
  struct Range {
    const ValueId* first;
    const ValueId* last;
    const ValueId* begin() const { return first; }
    const ValueId* end() const { return last; }
    bool empty() const { return first == last; }
    std::size_t size() const { return static_cast<std::size_t>(last - first); }
  };
  Range of(Row row) const { return {ids_.data() + starts_[row], ids_.data() + starts_[row + 1]}; }

 private:
  friend class Table;
  struct Stored {
    std::uint64_t signature = 0;
    std::uint32_t start = 0;
    std::uint32_t rows = 0;
    std::array<std::uint32_t, 3> parts = {};
    std::uint16_t length = 0;
  };
  // Takes the cells of the waiting rows in.
  void take_in();
  void add(const Prepared& value);
  void count();
  void grow();
  std::size_t slot(const Prepared& value) const;

  Kind kind_;
  std::u16string letters_;
  std::vector<Stored> values_;
  std::vector<ValueId> ids_;
  std::vector<std::uint32_t> starts_{0};
  std::array<std::unordered_map<std::uint32_t, std::uint32_t>, 3> part_rows_;
  std::vector<ValueId> index_;  // open addressing: value + 1
  struct Waiting {
    std::string cells;
    std::vector<std::uint32_t> cell_ends;
    std::vector<std::uint32_t> row_ends;  // in cells
  };
  Waiting waiting_;
  Prepared prepared_;
};

class Table {
 public:
  // `threads`: how many prepare cells.
  explicit Table(const std::vector<Kind>& kinds, int threads = 2);
  // A row: its cells one by one, then end_row(). A cell that says nothing is none.
  void add(std::size_t field, std::string_view cell);
  void end_row();
  // After the last row, before anything is asked.
  void finish();

  Row rows() const { return rows_; }
  const std::vector<Column>& columns() const { return columns_; }
  // The value of a field where a row has just one, kNoValue or kSeveral; all fields of a row lie
  // together.
  static constexpr ValueId kNoValue = UINT32_MAX;
  static constexpr ValueId kSeveral = UINT32_MAX - 1;
  const ValueId* values_of(Row row) const { return &first_[row * columns_.size()]; }

 private:
  void take_in();

  std::vector<Column> columns_;
  std::vector<ValueId> first_;
  int threads_;
  Row rows_ = 0;
  Row waiting_ = 0;
};

}  // namespace daifuku::matching
