#include "text/grams.h"

#include <algorithm>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

// Each pair of digits is one private-use character, so that it is a token of its own whatever it
// stands by; four digits are two of them.
constexpr char32_t kDigitPairs = 0xE000;  // to E063

// One or two code points of 21 bits each, or kRun narrow characters of 8 bits each with the highest
// bit set.
using Gram = std::uint64_t;
constexpr Gram kNarrow = Gram{1} << 63U;
constexpr std::size_t kRun = 4;
// The runs of a query: each shares two characters with the next, which is nearly as good as all.
constexpr std::size_t kRunStep = 2;
constexpr std::size_t kTellingDigits = 8;

Gram pack(char32_t first, char32_t second = 0) { return (Gram{first} << 21U) | second; }

// 0: not a narrow character.
std::uint8_t narrow_code(char32_t c) {
  if (is_ascii_alnum(c)) return static_cast<std::uint8_t>(c);
  const bool punctuation = c > kNarrowPunctuation && c < kNarrowPunctuation + 0x80;
  return punctuation ? static_cast<std::uint8_t>(0x80U | (c - kNarrowPunctuation)) : 0;
}

// The last kRun of the characters that were shifted into `codes`.
Gram pack_run(Gram codes) { return kNarrow | (codes & ((Gram{1} << (8U * kRun)) - 1U)); }

void append_gram(Gram gram, std::string& out) {
  if ((gram & kNarrow) != 0) {
    for (std::size_t i = kRun; i-- > 0;) {
      const char32_t code = gram >> (8U * i) & 0xFFU;
      append_utf8(code < 0x80 ? code : kNarrowPunctuation + (code & 0x7FU), out);
    }
    return;
  }
  append_utf8(static_cast<char32_t>(gram >> 21U), out);
  if ((gram & 0x1FFFFFU) != 0) {
    append_utf8(static_cast<char32_t>(gram & 0x1FFFFFU), out);
  }
}

std::vector<std::string> gram_texts(std::vector<Gram> packed) {
  std::ranges::sort(packed);
  packed.erase(std::unique(packed.begin(), packed.end()), packed.end());
  std::vector<std::string> grams;
  grams.reserve(packed.size());
  for (const Gram gram : packed) append_gram(gram, grams.emplace_back());
  return grams;
}

char32_t pair_code(std::string_view digits, std::size_t i) {
  return kDigitPairs + static_cast<char32_t>((digits[i] - '0') * 10 + (digits[i + 1] - '0'));
}
Gram digit_pair(std::string_view digits, std::size_t i) { return pack(pair_code(digits, i)); }
Gram digit_run(std::string_view digits, std::size_t i) {
  return pack(pair_code(digits, i), pair_code(digits, i + 2));
}

// Where the runs of a query of `length` characters begin, the last one at its end.
template <typename Work>
void each_run(std::size_t length, const Work& work) {
  for (std::size_t i = 0; i + kRun < length; i += kRunStep) work(i);
  work(length - kRun);
}

}  // namespace

void GramSet::add(std::string_view folded) {
  char32_t before = 0;
  Gram codes = 0;
  std::size_t length = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_code_point(folded, at);
    grams_.push_back(pack(c));
    if (before != 0) {
      grams_.push_back(pack(before, c));
    }
    before = c;
    const std::uint8_t narrow = narrow_code(c);
    codes = codes << 8U | narrow;
    length = narrow == 0 ? 0 : length + 1;
    if (length >= kRun) grams_.push_back(pack_run(codes));
    sorted_ = false;
  }
}

void GramSet::add_digits(std::string_view digits) {
  for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
    grams_.push_back(digit_pair(digits, i));
    if (i + kRun <= digits.size()) grams_.push_back(digit_run(digits, i));
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
  std::u32string letters;
  decode_utf8(gram, letters);
  if (letters.empty() || (letters.size() > 2 && letters.size() != kRun)) return false;
  Gram wanted = 0;
  if (letters.size() <= 2) {
    wanted = pack(letters[0], letters.size() == 2 ? letters[1] : 0);
  } else {
    for (const char32_t c : letters) wanted = wanted << 8U | narrow_code(c);
    wanted |= kNarrow;
  }
  return std::ranges::binary_search(grams_, wanted);
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

std::vector<std::string> query_grams(std::string_view folded_query) {
  std::u32string text;
  decode_utf8(folded_query, text);
  if (text.size() == 1) return gram_texts({pack(text[0])});
  std::vector<Gram> packed;
  for (std::size_t begin = 0; begin < text.size();) {
    // Narrow characters in a row, and the pair that leads out of them.
    Gram codes = 0;
    std::size_t length = 0;
    std::vector<Gram> upto;  // the codes as far as each character
    for (; begin + length < text.size(); ++length) {
      const std::uint8_t narrow = narrow_code(text[begin + length]);
      if (narrow == 0) break;
      codes = codes << 8U | narrow;
      upto.push_back(codes);
    }
    if (length >= kRun) {
      each_run(length, [&](std::size_t i) { packed.push_back(pack_run(upto[i + kRun - 1])); });
    } else {
      for (std::size_t i = 1; i < length; ++i)
        packed.push_back(pack(text[begin + i - 1], text[begin + i]));
    }
    const std::size_t last = begin + std::max<std::size_t>(length, 1) - 1;
    if (last + 1 < text.size()) packed.push_back(pack(text[last], text[last + 1]));
    begin = last + 1;
  }
  return gram_texts(std::move(packed));
}

std::vector<std::string> query_digit_grams(std::string_view digits) {
  std::vector<Gram> packed;
  if (digits.size() >= kRun) {
    // Numbers share their heads (090, area codes) with many others: the tail tells them apart.
    digits.remove_prefix(digits.size() - std::min(digits.size(), kTellingDigits));
    each_run(digits.size(), [&](std::size_t i) { packed.push_back(digit_run(digits, i)); });
  } else {
    for (std::size_t i = 0; i + 2 <= digits.size(); ++i) packed.push_back(digit_pair(digits, i));
  }
  return gram_texts(std::move(packed));
}

bool contains_folded(std::string_view folded_text, std::string_view folded_query) {
  return folded_text.find(folded_query) != std::string_view::npos;
}

}  // namespace daifuku::text
