#include "api/app.h"
#include "http/multipart.h"
#include "records/files.h"
#include "records/record_json.h"

namespace daifuku::api {

using http::Method;
using http::Response;

namespace {

void write_info(JsonWriter& json, const records::Engine& engine, const records::FileInfo& info) {
  json.begin_object().key("id").id(info.id);
  json.field("name", info.name)
      .field("size", info.size)
      .field("type", info.type)
      .field("at", format_instant(info.at))
      .key("by");
  records::write_user_reference(json, engine, info.by);
  if (info.deleted_at != 0) json.field("deleted_at", format_instant(info.deleted_at));
  json.end_object();
}

// RFC 6266 and 8187: a plain fallback and the real name.
std::string disposition(std::string_view name, bool in_page) {
  std::string plain;
  std::string encoded;
  for (const char c : name) {
    const auto u = static_cast<unsigned char>(c);
    plain += u < 0x20 || u > 0x7e || c == '"' || c == '\\' ? '_' : c;
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '-' || c == '_';
    if (safe) {
      encoded += c;
    } else {
      static constexpr char kHex[] = "0123456789ABCDEF";
      encoded += '%';
      encoded += kHex[u >> 4];
      encoded += kHex[u & 15];
    }
  }
  return std::string(in_page ? "inline" : "attachment") + "; filename=\"" + plain +
         "\"; filename*=UTF-8''" + encoded;
}

}  // namespace

void add_file_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/{objects}/{id}/files", Needs::session,
             [](Call& call) {
               const auto files = call.app.files.list(
                   call.caller, call.object(), call.app.engine.current(call.object(), call.id(1)),
                   call.parameter("deleted") == "1");
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("items").begin_array();
               for (const auto& info : files) write_info(json, call.app.engine, info);
               json.end_array().end_object();
               return json_response(std::move(out));
             },
             {.summary = "Files of a record"});
  routes.add(Method::post, "/api/v1/{objects}/{id}/files", Needs::write,
             [](Call& call) {
               const meta::ObjectDef& object = call.object();
               const Id record = call.app.engine.current(object, call.id(1));
               const auto parts = http::parse_multipart(call.request.body_file,
                                                        call.request.header("content-type"),
                                                        {.max_file = records::Files::kMostBytes});
               const Id change = call.app.engine.ids().next();
               std::string out;
               JsonWriter json(out);
               json.begin_object().key("change").id(change).key("items").begin_array();
               int stored = 0;
               for (const auto& part : parts) {
                 if (!part.file_name) continue;
                 std::string bytes;
                 bytes.reserve(static_cast<std::size_t>(part.size));
                 http::read_part(call.request.body_file, part,
                                 [&](std::string_view piece) { bytes += piece; });
                 write_info(json, call.app.engine,
                            call.app.files.add(call.caller, object, record, *part.file_name, bytes,
                                               change));
                 ++stored;
               }
               if (stored == 0)
                 throw AppError(Status::invalid, "invalid", {}, {{"file", "required", {}}});
               json.end_array().end_object();
               return json_response(std::move(out), 201);
             },
             {.body_limit = 30U << 20, .body_to_file = true, .summary = "Attach files"});
  routes.add(
      Method::get, "/api/v1/files/{id}", Needs::session,
      [](Call& call) {
        std::string bytes;
        const auto info = call.app.files.open(call.caller, call.id(0), bytes);
        const bool in_page = call.parameter("inline") == "1" && records::shown_inline(info.type);
        Response response;
        response.body = std::move(bytes);
        response.content_type = in_page ? info.type : "application/octet-stream";
        response.headers.emplace_back("Content-Disposition", disposition(info.name, in_page));
        if (in_page && info.type == "application/pdf") {
          // Browsers show no PDF in a sandbox. Their viewer is another origin than ours, and only
          // our own pages may frame it.
          response.headers.emplace_back("Content-Security-Policy",
                                        "default-src 'none'; object-src 'self'; style-src "
                                        "'unsafe-inline'; frame-ancestors 'self'");
          response.headers.emplace_back("X-Frame-Options", "SAMEORIGIN");
        } else {
          // What a file holds never runs as a page of ours.
          response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
        }
        return response;
      },
      {.summary = "Download"});
  routes.add(Method::del, "/api/v1/files/{id}", Needs::write,
             [](Call& call) {
               const Id change = call.app.files.remove(call.caller, call.id(0));
               return json_response("{\"change\":\"" + encode_id(change) + "\"}");
             },
             {.summary = "Remove a file"});
  routes.add(Method::post, "/api/v1/files/{id}/restore", Needs::write,
             [](Call& call) {
               records::FileInfo info;
               const Id change = call.app.files.restore(call.caller, call.id(0), info);
               std::string out;
               JsonWriter json(out);
               write_info(json, call.app.engine, info);
               out.back() = ',';
               return json_response(out + "\"change\":\"" + encode_id(change) + "\"}");
             },
             {.summary = "Bring a removed file back"});
}

}  // namespace daifuku::api
