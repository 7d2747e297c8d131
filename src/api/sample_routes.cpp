// /sample: sample customers to look around with, and away again.
#include "api/app.h"
#include "crm/demo/sample.h"

namespace daifuku::api {

using http::Method;
namespace demo = crm::demo;

namespace {

http::Response changed(const demo::SampleChange& change, int status) {
  std::string out;
  JsonWriter(out)
      .begin_object()
      .key("change")
      .id(change.change)
      .field("records", change.records)
      .end_object();
  return json_response(std::move(out), status);
}

}  // namespace

void add_sample_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/sample", Needs::owner,
             [](Call& call) {
               const auto state = demo::sample_state(call.app.engine, call.app.accounts);
               std::string out;
               JsonWriter(out)
                   .begin_object()
                   .field("records", state.records)
                   .field("possible", state.possible)
                   .end_object();
               return json_response(std::move(out));
             },
             {.summary = "Whether sample customers are in the ledger, or could be put in"});
  routes.add(Method::post, "/api/v1/sample", Needs::owner,
             [](Call& call) {
               const std::vector<Id>& teams = call.access().teams();
               return changed(
                   demo::put_sample(call.app.engine, call.app.accounts, call.access().user(),
                                    teams.empty() ? 0 : teams.front()),
                   201);
             },
             {.summary = "Puts sample customers into a ledger that has none"});
  routes.add(Method::del, "/api/v1/sample", Needs::owner,
             [](Call& call) {
               return changed(
                   demo::clear_sample(call.app.engine, call.app.accounts, call.access().user()),
                   200);
             },
             {.summary = "Moves the sample customers and all that came with them to the trash"});
}

}  // namespace daifuku::api
