// Lines of horizontal writing on a card. Runs in the reading child only.
#pragma once

#include <vector>

#include "exchange/cards/card.h"

struct Pix;

namespace daifuku::exchange {

// `ink` is black and white, one bit, letters only. From the top; what is far apart in one row comes
// as two. The lay-out analysis of the recognition is made for pages of a book: on a card it passes
// over widely set names and drops the letter at an end.
std::vector<CardBox> find_rows(const Pix& ink);

}  // namespace daifuku::exchange
