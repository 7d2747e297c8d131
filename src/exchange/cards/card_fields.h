// What the lines of a business card are: name, company, phones ... Rules of how Japanese cards are
// set, nothing learned, so that each proposal can be explained and tested. Pure functions,
// thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "exchange/cards/card.h"

namespace daifuku::exchange {

// At most one field a key, those found only. `lines` in any order.
std::vector<CardField> read_card_fields(const std::vector<CardLine>& lines);

// The contact in a QR code: vCard 2.1 to 4.0 (RFC 6350) or MECARD (NTT DOCOMO). Empty for anything
// else.
std::vector<CardField> read_contact_code(std::string_view text);

// What a code says, it says without misreading: its fields stand before those of the print, whose
// places they keep.
std::vector<CardField> join_fields(std::vector<CardField> code,
                                   const std::vector<CardField>& print);

}  // namespace daifuku::exchange
