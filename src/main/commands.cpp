// Administration from the command line: users, tokens, checks.
#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "base/crypto.h"
#include "main/ledger.h"

namespace daifuku {
namespace {

constexpr char kGiveUp = '\x03';  // Ctrl+C

// What is typed at a terminal is not shown. Ctrl+C ends the line instead of the program, so that
// the terminal is put right again also when the person gives up.
class QuietTerminal {
 public:
  QuietTerminal() : terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    quiet.c_cc[VEOL] = kGiveUp;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~QuietTerminal() {
    if (!terminal_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << std::endl;
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;
  bool terminal() const { return terminal_; }

 private:
  termios before_ = {};
  bool terminal_;
};

// From a terminal without echo, or the first line of what another program sends.
std::string read_password(Language language) {
  const QuietTerminal quiet;
  if (quiet.terminal())
    std::cerr << (language == Language::ja ? "パスワード(表示されません): "
                                           : "Password (not shown): ")
              << std::flush;
  std::string line;
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) == 1 && c != '\n') {
    if (c == kGiveUp && quiet.terminal()) throw UsageError{"password_given_up", ""};
    line += c;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

auth::User find_user(Ledger& ledger, const std::string& email) {
  const auto user = ledger.accounts().user_by_email(email);
  if (!user) throw AppError(Status::not_found, "user_unknown", {{"email", email}});
  return *user;
}

const std::string& argument(const Options& options, std::size_t index, const char* name) {
  if (options.arguments.size() <= index) throw UsageError{"argument_missing", name};
  return options.arguments[index];
}

}  // namespace

int run_user(const Options& options) {
  const std::string& action = argument(options, 0, "add | list | disable | enable | reset");
  Ledger ledger(options, Ledger::Use::command);
  const auth::Access system = auth::Access::system(ledger.engine().catalog());
  if (action == "list") {
    for (const auth::User& user : ledger.accounts().users()) {
      std::cout << user.email << "\t" << auth::role_name(user.role) << "\t" << user.name
                << (user.disabled ? "\tdisabled" : "") << "\n";
    }
    return 0;
  }
  const std::string& email = argument(options, 1, "EMAIL");
  if (action == "add") {
    const auto role = auth::parse_role(options.flag("role", "member"));
    if (!role) throw UsageError{"option_role", options.flag("role")};
    const auto at = email.find('@');
    ledger.accounts().add_user({.name = options.flag("name", email.substr(0, at)),
                                .email = email,
                                .role = *role,
                                .password = read_password(options.language)},
                               system);
  } else if (action == "disable" || action == "enable") {
    ledger.accounts().change_user(find_user(ledger, email).id, {.disabled = action == "disable"},
                                  system);
  } else if (action == "reset") {
    ledger.accounts().change_user(find_user(ledger, email).id,
                                  {.password = read_password(options.language)}, system);
  } else {
    throw UsageError{"command_unknown", "user " + action};
  }
  return 0;
}

int run_token(const Options& options) {
  if (argument(options, 0, "create") != "create")
    throw UsageError{"command_unknown", "token " + options.arguments[0]};
  Ledger ledger(options, Ledger::Use::command);
  const auth::User user = find_user(ledger, argument(options, 1, "EMAIL"));
  const std::int64_t days = options.number("days", 90);
  if (days < 1 || days > 366) throw AppError(Status::invalid, "token_term");
  const bool write = options.flag("scopes", "read,write").find("write") != std::string::npos;
  std::cout << ledger.accounts().make_api_token(user.id, "command line",
                                                write ? "read write" : "read",
                                                ledger.clock().now() + days * 86'400'000, nullptr)
            << "\n";
  return 0;
}

int run_verify(const Options& options) {
  Ledger ledger(options, Ledger::Use::command);
  const Id wrong = ledger.engine().verify_history();
  if (wrong != 0) throw AppError(Status::conflict, "history_broken", {{"id", encode_id(wrong)}});
  std::cout << message(options.language, "history_whole") << "\n";
  return 0;
}

int run_doctor(const Options& options) {
  Ledger ledger(options, Ledger::Use::command);
  const auto& catalog = *ledger.engine().catalog();
  for (const meta::ObjectDef& object : catalog.objects()) {
    ledger.database().read([&](store::Connection& c) {
      auto row = c.query("SELECT count(*) FROM " + ledger.engine().plan(object).table +
                         " t WHERE {t} AND t.deleted_at IS NULL");
      if (row.step() && row.integer(0) > 0)
        std::cout << (options.language == Language::ja ? object.label.ja : object.label.en) << "\t"
                  << row.integer(0) << "\n";
    });
  }
  for (const std::string& ignored : catalog.ignored())
    std::cout << message(options.language, "own_field_ignored", {{"name", ignored}}) << "\n";
  std::cout << message(options.language, "doctor_fine") << "\n";
  return 0;
}

}  // namespace daifuku
