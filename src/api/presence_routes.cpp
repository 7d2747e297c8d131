#include "api/app.h"
#include "api/events.h"
#include "api/presence.h"
#include "records/record_json.h"

namespace daifuku::api {

using http::Method;
using http::Response;

namespace {

constexpr std::size_t kLongestTab = 40;

std::string checked_tab(const std::string& tab) {
  if (tab.empty() || tab.size() > kLongestTab)
    throw AppError(Status::invalid, "invalid", {}, {{"tab", "required", {}}});
  return tab;
}

// The record, which the caller sees; otherwise there is no such place for him.
Presence::Place place_of(const Call& call, const meta::ObjectDef& object) {
  records::Engine& engine = call.app.engine;
  const Id id = engine.current(object, call.id(1));
  if (!engine.get(call.caller, object, id)) throw AppError(Status::not_found, "not_found");
  return {.object = object.id, .record = id};
}

void tell(const Call& call, const meta::ObjectDef& object, const Presence::Place& place) {
  call.app.events.announce({.event = "presence", .object = object.key, .record = place.record});
}

Response come(Call& call) {
  const meta::ObjectDef& object = call.object();
  const Json body = call.json();
  const std::string tab = checked_tab(json_text(body, "tab"));
  const std::string field = json_text(body, "field");
  // Nobody edits what he may not write.
  if (!field.empty() && (object.field(field) == nullptr ||
                         call.access().field(object, field) < meta::FieldRight::write))
    throw AppError(Status::invalid, "invalid", {}, {{"field", "field_unknown", {}}});
  const Presence::Place place = place_of(call, object);
  Presence& presence = call.app.events.presence();
  const Millis now = call.app.clock.now();
  const Id user = call.access().user();
  const bool news = presence.come(place, user, tab, field, now);
  const auto others = presence.others(place, user, now);
  // Alone there is nobody to tell.
  if (news && !others.empty()) tell(call, object, place);

  std::string out;
  JsonWriter json(out);
  json.begin_object().key("others").begin_array();
  for (const Presence::Other& other : others) {
    json.begin_object().key("user");
    records::write_user_reference(json, call.app.engine, other.user);
    json.key("field");
    // That a field is there at all is told only to those who read it.
    if (!other.field.empty() &&
        call.access().field(object, other.field) >= meta::FieldRight::read) {
      json.string(other.field);
    } else {
      json.null();
    }
    json.end_object();
  }
  json.end_array().end_object();
  return json_response(std::move(out));
}

Response leave(Call& call) {
  const meta::ObjectDef& object = call.object();
  const std::string tab = checked_tab(call.parameter("tab"));
  const Presence::Place place = place_of(call, object);
  Presence& presence = call.app.events.presence();
  const Id user = call.access().user();
  if (presence.leave(place, user, tab) &&
      !presence.others(place, user, call.app.clock.now()).empty())
    tell(call, object, place);
  return no_content();
}

}  // namespace

void add_presence_routes(Routes& routes) {
  routes.add(Method::post, "/api/v1/{objects}/{id}/presence", Needs::read_by_post, come,
             {.summary = "I have it open; who else has", .background = true});
  routes.add(Method::del, "/api/v1/{objects}/{id}/presence", Needs::write, leave,
             {.summary = "I no longer have it open"});
}

}  // namespace daifuku::api
