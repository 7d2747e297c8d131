#include "api/app.h"
#include "api/events.h"
#include "meta/derive.h"

namespace daifuku::api {

using auth::Scope;
using http::Method;

namespace {

// To everybody even when the view is private now: it may have been shared before.
void announce_view(Call& call, const Json& view) {
  call.app.events.announce({.event = "views", .object = json_text(view, "object")});
}

}  // namespace

void add_search_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/search", Needs::session,
             [](Call& call) {
               std::string out;
               call.app.engine.search_json(call.caller, call.parameter("q"),
                                           call.list_parameter("objects"), call.limit(20, 100),
                                           out);
               return json_response(std::move(out));
             },
             {.summary = "Find anything"});
  routes.add(Method::get, "/api/v1/recent", Needs::session,
             [](Call& call) {
               std::string out;
               call.app.engine.recent_json(call.caller, call.limit(20, 100), out);
               return json_response(std::move(out));
             },
             {.summary = "What I looked at"});
  routes.add(Method::get, "/api/v1/changes", Needs::session,
             [](Call& call) {
               std::string out;
               call.app.engine.changes_json(call.caller, call.limit(20, 50), out);
               return json_response(std::move(out));
             },
             {.summary = "What changed"});
  routes.add(Method::get, "/api/v1/tags", Needs::session,
             [](Call& call) {
               const meta::ObjectDef& object = call.object_parameter();
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("items").begin_array();
               for (const auto& tag :
                    call.app.engine.tags(call.caller, object, call.parameter("field", "tags"),
                                         call.parameter("q"), call.limit(20, 100)))
                 json.string(tag);
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "Tags in use"});
  routes.add(
      Method::get, "/api/v1/metadata", Needs::session,
      [](Call& call) {
        const meta::Catalog& catalog = call.catalog();
        std::string out;
        JsonWriter json(out);
        json.begin_object().field("version", call.access().version()).key("objects").begin_array();
        for (const meta::ObjectDef& object : catalog.objects()) {
          const auth::ObjectRights& rights = call.access().object(object);
          if (rights.read == Scope::none || object.hidden) continue;
          const meta::ObjectPermissions permissions{.read = true,
                                                    .create = rights.create,
                                                    .update = rights.update != Scope::none,
                                                    .remove = rights.remove != Scope::none,
                                                    .import_rows = rights.create,
                                                    .export_rows = rights.export_rows};
          meta::write_object_metadata(
              json, catalog, object, call.access().fields(object), permissions,
              [&](const meta::ObjectDef& other, const meta::FieldDef& field) {
                return !other.hidden && call.access().object(other).read != Scope::none &&
                       call.access().field(other, field.key) >= meta::FieldRight::read;
              },
              call.access().layout(object));
        }
        json.end_array().end_object();
        auto response = json_response(std::move(out));
        response.compress = true;
        return response;
      },
      {.summary = "Objects and fields as the caller may see them"});
}

void add_view_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/views", Needs::session,
             [](Call& call) {
               std::string out;
               call.app.engine.views_json(call.caller, call.parameter("object"), out);
               return json_response(std::move(out));
             },
             {.summary = "Saved views"});
  routes.add(Method::post, "/api/v1/views", Needs::write,
             [](Call& call) {
               std::string out;
               call.app.engine.save_view(call.caller, call.json(), 0, out);
               announce_view(call, parse_json(out));
               return json_response(std::move(out), 201);
             },
             {.body_limit = 128 << 10, .summary = "Save a view"});
  routes.add(Method::patch, "/api/v1/views/{id}", Needs::write,
             [](Call& call) {
               std::string out;
               call.app.engine.save_view(call.caller, call.json(), call.id(0), out);
               announce_view(call, parse_json(out));
               return json_response(std::move(out));
             },
             {.body_limit = 128 << 10, .summary = "Change a view"});
  routes.add(Method::del, "/api/v1/views/{id}", Needs::write,
             [](Call& call) {
               const std::string object = call.app.engine.remove_view(call.caller, call.id(0));
               call.app.events.announce({.event = "views", .object = object});
               return no_content();
             },
             {.summary = "Remove a view"});
}

}  // namespace daifuku::api
