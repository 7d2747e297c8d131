#include "exchange/cards/card_recognition.h"

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "exchange/cards/card_columns.h"
#include "exchange/cards/card_rows.h"
#include "text/code_points.h"

namespace daifuku::exchange {
namespace {

constexpr int kReadSide = 1300;  // longer side: 1,800 took longer and read names and mail worse

// Even light, dark letters on a light ground.
PixPtr prepared(const Pix& card, float& scale) {
  const int longer = std::max(pixGetWidth(&card), pixGetHeight(&card));
  scale = static_cast<float>(kReadSide) / static_cast<float>(longer);
  PixPtr gray(pixConvertTo8(plain(card), 0));
  PixPtr scaled(pixScale(gray.get(), scale, scale));
  if (scaled == nullptr) return nullptr;
  float mean = 255;
  pixGetAverageMasked(scaled.get(), nullptr, 0, 0, 4, L_MEAN_ABSVAL, &mean);
  if (mean < 110) pixInvert(scaled.get(), scaled.get());
  PixPtr even(pixBackgroundNormSimple(scaled.get(), nullptr, nullptr));
  return even != nullptr ? std::move(even) : std::move(scaled);
}

constexpr int kLetter = 44;  // height of a letter in a line that is read
constexpr int kSure = 80;    // confidence of a reading that needs no second
constexpr int kLeast = 20;   // what is less is a picture or a stain

// Ink only: no lines, frames and pictures, no dust, no dark rim of a photo.
PixPtr letters_only(const Pix& page) {
  const int width = pixGetWidth(&page);
  const int height = pixGetHeight(&page);
  PixPtr ink(pixThresholdToBinary(plain(page), 150));
  if (ink == nullptr) return nullptr;
  const int rim = std::max(width, height) / 70;
  pixSetOrClearBorder(ink.get(), rim, rim, rim, rim, PIX_CLR);
  PixPtr small(pixSelectBySize(ink.get(), width / 4, height / 4, 8, L_SELECT_IF_BOTH,
                               L_SELECT_IF_LT, nullptr));
  return PixPtr(pixSelectBySize(small.get(), 4, 4, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GT, nullptr));
}

// The letters of a column beside each other: what reads rows reads it better than what reads
// columns. A long stroke down is a long vowel mark, which lies in a row.
PixPtr row_of(const Pix& page, const CardColumn& column) {
  const float scale = static_cast<float>(kLetter) / static_cast<float>(column.box.width);
  struct Tile {
    PixPtr pix;
    int gap = 0;
  };
  std::vector<Tile> tiles;
  int width = kLetter;
  for (std::size_t i = 0; i < column.letters.size(); ++i) {
    const CardBox& letter = column.letters[i];
    BOX* box = boxCreate(letter.left, letter.top, letter.width, letter.height);
    PixPtr cut(pixClipRectangle(plain(page), box, nullptr));
    boxDestroy(&box);
    if (cut == nullptr) continue;
    PixPtr tile(pixScale(cut.get(), scale, scale));
    if (tile == nullptr) continue;
    PixPtr ink(pixThresholdToBinary(tile.get(), 150));
    BOX* inner = nullptr;
    if (ink != nullptr && pixClipToForeground(ink.get(), nullptr, &inner) == 0 &&
        inner != nullptr) {
      int w = 0, h = 0;
      boxGetGeometry(inner, nullptr, nullptr, &w, &h);
      if (h > kLetter / 3 && h > 4 * w) tile.reset(pixRotateOrth(tile.get(), 1));
    }
    boxDestroy(&inner);
    const int gap = i == 0 ? 0 : letter.top - column.letters[i - 1].bottom();
    Tile one{.pix = std::move(tile),
             .gap = gap > column.box.width * 7 / 10 ? kLetter : kLetter / 8};
    width += one.gap + pixGetWidth(one.pix.get());
    tiles.push_back(std::move(one));
  }
  PixPtr row(pixCreate(width, kLetter * 7 / 4, 8));
  if (row == nullptr) return nullptr;
  pixSetAll(row.get());
  int x = kLetter / 2;
  for (const Tile& tile : tiles) {
    x += tile.gap;
    const int w = pixGetWidth(tile.pix.get());
    const int h = pixGetHeight(tile.pix.get());
    pixRasterop(row.get(), x, (pixGetHeight(row.get()) - h) / 2, w, h, PIX_SRC, tile.pix.get(), 0,
                0);
    x += w;
  }
  return row;
}

// A line of writing by itself, with letters of this height.
PixPtr line_of(const Pix& page, const CardBox& row, int letter) {
  const int rim = std::max(4, row.height / 4);
  const int left = std::max(0, row.left - rim);
  const int top = std::max(0, row.top - rim);
  BOX* box = boxCreate(left, top, std::min(pixGetWidth(&page) - left, row.width + 2 * rim),
                       std::min(pixGetHeight(&page) - top, row.height + 2 * rim));
  PixPtr cut(pixClipRectangle(plain(page), box, nullptr));
  boxDestroy(&box);
  if (cut == nullptr) return nullptr;
  const float scale = static_cast<float>(letter) / static_cast<float>(row.height);
  PixPtr line(pixScale(cut.get(), scale, scale));
  return line == nullptr ? nullptr : PixPtr(pixAddBorder(line.get(), letter / 4, 255));
}

std::string trimmed_text(tesseract::TessBaseAPI& api) {
  const std::unique_ptr<char[]> text(api.GetUTF8Text());
  std::string out = text == nullptr ? std::string() : text.get();
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

struct LineText {
  std::string text = {};
  int confidence = -1;
};

LineText read_line(tesseract::TessBaseAPI& api, const Pix& line) {
  api.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
  api.SetImage(plain(line));
  if (api.Recognize(nullptr) != 0) return {};
  LineText out{.text = trimmed_text(api)};
  out.confidence = out.text.empty() ? -1 : api.MeanTextConf();
  return out;
}

// What no letter is: logos and pictures.
PixPtr without_logos(const Pix& ink) {
  const int longest = std::min(pixGetWidth(&ink), pixGetHeight(&ink)) / 6;
  return PixPtr(pixSelectBySize(plain(ink), longest * 3 / 2, longest, 8, L_SELECT_IF_BOTH,
                                L_SELECT_IF_LT, nullptr));
}

// A line with an address of mail or web in it, or what recognition made of one.
bool address_line(const std::string& text) {
  const std::string small = lower_ascii(text);
  for (const std::string_view sign : {"@", "www", "http", "mail", "url", ".co", "©"}) {
    if (small.find(sign) != std::string::npos) return true;
  }
  std::size_t letters = 0;
  for (const char c : small) letters += c >= 'a' && c <= 'z' ? 1U : 0U;
  return letters >= 8 && letters * 2 > small.size();
}

}  // namespace

struct CardRecognition::Engines {
  tesseract::TessBaseAPI rows;
  tesseract::TessBaseAPI latin;
  bool has_latin = false;
};

CardRecognition::CardRecognition() : engines_(std::make_unique<Engines>()) {}
CardRecognition::~CardRecognition() = default;

bool CardRecognition::load() {
  if (engines_->rows.Init(nullptr, "jpn", tesseract::OEM_LSTM_ONLY) != 0) return false;
  // Mail and web addresses come out better without thousands of kanji to choose from.
  engines_->has_latin = engines_->latin.Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY) == 0;
  engines_->latin.SetVariable("user_defined_dpi", "400");
  engines_->rows.SetVariable("preserve_interword_spaces", "1");
  engines_->rows.SetVariable("user_defined_dpi", "400");
  return true;
}

std::vector<CardLine> CardRecognition::read(const Pix& card) {
  std::vector<CardLine> out;
  float scale = 1;
  const PixPtr page = prepared(card, scale);
  if (page == nullptr) return out;
  read_columns(*page, scale, out);
  read_rows(*page, scale, out);
  if (engines_->has_latin) read_addresses(*page, scale, out);
  return out;
}

void CardRecognition::read_columns(Pix& page, float scale, std::vector<CardLine>& lines) {
  const PixPtr ink = letters_only(page);
  if (ink == nullptr) return;
  tesseract::TessBaseAPI& api = engines_->rows;
  const auto back = [&](int value) { return static_cast<int>(static_cast<float>(value) / scale); };
  const std::vector<CardColumn> columns = find_columns(*ink);
  for (const CardColumn& column : columns) {
    const PixPtr row = row_of(page, column);
    LineText read = row == nullptr ? LineText{} : read_line(api, *row);
    if (read.confidence < kLeast) continue;
    lines.push_back({.text = std::move(read.text),
                     .box = {back(column.box.left), back(column.box.top), back(column.box.width),
                             back(column.box.height)},
                     .confidence = read.confidence,
                     .vertical = true});
    // Not again as rows.
    pixRasterop(&page, column.box.left - 2, column.box.top - 2, column.box.width + 4,
                column.box.height + 4, PIX_SET, nullptr, 0, 0);
  }
}

void CardRecognition::read_rows(const Pix& page, float scale, std::vector<CardLine>& lines) {
  const PixPtr letters = letters_only(page);
  const PixPtr ink = letters == nullptr ? nullptr : without_logos(*letters);
  if (ink == nullptr) return;
  tesseract::TessBaseAPI& api = engines_->rows;
  const auto back = [&](int value) { return static_cast<int>(static_cast<float>(value) / scale); };
  for (const CardBox& row : find_rows(*ink)) {
    if (row.height < 8 || row.width < row.height / 2) continue;
    // What is not read surely is read in other sizes, and the surest reading counts.
    LineText best;
    for (const int letter : {kLetter, kLetter * 3 / 2, kLetter * 3 / 4}) {
      const PixPtr picture = line_of(page, row, letter);
      if (picture == nullptr) continue;
      LineText one = read_line(api, *picture);
      if (one.confidence > best.confidence) best = std::move(one);
      if (best.confidence >= kSure) break;
    }
    if (best.confidence < kLeast && !address_line(best.text)) continue;
    lines.push_back({.text = std::move(best.text),
                     .box = {back(row.left), back(row.top), back(row.width), back(row.height)},
                     .confidence = best.confidence});
  }
}

void CardRecognition::read_addresses(const Pix& page, float scale, std::vector<CardLine>& lines) {
  tesseract::TessBaseAPI& api = engines_->latin;
  bool begun = false;
  for (CardLine& line : lines) {
    if (!address_line(line.text)) continue;
    if (!begun) {
      api.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
      api.SetImage(plain(page));
      begun = true;
    }
    const auto on_page = [&](int value) {
      return static_cast<int>(static_cast<float>(value) * scale);
    };
    const int rim = std::max(4, on_page(line.box.height) / 5);
    const int left = std::max(0, on_page(line.box.left) - rim);
    const int top = std::max(0, on_page(line.box.top) - rim);
    const int width = std::min(pixGetWidth(&page) - left, on_page(line.box.width) + 2 * rim);
    const int height = std::min(pixGetHeight(&page) - top, on_page(line.box.height) + 2 * rim);
    if (width < 10 || height < 8) continue;
    api.SetRectangle(left, top, width, height);
    if (api.Recognize(nullptr) == 0) line.latin = trimmed_text(api);
  }
}

int reading_score(const std::vector<CardLine>& lines) {
  long score = 0;
  for (const CardLine& line : lines) {
    if (line.confidence < 60) continue;
    std::u32string letters;
    text::decode_utf8(line.text, letters);
    if (letters.size() < 2) continue;
    score += static_cast<long>(letters.size()) * (line.confidence - 50);
  }
  return static_cast<int>(score / 10);
}

}  // namespace daifuku::exchange
