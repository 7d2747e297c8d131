#include "http/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "http/compress.h"

namespace daifuku::http {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIndex = "/index.html";

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".map", "application/json; charset=utf-8"},
    {".webmanifest", "application/manifest+json; charset=utf-8"},
    {".svg", "image/svg+xml; charset=utf-8"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".ttf", "font/ttf"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml; charset=utf-8"},
}};

// The tag of the gzip form: another representation needs another strong tag.
std::string gzip_tag(std::string_view etag) {
  std::string out(etag.substr(0, etag.size() - 1));
  out += "-gz\"";
  return out;
}

// If-None-Match compares weakly: a "W/" in front does not matter.
bool matches(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    const std::size_t comma = if_none_match.find(',');
    std::string_view item = trim_blanks(if_none_match.substr(0, comma));
    if_none_match =
        comma == std::string_view::npos ? std::string_view() : if_none_match.substr(comma + 1);
    if (item == "*") return true;
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == etag) return true;
  }
  return false;
}

bool is_api(std::string_view path) { return path == "/api" || path.starts_with("/api/"); }

// A page of the UI that the router in the browser knows, as opposed to a file that is missing.
bool is_page(const Request& request) {
  const std::string_view path = request.path;
  return path.substr(path.rfind('/')).find('.') == std::string_view::npos &&
         request.header("accept").find("text/html") != std::string_view::npos;
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

StaticFiles::StaticFiles(std::span<const EmbeddedFile> files) {
  for (const EmbeddedFile& file : files) files_.emplace(file.path, &file);
}

StaticFiles::StaticFiles(const std::string& folder) {
  std::error_code error;
  const fs::path real = fs::canonical(folder, error);
  if (error || !fs::is_directory(real)) throw SystemError("no such folder: " + folder);
  folder_ = real.string();
}

Route StaticFiles::fallback() const {
  return {.method = Method::get,
          .pattern = "/*",
          .permission = "public",
          .run = folder_.empty() ? Run::inline_ : Run::worker,
          .handle = [this](Request& request) { return handle(request); },
          .summary = "Files of the web UI"};
}

Response StaticFiles::handle(const Request& request) const {
  if (is_api(request.path)) throw AppError(Status::not_found, "not_found");
  if (!folder_.empty()) return from_folder(request);
  auto found = files_.find(request.path == "/" ? kIndex : std::string_view(request.path));
  if (found == files_.end() && is_page(request)) found = files_.find(kIndex);
  if (found == files_.end()) throw AppError(Status::not_found, "not_found");
  return embedded(*found->second, request);
}

Response StaticFiles::embedded(const EmbeddedFile& file, const Request& request) const {
  Response response;
  response.content_type = file.content_type;
  const bool packed = !file.gzip.empty() && accepts_gzip(request.header("accept-encoding"));
  const std::string etag = packed ? gzip_tag(file.etag) : std::string(file.etag);
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back(
      "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (!file.gzip.empty()) response.headers.emplace_back("Vary", "Accept-Encoding");
  if (matches(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.static_body = packed ? file.gzip : file.bytes;
  return response;
}

Response StaticFiles::from_folder(const Request& request) const {
  const fs::path root(folder_);
  const auto find = [&](std::string_view path) -> std::optional<fs::path> {
    std::error_code error;
    // Symlinks and ".." are resolved before the comparison, so what counts is where the file really
    // is.
    const fs::path real = fs::canonical(root / fs::path(path).relative_path(), error);
    if (error || !fs::is_regular_file(real, error)) return std::nullopt;
    const auto [end, unused] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
    if (end != root.end()) return std::nullopt;
    return real;
  };
  auto path = find(request.path == "/" ? kIndex : std::string_view(request.path));
  if (!path && is_page(request)) path = find(kIndex);
  std::optional<std::string> bytes;
  if (path) bytes = read_file(*path);
  if (!bytes) throw AppError(Status::not_found, "not_found");
  Response response;
  response.content_type = content_type_of(path->string());
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.body = std::move(*bytes);
  return response;
}

}  // namespace daifuku::http
