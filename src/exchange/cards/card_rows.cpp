#include "exchange/cards/card_rows.h"

#include <leptonica/allheaders.h>

#include <algorithm>

#include "exchange/cards/card_ink.h"
#include "exchange/cards/card_picture.h"

namespace daifuku::exchange {
namespace {

constexpr int kDeepest = 16;
constexpr std::size_t kMostRows = 60;

class Rows {
 public:
  explicit Rows(const Pix& page) : ink_(page) {
    BOXA* boxes = pixConnComp(plain(page), nullptr, 8);
    const int count = boxes == nullptr ? 0 : boxaGetCount(boxes);
    for (int i = 0; i < count; ++i) {
      CardBox box;
      boxaGetBoxGeometry(boxes, i, &box.left, &box.top, &box.width, &box.height);
      parts_.push_back(box);
    }
    boxaDestroy(&boxes);
  }

  std::vector<CardBox> take() {
    split({0, 0, ink_.width(), ink_.height()}, 0);
    std::stable_sort(found_.begin(), found_.end(), [](const CardBox& a, const CardBox& b) {
      return a.top + a.height / 2 < b.top + b.height / 2;
    });
    return std::move(found_);
  }

 private:
  void split(CardBox box, int depth) {
    const auto across = ink_.runs(box, Along::x);
    auto down = ink_.runs(box, Along::y);
    if (across.empty() || down.empty() || found_.size() == kMostRows) return;
    box = spanned(across, down);
    const int letter = letter_size(box);
    join_rows(down, letter);
    if (down.size() > 1 && depth < kDeepest) {
      for (const InkRun& row : down) split({box.left, row.begin, box.width, row.size()}, depth + 1);
      return;
    }
    // Lines of two blocks side by side fill each other's gaps: the block is higher than its
    // letters.
    const bool block = box.height > letter * 9 / 5;
    const int most = block ? std::max(letter / 2, widest_gap(across) * 9 / 10) : letter * 11 / 5;
    if (widest_gap(across) >= most && depth < kDeepest) {
      int begin = across.front().begin;
      for (std::size_t i = 1; i <= across.size(); ++i) {
        const bool last = i == across.size();
        if (!last && across[i].begin - across[i - 1].end < most) continue;
        split({begin, box.top, across[i - 1].end - begin, box.height}, depth + 1);
        if (!last) begin = across[i].begin;
      }
      return;
    }
    found_.push_back(box);
  }

  // Of the larger half of what lies in it: strokes and dots are no letters.
  int letter_size(const CardBox& box) const {
    std::vector<int> sizes;
    for (const CardBox& part : parts_) {
      const bool inside = part.left >= box.left && part.right() <= box.right() &&
                          part.top >= box.top && part.bottom() <= box.bottom();
      if (inside) sizes.push_back(std::max(part.height, std::min(part.width, part.height * 2)));
    }
    if (sizes.empty()) return box.height;
    const auto high = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 3 / 4);
    std::nth_element(sizes.begin(), high, sizes.end());
    return std::clamp(*high, 8, std::max(8, box.height));
  }

  // The strokes of 二 and the dots of i lie apart; lines do so too, but are as high as letters.
  static void join_rows(std::vector<InkRun>& down, int letter) {
    for (std::size_t i = 1; i < down.size();) {
      InkRun& upper = down[i - 1];
      const InkRun& lower = down[i];
      const int gap = lower.begin - upper.end;
      const bool part = std::min(upper.size(), lower.size()) * 2 < letter;
      const bool fits = lower.end - upper.begin <= letter * 6 / 5;
      if (part && fits && gap * 3 < letter) {
        upper.end = lower.end;
        down.erase(down.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
    }
  }

  CardInk ink_;
  std::vector<CardBox> parts_;
  std::vector<CardBox> found_;
};

}  // namespace

std::vector<CardBox> find_rows(const Pix& ink) { return Rows(ink).take(); }

}  // namespace daifuku::exchange
