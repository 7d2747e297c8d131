#include "exchange/damage_check.h"

#include <algorithm>
#include <array>

#include "exchange/column_shape.h"
#include "exchange/table_guard.h"
#include "text/encoding.h"
#include "text/fold.h"
#include "text/number.h"
#include "text/phone.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kExampleLength = 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view w) { return text.find(w) != text.npos; });
}

// 1月1日, 12月3日, 1-Jan, Jan-01: a day without a year, as Excel shows 1-1.
bool is_day_without_year(std::string_view text) {
  if (text.empty() || text.size() > 12) return false;
  const std::size_t month = text.find("月");
  if (month != text.npos) {
    return all_digits(text.substr(0, month)) && text.ends_with("日") &&
           all_digits(text.substr(month + 3, text.size() - month - 6));
  }
  const std::size_t hyphen = text.find('-');
  if (hyphen == text.npos) return false;
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string_view before = text.substr(0, hyphen);
  const std::string_view after = text.substr(hyphen + 1);
  const auto is_month = [&](std::string_view t) {
    return std::ranges::find(kMonths, t) != kMonths.end();
  };
  return (is_month(before) && all_digits(after)) || (is_month(after) && all_digits(before));
}

bool is_error_value(std::string_view text) {
  if (!text.starts_with('#')) return false;
  static constexpr std::array<std::string_view, 8> kErrors = {
      "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"};
  return std::ranges::find(kErrors, text) != kErrors.end() ||
         (text.size() >= 3 && text.find_first_not_of('#') == text.npos);
}

bool has_html(std::string_view text) {
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    std::string_view tag = text.substr(at + 1);
    if (tag.starts_with('/')) tag.remove_prefix(1);
    std::size_t letters = 0;
    while (letters < tag.size() && ((tag[letters] | 0x20) >= 'a' && (tag[letters] | 0x20) <= 'z')) {
      ++letters;
    }
    if (letters == 0 || letters > 10 || letters == tag.size()) continue;
    const char after = tag[letters];
    if ((after == '>' || after == ' ' || after == '/') && tag.find('>') != tag.npos) return true;
  }
  return false;
}

bool has_mojibake(std::string_view text) {
  // Latin-1 letters in UTF-8 begin with these two bytes; Japanese never does.
  if (text.find("\xEF\xBF\xBD") != text.npos) return true;
  if (text.find('\xC3') == text.npos && text.find('\xC2') == text.npos) return false;
  return text::repair_mojibake(text).has_value();
}

}  // namespace

std::string_view damage_code(Damage damage) {
  switch (damage) {
    case Damage::none:
      return "";
    case Damage::number_rounded:
      return "damage_number_rounded";
    case Damage::phone_zero_lost:
      return "damage_phone_zero_lost";
    case Damage::number_to_date:
      return "damage_number_to_date";
    case Damage::date_as_serial:
      return "damage_date_as_serial";
    case Damage::error_value:
      return "damage_error_value";
    case Damage::html:
      return "damage_html";
    case Damage::mojibake:
      return "damage_mojibake";
    case Damage::mixed_types:
      return "damage_mixed_types";
    case Damage::beyond_header:
      return "damage_beyond_header";
  }
  return "";
}

ColumnRole role_of(std::string_view heading) {
  if (contains_any(heading,
                   {"電話", "携帯", "TEL", "Tel", "tel", "FAX", "Fax", "fax", "phone", "Phone"})) {
    return ColumnRole::phone;
  }
  if (contains_any(heading, {"番地", "住所", "所在地", "番号", "コード", "号室", "型番", "品番",
                             "code", "Code", "address", "Address", "ID"})) {
    return ColumnRole::place_or_code;
  }
  if (contains_any(heading, {"月日", "日付", "Date", "date", "日時"}) || heading.ends_with("日")) {
    return ColumnRole::date;
  }
  return ColumnRole::other;
}

Damage damage_in(const Cell& cell, ColumnRole role) {
  const std::string_view text = cell.text;
  if (text.empty()) return Damage::none;
  if (cell.type == Cell::Type::error || is_error_value(text)) return Damage::error_value;
  if (is_digit(text.front()) || text.front() == '-') {
    if (text::is_spreadsheet_damage(text)) return Damage::number_rounded;
    if (all_digits(text)) {
      if (role == ColumnRole::phone && text.front() != '0' && text.size() >= 8 &&
          text.size() <= 10 && text::repair_phone(text)) {
        return Damage::phone_zero_lost;
      }
      // 1954-10-03 to 2064-04-08
      if (role == ColumnRole::date && text.size() == 5 && text >= "20000" && text <= "60000") {
        return Damage::date_as_serial;
      }
      return Damage::none;
    }
  }
  if (role == ColumnRole::place_or_code &&
      (cell.type == Cell::Type::date || is_day_without_year(text))) {
    return Damage::number_to_date;
  }
  if (has_html(text)) return Damage::html;
  if (has_mojibake(text)) return Damage::mojibake;
  return Damage::none;
}

DamageCheck::DamageCheck(const FoundHeader& header) {
  for (const HeaderColumn& column : header.columns) {
    columns_.push_back({.role = role_of(column.name)});
  }
}

void DamageCheck::count(std::vector<DamageNotice>& found, Damage damage, const Cell& cell,
                        std::int64_t line) {
  auto notice = std::ranges::find(found, damage, &DamageNotice::damage);
  if (notice == found.end()) {
    found.push_back({.damage = damage,
                     .first_line = line,
                     .example = text::truncate(cell.text, kExampleLength)});
    notice = found.end() - 1;
  }
  ++notice->count;
}

void DamageCheck::add(const Row& row, std::int64_t line) {
  for (std::size_t c = 0; c < row.size(); ++c) {
    const Cell& cell = row[c];
    if (cell.empty()) continue;
    if (c >= columns_.size()) {
      count(whole_, Damage::beyond_header, cell, line);
      continue;
    }
    Column& column = columns_[c];
    const Damage damage = damage_in(cell, column.role);
    if (damage != Damage::none) count(column.found, damage, cell, line);
    if (is_placeholder(cell.text)) continue;
    ++column.filled;
    if (cell.type == Cell::Type::number || is_plain_amount(cell.text)) {
      ++column.numbers;
    } else if (++column.first_text.count == 1) {
      column.first_text.first_line = line;
      column.first_text.example = text::truncate(cell.text, kExampleLength);
    }
  }
}

std::vector<DamageNotice> DamageCheck::notices() const {
  std::vector<DamageNotice> out;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const Column& column = columns_[c];
    std::vector<DamageNotice> found = column.found;
    const std::int64_t texts = column.filled - column.numbers;
    if (column.role != ColumnRole::place_or_code && texts > 0 && column.numbers >= 5 &&
        column.numbers >= texts * 9) {
      found.push_back(column.first_text);
      found.back().damage = Damage::mixed_types;
    }
    std::ranges::sort(found, {}, &DamageNotice::damage);
    for (DamageNotice& notice : found) {
      notice.column = static_cast<int>(c);
      out.push_back(std::move(notice));
    }
  }
  out.insert(out.end(), whole_.begin(), whole_.end());
  return out;
}

}  // namespace daifuku::exchange
