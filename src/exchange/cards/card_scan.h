// An uploaded photo of business cards as it is kept: its row in the table card_scan.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "exchange/cards/card.h"
#include "store/database.h"

namespace daifuku::exchange {

// cutting: read, and one of its cards is read again between other corners.
enum class CardScanStatus { reading, ready, failed, cutting };
enum class ScannedCardStatus { open, saving, saved, skipped, reading };

struct ScannedCard {
  int width = 0;
  int height = 0;
  CardCorners corners = kWholePhoto;  // of a card that is `reading`: those to read it between
  std::vector<CardField> fields = {};
  std::vector<std::string> lines = {};
  std::string failure = {};  // message code, of the last reading between drawn corners
  ScannedCardStatus status = ScannedCardStatus::open;
  Id batch = 0;   // of the save: what undo takes back
  Id record = 0;  // the business card that it became
};

struct CardScan {
  Id id = 0;
  std::string name = {};  // of the file, as the person calls it
  CardScanStatus status = CardScanStatus::reading;
  Millis created_at = 0;
  Id created_by = 0;
  std::string failure = {};  // message code
  bool recognized = true;    // false: pictures only
  bool whole = false;        // the one card is the photo as it was uploaded
  std::vector<ScannedCard> cards = {};
};

std::string_view card_scan_status_name(CardScanStatus status);
std::string_view scanned_card_status_name(ScannedCardStatus status);
void write_corners(JsonWriter& json, const CardCorners& corners);
void write_card_fields(JsonWriter& json, const std::vector<CardField>& fields);

void insert_card_scan(store::Database& database, const CardScan& scan);
void update_card_scan(store::Database& database, const CardScan& scan);
void delete_card_scan(store::Database& database, Id id);
// nullptr when there is none.
std::unique_ptr<CardScan> load_card_scan(store::Database& database, Id id);
// Newest first; of one person, or of all when `user` is 0.
std::vector<Id> card_scan_ids(store::Database& database, Id user, int most);
// Oldest first.
std::vector<Id> card_scan_ids(store::Database& database, CardScanStatus status);
std::vector<Id> card_scan_ids_before(store::Database& database, Millis created_at);

}  // namespace daifuku::exchange
