// The lines of a vCard as properties: unfolded, decoded, not yet understood.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/encoding.h"

namespace daifuku::exchange {

struct VCardProperty {
  std::string name = {};  // upper case, without its group
  // Upper-case names; a parameter of version 2.1 without a name (HOME) is a TYPE. Values upper case
  // too, except of SORT-AS and LABEL.
  std::vector<std::pair<std::string, std::string>> parameters = {};
  std::string value = {};  // UTF-8; escapes are still in it
  bool binary = false;     // base64: the value is left out
  bool old = false;        // of a card of version 2.1, whose backslash only escapes a semicolon

  bool has_type(std::string_view type) const;
  std::string_view parameter(std::string_view wanted) const;
  // The fields between separators, without escapes.
  std::vector<std::string> fields(char separator) const;
  std::string text() const;
};

// The properties of the first card in `card`, those of cards inside it left out. At most 2,000;
// values longer than 32,767 bytes are cut. Adds to `replaced` what could not be read.
std::vector<VCardProperty> vcard_properties(std::string_view card, text::Encoding encoding,
                                            std::size_t& replaced);

}  // namespace daifuku::exchange
