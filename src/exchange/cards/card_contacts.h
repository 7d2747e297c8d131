// The parts of a line that have a form of their own: mail, web address, phones, postal code,
// numbers. Recognition slips of letters that such a part cannot hold are mended. Pure functions,
// thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::exchange {

struct FoundContact {
  std::string key = {};    // email, website, phone, mobile, fax, postal_code ...
  std::string value = {};  // in the product's own form
  int certainty = 0;       // 0 to 100, of the form alone
};

// `line` in half-width code points. What was taken, its label too, is cut out: `rest` is what else
// the line says.
std::vector<FoundContact> find_contacts(std::u32string_view line, std::u32string& rest);

}  // namespace daifuku::exchange
