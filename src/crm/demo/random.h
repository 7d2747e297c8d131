// The demo's own random numbers (SplitMix64, Steele et al. 2014): equal for equal seeds on every
// machine, which the distributions of the standard library do not promise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace daifuku::crm::demo {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // A stream of its own for the n-th thing, so that one company does not depend on how many others
  // there are.
  Random(std::uint64_t seed, std::uint64_t stream)
      : state_(seed * 0x9e3779b97f4a7c15ULL + stream * 0xd1342543de82ef95ULL) {
    next();
  }

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 to n - 1. The modulo's bias is nothing at these sizes.
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>((next() >> 11) % static_cast<std::uint64_t>(n));
  }
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + below(high - low + 1); }
  bool chance(int percent) { return below(100) < percent; }
  template <typename T, std::size_t N>
  const T& pick(const T (&items)[N]) {
    return items[static_cast<std::size_t>(below(static_cast<std::int64_t>(N)))];
  }
  template <typename T>
  const T& pick(std::span<const T> items) {
    return items[static_cast<std::size_t>(below(static_cast<std::int64_t>(items.size())))];
  }
  // Small values are common and large ones rare: sizes of firms and orders.
  std::int64_t skewed(std::int64_t low, std::int64_t high) {
    const std::int64_t range = high - low + 1;
    const std::int64_t a = below(range);
    const std::int64_t b = below(range);
    const std::int64_t c = below(range);
    return low + (a < b ? (a < c ? a : c) : (b < c ? b : c));
  }

 private:
  std::uint64_t state_;
};

}  // namespace daifuku::crm::demo
