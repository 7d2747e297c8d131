// What a user types into the search box, and what is indexed so that it finds the record. The index
// stores only the distinct grams of a record; a query asks for the records that have all grams of
// some form of every term, then verify() looks at the text itself. For every true match by verify()
// the grams of the query are among the indexed ones (a property test holds this), so nothing is
// missed. Pure functions, thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/grams.h"

namespace daifuku::text {

// What a searchable value is, and with that how it is indexed and compared.
enum class SearchKind {
  words,   // any text, addresses and kana too
  name,    // a company name: found with and without its legal form
  phone,   // found by digits, as it is grouped or not
  digits,  // postal codes, corporate numbers: found by digits
  email,   // found by any part of it
};

struct Searchable {
  SearchKind kind = SearchKind::words;
  std::string_view value = {};  // As stored, not folded.
};

// One way to understand a term. The record must have all of `grams`.
struct Form {
  enum class Match { words, digits, email };
  Match match = Match::words;
  std::string folded = {};
  std::vector<std::string> grams = {};
};

// Any of the forms has to match; there is at least one.
struct Term {
  std::string typed = {};
  std::vector<Form> forms = {};
};

// All terms have to match. No terms: the query holds nothing that can be searched, and verify() is
// false for all.
struct SearchQuery {
  std::vector<Term> terms = {};
  bool empty() const { return terms.empty(); }
};

// White space (the ideographic one too) separates terms. At most 16 terms of at most 64 characters
// each; the rest is left out. A term that is only a legal form is left out when others remain;
// 株式会社山田 gives 山田.
SearchQuery parse_search(std::string_view typed);

// Candidate test on index tokens, mostly for tests: has `grams` what the query asks for?
bool may_match(const SearchQuery& query, const GramSet& grams);
bool verify(const SearchQuery& query, std::span<const Searchable> values);
bool matches(const Term& term, std::span<const Searchable> values);

// Each adds the grams of one value.
void index_words(std::string_view value, GramSet& grams);
void index_name(std::string_view value, GramSet& grams);
void index_phone(std::string_view value, GramSet& grams);
void index_digits(std::string_view value, GramSet& grams);
void index_email(std::string_view value, GramSet& grams);
void index_value(const Searchable& value, GramSet& grams);

// The digits of a phone number as typed, full or in part: half-width, +81 as 0, an extension left
// out.
std::string search_digits(std::string_view value);

// A mail or web address: letters and digits folded, each ASCII punctuation kept as one private-use
// character.
void fold_mail(std::string_view value, std::string& out);

// The folded spellings of a piece of a longer text, where its ends may fold otherwise beside what
// stands there: 自由が of 自由が丘 is 自由ケ too. At least one unless nothing in it counts.
std::vector<std::string> folded_parts(std::string_view piece);

}  // namespace daifuku::text
