// GET /{objects}/export: a list as a file, streamed; GET /exports: who took what out.
#include <filesystem>

#include "api/app.h"
#include "exchange/comparison.h"
#include "exchange/export_all.h"
#include "exchange/export_table.h"
#include "http/target.h"

namespace daifuku::api {

using http::Method;
using http::Response;

namespace {

[[noreturn]] void invalid(std::string field) {
  throw AppError(Status::invalid, "invalid", {}, {{std::move(field), "invalid_choice", {}}});
}

exchange::ExportRequest request_of(const Call& call) {
  exchange::ExportRequest out{.object = &call.object()};
  if (const std::string filter = call.parameter("filter"); !filter.empty()) {
    out.query.filter = parse_json(filter);
  }
  out.query.sort = call.list_parameter("sort");
  out.query.fields = call.list_parameter("fields");
  out.query.words = call.parameter("q");
  out.query.deleted = call.parameter("deleted") == "1";
  const auto format = exchange::parse_export_format(call.parameter("format", "csv"));
  if (!format) invalid("format");
  out.format = *format;
  const std::string encoding = call.parameter("encoding", "utf-8-bom");
  if (encoding == "cp932") {
    out.encoding = exchange::CsvEncoding::cp932;
  } else if (encoding == "utf-8") {
    out.encoding = exchange::CsvEncoding::utf8;
  } else if (encoding != "utf-8-bom") {
    invalid("encoding");
  }
  const std::string vcard = call.parameter("vcard", "4.0");
  if (vcard != "4.0" && vcard != "3.0") invalid("vcard");
  out.vcard = vcard == "3.0" ? exchange::VCardVersion::v3 : exchange::VCardVersion::v4;
  if (call.parameter("round_trip") == "1") out.round_trip = &call.app.comparisons.store();
  return out;
}

Response export_list(Call& call) {
  exchange::ExportRequest request = request_of(call);
  const std::string ending = request.format == exchange::ExportFormat::vcard
                                 ? "vcf"
                                 : std::string(exchange::export_format_name(request.format));
  const std::string plain_name = request.object->plural + "." + ending;
  const auto file =
      std::make_shared<exchange::Export>(call.app.engine, call.caller, std::move(request));
  Response response;
  response.content_type = file->content_type();
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + plain_name +
                                                           "\"; filename*=UTF-8''" +
                                                           http::percent_encode(file->file_name()));
  // Where its end can be asked for, with the characters that had to change.
  response.headers.emplace_back("X-Export-Id", encode_id(file->begin()));
  response.stream = [file](http::Writer& writer) {
    file->write([&](std::string_view piece) { writer.write(piece); });
  };
  return response;
}

Response export_everything(Call& call) {
  const auto run = std::make_shared<exchange::LedgerExport>(call.app.engine, call.app.accounts,
                                                            call.app.files, call.caller);
  std::string day = format_date(local_date(call.app.clock.now()));
  std::erase(day, '-');
  Response response;
  response.content_type = "application/zip";
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"daifuku-" + day + ".zip\"");
  response.stream = [run, now = call.app.clock.now()](http::Writer& writer) {
    const auto place =
        exchange::make_export_archive([&](std::string_view piece) { writer.write(piece); }, now);
    run->write(*place);
  };
  return response;
}

}  // namespace

void add_export_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/{objects}/export", Needs::session, export_list,
             {.summary = "A list as a file: CSV, TSV, Excel, JSON lines or address cards"});
  routes.add(Method::get, "/api/v1/export-all", Needs::owner, export_everything,
             {.summary = "The whole ledger with its files, as an archive"});
  routes.add(Method::get, "/api/v1/exports", Needs::session,
             [](Call& call) {
               const std::string after = call.parameter("after");
               std::string out;
               exchange::exports_json(call.app.engine, call.caller, call.limit(50, 200),
                                      after.empty() ? 0 : decode_id(after).value_or(0), out);
               return json_response(std::move(out));
             },
             {.summary = "Who took which records out, newest first"});
  routes.add(Method::get, "/api/v1/exports/{id}", Needs::session,
             [](Call& call) {
               std::string out;
               exchange::export_json(call.app.engine, call.caller, call.id(0), out);
               return json_response(std::move(out));
             },
             {.summary = "One export, with the characters that had to change"});
}

}  // namespace daifuku::api
