// What a cell looks like, whatever its header says. Pure functions, thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

enum class CellShape : std::uint8_t {
  empty,  // nothing, or a sign for nothing: - -- なし 非公開
  text,
  number,  // 105, 34.88, 1,234
  money,   // 1,000円, ¥1,000
  percent,
  date,
  time,  // 9:00, 9:00-17:00
  phone,
  email,
  url,
  postal_code,
  corporate_number,
  invoice_number,
  prefecture,
  address,
  kana,  // katakana only, of any width
  hiragana,
  company,  // has a legal form
  person,   // 山田 太郎
  yes_no,
  count_,
};
inline constexpr std::size_t kShapes = static_cast<std::size_t>(CellShape::count_);

CellShape shape_of(const Cell& cell);
CellShape shape_of(std::string_view text);

// A dash, なし, 不明, 非公開 and the like, which people write where nothing is known.
bool is_placeholder(std::string_view text);

// The shapes of a column's cells.
struct ColumnProfile {
  std::array<std::size_t, kShapes> counts = {};
  std::size_t filled = 0;  // Not `empty`.

  void add(CellShape shape);
  double share(CellShape shape) const;  // Of the filled ones; 0 when there are none.
  // The most frequent shape, `text` when none has `at_least` of the filled cells.
  CellShape dominant(double at_least) const;
};
ColumnProfile profile_of(std::span<const Row> rows, std::size_t column);

}  // namespace daifuku::exchange
