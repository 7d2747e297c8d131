#include "auth/accounts.h"

#include "auth/password.h"
#include "auth/role_json.h"
#include "base/ascii.h"
#include "base/crypto.h"
#include "text/email.h"
#include "text/fold.h"

namespace daifuku::auth {
namespace {

bool is_peer(const User& user, const Access& by) {
  return by.role() != meta::Role::owner && user.role == by.role();
}

constexpr Millis kMinute = 60'000;
constexpr Millis kSetupValid = 15 * kMinute;
constexpr Millis kInviteValid = 7 * 24 * 60 * kMinute;
// How long another server's change of rights may stay unseen here.
constexpr Millis kRecheck = 5'000;

constexpr std::string_view kUserColumns =
    "u.id, u.name, u.email, u.role, u.language, u.disabled, u.last_seen_at, u.password_hash";

User read_user(store::Query& row) {
  User user;
  user.id = row.integer(0);
  user.name = row.text(1);
  user.email = row.text(2);
  user.role = parse_role(row.text(3)).value_or(meta::Role::viewer);
  user.language = row.text(4) == "en" ? Language::en : Language::ja;
  user.disabled = row.integer(5) != 0;
  user.last_seen_at = row.integer(6);
  user.invited = row.is_null(7);
  return user;
}

void read_teams(store::Connection& connection, User& user) {
  auto rows = connection.query(
      "SELECT m.team_id FROM team_member m WHERE {m} AND m.user_id = ? ORDER BY m.team_id");
  rows.bind(user.id);
  while (rows.step()) user.teams.push_back(rows.integer(0));
}

std::optional<User> find_user(store::Connection& connection, Id id) {
  User user;
  {
    auto rows = connection.query("SELECT " + std::string(kUserColumns) +
                                 " FROM user_account u WHERE {u} AND u.id = ?");
    rows.bind(id);
    if (!rows.step()) return std::nullopt;
    user = read_user(rows);
  }
  read_teams(connection, user);
  return user;
}

std::string required_name(std::string_view name, Problems& problems) {
  std::string clean = text::nfc(name);
  if (clean.empty()) problems.push_back({"name", "required", {}});
  if (text::length(clean) > 100) problems.push_back({"name", "too_long", {{"max", "100"}}});
  return clean;
}

std::string required_email(std::string_view email, Problems& problems) {
  if (text::nfc(email).empty()) {
    problems.push_back({"email", "required", {}});
    return {};
  }
  const auto clean = text::normalize_email(email);
  if (!clean) {
    problems.push_back({"email", "invalid_email", {}});
    return {};
  }
  return lower_ascii(*clean);
}

void refuse(const Problems& problems) {
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
}

void insert_user(store::Transaction& tx, const User& user, std::string_view hash,
                 std::string_view invite_hash, Millis invite_until, Millis now) {
  {
    auto taken = tx.query("SELECT u.id FROM user_account u WHERE {u} AND u.email = ?");
    taken.bind(user.email);
    if (taken.step()) refuse({{"email", "duplicate", {}}});
  }
  auto insert = tx.query(
      "INSERT INTO user_account ({tenant_id}, id, name, email, role, password_hash, language, "
      "disabled, created_at, "
      "invite_hash, invite_until) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)");
  insert.bind(user.id, user.name, user.email, role_name(user.role),
              hash.empty() ? meta::Value() : meta::Value(std::string(hash)),
              user.language == Language::en ? "en" : "ja", now,
              invite_hash.empty() ? meta::Value() : meta::Value(std::string(invite_hash)),
              invite_until);
  insert.run();
}

void write_teams(store::Transaction& tx, Id user, const std::vector<Id>& teams) {
  auto clear = tx.query("DELETE FROM team_member WHERE {team_member} AND user_id = ?");
  clear.bind(user).run();
  for (const Id team : teams) {
    {
      auto known = tx.query("SELECT t.id FROM team t WHERE {t} AND t.id = ?");
      known.bind(team);
      if (!known.step()) refuse({{"team_ids", "link_not_found", {}}});
    }
    auto insert = tx.query(
        "INSERT INTO team_member ({tenant_id}, user_id, team_id) VALUES ({tenant}, ?, ?) ON "
        "CONFLICT DO NOTHING");
    insert.bind(user, team).run();
  }
}

void end_sessions(store::Transaction& tx, Id user) {
  tx.query("DELETE FROM session WHERE {session} AND user_id = ?").bind(user).run();
}

}  // namespace

Accounts::Accounts(store::Database& database, const Clock& clock, IdGenerator& ids,
                   CatalogSource catalog)
    : database_(database),
      clock_(clock),
      ids_(ids),
      catalog_(std::move(catalog)),
      throttle_(clock) {}

bool Accounts::has_owner() {
  bool found = false;
  database_.read([&](store::Connection& c) {
    found =
        c.query("SELECT u.id FROM user_account u WHERE {u} AND u.role = 'owner' LIMIT 1").step();
  });
  return found;
}

std::string Accounts::make_setup_token() {
  std::string token = base64url(random_bytes(24));
  const std::lock_guard lock(mutex_);
  setup_hash_ = sha256_hex(token);
  setup_until_ = clock_.now() + kSetupValid;
  return token;
}

bool Accounts::setup_token_right(const std::string& token) {
  const std::lock_guard lock(mutex_);
  return !setup_hash_.empty() && clock_.now() <= setup_until_ &&
         equal_constant_time(setup_hash_, sha256_hex(token));
}

Id Accounts::invited_user(const std::string& token_hash) {
  Id id = 0;
  database_.read([&](store::Connection& c) {
    auto rows = c.query(
        "SELECT u.id FROM user_account u WHERE {u} AND u.invite_hash = ? AND u.invite_until > ? "
        "AND u.disabled = 0");
    rows.bind(token_hash, clock_.now());
    if (rows.step()) id = rows.integer(0);
  });
  return id;
}

User Accounts::set_up(const Setup& setup) {
  if (!setup_token_right(setup.token)) throw AppError(Status::forbidden, "setup_token_wrong");
  Problems problems;
  User user{.id = ids_.next(), .role = meta::Role::owner};
  const std::string company = text::nfc(setup.company);
  if (company.empty()) problems.push_back({"company_name", "required", {}});
  user.name = required_name(setup.name, problems);
  user.email = required_email(setup.email, problems);
  check_password(setup.password, {user.email, company, user.name}, problems);
  refuse(problems);
  const std::string hash = hash_password(setup.password);
  database_.write([&](store::Transaction& tx) {
    if (tx.query("SELECT u.id FROM user_account u WHERE {u} AND u.role = 'owner' LIMIT 1").step()) {
      throw AppError(Status::forbidden, "setup_done");
    }
    insert_user(tx, user, hash, {}, 0, clock_.now());
    tx.query(
          "INSERT INTO setting ({tenant_id}, key, value) VALUES ({tenant}, 'company_name', ?) "
          "ON CONFLICT ({tenant_id}, key) DO UPDATE SET value = excluded.value")
        .bind(company)
        .run();
  });
  invalidate();
  const std::lock_guard lock(mutex_);
  setup_hash_.clear();
  return user;
}

void Accounts::require_administrator(const Access& by) const {
  if (!by.administers()) throw AppError(Status::forbidden, "forbidden");
}

Accounts::Created Accounts::add_user(const NewUser& wanted, const Access& by) {
  require_administrator(by);
  if (wanted.role > by.role()) throw AppError(Status::forbidden, "role_above_own");
  Problems problems;
  Created created;
  created.user = User{
      .id = ids_.next(), .role = wanted.role, .teams = wanted.teams, .language = wanted.language};
  created.user.name = required_name(wanted.name, problems);
  created.user.email = required_email(wanted.email, problems);
  std::string hash;
  if (!wanted.password.empty()) {
    check_password(wanted.password, {created.user.email, created.user.name}, problems);
  }
  refuse(problems);
  if (!wanted.password.empty()) {
    hash = hash_password(wanted.password);
  } else {
    created.invitation = base64url(random_bytes(32));
    created.user.invited = true;
  }
  database_.write([&](store::Transaction& tx) {
    insert_user(tx, created.user, hash,
                created.invitation.empty() ? "" : sha256_hex(created.invitation),
                clock_.now() + kInviteValid, clock_.now());
    write_teams(tx, created.user.id, wanted.teams);
  });
  invalidate();
  return created;
}

User Accounts::change_user(Id id, const UserChange& change, const Access& by) {
  const bool self = by.user() == id;
  if (!self || change.role || change.teams || change.disabled || change.email)
    require_administrator(by);
  Problems problems;
  std::string name, email, hash;
  if (change.name) name = required_name(*change.name, problems);
  if (change.email) email = required_email(*change.email, problems);
  if (change.password) {
    const auto known = this->user(id).value_or(User{});
    check_password(*change.password,
                   {change.email ? email : known.email, change.name ? name : known.name}, problems);
  }
  refuse(problems);
  if (change.password) hash = hash_password(*change.password);
  User user;
  database_.write([&](store::Transaction& tx) {
    const auto before = find_user(tx, id);
    if (!before) throw AppError(Status::not_found, "not_found");
    // Nobody reaches above his own role, not even to take it away from another.
    if (!self && before->role > by.role()) throw AppError(Status::forbidden, "role_above_own");
    // Who sets a password or address can sign in as that person: not among equals.
    if (!self && (change.password || change.email) && is_peer(*before, by))
      throw AppError(Status::forbidden, "peer_account");
    if (change.role && *change.role > by.role())
      throw AppError(Status::forbidden, "role_above_own");
    const bool stays_owner = (!change.role || *change.role == meta::Role::owner) &&
                             !change.disabled.value_or(before->disabled);
    if (before->role == meta::Role::owner && !stays_owner) {
      auto others = tx.query(
          "SELECT u.id FROM user_account u WHERE {u} AND u.role = 'owner' AND u.disabled = 0 AND "
          "u.id <> ? LIMIT 1");
      others.bind(id);
      if (!others.step()) throw AppError(Status::forbidden, "last_owner");
    }
    user = *before;
    if (change.name) user.name = name;
    if (change.role) user.role = *change.role;
    if (change.disabled) user.disabled = *change.disabled;
    if (change.language) user.language = *change.language;
    if (change.email && email != user.email) {
      auto taken = tx.query("SELECT u.id FROM user_account u WHERE {u} AND u.email = ?");
      taken.bind(email);
      if (taken.step()) refuse({{"email", "duplicate", {}}});
      user.email = email;
    }
    tx.query(
          "UPDATE user_account SET name = ?, email = ?, role = ?, disabled = ?, language = ? "
          "WHERE {user_account} AND id = ?")
        .bind(user.name, user.email, role_name(user.role), user.disabled,
              user.language == Language::en ? "en" : "ja", id)
        .run();
    if (change.teams) {
      write_teams(tx, id, *change.teams);
      user.teams = *change.teams;
    }
    if (change.password) {
      tx.query(
            "UPDATE user_account SET password_hash = ?, invite_hash = NULL WHERE {user_account} "
            "AND id = ?")
          .bind(hash, id)
          .run();
    }
    if (change.password || change.role || user.disabled) end_sessions(tx, id);
    // Nor does the address come back to life with an account that is enabled again; and who has
    // taken over an account must not keep reading when its password is set anew.
    if (user.disabled || change.password)
      tx.query("DELETE FROM calendar_link WHERE {calendar_link} AND user_id = ?").bind(id).run();
  });
  invalidate();
  return user;
}

std::string Accounts::invite_again(Id id, const Access& by) {
  require_administrator(by);
  std::string token = base64url(random_bytes(32));
  database_.write([&](store::Transaction& tx) {
    const auto user = find_user(tx, id);
    if (!user) throw AppError(Status::not_found, "not_found");
    if (user->role > by.role()) throw AppError(Status::forbidden, "role_above_own");
    if (!user->invited && by.user() != id && is_peer(*user, by))
      throw AppError(Status::forbidden, "peer_account");
    tx.query(
          "UPDATE user_account SET invite_hash = ?, invite_until = ? WHERE {user_account} AND id = "
          "?")
        .bind(sha256_hex(token), clock_.now() + kInviteValid, id)
        .run();
  });
  return token;
}

User Accounts::accept_invitation(const std::string& token, const std::string& password) {
  const std::string token_hash = sha256_hex(token);
  const Id id = invited_user(token_hash);
  if (id == 0) throw AppError(Status::forbidden, "invitation_wrong");
  const std::optional<User> user = this->user(id);
  Problems problems;
  check_password(password, {user->email, user->name}, problems);
  refuse(problems);
  const std::string hash = hash_password(password);
  database_.write([&](store::Transaction& tx) {
    const auto changed = tx.query(
                               "UPDATE user_account SET password_hash = ?, invite_hash = NULL "
                               "WHERE {user_account} AND id = ? AND invite_hash = ?")
                             .bind(hash, user->id, token_hash)
                             .run();
    if (changed == 0) throw AppError(Status::forbidden, "invitation_wrong");
    end_sessions(tx, user->id);
    tx.query("DELETE FROM calendar_link WHERE {calendar_link} AND user_id = ?")
        .bind(user->id)
        .run();
  });
  invalidate();
  return *user;
}

std::vector<User> Accounts::users() {
  std::vector<User> out;
  database_.read([&](store::Connection& c) {
    {
      auto rows =
          c.query("SELECT " + std::string(kUserColumns) +
                  " FROM user_account u WHERE {u} ORDER BY u.disabled, u.name, u.id LIMIT 10000");
      while (rows.step()) out.push_back(read_user(rows));
    }
    for (User& user : out) read_teams(c, user);
  });
  return out;
}

std::string Accounts::user_name(Id id) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(id);
  return found == names_.end() ? std::string() : found->second;
}

void Accounts::refresh_names() {
  const Millis now = clock_.now();
  const std::uint64_t epoch = epoch_.load();
  {
    const std::lock_guard lock(mutex_);
    if (names_epoch_ == epoch && names_at_ + kRecheck > now) return;
    names_at_ = now;  // One thread reads; the others go on with what is known.
  }
  std::unordered_map<Id, std::string> names;
  for (const User& user : users()) names[user.id] = user.name;
  const std::lock_guard lock(mutex_);
  names_ = std::move(names);
  names_epoch_ = epoch;
}

std::shared_ptr<const Access> Accounts::access_of(Id id) {
  const auto found = user(id);
  return !found || found->disabled ? nullptr : make_access(*found);
}

std::optional<User> Accounts::user(Id id) {
  std::optional<User> out;
  database_.read([&](store::Connection& c) { out = find_user(c, id); });
  return out;
}

std::optional<User> Accounts::user_by_email(std::string_view email) {
  Problems ignored;
  const std::string clean = required_email(email, ignored);
  std::optional<User> out;
  database_.read([&](store::Connection& c) {
    Id id = 0;
    {
      auto rows = c.query("SELECT u.id FROM user_account u WHERE {u} AND u.email = ?");
      rows.bind(clean);
      if (rows.step()) id = rows.integer(0);
    }
    if (id != 0) out = find_user(c, id);
  });
  return out;
}

std::vector<Team> Accounts::teams() {
  std::vector<Team> out;
  database_.read([&](store::Connection& c) {
    auto rows =
        c.query("SELECT t.id, t.name FROM team t WHERE {t} ORDER BY t.name, t.id LIMIT 1000");
    while (rows.step())
      out.push_back(Team{.id = rows.integer(0), .name = std::string(rows.text(1))});
  });
  return out;
}

Team Accounts::add_team(const std::string& name, const Access& by) {
  require_administrator(by);
  Problems problems;
  Team team{.id = ids_.next(), .name = required_name(name, problems)};
  refuse(problems);
  database_.write([&](store::Transaction& tx) {
    tx.query("INSERT INTO team ({tenant_id}, id, name) VALUES ({tenant}, ?, ?)")
        .bind(team.id, team.name)
        .run();
  });
  return team;
}

void Accounts::rename_team(Id id, const std::string& name, const Access& by) {
  require_administrator(by);
  Problems problems;
  const std::string clean = required_name(name, problems);
  refuse(problems);
  database_.write([&](store::Transaction& tx) {
    if (tx.query("UPDATE team SET name = ? WHERE {team} AND id = ?").bind(clean, id).run() == 0) {
      throw AppError(Status::not_found, "not_found");
    }
  });
}

void Accounts::remove_team(Id id, const Access& by) {
  require_administrator(by);
  database_.write([&](store::Transaction& tx) {
    tx.query("DELETE FROM team_member WHERE {team_member} AND team_id = ?").bind(id).run();
    if (tx.query("DELETE FROM team WHERE {team} AND id = ?").bind(id).run() == 0) {
      throw AppError(Status::not_found, "not_found");
    }
  });
  invalidate();
}

RoleSettings Accounts::role(meta::Role role) {
  RoleSettings settings;
  database_.read([&](store::Connection& c) { settings = stored_role(c, role); });
  return settings;
}

void Accounts::set_role(const RoleSettings& settings, const Access& by) {
  if (by.role() != meta::Role::owner) throw AppError(Status::forbidden, "forbidden");
  if (settings.role == meta::Role::owner) throw AppError(Status::forbidden, "owner_role_fixed");
  database_.write([&](store::Transaction& tx) { store_role(tx, settings); });
  invalidate();
}

std::string Accounts::setting(std::string_view key, std::string_view fallback) {
  std::string out(fallback);
  database_.read([&](store::Connection& c) {
    auto rows = c.query("SELECT s.value FROM setting s WHERE {s} AND s.key = ?");
    rows.bind(key);
    if (rows.step()) out = rows.text(0);
  });
  return out;
}

void Accounts::set_setting(std::string_view key, std::string_view value) {
  database_.write([&](store::Transaction& tx) { put_setting(tx, key, value); });
}

void Accounts::put_setting(store::Transaction& tx, std::string_view key, std::string_view value) {
  tx.query(
        "INSERT INTO setting ({tenant_id}, key, value) VALUES ({tenant}, ?, ?) "
        "ON CONFLICT ({tenant_id}, key) DO UPDATE SET value = excluded.value")
      .bind(key, value)
      .run();
}

}  // namespace daifuku::auth
