// The API described by itself: from the routes and the catalog, so that nothing is listed twice.
#include <algorithm>
#include <charconv>
#include <set>

#include "api/app.h"
#include "api/openapi_schema.h"
#include "api/openapi_table.h"
#include "meta/derive.h"

namespace daifuku::api {

using auth::Scope;
using http::Method;
using http::Response;

namespace {

std::string_view lower_name(Method method) {
  switch (method) {
    case Method::get:
      return "get";
    case Method::head:
      return "head";
    case Method::post:
      return "post";
    case Method::put:
      return "put";
    case Method::patch:
      return "patch";
    case Method::del:
      return "delete";
    case Method::options:
      return "options";
  }
  return "get";
}

// A generic route stands once for every object, so that a reader finds /companies, not a
// placeholder.
struct Operation {
  std::string path;
  const http::Route* route = nullptr;
  const meta::ObjectDef* object = nullptr;
};

std::vector<Operation> operations(const Call& call, const http::Router& router) {
  constexpr std::string_view kMark = "{objects}";
  std::vector<Operation> out;
  for (const http::Route& route : router.routes()) {
    const auto at = route.pattern.find(kMark);
    if (at == std::string::npos) {
      out.push_back({.path = route.pattern, .route = &route});
      continue;
    }
    for (const meta::ObjectDef& object : call.catalog().objects()) {
      if (call.access().object(object).read == Scope::none) continue;
      std::string path = route.pattern;
      path.replace(at, kMark.size(), object.plural);
      out.push_back({.path = std::move(path), .route = &route, .object = &object});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Operation& a, const Operation& b) { return a.path < b.path; });
  return out;
}

const OperationText* text_of(const http::Route& route) {
  for (const OperationText& text : operation_texts()) {
    if (text.method == route.method && text.pattern == route.pattern) return &text;
  }
  return nullptr;
}

// Calls `each` with every piece of a list.
template <typename Each>
void split(std::string_view list, char between, const Each& each) {
  while (!list.empty()) {
    const auto end = list.find(between);
    each(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  }
}

void write_parameters(JsonWriter& json, const Operation& operation, const OperationText& text) {
  json.key("parameters").begin_array();
  std::string_view rest = operation.path;
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const auto close = rest.find('}', open);
    json.begin_object()
        .field("name", rest.substr(open + 1, close - open - 1))
        .field("in", "path")
        .field("required", true);
    json.key("schema").begin_object().field("type", "string").end_object().end_object();
    rest = rest.substr(close + 1);
  }
  split(text.query, '\n', [&](std::string_view line) {
    const auto colon = line.find(':');
    const auto space = line.find(' ');
    json.begin_object().field("name", line.substr(0, colon)).field("in", "query");
    json.field("description", line.substr(space + 1)).key("schema").begin_object();
    json.field("type", line.substr(colon + 1, space - colon - 1)).end_object().end_object();
  });
  const auto header = [&](std::string_view name, std::string_view about) {
    json.begin_object().field("name", name).field("in", "header").field("description", about);
    json.key("schema").begin_object().field("type", "string").end_object().end_object();
  };
  if (operation.route->idempotent)
    header("Idempotency-Key", "Sent twice with the same key, a request has one effect");
  if (operation.object != nullptr && operation.route->method == Method::patch)
    header("If-Match", "The version that was seen, quoted; or \"version\" in the body");
  json.end_array();
}

void write_content(JsonWriter& json, std::string_view media, std::string_view notation,
                   std::string_view object) {
  json.key(media).begin_object().key("schema");
  if (notation.empty()) {
    json.begin_object().field("type", "string").end_object();
  } else {
    write_schema(json, notation, object);
  }
  json.end_object();
}

// What may go wrong follows from what a route needs and takes; the table names the rest.
std::set<int> errors_of(const http::Route& route, const OperationText& text) {
  std::set<int> out{400};
  if (route.permission != "public") out.insert(401);
  if (route.permission != "public" && route.permission != "session" && route.permission != "read")
    out.insert(403);
  if (route.pattern.find('{') != std::string::npos) out.insert(404);
  if (!text.body.empty() || !text.body_media.empty()) out.insert({413, 415, 422});
  if (route.idempotent) out.insert(409);
  split(text.errors, ' ', [&](std::string_view status) {
    int number = 0;
    std::from_chars(status.data(), status.data() + status.size(), number);
    out.insert(number);
  });
  return out;
}

void write_operation(JsonWriter& json, const Operation& operation) {
  const http::Route& route = *operation.route;
  const OperationText& text = *text_of(route);
  const std::string object = operation.object != nullptr ? operation.object->key : std::string();
  json.key(lower_name(route.method)).begin_object();
  std::string summary = route.summary;
  if (operation.object != nullptr) summary += ": " + operation.object->plural_label.en;
  json.field("summary", summary).field("x-permission", route.permission);
  json.field("x-route", route.pattern);
  std::string name(lower_name(route.method));
  for (const char c : operation.path)
    name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  json.field("operationId", name);
  json.key("tags")
      .begin_array()
      .string(operation.object != nullptr ? operation.object->plural : "daifuku")
      .end_array();
  write_parameters(json, operation, text);
  if (!text.body.empty() || !text.body_media.empty()) {
    json.key("requestBody").begin_object().field("required", true);
    json.key("content").begin_object();
    if (!text.body.empty()) write_content(json, "application/json", text.body, object);
    if (!text.body_media.empty()) write_content(json, text.body_media, {}, object);
    json.end_object().end_object();
  }
  json.key("responses").begin_object().key(std::to_string(text.status)).begin_object();
  json.field("description", "OK");
  if (!text.headers.empty()) {
    json.key("headers").begin_object();
    split(text.headers, '\n', [&](std::string_view line) {
      const auto space = line.find(' ');
      json.key(line.substr(0, space)).begin_object().field("description", line.substr(space + 1));
      json.key("schema").begin_object().field("type", "string").end_object().end_object();
    });
    json.end_object();
  }
  if (!text.answer.empty() || !text.media.empty()) {
    json.key("content").begin_object();
    if (!text.answer.empty()) write_content(json, "application/json", text.answer, object);
    if (!text.media.empty()) write_content(json, text.media, {}, object);
    json.end_object();
  }
  json.end_object();
  if (!text.later.empty()) {
    json.key("202").begin_object().field("description", "Goes on in the background");
    json.key("content").begin_object();
    write_content(json, "application/json", text.later, object);
    json.end_object().end_object();
  }
  for (const int status : errors_of(route, text)) {
    json.key(std::to_string(status)).begin_object();
    json.field("$ref", "#/components/responses/Problem").end_object();
  }
  json.end_object();
  if (route.permission == "public") json.key("security").begin_array().end_array();
  json.end_object();
}

std::string openapi(const Call& call, const http::Router& router) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("openapi", "3.1.0").key("info").begin_object();
  json.field("title", "大福帳 Daifuku API").field("version", DAIFUKU_VERSION).end_object();
  json.key("servers").begin_array().begin_object().field("url", "/").end_object().end_array();
  json.key("security").begin_array();
  json.begin_object().key("session").begin_array().end_array().end_object();
  json.begin_object().key("token").begin_array().end_array().end_object();
  json.end_array();
  json.key("paths").begin_object();
  const auto all = operations(call, router);
  for (std::size_t i = 0; i < all.size();) {
    json.key(all[i].path).begin_object();
    const std::string path = all[i].path;
    for (; i < all.size() && all[i].path == path; ++i) write_operation(json, all[i]);
    json.end_object();
  }
  json.end_object().key("components").begin_object().key("securitySchemes").begin_object();
  json.key("session")
      .begin_object()
      .field("type", "apiKey")
      .field("in", "cookie")
      .field("name", kCookie)
      .end_object();
  json.key("token").begin_object().field("type", "http").field("scheme", "bearer").end_object();
  json.end_object().key("schemas").begin_object();
  for (const meta::ObjectDef& object : call.catalog().objects()) {
    if (call.access().object(object).read == Scope::none) continue;
    json.key(object.key);
    meta::write_object_schema(json, object, call.access().fields(object));
  }
  for (const SchemaText& schema : schema_texts()) {
    json.key(schema.name);
    write_schema(json, schema.notation);
  }
  json.end_object().key("responses").begin_object().key("Problem").begin_object();
  json.field("description", "RFC 9457; `code` is stable, `title` is for people");
  json.key("content").begin_object();
  write_content(json, "application/problem+json", "Problem", {});
  json.end_object().end_object().end_object().end_object().end_object();
  return out;
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// The same, to read: plain HTML without a script.
std::string page(const Call& call, const http::Router& router) {
  const bool ja = call.caller.language == Language::ja;
  std::string out =
      "<!doctype html><html lang=\"" + std::string(ja ? "ja" : "en") +
      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>Daifuku API</title><style>"
      "body{font:14px/1.6 'BIZ UDPGothic','Hiragino Sans','Yu Gothic UI','Noto Sans CJK "
      "JP',sans-serif;max-width:1000px;margin:24px auto;padding:0 16px;color-scheme:light dark}"
      "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #8884;padding:4px "
      "8px;text-align:left;vertical-align:top}code{font-family:monospace}summary{cursor:pointer;"
      "font-weight:bold;padding:6px 0}"
      ".m{font-weight:bold;text-transform:uppercase}</style></head><body><main><h1>大福帳 API "
      "v1</h1><p><a href=\"/api/v1/openapi.json\">openapi.json</a></p><h2>" +
      std::string(ja ? "操作" : "Operations") + "</h2><table><thead><tr><th>" +
      (ja ? "方法" : "Method") + "</th><th>" + (ja ? "場所" : "Path") + "</th><th>" +
      (ja ? "内容" : "What") + "</th><th>" + (ja ? "必要な権限" : "Needs") +
      "</th></tr></thead><tbody>";
  for (const http::Route& route : router.routes()) {
    out += "<tr><td class=\"m\">" + std::string(lower_name(route.method)) + "</td><td><code>" +
           escape(route.pattern) + "</code></td><td>" + escape(route.summary) + "</td><td>" +
           escape(route.permission) + "</td></tr>";
  }
  out += "</tbody></table><h2>" + std::string(ja ? "レコードの項目" : "Fields") + "</h2>";
  for (const meta::ObjectDef& object : call.catalog().objects()) {
    if (call.access().object(object).read == Scope::none) continue;
    out += "<details><summary>" + escape(ja ? object.label.ja : object.label.en) +
           " <code>/api/v1/" + escape(object.plural) + "</code></summary><table><tbody>";
    for (const meta::FieldDef& field : object.expanded) {
      if (call.access().field(object, field.key) == meta::FieldRight::none) continue;
      out += "<tr><td><code>" + escape(field.key) + "</code></td><td>" +
             escape(std::string(field.kind->name)) + "</td><td>" +
             escape(ja ? field.label.ja : field.label.en) + "</td><td>" +
             escape(ja ? field.help.ja : field.help.en) + "</td></tr>";
    }
    out += "</tbody></table></details>";
  }
  return out + "</main></body></html>";
}

}  // namespace

namespace {

void check_described(const http::Router& router) {
  for (const http::Route& route : router.routes()) {
    if (text_of(route) == nullptr)
      throw SystemError("route not described in openapi_table.cpp: " +
                        std::string(http::method_name(route.method)) + " " + route.pattern);
  }
  for (const OperationText& text : operation_texts()) {
    const bool known =
        std::any_of(router.routes().begin(), router.routes().end(),
                    [&](const http::Route& route) { return text_of(route) == &text; });
    if (!known)
      throw SystemError("no such route, described in openapi_table.cpp: " +
                        std::string(text.pattern));
  }
}

}  // namespace

void add_openapi_routes(Routes& routes, const http::Router& router) {
  routes.add(Method::get, "/api/v1/openapi.json", Needs::session,
             [&router](Call& call) {
               Response response = json_response(openapi(call, router));
               response.compress = true;
               return response;
             },
             {.summary = "This description"});
  routes.add(Method::get, "/api/v1/docs", Needs::session,
             [&router](Call& call) {
               Response response = json_response(page(call, router));
               response.content_type = "text/html; charset=utf-8";
               response.compress = true;
               return response;
             },
             {.summary = "This description, to read"});
  check_described(router);
}

}  // namespace daifuku::api
