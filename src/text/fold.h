// The search fold: one spelling for everything that a person would call the same text. Pure
// functions, thread-safe; the buffers they reuse are thread-local. Input that is not valid UTF-8 is
// read with U+FFFD in place of the bad bytes.
//
// fold() does, in this order: ㊑ ㊒ ㏍ and the spaced sound marks U+309B/309C, NFKC_Casefold (ICU),
// variation selectors dropped, old and variant kanji to the common one (variants.inc; here also
// 斎=斉 and 島=嶋), accents of Latin letters dropped, hiragana to katakana, small kana to large,
// ヂヅヰヱヲ to ジズイエオ, ヴ to the バ row, hyphens and long vowel marks dropped (サーバー =
// サーバ), spaces, punctuation and symbols dropped, 々 and ゝゞ written out, ヶケヵカがガ between
// two kanji to ケ. The result holds only letters and digits, and fold(fold(x)) == fold(x).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daifuku::text {

// Replaces `out`; its capacity is reused.
void fold(std::string_view utf8, std::string& out);
std::string fold(std::string_view utf8);

// Strict: no overlong forms, surrogates or values above U+10FFFF.
bool valid_utf8(std::string_view bytes);

// The form that is stored and shown: NFC, control characters dropped (tab and newline stay inside),
// white space at both ends dropped (the ideographic space too), CR LF as LF.
std::string nfc(std::string_view utf8);

// Code points.
std::size_t length(std::string_view utf8);
// The first `max_code_points`, never cutting a base character from the marks and selectors that
// follow it.
std::string truncate(std::string_view utf8, std::size_t max_code_points);

}  // namespace daifuku::text
