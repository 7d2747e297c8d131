// Finds the rows of a table that are the same, and puts them together.
#pragma once

#include <functional>
#include <vector>

#include "matching/model.h"

namespace daifuku::matching {

struct Match {
  Pair pair = {};
  double score = 0;  // log2 of the odds; 0 is as likely as not
  Levels levels = {};
};

struct Findings {
  Model model;
  std::size_t candidates = 0;
  std::vector<Match> matches = {};  // in the order of their pairs
};

struct FindOptions {
  double least = 0;  // score of a match
  int threads = 2;
  BlockingOptions blocking = {};
  // Asked often and from several threads: true breaks off, and what comes back is worth nothing.
  std::function<bool()> stop = {};
  // Hears now and then, from several threads, which share of the work is done.
  std::function<void(double share)> progress = {};
};

Findings find_duplicates(const Table& table, const FindOptions& options = {});

// The rows that are one, each set in order, sets of one row left out. Matches join from the best
// one down. Two sets stay apart when rows of them speak against it too strongly.
std::vector<std::vector<Row>> clusters(const Table& table, const Findings& findings);

}  // namespace daifuku::matching
