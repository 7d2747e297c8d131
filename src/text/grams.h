// Grams of folded text (text/fold.h), the tokens of the search index: every character and every
// pair, and of narrow characters, whose kinds are too few for pairs to tell a million records
// apart, every four in a row. None holds white space or ASCII punctuation, so tokens joined by
// spaces suit any tokenizer that splits at white space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::text {

// The kinds of characters that mail and web addresses are made of: ASCII letters and digits, and
// ASCII punctuation as private-use characters from here on (text/search_query.h fold_mail).
inline constexpr char32_t kNarrowPunctuation = 0xE500;

// Distinct grams over all texts added to it. Grams never cross from one text to the next. Not
// thread-safe.
class GramSet {
 public:
  // `folded` must be valid UTF-8.
  void add(std::string_view folded);
  // 2- and 4-grams of a string of ASCII digits, in their own namespace: one or two private-use
  // characters of U+E000 to U+E063, so that a phone number never meets the digits of an address.
  void add_digits(std::string_view digits);
  void clear();

  bool empty() const { return grams_.empty(); }
  std::size_t size() const;
  bool contains(std::string_view gram) const;
  // In a fixed order, separated by single spaces; replaces `out`.
  void write(std::string& out) const;
  std::string str() const;

 private:
  void sort() const;

  // Packed; sorted and made distinct when read.
  mutable std::vector<std::uint64_t> grams_;
  mutable bool sorted_ = true;
};

// The distinct grams that every text which contains the query must have, the longest that are
// indexed: few lists to cross, and short ones. Itself when it is one character; empty for an empty
// query.
std::vector<std::string> query_grams(std::string_view folded_query);
// The same for digits added by add_digits; empty below two digits.
std::vector<std::string> query_digit_grams(std::string_view digits);

bool contains_folded(std::string_view folded_text, std::string_view folded_query);

}  // namespace daifuku::text
