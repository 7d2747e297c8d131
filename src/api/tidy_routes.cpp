// /tidy: what a ledger collects over the years, and how it is mended.
#include <charconv>

#include "api/app.h"
#include "records/tidy.h"

namespace daifuku::api {

using http::Method;

namespace {

constexpr int kMostDays = 3'650;

[[noreturn]] void wrong_days() {
  throw AppError(Status::invalid, "invalid", {},
                 {{"days", "tidy_days_range", {{"max", std::to_string(kMostDays)}}}});
}

const meta::ObjectDef& object_of(const Call& call, const std::string& key) {
  const meta::ObjectDef* found = call.catalog().object(key.empty() ? "company" : key);
  if (found == nullptr || call.access().object(*found).read == auth::Scope::none)
    throw AppError(Status::not_found, "not_found");
  return *found;
}

std::optional<int> checked_days(std::int64_t days) {
  if (days < 1 || days > kMostDays) wrong_days();
  return static_cast<int>(days);
}

records::TidyAsk asked(const Call& call) {
  records::TidyAsk ask{.engine = call.app.engine,
                       .accounts = call.app.accounts,
                       .caller = call.caller,
                       .object = object_of(call, call.parameter("object")),
                       .stage = call.parameter("stage")};
  if (const std::string days = call.parameter("days"); !days.empty()) {
    std::int64_t number = 0;
    const auto end = std::from_chars(days.data(), days.data() + days.size(), number);
    if (end.ec != std::errc() || end.ptr != days.data() + days.size()) wrong_days();
    ask.days = checked_days(number);
  }
  return ask;
}

records::TidyAsk asked(const Call& call, const Json& body) {
  records::TidyAsk ask{.engine = call.app.engine,
                       .accounts = call.app.accounts,
                       .caller = call.caller,
                       .object = object_of(call, json_text(body, "object")),
                       .stage = json_text(body, "stage")};
  if (const Json* days = json_find(body, "days"); days != nullptr && !days->is_null())
    ask.days = checked_days(days->is_int64() ? days->get_int64() : 0);
  return ask;
}

http::Response save_settings(Call& call) {
  const Json body = call.json();
  const meta::ObjectDef& object = object_of(call, json_text(body, "object"));
  const Json* days = json_find(body, "stale_days");
  const Id change = records::save_stale_days(call.app.engine, call.caller, object,
                                             days == nullptr ? Json() : *days);
  const records::TidyAsk ask{.engine = call.app.engine,
                             .accounts = call.app.accounts,
                             .caller = call.caller,
                             .object = object};
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("change").id(change);
  json.key("stale_days").begin_object();
  for (const auto& [stage, number] : records::stale_days(ask)) json.field(stage, number);
  json.end_object().end_object();
  return json_response(std::move(out));
}

}  // namespace

void add_tidy_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/tidy", Needs::session,
             [](Call& call) {
               std::string out;
               records::tidy_json(asked(call), out);
               return json_response(std::move(out));
             },
             {.summary = "What is to be tidied up, as far as the caller sees it"});
  routes.add(Method::patch, "/api/v1/tidy/settings", Needs::manager, save_settings,
             {.summary = "After how many days a record of each stage is stale"});
  routes.add(Method::get, "/api/v1/tidy/{check}", Needs::session,
             [](Call& call) {
               std::string out;
               records::tidy_items_json(asked(call), call.request.captures.at(0),
                                        call.limit(50, 200), call.parameter("after"), out);
               return json_response(std::move(out));
             },
             {.summary = "What one check finds"});
  routes.add(Method::post, "/api/v1/tidy/{check}/preview", Needs::read_by_post,
             [](Call& call) {
               const Json body = call.json();
               std::string out;
               records::tidy_preview_json(asked(call, body), call.request.captures.at(0), body,
                                          out);
               return json_response(std::move(out));
             },
             {.summary = "What a mend would change"});
  routes.add(
      Method::post, "/api/v1/tidy/{check}", Needs::write,
      [](Call& call) {
        const Json body = call.json();
        std::string out;
        if (records::tidy_mend_json(asked(call, body), call.request.captures.at(0), body, out)) {
          reload_catalog(call.app);
        }
        return json_response(std::move(out));
      },
      {.summary = "Mend what a check finds, as one change"});
}

}  // namespace daifuku::api
