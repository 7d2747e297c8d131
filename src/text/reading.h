// How a name is probably read, by MeCab with its IPA dictionary. A guess to be shown as one, never
// to be stored unasked: of the companies of a day of the corporate register it reads the share in
// bench/results right. Thread-safe. Without an installed dictionary nothing is guessed.
#pragma once

#include <string>
#include <string_view>

namespace daifuku::text {

// Whether the dictionary is there (Debian: mecab-ipadic-utf8). Looked for once.
bool readings_available();

// In katakana, the legal form left out; empty when a part of the name cannot be read or the name is
// longer than a name is.
std::string guess_company_reading(std::string_view name);

// The same of a family or a given name.
enum class NamePart { family, given };
std::string guess_person_reading(std::string_view name, NamePart part);

}  // namespace daifuku::text
