#include "text/phone.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

struct AreaRow {
  std::string_view prefix;
  std::size_t length;
};
constexpr AreaRow kAreas[] = {
#include "text/phone_areas.inc"
};
constexpr std::size_t kLongestPrefix = 6;

constexpr std::string_view kShortCodes[] = {"104", "110", "111", "113", "114", "115", "116", "117",
                                            "118", "119", "122", "125", "136", "141", "142", "144",
                                            "147", "148", "151", "157", "159", "161", "162", "164",
                                            "165", "167", "171", "177", "184", "186", "188", "189"};

std::size_t area_length(std::string_view digits) {
  for (std::size_t size = std::min(kLongestPrefix, digits.size()); size >= 2; --size) {
    const auto* row =
        std::ranges::lower_bound(kAreas, digits.substr(0, size), {}, &AreaRow::prefix);
    if (row != std::end(kAreas) && row->prefix == digits.substr(0, size)) {
      return row->length;
    }
  }
  return 4;
}

bool in(char c, char first, char last) { return c >= first && c <= last; }

// Type and grouping (the sizes of the first two groups) of national digits.
struct Shape {
  Phone::Type type = Phone::unknown;
  std::size_t first = 0;
  std::size_t second = 0;
};

Shape shape_of(std::string_view d) {
  if (d.size() < 10 || d[0] != '0') {
    return {};
  }
  if (d.size() == 11) {
    if (in(d[1], '6', '9') && d[2] == '0' && in(d[3], '1', '9')) {
      return {Phone::mobile, 3, 4};
    }
    if (d.starts_with("0800")) {
      return {Phone::toll_free, 4, 3};
    }
    if (d.starts_with("050") && in(d[3], '1', '9')) {
      return {Phone::ip, 3, 4};
    }
    if (d.starts_with("020") && d[3] != '0') {
      return {Phone::pager, 3, 4};
    }
    return {};
  }
  if (d.size() != 10) {
    return {};
  }
  if (d.starts_with("0120")) {
    return {Phone::toll_free, 4, 3};
  }
  for (const std::string_view shared : {"0570", "0180", "0990", "0170"}) {
    if (d.starts_with(shared)) {
      return {Phone::navi, 4, 3};
    }
  }
  // 00 is a carrier's code, and 0x0 starts no area code (the zero of 0460 or 0880 is in the fourth
  // place). 03-0 and 06-0 are not given out today, but nothing speaks against them.
  if (d[1] == '0' || (d[2] == '0' && d[1] != '3' && d[1] != '6')) {
    return {};
  }
  const std::size_t length = area_length(d);
  return {Phone::landline, length, 6 - length};
}

std::string group(std::string_view digits, std::size_t first, std::size_t second) {
  std::string out(digits.substr(0, first));
  out += '-';
  out += digits.substr(first, second);
  out += '-';
  out += digits.substr(first + second);
  return out;
}

std::string with_mark(char mark, std::string_view digits) {
  std::string out(1, mark);
  out += digits;
  return out;
}

// What the text holds, before it is known what number that is.
struct Scanned {
  std::string digits;
  std::string extension;
  std::vector<std::size_t> groups;  // Sizes as typed.
  bool plus = false;
  bool hash = false;
};

bool is_separator(char32_t c) {
  return is_hyphen(c) || c == U'(' || c == U')' || c == U' ' || c == U'.' || c == U'/' ||
         c == U'・' || c == U'･' || c == U'〔' || c == U'〕' || c == U'[' || c == U']';
}

// Where "内線", "(内", "ext", "x" or "#" starts behind a number, with its digits; otherwise
// nothing.
std::optional<std::string> extension_at(const std::u32string& text, std::size_t at) {
  while (at < text.size() && (text[at] == U' ' || text[at] == U'(' || text[at] == U',' ||
                              text[at] == U'、' || is_hyphen(text[at]))) {
    ++at;
  }
  const std::u32string_view rest = std::u32string_view(text).substr(at);
  std::size_t skip = 0;
  for (const std::u32string_view mark :
       {std::u32string_view(U"内線"), std::u32string_view(U"(内)"), std::u32string_view(U"内)"),
        std::u32string_view(U"内"), std::u32string_view(U"extension"), std::u32string_view(U"ext"),
        std::u32string_view(U"EXT"), std::u32string_view(U"Ext"), std::u32string_view(U"x"),
        std::u32string_view(U"X"), std::u32string_view(U"#")}) {
    if (rest.starts_with(mark)) {
      skip = mark.size();
      break;
    }
  }
  if (skip == 0) {
    return std::nullopt;
  }
  std::string digits;
  for (std::size_t i = skip; i < rest.size(); ++i) {
    if (is_ascii_digit(rest[i])) {
      digits.push_back(static_cast<char>(rest[i]));
    } else if (!digits.empty() ||
               !(rest[i] == U' ' || rest[i] == U':' || rest[i] == U'：' || rest[i] == U'.' ||
                 rest[i] == U')' || is_hyphen(rest[i]) || rest[i] == U'番' || rest[i] == U'号')) {
      break;
    }
  }
  return digits.empty() ? std::nullopt : std::optional(digits);
}

Scanned scan(std::string_view typed) {
  std::u32string text;
  half_width(typed, text);
  Scanned found;
  std::size_t run = 0;
  const auto end_group = [&] {
    if (run > 0) {
      found.groups.push_back(run);
      run = 0;
    }
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (is_ascii_digit(c)) {
      found.digits.push_back(static_cast<char>(c));
      ++run;
      continue;
    }
    if (found.digits.empty()) {
      // Labels such as TEL: or 電話 stand in front.
      found.plus = c == U'+' || (found.plus && is_separator(c));
      found.hash = c == U'#';
      continue;
    }
    if (auto extension = extension_at(text, i)) {
      found.extension = std::move(*extension);
      break;
    }
    if (!is_separator(c)) {
      break;  // 03-1234-5678（代表）, a second number behind a comma
    }
    // Two numbers with a slash or a space between: the first one is whole.
    if ((c == U'/' || c == U' ') && found.digits.size() >= 10 && !found.plus) {
      const std::size_t next = text.find_first_not_of(U" /(", i);
      if (next == std::u32string::npos || text[next] == U'0') {
        break;
      }
    }
    end_group();
  }
  end_group();
  return found;
}

// The national number behind +81, 0081 or a bare 81.
void drop_country_code(Scanned& found) {
  std::size_t cut = 0;
  const bool bare = !found.groups.empty() && found.groups.front() == 2 && found.groups.size() > 2 &&
                    found.digits.size() >= 11 && found.digits.size() <= 12;
  if ((found.plus || bare) && found.digits.starts_with("81")) {
    cut = 2;
  } else if (found.digits.starts_with("01081") && found.digits.size() >= 14) {
    cut = 5;
  } else if (found.digits.starts_with("0081") && found.digits.size() >= 13) {
    cut = 4;
  }
  if (cut == 0) {
    return;
  }
  found.plus = false;
  found.groups.clear();
  found.digits.erase(0, cut);
  if (!found.digits.starts_with("0")) {
    found.digits = with_mark('0', found.digits);
  }
}

std::string grouped(std::string_view digits, const std::vector<std::size_t>& groups) {
  std::string out;
  std::size_t at = 0;
  for (const std::size_t size : groups) {
    if (at > 0) {
      out += '-';
    }
    out += digits.substr(at, size);
    at += size;
  }
  return out;
}

}  // namespace

std::optional<Phone> parse_phone(std::string_view text) {
  Scanned found = scan(text);
  if (found.digits.empty()) {
    return std::nullopt;
  }
  Phone phone;
  phone.extension = std::move(found.extension);
  drop_country_code(found);
  if (found.plus) {
    phone.digits = with_mark('+', found.digits);
    phone.display = with_mark('+', grouped(found.digits, found.groups));
    std::ranges::replace(phone.display, '-', ' ');
    phone.type = Phone::foreign;
    phone.valid = found.digits.size() >= 7 && found.digits.size() <= 15 && found.digits[0] != '0';
    return phone;
  }
  phone.digits = found.digits;
  if (found.hash && found.digits.size() == 4) {
    phone.digits = with_mark('#', found.digits);
    phone.display = phone.digits;
    phone.type = Phone::short_code;
    phone.valid = true;
    return phone;
  }
  if (std::ranges::find(kShortCodes, phone.digits) != std::end(kShortCodes)) {
    phone.display = phone.digits;
    phone.type = Phone::short_code;
    phone.valid = true;
    return phone;
  }
  const Shape shape = shape_of(phone.digits);
  phone.type = shape.type;
  phone.valid =
      shape.type != Phone::unknown && phone.digits.find_first_not_of('0') != std::string::npos;
  // Three groups that the user made himself say more than the table: 0570-00-1234.
  const bool own_groups = found.groups.size() == 3 && found.groups[0] >= 2 &&
                          found.groups[0] <= 5 && found.groups[2] >= 3;
  if (shape.type == Phone::unknown || own_groups) {
    phone.display = grouped(phone.digits, found.groups);
    if (found.groups.empty()) {
      phone.display = phone.digits;
    }
  } else {
    phone.display = group(phone.digits, shape.first, shape.second);
  }
  return phone;
}

std::optional<Phone> repair_phone(std::string_view text) {
  const std::size_t last = text.find_last_not_of(' ');
  if (last != std::string_view::npos && text.substr(0, last + 1).ends_with(".0")) {
    text = text.substr(0, last - 1);
  }
  const Scanned found = scan(text);
  if (found.plus || found.digits.empty() || found.digits.front() == '0' ||
      found.digits.size() < 9 || found.digits.size() > 10) {
    return std::nullopt;
  }
  auto phone = parse_phone(with_mark('0', found.digits));
  if (!phone || !phone->valid) {
    return std::nullopt;
  }
  return phone;
}

std::string_view area_code(std::string_view digits) {
  const Shape shape = shape_of(digits);
  return shape.type == Phone::landline ? digits.substr(0, shape.first) : std::string_view();
}

std::string_view phone_type_name(Phone::Type type) {
  switch (type) {
    case Phone::landline:
      return "landline";
    case Phone::mobile:
      return "mobile";
    case Phone::toll_free:
      return "toll_free";
    case Phone::ip:
      return "ip";
    case Phone::navi:
      return "navi";
    case Phone::pager:
      return "pager";
    case Phone::short_code:
      return "short_code";
    case Phone::foreign:
      return "foreign";
    case Phone::unknown:
      break;
  }
  return "unknown";
}

}  // namespace daifuku::text
