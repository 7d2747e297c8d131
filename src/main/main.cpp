#include <malloc.h>

#include <iostream>

#include "base/error.h"
#include "main/ledger.h"
#include "main/options.h"

namespace daifuku {
namespace {

int run(const Options& options) {
  if (options.has("version")) {
    std::cout << "daifuku " << DAIFUKU_VERSION << "\n";
    return 0;
  }
  if (options.has("help") || options.command == "help") {
    std::cout << help_text(options.language);
    return 0;
  }
  if (options.command.empty()) {
    std::cerr << help_text(options.language);
    return 2;
  }
  static constexpr std::pair<std::string_view, int (*)(const Options&)> kCommands[] = {
      {"serve", serve},          {"demo", run_demo},     {"import", run_import},
      {"export", run_export},    {"user", run_user},     {"token", run_token},
      {"verify", run_verify},    {"doctor", run_doctor}, {"postal", run_postal},
      {"register", run_register}};
  for (const auto& [name, command] : kCommands) {
    if (options.command == name) return command(options);
  }
  throw UsageError{"command_unknown", options.command};
}

}  // namespace
}  // namespace daifuku

int main(int argc, char** argv) {
  // For the server itself, see exchange/cards/card_child.h; not in the help.
  if ((argc == 2 || argc == 3) && argv[1] == daifuku::exchange::kCardCommand)
    return daifuku::exchange::run_card_child(argc == 3 ? argv[2] : "");
  using daifuku::Language;
  // The C library would keep a heap for each of a dozen threads, and what one gives back another
  // cannot use: 157 MB instead of 120 after a day's work on 100,000 companies.
  ::mallopt(M_ARENA_MAX, 4);
  Language language = Language::ja;
  try {
    const daifuku::Options options = daifuku::parse_options(argc, argv);
    language = options.language;
    return daifuku::run(options);
  } catch (const daifuku::UsageError& error) {
    std::cerr << "daifuku: " << daifuku::message(language, error.code, {{"detail", error.detail}})
              << "\n"
              << daifuku::message(language, "see_help") << "\n";
    return 2;
  } catch (const daifuku::AppError& error) {
    std::cerr << "daifuku: " << daifuku::message(language, error.code(), error.params()) << "\n";
    for (const daifuku::Problem& problem : error.problems()) {
      std::cerr << "  " << problem.field << ": "
                << daifuku::message(language, problem.code, problem.params) << "\n";
    }
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "daifuku: " << daifuku::message(language, "internal") << " (" << error.what()
              << ")\n";
    return 1;
  }
}
