#include "http/stream.h"

#include <boost/asio/post.hpp>

#include "base/error.h"
#include "base/log.h"

namespace daifuku::http {
namespace {

class StreamWriter final : public Writer {
 public:
  explicit StreamWriter(StreamState& state) : state_(state) {}
  void write(std::string_view piece) override { state_.write(piece); }
  bool closed() const override { return state_.closed(); }

 private:
  StreamState& state_;
};

}  // namespace

// Wakes the coroutine if it sleeps. It decided to sleep under the lock but starts waiting later, on
// the network thread; what is posted to that thread runs after that, so the wake-up is not lost.
void StreamState::kick(std::unique_lock<std::mutex>& lock) {
  if (!waiting_) return;
  waiting_ = false;
  lock.unlock();
  boost::asio::post(executor_, [self = shared_from_this()] { self->wake_.cancel(); });
}

void StreamState::write(std::string_view piece) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [this] { return closed_ || pending_.size() < kRoom; });
  if (closed_) throw SystemError("client went away");
  pending_ += piece;
  kick(lock);
}

bool StreamState::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void StreamState::finish(bool failed) {
  std::unique_lock lock(mutex_);
  finished_ = true;
  failed_ = failed;
  kick(lock);
}

StreamState::Next StreamState::take(std::string& out) {
  const std::lock_guard lock(mutex_);
  if (closed_) return Next::closed;
  if (!pending_.empty()) {
    out.clear();
    out.swap(pending_);
    room_.notify_all();
    return Next::data;
  }
  if (finished_) return failed_ ? Next::failed : Next::finished;
  waiting_ = true;
  wake_.expires_at(SteadyClock::time_point::max());
  return Next::wait;
}

void StreamState::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    waiting_ = false;
    pending_.clear();
    room_.notify_all();
  }
  wake_.cancel();
}

void run_stream(const std::shared_ptr<StreamState>& state,
                const std::function<void(Writer&)>& produce,
                const std::string& request_id) noexcept {
  bool failed = true;
  try {
    StreamWriter writer(*state);
    produce(writer);
    failed = false;
  } catch (const std::exception& error) {
    if (!state->closed()) {
      log::error("stream failed", {{"request", request_id}, {"cause", error.what()}});
    }
  } catch (...) {
    log::error("stream failed", {{"request", request_id}, {"cause", "not a std::exception"}});
  }
  state->finish(failed);
}

}  // namespace daifuku::http
