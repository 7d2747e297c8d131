#include "matching/finder.h"

#include <algorithm>
#include <atomic>
#include <numeric>

#include "matching/parallel.h"
#include "matching/sort.h"

namespace daifuku::matching {

namespace {

// Bits that two rows may speak against each other when others say that they are one.
constexpr double kTolerated = -12;
// Pairs looked at before two sets are joined: more tell nothing new.
constexpr std::size_t kMostAsked = 64;
// Shares of the work, as measured with a million rows.
constexpr double kBlocked = 0.5;
constexpr double kLearned = 0.65;

std::vector<Match> score(const Scorer& scorer, const Pairs& pairs, std::size_t block,
                         double least) {
  // The second row of a pair is anywhere in memory: it is on its way while others are scored.
  constexpr std::size_t kAhead = 8;
  std::vector<Pair> all;
  all.reserve(Pairs::kBlock);
  pairs.each_in(block, [&](Pair pair) { all.push_back(pair); });
  std::vector<Match> out;
  Comparison comparison;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + 3 * kAhead < all.size()) scorer.fetch_row(all[i + 3 * kAhead]);
    if (i + 2 * kAhead < all.size()) scorer.fetch_values(all[i + 2 * kAhead]);
    if (i + kAhead < all.size()) scorer.fetch_letters(all[i + kAhead]);
    if (const auto score = scorer.score(all[i], least, comparison))
      out.push_back({all[i], *score, comparison.levels});
  }
  return out;
}

}  // namespace

Findings find_duplicates(const Table& table, const FindOptions& options) {
  const auto stopped = [&] { return options.stop && options.stop(); };
  const auto advance = [&](double share) {
    if (options.progress) options.progress(share);
  };
  Pairs pairs = candidates(table, options.blocking, options.threads);
  advance(kBlocked);
  if (stopped()) return {};
  Findings out{.model = Model::learn(table, pairs, options.threads), .candidates = pairs.size()};
  advance(kLearned);
  std::vector<std::vector<Match>> found(pairs.blocks());
  std::atomic<std::size_t> scored = 0;
  const Scorer scorer(out.model, table);
  in_parallel(found.size(), options.threads, [&](std::size_t i) {
    if (stopped()) return;
    found[i] = score(scorer, pairs, i, options.least);
    advance(kLearned +
            (1 - kLearned) * static_cast<double>(++scored) / static_cast<double>(found.size()));
  });
  pairs = {};
  std::size_t matches = 0;
  for (const auto& part : found) matches += part.size();
  out.matches.reserve(matches);
  for (auto& part : found) {
    out.matches.insert(out.matches.end(), part.begin(), part.end());
    give_back(part);
  }
  return out;
}

std::vector<std::vector<Row>> clusters(const Table& table, const Findings& findings) {
  std::vector<std::size_t> order(findings.matches.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t x, std::size_t y) {
    return findings.matches[x].score > findings.matches[y].score;
  });
  std::vector<Row> set(table.rows());
  std::iota(set.begin(), set.end(), Row{0});
  std::vector<std::vector<Row>> rows(table.rows());
  const auto members = [&](Row of) { return rows[of].empty() ? std::vector<Row>{of} : rows[of]; };
  for (const std::size_t i : order) {
    const Pair pair = findings.matches[i].pair;
    Row a = set[pair.a];
    Row b = set[pair.b];
    if (a == b) continue;
    auto left = members(a);
    auto right = members(b);
    bool apart = false;
    std::size_t asked = 0;
    for (const Row x : left) {
      for (const Row y : right) {
        if (apart || asked++ >= kMostAsked) break;
        const Pair other{std::min(x, y), std::max(x, y)};
        apart = findings.model.score(compare_rows(table, other), table.rows()) < kTolerated;
      }
    }
    if (apart) continue;
    if (left.size() < right.size()) {
      std::swap(a, b);
      std::swap(left, right);
    }
    for (const Row row : right) set[row] = a;
    left.insert(left.end(), right.begin(), right.end());
    rows[a] = std::move(left);
    rows[b].clear();
  }
  std::vector<std::vector<Row>> out;
  for (auto& one : rows) {
    if (one.size() < 2) continue;
    std::ranges::sort(one);
    out.push_back(std::move(one));
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace daifuku::matching
