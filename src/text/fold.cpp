#include "text/fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/error.h"
#include "text/char_map.h"
#include "text/code_points.h"

namespace daifuku::text {
namespace {

bool is_mark_or_selector(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || c == 0x200D;
}

bool is_dropped_control(char32_t c) {
  return (c < 0x20 && c != U'\t' && c != U'\n') || (c >= 0x7F && c <= 0x9F) || c == 0xFEFF;
}

std::string compose(const std::string& utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  DAIFUKU_CHECK(U_SUCCESS(status));
  std::u16string in;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, at);
    if (c < 0x10000) {
      in.push_back(static_cast<char16_t>(c));
    } else {
      in.push_back(static_cast<char16_t>(U16_LEAD(c)));
      in.push_back(static_cast<char16_t>(U16_TRAIL(c)));
    }
  }
  const auto size = static_cast<int32_t>(in.size());
  if (unorm2_isNormalized(nfc, in.data(), size, &status) != 0) {
    return utf8;
  }
  std::u16string out(in.size() * 3 + 1, u'\0');  // NFC grows a text threefold at most.
  const int32_t used =
      unorm2_normalize(nfc, in.data(), size, out.data(), static_cast<int32_t>(out.size()), &status);
  DAIFUKU_CHECK(U_SUCCESS(status));
  std::string result;
  for (int32_t i = 0; i < used;) {
    UChar32 c = 0;
    U16_NEXT(out.data(), i, used, c);
    append_utf8(static_cast<char32_t>(c), result);
  }
  return result;
}

}  // namespace

void fold(std::string_view utf8, std::string& out) {
  thread_local std::u32string text;
  map_chars(utf8, text);
  std::size_t kept = 0;
  for (const char32_t c : text) {
    if (c >= 0x80 || is_ascii_alnum(c)) {
      text[kept++] = loose_variant(c);
    }
  }
  text.resize(kept);
  expand_repeats(text);
  fold_vu(text);
  fold_ke(text);
  out.clear();
  append_utf8(text, out);
}

std::string fold(std::string_view utf8) {
  std::string out;
  fold(utf8, out);
  return out;
}

bool valid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    // A replacement character may also be in the text itself: then it took three bytes.
    if (next_code_point(bytes, at) == kReplacement && at - start == 1) {
      return false;
    }
  }
  return true;
}

std::string nfc(std::string_view utf8) {
  std::string kept;
  kept.reserve(utf8.size());
  std::size_t end = 0;  // After the last character that is not white space.
  bool ascii = true;
  for (std::size_t at = 0; at < utf8.size();) {
    char32_t c = next_code_point(utf8, at);
    if (c == U'\r') {
      if (at < utf8.size() && utf8[at] == '\n') {
        continue;
      }
      c = U'\n';
    }
    if (is_dropped_control(c) || (kept.empty() && is_space(c))) {
      continue;
    }
    ascii = ascii && c < 0x80;
    append_utf8(c, kept);
    if (!is_space(c)) {
      end = kept.size();
    }
  }
  kept.resize(end);
  return ascii ? kept : compose(kept);
}

std::size_t length(std::string_view utf8) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < utf8.size(); ++count) {
    next_code_point(utf8, at);
  }
  return count;
}

std::string truncate(std::string_view utf8, std::size_t max_code_points) {
  std::size_t at = 0;
  std::size_t base = 0;  // Where the last base character starts.
  for (std::size_t count = 0; at < utf8.size(); ++count) {
    const std::size_t start = at;
    const char32_t c = next_code_point(utf8, at);
    if (!is_mark_or_selector(c)) {
      base = start;
    }
    if (count == max_code_points) {
      // A mark here belongs to a character that would be kept without it: leave that out too.
      return std::string(utf8.substr(0, is_mark_or_selector(c) ? base : start));
    }
  }
  return std::string(utf8);
}

}  // namespace daifuku::text
