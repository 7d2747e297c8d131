#include "http/server.h"

#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <optional>
#include <thread>

#include "base/error.h"
#include "base/log.h"
#include "http/connection.h"
#include "http/upload_file.h"

namespace daifuku::http {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using Acceptor = net::basic_socket_acceptor<net::ip::tcp, Executor>;
using Endpoint = net::ip::tcp::endpoint;
using ReusePort = net::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr auto kSweepEvery = std::chrono::milliseconds(1000);
constexpr auto kSweepWhileStopping = std::chrono::milliseconds(20);
constexpr auto kAcceptPause = std::chrono::milliseconds(100);
constexpr auto kLastMoment =
    std::chrono::milliseconds(1000);  // for connections that were cut to end
constexpr int kBacklog = 4096;

Address address_of(const Endpoint& endpoint) {
  const net::ip::address address = endpoint.address();
  const net::ip::address_v6 six =
      address.is_v4() ? net::ip::make_address_v6(net::ip::v4_mapped, address.to_v4())
                      : address.to_v6();
  Address out = {};
  const auto bytes = six.to_bytes();
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

// The sweep must be fine enough for the shortest limit (tests use a tenth of a second).
std::chrono::milliseconds sweep_interval(const ServerOptions& options) {
  const int shortest =
      std::min({options.header_ms, options.body_ms, options.idle_ms, options.request_ms});
  return std::clamp(std::chrono::milliseconds(shortest / 4), std::chrono::milliseconds(5),
                    kSweepEvery);
}

void log_failure(std::exception_ptr failure) noexcept {
  if (!failure) return;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    log::error("connection failed", {{"cause", error.what()}});
  } catch (...) {
    log::error("connection failed", {{"cause", "not a std::exception"}});
  }
}

// One network thread: its loop, its listener, its connections.
class NetworkThread {
 public:
  NetworkThread(Shared& shared, const void* server)
      : shared_(shared),
        server_(server),
        work_(context_.get_executor()),
        acceptor_(context_.get_executor()),
        timer_(context_.get_executor()),
        pause_(context_.get_executor()) {}

  // Binds and listens; the port of the first is what the others share.
  unsigned short listen(const Endpoint& endpoint) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(net::socket_base::reuse_address(true));
    acceptor_.set_option(ReusePort(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(kBacklog);
    return acceptor_.local_endpoint().port();
  }

  void start() {
    net::co_spawn(context_, accept(), log_failure);
    schedule_sweep();
    thread_ = std::thread([this]() noexcept {
      current_server = server_;
      context_.run();
    });
  }

  void begin_stop() {
    net::post(context_, [this] {
      error_code ignored;
      acceptor_.close(ignored);
      pause_.cancel();
      for (Connection* connection : connections_) connection->begin_stop();
      timer_.cancel();
      schedule_sweep();
    });
  }

  void cut_all() {
    net::post(context_, [this] {
      for (Connection* connection : connections_) connection->cut();
    });
  }

  void join() {
    work_.reset();
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  Task<> accept() {
    while (!shared_.stopping) {
      auto [error, socket] = co_await acceptor_.async_accept(kAwait);
      if (error == net::error::operation_aborted || !acceptor_.is_open()) co_return;
      if (error) {  // Out of descriptors, or the client is gone already.
        if (error != net::error::connection_aborted) {
          log::warn("accept failed", {{"cause", error.message()}});
          pause_.expires_after(kAcceptPause);
          co_await pause_.async_wait(kAwait);
        }
        continue;
      }
      admit(std::move(socket));
    }
  }

  void admit(Socket socket) {
    error_code error;
    const Endpoint endpoint = socket.remote_endpoint(error);
    if (error) return;
    const Address peer = address_of(endpoint);
    if (!shared_.counter.add(source_of(peer), shared_.proxies.contains(peer), shared_.options))
      return;
    socket.set_option(net::ip::tcp::no_delay(true), error);
    // Finds out about clients of quiet streams that vanished without a word.
    socket.set_option(net::socket_base::keep_alive(true), error);
    const int idle_seconds = 60;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_KEEPIDLE, &idle_seconds,
                 sizeof(idle_seconds));
    auto connection = std::make_shared<Connection>(std::move(socket), shared_, connections_, peer);
    net::co_spawn(context_, Connection::run(std::move(connection)), log_failure);
  }

  void schedule_sweep() {
    timer_.expires_after(shared_.stopping ? kSweepWhileStopping : sweep_interval(shared_.options));
    timer_.async_wait([this](error_code error) {
      if (error) return;
      const SteadyClock::time_point now = SteadyClock::now();
      for (Connection* connection : connections_) connection->sweep(now);
      schedule_sweep();
    });
  }

  Shared& shared_;
  const void* server_;
  Connections connections_;  // before the context: destroying that ends the connections
  net::io_context context_{1};
  net::executor_work_guard<Executor> work_;
  Acceptor acceptor_;
  Timer timer_;
  Timer pause_;
  std::thread thread_;
};

// Each connection is a descriptor; the usual soft limit of 1,024 is far below our cap.
void raise_descriptor_limit(const ServerOptions& options) {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto wanted = static_cast<rlim_t>(options.max_connections) + 1024;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(limit.rlim_max, wanted);
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted) {
    log::warn("few file descriptors", {{"limit", static_cast<std::int64_t>(limit.rlim_cur)}});
  }
}

std::size_t at_least_one(int count) { return static_cast<std::size_t>(std::max(count, 1)); }

std::string upload_directory(const ServerOptions& options) {
  if (!options.upload_dir.empty()) return options.upload_dir;
  return std::filesystem::temp_directory_path().string();
}

}  // namespace

struct Server::Impl {
  Impl(const Router& router, ServerOptions given)
      : options(std::move(given)),
        shared{.router = router,
               .options = options,
               .proxies = AddressRanges(options.trusted_proxies),
               .workers = {at_least_one(options.workers), at_least_one(options.max_queued),
                           [this] { current_server = this; }},
               .streams = {at_least_one(options.max_streams), 0, [this] { current_server = this; }},
               .upload_dir = upload_directory(options)} {}

  ServerOptions options;
  Shared shared;
  std::vector<std::unique_ptr<NetworkThread>> threads;
  std::mutex mutex;  // guards started, stopped and the order of start() and stop()
  bool started = false;
  bool stopped = false;
  unsigned short port = 0;
};

Server::Server(const Router& router, ServerOptions options)
    : impl_(std::make_unique<Impl>(router, std::move(options))) {}

Server::~Server() { stop(); }

void Server::start() {
  Impl& impl = *impl_;
  const std::lock_guard lock(impl.mutex);
  if (impl.started) throw SystemError("server was started before");
  error_code error;
  const net::ip::address address = net::ip::make_address(impl.options.address, error);
  if (error) throw SystemError("not an address to listen on: " + impl.options.address);
  Endpoint endpoint(address, impl.options.port);
  raise_descriptor_limit(impl.options);
  remove_stale_uploads(impl.shared.upload_dir);
  try {
    if (endpoint.port() != 0) {
      // With SO_REUSEPORT a second server of the same user would be let in and take half of the
      // requests.
      net::io_context probe_context;
      Acceptor probe(probe_context.get_executor());
      probe.open(endpoint.protocol());
      probe.set_option(net::socket_base::reuse_address(true));
      probe.bind(endpoint);
    }
    for (std::size_t i = 0; i < at_least_one(impl.options.io_threads); ++i) {
      impl.threads.push_back(std::make_unique<NetworkThread>(impl.shared, &impl));
      impl.port = impl.threads.back()->listen(endpoint);
      endpoint.port(impl.port);
    }
  } catch (const boost::system::system_error& failure) {
    impl.threads.clear();
    throw SystemError("cannot listen on " + impl.options.address + " port " +
                      std::to_string(endpoint.port()) + ": " + failure.code().message());
  }
  for (const auto& thread : impl.threads) thread->start();
  impl.started = true;
}

unsigned short Server::port() const { return impl_->port; }

void Server::stop() {
  Impl& impl = *impl_;
  impl.shared.stopping = true;
  const bool own_thread = current_server == &impl;
  std::unique_lock lock(impl.mutex, std::defer_lock);
  if (own_thread) {
    // Whoever stops from outside holds the mutex while it waits for us.
    if (lock.try_lock() && impl.started && !impl.stopped) {
      for (const auto& thread : impl.threads) thread->begin_stop();
    }
    return;
  }
  lock.lock();
  if (!impl.started || impl.stopped) return;
  impl.stopped = true;
  for (const auto& thread : impl.threads) thread->begin_stop();
  const auto deadline = SteadyClock::now() + std::chrono::milliseconds(impl.options.drain_ms);
  if (!impl.shared.counter.wait_none(deadline)) {
    log::warn("cut connections at stop", {{"count", impl.shared.counter.total()}});
  }
  impl.shared.abandoned = true;
  for (const auto& thread : impl.threads) thread->cut_all();
  // Handlers come back to their network thread, so that is ended last.
  impl.shared.workers.stop();
  impl.shared.streams.stop();
  static_cast<void>(impl.shared.counter.wait_none(SteadyClock::now() + kLastMoment));
  for (const auto& thread : impl.threads) thread->join();
  impl.threads.clear();
}

}  // namespace daifuku::http
