// The bridge of a streamed answer: a thread writes into a bounded buffer, the connection's
// coroutine sends it. Internal to http/ (pulls in Asio).
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "http/connection.h"

namespace daifuku::http {

// Shared by the writing thread and the connection, whichever ends last.
class StreamState : public std::enable_shared_from_this<StreamState> {
 public:
  explicit StreamState(const Executor& executor) : executor_(executor), wake_(executor) {}

  // Writing thread.
  void write(std::string_view piece);  // throws SystemError when closed
  bool closed() const;
  void finish(bool failed);

  // Network thread.
  enum class Next { data, wait, finished, failed, closed };
  Next take(std::string& out);  // fills `out` only for data
  Timer& wake() { return wake_; }
  void close();  // also from begin_stop() and when the client went away
  bool over() const { return over_; }
  void set_over() { over_ = true; }

 private:
  static constexpr std::size_t kRoom = 256 << 10;
  void kick(std::unique_lock<std::mutex>& lock);

  Executor executor_;
  Timer wake_;         // network thread only
  bool over_ = false;  // network thread only: the connection has left the stream
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::string pending_;   // guarded, as are the rest
  bool waiting_ = false;  // the coroutine sleeps on wake_
  bool closed_ = false;
  bool finished_ = false;
  bool failed_ = false;
};

// Runs `produce` against the state, on the calling thread.
void run_stream(const std::shared_ptr<StreamState>& state,
                const std::function<void(Writer&)>& produce,
                const std::string& request_id) noexcept;

}  // namespace daifuku::http
