// Writing CP932, with care for what it cannot hold.
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unorm2.h>

#include <array>
#include <cstdint>

#include "base/error.h"
#include "text/char_map.h"
#include "text/code_points.h"
#include "text/encoding.h"

namespace daifuku::text {
namespace {

constexpr std::string_view kGeta = "〓";

// Look-alikes of the same meaning that Windows itself writes.
char32_t same_meaning(char32_t c) {
  switch (c) {
    case 0x301C:
      return 0xFF5E;  // 〜
    case 0x2212:
      return 0xFF0D;  // −
    case 0x2014:
      return 0x2015;  // —
    case 0x2016:
      return 0x2225;  // ‖
    case 0x00A2:
      return 0xFFE0;
    case 0x00A3:
      return 0xFFE1;
    case 0x00AC:
      return 0xFFE2;
    case 0x00A5:
      return 0xFFE5;
    case 0x203E:
      return 0xFFE3;
    case 0x00A0:
      return U' ';
    default:
      return c;
  }
}

// One or two bytes for each character of the basic plane; 0 where there is none.
class Table {
 public:
  Table() {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open("ibm-943_P15A-2003", &status);
    if (U_FAILURE(status)) {
      throw SystemError(std::string("ICU has no converter for CP932: ") + u_errorName(status));
    }
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFallback(converter, static_cast<UBool>(false));
    for (std::uint32_t c = 1; c < 0x10000; ++c) {
      if (c >= 0xD800 && c <= 0xDFFF) {
        continue;
      }
      const auto unit = static_cast<UChar>(c);
      std::array<char, 4> bytes = {};
      status = U_ZERO_ERROR;
      const int32_t size = ucnv_fromUChars(converter, bytes.data(),
                                           static_cast<int32_t>(bytes.size()), &unit, 1, &status);
      if (U_SUCCESS(status) && (size == 1 || size == 2)) {
        const auto first = static_cast<std::uint8_t>(bytes[0]);
        const auto second = static_cast<std::uint8_t>(bytes[1]);
        codes_[c] = size == 1 ? first : static_cast<std::uint16_t>(first << 8U | second);
      }
    }
    ucnv_close(converter);
  }
  std::uint16_t operator[](char32_t c) const { return c < codes_.size() ? codes_[c] : 0; }

 private:
  std::array<std::uint16_t, 0x10000> codes_ = {};
};

const Table& table() {
  static const auto* const instance =
      new Table();  // Never destroyed: used until the last thread ends.
  return *instance;
}

void put(std::uint16_t code, std::string& out) {
  if (code > 0xFF) {
    out.push_back(static_cast<char>(code >> 8U));
  }
  out.push_back(static_cast<char>(code & 0xFFU));
}

// The same character without its accent, its compatibility form written out, or the common kanji;
// empty when CP932 has none of them.
std::u32string like(char32_t c) {
  const char32_t kanji = common_kanji(c);
  if (kanji != c && table()[kanji] != 0) {
    return {kanji};
  }
  if (c == 0x2022 || c == 0x00B7) {
    return U"・";
  }
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* form = unorm2_getNFKDInstance(&status);
  std::array<UChar, 64> units = {};
  const int32_t size = unorm2_getDecomposition(form, static_cast<UChar32>(c), units.data(),
                                               static_cast<int32_t>(units.size()), &status);
  if (U_FAILURE(status) || size <= 0) {
    return {};
  }
  std::u32string parts;
  for (int32_t i = 0; i < size;) {
    UChar32 part = 0;
    U16_NEXT(units.data(), i, size, part);
    if (u_charType(part) == U_NON_SPACING_MARK) {
      continue;
    }
    if (table()[same_meaning(static_cast<char32_t>(part))] == 0) {
      return {};
    }
    parts.push_back(same_meaning(static_cast<char32_t>(part)));
  }
  return parts;
}

bool is_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || c == 0x200D;
}

}  // namespace

void to_cp932(std::string_view utf8, std::string& out, std::vector<Replaced>* replaced) {
  const Table& codes = table();
  std::size_t base = 0;  // Where the character before starts.
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(utf8, at);
    if (const std::uint16_t code = codes[same_meaning(c)]; code != 0 || c == 0) {
      put(code, out);
      base = start;
      continue;
    }
    if (c == 0x337F) {  // ㍿
      to_cp932("株式会社", out);
      base = start;
      continue;
    }
    if (is_selector(c)) {
      // The plain form of the character before it is written already.
      if (replaced != nullptr && start > base) {
        replaced->push_back({base, std::string(utf8.substr(base, at - base)),
                             std::string(utf8.substr(base, start - base))});
      }
      continue;
    }
    const std::u32string other = like(c);
    std::string to = other.empty() ? std::string(kGeta) : to_utf8(other);
    to_cp932(to, out);
    if (replaced != nullptr) {
      replaced->push_back({start, std::string(utf8.substr(start, at - start)), std::move(to)});
    }
    base = start;
  }
}

}  // namespace daifuku::text
