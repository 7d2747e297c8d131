#include "text/char_map.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/error.h"
#include "text/code_points.h"

namespace daifuku::text {
namespace {

constexpr std::u32string_view kVariants =
#include "text/variants.inc"
    ;
static_assert(kVariants.size() % 2 == 0);

const UNormalizer2* normalizer(bool casefold) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* found =
      casefold ? unorm2_getNFKCCasefoldInstance(&status) : unorm2_getNFDInstance(&status);
  DAIFUKU_CHECK(U_SUCCESS(status));
  return found;
}

void normalize(const UNormalizer2* form, std::u32string_view in, std::u32string& out) {
  std::u16string text;
  for (const char32_t c : in) {
    if (c < 0x10000) {
      text.push_back(static_cast<char16_t>(c));
    } else {
      text.push_back(static_cast<char16_t>(U16_LEAD(c)));
      text.push_back(static_cast<char16_t>(U16_TRAIL(c)));
    }
  }
  // The longest expansion of NFKC is 18 units (U+FDFA).
  std::u16string result(text.size() * 18 + 1, u'\0');
  UErrorCode status = U_ZERO_ERROR;
  const int32_t size =
      unorm2_normalize(form, text.data(), static_cast<int32_t>(text.size()), result.data(),
                       static_cast<int32_t>(result.size()), &status);
  DAIFUKU_CHECK(U_SUCCESS(status));
  out.clear();
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U16_NEXT(result.data(), i, size, c);
    out.push_back(static_cast<char32_t>(c));
  }
}

// Small and rare kana to the one that stands for them.
char32_t large_kana(char32_t c) {
  switch (c) {
    case U'ァ':
    case U'ィ':
    case U'ゥ':
    case U'ェ':
    case U'ォ':
    case U'ッ':
    case U'ャ':
    case U'ュ':
    case U'ョ':
    case U'ヮ':
      return c + 1;
    case U'ヵ':
      return U'カ';
    case U'ヶ':
      return U'ケ';
    case U'ヂ':
      return U'ジ';
    case U'ヅ':
      return U'ズ';
    case U'ヰ':
      return U'イ';
    case U'ヱ':
      return U'エ';
    case U'ヲ':
      return U'オ';
    default:
      break;
  }
  if (c >= 0x31F0 && c <= 0x31FF) {
    constexpr std::u32string_view kAinu = U"クシストヌハヒフヘホムラリルレロ";
    return kAinu[c - 0x31F0];
  }
  return c;
}

class Table {
 public:
  static constexpr std::uint16_t kDrop = 0;
  // From here on, values are not characters of the basic plane: surrogates stand for the
  // expansions.
  static constexpr std::uint16_t kExpansion = 0xD800;
  static constexpr std::uint16_t kExpansionEnd = 0xDFFD;
  static constexpr std::uint16_t kVoicedMark = 0xDFFD;
  static constexpr std::uint16_t kHalfVoicedMark = 0xDFFE;
  static constexpr std::uint16_t kCompose =
      0xDFFF;  // A mark that composes: the whole text needs NFC first.

  Table() {
    for (std::size_t i = 0; i < kVariants.size(); i += 2) {
      variants_.emplace_back(kVariants[i], kVariants[i + 1]);
    }
    std::ranges::sort(variants_);
    for (std::uint32_t c = 0; c < map_.size(); ++c) {
      map_[c] = entry(c);
    }
  }

  std::uint16_t operator[](char32_t c) const { return map_[c]; }
  std::u32string_view expansion(std::uint16_t entry) const {
    return expansions_[entry - kExpansion];
  }

  char32_t variant(char32_t c) const {
    const auto found =
        std::ranges::lower_bound(variants_, c, {}, &std::pair<char32_t, char32_t>::first);
    return found != variants_.end() && found->first == c ? found->second : c;
  }

  // What one character becomes, without its neighbours.
  void map_one(char32_t c, std::u32string& out) const {
    if (c == 0x3291 || c == 0x33CD) {  // ㊑ ㏍, which NFKC would make 株 and KK
      out += U"(株)";
      return;
    }
    if (c == 0x3292) {
      out += U"(有)";
      return;
    }
    const std::u32string_view one(&c, 1);
    std::u32string folded;
    normalize(casefold_, one, folded);
    for (const char32_t part : folded) {
      map_folded(part, out);
    }
  }

 private:
  std::uint16_t entry(char32_t c) {
    if ((c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF)) {
      return static_cast<std::uint16_t>(variant(c));
    }
    if (c >= 0xAC00 && c <= 0xD7A3) {
      return static_cast<std::uint16_t>(c);
    }
    if (c >= 0xD800 && c <= 0xF8FF) {
      return kDrop;
    }
    if (c == 0x3099 || c == 0x309B || c == 0xFF9E) {
      return kVoicedMark;
    }
    if (c == 0x309A || c == 0x309C || c == 0xFF9F) {
      return kHalfVoicedMark;
    }
    if ((c >= 0x1100 && c <= 0x11FF) || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK) {
      return c >= 0xFE00 && c <= 0xFE0F ? kDrop : kCompose;
    }
    std::u32string mapped;
    map_one(c, mapped);
    if (mapped.empty()) {
      return kDrop;
    }
    if (mapped.size() == 1 && mapped[0] < kExpansion) {
      return static_cast<std::uint16_t>(mapped[0]);
    }
    DAIFUKU_CHECK(expansions_.size() < kExpansionEnd - kExpansion);
    expansions_.push_back(std::move(mapped));
    return static_cast<std::uint16_t>(kExpansion + expansions_.size() - 1);
  }

  void map_folded(char32_t c, std::u32string& out) const {
    if (c >= 0x1100 && c <= 0x11FF) {
      return;  // Jamo that make no syllable.
    }
    if (is_ascii_alnum(c)) {
      out.push_back(c);
      return;
    }
    if (is_hyphen(c)) {
      out.push_back(U'-');
      return;
    }
    if (is_space(c)) {
      out.push_back(U' ');
      return;
    }
    switch (c) {
      case U'(':
      case U'[':
      case U'{':
      case U'【':
      case U'〔':
        out.push_back(U'(');
        return;
      case U')':
      case U']':
      case U'}':
      case U'】':
      case U'〕':
        out.push_back(U')');
        return;
      case U'.':
        out.push_back(U'.');
        return;
      case U',':
      case U'、':
        out.push_back(U',');
        return;
      default:
        break;
    }
    const std::uint32_t category = U_GET_GC_MASK(static_cast<UChar32>(c));
    if ((category & (U_GC_P_MASK | U_GC_S_MASK)) != 0) {
      out.push_back(U'|');
    } else if ((category & U_GC_Z_MASK) != 0) {
      out.push_back(U' ');
    } else if ((category & U_GC_ND_MASK) != 0) {
      out.push_back(static_cast<char32_t>(U'0' + u_charDigitValue(static_cast<UChar32>(c))));
    } else if ((category & (U_GC_L_MASK | U_GC_N_MASK)) != 0) {
      map_letter(c, out);
    }
  }

  void map_letter(char32_t c, std::u32string& out) const {
    if (is_hiragana(c) || c == 0x309D || c == 0x309E) {
      c += 0x60;
    }
    if ((c >= 0xC0 && c <= 0x24F) || (c >= 0x1E00 && c <= 0x1EFF)) {
      std::u32string parts;
      normalize(decompose_, std::u32string_view(&c, 1), parts);
      c = parts.front();
    }
    out.push_back(variant(large_kana(c)));
  }

  const UNormalizer2* casefold_ = normalizer(true);
  const UNormalizer2* decompose_ = normalizer(false);
  std::vector<std::pair<char32_t, char32_t>> variants_ = {};
  std::vector<std::u32string> expansions_ = {};
  std::array<std::uint16_t, 0x10000> map_ = {};
};

const Table& table() {
  static const auto* const instance =
      new Table();  // Never destroyed: used until the last thread ends.
  return *instance;
}

void add_mark(bool half, std::u32string& out) {
  if (!out.empty()) {
    const char32_t with_mark = half ? half_voiced(out.back()) : voiced(out.back());
    // チ゛ and ツ゛ meet ヂ and ヅ.
    out.back() = with_mark == 0 ? out.back() : large_kana(with_mark);
  }
}

// `composed` says that NFC was done already, so marks that are left have no base to join and are
// dropped.
bool map_all(std::string_view utf8, bool composed, std::u32string& out) {
  const Table& map = table();
  out.clear();
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, at);
    if (c >= 0x10000) {
      if (c < 0xE0000) map.map_one(c, out);
      continue;
    }
    const std::uint16_t entry = map[c];
    if (entry < Table::kExpansion || entry > Table::kCompose) {
      if (entry != Table::kDrop) {
        out.push_back(entry);
      }
    } else if (entry < Table::kExpansionEnd) {
      out += map.expansion(entry);
    } else if (entry == Table::kCompose) {
      if (!composed) {
        return false;
      }
    } else {
      add_mark(entry == Table::kHalfVoicedMark, out);
    }
  }
  return true;
}

}  // namespace

void map_chars(std::string_view utf8, std::u32string& out) {
  if (map_all(utf8, false, out)) {
    return;
  }
  std::u32string decoded;
  std::u32string composed;
  decode_utf8(utf8, decoded);
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  DAIFUKU_CHECK(U_SUCCESS(status));
  normalize(nfc, decoded, composed);
  map_all(to_utf8(composed), true, out);
}

char32_t common_kanji(char32_t c) { return table().variant(c); }

void expand_repeats(std::u32string& text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char32_t before = text[i - 1];
    switch (text[i]) {
      case U'々':
      case U'〻':
        text[i] = before;
        break;
      case U'ヽ':
        text[i] = is_katakana(before) ? before : text[i];
        break;
      case U'ヾ':
        if (is_katakana(before)) {
          const char32_t with_mark = voiced(before);
          text[i] = with_mark == 0 ? before : large_kana(with_mark);
        }
        break;
      default:
        break;
    }
  }
}

void fold_vu(std::u32string& text) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != U'ヴ') {
      text[out++] = text[i];
      continue;
    }
    char32_t folded = U'ブ';
    std::size_t used = 1;
    switch (i + 1 < text.size() ? text[i + 1] : U'\0') {
      case U'ア':
        folded = U'バ';
        break;
      case U'イ':
        folded = U'ビ';
        break;
      case U'エ':
        folded = U'ベ';
        break;
      case U'オ':
        folded = U'ボ';
        break;
      case U'ユ':
        folded = U'ビ';
        used = 0;
        break;
      default:
        used = 0;
        break;
    }
    text[out++] = folded;
    i += used;
  }
  text.resize(out);
}

void fold_ke(std::u32string& text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const char32_t c = text[i];
    if ((c == U'カ' || c == U'ガ') && is_kanji(text[i - 1]) && is_kanji(text[i + 1])) {
      text[i] = U'ケ';
    }
  }
}

}  // namespace daifuku::text
