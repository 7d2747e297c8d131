// The reading of a photo in a process of its own. Decoders of pictures are large and written in C:
// a hostile file must not reach the keys and the ledger. The child is the same program started with
// a hidden command; it loads its models, gives up what it does not need any more (files, network,
// programs, memory without limit), and only then looks at the picture. docs/decisions/0027.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/cards/card.h"

namespace daifuku::exchange {

struct ReadCard {
  std::string picture = {};  // JPEG; the boxes of the fields are places in it
  int width = 0;
  int height = 0;
  CardCorners corners = kWholePhoto;
  std::vector<CardField> fields = {};
  std::vector<std::string> lines = {};  // all that was read, from the top
};

struct CardReading {
  // Empty when it went well; else a message code: card_not_a_picture, card_picture_too_large,
  // card_picture_too_small, card_picture_damaged, card_reading_failed, card_reading_too_long,
  // card_reading_unsafe.
  std::string failure = {};
  bool recognized = true;  // false: no models here, pictures only
  std::vector<ReadCard> cards = {};
};

// Called as the reading goes on: cards read, cards found.
using CardProgress = std::function<void(int done, int total)>;
// Reads the picture in `bytes`: the cards found in it, or the one between `corners`. `stop` is
// asked now and then; true ends it as failed.
using CardReader =
    std::function<CardReading(std::string_view bytes, const std::optional<CardCorners>& corners,
                              const CardProgress& progress, const std::function<bool()>& stop)>;

inline constexpr std::string_view kCardCommand = "read-cards";  // of the hidden command

// The child: the picture on standard input, frames on standard output. `corners` is empty or what
// corners_argument() gives. Returns the exit code.
int run_card_child(std::string_view corners);
std::string corners_argument(const CardCorners& corners);

// Starts `program` with `arguments` for each picture. What comes back is checked as any input.
CardReader card_reader_process(std::string program, std::vector<std::string> arguments,
                               int timeout_seconds = 180);

}  // namespace daifuku::exchange
