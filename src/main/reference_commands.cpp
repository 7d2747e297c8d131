// Public reference data from the command line: the same code as on the screen.
#include <filesystem>
#include <iostream>

#include "exchange/reference/reference.h"
#include "main/ledger.h"

namespace daifuku {
namespace {

void require_load(const Options& options) {
  if (options.arguments.size() < 2) throw UsageError{"argument_missing", "load FILE ..."};
  if (options.arguments[0] != "load")
    throw UsageError{"command_unknown", options.command + " " + options.arguments[0]};
  for (std::size_t i = 1; i < options.arguments.size(); ++i) {
    if (!std::filesystem::is_regular_file(options.arguments[i]))
      throw AppError(Status::not_found, "file_unreadable", {{"file", options.arguments[i]}});
  }
}

}  // namespace

int run_postal(const Options& options) {
  require_load(options);
  Ledger ledger(options, Ledger::Use::command);
  for (std::size_t i = 1; i < options.arguments.size(); ++i) {
    const std::string& file = options.arguments[i];
    const auto loaded = ledger.reference().postal.load(file);
    std::cout << message(options.language,
                         loaded.offices ? "postal_offices_loaded" : "postal_towns_loaded",
                         {{"file", std::filesystem::path(file).filename().string()},
                          {"rows", std::to_string(loaded.rows)},
                          {"codes", std::to_string(loaded.codes)}})
              << "\n";
  }
  return 0;
}

int run_register(const Options& options) {
  require_load(options);
  Ledger ledger(options, Ledger::Use::command);
  for (std::size_t i = 1; i < options.arguments.size(); ++i) {
    const std::string& file = options.arguments[i];
    const std::string name = std::filesystem::path(file).filename().string();
    const auto loaded = ledger.reference().companies.load(
        file, name, [](const exchange::RegisterTable::State& now) {
          std::cerr << "\r" << now.rows << " (" << static_cast<int>(now.progress * 100) << " %)"
                    << std::flush;
          return true;
        });
    std::cerr << "\r";
    std::cout << message(options.language, "register_loaded",
                         {{"file", name}, {"rows", std::to_string(loaded.rows)}})
              << "\n";
  }
  return 0;
}

}  // namespace daifuku
