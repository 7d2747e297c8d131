// One client connection: reads requests, runs their handlers, writes the answers. Internal to http/
// (pulls in Asio).
#pragma once

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

#include "http/address.h"
#include "http/request_parser.h"
#include "http/response_head.h"
#include "http/server.h"
#include "http/thread_pool.h"

namespace daifuku::http {

// Concrete executor types everywhere: the type-erased ones cost about three microseconds a request.
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using SteadyClock = std::chrono::steady_clock;
using Timer =
    boost::asio::basic_waitable_timer<SteadyClock, boost::asio::wait_traits<SteadyClock>, Executor>;
template <class T = void>
using Task = boost::asio::awaitable<T, Executor>;
// Errors that are normal on a socket come as values.
inline constexpr boost::asio::as_tuple_t<boost::asio::use_awaitable_t<Executor>> kAwait{};

// The server whose thread this is, if any: stop() must not wait for itself.
inline thread_local const void* current_server = nullptr;

class Connection;
class StreamState;
class UploadFile;

// Counts connections, in all and by source. Thread-safe.
class ConnectionCounter {
 public:
  // false when a limit is reached; else remove() must follow.
  bool add(const Address& source, bool exempt, const ServerOptions& options);
  void remove(const Address& source);
  int total() const;
  // Waits until none is left; false when the deadline came first.
  bool wait_none(SteadyClock::time_point deadline);

 private:
  mutable std::mutex mutex_;  // guards both
  std::condition_variable changed_;
  std::map<Address, int> by_source_;
  int total_ = 0;
};

// What all connections of a server share; outlives them.
struct Shared {
  const Router& router;
  const ServerOptions& options;
  AddressRanges proxies;
  ConnectionCounter counter = {};
  ThreadPool workers;
  ThreadPool streams;
  std::string upload_dir;
  std::atomic<bool> stopping = false;   // no new requests
  std::atomic<bool> abandoned = false;  // requests still queued are not run any more
};

// The connections of one network thread; used on that thread only.
using Connections = std::unordered_set<Connection*>;

class Connection {
 public:
  Connection(Socket socket, Shared& shared, Connections& all, const Address& peer);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Serves until the connection ends. Shared, because the sweeper, stream watchers and the
  // coroutine look at it.
  static Task<> run(std::shared_ptr<Connection> self);
  // Ends what takes too long. Called about every second.
  void sweep(SteadyClock::time_point now);
  // No more requests: closes when idle, ends a stream.
  void begin_stop();
  void cut();

 private:
  enum class Phase { idle, header, body, handling, writing, streaming, closing };

  Task<bool> serve_one();  // false: the connection ends
  // 0, the status of a refusal, or kGone when there is nobody to answer.
  Task<int> read_head(std::size_t& size);
  Task<int> read_body(const Route& route);
  Task<> handle(const Route& route, Response& response);
  Task<bool> send(Response& response, bool keep_alive);
  Task<bool> send_stream(std::shared_ptr<StreamState> stream, bool chunked);
  void watch_client(std::shared_ptr<StreamState> stream);
  Task<bool> refuse(int status);
  Task<> linger();
  Task<bool> write_all(std::string_view first, std::string_view second);
  Task<bool> read_some();

  Response run_handler(const Route& route) noexcept;
  Response error_answer(std::exception_ptr error, int status) noexcept;
  void make_head(Response& response, HeadOptions options);
  void compress(Response& response) const noexcept;
  void identify();
  void finish(int status) noexcept;
  void set_phase(Phase phase);
  std::string_view input() const { return {input_.data() + begin_, end_ - begin_}; }

  Socket socket_;
  Shared& shared_;
  Connections& all_;
  Address peer_;
  bool from_proxy_;
  RequestParser parser_;

  Phase phase_ = Phase::header;
  SteadyClock::time_point since_;    // of the phase
  SteadyClock::time_point started_;  // of the request
  std::int64_t progress_ = 0;        // bytes in this phase
  bool timed_out_ = false;
  bool cut_ = false;
  bool on_disk_ = false;  // waiting for our own disk: no fault of the client
  int body_rate_ = 1;
  bool is_upload_ = false;
  bool is_first_ = true;
  bool wants_linger_ = false;

  std::string input_;  // bytes [begin_, end_) are not yet used
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  Request request_;
  std::string head_;
  std::string allow_;  // for the Allow header of this answer; a member, since g++ 12 destroys
                       // temporaries that are arguments of an awaited call twice
  std::shared_ptr<StreamState> stream_;
  std::unique_ptr<UploadFile> upload_;
  std::string peer_text_;
};

}  // namespace daifuku::http
