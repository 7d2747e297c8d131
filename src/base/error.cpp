#include "base/error.h"

namespace daifuku {

int http_status(Status status) {
  switch (status) {
    case Status::bad_request:
      return 400;
    case Status::unauthorized:
      return 401;
    case Status::forbidden:
      return 403;
    case Status::not_found:
      return 404;
    case Status::conflict:
      return 409;
    case Status::too_large:
      return 413;
    case Status::unsupported:
      return 415;
    case Status::invalid:
      return 422;
    case Status::too_many:
      return 429;
    case Status::internal:
      return 500;
    case Status::unavailable:
      return 503;
  }
  return 500;
}

AppError::AppError(Status status, std::string code, Params params, Problems problems,
                   std::string extra_json)
    : status_(status),
      code_(std::move(code)),
      params_(std::move(params)),
      problems_(std::move(problems)),
      extra_json_(std::move(extra_json)) {}

void check_failed(const char* condition, const char* file, int line) {
  throw SystemError(std::string("check failed: ") + condition + " at " + file + ":" +
                    std::to_string(line));
}

}  // namespace daifuku
