// A business card as it was read: lines of text with their places, and what they were taken for.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::exchange {

// Pixels of the picture of one card, from its top left corner.
struct CardBox {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;

  int right() const { return left + width; }
  int bottom() const { return top + height; }
  bool empty() const { return width <= 0 || height <= 0; }
  friend bool operator==(const CardBox&, const CardBox&) = default;
};

inline CardBox united(const CardBox& a, const CardBox& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  CardBox out{.left = std::min(a.left, b.left), .top = std::min(a.top, b.top)};
  out.width = std::max(a.right(), b.right()) - out.left;
  out.height = std::max(a.bottom(), b.bottom()) - out.top;
  return out;
}

// Where a card lies in its photo: x and y of its corners, clockwise from its top left one, in ten
// thousandths of the photo's width and height. The person who draws them and the program that cuts
// along them see the photo in different sizes.
using CardCorners = std::array<int, 8>;
inline constexpr int kCornerScale = 10'000;
inline constexpr CardCorners kWholePhoto = {
    0, 0, kCornerScale, 0, kCornerScale, kCornerScale, 0, kCornerScale};
// A four-sided shape without a dent, inside the photo, in which something can be read.
bool usable_corners(const CardCorners& corners);

struct CardLine {
  std::string text = {};  // UTF-8; spaces only where the print has a gap
  CardBox box = {};
  int confidence = 0;  // 0 to 100, of the recognition
  bool vertical = false;
  // Read once more as Latin letters; empty unless it looks like an address of mail or web.
  std::string latin = {};

  // Size of its letters: what stands out on a card is large.
  int size() const { return vertical ? box.width : box.height; }
};

// A proposal. Keys are those of the object business_card, and name_romaji, postal_code,
// corporate_number and invoice_number, which it does not keep.
struct CardField {
  std::string key = {};
  std::string value = {};
  int confidence = 0;  // 0 to 100: 80 and more is right nearly always
  CardBox box = {};    // empty when it is in no place of the picture (QR code)
};

inline const CardField* find_field(const std::vector<CardField>& fields, std::string_view key) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const CardField& field) { return field.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace daifuku::exchange
