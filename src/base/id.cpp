#include "base/id.h"

#include <algorithm>

namespace daifuku {
namespace {

constexpr char kAlphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kSequenceBits = 12;
constexpr int kLowBits = 22;

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'I' || c == 'L') return 1;
  if (c == 'O') return 0;
  for (int i = 10; i < 32; ++i) {
    if (kAlphabet[i] == c) return i;
  }
  return -1;
}

}  // namespace

IdGenerator::IdGenerator(const Clock& clock, unsigned node)
    : clock_(clock), node_(static_cast<std::int64_t>(node & (kNodes - 1)) << kSequenceBits) {}

Id IdGenerator::next() {
  // `last_` counts milliseconds and sequence in one number, so a full sequence borrows from the
  // next millisecond.
  const std::int64_t floor = (clock_.now() - kIdEpoch) << kSequenceBits;
  std::int64_t last = last_.load(std::memory_order_relaxed);
  std::int64_t next = 0;
  do {
    next = std::max(floor, last + 1);
  } while (!last_.compare_exchange_weak(last, next, std::memory_order_relaxed));
  return whole(next);
}

void IdGenerator::pass(Id seen) {
  // The first of the next millisecond is greater, whatever the nodes.
  const std::int64_t enough = (((seen >> kLowBits) + 1) << kSequenceBits) - 1;
  std::int64_t last = last_.load(std::memory_order_relaxed);
  while (whole(last) < seen &&
         !last_.compare_exchange_weak(last, std::max(last, enough), std::memory_order_relaxed)) {
  }
}

Id IdGenerator::whole(std::int64_t counter) const {
  const std::int64_t millis = counter >> kSequenceBits;
  const std::int64_t sequence = counter & ((std::int64_t{1} << kSequenceBits) - 1);
  return (millis << kLowBits) | node_ | sequence;
}

void append_id(std::string& out, Id id) {
  const auto value = static_cast<std::uint64_t>(id);
  char buffer[13];
  for (int i = 12; i >= 0; --i) buffer[12 - i] = kAlphabet[(value >> (5 * i)) & 31U];
  out.append(buffer, sizeof buffer);
}

std::string encode_id(Id id) {
  std::string out;
  append_id(out, id);
  return out;
}

std::optional<Id> decode_id(std::string_view text) {
  if (text.size() != 13) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int d = digit(text[i]);
    if (d < 0 || (i == 0 && d > 7))
      return std::nullopt;  // 13 x 5 bits are 65: the first digit has 3 of them.
    value = (value << 5) | static_cast<std::uint64_t>(d);
  }
  return static_cast<Id>(value);
}

Millis id_time(Id id) { return (id >> kLowBits) + kIdEpoch; }

}  // namespace daifuku
