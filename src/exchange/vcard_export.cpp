#include "exchange/vcard_export.h"

#include "meta/derive.h"
#include "meta/kinds.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::ObjectDef;
namespace kinds = meta::kinds;

namespace {

bool is_person(const ObjectDef& object) { return object.field("family_name") != nullptr; }

class Filler {
 public:
  Filler(const records::Caller& caller, const ObjectDef& object, const records::Record& record)
      : caller_(caller), object_(object), record_(record) {}

  OutgoingCard fill(const std::string& company) {
    OutgoingCard card{.organization = !is_person(object_),
                      .full_name = text(object_.title),
                      .uid = "daifuku-" + encode_id(record_.id),
                      .updated = record_.updated_at};
    if (card.organization) {
      card.family_kana = text(object_.title + "_kana");
    } else {
      card.family = text("family_name");
      card.given = text("given_name");
      card.family_kana = text("family_kana");
      card.given_kana = text("given_kana");
      card.company = company;
      card.units = {text("division"), text("department")};
      card.title = text("job_title");
      card.birthday = text("birth_date");
    }
    for (const FieldDef& field : object_.expanded) take(field, card);
    for (const FieldDef& whole : object_.fields) {
      if (whole.kind == &kinds::address) take_address(whole, card);
    }
    return card;
  }

 private:
  bool readable(std::string_view key) const {
    return caller_.access.field(object_, key) >= meta::FieldRight::read;
  }
  std::string text(std::string_view key) const {
    const FieldDef* field = object_.field(key);
    return field == nullptr || field->hidden || !readable(key)
               ? std::string()
               : meta::value_text(*field, record_.get(key));
  }

  void take(const FieldDef& field, OutgoingCard& card) const {
    if (field.hidden || !field.whole.empty() || !readable(field.key)) return;
    const bool one =
        field.kind == &kinds::phone || field.kind == &kinds::email || field.kind == &kinds::url;
    const bool many = field.kind == &kinds::phones || field.kind == &kinds::emails ||
                      field.kind == &kinds::urls || field.kind == &kinds::tags;
    if (!one && !many) return;
    for (std::string& item : meta::split_items(record_.text(field.key))) {
      if (field.kind == &kinds::tags) {
        card.categories.push_back(std::move(item));
      } else if (field.kind == &kinds::email || field.kind == &kinds::emails) {
        card.emails.push_back(std::move(item));
      } else if (field.kind == &kinds::url || field.kind == &kinds::urls) {
        card.urls.push_back(std::move(item));
      } else {
        card.phones.push_back({use_of(field.key), std::move(item)});
      }
    }
  }

  static OutgoingCard::Phone::Use use_of(std::string_view key) {
    if (key.find("fax") != key.npos) return OutgoingCard::Phone::Use::fax;
    if (key.find("mobile") != key.npos) return OutgoingCard::Phone::Use::cell;
    return key.find("home") != key.npos ? OutgoingCard::Phone::Use::home
                                        : OutgoingCard::Phone::Use::work;
  }

  void take_address(const FieldDef& whole, OutgoingCard& card) const {
    OutgoingCard::Address address{.home = is_person(object_)};
    for (const FieldDef& part : object_.expanded) {
      if (part.whole != whole.key) continue;
      const std::string value = text(part.key);
      if (part.kind == &kinds::postal_code) address.postal_code = value;
      if (part.kind == &kinds::prefecture) address.prefecture = value;
      if (part.key.ends_with("city")) address.city = value;
      if (part.key.ends_with("street")) address.street = value;
      if (part.key.ends_with("building")) address.building = value;
    }
    card.addresses.push_back(std::move(address));
  }

  const records::Caller& caller_;
  const ObjectDef& object_;
  const records::Record& record_;
};

}  // namespace

bool has_vcards(const ObjectDef& object) { return object.customer; }

OutgoingCard vcard_of(const records::Caller& caller, const ObjectDef& object,
                      const records::Record& record, const std::string& company) {
  return Filler(caller, object, record).fill(company);
}

const FieldDef* company_link(const records::Caller& caller, const ObjectDef& object) {
  if (!is_person(object)) return nullptr;
  for (const FieldDef& field : object.expanded) {
    if (field.kind != &kinds::link || field.hidden ||
        caller.access.field(object, field.key) < meta::FieldRight::read) {
      continue;
    }
    const ObjectDef* target = caller.access.catalog().object(field.target);
    if (target != nullptr && target->customer && !is_person(*target)) return &field;
  }
  return nullptr;
}

}  // namespace daifuku::exchange
