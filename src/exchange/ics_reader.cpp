#include "exchange/ics_reader.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "exchange/ics.h"
#include "exchange/ics_lines.h"
#include "exchange/vcard.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr Millis kMinute = 60'000;
constexpr Millis kDay = 1'440 * kMinute;

enum Place : std::size_t {
  kTitle,
  kWhen,
  kDay_,
  kHours,
  kMinutes,
  kKind,
  kStatus,
  kDone,
  kPlace,
  kCompany,
  kPeople,
  kEmails,  // three times: as guests, as the one who is met, as people of ours
  kPartner,
  kColleagues,
  kText,
  kUrl,
  kUid,
  kColumns,
};
constexpr std::array<std::string_view, kColumns> kHeadings = {
    "件名", "日時",     "日付", "時刻",   "所要時間（分）", "種類",
    "状況", "済み",     "場所", "お客様", "出席者",         "出席者のメール",
    "相手", "自社の人", "内容", "リンク", "予定の番号"};

std::string two(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// 2026-12-01 10:00 in Japan
std::string clock_time(Millis at) {
  const std::int64_t minute = (at - start_of_day(local_date(at))) / kMinute;
  return two(minute / 60) + ":" + two(minute % 60);
}

// What its title says it is, in the words of the choices of an activity.
std::string kind_of(std::string_view title) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"訪問", "訪問"},
      {"往訪", "訪問"},
      {"来訪", "訪問"},
      {"来社", "訪問"},
      {"電話", "電話"},
      {"架電", "電話"},
      {"tel", "電話"},
      {"展示会", "催し・セミナー参加"},
      {"セミナー", "催し・セミナー参加"}};
  const std::string folded = text::fold(title);
  for (const auto& [word, kind] : kWords) {
    if (folded.find(text::fold(word)) != std::string::npos) return std::string(kind);
  }
  return "打ち合わせ";
}

// Customers that a title names beyond doubt: what stands before 様 or 御中, or has a legal form.
std::string customers_in(std::string_view title) {
  static constexpr std::string_view kBreaks[] = {
      " ",  "　", "、", "，", ",", "/",  "／", "：", ":",  "・", "「", "」", "『",
      "』", "【", "】", "[",  "]", "（", "）", "|",  "｜", "の", "へ", "と"};
  static constexpr std::string_view kForms[] = {"株式会社", "有限会社", "合同会社", "㈱", "㈲"};
  static constexpr std::string_view kHonors[] = {"様", "さま", "御中"};
  std::string out;
  std::string word;
  const auto end = [&](std::string_view rest) {
    bool honored = std::ranges::any_of(kHonors, [&](auto mark) { return rest.starts_with(mark); });
    for (const auto mark : kHonors) {
      const auto at = word.find(mark);
      if (at == std::string::npos || at == 0) continue;
      word.erase(at);
      honored = true;
    }
    const bool formed = std::ranges::any_of(
        kForms, [&](auto form) { return word.find(form) != std::string::npos && word != form; });
    if (!word.empty() && (honored || formed)) out += (out.empty() ? "" : "\n") + word;
    word.clear();
  };
  for (std::size_t i = 0; i < title.size();) {
    const std::string_view rest = title.substr(i);
    const auto* found = std::ranges::find_if(
        kBreaks, [&](std::string_view mark) { return rest.starts_with(mark); });
    if (found != std::end(kBreaks)) {
      end({});
      i += found->size();
    } else {
      word += title[i++];
    }
  }
  end({});
  return out;
}

using Cells = std::array<std::string, kColumns>;

Cells cells_of(const IcsEvent& event, Millis now) {
  Cells cells;
  cells[kTitle] = event.title.empty() ? "（件名なし）" : text::truncate(event.title, 200);
  const std::string day = format_date(local_date(event.start));
  cells[kDay_] = day;
  if (event.all_day) {
    cells[kWhen] = day;
    const std::int64_t days = (event.end - event.start) / kDay;
    if (days > 1) cells[kHours] = day + " から " + format_date(local_date(event.end - kDay));
  } else {
    cells[kWhen] = day + " " + clock_time(event.start);
    cells[kHours] = clock_time(event.start);
    const Millis length = event.end - event.start;
    if (length > 0) {
      const bool same_day = format_date(local_date(event.end)) == day;
      cells[kHours] +=
          "〜" + (same_day ? "" : format_date(local_date(event.end)) + " ") + clock_time(event.end);
      cells[kMinutes] = std::to_string(length / kMinute);
    }
  }
  cells[kKind] = kind_of(event.title);
  if (event.cancelled) cells[kStatus] = "取りやめ";
  if (event.cancelled || event.end < now) cells[kDone] = "はい";
  cells[kPlace] = event.place;
  cells[kCompany] = customers_in(event.title);
  for (const IcsPerson& person : event.people) {
    std::string& names = cells[kPeople];
    names += (names.empty() ? "" : "、") + (person.name.empty() ? person.email : person.name);
    if (person.email.empty()) continue;
    std::string& emails = cells[kEmails];
    emails += (emails.empty() ? "" : "\n") + person.email;
  }
  cells[kPartner] = cells[kColleagues] = cells[kEmails];
  cells[kText] = event.text;
  cells[kUrl] = event.url;
  cells[kUid] = event.uid;
  if (!event.occurrence.empty()) cells[kUid] += "\n" + event.occurrence;
  return cells;
}

class IcsReader final : public TableReader {
 public:
  IcsReader(IcsCalendar calendar, std::size_t replaced, Millis now)
      : events_(std::move(calendar.events)), now_(now) {
    const auto note = [&](std::string_view code, std::int64_t count) {
      if (count != 0) notes_.push_back({std::string(code), 0, {{"count", std::to_string(count)}}});
    };
    note("ics_private_left_out", calendar.confidential);
    note("ics_own_left_out", calendar.own);
    note("ics_others_left_out", calendar.others);
    note("ics_unreadable", calendar.unreadable);
    note("ics_repeats_cut", calendar.cut);
    note("ics_too_many", calendar.left_out);
    note("undecodable_characters", static_cast<std::int64_t>(replaced));
    for (const std::string& zone : calendar.unknown_zones)
      notes_.push_back({"ics_zone_unknown", 0, {{"name", zone}}});
  }

  bool next(Row& row) override {
    if (line_ > static_cast<std::int64_t>(events_.size())) return false;
    row.resize(kColumns);
    if (line_++ == 0) {
      for (std::size_t i = 0; i < kColumns; ++i)
        row[i] = {.text = std::string(kHeadings[i]), .type = Cell::Type::text};
      return true;
    }
    Cells cells = cells_of(events_[static_cast<std::size_t>(line_) - 2], now_);
    for (std::size_t i = 0; i < kColumns; ++i) {
      row[i].type = cells[i].empty() ? Cell::Type::empty : Cell::Type::text;
      row[i].text = std::move(cells[i]);
    }
    return true;
  }
  std::int64_t line() const override { return line_; }
  double progress() const override {
    return static_cast<double>(line_) / static_cast<double>(events_.size() + 1);
  }
  const std::vector<Note>& notes() const override { return notes_; }

 private:
  std::vector<IcsEvent> events_;
  Millis now_;
  std::vector<Note> notes_ = {};
  std::int64_t line_ = 0;  // as of a sheet
};

}  // namespace

OpenedTable open_ics(const std::filesystem::path& path, const FileStart& start,
                     const OpenOptions& options) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw SystemError("open " + path.string());
  if (size > kMostIcsBytes) {
    throw AppError(Status::too_large, "ics_too_large",
                   {{"limit", std::to_string(kMostIcsBytes >> 20) + " MB"}});
  }
  // As that of address books: a line may be folded inside a character.
  text::Encoding encoding = vcard_encoding(start.bytes, start.complete);
  if (!options.encoding.empty()) {
    const auto named = text::parse_encoding(options.encoding);
    if (!named) throw AppError(Status::invalid, "encoding_unknown", {{"name", options.encoding}});
    encoding = *named;
  }
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad()) throw SystemError("read failed");
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  std::size_t replaced = 0;
  const std::string text = text::decode(unfold_ics(bytes, encoding), encoding, &replaced);
  const Millis now = options.now != 0 ? options.now : SystemClock().now();
  IcsCalendar calendar = read_ics(text, now);
  if (calendar.events.empty()) {
    throw AppError(Status::unsupported, calendar.own != 0 ? "ics_only_own" : "ics_no_events");
  }
  OpenedTable table{.format = TableFormat::ics,
                    .encoding = std::string(text::encoding_name(encoding))};
  table.reader = std::make_unique<IcsReader>(std::move(calendar), replaced, now);
  return table;
}

}  // namespace daifuku::exchange
