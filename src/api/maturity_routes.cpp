// /maturity: how complete the customers are.
#include "api/app.h"
#include "records/maturity.h"

namespace daifuku::api {

using http::Method;

void add_maturity_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/maturity", Needs::session,
             [](Call& call) {
               std::string out;
               call.app.maturity.ledger_json(call.caller, call.object_parameter(), out);
               return json_response(std::move(out));
             },
             {.summary = "How complete the customers are, as far as the caller sees them"});
  routes.add(Method::get, "/api/v1/maturity/records", Needs::session,
             [](Call& call) {
               std::string out;
               const std::string level = call.parameter("level", "0");
               if (level.size() != 1 || level[0] < '0' || level[0] > '3')
                 throw AppError(Status::invalid, "invalid", {}, {{"level", "invalid_choice", {}}});
               call.app.maturity.short_json(call.caller, call.object_parameter(), level[0] - '0',
                                            call.parameter("lacks"), call.limit(50, 200), out);
               return json_response(std::move(out));
             },
             {.summary = "Records one item short of the next level"});
  routes.add(Method::get, "/api/v1/{objects}/{id}/maturity", Needs::session,
             [](Call& call) {
               std::string out;
               const meta::ObjectDef& object = call.object();
               call.app.maturity.record_json(call.caller, object,
                                             call.app.engine.current(object, call.id(1)), out);
               return json_response(std::move(out));
             },
             {.summary = "How complete a record is, item by item"});
}

}  // namespace daifuku::api
