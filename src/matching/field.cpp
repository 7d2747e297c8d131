#include "matching/field.h"

#include <algorithm>
#include <bit>

#include "base/time.h"
#include "matching/similarity.h"
#include "text/code_points.h"
#include "text/corporate_number.h"
#include "text/date.h"
#include "text/email.h"
#include "text/fold.h"
#include "text/name_key.h"
#include "text/phone.h"
#include "text/postal.h"

namespace daifuku::matching {

namespace {

// FNV-1a with the final mix of splitmix64. 0 stands for nothing.
template <typename Char>
std::uint64_t hash(std::basic_string_view<Char> text, std::uint64_t seed = 0) {
  std::uint64_t h = 14695981039346656037ULL ^ seed;
  for (const Char c : text) h = (h ^ static_cast<std::uint64_t>(c)) * 1099511628211ULL;
  h ^= h >> 30;
  h *= 0xbf58476d1ce4e5b9ULL;
  h ^= h >> 27;
  return h == 0 ? 1 : h;
}
std::uint32_t short_hash(std::string_view text) {
  if (text.empty()) return 0;
  const auto h = static_cast<std::uint32_t>(hash(text) >> 16);
  return h == 0 ? 1 : h;
}

void assign(std::string_view utf8, std::u16string& out) {
  out.clear();
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = text::next_code_point(utf8, at);
    // Rare kanji outside the first plane only have to differ from each other.
    out += static_cast<char16_t>(c < 0x10000 ? c : 0xE000 + c % 0x1900);
  }
}
// Letters and digits alone, folded.
void assign_letters(std::string_view cell, std::u16string& out) {
  thread_local std::string folded;
  text::fold(cell, folded);
  out.clear();
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = text::next_code_point(folded, at);
    if (c < 0x80 ? text::is_ascii_alnum(c) : !text::is_space(c) && !text::is_hyphen(c))
      out += static_cast<char16_t>(c < 0x10000 ? c : 0xE000 + c % 0x1900);
  }
}
void assign_digits(std::string_view cell, std::u16string& out) {
  assign_letters(cell, out);
  std::erase_if(out, [](char16_t c) { return c < u'0' || c > u'9'; });
}

bool prepare_company(std::string_view cell, Prepared& out) {
  thread_local text::CompanyKey key;
  text::company_key(cell, key);
  assign(key.strict, out.text);
  const auto long_vowels = static_cast<std::uint32_t>(std::ranges::count(out.text, u'ー'));
  out.parts = {short_hash(key.loose), short_hash(key.legal_form),
               static_cast<std::uint32_t>(out.text.size()) - long_vowels};
  return !out.text.empty();
}

bool prepare_phone(std::string_view cell, Prepared& out) {
  const auto phone = text::parse_phone(cell);
  if (!phone || phone->digits.size() < 6) return false;
  assign(phone->digits, out.text);
  out.parts[0] = short_hash(std::string_view(phone->digits).substr(0, phone->digits.size() - 4));
  return true;
}

bool prepare_email(std::string_view cell, Prepared& out) {
  const auto address = text::normalize_email(cell);
  if (!address) return false;
  const std::string key = text::email_key(*address);
  assign(key, out.text);
  const std::string domain = text::email_domain(key);
  if (!text::is_public_mail_domain(domain)) out.parts[0] = short_hash(domain);
  out.parts[1] = short_hash(std::string_view(key).substr(0, key.find('@')));
  return true;
}

// parts: town, town with numbers, city.
bool prepare_address(std::string_view cell, Prepared& out) {
  const auto split = text::split_address(cell);
  const std::string city = split ? split->prefecture + split->city : std::string();
  const std::string street =
      text::address_key(split ? std::string_view(split->street) : std::string_view(cell));
  const std::size_t digits = std::min(street.find_first_of("0123456789"), street.size());
  const std::string_view town = std::string_view(street).substr(0, digits);
  assign(city + street, out.text);
  out.parts = {short_hash(city + std::string(town)),
               digits < street.size() ? short_hash(city + street) : 0, short_hash(city)};
  return !out.text.empty();
}

bool prepare_date(std::string_view cell, Prepared& out) {
  if (const auto date = text::parse_date(cell)) {
    assign(format_date(*date), out.text);
    std::erase(out.text, u'-');
  } else {
    assign_digits(cell, out.text);  // A day that does not exist is a slip of one that does.
  }
  return out.text.size() >= 4;
}

std::u16string_view head(std::u16string_view text, std::size_t n) { return text.substr(0, n); }
std::u16string_view tail(std::u16string_view text, std::size_t n) {
  return text.substr(text.size() - std::min(n, text.size()));
}

// An edit takes a letter away and brings one: more than two bits tell of more than one.
bool within(const ValueView& a, const ValueView& b, int edits) {
  return std::popcount(a.signature ^ b.signature) <= 2 * edits &&
         edit_distance(a.text, b.text, edits) <= edits;
}
bool one_edit(const ValueView& a, const ValueView& b, std::size_t least_letters) {
  return std::min(a.text.size(), b.text.size()) >= least_letters && within(a, b, 1);
}

// Digits by their signature; two that were swapped are one slip.
bool one_digit(const ValueView& a, const ValueView& b, std::size_t least_digits) {
  if (std::min(a.text.size(), b.text.size()) < least_digits) return false;
  if (a.text.size() == b.text.size()) {
    std::uint64_t differing = a.signature ^ b.signature;
    differing |= differing >> 2;
    differing |= differing >> 1;
    if (std::popcount(differing & 0x1111111111111111ULL) > 2) return false;
  }
  return edit_distance(a.text, b.text, 1) <= 1;
}

// Names that begin with the same place or trade are alike to measures that reward a common
// beginning: a quarter of the letters may differ and no more.
bool similar(const ValueView& a, const ValueView& b) {
  const std::size_t longer = std::max(a.text.size(), b.text.size());
  const auto most = static_cast<int>((longer + 2) / 4);
  return most > 1 && within(a, b, most);
}

Level compare_company(const ValueView& a, const ValueView& b) {
  if (a.text == b.text)
    return a.parts[1] == b.parts[1] || a.parts[1] == 0 || b.parts[1] == 0 ? 6 : 5;
  // What the loose key drops beside long vowels is the branch.
  if (a.parts[0] == b.parts[0] && a.parts[0] != 0) return a.parts[2] == b.parts[2] ? 4 : 1;
  if (one_edit(a, b, 3)) return 3;
  return similar(a, b) ? 2 : 0;
}

Level compare_kana(const ValueView& a, const ValueView& b) {
  return a.text == b.text ? 3 : one_edit(a, b, 4) ? 2 : similar(a, b) ? 1 : 0;
}

Level compare_address(const ValueView& a, const ValueView& b) {
  if (a.text == b.text) return 5;
  if (a.parts[0] == b.parts[0]) {
    // The same house, with and without its number.
    const auto& shorter = a.text.size() < b.text.size() ? a.text : b.text;
    const auto& longer = a.text.size() < b.text.size() ? b.text : a.text;
    const bool both = a.parts[1] != 0 && b.parts[1] != 0;
    if (both && longer.starts_with(shorter)) return 4;
    return both && edit_distance(a.text, b.text, 1) > 1 ? 2 : 3;
  }
  return a.parts[2] == b.parts[2] && a.parts[2] != 0 ? 1 : 0;
}

Level compare_text(const ValueView& a, const ValueView& b) {
  if (a.text == b.text) return 3;
  if (one_edit(a, b, 4)) return 2;
  const double likeness = jaro_winkler(a.text, b.text);
  return likeness >= 0.92 ? 2 : likeness >= 0.8 ? 1 : 0;
}

Level compare_digits(const ValueView& a, const ValueView& b) {
  const int edits = edit_distance(a.text, b.text, 2);
  if (edits == 0) return 3;
  const std::size_t shorter = std::min(a.text.size(), b.text.size());
  return edits == 1 && shorter >= 3 ? 2 : edits == 2 && shorter >= 6 ? 1 : 0;
}

}  // namespace

bool prepare(Kind kind, std::string_view cell, Prepared& out) {
  out.text.clear();
  out.parts = {};
  if (cell.empty()) return false;
  switch (kind) {
    case Kind::company:
      return prepare_company(cell, out);
    case Kind::person:
      assign(text::person_key(cell), out.text);
      break;
    case Kind::kana:
      assign(text::kana_key(cell), out.text);
      break;
    case Kind::phone:
      return prepare_phone(cell, out);
    case Kind::email:
      return prepare_email(cell, out);
    case Kind::address:
      return prepare_address(cell, out);
    case Kind::postal_code:
      if (const auto code = text::normalize_postal_code(cell)) assign(*code, out.text);
      break;
    case Kind::number: {
      const auto checked = text::check_corporate_number(cell);
      if (checked.accepted()) assign(checked.value, out.text);
      break;
    }
    case Kind::date:
      return prepare_date(cell, out);
    case Kind::digits:
      assign_digits(cell, out.text);
      break;
    case Kind::text:
      assign_letters(cell, out.text);
      break;
    case Kind::belonging:
      assign(cell, out.text);
      break;
  }
  return !out.text.empty();
}

std::uint32_t text_hash(std::u16string_view text) {
  const auto h = static_cast<std::uint32_t>(hash(text) >> 16);
  return h == 0 ? 1 : h;
}

std::uint64_t signature(Kind kind, std::u16string_view text) {
  std::uint64_t out = 0;
  if (kind == Kind::phone || kind == Kind::postal_code) {
    for (const char16_t c : text.substr(0, 16)) out = out << 4 | (c & 15U);
    return out;
  }
  for (const char16_t c : text) out |= std::uint64_t{1} << (c * 0x9e37U >> 5 & 63U);
  return out;
}

int levels(Kind kind) {
  switch (kind) {
    case Kind::company:
      return 7;
    case Kind::address:
      return 6;
    case Kind::number:
    case Kind::belonging:
      return 2;
    default:
      return 4;
  }
}

Level compare(Kind kind, const ValueView& a, const ValueView& b) {
  switch (kind) {
    case Kind::company:
      return compare_company(a, b);
    case Kind::address:
      return compare_address(a, b);
    case Kind::number:
    case Kind::belonging:
      return a.text == b.text ? 1 : 0;
    case Kind::person:
    case Kind::text:
      return compare_text(a, b);
    case Kind::kana:
      return compare_kana(a, b);
    case Kind::phone:
      if (a.text == b.text) return 3;
      return one_digit(a, b, 9) ? 2 : a.parts[0] == b.parts[0] ? 1 : 0;
    case Kind::email:
      if (a.text == b.text) return 3;
      return one_edit(a, b, 6) ? 2 : a.parts[0] == b.parts[0] && a.parts[0] != 0 ? 1 : 0;
    case Kind::postal_code:
      if (a.text == b.text) return 3;
      return one_digit(a, b, 7) ? 2 : head(a.text, 3) == head(b.text, 3) ? 1 : 0;
    case Kind::date:
    case Kind::digits:
      return compare_digits(a, b);
  }
  return 0;
}

int part_of(Kind kind, Level level) {
  switch (kind) {
    case Kind::company:
      return level == 4 || level == 1 ? 0 : -1;
    case Kind::address:
      return level == 1 ? 2 : level == 2 || level == 3 ? 0 : -1;
    case Kind::phone:
    case Kind::email:
      return level == 1 ? 0 : -1;
    default:
      return -1;
  }
}

Level near_level(Kind kind) {
  switch (kind) {
    case Kind::phone:
    case Kind::belonging:
      return 1;
    case Kind::address:
      return 2;
    case Kind::postal_code:
      return 3;
    default:
      return 0;
  }
}

std::string_view level_name(Kind kind, Level level) {
  using Names = std::array<std::string_view, kMostLevels>;
  static constexpr Names kCompany{"name_different", "name_but_branch", "name_similar", "name_close",
                                  "name_variant",   "name_but_form",   "name_equal"};
  static constexpr Names kPerson{"name_different", "name_similar", "name_close", "name_equal"};
  static constexpr Names kKana{"reading_different", "reading_similar", "reading_close",
                               "reading_equal"};
  static constexpr Names kPhone{"phone_different", "phone_same_office", "phone_close",
                                "phone_equal"};
  static constexpr Names kEmail{"email_different", "email_same_domain", "email_close",
                                "email_equal"};
  static constexpr Names kAddress{"address_different", "address_same_city",   "address_same_town",
                                  "address_close",     "address_same_number", "address_equal"};
  static constexpr Names kPostal{"postal_code_different", "postal_code_near", "postal_code_close",
                                 "postal_code_equal"};
  static constexpr Names kNumber{"number_different", "number_equal"};
  static constexpr Names kBelonging{"company_different", "company_equal"};
  static constexpr Names kOther{"value_different", "value_similar", "value_close", "value_equal"};
  const Names& names = kind == Kind::company       ? kCompany
                       : kind == Kind::person      ? kPerson
                       : kind == Kind::kana        ? kKana
                       : kind == Kind::phone       ? kPhone
                       : kind == Kind::email       ? kEmail
                       : kind == Kind::address     ? kAddress
                       : kind == Kind::postal_code ? kPostal
                       : kind == Kind::number      ? kNumber
                       : kind == Kind::belonging   ? kBelonging
                                                   : kOther;
  return names[level];
}

BlockKeys block_keys(Kind kind, const ValueView& value) {
  BlockKeys out{};
  const std::u16string_view text = value.text;
  out[0] = hash(text);
  const auto ends = [&](std::size_t least, std::size_t n) {
    if (text.size() < least) return;
    out[1] = hash(head(text, n), 1);
    out[2] = hash(tail(text, n), 2);
  };
  switch (kind) {
    case Kind::company:
      ends(3, text.size() < 6 ? 2 : 3);
      out[3] = value.parts[0] == 0 ? 0 : hash(std::u16string_view(), value.parts[0]);
      break;
    case Kind::kana:
      ends(4, text.size() < 7 ? 3 : 4);
      break;
    case Kind::person:
      ends(3, text.size() < 6 ? 2 : 3);
      break;
    case Kind::text:
    case Kind::digits:
      ends(4, text.size() < 7 ? 3 : 4);
      break;
    case Kind::date:
      ends(8, 6);
      out[2] = hash(tail(text, 4), 2);
      break;
    case Kind::phone:
      out[1] = hash(head(text, text.size() - 4), 1);
      out[2] = hash(tail(text, 4), 2);
      break;
    case Kind::email:
    case Kind::address:
      for (const std::uint64_t i : {0, 1})
        if (value.parts[i] != 0)
          out[i + 1] = hash(std::u16string_view(), value.parts[i] | (i + 1) << 32);
      break;
    case Kind::belonging:
      // Colleagues are many: their pairs are few enough to look at in small firms alone.
      out[1] = out[0];
      out[0] = 0;
      break;
    case Kind::postal_code:
    case Kind::number:
      break;
  }
  return out;
}

bool tell_the_same(Kind a, Kind b) {
  const auto name = [](Kind kind) { return kind == Kind::company || kind == Kind::person; };
  const auto place = [](Kind kind) {
    return kind == Kind::address || kind == Kind::postal_code || kind == Kind::belonging;
  };
  return (name(a) && b == Kind::kana) || (a == Kind::kana && name(b)) ||
         (place(a) && place(b) && a != b);
}

}  // namespace daifuku::matching
