#include "base/messages.h"

#include <algorithm>
#include <iterator>

namespace daifuku {
namespace {

struct Message {
  std::string_view code;
  std::string_view ja;
  std::string_view en;
};

// Say what is wrong and what to do. Kept in order of the code (a test checks it).
constexpr Message kMessages[] = {
#include "base/messages.inc"
};

}  // namespace

Language parse_language(std::string_view accept_language) {
  const auto en = accept_language.find("en");
  const auto ja = accept_language.find("ja");
  if (en == std::string_view::npos) return Language::ja;
  return ja != std::string_view::npos && ja < en ? Language::ja : Language::en;
}

static const Message* find_message(std::string_view code) {
  const auto* found = std::find_if(std::begin(kMessages), std::end(kMessages),
                                   [&](const Message& entry) { return entry.code == code; });
  return found == std::end(kMessages) ? nullptr : found;
}

bool has_message(std::string_view code) { return find_message(code) != nullptr; }

std::string message(Language language, std::string_view code, const Params& params) {
  const Message* found = find_message(code);
  if (found == nullptr) return std::string(code);
  std::string text(language == Language::ja ? found->ja : found->en);
  for (const auto& [name, value] : params) {
    const std::string mark = "{" + name + "}";
    for (auto at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

}  // namespace daifuku
