// Customers as address cards, by the kinds of their fields.
#pragma once

#include "exchange/vcard_writer.h"
#include "records/engine.h"

namespace daifuku::exchange {

// Whether records of the object are people or firms, which can stand on a card.
bool has_vcards(const meta::ObjectDef& object);

// Fields that the caller may not read, or sees masked, are not on it; nor are notes, which are
// about the customer and not for other address books. `company` is the title of the firm that the
// record belongs to, see company_link().
OutgoingCard vcard_of(const records::Caller& caller, const meta::ObjectDef& object,
                      const records::Record& record, const std::string& company);
// The link to the firm of a person; nullptr when there is none that the caller may read.
const meta::FieldDef* company_link(const records::Caller& caller, const meta::ObjectDef& object);

}  // namespace daifuku::exchange
