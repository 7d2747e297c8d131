// The Fellegi-Sunter model (Fellegi and Sunter 1969): what the agreement of a field says about two
// rows being one, learned from the rows themselves. m is the share of a level among pairs that are
// the same, u among pairs that are not; a level weighs log2(m / u). Equal values weigh by how rare
// they are (Winkler 2000).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "matching/blocking.h"
#include "matching/table.h"

namespace daifuku::matching {

constexpr std::size_t kMostFields = 16;
constexpr Level kMissing = 15;

// A level for each field; kMissing where one of the rows has no value.
using Levels = std::array<Level, kMostFields>;

struct Comparison {
  Levels levels;
  // The rows that have what two values share, where it is a whole value or a part; otherwise 0.
  std::array<std::uint32_t, kMostFields> frequency;
};
Comparison compare_rows(const Table& table, Pair pair);

// A row by itself, outside of a table: the values of each field.
using LooseRow = std::vector<std::vector<Prepared>>;
// Of a value, the rows that have what the level says: all of it, or a part.
class Frequencies;
Comparison compare_loose(const std::vector<Kind>& kinds, const Frequencies& frequencies,
                         const LooseRow& a, const LooseRow& b);

class Model {
 public:
  struct Field {
    Kind kind = Kind::text;
    std::array<double, kMostLevels> m = {};
    std::array<double, kMostLevels> u = {};
    std::array<double, kMostLevels> seen = {};    // pairs that are the same
    std::array<double, kMostLevels> weight = {};  // in bits; never falls with the level
  };

  Model() = default;
  // One that was learned before; the weights of the fields are made anew. `prior` as prior() told.
  Model(std::vector<Field> fields, double prior);
  // What is known before anything was learned: shares measured on the Japanese companies of
  // bench/linkage_data (seed 1, 100,000 rows; docs/decisions/0019), and as if a row in twenty had a
  // twin.
  static Model usual(const std::vector<Kind>& kinds, double rows);

  // Learned without labels. u comes from pairs drawn by chance (all, when there are few rows), m by
  // expectation maximization over `candidates`, from the usual shares on, which count as a few
  // pairs. Neighbors are no pair that is the same: in a ledger with few twins they are many more
  // than these, and would be learned instead of them. The prior is counted once from the pairs that
  // are nearly sure under a first guess and then held: estimated inside of blocks it runs away.
  // Wants at most kMostFields fields.
  static Model learn(const Table& table, const Pairs& candidates, int threads = 2);

  // log2 of the odds that the two rows are one.
  double score(const Comparison& comparison, Row rows) const;
  // Of one field alone.
  double weight(std::size_t field, const Comparison& comparison, Row rows) const;

  const std::vector<Field>& fields() const { return fields_; }
  double prior() const { return prior_; }  // log2 of the odds of a pair drawn by chance

 private:
  struct Patterns;
  void set_weights();
  double bits(const Levels& levels) const;  // without frequencies
  // Nothing of the two agrees but where they are.
  bool are_neighbors(const Levels& levels) const;

  std::vector<Field> fields_;
  double prior_ = 0;
};

// Scores many pairs of a table. Of most the first few facts tell that they cannot be one, and the
// rest is not compared. Any thread; model and table outlive it.
class Scorer {
 public:
  Scorer(const Model& model, const Table& table);
  // Model::score, nullopt when that is less than `least`; `out` is whole where there is a score.
  std::optional<double> score(Pair pair, double least, Comparison& out) const;
  // What comes soon, in steps: the row, then where its values are, then their letters.
  void fetch_row(Pair pair) const { table_.fetch(pair.b); }
  void fetch_values(Pair pair) const;
  void fetch_letters(Pair pair) const;

 private:
  const Model& model_;
  const Table& table_;
  std::vector<std::size_t> order_;             // fields, those first that are compared quickly
  std::array<double, kMostFields> most_ = {};  // what a field can weigh at the most
};

}  // namespace daifuku::matching
