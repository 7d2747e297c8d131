// How a condition "contains" or "starts" compares: ㈱ or 株式会社, ﾔﾏﾀﾞ or ヤマダ, 髙橋 or 高橋,
// upper or lower case are one. A stored value becomes lines, one a spelling; it matches when any
// part of the needle stands in them. The embedded store asks for the lines in SQL, the other reads
// them here, so that both find the same. Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daifuku::text {

enum class FilterText {
  words = 0,
  name = 1,    // a company: the legal form in any spelling
  digits = 2,  // phone, postal code, numbers: however grouped
  marks = 3,   // mail and web addresses: punctuation counts
};

// Each line begins with a newline, so that a part that begins with one is found at the start only.
void filter_lines(FilterText kind, std::string_view value, std::string& out);

struct FilterNeedle {
  // Any of them; empty when nothing of what was typed counts (only punctuation): then the texts
  // themselves have to be compared.
  std::vector<std::string> parts = {};
  // For each part the grams (text/grams.h) that the search index holds of every value it is found
  // in; empty when it cannot tell.
  std::vector<std::vector<std::string>> grams = {};
};
FilterNeedle filter_needle(FilterText kind, std::string_view typed, bool at_start);

bool filter_matches(const FilterNeedle& needle, std::string_view lines);

}  // namespace daifuku::text
