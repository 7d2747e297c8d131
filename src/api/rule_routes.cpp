// /rules: what the company has decided on how to enter.
#include "api/app.h"
#include "records/rule_store.h"

namespace daifuku::api {

using http::Method;

namespace {
constexpr std::size_t kRuleBody = 64 << 10;
}  // namespace

void add_rule_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/rules", Needs::manager,
             [](Call& call) {
               std::string out;
               records::rules_json(call.app.engine, call.caller, call.parameter("object"), out);
               return json_response(std::move(out));
             },
             {.summary = "Rules for what is entered"});
  routes.add(Method::post, "/api/v1/rules", Needs::manager,
             [](Call& call) {
               std::string out;
               records::save_rule(call.app.engine, call.caller, 0, call.json(), out);
               return json_response(std::move(out), 201);
             },
             {.body_limit = kRuleBody, .summary = "Add a rule"});
  routes.add(Method::patch, "/api/v1/rules/{id}", Needs::manager,
             [](Call& call) {
               std::string out;
               records::save_rule(call.app.engine, call.caller, call.id(0), call.json(), out);
               return json_response(std::move(out));
             },
             {.body_limit = kRuleBody, .summary = "Change a rule, switch it on or off"});
  routes.add(Method::del, "/api/v1/rules/{id}", Needs::manager,
             [](Call& call) {
               const Id change = records::remove_rule(call.app.engine, call.caller, call.id(0));
               return json_response("{\"change\":\"" + encode_id(change) + "\"}");
             },
             {.summary = "Remove a rule"});
  routes.add(Method::get, "/api/v1/rules/{id}/history", Needs::manager,
             [](Call& call) {
               std::string out;
               records::rule_history_json(call.app.engine, call.caller, call.id(0), out);
               return json_response(std::move(out));
             },
             {.summary = "Who changed the rule"});
  routes.add(Method::post, "/api/v1/rules/try", Needs::manager,
             [](Call& call) {
               std::string out;
               records::try_rule_json(call.app.engine, call.caller, call.json(), out);
               return json_response(std::move(out));
             },
             {.body_limit = kRuleBody, .summary = "What a rule says of values typed"});
  routes.add(Method::post, "/api/v1/rules/check", Needs::manager,
             [](Call& call) {
               std::string out;
               records::check_rule_json(call.app.engine, call.caller, call.json(), out);
               return json_response(std::move(out));
             },
             {.body_limit = kRuleBody, .summary = "Which records break a rule"});
}

}  // namespace daifuku::api
