// The command line: daifuku COMMAND [ARGUMENTS] [--name value].
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/messages.h"

namespace daifuku {

struct Options {
  std::string command = {};
  std::vector<std::string> arguments = {};
  std::map<std::string, std::string> flags = {};  // "--data DIR" -> data; "--dry-run" -> "1"
  Language language = Language::ja;               // of LANG / LC_ALL

  std::string flag(const std::string& name, const std::string& fallback = {}) const;
  bool has(const std::string& name) const { return flags.contains(name); }
  std::int64_t number(const std::string& name, std::int64_t fallback) const;
};

// Wrong use of the command line: printed with a hint at --help, exit code 2.
struct UsageError {
  std::string code;
  std::string detail;
};

Options parse_options(int argc, const char* const* argv);
// Without the dashes; what parse_options understands.
std::vector<std::string> option_names();
std::string help_text(Language language);

}  // namespace daifuku
