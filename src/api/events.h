// The event stream: ids of what changed, to everybody who may see it.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "api/presence.h"
#include "records/engine.h"

namespace daifuku::api {

// What changed beside the records: names the kind, the listener loads it again.
struct Notice {
  std::string event = {};   // "views"
  std::string object = {};  // whose; told only to who may read such records
  Id record = 0;            // told only to who sits at that record (presence.h) and may see it
};

// Thread-safe. Holds the last events in memory; whoever comes later or missed some reads the log.
// Notices are for who listens now: whoever connects loads everything anyway.
class EventHub {
 public:
  struct News {
    std::vector<records::Event> events = {};
    std::vector<Notice> notices = {};
    bool missed = false;  // older events are no longer held
  };
  void publish(const records::Event& event);
  void announce(Notice notice);
  // The number of notices so far, to listen from.
  std::uint64_t notices() const;
  // What came after `sequence` and `noticed` (which is moved on), waiting up to `wait_ms` for the
  // first.
  News after(Id sequence, std::uint64_t& noticed, int wait_ms);
  void stop();
  Presence& presence() { return presence_; }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<records::Event> recent_;
  Id dropped_ = 0;  // newest sequence that is no longer held
  std::deque<Notice> told_;
  std::uint64_t notices_ = 0;
  bool stopped_ = false;
  Presence presence_;
};

}  // namespace daifuku::api
