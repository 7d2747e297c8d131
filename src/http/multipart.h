// multipart/form-data (RFC 7578), read from the file of an upload in pieces: memory does not grow
// with the files in it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::http {

struct MultipartLimits {
  std::size_t max_parts = 32;
  std::size_t max_part_head = 4 << 10;  // header fields of one part
  std::size_t max_value = 64 << 10;     // a field that is not a file
  std::int64_t max_file = 25 << 20;
};

struct MultipartPart {
  std::string name = {};
  std::optional<std::string> file_name =
      {};  // as the client says: metadata only, never a path; without directories
  std::string content_type = {};  // as the client says; empty when it does not
  std::string value = {};         // of a part without a file name
  std::int64_t offset = 0;        // where the content begins in the file
  std::int64_t size = 0;
};

// `content_type` is the request's header. Throws AppError: unsupported ("request_invalid") when it
// is not multipart/form-data, bad_request ("request_invalid") on malformed input or invalid UTF-8
// in names, too_large ("request_too_large") over a limit; SystemError when the file cannot be read.
std::vector<MultipartPart> parse_multipart(const std::string& file, std::string_view content_type,
                                           const MultipartLimits& limits = {});

// Hands out the content of a part in pieces of up to 64 kB. Throws SystemError when the file cannot
// be read.
void read_part(const std::string& file, const MultipartPart& part,
               const std::function<void(std::string_view)>& take);

const MultipartPart* find_part(const std::vector<MultipartPart>& parts, std::string_view name);

}  // namespace daifuku::http
