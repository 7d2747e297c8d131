// Client addresses: one form for IPv4 and IPv6, ranges of trusted proxies, X-Forwarded-For.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::http {

// Sixteen bytes; IPv4 as ::ffff:a.b.c.d.
using Address = std::array<unsigned char, 16>;

std::optional<Address> parse_address(std::string_view text);
std::string format_address(const Address& address);

// What counts as one source: the IPv4 address, or the /64 of an IPv6 address.
Address source_of(const Address& address);

class AddressRanges {
 public:
  // "10.0.0.0/8", "192.0.2.1", "2001:db8::/32". Throws SystemError on anything else.
  explicit AddressRanges(const std::vector<std::string>& texts);
  bool contains(const Address& address) const;

 private:
  struct Range {
    Address address = {};
    int bits = 128;
  };
  std::vector<Range> ranges_;
};

// The client behind trusted proxies: the last address in `forwarded_for` (a comma list, nearest
// proxy last) that is not a trusted proxy itself. `peer` when it is no trusted proxy, or the list
// is empty or malformed there.
Address client_address(const Address& peer, std::string_view forwarded_for,
                       const AddressRanges& trusted);

}  // namespace daifuku::http
