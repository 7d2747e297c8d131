#include "auth/password.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace daifuku::auth {
namespace {

class PasswordTest : public testing::Test {
 protected:
  PasswordTest() { set_password_cost(64, 1); }
  void TearDown() override { set_password_cost(64 * 1024, 3); }

  static std::string problem(std::string_view password,
                             const std::vector<std::string>& words = {}) {
    Problems problems;
    check_password(password, words, problems);
    return problems.empty() ? "" : problems.front().code;
  }
};

TEST_F(PasswordTest, KnowsTheRightOne) {
  const std::string encoded = hash_password("正しい馬 battery");

  EXPECT_TRUE(verify_password(encoded, "正しい馬 battery"));
  EXPECT_FALSE(verify_password(encoded, "正しい馬 batterx"));
  EXPECT_FALSE(verify_password(encoded, ""));
}

TEST_F(PasswordTest, SaltsEveryHash) {
  const std::string first = hash_password("same password");

  EXPECT_TRUE(first.starts_with("$argon2id$")) << first;
  EXPECT_NE(first, hash_password("same password"));
}

TEST_F(PasswordTest, KnowsHashesOfAnotherCost) {
  const std::string old = hash_password("correct horse");
  set_password_cost(128, 2);

  EXPECT_TRUE(verify_password(old, "correct horse"));
}

TEST_F(PasswordTest, NobodysHashIsNeverRight) {
  EXPECT_FALSE(verify_password("", ""));
  EXPECT_FALSE(verify_password("", "correct horse"));
  EXPECT_FALSE(verify_password("not a hash", "not a hash"));
}

TEST_F(PasswordTest, ACrowdIsServedInTurn) {
  std::atomic<int> right = 0;
  std::vector<std::thread> crowd;
  const std::string encoded = hash_password("correct horse");

  for (int i = 0; i < 16; ++i) {
    crowd.emplace_back([&] { right += verify_password(encoded, "correct horse") ? 1 : 0; });
  }
  for (std::thread& thread : crowd) thread.join();

  EXPECT_EQ(right, 16);
}

TEST_F(PasswordTest, RefusesWeakOnes) {
  const std::vector<std::string> words{"taro.yamada@example.jp", "Yamada Taro", "", "大福商会"};
  struct Case {
    std::string_view password;
    std::string_view problem;
  };
  for (const Case& one :
       {Case{"short", "password_short"}, Case{"七文字しかない", "password_short"},
        Case{"八文字はあります", ""}, Case{"Password123", "password_common"},
        Case{"P@ssw0rd", "password_common"}, Case{"zzzzzzzzzz", "password_common"},
        Case{"Taro.Yamada@Example.jp", "password_common"}, Case{"TARO.YAMADA", "password_common"},
        Case{"yamada taro", "password_common"}, Case{"########1", ""},
        Case{"taro.yamada likes tea", ""}}) {
    SCOPED_TRACE(one.password);
    EXPECT_EQ(problem(one.password, words), one.problem);
  }
  EXPECT_EQ(problem(std::string(64, 'a') + std::string(64, 'b')), "");
  EXPECT_EQ(problem(std::string(64, 'a') + std::string(65, 'b')), "too_long");
}

}  // namespace
}  // namespace daifuku::auth
