#include "records/maturity_items.h"

#include <algorithm>
#include <bit>

#include "base/error.h"
#include "meta/kinds.h"
#include "records/record.h"

namespace daifuku::records {

using meta::FieldDef;

namespace {

constexpr std::size_t kMostItems = 47;
constexpr std::string_view kContact = "last_contact_at";
constexpr ItemMask kItems = (ItemMask{1} << kContactShift) - 1;

bool has(const FieldDef& field, const Record& record) {
  if (field.kind == &meta::kinds::links || field.kind == &meta::kinds::users) {
    const auto found = record.lists.find(field.key);
    return found != record.lists.end() && !found->second.empty();
  }
  return !meta::is_empty(record.get(field.key));
}

// The building is not part of every address, and the postal code follows from the rest.
bool is_needed_part(const FieldDef& part) {
  return part.key.ends_with("prefecture") || part.key.ends_with("city") ||
         part.key.ends_with("street");
}

bool is_one_of_several(const FieldDef& field) {
  return field.kind == &meta::kinds::phone || field.kind == &meta::kinds::phones ||
         field.kind == &meta::kinds::email || field.kind == &meta::kinds::emails;
}

bool of_one_sort(const FieldDef& a, const FieldDef& b) {
  const auto is_phone = [](const FieldDef& field) {
    return field.kind == &meta::kinds::phone || field.kind == &meta::kinds::phones;
  };
  return is_phone(a) == is_phone(b);
}

std::int64_t hash_of(const std::string& text) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return static_cast<std::int64_t>(hash >> 1);
}

}  // namespace

MaturityItems::MaturityItems(const meta::ObjectDef& object) {
  if (!object.customer) return;
  contact = object.field(kContact);
  for (const FieldDef& field : object.expanded) {
    // A link to the same object (a parent company) is not there for most, and nothing is missing.
    if (field.maturity == 0 || field.custom || field.target == object.key) continue;
    const auto whole = std::ranges::find_if(object.fields, [&](const FieldDef& candidate) {
      return !field.whole.empty() && candidate.key == field.whole;
    });
    const bool address = whole != object.fields.end() && whole->kind == &meta::kinds::address;
    if (address && !is_needed_part(field)) continue;
    const auto known = std::ranges::find_if(items, [&](const MaturityItem& item) {
      if (item.level != field.maturity) return false;
      if (address) return item.key == field.whole;
      return item.one_is_enough && is_one_of_several(field) &&
             of_one_sort(*item.fields.front(), field);
    });
    if (known != items.end()) {
      known->fields.push_back(&field);
      continue;
    }
    MaturityItem item{.key = address ? field.whole : field.key,
                      .label = address ? whole->label : field.label,
                      .level = std::min(field.maturity, kMaturityLevels),
                      .fields = {&field},
                      .one_is_enough = is_one_of_several(field)};
    if (!field.maturity_when.empty()) {
      item.with_link = !field.maturity_when.starts_with('!');
      item.link =
          object.field(item.with_link ? field.maturity_when : field.maturity_when.substr(1));
      DAIFUKU_CHECK(item.link != nullptr);
    }
    items.push_back(std::move(item));
  }
  DAIFUKU_CHECK(items.size() <= kMostItems);
  std::string text = contact == nullptr ? "" : "contact";
  for (const MaturityItem& item : items) {
    text += "\n" + item.key;
    for (const FieldDef* field : item.fields) text += " " + field->key;
    if (item.link != nullptr) text += (item.with_link ? " with " : " without ") + item.link->key;
  }
  signature = hash_of(text);
}

bool MaturityItems::asked(const MaturityItem& item, const Record& record) {
  return item.link == nullptr || has(*item.link, record) == item.with_link;
}

bool MaturityItems::filled(const MaturityItem& item, const Record& record) {
  const auto is_there = [&](const FieldDef* field) { return has(*field, record); };
  return item.one_is_enough ? std::ranges::any_of(item.fields, is_there)
                            : std::ranges::all_of(item.fields, is_there);
}

Filled MaturityItems::of(const Record& record) const {
  Filled out = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!asked(items[i], record) || filled(items[i], record)) out |= Filled{1} << i;
  }
  return contact == nullptr ? out : with_contact(out, record.get(contact->key));
}

bool MaturityItems::concerns(std::string_view field) const {
  return std::ranges::any_of(items, [&](const MaturityItem& item) {
    return (item.link != nullptr && item.link->key == field) ||
           std::ranges::any_of(item.fields, [&](const FieldDef* one) { return one->key == field; });
  });
}

int contact_month(Millis at) {
  const Date date = local_date(at);
  return std::clamp((date.year - 2000) * 12 + date.month, 1, 2'047);
}

Filled with_contact(Filled filled, const meta::Value& contact) {
  const Filled items = filled & kItems;
  if (meta::is_empty(contact)) return items;
  return items | (Filled{contact_month(meta::integer_of(contact))} << kContactShift);
}

int MaturityView::count(int level) const {
  return std::popcount(static_cast<std::uint64_t>(levels[level - 1])) +
         (level == 2 && fresh_counts ? 1 : 0);
}

int MaturityView::missing(Filled filled, int level) const {
  return std::popcount(static_cast<std::uint64_t>(levels[level - 1] & ~filled)) +
         (level == 2 && fresh_counts && !is_fresh(filled) ? 1 : 0);
}

int MaturityView::level(Filled filled) const {
  for (int level = 1; level <= kMaturityLevels; ++level) {
    if (count(level) > 0 && missing(filled, level) > allowed(level)) return level - 1;
  }
  return kMaturityLevels;
}

bool MaturityView::one_short(Filled filled) const {
  const int next = level(filled) + 1;
  return next <= kMaturityLevels && missing(filled, next) == allowed(next) + 1;
}

}  // namespace daifuku::records
