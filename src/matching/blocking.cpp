#include "matching/blocking.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <iterator>
#include <mutex>

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

// Pairs of the blocks that are not too large; those of the others are what comes back: the rows of
// a block one after the other, and where each ends.
struct Large {
  std::vector<Row> rows;
  std::vector<std::uint32_t> ends;
};
Large split(Entries& entries, Entries& spare, std::uint32_t most, std::vector<std::uint64_t>& out) {
  sort_by_key(entries, spare);
  Large large;
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
      for (std::size_t i = first; i < last; ++i) large.rows.push_back(entries[i].row);
      large.ends.push_back(static_cast<std::uint32_t>(large.rows.size()));
    }
    first = last;
  }
  return large;
}

// Which large block of a key a row is in: four bytes a row, and a row of several values is mostly
// in one.
class BlockOfRow {
 public:
  BlockOfRow(const Large& large, Row rows) : block_(rows, 0) {
    std::size_t at = 0;
    for (std::uint32_t block = 0; block < large.ends.size(); ++block) {
      for (; at < large.ends[block]; ++at) {
        const Row row = large.rows[at];
        if (block_[row] == 0) {
          block_[row] = block + 1;
        } else if (block_[row] != block + 1) {
          others_.push_back({block + 1, row});
        }
      }
    }
    std::ranges::stable_sort(others_, {}, &Entry::row);
  }
  // Calls `take` with each block of each row, numbered from 1; rows in order.
  template <typename Take>
  void each(const Take& take) const {
    auto other = others_.begin();
    for (Row row = 0; row < block_.size(); ++row) {
      if (block_[row] == 0) continue;
      take(row, block_[row]);
      for (; other != others_.end() && other->row == row; ++other) take(row, other->key);
    }
  }
  template <typename Take>
  void of(Row row, const Take& take) const {
    if (block_[row] == 0) return;
    take(block_[row]);
    for (auto other = std::ranges::lower_bound(others_, row, {}, &Entry::row);
         other != others_.end() && other->row == row; ++other)
      take(other->key);
  }

 private:
  std::vector<std::uint32_t> block_;
  Entries others_;
};

// Rows that are in a large block of both, with a key of both blocks.
Entries join(const BlockOfRow& a, const BlockOfRow& b) {
  Entries out;
  a.each([&](Row row, std::uint64_t left) {
    b.of(row, [&](std::uint64_t right) {
      out.push_back({(left << 32 | right) * 0x9e3779b97f4a7c15ULL, row});
    });
  });
  return out;
}

void sort_pairs(std::vector<std::uint64_t>& pairs, std::vector<std::uint64_t>& spare) {
  const std::uint64_t most = pairs.empty() ? 0 : *std::ranges::max_element(pairs);
  radix_sort(pairs, spare, static_cast<int>((std::bit_width(most) + 10) / 11), std::identity());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

// Pairs found so far, each once; lists of several threads come in one by one.
class PairSet {
 public:
  // Takes `found`, in any order and with repeats, and leaves it empty.
  void add(std::vector<std::uint64_t>& found) {
    std::vector<std::uint64_t> spare;
    sort_pairs(found, spare);
    spare = {};
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.end(), found.begin(), found.end());
    found = {};
    if (waiting_.size() > std::max(kWaiting, all_.size() / 2)) unite();
  }
  std::vector<std::uint64_t> take() {
    unite();
    return std::move(all_);
  }

 private:
  static constexpr std::size_t kWaiting = 1'000'000;
  void unite() {
    std::vector<std::uint64_t> spare;
    sort_pairs(waiting_, spare);
    spare.clear();
    spare.reserve(all_.size() + waiting_.size());
    std::ranges::set_union(all_, waiting_, std::back_inserter(spare));
    all_ = std::move(spare);
    waiting_ = {};
  }
  std::mutex mutex_;
  std::vector<std::uint64_t> all_;  // in order
  std::vector<std::uint64_t> waiting_;
};

}  // namespace

std::vector<Pair> candidates(const Table& table, const BlockingOptions& options, int threads) {
  const auto& columns = table.columns();
  // By field, which rows are in blocks that are too large, a list a key.
  std::vector<std::vector<BlockOfRow>> large(columns.size());
  PairSet all;
  in_parallel(columns.size(), threads, [&](std::size_t field) {
    const Column& column = columns[field];
    Entries entries;
    Entries spare;
    std::vector<std::uint64_t> found;
    std::vector<std::uint64_t> keys(column.value_count());  // of one sort at a time
    for (std::size_t k = 0; k < kMostBlockKeys; ++k) {
      bool any = false;
      for (ValueId id = 0; id < keys.size(); ++id) {
        keys[id] = block_keys(column.kind(), column.value(id))[k];
        any = any || keys[id] != 0;
      }
      if (!any) continue;
      entries.clear();
      for (Row row = 0; row < table.rows(); ++row) {
        for (const ValueId id : table.values_in(row, field)) {
          if (keys[id] != 0) entries.push_back({keys[id], row});
        }
      }
      const Large rest =
          split(entries, spare, k == 0 ? options.most_whole : options.most_parts, found);
      if (!rest.rows.empty()) large[field].emplace_back(rest, table.rows());
    }
    entries = {};
    spare = {};
    keys = {};
    all.add(found);
  });

  struct Both {
    const BlockOfRow* a;
    const BlockOfRow* b;
  };
  std::vector<Both> both;
  for (std::size_t a = 0; a < columns.size(); ++a) {
    for (std::size_t b = a + 1; b < columns.size(); ++b) {
      if (tell_the_same(columns[a].kind(), columns[b].kind())) continue;
      for (const BlockOfRow& left : large[a])
        for (const BlockOfRow& right : large[b]) both.push_back({&left, &right});
    }
  }
  in_parallel(both.size(), threads, [&](std::size_t i) {
    Entries entries = join(*both[i].a, *both[i].b);
    Entries spare;
    std::vector<std::uint64_t> found;
    split(entries, spare, options.most_parts, found);
    entries = {};
    spare = {};
    all.add(found);
  });
  large.clear();

  const std::vector<std::uint64_t> pairs = all.take();
  std::vector<Pair> out;
  out.reserve(pairs.size());
  for (const std::uint64_t pair : pairs)
    out.push_back({static_cast<Row>(pair >> 32), static_cast<Row>(pair)});
  return out;
}

}  // namespace daifuku::matching
