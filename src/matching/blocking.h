// Which pairs of rows are worth a comparison: those that share the key of a rare value, or two keys
// of frequent ones.
#pragma once

#include <cstdint>

#include "matching/pairs.h"

namespace daifuku::matching {

// Rows of a block whose pairs are all compared: that of a whole value, and those of parts.
struct BlockingOptions {
  std::uint32_t most_whole = 60;
  std::uint32_t most_parts = 10;
};

// Every pair once, in order. The same answer whatever the order of the rows.
Pairs candidates(const Table& table, const BlockingOptions& options = {}, int threads = 2);

}  // namespace daifuku::matching
