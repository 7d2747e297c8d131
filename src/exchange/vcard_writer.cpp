#include "exchange/vcard_writer.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kLineOctets = 75;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    out += c;
  }
  return out;
}

class CardWriter {
 public:
  explicit CardWriter(std::string& out) : out_(out) {}

  void line(std::string_view name, std::string_view value) {
    std::string whole(name);
    whole += ':';
    whole += value;
    std::size_t room = kLineOctets;
    for (std::size_t at = 0; at < whole.size();) {
      std::size_t take = std::min(room, whole.size() - at);
      // Back to the start of a character.
      while (at + take < whole.size() && take > 1 &&
             (static_cast<unsigned char>(whole[at + take]) & 0xC0U) == 0x80U) {
        --take;
      }
      if (at > 0) out_ += ' ';
      out_.append(whole, at, take);
      out_ += "\r\n";
      at += take;
      room = kLineOctets - 1;
    }
  }
  void text(std::string_view name, std::string_view value) {
    if (!value.empty()) line(name, escaped(value));
  }

 private:
  std::string& out_;
};

std::string_view phone_type(OutgoingCard::Phone::Use use, VCardVersion version) {
  const bool v4 = version == VCardVersion::v4;
  switch (use) {
    case OutgoingCard::Phone::Use::cell:
      return v4 ? "TEL;TYPE=cell" : "TEL;TYPE=CELL,VOICE";
    case OutgoingCard::Phone::Use::home:
      return v4 ? "TEL;TYPE=\"home,voice\"" : "TEL;TYPE=HOME,VOICE";
    case OutgoingCard::Phone::Use::fax:
      return v4 ? "TEL;TYPE=\"work,fax\"" : "TEL;TYPE=WORK,FAX";
    case OutgoingCard::Phone::Use::work:
      break;
  }
  return v4 ? "TEL;TYPE=\"work,voice\"" : "TEL;TYPE=WORK,VOICE";
}

void write_name(CardWriter& writer, const OutgoingCard& card, VCardVersion version) {
  writer.line("FN", escaped(card.full_name));
  if (card.organization) {
    writer.line("N", ";;;;");
    if (version == VCardVersion::v3) writer.line("X-ABShowAs", "COMPANY");
    writer.text("X-PHONETIC-ORG", card.family_kana);
    return;
  }
  const bool parts = !card.family.empty() || !card.given.empty();
  writer.line("N",
              escaped(parts ? card.family : card.full_name) + ";" + escaped(card.given) + ";;;");
  // The readings as telephones and address books of Japan exchange them, in both versions.
  writer.text("X-PHONETIC-LAST-NAME", card.family_kana);
  writer.text("X-PHONETIC-FIRST-NAME", card.given_kana);
}

}  // namespace

void append_vcard(const OutgoingCard& card, VCardVersion version, std::string& out) {
  const bool v4 = version == VCardVersion::v4;
  CardWriter writer(out);
  writer.line("BEGIN", "VCARD");
  writer.line("VERSION", v4 ? "4.0" : "3.0");
  if (v4) writer.line("KIND", card.organization ? "org" : "individual");
  write_name(writer, card, version);
  std::string organization = escaped(card.organization ? card.full_name : card.company);
  for (const std::string& unit : card.units) {
    if (!unit.empty()) organization += ";" + escaped(unit);
  }
  if (!organization.empty()) writer.line("ORG", organization);
  writer.text("TITLE", card.title);
  for (const OutgoingCard::Phone& phone : card.phones) {
    writer.text(phone_type(phone.use, version), phone.number);
  }
  for (const std::string& email : card.emails) {
    writer.text(v4 ? "EMAIL" : "EMAIL;TYPE=INTERNET", email);
  }
  for (const std::string& url : card.urls) {
    if (!url.empty()) writer.line("URL", url);
  }
  for (const OutgoingCard::Address& address : card.addresses) {
    if (address.prefecture.empty() && address.city.empty() && address.street.empty() &&
        address.building.empty() && address.postal_code.empty()) {
      continue;
    }
    const std::string use = address.home ? (v4 ? "home" : "HOME") : (v4 ? "work" : "WORK");
    writer.line("ADR;TYPE=" + use, ";" + escaped(address.building) + ";" + escaped(address.street) +
                                       ";" + escaped(address.city) + ";" +
                                       escaped(address.prefecture) + ";" +
                                       escaped(address.postal_code) + ";日本");
  }
  std::string categories;
  for (const std::string& category : card.categories) {
    if (!categories.empty()) categories += ',';
    categories += escaped(category);
  }
  if (!categories.empty()) writer.line("CATEGORIES", categories);
  if (!card.birthday.empty()) {
    std::string day = card.birthday;
    if (v4) std::erase(day, '-');
    writer.line("BDAY", day);
  }
  writer.text("UID", card.uid);
  if (card.updated != 0) {
    std::string at = format_instant(card.updated).substr(0, 19) + "Z";
    if (v4) {
      std::erase(at, '-');
      std::erase(at, ':');
    }
    writer.line("REV", at);
  }
  writer.line("END", "VCARD");
}

}  // namespace daifuku::exchange
