// What the tests of accounts and of sessions share: a company with its owner, on both stores.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "auth/accounts.h"
#include "auth/password.h"
#include "auth/test_catalog.h"
#include "store/test_store.h"

namespace daifuku::auth {

inline constexpr Millis kMinute = 60'000;
inline constexpr Millis kHour = 60 * kMinute;
inline constexpr const char* kPassword = "correct horse battery";

// What a call is refused with; empty when it is not. Of wrong input the first problem.
template <typename Call>
std::string refusal(Call&& call) {
  try {
    call();
  } catch (const AppError& error) {
    return error.problems().empty() ? error.code() : error.problems().front().code;
  }
  return {};
}

class AccountsTest : public testing::TestWithParam<store::Dialect> {
 protected:
  AccountsTest() {
    set_password_cost(64, 1);
    store_->migrate([](store::Transaction& tx) { store::sync_schema(tx, tables()); });
  }
  void TearDown() override { set_password_cost(64 * 1024, 3); }

  Accounts::Setup setup(const std::string& token) {
    return {.token = token,
            .company = "大福商会",
            .name = "山田 太郎",
            .email = "Taro@Example.jp",
            .password = kPassword};
  }
  User found() {
    const User owner = accounts_.set_up(setup(accounts_.make_setup_token()));
    owner_ = accounts_.access_of(owner.id);
    return owner;
  }
  User add(const std::string& email, meta::Role role = meta::Role::member) {
    return accounts_
        .add_user({.name = "佐藤 花子", .email = email, .role = role, .password = kPassword},
                  *owner_)
        .user;
  }
  Accounts::SignedIn sign_in(const std::string& email, const std::string& password = kPassword,
                             const std::string& remote = "192.0.2.1") {
    return accounts_.sign_in(email, password, remote, "test");
  }
  std::string sign_in_refusal(const std::string& email, const std::string& password,
                              const std::string& remote = "192.0.2.1") {
    return refusal([&] { sign_in(email, password, remote); });
  }

  store::TestStore store_{GetParam()};
  FakeClock clock_{1'775'000'000'000};
  IdGenerator ids_{clock_};
  Accounts accounts_{*store_, clock_, ids_, [] { return test_catalog(); }};
  std::shared_ptr<const Access> owner_;
};

}  // namespace daifuku::auth
