#include "exchange/vcard.h"

#include <algorithm>

#include "base/ascii.h"
#include "exchange/vcard_lines.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/name_key.h"

namespace daifuku::exchange {
namespace {

std::string one_line(std::string_view text) {
  std::string out = text::nfc(text);
  std::ranges::replace(out, '\n', ' ');
  std::ranges::replace(out, '\t', ' ');
  return out;
}

std::string field_at(const std::vector<std::string>& fields, std::size_t place) {
  return place < fields.size() ? one_line(fields[place]) : std::string();
}

void append_word(std::string& out, const std::string& word) {
  if (word.empty()) return;
  if (!out.empty()) out += ' ';
  out += word;
}

void set_once(std::string& place, std::string text) {
  if (place.empty()) place = std::move(text);
}

void add_new(std::vector<std::string>& list, std::string text) {
  if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

std::string without_scheme(std::string text, std::string_view scheme) {
  if (text.size() >= scheme.size() &&
      same_ignoring_case(std::string_view(text).substr(0, scheme.size()), scheme)) {
    text.erase(0, scheme.size());
  }
  return text;
}

bool is_preferred(const VCardProperty& property) {
  return property.has_type("PREF") || property.parameter("PREF") == "1";
}

VCardPhone::Kind phone_kind(const VCardProperty& property) {
  using enum VCardPhone::Kind;
  if (property.has_type("FAX")) return fax;
  if (property.has_type("CELL") || property.has_type("IPHONE") || property.has_type("X-NEC-PHS")) {
    return mobile;
  }
  if (property.has_type("PAGER") || property.has_type("MODEM") || property.has_type("BBS")) {
    return other;
  }
  // X-NEC-FAMILY, X-NEC-SCHOOL and the like say whose it is, not what.
  const bool named = std::ranges::any_of(property.parameters, [](const auto& parameter) {
    return parameter.first == "TYPE" && parameter.second.starts_with("X-NEC-");
  });
  if (named) return other;
  return property.has_type("HOME") ? home : work;
}

void read_name(const VCardProperty& property, VCard& card) {
  const auto fields = property.fields(';');
  if (!card.family.empty() || !card.given.empty()) return;
  card.family = field_at(fields, 0);
  card.given = field_at(fields, 1);
  append_word(card.given, field_at(fields, 2));
  card.prefix = field_at(fields, 3);
  card.suffix = field_at(fields, 4);
  // RFC 6350: N;SORT-AS="ヤマダ,タロウ"
  const std::string_view sort = property.parameter("SORT-AS");
  const std::size_t comma = std::min(sort.find(','), sort.size());
  set_once(card.family_kana, one_line(sort.substr(0, comma)));
  if (comma < sort.size()) set_once(card.given_kana, one_line(sort.substr(comma + 1)));
}

void read_address(const VCardProperty& property, VCard& card) {
  const auto fields = property.fields(';');
  VCardAddress address{.home = property.has_type("HOME") && !property.has_type("WORK"),
                       .postal_code = field_at(fields, 5),
                       .country = field_at(fields, 6)};
  // Telephones put all of it in any one field; Japanese order joins them from the largest on.
  for (const std::size_t place : {4U, 3U, 2U, 1U, 0U}) {
    const std::string part = field_at(fields, place);
    if (part.empty()) continue;
    const auto end = static_cast<unsigned char>(address.text.empty() ? 0 : address.text.back());
    const bool latin = end != 0 && end < 0x80 && static_cast<unsigned char>(part.front()) < 0x80;
    if (latin || (!address.text.empty() && place <= 1)) address.text += ' ';
    address.text += part;
  }
  if (!address.text.empty() || !address.postal_code.empty()) {
    card.addresses.push_back(std::move(address));
  }
}

void read_phone(const VCardProperty& property, VCard& card) {
  std::string number = without_scheme(one_line(property.text()), "tel:");
  number.resize(std::min(number.find(';'), number.size()));
  if (number.empty()) return;
  VCardPhone phone{.kind = phone_kind(property), .number = std::move(number)};
  const bool first = is_preferred(property);
  card.phones.insert(first ? card.phones.begin() : card.phones.end(), std::move(phone));
}

void read_mail(const VCardProperty& property, VCard& card) {
  std::string mail = without_scheme(one_line(property.text()), "mailto:");
  if (mail.empty() || std::ranges::find(card.emails, mail) != card.emails.end()) return;
  card.emails.insert(is_preferred(property) ? card.emails.begin() : card.emails.end(),
                     std::move(mail));
}

void read_birthday(const VCardProperty& property, VCard& card) {
  const std::string written = one_line(property.text());
  const auto date = text::parse_date(written.substr(0, written.find('T')));
  card.birthday = date ? format_date(*date) : written;
}

// N of Japanese telephones: 家族名;名 in half-width kana, or all of it in the first field.
void read_sound(const VCardProperty& property, VCard& card) {
  if (!property.has_type("X-IRMC-N")) {
    ++card.left_out;
    return;
  }
  const auto fields = property.fields(';');
  set_once(card.family_kana, field_at(fields, 0));
  set_once(card.given_kana, field_at(fields, 1));
}

void read_organization(const VCardProperty& property, VCard& card) {
  if (!card.organization.empty()) return;
  const auto fields = property.fields(';');
  card.organization = field_at(fields, 0);
  for (std::size_t i = 1; i < fields.size(); ++i) add_new(card.units, one_line(fields[i]));
}

using Reader = void (*)(const VCardProperty&, VCard&);
struct Known {
  std::string_view name;
  Reader read;
};

template <std::string VCard::*member>
void read_text(const VCardProperty& property, VCard& card) {
  set_once(card.*member, one_line(property.text()));
}

void read_note(const VCardProperty& property, VCard& card) {
  const std::string text = text::nfc(property.text());
  if (text.empty()) return;
  if (!card.note.empty()) card.note += '\n';
  card.note += text;
}

constexpr Known kKnown[] = {
    {"FN", read_text<&VCard::name>},
    {"N", read_name},
    {"NICKNAME", read_text<&VCard::nickname>},
    {"X-PHONETIC-LAST-NAME", read_text<&VCard::family_kana>},
    {"X-PHONETIC-FIRST-NAME", read_text<&VCard::given_kana>},
    {"SORT-STRING", read_text<&VCard::family_kana>},
    {"SOUND", read_sound},
    {"ORG", read_organization},
    {"X-PHONETIC-ORG", read_text<&VCard::organization_kana>},
    {"TITLE", read_text<&VCard::title>},
    {"ROLE", read_text<&VCard::role>},
    {"TEL", read_phone},
    {"EMAIL", read_mail},
    {"ADR", read_address},
    {"BDAY", read_birthday},
    {"NOTE", read_note},
    {"URL", [](const VCardProperty& p, VCard& card) { add_new(card.urls, one_line(p.text())); }},
    {"CATEGORIES",
     [](const VCardProperty& p, VCard& card) {
       for (const std::string& each : p.fields(',')) add_new(card.categories, one_line(each));
     }},
};

bool is_bound(std::string_view line, std::string_view word) {
  line = trim_blanks(line);
  return line.size() >= word.size() && same_ignoring_case(line.substr(0, word.size()), word) &&
         trim_blanks(line.substr(word.size())).empty();
}

}  // namespace

std::string VCard::shown_name() const {
  if (!family.empty() && !given.empty()) return family + " " + given;
  if (!name.empty()) return name;
  if (!family.empty()) return family;
  return given.empty() ? organization : given;
}

bool looks_like_vcard(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
  return is_bound(bytes.substr(0, end), "BEGIN:VCARD");
}

text::Encoding vcard_encoding(std::string_view sample, bool complete) {
  constexpr std::size_t kEnough = std::size_t{1} << 16;
  complete = complete && sample.size() <= kEnough;
  sample = sample.substr(0, kEnough);
  // A folded line may be broken inside a character.
  std::string lines;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const std::size_t size = sample.substr(i).starts_with("\r\n") ? 2 : sample[i] == '\n' ? 1 : 0;
    const char after = i + size < sample.size() ? sample[i + size] : '\0';
    if (size > 0 && (after == ' ' || after == '\t')) {
      i += size;
    } else {
      lines += sample[i];
    }
  }
  return text::detect_encoding(lines, complete).encoding;
}

std::optional<VCard> parse_vcard(std::string_view bytes, std::optional<text::Encoding> encoding) {
  const text::Encoding assumed = encoding.value_or(vcard_encoding(bytes, true));
  std::string decoded;
  if (assumed == text::Encoding::utf16le || assumed == text::Encoding::utf16be) {
    decoded = text::decode(bytes, assumed);
    return parse_vcard(decoded, text::Encoding::utf8);
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!looks_like_vcard(bytes)) return std::nullopt;
  VCard card;
  for (const VCardProperty& property : vcard_properties(bytes, assumed, card.replaced)) {
    const auto* known = std::ranges::find(kKnown, std::string_view(property.name), &Known::name);
    const bool media = property.name == "PHOTO" || property.name == "LOGO" ||
                       property.name == "KEY" || property.binary;
    if (media) {
      ++card.left_out;
    } else if (known != std::end(kKnown)) {
      known->read(property, card);
    }
  }
  return card;
}

void VCardSplitter::add(std::string_view bytes, bool last) {
  pending_.erase(0, at_);
  at_ = 0;
  pending_ += bytes;
  last_ = last;
}

bool VCardSplitter::next(std::string& card, std::int64_t& line) {
  const std::string_view all = pending_;
  while (at_ < all.size()) {
    std::size_t end = all.find_first_of("\r\n", at_);
    // A CR at the end of a piece may be half of a break.
    const bool cut = end == all.npos || (all[end] == '\r' && end + 1 == all.size());
    if (cut && !last_) {
      // A line that never ends is no reason to keep all of it.
      if (all.size() - at_ > max_card_bytes_) {
        at_ = all.size();
        too_long_ = depth_ > 0;
      }
      return false;
    }
    end = std::min(end, all.size());
    const std::string_view text = all.substr(at_, end - at_);
    const std::size_t size = end - at_ + (all.substr(end).starts_with("\r\n") ? 2 : 1);
    const std::string_view whole = all.substr(at_, size);
    const bool begins =
        is_bound(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text, "BEGIN:VCARD");
    if (begins && depth_++ == 0) {
      card_.clear();
      too_long_ = false;
      begin_ = line_;
    }
    if (depth_ > 0 && !too_long_) {
      card_ += whole;
      if (card_.size() > max_card_bytes_) {
        too_long_ = true;
        card_.clear();
      }
    }
    at_ = std::min(all.size(), at_ + size);
    ++line_;
    if (depth_ > 0 && is_bound(text, "END:VCARD") && --depth_ == 0) {
      if (too_long_) {
        ++oversized_;
        continue;
      }
      card = std::move(card_);
      card_.clear();
      line = begin_;
      return true;
    }
  }
  if (!last_ || depth_ == 0 || card_.empty()) return false;
  depth_ = 0;
  card = std::move(card_);
  card_.clear();
  line = begin_;
  return true;
}

}  // namespace daifuku::exchange
