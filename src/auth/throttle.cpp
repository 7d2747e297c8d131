#include "auth/throttle.h"

#include <algorithm>

namespace daifuku::auth {
namespace {
constexpr Millis kForget = 3'600'000;
constexpr int kFree = 4;  // Typing errors of an honest person.
}  // namespace

Millis Throttle::pause(int failures) {
  if (failures <= kFree) return 0;
  const int step = std::min(failures - kFree - 1, 7);
  return std::min<Millis>(200LL << step, 25'000);
}

Millis Throttle::wait_for(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return 0;
  return std::max<Millis>(0, found->second.last + pause(found->second.failures) - clock_.now());
}

void Throttle::failed(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const Millis now = clock_.now();
  if (entries_.size() > 10'000) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.last + kForget < now; });
  }
  Entry& entry = entries_[key];
  if (entry.last + kForget < now) entry.failures = 0;
  ++entry.failures;
  entry.last = now;
}

void Throttle::succeeded(const std::string& key) {
  const std::lock_guard lock(mutex_);
  entries_.erase(key);
}

std::string Throttle::source_key(std::string_view address) {
  if (address.find(':') == std::string_view::npos) return std::string(address);
  // Four groups are the /64; "::" early in the text leaves fewer, which only groups more addresses
  // together.
  std::size_t at = 0;
  for (int groups = 0; groups < 4 && at != std::string_view::npos; ++groups) {
    at = address.find(':', at + (groups == 0 ? 0 : 1));
  }
  return std::string(address.substr(0, at));
}

}  // namespace daifuku::auth
