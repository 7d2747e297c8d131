// What can go wrong, as the caller may see it. Request-ending errors are thrown as AppError and
// caught once, in the HTTP session, the job runner and main(); wrong input is collected as
// Problems.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daifuku {

using Params = std::vector<std::pair<std::string, std::string>>;

// One thing wrong with the input. `code` is stable and has its text in base/messages.cpp; `field`
// is the key of the field it belongs to, empty for the whole. `params` fill the {names} of the
// text.
struct Problem {
  std::string field = {};
  std::string code = {};
  Params params = {};
};
using Problems = std::vector<Problem>;

enum class Status {
  bad_request,   // 400 cannot be understood
  unauthorized,  // 401 nobody is signed in
  forbidden,     // 403 signed in, but never allowed to do this at all
  not_found,     // 404 absent, or hidden from this caller (the same answer on purpose)
  conflict,      // 409 somebody else was faster, or a duplicate
  too_large,     // 413
  unsupported,   // 415
  invalid,       // 422 understood, but `problems` are in it
  too_many,      // 429
  internal,      // 500 a bug
  unavailable,   // 503 store or disk does not answer
};
int http_status(Status status);

// Ends the request. `code` has its text in base/messages.cpp. `extra` is a JSON object text whose
// members are added to the answer (a conflict's current values); it must hold only what the caller
// may see.
class AppError : public std::exception {
 public:
  AppError(Status status, std::string code, Params params = {}, Problems problems = {},
           std::string extra_json = {});
  const char* what() const noexcept override { return code_.c_str(); }
  Status status() const { return status_; }
  const std::string& code() const { return code_; }
  const Params& params() const { return params_; }
  const Problems& problems() const { return problems_; }
  const std::string& extra_json() const { return extra_json_; }

 private:
  Status status_;
  std::string code_;
  Params params_;
  Problems problems_;
  std::string extra_json_;
};

// A failure of the database, a file or the network. `what()` is for the log and never reaches a
// client.
class SystemError : public std::exception {
 public:
  explicit SystemError(std::string cause) : cause_(std::move(cause)) {}
  const char* what() const noexcept override { return cause_.c_str(); }

 private:
  std::string cause_;
};

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace daifuku

// A bug if false: throws in all builds, answers 500. Never reachable by user input.
#define DAIFUKU_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::daifuku::check_failed(#condition, __FILE__, __LINE__))
