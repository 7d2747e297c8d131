// Signing in and being recognized: the second half of Accounts.
#include <algorithm>

#include "auth/accounts.h"
#include "auth/password.h"
#include "base/ascii.h"
#include "base/crypto.h"

namespace daifuku::auth {
namespace {

constexpr Millis kMinute = 60'000;
constexpr Millis kIdle = 30 * kMinute;
constexpr Millis kAbsolute = 12 * 60 * kMinute;
constexpr Millis kWriteSeen = 2 * kMinute;
constexpr Millis kRecheck = 5'000;
constexpr std::string_view kTokenPrefix = "dfk_";

}  // namespace

std::shared_ptr<const Access> Accounts::make_access(const User& user) {
  return std::make_shared<const Access>(catalog_(), user.id, user.teams, role(user.role));
}

std::string Accounts::start_session(store::Transaction& tx, Id user, std::string_view remote,
                                    std::string_view agent) {
  std::string token = base64url(random_bytes(32));
  const std::string csrf = base64url(random_bytes(24));
  const Millis now = clock_.now();
  tx.query(
        "DELETE FROM session WHERE {session} AND user_id = ? AND (created_at < ? OR seen_at < ?)")
      .bind(user, now - kAbsolute, now - kIdle)
      .run();
  tx.query(
        "INSERT INTO session ({tenant_id}, hash, user_id, csrf, created_at, seen_at, agent, "
        "remote) "
        "VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?)")
      .bind(sha256_hex(token), user, csrf, now, now, agent.substr(0, 300), remote)
      .run();
  tx.query("UPDATE user_account SET last_seen_at = ? WHERE {user_account} AND id = ?")
      .bind(now, user)
      .run();
  return token;
}

void Accounts::refuse_while_paused(std::initializer_list<Millis> waits) const {
  const Millis wait = std::max(waits);
  if (wait == 0) return;
  throw AppError(Status::too_many, "too_many", {}, {},
                 "{\"retry_after_ms\":" + std::to_string(wait) + "}");
}

bool Accounts::link_works(LinkKind kind, const std::string& token, std::string_view remote) {
  // Apart from sign-in: somebody who opens an old link again and again may still sign in.
  const std::string source = "l:" + Throttle::source_key(remote);
  const std::string all = "links";
  refuse_while_paused({throttle_.wait_for(source), throttle_.wait_for(all, Throttle::kFreeForAll)});
  const bool works = kind == LinkKind::setup ? setup_token_right(token) && !has_owner()
                                             : invited_user(sha256_hex(token)) != 0;
  if (!works) {
    throttle_.failed(source);
    throttle_.failed(all);
  }
  return works;
}

Accounts::SignedIn Accounts::sign_in(std::string_view email, std::string_view password,
                                     std::string_view remote, std::string_view agent) {
  const std::string account_key = "a:" + lower_ascii(email);
  const std::string source = "s:" + Throttle::source_key(remote);
  const std::string all = "all";
  refuse_while_paused({throttle_.wait_for(account_key), throttle_.wait_for(source),
                       throttle_.wait_for(all, Throttle::kFreeForAll)});
  Id id = 0;
  std::string hash;
  database_.read([&](store::Connection& c) {
    auto rows = c.query(
        "SELECT u.id, u.password_hash, u.disabled FROM user_account u WHERE {u} AND u.email = ?");
    rows.bind(lower_ascii(email));
    if (rows.step() && rows.integer(2) == 0 && !rows.is_null(1)) {
      id = rows.integer(0);
      hash = rows.text(1);
    }
  });
  // Long input costs nobody anything; the answer is the same for every reason.
  const bool right = password.size() <= 1024 && verify_password(hash, password) && id != 0;
  if (!right) {
    throttle_.failed(account_key);
    throttle_.failed(source);
    throttle_.failed(all);
    throw AppError(Status::unauthorized, "sign_in_failed");
  }
  throttle_.succeeded(account_key);
  return sign_in_user(id, remote, agent);
}

Accounts::SignedIn Accounts::sign_in_user(Id user, std::string_view remote,
                                          std::string_view agent) {
  SignedIn out;
  database_.write(
      [&](store::Transaction& tx) { out.token = start_session(tx, user, remote, agent); });
  out.principal = by_session(out.token);
  DAIFUKU_CHECK(out.principal != nullptr);
  return out;
}

void Accounts::sign_out(std::string_view token) {
  const std::string hash = sha256_hex(token);
  database_.write([&](store::Transaction& tx) {
    tx.query("DELETE FROM session WHERE {session} AND hash = ?").bind(hash).run();
  });
  // A request that was recognized meanwhile may put its principal back: it counts no more.
  invalidate();
  const std::lock_guard lock(mutex_);
  cache_.erase(hash);
}

std::vector<SessionInfo> Accounts::sessions(Id user) {
  std::vector<SessionInfo> out;
  database_.read([&](store::Connection& c) {
    auto rows = c.query(
        "SELECT s.hash, s.created_at, s.seen_at, s.agent, s.remote FROM session s WHERE {s} AND "
        "s.user_id = ? AND s.created_at > ? "
        "AND s.seen_at > ? ORDER BY s.seen_at DESC LIMIT 100");
    rows.bind(user, clock_.now() - kAbsolute, clock_.now() - kIdle);
    while (rows.step()) {
      out.push_back({.id = std::string(rows.text(0)),
                     .created_at = rows.integer(1),
                     .seen_at = rows.integer(2),
                     .agent = std::string(rows.text(3)),
                     .remote = std::string(rows.text(4))});
    }
  });
  return out;
}

void Accounts::end_session(Id user, std::string_view session) {
  database_.write([&](store::Transaction& tx) {
    if (tx.query("DELETE FROM session WHERE {session} AND user_id = ? AND hash = ?")
            .bind(user, session)
            .run() == 0) {
      throw AppError(Status::not_found, "not_found");
    }
  });
  invalidate();
}

std::shared_ptr<const Principal> Accounts::load(std::string_view hash, bool token, Cached& cached) {
  auto principal = std::make_shared<Principal>();
  principal->token = token;
  Id user = 0;
  const Millis now = clock_.now();
  database_.read([&](store::Connection& c) {
    if (token) {
      auto rows = c.query(
          "SELECT t.user_id, t.scopes, t.expires_at, t.last_used_at FROM api_token t WHERE {t} AND "
          "t.hash = ?");
      rows.bind(hash);
      if (!rows.step() || rows.integer(2) <= now) return;
      user = rows.integer(0);
      principal->may_write = rows.text(1).find("write") != std::string_view::npos;
      cached.ends_at = rows.integer(2);
      cached.written_at = rows.integer(3);
      cached.seen_at = now;
    } else {
      auto rows = c.query(
          "SELECT s.user_id, s.csrf, s.created_at, s.seen_at FROM session s WHERE {s} AND s.hash = "
          "?");
      rows.bind(hash);
      if (!rows.step()) return;
      user = rows.integer(0);
      principal->csrf = rows.text(1);
      principal->session = hash;
      cached.ends_at = rows.integer(2) + kAbsolute;
      cached.written_at = rows.integer(3);
      cached.seen_at = std::max(cached.seen_at, rows.integer(3));
    }
  });
  if (user == 0) return nullptr;
  const auto found = this->user(user);
  if (!found || found->disabled) return nullptr;
  principal->user = *found;
  principal->access = make_access(*found);
  return principal;
}

std::shared_ptr<const Principal> Accounts::by_session(std::string_view token, bool active) {
  if (token.empty()) return nullptr;
  refresh_names();
  const std::string hash = sha256_hex(token);
  const Millis now = clock_.now();
  const std::uint64_t epoch = epoch_.load();
  Cached cached;
  {
    const std::lock_guard lock(mutex_);
    const auto found = cache_.find(hash);
    // What came as an API token is no session, though both are in here.
    if (found != cache_.end() && !found->second.principal->token) cached = found->second;
  }
  if (cached.principal == nullptr || cached.epoch != epoch || cached.checked_at + kRecheck < now) {
    cached.principal = load(hash, false, cached);
    cached.epoch = epoch;
    cached.checked_at = now;
  }
  if (cached.principal == nullptr || now > cached.ends_at || now > cached.seen_at + kIdle) {
    const std::lock_guard lock(mutex_);
    cache_.erase(hash);
    return nullptr;
  }
  if (active) cached.seen_at = now;
  const bool write_seen = active && cached.written_at + kWriteSeen < now;
  if (write_seen) cached.written_at = now;
  {
    const std::lock_guard lock(mutex_);
    if (cache_.size() > 20'000) cache_.clear();
    cache_[hash] = cached;
  }
  if (write_seen) {
    database_.write([&](store::Transaction& tx) {
      tx.query("UPDATE session SET seen_at = ? WHERE {session} AND hash = ?").bind(now, hash).run();
      tx.query("UPDATE user_account SET last_seen_at = ? WHERE {user_account} AND id = ?")
          .bind(now, cached.principal->user.id)
          .run();
    });
  }
  return cached.principal;
}

std::shared_ptr<const Principal> Accounts::by_api_token(std::string_view token) {
  if (!token.starts_with(kTokenPrefix)) return nullptr;
  refresh_names();
  const std::string hash = sha256_hex(token);
  const Millis now = clock_.now();
  const std::uint64_t epoch = epoch_.load();
  Cached cached;
  {
    const std::lock_guard lock(mutex_);
    const auto found = cache_.find(hash);
    if (found != cache_.end() && found->second.principal->token) cached = found->second;
  }
  if (cached.principal == nullptr || cached.epoch != epoch || cached.checked_at + kRecheck < now) {
    cached.principal = load(hash, true, cached);
    cached.epoch = epoch;
    cached.checked_at = now;
  }
  if (cached.principal == nullptr || now > cached.ends_at) return nullptr;
  const bool write_seen = cached.written_at + kWriteSeen < now;
  if (write_seen) cached.written_at = now;
  {
    const std::lock_guard lock(mutex_);
    cache_[hash] = cached;
  }
  if (write_seen) {
    database_.write([&](store::Transaction& tx) {
      tx.query("UPDATE api_token SET last_used_at = ? WHERE {api_token} AND hash = ?")
          .bind(now, hash)
          .run();
    });
  }
  return cached.principal;
}

std::string Accounts::make_api_token(Id user, const std::string& name, const std::string& scopes,
                                     Millis expires_at, TokenInfo* info) {
  std::string token = std::string(kTokenPrefix) + base64url(random_bytes(32));
  const TokenInfo made{.id = ids_.next(),
                       .name = name,
                       .scopes = scopes,
                       .created_at = clock_.now(),
                       .expires_at = expires_at};
  database_.write([&](store::Transaction& tx) {
    tx.query(
          "INSERT INTO api_token ({tenant_id}, hash, id, user_id, name, scopes, created_at, "
          "expires_at, last_used_at) "
          "VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?, 0)")
        .bind(sha256_hex(token), made.id, user, name, scopes, made.created_at, expires_at)
        .run();
  });
  if (info != nullptr) *info = made;
  return token;
}

std::vector<TokenInfo> Accounts::api_tokens(Id user) {
  std::vector<TokenInfo> out;
  database_.read([&](store::Connection& c) {
    auto rows = c.query(
        "SELECT t.id, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at FROM api_token "
        "t WHERE {t} AND t.user_id = ? "
        "ORDER BY t.created_at DESC LIMIT 1000");
    rows.bind(user);
    while (rows.step()) {
      out.push_back({.id = rows.integer(0),
                     .name = std::string(rows.text(1)),
                     .scopes = std::string(rows.text(2)),
                     .created_at = rows.integer(3),
                     .expires_at = rows.integer(4),
                     .last_used_at = rows.integer(5)});
    }
  });
  return out;
}

void Accounts::remove_api_token(Id user, Id token) {
  database_.write([&](store::Transaction& tx) {
    if (tx.query("DELETE FROM api_token WHERE {api_token} AND user_id = ? AND id = ?")
            .bind(user, token)
            .run() == 0) {
      throw AppError(Status::not_found, "not_found");
    }
  });
  invalidate();
}

}  // namespace daifuku::auth
