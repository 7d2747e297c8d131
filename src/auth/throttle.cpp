#include "auth/throttle.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/crypto.h"

namespace daifuku::auth {
namespace {
constexpr Millis kForget = 3'600'000;
}  // namespace

Millis Throttle::pause(int failures, int free) {
  if (failures <= free) return 0;
  const int step = std::min(failures - free - 1, 7);
  return std::min<Millis>(200LL << step, 25'000);
}

Millis Throttle::wait_for(const std::string& key, int free) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return 0;
  return std::max<Millis>(0,
                          found->second.last + pause(found->second.failures, free) - clock_.now());
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
  std::string text(address.substr(0, address.find('%')));
  in6_addr parsed{};
  if (::inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  const std::string_view bytes(reinterpret_cast<const char*>(parsed.s6_addr), 16);
  // ::ffff:192.0.2.1 is how a socket for both kinds names an IPv4 address.
  constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
  if (bytes.starts_with(kMapped)) {
    char dotted[INET_ADDRSTRLEN] = {};
    ::inet_ntop(AF_INET, bytes.data() + kMapped.size(), dotted, sizeof dotted);
    return dotted;
  }
  return hex(bytes.substr(0, 8));
}

}  // namespace daifuku::auth
