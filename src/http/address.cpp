#include "http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "base/error.h"

namespace daifuku::http {
namespace {

constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_mapped(const Address& address) {
  return std::equal(kMapped.begin(), kMapped.end(), address.begin());
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::string copy(text);
  Address out = {};
  if (inet_pton(AF_INET, copy.c_str(), out.data() + 12) == 1) {
    std::copy(kMapped.begin(), kMapped.end(), out.begin());
    return out;
  }
  if (inet_pton(AF_INET6, copy.c_str(), out.data()) == 1) return out;
  return std::nullopt;
}

std::string format_address(const Address& address) {
  char buffer[INET6_ADDRSTRLEN] = {};
  if (is_mapped(address)) {
    inet_ntop(AF_INET, address.data() + 12, buffer, sizeof(buffer));
  } else {
    inet_ntop(AF_INET6, address.data(), buffer, sizeof(buffer));
  }
  return buffer;
}

Address source_of(const Address& address) {
  if (is_mapped(address)) return address;
  Address out = address;
  std::fill(out.begin() + 8, out.end(), static_cast<unsigned char>(0));
  return out;
}

AddressRanges::AddressRanges(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const std::size_t slash = text.find('/');
    const auto address = parse_address(std::string_view(text).substr(0, slash));
    if (!address) throw SystemError("not an address or range: " + text);
    const int most = is_mapped(*address) ? 32 : 128;
    int bits = most;
    if (slash != std::string::npos) {
      const char* const end = text.data() + text.size();
      const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, bits);
      if (error != std::errc() || stop != end || bits < 0 || bits > most) {
        throw SystemError("not an address or range: " + text);
      }
    }
    ranges_.push_back({*address, bits + 128 - most});
  }
}

bool AddressRanges::contains(const Address& address) const {
  return std::ranges::any_of(ranges_, [&](const Range& range) {
    for (int bit = 0; bit < range.bits; bit += 8) {
      const auto i = static_cast<std::size_t>(bit / 8);
      const int rest = std::min(8, range.bits - bit);
      const int mask = 0xff00 >> rest & 0xff;
      if (((address[i] ^ range.address[i]) & mask) != 0) return false;
    }
    return true;
  });
}

Address client_address(const Address& peer, std::string_view forwarded_for,
                       const AddressRanges& trusted) {
  Address current = peer;
  while (trusted.contains(current) && !forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const bool last = comma == std::string_view::npos;
    const std::string_view item =
        trim_blanks(last ? forwarded_for : forwarded_for.substr(comma + 1));
    forwarded_for = last ? std::string_view() : forwarded_for.substr(0, comma);
    const auto next = parse_address(item);
    if (!next) break;
    current = *next;
  }
  return current;
}

}  // namespace daifuku::http
