#include <atomic>
#include <thread>

#include "auth/test_accounts.h"

namespace daifuku::auth {
namespace {

using meta::Role;

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

}  // namespace
}  // namespace daifuku::auth
