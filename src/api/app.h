// What the routes work with, and how a request becomes a call: who asks, may he, parse, call,
// answer.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "auth/accounts.h"
#include "base/json.h"
#include "base/messages.h"
#include "http/router.h"
#include "records/engine.h"

namespace daifuku::records {
class DuplicateQueue;
class Files;
class Maturity;
}  // namespace daifuku::records
namespace daifuku::crm {
class RegisterCheck;
}
namespace daifuku::exchange {
class Cards;
class Comparisons;
class Imports;
struct Reference;
}  // namespace daifuku::exchange

namespace daifuku::api {

class EventHub;
class RequestsUnderWay;

// Built by main.cpp; outlives the server. All parts are thread-safe.
struct App {
  records::Engine& engine;
  auth::Accounts& accounts;
  records::Files& files;
  exchange::Imports& imports;
  exchange::Comparisons& comparisons;
  exchange::Cards& cards;
  records::DuplicateQueue& duplicates;
  exchange::Reference& reference;
  records::Maturity& maturity;
  crm::RegisterCheck& register_check;
  EventHub& events;
  const Clock& clock;
  // Standard objects, for loading the catalog anew after own fields changed.
  std::function<std::vector<meta::ObjectDef>()> objects;
};

// A request of somebody who is signed in (or of a program with a token).
struct Call {
  App& app;
  http::Request& request;
  const auth::Principal& who;
  records::Caller caller;
  const auth::Access& access() const { return *who.access; }
  const meta::Catalog& catalog() const { return who.access->catalog(); }
  // The object named by the first capture (plural); not_found when there is none or the caller may
  // not see any of it.
  const meta::ObjectDef& object() const;
  // The object whose key is the parameter `object`; not_found when there is none.
  const meta::ObjectDef& object_parameter() const;
  Id id(std::size_t capture) const;
  Json json() const;  // the body; {} when it is empty
  // Where the body lies that is one file and nothing else; unsupported when it is empty or a form.
  const std::string& file_body() const;
  std::string parameter(std::string_view name, std::string_view fallback = {}) const;
  int limit(int fallback, int most) const;
  std::vector<std::string> list_parameter(std::string_view name) const;  // comma-separated
};

enum class Needs {
  nobody,        // public
  session,       // anybody signed in; records and fields are checked by the engine
  read_by_post,  // as session: a question too long for a URL
  write,         // as session, and a token needs the scope "write"
  manager,
  owner,
};

// Collects the routes. Each declares what it needs; there is no default.
class Routes {
 public:
  Routes(App& app, http::Router& router);

  using Handler = std::function<http::Response(Call&)>;
  using OpenHandler = std::function<http::Response(http::Request&)>;
  struct Options {
    http::Run run = http::Run::worker;
    std::string worker_when = {};  // see http::Route
    std::size_t body_limit = 1 << 20;
    bool body_to_file = false;
    std::string summary = {};
    bool idempotent = false;  // honours Idempotency-Key
    // Sent by the page of itself: no use of the session, so that a forgotten screen still signs
    // out.
    bool background = false;
  };
  void add(http::Method method, std::string pattern, Needs needs, Handler handler,
           const Options& options);
  void open(http::Method method, std::string pattern, OpenHandler handler, const Options& options);

  App& app() { return app_; }

 private:
  App& app_;
  http::Router& router_;
  std::shared_ptr<RequestsUnderWay> under_way_;  // shared with the handlers, which outlive this
};

void add_session_routes(Routes& routes);
void add_record_routes(Routes& routes);
void add_search_routes(Routes& routes);
void add_file_routes(Routes& routes);
void add_view_routes(Routes& routes);
void add_admin_routes(Routes& routes);
void add_import_routes(Routes& routes);
void add_card_routes(Routes& routes);
void add_export_routes(Routes& routes);
void add_comparison_routes(Routes& routes);
void add_duplicate_routes(Routes& routes);
void add_customer_routes(Routes& routes);
void add_reference_routes(Routes& routes);
void add_rule_routes(Routes& routes);
void add_maturity_routes(Routes& routes);
void add_tidy_routes(Routes& routes);
void add_usage_routes(Routes& routes);
void add_register_routes(Routes& routes);
void add_sample_routes(Routes& routes);
void add_event_routes(Routes& routes);
void add_openapi_routes(Routes& routes, const http::Router& router);

// All of the above, and the health checks.
void add_routes(App& app, http::Router& router);

// For http::ServerOptions::on_error: RFC 9457 problem details in the language of the request.
http::Response error_response(const http::Request& request, std::exception_ptr error, int status);

// After own fields changed.
void reload_catalog(App& app);

// Answers.
http::Response json_response(std::string body, int status = 200);
http::Response no_content();
Language language_of(const http::Request& request, const auth::Principal* who);

inline constexpr std::string_view kCookie = "daifuku";
inline constexpr std::string_view kSecureCookie = "__Host-daifuku";
std::string session_token(const http::Request& request);
http::Response with_session(http::Response response, const http::Request& request,
                            const std::string& token);
// {"user":..., "csrf":...} of GET /session.
std::string session_json(App& app, const auth::Principal& who);

}  // namespace daifuku::api
