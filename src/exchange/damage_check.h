// What a file suffered before it came to us, mostly from being opened and saved in Excel. Nothing
// is corrected here: notices say what was found, where and how often.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/header_find.h"
#include "exchange/table_reader.h"

namespace daifuku::exchange {

enum class Damage : std::uint8_t {
  none,
  number_rounded,   // 4.00E+12: the digits are gone
  phone_zero_lost,  // 898223749
  number_to_date,   // 1月1日, 1-Jan, where 1-1 was meant
  date_as_serial,   // 42644 in a column of dates
  error_value,      // #N/A, #REF!, ########
  html,             // <br>, <a href>: kept as text
  mojibake,         // CP932 read as Latin-1, or U+FFFD for what could not be read
  mixed_types,      // a text among numbers
  beyond_header,    // more cells than the header has columns
};
// damage_number_rounded and so on: the code in base/messages.inc, empty for none.
std::string_view damage_code(Damage damage);

// What a heading promises of the cells below it.
enum class ColumnRole : std::uint8_t { other, phone, date, place_or_code };
ColumnRole role_of(std::string_view heading);

// One cell by itself; thread-safe. `mixed_types` and `beyond_header` need the whole and are never
// returned.
Damage damage_in(const Cell& cell, ColumnRole role);

struct DamageNotice {
  Damage damage = Damage::none;
  int column = -1;  // -1: the whole file.
  std::int64_t count = 0;
  std::int64_t first_line = 0;  // As TableReader::line().
  std::string example = {};     // The first one, cut at 60 characters.
};

// Collects over all rows, in memory of the number of columns. One thread.
class DamageCheck {
 public:
  explicit DamageCheck(const FoundHeader& header);
  void add(const Row& row, std::int64_t line);
  // By column, then in the order of Damage.
  std::vector<DamageNotice> notices() const;

 private:
  struct Column {
    ColumnRole role = ColumnRole::other;
    std::int64_t filled = 0;
    std::int64_t numbers = 0;
    std::vector<DamageNotice> found = {};
    DamageNotice first_text = {};  // Reported as mixed when nearly all others are numbers.
  };
  static void count(std::vector<DamageNotice>& found, Damage damage, const Cell& cell,
                    std::int64_t line);
  std::vector<Column> columns_;
  std::vector<DamageNotice> whole_;
};

}  // namespace daifuku::exchange
