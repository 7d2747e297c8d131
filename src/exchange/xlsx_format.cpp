#include "exchange/xlsx_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "base/ascii.h"
#include "base/time.h"

namespace daifuku::exchange {
namespace {

constexpr double kMaxSerial = 2958466;  // The day after 9999-12-31.

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void append_padded(std::string& out, std::int64_t value, int width) {
  std::array<char, 24> buffer{};
  const int length =
      std::snprintf(buffer.data(), buffer.size(), "%0*lld", width, static_cast<long long>(value));
  out.append(buffer.data(), static_cast<std::size_t>(length));
}

void append_time(std::string& out, std::int64_t seconds) {
  append_padded(out, seconds / 3600, 2);
  out += ':';
  append_padded(out, seconds / 60 % 60, 2);
  if (seconds % 60 == 0) return;
  out += ':';
  append_padded(out, seconds % 60, 2);
}

// False for a serial that Excel itself does not show as a date.
bool format_date_time(double serial, NumberFormat::Shape shape, bool date1904, Cell& out) {
  if (!(serial >= 0) || serial >= kMaxSerial) return false;
  auto day = static_cast<std::int64_t>(std::floor(serial));
  std::int64_t seconds = std::llround((serial - static_cast<double>(day)) * 86'400);
  if (shape == NumberFormat::Shape::time) {
    append_time(out.text, day * 86'400 + seconds);
    out.type = Cell::Type::text;
    return true;
  }
  if (seconds == 86'400) {
    ++day;
    seconds = 0;
  }
  if (shape == NumberFormat::Shape::date_time && day == 0 && !date1904) {
    append_time(out.text, seconds);
    out.type = Cell::Type::text;
    return true;
  }
  // Serial 0 in a date column is an empty cell that a formula brought along; 60 is 1900-02-29,
  // which never was.
  if (!date1904 && (day == 0 || day == 60)) return false;
  constexpr std::int64_t kEpoch1904 = -24'107;  // 1904-01-01 in days since 1970.
  constexpr std::int64_t kEpoch1900 =
      -25'569;  // 1899-12-30; days before 1900-03-01 are off by one.
  const std::int64_t since_1970 =
      date1904 ? kEpoch1904 + day : kEpoch1900 + day + (day < 60 ? 1 : 0);
  out.text += format_date(date_from_days(since_1970));
  out.type = Cell::Type::date;
  if (shape == NumberFormat::Shape::date_time) {
    out.text += ' ';
    append_time(out.text, seconds);
    out.type = Cell::Type::date_time;
  }
  return true;
}

struct Section {
  std::string_view body = {};
  double limit = 0;
  bool conditional = false;
};

// The section of a format for a number not below zero. Only [<N] and [<=N] occur with codes.
Section section_for(std::string_view code, double value) {
  for (std::size_t start = 0; start <= code.size();) {
    std::size_t end = start;
    for (bool quoted = false; end < code.size() && (quoted || code[end] != ';'); ++end) {
      if (code[end] == '"') quoted = !quoted;
      if (code[end] == '\\' && !quoted) ++end;
    }
    end = std::min(end, code.size());
    Section section{.body = code.substr(start, end - start)};
    while (section.body.starts_with('[')) {
      const std::size_t close = section.body.find(']');
      if (close == section.body.npos) break;
      std::string_view condition = section.body.substr(1, close - 1);
      section.body.remove_prefix(close + 1);
      if (!condition.starts_with('<')) continue;
      condition.remove_prefix(1);
      const bool inclusive = condition.starts_with('=');
      if (inclusive) condition.remove_prefix(1);
      std::from_chars(condition.data(), condition.data() + condition.size(), section.limit);
      section.conditional = true;
      if (!inclusive) section.limit = std::nextafter(section.limit, 0.0);
    }
    if (!section.conditional || value <= section.limit) return section;
    start = end + 1;
  }
  return {};
}

struct DigitPattern {
  int zeros = 0;
  int places = 0;      // 0 and #
  bool split = false;  // A literal between two places.
  bool valid = true;
  std::string text = {};  // Places as \1 (0) and \2 (#), literals as they are.
};

DigitPattern parse_digits(std::string_view body) {
  DigitPattern pattern;
  bool literal_since_place = false;
  const auto literal = [&](std::string_view text) {
    pattern.text += text;
    literal_since_place = pattern.places > 0;
  };
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '0' || c == '#') {
      pattern.text += c == '0' ? '\1' : '\2';
      ++pattern.places;
      if (c == '0') ++pattern.zeros;
      if (literal_since_place) pattern.split = true;
      literal_since_place = false;
    } else if (c == '"') {
      const std::size_t close = body.find('"', i + 1);
      if (close == body.npos) return {.valid = false};
      literal(body.substr(i + 1, close - i - 1));
      i = close;
    } else if (c == '\\' && i + 1 < body.size()) {
      literal(body.substr(++i, 1));
    } else if (c == '_' || c == '*') {
      ++i;  // Room or filling, nothing to read.
    } else if (c == '-' || c == '(' || c == ')' || c == ' ') {
      literal(body.substr(i, 1));
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      pattern.text += c;
    } else {
      return {.valid = false};
    }
  }
  return pattern;
}

bool format_digits(std::string_view digits, std::string_view code, std::string& out) {
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const DigitPattern pattern = parse_digits(section_for(code, value).body);
  if (!pattern.valid || pattern.places == 0) return false;
  // From the right; what is left over goes before the first place.
  std::string reversed;
  std::size_t left = digits.size();
  int places = pattern.places;
  for (std::size_t i = pattern.text.size(); i > 0; --i) {
    const char c = pattern.text[i - 1];
    if (c != '\1' && c != '\2') {
      reversed += c;
      continue;
    }
    --places;
    if (left > 0) {
      reversed += digits[--left];
    } else if (c == '\1') {
      reversed += '0';
    }
    while (places == 0 && left > 0) reversed += digits[--left];
  }
  out.assign(reversed.rbegin(), reversed.rend());
  return true;
}

}  // namespace

NumberFormat builtin_format(int id) {
  using Shape = NumberFormat::Shape;
  if (id == 9 || id == 10) return {.shape = Shape::percent};
  if (id == 22) return {.shape = Shape::date_time};
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || id == 32 || id == 33) {
    return {.shape = Shape::time};
  }
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) {
    return {.shape = Shape::date};
  }
  return {};
}

NumberFormat parse_format(std::string_view code) {
  using Shape = NumberFormat::Shape;
  bool date = false;
  bool time = false;
  bool month_or_minute = false;
  bool percent = false;
  bool digits = false;
  // The first section decides; colours, locales and conditions in brackets say nothing, [h] and the
  // like do.
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = lower_letter(code[i]);
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t close = std::min(code.find(']', i), code.size());
      const std::string_view inside = code.substr(i + 1, close - i - 1);
      if (!inside.empty() &&
          std::ranges::all_of(
              inside, [&](char x) { return lower_letter(x) == lower_letter(inside.front()); }) &&
          std::string_view("hms").find(lower_letter(inside.front())) != std::string_view::npos) {
        time = true;
      }
      i = close;
    } else if (c == ';') {
      break;
    } else if (c == 'y' || c == 'd' || c == 'g' || c == 'e' || c == 'b') {
      // E+ and E- are exponents; General has an e and a g too.
      if (c == 'g' &&
          std::ranges::equal(code.substr(i, 7), std::string_view("general"), {}, lower_letter)) {
        i += 6;
      } else if (c == 'e' && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) {
        return {};
      } else {
        date = true;
      }
    } else if (c == 'h' || c == 's') {
      time = true;
    } else if (c == 'a' && code.size() - i >= 3 && lower_letter(code[i + 1]) == 'a') {
      date = true;  // aaa, aaaa: day of the week
      i += 2;
    } else if (c == 'm') {
      month_or_minute = true;
    } else if (c == '%') {
      percent = true;
    } else if (c == '0' || c == '#') {
      digits = true;
    }
  }
  if (date && time) return {.shape = Shape::date_time};
  if (time) return {.shape = Shape::time};
  if (date || month_or_minute) return {.shape = Shape::date};
  if (percent) return {.shape = Shape::percent};
  if (digits) {
    const DigitPattern pattern = parse_digits(section_for(code, 0).body);
    if (pattern.valid && (pattern.zeros > 1 || (pattern.split && pattern.places > 3))) {
      return {.shape = Shape::digits, .code = std::string(code)};
    }
  }
  return {};
}

bool plain_number(std::string_view literal, std::string& out) {
  const std::string_view unsigned_part = literal.substr(literal.starts_with('-') ? 1 : 0);
  if (unsigned_part.size() <= 18 && all_digits(unsigned_part) &&
      (unsigned_part.size() == 1 || unsigned_part.front() != '0')) {
    out = literal == "-0" ? "0" : literal;
    return true;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(literal.data(), literal.data() + literal.size(), value);
  if (error != std::errc() || end != literal.data() + literal.size() || !std::isfinite(value)) {
    return false;
  }
  std::array<char, 64> buffer{};
  std::to_chars_result written{};
  if (std::abs(value) < 1e21 && std::floor(value) == value) {
    written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                            std::chars_format::fixed);
  } else {
    // Round to what Excel shows, then write that without an exponent.
    std::array<char, 40> rounded{};
    std::snprintf(rounded.data(), rounded.size(), "%.15g", value);
    value = std::strtod(rounded.data(), nullptr);
    const bool fixed = std::abs(value) >= 1e-9 && std::abs(value) < 1e21;
    written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                            fixed ? std::chars_format::fixed : std::chars_format::scientific);
  }
  out.assign(buffer.data(), written.ptr);
  if (out == "-0") out = "0";
  return true;
}

void format_number(std::string_view literal, const NumberFormat& format, bool date1904, Cell& out) {
  using Shape = NumberFormat::Shape;
  out.clear();
  if (format.shape == Shape::date || format.shape == Shape::time ||
      format.shape == Shape::date_time) {
    double serial = 0;
    const auto [end, error] =
        std::from_chars(literal.data(), literal.data() + literal.size(), serial);
    if (error == std::errc() && end == literal.data() + literal.size() &&
        format_date_time(serial, format.shape, date1904, out)) {
      return;
    }
  }
  if (!plain_number(literal, out.text)) {
    out.text = literal;
    out.type = Cell::Type::text;
    return;
  }
  out.type = Cell::Type::number;
  if (format.shape == Shape::percent) {
    double value = 0;
    std::from_chars(literal.data(), literal.data() + literal.size(), value);
    std::array<char, 48> hundredfold{};
    std::snprintf(hundredfold.data(), hundredfold.size(), "%.15g", value * 100);
    std::string percent;
    if (plain_number(hundredfold.data(), percent)) out.text = percent + "%";
  } else if (format.shape == Shape::digits && all_digits(out.text)) {
    std::string shown;
    if (format_digits(out.text, format.code, shown)) {
      out.text = std::move(shown);
      out.type = Cell::Type::text;
    }
  }
}

}  // namespace daifuku::exchange
