#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "exchange/cards/card_page.h"
#include "exchange/cards/card_words.h"
#include "text/code_points.h"
#include "text/postal.h"
#include "text/postal_table.h"

namespace daifuku::exchange {
namespace {

using View = std::u32string_view;

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

// One gap, before the building.
std::u32string tidy_address(View address) {
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
    if ((number && name && !closes) || (text::is_katakana(before) && text::is_ascii_digit(after)) ||
        (before == U'ル' && text::is_ascii_digit(after)) ||
        (before == U'ー' && text::is_ascii_digit(after) && after != U'-'))
      out += U' ';
  }
  return out;
}

std::size_t edits(View a, View b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = corner + (a[i - 1] == b[j - 1] ? 0U : 1U);
      corner = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::optional<std::string> postal_digits(const CardPage& page) {
  const auto found = page.fields.find("postal_code");
  return found == page.fields.end() ? std::nullopt
                                    : text::normalize_postal_code(found->second.value);
}

// 東京都生代田区丸の内 beside 〒100-0005 is a slip: the places of the code are known. True when the
// address now begins as one of them does.
bool mend_place(const CardPage& page, std::u32string& address) {
  const auto digits = postal_digits(page);
  if (!digits) return false;
  const text::PostalTable& table = text::built_in_postal();
  const std::u32string letters = without_spaces(address);
  std::u32string best;
  std::size_t best_length = 0;
  std::size_t fewest = View::npos;
  const auto [first, last] = table.find(*digits);
  for (std::size_t row = first; row < last; ++row) {
    const text::PostalPlace place = table.place(row);
    for (const bool prefecture : {true, false}) {
      std::u32string head;
      text::decode_utf8((prefecture ? std::string(place.prefecture) : std::string()) +
                            std::string(place.city) + std::string(place.town),
                        head);
      if (head.size() < 5) continue;
      for (std::size_t length = head.size() - 1; length <= head.size() + 1; ++length) {
        if (length > letters.size()) continue;
        const std::size_t count = edits(View(letters).substr(0, length), head);
        if (count >= fewest) continue;
        fewest = count;
        best = head;
        best_length = length;
      }
    }
  }
  // One letter in four: more is another place, and the code may be the slip.
  if (fewest == 0 || fewest > best.size() / 4) return false;
  // The gaps behind the place stay: one of them is before the building.
  std::size_t end = 0;
  for (std::size_t count = 0; count < best_length; ++end) {
    if (!text::is_space(address[end])) ++count;
  }
  address = best + address.substr(end);
  return true;
}

// A code that fits another prefecture than the print says is misread; the print has more letters.
// One that could not be read follows from the place, to be looked at.
void compare_postal(CardPage& page, const text::Address& address, const CardBox& box) {
  if (const auto digits = postal_digits(page)) {
    CardField& field = page.fields["postal_code"];
    const auto place = text::lookup_postal(*digits);
    if (place && place->prefecture != address.prefecture)
      field.confidence = std::min(field.confidence, 40);
    return;
  }
  const auto& table = text::built_in_postal();
  const auto found = text::find_postal(table, address.prefecture, address.city, address.street, 1);
  if (!found.empty() && found.front().exact)
    page.set("postal_code", text::format_postal_code(table.code(found.front().row)), 60, box);
}

}  // namespace

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

void find_address(CardPage& page) {
  Piece* best = nullptr;
  int best_score = 0;
  for (Piece& piece : page.pieces) {
    if (piece.kind != PieceKind::address) continue;
    int score = piece.confidence + (piece.after_postal ? 20 : 0) +
                (has_digit(piece.text) ? 30 : 0) + (japanese_address(piece.text) ? 30 : 0);
    // Several places of business: the first is the person's own.
    if (best != nullptr && score <= best_score + 10) continue;
    best = &piece;
    best_score = score;
  }
  // The postal code stands alone and its address below it, misread at the start.
  if (best == nullptr) {
    const auto postal = page.fields.find("postal_code");
    if (postal == page.fields.end()) return;
    for (Piece& piece : page.pieces) {
      if (piece.kind != PieceKind::other || !has_digit(piece.text) || latin(piece.text)) continue;
      const bool next = piece.vertical ? next_column(postal->second.box, piece.box, piece.size)
                                       : below(postal->second.box, piece.box, piece.size);
      if (!next) continue;
      piece.kind = PieceKind::address;
      best = &piece;
      break;
    }
    if (best == nullptr) return;
  }
  std::u32string address = best->text;
  CardBox box = best->box;
  int confidence = best->confidence;
  best->kind = PieceKind::used;
  const bool complete = japanese_address(address).has_value();
  // The lines that go on below, or to the left.
  for (bool more = true; more;) {
    more = false;
    for (Piece& piece : page.pieces) {
      if (piece.kind == PieceKind::used || piece.kind == PieceKind::company ||
          piece.kind == PieceKind::title || &piece == best)
        continue;
      const bool next = best->vertical ? next_column(box, piece.box, best->size)
                                       : below(box, piece.box, best->size);
      const bool alike = piece.size <= best->size * 7 / 5 && piece.size * 7 / 5 >= best->size;
      const bool goes_on = is_building(piece.text) || (!latin(piece.text) && has_digit(piece.text));
      const bool place_below = !complete && piece.kind == PieceKind::address;
      if (!next || !alike || !(goes_on || place_below) || latin(without_spaces(piece.text)))
        continue;
      if (piece.kind == PieceKind::address && complete && !is_building(piece.text)) continue;
      address += (best->vertical || place_below ? U"" : U" ") + piece.text;
      box = united(box, piece.box);
      confidence = std::min(confidence, piece.confidence);
      piece.kind = PieceKind::used;
      more = true;
    }
  }
  const bool mended = mend_place(page, address);
  const auto split = japanese_address(address);
  const int certainty = !split ? 50 : !has_digit(address) ? 70 : mended ? 85 : 94;
  page.set("address_text", text::to_utf8(tidy_address(address)), sure(confidence, certainty), box);
  if (split) compare_postal(page, *split, box);
}

}  // namespace daifuku::exchange
