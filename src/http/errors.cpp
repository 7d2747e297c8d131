#include "http/errors.h"

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "base/messages.h"
#include "http/response_head.h"

namespace daifuku::http {
namespace {

Response problem(const Request& request, int status, std::string_view code, const Params& params) {
  Response response;
  response.status = status;
  response.content_type = "application/problem+json; charset=utf-8";
  JsonWriter writer(response.body);
  writer.begin_object();
  writer.field("type", "about:blank");
  writer.field("title", reason_phrase(status));
  writer.field("status", status);
  writer.field("code", code);
  writer.field("detail", std::string_view(message(parse_language(request.header("accept-language")),
                                                  code, params)));
  writer.field("request_id", std::string_view(request.id));
  writer.end_object();
  return response;
}

}  // namespace

const char* code_of_status(int status) {
  switch (status) {
    case 401:
      return "sign_in_required";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 405:
      return "method_not_allowed";
    case 408:
      return "request_timeout";
    case 409:
      return "conflict";
    case 413:
    case 414:
    case 431:
      return "request_too_large";
    case 422:
      return "invalid";
    case 429:
      return "too_many";
    case 503:
      return "unavailable";
    default:
      return status >= 500 ? "internal" : "request_invalid";
  }
}

Response default_error(const Request& request, std::exception_ptr error, int status) noexcept {
  try {
    if (!error) return problem(request, status, code_of_status(status), {});
    try {
      std::rethrow_exception(error);
    } catch (const AppError& app) {
      return problem(request, http_status(app.status()), app.code(), app.params());
    } catch (const std::exception& other) {
      log::error("request failed", {{"request", request.id}, {"cause", other.what()}});
    } catch (...) {
      log::error("request failed", {{"request", request.id}, {"cause", "not a std::exception"}});
    }
    return problem(request, 500, "internal", {});
  } catch (...) {  // Out of memory, most likely.
    Response response;
    response.status = 500;
    return response;
  }
}

}  // namespace daifuku::http
