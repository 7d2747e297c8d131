// The web UI: files embedded in the program, or a folder in development.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "http/router.h"

namespace daifuku::http {

// One embedded file; the build makes the table (cmake/ui.cmake). All views last as long as the
// program.
struct EmbeddedFile {
  std::string_view path;  // "/index.html", "/assets/index-4f2a9c.js"
  std::string_view content_type;
  std::string_view bytes;
  std::string_view gzip;   // empty when compressing does not pay
  std::string_view etag;   // with its quotes; of the bytes
  bool immutable = false;  // the name holds a hash of the content
};

// Thread-safe. Answers GET and HEAD; hashed assets may be kept for a year, the rest is asked for
// again with its ETag. A path without a file gets index.html when it is a page of the UI: it
// accepts text/html, is not below /api and its last segment has no dot. Everything else:
// AppError(not_found).
class StaticFiles {
 public:
  explicit StaticFiles(std::span<const EmbeddedFile> files);
  // Development: reads `folder` at every request; nothing is cached or compressed, nothing outside
  // of it is served (symlinks included). Throws SystemError when there is no such folder.
  explicit StaticFiles(const std::string& folder);

  Response handle(const Request& request) const;
  // For Router::set_fallback(). This object must outlive the router.
  Route fallback() const;

 private:
  Response embedded(const EmbeddedFile& file, const Request& request) const;
  Response from_folder(const Request& request) const;

  std::map<std::string_view, const EmbeddedFile*> files_;
  std::string folder_;  // empty: embedded files
};

// By the ending of the name; "application/octet-stream" when unknown.
std::string_view content_type_of(std::string_view path);

}  // namespace daifuku::http
