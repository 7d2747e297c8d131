// Which encoding a file is in, reading it as UTF-8, mending what was read wrongly before, and
// writing CP932. Detection, repair and to_cp932 are pure and thread-safe; a Decoder belongs to one
// thread. Only ICU failing to load a converter throws (SystemError).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::text {

enum class Encoding { utf8, cp932, euc_jp, iso_2022_jp, utf16le, utf16be, latin1 };

// utf-8, cp932, euc-jp, iso-2022-jp, utf-16le, utf-16be, windows-1252: stable, for settings and the
// command line.
std::string_view encoding_name(Encoding encoding);
// Also shift_jis, sjis, ms932, windows-31j, eucjp-ms, jis ...; nothing when unknown.
std::optional<Encoding> parse_encoding(std::string_view name);

struct Detected {
  Encoding encoding = Encoding::utf8;
  bool bom = false;
  int confidence =
      0;  // 0-100; 100 for a BOM, an escape sequence or valid UTF-8 with Japanese in it.
  bool ascii = false;  // Plain ASCII: any encoding reads it.
  bool mojibake =
      false;  // Valid UTF-8, but CP932 bytes were read as Latin-1 before; see repair_mojibake.
  std::vector<Encoding> alternatives = {};  // Others that the bytes are valid in, best first.
};
// Looks at the start of a file; 64 KiB are plenty. `complete` says that the sample is the whole
// file, so that a cut character at its end counts as an error.
Detected detect_encoding(std::string_view sample, bool complete = false);

// Bytes to UTF-8 in pieces of any size. Bytes that mean nothing become U+FFFD and are counted. A
// BOM at the start is dropped.
class Decoder {
 public:
  explicit Decoder(Encoding encoding);
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  // Appends to `out`. `last` flushes what is left of a cut character.
  void decode(std::string_view bytes, std::string& out, bool last = false);
  std::size_t replaced() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};
// A whole text at once; `replaced` counts the characters that could not be read.
std::string decode(std::string_view bytes, Encoding encoding, std::size_t* replaced = nullptr);

// CP932 read as Latin-1 or Windows-1252 and saved as UTF-8 ("“Œ‹ž"), or UTF-8 read so ("æ±äº¬"),
// turned back. Nothing when the text is not of that kind: some Japanese text in it, or the bytes
// back give no Japanese.
std::optional<std::string> repair_mojibake(std::string_view utf8);

// What CP932 cannot hold.
struct Replaced {
  std::size_t offset = 0;  // Byte offset in the UTF-8 text.
  std::string from = {};
  std::string to = {};  // Never empty: a like character (𠮷 -> 吉), or 〓.
};
// Microsoft's CP932. Look-alikes that mean the same (〜 −　— ‖ ¢ £ ¬ ¥ ‾) are mapped silently, ㍿
// is written out; the rest is reported in `replaced`. Appends to `out`.
void to_cp932(std::string_view utf8, std::string& out, std::vector<Replaced>* replaced = nullptr);

}  // namespace daifuku::text
