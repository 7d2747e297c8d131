// Every text that the server says to a person: one table of stable codes with Japanese and English.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace daifuku {

enum class Language { ja, en };

// From an Accept-Language header or a locale name; Japanese unless English is asked for first.
Language parse_language(std::string_view accept_language);

// The text of a code with its {params} filled in. An unknown code gives the code itself (a test
// forbids that).
std::string message(Language language, std::string_view code, const Params& params = {});
bool has_message(std::string_view code);

}  // namespace daifuku
