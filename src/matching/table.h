// Rows to find duplicates in, prepared field by field: each different value is kept once.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "matching/field.h"

namespace daifuku::matching {

using Row = std::uint32_t;
using ValueId = std::uint32_t;

// A list that grows without ever being copied: a million rows are too large to have twice.
template <typename Item>
class Chunks {
 public:
  std::size_t size() const { return size_; }
  Item& operator[](std::size_t i) { return chunks_[i >> kBits][i & (kChunk - 1)]; }
  const Item& operator[](std::size_t i) const { return chunks_[i >> kBits][i & (kChunk - 1)]; }
  void push_back(const Item& item) {
    *room(1) = item;
    ++size_;
  }
  // Items that lie together; at most kChunk. The place of the first.
  std::size_t append(const Item* items, std::size_t n) {
    Item* to = room(n);
    std::copy(items, items + n, to);
    const std::size_t at = size_;
    size_ += n;
    return at;
  }

 private:
  static constexpr std::size_t kBits = 14;
  static constexpr std::size_t kChunk = std::size_t{1} << kBits;
  // Where n items have room; what is left of a chunk is skipped.
  Item* room(std::size_t n) {
    if ((size_ & (kChunk - 1)) + n > kChunk) size_ = (size_ + kChunk - 1) & ~(kChunk - 1);
    if (size_ >> kBits == chunks_.size())
      chunks_.push_back(std::make_unique_for_overwrite<Item[]>(kChunk));
    return &(*this)[size_];
  }
  std::vector<std::unique_ptr<Item[]>> chunks_;
  std::size_t size_ = 0;
};

// The values of one field, each once.
class Column {
 public:
  explicit Column(Kind kind);
  Kind kind() const { return kind_; }
  std::size_t value_count() const { return values_.size(); }
  ValueView value(ValueId id) const {
    const Stored& stored = values_[id];
    return {{&letters_[stored.start], stored.length},
            has_parts_ ? parts_[id] : kNoParts,
            static_cast<std::uint64_t>(stored.signature_high) << 32 | stored.signature_low};
  }
  // That a value is asked for soon: it is somewhere in memory, and nobody has to wait for it.
  void fetch(ValueId id) const {
    __builtin_prefetch(&values_[id]);
    if (has_parts_) __builtin_prefetch(&parts_[id]);
  }
  void fetch_text(ValueId id) const { __builtin_prefetch(&letters_[values_[id].start]); }
  // Rows that have the text of this value.
  std::uint32_t frequency(ValueId id) const { return values_[id].rows; }
  // Rows that have a value with this part; 2 when there are fewer.
  std::uint32_t part_frequency(std::size_t part, ValueId id) const;
  struct Range {
    const ValueId* first;
    const ValueId* last;
    const ValueId* begin() const { return first; }
    const ValueId* end() const { return last; }
    bool empty() const { return first == last; }
    std::size_t size() const { return static_cast<std::size_t>(last - first); }
  };

 private:
  friend class Table;
  using Parts = std::array<std::uint32_t, 3>;
  static constexpr Parts kNoParts = {};
  struct Stored {  // 20 bytes
    std::uint32_t signature_low = 0;
    std::uint32_t signature_high = 0;
    std::uint32_t start = 0;
    std::uint32_t rows = 0;
    std::uint16_t length = 0;
  };
  struct PartRows {
    std::uint32_t part;
    std::uint32_t rows;
  };
  // Takes the cells of the waiting rows in; the first value of each, kNoValue or kSeveral, goes to
  // `first`.
  void take_in(Row row, ValueId* first, std::size_t step);
  ValueId add(const Prepared& value);
  void count();
  void grow();
  std::size_t slot(const Prepared& value) const;
  Range several(Row row) const;

  Kind kind_;
  bool has_parts_;
  Chunks<char16_t> letters_;
  Chunks<Stored> values_;
  Chunks<Parts> parts_;  // of kinds that have some
  // Rows with several values: their values follow each other, up to `end`.
  struct Several {
    Row row;
    std::uint32_t end;
  };
  std::vector<Several> several_;
  std::vector<ValueId> several_values_;
  std::array<std::vector<PartRows>, 3> part_rows_;  // of more than two rows, by part
  std::vector<ValueId> index_;                      // open addressing: value + 1
  struct Waiting {
    std::string cells;
    std::vector<std::uint32_t> cell_ends;
    std::vector<std::uint32_t> row_ends;  // in cells
    void swap(Waiting& other) noexcept {
      cells.swap(other.cells);
      cell_ends.swap(other.cell_ends);
      row_ends.swap(other.row_ends);
    }
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
  const ValueId* values_of(Row row) const { return &first_[row * stride_]; }
  void fetch(Row row) const { __builtin_prefetch(&first_[row * stride_]); }
  // All values of a field.
  Column::Range values_in(Row row, std::size_t field) const {
    const ValueId* first = values_of(row) + field;
    if (*first == kNoValue) return {first, first};
    return *first == kSeveral ? columns_[field].several(row) : Column::Range{first, first + 1};
  }

 private:
  void take_in();

  std::vector<Column> columns_;
  std::size_t stride_;
  Chunks<ValueId> first_;
  int threads_;
  Row rows_ = 0;
  Row waiting_ = 0;
};

}  // namespace daifuku::matching
