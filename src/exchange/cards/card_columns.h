// Columns of vertical writing on a card. Runs in the reading child only.
#pragma once

#include <vector>

#include "exchange/cards/card.h"

struct Pix;

namespace daifuku::exchange {

struct CardColumn {
  CardBox box = {};
  std::vector<CardBox> letters = {};  // from the top
};

// `ink` is black and white, one bit. Found by cutting the page at its widest gaps: lines of
// horizontal writing fill each other's gaps between letters, columns do not.
std::vector<CardColumn> find_columns(const Pix& ink);

}  // namespace daifuku::exchange
