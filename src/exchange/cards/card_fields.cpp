#include "exchange/cards/card_fields.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "exchange/cards/card_contacts.h"
#include "exchange/cards/card_words.h"
#include "text/code_points.h"
#include "text/postal.h"

namespace daifuku::exchange {
namespace {

using View = std::u32string_view;

enum class Kind { other, company, department, title, address, foreign_address, used };

// A part of a line that is one thing.
struct Piece {
  Kind kind = Kind::other;
  std::u32string text = {};
  CardBox box = {};
  int confidence = 0;
  int size = 0;
  bool vertical = false;
  bool after_postal = false;
};

bool kana(char32_t c) {
  return text::is_hiragana(c) || text::is_katakana(c) || c == U'ー' || c == U'・';
}
bool name_letter(char32_t c) {
  return text::is_kanji(c) || c == U'々' || text::is_hiragana(c) || text::is_katakana(c) ||
         c == U'ー' || c == U'ヶ';
}

// 株式会杜 -> 株式会社: one letter off in a legal form is a slip of recognition, never a name.
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

// Words of a piece, each for itself: 営業部 課長 山田 太郎.
struct Word {
  Kind kind = Kind::other;
  std::u32string text = {};
};

void add_word(std::vector<Word>& out, Kind kind, std::u32string text) {
  if (text.empty()) return;
  if (!out.empty() && out.back().kind == kind && kind != Kind::company) {
    out.back().text += U' ' + text;
  } else {
    out.push_back({kind, std::move(text)});
  }
}

// 営業部長 is a title, 営業部課長 is a department and a title, 課長山田太郎 a title and a name.
void add_rank(std::vector<Word>& out, const std::u32string& word) {
  const std::size_t length = latin(word) ? 0 : job_title_length(word);
  if (length > 0 || (latin(word) && is_job_title(word))) {
    const std::u32string before = word.substr(0, word.size() - length);
    if (length > 0 && is_department(before)) {
      add_word(out, Kind::department, before);
      add_word(out, Kind::title, word.substr(word.size() - length));
    } else {
      add_word(out, Kind::title, word);
    }
    return;
  }
  if (is_department(word)) return add_word(out, Kind::department, word);
  for (std::size_t at = word.size() < 4 ? 0 : word.size() - 2; at >= 2; --at) {
    const View head = View(word).substr(0, at);
    const View tail = View(word).substr(at);
    if (tail.size() > 6 || family_name_length(tail) == 0) continue;
    if (job_title_length(head) > 0 || is_department(head)) {
      add_rank(out, std::u32string(head));
      return add_word(out, Kind::other, std::u32string(tail));
    }
  }
  add_word(out, Kind::other, word);
}

std::vector<Word> split_piece(const std::u32string& text) {
  std::vector<Word> out;
  std::vector<std::u32string> words = split_words(text);
  if (words.empty()) return out;
  const auto single = static_cast<std::size_t>(
      std::count_if(words.begin(), words.end(), [](const auto& word) { return word.size() == 1; }));
  const std::u32string joined = without_spaces(text);
  const std::u32string mended = mended_company(joined);
  if (latin(text)) {
    if (is_english_company(text)) {
      out.push_back({Kind::company, text});
    } else if (foreign_address(text)) {
      out.push_back({Kind::foreign_address, text});
    } else if (is_job_title(text)) {
      out.push_back({Kind::title, text});
    } else if (is_department(text)) {
      out.push_back({Kind::department, text});
    } else {
      out.push_back({Kind::other, text});
    }
    return out;
  }
  // Widely set: 営 業 部 長. A name keeps its gaps for later.
  if (words.size() > 1 && single * 2 >= words.size() + 1) {
    const bool title = is_job_title(joined) || is_department(joined) || has_legal_form(mended);
    if (title) {
      words = {joined};
    } else {
      return {{Kind::other, text}};
    }
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::u32string whole = mended_company(words[i]);
    if (has_legal_form(whole)) {
      std::u32string name = whole;
      const bool bare = only_form(whole);
      // 株式会社 山田製作所, and 山田製作所 株式会社.
      if (bare && !out.empty() && out.back().kind == Kind::other && i > 0) {
        name = out.back().text + name;
        out.pop_back();
      } else if (bare && i + 1 < words.size()) {
        name += words[++i];
      }
      // 株式会社山田製作所営業部: what follows the name can't be told from it without a gap.
      out.push_back({Kind::company, name});
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

bool has_digit(View text) {
  return std::any_of(text.begin(), text.end(), text::is_ascii_digit) ||
         text.find(U"丁目") != View::npos || text.find(U'番') != View::npos;
}

bool below(const CardBox& upper, const CardBox& lower_box, int size) {
  const int gap = lower_box.top - upper.bottom();
  const bool across = lower_box.left < upper.right() && upper.left < lower_box.right();
  return across && gap > -size && gap < size * 3 / 2;
}
// In vertical writing the next line is to the left.
bool next_column(const CardBox& right, const CardBox& left, int size) {
  const int gap = right.left - left.right();
  const bool along = left.top < right.bottom() && right.top < left.bottom();
  return along && gap > -size && gap < size * 3 / 2;
}

int distance(const CardBox& a, const CardBox& b) {
  const int x = std::max({0, a.left - b.right(), b.left - a.right()});
  const int y = std::max({0, a.top - b.bottom(), b.top - a.bottom()});
  return std::max(x, y);
}

int sure(int line_confidence, int certainty) {
  return std::clamp(std::min(certainty, (line_confidence + certainty) / 2), 5, 99);
}

// 三―一二三四 of vertical writing as 3-1234; a digit alone (一番町, 三丁目) stays.
std::u32string western_digits(View text) {
  static constexpr View kDigits = U"〇一二三四五六七八九";
  const auto digit = [&](char32_t c) {
    return kDigits.find(c) != View::npos || c == U'○' || c == U'O' || text::is_ascii_digit(c);
  };
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    std::size_t count = 0;
    bool hyphen = false;
    while (end < text.size() &&
           (digit(text[end]) || (end > at && (text::is_hyphen(text[end]) || text[end] == U'|' ||
                                              text[end] == U'丨')))) {
      if (digit(text[end])) {
        ++count;
      } else {
        hyphen = true;
      }
      ++end;
    }
    if (count < 3 && !(count == 2 && hyphen)) {
      out += text[at++];
      continue;
    }
    for (; at < end; ++at) {
      const std::size_t value = kDigits.find(text[at]);
      out += value != View::npos                    ? static_cast<char32_t>(U'0' + value)
             : text[at] == U'○' || text[at] == U'O' ? U'0'
             : text::is_ascii_digit(text[at])       ? text[at]
                                                    : U'-';
    }
  }
  return out;
}

class Reader {
 public:
  explicit Reader(const std::vector<CardLine>& lines) {
    for (const CardLine& line : lines) read_line(line);
    std::vector<int> sizes;
    for (const Piece& piece : pieces_) sizes.push_back(piece.size);
    if (!sizes.empty()) {
      std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2),
                       sizes.end());
      median_ = std::max(1, sizes[sizes.size() / 2]);
    }
    find_address();
    find_company();
    find_name();
    find_rank(Kind::department, "department");
    find_rank(Kind::title, "job_title");
  }

  std::vector<CardField> take() {
    std::vector<CardField> out;
    for (auto& [key, field] : fields_) out.push_back(std::move(field));
    return out;
  }

 private:
  void set(const std::string& key, std::string value, int confidence, const CardBox& box) {
    if (value.empty()) return;
    CardField& field = fields_[key];
    if (!field.key.empty() && field.confidence >= confidence) return;
    field = {.key = key, .value = std::move(value), .confidence = confidence, .box = box};
  }

  void read_line(const CardLine& line) {
    std::u32string text;
    text::half_width(line.text, text);
    if (line.vertical) text = western_digits(text);
    std::u32string rest;
    bool postal = false;
    for (FoundContact& found : find_contacts(text, rest)) {
      postal = postal || found.key == "postal_code";
      set(found.key, std::move(found.value), sure(std::max(line.confidence, 60), found.certainty),
          line.box);
    }
    if (!line.latin.empty()) read_latin(line);
    if (rest.empty()) return;
    Piece piece{.text = rest,
                .box = line.box,
                .confidence = line.confidence,
                .size = std::max(1, line.size()),
                .vertical = line.vertical,
                .after_postal = postal};
    if (postal || japanese_address(rest)) {
      piece.kind = latin(rest) ? Kind::foreign_address : Kind::address;
      pieces_.push_back(std::move(piece));
      return;
    }
    for (Word& word : split_piece(rest)) {
      Piece part = piece;
      part.kind = word.kind;
      part.text = std::move(word.text);
      pieces_.push_back(std::move(part));
    }
  }

  // What the Latin reading says of addresses counts before the other.
  void read_latin(const CardLine& line) {
    std::u32string text;
    text::half_width(line.latin, text);
    std::u32string rest;
    for (FoundContact& found : find_contacts(text, rest)) {
      if (found.key != "email" && found.key != "website") continue;
      fields_.erase(found.key);
      set(found.key, std::move(found.value), sure(std::max(line.confidence, 60), found.certainty),
          line.box);
    }
  }

  void find_address() {
    Piece* best = nullptr;
    int best_score = 0;
    for (Piece& piece : pieces_) {
      if (piece.kind != Kind::address) continue;
      int score = piece.confidence + (piece.after_postal ? 20 : 0) +
                  (has_digit(piece.text) ? 30 : 0) + (japanese_address(piece.text) ? 30 : 0);
      // Several places of business: the first is the person's own.
      if (best != nullptr && score <= best_score + 10) continue;
      best = &piece;
      best_score = score;
    }
    // The postal code stands alone and its address below it, misread at the start.
    if (best == nullptr) {
      const auto postal = fields_.find("postal_code");
      if (postal == fields_.end()) return;
      for (Piece& piece : pieces_) {
        if (piece.kind != Kind::other || !has_digit(piece.text) || latin(piece.text)) continue;
        const bool next = piece.vertical ? next_column(postal->second.box, piece.box, piece.size)
                                         : below(postal->second.box, piece.box, piece.size);
        if (!next) continue;
        piece.kind = Kind::address;
        best = &piece;
        break;
      }
      if (best == nullptr) return;
    }
    std::u32string address = best->text;
    CardBox box = best->box;
    int confidence = best->confidence;
    best->kind = Kind::used;
    const bool complete = japanese_address(address).has_value();
    // The lines that go on below, or to the left.
    for (bool more = true; more;) {
      more = false;
      for (Piece& piece : pieces_) {
        if (piece.kind == Kind::used || piece.kind == Kind::company || piece.kind == Kind::title ||
            &piece == best)
          continue;
        const bool next = best->vertical ? next_column(box, piece.box, best->size)
                                         : below(box, piece.box, best->size);
        const bool alike = piece.size <= best->size * 7 / 5 && piece.size * 7 / 5 >= best->size;
        const bool goes_on =
            is_building(piece.text) || (!latin(piece.text) && has_digit(piece.text));
        const bool place_below = !complete && piece.kind == Kind::address;
        if (!next || !alike || !(goes_on || place_below) || latin(without_spaces(piece.text)))
          continue;
        if (piece.kind == Kind::address && complete && !is_building(piece.text)) continue;
        address += (best->vertical || place_below ? U"" : U" ") + piece.text;
        box = united(box, piece.box);
        confidence = std::min(confidence, piece.confidence);
        piece.kind = Kind::used;
        more = true;
      }
    }
    const int certainty = japanese_address(address) ? (has_digit(address) ? 94 : 70) : 50;
    set("address_text", text::to_utf8(tidy_address(address)), sure(confidence, certainty), box);
    // A code that fits another town than the print says is misread; the print has more letters.
    const auto postal = fields_.find("postal_code");
    if (postal == fields_.end()) return;
    const auto digits = text::normalize_postal_code(postal->second.value);
    const auto place = digits ? text::lookup_postal(*digits) : std::nullopt;
    const auto split = japanese_address(address);
    if (place && split && place->prefecture != split->prefecture)
      postal->second.confidence = std::min(postal->second.confidence, 40);
  }

  // One gap, before the building.
  static std::u32string tidy_address(View address) {
    std::u32string out;
    for (std::size_t i = 0; i < address.size(); ++i) {
      if (!text::is_space(address[i])) {
        out += address[i];
        continue;
      }
      if (out.empty() || i + 1 >= address.size()) continue;
      // "1 - 2 - 3" and the gap between city and street close, that before a name stays.
      const char32_t before = out.back();
      const char32_t after = address[i + 1];
      const bool number = text::is_ascii_digit(before) || before == U'号' || before == U'地';
      const bool name =
          text::is_kanji(after) || text::is_katakana(after) || text::is_ascii_letter(after);
      const bool closes = after == U'丁' || after == U'番' || after == U'号' || after == U'階';
      if ((number && name && !closes) ||
          (text::is_katakana(before) && text::is_ascii_digit(after)) ||
          (before == U'ル' && text::is_ascii_digit(after)) ||
          (before == U'ー' && text::is_ascii_digit(after) && after != U'-'))
        out += U' ';
    }
    return out;
  }

  void find_company() {
    Piece* best = nullptr;
    int best_score = -1000;
    for (Piece& piece : pieces_) {
      if (piece.kind != Kind::company) continue;
      const int score = piece.confidence + 30 * piece.size / median_ - (latin(piece.text) ? 60 : 0);
      if (score > best_score) {
        best = &piece;
        best_score = score;
      }
    }
    const bool foreign = best != nullptr && latin(best->text);
    if (best == nullptr || foreign) {
      Piece* plain = nullptr;
      for (Piece& piece : pieces_) {
        if (piece.kind != Kind::other && piece.kind != Kind::department) continue;
        const std::u32string joined = without_spaces(piece.text);
        if (joined.size() < 3 || !is_organization(joined) || piece.confidence < 50) continue;
        if (plain == nullptr || piece.size > plain->size) plain = &piece;
      }
      if (plain != nullptr) {
        best = plain;
      }
    }
    if (best == nullptr) return;
    // The legal form on a line of its own, above or below the name.
    std::u32string name =
        latin(best->text) ? best->text : mended_company(without_spaces(best->text));
    CardBox box = best->box;
    if (!latin(name) && only_form(name)) {
      for (Piece& piece : pieces_) {
        const bool beside =
            distance(piece.box, box) < std::max(piece.size, best->size) && &piece != best;
        if (piece.kind != Kind::other || !beside || latin(piece.text)) continue;
        const bool first = piece.box.top + piece.box.height / 2 < box.top ||
                           (!best->vertical && piece.box.right() <= box.left);
        name = first ? without_spaces(piece.text) + name : name + without_spaces(piece.text);
        box = united(box, piece.box);
        piece.kind = Kind::used;
        break;
      }
    }
    const int certainty = has_legal_form(name) ? 95 : latin(name) ? 70 : 60;
    set("company_name", text::to_utf8(name), sure(best->confidence, certainty), box);
    best->kind = Kind::used;
    // The same in letters, or of another office.
    for (Piece& piece : pieces_) {
      if (piece.kind == Kind::company) piece.kind = Kind::used;
    }
  }

  int name_score(const Piece& piece) const {
    const std::u32string letters = without_spaces(piece.text);
    if (letters.size() < 2 || letters.size() > 7) return -1000;
    if (!std::all_of(letters.begin(), letters.end(), name_letter)) return -1000;
    const auto kanji = std::count_if(letters.begin(), letters.end(),
                                     [](char32_t c) { return text::is_kanji(c) || c == U'々'; });
    if (kanji == 0) return -1000;
    const auto words = split_words(piece.text);
    int score = 30 * std::min(piece.size, median_ * 3) / median_;
    if (family_name_length(letters) > 0) score += 40;
    if (words.size() == 2 && words[0].size() <= 3 && words[1].size() <= 3) score += 15;
    if (words.size() > 2 && words.size() == letters.size()) score += 15;
    if (is_organization(letters) || is_department(letters)) score -= 50;
    if (letters.size() == 4 || letters.size() == 3) score += 5;
    for (const char32_t c : {U'の', U'を', U'と', U'は', U'で', U'に'}) {
      if (letters.find(c) != std::u32string::npos) score -= 15;
    }
    for (const Piece& other : pieces_) {
      if (&other == &piece) continue;
      if (distance(other.box, piece.box) > piece.size * 2) continue;
      if (other.kind == Kind::title || other.kind == Kind::department) {
        score += 8;
        break;
      }
    }
    for (const Piece& other : pieces_) {
      if (other.kind == Kind::other && reading_of(other).size() >= 4 &&
          distance(other.box, piece.box) < piece.size) {
        score += 12;
        break;
      }
    }
    return score;
  }

  // Katakana of a piece that is all kana; empty for others.
  static std::u32string reading_of(const Piece& piece) {
    std::u32string out;
    for (const char32_t c : piece.text) {
      if (c == U'(' || c == U')' || c == U'（' || c == U'）') continue;
      if (text::is_space(c) || c == U'・') {
        if (!out.empty() && out.back() != U' ') out += U' ';
        continue;
      }
      if (!kana(c)) return {};
      out += text::is_hiragana(c) ? c + 0x60 : c;
    }
    while (!out.empty() && out.back() == U' ') out.pop_back();
    return out.size() > 16 ? std::u32string() : out;
  }

  // 山 田 太 郎, 山田太郎 -> 山田 太郎.
  static std::u32string spaced_name(View text) {
    const auto words = split_words(text);
    const std::u32string letters = without_spaces(text);
    if (words.size() == 2) return words[0] + U' ' + words[1];
    std::size_t family = family_name_length(letters);
    if (family >= letters.size()) family = 0;
    if (family == 0) {
      // The usual lengths: 2 + 2, 2 + 1, 1 + 1, 2 + 3.
      family = letters.size() == 2 ? 1 : letters.size() <= 5 ? 2 : 3;
    }
    return letters.substr(0, family) + U' ' + letters.substr(family);
  }

  void find_name() {
    Piece* best = nullptr;
    int best_score = 45;
    for (Piece& piece : pieces_) {
      if (piece.kind != Kind::other) continue;
      const int score = name_score(piece);
      if (score > best_score) {
        best = &piece;
        best_score = score;
      }
    }
    // Family and given name far apart come as two.
    if (best == nullptr || without_spaces(best->text).size() <= 3) join_halves(best, best_score);
    if (best != nullptr) {
      set("name", text::to_utf8(spaced_name(best->text)),
          sure(best->confidence, std::clamp(best_score, 40, 96)), best->box);
      best->kind = Kind::used;
    }
    find_reading(best);
  }

  void join_halves(Piece*& best, int& best_score) {
    for (Piece& a : pieces_) {
      for (Piece& b : pieces_) {
        if (&a == &b || a.kind != Kind::other || b.kind != Kind::other || a.vertical != b.vertical)
          continue;
        const std::u32string first = without_spaces(a.text);
        const std::u32string second = without_spaces(b.text);
        if (first.empty() || second.empty() || first.size() > 3 || second.size() > 3) continue;
        const int larger = std::max(a.size, b.size);
        if (std::abs(a.size - b.size) * 3 > larger || a.size < median_) continue;
        const bool row = a.vertical ? b.box.top >= a.box.bottom() - 2 &&
                                          b.box.top - a.box.bottom() < larger * 4 &&
                                          std::abs(a.box.left - b.box.left) < larger / 2
                                    : b.box.left >= a.box.right() - 2 &&
                                          b.box.left - a.box.right() < larger * 4 &&
                                          std::abs(a.box.top - b.box.top) < larger / 2;
        if (!row) continue;
        Piece both = a;
        both.text = first + U' ' + second;
        both.box = united(a.box, b.box);
        both.confidence = std::min(a.confidence, b.confidence);
        both.size = larger;
        const int score = name_score(both);
        if (score <= best_score) continue;
        b.kind = Kind::used;
        a = both;
        best = &a;
        best_score = score;
        return;
      }
    }
  }

  void find_reading(const Piece* name) {
    const Piece* reading = nullptr;
    const Piece* letters = nullptr;
    const auto near = [&](const Piece& piece, const Piece* before) {
      if (name == nullptr) return before == nullptr || piece.size > before->size;
      const int away = distance(piece.box, name->box);
      if (away > name->size * 2) return false;
      return before == nullptr || away < distance(before->box, name->box);
    };
    for (const Piece& piece : pieces_) {
      if (piece.kind != Kind::other) continue;
      const std::u32string read = reading_of(piece);
      if (name != nullptr && read.size() >= 3 && piece.size <= name->size && near(piece, reading))
        reading = &piece;
      if (latin(piece.text) && romaji_words(piece.text).size() == 2 && near(piece, letters))
        letters = &piece;
    }
    if (reading != nullptr)
      set("name_kana", text::to_utf8(reading_of(*reading)), sure(reading->confidence, 88),
          reading->box);
    if (letters == nullptr) return;
    auto words = romaji_words(letters->text);
    set("name_romaji", text::to_utf8(words[0] + U' ' + words[1]), sure(letters->confidence, 85),
        letters->box);
    if (name == nullptr) {
      set("name", text::to_utf8(words[0] + U' ' + words[1]), sure(letters->confidence, 55),
          letters->box);
      return;
    }
    // "Taro YAMADA" and "Taro Yamada" have the family name last, "YAMADA Taro" has it first.
    const auto capitals = [](const std::u32string& word) {
      return std::none_of(word.begin(), word.end(), text::is_ascii_lower);
    };
    const bool family_first = (capitals(words[0]) && !capitals(words[1])) ||
                              letters->text.find(U',') != std::u32string::npos;
    if (!family_first) std::swap(words[0], words[1]);
    const std::u32string family = kana_of_romaji(words[0]);
    const std::u32string given = kana_of_romaji(words[1]);
    // Romaji does not tell long vowels: a proposal to look at.
    if (!family.empty() && !given.empty())
      set("name_kana", text::to_utf8(family + U' ' + given), std::min(60, letters->confidence),
          letters->box);
  }

  static std::vector<std::u32string> romaji_words(View text) {
    std::vector<std::u32string> out;
    std::u32string clean;
    for (const char32_t c : text) clean += c == U',' || c == U'.' ? U' ' : c;
    for (std::u32string& word : split_words(clean)) {
      const bool letters =
          word.size() >= 2 && std::all_of(word.begin(), word.end(), [](char32_t c) {
            return text::is_ascii_letter(c) || c == U'-' || c == U'\'';
          });
      if (!letters || text::is_ascii_lower(word[0]) || kana_of_romaji(word).empty()) return {};
      out.push_back(std::move(word));
    }
    return out;
  }

  void find_rank(Kind kind, const char* key) {
    std::vector<const Piece*> found;
    for (const Piece& piece : pieces_) {
      if (piece.kind == kind) found.push_back(&piece);
    }
    // What is said in Japanese is not said again in English.
    const bool japanese = std::any_of(found.begin(), found.end(),
                                      [](const Piece* piece) { return !latin(piece->text); });
    if (japanese) std::erase_if(found, [](const Piece* piece) { return latin(piece->text); });
    std::stable_sort(found.begin(), found.end(), [](const Piece* a, const Piece* b) {
      if (a->vertical && b->vertical) return a->box.left > b->box.left;
      return a->box.top + a->box.height / 2 < b->box.top + b->box.height / 2;
    });
    // Letters of the same line keep their order: the sort is stable.
    std::u32string text;
    CardBox box;
    int confidence = 100;
    std::size_t count = 0;
    for (const Piece* piece : found) {
      if (count == 3 || piece->confidence < 30) continue;
      ++count;
      if (!text.empty()) text += U' ';
      text += latin(piece->text) ? piece->text : japanese_gaps(piece->text);
      box = united(box, piece->box);
      confidence = std::min(confidence, piece->confidence);
    }
    set(key, text::to_utf8(text), sure(confidence, 90), box);
  }

  // 代 表 取 締 役 is set wide; 営業部 第一課 is two.
  static std::u32string japanese_gaps(View text) {
    const auto words = split_words(text);
    const bool wide =
        std::all_of(words.begin(), words.end(), [](const auto& word) { return word.size() == 1; });
    return wide ? without_spaces(text) : std::u32string(text);
  }

  std::vector<Piece> pieces_;
  std::map<std::string, CardField, std::less<>> fields_;
  int median_ = 1;
};

}  // namespace

std::vector<CardField> read_card_fields(const std::vector<CardLine>& lines) {
  return Reader(lines).take();
}

std::vector<CardField> join_fields(std::vector<CardField> code,
                                   const std::vector<CardField>& print) {
  for (const CardField& field : print) {
    const auto same = std::find_if(code.begin(), code.end(),
                                   [&](const CardField& one) { return one.key == field.key; });
    if (same == code.end()) {
      code.push_back(field);
    } else {
      same->box = field.box;
    }
  }
  return code;
}

}  // namespace daifuku::exchange
