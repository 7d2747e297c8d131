#include "exchange/ics_writer.h"

#include <algorithm>
#include <memory>
#include <new>

#include "exchange/ical_library.h"

namespace daifuku::exchange {
namespace {

constexpr const char* kProduct = "-//Daifuku//Daifuku CRM//JA";
// How often a program should look again; none of them has to obey.
constexpr const char* kRefresh = "PT30M";
constexpr int kRefreshSeconds = 30 * 60;

// libical escapes what has a meaning; other control characters may not stand in a calendar at all.
std::string plain(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 || c == '\n' || c == '\t') out += c;
  }
  out.erase(std::remove(out.begin(), out.end(), '\x7f'), out.end());
  return out;
}

icaltimetype utc(Millis at) {
  return icaltime_from_timet_with_zone(at / 1000, 0, icaltimezone_get_utc_timezone());
}

icaltimetype whole_day(Date day) {
  icaltimetype time = icaltime_null_date();
  time.year = day.year;
  time.month = day.month;
  time.day = day.day;
  return time;
}

void add(const IcalComponent& component, icalproperty* property) {
  if (property == nullptr) throw std::bad_alloc();
  icalcomponent_add_property(component.get(), property);
}

void add_own(const IcalComponent& component, const char* name, const std::string& value) {
  icalproperty* property = icalproperty_new_x(value.c_str());
  if (property == nullptr) throw std::bad_alloc();
  icalproperty_set_x_name(property, name);
  add(component, property);
}

IcalComponent event_of(const CalendarEntry& entry) {
  IcalComponent event(icalcomponent_new(ICAL_VEVENT_COMPONENT));
  if (event == nullptr) throw std::bad_alloc();
  add(event, icalproperty_new_uid(plain(entry.uid).c_str()));
  // Not the time of the reading: an unchanged calendar has to be the same text.
  add(event, icalproperty_new_dtstamp(utc(entry.updated)));
  add(event, icalproperty_new_lastmodified(utc(entry.updated)));
  add(event, icalproperty_new_sequence(entry.sequence));
  if (entry.day) {
    const Date next = date_from_days(days_from_date(*entry.day) + 1);
    add(event, icalproperty_new_dtstart(whole_day(*entry.day)));
    add(event, icalproperty_new_dtend(whole_day(next)));
  } else {
    add(event, icalproperty_new_dtstart(utc(entry.at)));
    add(event, icalproperty_new_dtend(utc(entry.at + entry.minutes * Millis{60'000})));
  }
  add(event, icalproperty_new_summary(plain(entry.title).c_str()));
  if (!entry.description.empty())
    add(event, icalproperty_new_description(plain(entry.description).c_str()));
  if (!entry.place.empty()) add(event, icalproperty_new_location(plain(entry.place).c_str()));
  if (!entry.category.empty())
    add(event, icalproperty_new_categories(plain(entry.category).c_str()));
  if (!entry.url.empty()) add(event, icalproperty_new_url(plain(entry.url).c_str()));
  add(event,
      icalproperty_new_status(entry.cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
  add(event, icalproperty_new_transp(entry.busy && !entry.cancelled ? ICAL_TRANSP_OPAQUE
                                                                    : ICAL_TRANSP_TRANSPARENT));
  return event;
}

}  // namespace

std::string write_ics(const std::string& name, const std::vector<CalendarEntry>& entries) {
  prepare_ical();
  IcalComponent calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  if (calendar == nullptr) throw std::bad_alloc();
  add(calendar, icalproperty_new_prodid(kProduct));
  add(calendar, icalproperty_new_version("2.0"));
  add(calendar, icalproperty_new_calscale("GREGORIAN"));
  add(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
  // Of RFC 7986; the names with X are what was there before it, and what many still read.
  add(calendar, icalproperty_new_name(plain(name).c_str()));
  icalproperty* refresh =
      icalproperty_new_refreshinterval(icaldurationtype_from_int(kRefreshSeconds));
  if (refresh == nullptr) throw std::bad_alloc();
  icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
  add(calendar, refresh);
  add_own(calendar, "X-WR-CALNAME", plain(name));
  add_own(calendar, "X-WR-TIMEZONE", "Asia/Tokyo");
  add_own(calendar, "X-PUBLISHED-TTL", kRefresh);
  for (const CalendarEntry& entry : entries)
    icalcomponent_add_component(calendar.get(), event_of(entry).release());
  const std::unique_ptr<char, FreeIcal> text(icalcomponent_as_ical_string_r(calendar.get()));
  if (text == nullptr) throw std::bad_alloc();
  return text.get();
}

}  // namespace daifuku::exchange
