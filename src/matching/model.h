// The Fellegi-Sunter model (Fellegi and Sunter 1969): what the agreement of a field says about two
// rows being one, learned from the rows themselves. m is the share of a level among pairs that are
// the same, u among pairs that are not; a level weighs log2(m / u). Equal values weigh by how rare
// they are (Winkler 2000).
#pragma once

#include <array>
#include <cstdint>
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

class Model {
 public:
  struct Field {
    Kind kind = Kind::text;
    std::array<double, kMostLevels> m = {};
    std::array<double, kMostLevels> u = {};
    std::array<double, kMostLevels> seen = {};    // pairs that are the same
    std::array<double, kMostLevels> weight = {};  // in bits; never falls with the level
  };

  // Learned without labels. u comes from pairs drawn by chance (all, when there are few rows), m by
  // expectation maximization over `candidates`. The prior is counted once from the pairs that are
  // nearly sure under a first guess and then held: estimated inside of blocks it runs away. Wants
  // at most kMostFields fields.
  static Model learn(const Table& table, const std::vector<Pair>& candidates, int threads = 2);

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

  std::vector<Field> fields_;
  double prior_ = 0;
};

}  // namespace daifuku::matching
