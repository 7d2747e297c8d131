// From the parts of an address to its postal code.
#include <algorithm>
#include <climits>
#include <optional>

#include "text/code_points.h"
#include "text/postal_table.h"

namespace daifuku::text {
namespace {

enum class Fit { no, perhaps, yes };

std::vector<std::u32string> split_list(std::u32string_view list) {
  std::vector<std::u32string> out(1);
  int depth = 0;  // 「5、6を除く」 belongs to what it stands behind.
  for (const char32_t c : list) {
    depth += c == U'「' ? 1 : c == U'」' ? -1 : 0;
    if ((c == U'、' || c == U',') && depth == 0) {
      out.emplace_back();
    } else {
      out.back().push_back(c);
    }
  }
  return out;
}

std::optional<int> leading_number(std::u32string_view text, std::size_t& size) {
  size = 0;
  int value = 0;
  while (size < text.size() && is_ascii_digit(text[size]) && size < 6)
    value = value * 10 + static_cast<int>(text[size++] - U'0');
  return size > 0 ? std::optional(value) : std::nullopt;
}

// Both waves, the full-width tilde as half_width leaves it.
bool is_range(char32_t c) { return c == U'〜' || c == U'～' || c == U'~'; }

// "1〜19丁目", "5", "88-2", "2055〜2096番地" against the numbers behind the town: 3-12-1.
Fit fit_numbers(std::u32string_view item, const std::vector<int>& numbers) {
  std::size_t size = 0;
  const auto low = leading_number(item, size);
  if (!low) return Fit::no;
  if (numbers.empty()) return Fit::perhaps;
  std::u32string_view rest = item.substr(size);
  std::optional<int> low_branch;
  const auto take_branch = [&rest]() -> std::optional<int> {
    if (rest.empty() || !is_hyphen(rest.front()) || is_range(rest.front())) return std::nullopt;
    std::size_t digits = 0;
    const auto branch = leading_number(rest.substr(1), digits);
    if (branch) rest.remove_prefix(1 + digits);
    return branch;
  };
  low_branch = take_branch();
  int high = rest.find(U"以上") != rest.npos ? INT_MAX : *low;
  std::optional<int> high_branch = low_branch;
  while (!rest.empty() && !is_ascii_digit(rest.front()) && !is_range(rest.front()))
    rest.remove_prefix(1);
  if (!rest.empty() && is_range(rest.front())) {
    rest.remove_prefix(1);
    while (!rest.empty() && !is_ascii_digit(rest.front())) rest.remove_prefix(1);
    const auto to = leading_number(rest, size);
    if (!to) return numbers[0] >= *low ? Fit::yes : Fit::no;
    rest.remove_prefix(size);
    high = *to;
    high_branch = take_branch();
  }
  if (numbers[0] < *low || numbers[0] > high) return Fit::no;
  if (!low_branch && !high_branch) return Fit::yes;
  if (numbers.size() < 2) return Fit::perhaps;
  if (numbers[0] == *low && low_branch && numbers[1] < *low_branch) return Fit::no;
  if (numbers[0] == high && high_branch && numbers[1] > *high_branch) return Fit::no;
  return Fit::yes;
}

std::vector<int> numbers_of(std::u32string_view rest) {
  std::vector<int> out;
  for (std::size_t i = 0; i < rest.size() && out.size() < 3;) {
    std::size_t size = 0;
    if (const auto value = leading_number(rest.substr(i), size)) {
      out.push_back(*value);
      i += size;
    } else {
      if (rest[i] != U'-' && (i > 0 || !out.empty())) break;
      ++i;
    }
  }
  return out;
}

// Whether the part of a town that a note names holds the address. `before` stands before the town
// (the streets of Kyoto), `behind` after it; both are keys.
Fit fit_note(std::string_view note, std::u32string_view before, std::u32string_view behind) {
  if (note.empty()) return Fit::perhaps;
  std::u32string half;
  half_width(note, half);
  const std::vector<int> numbers = numbers_of(behind);
  bool exclusion = false;
  bool maybe = false;
  for (const std::u32string& item : split_list(half)) {
    if (item == U"その他" || item == U"全域" || item == U"丁目") {
      maybe = true;
      continue;
    }
    if (item.ends_with(U"を除く")) exclusion = true;
    const std::u32string_view range = std::u32string_view(item).substr(0, item.find(U'「'));
    std::size_t digits = 0;
    Fit fit = Fit::no;
    if (leading_number(range, digits)) {
      fit = fit_numbers(range, numbers);
    } else {
      std::u32string name;
      decode_utf8(address_key(to_utf8(range)), name);
      const bool named = !name.empty() && (behind.starts_with(name) ||
                                           (!before.empty() && before.find(name) != before.npos));
      fit = named ? Fit::yes : Fit::no;
    }
    if (fit == Fit::yes && !exclusion) return Fit::yes;
    maybe = maybe || fit == Fit::perhaps;
    if (fit == Fit::yes && exclusion) return Fit::no;
  }
  return maybe || exclusion ? Fit::perhaps : Fit::no;
}

// 西多摩郡瑞穂町 is also written 瑞穂町.
bool same_city(std::string_view known, std::string_view typed, std::string_view typed_key) {
  if (known == typed) return true;
  const std::size_t county = known.find("郡");
  if (county != std::string_view::npos && county > 0 && known.substr(county + 3) == typed)
    return true;
  return address_key(known) == typed_key;
}

}  // namespace

std::vector<PostalMatch> find_postal(const PostalTable& table, std::string_view prefecture,
                                     std::string_view city, std::string_view street,
                                     std::size_t most) {
  struct Candidate {
    std::size_t row;
    std::size_t town;  // Length of its key.
    Fit fit;
  };
  std::vector<Candidate> found;
  std::u32string key;
  decode_utf8(address_key(street), key);
  const std::string city_key = address_key(city);
  std::u32string town;
  for (std::size_t number = 0; number < table.cities(); ++number) {
    const Municipality& one = table.city(number);
    if (!prefecture.empty() && one.prefecture != prefecture) continue;
    if (one.name.empty() || city.empty() || !same_city(one.name, city, city_key)) continue;
    const bool kyoto = one.name.starts_with("京都市");
    for (const std::uint32_t row : table.rows_of_city(number)) {
      if (table.is_office(row)) continue;
      const PostalPlace place = table.place(row);
      if (place.town.empty()) {
        found.push_back({row, 0, Fit::perhaps});
        continue;
      }
      decode_utf8(address_key(place.town), town);
      if (town.empty()) continue;
      std::size_t at = key.starts_with(town) ? 0 : std::u32string::npos;
      if (at == std::u32string::npos && kyoto) at = key.rfind(town);
      if (at == std::u32string::npos) continue;
      const std::u32string_view behind = std::u32string_view(key).substr(at + town.size());
      // 1丁目 is not the head of 12丁目.
      if (!behind.empty() && is_ascii_digit(town.back()) && is_ascii_digit(behind.front()))
        continue;
      found.push_back(
          {row, town.size(), fit_note(place.note, std::u32string_view(key).substr(0, at), behind)});
    }
  }
  // The longest town decides; of its rows those whose note says no are left out, unless all do.
  std::size_t longest = 0;
  for (const Candidate& one : found) longest = std::max(longest, one.town);
  std::erase_if(found, [&](const Candidate& one) { return one.town != longest; });
  Fit best = Fit::no;
  for (const Candidate& one : found) best = std::max(best, one.fit);
  std::erase_if(found, [&](const Candidate& one) { return one.fit < best; });
  std::vector<PostalMatch> out;
  for (const Candidate& one : found) {
    if (out.size() == most) break;
    const bool exact =
        longest > 0 && (one.fit == Fit::yes || (best == Fit::perhaps && found.size() == 1));
    out.push_back({one.row, exact});
  }
  return out;
}

}  // namespace daifuku::text
