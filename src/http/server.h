// The Beast listener: one io_context a thread with SO_REUSEPORT, strict parsing (docs: security
// rules 75-79, 81).
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/router.h"

namespace daifuku::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 8080;  // 0: any free port
  int io_threads = 2;
  int workers = 64;  // mostly waiting for the disk
  std::vector<std::string> trusted_proxies = {};
  // Turns an exception of a handler, or a protocol error (status given, exception null), into an
  // answer. Never throws.
  std::function<Response(const Request&, std::exception_ptr, int status)> on_error = {};
  // Called with every finished request, on a network thread: for the log and counters, not for
  // anything slow.
  std::function<void(const Request&, int status, std::int64_t micros)> on_done = {};

  // Limits of time, in milliseconds. A client over one is answered 408 if it said anything, and
  // cut.
  int header_ms = 10'000;  // from the first byte (or the connection) to the end of the head
  int body_ms =
      30'000;  // for the body, or for taking the answer, plus one second for each `min_rate` bytes
  int idle_ms = 60'000;  // between requests
  int request_ms =
      120'000;  // from the end of the head to the answer; the body of an upload does not count
  int drain_ms = 10'000;         // stop() lets running requests finish so long
  int min_rate = 1'000;          // bytes a second
  int upload_min_rate = 32'000;  // the same for routes with body_to_file

  // Limits of number and size.
  int max_connections = 12'000;
  int max_connections_per_source =
      256;                             // an IPv4 address or an IPv6 /64; trusted proxies are exempt
  int max_streams = 1'000;             // streamed answers at a time, each on a thread
  int max_queued = 4'096;              // requests waiting for a worker; more are answered 503
  std::size_t header_limit = 8 << 10;  // bytes of request line and header fields
  int max_header_fields = 100;
  std::string upload_dir = {};  // of temporary files, mode 0600; the system's directory when empty
  bool hsts = true;             // Strict-Transport-Security on answers to https requests
};

// Threads: start() and stop() may be called by any thread; called by a handler, stop() only begins
// stopping and the destructor (or a stop() from outside) waits. Handlers of one server run at the
// same time. Every answer carries the security headers of response_head.h; a handler may set any of
// them itself. A client's id (X-Request-Id, 8 to 64 of A-Z a-z 0-9 _ -) is kept, else 96 random
// bits; the answer repeats it.
// HTTP/1.0 clients must name a Host too and get one answer a connection. TLS and HTTP/2 are left to
// a proxy.
class Server {
 public:
  // `router` must not change from start() on and must outlive the server. Throws SystemError when a
  // trusted proxy is not an address or a range (10.0.0.0/8).
  Server(const Router& router, ServerOptions options);
  ~Server();  // stop() and wait
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  void start();  // returns when listening; throws SystemError when the address is taken
  unsigned short port() const;
  // Stops accepting, closes idle connections and streams, lets running requests finish within
  // drain_ms, cuts the rest. Waits for handlers that are still running. Idempotent.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daifuku::http
