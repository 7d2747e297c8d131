// Detection of encodings and the mending of text that was read in a wrong one before.
#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "text/code_points.h"
#include "text/encoding.h"
#include "text/fold.h"

namespace daifuku::text {
namespace {

std::uint8_t byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<std::uint8_t>(bytes[i]);
}

bool within(unsigned value, unsigned first, unsigned last) {
  return value >= first && value <= last;
}

// What the bytes are worth when read in one of the two-byte encodings.
struct Score {
  std::size_t characters = 0;  // Not ASCII.
  std::size_t errors = 0;
  std::size_t wide = 0;  // Kana, kanji and symbols of two bytes.
  std::size_t half_kana = 0;
  double worth = 0;  // Up to 1 a character.
  bool valid() const { return errors == 0; }
  double mean() const { return characters == 0 ? 0 : worth / static_cast<double>(characters); }
};

// Of a code in the 94 x 94 grid: kana and the first level are what Japanese is made of.
double worth_of_row(unsigned row) {
  if (row == 4 || row == 5 || within(row, 16, 47)) {
    return 1.0;
  }
  if (within(row, 1, 3)) {
    return 0.8;
  }
  if (row == 13 || row == 8) {
    return 0.6;
  }
  if (within(row, 48, 84)) {
    return 0.3;
  }
  if (row == 6 || row == 7 || within(row, 89, 94)) {
    return 0.1;
  }
  return -1;  // Nothing is there.
}

// Sound marks of half-width kana stand behind kana that can take them, or the text is something
// else.
bool takes_sound_mark(unsigned kana, unsigned mark) {
  return mark == 0xDE ? within(kana, 0xB6, 0xC4) || within(kana, 0xCA, 0xCE) || kana == 0xB3
                      : within(kana, 0xCA, 0xCE);
}

Score score_cp932(std::string_view bytes) {
  Score score;
  unsigned before = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned first = byte_at(bytes, i++);
    if (first < 0x80) {
      before = 0;
      continue;
    }
    ++score.characters;
    if (within(first, 0xA1, 0xDF)) {
      ++score.half_kana;
      const bool mark = first >= 0xDE;
      const bool in_word =
          within(before, 0xA6, 0xDF) || (i < bytes.size() && within(byte_at(bytes, i), 0xA6, 0xDF));
      score.worth += mark && !takes_sound_mark(before, first) ? -1.0 : in_word ? 0.6 : 0.1;
      before = first;
      continue;
    }
    before = 0;
    const unsigned second = i < bytes.size() ? byte_at(bytes, i) : 0;
    const bool lead = within(first, 0x81, 0x9F) || within(first, 0xE0, 0xFC);
    if (!lead || !(within(second, 0x40, 0x7E) || within(second, 0x80, 0xFC))) {
      ++score.errors;
      continue;
    }
    ++i;
    ++score.wide;
    if (within(first, 0xFA, 0xFC)) {
      score.worth += 0.5;  // IBM extensions: 髙 﨑 and their like.
      continue;
    }
    const unsigned row = (first - (first < 0xA0 ? 0x81 : 0xC1)) * 2 + (second >= 0x9F ? 2 : 1);
    const double worth = row > 94 ? 0 : worth_of_row(row);
    if (worth < 0) {
      ++score.errors;
    } else {
      score.worth += worth;
    }
  }
  return score;
}

Score score_euc(std::string_view bytes) {
  Score score;
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned first = byte_at(bytes, i++);
    if (first < 0x80) {
      continue;
    }
    ++score.characters;
    const unsigned second = i < bytes.size() ? byte_at(bytes, i) : 0;
    if (first == 0x8E && within(second, 0xA1, 0xDF)) {
      ++i;
      ++score.half_kana;
      score.worth += 0.9;
    } else if (first == 0x8F && within(second, 0xA1, 0xFE) && i + 1 < bytes.size() &&
               within(byte_at(bytes, i + 1), 0xA1, 0xFE)) {
      i += 2;
      ++score.wide;
      score.worth += 0.3;
    } else if (within(first, 0xA1, 0xFE) && within(second, 0xA1, 0xFE)) {
      ++i;
      ++score.wide;
      const double worth = worth_of_row(first - 0xA0);
      if (worth < 0) {
        ++score.errors;
      } else {
        score.worth += worth;
      }
    } else {
      ++score.errors;
    }
  }
  return score;
}

struct Utf8Score {
  std::size_t characters = 0;  // Not ASCII.
  std::size_t japanese = 0;
  std::size_t errors = 0;
};

bool is_japanese(char32_t c) {
  return within(c, 0x3000, 0x30FF) || within(c, 0x4E00, 0x9FFF) || within(c, 0xFF01, 0xFF9F) ||
         within(c, 0x3220, 0x33FF);
}

Utf8Score score_utf8(std::string_view bytes) {
  Utf8Score score;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(bytes, at);
    if (c < 0x80) {
      continue;
    }
    if (c == kReplacement && at - start == 1) {
      ++score.errors;
      continue;
    }
    ++score.characters;
    score.japanese += is_japanese(c) ? 1 : 0;
  }
  return score;
}

// UTF-16 without a BOM: most units are ASCII, kana, kanji or full-width forms in one byte order and
// not in the other, and there is ASCII (a separator, a line end) or much kana. Kanji alone say
// nothing: CP932 bytes look like them.
bool looks_like_utf16(std::string_view bytes, bool little) {
  const std::size_t units = bytes.size() / 2;
  if (units < 2) {
    return false;
  }
  std::size_t good = 0;
  std::size_t telling = 0;
  for (std::size_t i = 0; i < units; ++i) {
    const unsigned low = byte_at(bytes, 2 * i + (little ? 0 : 1));
    const unsigned high = byte_at(bytes, 2 * i + (little ? 1 : 0));
    const unsigned unit = high << 8U | low;
    const bool ascii = within(unit, 0x20, 0x7E) || unit == 0x09 || unit == 0x0A || unit == 0x0D;
    const bool kana = within(unit, 0x3000, 0x3002) || within(unit, 0x3041, 0x30FE);
    good += ascii || kana || within(unit, 0x4E00, 0x9FFF) || within(unit, 0xFF00, 0xFFEF) ? 1 : 0;
    telling += ascii || kana ? 1 : 0;
  }
  return good * 100 >= units * 95 && telling * 100 >= units * 15;
}

// The sample up to where a cut character at its end cannot mislead.
std::string_view whole_part(std::string_view sample, bool complete) {
  if (complete) {
    return sample;
  }
  const std::size_t line = sample.find_last_of('\n');
  return line == std::string_view::npos || line == 0 ? sample : sample.substr(0, line + 1);
}

std::string_view without_cut_utf8(std::string_view bytes, bool complete) {
  if (complete) {
    return bytes;
  }
  std::size_t end = bytes.size();
  for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
    const unsigned byte = byte_at(bytes, bytes.size() - back);
    if (byte >= 0xC2) {
      const std::size_t need = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
      end = need > back ? bytes.size() - back : end;
      break;
    }
    if (byte < 0x80) {
      break;
    }
  }
  return bytes.substr(0, end);
}

bool has_escape_sequence(std::string_view bytes) {
  for (std::size_t i = bytes.find('\x1B'); i != std::string_view::npos;
       i = bytes.find('\x1B', i + 1)) {
    const std::string_view rest = bytes.substr(i + 1);
    if (rest.starts_with("$B") || rest.starts_with("$@") || rest.starts_with("(J") ||
        rest.starts_with("(I") || rest.starts_with("$(D") || rest.starts_with("$(Q")) {
      return true;
    }
  }
  return false;
}

int to_confidence(double mean) { return std::clamp(static_cast<int>(mean * 100), 10, 99); }

Detected detect_two_byte(std::string_view bytes) {
  Detected found;
  const Score sjis = score_cp932(bytes);
  const Score euc = score_euc(bytes);
  double sjis_mean = sjis.mean();
  double euc_mean = euc.mean();
  // Half-width kana only: bytes A1-DF in pairs are kanji in EUC-JP too. Readings from a bank are
  // far more usual today than such a file, unless kana (rows 4 and 5) show that it is EUC-JP.
  if (sjis.valid() && euc.valid() && sjis.wide == 0 && sjis.half_kana >= 2) {
    const bool kana_rows = std::ranges::any_of(bytes, [](char c) {
      const auto byte = static_cast<std::uint8_t>(c);
      return byte == 0xA4 || byte == 0xA5;
    });
    if (!kana_rows && sjis_mean > 0.4) {
      sjis_mean = std::max(sjis_mean, euc_mean + 0.05);
    }
  }
  const bool sjis_first = sjis.valid() != euc.valid() ? sjis.valid()
                          : sjis.valid()
                              ? sjis_mean >= euc_mean
                              : sjis.errors * euc.characters <= euc.errors * sjis.characters;
  const Score& best = sjis_first ? sjis : euc;
  const Score& other = sjis_first ? euc : sjis;
  found.encoding = sjis_first ? Encoding::cp932 : Encoding::euc_jp;
  found.confidence = to_confidence(sjis_first ? sjis_mean : euc_mean);
  if (best.valid() && other.valid()) {
    found.alternatives.push_back(sjis_first ? Encoding::euc_jp : Encoding::cp932);
    const double gap = sjis_first ? sjis_mean - euc_mean : euc_mean - sjis_mean;
    found.confidence = std::min(found.confidence, 50 + static_cast<int>(gap * 100));
  }
  if (!best.valid()) {
    // A few bytes of dirt in a Japanese file, or no Japanese at all.
    const bool dirt = best.errors * 50 <= best.characters && best.mean() > 0.5;
    found.confidence = dirt ? std::min(found.confidence, 60) : 10;
    if (!dirt) {
      found.alternatives = {found.encoding};
      found.encoding = Encoding::latin1;
    }
  }
  return found;
}

// The byte that CP1252 (and Latin-1, for what it leaves open) shows as this character, or -1.
int cp1252_byte(char32_t c) {
  if (c < 0x100) {
    return static_cast<int>(c);
  }
  constexpr std::u32string_view kHigh = U"€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
  constexpr std::array<std::uint8_t, 27> kBytes = {
      0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8E, 0x91,
      0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9E, 0x9F};
  static_assert(kHigh.size() == kBytes.size());
  const std::size_t at = kHigh.find(c);
  return at == std::u32string_view::npos ? -1 : kBytes[at];
}

}  // namespace

Detected detect_encoding(std::string_view sample, bool complete) {
  Detected found;
  found.confidence = 100;
  if (sample.starts_with("\xEF\xBB\xBF")) {
    found.bom = true;
    sample.remove_prefix(3);
    found.mojibake = repair_mojibake(whole_part(sample, complete)).has_value();
    return found;
  }
  if (sample.starts_with("\xFF\xFE") || sample.starts_with("\xFE\xFF")) {
    found.bom = true;
    found.encoding = sample.front() == '\xFF' ? Encoding::utf16le : Encoding::utf16be;
    return found;
  }
  const bool ascii = std::ranges::all_of(
      sample, [](char c) { return static_cast<std::uint8_t>(c) < 0x80 && c != '\0'; });
  if (ascii) {
    const bool escapes = has_escape_sequence(sample);
    found.encoding = escapes ? Encoding::iso_2022_jp : Encoding::utf8;
    found.ascii = !escapes;
    return found;
  }
  const bool little = looks_like_utf16(sample, true);
  const bool big = looks_like_utf16(sample, false);
  if (little != big) {
    found.encoding = little ? Encoding::utf16le : Encoding::utf16be;
    found.confidence = sample.find('\0') == std::string_view::npos ? 80 : 95;
    return found;
  }
  const std::string_view utf8_part = without_cut_utf8(sample, complete);
  const Utf8Score utf8 = score_utf8(utf8_part);
  if (utf8.errors == 0 && utf8.characters > 0) {
    if (utf8.japanese > 0) {
      return found;
    }
    found.mojibake = repair_mojibake(whole_part(utf8_part, complete)).has_value();
    found.confidence = found.mojibake ? 90 : 80;
    found.alternatives.push_back(Encoding::cp932);
    return found;
  }
  if (utf8.japanese > 20 && utf8.errors * 50 < utf8.japanese) {
    found.confidence = 60;  // UTF-8 with a few broken bytes.
    found.alternatives.push_back(Encoding::cp932);
    return found;
  }
  return detect_two_byte(whole_part(sample, complete));
}

std::optional<std::string> repair_mojibake(std::string_view utf8) {
  std::string bytes;
  bytes.reserve(utf8.size());
  bool ascii = true;
  for (std::size_t at = 0; at < utf8.size();) {
    const int byte = cp1252_byte(next_code_point(utf8, at));
    if (byte < 0) {
      return std::nullopt;  // Japanese, or something else that Latin-1 does not have.
    }
    ascii = ascii && byte < 0x80;
    bytes.push_back(static_cast<char>(byte));
  }
  if (ascii) {
    return std::nullopt;
  }
  const Utf8Score as_utf8 = score_utf8(bytes);
  if (as_utf8.errors == 0 && as_utf8.japanese > 0 && as_utf8.japanese * 2 >= as_utf8.characters) {
    return bytes;
  }
  const Score as_cp932 = score_cp932(bytes);
  if (!as_cp932.valid() || as_cp932.wide < 2 || as_cp932.mean() < 0.55) {
    return std::nullopt;
  }
  std::size_t replaced = 0;
  std::string mended = decode(bytes, Encoding::cp932, &replaced);
  return replaced == 0 ? std::optional(std::move(mended)) : std::nullopt;
}

}  // namespace daifuku::text
