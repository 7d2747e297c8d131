// daifuku demo: an empty ledger becomes one to look around in.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <iostream>

#include "crm/behaviors.h"
#include "crm/demo/demo.h"
#include "crm/objects.h"
#include "main/ledger.h"

namespace daifuku {
namespace {

using crm::demo::Phase;

// One line that is written over on a terminal; one line a phase elsewhere.
class ProgressLine {
 public:
  explicit ProgressLine(Language language)
      : language_(language), terminal_(::isatty(STDERR_FILENO) != 0) {}

  void show(Phase phase, std::int64_t done, std::int64_t total) {
    const auto now = Clock::now();
    if (phase != phase_ || !begun_) {
      phase_ = phase;
      begun_ = true;
      started_ = now;
      shown_ = {};
    }
    const bool last = done >= total;
    if (!last && (!terminal_ || now - shown_ < std::chrono::milliseconds(200))) return;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    const auto left =
        rate > 0 ? static_cast<std::int64_t>(static_cast<double>(total - done) / rate) : 0;
    const bool ja = language_ == Language::ja;
    std::cerr << (terminal_ ? "\r\x1b[K" : "") << name(ja) << " " << done << " / " << total;
    std::cerr << (ja ? "  毎秒 " : "  ") << static_cast<std::int64_t>(rate)
              << (ja ? " 件" : " a second");
    if (!last) {
      std::cerr << (ja ? "  残り " : "  ") << left / 60 << ":" << (left % 60 < 10 ? "0" : "")
                << left % 60 << (ja ? "" : " left");
    } else {
      std::cerr << "\n";
    }
    std::cerr << std::flush;
  }

 private:
  using Clock = std::chrono::steady_clock;
  const char* name(bool ja) const {
    switch (phase_) {
      case Phase::planning:
        return ja ? "筋書き" : "Stories";
      case Phase::stories:
        return ja ? "できごと" : "Events";
      case Phase::volume:
        return ja ? "会社" : "Companies";
      case Phase::keys:
        return ja ? "名寄せの鍵" : "Match keys";
      case Phase::indexes:
        break;
    }
    return ja ? "索引" : "Indexes";
  }
  Language language_;
  bool terminal_;
  bool begun_ = false;
  Phase phase_ = Phase::planning;
  Clock::time_point started_ = {};
  Clock::time_point shown_ = {};
};

void require_empty(Ledger& ledger) {
  bool empty = !ledger.accounts().has_owner();
  for (const meta::ObjectDef& object : ledger.engine().catalog()->objects()) {
    ledger.database().read([&](store::Connection& connection) {
      auto row = connection.query("SELECT 1 FROM " + ledger.engine().plan(object).table +
                                  " t WHERE {t} LIMIT 1");
      if (row.step()) empty = false;
    });
  }
  if (!empty) throw AppError(Status::conflict, "demo_not_empty");
}

}  // namespace

int run_demo(const Options& options) {
  crm::demo::DemoOptions wanted;
  wanted.companies = options.number("companies", wanted.companies);
  const std::int64_t seed = options.number("seed", 1);
  if (wanted.companies < 1 || wanted.companies > 10'000'000)
    throw UsageError{"option_number", "--companies " + options.flag("companies")};
  wanted.seed = static_cast<std::uint64_t>(seed);

  Ledger ledger(options, Ledger::Use::loading);
  require_empty(ledger);
  wanted.today = local_date(ledger.clock().now());
  const crm::demo::Cast cast =
      crm::demo::make_cast(ledger.accounts(), [&] { return ledger.engine().catalog(); });

  // The history is lived through on a clock of its own, so that every record, change and id is of
  // its day.
  crm::demo::StoryClock clock(start_of_day(wanted.today) - 1'201LL * 86'400'000);
  IdGenerator ids(clock);
  records::Registry registry;
  crm::add_behaviors(registry);
  records::Engine engine(ledger.database(), clock, ids, registry,
                         [&](Id user) { return ledger.accounts().user_name(user); });
  engine.load_catalog(crm::standard_objects());
  ProgressLine line(options.language);
  const auto made = crm::demo::fill(
      engine, clock, cast, wanted,
      [&](Phase phase, std::int64_t done, std::int64_t total) { line.show(phase, done, total); });
  ledger.database().maintain();

  const std::string data = ledger.data();
  if (options.language == Language::ja) {
    std::cout << "見本の会社「" << crm::demo::kCompanyName << "」を作りました(できごと "
              << made.events << " 件)。\n"
              << "  起動:         daifuku serve --data " << data << "\n"
              << "  メール:       " << crm::demo::kOwnerEmail << "\n"
              << "  パスワード:   " << crm::demo::kPassword << "\n"
              << "ほかの利用者: manager@example.jp, haruko@example.jp, viewer@example.jp "
                 "など(パスワードは同じ)\n"
              << "会社、人、電話番号はすべて架空のものです。\n";
  } else {
    std::cout << "Made the demo company " << crm::demo::kCompanyName << " (" << made.events
              << " events).\n"
              << "  Serve:     daifuku serve --data " << data << "\n"
              << "  E-mail:    " << crm::demo::kOwnerEmail << "\n"
              << "  Password:  " << crm::demo::kPassword << "\n"
              << "Others: manager@example.jp, haruko@example.jp, viewer@example.jp ... (the same "
                 "password)\n"
              << "All firms, people and numbers are invented.\n";
  }
  return 0;
}

}  // namespace daifuku
