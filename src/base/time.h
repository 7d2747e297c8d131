// Instants are UTC milliseconds since 1970, dates are ISO text (2026-04-01). The clock is injected.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daifuku {

using Millis = std::int64_t;

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Millis now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Millis now() const override;
};

// Stands still until told to move.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Millis start) : now_(start) {}
  Millis now() const override { return now_; }
  void advance(Millis by) { now_ += by; }

 private:
  Millis now_;
};

struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, chrono-compatible
// algorithms).
std::int64_t days_from_date(Date date);
Date date_from_days(std::int64_t days);
bool valid_date(Date date);
int days_in_month(int year, int month);

std::string format_date(Date date);                         // 2026-04-01
std::optional<Date> parse_iso_date(std::string_view text);  // exactly that form
std::string format_instant(Millis at);                      // 2026-04-01T00:00:00.000Z
std::optional<Millis> parse_instant(
    std::string_view text);  // with Z or +09:00; seconds and milliseconds optional

// The day at an offset from UTC, in minutes. Japan has no daylight saving time: +540 always.
inline constexpr int kJapanOffsetMinutes = 540;
Date local_date(Millis at, int offset_minutes = kJapanOffsetMinutes);
Millis start_of_day(Date date, int offset_minutes = kJapanOffsetMinutes);

}  // namespace daifuku
