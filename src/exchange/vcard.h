// vCards as telephones, mail programs and business cards (as a QR code) write them: versions 2.1
// (versit, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350), with the readings of Japanese telephones
// (SOUND;X-IRMC-N of IrMC 1.1, X-PHONETIC-*-NAME of Android and iOS). Pure functions, thread-safe.
//
// Broken cards give what can be read of them: no error, since one bad line of an address book must
// not cost the others. Pictures, sounds and keys are passed over and only counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/encoding.h"

namespace daifuku::exchange {

struct VCardPhone {
  enum class Kind : std::uint8_t { work, home, mobile, fax, other };
  Kind kind = Kind::work;
  std::string number = {};  // as written; "tel:" and an extension's ";ext=" taken off
};

struct VCardAddress {
  bool home = false;
  std::string postal_code = {};
  // Prefecture, city, street, building in one, largest first as in Japan. Of a card that only has
  // a label, that label.
  std::string text = {};
  std::string country = {};
};

// All texts are UTF-8 in NFC without control characters; line breaks only in `note`.
struct VCard {
  std::string family = {};
  std::string given = {};   // with the further given names
  std::string prefix = {};  // Dr.
  std::string suffix = {};  // 様
  std::string name = {};    // FN; empty when the card has none
  std::string family_kana = {};
  std::string given_kana = {};
  std::string nickname = {};
  std::string organization = {};
  std::string organization_kana = {};
  std::vector<std::string> units = {};  // largest first: 営業本部, 第一課
  std::string title = {};
  std::string role = {};
  std::vector<VCardPhone> phones = {};  // preferred ones first
  std::vector<std::string> emails = {};
  std::vector<std::string> urls = {};
  std::vector<VCardAddress> addresses = {};
  std::string birthday = {};  // 1980-04-01, as far as it can be read; else as written
  std::vector<std::string> categories = {};
  std::string note = {};
  int left_out = 0;          // pictures, sounds, keys
  std::size_t replaced = 0;  // characters that could not be read

  // Family and given name as one, or the name that is shown, or the organization. Empty when the
  // card names nobody.
  std::string shown_name() const;
};

// The first card in `bytes`; nothing when there is none. A property without a character set of its
// own is read as `encoding`; without that, as what the whole looks like.
std::optional<VCard> parse_vcard(std::string_view bytes,
                                 std::optional<text::Encoding> encoding = {});

// What properties without a character set of their own are written in, as far as the sample tells.
// `complete`: it is the whole file.
text::Encoding vcard_encoding(std::string_view sample, bool complete);

// Whether the bytes begin like a vCard, a byte order mark and blank lines aside.
bool looks_like_vcard(std::string_view bytes);

// Finds the cards in a file that arrives in pieces. One thread.
class VCardSplitter {
 public:
  // A longer card is passed over: 32 MB hold any picture.
  explicit VCardSplitter(std::size_t max_card_bytes = std::size_t{32} << 20)
      : max_card_bytes_(max_card_bytes) {}

  void add(std::string_view bytes, bool last);
  // The next whole card, from BEGIN to END; false when more bytes are needed. A card that the file
  // breaks off is given when `last` was said. `line` is that of its BEGIN, from 1.
  bool next(std::string& card, std::int64_t& line);
  std::int64_t oversized() const { return oversized_; }

 private:
  std::size_t max_card_bytes_;
  std::string pending_ = {};
  std::size_t at_ = 0;  // read so far, at the beginning of a line
  std::string card_ = {};
  int depth_ = 0;  // an AGENT is a card in a card
  bool last_ = false;
  bool too_long_ = false;
  std::int64_t line_ = 1;
  std::int64_t begin_ = 0;
  std::int64_t oversized_ = 0;
};

}  // namespace daifuku::exchange
