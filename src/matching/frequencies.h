// How many rows have the values, and parts of values, that more than two have: what a model needs
// of a table when the table is gone. One row and two weigh the same, so the others need no place.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matching/table.h"

namespace daifuku::matching {

// Immutable but for read(); thread-safe.
class Frequencies {
 public:
  explicit Frequencies(std::size_t fields = 0) : kept_(fields) {}
  // Of each field the `most` most frequent values and parts; a place takes 8 bytes.
  static Frequencies of(const Table& table, std::size_t most = 30'000);

  // Rows that have the part of the value, or with -1 its whole text; 2 when that is not known.
  std::uint32_t rows(std::size_t field, int part, const Prepared& value) const;

  static constexpr std::size_t kTexts = 4;  // of a field: the whole value, and its parts
  // As text, and back. false when it is none; then nothing is known of it.
  std::string write(std::size_t field, std::size_t text) const;
  bool read(std::size_t field, std::size_t text, std::string_view written);

 private:
  struct Entry {
    std::uint32_t hash;
    std::uint32_t rows;
  };
  std::vector<std::array<std::vector<Entry>, kTexts>> kept_;  // sorted by hash
};

}  // namespace daifuku::matching
