#include "exchange/table_reader.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "base/ascii.h"
#include "exchange/csv_reader.h"
#include "exchange/ics_lines.h"
#include "exchange/ics_reader.h"
#include "exchange/json_reader.h"
#include "exchange/vcard.h"
#include "exchange/vcard_reader.h"
#include "exchange/xlsx_archive.h"
#include "exchange/xlsx_reader.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{1} << 16;
using namespace std::string_view_literals;

[[noreturn]] void refuse(std::string_view code) {
  throw AppError(Status::unsupported, std::string(code));
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::ranges::any_of(starts, [&](std::string_view s) { return text.starts_with(s); });
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size - 1; i >= 0; --i) {
    value = (value << 8) | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  }
  return value;
}

// A compound file: an old Excel workbook, a workbook with a password (whose real content is one
// encrypted stream in it), or some other Office file. The directory lists its streams by UTF-16
// names.
[[noreturn]] void refuse_compound_file(const std::filesystem::path& path, std::string_view start) {
  const auto holds = [](std::string_view bytes, std::string_view name) {
    std::string wide;
    for (const char c : name) {
      wide += c;
      wide += '\0';
    }
    return bytes.find(wide) != bytes.npos;
  };
  std::string directory;
  if (start.size() >= 0x34) {
    const std::uint32_t shift = std::min<std::uint32_t>(little_endian(start, 0x1E, 2), 16);
    const std::uint64_t sector = little_endian(start, 0x30, 4);
    std::ifstream file(path, std::ios::binary);
    file.seekg(static_cast<std::streamoff>((sector + 1) << shift));
    directory.resize(4096);
    file.read(directory.data(), static_cast<std::streamsize>(directory.size()));
    directory.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  }
  for (const std::string_view bytes : {std::string_view(directory), start}) {
    if (holds(bytes, "EncryptedPackage")) refuse("workbook_encrypted");
    if (holds(bytes, "Workbook") || holds(bytes, "Book")) refuse("xls_not_supported");
  }
  refuse("file_not_a_table");
}

void refuse_other_formats(const std::filesystem::path& path, const FileStart& start) {
  const std::string_view bytes = start.bytes;
  if (bytes.empty()) refuse("file_empty");
  if (bytes.starts_with("\xD0\xCF\x11\xE0"sv)) refuse_compound_file(path, bytes);
  if (starts_with_any(bytes, {"\x09\x00\x04\x00"sv, "\x09\x02\x06\x00"sv, "\x09\x04\x06\x00"sv})) {
    refuse("xls_not_supported");
  }
  if (bytes.starts_with("%PDF-")) refuse("pdf_not_supported");
  if (starts_with_any(bytes, {"\x89PNG"sv, "\xFF\xD8\xFF"sv, "GIF8"sv, "II*\0"sv, "MM\0*"sv}) ||
      (bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP")) ||
      (bytes.size() > 12 && bytes.substr(4, 4) == "ftyp" &&
       starts_with_any(bytes.substr(8), {"heic", "heix", "mif1", "avif"}))) {
    refuse("image_not_supported");
  }
  if (starts_with_any(bytes, {"\x1F\x8B"sv, "7z\xBC\xAF"sv, "Rar!"sv, "BZh"sv,
                              "\xFD"
                              "7zXZ"sv,
                              "PK\x05\x06"sv, "PK\x07\x08"sv})) {
    refuse("file_not_a_table");
  }
  std::string_view text = bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const std::string lower = lower_ascii(text.substr(0, 32));
  if (starts_with_any(lower,
                      {"<!doctype", "<html", "<head", "<table", "<meta", "<style", "<?xml"})) {
    refuse("html_not_supported");
  }

  // Text has few control characters; UTF-16 has many NULs, all on one side of the pairs.
  std::size_t controls = 0;
  std::array<std::size_t, 2> nuls{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c == 0) {
      ++nuls[i % 2];
    } else if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != 0x1B && c != 0x1A) {
      ++controls;
    }
  }
  const bool utf16 = starts_with_any(bytes, {"\xFF\xFE"sv, "\xFE\xFF"sv}) ||
                     std::min(nuls[0], nuls[1]) * 20 < std::max(nuls[0], nuls[1]);
  // Both bytes of UTF-16 kana and kanji may be below 0x20, so the count says nothing there.
  if (!utf16 && (controls * 50 > bytes.size() || (nuls[0] + nuls[1]) * 4 > bytes.size())) {
    refuse("file_not_a_table");
  }
}

void refuse_other_archives(const std::filesystem::path& path, const OpenOptions& options) {
  const XlsxArchive archive(path, options);
  if (archive.has("xl/workbook.bin")) refuse("xlsb_not_supported");
  if (archive.has("content.xml") && archive.has("mimetype")) refuse("ods_not_supported");
  if (!archive.has("xl/workbook.xml") && !archive.has("[Content_Types].xml")) {
    refuse("file_not_a_table");
  }
  if (archive.has("word/document.xml") || archive.has("ppt/presentation.xml")) {
    refuse("file_not_a_table");
  }
}

// In whatever encoding: the start as `looks` asks for it.
bool begins_like(std::string_view bytes, bool (*looks)(std::string_view)) {
  if (looks(bytes)) return true;
  const bool little = bytes.starts_with("\xFF\xFE"sv);
  if (!little && !bytes.starts_with("\xFE\xFF"sv)) return false;
  const auto wide = little ? text::Encoding::utf16le : text::Encoding::utf16be;
  return looks(text::decode(bytes.substr(0, 200), wide));
}

}  // namespace

std::string_view cell_type_name(Cell::Type type) {
  switch (type) {
    case Cell::Type::empty:
      return "empty";
    case Cell::Type::text:
      return "text";
    case Cell::Type::number:
      return "number";
    case Cell::Type::date:
      return "date";
    case Cell::Type::date_time:
      return "date_time";
    case Cell::Type::boolean:
      return "boolean";
    case Cell::Type::error:
      return "error";
  }
  return "text";
}

std::string_view table_format_name(TableFormat format) {
  switch (format) {
    case TableFormat::csv:
      return "csv";
    case TableFormat::tsv:
      return "tsv";
    case TableFormat::xlsx:
      return "xlsx";
    case TableFormat::vcard:
      return "vcard";
    case TableFormat::json:
      return "json";
    case TableFormat::ics:
      return "ics";
  }
  return "csv";
}

OpenedTable open_table(const std::filesystem::path& path, const OpenOptions& options) {
  const FileStart start = read_start(path, kSampleBytes);
  if (start.bytes.starts_with("PK\x03\x04")) {
    refuse_other_archives(path, options);
    return open_xlsx(path, options);
  }
  if (begins_like(start.bytes, looks_like_vcard)) return open_vcards(path, start, options);
  if (begins_like(start.bytes, looks_like_ics)) return open_ics(path, start, options);
  refuse_other_formats(path, start);
  if (looks_like_json(start.bytes)) return open_json(path, options);
  if (options.format == TableFormat::xlsx) refuse("file_not_a_table");
  return open_csv(path, start, options);
}

}  // namespace daifuku::exchange
