// /usage: who enters and where entering stops. /feedback: what users write to those who administer.
#include "api/app.h"
#include "records/feedback.h"
#include "records/field_use.h"
#include "records/form_counts.h"
#include "records/usage.h"

namespace daifuku::api {

using http::Method;
using http::Response;

namespace {

constexpr std::size_t kCountsBody = 32 << 10;
constexpr std::size_t kFeedbackBody = 64 << 10;
constexpr int kUsualDays = 28;
constexpr int kMostDays = 366;

Response usage(Call& call) {
  std::string out;
  records::usage_json(call.app.engine, call.caller, call.app.accounts.users(), out);
  return json_response(std::move(out));
}

Response field_use(Call& call) {
  std::string out;
  records::field_use_json(call.app.engine, call.caller, call.object_parameter(), out);
  return json_response(std::move(out));
}

int days_of(const Call& call) {
  const std::string asked = call.parameter("days");
  if (asked.empty()) return kUsualDays;
  int days = 0;
  for (const char digit : asked) {
    if (digit < '0' || digit > '9' || days > kMostDays) days = kMostDays + 1;
    days = days > kMostDays ? days : days * 10 + (digit - '0');
  }
  if (days < 1 || days > kMostDays)
    throw AppError(Status::invalid, "invalid", {}, {{"days", "invalid_number", {}}});
  return days;
}

Response form_counts(Call& call) {
  std::string out;
  records::form_counts_json(call.app.engine, call.caller, days_of(call), out);
  return json_response(std::move(out));
}

Response count_forms(Call& call) {
  records::count_forms(call.app.engine, call.caller, call.json());
  return no_content();
}

void add_usage(Routes& routes) {
  routes.add(Method::get, "/api/v1/usage", Needs::manager, usage,
             {.summary = "Who enters, by which road, and who has stopped"});
  routes.add(Method::get, "/api/v1/usage/fields", Needs::manager, field_use,
             {.summary = "Which fields are filled in"});
  routes.add(Method::get, "/api/v1/usage/forms", Needs::manager, form_counts,
             {.summary = "Forms begun, saved and left, and on which field"});
  routes.add(Method::post, "/api/v1/usage/forms", Needs::write, count_forms,
             {.body_limit = kCountsBody,
              .summary = "Count forms begun, saved and left",
              .background = true});
}

Response send(Call& call) {
  std::string out;
  records::send_feedback(call.app.engine, call.caller, call.json(), out);
  return json_response(std::move(out), 201);
}

Response mine(Call& call) {
  std::string out;
  records::my_feedback_json(call.app.engine, call.caller, out);
  return json_response(std::move(out));
}

Response seen(Call& call) {
  records::feedback_seen(call.app.engine, call.caller);
  return no_content();
}

Response inbox(Call& call) {
  records::FeedbackQuery query{.state = call.parameter("state"),
                               .kind = call.parameter("kind"),
                               .limit = call.limit(50, 200)};
  if (const std::string after = call.parameter("after"); !after.empty()) {
    const auto id = decode_id(after);
    if (!id) throw AppError(Status::invalid, "invalid", {}, {{"after", "invalid_id", {}}});
    query.before = *id;
  }
  std::string out;
  records::feedback_json(call.app.engine, call.caller, query, out);
  return json_response(std::move(out));
}

Response answer(Call& call) {
  std::string out;
  records::answer_feedback(call.app.engine, call.caller, call.id(0), call.json(), out);
  return json_response(std::move(out));
}

void add_feedback(Routes& routes) {
  routes.add(Method::post, "/api/v1/feedback", Needs::write, send,
             {.body_limit = kFeedbackBody,
              .summary = "Write to those who administer",
              .idempotent = true});
  routes.add(Method::get, "/api/v1/feedback/mine", Needs::session, mine,
             {.summary = "What I wrote, and the answers"});
  routes.add(Method::post, "/api/v1/feedback/mine/seen", Needs::write, seen,
             {.summary = "I have read the answers"});
  routes.add(Method::get, "/api/v1/feedback", Needs::manager, inbox,
             {.summary = "What users wrote"});
  routes.add(Method::patch, "/api/v1/feedback/{id}", Needs::manager, answer,
             {.body_limit = kFeedbackBody, .summary = "Answer, or say how it stands"});
}

}  // namespace

void add_usage_routes(Routes& routes) {
  add_usage(routes);
  add_feedback(routes);
}

}  // namespace daifuku::api
