// For tests: a server on a free port, with a few routes to ask.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "http/server.h"
#include "http/test_client.h"

namespace daifuku::http {

using How = Run;  // Test::Run hides it in fixtures

// Opened once; those who wait go on.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
};

inline Response text(std::string body) {
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

class ServerTest : public ::testing::Test {
 protected:
  void route(Method method, std::string pattern, How run,
             std::function<Response(Request&)> handle) {
    router_.add({.method = method,
                 .pattern = std::move(pattern),
                 .permission = "public",
                 .run = run,
                 .handle = std::move(handle)});
  }

  void start() {
    options_.port = 0;
    server_ = std::make_unique<Server>(router_, options_);
    server_->start();
  }

  void SetUp() override {
    options_.upload_dir = ::testing::TempDir() + "daifuku_http_" + std::to_string(::getpid());
    std::filesystem::create_directories(options_.upload_dir);
    route(Method::get, "/hello", How::inline_, [](Request&) { return text("hello"); });
    route(Method::get, "/work", How::worker, [](Request&) { return text("worked"); });
    route(Method::post, "/echo", How::worker, [](Request& request) { return text(request.body); });
  }

  void TearDown() override {
    server_.reset();
    std::filesystem::remove_all(options_.upload_dir);
  }

  unsigned short port() const { return server_->port(); }

  Router router_;
  ServerOptions options_;
  std::unique_ptr<Server> server_;
};

}  // namespace daifuku::http
