#include "matching/pairs.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "matching/sort.h"

namespace daifuku::matching {

namespace {

// Pairs that wait to be united with the rest.
constexpr std::size_t kWaiting = 1'000'000;

void sort_once(std::vector<std::uint64_t>& pairs) {
  std::vector<std::uint64_t> spare;
  const std::uint64_t most = pairs.empty() ? 0 : *std::ranges::max_element(pairs);
  radix_sort(pairs, spare, static_cast<int>((std::bit_width(most) + 10) / 11), std::identity());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

std::uint64_t number_of(Pair pair) { return static_cast<std::uint64_t>(pair.a) << 32 | pair.b; }
Pair pair_of(std::uint64_t number) {
  return {static_cast<Row>(number >> 32), static_cast<Row>(number)};
}

}  // namespace

void Pairs::put(std::uint32_t number) {
  for (; number > 127; number >>= 7)
    blocks_.back().push_back(static_cast<std::uint8_t>(number | 128U));
  blocks_.back().push_back(static_cast<std::uint8_t>(number));
}

// How far the lower row is from that of the pair before, and the other from it or from its own.
void Pairs::push_back(Pair pair) {
  if (size_++ % kBlock == 0) {
    if (!blocks_.empty()) blocks_.back().shrink_to_fit();
    blocks_.emplace_back();
    last_ = {};
  }
  put(pair.a - last_.a);
  put(pair.b - (pair.a == last_.a ? last_.b : pair.a));
  last_ = pair;
}

void Pairs::drop(std::size_t block) { give_back(blocks_[block]); }

void PairSet::add(std::vector<std::uint64_t>& found) {
  sort_once(found);
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.capacity() == 0) waiting_.reserve(kWaiting + found.size());
    waiting_.insert(waiting_.end(), found.begin(), found.end());
    if (waiting_.size() >= kWaiting) unite();
  }
  found.clear();
}

Pairs PairSet::take() {
  unite();
  give_back(waiting_);
  return std::move(all_);
}

void PairSet::unite() {
  sort_once(waiting_);
  Pairs united;
  auto next = waiting_.begin();
  for (std::size_t block = 0; block < all_.blocks(); ++block) {
    all_.each_in(block, [&](Pair pair) {
      for (; next != waiting_.end() && *next < number_of(pair); ++next)
        united.push_back(pair_of(*next));
      if (next != waiting_.end() && *next == number_of(pair)) ++next;
      united.push_back(pair);
    });
    all_.drop(block);
  }
  for (; next != waiting_.end(); ++next) united.push_back(pair_of(*next));
  all_ = std::move(united);
  waiting_.clear();
}

}  // namespace daifuku::matching
