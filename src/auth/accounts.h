// Users, teams, roles, sessions and API tokens of a company.
#pragma once

#include <atomic>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "auth/access.h"
#include "auth/throttle.h"
#include "base/id.h"
#include "base/messages.h"
#include "store/database.h"
#include "store/schema.h"

namespace daifuku::auth {

std::vector<store::Table> tables();

struct User {
  Id id = 0;
  std::string name = {};
  std::string email = {};
  meta::Role role = meta::Role::member;
  std::vector<Id> teams = {};
  bool disabled = false;
  bool invited = false;  // has not chosen a password yet
  Language language = Language::ja;
  Millis last_seen_at = 0;
};

struct Team {
  Id id = 0;
  std::string name = {};
};

// Somebody who is signed in, or a program with a token. Immutable; shared by concurrent requests.
struct Principal {
  User user = {};
  std::shared_ptr<const Access> access = {};
  std::string csrf = {};     // empty for tokens
  std::string session = {};  // hash of the session token, its public name; empty for tokens
  bool token = false;
  bool may_write = true;  // a token's scope
};

struct SessionInfo {
  std::string id = {};
  Millis created_at = 0;
  Millis seen_at = 0;
  std::string agent = {};
  std::string remote = {};
};

struct TokenInfo {
  Id id = 0;
  std::string name = {};
  std::string scopes = {};
  Millis created_at = 0;
  Millis expires_at = 0;
  Millis last_used_at = 0;
};

// Thread-safe.
class Accounts {
 public:
  using CatalogSource = std::function<std::shared_ptr<const meta::Catalog>()>;
  Accounts(store::Database& database, const Clock& clock, IdGenerator& ids, CatalogSource catalog);

  // Whether a one-time link can still be used, told before anybody fills in what follows. Throws
  // AppError(too_many) while the source, or all together, tried too many wrong ones.
  enum class LinkKind { setup, invitation };
  bool link_works(LinkKind kind, const std::string& token, std::string_view remote);

  bool has_owner();
  // A one-time token for the first owner, valid for 15 minutes; a new one replaces it.
  std::string make_setup_token();
  struct Setup {
    std::string token = {}, company = {}, name = {}, email = {}, password = {};
  };
  // Makes the owner. Throws AppError(forbidden, "setup_token_wrong") or invalid with problems.
  User set_up(const Setup& setup);

  struct NewUser {
    std::string name = {}, email = {};
    meta::Role role = meta::Role::member;
    std::vector<Id> teams = {};
    std::string password = {};  // empty: an invitation is made
    Language language = Language::ja;
  };
  struct Created {
    User user = {};
    std::string invitation = {};  // token, valid for 7 days; empty when a password was given
  };
  Created add_user(const NewUser& user, const Access& by);
  struct UserChange {
    std::optional<std::string> name = {}, email = {}, password = {};
    std::optional<meta::Role> role = {};
    std::optional<std::vector<Id>> teams = {};
    std::optional<bool> disabled = {};
    std::optional<Language> language = {};
  };
  // Ends the sessions of the user where rights or password change. The last owner stays one.
  User change_user(Id id, const UserChange& change, const Access& by);
  std::string invite_again(Id id, const Access& by);
  User accept_invitation(const std::string& token, const std::string& password);
  std::vector<User> users();
  // Of anybody who ever had an account; empty when unknown. From memory, since records ask in the
  // middle of a read: refreshed whenever somebody is recognized (by_session, by_api_token) and by
  // refresh_names().
  std::string user_name(Id id);
  void refresh_names();
  // What that user may do now; nullptr when unknown or disabled. For work that goes on after its
  // request.
  std::shared_ptr<const Access> access_of(Id user);
  std::optional<User> user(Id id);
  std::optional<User> user_by_email(std::string_view email);

  std::vector<Team> teams();
  Team add_team(const std::string& name, const Access& by);
  void rename_team(Id id, const std::string& name, const Access& by);
  void remove_team(Id id, const Access& by);

  RoleSettings role(meta::Role role);
  void set_role(const RoleSettings& settings, const Access& by);

  // Throws AppError(unauthorized, "sign_in_failed") for every reason alike, or too_many while
  // throttled.
  struct SignedIn {
    std::string token = {};  // for the cookie
    std::shared_ptr<const Principal> principal = {};
  };
  SignedIn sign_in(std::string_view email, std::string_view password, std::string_view remote,
                   std::string_view agent);
  SignedIn sign_in_user(Id user, std::string_view remote, std::string_view agent);
  void sign_out(std::string_view token);
  std::vector<SessionInfo> sessions(Id user);
  void end_session(Id user, std::string_view session);

  // Who this is; nullptr when the token is unknown, expired (30 min idle, 12 h in all) or its user
  // disabled. `active` false: a look that does not count as use (event streams), so that a
  // forgotten screen still signs out.
  std::shared_ptr<const Principal> by_session(std::string_view token, bool active = true);
  std::shared_ptr<const Principal> by_api_token(std::string_view token);

  std::string make_api_token(Id user, const std::string& name, const std::string& scopes,
                             Millis expires_at, TokenInfo* info);
  std::vector<TokenInfo> api_tokens(Id user);
  void remove_api_token(Id user, Id token);

  std::string setting(std::string_view key, std::string_view fallback = {});
  void set_setting(std::string_view key, std::string_view value);
  // As part of a transaction that is under way.
  static void put_setting(store::Transaction& tx, std::string_view key, std::string_view value);

  // Users or roles or the catalog changed: principals are made anew at their next request.
  void invalidate() { ++epoch_; }

 private:
  struct Cached {
    std::shared_ptr<const Principal> principal;
    std::uint64_t epoch = 0;
    Millis checked_at = 0;
    Millis seen_at = 0;     // last request
    Millis written_at = 0;  // last request as stored
    Millis ends_at = 0;
  };
  std::shared_ptr<const Principal> load(std::string_view hash, bool token, Cached& cached);
  std::shared_ptr<const Access> make_access(const User& user);
  void require_administrator(const Access& by) const;
  void refuse_while_paused(std::initializer_list<Millis> waits) const;
  bool setup_token_right(const std::string& token);
  // 0 when it is unknown, used or expired.
  Id invited_user(const std::string& token_hash);
  std::string start_session(store::Transaction& tx, Id user, std::string_view remote,
                            std::string_view agent);

  store::Database& database_;
  const Clock& clock_;
  IdGenerator& ids_;
  CatalogSource catalog_;
  Throttle throttle_;
  std::atomic<std::uint64_t> epoch_{1};
  std::mutex mutex_;  // guards the members below
  std::unordered_map<std::string, Cached> cache_;
  std::unordered_map<Id, std::string> names_;
  std::uint64_t names_epoch_ = 0;
  Millis names_at_ = 0;
  std::string setup_hash_;
  Millis setup_until_ = 0;
};

}  // namespace daifuku::auth
