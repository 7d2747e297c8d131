#include <algorithm>

#include "api/app.h"
#include "auth/company_settings.h"
#include "auth/role_json.h"
#include "meta/derive.h"
#include "records/computed.h"
#include "records/definition_batch.h"
#include "records/own_fields.h"
#include "records/own_formula.h"
#include "records/own_objects.h"
#include "text/fold.h"
#include "text/grams.h"

namespace daifuku::api {

using http::Method;

namespace {

void write_user(JsonWriter& json, const auth::User& user) {
  json.begin_object().key("id").id(user.id);
  json.field("title", user.name)
      .field("email", user.email)
      .field("role", auth::role_name(user.role))
      .key("team_ids")
      .begin_array();
  for (const Id team : user.teams) json.id(team);
  json.end_array().field("disabled", user.disabled).field("invited", user.invited);
  json.field("language", user.language == Language::en ? "en" : "ja").key("last_seen_at");
  if (user.last_seen_at != 0) {
    json.string(format_instant(user.last_seen_at));
  } else {
    json.null();
  }
  json.end_object();
}

std::string user_text(const auth::User& user) {
  std::string out;
  JsonWriter json(out);
  write_user(json, user);
  return out;
}

std::optional<meta::Role> role_of(const Json& body) {
  const Json* found = json_find(body, "role");
  if (found == nullptr) return std::nullopt;
  const auto role =
      found->is_string() ? auth::parse_role(std::string_view(found->get_string())) : std::nullopt;
  if (!role) throw AppError(Status::invalid, "invalid", {}, {{"role", "invalid_choice", {}}});
  return role;
}

std::optional<std::vector<Id>> ids_of(const Json& body, std::string_view key) {
  const Json* found = json_find(body, key);
  if (found == nullptr) return std::nullopt;
  std::vector<Id> out;
  if (found->is_array()) {
    for (const Json& item : found->get_array()) {
      const auto id =
          item.is_string() ? decode_id(std::string_view(item.get_string())) : std::nullopt;
      if (!id)
        throw AppError(Status::invalid, "invalid", {}, {{std::string(key), "invalid_id", {}}});
      out.push_back(*id);
    }
  }
  return out;
}

// The page that an invitation opens. The host is what the administrator's own browser asked for;
// the link is shown to him, not mailed.
std::string invite_link(const http::Request& request, const std::string& token) {
  return std::string(request.secure ? "https://" : "http://") +
         std::string(request.header("host")) + "/invite#" + token;
}

void write_options(JsonWriter& json, const std::vector<std::pair<Id, std::string>>& items,
                   std::string_view typed, int limit) {
  const std::string wanted = text::fold(typed);
  json.begin_object().key("items").begin_array();
  int written = 0;
  for (const auto& [id, title] : items) {
    if (written >= limit || (!wanted.empty() && !text::contains_folded(text::fold(title), wanted)))
      continue;
    json.begin_object().key("id").id(id);
    json.field("title", title).end_object();
    ++written;
  }
  json.end_array().end_object();
}

http::Response teams(Call& call, std::string_view typed, int limit) {
  std::vector<std::pair<Id, std::string>> items;
  for (const auth::Team& team : call.app.accounts.teams()) items.emplace_back(team.id, team.name);
  std::string out;
  JsonWriter json(out);
  write_options(json, items, typed, limit);
  return json_response(std::move(out));
}

std::string settings_text(App& app) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  for (const std::string_view key : auth::kCompanySettings)
    json.field(key, app.accounts.setting(key));
  json.end_object();
  return out;
}

void add_user_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/users", Needs::manager,
             [](Call& call) {
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("items").begin_array();
               for (const auth::User& user : call.app.accounts.users()) write_user(json, user);
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "Users"});
  routes.add(Method::get, "/api/v1/users/options", Needs::session,
             [](Call& call) {
               std::vector<std::pair<Id, std::string>> items;
               for (const auth::User& user : call.app.accounts.users()) {
                 if (!user.disabled) items.emplace_back(user.id, user.name);
               }
               std::string out;
               JsonWriter json(out);
               write_options(json, items, call.parameter("q"), call.limit(50, 500));
               return json_response(std::move(out));
             },
             {.summary = "Names of users, for pickers"});
  routes.add(Method::post, "/api/v1/users", Needs::manager,
             [](Call& call) {
               const Json body = call.json();
               const auto created = call.app.accounts.add_user(
                   {.name = json_text(body, "name"),
                    .email = json_text(body, "email"),
                    .role = role_of(body).value_or(meta::Role::member),
                    .teams = ids_of(body, "team_ids").value_or(std::vector<Id>()),
                    .password = json_text(body, "password"),
                    .language = json_text(body, "language") == "en" ? Language::en : Language::ja},
                   call.access());
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("user");
               write_user(json, created.user);
               if (!created.invitation.empty())
                 json.field("invite", invite_link(call.request, created.invitation));
               json.end_object();
               return json_response(std::move(out), 201);
             },
             {.body_limit = 16 << 10, .summary = "Add or invite a user"});
  routes.add(Method::patch, "/api/v1/users/{id}", Needs::manager,
             [](Call& call) {
               const Json body = call.json();
               auth::Accounts::UserChange change;
               if (json_find(body, "name") != nullptr) change.name = json_text(body, "name");
               if (json_find(body, "email") != nullptr) change.email = json_text(body, "email");
               if (json_find(body, "password") != nullptr)
                 change.password = json_text(body, "password");
               if (json_find(body, "disabled") != nullptr)
                 change.disabled = json_bool(body, "disabled");
               change.role = role_of(body);
               change.teams = ids_of(body, "team_ids");
               return json_response(
                   user_text(call.app.accounts.change_user(call.id(0), change, call.access())));
             },
             {.body_limit = 16 << 10, .summary = "Change a user"});
  routes.add(Method::post, "/api/v1/users/{id}/invite", Needs::manager,
             [](Call& call) {
               const std::string token = call.app.accounts.invite_again(call.id(0), call.access());
               std::string out;
               JsonWriter json(out);
               json.begin_object().field("invite", invite_link(call.request, token)).end_object();
               return json_response(std::move(out));
             },
             {.summary = "A new invitation or password link"});

  routes.add(Method::get, "/api/v1/teams", Needs::session,
             [](Call& call) { return teams(call, {}, 1000); }, {.summary = "Teams"});
  routes.add(Method::get, "/api/v1/teams/options", Needs::session,
             [](Call& call) { return teams(call, call.parameter("q"), 500); },
             {.summary = "Names of teams, for pickers"});
  routes.add(Method::post, "/api/v1/teams", Needs::manager,
             [](Call& call) {
               const auth::Team team =
                   call.app.accounts.add_team(json_text(call.json(), "title"), call.access());
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("id").id(team.id);
               json.field("title", team.name).end_object();
               return json_response(std::move(out), 201);
             },
             {.summary = "Add a team"});
  routes.add(Method::patch, "/api/v1/teams/{id}", Needs::manager,
             [](Call& call) {
               call.app.accounts.rename_team(call.id(0), json_text(call.json(), "title"),
                                             call.access());
               return no_content();
             },
             {.summary = "Rename a team"});
  routes.add(Method::del, "/api/v1/teams/{id}", Needs::manager,
             [](Call& call) {
               call.app.accounts.remove_team(call.id(0), call.access());
               return no_content();
             },
             {.summary = "Remove a team"});
}

void write_role_item(JsonWriter& json, const auth::RoleSettings& settings, Language language) {
  json.begin_object().field("key", auth::role_name(settings.role)).key("label").begin_object();
  const std::string code = "role_" + std::string(auth::role_name(settings.role));
  json.field("ja", message(Language::ja, code))
      .field("en", message(Language::en, code))
      .end_object();
  static_cast<void>(language);
  auth::write_role(json, settings);
  json.end_object();
}

// Those that the request brings: one that was stored may name what is put away meanwhile.
void check_layouts(const meta::Catalog& catalog, const Json& body,
                   const auth::RoleSettings& settings) {
  const Json* asked = json_find(body, "layouts");
  if (asked == nullptr) return;
  if (!asked->is_object())
    throw AppError(Status::invalid, "invalid", {}, {{"layouts", "invalid_choice", {}}});
  for (const auto& member : asked->get_object()) {
    const std::string key(member.key());
    const meta::ObjectDef* object = catalog.object(key);
    if (object == nullptr)
      throw AppError(Status::invalid, "invalid", {}, {{key, "invalid_choice", {}}});
    const auto layout = settings.layouts.find(key);
    if (layout == settings.layouts.end()) continue;
    if (Problems wrong = meta::wrong_layout(*object, layout->second); !wrong.empty())
      throw AppError(Status::invalid, "invalid", {}, std::move(wrong));
  }
}

void add_rights_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/roles", Needs::manager,
             [](Call& call) {
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("items").begin_array();
               for (const meta::Role role : {meta::Role::owner, meta::Role::manager,
                                             meta::Role::member, meta::Role::viewer}) {
                 write_role_item(json, call.app.accounts.role(role), call.caller.language);
               }
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "Roles and what they may do"});
  routes.add(Method::patch, "/api/v1/roles/{key}", Needs::owner,
             [](Call& call) {
               const auto role = auth::parse_role(call.request.captures.at(0));
               if (!role) throw AppError(Status::not_found, "not_found");
               auth::RoleSettings settings = call.app.accounts.role(*role);
               const Json body = call.json();
               auth::read_role(body, settings);
               for (const auto& [key, rights] : settings.objects) {
                 if (key != "*" && call.catalog().object(key) == nullptr)
                   throw AppError(Status::invalid, "invalid", {}, {{key, "invalid_choice", {}}});
               }
               check_layouts(call.catalog(), body, settings);
               call.app.accounts.set_role(settings, call.access());
               std::string out;
               JsonWriter json(out);
               write_role_item(json, settings, call.caller.language);
               return json_response(std::move(out));
             },
             {.body_limit = 256 << 10, .summary = "Change what a role may do"});

  const auto write_token = [](JsonWriter& json, const auth::TokenInfo& info) {
    json.begin_object().key("id").id(info.id);
    json.field("name", info.name)
        .field("created_at", format_instant(info.created_at))
        .field("expires_at", format_instant(info.expires_at))
        .key("scopes")
        .begin_array();
    std::string_view rest = info.scopes;
    while (!rest.empty()) {
      const auto space = rest.find(' ');
      json.string(rest.substr(0, space));
      rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
    }
    json.end_array();
    if (info.last_used_at != 0) json.field("last_used_at", format_instant(info.last_used_at));
    json.end_object();
  };
  routes.add(Method::get, "/api/v1/tokens", Needs::session,
             [write_token](Call& call) {
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("items").begin_array();
               for (const auth::TokenInfo& info : call.app.accounts.api_tokens(call.who.user.id))
                 write_token(json, info);
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "My API tokens"});
  routes.add(
      Method::post, "/api/v1/tokens", Needs::write,
      [write_token](Call& call) {
        // A token does not make tokens: what leaks must end with its date.
        if (call.who.token) throw AppError(Status::forbidden, "forbidden");
        const Json body = call.json();
        const std::string name = text::nfc(json_text(body, "name"));
        if (name.empty())
          throw AppError(Status::invalid, "invalid", {}, {{"name", "required", {}}});
        bool write = false;
        if (const Json* scopes = json_find(body, "scopes");
            scopes != nullptr && scopes->is_array()) {
          for (const Json& scope : scopes->get_array())
            write = write || (scope.is_string() && scope.get_string() == "write");
        }
        constexpr Millis kDay = 86'400'000;
        const Millis now = call.app.clock.now();
        Millis expires = now + 90 * kDay;
        if (const std::string asked = json_text(body, "expires_at"); !asked.empty()) {
          const auto instant = parse_instant(asked);
          const auto date = parse_iso_date(asked);
          if (!instant && !date)
            throw AppError(Status::invalid, "invalid", {}, {{"expires_at", "invalid_date", {}}});
          expires = instant ? *instant : start_of_day(*date) + kDay;
        }
        if (expires <= now || expires > now + 366 * kDay)
          throw AppError(Status::invalid, "invalid", {}, {{"expires_at", "token_term", {}}});
        auth::TokenInfo info;
        const std::string token = call.app.accounts.make_api_token(
            call.who.user.id, name, write ? "read write" : "read", expires, &info);
        std::string out;
        JsonWriter json(out);
        json.begin_object().field("token", token).key("info");
        write_token(json, info);
        json.end_object();
        return json_response(std::move(out), 201);
      },
      {.summary = "Make an API token, shown once"});
  routes.add(Method::del, "/api/v1/tokens/{id}", Needs::write,
             [](Call& call) {
               call.app.accounts.remove_api_token(call.who.user.id, call.id(0));
               return no_content();
             },
             {.summary = "Remove a token"});
}

// The field as it is now, and what undo takes back.
std::string field_text(const meta::FieldDef& field, Id change) {
  std::string out;
  JsonWriter json(out);
  meta::write_field_metadata(json, field, meta::FieldRight::write);
  out.pop_back();
  out += ",\"change\":\"" + encode_id(change) + "\"}";
  return out;
}

void add_field_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/fields", Needs::manager,
             [](Call& call) {
               const meta::ObjectDef& object = call.object_parameter();
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("items").begin_array();
               for (std::size_t i = 0; i < object.expanded.size(); ++i) {
                 const auto right = call.access().fields(object)[i];
                 if (right != meta::FieldRight::none)
                   meta::write_field_metadata(json, object.expanded[i], right);
               }
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "Fields of an object, hidden ones too"});
  routes.add(Method::post, "/api/v1/fields", Needs::manager,
             [](Call& call) {
               const Json body = call.json();
               std::string key;
               const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
                 key = records::add_own_field(write, body);
               });
               reload_catalog(call.app);
               const auto catalog = call.app.engine.catalog();
               const meta::FieldDef* field = catalog->object(json_text(body, "object"))->field(key);
               // Put away by somebody else in this moment.
               if (field == nullptr) throw AppError(Status::conflict, "conflict");
               return json_response(field_text(*field, change), 201);
             },
             {.summary = "Make an own field"});
  routes.add(
      Method::post, "/api/v1/fields/check", Needs::manager,
      [](Call& call) {
        std::string out;
        records::try_computed_json(call.app.engine, call.caller, call.json(), out);
        return json_response(std::move(out));
      },
      {.summary =
           "What a formula or a roll-up would give, or what is wrong with it; nothing is kept"});
  routes.add(Method::get, "/api/v1/fields/functions", Needs::manager,
             [](Call&) {
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("items").begin_array();
               for (const meta::FormulaFunction& function : meta::formula_functions()) {
                 json.begin_object().field("name", function.name).field("ja", function.ja);
                 json.field("usage", function.usage).key("help").begin_object();
                 json.field("ja", function.help_ja).field("en", function.help_en);
                 json.end_object().end_object();
               }
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "The functions of formulas"});
  routes.add(Method::patch, "/api/v1/fields/{object}/{key}", Needs::manager,
             [](Call& call) {
               const std::string object = call.request.captures.at(0);
               const std::string key = call.request.captures.at(1);
               const Json body = call.json();
               const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
                 records::change_field(write, object, key, body);
               });
               reload_catalog(call.app);
               const auto catalog = call.app.engine.catalog();
               const meta::FieldDef* field = catalog->object(object)->field(key);
               if (field == nullptr) return no_content();
               return json_response(field_text(*field, change));
             },
             {.summary = "Change label, help, choices or visibility of a field"});
  routes.add(Method::del, "/api/v1/fields/{object}/{key}", Needs::manager,
             [](Call& call) {
               // Hidden, not dropped: what is in it is kept and comes back with the field.
               call.app.engine.write(call.caller, [&](records::Write& write) {
                 records::change_field(write, call.request.captures.at(0),
                                       call.request.captures.at(1),
                                       Json(JsonObject{{"hidden", true}}));
               });
               reload_catalog(call.app);
               return no_content();
             },
             {.summary = "Hide a field"});
}

// What an object is called, whether it is used, and what it is called in the product.
void write_object(JsonWriter& json, const meta::Catalog& catalog, const meta::ObjectDef& object,
                  const meta::ObjectDef& declared) {
  const auto label = [&](std::string_view key, const meta::Label& text) {
    json.key(key).begin_object().field("ja", text.ja).field("en", text.en).end_object();
  };
  json.begin_object().field("key", object.key).field("plural", object.plural);
  json.field("icon", object.icon).field("customer", object.customer);
  json.field("in_navigation", declared.in_navigation);
  label("label", object.label);
  label("plural_label", object.plural_label);
  label("declared_label", declared.label);
  label("declared_plural_label", declared.plural_label);
  label("help", object.help);
  json.field("own", meta::is_own(object)).key("customer_links").begin_array();
  for (const std::string& link : object.customer_links) json.string(link);
  json.end_array().field("hidden", object.hidden).key("needed_by").begin_array();
  const auto used = [](const meta::ObjectDef& other) { return !other.hidden; };
  for (const meta::ObjectDef* other : catalog.needed_by(object, used)) json.string(other->key);
  json.end_array().end_object();
}

void write_objects(JsonWriter& json, App& app) {
  const auto catalog = app.engine.catalog();
  std::vector<meta::ObjectDef> declared = app.objects();
  records::OwnRows rows;
  app.engine.database().read([&](store::Connection& c) { rows = records::read_own_fields(c); });
  std::vector<std::string> ignored;  // told when the catalog was made
  meta::add_own_objects(rows.objects, declared, ignored);
  json.begin_object().key("items").begin_array();
  for (const meta::ObjectDef& object : catalog->objects()) {
    const auto found = std::ranges::find(declared, object.key, &meta::ObjectDef::key);
    if (found != declared.end()) write_object(json, *catalog, object, *found);
  }
  json.end_array();
}

void add_object_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/objects", Needs::manager,
             [](Call& call) {
               std::string out;
               JsonWriter json(out);
               write_objects(json, call.app);
               json.end_object();
               return json_response(std::move(out));
             },
             {.summary = "What is kept here, and what it is called"});
  routes.add(Method::post, "/api/v1/objects", Needs::manager,
             [](Call& call) {
               const Json body = call.json();
               const std::vector<meta::ObjectDef> standard = call.app.objects();
               std::string key;
               const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
                 key = records::add_own_object(write, standard, body);
               });
               reload_catalog(call.app);
               std::string out;
               JsonWriter json(out);
               write_objects(json, call.app);
               json.field("key", key).key("change").id(change);
               json.end_object();
               return json_response(std::move(out), 201);
             },
             {.summary = "Make an own object"});
  routes.add(Method::patch, "/api/v1/objects", Needs::manager,
             [](Call& call) {
               const Json body = call.json();
               const Json* items = json_find(body, "items");
               const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
                 records::change_objects(write, items == nullptr ? Json(nullptr) : *items);
               });
               reload_catalog(call.app);
               std::string out;
               JsonWriter json(out);
               write_objects(json, call.app);
               json.key("change").id(change);
               json.end_object();
               return json_response(std::move(out));
             },
             {.summary = "Change what objects are called, their order, and which are used"});
  routes.add(Method::post, "/api/v1/definitions", Needs::manager,
             [](Call& call) {
               const Json body = call.json();
               const std::vector<meta::ObjectDef> standard = call.app.objects();
               const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
                 records::change_definitions(write, standard, body);
               });
               reload_catalog(call.app);
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("change").id(change).end_object();
               return json_response(std::move(out), 201);
             },
             {.summary = "Make and change several objects and fields as one"});
}

}  // namespace

void reload_catalog(App& app) {
  app.engine.load_catalog(app.objects());
  app.accounts.invalidate();
  records::refresh_formulas(app.engine);
}

void add_admin_routes(Routes& routes) {
  add_user_routes(routes);
  add_rights_routes(routes);
  add_field_routes(routes);
  add_object_routes(routes);
  routes.add(Method::get, "/api/v1/settings", Needs::session,
             [](Call& call) { return json_response(settings_text(call.app)); },
             {.summary = "The company's own data"});
  routes.add(Method::patch, "/api/v1/settings", Needs::manager,
             [](Call& call) {
               const Json body = call.json();
               if (!body.is_object()) throw AppError(Status::bad_request, "json_object_expected");
               Problems problems;
               std::vector<std::pair<std::string, std::string>> values;
               for (const auto& member : body.get_object()) {
                 const std::string key(member.key());
                 if (std::find(std::begin(auth::kCompanySettings), std::end(auth::kCompanySettings),
                               key) == std::end(auth::kCompanySettings)) {
                   problems.push_back({key, "field_unknown", {{"name", key}}});
                   continue;
                 }
                 std::string value = member.value().is_int64()
                                         ? std::to_string(member.value().get_int64())
                                     : member.value().is_string()
                                         ? text::nfc(std::string_view(member.value().get_string()))
                                         : std::string();
                 if (text::length(value) > 2000)
                   problems.push_back({key, "too_long", {{"max", "2000"}}});
                 if (key == "company_name" && value.empty())
                   problems.push_back({key, "required", {}});
                 if (key == "fiscal_month" && (value.size() > 2 || std::atoi(value.c_str()) < 1 ||
                                               std::atoi(value.c_str()) > 12))
                   problems.push_back({key, "invalid_choice", {}});
                 if (key == auth::kOfflineCopies && value != "on" && value != "off")
                   problems.push_back({key, "invalid_choice", {}});
                 values.emplace_back(key, value);
               }
               if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
               for (const auto& [key, value] : values) call.app.accounts.set_setting(key, value);
               return json_response(settings_text(call.app));
             },
             {.summary = "Change the company's own data"});
}

}  // namespace daifuku::api
