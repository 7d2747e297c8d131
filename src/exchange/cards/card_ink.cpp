#include "exchange/cards/card_ink.h"

#include <leptonica/allheaders.h>

#include <algorithm>

#include "exchange/cards/card_picture.h"

namespace daifuku::exchange {

CardInk::CardInk(const Pix& ink) : width_(pixGetWidth(&ink)), height_(pixGetHeight(&ink)) {
  sums_.assign(static_cast<std::size_t>(width_ + 1) * static_cast<std::size_t>(height_ + 1), 0);
  const l_uint32* data = pixGetData(plain(ink));
  for (int y = 0; y < height_; ++y) {
    const l_uint32* line = data + static_cast<std::ptrdiff_t>(y) * pixGetWpl(&ink);
    int row = 0;
    for (int x = 0; x < width_; ++x) {
      row += GET_DATA_BIT(line, x) ? 1 : 0;
      sums_[at(x + 1, y + 1)] = sums_[at(x + 1, y)] + row;
    }
  }
}

int CardInk::count(const CardBox& box) const {
  return sums_[at(box.right(), box.bottom())] - sums_[at(box.left, box.bottom())] -
         sums_[at(box.right(), box.top)] + sums_[at(box.left, box.top)];
}

std::vector<InkRun> CardInk::runs(const CardBox& box, Along along) const {
  std::vector<InkRun> out;
  const bool along_x = along == Along::x;
  const int begin = along_x ? box.left : box.top;
  const int end = along_x ? box.right() : box.bottom();
  bool open = false;
  for (int i = begin; i < end; ++i) {
    const CardBox slice =
        along_x ? CardBox{i, box.top, 1, box.height} : CardBox{box.left, i, box.width, 1};
    const bool black = count(slice) > 0;
    if (black && !open) out.push_back({i, i});
    open = black;
    if (black) out.back().end = i + 1;
  }
  return out;
}

CardBox spanned(const std::vector<InkRun>& across, const std::vector<InkRun>& down) {
  return {across.front().begin, down.front().begin, across.back().end - across.front().begin,
          down.back().end - down.front().begin};
}

int widest_gap(const std::vector<InkRun>& runs) {
  int out = 0;
  for (std::size_t i = 1; i < runs.size(); ++i)
    out = std::max(out, runs[i].begin - runs[i - 1].end);
  return out;
}

}  // namespace daifuku::exchange
