// The secret address under which other programs read a person's calendar. One a person at a time;
// only its hash is kept.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "auth/accounts.h"

namespace daifuku::auth {

// What a person's calendar holds.
struct CalendarContent {
  bool tasks = true;
  bool activities = true;
  bool customers = false;  // the next dates of the customers that are the person's
  bool done = true;        // tasks that are done too

  bool operator==(const CalendarContent&) const = default;
};

// Thread-safe. Errors: SystemError from the store, and those said below.
class CalendarLinks {
 public:
  // All must outlive it.
  CalendarLinks(store::Database& database, Accounts& accounts, const Clock& clock,
                Accounts::CatalogSource catalog)
      : database_(database),
        accounts_(accounts),
        clock_(clock),
        catalog_(std::move(catalog)),
        throttle_(clock) {}

  struct Link {
    Millis created_at = 0;
    Millis last_used_at = 0;  // 0: never
    CalendarContent content = {};
  };
  std::optional<Link> find(Id user);
  // Replaces the one before, which ends. The token is told once.
  std::string make(Id user, const CalendarContent& content);
  // Under the same address. False when there is none.
  bool change(Id user, const CalendarContent& content);
  void remove(Id user);  // nothing when there is none

  struct Reader {
    User user = {};
    std::shared_ptr<const Access> access = {};  // the rights that the person has now
    CalendarContent content = {};
  };
  // Some devices that look every few minutes.
  static constexpr int kReadsAnHour = 120;
  // Whose calendar it is; nullopt when the token is unknown or the person disabled. Throws
  // AppError(too_many) when the source, or all together, tried too many wrong ones, or the calendar
  // was read kReadsAnHour times within the hour. Wrong ones of others never refuse a right one.
  std::optional<Reader> read(std::string_view token, std::string_view remote);

 private:
  struct Reads {
    Millis since = 0;
    int count = 0;
  };
  void refused(std::string_view remote);
  void count_read(Id user, Millis now);

  store::Database& database_;
  Accounts& accounts_;
  const Clock& clock_;
  Accounts::CatalogSource catalog_;
  Throttle throttle_;
  std::mutex mutex_;
  std::unordered_map<Id, Reads> reads_ = {};  // of people whose calendar was read
};

}  // namespace daifuku::auth
