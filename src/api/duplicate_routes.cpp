// /duplicates: the queue of records that may be one.
#include "api/app.h"
#include "records/duplicate_queue.h"

namespace daifuku::api {

using http::Method;
using records::DuplicateQueue;

namespace {

DuplicateQueue::Decision decision(std::string_view code) {
  const auto found = DuplicateQueue::decision_of(code);
  if (!found) throw AppError(Status::invalid, "invalid", {}, {{"decision", "invalid_choice", {}}});
  return *found;
}

Id pair_id(const Json& pair, std::string_view key, std::size_t at) {
  const auto id = decode_id(json_text(pair, key));
  if (!id) {
    throw AppError(Status::invalid, "invalid", {},
                   {{"pairs[" + std::to_string(at) + "]." + std::string(key), "invalid_id", {}}});
  }
  return *id;
}

http::Response decide(Call& call) {
  const Json body = call.json();
  const meta::ObjectDef& object = call.object_parameter();
  std::vector<DuplicateQueue::RecordPair> pairs;
  if (const Json* items = json_find(body, "pairs"); items != nullptr && items->is_array()) {
    for (const Json& item : items->get_array())
      pairs.push_back({pair_id(item, "a", pairs.size()), pair_id(item, "b", pairs.size())});
  }
  constexpr std::size_t kMost = 1'000;
  if (pairs.empty()) throw AppError(Status::invalid, "invalid", {}, {{"pairs", "required", {}}});
  if (pairs.size() > kMost)
    throw AppError(Status::invalid, "batch_too_large", {{"max", std::to_string(kMost)}});
  call.app.duplicates.decide(call.caller, object, pairs, decision(json_text(body, "decision")));
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace

void add_duplicate_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/duplicates", Needs::session,
             [](Call& call) {
               std::string out;
               call.app.duplicates.list_json(call.caller, call.object_parameter(),
                                             decision(call.parameter("decision", "open")),
                                             call.limit(20, 50), call.parameter("after"), out);
               return json_response(std::move(out));
             },
             {.summary = "Records that may be one, the likeliest pairs first"});
  routes.add(Method::patch, "/api/v1/duplicates", Needs::write, decide,
             {.summary = "Decide on pairs"});
  routes.add(Method::get, "/api/v1/duplicates/scan", Needs::session,
             [](Call& call) {
               std::string out;
               call.app.duplicates.scan_json(call.caller, call.object_parameter(), out);
               return json_response(std::move(out));
             },
             {.summary = "How the last scan went"});
  routes.add(Method::post, "/api/v1/duplicates/scan", Needs::write,
             [](Call& call) {
               const meta::ObjectDef& object = call.object_parameter();
               call.app.duplicates.scan(call.caller, object);
               std::string out;
               call.app.duplicates.scan_json(call.caller, object, out);
               return json_response(std::move(out), 202);
             },
             {.summary = "Look through all records of an object"});
}

}  // namespace daifuku::api
