// Pictures of business cards: decoding, finding the cards in a photo, cutting them out straight.
// Runs in the reading child only (card_child.h): decoders of pictures are where hostile files bite.
// Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/cards/card.h"

struct Pix;

namespace daifuku::exchange {

struct PixDestroy {
  void operator()(Pix* pix) const;
};
using PixPtr = std::unique_ptr<Pix, PixDestroy>;
// Leptonica takes pictures it does not change as non-const.
inline Pix* plain(const Pix& pix) { return const_cast<Pix*>(&pix); }

struct PictureLimits {
  static constexpr std::size_t kMostBytes = std::size_t{20} << 20;
  static constexpr int kMostSide = 12'000;
  static constexpr long kMostPixels = 50'000'000;
  static constexpr int kLeastSide = 200;
  static constexpr int kMostCards = 12;  // in one photo
};

enum class PictureRefusal { none, not_a_picture, too_large, too_small, damaged };

// JPEG or PNG, by its first bytes and nothing else. Turned as the camera says (EXIF), in 32 bits,
// without transparency. nullptr with the reason otherwise.
PixPtr decode_picture(std::string_view bytes, PictureRefusal& refusal);

struct CutCard {
  PixPtr picture = {};
  CardCorners corners = {};
};
// Each card cut out, its perspective corrected, in rows from the top. The whole picture when no
// card stands out from its ground (a scan, a photo of nothing but the card).
std::vector<CutCard> cut_cards(const Pix& photo);
// The part of the photo between these corners; nullptr when there is hardly anything.
PixPtr cut_card(const Pix& photo, const CardCorners& corners);

// Small tilts removed.
PixPtr straightened(const Pix& card);
// By quarter turns clockwise.
PixPtr turned(const Pix& card, int quarters);

std::pair<int, int> picture_size(const Pix& picture);  // width, height
// Not larger than `most_side`; quality as for people to look at.
std::string encode_jpeg(const Pix& picture, int most_side);

// Texts of the QR codes in it.
std::vector<std::string> read_codes(const Pix& picture);

}  // namespace daifuku::exchange
