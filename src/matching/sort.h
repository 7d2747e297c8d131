// Sorting of numbers by their digits.
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace daifuku::matching {

// Stable, least significant digit first. `digits` of 11 bits are looked at.
template <typename Item, typename Key>
void radix_sort(std::vector<Item>& items, std::vector<Item>& spare, int digits, const Key& key) {
  spare.resize(items.size());
  for (int shift = 0; shift < 11 * digits; shift += 11) {
    std::array<std::size_t, 2049> starts{};
    for (const Item& item : items) ++starts[(key(item) >> shift & 2047) + 1];
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    for (const Item& item : items) spare[starts[key(item) >> shift & 2047]++] = item;
    items.swap(spare);
  }
}

// Gives the room back, which `list = {}` and clear() keep.
template <typename Item>
void give_back(std::vector<Item>& list) {
  std::vector<Item>().swap(list);
}

}  // namespace daifuku::matching
