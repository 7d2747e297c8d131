// Characters of a card, by Tesseract with its Japanese models. Runs in the reading child only.
// Not thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "exchange/cards/card.h"
#include "exchange/cards/card_picture.h"

namespace daifuku::exchange {

class CardRecognition {
 public:
  CardRecognition();
  ~CardRecognition();
  CardRecognition(const CardRecognition&) = delete;
  CardRecognition& operator=(const CardRecognition&) = delete;

  // Whether the models are on this machine (Debian: tesseract-ocr-jpn). Loads them.
  bool load();
  // Lines with their places in `card`.
  std::vector<CardLine> read(const Pix& card);

 private:
  // Takes what it reads off the page.
  void read_columns(Pix& page, float scale, std::vector<CardLine>& lines);
  void read_rows(const Pix& page, float scale, std::vector<CardLine>& lines);
  void read_addresses(const Pix& page, float scale, std::vector<CardLine>& lines);
  struct Engines;
  std::unique_ptr<Engines> engines_;
};

// How much of a reading makes sense: letters that were read surely. To tell which way is up.
int reading_score(const std::vector<CardLine>& lines);

}  // namespace daifuku::exchange
