#include "matching/model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/error.h"
#include "matching/frequencies.h"
#include "matching/parallel.h"

namespace daifuku::matching {

namespace {

constexpr std::uint64_t kDrawnPairs = 1'000'000;
constexpr std::size_t kLearnedPairs = 500'000;
constexpr int kRounds = 20;
// So many pairs the first guess counts beside what was seen: all where nothing was, nothing where
// much.
constexpr double kGuessedSame = 20;
constexpr double kGuessedDrawn = 1;
constexpr double kLeastTwins = 0.01;  // of the rows, beside those that are seen
constexpr double kLeast = 1e-6;       // no level is impossible
constexpr double kNever = -1000;      // bits: two different numbers of organizations
constexpr double kMoved = -2;         // bits: another firm, at the most
constexpr double kNeighbors = -10;    // bits: two that agree on nothing but where they are
constexpr double kNearlySure = 3.2;   // bits: nine of ten

// Random, and the same for the same number (splitmix64).
std::uint64_t splitmix(std::uint64_t number) {
  std::uint64_t z = (number + 1) * 0x9e3779b97f4a7c15ULL;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
  return z ^ z >> 31;
}

std::uint64_t packed(const Levels& levels) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < kMostFields; ++i)
    out |= static_cast<std::uint64_t>(levels[i]) << (4 * i);
  return out;
}
Levels unpacked(std::uint64_t pattern) {
  Levels out;
  for (std::size_t i = 0; i < kMostFields; ++i)
    out[i] = static_cast<Level>(pattern >> (4 * i) & 15);
  return out;
}

// A table of fifty rows does not tell how rare a telephone number is. So many values are known to
// be in use at the least, whatever the table holds.
double least_population(Kind kind) {
  switch (kind) {
    case Kind::number:
      return 1'000'000;
    case Kind::phone:
    case Kind::email:
      return 20'000;
    case Kind::company:
    case Kind::address:
      return 5'000;
    case Kind::kana:
    case Kind::postal_code:
      return 2'000;
    case Kind::person:
    case Kind::belonging:
      return 500;
    default:
      return 1;
  }
}

// Before anything is seen: most of what is not the same looks different.
using Shares = std::array<double, kMostLevels>;
Shares guessed_drawn(Kind kind) {
  Shares out = {};
  const int top = levels(kind) - 1;
  for (int level = 0; level <= top; ++level)
    out[static_cast<std::size_t>(level)] = level == 0 ? 0.9 : 0.1 / top;
  return out;
}

// The nearest weights that never fall with the level, those seen more often counting more: pool
// adjacent violators (Ayer and others 1955). Levels that were hardly seen take after their
// neighbors.
void rise(Shares& weight, const Shares& seen, std::size_t n) {
  struct Pool {
    double weight;
    double seen;
    std::size_t levels;
  };
  std::vector<Pool> pools;
  for (std::size_t level = 0; level < n; ++level) {
    pools.push_back({weight[level], std::max(seen[level], kLeast), 1});
    while (pools.size() > 1 && pools[pools.size() - 2].weight > pools.back().weight) {
      const Pool last = pools.back();
      pools.pop_back();
      Pool& pool = pools.back();
      pool.weight = (pool.weight * pool.seen + last.weight * last.seen) / (pool.seen + last.seen);
      pool.seen += last.seen;
      pool.levels += last.levels;
    }
  }
  std::size_t level = 0;
  for (const Pool& pool : pools)
    for (std::size_t i = 0; i < pool.levels; ++i) weight[level++] = pool.weight;
}

double probability(double bits) { return 1 / (1 + std::exp2(-bits)); }

// Facts told twice count by the way that says more; where the two disagree both count.
class Sum {
 public:
  void add(Kind kind, double bits) {
    switch (kind) {
      case Kind::company:
      case Kind::person:
        name_ += bits;
        break;
      case Kind::kana:
        kana_ += bits;
        break;
      case Kind::address:
        address_ += bits;
        break;
      case Kind::postal_code:
        postal_ += bits;
        break;
      case Kind::belonging:
        belonging_ += bits;
        break;
      default:
        rest_ += bits;
    }
  }
  double total() const {
    return once(name_, kana_) + once(once(address_, postal_), belonging_) + rest_;
  }

 private:
  static double once(double a, double b) {
    return a > 0 && b > 0 ? std::max(a, b) : a < 0 && b < 0 ? std::min(a, b) : a + b;
  }
  double name_ = 0;
  double kana_ = 0;
  double address_ = 0;
  double postal_ = 0;
  double belonging_ = 0;
  double rest_ = 0;
};

}  // namespace

namespace {

// Two values of a field are that much alike; into `out` when it is more than what was before.
// `rows_with`: of a part of the left value, -1 for all of it.
template <typename RowsWith>
void take_level(Kind kind, std::size_t field, Level level, const RowsWith& rows_with,
                Comparison& out) {
  if (out.levels[field] != kMissing && level < out.levels[field]) return;
  const int part = part_of(kind, level);
  const std::uint32_t rows = level == levels(kind) - 1 ? rows_with(-1)
                             : part >= 0               ? rows_with(part)
                                                       : 0;
  out.frequency[field] = out.levels[field] == level ? std::min(out.frequency[field], rows) : rows;
  out.levels[field] = level;
}

void compare_values(const Column& column, std::size_t field, ValueId left, ValueId right,
                    Comparison& out) {
  const Kind kind = column.kind();
  const Level level = left == right ? static_cast<Level>(levels(kind) - 1)
                                    : compare(kind, column.value(left), column.value(right));
  take_level(
      kind, field, level,
      [&](int part) {
        return part < 0 ? column.frequency(left)
                        : column.part_frequency(static_cast<std::size_t>(part), left);
      },
      out);
}

Comparison nothing_compared() {
  Comparison out;
  out.levels.fill(kMissing);
  out.frequency.fill(0);
  return out;
}

bool have_both(const Table& table, Pair pair, std::size_t field) {
  return table.values_of(pair.a)[field] != Table::kNoValue &&
         table.values_of(pair.b)[field] != Table::kNoValue;
}

void compare_field(const Table& table, Pair pair, std::size_t field, Comparison& out) {
  const Column& column = table.columns()[field];
  const ValueId left = table.values_of(pair.a)[field];
  const ValueId right = table.values_of(pair.b)[field];
  if (left != Table::kSeveral && right != Table::kSeveral) {
    compare_values(column, field, left, right, out);
    return;
  }
  for (const ValueId x : table.values_in(pair.a, field))
    for (const ValueId y : table.values_in(pair.b, field)) compare_values(column, field, x, y, out);
}

// How long it takes to compare two values: numbers are told from their signatures.
int effort_of(Kind kind) {
  switch (kind) {
    case Kind::number:
    case Kind::belonging:
    case Kind::postal_code:
    case Kind::date:
    case Kind::digits:
      return 0;
    case Kind::phone:
      return 1;
    case Kind::email:
      return 2;
    case Kind::kana:
      return 3;
    case Kind::address:
      return 5;
    default:
      return 4;
  }
}

}  // namespace

Comparison compare_rows(const Table& table, Pair pair) {
  Comparison out = nothing_compared();
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    if (have_both(table, pair, i)) compare_field(table, pair, i, out);
  }
  return out;
}

Comparison compare_loose(const std::vector<Kind>& kinds, const Frequencies& frequencies,
                         const LooseRow& a, const LooseRow& b) {
  Comparison out = nothing_compared();
  const auto view = [](Kind kind, const Prepared& value) {
    return ValueView{value.text, value.parts, signature(kind, value.text)};
  };
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    for (const Prepared& x : a[i]) {
      for (const Prepared& y : b[i]) {
        take_level(
            kinds[i], i, compare(kinds[i], view(kinds[i], x), view(kinds[i], y)),
            [&](int part) { return frequencies.rows(i, part, x); }, out);
      }
    }
  }
  return out;
}

// How many pairs have which levels.
struct Model::Patterns {
  // `pair_of` gives the pair of a number; one with itself is left out.
  template <typename PairOf>
  static Patterns of(const Table& table, std::uint64_t pairs, int threads, const PairOf& pair_of) {
    constexpr std::uint64_t kAtOnce = 50'000;
    std::vector<Patterns> parts((pairs + kAtOnce - 1) / kAtOnce);
    in_parallel(parts.size(), threads, [&](std::size_t part) {
      const std::uint64_t until = std::min(pairs, (part + 1) * kAtOnce);
      for (std::uint64_t i = part * kAtOnce; i < until; ++i) {
        const Pair pair = pair_of(i);
        if (pair.a != pair.b) ++parts[part].counts[packed(compare_rows(table, pair).levels)];
      }
    });
    Patterns out;
    for (const Patterns& part : parts)
      for (const auto& [pattern, count] : part.counts) out.counts[pattern] += count;
    return out;
  }
  struct Counted {
    Levels levels;
    double count;
  };
  std::vector<Counted> list() const {
    std::vector<Counted> out;
    for (const auto& [pattern, count] : counts)
      out.push_back({unpacked(pattern), static_cast<double>(count)});
    // The same sums whatever the order of the map.
    std::ranges::sort(out, {}, [](const Counted& counted) { return packed(counted.levels); });
    return out;
  }
  std::unordered_map<std::uint64_t, std::uint64_t> counts;
};

Model::Model(std::vector<Field> fields, double prior) : fields_(std::move(fields)), prior_(prior) {
  DAIFUKU_CHECK(fields_.size() <= kMostFields);
  set_weights();
}

Model Model::learn(const Table& table, const Pairs& candidates, int threads) {
  DAIFUKU_CHECK(table.columns().size() <= kMostFields);
  const double rows = table.rows();
  std::vector<Kind> kinds;
  for (const Column& column : table.columns()) kinds.push_back(column.kind());
  const Model known = usual(kinds, rows);
  Model model;
  for (const Field& field : known.fields_)
    model.fields_.push_back({.kind = field.kind, .m = field.m, .u = guessed_drawn(field.kind)});
  const double all = rows * (rows - 1) / 2;
  if (all < 1) {
    model.set_weights();
    return model;
  }

  // All pairs of few rows: number i is in the triangle below the diagonal.
  const bool few = all <= static_cast<double>(kDrawnPairs);
  const auto chance = Patterns::of(
      table, few ? static_cast<std::uint64_t>(all) : kDrawnPairs, threads, [&](std::uint64_t i) {
        if (few) {
          auto b = static_cast<std::uint64_t>((1 + std::sqrt(1 + 8 * static_cast<double>(i))) / 2);
          if (b * (b - 1) / 2 > i) --b;
          return Pair{static_cast<Row>(i - b * (b - 1) / 2), static_cast<Row>(b)};
        }
        const std::uint64_t random = splitmix(i);
        const auto a = static_cast<Row>((random >> 32) % table.rows());
        const auto b = static_cast<Row>((random & UINT32_MAX) % table.rows());
        return Pair{std::min(a, b), std::max(a, b)};
      });
  const std::size_t step = candidates.size() / kLearnedPairs + 1;
  std::vector<Pair> sample;
  sample.reserve(candidates.size() / step + 1);
  std::size_t number = 0;
  for (std::size_t block = 0; block < candidates.blocks(); ++block) {
    candidates.each_in(block, [&](Pair pair) {
      if (number++ % step == 0) sample.push_back(pair);
    });
  }
  const auto blocked =
      Patterns::of(table, sample.size(), threads, [&](std::uint64_t i) { return sample[i]; });
  const auto drawn = chance.list();
  const auto met = blocked.list();

  // As if every second row had a twin, until what there is has been counted.
  model.prior_ = -std::log2(rows);
  using Sums = std::vector<Shares>;
  const auto estimate = [&](const std::vector<Patterns::Counted>& patterns, bool same) {
    Sums sums(model.fields_.size());
    for (const auto& [levels, count] : patterns) {
      const double p = probability(model.bits(levels));
      for (std::size_t i = 0; i < sums.size(); ++i) {
        if (levels[i] != kMissing) sums[i][levels[i]] += count * (same ? p : 1 - p);
      }
    }
    return sums;
  };
  const auto take = [&](const Sums& sums, bool same) {
    const double guess = same ? kGuessedSame : kGuessedDrawn;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      Field& field = model.fields_[i];
      const Shares before = same ? known.fields_[i].m : guessed_drawn(field.kind);
      const double total = std::accumulate(sums[i].begin(), sums[i].end(), guess);
      for (std::size_t level = 0; level < sums[i].size(); ++level)
        (same ? field.m : field.u)[level] =
            std::max((sums[i][level] + guess * before[level]) / total, kLeast);
      if (same) field.seen = sums[i];
    }
  };
  for (int round = 0; round < 2 * kRounds; ++round) {
    if (round == kRounds) {
      double sure = 0;
      for (const auto& [levels, count] : met) {
        if (model.bits(levels) > kNearlySure) sure += count;
      }
      const double twins = sure * static_cast<double>(step) + kLeastTwins * rows;
      const double share = std::min(twins / (all + 1), 0.5);
      model.prior_ = std::log2(share / (1 - share));
    }
    model.set_weights();
    take(estimate(drawn, false), false);
    model.set_weights();
    take(estimate(met, true), true);
  }
  model.set_weights();
  return model;
}

void Model::set_weights() {
  for (Field& field : fields_) {
    const auto n = static_cast<std::size_t>(levels(field.kind));
    for (std::size_t level = 0; level < n; ++level)
      field.weight[level] = std::log2(field.m[level] / field.u[level]);
    rise(field.weight, field.seen, n);
    if (field.kind == Kind::number) field.weight[0] = kNever;
    if (field.kind == Kind::belonging) field.weight[0] = std::max(field.weight[0], kMoved);
  }
}

bool Model::are_neighbors(const Levels& levels) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (levels[i] != kMissing && levels[i] > near_level(fields_[i].kind)) return false;
  }
  return true;
}

double Model::bits(const Levels& levels) const {
  if (are_neighbors(levels)) return kNeighbors;
  Sum sum;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (levels[i] != kMissing) sum.add(fields_[i].kind, fields_[i].weight[levels[i]]);
  }
  return prior_ + sum.total();
}

double Model::weight(std::size_t field, const Comparison& comparison, Row rows) const {
  const Level level = comparison.levels[field];
  if (level == kMissing) return 0;
  const Field& of = fields_[field];
  if (comparison.frequency[field] == 0) return of.weight[level];
  // If the two are one, it is one that has it, beside all others.
  const double share = std::max(comparison.frequency[field] - 1.0, 1.0) /
                       std::max(static_cast<double>(rows), least_population(of.kind));
  return std::max(std::log2(of.m[level] / share), 0.0);
}

double Model::score(const Comparison& comparison, Row rows) const {
  Sum sum;
  for (std::size_t i = 0; i < fields_.size(); ++i)
    sum.add(fields_[i].kind, weight(i, comparison, rows));
  const double bits = prior_ + sum.total();
  return are_neighbors(comparison.levels) ? std::min(bits, kNeighbors) : bits;
}

Scorer::Scorer(const Model& model, const Table& table)
    : model_(model), table_(table), order_(table.columns().size()) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::ranges::stable_sort(
      order_, {}, [&](std::size_t field) { return effort_of(table.columns()[field].kind()); });
  for (std::size_t i = 0; i < order_.size(); ++i) {
    Comparison comparison = nothing_compared();
    const int count = levels(table.columns()[i].kind());
    for (int level = 0; level < count; ++level) {
      comparison.levels[i] = static_cast<Level>(level);
      for (const std::uint32_t rows : {0U, 1U}) {
        comparison.frequency[i] = rows;
        most_[i] = std::max(most_[i], model.weight(i, comparison, table.rows()));
      }
    }
  }
}

void Scorer::fetch_values(Pair pair) const {
  const ValueId* values = table_.values_of(pair.b);
  for (const std::size_t field : order_) {
    if (values[field] < Table::kSeveral) table_.columns()[field].fetch(values[field]);
  }
}

void Scorer::fetch_letters(Pair pair) const {
  const ValueId* values = table_.values_of(pair.b);
  for (const std::size_t field : order_) {
    if (values[field] < Table::kSeveral) table_.columns()[field].fetch_text(values[field]);
  }
}

std::optional<double> Scorer::score(Pair pair, double least, Comparison& out) const {
  // What is not compared yet counts as much as it can. The sum never falls when a field rises, and
  // rounding is far below this.
  constexpr double kRounding = 1e-6;
  out = nothing_compared();
  std::array<double, kMostFields> bits = {};
  for (const std::size_t field : order_) {
    if (have_both(table_, pair, field)) bits[field] = most_[field];
  }
  for (const std::size_t field : order_) {
    if (!have_both(table_, pair, field)) continue;
    compare_field(table_, pair, field, out);
    bits[field] = model_.weight(field, out, table_.rows());
    Sum sum;
    for (std::size_t i = 0; i < order_.size(); ++i) sum.add(model_.fields()[i].kind, bits[i]);
    if (model_.prior() + sum.total() < least - kRounding) return std::nullopt;
  }
  const double score = model_.score(out, table_.rows());
  return score < least ? std::nullopt : std::optional(score);
}

}  // namespace daifuku::matching
