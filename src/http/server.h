// The Beast listener: one io_context a thread with SO_REUSEPORT, strict parsing (docs: security rules 75-79, 81).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "http/router.h"

namespace daifuku::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 8080;      // 0: any free port
  int io_threads = 2;
  int workers = 64;                // mostly waiting for the disk
  std::vector<std::string> trusted_proxies = {};
  // Turns an exception of a handler, or a protocol error (status given, exception null), into an answer. Never throws.
  std::function<Response(const Request&, std::exception_ptr, int status)> on_error = {};
  // Called with every finished request, for the log.
  std::function<void(const Request&, int status, std::int64_t micros)> on_done = {};
};

class Server {
 public:
  Server(const Router& router, ServerOptions options);
  ~Server();  // stop() and wait
  void start();                 // returns when listening; throws SystemError when the address is taken
  unsigned short port() const;
  void stop();                  // stop accepting, drain with a deadline, cancel; idempotent, any thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daifuku::http
