#include "text/postal_write.h"

#include <unicode/unorm2.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "text/code_points.h"
#include "text/postal.h"

namespace daifuku::text {
namespace {

constexpr std::string_view kOpen = "（";
constexpr std::string_view kClose = "）";

bool number(std::string_view text, std::size_t digits, std::uint32_t& out) {
  if (text.size() != digits || text.find_first_not_of("0123456789") != std::string_view::npos)
    return false;
  out = 0;
  for (const char c : text) out = out * 10 + static_cast<std::uint32_t>(c - '0');
  return true;
}

bool known_area(std::uint32_t jis) { return jis >= 1000 && jis < 48000; }

bool opened(std::string_view text, std::string_view open, std::string_view close) {
  return text.find(open) != std::string_view::npos && text.find(close) == std::string_view::npos;
}

// Notes of the post office are no part of a town's name; the floor of a tower is.
void name_town(PostalEntry& entry, std::string_view town, std::string_view kana) {
  entry.town.clear();
  entry.town_kana.clear();
  entry.note.clear();
  constexpr std::string_view kWhole = "一円";
  const bool next_number =
      town.find("の次に") != std::string_view::npos && town.ends_with("番地がくる場合");
  const bool whole_city =
      town.size() > kWhole.size() && town.ends_with(kWhole) &&
      std::string_view(entry.city).ends_with(town.substr(0, town.size() - kWhole.size()));
  if (town == "以下に掲載がない場合" || next_number || whole_city) return;
  const std::size_t bracket = std::min(town.find(kOpen), town.size());
  entry.town = town.substr(0, bracket);
  entry.town_kana = kana.substr(0, kana.find('('));
  if (bracket == town.size()) return;
  std::string_view note = town.substr(bracket + kOpen.size());
  if (note.ends_with(kClose)) note.remove_suffix(kClose.size());
  const auto floor_digits = [](std::string_view text) {
    std::u32string half;
    half_width(text, half);
    return half.size() > 1 && half.back() == U'階' &&
           std::all_of(half.begin(), half.end() - 1, is_ascii_digit);
  };
  if (floor_digits(note)) {
    entry.town.append("　").append(note);
    const std::size_t from = kana.find('(');
    if (from != std::string_view::npos) {
      std::string_view floor = kana.substr(from + 1);
      floor.remove_suffix(floor.ends_with(')') ? 1 : 0);
      entry.town_kana.append("　").append(floor);
    }
  } else {
    entry.note = note;
  }
}

class Strings {
 public:
  Strings() { add(""); }
  std::uint32_t add(const std::string& text) {
    const auto [at, fresh] = numbers_.emplace(text, static_cast<std::uint32_t>(list_.size()));
    if (fresh) list_.push_back(&at->first);
    return at->second;
  }
  const std::vector<const std::string*>& list() const { return list_; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> list_;  // Keys of a node-based map stay in place.
};

}  // namespace

std::string full_width_kana(std::string_view kana) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* form = unorm2_getNFKCInstance(&status);
  if (U_FAILURE(status) != 0) throw SystemError(u_errorName(status));
  std::u32string points;
  decode_utf8(kana, points);
  std::u16string text;
  for (const char32_t c : points) {
    if (c < 0x10000) {
      text.push_back(static_cast<char16_t>(c));
    } else {
      text.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10)));
      text.push_back(static_cast<char16_t>(0xDC00 + (c & 0x3FF)));
    }
  }
  // The longest expansion of NFKC is 18 units (U+FDFA).
  std::u16string result(text.size() * 18, u'\0');
  const auto size = unorm2_normalize(form, text.data(), static_cast<int32_t>(text.size()),
                                     result.data(), static_cast<int32_t>(result.size()), &status);
  if (U_FAILURE(status) != 0) throw SystemError(u_errorName(status));
  points.clear();
  for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i) {
    const char32_t c = result[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < static_cast<std::size_t>(size)) {
      points.push_back(0x10000 + ((c - 0xD800) << 10) + (char32_t{result[++i]} - 0xDC00));
    } else {
      points.push_back(c);
    }
  }
  return to_utf8(points);
}

bool PostalEntries::add_town(std::span<const std::string_view> columns) {
  std::uint32_t code = 0;
  std::uint32_t jis = 0;
  if (columns.size() != 15 || !number(columns[0], 5, jis) || !known_area(jis) ||
      !number(columns[2], 7, code) || columns[7].empty())
    return false;
  const std::string kana = full_width_kana(columns[5]);
  if (open_ && entries_.back().code == code) {
    town_.append(columns[8]);
    // In some towns the reading is short enough for one line, and stands in each again.
    if (opened(kana_, "(", ")")) kana_ += kana;
  } else {
    if (open_) return false;
    town_ = columns[8];
    kana_ = kana;
    entries_.push_back({.code = code,
                        .jis_code = jis,
                        .city = std::string(columns[7]),
                        .city_kana = full_width_kana(columns[4])});
  }
  name_town(entries_.back(), town_, kana_);
  open_ = opened(town_, kOpen, kClose);
  return true;
}

bool PostalEntries::add_office(std::span<const std::string_view> columns) {
  std::uint32_t code = 0;
  std::uint32_t jis = 0;
  if (columns.size() != 13 || !number(columns[0], 5, jis) || !known_area(jis) ||
      !number(columns[7], 7, code) || columns[2].empty() || open_)
    return false;
  entries_.push_back({.code = code,
                      .jis_code = jis,
                      .city = std::string(columns[4]),
                      .town = std::string(columns[5]),
                      .office = std::string(columns[2]),
                      .office_kana = full_width_kana(columns[1]),
                      .street = std::string(columns[6])});
  return true;
}

std::string PostalEntries::write(std::uint32_t date) {
  const auto order = [](const PostalEntry& entry) {
    return std::tie(entry.code, entry.jis_code, entry.city, entry.town, entry.note, entry.office,
                    entry.street);
  };
  std::ranges::stable_sort(entries_, {}, order);
  const auto same = [&](const PostalEntry& a, const PostalEntry& b) {
    return order(a) == order(b);
  };
  entries_.erase(std::unique(entries_.begin(), entries_.end(), same), entries_.end());

  Strings strings;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> cities;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> towns;
  std::vector<std::uint32_t> city_list;
  std::vector<std::uint32_t> town_list;
  std::vector<std::uint32_t> offices;
  std::vector<std::uint32_t> rows[4];  // code, city, town, note
  for (const PostalEntry& entry : entries_) {
    const auto row = static_cast<std::uint32_t>(rows[0].size());
    rows[0].push_back(entry.code);
    const std::tuple city{entry.jis_code, strings.add(entry.city), strings.add(entry.city_kana)};
    const auto [city_at, new_city] =
        cities.emplace(city, static_cast<std::uint32_t>(cities.size()));
    if (new_city)
      city_list.insert(city_list.end(), {std::get<0>(city), std::get<1>(city), std::get<2>(city)});
    rows[1].push_back(city_at->second);
    const std::pair town{strings.add(entry.town), strings.add(entry.town_kana)};
    const auto [town_at, new_town] = towns.emplace(town, static_cast<std::uint32_t>(towns.size()));
    if (new_town) town_list.insert(town_list.end(), {town.first, town.second});
    rows[2].push_back(town_at->second);
    rows[3].push_back(strings.add(entry.note));
    if (!entry.office.empty())
      offices.insert(offices.end(), {row, strings.add(entry.office), strings.add(entry.office_kana),
                                     strings.add(entry.street)});
  }

  std::string out;
  const auto put = [&out](std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(value >> shift));
  };
  const auto put_all = [&put](const std::vector<std::uint32_t>& values) {
    for (const std::uint32_t value : values) put(value);
  };
  out = "DFP2";
  for (const std::size_t count :
       {rows[0].size(), cities.size(), towns.size(), offices.size() / 4, strings.list().size()})
    put(static_cast<std::uint32_t>(count));
  put(date);
  for (const auto& column : rows) put_all(column);
  put_all(city_list);
  put_all(town_list);
  put_all(offices);
  std::uint32_t offset = 0;
  put(offset);
  for (const std::string* text : strings.list())
    put(offset += static_cast<std::uint32_t>(text->size()));
  for (const std::string* text : strings.list()) out += *text;
  return out;
}

}  // namespace daifuku::text
