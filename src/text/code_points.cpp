#include "text/code_points.h"

namespace daifuku::text {

char32_t next_code_point(std::string_view utf8, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
  const std::size_t start = at;
  const unsigned char first = byte(at++);
  if (first < 0x80) {
    return first;
  }
  std::size_t more = 0;
  char32_t value = 0;
  char32_t least = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    more = 1;
    value = first & 0x1FU;
    least = 0x80;
  } else if (first >= 0xE0 && first <= 0xEF) {
    more = 2;
    value = first & 0x0FU;
    least = 0x800;
  } else if (first >= 0xF0 && first <= 0xF4) {
    more = 3;
    value = first & 0x07U;
    least = 0x10000;
  } else {
    return kReplacement;
  }
  if (utf8.size() - at < more) {
    return kReplacement;
  }
  for (std::size_t i = 1; i <= more; ++i) {
    const unsigned char next = byte(start + i);
    if ((next & 0xC0U) != 0x80) {
      return kReplacement;
    }
    value = (value << 6U) | (next & 0x3FU);
  }
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    return kReplacement;
  }
  at = start + 1 + more;
  return value;
}

void decode_utf8(std::string_view utf8, std::u32string& out) {
  out.clear();
  for (std::size_t at = 0; at < utf8.size();) {
    out.push_back(next_code_point(utf8, at));
  }
}

void append_utf8(char32_t c, std::string& out) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | (c >> 6U));
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0U | (c >> 12U));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | (c >> 18U));
    put(0x80U | ((c >> 12U) & 0x3FU));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

void append_utf8(std::u32string_view code_points, std::string& out) {
  for (const char32_t c : code_points) {
    append_utf8(c, out);
  }
}

std::string to_utf8(std::u32string_view code_points) {
  std::string out;
  out.reserve(code_points.size() * 3);
  append_utf8(code_points, out);
  return out;
}

bool is_space(char32_t c) {
  return c == U' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

void half_width(std::string_view utf8, std::u32string& out) {
  out.clear();
  for (std::size_t at = 0; at < utf8.size();) {
    out.push_back(to_half_width(next_code_point(utf8, at)));
  }
}

bool is_hyphen(char32_t c) {
  switch (c) {
    case U'-':
    case U'~':
    case 0x02D7:
    case 0x058A:
    case 0x2043:
    case 0x207B:
    case 0x208B:
    case 0x2212:
    case 0x223C:
    case 0x223E:
    case 0x2500:
    case 0x2501:
    case 0x301C:
    case 0x3030:
    case 0x30FC:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
    case 0xFF5E:
    case 0xFF70:
      return true;
    default:
      return c >= 0x2010 && c <= 0x2015;
  }
}

char32_t voiced(char32_t c) {
  if ((c >= 0x30AB && c <= 0x30C2 && (c & 1U) == 1) ||
      (c >= 0x30C4 && c <= 0x30C9 && (c & 1U) == 0) ||
      (c >= 0x30CF && c <= 0x30DD && (c - 0x30CF) % 3 == 0)) {
    return c + 1;
  }
  return c == 0x30A6 ? 0x30F4 : 0;  // ウ -> ヴ
}

char32_t half_voiced(char32_t c) {
  return c >= 0x30CF && c <= 0x30DD && (c - 0x30CF) % 3 == 0 ? c + 2 : 0;
}

}  // namespace daifuku::text
