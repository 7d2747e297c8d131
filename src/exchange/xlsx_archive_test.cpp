#include "exchange/xlsx_archive.h"

#include <gmock/gmock.h>

#include "exchange/table_test_support.h"
#include "exchange/xlsx_reader.h"
#include "exchange/xlsx_test_support.h"

namespace daifuku::exchange {
namespace {

using testing::error_code_of;
using testing::ScratchFolder;
using testing::WorkbookParts;
using testing::write_workbook;
using testing::write_zip;
using testing::ZipPart;

std::string error_of_zip(const std::vector<ZipPart>& parts, const OpenOptions& options = {}) {
  const ScratchFolder scratch;
  write_zip(scratch.path() / "a.xlsx", parts);
  return error_code_of([&] { XlsxArchive(scratch.path() / "a.xlsx", options); });
}

std::string error_of_reading(const std::filesystem::path& path) {
  return error_code_of([&] { testing::read_texts(*open_table(path).reader); });
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void put(std::string& bytes, std::size_t at, unsigned value, int size) {
  for (int i = 0; i < size; ++i) {
    bytes[at + static_cast<std::size_t>(i)] = static_cast<char>((value >> (8 * i)) & 0xFF);
  }
}

TEST(XlsxArchive, RefusesNamesThatLeaveTheArchive) {
  for (const char* name : {"../evil.xml", "xl/../../evil.xml", "/etc/passwd", "C:\\a.xml",
                           "xl\\sheet.xml", "xl/..", "c:evil"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(error_of_zip({{name, "x"}}), "archive_unsafe");
  }
  EXPECT_EQ(error_of_zip({{"xl/link", "/etc/passwd", 0xA1FFUL << 16}}), "archive_unsafe");
  EXPECT_EQ(error_of_zip({{"xl/a..b.xml", "x"}}), "");
}

TEST(XlsxArchive, RefusesArchivesInside) {
  EXPECT_EQ(error_of_zip({{"lib 0.zip", "x"}}), "archive_unsafe");
  EXPECT_EQ(error_of_zip({{"xl/media/a.7Z", "x"}}), "archive_unsafe");
  EXPECT_EQ(error_of_zip({{"r/r.xlsx", "x"}}), "archive_unsafe");
  EXPECT_EQ(error_of_zip({{"xl/embeddings/Microsoft_Excel_Sheet1.xlsx", "x"}}), "");
}

TEST(XlsxArchive, RefusesTooManyAndTwice) {
  std::vector<ZipPart> parts;
  for (int i = 0; i < 2001; ++i) parts.push_back({"xl/" + std::to_string(i), "x"});
  EXPECT_EQ(error_of_zip(parts), "archive_unsafe");
  parts.pop_back();
  EXPECT_EQ(error_of_zip(parts), "");
  EXPECT_EQ(error_of_zip({{"xl/workbook.xml", "x"}, {"XL/Workbook.xml", "y"}}), "archive_unsafe");
}

TEST(XlsxArchive, RefusesBombs) {
  const std::string zeros(std::size_t{9} << 20, '\0');
  EXPECT_EQ(error_of_zip({{"xl/a.xml", zeros}}), "archive_unsafe");
  // A small part may pack as well as it likes.
  EXPECT_EQ(error_of_zip({{"xl/a.xml", zeros.substr(0, 1 << 20)}}), "");
  EXPECT_EQ(error_of_zip({{"xl/a.xml", zeros.substr(0, 1 << 20)}}, {.max_unpacked_bytes = 1000}),
            "archive_unsafe");
  // Many small ones sum up.
  std::vector<ZipPart> parts;
  for (int i = 0; i < 9; ++i) {
    parts.push_back({"xl/" + std::to_string(i) + ".xml", zeros.substr(0, 1 << 20)});
  }
  EXPECT_EQ(error_of_zip(parts, {.max_unpacked_bytes = 8 << 20}), "archive_unsafe");
  EXPECT_EQ(error_of_zip(parts), "");
}

// The bomb of David Fifield: many directory entries share the same packed data.
TEST(XlsxArchive, RefusesOverlappingParts) {
  const ScratchFolder scratch;
  write_zip(scratch.path() / "a.zip", {{"xl/a.xml", "first"}, {"xl/b.xml", "second"}});
  std::string bytes = bytes_of(scratch.path() / "a.zip");
  const std::size_t first = bytes.find("PK\x01\x02");
  const std::size_t second = bytes.find("PK\x01\x02", first + 4);
  // The second entry points at the data of the first, whose local header it also repeats.
  std::string entry = bytes.substr(first, second - first);
  std::string other = entry;
  ASSERT_EQ(other.size(), bytes.find("PK\x05\x06") - second);
  bytes.replace(second, other.size(), other);
  const auto same = scratch.file("same.xlsx", bytes);
  EXPECT_EQ(error_code_of([&] { XlsxArchive(same, OpenOptions{}); }), "archive_unsafe");
}

TEST(XlsxArchive, NoticesLiesAboutTheSize) {
  const ScratchFolder scratch;
  WorkbookParts workbook;
  for (int i = 0; i < 1000; ++i)
    workbook.sheet += "<row><c><v>" + std::to_string(i) + "</v></c></row>";
  const auto path = write_workbook(scratch.path() / "a.xlsx", workbook);
  const std::string good = bytes_of(path);
  EXPECT_EQ(error_of_reading(path), "");

  // Smaller than it is, in the directory and in the local header alike.
  std::string bytes = good;
  for (const char* signature : {"PK\x01\x02", "PK\x03\x04"}) {
    const bool local = signature[2] == '\x03';
    std::size_t at = bytes.find(signature);
    for (; at != bytes.npos; at = bytes.find(signature, at + 4)) {
      const std::size_t name = at + (local ? 30 : 46);
      if (bytes.compare(name, 13, "xl/worksheets") == 0)
        put(bytes, at + (local ? 22 : 24), 2000, 4);
    }
  }
  EXPECT_EQ(error_of_reading(scratch.file("small.xlsx", bytes)), "workbook_damaged");

  // Cut off, and with a byte of the packed data changed.
  EXPECT_NE(error_of_reading(scratch.file("cut.xlsx", good.substr(0, good.size() / 2))), "");
  bytes = good;
  const std::size_t data = bytes.find("xl/worksheets/sheet1.xml") + 200;
  bytes[data] = static_cast<char>(bytes[data] ^ 0x55);
  EXPECT_EQ(error_of_reading(scratch.file("changed.xlsx", bytes)), "workbook_damaged");
}

TEST(XlsxArchive, RefusesEncryptedParts) {
  const ScratchFolder scratch;
  write_zip(scratch.path() / "a.zip", {{"xl/a.xml", "first"}});
  std::string bytes = bytes_of(scratch.path() / "a.zip");
  const std::size_t entry = bytes.find("PK\x01\x02");
  put(bytes, entry + 8, 1, 2);
  EXPECT_EQ(error_code_of([&] { XlsxArchive(scratch.file("b.xlsx", bytes), OpenOptions{}); }),
            "workbook_encrypted");
}

TEST(XlsxXml, RefusesDoctypesAndDepth) {
  const ScratchFolder scratch;
  const auto error_with_sheet = [&](const std::string& sheet) {
    WorkbookParts workbook;
    workbook.extra["xl/worksheets/sheet1.xml"] = sheet;
    return error_of_reading(write_workbook(scratch.path() / "a.xlsx", workbook));
  };
  EXPECT_EQ(error_with_sheet("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
                             "<worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row>"
                             "</sheetData></worksheet>"),
            "archive_unsafe");
  EXPECT_EQ(error_with_sheet("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>"),
            "archive_unsafe");
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<a>";
  EXPECT_EQ(error_with_sheet(deep), "archive_unsafe");
  EXPECT_EQ(error_with_sheet("<worksheet a=\"" + std::string(5 << 20, 'x') + "\"/>"),
            "archive_unsafe");
  EXPECT_EQ(error_with_sheet("<worksheet><sheetData><row><c><v>1</c></row>"), "workbook_damaged");
  EXPECT_EQ(error_with_sheet(""), "workbook_damaged");

  WorkbookParts strings;
  strings.sheet = "<row><c t=\"s\"><v>0</v></c></row>";
  strings.extra["xl/sharedStrings.xml"] =
      "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sst><si><t>&x;</t></si></sst>";
  EXPECT_EQ(error_of_reading(write_workbook(scratch.path() / "b.xlsx", strings)), "archive_unsafe");
}

}  // namespace
}  // namespace daifuku::exchange
