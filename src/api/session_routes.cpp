#include "api/app.h"
#include "auth/company_settings.h"
#include "auth/password.h"
#include "records/feedback.h"

namespace daifuku::api {

using http::Method;
using http::Request;
using http::Response;

namespace {
constexpr std::string_view kSession = "/api/v1/session";

std::string agent_of(const Request& request) { return std::string(request.header("user-agent")); }

// Signing in changes state without a session, so the token of one cannot be asked for; the origin
// can.
void check_origin(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none")
    throw AppError(Status::forbidden, "forged");
  if (!request.header("content-type").starts_with("application/json"))
    throw AppError(Status::unsupported, "json_expected");
}

}  // namespace

std::string session_json(App& app, const auth::Principal& who) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("user").begin_object().key("id").id(who.user.id);
  json.field("title", who.user.name)
      .field("email", who.user.email)
      .field("role", auth::role_name(who.user.role));
  json.field("language", who.user.language == Language::en ? "en" : "ja")
      .key("teams")
      .begin_array();
  for (const auth::Team& team : app.accounts.teams()) {
    for (const Id mine : who.user.teams) {
      if (mine != team.id) continue;
      json.begin_object().key("id").id(team.id);
      json.field("title", team.name).end_object();
    }
  }
  json.end_array().end_object();
  json.field("csrf", who.csrf)
      .key("company")
      .begin_object()
      .field("name", app.accounts.setting("company_name"))
      .field("purpose", app.accounts.setting(auth::kCompanyPurpose))
      .end_object();
  json.field("metadata_version", who.access->version())
      .field("server_time", format_instant(app.clock.now()));
  const auto news = records::feedback_news(app.engine, *who.access);
  json.key("feedback").begin_object().field("answers", news.answers);
  if (who.access->administers()) json.field("new", news.fresh);
  json.end_object();
  json.field("version", DAIFUKU_VERSION).end_object();
  return out;
}

void add_session_routes(Routes& routes) {
  App& app = routes.app();
  routes.add(Method::get, std::string(kSession), Needs::session,
             [](Call& call) { return json_response(session_json(call.app, call.who)); },
             {.summary = "Who is signed in"});
  routes.open(Method::post, std::string(kSession),
              [&app](Request& request) {
                check_origin(request);
                const Json body = parse_json(request.body);
                const auto signed_in =
                    app.accounts.sign_in(json_text(body, "email"), json_text(body, "password"),
                                         request.remote, agent_of(request));
                return with_session(json_response(session_json(app, *signed_in.principal)), request,
                                    signed_in.token);
              },
              {.body_limit = 16 << 10, .summary = "Sign in"});
  routes.add(Method::del, std::string(kSession), Needs::write,
             [](Call& call) {
               call.app.accounts.sign_out(session_token(call.request));
               Response response = with_session(no_content(), call.request, {});
               response.headers.emplace_back("Clear-Site-Data", "\"cache\", \"storage\"");
               return response;
             },
             {.summary = "Sign out"});
  routes.open(Method::post, "/api/v1/setup",
              [&app](Request& request) {
                check_origin(request);
                const Json body = parse_json(request.body);
                const auth::User owner =
                    app.accounts.set_up({.token = json_text(body, "token"),
                                         .company = json_text(body, "company_name"),
                                         .name = json_text(body, "name"),
                                         .email = json_text(body, "email"),
                                         .password = json_text(body, "password")});
                const auto signed_in =
                    app.accounts.sign_in_user(owner.id, request.remote, agent_of(request));
                return with_session(json_response(session_json(app, *signed_in.principal)), request,
                                    signed_in.token);
              },
              {.body_limit = 16 << 10, .summary = "Make the owner, with the one-time token"});
  const auto check_link = [&routes, &app](std::string pattern, auth::Accounts::LinkKind kind,
                                          std::string summary) {
    routes.open(Method::post, std::move(pattern),
                [&app, kind](Request& request) {
                  check_origin(request);
                  const std::string token = json_text(parse_json(request.body), "token");
                  const bool valid = app.accounts.link_works(kind, token, request.remote);
                  return json_response(valid ? R"({"valid":true})" : R"({"valid":false})");
                },
                {.body_limit = 16 << 10, .summary = std::move(summary)});
  };
  check_link("/api/v1/setup/check", auth::Accounts::LinkKind::setup,
             "Whether the set-up link can be used");
  check_link("/api/v1/invite/check", auth::Accounts::LinkKind::invitation,
             "Whether an invitation can be used");
  routes.open(Method::post, "/api/v1/invite",
              [&app](Request& request) {
                check_origin(request);
                const Json body = parse_json(request.body);
                const auth::User user = app.accounts.accept_invitation(json_text(body, "token"),
                                                                       json_text(body, "password"));
                const auto signed_in =
                    app.accounts.sign_in_user(user.id, request.remote, agent_of(request));
                return with_session(json_response(session_json(app, *signed_in.principal)), request,
                                    signed_in.token);
              },
              {.body_limit = 16 << 10, .summary = "Accept an invitation"});

  routes.add(
      Method::patch, "/api/v1/me", Needs::write,
      [](Call& call) {
        const Json body = call.json();
        auth::Accounts::UserChange change;
        if (json_find(body, "name") != nullptr) change.name = json_text(body, "name");
        if (json_find(body, "language") != nullptr)
          change.language = json_text(body, "language") == "en" ? Language::en : Language::ja;
        if (const Json* password = json_find(body, "password")) {
          // The session that changes the password must know the old one; others end with it.
          if (call.who.token) throw AppError(Status::forbidden, "forbidden");
          try {
            static_cast<void>(
                call.app.accounts.sign_in(call.who.user.email, json_text(*password, "current"),
                                          call.request.remote, agent_of(call.request)));
          } catch (const AppError& error) {
            if (error.status() != Status::unauthorized) throw;
            throw AppError(Status::invalid, "invalid", {}, {{"password", "password_wrong", {}}});
          }
          change.password = json_text(*password, "new");
        }
        call.app.accounts.change_user(call.who.user.id, change, call.access());
        if (change.password) {
          const auto signed_in = call.app.accounts.sign_in_user(
              call.who.user.id, call.request.remote, agent_of(call.request));
          return with_session(json_response(session_json(call.app, *signed_in.principal)),
                              call.request, signed_in.token);
        }
        const auto again =
            call.who.token ? nullptr : call.app.accounts.by_session(session_token(call.request));
        return json_response(session_json(call.app, again ? *again : call.who));
      },
      {.body_limit = 16 << 10, .summary = "Change my name, language or password"});
  routes.add(
      Method::get, "/api/v1/me/sessions", Needs::session,
      [](Call& call) {
        std::string out;
        JsonWriter json(out);
        json.begin_object().key("items").begin_array();
        for (const auth::SessionInfo& session : call.app.accounts.sessions(call.who.user.id)) {
          json.begin_object()
              .field("id", session.id)
              .field("created_at", format_instant(session.created_at));
          json.field("seen_at", format_instant(session.seen_at))
              .field("agent", session.agent)
              .field("remote", session.remote);
          json.field("current", session.id == call.who.session).end_object();
        }
        json.end_array().end_object();
        return json_response(out);
      },
      {.summary = "Where I am signed in"});
  routes.add(Method::del, "/api/v1/me/sessions/{id}", Needs::write,
             [](Call& call) {
               call.app.accounts.end_session(call.who.user.id, call.request.captures.at(0));
               return no_content();
             },
             {.summary = "Sign out elsewhere"});
}

}  // namespace daifuku::api
