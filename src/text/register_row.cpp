#include "text/register_row.h"

#include <algorithm>
#include <charconv>

#include "base/time.h"
#include "text/code_points.h"
#include "text/corporate_number.h"
#include "text/name_key.h"

namespace daifuku::text {
namespace {

template <typename Number>
bool read_number(std::string_view text, Number& out) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

// Empty is 0.
bool read_date(std::string_view text, int& out) {
  out = 0;
  if (text.empty()) return true;
  const auto date = parse_iso_date(text);
  if (!date) return false;
  out = date->year * 10'000 + date->month * 100 + date->day;
  return true;
}

template <typename Number>
bool read_optional(std::string_view text, Number& out, Number none) {
  out = none;
  return text.empty() || read_number(text, out);
}

}  // namespace

bool read_register_row(std::span<const std::string_view> columns, RegisterRow& out) {
  constexpr std::size_t kColumns = 30;
  if (columns.size() != kColumns || columns[6].empty() || columns[1].size() != 13) return false;
  if (check_corporate_number(columns[1]).issue != NumberIssue::none) return false;
  int prefecture = 0;
  int city = 0;
  if (!read_number(columns[1], out.number) || !read_number(columns[2], out.process) ||
      !read_date(columns[4], out.updated_on) || !read_date(columns[5], out.changed_on) ||
      !read_optional(columns[8], out.kind, 0) || !read_optional(columns[13], prefecture, 0) ||
      !read_optional(columns[14], city, 0) || !read_optional(columns[15], out.postal_code, -1) ||
      !read_date(columns[18], out.closed_on) || !read_optional(columns[19], out.close_cause, 0) ||
      !read_optional(columns[20], out.successor, std::int64_t{0}))
    return false;
  out.latest = columns[23] != "0";
  out.name = columns[6];
  out.prefecture = columns[9];
  out.city = columns[10];
  out.street = columns[9].empty() ? columns[16] : columns[11];
  out.area =
      prefecture >= 1 && prefecture <= 47 && city > 0 && city < 1000 ? prefecture * 1000 + city : 0;
  out.kana = columns[28];
  return true;
}

std::string plain_width(std::string_view text) {
  std::u32string half;
  half_width(text, half);
  for (char32_t& c : half) {
    // Between Latin letters and digits the register writes its own hyphen.
    if (c == U'‐' || c == U'－' || c == U'−') c = U'-';
    if (c == U'’') c = U'\'';
  }
  std::string out = to_utf8(half);
  const auto begin = out.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return out.substr(begin, out.find_last_not_of(' ') + 1 - begin);
}

std::int64_t company_name_hash(std::string_view name) {
  thread_local CompanyKey key;
  company_key(name, key);
  if (key.loose.empty()) return 0;
  // FNV-1a; what it finds is compared by name.
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : key.loose) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211U;
  }
  return static_cast<std::int64_t>(hash == 0 ? 1 : hash);
}

std::string register_date(int date) {
  if (date == 0) return {};
  return format_date({.year = date / 10'000, .month = date / 100 % 100, .day = date % 100});
}

}  // namespace daifuku::text
