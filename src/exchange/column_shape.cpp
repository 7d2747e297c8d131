#include "exchange/column_shape.h"

#include <algorithm>
#include <string>

#include "exchange/table_guard.h"
#include "text/corporate_number.h"
#include "text/date.h"
#include "text/email.h"
#include "text/phone.h"
#include "text/postal.h"
#include "text/url.h"

namespace daifuku::exchange {
namespace {

// Longer cells are prose or addresses; the parsers need not see them.
constexpr std::size_t kLongBytes = 60;

struct Characters {
  std::size_t total = 0;  // Without spaces.
  std::size_t digits = 0;
  std::size_t ascii_letters = 0;
  std::size_t katakana = 0;
  std::size_t hiragana = 0;
  std::size_t kanji = 0;
  std::size_t spaces = 0;
  std::size_t other = 0;
};

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned lead = byte(at);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t value = lead < 0x80 ? lead : lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (byte(at + i) & 0x3F);
  at += size;
  return value;
}

Characters count_characters(std::string_view text) {
  Characters out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c == ' ' || c == 0x3000 || c == '\t' || c == '\n' || c == 0xA0) {
      ++out.spaces;
      continue;
    }
    ++out.total;
    if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19)) {
      ++out.digits;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      ++out.ascii_letters;
    } else if ((c >= 0x30A1 && c <= 0x30FF) || (c >= 0xFF66 && c <= 0xFF9F)) {
      ++out.katakana;
    } else if (c >= 0x3041 && c <= 0x309F) {
      ++out.hiragana;
    } else if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000 ||
               c == 0x3005) {
      ++out.kanji;
    } else {
      ++out.other;
    }
  }
  return out;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view w) { return text.find(w) != text.npos; });
}

bool is_money(std::string_view text, const Characters& characters) {
  if (characters.digits == 0 || characters.digits + 6 < characters.total) return false;
  return text.starts_with("¥") || text.starts_with("￥") || text.starts_with("\\") ||
         text.ends_with("円");
}

bool is_number(std::string_view text) {
  if (is_plain_amount(text)) return !text.ends_with('%');
  // Spreadsheets: 4.00E+12
  const std::size_t exponent = text.find_first_of("eE");
  return exponent != text.npos && exponent > 0 && is_plain_amount(text.substr(0, exponent)) &&
         is_plain_amount(text.substr(exponent + 1));
}

// 9:00, 09:30:00, 9:00-17:00, 9:00～17:00
bool is_time(std::string_view text, const Characters& characters) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon > 2 || colon + 2 >= text.size()) return false;
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  return digit(0) && digit(colon + 1) && digit(colon + 2) &&
         characters.digits * 2 >= characters.total &&
         characters.katakana + characters.hiragana + characters.kanji + characters.ascii_letters <
             3;
}

bool is_address(std::string_view text, const Characters& characters) {
  if (characters.kanji < 3) return false;
  // The head of an address is enough for the splitter, whose cost grows with the text.
  if (const auto address = text::split_address(text)) {
    if (address->city_known && (!address->street.empty() || !address->city.empty())) return true;
  }
  return contains_any(text, {"市", "区", "町", "村", "郡"}) &&
         (contains_any(text, {"丁目", "番地", "番", "号"}) ||
          (characters.digits > 0 && text.find('-') != text.npos)) &&
         characters.digits + characters.kanji > 4;
}

bool is_phone(std::string_view text, const Characters& characters) {
  if (characters.digits < 9 || characters.digits > 20 || characters.kanji > 4) return false;
  const auto phone = text::parse_phone(text);
  return phone && phone->valid;
}

bool is_date(std::string_view text, const Characters& characters) {
  if (characters.digits == 0) return false;
  // Eight digits alone are a date only when they look like one of our time.
  if (characters.digits == characters.total) {
    if (characters.digits != 8 || !(text.starts_with("19") || text.starts_with("20"))) return false;
  }
  return text::parse_date(text).has_value();
}

bool is_company(std::string_view text, const Characters& characters) {
  if (characters.total < 3 || characters.total > 40) return false;
  // Written out or in brackets: bare short forms (120名, 有) mean other things more often.
  return contains_any(
      text, {"株式会社",     "有限会社", "合同会社", "合資会社", "合名会社", "相互会社", "（株）",
             "(株)",         "㈱",       "（有）",   "(有)",     "㈲",       "（同）",   "(同)",
             "（資）",       "（名）",   "社団法人", "財団法人", "医療法人", "学校法人", "宗教法人",
             "社会福祉法人", "活動法人", "NPO法人",  "協同組合", "Inc.",     "Co., Ltd", "Co.,Ltd",
             "Ltd.",         "LLC",      "Corp.",    "K.K."});
}

}  // namespace

bool is_placeholder(std::string_view text) {
  static constexpr std::array<std::string_view, 20> kWords = {
      "-",  "--",   "---",    "－",   "‐",        "―",   "ー",  "—",    "なし", "無し",
      "無", "不明", "非公開", "未定", "該当なし", "N/A", "n/a", "#N/A", "〃",   "*"};
  return std::ranges::find(kWords, text) != kWords.end();
}

CellShape shape_of(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  if (is_blank(text) || is_placeholder(text)) return CellShape::empty;
  const Characters characters = count_characters(text);
  if (text.size() > 4 * kLongBytes) return CellShape::text;
  if (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")) {
    return CellShape::url;
  }
  if (text.size() > kLongBytes * 2) {
    return is_address(text, characters) ? CellShape::address : CellShape::text;
  }
  if (text.starts_with('T') || text.starts_with("Ｔ")) {
    if (text::check_invoice_number(text).accepted()) return CellShape::invoice_number;
  } else if (text::check_corporate_number(text).issue == text::NumberIssue::none) {
    return CellShape::corporate_number;
  }
  if (characters.digits == 7) {
    // Numbers of seven digits are common, so the code has to exist; 〒 or a hyphen after three is a
    // strong sign too.
    const auto code = text::normalize_postal_code(text);
    const bool marked = text.starts_with("〒");
    // Built without the table, the hyphen has to do.
    const bool without_table = text::postal_count() == 0 && text.find('-') == 3;
    if (code && (marked || without_table || text::lookup_postal(*code))) {
      return CellShape::postal_code;
    }
  }
  if (is_time(text, characters)) return CellShape::time;
  if (text.ends_with('%') && is_plain_amount(text)) return CellShape::percent;
  if (is_money(text, characters)) return CellShape::money;
  // A plain run of digits is a phone only with its leading zero.
  const bool bare = characters.digits == characters.total;
  if ((!bare || text.front() == '0' || text.starts_with("０")) && is_phone(text, characters)) {
    return CellShape::phone;
  }
  if (is_date(text, characters)) return CellShape::date;
  if (is_number(text)) return CellShape::number;
  if (text.find('@') != text.npos || text.find("＠") != text.npos) {
    if (text::normalize_email(text)) return CellShape::email;
  }
  if (contains_any(text, {"○", "×", "有", "無", "はい", "いいえ", "TRUE", "FALSE", "Yes", "No"}) &&
      (characters.total == 1 || text == "はい" || text == "いいえ" || text == "TRUE" ||
       text == "FALSE" || text == "Yes" || text == "No")) {
    return CellShape::yes_no;
  }
  const bool bare_name = characters.digits + characters.other + characters.ascii_letters == 0;
  if (characters.katakana > 1 && characters.hiragana + characters.kanji == 0 &&
      characters.katakana * 2 > characters.total) {
    return CellShape::kana;
  }
  if (bare_name && characters.hiragana > 1 && characters.kanji + characters.katakana == 0) {
    return CellShape::hiragana;
  }
  if (bare_name && characters.total < 5) {
    for (const text::Prefecture& prefecture : text::prefectures()) {
      if (text == prefecture.name) return CellShape::prefecture;
    }
  }
  if (is_company(text, characters)) return CellShape::company;
  if (is_address(text, characters)) return CellShape::address;
  if (bare_name && characters.spaces == 1 && characters.total <= 7 && characters.kanji >= 2) {
    return CellShape::person;
  }
  return CellShape::text;
}

CellShape shape_of(const Cell& cell) {
  switch (cell.type) {
    case Cell::Type::empty:
    case Cell::Type::error:
      return CellShape::empty;
    case Cell::Type::date:
    case Cell::Type::date_time:
      return CellShape::date;
    case Cell::Type::boolean:
      return CellShape::yes_no;
    case Cell::Type::number:
    case Cell::Type::text:
      break;
  }
  return shape_of(cell.text);
}

void ColumnProfile::add(CellShape shape) {
  ++counts[static_cast<std::size_t>(shape)];
  if (shape != CellShape::empty) ++filled;
}

double ColumnProfile::share(CellShape shape) const {
  if (filled == 0) return 0;
  return static_cast<double>(counts[static_cast<std::size_t>(shape)]) / static_cast<double>(filled);
}

CellShape ColumnProfile::dominant(double at_least) const {
  if (filled == 0) return CellShape::empty;
  const auto most = std::max_element(counts.begin() + 1, counts.end());
  const auto shape = static_cast<CellShape>(most - counts.begin());
  return share(shape) >= at_least ? shape : CellShape::text;
}

ColumnProfile profile_of(std::span<const Row> rows, std::size_t column) {
  ColumnProfile profile;
  for (const Row& row : rows) {
    profile.add(column < row.size() ? shape_of(row[column]) : CellShape::empty);
  }
  return profile;
}

}  // namespace daifuku::exchange
