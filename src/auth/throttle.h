// Slows down guessing: per account, per source and for all together (security.md 2.1, line 7).
// Those who guess many accounts from many places meet the last.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "base/time.h"

namespace daifuku::auth {

// Thread-safe. Failures of a key, after some that are free, double its pause from 200 ms to 25 s;
// while paused, attempts are refused with the time to wait. A key is forgotten an hour after its
// last failure.
class Throttle {
 public:
  explicit Throttle(const Clock& clock) : clock_(clock) {}
  // Typing errors of an honest person, and of a company on a Monday morning.
  static constexpr int kFree = 4;
  static constexpr int kFreeForAll = 100;

  // Milliseconds to wait; 0 when the attempt may go on.
  Millis wait_for(const std::string& key, int free = kFree) const;
  void failed(const std::string& key);
  void succeeded(const std::string& key);

  // The source as throttled: an IPv4 address whole, an IPv6 address by its /64.
  static std::string source_key(std::string_view address);

 private:
  struct Entry {
    int failures = 0;
    Millis last = 0;
  };
  static Millis pause(int failures, int free);
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace daifuku::auth
