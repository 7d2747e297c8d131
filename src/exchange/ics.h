// The events of a calendar file (RFC 5545) as Google Calendar, Outlook and iPhones write it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace daifuku::exchange {

struct IcsPerson {
  std::string name = {};
  std::string email = {};
};

// One time that it takes place. Texts are UTF-8, line breaks only in `text`.
struct IcsEvent {
  std::string uid = {};
  std::string occurrence = {};  // of one that repeats: which, for ever the same
  std::string title = {};
  std::string text = {};
  std::string place = {};
  std::string url = {};
  bool all_day = false;
  Millis start = 0;  // of all_day: the day's beginning in Japan
  Millis end = 0;    // not before `start`
  bool cancelled = false;
  std::vector<IcsPerson> people = {};  // organizer first, then who did not decline
};

struct IcsCalendar {
  std::vector<IcsEvent> events = {};            // by their start
  std::int64_t own = 0;                         // came from here and are left out
  std::int64_t confidential = 0;                // marked private: left out
  std::int64_t unreadable = 0;                  // without a time that can be read
  std::int64_t others = 0;                      // tasks and journals
  std::int64_t cut = 0;                         // repeat more often than is followed
  std::int64_t left_out = 0;                    // too many
  std::vector<std::string> unknown_zones = {};  // read as the time of Japan; the first few
};

// What repeats is given as often as it takes place between a year before and a year after `now`.
// Times without a zone are those of Japan. Thread-safe; throws std::bad_alloc.
IcsCalendar read_ics(std::string_view utf8, Millis now);

}  // namespace daifuku::exchange
