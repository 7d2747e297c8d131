// Arithmetic of formulas: exact decimals, calendar months, characters of texts. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace daifuku::meta {

// Numbers are exact to the eighth place. What a column holds (64 bits) times or by another such
// fits 128 bits on the way.
__extension__ using FormulaNumber = __int128;
inline constexpr FormulaNumber kFormulaOne = 100'000'000;

// Half away from zero.
FormulaNumber divided(FormulaNumber number, FormulaNumber by);
enum class Rounding { nearest, down, up, floor, ceil };
FormulaNumber to_multiple(FormulaNumber number, FormulaNumber unit, Rounding rounding);
// As people write it: 12.5, without zeros at the end.
std::string number_text(FormulaNumber number);

// The same day of another month, or the last of it. The year must stay above 0.
Date add_months(Date date, std::int64_t months);
// Full months; negative when `until` is the earlier one.
std::int64_t months_between(Date from, Date until);

// Where the code point of that number begins; the size when there are fewer.
std::size_t byte_of(std::string_view text, std::size_t point);

}  // namespace daifuku::meta
