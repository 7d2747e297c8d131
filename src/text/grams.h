// 1- and 2-grams of folded text (text/fold.h), the tokens of the search index. A gram is one or two
// code points; none holds white space or ASCII punctuation, so tokens joined by spaces suit any
// tokenizer that splits at white space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::text {

// Distinct grams over all texts added to it. Grams never cross from one text to the next. Not
// thread-safe.
class GramSet {
 public:
  // 1- and 2-grams of `folded`, which must be valid UTF-8.
  void add(std::string_view folded);
  // 2- and 3-grams of a string of ASCII digits, in their own namespace: each is one private-use
  // character of U+E000 to U+E4E7, so that a phone number never meets the digits of an address.
  void add_digits(std::string_view digits);
  void clear();

  bool empty() const { return grams_.empty(); }
  std::size_t size() const;
  bool contains(std::string_view gram) const;
  // Sorted by code point, separated by single spaces; replaces `out`.
  void write(std::string& out) const;
  std::string str() const;

 private:
  void sort() const;

  // Two code points of 21 bits each, packed; sorted and made distinct when read.
  mutable std::vector<std::uint64_t> grams_;
  mutable bool sorted_ = true;
};

// The grams of one folded text appended to `out_tokens`, with a space between when it is not empty.
// For several fields of a record use GramSet, which keeps them distinct over all.
void add_grams(std::string_view folded, std::string& out_tokens);

// The distinct grams that every text which contains the query must have: its 2-grams, or itself
// when it is one character; empty for an empty query.
std::vector<std::string> query_grams(std::string_view folded_query);
// The same for digits added by add_digits: 3-grams, or one 2-gram; empty below two digits.
std::vector<std::string> query_digit_grams(std::string_view digits);

bool contains_folded(std::string_view folded_text, std::string_view folded_query);

}  // namespace daifuku::text
