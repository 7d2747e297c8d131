// Public reference data: postal codes and addresses.
#include "api/app.h"
#include "exchange/reference/reference.h"
#include "text/holidays.h"
#include "text/postal.h"
#include "text/reading.h"

namespace daifuku::api {

using http::Method;
using http::Response;

namespace {

constexpr std::size_t kMostPostalBytes = std::size_t{64} << 20;
constexpr std::size_t kMostAddress = 1'000;  // bytes

std::string short_parameter(const Call& call, std::string_view name) {
  std::string value = call.parameter(name);
  if (value.size() > kMostAddress)
    throw AppError(Status::invalid, "invalid", {}, {{std::string(name), "too_long", {}}});
  return value;
}

Response postal_of_code(Call& call) {
  std::string out;
  const auto code = text::normalize_postal_code(call.request.captures.at(0));
  call.app.reference.postal.find_json(code.value_or(""), out);
  return json_response(std::move(out));
}

Response postal_of_address(Call& call) {
  std::string out;
  call.app.reference.postal.match_json(short_parameter(call, "prefecture"),
                                       short_parameter(call, "city"),
                                       short_parameter(call, "street"), out);
  return json_response(std::move(out));
}

Response split_address(Call& call) {
  std::string out;
  call.app.reference.postal.split_json(short_parameter(call, "text"), out);
  return json_response(std::move(out));
}

// Guesses of how names are read; what cannot be read is absent.
Response readings(Call& call) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("available", text::readings_available());
  const auto guess = [&](std::string_view key, const std::string& reading) {
    if (!reading.empty()) json.field(key, reading);
  };
  guess("company", text::guess_company_reading(short_parameter(call, "company")));
  guess("family",
        text::guess_person_reading(short_parameter(call, "family"), text::NamePart::family));
  guess("given", text::guess_person_reading(short_parameter(call, "given"), text::NamePart::given));
  json.end_object();
  return json_response(std::move(out));
}

Response calendar(Call& call) {
  constexpr std::int64_t kMostDays = 366 * 3;
  const auto from = parse_iso_date(call.parameter("from"));
  const auto to = parse_iso_date(call.parameter("to"));
  if (!from) throw AppError(Status::invalid, "invalid", {}, {{"from", "invalid_date", {}}});
  if (!to) throw AppError(Status::invalid, "invalid", {}, {{"to", "invalid_date", {}}});
  const std::int64_t first = days_from_date(*from);
  const std::int64_t last = days_from_date(*to);
  if (last < first || last - first > kMostDays)
    throw AppError(Status::invalid, "invalid", {}, {{"to", "invalid_date", {}}});
  const int month = call.app.engine.fiscal_month();
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("holidays").begin_array();
  for (int year = from->year; year <= to->year; ++year) {
    for (const text::Holiday& one : text::holidays_of(year)) {
      const std::int64_t day = days_from_date(one.date);
      if (day < first || day > last) continue;
      json.begin_object().field("date", format_date(one.date));
      json.field("name", call.caller.language == Language::ja ? one.ja : one.en).end_object();
    }
  }
  json.end_array().field("fiscal_month", month).key("fiscal_years").begin_array();
  for (int year = text::fiscal_year_of(*from, month); year <= text::fiscal_year_of(*to, month);
       ++year) {
    const std::int64_t next = days_from_date({.year = year + 1, .month = month, .day = 1});
    json.begin_object().field("year", year);
    json.field("from", format_date({.year = year, .month = month, .day = 1}));
    json.field("to", format_date(date_from_days(next - 1))).end_object();
  }
  json.end_array().end_object();
  return json_response(std::move(out));
}

Response postal_state(Call& call, int status = 200) {
  std::string out;
  call.app.reference.postal.state_json(out);
  return json_response(std::move(out), status);
}

}  // namespace

void add_reference_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/postal/{code}", Needs::session, postal_of_code,
             {.summary = "Addresses of a postal code, every town"});
  routes.add(Method::get, "/api/v1/postal", Needs::session, postal_of_address,
             {.summary = "Postal codes of an address"});
  routes.add(Method::get, "/api/v1/addresses", Needs::session, split_address,
             {.summary = "An address in one line taken apart"});
  routes.add(Method::get, "/api/v1/readings", Needs::session, readings,
             {.summary = "How names are probably read"});
  routes.add(Method::get, "/api/v1/calendar", Needs::session, calendar,
             {.summary = "National holidays and fiscal years"});
  routes.add(Method::get, "/api/v1/reference/postal", Needs::session,
             [](Call& call) { return postal_state(call); },
             {.summary = "Which table of postal codes is in use"});
  routes.add(Method::post, "/api/v1/reference/postal", Needs::manager,
             [](Call& call) {
               call.app.reference.postal.load(call.file_body());
               return postal_state(call);
             },
             {.body_limit = kMostPostalBytes,
              .body_to_file = true,
              .summary = "Load KEN_ALL.CSV or JIGYOSYO.CSV of Japan Post"});
  routes.add(Method::del, "/api/v1/reference/postal", Needs::manager,
             [](Call& call) {
               call.app.reference.postal.clear();
               return no_content();
             },
             {.summary = "Back to the built-in table of postal codes"});
}

}  // namespace daifuku::api
