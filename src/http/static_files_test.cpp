#include "http/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace daifuku::http {
namespace {

namespace fs = std::filesystem;

const EmbeddedFile kFiles[] = {
    {"/index.html", "text/html; charset=utf-8", "<html>", "", "\"i1\"", false},
    {"/assets/app-1234abcd.js", "text/javascript; charset=utf-8", "plain", "packed", "\"a1\"",
     true},
};

Request ask(std::string path, std::vector<std::pair<std::string, std::string>> headers = {}) {
  Request request;
  request.path = std::move(path);
  request.headers = std::move(headers);
  return request;
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

std::string outcome(const StaticFiles& files, const Request& request) {
  try {
    const Response response = files.handle(request);
    return response.static_body.empty() ? response.body : std::string(response.static_body);
  } catch (const AppError& error) {
    return error.code();
  }
}

TEST(StaticFiles, ServesFilesAndPages) {
  const StaticFiles files{std::span<const EmbeddedFile>(kFiles)};
  const std::vector<std::pair<std::string, std::string>> page = {
      {"accept", "text/html,application/xhtml+xml"}};

  EXPECT_EQ(outcome(files, ask("/")), "<html>");
  EXPECT_EQ(outcome(files, ask("/index.html")), "<html>");
  EXPECT_EQ(outcome(files, ask("/assets/app-1234abcd.js")), "plain");
  EXPECT_EQ(outcome(files, ask("/companies/0ABC", page)), "<html>");
  EXPECT_EQ(outcome(files, ask("/companies/0ABC")), "not_found") << "not asked for as a page";
  EXPECT_EQ(outcome(files, ask("/assets/old.js", page)), "not_found") << "a file that is missing";
  EXPECT_EQ(outcome(files, ask("/api/v1/nothing", page)), "not_found");
  EXPECT_EQ(outcome(files, ask("/api", page)), "not_found");
  EXPECT_EQ(outcome(files, ask("/apiary", page)), "<html>");
  EXPECT_EQ(outcome(StaticFiles(std::span<const EmbeddedFile>()), ask("/", page)), "not_found");
}

TEST(StaticFiles, SendsThePackedFormWhenAccepted) {
  const StaticFiles files{std::span<const EmbeddedFile>(kFiles)};

  const Response packed =
      files.handle(ask("/assets/app-1234abcd.js", {{"accept-encoding", "gzip"}}));
  EXPECT_EQ(packed.static_body, "packed");
  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(packed, "ETag"), "\"a1-gz\"");
  EXPECT_EQ(header(packed, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header(packed, "Cache-Control"), "public, max-age=31536000, immutable");

  const Response plain = files.handle(ask("/index.html", {{"accept-encoding", "gzip"}}));
  EXPECT_EQ(plain.static_body, "<html>");
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(header(plain, "Cache-Control"), "no-cache");
}

TEST(StaticFiles, SaysNotModified) {
  const StaticFiles files{std::span<const EmbeddedFile>(kFiles)};
  for (const char* tags : {"\"i1\"", "W/\"i1\"", "\"x\", \"i1\"", "*"}) {
    const Response response = files.handle(ask("/", {{"if-none-match", tags}}));
    EXPECT_EQ(response.status, 304) << tags;
    EXPECT_TRUE(response.static_body.empty());
    EXPECT_EQ(header(response, "ETag"), "\"i1\"");
  }
  for (const char* tags : {"\"i2\"", "i1", "\"i1-gz\"", ""}) {
    EXPECT_EQ(files.handle(ask("/", {{"if-none-match", tags}})).status, 200) << tags;
  }
}

TEST(StaticFiles, ServesAFolderAndNothingOutsideOfIt) {
  const fs::path base =
      fs::path(::testing::TempDir()) / ("daifuku_static_" + std::to_string(::getpid()));
  fs::create_directories(base / "ui/assets");
  std::ofstream(base / "secret.txt") << "secret";
  std::ofstream(base / "ui/index.html") << "page";
  std::ofstream(base / "ui/assets/a.css") << "css";
  fs::create_symlink(base / "secret.txt", base / "ui/link.txt");
  fs::create_directories(base / "ui-other");
  std::ofstream(base / "ui-other/x.txt") << "other";
  const StaticFiles files((base / "ui").string());

  EXPECT_EQ(outcome(files, ask("/")), "page");
  EXPECT_EQ(outcome(files, ask("/deals", {{"accept", "text/html"}})), "page");
  EXPECT_EQ(outcome(files, ask("/assets/a.css")), "css");
  EXPECT_EQ(files.handle(ask("/assets/a.css")).content_type, "text/css; charset=utf-8");
  // The server refuses dots before they come here; this holds without it.
  for (const char* path : {"/../secret.txt", "/assets/../../secret.txt", "/link.txt",
                           "/../ui-other/x.txt", "/assets", "//etc/passwd", "/nothing.txt"}) {
    EXPECT_EQ(outcome(files, ask(path)), "not_found") << path;
  }
  EXPECT_THROW(StaticFiles((base / "none").string()), SystemError);
  fs::remove_all(base);
}

}  // namespace
}  // namespace daifuku::http
