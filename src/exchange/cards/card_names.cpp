#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <utility>

#include "exchange/cards/card_page.h"
#include "exchange/cards/card_words.h"
#include "text/code_points.h"

namespace daifuku::exchange {
namespace {

using View = std::u32string_view;

bool kana(char32_t c) {
  return text::is_hiragana(c) || text::is_katakana(c) || c == U'ー' || c == U'・';
}
bool name_letter(char32_t c) {
  return text::is_kanji(c) || c == U'々' || text::is_hiragana(c) || text::is_katakana(c) ||
         c == U'ー' || c == U'ヶ';
}

// Katakana of a piece that is all kana; empty for others.
std::u32string reading_of(const Piece& piece) {
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

int name_score(const CardPage& page, const Piece& piece) {
  const std::u32string letters = without_spaces(piece.text);
  if (letters.size() < 2 || letters.size() > 7) return -1000;
  if (!std::all_of(letters.begin(), letters.end(), name_letter)) return -1000;
  const auto kanji = std::count_if(letters.begin(), letters.end(),
                                   [](char32_t c) { return text::is_kanji(c) || c == U'々'; });
  if (kanji == 0) return -1000;
  const auto words = split_words(piece.text);
  int score = 30 * std::min(piece.size, page.median * 3) / page.median;
  if (family_name_length(letters) > 0) score += 40;
  if (words.size() == 2 && words[0].size() <= 3 && words[1].size() <= 3) score += 15;
  if (words.size() > 2 && words.size() == letters.size()) score += 15;
  if (is_organization(letters) || is_department(letters)) score -= 50;
  if (letters.size() == 4 || letters.size() == 3) score += 5;
  for (const char32_t c : {U'の', U'を', U'と', U'は', U'で', U'に'}) {
    if (letters.find(c) != std::u32string::npos) score -= 15;
  }
  for (const Piece& other : page.pieces) {
    if (&other == &piece) continue;
    if (distance(other.box, piece.box) > piece.size * 2) continue;
    if (other.kind == PieceKind::title || other.kind == PieceKind::department) {
      score += 8;
      break;
    }
  }
  for (const Piece& other : page.pieces) {
    if (other.kind == PieceKind::other && reading_of(other).size() >= 4 &&
        distance(other.box, piece.box) < piece.size) {
      score += 12;
      break;
    }
  }
  return score;
}

// 山 田 太 郎, 山田太郎 -> 山田 太郎.
std::u32string spaced_name(View text) {
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

void join_halves(CardPage& page, Piece*& best, int& best_score) {
  for (Piece& a : page.pieces) {
    for (Piece& b : page.pieces) {
      if (&a == &b || a.kind != PieceKind::other || b.kind != PieceKind::other ||
          a.vertical != b.vertical)
        continue;
      const std::u32string first = without_spaces(a.text);
      const std::u32string second = without_spaces(b.text);
      if (first.empty() || second.empty() || first.size() > 3 || second.size() > 3) continue;
      const int larger = std::max(a.size, b.size);
      if (std::abs(a.size - b.size) * 3 > larger || a.size < page.median) continue;
      const bool row =
          a.vertical ? b.box.top >= a.box.bottom() - 2 && b.box.top - a.box.bottom() < larger * 4 &&
                           std::abs(a.box.left - b.box.left) < larger / 2
                     : b.box.left >= a.box.right() - 2 && b.box.left - a.box.right() < larger * 4 &&
                           std::abs(a.box.top - b.box.top) < larger / 2;
      if (!row) continue;
      Piece both = a;
      both.text = first + U' ' + second;
      both.box = united(a.box, b.box);
      both.confidence = std::min(a.confidence, b.confidence);
      both.size = larger;
      const int score = name_score(page, both);
      if (score <= best_score) continue;
      b.kind = PieceKind::used;
      a = both;
      best = &a;
      best_score = score;
      return;
    }
  }
}

std::vector<std::u32string> romaji_words(View text) {
  std::vector<std::u32string> out;
  std::u32string clean;
  for (const char32_t c : text) clean += c == U',' || c == U'.' ? U' ' : c;
  for (std::u32string& word : split_words(clean)) {
    const bool letters = word.size() >= 2 && std::all_of(word.begin(), word.end(), [](char32_t c) {
                           return text::is_ascii_letter(c) || c == U'-' || c == U'\'';
                         });
    if (!letters || text::is_ascii_lower(word[0]) || kana_of_romaji(word).empty()) return {};
    out.push_back(std::move(word));
  }
  return out;
}

void find_reading(CardPage& page, const Piece* name) {
  const Piece* reading = nullptr;
  const Piece* letters = nullptr;
  const auto near = [&](const Piece& piece, const Piece* before) {
    if (name == nullptr) return before == nullptr || piece.size > before->size;
    const int away = distance(piece.box, name->box);
    if (away > name->size * 2) return false;
    return before == nullptr || away < distance(before->box, name->box);
  };
  for (const Piece& piece : page.pieces) {
    if (piece.kind != PieceKind::other) continue;
    const std::u32string read = reading_of(piece);
    if (name != nullptr && read.size() >= 3 && piece.size <= name->size && near(piece, reading))
      reading = &piece;
    if (latin(piece.text) && romaji_words(piece.text).size() == 2 && near(piece, letters))
      letters = &piece;
  }
  if (reading != nullptr)
    page.set("name_kana", text::to_utf8(reading_of(*reading)), sure(reading->confidence, 88),
             reading->box);
  if (letters == nullptr) return;
  auto words = romaji_words(letters->text);
  page.set("name_romaji", text::to_utf8(words[0] + U' ' + words[1]), sure(letters->confidence, 85),
           letters->box);
  if (name == nullptr) {
    page.set("name", text::to_utf8(words[0] + U' ' + words[1]), sure(letters->confidence, 55),
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
    page.set("name_kana", text::to_utf8(family + U' ' + given), std::min(60, letters->confidence),
             letters->box);
}

}  // namespace

void find_name(CardPage& page) {
  Piece* best = nullptr;
  int best_score = 45;
  for (Piece& piece : page.pieces) {
    if (piece.kind != PieceKind::other) continue;
    const int score = name_score(page, piece);
    if (score > best_score) {
      best = &piece;
      best_score = score;
    }
  }
  // Family and given name far apart come as two.
  if (best == nullptr || without_spaces(best->text).size() <= 3)
    join_halves(page, best, best_score);
  if (best != nullptr) {
    page.set("name", text::to_utf8(spaced_name(best->text)),
             sure(best->confidence, std::clamp(best_score, 40, 96)), best->box);
    best->kind = PieceKind::used;
  }
  find_reading(page, best);
}

}  // namespace daifuku::exchange
