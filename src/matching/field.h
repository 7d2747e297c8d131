// What a field means to the finder of duplicates: how its cells are prepared, compared and put into
// blocks. Pure functions, thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace daifuku::matching {

// Models that are kept know their kinds by number: new ones come last.
enum class Kind : std::uint8_t {
  company,  // name of an organization, with its legal form
  person,   // name of a person or a part of it
  kana,     // reading of a name
  phone,    // Japanese rules
  email,
  address,      // Japanese, in one line
  postal_code,  // Japanese
  number,       // identifies one organization: 法人番号. Two different ones are never the same
  date,         // a day, in any spelling that text::parse_date knows
  digits,       // other numbers: of customers, houses, insurance
  text,         // anything else
  belonging,    // what the row is part of: the company of a person. People move
};

// How alike two values of a kind are: 0 is different, levels(kind) - 1 is equal.
using Level = std::uint8_t;
constexpr std::size_t kMostLevels = 7;

// A prepared cell. `parts` are hashes of coarser forms, by kind; 0 where there is none.
struct Prepared {
  std::u16string text = {};
  std::array<std::uint32_t, 3> parts = {};
};
// `signature`: which letters the text has, a bit each of 64; of numbers the digits themselves, four
// bits each. Most values that are far apart are told from it, without their texts.
struct ValueView {
  std::u16string_view text;
  const std::array<std::uint32_t, 3>& parts;
  std::uint64_t signature;
};
std::uint64_t signature(Kind kind, std::u16string_view text);
// Of a prepared text, for tables of frequencies; stable, since it is stored. Never 0.
std::uint32_t text_hash(std::u16string_view text);

// False when the cell says nothing (empty, "-", no digit in a phone). Replaces `out`.
bool prepare(Kind kind, std::string_view cell, Prepared& out);

int levels(Kind kind);
Level compare(Kind kind, const ValueView& a, const ValueView& b);
// The part that two values of this level share, whose frequency tells what the level is worth; -1:
// none.
int part_of(Kind kind, Level level);
// The highest level that says no more than that the two are near each other: in one town, on one
// telephone office, in one firm. 0: there is none.
Level near_level(Kind kind);
// What a level means, for explanations: "phone_equal", "name_similar".
std::string_view level_name(Kind kind, Level level);

// Keys under which values that may be the same meet; 0 where there is none. The first is that of
// the value as a whole, the others are of parts of it.
constexpr std::size_t kMostBlockKeys = 4;
using BlockKeys = std::array<std::uint64_t, kMostBlockKeys>;
BlockKeys block_keys(Kind kind, const ValueView& value);

// Two kinds that tell the same fact in other words (a name and its reading; an address, its postal
// code and the firm that is there): their agreement counts once.
bool tell_the_same(Kind a, Kind b);

}  // namespace daifuku::matching
