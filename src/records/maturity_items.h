// 整備度: how complete a record is. The items that count come from the declarations of the fields
// (FieldDef::maturity) and from the last contact; which of them a record has is one number, so that
// the whole ledger is a table of such numbers and how many records have each. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "meta/object.h"

namespace daifuku::records {

struct Record;

// Something to be filled in: a field, an address (prefecture, city and street), or several phones
// or mail addresses of which one is enough.
struct MaturityItem {
  std::string key = {};  // of the field, or of the composite it is a part of
  meta::Label label = {};
  int level = 0;  // 1 to 3
  std::vector<const meta::FieldDef*> fields = {};
  bool one_is_enough = false;
  // The link that decides whether it is asked for; nullptr: always.
  const meta::FieldDef* link = nullptr;
  bool with_link = false;  // asked for with the link, otherwise without
};

// Bits 0 to 46: nothing is to be filled in for that item. Bits 48 and up: the month of the last
// contact, counted from 2000; 0: none.
using Filled = std::int64_t;
using ItemMask = std::int64_t;

struct MaturityItems {
  MaturityItems() = default;
  // Customers have items, other objects none.
  explicit MaturityItems(const meta::ObjectDef& object);

  std::vector<MaturityItem> items = {};
  const meta::FieldDef* contact = nullptr;  // when the customer was last talked to
  // Changes with the meaning of the bits; the numbers of the ledger are then made anew.
  std::int64_t signature = 0;

  bool empty() const { return items.empty(); }
  Filled of(const Record& record) const;
  // Whether the item is asked for at all of that record.
  static bool asked(const MaturityItem& item, const Record& record);
  static bool filled(const MaturityItem& item, const Record& record);
  // Whether the bits of a record may change with that field.
  bool concerns(std::string_view field) const;
};

inline constexpr int kMaturityLevels = 3;
inline constexpr int kContactShift = 48;
inline constexpr int kFreshMonths = 12;

int contact_month(Millis at);
Filled with_contact(Filled filled, const meta::Value& contact);

// How a caller counts: the items that he may read, and since when a contact is fresh.
struct MaturityView {
  ItemMask levels[kMaturityLevels] = {};  // the items of each level
  bool fresh_counts = false;              // an item of level 2
  int fresh_since = 0;                    // month

  bool is_fresh(Filled filled) const { return (filled >> kContactShift) >= fresh_since; }
  // Items of that level, 1 to 3, and how many of them are missing.
  int count(int level) const;
  int missing(Filled filled, int level) const;
  // A level is reached with four of five of its items, and the levels below it.
  int allowed(int level) const { return count(level) / 5; }
  int level(Filled filled) const;  // 0 to 3
  // One item more, and the next level is reached (which may take the one after it along).
  bool one_short(Filled filled) const;
};

}  // namespace daifuku::records
