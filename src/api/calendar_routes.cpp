#include "api/calendar_routes.h"

#include <algorithm>
#include <utility>

#include "api/calendar_feed.h"
#include "auth/calendar_links.h"
#include "base/crypto.h"

namespace daifuku::api {

using auth::CalendarContent;
using auth::CalendarLinks;
using http::Method;
using http::Request;
using http::Response;

namespace {

constexpr std::string_view kLink = "/api/v1/me/calendar";
constexpr std::string_view kFeed = "/api/v1/calendar/";
constexpr std::string_view kSuffix = ".ics";

// "https://crm.example.jp", for links back; empty when the name is none that can be one.
std::string site_of(const Request& request) {
  const std::string_view host = request.header("host");
  const bool plain = !host.empty() && host.size() <= 255 &&
                     host.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789.-:[]") == std::string_view::npos;
  return plain ? (request.secure ? "https://" : "http://") + std::string(host) : std::string();
}

Response feed(App& app, CalendarLinks& links, Request& request) {
  std::string_view token = request.captures.at(0);
  const bool named = token.ends_with(kSuffix);
  if (named) token.remove_suffix(kSuffix.size());
  const auto reader = links.read(named ? token : std::string_view(), request.remote);
  // A link that never was, one that ended, and one of somebody disabled are one answer.
  if (!reader) throw AppError(Status::not_found, "not_found");
  CalendarFeed calendar(app, *reader, site_of(request));
  std::string body = calendar.read();
  const std::string etag = "\"" + sha256_hex(body).substr(0, 32) + "\"";
  Response response;
  response.headers.emplace_back("ETag", etag);
  // What a program does not have it asks for; nobody between keeps it.
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  if (request.header("if-none-match").find(etag) != std::string_view::npos) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  calendar.note();
  response.content_type = "text/calendar; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "inline; filename=\"daifuku.ics\"");
  response.body = std::move(body);
  return response;
}

constexpr std::pair<std::string_view, bool CalendarContent::*> kContent[] = {
    {"tasks", &CalendarContent::tasks},
    {"activities", &CalendarContent::activities},
    {"customers", &CalendarContent::customers},
    {"done", &CalendarContent::done}};

// What the body says over what was chosen before. Throws AppError(invalid).
CalendarContent content_in(const Json& body, CalendarContent content) {
  Problems problems;
  const Json* given = json_find(body, "content");
  if (given == nullptr) return content;
  for (const auto& [key, value] : given->is_object() ? given->get_object() : JsonObject{}) {
    const auto* named =
        std::ranges::find(kContent, std::string_view(key),
                          &std::pair<std::string_view, bool CalendarContent::*>::first);
    if (named == std::end(kContent) || !value.is_bool()) {
      problems.push_back({"content." + std::string(key), "invalid_choice", {}});
    } else {
      content.*named->second = value.get_bool();
    }
  }
  if (!given->is_object()) problems.push_back({"content", "wrong_type", {}});
  if (!content.tasks && !content.activities && !content.customers)
    problems.push_back({"content", "required", {}});
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, std::move(problems));
  return content;
}

std::string link_json(CalendarLinks& links, Id user) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  const auto link = links.find(user);
  json.field("active", link.has_value());
  if (link) {
    json.field("created_at", format_instant(link->created_at));
    if (link->last_used_at != 0) json.field("last_used_at", format_instant(link->last_used_at));
    json.key("content").begin_object();
    for (const auto& [name, member] : kContent) json.field(name, link->content.*member);
    json.end_object();
  }
  json.end_object();
  return out;
}

}  // namespace

std::string loggable_path(const std::string& path) {
  return path.starts_with(kFeed) ? std::string(kFeed) + "***" : path;
}

void add_calendar_routes(Routes& routes) {
  App& app = routes.app();
  // Shared with the handlers, which outlive this.
  const auto links = std::make_shared<CalendarLinks>(app.engine.database(), app.accounts, app.clock,
                                                     [&app] { return app.engine.catalog(); });
  routes.open(Method::get, "/api/v1/calendar/{token}",
              [&app, links](Request& request) { return feed(app, *links, request); },
              {.summary = "A person's tasks and activities for calendar programs"});
  routes.add(Method::get, std::string(kLink), Needs::session,
             [links](Call& call) { return json_response(link_json(*links, call.who.user.id)); },
             {.summary = "Whether my calendar has an address"});
  routes.add(Method::post, std::string(kLink), Needs::write,
             [links](Call& call) {
               // As with tokens: what leaks makes no further secrets.
               if (call.who.token) throw AppError(Status::forbidden, "forbidden");
               const auto before = links->find(call.who.user.id).value_or(CalendarLinks::Link{});
               const std::string token =
                   links->make(call.who.user.id, content_in(call.json(), before.content));
               std::string out;
               JsonWriter json(out);
               json.begin_object()
                   .field("path", std::string(kFeed) + token + std::string(kSuffix))
                   .end_object();
               return json_response(std::move(out), 201);
             },
             {.summary = "Give my calendar a new secret address, told once"});
  routes.add(Method::patch, std::string(kLink), Needs::write,
             [links](Call& call) {
               // Nor may it widen what an address that leaked tells.
               if (call.who.token) throw AppError(Status::forbidden, "forbidden");
               const Id user = call.who.user.id;
               const auto before = links->find(user);
               if (!before || !links->change(user, content_in(call.json(), before->content)))
                 throw AppError(Status::not_found, "not_found");
               return json_response(link_json(*links, user));
             },
             {.summary = "Choose what my calendar tells"});
  routes.add(Method::del, std::string(kLink), Needs::write,
             [links](Call& call) {
               links->remove(call.who.user.id);
               return no_content();
             },
             {.summary = "End the address of my calendar"});
}

}  // namespace daifuku::api
