#include <csignal>
#include <iostream>

#include "api/app.h"
#include "api/calendar_routes.h"
#include "api/events.h"
#include "base/log.h"
#include "crm/objects.h"
#include "http/server.h"
#include "http/static_files.h"
#include "main/ledger.h"
#include "records/duplicate_queue.h"
#include "ui_files.h"

namespace daifuku {
namespace {

struct Address {
  std::string host;
  unsigned short port = 8080;
};

Address parse_address(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) throw UsageError{"option_listen", text};
  Address out{.host = text.substr(0, colon)};
  if (out.host.starts_with('[') && out.host.ends_with(']'))
    out.host = out.host.substr(1, out.host.size() - 2);
  try {
    const unsigned long port = std::stoul(text.substr(colon + 1));
    if (port > 65535) throw UsageError{"option_listen", text};
    out.port = static_cast<unsigned short>(port);
  } catch (const std::logic_error&) {
    throw UsageError{"option_listen", text};
  }
  return out;
}

bool own_machine(const std::string& host) {
  return host.starts_with("127.") || host == "localhost" || host == "::1";
}

}  // namespace

int serve(const Options& options) {
  const Address address = parse_address(options.flag("listen", "127.0.0.1:8080"));
  // Names and phone numbers do not cross an office network in the clear by accident.
  if (!own_machine(address.host) && !options.has("lan"))
    throw AppError(Status::unavailable, "lan_needs_switch", {{"address", address.host}});

  // Signals are taken by sigwait below, in this thread; every thread made from here on inherits the
  // mask.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Ledger ledger(options, Ledger::Use::server);
  api::EventHub events;
  ledger.engine().on_event([&](const records::Event& event) {
    events.publish(event);
    ledger.duplicates().watch().nudge();
  });
  api::App app{.engine = ledger.engine(),
               .accounts = ledger.accounts(),
               .files = ledger.files(),
               .imports = ledger.imports(),
               .comparisons = ledger.comparisons(),
               .cards = ledger.cards(),
               .duplicates = ledger.duplicates(),
               .reference = ledger.reference(),
               .maturity = ledger.maturity(),
               .register_check = ledger.register_check(),
               .events = events,
               .clock = ledger.clock(),
               .objects = [] { return crm::standard_objects(); }};
  http::Router router;
  api::add_routes(app, router);
  std::unique_ptr<http::StaticFiles> screens;
  if (options.has("ui-dir")) {
    screens = std::make_unique<http::StaticFiles>(options.flag("ui-dir"));
  } else {
    screens = std::make_unique<http::StaticFiles>(ui_files());
  }
  router.set_fallback(screens->fallback());

  http::ServerOptions server_options{.address = address.host, .port = address.port};
  if (options.has("trusted-proxy"))
    server_options.trusted_proxies.push_back(options.flag("trusted-proxy"));
  server_options.on_error = api::error_response;
  server_options.on_done = [](const http::Request& request, int status, std::int64_t micros) {
    if (status >= 500 || micros > 2'000'000) {
      // The path without its query: what somebody searched for is nobody's business.
      log::warn("slow or failed request", {{"request", request.id},
                                           {"path", api::loggable_path(request.path)},
                                           {"status", status},
                                           {"us", micros}});
    }
  };
  http::Server server(router, server_options);
  server.start();
  const std::string host =
      address.host.find(':') == std::string::npos ? address.host : "[" + address.host + "]";
  const std::string url = "http://" + host + ":" + std::to_string(server.port());
  const bool ja = options.language == Language::ja;
  if (!ledger.accounts().has_owner()) {
    std::cout
        << (ja ? "\n初期設定: 次のリンクをブラウザーで開いてください(15 分間、一度だけ使えます)\n  "
               : "\nSet-up: open this link in a browser (once, within 15 minutes)\n  ")
        << url << "/setup#" << ledger.accounts().make_setup_token() << "\n\n";
  }
  std::cout << (ja ? "大福帳を開きました: " : "Daifuku is open: ") << url << std::endl;
  if (options.has("lan"))
    std::cout << (ja ? "注意: 暗号化されていない通信を受け付けています。HTTPS "
                       "の中継サーバーを前に置いてください。\n"
                     : "Warning: serving without TLS. Put an HTTPS proxy in front.\n")
              << std::flush;

  int received = 0;
  sigwait(&signals, &received);
  log::info("stopping");
  events.stop();
  server.stop();
  return 0;
}

}  // namespace daifuku
