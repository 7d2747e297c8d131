// The event stream: ids of what changed, to everybody who may see it.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

#include "records/engine.h"

namespace daifuku::api {

// Thread-safe. Holds the last events in memory; whoever comes later or missed some reads the log.
class EventHub {
 public:
  void publish(const records::Event& event);
  // Events after `sequence`, waiting up to `wait_ms` for the first; `missed` when older ones are no
  // longer held.
  std::vector<records::Event> after(Id sequence, int wait_ms, bool& missed);
  void stop();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<records::Event> recent_;
  Id dropped_ = 0;  // newest sequence that is no longer held
  bool stopped_ = false;
};

}  // namespace daifuku::api
