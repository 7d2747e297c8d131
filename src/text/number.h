// Numbers and amounts as people write them. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace daifuku::text {

// Whole numbers and amounts: full width, 1,234, ¥1,234-, 1,234円, 税込 and 約 dropped, 千/万/億/兆
// units
// ("1億2,000万円", "1.5億円", "300千円"), 百万円, kanji digits (百二十三, 一二三), negatives as -,
// −, ▲, △ or ( ). A fraction is accepted only when it is zero or a unit makes it whole. Nothing
// when it is no number or does not fit 64 bits.
std::optional<std::int64_t> parse_integer(std::string_view text);

// Decimals scaled by `scale` (meta::kDecimalScale), rounded half away from zero; "12.5%" gives 12.5
// (the sign is dropped).
std::optional<std::int64_t> parse_decimal(std::string_view text, std::int64_t scale = 10'000);

// 4.00E+12 and the like: a long number that a spreadsheet has destroyed.
bool is_spreadsheet_damage(std::string_view text);

}  // namespace daifuku::text
