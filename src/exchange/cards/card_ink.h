// Where there is ink on a page, for cutting it at its gaps. Runs in the reading child only.
#pragma once

#include <cstddef>
#include <vector>

#include "exchange/cards/card.h"

struct Pix;

namespace daifuku::exchange {

struct InkRun {
  int begin = 0;
  int end = 0;
  int size() const { return end - begin; }
};

enum class Along { x, y };

class CardInk {
 public:
  explicit CardInk(const Pix& ink);  // black and white, one bit

  int width() const { return width_; }
  int height() const { return height_; }
  int count(const CardBox& box) const;
  // Stretches of the box that hold ink, along x or y.
  std::vector<InkRun> runs(const CardBox& box, Along along) const;

 private:
  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_ + 1) +
           static_cast<std::size_t>(x);
  }
  int width_;
  int height_;
  std::vector<int> sums_;  // of the ink from the top left corner: projections of any box at once
};

// From the first run to the last. Both have some.
CardBox spanned(const std::vector<InkRun>& across, const std::vector<InkRun>& down);
int widest_gap(const std::vector<InkRun>& runs);

}  // namespace daifuku::exchange
