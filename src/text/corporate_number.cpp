#include "text/corporate_number.h"

#include <algorithm>
#include <utility>

#include "text/code_points.h"
#include "text/number.h"

namespace daifuku::text {
namespace {

bool good_check_digit(std::string_view digits) {
  int sum = 0;
  for (std::size_t n = 1; n <= 12; ++n) {
    sum += (digits[13 - n] - '0') * (n % 2 == 1 ? 1 : 2);
  }
  return digits[0] - '0' == 9 - sum % 9;
}

// Half-width, in upper case, without what people put between the digits.
std::string compact(std::string_view text) {
  std::u32string half;
  half_width(text, half);
  std::string out;
  for (const char32_t c : half) {
    if (is_space(c) || is_hyphen(c) || c == U'\'') {
      continue;
    }
    append_utf8(c >= U'a' && c <= U'z' ? c - 0x20 : c, out);
  }
  return out;
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

CheckedNumber check(std::string_view text, bool invoice) {
  if (is_spreadsheet_damage(text)) {
    return {{}, NumberIssue::spreadsheet_damage};
  }
  std::string value = compact(text);
  if (value.ends_with(".0")) {  // A number cell that a spreadsheet wrote as a decimal.
    value.resize(value.size() - 2);
  }
  std::string_view digits = value;
  if (digits.starts_with('T')) {
    digits.remove_prefix(1);
  }
  if (digits.empty()) {
    return {{}, NumberIssue::empty};
  }
  if (!all_digits(digits)) {
    return {{}, NumberIssue::not_digits};
  }
  if (digits.size() == 12) {
    return {{}, NumberIssue::maybe_my_number};
  }
  if (digits.size() != 13) {
    return {{}, NumberIssue::wrong_length};
  }
  const bool good = good_check_digit(digits);
  if (invoice) {
    std::string number(1, 'T');
    number += digits;
    return {std::move(number), good ? NumberIssue::none : NumberIssue::individual_number};
  }
  if (!good) {
    return {{}, NumberIssue::bad_check_digit};
  }
  return {std::string(digits), NumberIssue::none};
}

}  // namespace

CheckedNumber check_corporate_number(std::string_view text) { return check(text, false); }

CheckedNumber check_invoice_number(std::string_view text) { return check(text, true); }

std::string format_corporate_number(std::string_view value) {
  const std::size_t letter = value.starts_with('T') ? 1 : 0;
  if (value.size() != 13 + letter) {
    return std::string(value);
  }
  std::string out(value.substr(0, letter + 1));
  for (std::size_t at = letter + 1; at < value.size(); at += 4) {
    out += '-';
    out += value.substr(at, 4);
  }
  return out;
}

std::string_view number_issue_code(NumberIssue issue) {
  switch (issue) {
    case NumberIssue::none:
      break;
    case NumberIssue::empty:
    case NumberIssue::wrong_length:
      return "corporate_number_length";
    case NumberIssue::not_digits:
      return "corporate_number_not_digits";
    case NumberIssue::bad_check_digit:
      return "corporate_number_check_digit";
    case NumberIssue::spreadsheet_damage:
      return "corporate_number_damaged";
    case NumberIssue::maybe_my_number:
      return "corporate_number_my_number";
    case NumberIssue::individual_number:
      return "invoice_number_individual";
  }
  return {};
}

}  // namespace daifuku::text
