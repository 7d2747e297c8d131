#include "http/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <cstring>

#include "base/crypto.h"
#include "base/error.h"
#include "base/log.h"
#include "http/compress.h"
#include "http/errors.h"
#include "http/stream.h"
#include "http/upload_file.h"

namespace daifuku::http {
namespace {

namespace net = boost::asio;
using boost::system::error_code;

constexpr int kGone = -1;
constexpr int kCloseMs = 2'000;  // for the client to read the last answer
constexpr int kCloseWhileStoppingMs = 200;
constexpr std::size_t kSmallInput = 4 << 10;
constexpr std::size_t kLargeInput = 64 << 10;
constexpr std::size_t kUploadPiece = 256 << 10;
constexpr std::size_t kCompressFrom = 1 << 10;
constexpr std::string_view kAllMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

// Runs `job` on the pool and comes back to the connection's thread. false: the pool is full, the
// job did not run. The job works on what the waiting coroutine's frame holds; it must not throw.
template <class Job>
Task<bool> run_blocking(ThreadPool& pool, Executor executor, Job job) {
  // The completion handler can only be moved, the pool's jobs are copied: hence shared.
  auto initiate = [&pool, executor](auto handler, Job work) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    const bool taken = pool.submit([shared, executor, work]() mutable {
      work();
      net::post(executor, [shared = std::move(shared)] { std::move (*shared)(true); });
    });
    if (!taken) net::post(executor, [shared] { std::move (*shared)(false); });
  };
  co_return co_await net::async_initiate<const net::use_awaitable_t<Executor>, void(bool)>(
      std::move(initiate), net::use_awaitable_t<Executor>(), std::move(job));
}

// 96 bits as hex. Random bytes are drawn for many ids at a time.
std::string random_id() {
  constexpr std::size_t kBytes = 12;
  thread_local std::string stock;
  if (stock.size() < kBytes) stock = random_bytes(kBytes * 64);
  std::string out = hex(std::string_view(stock).substr(stock.size() - kBytes));
  stock.resize(stock.size() - kBytes);
  return out;
}

bool is_request_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_' || c == '-';
         });
}

bool is_forwarding(std::string_view name) {
  return name == "forwarded" || name == "x-real-ip" || name.starts_with("x-forwarded-");
}

std::int64_t millis_between(SteadyClock::time_point from, SteadyClock::time_point to) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
}

}  // namespace

bool ConnectionCounter::add(const Address& source, bool exempt, const ServerOptions& options) {
  const std::lock_guard lock(mutex_);
  if (total_ >= options.max_connections) return false;
  int& count = by_source_[source];
  if (!exempt && count >= options.max_connections_per_source) return false;
  ++count;
  ++total_;
  return true;
}

void ConnectionCounter::remove(const Address& source) {
  const std::lock_guard lock(mutex_);
  const auto found = by_source_.find(source);
  if (--found->second == 0) by_source_.erase(found);
  if (--total_ == 0) changed_.notify_all();
}

int ConnectionCounter::total() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

bool ConnectionCounter::wait_none(SteadyClock::time_point deadline) {
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, deadline, [this] { return total_ == 0; });
}

Connection::Connection(Socket socket, Shared& shared, Connections& all, const Address& peer)
    : socket_(std::move(socket)),
      shared_(shared),
      all_(all),
      peer_(peer),
      from_proxy_(shared.proxies.contains(peer)),
      parser_(shared.options.max_header_fields),
      since_(SteadyClock::now()),
      started_(since_),
      peer_text_(format_address(peer)) {
  all_.insert(this);
}

Connection::~Connection() {
  all_.erase(this);
  shared_.counter.remove(source_of(peer_));
}

Task<> Connection::run(std::shared_ptr<Connection> self) {
  while (co_await self->serve_one()) {
  }
  if (self->wants_linger_ && !self->cut_) co_await self->linger();
  error_code ignored;
  self->socket_.close(ignored);
}

void Connection::set_phase(Phase phase) {
  phase_ = phase;
  since_ = SteadyClock::now();
  progress_ = 0;
  timed_out_ = false;
}

void Connection::sweep(SteadyClock::time_point now) {
  if (cut_ || on_disk_) return;
  const ServerOptions& options = shared_.options;
  const std::int64_t elapsed = millis_between(since_, now);
  const bool request_over = millis_between(started_, now) > options.request_ms;
  const auto slower_than = [&](int rate) {
    return elapsed > options.body_ms + progress_ * 1000 / std::max(rate, 1);
  };
  bool over = false;
  switch (phase_) {
    case Phase::idle:
      over = elapsed > options.idle_ms;
      break;
    case Phase::header:
      over = elapsed > options.header_ms;
      break;
    case Phase::body:
      over = slower_than(body_rate_) || (!is_upload_ && request_over);
      break;
    case Phase::handling:
      over = request_over;
      break;
    case Phase::writing:
      over = slower_than(options.min_rate);
      break;
    case Phase::streaming:
      break;
    case Phase::closing:
      over = elapsed > (shared_.stopping ? kCloseWhileStoppingMs : kCloseMs);
      break;
  }
  if (!over) return;
  if (phase_ == Phase::idle || phase_ == Phase::header || phase_ == Phase::body) {
    // The coroutine finds its read cancelled and may still answer. Bytes may have come in the same
    // moment; then the next sweep tries again.
    timed_out_ = true;
    error_code ignored;
    socket_.cancel(ignored);
  } else {
    cut();
  }
}

void Connection::begin_stop() {
  if (stream_) stream_->close();
  if (phase_ == Phase::idle || (phase_ == Phase::header && input().empty())) cut();
}

void Connection::cut() {
  cut_ = true;
  if (stream_) stream_->close();
  error_code ignored;
  socket_.shutdown(net::socket_base::shutdown_both, ignored);
  socket_.close(ignored);
}

Task<bool> Connection::serve_one() {
  request_ = Request();
  allow_.clear();
  is_upload_ = false;
  std::size_t size = 0;
  int status = co_await read_head(size);
  if (status == kGone) co_return false;
  started_ = SteadyClock::now();
  if (status == 0) {
    status = parser_.parse_head(input().substr(0, size), request_);
    begin_ += size;
  }
  identify();
  if (status != 0) {
    if (status == 405) allow_ = kAllMethods;
    co_return co_await refuse(status);
  }

  bool other_method = false;
  const Route* route =
      shared_.router.find(request_.method, request_.path, request_.captures, other_method);
  Response response;
  if (route == nullptr) {
    allow_ =
        request_.path == "*" ? std::string(kAllMethods) : shared_.router.allowed(request_.path);
    status = other_method ? 405 : 404;
    if (parser_.has_body()) co_return co_await refuse(status);
    if (request_.method == Method::options && !allow_.empty()) {
      response.status = 204;
    } else {
      response = error_answer(nullptr, status);
    }
    if (!allow_.empty()) response.headers.emplace_back("Allow", allow_);
  } else {
    if (parser_.has_body()) {
      status = co_await read_body(*route);
      if (status == kGone) co_return false;
      if (status != 0) co_return co_await refuse(status);
    }
    co_await handle(*route, response);
    if (!response.stream) upload_.reset();  // The handler has taken what it wants to keep.
  }
  const bool keep_alive = parser_.keep_alive() && !shared_.stopping && !cut_;
  const bool sent = co_await send(response, keep_alive);
  finish(response.status);
  upload_.reset();
  if (input_.size() > 4 * kSmallInput && input().empty()) {
    input_ = std::string();
    begin_ = end_ = 0;
  }
  is_first_ = false;
  wants_linger_ = sent && !keep_alive;
  co_return sent&& keep_alive;
}

Task<int> Connection::read_head(std::size_t& size) {
  set_phase(is_first_ || !input().empty() ? Phase::header : Phase::idle);
  std::size_t looked_at = 0;
  while (true) {
    const std::string_view bytes = input();
    // Whoever speaks another protocol (TLS) need not be waited for.
    if (!bytes.empty() && (bytes.front() < 'A' || bytes.front() > 'z')) co_return 400;
    const std::size_t found = bytes.find("\r\n\r\n", looked_at);
    if (found != std::string_view::npos && found + 4 <= shared_.options.header_limit) {
      size = found + 4;
      co_return 0;
    }
    if (found != std::string_view::npos || bytes.size() >= shared_.options.header_limit)
      co_return 431;
    looked_at = bytes.size() < 3 ? 0 : bytes.size() - 3;
    if (shared_.stopping && bytes.empty()) co_return kGone;
    if (!co_await read_some()) {
      co_return timed_out_&& phase_ == Phase::header && !input().empty() ? 408 : kGone;
    }
    if (phase_ == Phase::idle) set_phase(Phase::header);
  }
}

Task<bool> Connection::read_some() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == input_.size()) {
    if (begin_ > 0) {
      std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    } else {
      input_.resize(std::max(kSmallInput, input_.size() * 2));
    }
  }
  const auto [error, count] = co_await socket_.async_read_some(
      net::buffer(input_.data() + end_, input_.size() - end_), kAwait);
  if (error) co_return false;
  end_ += count;
  progress_ += static_cast<std::int64_t>(count);
  // More is likely to come in large pieces.
  if (phase_ == Phase::body && end_ == input_.size() && input_.size() < kLargeInput) {
    input_.resize(input_.size() * 2);
  }
  co_return true;
}

Task<int> Connection::read_body(const Route& route) {
  const std::optional<std::uint64_t> length = parser_.content_length();
  if (length && *length > route.body_limit) co_return 413;
  if (!length) parser_.set_body_limit(route.body_limit);
  if (parser_.expects_continue() && input().empty()) {
    set_phase(Phase::writing);
    if (!co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return kGone;
  }
  set_phase(Phase::body);
  is_upload_ = route.body_to_file;
  body_rate_ = is_upload_ ? shared_.options.upload_min_rate : shared_.options.min_rate;

  std::string piece;
  std::string& out = is_upload_ ? piece : request_.body;
  while (true) {
    std::size_t used = 0;
    const int status = parser_.feed(input(), out, used);
    begin_ += used;
    if (status != 0) co_return status;
    const bool done = parser_.done();
    if (is_upload_ && (done || piece.size() >= kUploadPiece)) {
      bool written = false;
      // The disk may be slow: not on the network thread. Time spent there is not the client's.
      const SteadyClock::time_point before = SteadyClock::now();
      on_disk_ = true;
      const bool ran =
          co_await run_blocking(shared_.workers, socket_.get_executor(), [&]() noexcept {
            try {
              if (!upload_) upload_ = std::make_unique<UploadFile>(shared_.upload_dir);
              upload_->write(piece);
              if (done) upload_->close();
              written = true;
            } catch (const std::exception& error) {
              log::error("upload failed", {{"request", request_.id}, {"cause", error.what()}});
            }
          });
      on_disk_ = false;
      if (!ran || !written) co_return 503;
      since_ += SteadyClock::now() - before;
      request_.body_size += static_cast<std::int64_t>(piece.size());
      piece.clear();
    }
    if (done) break;
    if (end_ - begin_ >= kLargeInput) co_return 400;  // A chunk header or trailer without end.
    if (!co_await read_some()) co_return timed_out_ ? 408 : kGone;
  }
  if (is_upload_) {
    request_.body_file = upload_->path();
    started_ = SteadyClock::now();
  } else {
    request_.body_size = static_cast<std::int64_t>(request_.body.size());
  }
  co_return 0;
}

Response Connection::error_answer(std::exception_ptr error, int status) noexcept {
  try {
    if (shared_.options.on_error) return shared_.options.on_error(request_, error, status);
  } catch (...) {
    log::error("error handler failed", {{"request", request_.id}});
  }
  return default_error(request_, error, status);
}

Response Connection::run_handler(const Route& route) noexcept {
  try {
    return route.handle(request_);
  } catch (...) {
    return error_answer(std::current_exception(), 0);
  }
}

void Connection::compress(Response& response) const noexcept {
  if (!response.compress || response.stream || response.body.size() < kCompressFrom) return;
  try {
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!accepts_gzip(request_.header("accept-encoding"))) return;
    std::string packed = gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = std::move(packed);
  } catch (const std::exception& error) {
    log::error("compression failed", {{"request", request_.id}, {"cause", error.what()}});
  }
}

Task<> Connection::handle(const Route& route, Response& response) {
  set_phase(Phase::handling);
  const bool heavy = !route.worker_when.empty() && request_.parameter(route.worker_when);
  if (route.run == Run::inline_ && !heavy) {
    response = run_handler(route);
    co_return;
  }
  const bool ran = co_await run_blocking(shared_.workers, socket_.get_executor(), [&]() noexcept {
    if (shared_.abandoned) {
      response = error_answer(nullptr, 503);
      return;
    }
    response = run_handler(route);
    compress(response);
  });
  if (!ran) {
    response = error_answer(nullptr, 503);
    response.headers.emplace_back("Retry-After", "1");
  }
}

// Fills head_. An answer that cannot be sent (a header with a line break) becomes a 500.
void Connection::make_head(Response& response, HeadOptions options) {
  options.request_id = request_.id;
  options.hsts = shared_.options.hsts && request_.secure;
  head_.clear();
  try {
    if (response.status < 200 || response.status > 599)
      throw SystemError("bad status of an answer");
    append_head(head_, response, options);
    return;
  } catch (const SystemError& error) {
    log::error("bad answer", {{"request", request_.id}, {"cause", error.what()}});
  }
  response = default_error(request_, nullptr, 500);
  options.framing = Framing::length;
  options.length = response.body.size();
  append_head(head_, response, options);
}

Task<bool> Connection::send(Response& response, bool keep_alive) {
  if (cut_) co_return false;
  const bool is_head = request_.method == Method::head;
  const bool bodiless = response.status == 204 || response.status == 304;
  if (response.stream && !bodiless) {
    const bool chunked = parser_.takes_chunks();
    make_head(response,
              {.framing = chunked ? Framing::chunked : Framing::close, .keep_alive = keep_alive});
    std::shared_ptr<StreamState> stream;
    if (response.stream && !is_head) {
      stream = std::make_shared<StreamState>(socket_.get_executor());
      const bool taken =
          shared_.streams.submit([stream, produce = std::move(response.stream), id = request_.id] {
            run_stream(stream, produce, id);
          });
      if (!taken) response = error_answer(nullptr, 503);
      if (taken) {
        set_phase(Phase::writing);
        if (!co_await write_all(head_, {})) {
          stream->close();
          co_return false;
        }
        co_return co_await send_stream(std::move(stream), chunked);
      }
    } else if (response.stream) {
      set_phase(Phase::writing);
      co_return co_await write_all(head_, {});
    }
  }
  const std::string_view body =
      response.static_body.empty() ? std::string_view(response.body) : response.static_body;
  make_head(response, {.framing = bodiless ? Framing::none : Framing::length,
                       .length = body.size(),
                       .keep_alive = keep_alive});
  set_phase(Phase::writing);
  // make_head() may have replaced the answer, so the body is looked up again.
  const std::string_view sent =
      response.static_body.empty() ? std::string_view(response.body) : response.static_body;
  co_return co_await write_all(head_, is_head || bodiless ? std::string_view() : sent);
}

// Sees the client go while nothing is being read. What a client sends meanwhile (the next request)
// ends the watch.
void Connection::watch_client(std::shared_ptr<StreamState> stream) {
  socket_.async_wait(
      net::socket_base::wait_read, [this, stream = std::move(stream)](error_code error) {
        if (error || stream->over()) return;
        char byte = 0;
        const ssize_t count = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (count > 0) return;
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
          watch_client(stream);
          return;
        }
        stream->close();
      });
}

Task<bool> Connection::send_stream(std::shared_ptr<StreamState> stream, bool chunked) {
  stream_ = stream;
  if (shared_.stopping) stream->close();
  watch_client(stream);
  bool complete = false;
  std::string piece;
  for (bool more = true; more;) {
    switch (stream->take(piece)) {
      case StreamState::Next::data: {
        set_phase(Phase::writing);
        if (chunked) {
          char size[20];
          const int digits = std::snprintf(size, sizeof(size), "%zx\r\n", piece.size());
          piece += "\r\n";
          more = co_await write_all({size, static_cast<std::size_t>(digits)}, piece);
        } else {
          more = co_await write_all(piece, {});
        }
        break;
      }
      case StreamState::Next::wait:
        set_phase(Phase::streaming);
        co_await stream->wake().async_wait(kAwait);
        break;
      case StreamState::Next::finished:
        set_phase(Phase::writing);
        complete = !chunked || co_await write_all("0\r\n\r\n", {});
        more = false;
        break;
      case StreamState::Next::failed:
      case StreamState::Next::closed:
        more = false;
        break;
    }
  }
  // A stream cut short has no last chunk: the client sees that something is missing.
  stream->set_over();
  stream->close();
  stream_.reset();
  error_code ignored;
  socket_.cancel(ignored);
  co_return complete;
}

// Answers once and ends the connection: what follows on it cannot be trusted to be a request.
Task<bool> Connection::refuse(int status) {
  upload_.reset();
  Response response = error_answer(nullptr, status);
  if (!allow_.empty()) response.headers.emplace_back("Allow", allow_);
  wants_linger_ = co_await send(response, false);
  finish(response.status);
  co_return false;
}

// Lets the client read the last answer: closing with unread input would make the kernel reset the
// connection.
Task<> Connection::linger() {
  error_code error;
  socket_.shutdown(net::socket_base::shutdown_send, error);
  if (error) co_return;
  set_phase(Phase::closing);
  begin_ = end_ = 0;
  while (co_await read_some()) begin_ = end_ = 0;
}

Task<bool> Connection::write_all(std::string_view first, std::string_view second) {
  while (!first.empty() || !second.empty()) {
    const std::array<net::const_buffer, 2> buffers = {net::buffer(first.data(), first.size()),
                                                      net::buffer(second.data(), second.size())};
    const auto [error, count] = co_await socket_.async_write_some(buffers, kAwait);
    if (error) co_return false;
    progress_ += static_cast<std::int64_t>(count);
    const std::size_t of_first = std::min(count, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(count - of_first);
  }
  co_return true;
}

// Who asks, and the id of the request. Forwarding headers of others than our proxies are dropped,
// so that no handler can believe them.
void Connection::identify() {
  const std::string_view given = request_.header("x-request-id");
  request_.id = is_request_id(given) ? std::string(given) : random_id();
  request_.remote = peer_text_;
  if (!from_proxy_) {
    std::erase_if(request_.headers, [](const auto& header) { return is_forwarding(header.first); });
    return;
  }
  std::string chain;
  for (const auto& [name, value] : request_.headers) {
    if (name != "x-forwarded-for") continue;
    if (!chain.empty()) chain += ',';
    chain += value;
  }
  request_.remote = format_address(client_address(peer_, chain, shared_.proxies));
  std::string_view protocol = request_.header("x-forwarded-proto");
  if (const std::size_t comma = protocol.rfind(','); comma != std::string_view::npos) {
    protocol.remove_prefix(comma + 1);
  }
  while (!protocol.empty() && protocol.front() == ' ') protocol.remove_prefix(1);
  request_.secure = protocol == "https";
}

void Connection::finish(int status) noexcept {
  if (!shared_.options.on_done) return;
  try {
    const auto spent = SteadyClock::now() - started_;
    shared_.options.on_done(request_, status,
                            std::chrono::duration_cast<std::chrono::microseconds>(spent).count());
  } catch (...) {
    log::error("on_done failed", {{"request", request_.id}});
  }
}

}  // namespace daifuku::http
