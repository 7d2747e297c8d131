#include "api/app.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

#include "api/calendar_routes.h"
#include "api/plan_routes.h"
#include "api/presence.h"
#include "base/crypto.h"
#include "base/log.h"
#include "http/cookies.h"

namespace daifuku::api {

using http::Method;
using http::Request;
using http::Response;

const meta::ObjectDef& Call::object() const {
  const meta::ObjectDef* found = catalog().by_plural(request.captures.at(0));
  if (found == nullptr || access().object(*found).read == auth::Scope::none)
    throw AppError(Status::not_found, "not_found");
  return *found;
}

const meta::ObjectDef& Call::object_parameter() const {
  const meta::ObjectDef* found = catalog().object(parameter("object"));
  if (found == nullptr || access().object(*found).read == auth::Scope::none)
    throw AppError(Status::not_found, "not_found");
  return *found;
}

Id Call::id(std::size_t capture) const {
  const auto found = decode_id(request.captures.at(capture));
  if (!found) throw AppError(Status::not_found, "not_found");
  return *found;
}

const std::string& Call::file_body() const {
  // The frame of a form would be read as rows of a table.
  if (request.header("content-type").starts_with("multipart/"))
    throw AppError(Status::unsupported, "file_body_expected");
  if (request.body_file.empty()) throw AppError(Status::unsupported, "file_empty");
  return request.body_file;
}

Json Call::json() const {
  if (request.body.empty()) return JsonObject();
  return parse_json(request.body);
}

std::string Call::parameter(std::string_view name, std::string_view fallback) const {
  const auto found = request.parameter(name);
  return std::string(found ? *found : fallback);
}

int Call::limit(int fallback, int most) const {
  const std::string text = parameter("limit");
  if (text.empty()) return fallback;
  int value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size() || value < 1 || value > most) {
    throw AppError(Status::invalid, "invalid", {},
                   {{"limit", "limit_range", {{"max", std::to_string(most)}}}});
  }
  return value;
}

std::vector<std::string> Call::list_parameter(std::string_view name) const {
  std::vector<std::string> out;
  const std::string text = parameter(name);
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    if (comma != 0) out.emplace_back(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return out;
}

Response json_response(std::string body, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  response.content_type.clear();
  return response;
}

Language language_of(const Request& request, const auth::Principal* who) {
  const std::string_view asked = request.header("accept-language");
  if (asked.empty() && who != nullptr) return who->user.language;
  return parse_language(asked);
}

std::string session_token(const Request& request) {
  return std::string(request.cookie(request.secure ? kSecureCookie : kCookie));
}

Response with_session(Response response, const Request& request, const std::string& token) {
  http::Cookie cookie{.name = std::string(request.secure ? kSecureCookie : kCookie),
                      .value = token,
                      .secure = request.secure};
  if (token.empty()) cookie.max_age_seconds = 0;
  response.headers.emplace_back("Set-Cookie", http::set_cookie(cookie));
  return response;
}

namespace {

std::string problem_json(const Request& request, Language language, int status,
                         std::string_view code, const Params& params, const Problems& problems,
                         const std::string& extra) {
  std::string out;
  JsonWriter json(out);
  json.begin_object()
      .field("type", "about:blank")
      .field("title", message(language, code, params))
      .field("status", status);
  json.field("code", code).field("request_id", request.id);
  if (!problems.empty()) {
    json.key("problems").begin_array();
    for (const Problem& problem : problems) {
      json.begin_object()
          .field("field", problem.field)
          .field("code", problem.code)
          .field("message", message(language, problem.code, problem.params))
          .end_object();
    }
    json.end_array();
  }
  json.end_object();
  if (extra.size() > 2) {
    out.back() = ',';
    out.append(extra, 1);
  }
  return out;
}

}  // namespace

Response error_response(const Request& request, std::exception_ptr error, int status) {
  const Language language = language_of(request, nullptr);
  Response response;
  response.content_type = "application/problem+json; charset=utf-8";
  std::string code = "internal";
  Params params;
  Problems problems;
  std::string extra;
  if (error != nullptr) {
    status = 500;
    try {
      std::rethrow_exception(error);
    } catch (const AppError& app) {
      status = http_status(app.status());
      code = app.code();
      params = app.params();
      problems = app.problems();
      extra = app.extra_json();
    } catch (const std::exception& other) {
      log::error("request failed", {{"request", request.id}, {"cause", other.what()}});
    } catch (...) {
      log::error("request failed", {{"request", request.id}});
    }
  } else {
    static constexpr std::pair<int, std::string_view> kCodes[] = {
        {400, "bad_request"}, {404, "not_found"},   {405, "method_not_allowed"},
        {408, "timeout"},     {413, "too_large"},   {414, "bad_request"},
        {429, "too_many"},    {431, "bad_request"}, {503, "unavailable"}};
    const auto found = std::find_if(std::begin(kCodes), std::end(kCodes),
                                    [&](const auto& entry) { return entry.first == status; });
    code = found == std::end(kCodes) ? "bad_request" : found->second;
    if (code == "too_large") params = {{"limit", "1 MB"}};
  }
  response.status = status;
  response.body = problem_json(request, language, status, code, params, problems, extra);
  if (status == 429) response.headers.emplace_back("Retry-After", "5");
  return response;
}

// Keys of requests that are at work: a second one that comes meanwhile waits for the first.
class RequestsUnderWay {
 public:
  // As long as it lives, nobody else is at work under that name.
  class Turn {
   public:
    // Throws AppError when the one at work takes long: those that wait keep a worker each.
    Turn(RequestsUnderWay& all, std::string name) : all_(all), name_(std::move(name)) {
      std::unique_lock lock(all_.mutex_);
      if (!all_.done_.wait_for(lock, std::chrono::seconds(5),
                               [&] { return all_.names_.insert(name_).second; })) {
        throw AppError(Status::conflict, "request_under_way");
      }
    }
    ~Turn() {
      {
        const std::lock_guard lock(all_.mutex_);
        all_.names_.erase(name_);
      }
      all_.done_.notify_all();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    RequestsUnderWay& all_;
    std::string name_;
  };

 private:
  std::mutex mutex_;  // guards names_
  std::condition_variable done_;
  std::set<std::string> names_;
};

Routes::Routes(App& app, http::Router& router)
    : app_(app), router_(router), under_way_(std::make_shared<RequestsUnderWay>()) {}

namespace {

bool unsafe(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

// A page of another site may make the browser send our cookie; it cannot read our token, nor claim
// our origin.
void check_forgery(const Request& request, const auth::Principal& who, bool raw_body) {
  if (who.token || !unsafe(request.method)) return;
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none")
    throw AppError(Status::forbidden, "forged");
  const std::string_view origin = request.header("origin");
  if (!origin.empty()) {
    const auto host = origin.find("://");
    if (host == std::string_view::npos || origin.substr(host + 3) != request.header("host"))
      throw AppError(Status::forbidden, "forged");
  }
  if (!equal_constant_time(request.header("x-csrf-token"), who.csrf))
    throw AppError(Status::forbidden, "forged");
  const std::string_view type = request.header("content-type");
  if (!raw_body && request.body_size > 0 && !type.starts_with("application/json") &&
      !type.starts_with("application/x-ndjson")) {
    throw AppError(Status::unsupported, "json_expected");
  }
}

std::shared_ptr<const auth::Principal> identify(App& app, const Request& request, bool active) {
  const std::string_view authorization = request.header("authorization");
  if (authorization.starts_with("Bearer "))
    return app.accounts.by_api_token(authorization.substr(7));
  return app.accounts.by_session(session_token(request), active);
}

std::string headers_text(const Response& response) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("type", response.content_type).key("headers").begin_array();
  for (const auto& [name, value] : response.headers)
    json.begin_array().string(name).string(value).end_array();
  json.end_array().end_object();
  return out;
}

void read_headers(std::string_view text, Response& response) {
  const Json json = parse_json(text);
  response.content_type = json_text(json, "type", response.content_type);
  const Json* headers = json_find(json, "headers");
  if (headers == nullptr || !headers->is_array()) return;
  for (const Json& pair : headers->get_array())
    response.headers.emplace_back(pair.at(0).get_string(), pair.at(1).get_string());
}

// Sent twice with the same key, a request has one effect: the first answer is kept for a day.
Response run_once(App& app, RequestsUnderWay& under_way, const Request& request,
                  const auth::Principal& who, const std::function<Response()>& run) {
  const std::string key(request.header("idempotency-key"));
  if (key.empty()) return run();
  if (key.size() > 200) throw AppError(Status::bad_request, "bad_request");
  const std::string digest = sha256_hex(request.target + "\n" + request.body);
  const RequestsUnderWay::Turn turn(under_way, encode_id(who.user.id) + key);
  std::optional<Response> known;
  app.engine.database().read([&](store::Connection& c) {
    auto row = c.query(
        "SELECT i.digest, i.status, i.answer, i.headers FROM idempotency i WHERE {i} AND i.user_id "
        "= ? AND i.request_key = ? AND i.at > ?");
    row.bind(who.user.id, key, app.clock.now() - 86'400'000);
    if (!row.step()) return;
    if (row.text(0) != digest) throw AppError(Status::conflict, "idempotency_reused");
    known = json_response(std::string(row.text(2)), static_cast<int>(row.integer(1)));
    if (!row.is_null(3)) read_headers(row.text(3), *known);
  });
  if (known) return *known;
  Response response = run();
  if (response.status < 300 && !response.stream) {
    app.engine.database().write([&](store::Transaction& tx) {
      tx.query("DELETE FROM idempotency WHERE {idempotency} AND at < ?")
          .bind(app.clock.now() - 86'400'000)
          .run();
      tx.query(
            "INSERT INTO idempotency ({tenant_id}, request_key, user_id, digest, at, status, "
            "answer, headers) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
          .bind(key, who.user.id, digest, app.clock.now(), response.status, response.body,
                headers_text(response))
          .run();
    });
  }
  return response;
}

// The pages say how something was entered; a program is one whatever it says.
records::Source source_of(const Request& request, const auth::Principal& who) {
  if (who.token) return records::Source::api;
  const std::string_view entry = request.header("x-entry");
  if (entry == "sheet") return records::Source::sheet;
  if (entry == "phone") return records::Source::phone;
  return records::Source::screen;
}

std::string_view needs_name(Needs needs) {
  static constexpr std::string_view kNames[] = {"public", "session", "read",
                                                "write",  "manager", "owner"};
  return kNames[static_cast<std::size_t>(needs)];
}

}  // namespace

void Routes::add(Method method, std::string pattern, Needs needs, Handler handler,
                 const Options& options) {
  DAIFUKU_CHECK(needs != Needs::nobody);
  // What changes something needs the right to: a read-only token must not slip through a route
  // declared carelessly.
  DAIFUKU_CHECK(!unsafe(method) || needs != Needs::session);
  App& app = app_;
  const bool raw = options.body_to_file;
  const bool idempotent = options.idempotent;
  http::Route route{.method = method,
                    .pattern = std::move(pattern),
                    .permission = std::string(needs_name(needs)),
                    .run = options.run,
                    .worker_when = options.worker_when,
                    .body_limit = options.body_limit,
                    .body_to_file = options.body_to_file,
                    .handle = {},
                    .summary = options.summary,
                    .idempotent = options.idempotent};
  route.handle = [&app, under_way = under_way_, needs, raw, idempotent,
                  background = options.background, handler = std::move(handler)](Request& request) {
    const auto who = identify(app, request, !background);
    if (who == nullptr) {
      const bool set_up = request.method == Method::get && request.path == "/api/v1/session" &&
                          !app.accounts.has_owner();
      throw AppError(Status::unauthorized, "sign_in_required", {}, {},
                     set_up ? "{\"setup\":true}" : "");
    }
    if (needs == Needs::owner && who->user.role != meta::Role::owner)
      throw AppError(Status::forbidden, "forbidden");
    if (needs == Needs::manager && !who->access->administers())
      throw AppError(Status::forbidden, "forbidden");
    if (needs >= Needs::write && !who->may_write && unsafe(request.method))
      throw AppError(Status::forbidden, "token_read_only");
    check_forgery(request, *who, raw);
    Call call{.app = app,
              .request = request,
              .who = *who,
              .caller = {.access = *who->access,
                         .source = source_of(request, *who),
                         .language = language_of(request, who.get())}};
    if (!idempotent) return handler(call);
    return run_once(app, *under_way, request, *who, [&] { return handler(call); });
  };
  router_.add(std::move(route));
}

void Routes::open(Method method, std::string pattern, OpenHandler handler, const Options& options) {
  router_.add(
      {.method = method,
       .pattern = std::move(pattern),
       .permission = "public",
       .run = options.run,
       .worker_when = {},
       .body_limit = options.body_limit,
       .body_to_file = false,
       .handle = [handler = std::move(handler)](Request& request) { return handler(request); },
       .summary = options.summary,
       .idempotent = false});
}

void add_routes(App& app, http::Router& router) {
  Routes routes(app, router);
  routes.open(Method::get, "/healthz",
              [](Request&) { return json_response("{\"status\":\"ok\"}"); },
              {.run = http::Run::inline_, .summary = "Alive"});
  routes.open(Method::get, "/readyz",
              [&app](Request&) {
                app.engine.database().read([](store::Connection& c) {
                  static_cast<void>(
                      c.query("SELECT h.count FROM history_head h WHERE {h} AND h.id = 1").step());
                });
                return json_response("{\"status\":\"ready\"}");
              },
              {.summary = "Can serve"});
  add_session_routes(routes);
  add_admin_routes(routes);
  add_search_routes(routes);
  add_view_routes(routes);
  add_file_routes(routes);
  add_import_routes(routes);
  add_card_routes(routes);
  add_calendar_routes(routes);
  add_export_routes(routes);
  add_comparison_routes(routes);
  add_duplicate_routes(routes);
  add_customer_routes(routes);
  add_plan_routes(routes);
  add_presence_routes(routes);
  add_reference_routes(routes);
  add_rule_routes(routes);
  add_maturity_routes(routes);
  add_sample_routes(routes);
  add_tidy_routes(routes);
  add_usage_routes(routes);
  add_register_routes(routes);
  add_event_routes(routes);
  add_record_routes(routes);
  add_openapi_routes(routes, router);
}

}  // namespace daifuku::api
