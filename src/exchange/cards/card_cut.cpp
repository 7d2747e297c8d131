// Finding the cards in a photo and cutting them out.
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "exchange/cards/card_picture.h"

namespace daifuku::exchange {
namespace {

constexpr int kSmallSide = 900;  // of the picture in which cards are looked for

struct Point {
  double x = 0;
  double y = 0;
};
using Quad = std::array<Point, 4>;  // clockwise from the top left

double length(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

double area(const Quad& quad) {
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point& a = quad[i];
    const Point& b = quad[(i + 1) % 4];
    sum += a.x * b.y - b.x * a.y;
  }
  return std::abs(sum) / 2;
}

// The ground, guessed at each place from the rim of the picture: light falls off evenly.
class Ground {
 public:
  explicit Ground(Pix* small) : width_(pixGetWidth(small)), height_(pixGetHeight(small)) {
    const auto strip = [&](bool across, bool end) {
      const int count = across ? width_ : height_;
      std::vector<std::array<int, 3>> out(static_cast<std::size_t>(count));
      for (int i = 0; i < count; ++i) {
        std::array<std::vector<int>, 3> near;
        for (int j = std::max(0, i - 15); j <= std::min(count - 1, i + 15); j += 3) {
          for (int deep = 1; deep <= 5; deep += 2) {
            const int side = end ? (across ? height_ : width_) - 1 - deep : deep;
            l_uint32 pixel = 0;
            pixGetPixel(small, across ? j : side, across ? side : j, &pixel);
            near[0].push_back(static_cast<int>(pixel >> 24U));
            near[1].push_back(static_cast<int>(pixel >> 16U & 255U));
            near[2].push_back(static_cast<int>(pixel >> 8U & 255U));
          }
        }
        for (std::size_t c = 0; c < 3; ++c) {
          const auto middle = near[c].begin() + static_cast<std::ptrdiff_t>(near[c].size() / 2);
          std::nth_element(near[c].begin(), middle, near[c].end());
          out[static_cast<std::size_t>(i)][c] = *middle;
        }
      }
      return out;
    };
    top_ = strip(true, false);
    bottom_ = strip(true, true);
    left_ = strip(false, false);
    right_ = strip(false, true);
  }

  int at(int x, int y, std::size_t channel) const {
    const double to_left = 1.0 / (x + 1);
    const double to_right = 1.0 / (width_ - x);
    const double to_top = 1.0 / (y + 1);
    const double to_bottom = 1.0 / (height_ - y);
    const auto row = static_cast<std::size_t>(y);
    const auto column = static_cast<std::size_t>(x);
    const double sum = to_left * left_[row][channel] + to_right * right_[row][channel] +
                       to_top * top_[column][channel] + to_bottom * bottom_[column][channel];
    return static_cast<int>(sum / (to_left + to_right + to_top + to_bottom));
  }

 private:
  int width_;
  int height_;
  std::vector<std::array<int, 3>> top_, bottom_, left_, right_;
};

enum class Than { lighter, darker, other };

// How far each place is from the ground, in that direction.
PixPtr distance_map(Pix* small, const Ground& ground, Than than) {
  const int width = pixGetWidth(small);
  const int height = pixGetHeight(small);
  PixPtr out(pixCreate(width, height, 8));
  for (int y = 0; y < height; ++y) {
    const l_uint32* from = pixGetData(small) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(small);
    l_uint32* to = pixGetData(out.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(out.get());
    for (int x = 0; x < width; ++x) {
      const int r = static_cast<int>(from[x] >> 24U) - ground.at(x, y, 0);
      const int g = static_cast<int>(from[x] >> 16U & 255U) - ground.at(x, y, 1);
      const int b = static_cast<int>(from[x] >> 8U & 255U) - ground.at(x, y, 2);
      const int luma = (r * 3 + g * 6 + b) / 10;
      const int value = than == Than::lighter  ? luma
                        : than == Than::darker ? -luma
                                               : std::max({std::abs(r), std::abs(g), std::abs(b)});
      SET_DATA_BYTE(to, x, static_cast<l_uint8>(std::clamp(value, 0, 255)));
    }
  }
  return out;
}

// Least squares through the points along a side: x = a y + b for steep ones, else y = a x + b.
struct Side {
  bool steep = false;
  double a = 0;
  double b = 0;
};

std::optional<Side> fit_side(std::vector<Point> points, bool steep) {
  if (points.size() < 8) return std::nullopt;
  Side side{.steep = steep};
  // Twice: what lies off the first line (a shadow, a thumb) is left out of the second.
  for (int turn = 0; turn < 3; ++turn) {
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (const Point& point : points) {
      const double x = steep ? point.y : point.x;
      const double y = steep ? point.x : point.y;
      n += 1;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
    const double d = n * sxx - sx * sx;
    if (n < 8 || std::abs(d) < 1e-9) return std::nullopt;
    side.a = (n * sxy - sx * sy) / d;
    side.b = (sy - side.a * sx) / n;
    const auto off = [&](const Point& point) {
      const double x = steep ? point.y : point.x;
      const double y = steep ? point.x : point.y;
      return std::abs(y - side.a * x - side.b);
    };
    std::vector<double> offs;
    offs.reserve(points.size());
    for (const Point& point : points) offs.push_back(off(point));
    const auto most = offs.begin() + static_cast<std::ptrdiff_t>(offs.size() * 3 / 4);
    std::nth_element(offs.begin(), most, offs.end());
    const double limit = std::max(1.0, *most * 1.5);
    std::erase_if(points, [&](const Point& point) { return off(point) > limit; });
  }
  return side;
}

Point crossing(const Side& across, const Side& steep) {
  // y = a x + b and x = c y + d.
  const double y = (across.a * steep.b + across.b) / (1 - across.a * steep.a);
  return {steep.a * y + steep.b, y};
}

// The four-sided shape of a component: extreme corners first, then lines through its rim.
std::optional<Quad> quad_of(Pix* component, int left, int top) {
  const int width = pixGetWidth(component);
  const int height = pixGetHeight(component);
  std::vector<Point> rows_first, rows_last, columns_first, columns_last;
  std::vector<Point> rim;
  for (int y = 0; y < height; ++y) {
    int first = -1;
    int last = -1;
    const l_uint32* line =
        pixGetData(component) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(component);
    for (int x = 0; x < width; ++x) {
      if (!GET_DATA_BIT(line, x)) continue;
      if (first < 0) first = x;
      last = x;
    }
    if (first < 0) continue;
    rim.push_back({double(first), double(y)});
    rim.push_back({double(last), double(y)});
  }
  for (int x = 0; x < width; ++x) {
    int first = -1;
    int last = -1;
    for (int y = 0; y < height; ++y) {
      const l_uint32* line =
          pixGetData(component) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(component);
      if (!GET_DATA_BIT(line, x)) continue;
      if (first < 0) first = y;
      last = y;
    }
    if (first < 0) continue;
    rim.push_back({double(x), double(first)});
    rim.push_back({double(x), double(last)});
  }
  if (rim.size() < 80) return std::nullopt;
  // The corners: along the diagonals, and for those turned far, the extremes of the axes.
  const auto extreme = [&](double u, double v) {
    return *std::max_element(rim.begin(), rim.end(), [&](const Point& a, const Point& b) {
      return a.x * u + a.y * v < b.x * u + b.y * v;
    });
  };
  const Quad diagonal = {extreme(-1, -1), extreme(1, -1), extreme(1, 1), extreme(-1, 1)};
  const Quad axes = {extreme(0, -1), extreme(1, 0), extreme(0, 1), extreme(-1, 0)};
  Quad quad = area(diagonal) >= area(axes) ? diagonal : axes;
  std::array<std::optional<Side>, 4> sides;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point& a = quad[i];
    const Point& b = quad[(i + 1) % 4];
    const double whole = length(a, b);
    if (whole < 20) return std::nullopt;
    std::vector<Point> near;
    for (const Point& point : rim) {
      const double along = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / whole;
      const double off =
          std::abs((point.x - a.x) * (b.y - a.y) - (point.y - a.y) * (b.x - a.x)) / whole;
      if (along > whole * 0.08 && along < whole * 0.92 && off < whole * 0.04 + 2)
        near.push_back(point);
    }
    sides[i] = fit_side(std::move(near), std::abs(b.y - a.y) > std::abs(b.x - a.x));
  }
  // Sides alternate between steep and flat unless the card stands on its corner.
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& before = sides[(i + 3) % 4];
    const auto& after = sides[i];
    if (!before || !after || before->steep == after->steep) continue;
    const Point corner = before->steep ? crossing(*after, *before) : crossing(*before, *after);
    if (length(corner, quad[i]) < 0.1 * std::max(width, height)) quad[i] = corner;
  }
  for (Point& point : quad) {
    point.x += left;
    point.y += top;
  }
  // From the corner nearest to the top left of its frame.
  const auto first = std::min_element(quad.begin(), quad.end(), [](const Point& a, const Point& b) {
    return a.x + a.y < b.x + b.y;
  });
  std::rotate(quad.begin(), first, quad.end());
  return quad;
}

// 91 x 55 mm, other usual sizes, and what perspective makes of them.
bool card_shaped(const Quad& quad) {
  const double across = (length(quad[0], quad[1]) + length(quad[3], quad[2])) / 2;
  const double down = (length(quad[0], quad[3]) + length(quad[1], quad[2])) / 2;
  if (across < 40 || down < 40) return false;
  const double aspect = std::max(across, down) / std::min(across, down);
  if (aspect < 1.2 || aspect > 2.3) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    const double one = length(quad[i], quad[(i + 1) % 4]);
    const double other = length(quad[(i + 2) % 4], quad[(i + 3) % 4]);
    if (std::max(one, other) > 1.45 * std::min(one, other)) return false;
    // No corner sharper than 60 degrees or flatter than 120.
    const Point& at = quad[i];
    const Point& a = quad[(i + 1) % 4];
    const Point& b = quad[(i + 3) % 4];
    const double dot = (a.x - at.x) * (b.x - at.x) + (a.y - at.y) * (b.y - at.y);
    if (std::abs(dot) > 0.5 * length(a, at) * length(b, at)) return false;
  }
  return true;
}

void add_quads(Pix* map, std::vector<Quad>& quads) {
  const int width = pixGetWidth(map);
  const int height = pixGetHeight(map);
  int threshold = 0;
  if (pixSplitDistributionFgBg(map, 0.5F, 1, &threshold, nullptr, nullptr, nullptr) != 0) return;
  threshold = std::max(threshold, 26);
  PixPtr mask(pixThresholdToBinary(map, threshold));
  pixInvert(mask.get(), mask.get());
  PixPtr closed(pixCloseSafeBrick(nullptr, mask.get(), 5, 5));
  PixPtr holes(pixHolesByFilling(closed.get(), 4));
  pixOr(closed.get(), closed.get(), holes.get());
  PixPtr opened(pixOpenBrick(nullptr, closed.get(), 9, 9));
  PIXA* pieces = nullptr;
  BOXA* boxes = pixConnComp(opened.get(), &pieces, 8);
  const int count = boxes == nullptr ? 0 : boxaGetCount(boxes);
  for (int i = 0; i < count && i < 200; ++i) {
    int x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
    if (double(w) * h < 0.012 * width * height) continue;
    PixPtr piece(pixaGetPix(pieces, i, L_CLONE));
    l_int32 ink = 0;
    pixCountPixels(piece.get(), &ink, nullptr);
    const auto quad = quad_of(piece.get(), x, y);
    if (!quad || !card_shaped(*quad)) continue;
    const double filled = ink / std::max(1.0, area(*quad));
    if (filled < 0.88 || filled > 1.12) continue;
    const bool known = std::any_of(quads.begin(), quads.end(), [&](const Quad& other) {
      const Point middle{(other[0].x + other[2].x) / 2, (other[0].y + other[2].y) / 2};
      const Point mine{((*quad)[0].x + (*quad)[2].x) / 2, ((*quad)[0].y + (*quad)[2].y) / 2};
      return length(middle, mine) <
             std::min(length(other[0], other[1]), length(other[0], other[3])) / 2;
    });
    if (!known) quads.push_back(*quad);
  }
  boxaDestroy(&boxes);
  pixaDestroy(&pieces);
}

// Solves for the projection that takes the corners of a width x height card to the quad.
bool projection(const Quad& quad, double width, double height, std::array<double, 8>& out) {
  const std::array<Point, 4> card = {{{0, 0}, {width, 0}, {width, height}, {0, height}}};
  double m[8][9] = {};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto [u, v] = card[i];
    const auto [x, y] = quad[i];
    const double first[9] = {u, v, 1, 0, 0, 0, -u * x, -v * x, x};
    const double second[9] = {0, 0, 0, u, v, 1, -u * y, -v * y, y};
    std::copy(std::begin(first), std::end(first), m[i * 2]);
    std::copy(std::begin(second), std::end(second), m[i * 2 + 1]);
  }
  for (int i = 0; i < 8; ++i) {
    int pivot = i;
    for (int k = i + 1; k < 8; ++k) {
      if (std::abs(m[k][i]) > std::abs(m[pivot][i])) pivot = k;
    }
    if (std::abs(m[pivot][i]) < 1e-9) return false;
    std::swap(m[i], m[pivot]);
    for (int k = 0; k < 8; ++k) {
      if (k == i) continue;
      const double factor = m[k][i] / m[i][i];
      for (int j = i; j < 9; ++j) m[k][j] -= factor * m[i][j];
    }
  }
  for (std::size_t i = 0; i < 8; ++i) out[i] = m[i][8] / m[i][i];
  return true;
}

PixPtr cut(const Pix& photo, const Quad& quad) {
  constexpr double kMostSide = 2400;
  double width = std::max(length(quad[0], quad[1]), length(quad[3], quad[2]));
  double height = std::max(length(quad[0], quad[3]), length(quad[1], quad[2]));
  const double scale = std::min(1.0, kMostSide / std::max(width, height));
  width *= scale;
  height *= scale;
  std::array<double, 8> p{};
  if (!projection(quad, width, height, p)) return nullptr;
  const int w = static_cast<int>(width);
  const int h = static_cast<int>(height);
  constexpr int kLeastSide = 40;
  if (std::min(w, h) < kLeastSide) return nullptr;
  PixPtr out(pixCreate(w, h, 32));
  if (out == nullptr) return nullptr;
  const int from_width = pixGetWidth(&photo);
  const int from_height = pixGetHeight(&photo);
  const l_uint32* from = pixGetData(plain(photo));
  const std::ptrdiff_t from_line = pixGetWpl(&photo);
  for (int v = 0; v < h; ++v) {
    l_uint32* to = pixGetData(out.get()) + static_cast<std::ptrdiff_t>(v) * pixGetWpl(out.get());
    for (int u = 0; u < w; ++u) {
      const double d = p[6] * u + p[7] * v + 1;
      const double x = std::clamp((p[0] * u + p[1] * v + p[2]) / d, 0.0, from_width - 2.0);
      const double y = std::clamp((p[3] * u + p[4] * v + p[5]) / d, 0.0, from_height - 2.0);
      const int ix = static_cast<int>(x);
      const int iy = static_cast<int>(y);
      const auto fx = static_cast<unsigned>((x - ix) * 256);
      const auto fy = static_cast<unsigned>((y - iy) * 256);
      const l_uint32* a = from + iy * from_line + ix;
      const l_uint32* b = a + from_line;
      l_uint32 pixel = 0;
      for (unsigned shift = 8; shift <= 24; shift += 8) {
        const unsigned top = (a[0] >> shift & 255U) * (256 - fx) + (a[1] >> shift & 255U) * fx;
        const unsigned bottom = (b[0] >> shift & 255U) * (256 - fx) + (b[1] >> shift & 255U) * fx;
        pixel |= (top * (256 - fy) + bottom * fy) >> 16U << shift;
      }
      to[u] = pixel;
    }
  }
  return out;
}

// In rows, as one reads them.
void sort_in_rows(std::vector<Quad>& quads) {
  const auto middle = [](const Quad& quad) { return (quad[0].y + quad[2].y) / 2; };
  std::sort(quads.begin(), quads.end(),
            [&](const Quad& a, const Quad& b) { return middle(a) < middle(b); });
  for (std::size_t row = 0; row < quads.size();) {
    const double down = length(quads[row][0], quads[row][3]);
    std::size_t end = row + 1;
    while (end < quads.size() && middle(quads[end]) - middle(quads[row]) < down / 2) ++end;
    std::sort(quads.begin() + static_cast<std::ptrdiff_t>(row),
              quads.begin() + static_cast<std::ptrdiff_t>(end),
              [](const Quad& a, const Quad& b) { return a[0].x + a[2].x < b[0].x + b[2].x; });
    row = end;
  }
}

// In pixels of the photo.
std::vector<Quad> find_cards(const Pix& photo) {
  const int longer = std::max(pixGetWidth(&photo), pixGetHeight(&photo));
  const float scale = std::min(1.0F, static_cast<float>(kSmallSide) / static_cast<float>(longer));
  PixPtr small(pixScale(plain(photo), scale, scale));
  std::vector<Quad> quads;
  if (small == nullptr) return quads;
  const Ground ground(small.get());
  for (const Than than : {Than::lighter, Than::darker, Than::other}) {
    add_quads(distance_map(small.get(), ground, than).get(), quads);
  }
  sort_in_rows(quads);
  for (Quad& quad : quads) {
    for (Point& point : quad) {
      point.x /= static_cast<double>(scale);
      point.y /= static_cast<double>(scale);
    }
  }
  return quads;
}

CardCorners corners_of(const Pix& photo, const Quad& quad) {
  CardCorners out{};
  const auto part = [](double at, int whole) {
    return std::clamp(static_cast<int>(std::lround(at * kCornerScale / whole)), 0, kCornerScale);
  };
  for (std::size_t i = 0; i < 4; ++i) {
    out[i * 2] = part(quad[i].x, pixGetWidth(&photo));
    out[i * 2 + 1] = part(quad[i].y, pixGetHeight(&photo));
  }
  return out;
}

}  // namespace

bool usable_corners(const CardCorners& corners) {
  // A five hundredth of the photo at least.
  constexpr std::int64_t kLeastArea = std::int64_t{kCornerScale} * kCornerScale / 500;
  std::int64_t twice_area = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto at = [&](std::size_t corner) {
      return std::pair<std::int64_t, std::int64_t>(corners[corner % 4 * 2],
                                                   corners[corner % 4 * 2 + 1]);
    };
    const auto [x, y] = at(i);
    if (x < 0 || y < 0 || x > kCornerScale || y > kCornerScale) return false;
    const auto [bx, by] = at(i + 1);
    const auto [cx, cy] = at(i + 2);
    if ((bx - x) * (cy - by) - (by - y) * (cx - bx) <= 0) return false;
    twice_area += x * by - bx * y;
  }
  return twice_area / 2 >= kLeastArea;
}

PixPtr cut_card(const Pix& photo, const CardCorners& corners) {
  Quad quad;
  for (std::size_t i = 0; i < 4; ++i) {
    quad[i] = {static_cast<double>(corners[i * 2]) * pixGetWidth(&photo) / kCornerScale,
               static_cast<double>(corners[i * 2 + 1]) * pixGetHeight(&photo) / kCornerScale};
  }
  return cut(photo, quad);
}

std::vector<CutCard> cut_cards(const Pix& photo) {
  std::vector<CutCard> out;
  for (const Quad& quad : find_cards(photo)) {
    if (out.size() == PictureLimits::kMostCards) break;
    const CardCorners corners = corners_of(photo, quad);
    if (PixPtr card = cut(photo, quad)) out.push_back({std::move(card), corners});
  }
  if (out.empty()) out.push_back({PixPtr(pixCopy(nullptr, plain(photo))), kWholePhoto});
  return out;
}

}  // namespace daifuku::exchange
