#include "matching/blocking.h"

#include <algorithm>
#include <vector>

#include "matching/parallel.h"
#include "matching/sort.h"

namespace daifuku::matching {

namespace {

// Keys are hashes of 32 bits: two that meet by chance, a hundred among a million, make some pairs
// more.
using Key = std::uint32_t;
struct Entry {
  Key key;
  Row row;
};
using Entries = std::vector<Entry>;

// 0 stays: it stands for no key.
Key short_key(std::uint64_t key) {
  const auto folded = static_cast<Key>(key ^ key >> 32);
  return key != 0 && folded == 0 ? 1 : folded;
}

// Stable.
void sort_by_key(Entries& entries, Entries& spare) {
  if (entries.size() < 4096) {
    std::ranges::stable_sort(entries, {}, &Entry::key);
    return;
  }
  radix_sort(entries, spare, 3, [](const Entry& entry) { return entry.key; });
}

// Pairs that a thread gathers before they are put to the others.
constexpr std::size_t kFoundAtOnce = 250'000;

// Pairs of the blocks that are not too large; those of the others are what comes back: the rows of
// a block one after the other, and where each ends.
struct Large {
  std::vector<Row> rows;
  std::vector<std::uint32_t> ends;
};
Large split(Entries& entries, Entries& spare, std::uint32_t most, std::vector<std::uint64_t>& found,
            PairSet& all) {
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
            found.push_back(low << 32 | std::max(entries[i].row, entries[j].row));
          }
        }
      }
      if (found.size() >= kFoundAtOnce) all.add(found);
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
      out.push_back({short_key((left << 32 | right) * 0x9e3779b97f4a7c15ULL), row});
    });
  });
  return out;
}

}  // namespace

Pairs candidates(const Table& table, const BlockingOptions& options, int threads) {
  const auto& columns = table.columns();
  // By field, which rows are in blocks that are too large, a list a key.
  std::vector<std::vector<BlockOfRow>> large(columns.size());
  PairSet all;
  in_parallel(columns.size(), threads, [&](std::size_t field) {
    const Column& column = columns[field];
    Entries entries;
    Entries spare;
    std::vector<std::uint64_t> found;
    std::vector<Key> keys(column.value_count());  // of one sort at a time
    for (std::size_t k = 0; k < kMostBlockKeys; ++k) {
      bool any = false;
      for (ValueId id = 0; id < keys.size(); ++id) {
        keys[id] = short_key(block_keys(column.kind(), column.value(id))[k]);
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
          split(entries, spare, k == 0 ? options.most_whole : options.most_parts, found, all);
      if (!rest.rows.empty()) large[field].emplace_back(rest, table.rows());
    }
    give_back(entries);
    give_back(spare);
    give_back(keys);
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
    split(entries, spare, options.most_parts, found, all);
    give_back(entries);
    give_back(spare);
    all.add(found);
  });
  large.clear();

  return all.take();
}

}  // namespace daifuku::matching
