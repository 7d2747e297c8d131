#include <algorithm>
#include <charconv>

#include "api/app.h"
#include "api/record_parts.h"
#include "http/target.h"
#include "meta/derive.h"
#include "records/duplicate_batches.h"
#include "records/duplicate_queue.h"
#include "records/record_json.h"
#include "records/summary.h"

namespace daifuku::api {

using auth::Scope;
using http::Method;
using http::Response;
using records::ListQuery;

namespace {

constexpr std::size_t kBatchBody = 16 << 20;
constexpr std::int64_t kBatchRows = 10'000;
constexpr std::size_t kMostConflictBytes = 8 << 20;
constexpr std::size_t kMostNames = 500;
constexpr std::size_t kLongestName = 1'000;  // bytes

std::vector<std::string> text_list(const Json* json) {
  std::vector<std::string> out;
  if (json == nullptr) return out;
  if (json->is_string()) {
    std::string_view rest = json->get_string();
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      out.emplace_back(rest.substr(0, comma));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
  } else if (json->is_array()) {
    for (const Json& item : json->get_array()) {
      if (item.is_string()) out.emplace_back(item.get_string());
    }
  }
  return out;
}

ListQuery::Total total_of(std::string_view text) {
  return text == "exact"                 ? ListQuery::Total::exact
         : text == "1" || text == "true" ? ListQuery::Total::bounded
                                         : ListQuery::Total::none;
}

ListQuery query_of(const Call& call) {
  ListQuery query;
  if (const std::string filter = call.parameter("filter"); !filter.empty())
    query.filter = parse_json(filter);
  query.sort = call.list_parameter("sort");
  query.fields = call.list_parameter("fields");
  query.words = call.parameter("q");
  query.after = call.parameter("after");
  query.limit = call.limit(50, 200);
  const std::string offset = call.parameter("offset");
  std::from_chars(offset.data(), offset.data() + offset.size(), query.offset);
  query.total = total_of(call.parameter("total"));
  query.deleted = call.parameter("deleted") == "1";
  return query;
}

ListQuery query_of(const Json& body) {
  ListQuery query;
  if (const Json* filter = json_find(body, "filter")) query.filter = *filter;
  query.sort = text_list(json_find(body, "sort"));
  query.fields = text_list(json_find(body, "fields"));
  query.words = json_text(body, "q");
  query.after = json_text(body, "after");
  query.limit = static_cast<int>(json_integer(body, "limit", 50));
  query.offset = json_integer(body, "offset");
  const Json* total = json_find(body, "total");
  query.total = total == nullptr     ? ListQuery::Total::none
                : total->is_string() ? total_of(std::string_view(total->get_string()))
                : total->is_bool() && total->get_bool() ? ListQuery::Total::bounded
                                                        : ListQuery::Total::none;
  query.deleted = json_bool(body, "deleted");
  return query;
}

records::SummaryQuery summary_of(const Call& call) {
  records::SummaryQuery query;
  if (const std::string filter = call.parameter("filter"); !filter.empty())
    query.filter = parse_json(filter);
  query.words = call.parameter("q");
  query.group = call.parameter("group");
  query.sums = call.list_parameter("sum");
  return query;
}

records::SummaryQuery summary_of(const Json& body) {
  records::SummaryQuery query;
  if (const Json* filter = json_find(body, "filter")) query.filter = *filter;
  query.words = json_text(body, "q");
  query.group = json_text(body, "group");
  query.sums = text_list(json_find(body, "sum"));
  return query;
}

Response summary(Call& call, const records::SummaryQuery& query) {
  std::string out;
  records::summary_json(call.app.engine, call.caller, call.object(), query, out);
  return json_response(std::move(out));
}

// The page after this one, with all other parameters as they were (RFC 8288).
void add_next_link(const Call& call, const std::string& cursor, Response& response) {
  if (cursor.empty()) return;
  std::string target = call.request.path + "?";
  for (const auto& [name, value] : call.request.query) {
    if (name == "after" || name == "offset") continue;
    target += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
  }
  response.headers.emplace_back("Link", "<" + target + "after=" + cursor + ">; rel=\"next\"");
}

// Adds the member "included" to the object that `out` holds. What links to a record is for a single
// record only, however many a list happens to have.
void include(const Call& call, const meta::ObjectDef& object, const std::vector<Id>& page,
             bool single, const std::vector<std::string>& wanted, std::string& out) {
  if (wanted.empty()) return;
  for (const std::string& key : wanted) {
    if (!single && object.field(key) == nullptr)
      throw AppError(Status::invalid, "filter_wrong", {},
                     {{"include", "include_unknown", {{"name", key}}}});
  }
  out.back() = ',';
  out += "\"included\":";
  call.app.engine.included_json(call.caller, object, page, wanted, out);
  out += '}';
}

// A record as JSON with the id of the change that made it so, for undo.
Response record_response(Call& call, const meta::ObjectDef& object, const records::Record& record,
                         Id change, int status, const Problems& warnings = {}) {
  std::string out;
  call.app.engine.database().read([&](store::Connection& connection) {
    records::RecordWriter writer(call.app.engine, connection, call.caller,
                                 call.app.engine.plan(object));
    JsonWriter json(out);
    writer.write(json, record);
  });
  out.back() = ',';
  out += "\"change\":\"" + encode_id(change) + "\"}";
  // Rules that only warn; the record is saved.
  if (!warnings.empty()) {
    out.back() = ',';
    std::string list;
    JsonWriter json(list);
    json.begin_array();
    for (const Problem& problem : warnings) {
      json.begin_object()
          .field("field", problem.field)
          .field("code", problem.code)
          .field("message", message(call.caller.language, problem.code, problem.params))
          .end_object();
    }
    json.end_array();
    out += "\"warnings\":" + list + "}";
  }
  Response response = json_response(std::move(out), status);
  response.headers.emplace_back("ETag", "\"" + std::to_string(record.version) + "\"");
  return response;
}

void write_matches(JsonWriter& json, Language language,
                   const std::vector<records::LikelyRecord>& matches) {
  json.key("candidates").begin_array();
  for (const records::LikelyRecord& match : matches) {
    json.begin_object().key("id").id(match.id);
    json.field("title", match.title).field("subtitle", match.subtitle);
    json.field("percent", match.percent).key("reasons").begin_array();
    for (const records::MatchReason& reason : match.reasons) {
      json.begin_object().field("code", reason.code).field("field", reason.field);
      json.field("agrees", reason.agrees)
          .field("text", message(language, "matching_" + reason.code))
          .end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

std::int64_t seen_version(const Call& call, const Json& body) {
  const std::int64_t version = json_integer(body, "version");
  if (version != 0) return version;
  // If-Match: "3"
  std::string_view match = call.request.header("if-match");
  if (match.size() > 2 && match.front() == '"') match = match.substr(1, match.size() - 2);
  std::int64_t out = 0;
  std::from_chars(match.data(), match.data() + match.size(), out);
  return out;
}

Response create_record(Call& call) {
  const meta::ObjectDef& object = call.object();
  Json body = call.json();
  const std::vector<RecordParts> parts = take_parts(call, object, body);
  records::Draft draft = call.app.engine.parse(call.caller, object, body, true);
  std::string duplicates;
  if (call.parameter("duplicates") != "ignore") {
    const auto matches = call.app.duplicates.likely(call.caller, object, draft.values, 0, 10);
    if (!matches.empty()) {
      JsonWriter json(duplicates);
      json.begin_object();
      write_matches(json, call.caller.language, matches);
      json.end_object();
      if (call.parameter("duplicates") == "refuse")
        throw AppError(Status::conflict, "duplicate_candidates", {}, {}, duplicates);
    }
  }
  records::Record record;
  Problems warnings;
  const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
    record = write.create(object, draft);
    warnings = write.warnings();
    if (parts.empty()) return;
    create_parts(write, parts, record.id);
    // Lines change the sums of their order.
    if (auto now = write.load(object, record.id)) record = std::move(*now);
  });
  Response response = record_response(call, object, record, change, 201, warnings);
  if (!duplicates.empty()) {
    response.body.back() = ',';
    response.body.append(duplicates, 1);
  }
  response.headers.emplace_back("Location",
                                "/api/v1/" + object.plural + "/" + encode_id(record.id));
  return response;
}

// {"ids"|"filter", "set"|"delete"}: one bulk edit, one undo. Each record is checked by itself;
// those that cannot be changed are told, the others are changed.
Response bulk_edit(Call& call, const meta::ObjectDef& object) {
  const Json body = call.json();
  records::Engine& engine = call.app.engine;
  std::vector<Id> ids;
  Problems problems;
  if (const Json* list = json_find(body, "ids"); list != nullptr && list->is_array()) {
    for (const Json& item : list->get_array()) {
      const auto id =
          item.is_string() ? decode_id(std::string_view(item.get_string())) : std::nullopt;
      if (!id) throw AppError(Status::invalid, "invalid", {}, {{"ids", "invalid_id", {}}});
      ids.push_back(*id);
    }
  } else if (json_find(body, "filter") != nullptr || json_find(body, "q") != nullptr) {
    ListQuery query = query_of(body);
    query.limit = 50;
    ids = engine.list_ids(call.caller, object, query, kBatchRows + 1);
  }
  if (ids.size() > static_cast<std::size_t>(kBatchRows)) {
    throw AppError(Status::too_large, "batch_too_large", {{"max", std::to_string(kBatchRows)}});
  }
  const bool remove = json_bool(body, "delete");
  const Json* set = json_find(body, "set");
  if (!remove && (set == nullptr || !set->is_object()))
    throw AppError(Status::invalid, "invalid", {}, {{"set", "required", {}}});
  const records::Draft draft =
      remove ? records::Draft{} : engine.parse(call.caller, object, *set, false);

  struct Told {
    Id id;
    std::string code;
    std::string text;
    std::string title;
  };
  std::vector<Told> refused;
  std::vector<Told> warned;
  std::int64_t count = 0;
  const Id change = engine.write(call.caller, [&](records::Write& write) {
    refused.clear();
    warned.clear();
    count = 0;
    const auto tell = [&](std::vector<Told>& list, Id id, bool named, const std::string& code,
                          const Params& params) {
      std::string title;
      if (const auto record = named ? write.load(object, id) : std::nullopt)
        title = records::readable_title(call.caller, object, *record);
      list.push_back({id, code, message(call.caller.language, code, params), title});
    };
    for (const Id id : ids) {
      const std::size_t before = write.warnings().size();
      const auto error = write.attempt([&] {
        if (remove) {
          write.remove(object, id);
        } else {
          write.update(object, id, draft);
        }
      });
      if (error) {
        const bool named = error->status() != Status::not_found;
        if (error->problems().empty()) {
          tell(refused, id, named, error->code(), error->params());
        } else {
          tell(refused, id, named, error->problems().front().code,
               error->problems().front().params);
        }
        continue;
      }
      ++count;
      for (std::size_t i = before; i < write.warnings().size(); ++i)
        tell(warned, id, true, write.warnings()[i].code, write.warnings()[i].params);
    }
  });
  std::string out;
  JsonWriter json(out);
  const auto put = [&](std::string_view key, const std::vector<Told>& list) {
    json.key(key).begin_array();
    for (const Told& row : list) {
      json.begin_object().key("id").id(row.id);
      json.field("title", row.title)
          .field("code", row.code)
          .field("message", row.text)
          .end_object();
    }
    json.end_array();
  };
  json.begin_object().key("change").id(change);
  json.field("count", count);
  put("problems", refused);
  put("warnings", warned);
  json.end_object();
  return json_response(out);
}

// NDJSON: a line an operation, a line an answer; all in one transaction and one undo.
Response batch_lines(Call& call, const meta::ObjectDef& object) {
  struct Line {
    std::string op;
    Id id = 0;
    std::int64_t version = 0;
    records::Draft draft;
    std::string error;  // JSON text
  };
  // Long texts on both sides of many lines would be more than memory holds.
  std::size_t conflict_room = kMostConflictBytes;
  const auto error_text = [&](const AppError& error) {
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("code", error.code())
        .field("title", message(call.caller.language, error.code(), error.params()))
        .key("problems")
        .begin_array();
    for (const Problem& problem : error.problems()) {
      json.begin_object()
          .field("field", problem.field)
          .field("code", problem.code)
          .field("message", message(call.caller.language, problem.code, problem.params))
          .end_object();
    }
    json.end_array();
    // As the answer 409 of a single change, but of the record only what a further change needs.
    if (!error.extra_json().empty()) {
      const Json extra = parse_json(error.extra_json());
      const Json* current = json_find(extra, "current");
      const Json* conflicts = json_find(extra, "conflicts");
      std::string told = conflicts == nullptr ? std::string() : boost::json::serialize(*conflicts);
      if (current != nullptr && !told.empty() && told.size() <= conflict_room) {
        conflict_room -= told.size();
        json.key("conflict").begin_object().key("current").begin_object();
        json.field("id", json_text(*current, "id"))
            .field("version", json_integer(*current, "version"))
            .end_object();
        json.key("conflicts").raw(told).end_object();
      }
    }
    json.end_object();
    return out;
  };
  std::vector<Line> lines;
  std::string_view rest = call.request.body;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const std::string_view text = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (text.find_first_not_of(" \r\t") == std::string_view::npos) continue;
    if (lines.size() >= static_cast<std::size_t>(kBatchRows))
      throw AppError(Status::too_large, "batch_too_large", {{"max", std::to_string(kBatchRows)}});
    Line& line = lines.emplace_back();
    try {
      const Json json = parse_json(text);
      line.op = json_text(json, "op", "create");
      line.version = json_integer(json, "version");
      if (const Json* id = json_find(json, "id"); id != nullptr && id->is_string())
        line.id = decode_id(std::string_view(id->get_string())).value_or(0);
      if (line.op != "delete") {
        const Json* values = json_find(json, "values");
        line.draft = call.app.engine.parse(call.caller, object,
                                           values == nullptr ? Json(JsonObject()) : *values,
                                           line.op == "create");
      }
    } catch (const AppError& error) {
      line.error = error_text(error);
    }
  }
  std::string out;
  const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
    out.clear();
    conflict_room = kMostConflictBytes;
    for (const Line& line : lines) {
      JsonWriter json(out);
      json.begin_object();
      std::string error = line.error;
      if (error.empty()) {
        records::Record record{{.id = line.id}};
        const auto refused = write.attempt([&] {
          if (line.op == "create") {
            record = write.create(object, line.draft);
          } else if (line.op == "update") {
            record = write.update(object, line.id, line.draft, line.version);
          } else if (line.op == "delete") {
            write.remove(object, line.id);
          } else {
            throw AppError(Status::invalid, "invalid", {}, {{"op", "invalid_choice", {}}});
          }
        });
        if (refused) {
          error = error_text(*refused);
        } else {
          json.field("ok", true).key("id").id(record.id);
          json.field("version", record.version);
        }
      }
      if (!error.empty()) json.field("ok", false).key("error").raw(error);
      json.end_object();
      out += '\n';
    }
  });
  Response response = json_response(std::move(out));
  response.content_type = "application/x-ndjson; charset=utf-8";
  response.headers.emplace_back("X-Change", encode_id(change));
  return response;
}

// {"names":[...]} -> which records are called so, however it is written: for links that were pasted
// as words. Two of several, so that the reader knows that there are several.
Response named_records(Call& call) {
  const meta::ObjectDef& object = call.object();
  const Json body = call.json();
  const std::vector<std::string> names = text_list(json_find(body, "names"));
  if (names.size() > kMostNames)
    throw AppError(Status::too_large, "batch_too_large", {{"max", std::to_string(kMostNames)}});
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  call.app.engine.database().read([&](store::Connection& connection) {
    for (const std::string& name : names) {
      std::vector<Id> found;
      if (name.size() <= kLongestName)
        found = call.app.engine.find_by_key(connection, call.caller, object, name);
      found.resize(std::min<std::size_t>(found.size(), 2));
      const auto titles = call.app.engine.titles(connection, call.caller, object, found);
      json.begin_object().field("name", name).key("found").begin_array();
      for (const Id id : found) {
        const auto title = titles.find(id);
        json.begin_object().key("id").id(id);
        json.field("title", title == titles.end() ? std::string() : title->second).end_object();
      }
      json.end_array().end_object();
    }
  });
  json.end_array().end_object();
  return json_response(std::move(out));
}

// The record that the address stands for: one that was merged is the one it was merged into.
Id record_id(const Call& call, const meta::ObjectDef& object) {
  return call.app.engine.current(object, call.id(1));
}

// {"from":[ids],"values":{...},"version"}: one record of several.
Response merge_records(Call& call) {
  const meta::ObjectDef& object = call.object();
  const Id id = call.id(1);
  const Json body = call.json();
  std::vector<Id> from;
  const Json* list = json_find(body, "from");
  if (list == nullptr || !list->is_array())
    throw AppError(Status::invalid, "invalid", {}, {{"from", "required", {}}});
  for (const Json& item : list->get_array()) {
    const auto one =
        item.is_string() ? decode_id(std::string_view(item.get_string())) : std::nullopt;
    if (!one) throw AppError(Status::invalid, "invalid", {}, {{"from", "invalid_id", {}}});
    from.push_back(*one);
  }
  const Json* values = json_find(body, "values");
  const records::Draft chosen = call.app.engine.parse(
      call.caller, object, values == nullptr ? Json(JsonObject()) : *values, false);
  const std::int64_t version = seen_version(call, body);
  records::Record record;
  const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
    record = write.merge(object, id, from, chosen, version);
  });
  return record_response(call, object, record, change, 200);
}

}  // namespace

void add_record_routes(Routes& routes) {
  const std::string list = "/api/v1/{objects}";
  const std::string one = "/api/v1/{objects}/{id}";
  // Pages and point reads run on the network thread, but not with a search or a count in them.
  routes.add(Method::get, list, Needs::session,
             [](Call& call) {
               std::string out;
               const meta::ObjectDef& object = call.object();
               const auto page =
                   call.app.engine.list_json(call.caller, object, query_of(call), out);
               include(call, object, page.ids, false, call.list_parameter("include"), out);
               Response response = json_response(std::move(out));
               add_next_link(call, page.next, response);
               return response;
             },
             {.run = http::Run::worker, .summary = "List"});
  routes.add(Method::post, list + "/query", Needs::read_by_post,
             [](Call& call) {
               std::string out;
               const meta::ObjectDef& object = call.object();
               const Json body = call.json();
               const auto page =
                   call.app.engine.list_json(call.caller, object, query_of(body), out);
               include(call, object, page.ids, false, text_list(json_find(body, "include")), out);
               return json_response(std::move(out));
             },
             {.summary = "List, with a long filter"});
  routes.add(Method::get, list + "/summary", Needs::session,
             [](Call& call) { return summary(call, summary_of(call)); },
             {.run = http::Run::worker, .summary = "Counts and sums of a list"});
  routes.add(Method::post, list + "/summary", Needs::read_by_post,
             [](Call& call) { return summary(call, summary_of(call.json())); },
             {.summary = "Counts and sums of a list, with a long filter"});
  routes.add(Method::get, one, Needs::session,
             [](Call& call) {
               std::string out;
               const meta::ObjectDef& object = call.object();
               const Id id = call.id(1);
               call.app.engine.get_json(call.caller, object, id, out);
               if (const auto wanted = call.list_parameter("include"); !wanted.empty())
                 include(call, object, {call.app.engine.current(object, id)}, true, wanted, out);
               Response response = json_response(std::move(out));
               const auto at = response.body.find("\"version\":");
               const auto end = response.body.find_first_of(",}", at);
               response.headers.emplace_back(
                   "ETag", "\"" + response.body.substr(at + 10, end - at - 10) + "\"");
               return response;
             },
             {.run = http::Run::inline_, .worker_when = "include", .summary = "One record"});
  routes.add(Method::post, list, Needs::write, create_record,
             {.summary = "Create", .idempotent = true});
  routes.add(Method::post, list + "/duplicates", Needs::read_by_post,
             [](Call& call) {
               const meta::ObjectDef& object = call.object();
               const Json body = call.json();
               // While typing, half a value is not a mistake.
               Problems ignored;
               const meta::Values values =
                   meta::parse_values(object, body, call.access().fields(object), ignored);
               const auto except = decode_id(call.parameter("except"));
               const auto matches =
                   call.app.duplicates.likely(call.caller, object, values, except.value_or(0), 10);
               auto begun = call.app.duplicates.begins_alike(call.caller, object, values,
                                                             except.value_or(0), 10);
               std::erase_if(begun, [&](const records::BeginsAlike& each) {
                 return std::ranges::count(matches, each.id, &records::LikelyRecord::id) > 0;
               });
               std::string out;
               JsonWriter json(out);
               json.begin_object();
               write_matches(json, call.caller.language, matches);
               json.key("begins").begin_array();
               for (const records::BeginsAlike& each : begun) {
                 json.begin_object().key("id").id(each.id);
                 json.field("title", each.title).field("subtitle", each.subtitle).end_object();
               }
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "Likely duplicates of a draft"});
  routes.add(Method::patch, one, Needs::write,
             [](Call& call) {
               const meta::ObjectDef& object = call.object();
               const Id id = call.id(1);
               const Json body = call.json();
               const records::Draft draft = call.app.engine.parse(call.caller, object, body, false);
               const std::int64_t version = seen_version(call, body);
               records::Record record;
               Problems warnings;
               const Id change = call.app.engine.write(call.caller, [&](records::Write& write) {
                 record = write.update(object, id, draft, version);
                 warnings = write.warnings();
               });
               return record_response(call, object, record, change, 200, warnings);
             },
             {.summary = "Change fields"});
  routes.add(Method::del, one, Needs::write,
             [](Call& call) {
               const meta::ObjectDef& object = call.object();
               const Id id = call.id(1);
               const Id change = call.app.engine.write(
                   call.caller, [&](records::Write& write) { write.remove(object, id); });
               return json_response("{\"change\":\"" + encode_id(change) + "\"}");
             },
             {.summary = "To the trash"});
  routes.add(Method::post, one + "/restore", Needs::write,
             [](Call& call) {
               const meta::ObjectDef& object = call.object();
               const Id id = call.id(1);
               records::Record record;
               const Id change = call.app.engine.write(
                   call.caller, [&](records::Write& write) { record = write.restore(object, id); });
               return record_response(call, object, record, change, 200);
             },
             {.summary = "Back from the trash"});
  routes.add(Method::post, one + "/merge", Needs::write, merge_records,
             {.summary = "Make several records one", .idempotent = true});
  routes.add(Method::get, one + "/history", Needs::session,
             [](Call& call) {
               std::string out;
               const meta::ObjectDef& object = call.object();
               call.app.engine.history_json(call.caller, object, record_id(call, object),
                                            call.limit(50, 200), call.parameter("after"), out);
               return json_response(std::move(out));
             },
             {.summary = "Who changed what"});
  routes.add(Method::post, one + "/seen", Needs::write,
             [](Call& call) {
               const meta::ObjectDef& object = call.object();
               const Id id = record_id(call, object);
               if (!call.app.engine.get(call.caller, object, id))
                 throw AppError(Status::not_found, "not_found");
               call.app.engine.note_seen(call.caller, object, id);
               return no_content();
             },
             {.summary = "Remember that I looked at it"});
  routes.add(Method::post, list + "/named", Needs::read_by_post, named_records,
             {.summary = "Which records are called so"});
  routes.add(Method::post, list + "/batch", Needs::write,
             [](Call& call) {
               const meta::ObjectDef& object = call.object();
               const bool lines =
                   call.request.header("content-type").starts_with("application/x-ndjson");
               return lines ? batch_lines(call, object) : bulk_edit(call, object);
             },
             {.body_limit = kBatchBody, .summary = "Many at once, one undo", .idempotent = true});
  routes.add(Method::post, "/api/v1/undo", Needs::write,
             [](Call& call) {
               const auto batch = decode_id(json_text(call.json(), "change"));
               if (!batch)
                 throw AppError(Status::invalid, "invalid", {}, {{"change", "invalid_id", {}}});
               records::UndoResult result = call.app.engine.undo(call.caller, *batch);
               if (result.batch == 0) result.batch = call.app.engine.ids().next();
               if (result.fields_changed) reload_catalog(call.app);
               // What was decided along with it.
               call.app.duplicates.undo(call.caller, *batch, result);
               records::turn_batch(call.app.engine, call.caller, *batch, result);
               std::string out;
               JsonWriter json(out);
               json.begin_object().field("undone", result.undone).key("change").id(result.batch);
               json.key("skipped").begin_array();
               for (const auto& skipped : result.skipped) {
                 json.begin_object().field("object", skipped.object).key("id").id(skipped.id);
                 json.field("title", skipped.title)
                     .field("reason", message(call.caller.language, skipped.reason))
                     .end_object();
               }
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "Take back a change, single or bulk", .idempotent = true});
}

}  // namespace daifuku::api
