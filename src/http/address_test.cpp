#include "http/address.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace daifuku::http {
namespace {

TEST(Address, ReadsAndWritesBothFamilies) {
  for (const char* text : {"127.0.0.1", "203.0.113.9", "::1", "2001:db8::7"}) {
    ASSERT_TRUE(parse_address(text)) << text;
    EXPECT_EQ(format_address(*parse_address(text)), text);
  }
  EXPECT_EQ(format_address(*parse_address("::ffff:10.0.0.1")), "10.0.0.1");
  for (const char* text : {"", "localhost", "1.2.3", "1.2.3.4:80", "[::1]", "unknown"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

TEST(Address, SourceIsTheAddressOrThe64) {
  EXPECT_EQ(format_address(source_of(*parse_address("10.1.2.3"))), "10.1.2.3");
  EXPECT_EQ(format_address(source_of(*parse_address("2001:db8:1:2:3:4:5:6"))), "2001:db8:1:2::");
}

TEST(AddressRanges, ContainWhatTheyShould) {
  const AddressRanges ranges({"10.0.0.0/8", "192.0.2.1", "2001:db8::/33", "172.16.0.0/12"});

  for (const char* text : {"10.255.0.1", "192.0.2.1", "2001:db8:7fff::1", "172.31.255.255"}) {
    EXPECT_TRUE(ranges.contains(*parse_address(text))) << text;
  }
  for (const char* text : {"11.0.0.1", "192.0.2.2", "2001:db8:8000::1", "172.32.0.0", "::1"}) {
    EXPECT_FALSE(ranges.contains(*parse_address(text))) << text;
  }
  EXPECT_TRUE(AddressRanges({"0.0.0.0/0"}).contains(*parse_address("8.8.8.8")));
  EXPECT_FALSE(AddressRanges({"0.0.0.0/0"}).contains(*parse_address("2001:db8::1")));
  for (const char* text :
       {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "::/129", "proxy", "10.0.0.0/-1"}) {
    EXPECT_THROW(AddressRanges({text}), SystemError) << text;
  }
}

TEST(ClientAddress, IsTheLastThatNoProxyOfOursIs) {
  const AddressRanges trusted({"10.0.0.0/8"});
  const struct {
    const char* peer;
    const char* forwarded;
    const char* expected;
  } cases[] = {
      {"203.0.113.1", "198.51.100.1", "203.0.113.1"},  // a stranger may say what it likes
      {"10.0.0.1", "198.51.100.1", "198.51.100.1"},
      {"10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"},  // the first is the client's own claim
      {"10.0.0.1", "198.51.100.1,10.0.0.2", "198.51.100.1"},
      {"10.0.0.1", "", "10.0.0.1"},
      {"10.0.0.1", "nonsense", "10.0.0.1"},
      {"10.0.0.1", "6.6.6.6, nonsense, 10.0.0.3", "10.0.0.3"},
      {"10.0.0.1", "2001:db8::5", "2001:db8::5"},
      {"10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"},
  };
  for (const auto& item : cases) {
    SCOPED_TRACE(item.forwarded);
    EXPECT_EQ(format_address(client_address(*parse_address(item.peer), item.forwarded, trusted)),
              item.expected);
  }
}

}  // namespace
}  // namespace daifuku::http
