#include "text/date.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "text/code_points.h"

namespace daifuku::text {
namespace {

struct Era {
  std::u32string_view name;
  char32_t letter;
  char32_t sign;  // ㋿ and its older kin.
  Date first;
};
constexpr Era kEras[] = {
    {U"令和", U'R', U'㋿', {2019, 5, 1}},  {U"平成", U'H', U'㍻', {1989, 1, 8}},
    {U"昭和", U'S', U'㍼', {1926, 12, 25}}, {U"大正", U'T', U'㍽', {1912, 7, 30}},
    {U"明治", U'M', U'㍾', {1868, 10, 23}},
};

constexpr int kFirstYear = 1868;
constexpr int kLastYear = 2199;
constexpr std::u32string_view kWeekdays = U"日月火水木金土";

struct Time {
  int minutes = 0;  // Of the day.
  int millis = 0;   // Of the minute.
  std::optional<int> offset = {};
};

int kanji_digit(char32_t c) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  const std::size_t at = kDigits.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

class Reader {
 public:
  explicit Reader(std::string_view text) {
    half_width(text, text_);
    skip_spaces();
    std::size_t end = text_.size();
    while (end > at_ && is_space(text_[end - 1])) {
      --end;
    }
    text_.resize(end);
  }

  bool done() const { return at_ >= text_.size(); }

  std::optional<Date> date() {
    auto found = read_date();
    if (!found || found->year < kFirstYear || found->year > kLastYear || !valid_date(*found)) {
      return std::nullopt;
    }
    weekday();
    return found;
  }

  // What is left after the date; nothing when it is no time.
  std::optional<Time> time() {
    skip_spaces();
    take(U"T");
    skip_spaces();
    int half = half_of_day();
    const auto hour = number(2);
    if (!hour) {
      return std::nullopt;
    }
    Time result;
    int minute = 0;
    int second = 0;
    if (take(U"時")) {
      if (take(U"半")) {
        minute = 30;
      } else if (const auto m = number(2)) {
        minute = *m;
        if (!take(U"分")) {
          return std::nullopt;
        }
        if (const auto s = number(2)) {
          second = *s;
          if (!take(U"秒")) {
            return std::nullopt;
          }
        }
      }
    } else if (take(U":")) {
      const auto m = number(2);
      if (!m) {
        return std::nullopt;
      }
      minute = *m;
      if (take(U":")) {
        const auto s = number(2);
        if (!s) {
          return std::nullopt;
        }
        second = *s;
        result.millis = fraction();
      }
    } else {
      return std::nullopt;
    }
    skip_spaces();
    if (half < 0) {
      half = half_of_day();
    }
    skip_spaces();
    if (!read_offset(result)) {
      return std::nullopt;
    }
    int hours = *hour;
    if (half >= 0) {
      if (hours > 12) {
        return std::nullopt;
      }
      hours = hours % 12 + half * 12;
    }
    result.minutes = hours * 60 + minute;
    result.millis += second * 1000;
    if (minute > 59 || second > 59 || result.minutes > 24 * 60 ||
        (result.minutes == 24 * 60 && result.millis > 0)) {
      return std::nullopt;
    }
    return done() ? std::optional(result) : std::nullopt;
  }

  // 20260401093015 and 202604010930.
  std::optional<std::pair<Date, Time>> compact() {
    const std::size_t digits = count_digits();
    if ((digits != 12 && digits != 14) || at_ + digits != text_.size()) {
      return std::nullopt;
    }
    const Date date{*number(4), *number(2), *number(2)};
    const int hour = *number(2);
    const int minute = *number(2);
    const int second = digits == 14 ? *number(2) : 0;
    if (!valid_date(date) || date.year < kFirstYear || date.year > kLastYear || hour > 23 ||
        minute > 59 || second > 59) {
      return std::nullopt;
    }
    return std::pair(date, Time{hour * 60 + minute, second * 1000, {}});
  }

 private:
  void skip_spaces() {
    while (!done() && is_space(text_[at_])) {
      ++at_;
    }
  }

  bool take(std::u32string_view word) {
    if (std::u32string_view(text_).substr(at_).starts_with(word)) {
      at_ += word.size();
      return true;
    }
    return false;
  }

  std::size_t count_digits() const {
    std::size_t count = 0;
    while (at_ + count < text_.size() && is_ascii_digit(text_[at_ + count])) {
      ++count;
    }
    return count;
  }

  // Up to `most` ASCII digits.
  std::optional<int> number(std::size_t most) {
    int value = 0;
    std::size_t count = 0;
    while (count < most && !done() && is_ascii_digit(text_[at_])) {
      value = value * 10 + static_cast<int>(text_[at_++] - U'0');
      ++count;
    }
    return count == 0 ? std::nullopt : std::optional(value);
  }

  // 8, 08, 八, 二〇二六, 十二, 二十八.
  std::optional<int> any_number(std::size_t most) {
    if (const auto ascii = number(most)) {
      return ascii;
    }
    int total = 0;
    int digit = -1;
    std::size_t count = 0;
    for (; !done() && count < 5; ++at_, ++count) {
      const int next = kanji_digit(text_[at_]);
      if (next >= 0) {
        digit = (digit < 0 ? 0 : digit * 10) + next;
      } else if (text_[at_] == U'十') {
        total += (digit < 0 ? 1 : digit) * 10;
        digit = -1;
      } else {
        break;
      }
    }
    return count == 0 ? std::nullopt : std::optional(total + (digit < 0 ? 0 : digit));
  }

  // One of / . - or the word; the same kind between all parts is not asked for.
  bool separator(std::u32string_view word) {
    skip_spaces();
    if (!take(word)) {
      if (done() || !(text_[at_] == U'/' || text_[at_] == U'.' || is_hyphen(text_[at_]))) {
        return false;
      }
      ++at_;
    }
    skip_spaces();
    return true;
  }

  std::optional<Date> read_date() {
    if (const Era* era = read_era()) {
      return era_date(*era);
    }
    const std::size_t digits = count_digits();
    if (digits == 8 || digits > 8) {
      return digits == 8 ? std::optional(Date{*number(4), *number(2), *number(2)}) : std::nullopt;
    }
    const std::size_t start = at_;
    const auto first = any_number(4);
    if (!first || !separator(U"年")) {
      return std::nullopt;
    }
    const bool year_first = *first >= kFirstYear;
    if (!year_first && text_[start] == U'0' && at_ - start > 3) {
      return std::nullopt;
    }
    const auto second = any_number(2);
    if (!second || !separator(year_first ? U"月" : U"/")) {
      return std::nullopt;
    }
    const auto third = any_number(year_first ? 2 : 4);
    if (!third) {
      return std::nullopt;
    }
    if (year_first) {
      take(U"日");
      return Date{*first, *second, *third};
    }
    // 10/19/2017 or 19/10/2017: only when one reading is possible.
    if (*third < kFirstYear || (*first <= 12 && *second <= 12 && *first != *second)) {
      return std::nullopt;
    }
    return *first <= 12 ? Date{*third, *first, *second} : Date{*third, *second, *first};
  }

  const Era* read_era() {
    for (const Era& era : kEras) {
      if (take(era.name) || take(std::u32string_view(&era.sign, 1))) {
        take(U"・");
        skip_spaces();
        return &era;
      }
      const char32_t c = done() ? 0 : text_[at_];
      if (c == era.letter || c == era.letter + 0x20) {
        const std::size_t after = at_ + 1;
        std::size_t next = after;
        while (next < text_.size() && (text_[next] == U'.' || is_space(text_[next]))) {
          ++next;
        }
        if (next < text_.size() && (is_ascii_digit(text_[next]) || text_[next] == U'元')) {
          at_ = next;
          return &era;
        }
      }
    }
    return nullptr;
  }

  std::optional<Date> era_date(const Era& era) {
    const std::size_t digits = count_digits();
    if (digits == 6) {  // R080401
      const int year = *number(2);
      const int month = *number(2);
      return Date{era.first.year + year - 1, month, *number(2)};
    }
    int year = 1;
    if (!take(U"元")) {
      const auto found = any_number(2);
      if (!found || *found < 1) {
        return std::nullopt;
      }
      year = *found;
    }
    if (!separator(U"年")) {
      return std::nullopt;
    }
    const auto month = any_number(2);
    if (!month || !separator(U"月")) {
      return std::nullopt;
    }
    const auto day = any_number(2);
    if (!day) {
      return std::nullopt;
    }
    take(U"日");
    return Date{era.first.year + year - 1, *month, *day};
  }

  void weekday() {
    const std::size_t before = at_;
    skip_spaces();
    const bool bracket = take(U"(");
    if (!done() && kWeekdays.find(text_[at_]) != std::u32string_view::npos) {
      ++at_;
      if (!take(U"曜日")) {
        take(U"曜");
      }
      if (!bracket || take(U")")) {
        return;
      }
    }
    at_ = before;
  }

  int half_of_day() {
    if (take(U"午前") || take(U"AM") || take(U"am") || take(U"a.m.")) {
      skip_spaces();
      return 0;
    }
    if (take(U"午後") || take(U"PM") || take(U"pm") || take(U"p.m.")) {
      skip_spaces();
      return 1;
    }
    return -1;
  }

  int fraction() {
    if (!take(U".")) {
      return 0;
    }
    int value = 0;
    int place = 100;
    while (!done() && is_ascii_digit(text_[at_])) {
      value += static_cast<int>(text_[at_++] - U'0') * place;
      place /= 10;
    }
    return value;
  }

  bool read_offset(Time& time) {
    if (done()) {
      return true;
    }
    if (take(U"Z")) {
      time.offset = 0;
      return true;
    }
    if (take(U"JST")) {
      time.offset = kJapanOffsetMinutes;
      return true;
    }
    const int sign = text_[at_] == U'+' ? 1 : text_[at_] == U'-' ? -1 : 0;
    if (sign == 0) {
      return true;  // The caller sees that something is left.
    }
    ++at_;
    const auto hours = number(2);
    take(U":");
    const auto minutes = number(2);
    if (!hours || *hours > 14 || minutes.value_or(0) > 59) {
      return false;
    }
    time.offset = sign * (*hours * 60 + minutes.value_or(0));
    return true;
  }

  std::u32string text_ = {};
  std::size_t at_ = 0;
};

Millis instant(Date date, const Time& time) {
  return start_of_day(date, time.offset.value_or(kJapanOffsetMinutes)) +
         Millis{time.minutes} * 60'000 + time.millis;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (const auto both = Reader(text).compact()) {
    return both->first;
  }
  Reader reader(text);
  const auto date = reader.date();
  if (!date || (!reader.done() && !reader.time())) {
    return std::nullopt;
  }
  return date;
}

std::optional<Millis> parse_date_time(std::string_view text) {
  if (const auto both = Reader(text).compact()) {
    return instant(both->first, both->second);
  }
  Reader reader(text);
  const auto date = reader.date();
  if (!date) {
    return std::nullopt;
  }
  if (reader.done()) {
    return start_of_day(*date);
  }
  const auto time = reader.time();
  return time ? std::optional(instant(*date, *time)) : std::nullopt;
}

std::optional<Date> date_from_excel_serial(double serial, bool date1904) {
  if (!std::isfinite(serial) || serial < (date1904 ? 0 : 1) || serial > 200'000) {
    return std::nullopt;
  }
  const auto days = static_cast<std::int64_t>(std::floor(serial));
  if (date1904) {
    return date_from_days(days_from_date({1904, 1, 1}) + days);
  }
  if (days == 60) {
    return std::nullopt;  // 1900-02-29, kept in the format for an older program's sake.
  }
  const Date found = date_from_days(days_from_date({1899, 12, 30}) + days + (days < 60 ? 1 : 0));
  return found.year > kLastYear ? std::nullopt : std::optional(found);
}

std::optional<Millis> instant_from_excel_serial(double serial, bool date1904) {
  const auto date = date_from_excel_serial(serial, date1904);
  if (!date) {
    return std::nullopt;
  }
  // Seconds are rounded: the fraction of a double is never exact.
  const auto seconds = std::llround((serial - std::floor(serial)) * 86'400);
  return start_of_day(*date) + Millis{seconds} * 1000;
}

std::string format_wareki(Date date) {
  for (const Era& era : kEras) {
    if (days_from_date(date) < days_from_date(era.first)) {
      continue;
    }
    const int year = date.year - era.first.year + 1;
    return to_utf8(era.name) + (year == 1 ? "元" : std::to_string(year)) + "年" +
           std::to_string(date.month) + "月" + std::to_string(date.day) + "日";
  }
  return format_japanese_date(date);
}

std::string format_japanese_date(Date date, bool with_weekday) {
  std::string out = std::to_string(date.year) + "年" + std::to_string(date.month) + "月" +
                    std::to_string(date.day) + "日";
  if (with_weekday) {
    out += "（" + to_utf8(kWeekdays.substr(static_cast<std::size_t>(weekday(date)), 1)) + "）";
  }
  return out;
}

int weekday(Date date) {
  const std::int64_t day = (days_from_date(date) + 4) % 7;  // 1970-01-01 was a Thursday.
  return static_cast<int>(day < 0 ? day + 7 : day);
}

}  // namespace daifuku::text
