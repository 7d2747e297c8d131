#include "text/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

#include <array>
#include <utility>

#include "base/error.h"
#include "text/code_points.h"

namespace daifuku::text {
namespace {

struct Name {
  Encoding encoding;
  std::string_view name;
  const char*
      icu;  // Exact table names: the common names open different tables from place to place.
};
constexpr Name kNames[] = {
    {Encoding::utf8, "utf-8", nullptr},
    {Encoding::cp932, "cp932", "ibm-943_P15A-2003"},
    {Encoding::euc_jp, "euc-jp", "ibm-33722_P12A_P12A-2009_U2"},
    {Encoding::iso_2022_jp, "iso-2022-jp", "ISO-2022-JP"},
    {Encoding::utf16le, "utf-16le", "UTF-16LE"},
    {Encoding::utf16be, "utf-16be", "UTF-16BE"},
    {Encoding::latin1, "windows-1252", "ibm-5348_P100-1997"},
};

constexpr std::pair<std::string_view, Encoding> kAliases[] = {
    {"utf8", Encoding::utf8},
    {"utf8bom", Encoding::utf8},
    {"cp932", Encoding::cp932},
    {"ms932", Encoding::cp932},
    {"windows31j", Encoding::cp932},
    {"shiftjis", Encoding::cp932},
    {"sjis", Encoding::cp932},
    {"sjiswin", Encoding::cp932},
    {"xsjis", Encoding::cp932},
    {"csshiftjis", Encoding::cp932},
    {"eucjp", Encoding::euc_jp},
    {"eucjpms", Encoding::euc_jp},
    {"eucjpwin", Encoding::euc_jp},
    {"xeucjp", Encoding::euc_jp},
    {"ujis", Encoding::euc_jp},
    {"cp51932", Encoding::euc_jp},
    {"iso2022jp", Encoding::iso_2022_jp},
    {"iso2022jpms", Encoding::iso_2022_jp},
    {"jis", Encoding::iso_2022_jp},
    {"cp50221", Encoding::iso_2022_jp},
    {"utf16", Encoding::utf16le},
    {"utf16le", Encoding::utf16le},
    {"unicode", Encoding::utf16le},
    {"utf16be", Encoding::utf16be},
    {"latin1", Encoding::latin1},
    {"iso88591", Encoding::latin1},
    {"windows1252", Encoding::latin1},
    {"cp1252", Encoding::latin1},
    {"ascii", Encoding::utf8},
    {"usascii", Encoding::utf8},
};

const Name& entry(Encoding encoding) {
  for (const Name& name : kNames) {
    if (name.encoding == encoding) {
      return name;
    }
  }
  DAIFUKU_CHECK(false);
}

void count_replaced(const void* context, UConverterToUnicodeArgs* args, const char* /*bytes*/,
                    int32_t /*length*/, UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) {
    return;  // Reset, close and clone say nothing about the text.
  }
  ++*static_cast<std::size_t*>(const_cast<void*>(context));
  *status = U_ZERO_ERROR;
  constexpr UChar kMark = 0xFFFD;
  ucnv_cbToUWriteUChars(args, &kMark, 1, 0, status);
}

// How many bytes at the end of `bytes` start a UTF-8 sequence that is not whole yet.
std::size_t cut_tail(std::string_view bytes) {
  for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if ((byte & 0xC0U) == 0x80) {
      continue;
    }
    const std::size_t need = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1;
    return need > back ? back : 0;
  }
  return 0;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) { return entry(encoding).name; }

std::optional<Encoding> parse_encoding(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (is_ascii_alnum(static_cast<unsigned char>(c))) {
      plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c);
    }
  }
  for (const auto& [alias, encoding] : kAliases) {
    if (alias == plain) {
      return encoding;
    }
  }
  return std::nullopt;
}

struct Decoder::State {
  Encoding encoding = Encoding::utf8;
  UConverter* converter = nullptr;
  std::size_t replaced = 0;
  bool started = false;
  std::string tail = {};  // UTF-8: a cut character.

  explicit State(Encoding from) : encoding(from) {
    const char* name = entry(from).icu;
    if (name == nullptr) {
      return;
    }
    UErrorCode status = U_ZERO_ERROR;
    converter = ucnv_open(name, &status);
    if (U_FAILURE(status)) {
      throw SystemError(std::string("ICU has no converter ") + name + ": " + u_errorName(status));
    }
    ucnv_setToUCallBack(converter, count_replaced, &replaced, nullptr, nullptr, &status);
    DAIFUKU_CHECK(U_SUCCESS(status));
  }
  ~State() {
    if (converter != nullptr) {
      ucnv_close(converter);
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void put(char32_t c, std::string& out) {
    const bool first = !started;
    started = true;
    if (!first || c != 0xFEFF) {
      append_utf8(c, out);
    }
  }

  void decode_utf8_bytes(std::string_view bytes, std::string& out, bool last) {
    std::string joined;
    if (!tail.empty()) {
      joined = std::exchange(tail, {});
      joined += bytes;
      bytes = joined;
    }
    const std::size_t cut = last ? 0 : cut_tail(bytes);
    const std::string rest(bytes.substr(bytes.size() - cut));
    bytes.remove_suffix(cut);
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t start = at;
      const char32_t c = next_code_point(bytes, at);
      if (c == kReplacement && at - start == 1) {
        ++replaced;
      }
      put(c, out);
    }
    tail = rest;
  }

  void decode_with_icu(std::string_view bytes, std::string& out, bool last) {
    std::array<UChar, 4096> units;
    const char* source = bytes.data();
    const char* end = source + bytes.size();
    char32_t lead = pending_lead;
    for (;;) {
      UChar* target = units.data();
      UErrorCode status = U_ZERO_ERROR;
      ucnv_toUnicode(converter, &target, units.data() + units.size(), &source, end, nullptr,
                     static_cast<UBool>(last), &status);
      for (const UChar* unit = units.data(); unit != target; ++unit) {
        if (U16_IS_LEAD(*unit)) {
          lead = *unit;
        } else if (U16_IS_TRAIL(*unit) && lead != 0) {
          put(static_cast<char32_t>(U16_GET_SUPPLEMENTARY(lead, *unit)), out);
          lead = 0;
        } else {
          put(*unit, out);
        }
      }
      if (status != U_BUFFER_OVERFLOW_ERROR) {
        DAIFUKU_CHECK(U_SUCCESS(status));
        break;
      }
    }
    pending_lead = lead;
  }

  char32_t pending_lead = 0;
};

Decoder::Decoder(Encoding encoding) : state_(std::make_unique<State>(encoding)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

void Decoder::decode(std::string_view bytes, std::string& out, bool last) {
  if (state_->converter == nullptr) {
    state_->decode_utf8_bytes(bytes, out, last);
  } else {
    state_->decode_with_icu(bytes, out, last);
  }
}

std::size_t Decoder::replaced() const { return state_->replaced; }

std::string decode(std::string_view bytes, Encoding encoding, std::size_t* replaced) {
  Decoder decoder(encoding);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  decoder.decode(bytes, out, true);
  if (replaced != nullptr) {
    *replaced = decoder.replaced();
  }
  return out;
}

}  // namespace daifuku::text
