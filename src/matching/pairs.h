// Pairs of rows in order, each once, packed: a million rows have seven million pairs worth a
// comparison, and most of them need four bytes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <vector>

#include "matching/table.h"

namespace daifuku::matching {

// The lower row first.
struct Pair {
  Row a = 0;
  Row b = 0;
  bool operator==(const Pair&) const = default;
  bool operator<(const Pair& other) const { return a != other.a ? a < other.a : b < other.b; }
};

// Written once, from the lowest pair up; then read block by block, from any thread.
class Pairs {
 public:
  static constexpr std::size_t kBlock = 16'384;

  void push_back(Pair pair);
  std::size_t size() const { return size_; }
  std::size_t blocks() const { return blocks_.size(); }
  // Calls `take` with the pairs of a block in order: all blocks but the last hold kBlock.
  template <typename Take>
  void each_in(std::size_t block, const Take& take) const {
    std::size_t left = std::min(kBlock, size_ - block * kBlock);
    const std::uint8_t* at = blocks_[block].data();
    for (Pair pair; left > 0; --left) {
      const std::uint32_t further = number(at);
      if (further != 0) pair = {pair.a + further, pair.a + further};
      pair.b += number(at);
      take(pair);
    }
  }
  // The pairs of a block are gone; only those of others may be asked for.
  void drop(std::size_t block);

 private:
  static std::uint32_t number(const std::uint8_t*& at) {
    std::uint32_t out = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint8_t byte = *at++;
      out |= (byte & 127U) << shift;
      if (byte < 128) return out;
    }
  }
  void put(std::uint32_t number);

  std::vector<std::vector<std::uint8_t>> blocks_;
  std::size_t size_ = 0;
  Pair last_;
};

// Gathers pairs in any order and with repeats, lists of several threads one by one. What waits is
// united with the rest now and then, so that all of it is never there unpacked.
class PairSet {
 public:
  // Row a in the upper half. Takes `found` and leaves it empty, with its room.
  void add(std::vector<std::uint64_t>& found);
  Pairs take();

 private:
  void unite();

  std::mutex mutex_;
  Pairs all_;
  std::vector<std::uint64_t> waiting_;
};

}  // namespace daifuku::matching
