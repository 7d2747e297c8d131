// One-line addresses: taking them apart, and their key.
#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/char_map.h"
#include "text/code_points.h"
#include "text/postal.h"
#include "text/postal_table.h"

namespace daifuku::text {
namespace {

// Spellings of one place that differ from paper to paper: 鎌ヶ谷/鎌ケ谷/鎌が谷,
// 溝之口/溝ノ口/溝の口, 三ッ沢/三ツ沢.
char32_t place_character(char32_t c) {
  switch (c) {
    case U'ヶ':
    case U'ヵ':
    case U'が':
    case U'ガ':
    case U'カ':
    case U'か':
      return U'ケ';
    case U'之':
    case U'の':
    case U'乃':
      return U'ノ';
    case U'ッ':
    case U'っ':
    case U'つ':
      return U'ツ';
    case U'竈':
      return U'釜';
    case U'條':
      return U'条';
    default:
      return common_kanji(to_half_width(c));
  }
}

// The text without spaces, for comparing, and where each character stands in the original.
struct Spelled {
  std::u32string text;
  std::vector<std::size_t> at;
};

Spelled spell(std::u32string_view original) {
  Spelled out;
  for (std::size_t i = 0; i < original.size(); ++i) {
    if (!is_space(original[i])) {
      out.text.push_back(place_character(original[i]));
      out.at.push_back(i);
    }
  }
  return out;
}

struct City {
  std::u32string spelled;
  std::string_view prefecture;
  std::string name;
};

bool is_digit(char32_t c) { return is_ascii_digit(to_half_width(c)); }

// All names under which a city may stand at the head of an address, by their first character.
class Cities {
 public:
  Cities() {
    for (const Municipality& one : municipalities()) {
      const std::string name(one.name);
      add(one.prefecture, name, name);
      // 西多摩郡瑞穂町 is also written 瑞穂町, 札幌市北区 with its ward left out 札幌市.
      const std::size_t county = name.find("郡");
      if (county != std::string::npos && county > 0 && county + 3 < name.size() &&
          !name.ends_with("市") && !name.ends_with("区")) {
        add(one.prefecture, name.substr(county + 3), name);
      }
      const std::size_t city = name.find("市");
      if (name.ends_with("区") && city != std::string::npos) {
        add(one.prefecture, name.substr(0, city + 3), name.substr(0, city + 3));
      }
    }
    for (auto& [first, list] : by_first_) {
      std::ranges::stable_sort(list, std::ranges::greater{},
                               [](const City& city) { return city.spelled.size(); });
    }
  }

  // The longest name at the head. Without a prefecture one that is unique in Japan is preferred; of
  // several equal ones the first is given with an empty prefecture.
  struct Found {
    const City* city = nullptr;
    std::size_t size = 0;
    bool unique = true;
  };
  Found find(std::u32string_view text, std::string_view prefecture) const {
    Found found;
    const auto list = text.empty() ? by_first_.end() : by_first_.find(text.front());
    if (list == by_first_.end()) {
      return found;
    }
    for (const City& city : list->second) {
      if ((!prefecture.empty() && city.prefecture != prefecture) ||
          !text.starts_with(city.spelled)) {
        continue;
      }
      if (found.city == nullptr) {
        found = {&city, city.spelled.size(), true};
      } else if (city.spelled.size() == found.size && city.prefecture != found.city->prefecture) {
        found.unique = false;
      } else if (city.spelled.size() < found.size) {
        break;
      }
    }
    return found;
  }

 private:
  void add(std::string_view prefecture, const std::string& written, const std::string& name) {
    std::u32string decoded;
    decode_utf8(written, decoded);
    std::u32string spelled = spell(decoded).text;
    auto& list = by_first_[spelled.front()];
    if (std::ranges::none_of(list, [&](const City& city) {
          return city.spelled == spelled && city.prefecture == prefecture;
        })) {
      list.push_back({std::move(spelled), prefecture, name});
    }
  }

  std::unordered_map<char32_t, std::vector<City>> by_first_;
};

// The text with the kanji numbers of 四丁目二番八号 as digits, character by character: for where
// the building starts and not for what the number is.
std::u32string number_shape(std::u32string_view text) {
  constexpr std::u32string_view kNumerals = U"〇一二三四五六七八九十";
  std::u32string shape(text);
  for (std::size_t i = 0; i < shape.size();) {
    std::size_t end = i;
    while (end < shape.size() && kNumerals.find(shape[end]) != kNumerals.npos) {
      ++end;
    }
    if (end > i && end < shape.size() &&
        (shape[end] == U'丁' || shape[end] == U'番' || shape[end] == U'号')) {
      std::fill(shape.begin() + static_cast<std::ptrdiff_t>(i),
                shape.begin() + static_cast<std::ptrdiff_t>(end), U'1');
    }
    i = std::max(end, i + 1);
  }
  return shape;
}

// Towns with numbers in their names (西３号北, 太田４の通り, 一番沢), where the first number is not
// the number of the house, by city.
class NumberedTowns {
 public:
  NumberedTowns() {
    const PostalTable& table = built_in_postal();
    std::u32string town;
    for (std::size_t number = 0; number < table.cities(); ++number) {
      const Municipality& city = table.city(number);
      for (const std::uint32_t row : table.rows_of_city(number)) {
        decode_utf8(table.place(row).town, town);
        if (!table.is_office(row) && std::ranges::any_of(number_shape(town), is_digit)) {
          towns_[std::string(city.prefecture) + std::string(city.name)].push_back(spell(town).text);
        }
      }
    }
  }

  // How many characters of `spelled` the longest of the city's towns takes at its head.
  std::size_t find(const std::string& prefecture, const std::string& city,
                   std::u32string_view spelled) const {
    const auto found = towns_.find(prefecture + city);
    std::size_t longest = 0;
    if (found != towns_.end()) {
      for (const std::u32string& town : found->second) {
        const bool digit_goes_on =
            spelled.size() > town.size() && is_digit(town.back()) && is_digit(spelled[town.size()]);
        if (town.size() > longest && spelled.starts_with(town) && !digit_goes_on) {
          longest = town.size();
        }
      }
    }
    return longest;
  }

 private:
  std::unordered_map<std::string, std::vector<std::u32string>> towns_;
};

const NumberedTowns& numbered_towns() {
  static const auto* const instance = new NumberedTowns();
  return *instance;
}

// Of two cities of one name (府中市, 伊達市) the one that has the town.
std::string_view prefecture_by_town(std::string_view city, std::string_view street) {
  const PostalTable& table = built_in_postal();
  constexpr std::size_t kMost = 50;
  std::string_view prefecture;
  for (const PostalMatch& match : find_postal(table, {}, city, street, kMost)) {
    const PostalPlace place = table.place(match.row);
    if (place.town.empty() || (!prefecture.empty() && prefecture != place.prefecture)) {
      return {};
    }
    prefecture = place.prefecture;
  }
  return prefecture;
}

const Cities& cities() {
  static const auto* const instance = new Cities();
  return *instance;
}

// Characters that tie the numbers of an address together.
bool joins_numbers(char32_t c) {
  return is_hyphen(c) || c == U'の' || c == U'ノ' || c == U'之' || c == U'番' || c == U'地' ||
         c == U'号' || c == U'丁' || c == U'目' || c == U'第';
}

std::u32string_view trimmed(std::u32string_view text) {
  while (!text.empty() &&
         (is_space(text.front()) || text.front() == U',' || text.front() == U'、')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

// The end of the run of numbers that starts at `at`: 1-2-3, 1丁目2番3号, 第23号3番地の1.
std::size_t number_end(std::u32string_view text, std::size_t at, bool& whole) {
  bool joined = false;
  std::size_t i = at;
  while (i < text.size() && (is_digit(text[i]) || joins_numbers(text[i]))) {
    joined = joined || (joins_numbers(text[i]) && i > at);
    ++i;
  }
  // "3番地の山田ビル": the の belongs to what follows.
  while (i > at && (text[i - 1] == U'の' || text[i - 1] == U'ノ' || text[i - 1] == U'第')) {
    --i;
  }
  whole = joined;
  return i;
}

bool is_floor(std::u32string_view rest) {
  std::size_t i = 0;
  while (i < rest.size() && is_digit(rest[i])) {
    ++i;
  }
  if (i == 0 || i == rest.size()) {
    return false;
  }
  const char32_t c = to_half_width(rest[i]);
  constexpr std::size_t kRoomDigits = 3;  // ２０２号 alone at the end; 7号 may be of the street
  if (i >= kRoomDigits && rest.substr(i) == U"号") {
    return true;
  }
  return c == U'F' || c == U'f' || c == U'階' || rest.substr(i).starts_with(U"号室");
}

// Splits what is behind the city where the building starts.
std::size_t building_start(std::u32string_view text) {
  std::size_t i = 0;
  bool numbers = false;
  while (i < text.size()) {
    if (is_digit(text[i])) {
      bool whole = false;
      i = number_end(text, i, whole);
      numbers = true;
      if (i == text.size()) {
        return i;
      }
      // 北1条西2丁目: a single number with a word of the place behind it is not the end.
      constexpr std::u32string_view kPlaceWords = U"条線区町村通軒割";
      if (!is_space(text[i])) {
        if (whole && text[i - 1] != U'目' &&
            kPlaceWords.find(text[i]) == std::u32string_view::npos) {
          return i;
        }
        continue;
      }
    }
    if (is_space(text[i]) && numbers) {
      const std::u32string_view rest = trimmed(text.substr(i));
      const bool more_numbers = !rest.empty() && is_digit(rest.front()) && !is_floor(rest);
      if (!more_numbers) {
        return i;
      }
    }
    ++i;
  }
  return i;
}

// A postal code at the head: 〒100-0001 or 100-0001 with something behind it.
void take_postal_code(std::u32string_view& line, Address& address) {
  std::u32string_view rest = line;
  if (!rest.empty() && rest.front() == U'〒') {
    rest = trimmed(rest.substr(1));
  }
  std::size_t digits = 0;
  std::size_t i = 0;
  std::string code;
  while (i < rest.size() && digits < 7 &&
         (is_digit(rest[i]) || (digits == 3 && is_hyphen(rest[i])))) {
    if (is_digit(rest[i])) {
      code.push_back(static_cast<char>(to_half_width(rest[i])));
      ++digits;
    }
    ++i;
  }
  if (digits == 7 && (i == rest.size() || !is_digit(rest[i]))) {
    address.postal_code = code;
    line = trimmed(rest.substr(i));
  }
}

// 〇〇市, 〇〇郡〇〇町 of a city that the table does not know (one that was merged away).
std::size_t guessed_city(std::u32string_view text) {
  constexpr std::size_t kLongest = 12;
  for (std::size_t i = 1; i < std::min(text.size(), kLongest); ++i) {
    if (text[i] == U'郡') {
      for (std::size_t j = i + 2; j < std::min(text.size(), kLongest); ++j) {
        if (text[j] == U'町' || text[j] == U'村') {
          return j + 1;
        }
      }
    }
    if (text[i] == U'市' || text[i] == U'区') {
      return i + 1;
    }
    if (is_digit(text[i])) {
      break;
    }
  }
  return 0;
}

}  // namespace

std::optional<Address> split_address(std::string_view one_line) {
  std::u32string decoded;
  decode_utf8(one_line, decoded);
  std::ranges::replace_if(
      decoded, [](char32_t c) { return c == U'\n' || c == U'\r' || c == U'\t'; }, U' ');
  std::u32string_view line = trimmed(decoded);
  Address address;
  take_postal_code(line, address);
  const Spelled spelled = spell(line);
  std::u32string_view rest = spelled.text;
  for (const Prefecture& one : prefectures()) {
    std::u32string name;
    decode_utf8(one.name, name);
    if (rest.starts_with(name)) {
      address.prefecture = one.name;
      rest.remove_prefix(name.size());
      break;
    }
  }
  std::size_t used = spelled.text.size() - rest.size();
  const Cities::Found found = cities().find(rest, address.prefecture);
  if (found.city != nullptr) {
    address.city = found.city->name;
    address.city_known = true;
    if (address.prefecture.empty() && found.unique) {
      address.prefecture = found.city->prefecture;
    }
    used += found.size;
  } else if (address.prefecture.empty()) {
    return std::nullopt;
  } else if (const std::size_t size = guessed_city(rest); size > 0) {
    address.city =
        to_utf8(line.substr(spelled.at[used], spelled.at[used + size - 1] + 1 - spelled.at[used]));
    used += size;
  }
  const std::size_t from = used < spelled.at.size() ? spelled.at[used] : line.size();
  const std::u32string_view behind = trimmed(line.substr(from));
  const Spelled rest_spelled = spell(behind);
  const std::size_t town =
      numbered_towns().find(address.prefecture, address.city, rest_spelled.text);
  const std::size_t head = town == 0 ? 0 : rest_spelled.at[town - 1] + 1;
  const std::size_t split = head + building_start(number_shape(behind).substr(head));
  address.street = to_utf8(trimmed(behind.substr(0, split)));
  address.building = to_utf8(trimmed(behind.substr(split)));
  if (address.prefecture.empty() && address.city_known) {
    address.prefecture = prefecture_by_town(address.city, address.street);
  }
  return address;
}

namespace {

int kanji_digit(char32_t c) {
  const std::size_t at = std::u32string_view(U"〇一二三四五六七八九").find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

// 十二丁目 -> 12丁目, also before 番, 号, 条, 線: there a kanji number is a number and not part of
// a name.
void kanji_numbers(std::u32string& text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    int total = 0;
    int digit = -1;
    while (end < text.size() && (kanji_digit(text[end]) >= 0 || text[end] == U'十')) {
      if (text[end] == U'十') {
        total += (digit < 0 ? 1 : digit) * 10;
        digit = -1;
      } else {
        digit = (digit < 0 ? 0 : digit * 10) + kanji_digit(text[end]);
      }
      ++end;
    }
    constexpr std::u32string_view kCounters = U"丁番号条線";
    if (end > i && end - i <= 4 && end < text.size() &&
        kCounters.find(text[end]) != std::u32string_view::npos) {
      for (const char c : std::to_string(total + (digit < 0 ? 0 : digit))) {
        out.push_back(static_cast<char32_t>(c));
      }
      i = end;
    } else {
      out.push_back(text[i++]);
    }
  }
  text = std::move(out);
}

// Each mark to `to`; with `behind_digit` only where a digit stands before it.
void replace_all(std::u32string& text, std::u32string_view mark, std::u32string_view to,
                 bool behind_digit) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool here = std::u32string_view(text).substr(i).starts_with(mark) &&
                      (!behind_digit || (!out.empty() && is_ascii_digit(out.back())));
    if (here) {
      out += to;
      i += mark.size();
    } else {
      out.push_back(text[i++]);
    }
  }
  text = std::move(out);
}

}  // namespace

std::string address_key(std::string_view street) {
  std::u32string mapped;
  map_chars(street, mapped);
  std::erase_if(mapped, [](char32_t c) { return c < 0x80 && !is_ascii_alnum(c) && c != U'-'; });
  kanji_numbers(mapped);
  for (char32_t& c : mapped) {
    c = c == U'ニ' ? U'二' : c == U'ハ' ? U'八' : c == U'へ' ? U'ヘ' : place_character(c);
  }
  replace_all(mapped, U"大字", U"", false);
  replace_all(mapped, U"小字", U"", false);
  for (const std::u32string_view mark :
       {std::u32string_view(U"丁目"), std::u32string_view(U"番地ノ"), std::u32string_view(U"番地"),
        std::u32string_view(U"番"), std::u32string_view(U"号")}) {
    replace_all(mapped, mark, U"-", true);
  }
  std::u32string key;
  for (std::size_t i = 0; i < mapped.size(); ++i) {
    const bool between = i > 0 && is_ascii_digit(mapped[i - 1]) && i + 1 < mapped.size() &&
                         is_ascii_digit(mapped[i + 1]);
    const char32_t c = mapped[i] == U'ノ' && between ? U'-' : mapped[i];
    if (c == U'-' && (key.empty() || !is_ascii_digit(key.back()))) {
      continue;
    }
    key.push_back(c);
  }
  while (!key.empty() && key.back() == U'-') {
    key.pop_back();
  }
  return to_utf8(key);
}

}  // namespace daifuku::text
