// /duplicates: the queue of records that may be one.
#include <algorithm>
#include <charconv>

#include "api/app.h"
#include "records/duplicate_queue.h"
#include "records/duplicate_sets.h"
#include "records/merge_plan.h"

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
  // A change of one of the two that goes with the decision: a branch gets its parent.
  const Json* set = json_find(body, "set");
  const Json* values = set == nullptr ? nullptr : json_find(*set, "values");
  const auto changed = set == nullptr ? std::nullopt : decode_id(json_text(*set, "id"));
  const auto in_pair = [&](const auto& pair) { return pair.a == changed || pair.b == changed; };
  if (set != nullptr && (!changed || values == nullptr || !std::ranges::any_of(pairs, in_pair)))
    throw AppError(Status::invalid, "invalid", {}, {{"set.id", "invalid_id", {}}});
  std::function<void(records::Write&)> along;
  if (set != nullptr) {
    const records::Draft draft = call.app.engine.parse(call.caller, object, *values, false);
    along = [&object, id = *changed, draft](records::Write& write) {
      write.update(object, id, draft);
    };
  }
  const Id change = call.app.duplicates.decide(call.caller, object, pairs,
                                               decision(json_text(body, "decision")), along);
  return json_response("{\"change\":\"" + encode_id(change) + "\"}");
}

int percent(std::int64_t given, std::string_view name) {
  if (given < 1 || given > 100)
    throw AppError(Status::invalid, "invalid", {}, {{std::string(name), "invalid_number", {}}});
  return static_cast<int>(given);
}

std::int64_t number(const Call& call, std::string_view name, std::int64_t fallback) {
  const std::string text = call.parameter(name);
  if (text.empty()) return fallback;
  std::int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

http::Response list_sets(Call& call) {
  const records::Likely likely{.percent = percent(number(call, "percent", 99), "percent"),
                               .below = percent(number(call, "below", 100), "below"),
                               .differing = call.parameter("differing") == "1"};
  std::string out;
  records::duplicate_sets_json(call.app.engine, call.caller, call.object_parameter(), likely,
                               call.parameter("state", "ready") != "look", call.limit(20, 50),
                               call.parameter("after"), out);
  return json_response(std::move(out));
}

http::Response decide_all(Call& call) {
  const Json body = call.json();
  const meta::ObjectDef& object = call.object_parameter();
  const records::Likely likely{.percent = percent(json_integer(body, "percent", 99), "percent"),
                               .below = percent(json_integer(body, "below", 100), "below"),
                               .differing = json_bool(body, "differing")};
  std::string out;
  const std::string wanted = json_text(body, "decision");
  if (wanted != "merge") {
    records::decide_all(call.app.engine, call.app.duplicates, call.caller, object, likely,
                        decision(wanted), out);
    return json_response(std::move(out));
  }
  Id change = 0;
  if (const std::string text = json_text(body, "change"); !text.empty()) {
    const auto id = decode_id(text);
    if (!id) throw AppError(Status::invalid, "invalid", {}, {{"change", "invalid_id", {}}});
    change = *id;
  }
  records::merge_sets(call.app.engine, call.caller, object, likely, change,
                      json_text(body, "after"), out);
  return json_response(std::move(out));
}

http::Response plan_merge(Call& call) {
  const meta::ObjectDef& object = call.object();
  const Json body = call.json();
  std::vector<Id> ids;
  if (const Json* list = json_find(body, "ids"); list != nullptr && list->is_array()) {
    for (const Json& item : list->get_array()) {
      const auto id =
          item.is_string() ? decode_id(std::string_view(item.get_string())) : std::nullopt;
      if (!id) throw AppError(Status::invalid, "invalid", {}, {{"ids", "invalid_id", {}}});
      ids.push_back(*id);
    }
  }
  const auto into = decode_id(json_text(body, "into"));
  std::string out;
  records::merge_plan_json(call.app.engine, call.caller, object, ids, into.value_or(0), out);
  return json_response(std::move(out));
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
  routes.add(Method::get, "/api/v1/duplicates/sets", Needs::manager, list_sets,
             {.summary = "Sets of records that can be merged at once, and those to be looked at"});
  routes.add(Method::post, "/api/v1/duplicates/all", Needs::manager, decide_all,
             {.summary = "Decide alike on all pairs that are as likely"});
  routes.add(Method::get, "/api/v1/duplicates/batches", Needs::manager,
             [](Call& call) {
               std::string out;
               records::duplicate_batches_json(call.app.engine, call.caller,
                                               call.object_parameter(), call.limit(20, 50),
                                               call.parameter("after"), out);
               return json_response(std::move(out));
             },
             {.summary = "What was decided on many pairs at once, the newest first"});
  routes.add(Method::post, "/api/v1/{objects}/merge-plan", Needs::read_by_post, plan_merge,
             {.summary = "What a merge would make of records"});
  routes.add(Method::del, "/api/v1/duplicates/scan", Needs::write,
             [](Call& call) {
               const meta::ObjectDef& object = call.object_parameter();
               call.app.duplicates.cancel(call.caller);
               std::string out;
               call.app.duplicates.scan_json(call.caller, object, out);
               return json_response(std::move(out), 202);
             },
             {.summary = "Break a scan off"});
}

}  // namespace daifuku::api
