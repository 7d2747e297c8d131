// Passwords: argon2id, m = 64 MiB, t = 3, p = 1 (OWASP ASVS 5.0 V11.4.2 floor is 12 MiB at t >= 3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace daifuku::auth {

// Cost of one hash; tests shrink it. Set once at start.
void set_password_cost(unsigned memory_kib, unsigned passes);

// Encoded hash with its parameters. At most four run at once; waits for its turn, throws
// AppError(too_many) when more than 64 are waiting.
std::string hash_password(std::string_view password);
// An empty `encoded` still costs the same time and is false: an unknown user must not be told by
// the clock.
bool verify_password(std::string_view encoded, std::string_view password);

// 8 to 128 code points, not a well-known one and not one of the given words (name, mail address or
// the part of it before the @, company), in capitals or not.
void check_password(std::string_view password, const std::vector<std::string>& words,
                    Problems& problems);

}  // namespace daifuku::auth
