#include "matching/similarity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>

namespace daifuku::matching {

namespace {
constexpr std::size_t kMostLetters = 64;
}  // namespace

int edit_distance(std::u16string_view a, std::u16string_view b, int most) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.size() > b.size()) std::swap(a, b);
  const int difference = static_cast<int>(b.size() - a.size());
  if (difference > most || b.size() > kMostLetters) return most + 1;
  if (a.empty()) return difference;

  // Rows of the table for the letters of b; three of them are needed for swaps.
  std::array<std::array<int, kMostLetters + 1>, 3> rows;
  for (std::size_t i = 0; i <= a.size(); ++i) rows[0][i] = static_cast<int>(i);
  for (std::size_t j = 1; j <= b.size(); ++j) {
    const auto& before = rows[(j - 1) % 3];
    const auto& before_that = rows[(j + 1) % 3];
    auto& row = rows[j % 3];
    row[0] = static_cast<int>(j);
    int least = row[0];
    for (std::size_t i = 1; i <= a.size(); ++i) {
      int cost = std::min({before[i] + 1, row[i - 1] + 1, before[i - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost = std::min(cost, before_that[i - 2] + 1);
      row[i] = cost;
      least = std::min(least, cost);
    }
    if (least > most) return most + 1;
  }
  return std::min(rows[b.size() % 3][a.size()], most + 1);
}

double jaro_winkler(std::u16string_view a, std::u16string_view b) {
  a = a.substr(0, kMostLetters);
  b = b.substr(0, kMostLetters);
  if (a.empty() || b.empty()) return a.size() == b.size() ? 1 : 0;
  if (a.size() > b.size()) std::swap(a, b);
  const std::size_t reach = std::max<std::size_t>(b.size() / 2, 1) - 1;
  std::uint64_t taken = 0;
  std::array<char16_t, kMostLetters> met;
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t from = i > reach ? i - reach : 0;
    const std::size_t until = std::min(b.size(), i + reach + 1);
    for (std::size_t j = from; j < until; ++j) {
      if (b[j] != a[i] || (taken >> j & 1) != 0) continue;
      taken |= std::uint64_t{1} << j;
      met[count++] = a[i];
      break;
    }
  }
  if (count == 0) return 0;
  std::size_t moved = 0;
  std::size_t at = 0;
  for (std::uint64_t left = taken; left != 0; left &= left - 1)
    moved += b[static_cast<std::size_t>(std::countr_zero(left))] != met[at++];
  const auto m = static_cast<double>(count);
  const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                       (m - static_cast<double>(moved) / 2) / m) /
                      3;
  std::size_t prefix = 0;
  while (prefix < std::min<std::size_t>(4, a.size()) && a[prefix] == b[prefix]) ++prefix;
  return jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro);
}

}  // namespace daifuku::matching
