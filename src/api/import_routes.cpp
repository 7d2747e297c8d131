// /imports: the table is the body of the request, and goes to a file while it arrives.
#include "api/app.h"
#include "exchange/imports.h"
#include "exchange/own_maps.h"
#include "http/target.h"

namespace daifuku::api {

using http::Method;
using http::Response;

namespace {

// A million rows of a dozen columns are about 200 MB.
constexpr std::size_t kMostBytes = std::size_t{512} << 20;

Response with_json(const std::function<void(std::string&)>& write, int status = 200) {
  std::string out;
  write(out);
  return json_response(std::move(out), status);
}

Response create_import(Call& call) {
  const std::string& file = call.file_body();
  std::string object = call.parameter("object");
  // As in the paths, the plural is understood too.
  if (const auto* found = call.catalog().by_plural(object)) object = found->key;
  return with_json(
      [&](std::string& out) {
        call.app.imports.create(call.caller, file, call.parameter("name"), object, out);
      },
      201);
}

Response undo_import(Call& call) {
  const auto done = call.app.imports.undo(call.caller, call.id(0));
  if (!done) {
    return with_json(
        [&](std::string& out) { call.app.imports.get_json(call.caller, call.id(0), out); }, 202);
  }
  const records::UndoResult& result = *done;
  return with_json([&](std::string& out) {
    JsonWriter json(out);
    json.begin_object().field("undone", result.undone).key("skipped").begin_array();
    for (const auto& skipped : result.skipped) {
      json.begin_object().field("object", skipped.object).key("id").id(skipped.id);
      json.field("title", skipped.title).field("code", skipped.reason);
      json.field("reason", message(call.caller.language, skipped.reason)).end_object();
    }
    json.end_array();
    if (result.batch != 0) json.key("change").id(result.batch);
    json.end_object();
  });
}

Response rejected_rows(Call& call) {
  std::string name;
  auto write = call.app.imports.rejects_csv(call.caller, call.id(0), name);
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename=\"rejected.csv\"; filename*=UTF-8''" + http::percent_encode(name));
  response.stream = [write = std::move(write)](http::Writer& writer) {
    write([&](std::string_view piece) { writer.write(piece); });
  };
  return response;
}

Response save_map(Call& call) {
  const Json body = call.json();
  const auto id = decode_id(json_text(body, "import"));
  if (!id) throw AppError(Status::invalid, "invalid", {}, {{"import", "invalid_id", {}}});
  return with_json(
      [&](std::string& out) { call.app.imports.save_map(call.caller, *id, body, out); }, 201);
}

void add_map_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/import_maps", Needs::session,
             [](Call& call) {
               return with_json([&](std::string& out) {
                 exchange::OwnMaps(call.app.engine).list_json(call.caller, out);
               });
             },
             {.summary = "Column maps of imports: saved and ready-made ones"});
  routes.add(Method::post, "/api/v1/import_maps", Needs::write, save_map,
             {.summary = "Save where the columns of an import go"});
  routes.add(Method::patch, "/api/v1/import_maps/{id}", Needs::write,
             [](Call& call) {
               const Json body = call.json();
               return with_json([&](std::string& out) {
                 exchange::OwnMaps(call.app.engine).change(call.caller, call.id(0), body, out);
               });
             },
             {.summary = "Rename a column map, or share it"});
  routes.add(Method::del, "/api/v1/import_maps/{id}", Needs::write,
             [](Call& call) {
               exchange::OwnMaps(call.app.engine).remove(call.caller, call.id(0));
               return no_content();
             },
             {.summary = "Delete a column map"});
}

}  // namespace

void add_import_routes(Routes& routes) {
  using Action = void (exchange::Imports::*)(const records::Caller&, Id, std::string&);
  const auto act = [](Action action, int status) {
    return [action, status](Call& call) {
      return with_json(
          [&](std::string& out) { (call.app.imports.*action)(call.caller, call.id(0), out); },
          status);
    };
  };
  routes.add(
      Method::post, "/api/v1/imports", Needs::write, create_import,
      {.body_limit = kMostBytes, .body_to_file = true, .summary = "Upload a table to import"});
  routes.add(
      Method::get, "/api/v1/imports", Needs::session,
      [](Call& call) {
        return with_json([&](std::string& out) { call.app.imports.list_json(call.caller, out); });
      },
      {.summary = "Imports, newest first"});
  routes.add(Method::get, "/api/v1/imports/{id}", Needs::session,
             act(&exchange::Imports::get_json, 200), {.summary = "One import with its preview"});
  routes.add(Method::patch, "/api/v1/imports/{id}", Needs::write,
             [](Call& call) {
               const Json body = call.json();
               return with_json([&](std::string& out) {
                 call.app.imports.change(call.caller, call.id(0), body, out);
               });
             },
             {.summary = "Change how the table is read and where its columns go"});
  routes.add(Method::post, "/api/v1/imports/{id}/run", Needs::write,
             act(&exchange::Imports::run, 202), {.summary = "Run an import in the background"});
  routes.add(Method::post, "/api/v1/imports/{id}/continue", Needs::write,
             act(&exchange::Imports::resume, 202),
             {.summary = "Go on with an import that was stopped or cut off"});
  routes.add(Method::get, "/api/v1/imports/{id}/rows", Needs::session,
             [](Call& call) {
               return with_json([&](std::string& out) {
                 call.app.imports.rows_json(call.caller, call.id(0), call.parameter("action"), out);
               });
             },
             {.summary = "The first rows of one kind, with what they would change"});
  routes.add(Method::get, "/api/v1/imports/{id}/diagnosis", Needs::session,
             act(&exchange::Imports::diagnosis_json, 200),
             {.summary = "What is the matter with the list"});
  routes.add(Method::post, "/api/v1/imports/{id}/cancel", Needs::write,
             act(&exchange::Imports::cancel, 200), {.summary = "Stop an import"});
  routes.add(Method::post, "/api/v1/imports/{id}/undo", Needs::write, undo_import,
             {.summary = "Take back all that an import did"});
  routes.add(Method::get, "/api/v1/imports/{id}/errors.csv", Needs::session, rejected_rows,
             {.summary = "Rows that were not imported, with the reasons"});
  routes.add(Method::del, "/api/v1/imports/{id}", Needs::write,
             [](Call& call) {
               call.app.imports.remove(call.caller, call.id(0));
               return no_content();
             },
             {.summary = "Delete an import and its file; the records stay"});
  add_map_routes(routes);
}

}  // namespace daifuku::api
