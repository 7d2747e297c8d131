// An exported view that comes back from Excel: what differs, and what of it is taken.
#include <algorithm>
#include <iterator>

#include "api/app.h"
#include "exchange/comparison.h"

namespace daifuku::api {

using http::Method;
using http::Response;

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kMostChoices = std::size_t{8} << 20;

Response compare(Call& call) {
  const std::string& file = call.file_body();
  std::string out;
  call.app.comparisons.create(call.caller, call.object(), file, call.parameter("name"), out);
  return json_response(std::move(out), 201);
}

Response differences(Call& call) {
  std::int64_t after = 0;
  const std::string text = call.parameter("after");
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() > 9) {
      throw AppError(Status::invalid, "invalid", {}, {{"after", "invalid_choice", {}}});
    }
    after = after * 10 + (c - '0');
  }
  const std::string state = call.parameter("state");
  static constexpr std::string_view kStates[] = {"",        "change", "conflict", "refused",
                                                 "invalid", "add",    "remove"};
  if (std::find(std::begin(kStates), std::end(kStates), state) == std::end(kStates)) {
    throw AppError(Status::invalid, "invalid", {}, {{"state", "invalid_choice", {}}});
  }
  std::string out;
  call.app.comparisons.rows_json(call.caller, call.id(0), state, after, call.limit(50, 200), out);
  return json_response(std::move(out));
}

}  // namespace

void add_comparison_routes(Routes& routes) {
  routes.add(Method::post, "/api/v1/{objects}/compare", Needs::write, compare,
             {.body_limit = kMostBytes,
              .body_to_file = true,
              .summary = "Compare an exported workbook that was edited"});
  routes.add(Method::get, "/api/v1/comparisons/{id}", Needs::session,
             [](Call& call) {
               std::string out;
               call.app.comparisons.get_json(call.caller, call.id(0), out);
               return json_response(std::move(out));
             },
             {.summary = "A comparison, in numbers"});
  routes.add(Method::get, "/api/v1/comparisons/{id}/rows", Needs::session, differences,
             {.summary = "What differs, row by row and cell by cell"});
  routes.add(Method::post, "/api/v1/comparisons/{id}/apply", Needs::write,
             [](Call& call) {
               const Json body = call.json();
               std::string out;
               call.app.comparisons.apply(call.caller, call.id(0), body, out);
               return json_response(std::move(out));
             },
             {.body_limit = kMostChoices, .summary = "Take what was accepted, as one batch"});
  routes.add(Method::del, "/api/v1/comparisons/{id}", Needs::write,
             [](Call& call) {
               call.app.comparisons.remove(call.caller, call.id(0));
               return no_content();
             },
             {.summary = "Delete a comparison; the records stay"});
}

}  // namespace daifuku::api
