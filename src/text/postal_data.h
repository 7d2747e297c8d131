// The built-in table as scripts/build_postal.mjs writes it; the format is described there.
#pragma once

#include <string_view>

namespace daifuku::text {

// Empty when the program was built without it.
std::string_view postal_data();

}  // namespace daifuku::text
