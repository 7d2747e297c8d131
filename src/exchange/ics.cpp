#include "exchange/ics.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "exchange/ical_library.h"
#include "exchange/ics_lines.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr Millis kDay = 86'400'000;
constexpr Millis kWindow = 365 * kDay;
constexpr std::size_t kMostRows = 20'000;
constexpr int kMostTimes = 800;     // of one event within the window
constexpr int kMostSteps = 40'000;  // that a rule is followed
constexpr std::size_t kMostPeople = 100;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;  // of the texts of all times together
constexpr std::size_t kLongestText = 10'000;               // code points
constexpr std::size_t kLongestName = 1'000;
constexpr std::size_t kLongestPerson = 254;  // as an address by RFC 5321
constexpr std::size_t kMostZonesTold = 3;
// All rules of a file together: one that never comes true is followed for centuries.
constexpr std::chrono::milliseconds kBudget{3'000};
constexpr std::string_view kOwnUid = "@daifuku";

constexpr const char* kJapan =
    "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

using Zone = std::unique_ptr<icaltimezone, FreeIcal>;

Zone make_zone(const char* text) {
  icalcomponent* component = icalparser_parse_string(text);
  if (component == nullptr) return nullptr;
  IcalComponent owned(component);
  if (icalcomponent_isa(component) != ICAL_VTIMEZONE_COMPONENT) return nullptr;
  Zone zone(icaltimezone_new());
  if (zone == nullptr) throw std::bad_alloc();
  // It owns the component from then on.
  if (icaltimezone_set_component(zone.get(), component) == 0) return nullptr;
  static_cast<void>(owned.release());
  return zone;
}

// Time zones of the file by their names.
class Zones {
 public:
  explicit Zones(const std::vector<std::string>& texts) : japan_(make_zone(kJapan)) {
    if (japan_ == nullptr) throw std::bad_alloc();
    for (const std::string& text : texts) {
      Zone zone = make_zone(text.c_str());
      const char* id = zone == nullptr ? nullptr : icaltimezone_get_tzid(zone.get());
      if (id != nullptr) zones_.emplace(id, std::move(zone));
    }
  }

  icaltimezone* japan() const { return japan_.get(); }

  icaltimezone* find(const std::string& id) {
    if (const auto found = zones_.find(id); found != zones_.end()) return found->second.get();
    if (id == "Asia/Tokyo" || id == "Tokyo Standard Time" || id == "Japan" || id == "JST")
      return japan();
    if (id == "UTC" || id == "Etc/UTC" || id == "GMT") return icaltimezone_get_utc_timezone();
    // Only names of the system's own list are looked for.
    if (id.size() < 64 && id.find("..") == std::string::npos && !id.starts_with('/')) {
      if (icaltimezone* known = icaltimezone_get_builtin_timezone(id.c_str())) return known;
    }
    if (unknown_.size() < kMostZonesTold && std::ranges::find(unknown_, id) == unknown_.end())
      unknown_.push_back(id.substr(0, 60));
    return japan();
  }

  std::vector<std::string> unknown() { return std::move(unknown_); }

 private:
  Zone japan_;
  std::map<std::string, Zone, std::less<>> zones_ = {};
  std::vector<std::string> unknown_ = {};
};

std::string text_of(const char* text) { return text == nullptr ? std::string() : text; }

// In one line.
std::string line_of(const char* text) {
  std::string out = text_of(text);
  for (char& c : out) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return out;
}

// A time with its zone; the null time when there is none that can be read.
icaltimetype zoned(icalproperty* property, icaltimetype time, Zones& zones) {
  if (icaltime_is_null_time(time) || icaltime_is_date(time) || icaltime_is_utc(time)) return time;
  icalparameter* parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  const char* id = parameter == nullptr ? nullptr : icalparameter_get_tzid(parameter);
  icaltimezone* zone = id == nullptr ? zones.japan() : zones.find(id);
  return icaltime_set_timezone(&time, zone);
}

bool readable(icaltimetype time) {
  return !icaltime_is_null_time(time) && icaltime_is_valid_time(time) && time.year >= 1900 &&
         time.year <= 2200 && time.month >= 1 && time.month <= 12 && time.day >= 1 &&
         time.day <= 31;
}

Millis instant(icaltimetype time) {
  if (icaltime_is_date(time))
    return start_of_day({.year = time.year, .month = time.month, .day = time.day});
  icaltimezone* zone = const_cast<icaltimezone*>(time.zone);
  return static_cast<Millis>(icaltime_as_timet_with_zone(time, zone)) * 1000;
}

// 20261201, or 20261201T010000Z: what an occurrence is called for ever.
std::string stamp(icaltimetype time) {
  if (!icaltime_is_date(time))
    time = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
  const std::unique_ptr<char, FreeIcal> text(icaltime_as_ical_string_r(time));
  return text_of(text.get());
}

// An event of the file, which may stand for many.
struct Entry {
  IcalComponent component = {};
  IcsEvent event = {};
  icaltimetype start = {};
  Millis length = 0;
  int sequence = 0;
};

class Reader {
 public:
  Reader(std::string_view text, Millis now)
      : parts_(take_apart(text)),
        zones_(parts_.zones),
        from_(now - kWindow),
        to_(now + kWindow),
        until_(std::chrono::steady_clock::now() + kBudget) {}

  IcsCalendar read() {
    out_.others = parts_.others;
    out_.left_out = parts_.left_out;
    for (const std::string& text : parts_.events) take(text);
    for (auto& [uid, entry] : masters_) expand(uid, entry);
    // Times of a series that were moved stand for themselves, whether the series is here or not.
    for (auto& [key, entry] : moved_) give(std::move(entry.event));
    std::ranges::stable_sort(out_.events, {}, &IcsEvent::start);
    out_.unknown_zones = zones_.unknown();
    return std::move(out_);
  }

 private:
  using Key = std::pair<std::string, std::string>;

  void give(IcsEvent event) {
    bytes_ += event.title.size() + event.text.size() + event.place.size() + event.url.size();
    for (const IcsPerson& person : event.people) bytes_ += person.name.size() + person.email.size();
    if (out_.events.size() < kMostRows && bytes_ < kMostBytes) {
      out_.events.push_back(std::move(event));
    } else {
      ++out_.left_out;
    }
  }

  void take(const std::string& text) {
    Entry entry;
    entry.component.reset(icalparser_parse_string(text.c_str()));
    if (entry.component == nullptr ||
        icalcomponent_isa(entry.component.get()) != ICAL_VEVENT_COMPONENT || !read_times(entry)) {
      ++out_.unreadable;
      return;
    }
    read_texts(entry);
    if (entry.event.uid.ends_with(kOwnUid)) {
      ++out_.own;
      return;
    }
    if (is_confidential(entry)) {
      ++out_.confidential;
      return;
    }
    read_people(entry);
    keep(std::move(entry));
  }

  void keep(Entry entry) {
    icalcomponent* component = entry.component.get();
    icalproperty* moved = icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY);
    if (moved != nullptr) {
      const auto time = zoned(moved, icalproperty_get_recurrenceid(moved), zones_);
      if (readable(time)) entry.event.occurrence = stamp(time);
    }
    const auto newer = [](Entry& place, Entry&& with) {
      if (place.component == nullptr || with.sequence >= place.sequence) place = std::move(with);
    };
    const std::string uid = entry.event.uid;
    if (!entry.event.occurrence.empty()) {
      Key key(uid, entry.event.occurrence);
      newer(moved_[std::move(key)], std::move(entry));
    } else {
      newer(masters_[uid], std::move(entry));
    }
  }

  bool read_times(Entry& entry) {
    icalcomponent* component = entry.component.get();
    icalproperty* start = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
    if (start == nullptr) return false;
    entry.start = zoned(start, icalproperty_get_dtstart(start), zones_);
    if (!readable(entry.start)) return false;
    entry.event.all_day = icaltime_is_date(entry.start) != 0;
    entry.event.start = instant(entry.start);
    entry.length = entry.event.all_day ? kDay : 0;
    if (icalproperty* end = icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY)) {
      const auto time = zoned(end, icalproperty_get_dtend(end), zones_);
      if (readable(time)) entry.length = instant(time) - entry.event.start;
    } else if (icalproperty* lasts =
                   icalcomponent_get_first_property(component, ICAL_DURATION_PROPERTY)) {
      const auto duration = icalproperty_get_duration(lasts);
      if (icaldurationtype_is_bad_duration(duration) == 0)
        entry.length = Millis{icaldurationtype_as_int(duration)} * 1000;
    }
    entry.length = std::clamp<Millis>(entry.length, 0, kWindow);
    entry.event.end = entry.event.start + entry.length;
    return true;
  }

  static void read_texts(Entry& entry) {
    icalcomponent* component = entry.component.get();
    IcsEvent& event = entry.event;
    event.uid = line_of(icalcomponent_get_uid(component));
    // Each time of a series has them all again.
    event.title = text::truncate(line_of(icalcomponent_get_summary(component)), kLongestName);
    event.text = text::truncate(text_of(icalcomponent_get_description(component)), kLongestText);
    event.place = text::truncate(line_of(icalcomponent_get_location(component)), kLongestName);
    if (icalproperty* url = icalcomponent_get_first_property(component, ICAL_URL_PROPERTY))
      event.url = text::truncate(line_of(icalproperty_get_url(url)), kLongestName);
    event.cancelled = icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED;
    entry.sequence = icalcomponent_get_sequence(component);
    // One without a name of its own is known by what it is.
    if (event.uid.empty()) event.uid = stamp(entry.start) + " " + event.title;
  }

  static bool is_confidential(const Entry& entry) {
    icalproperty* mark =
        icalcomponent_get_first_property(entry.component.get(), ICAL_CLASS_PROPERTY);
    if (mark == nullptr) return false;
    // RFC 5545, 3.8.1.3: what is not known is private.
    const auto what = icalproperty_get_class(mark);
    return what != ICAL_CLASS_PUBLIC && what != ICAL_CLASS_NONE;
  }

  static void read_people(Entry& entry) {
    for (const auto kind : {ICAL_ORGANIZER_PROPERTY, ICAL_ATTENDEE_PROPERTY}) {
      icalproperty* property = icalcomponent_get_first_property(entry.component.get(), kind);
      for (; property != nullptr && entry.event.people.size() < kMostPeople;
           property = icalcomponent_get_next_property(entry.component.get(), kind)) {
        add_person(entry.event, property, kind);
      }
    }
  }

  static void add_person(IcsEvent& event, icalproperty* property, icalproperty_kind kind) {
    icalparameter* type = icalproperty_get_first_parameter(property, ICAL_CUTYPE_PARAMETER);
    const auto what = type == nullptr ? ICAL_CUTYPE_INDIVIDUAL : icalparameter_get_cutype(type);
    icalparameter* part = icalproperty_get_first_parameter(property, ICAL_PARTSTAT_PARAMETER);
    if (what == ICAL_CUTYPE_RESOURCE || what == ICAL_CUTYPE_ROOM ||
        (part != nullptr && icalparameter_get_partstat(part) == ICAL_PARTSTAT_DECLINED)) {
      return;
    }
    std::string address =
        line_of(kind == ICAL_ORGANIZER_PROPERTY ? icalproperty_get_organizer(property)
                                                : icalproperty_get_attendee(property));
    const auto colon = address.find(':');
    if (colon != std::string::npos) address.erase(0, colon + 1);
    if (address.find('@') == std::string::npos) address.clear();
    icalparameter* called = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
    std::string name = called == nullptr ? std::string() : line_of(icalparameter_get_cn(called));
    const bool known = std::ranges::any_of(event.people, [&](const IcsPerson& person) {
      return person.email == address && (!address.empty() || person.name == name);
    });
    name = text::truncate(name, kLongestPerson);
    if (text::length(address) > kLongestPerson) address.clear();
    if (!known && !(name.empty() && address.empty()))
      event.people.push_back({.name = std::move(name), .email = std::move(address)});
  }

  bool in_window(Millis start, Millis length) const {
    return start + length >= from_ && start <= to_;
  }

  void expand(const std::string& uid, Entry& entry) {
    icalcomponent* component = entry.component.get();
    icalproperty* rule = icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY);
    const bool dates = icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY) != nullptr;
    if (rule == nullptr && !dates) {
      give(std::move(entry.event));
      return;
    }
    std::map<std::string, Millis> times;
    if (rule != nullptr) follow(icalproperty_get_rrule(rule), entry, times);
    // A series by dates alone begins with its first.
    if (rule == nullptr && in_window(entry.event.start, entry.length))
      times.emplace(stamp(entry.start), entry.event.start);
    if (dates) add_dates(entry, times);
    for (const std::string& gone : excluded(entry)) times.erase(gone);
    for (const auto& [key, start] : times) {
      if (moved_.contains({uid, key})) continue;
      IcsEvent event = entry.event;
      event.occurrence = key;
      event.start = start;
      event.end = start + entry.length;
      give(std::move(event));
    }
  }

  void follow(const icalrecurrencetype& rule, const Entry& entry,
              std::map<std::string, Millis>& times) {
    // What repeats within a day is no plan of a person.
    const bool quick = rule.freq == ICAL_SECONDLY_RECURRENCE ||
                       rule.freq == ICAL_MINUTELY_RECURRENCE ||
                       rule.freq == ICAL_HOURLY_RECURRENCE || rule.freq == ICAL_NO_RECURRENCE;
    // Making it already searches for the first time, to the end of all years when there is none.
    const bool late = std::chrono::steady_clock::now() > until_;
    const std::unique_ptr<icalrecur_iterator, FreeIcal> iterator(
        quick || late ? nullptr : icalrecur_iterator_new(rule, entry.start));
    if (iterator == nullptr) {
      ++out_.cut;
      times.emplace(stamp(entry.start), entry.event.start);
      return;
    }
    int steps = 0;
    for (;;) {
      if (++steps > kMostSteps || times.size() >= kMostTimes ||
          std::chrono::steady_clock::now() > until_) {
        ++out_.cut;
        return;
      }
      const icaltimetype next = icalrecur_iterator_next(iterator.get());
      if (!readable(next)) return;
      const Millis start = instant(next);
      if (start > to_) return;
      if (in_window(start, entry.length)) times.emplace(stamp(next), start);
    }
  }

  void add_dates(const Entry& entry, std::map<std::string, Millis>& times) {
    icalcomponent* component = entry.component.get();
    icalproperty* property = icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY);
    for (; property != nullptr;
         property = icalcomponent_get_next_property(component, ICAL_RDATE_PROPERTY)) {
      const auto date = icalproperty_get_rdate(property);
      const auto time = icaltime_is_null_time(date.time) ? date.period.start : date.time;
      const auto start = zoned(property, time, zones_);
      if (readable(start) && in_window(instant(start), entry.length) && times.size() < kMostTimes) {
        times.emplace(stamp(start), instant(start));
      }
    }
  }

  std::set<std::string> excluded(const Entry& entry) {
    std::set<std::string> out;
    icalcomponent* component = entry.component.get();
    icalproperty* property = icalcomponent_get_first_property(component, ICAL_EXDATE_PROPERTY);
    for (; property != nullptr;
         property = icalcomponent_get_next_property(component, ICAL_EXDATE_PROPERTY)) {
      const auto time = zoned(property, icalproperty_get_exdate(property), zones_);
      if (readable(time)) out.insert(stamp(time));
    }
    return out;
  }

  IcsParts parts_;
  Zones zones_;
  std::size_t bytes_ = 0;  // of what was given
  Millis from_;
  Millis to_;
  std::chrono::steady_clock::time_point until_;
  std::map<std::string, Entry> masters_ = {};
  std::map<Key, Entry> moved_ = {};
  IcsCalendar out_ = {};
};

}  // namespace

IcsCalendar read_ics(std::string_view utf8, Millis now) {
  prepare_ical();
  return Reader(utf8, now).read();
}

}  // namespace daifuku::exchange
