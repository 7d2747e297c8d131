// A calendar for the calendar programs of phones and desks: iCalendar (RFC 5545), written by
// libical.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace daifuku::exchange {

// One entry: a whole day, or an instant and how long it takes.
struct CalendarEntry {
  std::string uid = {};  // the same for the same record, for ever
  std::string title = {};
  std::string description = {};
  std::string place = {};
  std::string category = {};
  std::string url = {};
  std::optional<Date> day = {};  // absent: `at` counts
  Millis at = 0;                 // UTC
  int minutes = 30;              // of an instant
  Millis updated = 0;
  int sequence = 0;  // rises with each change
  bool cancelled = false;
  bool busy = false;  // the time is taken; a day's work is not
};

// UTF-8, lines end with CR LF and are folded at 75 octets. The same entries give the same text.
// Characters that no calendar may hold are left out. Throws std::bad_alloc.
std::string write_ics(const std::string& name, const std::vector<CalendarEntry>& entries);

}  // namespace daifuku::exchange
