// The public register of corporate numbers: look-ups, and proposals for the companies of the
// ledger.
#include <algorithm>

#include "api/app.h"
#include "crm/register/register_check.h"
#include "exchange/reference/reference.h"

namespace daifuku::api {

using crm::RegisterCheck;
using http::Method;
using http::Response;

namespace {

// The national bulk in its ZIP is some 200 MB.
constexpr std::size_t kMostBytes = std::size_t{512} << 20;
constexpr std::size_t kMostName = 1'000;

Response answer(const std::function<void(std::string&)>& write, int status = 200) {
  std::string out;
  write(out);
  return json_response(std::move(out), status);
}

[[noreturn]] void wrong(std::string field, std::string code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::move(field), std::move(code), {}}});
}

crm::RegisterMatter matter(std::string_view name) {
  const auto found = crm::parse_matter(name);
  if (!found) wrong("matter", "invalid_choice");
  return *found;
}

std::vector<RegisterCheck::Item> items_of(const Json& body) {
  std::vector<RegisterCheck::Item> out;
  const Json* items = json_find(body, "items");
  if (items == nullptr || !items->is_array() || items->get_array().empty())
    wrong("items", "required");
  if (items->get_array().size() > RegisterCheck::kMostAtOnce)
    throw AppError(Status::invalid, "batch_too_large",
                   {{"max", std::to_string(RegisterCheck::kMostAtOnce)}});
  for (const Json& item : items->get_array()) {
    const auto company = decode_id(json_text(item, "company"));
    if (!company) wrong("items[" + std::to_string(out.size()) + "].company", "invalid_id");
    out.push_back({*company, matter(json_text(item, "matter")), json_text(item, "number")});
  }
  return out;
}

Response accept(Call& call) {
  const Json body = call.json();
  const auto done =
      json_bool(body, "all")
          ? call.app.register_check.accept_all(call.caller, matter(json_text(body, "matter")),
                                               static_cast<int>(std::clamp<std::int64_t>(
                                                   json_integer(body, "least_percent"), 0, 100)),
                                               json_text(body, "after"))
          : call.app.register_check.accept(call.caller, items_of(body));
  return answer([&](std::string& out) {
    JsonWriter json(out);
    json.begin_object().field("accepted", done.done).field("out_of_date", done.out_of_date);
    json.field("more", !done.next.empty()).field("refused", done.refused);
    json.key("problems").begin_array();
    for (const auto& problem : done.problems) {
      json.begin_object().key("id").id(problem.company);
      json.field("title", problem.title).field("code", problem.code);
      json.field("message", message(call.caller.language, problem.code, problem.params));
      json.end_object();
    }
    json.end_array().key("next");
    if (done.next.empty()) {
      json.null();
    } else {
      json.string(done.next);
    }
    if (done.batch != 0) json.key("change").id(done.batch);
    json.end_object();
  });
}

Response refuse(Call& call) {
  const Json body = call.json();
  const std::string decision = json_text(body, "decision");
  if (decision != "open" && decision != "refused") wrong("decision", "invalid_choice");
  call.app.register_check.refuse(call.caller, items_of(body), decision == "refused");
  return no_content();
}

Response list(Call& call) {
  const std::string decision = call.parameter("decision", "open");
  if (decision != "open" && decision != "refused") wrong("decision", "invalid_choice");
  return answer([&](std::string& out) {
    call.app.register_check.list_json(call.caller, matter(call.parameter("matter", "number")),
                                      decision == "refused", call.limit(20, 50),
                                      call.parameter("after"), out);
  });
}

Response check_state(Call& call, int status) {
  return answer([&](std::string& out) { call.app.register_check.state_json(call.caller, out); },
                status);
}

}  // namespace

void add_register_routes(Routes& routes) {
  routes.add(
      Method::get, "/api/v1/reference/register", Needs::manager,
      [](Call& call) {
        return answer([&](std::string& out) { call.app.reference.companies.state_json(out); });
      },
      {.summary = "Which files of the corporate register are in"});
  routes.add(Method::post, "/api/v1/reference/register", Needs::manager,
             [](Call& call) {
               const std::string& file = call.file_body();
               std::string name = call.parameter("name", "register.csv");
               if (name.size() > kMostName) name.resize(kMostName);
               call.app.reference.companies.load_in_background(file, name);
               return answer(
                   [&](std::string& out) { call.app.reference.companies.state_json(out); }, 202);
             },
             {.body_limit = kMostBytes,
              .body_to_file = true,
              .summary = "Load a bulk or difference file of the corporate register"});
  routes.add(Method::get, "/api/v1/register", Needs::session,
             [](Call& call) {
               const std::string name = call.parameter("name");
               if (name.size() > kMostName) wrong("name", "too_long");
               return answer([&](std::string& out) {
                 call.app.register_check.named_json(name, call.caller.language, out);
               });
             },
             {.summary = "Companies of the register by name"});
  routes.add(Method::get, "/api/v1/register/{number}", Needs::session,
             [](Call& call) {
               return answer([&](std::string& out) {
                 call.app.register_check.number_json(call.request.captures.at(0),
                                                     call.caller.language, out);
               });
             },
             {.summary = "The company of a corporate number"});
  routes.add(Method::get, "/api/v1/register/check", Needs::session,
             [](Call& call) { return check_state(call, 200); },
             {.summary = "How the last comparison with the register went"});
  routes.add(Method::post, "/api/v1/register/check", Needs::write,
             [](Call& call) {
               call.app.register_check.start(call.caller);
               return check_state(call, 202);
             },
             {.summary = "Compare all companies with the register"});
  routes.add(Method::get, "/api/v1/register/proposals", Needs::session, list,
             {.summary = "What the register proposes, the likeliest first"});
  routes.add(Method::post, "/api/v1/register/proposals/accept", Needs::write, accept,
             {.summary = "Accept proposals as one change"});
  routes.add(Method::patch, "/api/v1/register/proposals", Needs::write, refuse,
             {.summary = "Refuse proposals, or open them again"});
}

}  // namespace daifuku::api
