#include "auth/test_accounts.h"

namespace daifuku::auth {
namespace {

using meta::Role;

class SessionsTest : public AccountsTest {};
INSTANTIATE_TEST_SUITE_P(Stores, SessionsTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

// --- signing in ---

TEST_P(SessionsTest, SignsInAndOut) {
  const User owner = found();

  const auto signed_in = sign_in("TARO@example.jp");

  ASSERT_NE(signed_in.principal, nullptr);
  EXPECT_EQ(signed_in.principal->user.id, owner.id);
  EXPECT_FALSE(signed_in.principal->csrf.empty());
  EXPECT_TRUE(signed_in.principal->may_write);
  EXPECT_EQ(accounts_.by_session(signed_in.token), signed_in.principal);
  EXPECT_EQ(accounts_.sessions(owner.id).size(), 1U);
  accounts_.sign_out(signed_in.token);
  EXPECT_EQ(accounts_.by_session(signed_in.token), nullptr);
  EXPECT_TRUE(accounts_.sessions(owner.id).empty());
}

TEST_P(SessionsTest, RefusesEveryWrongSignInAlike) {
  const User owner = found();
  const User gone = add("gone@example.jp");
  accounts_.change_user(gone.id, {.disabled = true}, *owner_);
  accounts_.add_user({.name = "招待", .email = "invited@example.jp"}, *owner_);

  // Each from an address of its own: the pause is another test.
  EXPECT_EQ(sign_in_refusal("taro@example.jp", "wrong password", "192.0.2.1"), "sign_in_failed");
  EXPECT_EQ(sign_in_refusal("taro@example.jp", "", "192.0.2.2"), "sign_in_failed");
  EXPECT_EQ(sign_in_refusal("nobody@example.jp", kPassword, "192.0.2.3"), "sign_in_failed");
  EXPECT_EQ(sign_in_refusal("gone@example.jp", kPassword, "192.0.2.4"), "sign_in_failed");
  EXPECT_EQ(sign_in_refusal("invited@example.jp", "", "192.0.2.5"), "sign_in_failed");
  EXPECT_EQ(sign_in_refusal("taro@example.jp", std::string(5'000, 'a'), "192.0.2.6"),
            "sign_in_failed");
  EXPECT_TRUE(accounts_.sessions(owner.id).empty());
}

TEST_P(SessionsTest, PausesAnAccountAfterWrongPasswords) {
  found();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(sign_in_refusal("taro@example.jp", "wrong", "192.0.2." + std::to_string(i)),
              "sign_in_failed");
  }

  // From anywhere, in any spelling, and with the right password too.
  EXPECT_EQ(sign_in_refusal("Taro@Example.JP", kPassword, "198.51.100.1"), "too_many");
  clock_.advance(200);
  EXPECT_EQ(sign_in_refusal("taro@example.jp", kPassword, "198.51.100.1"), "");
  // Success forgets.
  EXPECT_EQ(sign_in_refusal("taro@example.jp", "wrong", "198.51.100.2"), "sign_in_failed");
  EXPECT_EQ(sign_in_refusal("taro@example.jp", kPassword, "198.51.100.2"), "");
}

TEST_P(SessionsTest, PausesASourceThatTriesManyAccounts) {
  found();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(sign_in_refusal("guess" + std::to_string(i) + "@example.jp", "wrong",
                              "2001:db8:1:2::" + std::to_string(i)),
              "sign_in_failed");
  }

  EXPECT_EQ(sign_in_refusal("taro@example.jp", kPassword, "2001:db8:1:2::99"), "too_many");
  EXPECT_EQ(sign_in_refusal("taro@example.jp", kPassword, "2001:db8:1:3::1"), "");
}

// --- sessions ---

TEST_P(SessionsTest, SessionEndsWhenIdle) {
  found();
  const std::string token = sign_in("taro@example.jp").token;

  clock_.advance(29 * kMinute);
  EXPECT_NE(accounts_.by_session(token), nullptr);
  clock_.advance(29 * kMinute);
  // A forgotten screen that only listens does not keep it alive.
  EXPECT_NE(accounts_.by_session(token, false), nullptr);
  clock_.advance(kMinute + 1);
  EXPECT_EQ(accounts_.by_session(token, false), nullptr);
  EXPECT_EQ(accounts_.by_session(token), nullptr);
}

TEST_P(SessionsTest, SessionEndsAfterHalfADay) {
  found();
  const std::string token = sign_in("taro@example.jp").token;

  for (int i = 0; i < 36; ++i) {
    ASSERT_NE(accounts_.by_session(token), nullptr) << i;
    clock_.advance(20 * kMinute);
  }
  EXPECT_NE(accounts_.by_session(token), nullptr);
  clock_.advance(1);
  EXPECT_EQ(accounts_.by_session(token), nullptr);
}

TEST_P(SessionsTest, SessionOutlivesARestart) {
  found();
  const std::string token = sign_in("taro@example.jp").token;
  clock_.advance(20 * kMinute);
  ASSERT_NE(accounts_.by_session(token), nullptr);

  Accounts restarted(*store_, clock_, ids_, [] { return test_catalog(); });

  clock_.advance(20 * kMinute);
  EXPECT_NE(restarted.by_session(token), nullptr);
  EXPECT_EQ(restarted.by_session(token + "x"), nullptr);
  EXPECT_EQ(restarted.by_session(""), nullptr);
}

TEST_P(SessionsTest, EndsOneSessionOfAUser) {
  const User owner = found();
  const User other = add("other@example.jp");
  const auto first = sign_in("taro@example.jp");
  const auto second = sign_in("taro@example.jp");

  EXPECT_EQ(refusal([&] { accounts_.end_session(other.id, first.principal->session); }),
            "not_found");
  accounts_.end_session(owner.id, first.principal->session);

  EXPECT_EQ(accounts_.by_session(first.token), nullptr);
  EXPECT_NE(accounts_.by_session(second.token), nullptr);
}

TEST_P(SessionsTest, LosesItsSessionsWithRightsAndPassword) {
  found();
  const User user = add("hanako@example.jp");
  const auto check_ended = [&](const Accounts::UserChange& change, const std::string& password) {
    const std::string token = sign_in("hanako@example.jp", password).token;
    accounts_.change_user(user.id, change, *owner_);
    EXPECT_EQ(accounts_.by_session(token), nullptr);
  };

  check_ended({.role = Role::viewer}, kPassword);
  check_ended({.password = "another long one"}, kPassword);
  check_ended({.disabled = true}, "another long one");
}

TEST_P(SessionsTest, ChangeOfARoleIsSeenAtTheNextRequest) {
  found();
  add("hanako@example.jp");
  const std::string token = sign_in("hanako@example.jp").token;
  ASSERT_EQ(accounts_.by_session(token)->access->object(*test_catalog()->object("deal")).read,
            Scope::all);
  RoleSettings settings = default_role(Role::member);
  settings.objects["deal"] = ObjectRights{.read = Scope::own, .update = Scope::own};

  accounts_.set_role(settings, *owner_);

  const auto principal = accounts_.by_session(token);
  ASSERT_NE(principal, nullptr);
  EXPECT_EQ(principal->access->object(*test_catalog()->object("deal")).read, Scope::own);
  EXPECT_EQ(principal->access->object(*test_catalog()->object("company")).read, Scope::all);
}

// --- tokens of programs ---

TEST_P(SessionsTest, TokenMayDoWhatItsScopeSays) {
  const User owner = found();
  TokenInfo info;
  const std::string reading =
      accounts_.make_api_token(owner.id, "集計", "read", clock_.now() + kHour, &info);
  const std::string writing =
      accounts_.make_api_token(owner.id, "連携", "read write", clock_.now() + kHour, nullptr);

  const auto reader = accounts_.by_api_token(reading);
  const auto writer = accounts_.by_api_token(writing);

  ASSERT_NE(reader, nullptr);
  ASSERT_NE(writer, nullptr);
  EXPECT_TRUE(reader->token);
  EXPECT_FALSE(reader->may_write);
  EXPECT_TRUE(writer->may_write);
  EXPECT_TRUE(reader->csrf.empty());
  EXPECT_EQ(accounts_.api_tokens(owner.id).size(), 2U);
  EXPECT_EQ(accounts_.api_tokens(owner.id).back().name.empty(), false);
  EXPECT_EQ(accounts_.by_api_token(reading.substr(1)), nullptr);
  EXPECT_EQ(accounts_.by_api_token(reading + "x"), nullptr);
}

TEST_P(SessionsTest, TokenAndSessionAreNotEachOther) {
  const User owner = found();
  const std::string token =
      accounts_.make_api_token(owner.id, "連携", "read", clock_.now() + kHour, nullptr);
  ASSERT_NE(accounts_.by_api_token(token), nullptr);
  const std::string session = sign_in("taro@example.jp").token;

  EXPECT_EQ(accounts_.by_session(token), nullptr);
  EXPECT_EQ(accounts_.by_api_token(session), nullptr);
  // And looking so has not spoiled it.
  ASSERT_NE(accounts_.by_api_token(token), nullptr);
  EXPECT_FALSE(accounts_.by_api_token(token)->may_write);
}

TEST_P(SessionsTest, TokenEnds) {
  const User owner = found();
  const User user = add("hanako@example.jp");
  TokenInfo info;
  const std::string expiring =
      accounts_.make_api_token(user.id, "期限", "read", clock_.now() + kHour, nullptr);
  const std::string removed =
      accounts_.make_api_token(user.id, "削除", "read", clock_.now() + 9 * kHour, &info);
  const std::string disabled =
      accounts_.make_api_token(user.id, "停止", "read", clock_.now() + 9 * kHour, nullptr);
  for (const std::string& token : {expiring, removed, disabled}) {
    ASSERT_NE(accounts_.by_api_token(token), nullptr);
  }

  EXPECT_EQ(refusal([&] { accounts_.remove_api_token(owner.id, info.id); }), "not_found");
  accounts_.remove_api_token(user.id, info.id);
  EXPECT_EQ(accounts_.by_api_token(removed), nullptr);
  clock_.advance(kHour + 1);
  EXPECT_EQ(accounts_.by_api_token(expiring), nullptr);
  accounts_.change_user(user.id, {.disabled = true}, *owner_);
  EXPECT_EQ(accounts_.by_api_token(disabled), nullptr);
}

TEST_P(SessionsTest, TokenTellsItsLastUse) {
  const User owner = found();
  const std::string token =
      accounts_.make_api_token(owner.id, "連携", "read", clock_.now() + kHour, nullptr);
  EXPECT_EQ(accounts_.api_tokens(owner.id).front().last_used_at, 0);

  ASSERT_NE(accounts_.by_api_token(token), nullptr);

  EXPECT_EQ(accounts_.api_tokens(owner.id).front().last_used_at, clock_.now());
}

TEST_P(SessionsTest, KeepsNoSecretAsItIs) {
  const User owner = found();
  const std::string session = sign_in("taro@example.jp").token;
  const std::string token =
      accounts_.make_api_token(owner.id, "連携", "read", clock_.now() + kHour, nullptr);
  const auto invited = accounts_.add_user({.name = "花子", .email = "h@example.jp"}, *owner_);

  std::string kept;
  store_->read([&](store::Connection& connection) {
    for (const char* sql :
         {"SELECT s.hash FROM session s WHERE {s}", "SELECT t.hash FROM api_token t WHERE {t}",
          "SELECT u.invite_hash FROM user_account u WHERE {u}",
          "SELECT u.password_hash FROM user_account u WHERE {u}"}) {
      auto rows = connection.query(sql);
      while (rows.step()) kept += std::string(rows.text(0)) + "\n";
    }
  });

  for (const std::string& secret : {session, token, invited.invitation, std::string(kPassword)}) {
    EXPECT_EQ(kept.find(secret), std::string::npos);
  }
  EXPECT_GT(kept.size(), 100U);
}

}  // namespace
}  // namespace daifuku::auth
