#include "auth/calendar_links.h"

#include <algorithm>

#include "base/crypto.h"

namespace daifuku::auth {
namespace {

// When a link was last used is told to the minute at best: calendars ask again and again.
constexpr Millis kWriteUsed = 60'000;

constexpr Millis kHour = 3'600'000;

// As it is stored: a bit each.
constexpr std::int64_t kTasks = 1;
constexpr std::int64_t kActivities = 2;
constexpr std::int64_t kCustomers = 4;
constexpr std::int64_t kDone = 8;

std::int64_t bits_of(const CalendarContent& content) {
  return (content.tasks ? kTasks : 0) | (content.activities ? kActivities : 0) |
         (content.customers ? kCustomers : 0) | (content.done ? kDone : 0);
}

CalendarContent content_of(std::int64_t bits) {
  return {.tasks = (bits & kTasks) != 0,
          .activities = (bits & kActivities) != 0,
          .customers = (bits & kCustomers) != 0,
          .done = (bits & kDone) != 0};
}

}  // namespace

std::optional<CalendarLinks::Link> CalendarLinks::find(Id user) {
  std::optional<Link> out;
  database_.read([&](store::Connection& c) {
    auto rows = c.query(
        "SELECT l.created_at, l.last_used_at, l.content FROM calendar_link l WHERE {l} AND "
        "l.user_id = ?");
    rows.bind(user);
    if (rows.step()) {
      out = {.created_at = rows.integer(0),
             .last_used_at = rows.integer(1),
             .content = content_of(rows.integer(2))};
    }
  });
  return out;
}

std::string CalendarLinks::make(Id user, const CalendarContent& content) {
  std::string token = base64url(random_bytes(32));
  database_.write([&](store::Transaction& tx) {
    tx.query("DELETE FROM calendar_link WHERE {calendar_link} AND user_id = ?").bind(user).run();
    tx.query(
          "INSERT INTO calendar_link ({tenant_id}, user_id, hash, created_at, last_used_at, "
          "content) "
          "VALUES ({tenant}, ?, ?, ?, 0, ?)")
        .bind(user, sha256_hex(token), clock_.now(), bits_of(content))
        .run();
  });
  return token;
}

bool CalendarLinks::change(Id user, const CalendarContent& content) {
  bool there = false;
  database_.write([&](store::Transaction& tx) {
    there = tx.query("UPDATE calendar_link SET content = ? WHERE {calendar_link} AND user_id = ?")
                .bind(bits_of(content), user)
                .run() != 0;
  });
  return there;
}

void CalendarLinks::remove(Id user) {
  database_.write([&](store::Transaction& tx) {
    tx.query("DELETE FROM calendar_link WHERE {calendar_link} AND user_id = ?").bind(user).run();
  });
}

std::optional<CalendarLinks::Reader> CalendarLinks::read(std::string_view token,
                                                         std::string_view remote) {
  accounts_.refresh_names();
  const std::string hash = sha256_hex(token);
  const Millis now = clock_.now();
  Id owner = 0;
  Millis used = 0;
  CalendarContent content;
  database_.read([&](store::Connection& c) {
    auto rows = c.query(
        "SELECT l.user_id, l.last_used_at, l.content FROM calendar_link l WHERE {l} AND "
        "l.hash = ?");
    rows.bind(hash);
    if (!rows.step()) return;
    owner = rows.integer(0);
    used = rows.integer(1);
    content = content_of(rows.integer(2));
  });
  const auto user = owner == 0 ? std::nullopt : accounts_.user(owner);
  if (!user || user->disabled) {
    refused(remote);
    return std::nullopt;
  }
  count_read(owner, now);
  if (used + kWriteUsed < now) {
    database_.write([&](store::Transaction& tx) {
      tx.query("UPDATE calendar_link SET last_used_at = ? WHERE {calendar_link} AND hash = ?")
          .bind(now, hash)
          .run();
    });
  }
  return Reader{.user = *user,
                .access = std::make_shared<const Access>(catalog_(), user->id, user->teams,
                                                         accounts_.role(user->role)),
                .content = content};
}

void CalendarLinks::count_read(Id user, Millis now) {
  const std::lock_guard lock(mutex_);
  Reads& reads = reads_[user];
  if (reads.since + kHour <= now) reads = {.since = now};
  if (++reads.count <= kReadsAnHour) return;
  throw AppError(Status::too_many, "too_many", {}, {},
                 "{\"retry_after_ms\":" + std::to_string(reads.since + kHour - now) + "}");
}

void CalendarLinks::refused(std::string_view remote) {
  const std::string source = Throttle::source_key(remote);
  const std::string all = "all";
  const Millis wait =
      std::max(throttle_.wait_for(source), throttle_.wait_for(all, Throttle::kFreeForAll));
  if (wait != 0) {
    throw AppError(Status::too_many, "too_many", {}, {},
                   "{\"retry_after_ms\":" + std::to_string(wait) + "}");
  }
  throttle_.failed(source);
  throttle_.failed(all);
}

}  // namespace daifuku::auth
