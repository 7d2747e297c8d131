#include "matching/pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

namespace daifuku::matching {
namespace {

std::vector<Pair> all_of(const Pairs& pairs) {
  std::vector<Pair> out;
  for (std::size_t block = 0; block < pairs.blocks(); ++block)
    pairs.each_in(block, [&](Pair pair) { out.push_back(pair); });
  return out;
}

std::vector<std::uint64_t> numbers(const std::vector<Pair>& pairs) {
  std::vector<std::uint64_t> out;
  for (const Pair pair : pairs) out.push_back(static_cast<std::uint64_t>(pair.a) << 32 | pair.b);
  return out;
}

TEST(Pairs, GiveBackWhatWasPutIn) {
  const std::vector<Pair> wanted{
      {0, 1}, {0, 127}, {0, 128}, {1, 2}, {130, 131}, {130, 300'000}, {4'000'000'000, UINT32_MAX}};
  Pairs pairs;
  for (const Pair pair : wanted) pairs.push_back(pair);

  EXPECT_EQ(pairs.size(), wanted.size());
  EXPECT_EQ(all_of(pairs), wanted);
  EXPECT_EQ(Pairs().blocks(), 0U);
}

TEST(Pairs, EachBlockStandsByItself) {
  std::vector<Pair> wanted;
  Pairs pairs;
  for (Row i = 0; i < 2 * Pairs::kBlock + 5; ++i) {
    wanted.push_back({i / 3, i / 3 + 1 + i % 3});
    pairs.push_back(wanted.back());
  }
  std::vector<Pair> second;
  pairs.each_in(1, [&](Pair pair) { second.push_back(pair); });

  EXPECT_EQ(pairs.blocks(), 3U);
  ASSERT_EQ(second.size(), Pairs::kBlock);
  EXPECT_EQ(second.front(), wanted[Pairs::kBlock]);
  EXPECT_EQ(all_of(pairs), wanted);
}

// More than wait at once, so that lists are united several times.
TEST(PairSet, HoldsEachPairOnceInOrder) {
  std::mt19937 random(7);
  std::vector<Pair> wanted;
  PairSet set;
  for (int list = 0; list < 6; ++list) {
    std::vector<Pair> pairs;
    for (int i = 0; i < 400'000; ++i) {
      const auto a = static_cast<Row>(random() % 1'000);
      pairs.push_back({a, a + 1 + static_cast<Row>(random() % 1'000)});
      wanted.push_back(pairs.back());
    }
    auto found = numbers(pairs);
    set.add(found);
    EXPECT_TRUE(found.empty());
  }

  const Pairs pairs = set.take();

  std::ranges::sort(wanted, std::less());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  EXPECT_EQ(pairs.size(), wanted.size());
  EXPECT_EQ(all_of(pairs), wanted);
}

}  // namespace
}  // namespace daifuku::matching
