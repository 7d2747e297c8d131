#include "exchange/import_known.h"

#include <algorithm>

#include "meta/kinds.h"
#include "records/keys.h"
#include "text/email.h"
#include "text/fold.h"
#include "text/name_key.h"
#include "text/phone.h"

namespace daifuku::exchange {

using meta::FieldDef;
using Search = meta::FieldKind::Search;

namespace {

// House numbers as their digits: the fold drops hyphens, and 1-23 is not 12-3.
std::string place_key(std::string_view city, std::string_view street) {
  std::string out = text::fold(std::string(city) + std::string(street));
  out += '|';
  bool digit_before = false;
  for (std::size_t i = 0; i < street.size(); ++i) {
    char digit = 0;
    const auto c = static_cast<unsigned char>(street[i]);
    if (c >= '0' && c <= '9') {
      digit = street[i];
    } else if (c == 0xEF && i + 2 < street.size() &&
               static_cast<unsigned char>(street[i + 1]) == 0xBC) {
      const auto last = static_cast<unsigned char>(street[i + 2]);
      if (last >= 0x90 && last <= 0x99) digit = static_cast<char>('0' + (last - 0x90));
      i += 2;
    }
    if (digit != 0) {
      out += digit;
    } else if (digit_before) {
      out += ',';
    }
    digit_before = digit != 0;
  }
  return out;
}

}  // namespace

bool HashSet::contains(std::uint64_t hash) const {
  if (slots_.empty()) return false;
  hash |= 1;  // 0 marks a free slot
  for (std::size_t i = hash >> 7U & (slots_.size() - 1); slots_[i] != 0;
       i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i] == hash) return true;
  }
  return false;
}

bool HashSet::insert(std::uint64_t hash) {
  if ((count_ + 1) * 2 > slots_.size()) grow();
  hash |= 1;
  std::size_t i = hash >> 7U & (slots_.size() - 1);
  for (; slots_[i] != 0; i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i] == hash) return false;
  }
  slots_[i] = hash;
  ++count_;
  return true;
}

void HashSet::grow() {
  std::vector<std::uint64_t> old(slots_.empty() ? 1024 : slots_.size() * 2, 0);
  old.swap(slots_);
  for (const std::uint64_t hash : old) {
    if (hash == 0) continue;
    std::size_t i = hash >> 7U & (slots_.size() - 1);
    while (slots_[i] != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = hash;
  }
}

KnownRecords::KnownRecords(records::Engine& engine, const records::Caller& caller,
                           const meta::ObjectDef& object)
    : object_(object) {
  const records::ObjectPlan& plan = engine.plan(object);
  const FieldDef* title = object.field(object.title);
  if (title == nullptr || !title->duplicate_key) return;
  const auto visible = [&](const FieldDef& field) {
    return caller.access.field(object, field.key) >= meta::FieldRight::read;
  };
  if (!visible(*title)) return;
  company_ = title->kind->search == Search::name;
  fields_.push_back(title);
  for (const FieldDef* field : plan.key_fields) {
    if (field == title || !field->duplicate_key || !visible(*field)) continue;
    const Search search = field->kind->search;
    if (field->kind == &meta::kinds::corporate_number) number_ = field;
    if (search == Search::phone || search == Search::email || field == number_) {
      fields_.push_back(field);
    }
  }
  for (const FieldDef& field : object.fields) {
    if (field.kind != &meta::kinds::address) continue;
    for (const FieldDef& part : object.expanded) {
      if (part.whole != field.key || !visible(part)) continue;
      const bool city = part.key.ends_with("city");
      if (!city && !part.key.ends_with("street")) continue;
      (city ? city_ : street_) = part.key;
      fields_.push_back(&part);
    }
    break;
  }
  sql_ = "SELECT t.id";
  for (const FieldDef* field : fields_) sql_ += ", " + records::column("t", *field);
  sql_ += " FROM " + plan.table + " t WHERE {t} AND t.id = ? AND t.deleted_at IS NULL";
  const auto scope = caller.access.condition(object, caller.access.object(object).read, "t");
  if (!scope.sql.empty()) sql_ += " AND " + scope.sql;
  binds_ = scope.binds;
}

KnownRecords::Print KnownRecords::print(const meta::Values& values) const {
  Print out;
  if (fields_.empty()) return out;
  const std::string_view name = meta::text_of(meta::get(values, object_.title));
  if (name.empty()) return out;
  for (const FieldDef* field : fields_) {
    const meta::Value& value = meta::get(values, field->key);
    if (meta::is_empty(value) || field->key == object_.title) continue;
    const std::string_view typed = meta::text_of(value);
    if (field == number_) {
      out.number = typed;
    } else if (field->kind->search == Search::phone) {
      for (const std::string& item : meta::split_items(typed)) {
        const auto phone = text::parse_phone(item);
        if (phone && phone->digits.size() >= 6) out.contacts.push_back(phone->digits);
      }
    } else if (field->kind->search == Search::email) {
      for (const std::string& item : meta::split_items(typed)) {
        out.contacts.push_back(text::email_key(item));
      }
    }
  }
  const std::string_view street = meta::text_of(meta::get(values, street_));
  if (!street.empty()) out.place = place_key(meta::text_of(meta::get(values, city_)), street);
  if (out.number.empty() && out.place.empty() && out.contacts.empty()) return out;
  if (company_) {
    thread_local text::CompanyKey key;
    text::company_key(name, key);
    out.name = key.strict;
    out.form = key.legal_form;
  } else {
    out.name = text::person_key(name);
  }
  return out;
}

bool KnownRecords::same(const Print& a, const Print& b) {
  if (a.name.empty() || a.name != b.name) return false;
  if (!a.form.empty() && !b.form.empty() && a.form != b.form) return false;
  if (!a.number.empty() && !b.number.empty()) return a.number == b.number;
  // Branches of one name and one phone differ in their place.
  if (!a.place.empty() && !b.place.empty()) return a.place == b.place;
  return std::ranges::any_of(a.contacts, [&](const std::string& contact) {
    return std::ranges::find(b.contacts, contact) != b.contacts.end();
  });
}

// The same rule as same(), as hashes: each carries which of the stronger facts its row has, and a
// row looks only for rows with which it has no stronger fact in common. Stops when `each` says so.
template <typename Each>
bool KnownRecords::each_hash(const Print& print, bool looking, const Each& each) {
  const auto hash = [&](char what, std::string_view value, bool number, bool place) {
    std::string text = print.name + '\n' + print.form + '\n' + what;
    text += number ? '1' : '0';
    text += place ? '1' : '0';
    text += value;
    return static_cast<std::uint64_t>(records::key_hash(0, records::MatchKey::text, text));
  };
  const bool number = !print.number.empty();
  const bool place = !print.place.empty();
  if (number && each(hash('n', print.number, true, true))) return true;
  for (const bool with_number : {false, true}) {
    if (looking ? (number && with_number) : with_number != number) continue;
    if (place && each(hash('p', print.place, with_number, true))) return true;
    for (const bool with_place : {false, true}) {
      if (looking ? (place && with_place) : with_place != place) continue;
      for (const std::string& contact : print.contacts) {
        if (each(hash('c', contact, with_number, with_place))) return true;
      }
    }
  }
  return false;
}

bool KnownRecords::find(store::Connection& connection, const meta::Values& values) {
  const Print row = print(values);
  if (!row.telling()) return false;
  if (each_hash(row, true, [&](std::uint64_t hash) { return rows_.contains(hash); })) return true;
  std::vector<Id> candidates;
  {
    auto rows = connection.query(
        "SELECT k.record_id FROM match_key k WHERE {k} AND k.hash = ? ORDER BY k.record_id LIMIT "
        "50");
    rows.bind(records::key_hash(
        object_.id, company_ ? records::MatchKey::name : records::MatchKey::text, row.name));
    while (rows.step()) candidates.push_back(rows.integer(0));
  }
  for (const Id id : candidates) {
    auto found = connection.query(sql_);
    found.bind(id);
    for (const Id bind : binds_) found.bind(bind);
    if (!found.step()) continue;
    meta::Values theirs;
    int column = 0;
    for (const FieldDef* field : fields_) {
      if (!found.is_null(++column)) {
        theirs.emplace(field->key, records::cell(found.statement(), column, field->kind->storage));
      }
    }
    if (same(row, print(theirs))) return true;
  }
  return false;
}

void KnownRecords::remember(const meta::Values& values) {
  const Print row = print(values);
  if (!row.telling()) return;
  each_hash(row, false, [&](std::uint64_t hash) {
    rows_.insert(hash);
    return false;
  });
}

}  // namespace daifuku::exchange
