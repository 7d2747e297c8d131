// gzip for answers.
#pragma once

#include <string>
#include <string_view>

namespace daifuku::http {

// An Accept-Encoding header that takes gzip (by name or *, and not with q=0).
bool accepts_gzip(std::string_view accept_encoding);

// Throws SystemError when zlib fails (memory).
std::string gzip(std::string_view data, int level = 1);

}  // namespace daifuku::http
