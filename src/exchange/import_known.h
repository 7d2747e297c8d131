// Rows of a file that stand in it twice, in memory of some tens of bytes a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "exchange/import_print.h"
#include "exchange/table_reader.h"

namespace daifuku::exchange {

// Open addressing over 64-bit hashes: a million rows cost 32 MB.
class HashSet {
 public:
  bool contains(std::uint64_t hash) const;
  bool insert(std::uint64_t hash);  // false when it was there
  std::size_t size() const { return count_; }

 private:
  void grow();
  std::vector<std::uint64_t> slots_ = {};
  std::size_t count_ = 0;
};

// Key -> the line that had it first.
class LineMap {
 public:
  // 0 when it is the first; else the line that was. `line` is never 0.
  std::int64_t insert(std::int64_t key, std::int64_t line);

 private:
  struct Slot {
    std::int64_t key = 0;
    std::int64_t line = 0;
  };
  std::size_t place(std::int64_t key) const;
  std::vector<Slot> slots_ = {};
  std::size_t count_ = 0;
};

// One import; one thread.
class FileRepeats {
 public:
  // Whether an earlier row that was remembered is surely the same customer.
  bool find(const RowPrint& print) const;
  void remember(const RowPrint& print);
  // Whether a row was given before that is the same cell by cell.
  bool seen_before(const Row& cells);

 private:
  template <typename Each>
  static bool each_hash(const RowPrint& print, bool looking, const Each& each);
  HashSet rows_ = {};
  HashSet exact_ = {};
};

}  // namespace daifuku::exchange
