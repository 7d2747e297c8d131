#include "exchange/cards/card_fields.h"

#include <algorithm>
#include <utility>

#include "exchange/cards/card_contacts.h"
#include "exchange/cards/card_page.h"
#include "exchange/cards/card_words.h"
#include "text/code_points.h"

namespace daifuku::exchange {
namespace {

using View = std::u32string_view;

// What the Latin reading says of addresses counts before the other.
void read_latin(CardPage& page, const CardLine& line) {
  std::u32string text;
  text::half_width(line.latin, text);
  std::u32string rest;
  for (FoundContact& found : find_contacts(text, rest)) {
    if (found.key != "email" && found.key != "website") continue;
    page.fields.erase(found.key);
    page.set(found.key, std::move(found.value),
             sure(std::max(line.confidence, 60), found.certainty), line.box);
  }
}

void read_line(CardPage& page, const CardLine& line) {
  std::u32string text;
  text::half_width(line.text, text);
  if (line.vertical) text = western_digits(text);
  std::u32string rest;
  bool postal = false;
  for (FoundContact& found : find_contacts(text, rest)) {
    postal = postal || found.key == "postal_code";
    page.set(found.key, std::move(found.value),
             sure(std::max(line.confidence, 60), found.certainty), line.box);
  }
  if (!line.latin.empty()) read_latin(page, line);
  if (rest.empty()) return;
  Piece piece{.text = rest,
              .box = line.box,
              .confidence = line.confidence,
              .size = std::max(1, line.size()),
              .vertical = line.vertical,
              .after_postal = postal};
  if (postal || japanese_address(rest)) {
    piece.kind = latin(rest) ? PieceKind::foreign_address : PieceKind::address;
    page.pieces.push_back(std::move(piece));
    return;
  }
  for (PieceWord& word : split_piece(rest)) {
    Piece part = piece;
    part.kind = word.kind;
    part.text = std::move(word.text);
    page.pieces.push_back(std::move(part));
  }
}

void find_company(CardPage& page) {
  Piece* best = nullptr;
  int best_score = -1000;
  for (Piece& piece : page.pieces) {
    if (piece.kind != PieceKind::company) continue;
    const int score =
        piece.confidence + 30 * piece.size / page.median - (latin(piece.text) ? 60 : 0);
    if (score > best_score) {
      best = &piece;
      best_score = score;
    }
  }
  const bool foreign = best != nullptr && latin(best->text);
  if (best == nullptr || foreign) {
    Piece* plain = nullptr;
    for (Piece& piece : page.pieces) {
      if (piece.kind != PieceKind::other && piece.kind != PieceKind::department) continue;
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
  std::u32string name = latin(best->text) ? best->text : mended_company(without_spaces(best->text));
  CardBox box = best->box;
  if (!latin(name) && only_form(name)) {
    for (Piece& piece : page.pieces) {
      const bool beside =
          distance(piece.box, box) < std::max(piece.size, best->size) && &piece != best;
      if (piece.kind != PieceKind::other || !beside || latin(piece.text)) continue;
      const bool first = piece.box.top + piece.box.height / 2 < box.top ||
                         (!best->vertical && piece.box.right() <= box.left);
      name = first ? without_spaces(piece.text) + name : name + without_spaces(piece.text);
      box = united(box, piece.box);
      piece.kind = PieceKind::used;
      break;
    }
  }
  const int certainty = has_legal_form(name) ? 95 : latin(name) ? 70 : 60;
  page.set("company_name", text::to_utf8(name), sure(best->confidence, certainty), box);
  best->kind = PieceKind::used;
  // The same in letters, or of another office.
  for (Piece& piece : page.pieces) {
    if (piece.kind == PieceKind::company) piece.kind = PieceKind::used;
  }
}

// 代 表 取 締 役 is set wide; 営業部 第一課 is two.
std::u32string japanese_gaps(View text) {
  const auto words = split_words(text);
  const bool wide =
      std::all_of(words.begin(), words.end(), [](const auto& word) { return word.size() == 1; });
  return wide ? without_spaces(text) : std::u32string(text);
}

void find_rank(CardPage& page, PieceKind kind, const char* key) {
  std::vector<const Piece*> found;
  for (const Piece& piece : page.pieces) {
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
  page.set(key, text::to_utf8(text), sure(confidence, 90), box);
}

int median_size(const std::vector<Piece>& pieces) {
  std::vector<int> sizes;
  sizes.reserve(pieces.size());
  for (const Piece& piece : pieces) sizes.push_back(piece.size);
  if (sizes.empty()) return 1;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return std::max(1, *middle);
}

}  // namespace

std::vector<CardField> read_card_fields(const std::vector<CardLine>& lines) {
  CardPage page;
  for (const CardLine& line : lines) read_line(page, line);
  page.median = median_size(page.pieces);
  find_address(page);
  find_company(page);
  find_name(page);
  find_rank(page, PieceKind::department, "department");
  find_rank(page, PieceKind::title, "job_title");
  std::vector<CardField> out;
  for (auto& [key, field] : page.fields) out.push_back(std::move(field));
  return out;
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
