// 法人番号 (13 digits, check digit first) and インボイス登録番号 (T and 13 digits). Rule:
// 法人番号の指定等に関する省令; check = 9 - (sum of P_n * Q_n mod 9), P_n the n-th of the 12 digits
// from the right, Q_n 1 for odd n and 2 for even n. Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace daifuku::text {

enum class NumberIssue {
  none,
  empty,
  wrong_length,
  not_digits,
  bad_check_digit,
  spreadsheet_damage,  // 4.00E+12: the digits are gone
  maybe_my_number,  // 12 digits: may be a personal number (マイナンバー), which must not be stored
  individual_number,  // T number whose check digit fails: a sole proprietor's; accept with a
                      // warning
};

struct CheckedNumber {
  std::string value = {};  // Normalized: 13 digits, or T and 13 digits; empty unless accepted.
  NumberIssue issue = NumberIssue::none;
  bool accepted() const {
    return issue == NumberIssue::none || issue == NumberIssue::individual_number;
  }
};

// Spaces and hyphens are dropped, full width is read as half.
CheckedNumber check_corporate_number(std::string_view text);
CheckedNumber check_invoice_number(std::string_view text);

// 8-7001-1000-5901 style: 1-4-4-4. The argument is normalized, a leading T stays in front.
std::string format_corporate_number(std::string_view value);

// The code in base/messages.inc of an issue; empty for none.
std::string_view number_issue_code(NumberIssue issue);

}  // namespace daifuku::text
