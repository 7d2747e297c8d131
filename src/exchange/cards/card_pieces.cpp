#include <algorithm>
#include <cstddef>
#include <utility>

#include "exchange/cards/card_page.h"
#include "exchange/cards/card_words.h"
#include "text/code_points.h"

namespace daifuku::exchange {
namespace {

using View = std::u32string_view;

// "Minato-ku, Tokyo 105-0001 Japan"
bool foreign_address(View text) {
  if (!latin(text)) return false;
  const std::u32string small = lower(text);
  static constexpr View kSigns[] = {U"-ku",      U"-shi",  U"-cho",   U"-machi", U"-gun",
                                    U"tokyo",    U"osaka", U"japan",  U"bldg",   U"-ken",
                                    U"kanagawa", U"aichi", U"street", U"-chome", U" floor"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](View sign) { return small.find(sign) != std::u32string::npos; });
}

void add_word(std::vector<PieceWord>& out, PieceKind kind, std::u32string text) {
  if (text.empty()) return;
  if (!out.empty() && out.back().kind == kind && kind != PieceKind::company) {
    out.back().text += U' ' + text;
  } else {
    out.push_back({kind, std::move(text)});
  }
}

// 営業部長 is a title, 営業部課長 is a department and a title, 課長山田太郎 a title and a name.
void add_rank(std::vector<PieceWord>& out, const std::u32string& word) {
  const std::size_t length = latin(word) ? 0 : job_title_length(word);
  if (length > 0 || (latin(word) && is_job_title(word))) {
    const std::u32string before = word.substr(0, word.size() - length);
    if (length > 0 && is_department(before)) {
      add_word(out, PieceKind::department, before);
      add_word(out, PieceKind::title, word.substr(word.size() - length));
    } else {
      add_word(out, PieceKind::title, word);
    }
    return;
  }
  if (is_department(word)) return add_word(out, PieceKind::department, word);
  for (std::size_t at = word.size() < 4 ? 0 : word.size() - 2; at >= 2; --at) {
    const View head = View(word).substr(0, at);
    const View tail = View(word).substr(at);
    if (tail.size() > 6 || family_name_length(tail) == 0) continue;
    if (job_title_length(head) > 0 || is_department(head)) {
      add_rank(out, std::u32string(head));
      return add_word(out, PieceKind::other, std::u32string(tail));
    }
  }
  add_word(out, PieceKind::other, word);
}

}  // namespace

void CardPage::set(const std::string& key, std::string value, int confidence, const CardBox& box) {
  if (value.empty()) return;
  CardField& field = fields[key];
  if (!field.key.empty() && field.confidence >= confidence) return;
  field = {.key = key, .value = std::move(value), .confidence = confidence, .box = box};
}

std::u32string mended_company(std::u32string name) {
  for (const View form : {U"一般社団法人", U"一般財団法人", U"株式会社", U"有限会社", U"合同会社",
                          U"合資会社", U"医療法人"}) {
    for (std::size_t at = 0; at + form.size() <= name.size(); ++at) {
      std::size_t same = 0;
      for (std::size_t i = 0; i < form.size(); ++i) same += name[at + i] == form[i] ? 1 : 0;
      if (same == form.size()) return name;
      const bool kanji_there =
          std::all_of(name.begin() + static_cast<std::ptrdiff_t>(at),
                      name.begin() + static_cast<std::ptrdiff_t>(at + form.size()), text::is_kanji);
      if (same + 1 == form.size() && kanji_there) {
        name.replace(at, form.size(), form);
        return name;
      }
    }
  }
  return name;
}

bool only_form(View word) {
  static constexpr View kForms[] = {U"株式会社", U"有限会社",     U"合同会社",     U"合資会社",
                                    U"合名会社", U"一般社団法人", U"一般財団法人", U"医療法人",
                                    U"(株)",     U"(有)",         U"㈱",           U"㈲"};
  return std::find(std::begin(kForms), std::end(kForms), word) != std::end(kForms);
}

bool has_legal_form(View text) {
  static constexpr View kForms[] = {U"株式会社", U"有限会社", U"合同会社", U"合資会社", U"合名会社",
                                    U"法人",     U"(株)",     U"(有)",     U"㈱",       U"㈲"};
  return std::any_of(std::begin(kForms), std::end(kForms),
                     [&](View form) { return text.find(form) != View::npos; });
}

bool latin(View text) {
  bool letter = false;
  for (const char32_t c : text) {
    if (c >= 0x250) return false;
    letter = letter || text::is_ascii_letter(c);
  }
  return letter;
}

bool has_digit(View text) {
  return std::any_of(text.begin(), text.end(), text::is_ascii_digit) ||
         text.find(U"丁目") != View::npos || text.find(U'番') != View::npos;
}

std::vector<PieceWord> split_piece(const std::u32string& text) {
  std::vector<PieceWord> out;
  std::vector<std::u32string> words = split_words(text);
  if (words.empty()) return out;
  // 山手ビル 801号室 is no department.
  if (is_building(text) && has_digit(text)) return {{PieceKind::other, text}};
  const auto single = static_cast<std::size_t>(
      std::count_if(words.begin(), words.end(), [](const auto& word) { return word.size() == 1; }));
  const std::u32string joined = without_spaces(text);
  const std::u32string mended = mended_company(joined);
  if (latin(text)) {
    if (is_english_company(text)) {
      out.push_back({PieceKind::company, text});
    } else if (foreign_address(text)) {
      out.push_back({PieceKind::foreign_address, text});
    } else if (is_job_title(text)) {
      out.push_back({PieceKind::title, text});
    } else if (is_department(text)) {
      out.push_back({PieceKind::department, text});
    } else {
      out.push_back({PieceKind::other, text});
    }
    return out;
  }
  // Widely set: 営 業 部 長. A name keeps its gaps for later.
  if (words.size() > 1 && single * 2 >= words.size() + 1) {
    const bool title = is_job_title(joined) || is_department(joined) || has_legal_form(mended);
    if (title) {
      words = {joined};
    } else {
      return {{PieceKind::other, text}};
    }
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::u32string whole = mended_company(words[i]);
    if (has_legal_form(whole)) {
      std::u32string name = whole;
      const bool bare = only_form(whole);
      // 株式会社 山田製作所, and 山田製作所 株式会社.
      if (bare && !out.empty() && out.back().kind == PieceKind::other && i > 0) {
        name = out.back().text + name;
        out.pop_back();
      } else if (bare && i + 1 < words.size()) {
        name += words[++i];
      }
      // 株式会社山田製作所営業部: what follows the name can't be told from it without a gap.
      out.push_back({PieceKind::company, name});
      continue;
    }
    add_rank(out, words[i]);
  }
  return out;
}

std::optional<text::Address> japanese_address(const std::u32string& text) {
  const std::string utf8 = text::to_utf8(without_spaces(text));
  auto found = text::split_address(utf8);
  if (found && found->prefecture.empty() && !found->city_known) found.reset();
  // A name may begin as a place does (山口 太郎, 千葉 花子): an address says more than the place.
  if (found && found->city.empty()) found.reset();
  return found;
}

int distance(const CardBox& a, const CardBox& b) {
  const int x = std::max({0, a.left - b.right(), b.left - a.right()});
  const int y = std::max({0, a.top - b.bottom(), b.top - a.bottom()});
  return std::max(x, y);
}

int sure(int line_confidence, int certainty) {
  return std::clamp(std::min(certainty, (line_confidence + certainty) / 2), 5, 99);
}

}  // namespace daifuku::exchange
