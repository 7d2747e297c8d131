#include "exchange/cards/card_columns.h"

#include <algorithm>

#include "exchange/cards/card_ink.h"

namespace daifuku::exchange {
namespace {

constexpr int kDeepest = 24;

class Cutter {
 public:
  explicit Cutter(const Pix& page) : ink_(page) {}

  std::vector<CardColumn> take() {
    cut({0, 0, ink_.width(), ink_.height()}, 0);
    // Two letters one above the other are a column only on a card that has others.
    const bool vertical = std::any_of(found_.begin(), found_.end(), [](const CardColumn& column) {
      return column.letters.size() >= 4;
    });
    if (!vertical) return {};
    for (CardColumn& column : found_) {
      while (grow(column, true)) {
      }
      while (grow(column, false)) {
      }
    }
    return std::move(found_);
  }

 private:
  void cut(CardBox box, int depth) {
    const auto across = ink_.runs(box, Along::x);
    const auto down = ink_.runs(box, Along::y);
    if (across.empty() || down.empty()) return;
    box = spanned(across, down);
    if (is_column(box, across, down)) {
      CardColumn column{.box = box};
      for (const InkRun& letter : letters_of(box, down))
        column.letters.push_back({box.left, letter.begin, box.width, letter.size()});
      if (column.letters.size() >= 2) found_.push_back(std::move(column));
      return;
    }
    const int x_gap = widest_gap(across);
    const int y_gap = widest_gap(down);
    const int gap = std::max(x_gap, y_gap);
    if (depth == kDeepest || gap < 4) return;
    // Columns beside each other, before the wide gap of a name parts them as if they were rows.
    const bool beside =
        across.size() > 1 && std::all_of(across.begin(), across.end(), [&](const InkRun& run) {
          CardBox part{run.begin, box.top, run.size(), box.height};
          const auto inside = ink_.runs(part, Along::y);
          part.top = inside.front().begin;
          part.height = inside.back().end - part.top;
          return is_column(part, {run}, inside);
        });
    if (beside) {
      for (const InkRun& run : across) cut({run.begin, box.top, run.size(), box.height}, depth + 1);
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

  // The given name stands apart from the family name, and 浩一 alone is hardly a column. What comes
  // next above or below, no wider and with nothing beside it, belongs to it.
  bool grow(CardColumn& column, bool down) {
    const CardBox& box = column.box;
    const int reach = box.width * 5 / 2;
    const int slack = box.width / 5;
    const int left = std::max(0, box.left - slack);
    CardBox strip{left, down ? box.bottom() + 1 : std::max(0, box.top - reach),
                  std::min(ink_.width(), box.right() + slack) - left, 0};
    strip.height =
        down ? std::min(ink_.height(), strip.top + reach) - strip.top : box.top - 1 - strip.top;
    if (strip.height <= 0) return false;
    auto letters = ink_.runs(strip, Along::y);
    if (letters.empty()) return false;
    const InkRun letter = down ? letters.front() : letters.back();
    const int gap = down ? letter.begin - box.bottom() : box.top - letter.end;
    if (gap > box.width * 8 / 5 || letter.size() > box.width * 6 / 5) return false;
    // Cut off at the end of the strip: it goes on.
    if (down ? letter.end == strip.bottom() && letter.size() < box.width / 2
             : letter.begin == strip.top && letter.size() < box.width / 2)
      return false;
    const CardBox inside{strip.left, letter.begin, strip.width, letter.size()};
    CardBox around = inside;
    around.left = std::max(0, inside.left - box.width / 2);
    around.width = std::min(ink_.width(), inside.right() + box.width / 2) - around.left;
    if (ink_.count(around) != ink_.count(inside)) return false;
    for (const CardColumn& other : found_) {
      const bool of_other = other.box.left < inside.right() && inside.left < other.box.right() &&
                            other.box.top < inside.bottom() && inside.top < other.box.bottom();
      if (of_other && &other != &column) return false;
    }
    const CardBox added{box.left, letter.begin, box.width, letter.size()};
    column.letters.insert(down ? column.letters.end() : column.letters.begin(), added);
    column.box = united(column.box, added);
    return true;
  }

  // One letter wide, several high, each about as high as wide.
  bool is_column(const CardBox& box, const std::vector<InkRun>& across,
                 const std::vector<InkRun>& down) const {
    // 川 and 八 have gaps of their own; those of several columns are wider.
    for (std::size_t i = 1; i < across.size(); ++i) {
      if ((across[i].begin - across[i - 1].end) * 8 > box.width) return false;
    }
    if (box.width < 12 || box.width > ink_.width() / 4 || box.height < box.width * 9 / 5)
      return false;
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

  // Parts of one letter (言, こ) are put together again: up to the width of the column. The strokes
  // of 二 and 三 lie farther apart than two letters do, but those are higher.
  static std::vector<InkRun> letters_of(const CardBox& box, const std::vector<InkRun>& down) {
    std::vector<InkRun> out;
    for (const InkRun& part : down) {
      const bool fits = !out.empty() && part.end - out.back().begin <= box.width * 21 / 20;
      const int gap = fits ? part.begin - out.back().end : 0;
      const bool flat = part.size() < box.width / 4;
      const bool joins =
          fits &&
          ((gap <= box.width * 3 / 10 && (out.back().size() < box.width * 7 / 10 || flat)) ||
           (gap <= box.width * 13 / 20 && flat));
      if (joins) {
        out.back().end = part.end;
      } else {
        out.push_back(part);
      }
    }
    return out;
  }

  CardInk ink_;
  std::vector<CardColumn> found_;
};

}  // namespace

std::vector<CardColumn> find_columns(const Pix& ink) { return Cutter(ink).take(); }

}  // namespace daifuku::exchange
