#include "api/presence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daifuku::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Other = Presence::Other;

constexpr Presence::Place kHere{1, 100};
constexpr Presence::Place kThere{1, 101};

TEST(Presence, TellsOfOthersAtThePlaceOnly) {
  Presence presence;

  EXPECT_TRUE(presence.come(kHere, 1, "a", "", 0));
  EXPECT_TRUE(presence.come(kHere, 2, "b", "", 0));
  EXPECT_TRUE(presence.come(kThere, 3, "c", "", 0));

  EXPECT_THAT(presence.others(kHere, 1, 0), ElementsAre(Other{2, ""}));
  EXPECT_THAT(presence.others(kHere, 9, 0), ElementsAre(Other{1, ""}, Other{2, ""}));
  EXPECT_TRUE(presence.sits(kHere, 2, 0));
  EXPECT_FALSE(presence.sits(kThere, 2, 0));
}

TEST(Presence, TellsAChangeOnce) {
  Presence presence;
  presence.come(kHere, 1, "a", "", 0);

  EXPECT_FALSE(presence.come(kHere, 1, "a", "", 20'000));
  EXPECT_TRUE(presence.come(kHere, 1, "a", "phone", 20'001));
  // Quicker than anybody types: kept, and seen at the next look.
  EXPECT_FALSE(presence.come(kHere, 1, "a", "note", 20'100));
  EXPECT_THAT(presence.others(kHere, 2, 20'100), ElementsAre(Other{1, "note"}));
}

TEST(Presence, ForgetsWhoSaysNothing) {
  Presence presence;
  presence.come(kHere, 1, "a", "", 0);

  EXPECT_THAT(presence.others(kHere, 2, Presence::kStays), ElementsAre(Other{1, ""}));
  EXPECT_THAT(presence.others(kHere, 2, Presence::kStays + 1), IsEmpty());
  EXPECT_FALSE(presence.sits(kHere, 1, Presence::kStays + 1));
  // Back again, it is news.
  EXPECT_TRUE(presence.come(kHere, 1, "a", "", 3 * Presence::kStays));
}

TEST(Presence, CountsTheTabsOfAUserAsOne) {
  Presence presence;
  presence.come(kHere, 1, "a", "", 0);
  presence.come(kHere, 1, "b", "phone", 0);

  EXPECT_THAT(presence.others(kHere, 2, 0), ElementsAre(Other{1, "phone"}));
  EXPECT_TRUE(presence.leave(kHere, 1, "b"));
  EXPECT_FALSE(presence.leave(kHere, 1, "b"));
  EXPECT_THAT(presence.others(kHere, 2, 0), ElementsAre(Other{1, ""}));
}

TEST(Presence, KeepsNoMoreThanItsBounds) {
  Presence presence;
  for (std::size_t i = 0; i <= Presence::kMostOfUser; ++i) {
    presence.come({1, static_cast<Id>(i)}, 1, "a", "", static_cast<Millis>(i));
  }

  EXPECT_FALSE(presence.sits({1, 0}, 1, 100));
  EXPECT_TRUE(presence.sits({1, 1}, 1, 100));

  for (Id user = 2; user < 2 + static_cast<Id>(Presence::kMostSeats); ++user)
    presence.come(kThere, user, "a", "", 100);
  EXPECT_FALSE(presence.come(kHere, 99'999, "a", "", 100));
  EXPECT_FALSE(presence.sits(kHere, 99'999, 100));
}

}  // namespace
}  // namespace daifuku::api
