#include "text/grams.h"

#include <algorithm>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

// Each 2- and 3-gram of digits is one private-use character, so that it is a token of its own
// whatever it stands by.
constexpr char32_t kDigitPairs = 0xE000;    // to E063
constexpr char32_t kDigitTriples = 0xE100;  // to E4E7

std::uint64_t pack(char32_t first, char32_t second = 0) {
  return (std::uint64_t{first} << 21U) | second;
}

void append_gram(std::uint64_t gram, std::string& out) {
  append_utf8(static_cast<char32_t>(gram >> 21U), out);
  if ((gram & 0x1FFFFFU) != 0) {
    append_utf8(static_cast<char32_t>(gram & 0x1FFFFFU), out);
  }
}

std::string gram_text(std::uint64_t gram) {
  std::string out;
  append_gram(gram, out);
  return out;
}

char32_t digit_at(std::string_view digits, std::size_t i) {
  return static_cast<char32_t>(digits[i] - '0');
}

}  // namespace

void GramSet::add(std::string_view folded) {
  char32_t before = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_code_point(folded, at);
    grams_.push_back(pack(c));
    if (before != 0) {
      grams_.push_back(pack(before, c));
    }
    before = c;
    sorted_ = false;
  }
}

void GramSet::add_digits(std::string_view digits) {
  for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
    const char32_t pair = digit_at(digits, i) * 10 + digit_at(digits, i + 1);
    grams_.push_back(pack(kDigitPairs + pair));
    if (i + 2 < digits.size()) {
      grams_.push_back(pack(kDigitTriples + pair * 10 + digit_at(digits, i + 2)));
    }
    sorted_ = false;
  }
}

void GramSet::clear() {
  grams_.clear();
  sorted_ = true;
}

void GramSet::sort() const {
  if (!sorted_) {
    std::ranges::sort(grams_);
    grams_.erase(std::unique(grams_.begin(), grams_.end()), grams_.end());
    sorted_ = true;
  }
}

std::size_t GramSet::size() const {
  sort();
  return grams_.size();
}

bool GramSet::contains(std::string_view gram) const {
  sort();
  std::size_t at = 0;
  const char32_t first = gram.empty() ? 0 : next_code_point(gram, at);
  const char32_t second = at < gram.size() ? next_code_point(gram, at) : 0;
  return at == gram.size() && std::ranges::binary_search(grams_, pack(first, second));
}

void GramSet::write(std::string& out) const {
  sort();
  out.clear();
  for (const std::uint64_t gram : grams_) {
    if (!out.empty()) {
      out.push_back(' ');
    }
    append_gram(gram, out);
  }
}

std::string GramSet::str() const {
  std::string out;
  write(out);
  return out;
}

void add_grams(std::string_view folded, std::string& out_tokens) {
  GramSet grams;
  grams.add(folded);
  if (!grams.empty()) {
    if (!out_tokens.empty()) {
      out_tokens.push_back(' ');
    }
    out_tokens += grams.str();
  }
}

std::vector<std::string> query_grams(std::string_view folded_query) {
  std::vector<std::uint64_t> packed;
  char32_t before = 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < folded_query.size(); ++count) {
    const char32_t c = next_code_point(folded_query, at);
    if (count > 0) {
      packed.push_back(pack(before, c));
    }
    before = c;
  }
  if (count == 1) {
    packed.push_back(pack(before));
  }
  std::ranges::sort(packed);
  packed.erase(std::unique(packed.begin(), packed.end()), packed.end());
  std::vector<std::string> grams;
  std::ranges::transform(packed, std::back_inserter(grams), gram_text);
  return grams;
}

std::vector<std::string> query_digit_grams(std::string_view digits) {
  std::vector<std::uint64_t> packed;
  if (digits.size() == 2) {
    packed.push_back(pack(kDigitPairs + digit_at(digits, 0) * 10 + digit_at(digits, 1)));
  }
  for (std::size_t i = 0; i + 2 < digits.size(); ++i) {
    packed.push_back(pack(kDigitTriples + digit_at(digits, i) * 100 + digit_at(digits, i + 1) * 10 +
                          digit_at(digits, i + 2)));
  }
  std::ranges::sort(packed);
  packed.erase(std::unique(packed.begin(), packed.end()), packed.end());
  std::vector<std::string> grams;
  std::ranges::transform(packed, std::back_inserter(grams), gram_text);
  return grams;
}

bool contains_folded(std::string_view folded_text, std::string_view folded_query) {
  return folded_text.find(folded_query) != std::string_view::npos;
}

}  // namespace daifuku::text
