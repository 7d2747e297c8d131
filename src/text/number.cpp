#include "text/number.h"

#include <cstddef>
#include <limits>
#include <string>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

__extension__ using Wide = __int128;

// Values are read scaled by a million; digits behind the sixth decimal cannot change what is
// rounded to four.
constexpr Wide kScale = 1'000'000;
constexpr int kPlaces = 6;
constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();

int kanji_digit(char32_t c) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  const std::size_t at = kDigits.find(c);
  if (at != std::u32string_view::npos) {
    return static_cast<int>(at);
  }
  switch (c) {
    case U'零':
      return 0;
    case U'壱':
      return 1;
    case U'弐':
      return 2;
    case U'参':
      return 3;
    default:
      return -1;
  }
}

std::int64_t small_unit(char32_t c) {
  return c == U'十' || c == U'拾' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : 0;
}

std::int64_t large_unit(char32_t c) {
  return c == U'万' || c == U'萬' ? 10'000
         : c == U'億'             ? 100'000'000
         : c == U'兆'             ? 1'000'000'000'000
                                  : 0;
}

bool is_minus(char32_t c) {
  return c == U'▲' || c == U'△' || c == U'-' || c == 0x2212 || c == 0xFF0D || c == 0x2010 ||
         c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2014 || c == 0x2015;
}

class Reader {
 public:
  explicit Reader(std::u32string_view text) : text_(text) {}

  // The whole text as a number, or nothing. Parts go from large to small: 1億2,000万3千4百.
  std::optional<Wide> read() {
    Wide total = 0;
    Wide group = 0;  // Below the next 万, 億 or 兆: 千二百 in 千二百万.
    while (at_ < text_.size()) {
      Wide part = 0;
      bool any = false;
      if (!digits(part, any)) {
        return std::nullopt;
      }
      bool unit = false;
      for (std::int64_t small = next_unit(small_unit); small != 0; small = next_unit(small_unit)) {
        part = (any || unit ? part : kScale) * small;
        unit = true;
        ++at_;
        if (part > kMost * kScale) {
          return std::nullopt;
        }
      }
      if (!any && !unit && group == 0) {
        return std::nullopt;
      }
      group += part;
      const std::int64_t large = next_unit(large_unit);
      if (large != 0) {
        ++at_;
        total += group * large;
        group = 0;
      } else if (!unit && at_ < text_.size()) {
        return std::nullopt;
      }
      if (total > kMost * kScale || group > kMost * kScale) {
        return std::nullopt;
      }
    }
    return total + group;
  }

 private:
  std::int64_t next_unit(std::int64_t (*value)(char32_t)) const {
    return at_ < text_.size() ? value(text_[at_]) : 0;
  }

  // 1,234.5 or 一二三. Leaves `any` false when there are no digits (百 alone is 100).
  bool digits(Wide& out, bool& any) {
    int decimals = -1;
    bool kanji = false;
    int since_comma = -1;
    for (; at_ < text_.size(); ++at_) {
      const char32_t c = text_[at_];
      int digit = is_ascii_digit(c) && !kanji ? static_cast<int>(c - U'0') : -1;
      if (digit < 0 && (kanji || !any) && decimals < 0) {
        digit = kanji_digit(c);
        kanji = digit >= 0;
      }
      if (digit >= 0) {
        any = true;
        since_comma += since_comma < 0 ? 0 : 1;
        if (decimals < 0) {
          out = out * 10 + digit * kScale;
        } else if (decimals < kPlaces) {
          Wide place = kScale;
          for (int i = 0; i <= decimals; ++i) {
            place /= 10;
          }
          out += digit * place;
          ++decimals;
        }
        if (out > kMost * kScale) {
          return false;
        }
      } else if ((c == U',' || c == U'、') && any && decimals < 0) {
        if (since_comma >= 0 && since_comma != 3) {
          return false;
        }
        since_comma = 0;
      } else if (c == U'.' && decimals < 0 && !kanji) {
        if (since_comma >= 0 && since_comma != 3) {
          return false;
        }
        since_comma = -1;
        decimals = 0;
      } else {
        break;
      }
    }
    return (since_comma < 0 || since_comma == 3) && (any || decimals < 0);
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
};

// Takes off a word at either end, once each way.
void strip(std::u32string& text, std::u32string_view word) {
  if (text.starts_with(word)) {
    text.erase(0, word.size());
  }
  if (text.ends_with(word)) {
    text.resize(text.size() - word.size());
  }
}

std::optional<Wide> read_number(std::string_view typed, bool percent) {
  std::u32string half;
  half_width(typed, half);
  std::u32string text;
  for (const char32_t c : half) {
    if (!is_space(c) && c != U'\'') {
      text.push_back(c);
    }
  }
  for (const std::u32string_view word :
       {std::u32string_view(U"約"), std::u32string_view(U"(税込)"), std::u32string_view(U"(税抜)"),
        std::u32string_view(U"税込"), std::u32string_view(U"税抜"), std::u32string_view(U"(概算)"),
        std::u32string_view(U"JPY"), std::u32string_view(U"jpy"), std::u32string_view(U"金")}) {
    strip(text, word);
  }
  bool negative = false;
  if (text.size() > 2 && text.front() == U'(' && text.back() == U')') {
    negative = true;
    text = text.substr(1, text.size() - 2);
  }
  // Sign and currency come in either order: -¥1,000 and ¥-1,000.
  for (int i = 0; i < 3 && !text.empty(); ++i) {
    if (is_minus(text.front())) {
      if (negative) {
        return std::nullopt;
      }
      negative = true;
      text.erase(0, 1);
    } else if (text.front() == U'+' || text.front() == U'¥' || text.front() == U'￥' ||
               text.front() == U'\\') {
      text.erase(0, 1);
    }
  }
  // ¥1,000- and 1,000円也 as on receipts.
  strip(text, U"也");
  if (!text.empty() && text.size() > 1 && (is_minus(text.back()) || text.back() == 0x30FC)) {
    text.pop_back();
  }
  if (!text.empty() && text.back() == U'円') {
    text.pop_back();
  }
  // 120名, 35社: what is counted stands behind the number.
  constexpr std::u32string_view kCounters = U"名人社件個台店本枚回";
  if (text.size() > 1 && kCounters.find(text.back()) != std::u32string_view::npos &&
      (is_ascii_digit(text[text.size() - 2]) || large_unit(text[text.size() - 2]) != 0)) {
    text.pop_back();
  }
  if (percent && !text.empty() && text.back() == U'%') {
    text.pop_back();
  }
  if (text.empty()) {
    return std::nullopt;
  }
  auto number = Reader(text).read();
  if (number && negative) {
    *number = -*number;
  }
  return number;
}

std::optional<std::int64_t> narrow(Wide value) {
  if (value > kMost || value < -kMost) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
  const auto number = read_number(text, false);
  if (!number || *number % kScale != 0) {
    return std::nullopt;
  }
  return narrow(*number / kScale);
}

std::optional<std::int64_t> parse_decimal(std::string_view text, std::int64_t scale) {
  const auto number = read_number(text, true);
  if (!number) {
    return std::nullopt;
  }
  const Wide half = *number < 0 ? -kScale / 2 : kScale / 2;
  return narrow((*number * scale + half) / kScale);
}

bool is_spreadsheet_damage(std::string_view typed) {
  std::u32string text;
  half_width(typed, text);
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && is_ascii_digit(text[i])) {
      ++i;
    }
    return i - start;
  };
  while (i < text.size() && is_space(text[i])) {
    ++i;
  }
  if (digits() != 1) {
    return false;
  }
  if (i < text.size() && text[i] == U'.') {
    ++i;
    digits();
  }
  if (i >= text.size() || (text[i] != U'E' && text[i] != U'e')) {
    return false;
  }
  ++i;
  if (i >= text.size() || text[i] != U'+') {
    return false;
  }
  ++i;
  if (digits() == 0) {
    return false;
  }
  while (i < text.size() && is_space(text[i])) {
    ++i;
  }
  return i == text.size();
}

}  // namespace daifuku::text
