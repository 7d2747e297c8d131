// One spelling for each character, the ground under the search fold and the name keys: ㊑ ㊒ ㏍ and
// ゛゜ first, then NFKC_Casefold, Latin accents off, hiragana to katakana, small kana to large,
// ヂヅヰヱヲ to ジズイエオ, variants.inc.
//
// After that, ASCII other than letters and digits is all that is not text: '(' and ')' for any
// round or square bracket, '-' for any hyphen, dash, wave or long vowel mark (is_hyphen), ' ' for
// white space, '.' and ',' as they are, '|' for any other punctuation or symbol. Marks, selectors,
// control and private-use characters are gone.
//
// A table of the basic plane is made on first use (some milliseconds). Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace daifuku::text {

// Replaces `out`.
void map_chars(std::string_view utf8, std::u32string& out);

// What the strict key keeps apart: 斎/斉, 島/嶋, and 應, which some names insist on (慶應義塾).
constexpr char32_t loose_variant(char32_t c) {
  switch (c) {
    case U'斎':
      return U'斉';
    case U'嶋':
      return U'島';
    case U'應':
      return U'応';
    default:
      return c;
  }
}

// The common form of an old or variant kanji by variants.inc, or the character itself.
char32_t common_kanji(char32_t c);

// Works on mapped characters without spaces and punctuation. 々 and the kana repeat marks are
// written out.
void expand_repeats(std::u32string& text);
// ヴァ ヴィ ヴ ヴェ ヴォ (the small ones already large) to the バ row; may shorten.
void fold_vu(std::u32string& text);
// カ, ガ and ケ (from ヶ, ヵ, が) between two kanji to ケ.
void fold_ke(std::u32string& text);

}  // namespace daifuku::text
