#include "exchange/cards/card_picture.h"

#include <leptonica/allheaders.h>
#include <zbar.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace daifuku::exchange {
namespace {

constexpr std::string_view kJpeg = "\xff\xd8\xff";
constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n";

unsigned two_bytes(std::string_view bytes, std::size_t at, bool little) {
  if (at + 2 > bytes.size()) return 0;
  const auto a = static_cast<unsigned char>(bytes[at]);
  const auto b = static_cast<unsigned char>(bytes[at + 1]);
  return little ? a | b << 8U : a << 8U | b;
}
std::size_t four_bytes(std::string_view bytes, std::size_t at, bool little) {
  const unsigned a = two_bytes(bytes, at, little);
  const unsigned b = two_bytes(bytes, at + 2, little);
  return little ? a | b << 16U : a << 16U | b;
}

// Tag 0x0112 of EXIF 2.3 (TIFF 6.0 inside an APP1 segment): 1 to 8; 1 when it is not told.
unsigned exif_orientation(std::string_view jpeg) {
  for (std::size_t at = 2; at + 4 <= jpeg.size();) {
    if (jpeg[at] != '\xff') return 1;
    const auto marker = static_cast<unsigned char>(jpeg[at + 1]);
    const std::size_t length = two_bytes(jpeg, at + 2, false);
    if (marker == 0xda || length < 2) return 1;
    const std::string_view part = jpeg.substr(at + 4, length - 2);
    if (marker == 0xe1 && part.starts_with(std::string_view("Exif\0\0", 6))) {
      const std::string_view tiff = part.substr(6);
      const bool little = tiff.starts_with("II");
      const std::size_t list = four_bytes(tiff, 4, little);
      const unsigned count = two_bytes(tiff, list, little);
      for (unsigned i = 0; i < count; ++i) {
        const std::size_t entry = list + 2 + 12 * static_cast<std::size_t>(i);
        if (two_bytes(tiff, entry, little) != 0x0112) continue;
        const unsigned value = two_bytes(tiff, entry + 8, little);
        return value >= 1 && value <= 8 ? value : 1;
      }
      return 1;
    }
    at += 2 + length;
  }
  return 1;
}

PixPtr as_taken(PixPtr pix, unsigned orientation) {
  if (orientation == 2 || orientation == 5 || orientation == 7 || orientation == 4)
    pixFlipLR(pix.get(), pix.get());
  const int quarters = orientation == 3 || orientation == 4   ? 2
                       : orientation == 6 || orientation == 7 ? 1
                       : orientation == 8 || orientation == 5 ? 3
                                                              : 0;
  return quarters == 0 ? std::move(pix) : turned(*pix, quarters);
}

}  // namespace

void PixDestroy::operator()(Pix* pix) const { pixDestroy(&pix); }

PixPtr decode_picture(std::string_view bytes, PictureRefusal& refusal) {
  refusal = PictureRefusal::not_a_picture;
  const bool jpeg = bytes.starts_with(kJpeg);
  if (!jpeg && !bytes.starts_with(kPng)) return nullptr;
  refusal = PictureRefusal::too_large;
  if (bytes.size() > PictureLimits::kMostBytes) return nullptr;
  const auto* data = reinterpret_cast<const l_uint8*>(bytes.data());
  l_int32 format = 0, width = 0, height = 0;
  refusal = PictureRefusal::damaged;
  if (pixReadHeaderMem(data, bytes.size(), &format, &width, &height, nullptr, nullptr, nullptr) !=
      0)
    return nullptr;
  if (width <= 0 || height <= 0) return nullptr;
  refusal = PictureRefusal::too_large;
  if (width > PictureLimits::kMostSide || height > PictureLimits::kMostSide ||
      static_cast<long>(width) * height > PictureLimits::kMostPixels)
    return nullptr;
  refusal = PictureRefusal::too_small;
  if (width < PictureLimits::kLeastSide || height < PictureLimits::kLeastSide) return nullptr;
  refusal = PictureRefusal::damaged;
  // A card is read from 2,000 pixels as well as from 8,000.
  const int reduction = static_cast<long>(width) * height > 24'000'000 ? 2 : 1;
  PixPtr read(jpeg ? pixReadMemJpeg(data, bytes.size(), 0, reduction, nullptr, 0)
                   : pixReadMemPng(data, bytes.size()));
  if (read == nullptr) return nullptr;
  PixPtr flat(pixGetSpp(read.get()) == 4 ? pixAlphaBlendUniform(read.get(), 0xffffff00)
                                         : read.release());
  PixPtr color(pixConvertTo32(flat.get()));
  if (color == nullptr) return nullptr;
  refusal = PictureRefusal::none;
  return as_taken(std::move(color), jpeg ? exif_orientation(bytes) : 1);
}

PixPtr straightened(const Pix& card) {
  PixPtr gray(pixConvertTo8(plain(card), 0));
  PixPtr ink(pixOtsuThreshOnBackgroundNorm(gray.get(), nullptr, 32, 32, 100, 60, 200, 2, 2, 0.1F,
                                           nullptr));
  if (ink == nullptr) return PixPtr(pixCopy(nullptr, plain(card)));
  // Rows tell it, or the columns of vertical writing.
  float angle = 0;
  float certainty = 0;
  float of_columns = 0;
  float certainty_of_columns = 0;
  const bool rows = pixFindSkew(ink.get(), &angle, &certainty) == 0;
  PixPtr aside(pixRotateOrth(ink.get(), 1));
  if (pixFindSkew(aside.get(), &of_columns, &certainty_of_columns) == 0 &&
      (!rows || certainty_of_columns > certainty)) {
    angle = of_columns;
    certainty = certainty_of_columns;
  }
  const bool tilted = certainty > 3.0F && std::abs(angle) > 0.15F && std::abs(angle) < 6.0F;
  if (!tilted) return PixPtr(pixCopy(nullptr, plain(card)));
  constexpr float kRadians = 3.14159265F / 180.0F;
  return PixPtr(
      pixRotate(plain(card), angle * kRadians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
}

PixPtr turned(const Pix& card, int quarters) {
  return PixPtr(pixRotateOrth(plain(card), quarters & 3));
}

std::pair<int, int> picture_size(const Pix& picture) {
  return {pixGetWidth(&picture), pixGetHeight(&picture)};
}

std::string encode_jpeg(const Pix& picture, int most_side) {
  const int longer = std::max(pixGetWidth(&picture), pixGetHeight(&picture));
  const float scale = std::min(1.0F, static_cast<float>(most_side) / static_cast<float>(longer));
  PixPtr scaled(scale < 1.0F ? pixScale(plain(picture), scale, scale) : pixClone(plain(picture)));
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (scaled == nullptr || pixWriteMemJpeg(&data, &size, scaled.get(), 85, 0) != 0) return {};
  std::string out(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  return out;
}

std::vector<std::string> read_codes(const Pix& picture) {
  PixPtr gray(pixConvertTo8(plain(picture), 0));
  std::vector<std::string> out;
  if (gray == nullptr) return out;
  const int width = pixGetWidth(gray.get());
  const int height = pixGetHeight(gray.get());
  std::string pixels;
  pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    const l_uint32* line =
        pixGetData(gray.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(gray.get());
    for (int x = 0; x < width; ++x) pixels += static_cast<char>(GET_DATA_BYTE(line, x));
  }
  zbar::ImageScanner scanner;
  scanner.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
  scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
  zbar::Image image(static_cast<unsigned>(width), static_cast<unsigned>(height), "Y800",
                    pixels.data(), pixels.size());
  if (scanner.scan(image) <= 0) return out;
  for (auto symbol = image.symbol_begin(); symbol != image.symbol_end(); ++symbol) {
    if (out.size() < 4) out.push_back(symbol->get_data());
  }
  return out;
}

}  // namespace daifuku::exchange
