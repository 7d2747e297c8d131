#include "exchange/ics_lines.h"

#include <algorithm>

#include "base/ascii.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kMostEvents = 20'000;
constexpr std::size_t kMostZones = 40;
constexpr std::size_t kMostLines = 500;  // of one event
constexpr std::size_t kMostZoneLines = 200;
constexpr std::size_t kMostZoneRules = 20;
constexpr std::size_t kLongestLine = std::size_t{32} << 10;

// As RFC 5545 writes them; of everything else nothing is read here.
constexpr std::string_view kOfEvents[] = {
    "UID",      "SUMMARY", "DESCRIPTION", "LOCATION",  "DTSTART",  "DTEND",
    "DURATION", "STATUS",  "CLASS",       "ORGANIZER", "ATTENDEE", "RRULE",
    "RDATE",    "EXDATE",  "URL",         "SEQUENCE",  "TRANSP",   "RECURRENCE-ID",
};
constexpr std::string_view kOfZones[] = {"TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"};

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// The property's name in upper case; empty when the line has none.
std::string name_of(std::string_view line) {
  const auto end = line.find_first_of(":;");
  return end == std::string_view::npos ? std::string() : upper_ascii(line.substr(0, end));
}

std::string value_of(std::string_view line) {
  std::string value = upper_ascii(line.substr(std::min(line.find(':') + 1, line.size())));
  while (value.ends_with(' ') || value.ends_with('\t')) value.pop_back();
  return value;
}

// Cut between characters, without those that no line may hold.
std::string clean(std::string_view line) {
  if (line.size() > kLongestLine) {
    std::size_t end = kLongestLine;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    line = line.substr(0, end);
  }
  std::string out;
  out.reserve(line.size());
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7F) || c == '\t') out += c;
  }
  return out;
}

bool is_list(std::string_view value, std::string_view part) {
  const auto at = value.find(part);
  if (at == std::string_view::npos) return false;
  return value.substr(at, value.find(';', at) - at).find(',') != std::string_view::npos;
}

// A rule of a time zone that libical may follow to the end of its years: once a year, as summer
// time is.
bool is_yearly(std::string_view line) {
  const std::string value = value_of(line);
  if (value.find("FREQ=YEARLY") == std::string::npos || value.size() >= 200) return false;
  // libical keeps every change from the beginning of the zone to this day: once a year is enough.
  for (const std::string_view often :
       {"BYHOUR", "BYMINUTE", "BYSECOND", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYMONTHDAY="}) {
    const bool days = often == "BYMONTHDAY=";
    if (value.find(often) != std::string::npos && (!days || is_list(value, often))) return false;
  }
  return !is_list(value, "BYMONTH=") && !is_list(value, "BYDAY=");
}

// 1601 is where Outlook's zones begin.
bool is_too_old(std::string_view line) {
  const std::string value = value_of(line);
  return value.size() < 8 || value.substr(0, 4) < "1600" || value[0] > '2';
}

// Lines of the text with their continuations.
class Unfolder {
 public:
  explicit Unfolder(std::string_view text) : text_(text) {}

  bool next(std::string& line) {
    line.clear();
    if (at_ >= text_.size()) return false;
    take(line);
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
      ++at_;
      take(line);
    }
    return true;
  }

 private:
  void take(std::string& line) {
    const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
    // What is longer is cut later; a line of megabytes is not put together first.
    if (line.size() <= kLongestLine) line += text_.substr(at_, end - at_);
    at_ = end;
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class Splitter {
 public:
  void add(const std::string& line) {
    const std::string name = name_of(line);
    if (name == "BEGIN") return begin(value_of(line));
    if (name == "END") return end(value_of(line));
    if (block_ == Block::none || inside_ > 0) return;
    const bool event = block_ == Block::event;
    const bool known = event ? std::ranges::find(kOfEvents, name) != std::end(kOfEvents)
                             : std::ranges::find(kOfZones, name) != std::end(kOfZones);
    if (!known) return;
    if (!event && name == "RRULE" && (!is_yearly(line) || ++rules_ > kMostZoneRules)) return;
    if (!event && name == "DTSTART" && is_too_old(line)) return;
    if (++lines_ > (event ? kMostLines : kMostZoneLines)) return;
    text_ += clean(line);
    text_ += "\r\n";
  }

  IcsParts done() {
    close();
    return std::move(out_);
  }

 private:
  enum class Block { none, event, zone };

  void begin(const std::string& what) {
    if (what == "VEVENT" || what == "VTIMEZONE") {
      // One whose end is missing ends here.
      close();
      block_ = what == "VEVENT" ? Block::event : Block::zone;
      text_ = "BEGIN:" + what + "\r\n";
      return;
    }
    if (what == "VTODO" || what == "VJOURNAL") {
      close();
      ++out_.others;
      return;
    }
    const bool part = what == "STANDARD" || what == "DAYLIGHT";
    if (block_ == Block::zone && part && inside_ == 0) {
      if (part_.empty()) text_ += "BEGIN:" + what + "\r\n";
      if (part_.empty()) part_ = what;
      return;
    }
    if (block_ != Block::none) ++inside_;
  }

  void end(const std::string& what) {
    if (block_ == Block::none) return;
    if (what == "VEVENT" || what == "VTIMEZONE" || what == "VCALENDAR") return close();
    if (block_ == Block::zone && inside_ == 0 && what == part_) {
      text_ += "END:" + part_ + "\r\n";
      part_.clear();
      return;
    }
    if (inside_ > 0) --inside_;
  }

  void close() {
    if (!part_.empty()) text_ += "END:" + part_ + "\r\n";
    if (block_ == Block::event) {
      if (out_.events.size() < kMostEvents) {
        out_.events.push_back(text_ + "END:VEVENT\r\n");
      } else {
        ++out_.left_out;
      }
    }
    if (block_ == Block::zone && out_.zones.size() < kMostZones)
      out_.zones.push_back(text_ + "END:VTIMEZONE\r\n");
    block_ = Block::none;
    text_.clear();
    part_.clear();
    inside_ = 0;
    lines_ = 0;
    rules_ = 0;
  }

  IcsParts out_ = {};
  Block block_ = Block::none;
  std::string text_ = {};
  std::string part_ = {};  // STANDARD or DAYLIGHT of a zone
  int inside_ = 0;         // how deep in what an event holds: alarms
  std::size_t lines_ = 0;
  std::size_t rules_ = 0;  // of a zone
};

}  // namespace

std::string unfold_ics(std::string bytes, text::Encoding encoding) {
  if (encoding == text::Encoding::utf16le || encoding == text::Encoding::utf16be) return bytes;
  std::size_t to = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t size = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n' ? 2
                             : bytes[i] == '\n'                                               ? 1
                                                                                              : 0;
    const char after = size > 0 && i + size < bytes.size() ? bytes[i + size] : '\0';
    if (after == ' ' || after == '\t') {
      i += size + 1;
    } else {
      bytes[to++] = bytes[i++];
    }
  }
  bytes.resize(to);
  return bytes;
}

IcsParts take_apart(std::string_view text) {
  Unfolder lines(text);
  Splitter parts;
  for (std::string line; lines.next(line);) parts.add(line);
  return parts.done();
}

bool looks_like_ics(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  return lower_ascii(bytes.substr(0, 15)) == "begin:vcalendar";
}

}  // namespace daifuku::exchange
