// A card while it is made out: its lines in pieces, each of which is one thing, and the fields
// found so far. Inside of card_fields.h. Pure functions, thread-safe.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/cards/card.h"
#include "text/postal.h"

namespace daifuku::exchange {

enum class PieceKind { other, company, department, title, address, foreign_address, used };

// A part of a line that is one thing.
struct Piece {
  PieceKind kind = PieceKind::other;
  std::u32string text = {};
  CardBox box = {};
  int confidence = 0;
  int size = 0;
  bool vertical = false;
  bool after_postal = false;
};

struct CardPage {
  std::vector<Piece> pieces = {};
  std::map<std::string, CardField, std::less<>> fields = {};
  int median = 1;  // size of its letters

  // Unless something surer is known.
  void set(const std::string& key, std::string value, int confidence, const CardBox& box);
};

// A line without its contacts, in pieces of the kinds that its words tell.
struct PieceWord {
  PieceKind kind = PieceKind::other;
  std::u32string text = {};
};
std::vector<PieceWord> split_piece(const std::u32string& text);

// 株式会杜 -> 株式会社: one letter off in a legal form is a slip of recognition, never a name.
std::u32string mended_company(std::u32string name);
bool only_form(std::u32string_view word);
bool has_legal_form(std::u32string_view text);
bool latin(std::u32string_view text);
bool has_digit(std::u32string_view text);  // or 丁目, 番
// When it says more than the name of a prefecture.
std::optional<text::Address> japanese_address(const std::u32string& text);
// 三―一二三四 of vertical writing as 3-1234; a digit alone (一番町, 三丁目) stays.
std::u32string western_digits(std::u32string_view text);

int distance(const CardBox& a, const CardBox& b);
int sure(int line_confidence, int certainty);

void find_address(CardPage& page);
// And its reading.
void find_name(CardPage& page);

}  // namespace daifuku::exchange
