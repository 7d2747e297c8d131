#include "auth/accounts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "auth/password.h"
#include "auth/test_catalog.h"
#include "store/test_store.h"

namespace daifuku::auth {
namespace {

using meta::Role;

constexpr Millis kMinute = 60'000;
constexpr Millis kHour = 60 * kMinute;
constexpr const char* kPassword = "correct horse battery";

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
  User add(const std::string& email, Role role = Role::member) {
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
INSTANTIATE_TEST_SUITE_P(Stores, AccountsTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

// --- set-up ---

TEST_P(AccountsTest, SetUpMakesTheOwnerOnce) {
  EXPECT_FALSE(accounts_.has_owner());
  const std::string token = accounts_.make_setup_token();

  const User owner = accounts_.set_up(setup(token));

  EXPECT_TRUE(accounts_.has_owner());
  EXPECT_EQ(owner.role, Role::owner);
  EXPECT_EQ(owner.email, "taro@example.jp");
  EXPECT_EQ(accounts_.setting("company_name"), "大福商会");
  EXPECT_EQ(refusal([&] { accounts_.set_up(setup(token)); }), "setup_token_wrong");
  // Not even with a new link: there is an owner.
  EXPECT_EQ(refusal([&] { accounts_.set_up(setup(accounts_.make_setup_token())); }), "setup_done");
  EXPECT_EQ(accounts_.users().size(), 1U);
}

TEST_P(AccountsTest, SetUpLinkIsOneAndExpires) {
  EXPECT_EQ(refusal([&] { accounts_.set_up(setup("")); }), "setup_token_wrong");
  const std::string old = accounts_.make_setup_token();
  const std::string token = accounts_.make_setup_token();
  EXPECT_EQ(refusal([&] { accounts_.set_up(setup(old)); }), "setup_token_wrong");
  EXPECT_EQ(refusal([&] { accounts_.set_up(setup(token + "x")); }), "setup_token_wrong");

  clock_.advance(15 * kMinute + 1);
  EXPECT_EQ(refusal([&] { accounts_.set_up(setup(token)); }), "setup_token_wrong");
  EXPECT_FALSE(accounts_.has_owner());
}

TEST_P(AccountsTest, SetUpTellsAllThatIsWrongAndKeepsItsLink) {
  const std::string token = accounts_.make_setup_token();
  std::vector<std::string> wrong;
  try {
    accounts_.set_up({.token = token, .email = "nonsense", .password = "short"});
  } catch (const AppError& error) {
    for (const Problem& problem : error.problems()) wrong.push_back(problem.field);
  }

  EXPECT_EQ(wrong, (std::vector<std::string>{"company_name", "name", "email", "password"}));
  EXPECT_EQ(accounts_.set_up(setup(token)).name, "山田 太郎");
}

TEST_P(AccountsTest, SetUpLinkIsKnownBeforeItIsUsed) {
  const auto works = [&](const std::string& token) {
    return accounts_.link_works(Accounts::LinkKind::setup, token, "192.0.2.1");
  };
  EXPECT_FALSE(works(""));
  const std::string old = accounts_.make_setup_token();
  const std::string token = accounts_.make_setup_token();
  EXPECT_FALSE(works(old));
  EXPECT_TRUE(works(token));
  // A look uses nothing up.
  EXPECT_TRUE(works(token));

  clock_.advance(15 * kMinute + 1);
  EXPECT_FALSE(works(token));

  const std::string next = accounts_.make_setup_token();
  accounts_.set_up(setup(next));
  clock_.advance(kHour + 1);
  EXPECT_FALSE(works(next));
  // Not even with a new link: there is an owner.
  EXPECT_FALSE(works(accounts_.make_setup_token()));
}

TEST_P(AccountsTest, LinksCannotBeTriedForEver) {
  const std::string token = accounts_.make_setup_token();
  const auto works = [&](const std::string& tried, std::string_view remote) {
    return accounts_.link_works(Accounts::LinkKind::setup, tried, remote);
  };
  for (int i = 0; i <= Throttle::kFree; ++i) EXPECT_FALSE(works("wrong", "192.0.2.1"));

  EXPECT_EQ(refusal([&] { works(token, "192.0.2.1"); }), "too_many");
  EXPECT_TRUE(works(token, "198.51.100.77"));
  // Whoever opened an old link may still sign in.
  accounts_.set_up(setup(token));
  EXPECT_EQ(sign_in_refusal("taro@example.jp", kPassword, "192.0.2.1"), "");
}

// --- signing in ---

TEST_P(AccountsTest, SignsInAndOut) {
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

TEST_P(AccountsTest, RefusesEveryWrongSignInAlike) {
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

TEST_P(AccountsTest, PausesAnAccountAfterWrongPasswords) {
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

TEST_P(AccountsTest, PausesASourceThatTriesManyAccounts) {
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

TEST_P(AccountsTest, SessionEndsWhenIdle) {
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

TEST_P(AccountsTest, SessionEndsAfterHalfADay) {
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

TEST_P(AccountsTest, SessionOutlivesARestart) {
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

TEST_P(AccountsTest, EndsOneSessionOfAUser) {
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

TEST_P(AccountsTest, LosesItsSessionsWithRightsAndPassword) {
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

TEST_P(AccountsTest, ChangeOfARoleIsSeenAtTheNextRequest) {
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

// --- users ---

TEST_P(AccountsTest, InvitationLetsChooseAPasswordOnce) {
  found();
  const auto created = accounts_.add_user(
      {.name = "佐藤 花子", .email = "hanako@example.jp", .role = Role::member}, *owner_);
  EXPECT_TRUE(accounts_.user(created.user.id)->invited);

  EXPECT_EQ(refusal([&] { accounts_.accept_invitation(created.invitation, "short"); }),
            "password_short");
  EXPECT_EQ(accounts_.accept_invitation(created.invitation, kPassword).id, created.user.id);
  EXPECT_EQ(refusal([&] { accounts_.accept_invitation(created.invitation, "a second one"); }),
            "invitation_wrong");

  EXPECT_FALSE(accounts_.user(created.user.id)->invited);
  EXPECT_EQ(sign_in_refusal("hanako@example.jp", kPassword), "");
}

TEST_P(AccountsTest, InvitationExpiresAndANewOneReplacesIt) {
  found();
  const auto created = accounts_.add_user({.name = "花子", .email = "h@example.jp"}, *owner_);
  const std::string second = accounts_.invite_again(created.user.id, *owner_);
  EXPECT_EQ(refusal([&] { accounts_.accept_invitation(created.invitation, kPassword); }),
            "invitation_wrong");
  EXPECT_EQ(refusal([&] { accounts_.accept_invitation("", kPassword); }), "invitation_wrong");

  clock_.advance(7 * 24 * kHour);
  EXPECT_EQ(refusal([&] { accounts_.accept_invitation(second, kPassword); }), "invitation_wrong");

  const std::string third = accounts_.invite_again(created.user.id, *owner_);
  accounts_.change_user(created.user.id, {.disabled = true}, *owner_);
  EXPECT_EQ(refusal([&] { accounts_.accept_invitation(third, kPassword); }), "invitation_wrong");
}

TEST_P(AccountsTest, AnInvitationIsKnownBeforeItIsUsed) {
  found();
  const auto works = [&](const std::string& token) {
    return accounts_.link_works(Accounts::LinkKind::invitation, token, "192.0.2.1");
  };
  const auto created = accounts_.add_user({.name = "花子", .email = "h@example.jp"}, *owner_);
  EXPECT_TRUE(works(created.invitation));
  const std::string second = accounts_.invite_again(created.user.id, *owner_);
  EXPECT_FALSE(works(created.invitation));
  EXPECT_TRUE(works(second));

  accounts_.accept_invitation(second, kPassword);
  EXPECT_FALSE(works(second));
  EXPECT_FALSE(works(""));

  const std::string reset = accounts_.invite_again(created.user.id, *owner_);
  EXPECT_TRUE(works(reset));
  clock_.advance(7 * 24 * kHour);
  EXPECT_FALSE(works(reset));
}

TEST_P(AccountsTest, ANewPasswordEndsOpenInvitations) {
  found();
  const auto created = accounts_.add_user({.name = "花子", .email = "h@example.jp"}, *owner_);

  accounts_.change_user(created.user.id, {.password = kPassword}, *owner_);

  EXPECT_EQ(refusal([&] { accounts_.accept_invitation(created.invitation, "a second one"); }),
            "invitation_wrong");
}

TEST_P(AccountsTest, NobodySignsInAsAnEqual) {
  const User owner = found();
  const User one = add("one@example.jp", Role::manager);
  const User other = add("other@example.jp", Role::manager);
  const auto by_owner = accounts_.access_of(owner.id);
  const auto by_one = accounts_.access_of(one.id);

  EXPECT_EQ(refusal([&] { accounts_.change_user(other.id, {.password = kPassword}, *by_one); }),
            "peer_account");
  EXPECT_EQ(refusal([&] { accounts_.change_user(other.id, {.email = "x@example.jp"}, *by_one); }),
            "peer_account");
  EXPECT_EQ(refusal([&] { accounts_.invite_again(other.id, *by_one); }), "peer_account");
  EXPECT_EQ(refusal([&] { accounts_.change_user(other.id, {.name = "別名"}, *by_one); }), "");
  EXPECT_EQ(refusal([&] { accounts_.change_user(one.id, {.password = kPassword}, *by_one); }), "");
  EXPECT_EQ(refusal([&] { accounts_.change_user(other.id, {.password = kPassword}, *by_owner); }),
            "");
  // Who has not come yet is nobody's account.
  const auto invited = accounts_.add_user(
      {.name = "新人", .email = "new@example.jp", .role = Role::manager}, *by_one);
  EXPECT_EQ(refusal([&] { accounts_.invite_again(invited.user.id, *by_one); }), "");
}

TEST_P(AccountsTest, NobodyReachesAboveHisRole) {
  const User owner = found();
  const User manager = add("manager@example.jp", Role::manager);
  const User member = add("member@example.jp", Role::member);
  const auto by_manager = accounts_.access_of(manager.id);
  const auto by_member = accounts_.access_of(member.id);

  EXPECT_EQ(refusal([&] {
              accounts_.add_user({.name = "x", .email = "x@example.jp", .role = Role::owner},
                                 *by_manager);
            }),
            "role_above_own");
  EXPECT_EQ(refusal([&] { accounts_.change_user(member.id, {.role = Role::owner}, *by_manager); }),
            "role_above_own");
  EXPECT_EQ(refusal([&] { accounts_.change_user(owner.id, {.password = kPassword}, *by_manager); }),
            "role_above_own");
  EXPECT_EQ(refusal([&] { accounts_.invite_again(owner.id, *by_manager); }), "role_above_own");
  EXPECT_EQ(refusal([&] { accounts_.set_role(default_role(Role::member), *by_manager); }),
            "forbidden");
  EXPECT_EQ(
      refusal([&] { accounts_.add_user({.name = "x", .email = "y@example.jp"}, *by_member); }),
      "forbidden");
  EXPECT_EQ(refusal([&] { accounts_.change_user(manager.id, {.name = "x"}, *by_member); }),
            "forbidden");
  EXPECT_EQ(refusal([&] { accounts_.change_user(member.id, {.role = Role::member}, *by_member); }),
            "forbidden");
  EXPECT_EQ(accounts_.change_user(member.id, {.name = "新しい名前"}, *by_member).name,
            "新しい名前");
}

TEST_P(AccountsTest, TheLastOwnerStaysOne) {
  const User owner = found();
  EXPECT_EQ(refusal([&] { accounts_.change_user(owner.id, {.role = Role::member}, *owner_); }),
            "last_owner");
  EXPECT_EQ(refusal([&] { accounts_.change_user(owner.id, {.disabled = true}, *owner_); }),
            "last_owner");
  const User second = add("second@example.jp", Role::owner);

  EXPECT_EQ(accounts_.change_user(owner.id, {.role = Role::member}, *owner_).role, Role::member);
  EXPECT_EQ(refusal([&] {
              accounts_.change_user(second.id, {.disabled = true}, *accounts_.access_of(second.id));
            }),
            "last_owner");
}

TEST_P(AccountsTest, OneMailAddressIsOneUser) {
  const User owner = found();
  const User user = add("hanako@example.jp");

  EXPECT_EQ(refusal([&] { add("Hanako@EXAMPLE.jp"); }), "duplicate");
  EXPECT_EQ(refusal([&] { accounts_.change_user(user.id, {.email = "TARO@example.jp"}, *owner_); }),
            "duplicate");
  EXPECT_EQ(accounts_.user_by_email(" TARO@Example.jp ")->id, owner.id);
  EXPECT_EQ(accounts_.user_by_email("nobody@example.jp"), std::nullopt);
}

TEST_P(AccountsTest, PasswordIsNotTheNameOrAddressAlreadyThere) {
  found();
  const User user = add("hanako.sato@example.jp");
  const auto self = accounts_.access_of(user.id);

  for (const char* wrong : {"hanako.sato@example.jp", "Hanako.Sato", "佐藤 花子"}) {
    SCOPED_TRACE(wrong);
    EXPECT_NE(refusal([&] { accounts_.change_user(user.id, {.password = wrong}, *self); }), "");
  }
  EXPECT_EQ(sign_in_refusal("hanako.sato@example.jp", kPassword), "");
}

TEST_P(AccountsTest, TeamsAreGivenAndTaken) {
  found();
  const Team sales = accounts_.add_team("営業一課", *owner_);
  const Team other = accounts_.add_team("営業二課", *owner_);
  const User user = accounts_
                        .add_user({.name = "花子",
                                   .email = "h@example.jp",
                                   .role = Role::member,
                                   .teams = {sales.id},
                                   .password = kPassword},
                                  *owner_)
                        .user;

  EXPECT_EQ(accounts_.access_of(user.id)->teams(), std::vector<Id>{sales.id});
  accounts_.change_user(user.id, {.teams = std::vector<Id>{sales.id, other.id}}, *owner_);
  EXPECT_EQ(accounts_.access_of(user.id)->teams().size(), 2U);
  EXPECT_EQ(
      refusal([&] { accounts_.change_user(user.id, {.teams = std::vector<Id>{99}}, *owner_); }),
      "link_not_found");
  EXPECT_EQ(accounts_.access_of(user.id)->teams().size(), 2U);
  accounts_.remove_team(other.id, *owner_);
  EXPECT_EQ(accounts_.access_of(user.id)->teams(), std::vector<Id>{sales.id});
  EXPECT_EQ(refusal([&] { accounts_.remove_team(other.id, *owner_); }), "not_found");
  EXPECT_EQ(refusal([&] { accounts_.rename_team(sales.id, " ", *owner_); }), "required");
}

TEST_P(AccountsTest, NamesAreKnownToOtherServersSoon) {
  const User owner = found();
  Accounts other(*store_, clock_, ids_, [] { return test_catalog(); });
  const std::string token = sign_in("taro@example.jp").token;
  ASSERT_NE(other.by_session(token), nullptr);
  ASSERT_EQ(other.user_name(owner.id), "山田 太郎");

  accounts_.change_user(owner.id, {.name = "山田 次郎"}, *owner_);
  clock_.advance(5'001);
  ASSERT_NE(other.by_session(token), nullptr);

  EXPECT_EQ(other.user_name(owner.id), "山田 次郎");
  EXPECT_EQ(other.user_name(1), "");
}

TEST_P(AccountsTest, ManyAreRecognizedWhileRightsChange) {
  const User owner = found();
  const User user = add("hanako@example.jp");
  const std::string session = sign_in("taro@example.jp").token;
  const std::string token =
      accounts_.make_api_token(user.id, "連携", "read", clock_.now() + kHour, nullptr);
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      while (!done) {
        const auto principal = accounts_.by_session(session);
        EXPECT_TRUE(principal != nullptr && principal->user.id == owner.id);
        EXPECT_NE(accounts_.by_api_token(token), nullptr);
        static_cast<void>(accounts_.user_name(user.id));
      }
    });
  }

  for (int i = 0; i < 20; ++i) {
    accounts_.change_user(user.id, {.role = i % 2 == 0 ? Role::viewer : Role::member}, *owner_);
    const std::string other = sign_in("taro@example.jp").token;
    accounts_.sign_out(other);
    EXPECT_EQ(accounts_.by_session(other), nullptr);
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
}

// --- tokens of programs ---

TEST_P(AccountsTest, TokenMayDoWhatItsScopeSays) {
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

TEST_P(AccountsTest, TokenAndSessionAreNotEachOther) {
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

TEST_P(AccountsTest, TokenEnds) {
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

TEST_P(AccountsTest, TokenTellsItsLastUse) {
  const User owner = found();
  const std::string token =
      accounts_.make_api_token(owner.id, "連携", "read", clock_.now() + kHour, nullptr);
  EXPECT_EQ(accounts_.api_tokens(owner.id).front().last_used_at, 0);

  ASSERT_NE(accounts_.by_api_token(token), nullptr);

  EXPECT_EQ(accounts_.api_tokens(owner.id).front().last_used_at, clock_.now());
}

TEST_P(AccountsTest, KeepsNoSecretAsItIs) {
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
