// QR codes on business cards: vCard, or MECARD as NTT DOCOMO published it for telephones
// ("MECARD:N:山田,太郎;SOUND:ヤマダ,タロウ;TEL:0312345678;EMAIL:...;;").
#include <map>
#include <string>

#include "base/ascii.h"
#include "exchange/cards/card_fields.h"
#include "exchange/vcard.h"
#include "text/email.h"
#include "text/fold.h"
#include "text/phone.h"
#include "text/postal.h"
#include "text/url.h"

namespace daifuku::exchange {
namespace {

constexpr int kCertain = 97;

class Contact {
 public:
  // The first value of a key counts.
  void set(const std::string& key, std::string_view value) {
    std::string clean = text::nfc(value);
    if (!clean.empty() && find_field(fields, key) == nullptr)
      fields.push_back({.key = key, .value = std::move(clean), .confidence = kCertain});
  }
  void phone(std::string_view number, bool fax) {
    const auto phone = text::parse_phone(number);
    if (!phone || !phone->valid) return;
    set(fax ? "fax" : phone->type == text::Phone::mobile ? "mobile" : "phone", phone->display);
  }
  void email(std::string_view address) {
    if (const auto good = text::normalize_email(address)) set("email", *good);
  }
  void website(std::string_view address) {
    if (const auto good = text::normalize_url(address)) set("website", *good);
  }
  void postal_code(std::string_view code) {
    if (const auto digits = text::normalize_postal_code(code))
      set("postal_code", text::format_postal_code(*digits));
  }

  std::vector<CardField> fields = {};
};

std::string joined(std::string_view first, std::string_view second, std::string_view gap) {
  std::string out(first);
  if (!out.empty() && !second.empty()) out += gap;
  out += second;
  return out;
}

void read_vcard(std::string_view text, Contact& contact) {
  const auto card = parse_vcard(text);
  if (!card) return;
  contact.set("name", card->family.empty() ? card->name : joined(card->family, card->given, " "));
  contact.set("name_kana", joined(card->family_kana, card->given_kana, " "));
  contact.set("company_name", card->organization);
  std::string units;
  for (const std::string& unit : card->units) units = joined(units, unit, " ");
  contact.set("department", units);
  contact.set("job_title", card->title);
  for (const VCardPhone& phone : card->phones) {
    contact.phone(phone.number, phone.kind == VCardPhone::Kind::fax);
  }
  for (const std::string& email : card->emails) contact.email(email);
  for (const std::string& url : card->urls) contact.website(url);
  for (const VCardAddress& address : card->addresses) {
    if (address.home && card->addresses.size() > 1) continue;
    contact.postal_code(address.postal_code);
    contact.set("address_text", address.text);
  }
}

void read_mecard(std::string_view text, Contact& contact) {
  std::string name;
  std::string value;
  bool in_value = false;
  const auto put = [&] {
    const std::string key = lower_ascii(name);
    const auto comma = value.find(',');
    const auto person = [&] {
      return comma == std::string::npos
                 ? value
                 : joined(value.substr(0, comma), value.substr(comma + 1), " ");
    };
    if (key == "n") contact.set("name", person());
    if (key == "sound") contact.set("name_kana", person());
    if (key == "tel") contact.phone(value, false);
    if (key == "tel-av" || key == "fax") contact.phone(value, key == "fax");
    if (key == "email") contact.email(value);
    if (key == "url") contact.website(value);
    if (key == "org") contact.set("company_name", value);
    if (key == "adr") {
      std::string address = value;
      // Fields of the address stand between commas; the postal code may be one of them.
      for (std::size_t at = 0; (at = address.find(',', at)) != std::string::npos;)
        address.erase(at, 1);
      contact.set("address_text", address);
    }
    name.clear();
    value.clear();
    in_value = false;
  };
  for (std::size_t i = std::string_view("MECARD:").size(); i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      (in_value ? value : name) += text[++i];
    } else if (c == ';') {
      put();
    } else if (c == ':' && !in_value) {
      in_value = true;
    } else {
      (in_value ? value : name) += c;
    }
  }
  put();
}

}  // namespace

std::vector<CardField> read_contact_code(std::string_view text) {
  Contact contact;
  if (!text::valid_utf8(text)) return {};
  if (looks_like_vcard(text)) {
    read_vcard(text, contact);
  } else if (lower_ascii(text.substr(0, 7)) == "mecard:") {
    read_mecard(text, contact);
  }
  return std::move(contact.fields);
}

}  // namespace daifuku::exchange
