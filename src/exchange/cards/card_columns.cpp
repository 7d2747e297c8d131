#include "exchange/cards/card_columns.h"

#include <leptonica/allheaders.h>

#include <algorithm>

namespace daifuku::exchange {
namespace {

constexpr int kDeepest = 24;

struct Run {
  int begin = 0;
  int end = 0;
  int size() const { return end - begin; }
};

class Cutter {
 public:
  explicit Cutter(const Pix& ink) : width_(pixGetWidth(&ink)), height_(pixGetHeight(&ink)) {
    // Sums of ink over rectangles from the top left corner: projections of any region at once.
    sums_.assign(static_cast<std::size_t>(width_ + 1) * static_cast<std::size_t>(height_ + 1), 0);
    const l_uint32* data = pixGetData(const_cast<Pix*>(&ink));
    for (int y = 0; y < height_; ++y) {
      const l_uint32* line = data + static_cast<std::ptrdiff_t>(y) * pixGetWpl(&ink);
      int row = 0;
      for (int x = 0; x < width_; ++x) {
        row += GET_DATA_BIT(line, x) ? 1 : 0;
        sums_[at(x + 1, y + 1)] = sums_[at(x + 1, y)] + row;
      }
    }
  }

  std::vector<CardColumn> take() {
    cut({0, 0, width_, height_}, 0);
    // Two letters one above the other are a column only on a card that has others.
    const bool vertical = std::any_of(found_.begin(), found_.end(), [](const CardColumn& column) {
      return column.letters.size() >= 4;
    });
    if (!vertical) return {};
    return std::move(found_);
  }

 private:
  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_ + 1) +
           static_cast<std::size_t>(x);
  }
  int ink(const CardBox& box) const {
    return sums_[at(box.right(), box.bottom())] - sums_[at(box.left, box.bottom())] -
           sums_[at(box.right(), box.top)] + sums_[at(box.left, box.top)];
  }

  // Where there is ink, along x or y.
  std::vector<Run> runs(const CardBox& box, bool along_x) const {
    std::vector<Run> out;
    const int begin = along_x ? box.left : box.top;
    const int end = along_x ? box.right() : box.bottom();
    bool open = false;
    for (int i = begin; i < end; ++i) {
      const CardBox slice =
          along_x ? CardBox{i, box.top, 1, box.height} : CardBox{box.left, i, box.width, 1};
      const bool black = ink(slice) > 0;
      if (black && !open) out.push_back({i, i});
      open = black;
      if (black) out.back().end = i + 1;
    }
    return out;
  }

  void cut(CardBox box, int depth) {
    const auto across = runs(box, true);
    const auto down = runs(box, false);
    if (across.empty() || down.empty()) return;
    box = {across.front().begin, down.front().begin, across.back().end - across.front().begin,
           down.back().end - down.front().begin};
    const auto widest = [](const std::vector<Run>& runs) {
      int out = 0;
      for (std::size_t i = 1; i < runs.size(); ++i)
        out = std::max(out, runs[i].begin - runs[i - 1].end);
      return out;
    };
    if (is_column(box, across, down)) {
      CardColumn column{.box = box};
      for (const Run& letter : letters_of(box, down))
        column.letters.push_back({box.left, letter.begin, box.width, letter.size()});
      if (column.letters.size() >= 2) found_.push_back(std::move(column));
      return;
    }
    const int x_gap = widest(across);
    const int y_gap = widest(down);
    const int gap = std::max(x_gap, y_gap);
    if (depth == kDeepest || gap < 4) return;
    // Columns beside each other, before the wide gap of a name parts them as if they were rows.
    const bool beside =
        across.size() > 1 && std::all_of(across.begin(), across.end(), [&](const Run& run) {
          CardBox part{run.begin, box.top, run.size(), box.height};
          const auto inside = runs(part, false);
          part.top = inside.front().begin;
          part.height = inside.back().end - part.top;
          return is_column(part, {run}, inside);
        });
    if (beside) {
      for (const Run& run : across) cut({run.begin, box.top, run.size(), box.height}, depth + 1);
      return;
    }
    const bool along_x = x_gap >= y_gap;
    const auto& parts = along_x ? across : down;
    // All gaps that are nearly as wide.
    int begin = parts.front().begin;
    for (std::size_t i = 1; i <= parts.size(); ++i) {
      const bool last = i == parts.size();
      if (!last && (parts[i].begin - parts[i - 1].end) * 10 < gap * 7) continue;
      const int end = parts[i - 1].end;
      cut(along_x ? CardBox{begin, box.top, end - begin, box.height}
                  : CardBox{box.left, begin, box.width, end - begin},
          depth + 1);
      if (!last) begin = parts[i].begin;
    }
  }

  // One letter wide, several high, each about as high as wide.
  bool is_column(const CardBox& box, const std::vector<Run>& across,
                 const std::vector<Run>& down) const {
    // 川 and 八 have gaps of their own; those of several columns are wider.
    for (std::size_t i = 1; i < across.size(); ++i) {
      if ((across[i].begin - across[i - 1].end) * 8 > box.width) return false;
    }
    if (box.width < 12 || box.width > width_ / 4 || box.height < box.width * 9 / 5) return false;
    const auto letters = letters_of(box, down);
    if (letters.size() < 2) return false;
    std::vector<int> sizes;
    std::vector<int> gaps;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      sizes.push_back(letters[i].size());
      if (i > 0) gaps.push_back(letters[i].begin - letters[i - 1].end);
    }
    // Of an even number the smaller: a name has one wide gap among few.
    const auto median = [](std::vector<int>& of) {
      const auto middle = of.begin() + static_cast<std::ptrdiff_t>((of.size() - 1) / 2);
      std::nth_element(of.begin(), middle, of.end());
      return *middle;
    };
    const int size = median(sizes);
    const int gap = median(gaps);
    // Rows of horizontal writing are flat, and apart by nearly their height.
    if (size * 100 < box.width * 55 || size * 10 > box.width * 14) return false;
    return gap * 10 < box.width * (letters.size() >= 3 ? 7 : 16);
  }

  // Parts of one letter (二, 言, こ) are put together again: up to the width of the column.
  static std::vector<Run> letters_of(const CardBox& box, const std::vector<Run>& down) {
    std::vector<Run> out;
    for (const Run& part : down) {
      const bool joins = !out.empty() && part.end - out.back().begin <= box.width * 21 / 20 &&
                         part.begin - out.back().end <= box.width * 3 / 10 &&
                         (out.back().size() < box.width * 7 / 10 || part.size() < box.width / 4);
      if (joins) {
        out.back().end = part.end;
      } else {
        out.push_back(part);
      }
    }
    return out;
  }

  int width_;
  int height_;
  std::vector<int> sums_;
  std::vector<CardColumn> found_;
};

}  // namespace

std::vector<CardColumn> find_columns(const Pix& ink) { return Cutter(ink).take(); }

}  // namespace daifuku::exchange
