// What can be done with customers beyond records: what happened with them, what to know before they
// are met, a person goes to another company.
#include <algorithm>

#include "api/app.h"
#include "crm/customer/brief.h"
#include "crm/customer/transfer.h"
#include "records/record_json.h"
#include "records/timeline.h"

namespace daifuku::api {

using http::Method;

namespace {

http::Response timeline(Call& call) {
  const meta::ObjectDef& object = call.object();
  records::TimelineQuery query{.what = call.list_parameter("objects"),
                               .from = call.parameter("from"),
                               .until = call.parameter("until"),
                               .words = call.parameter("q"),
                               .facets = call.parameter("facets") == "1"};
  for (const std::string& text : call.list_parameter("by")) {
    const auto id = decode_id(text);
    if (!id) throw AppError(Status::invalid, "invalid", {}, {{"by", "invalid_id", {}}});
    query.by.push_back(*id);
  }
  std::string out;
  records::timeline_json(call.app.engine, call.caller, object,
                         call.app.engine.current(object, call.id(1)), query, call.limit(50, 200),
                         call.parameter("after"), out);
  return json_response(std::move(out));
}

// The names of the teams that a user is in.
std::string teams_of(auth::Accounts& accounts, Id user) {
  std::string out;
  const auto teams = accounts.teams();
  for (const auth::User& each : accounts.users()) {
    if (each.id != user) continue;
    for (const Id id : each.teams) {
      const auto team = std::ranges::find(teams, id, &auth::Team::id);
      if (team != teams.end()) out += (out.empty() ? "" : "・") + team->name;
    }
  }
  return out;
}

http::Response brief(Call& call) {
  const meta::ObjectDef& object = call.object();
  if (!object.customer) throw AppError(Status::not_found, "not_found");
  std::string out;
  crm::brief_json(
      call.app.engine, call.caller, object, call.app.engine.current(object, call.id(1)),
      [&](Id user) { return teams_of(call.app.accounts, user); }, out);
  return json_response(std::move(out));
}

const meta::ObjectDef& people(const Call& call) {
  const meta::ObjectDef& object = *call.catalog().object("person");
  if (call.access().object(object).read == auth::Scope::none)
    throw AppError(Status::not_found, "not_found");
  return object;
}

records::Record person(const Call& call, const meta::ObjectDef& object) {
  records::Engine& engine = call.app.engine;
  auto found = engine.get(call.caller, object, engine.current(object, call.id(0)));
  if (!found) throw AppError(Status::not_found, "not_found");
  return *std::move(found);
}

http::Response open_work(Call& call) {
  const meta::ObjectDef& object = people(call);
  const auto work = crm::open_work(call.app.engine, call.caller, person(call, object));
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("open").begin_array();
  call.app.engine.database().read([&](store::Connection& connection) {
    for (const crm::OpenWork& each : work) {
      const meta::ObjectDef& kind = *call.catalog().object(each.object);
      const auto titles = call.app.engine.titles(connection, call.caller, kind, {each.id});
      json.begin_object().field("object", each.object).key("id").id(each.id);
      json.field("title", titles.contains(each.id) ? titles.at(each.id) : std::string());
      json.end_object();
    }
  });
  json.end_array().end_object();
  return json_response(std::move(out));
}

http::Response transfer(Call& call) {
  const meta::ObjectDef& object = people(call);
  const Json body = call.json();
  const Json* values = json_find(body, "values");
  crm::Transfer wanted;
  wanted.draft = call.app.engine.parse(call.caller, object,
                                       values == nullptr ? Json(JsonObject()) : *values, false);
  wanted.on = json_text(body, "on");
  wanted.version = json_integer(body, "version");
  if (const std::string successor = json_text(body, "successor"); !successor.empty()) {
    const auto id = decode_id(successor);
    if (!id) throw AppError(Status::invalid, "invalid", {}, {{"successor", "invalid_id", {}}});
    wanted.successor = *id;
  }
  // Not to be written is not to be moved either.
  if (call.access().field(object, "company") < meta::FieldRight::write)
    throw AppError(Status::forbidden, "forbidden");
  const records::Record before = person(call, object);
  const auto work = crm::open_work(call.app.engine, call.caller, before);
  crm::Transferred done;
  const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
    done = crm::transfer(write, before, wanted, work);
  });
  std::string out;
  call.app.engine.get_json(call.caller, object, done.person.id, out);
  out.back() = ',';
  out += "\"taken_over\":" + std::to_string(done.taken_over) + ",\"change\":\"" +
         encode_id(change) + "\"}";
  return json_response(std::move(out));
}

}  // namespace

void add_customer_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/{objects}/{id}/timeline", Needs::session, timeline,
             {.summary = "All that happened with a customer"});
  routes.add(Method::get, "/api/v1/{objects}/{id}/brief", Needs::session, brief,
             {.summary = "What to know before a customer is met"});
  routes.add(Method::get, "/api/v1/people/{id}/transfer", Needs::session, open_work,
             {.summary = "What is open at the company that the person would leave"});
  routes.add(Method::post, "/api/v1/people/{id}/transfer", Needs::write, transfer,
             {.summary = "A person goes to another company"});
}

}  // namespace daifuku::api
