#include "auth/throttle.h"

#include <gtest/gtest.h>

namespace daifuku::auth {
namespace {

constexpr Millis kStart = 1'775'000'000'000;

TEST(Throttle, LetsTypingErrorsPassThenDoublesThePause) {
  FakeClock clock(kStart);
  Throttle throttle(clock);

  std::vector<Millis> pauses;
  for (int failures = 1; failures <= 14; ++failures) {
    throttle.failed("a");
    pauses.push_back(throttle.wait_for("a"));
  }

  EXPECT_EQ(pauses, (std::vector<Millis>{0, 0, 0, 0, 200, 400, 800, 1'600, 3'200, 6'400, 12'800,
                                         25'000, 25'000, 25'000}));
  EXPECT_EQ(throttle.wait_for("b"), 0);
}

TEST(Throttle, MoreIsFreeForAllTogether) {
  FakeClock clock(kStart);
  Throttle throttle(clock);
  for (int i = 0; i < Throttle::kFreeForAll; ++i) throttle.failed("all");
  EXPECT_EQ(throttle.wait_for("all", Throttle::kFreeForAll), 0);
  throttle.failed("all");
  EXPECT_EQ(throttle.wait_for("all", Throttle::kFreeForAll), 200);
}

TEST(Throttle, PauseEndsWithTime) {
  FakeClock clock(kStart);
  Throttle throttle(clock);
  for (int i = 0; i < 6; ++i) throttle.failed("a");

  clock.advance(399);
  EXPECT_EQ(throttle.wait_for("a"), 1);
  clock.advance(1);
  EXPECT_EQ(throttle.wait_for("a"), 0);
}

TEST(Throttle, ForgetsAfterAnHourAndAfterSuccess) {
  FakeClock clock(kStart);
  Throttle throttle(clock);
  for (int i = 0; i < 10; ++i) throttle.failed("a");

  clock.advance(3'600'001);
  throttle.failed("a");
  EXPECT_EQ(throttle.wait_for("a"), 0);

  for (int i = 0; i < 10; ++i) throttle.failed("a");
  throttle.succeeded("a");
  EXPECT_EQ(throttle.wait_for("a"), 0);
}

TEST(Throttle, StaysSmallUnderManyKeys) {
  FakeClock clock(kStart);
  Throttle throttle(clock);
  for (int i = 0; i < 5; ++i) throttle.failed("mine");
  for (int i = 0; i < 10'100; ++i) throttle.failed("k" + std::to_string(i));

  // Nobody gets rid of his pause by filling the table.
  EXPECT_GT(throttle.wait_for("mine"), 0);
}

TEST(Throttle, ASourceIsAnAddressOrANetwork) {
  EXPECT_EQ(Throttle::source_key("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(Throttle::source_key("::ffff:192.0.2.1"), "192.0.2.1");

  const std::string home = Throttle::source_key("2001:db8:1:2:aaaa:bbbb:cccc:dddd");
  EXPECT_EQ(Throttle::source_key("2001:db8:1:2::1"), home);
  EXPECT_EQ(Throttle::source_key("2001:DB8:1:2:0:0:0:1%eth0"), home);
  EXPECT_NE(Throttle::source_key("2001:db8:1:3::1"), home);
  // Groups of zeros are written short inside the network part too.
  EXPECT_EQ(Throttle::source_key("2001:db8::1:2:3:4"), Throttle::source_key("2001:db8::9:8:7:6"));
  EXPECT_EQ(Throttle::source_key("::1"), Throttle::source_key("::2"));
}

}  // namespace
}  // namespace daifuku::auth
