// Record ids: 64-bit, time-sorted, made by the application (TSID: 42 bits of milliseconds since
// 2020, 10 bits of node, 12 of sequence). A rowid on SQLite, a bigint on PostgreSQL, 13 characters
// of Crockford base32 in JSON.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace daifuku {

using Id = std::int64_t;

inline constexpr Millis kIdEpoch = 1'577'836'800'000;  // 2020-01-01T00:00:00Z

// Thread-safe, lock-free. Ids of one generator strictly rise, even when the clock steps back.
class IdGenerator {
 public:
  // `node` keeps two programs on one database apart: 0 to 1023.
  explicit IdGenerator(const Clock& clock, unsigned node = 0);
  static constexpr unsigned kNodes = 1024;
  Id next();
  // Ids from now on are greater than `seen`, which another generator made.
  void pass(Id seen);

 private:
  Id whole(std::int64_t counter) const;
  const Clock& clock_;
  std::int64_t node_;
  std::atomic<std::int64_t> last_{0};
};

std::string encode_id(Id id);
void append_id(std::string& out, Id id);
// Accepts lower case and the look-alikes i, l (1) and o (0).
std::optional<Id> decode_id(std::string_view text);
Millis id_time(Id id);

}  // namespace daifuku
