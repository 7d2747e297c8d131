// The parts of a calendar file, taken apart and bounded before libical sees any of it: what comes
// from outside is given to it one small event at a time, without what is not needed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/encoding.h"

namespace daifuku::exchange {

struct IcsParts {
  // "BEGIN:VEVENT" to "END:VEVENT", lines unfolded; only properties that are read here, nothing
  // inside it.
  std::vector<std::string> events = {};
  std::vector<std::string> zones = {};  // VTIMEZONE, in the same way
  std::int64_t others = 0;              // VTODO, VJOURNAL
  std::int64_t left_out = 0;            // events that are too many
};

// Without the folds of its lines, which may stand inside a character. Of UTF-16, as it is: its
// folds are between characters.
std::string unfold_ics(std::string bytes, text::Encoding encoding);

// Of a text in UTF-8, folded or not. A line that is broken costs itself, an event without its end
// nothing. Pure.
IcsParts take_apart(std::string_view text);

// Whether the bytes begin like a calendar, a byte order mark and blank lines aside.
bool looks_like_ics(std::string_view bytes);

// A longer file is none that a person's calendar gives.
inline constexpr std::uint64_t kMostIcsBytes = std::uint64_t{16} << 20;

}  // namespace daifuku::exchange
