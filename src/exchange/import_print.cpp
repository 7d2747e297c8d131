#include "exchange/import_print.h"

#include <algorithm>

#include "meta/kinds.h"
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

Printer::Printer(const records::ObjectPlan& plan, const records::Caller& caller)
    : object_(plan.object) {
  const FieldDef* title = object_.field(object_.title);
  if (title == nullptr || !title->duplicate_key) return;
  const auto visible = [&](const FieldDef& field) {
    return caller.access.field(object_, field.key) >= meta::FieldRight::read;
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
  for (const FieldDef& field : object_.fields) {
    if (field.kind != &meta::kinds::address) continue;
    for (const FieldDef& part : object_.expanded) {
      if (part.whole != field.key || !visible(part)) continue;
      const bool city = part.key.ends_with("city");
      if (!city && !part.key.ends_with("street")) continue;
      (city ? city_ : street_) = part.key;
      fields_.push_back(&part);
    }
    break;
  }
  if (company_ || object_.customer_links.empty()) return;
  const FieldDef* link = object_.field(object_.customer_links.front());
  if (link != nullptr && link->kind == &meta::kinds::link && visible(*link)) {
    link_ = link;
    fields_.push_back(link);
  }
}

RowPrint Printer::print(const meta::Values& values) const {
  RowPrint out;
  if (fields_.empty()) return out;
  for (const FieldDef* field : fields_) {
    const meta::Value& value = meta::get(values, field->key);
    if (meta::is_empty(value) || field->key == object_.title) continue;
    const std::string_view typed = meta::text_of(value);
    if (field == link_) {
      out.company = meta::integer_of(value);
    } else if (field == number_) {
      out.number = typed;
    } else if (field->kind->search == Search::phone) {
      for (const std::string& item : meta::split_items(typed)) {
        const auto phone = text::parse_phone(item);
        if (phone && phone->digits.size() >= 6) out.phones.push_back(phone->digits);
      }
    } else if (field->kind->search == Search::email) {
      for (const std::string& item : meta::split_items(typed)) {
        out.emails.push_back(text::email_key(item));
      }
    }
  }
  const std::string_view street = meta::text_of(meta::get(values, street_));
  if (!street.empty()) out.place = place_key(meta::text_of(meta::get(values, city_)), street);
  const std::string_view name = meta::text_of(meta::get(values, object_.title));
  if (name.empty()) return out;
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

bool same_name(const RowPrint& a, const RowPrint& b) {
  return !a.name.empty() && a.name == b.name &&
         (a.form.empty() || b.form.empty() || a.form == b.form);
}

bool share_any(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(
      a, [&](const std::string& item) { return std::ranges::find(b, item) != b.end(); });
}

}  // namespace daifuku::exchange
