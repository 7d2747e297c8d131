// Answers for errors when the application gives none: problem details (RFC 9457), without anything
// from inside.
#pragma once

#include <exception>

#include "http/message.h"

namespace daifuku::http {

// `error` may be null: then `status` tells what was wrong with the request. Never throws.
Response default_error(const Request& request, std::exception_ptr error, int status) noexcept;

// The code in base/messages.inc that goes with a status.
const char* code_of_status(int status);

}  // namespace daifuku::http
