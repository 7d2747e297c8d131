// Japanese phone numbers. Area codes (市外局番) are a dated table in phone_areas.inc; its source is
// named there. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daifuku::text {

struct Phone {
  enum Type {
    landline,
    mobile,      // 060-090
    toll_free,   // 0120, 0800
    ip,          // 050
    navi,        // 0570 and other shared-cost services
    pager,       // 020
    short_code,  // 110, 119, #9110
    foreign,     // + and a country code other than 81; digits start with '+'
    unknown,     // digits that fit no Japanese number
  };

  std::string digits = {};  // Half-width, national (leading 0), without grouping or extension.
  std::string display =
      {};  // 03-1234-5678; the user's own grouping is kept when he grouped it with hyphens.
  Type type = unknown;
  std::string extension = {};  // 内線, digits only.
  bool valid = false;          // The length and the leading digits fit a number that can exist.
};

// Nothing when the text holds no phone number at all (empty, "-", "非公開", letters). Otherwise
// what was found, with `valid` false when it cannot be dialled (no area code, a digit missing).
std::optional<Phone> parse_phone(std::string_view text);

// A number that lost its leading zero in a spreadsheet (898223749): the number with it, when that
// is a valid one. A guess to show to the user, not to store silently.
std::optional<Phone> repair_phone(std::string_view text);

// The area code of national digits, with its 0; empty when there is none.
std::string_view area_code(std::string_view digits);

std::string_view phone_type_name(Phone::Type type);

}  // namespace daifuku::text
