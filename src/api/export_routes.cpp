// GET /{objects}/export: a list as a file, streamed.
#include <filesystem>

#include "api/app.h"
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
  const std::string format = call.parameter("format", "csv");
  if (format == "xlsx") {
    out.format = exchange::TableFormat::xlsx;
  } else if (format == "tsv") {
    out.format = exchange::TableFormat::tsv;
  } else if (format != "csv") {
    invalid("format");
  }
  const std::string encoding = call.parameter("encoding", "utf-8-bom");
  if (encoding == "cp932") {
    out.encoding = exchange::CsvEncoding::cp932;
  } else if (encoding == "utf-8") {
    out.encoding = exchange::CsvEncoding::utf8;
  } else if (encoding != "utf-8-bom") {
    invalid("encoding");
  }
  return out;
}

Response export_list(Call& call) {
  exchange::ExportRequest request = request_of(call);
  const std::string plain_name =
      request.object->plural + (request.format == exchange::TableFormat::xlsx ? ".xlsx" : ".csv");
  const auto file =
      std::make_shared<exchange::Export>(call.app.engine, call.caller, std::move(request));
  Response response;
  response.content_type = file->content_type();
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + plain_name +
                                                           "\"; filename*=UTF-8''" +
                                                           http::percent_encode(file->file_name()));
  response.stream = [file](http::Writer& writer) {
    file->write([&](std::string_view piece) { writer.write(piece); });
  };
  return response;
}

}  // namespace

void add_export_routes(Routes& routes) {
  routes.add(Method::get, "/api/v1/{objects}/export", Needs::session, export_list,
             {.summary = "A list as a CSV or Excel file"});
}

}  // namespace daifuku::api
