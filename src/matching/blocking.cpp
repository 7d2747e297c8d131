#include "matching/blocking.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

#include "matching/parallel.h"

namespace daifuku::matching {

namespace {

struct Entry {
  std::uint64_t key;
  Row row;
};
using Entries = std::vector<Entry>;

// Least significant digit first; the values are hashes or ids, so low digits tell most. `digits`
// of 11 bits are looked at.
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

// Stable.
void sort_by_key(Entries& entries, Entries& spare) {
  if (entries.size() < 4096) {
    std::ranges::stable_sort(entries, {}, &Entry::key);
    return;
  }
  // 44 bits tell blocks well enough apart to be sorted; what meets by chance is put apart after.
  const auto low = [](const Entry& entry) { return entry.key & ((std::uint64_t{1} << 44) - 1); };
  radix_sort(entries, spare, 4, low);
  for (auto first = entries.begin(); first != entries.end();) {
    auto last = first;
    bool same = true;
    while (last != entries.end() && low(*last) == low(*first)) {
      same = same && last->key == first->key;
      ++last;
    }
    if (!same)
      std::stable_sort(first, last, [](const Entry& x, const Entry& y) { return x.key < y.key; });
    first = last;
  }
}

// Pairs of the blocks that are not too large; the rows of the others in order, with their keys.
Entries split(Entries& entries, Entries& spare, std::uint32_t most,
              std::vector<std::uint64_t>& out) {
  sort_by_key(entries, spare);
  Entries large;
  for (std::size_t first = 0; first < entries.size();) {
    std::size_t last = first + 1;
    while (last < entries.size() && entries[last].key == entries[first].key) ++last;
    if (last - first <= most) {
      for (std::size_t i = first; i < last; ++i) {
        for (std::size_t j = i + 1; j < last; ++j) {
          if (entries[i].row != entries[j].row) {
            const std::uint64_t low = std::min(entries[i].row, entries[j].row);
            out.push_back(low << 32 | std::max(entries[i].row, entries[j].row));
          }
        }
      }
    } else {
      large.insert(large.end(), entries.begin() + static_cast<std::ptrdiff_t>(first),
                   entries.begin() + static_cast<std::ptrdiff_t>(last));
    }
    first = last;
  }
  std::ranges::stable_sort(large, {}, &Entry::row);
  return large;
}

// Rows that are in both, with a key of both keys.
Entries join(const Entries& a, const Entries& b) {
  Entries out;
  std::size_t j = 0;
  for (const Entry& left : a) {
    while (j < b.size() && b[j].row < left.row) ++j;
    for (std::size_t k = j; k < b.size() && b[k].row == left.row; ++k) {
      out.push_back(
          {(left.key ^ (b[k].key << 21 | b[k].key >> 43)) * 0x9e3779b97f4a7c15ULL, left.row});
    }
  }
  return out;
}

// Of several lists, each pair once, in order.
std::vector<std::uint64_t> together(std::vector<std::vector<std::uint64_t>>& lists) {
  std::vector<std::uint64_t> out;
  for (auto& list : lists) {
    out.insert(out.end(), list.begin(), list.end());
    list = {};
  }
  std::vector<std::uint64_t> spare;
  const std::uint64_t most = out.empty() ? 0 : *std::ranges::max_element(out);
  radix_sort(out, spare, static_cast<int>((std::bit_width(most) + 10) / 11), std::identity());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

std::vector<Pair> candidates(const Table& table, const BlockingOptions& options, int threads) {
  const auto& columns = table.columns();
  std::vector<std::vector<std::uint64_t>> found(columns.size());
  // By field, the rows of blocks that are too large, a list a key.
  std::vector<std::vector<Entries>> large(columns.size());
  in_parallel(columns.size(), threads, [&](std::size_t field) {
    const Column& column = columns[field];
    std::vector<BlockKeys> keys(column.value_count());
    for (ValueId id = 0; id < keys.size(); ++id)
      keys[id] = block_keys(column.kind(), column.value(id));
    Entries entries;
    Entries spare;
    for (std::size_t k = 0; k < kMostBlockKeys; ++k) {
      entries.clear();
      for (Row row = 0; row < table.rows(); ++row) {
        for (const ValueId id : column.of(row)) {
          if (keys[id][k] != 0) entries.push_back({keys[id][k], row});
        }
      }
      Entries rest =
          split(entries, spare, k == 0 ? options.most_whole : options.most_parts, found[field]);
      if (!rest.empty()) large[field].push_back(std::move(rest));
    }
  });

  struct Both {
    const Entries* a;
    const Entries* b;
  };
  std::vector<Both> both;
  for (std::size_t a = 0; a < columns.size(); ++a) {
    for (std::size_t b = a + 1; b < columns.size(); ++b) {
      if (tell_the_same(columns[a].kind(), columns[b].kind())) continue;
      for (const Entries& left : large[a])
        for (const Entries& right : large[b]) both.push_back({&left, &right});
    }
  }
  found.push_back(together(found));
  const std::size_t start = found.size();
  found.resize(start + both.size());
  in_parallel(both.size(), threads, [&](std::size_t i) {
    Entries entries = join(*both[i].a, *both[i].b);
    Entries spare;
    split(entries, spare, options.most_parts, found[start + i]);
  });

  std::vector<Pair> out;
  const auto pairs = together(found);
  out.reserve(pairs.size());
  for (const std::uint64_t pair : pairs)
    out.push_back({static_cast<Row>(pair >> 32), static_cast<Row>(pair)});
  return out;
}

}  // namespace daifuku::matching
