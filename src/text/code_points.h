// UTF-8 in and out of code points, and classes of characters: the ground the rest of text/ stands
// on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daifuku::text {

inline constexpr char32_t kReplacement = 0xFFFD;

// Reads the code point at `at` and moves past it. A byte that starts no valid sequence gives U+FFFD
// and moves by one.
char32_t next_code_point(std::string_view utf8, std::size_t& at);

// Replaces `out`.
void decode_utf8(std::string_view utf8, std::u32string& out);
void append_utf8(char32_t code_point, std::string& out);
void append_utf8(std::u32string_view code_points, std::string& out);
std::string to_utf8(std::u32string_view code_points);

constexpr bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
constexpr bool is_ascii_lower(char32_t c) { return c >= U'a' && c <= U'z'; }
constexpr bool is_ascii_letter(char32_t c) { return is_ascii_lower(c) || (c >= U'A' && c <= U'Z'); }
constexpr bool is_ascii_alnum(char32_t c) { return is_ascii_digit(c) || is_ascii_letter(c); }
constexpr bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x3096; }
constexpr bool is_katakana(char32_t c) { return c >= 0x30A1 && c <= 0x30FA; }
constexpr bool is_kanji(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}
// Every white space of Unicode, the ideographic one, the byte order mark and zero-width spaces too.
bool is_space(char32_t c);

// Full-width ASCII and the ideographic space as ASCII, every other character as it is. Minus signs,
// dashes and long vowel marks stay: their meaning depends on the place.
constexpr char32_t to_half_width(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) {
    return c - 0xFEE0;
  }
  return c == 0x3000 || c == 0x00A0 ? U' ' : c;
}
// The same for a whole text, as code points; replaces `out`.
void half_width(std::string_view utf8, std::u32string& out);

// Hyphens, dashes, minus signs, long vowel marks and waves, all that is drawn as one horizontal
// stroke.
bool is_hyphen(char32_t c);

// Katakana with the sound mark added, or 0: カ -> ガ; ハ -> バ or パ.
char32_t voiced(char32_t katakana);
char32_t half_voiced(char32_t katakana);

}  // namespace daifuku::text
