// What a number of a sheet looks like to the person: number formats applied as far as they change
// the meaning (dates, times, percent, leading zeros of codes), the rest left as the plain number.
// Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

struct NumberFormat {
  enum class Shape : std::uint8_t {
    plain,
    date,
    time,  // 09:30, and 25:30 for [h]:mm
    date_time,
    percent,
    digits,  // 000-0000: postal codes, phones and customer numbers kept as numbers
  };
  Shape shape = Shape::plain;
  std::string code = {};  // Kept for `digits` only.
};

// Ids below 164 that a file does not define: ECMA-376 part 1, 18.8.30, with the Japanese meanings
// of 27-36 and 50-58.
NumberFormat builtin_format(int id);
// A format code like [$-411]ggge"年"m"月"d"日" or [<=999]000;[<=9999]000\-00;000\-0000
NumberFormat parse_format(std::string_view code);

// `literal` is the content of <v>. Not a number: text as it is.
void format_number(std::string_view literal, const NumberFormat& format, bool date1904, Cell& out);

// The number without exponent and without noise beyond the 15 digits that Excel shows; whole
// numbers keep all digits. False when it is no finite number.
bool plain_number(std::string_view literal, std::string& out);

}  // namespace daifuku::exchange
