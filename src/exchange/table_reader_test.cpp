#include "exchange/table_reader.h"

#include <gmock/gmock.h>

#include "base/messages.h"
#include "exchange/damage_check.h"
#include "exchange/table_test_support.h"
#include "exchange/xlsx_test_support.h"
#include "text/encoding.h"

namespace daifuku::exchange {
namespace {

using testing::codes_of;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::error_code_of;
using ::testing::IsEmpty;
using testing::read_texts;
using testing::ScratchFolder;
using testing::Texts;
using namespace std::string_literals;

struct Read {
  OpenedTable table = {};
  std::vector<Texts> texts = {};
  std::vector<std::string> notes = {};
};

Read read_bytes(std::string_view bytes, const OpenOptions& options = {}) {
  const ScratchFolder scratch;
  Read out;
  out.table = open_table(scratch.file("a.csv", bytes), options);
  out.texts = read_texts(*out.table.reader);
  out.notes = codes_of(out.table.notes);
  for (const std::string& code : codes_of(out.table.reader->notes())) out.notes.push_back(code);
  return out;
}

std::string error_of(std::string_view bytes, const OpenOptions& options = {}) {
  return error_code_of([&] { read_bytes(bytes, options); });
}

std::string cp932(std::string_view utf8) {
  std::string out;
  text::to_cp932(utf8, out);
  return out;
}

std::string utf16(std::string_view ascii, bool big) {
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) {
    if (big) out += '\0';
    out += c;
    if (!big) out += '\0';
  }
  return out;
}

constexpr std::string_view kList =
    "会社名,住所,電話番号\r\n株式会社表参道ソフト,東京都港区北青山３－１－２,03-1234-5678\r\n"
    "有限会社能登商会,石川県輪島市河井町1-1,0768-22-1111\r\n";

TEST(OpenTable, ReadsEncodings) {
  const std::vector<Texts> expected = {
      {"会社名", "住所", "電話番号"},
      {"株式会社表参道ソフト", "東京都港区北青山３－１－２", "03-1234-5678"},
      {"有限会社能登商会", "石川県輪島市河井町1-1", "0768-22-1111"}};
  const Read utf8 = read_bytes(kList);
  EXPECT_EQ(utf8.table.encoding, "utf-8");
  EXPECT_EQ(utf8.texts, expected);
  EXPECT_THAT(utf8.notes, IsEmpty());
  EXPECT_EQ(read_bytes("\xEF\xBB\xBF" + std::string(kList)).texts, expected);

  // 表 and 能 end in the backslash byte, ソ too: parsing before decoding would break them.
  const Read japanese = read_bytes(cp932(kList));
  EXPECT_EQ(japanese.table.encoding, "cp932");
  EXPECT_EQ(japanese.texts, expected);
  EXPECT_EQ(read_bytes(cp932(kList), {.encoding = "sjis"}).texts, expected);
  EXPECT_EQ(error_of(kList, {.encoding = "klingon"}), "encoding_unknown");

  for (const bool big : {false, true}) {
    const Read wide = read_bytes(utf16("name\ttel\r\nDaifuku\t03\r\n", big));
    EXPECT_THAT(wide.texts, ElementsAre(Texts{"name", "tel"}, Texts{"Daifuku", "03"}));
    EXPECT_EQ(wide.table.format, TableFormat::tsv);
  }
}

TEST(OpenTable, SaysWhatIsWrongInside) {
  EXPECT_THAT(read_bytes("a,b\n1,\0\0"
                         "2\n"s)
                  .texts,
              ElementsAre(Texts{"a", "b"}, Texts{"1", "2"}));
  EXPECT_THAT(read_bytes("a,b\n1,\0\0"
                         "2\n"s)
                  .notes,
              Contains("nul_removed"));
  EXPECT_THAT(read_bytes("a,b\n\"x,1\ny,2\n").notes, ElementsAre("unclosed_quote"));
  const ScratchFolder scratch;
  auto table = open_table(scratch.file("a.csv", "a,b\n\n\"x,1\ny,2\n"));
  read_texts(*table.reader);
  EXPECT_EQ(table.reader->notes()[0].line, 3);

  const Read wrong = read_bytes("名前\n\xFF\xFE山田\n", {.encoding = "utf-8"});
  EXPECT_THAT(wrong.notes, ElementsAre("undecodable_characters"));
}

TEST(OpenTable, MendsMojibake) {
  // CP932 taken for Latin-1 and saved as UTF-8.
  std::string damaged;
  for (const char c : cp932(kList)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      damaged += c;
    } else {
      damaged += static_cast<char>(0xC0 | (byte >> 6));
      damaged += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  const Read mended = read_bytes(damaged);
  EXPECT_THAT(mended.notes, ElementsAre("mojibake_mended"));
  ASSERT_EQ(mended.texts.size(), 3U);
  EXPECT_EQ(mended.texts[1][0], "株式会社表参道ソフト");

  const Read left = read_bytes(damaged, {.mend_mojibake = false});
  EXPECT_THAT(left.notes, ElementsAre("mojibake"));
}

TEST(OpenTable, FindsAndObeysDelimiters) {
  EXPECT_EQ(read_bytes("a;b\n1;2\n").table.delimiter, ';');
  EXPECT_EQ(read_bytes("a;b\n1;2\n", {.delimiter = ','}).texts[0], Texts{"a;b"});
  EXPECT_EQ(read_bytes("a\tb\n1\t2\n").table.format, TableFormat::tsv);
  const Read hinted = read_bytes("sep=;\r\na;b\r\n1;2\r\n");
  EXPECT_THAT(hinted.texts, ElementsAre(Texts{"a", "b"}, Texts{"1", "2"}));
}

TEST(OpenTable, CountsLinesOfTheFile) {
  const ScratchFolder scratch;
  auto table = open_table(scratch.file("a.csv", "a,b\r\n\r\n\"x\r\ny\",1\r\n,,\r\nz,2"));
  Row row;
  std::vector<std::int64_t> lines;
  while (table.reader->next(row)) lines.push_back(table.reader->line());
  EXPECT_THAT(lines, ElementsAre(1, 3, 6));
  EXPECT_EQ(table.reader->progress(), 1.0);
}

TEST(OpenTable, SaysWhatToDoWithOtherFiles) {
  EXPECT_EQ(error_of(""), "file_empty");
  EXPECT_EQ(error_of("\xEF\xBB\xBF\r\n \r\n"), "file_empty");
  EXPECT_EQ(error_of("%PDF-1.7\n..."), "pdf_not_supported");
  EXPECT_EQ(error_of("\x89PNG\r\n\x1A\n...."), "image_not_supported");
  EXPECT_EQ(error_of("\xFF\xD8\xFF\xE0....JFIF"), "image_not_supported");
  EXPECT_EQ(error_of("<!DOCTYPE html><html></html>"), "html_not_supported");
  EXPECT_EQ(error_of("\r\n <TABLE><tr><td>a</td></tr></TABLE>"), "html_not_supported");
  EXPECT_EQ(error_of("<?xml version=\"1.0\"?><Workbook/>"), "html_not_supported");
  EXPECT_EQ(error_of("\x1F\x8B\x08...."), "file_not_a_table");
  EXPECT_EQ(error_of("PK\x05\x06"s + std::string(18, '\0')), "file_not_a_table");
  std::string binary;
  for (int i = 0; i < 4096; ++i) binary += static_cast<char>(i * 7919 >> 3);
  EXPECT_EQ(error_of(binary), "file_not_a_table");

  std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(1024, '\0');
  EXPECT_EQ(error_of(compound), "file_not_a_table");
  EXPECT_EQ(error_of(compound + "W\0o\0r\0k\0b\0o\0o\0k\0"s), "xls_not_supported");
  EXPECT_EQ(error_of(compound + "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s),
            "workbook_encrypted");
  EXPECT_THROW(open_table("/nonexistent/file.csv"), SystemError);
}

TEST(OpenTable, TellsOtherArchivesApart) {
  const ScratchFolder scratch;
  const auto error_with = [&](const std::vector<testing::ZipPart>& parts) {
    testing::write_zip(scratch.path() / "a.xlsx", parts);
    return error_code_of([&] { open_table(scratch.path() / "a.xlsx"); });
  };
  EXPECT_EQ(error_with({{"xl/workbook.bin", "x"}, {"[Content_Types].xml", "x"}}),
            "xlsb_not_supported");
  EXPECT_EQ(error_with({{"mimetype", "x"}, {"content.xml", "<a/>"}}), "ods_not_supported");
  EXPECT_EQ(error_with({{"word/document.xml", "<a/>"}, {"[Content_Types].xml", "x"}}),
            "file_not_a_table");
  EXPECT_EQ(error_with({{"a.txt", "x"}}), "file_not_a_table");
  EXPECT_EQ(error_with({{"[Content_Types].xml", "<a/>"}}), "workbook_damaged");

  const auto good =
      testing::write_workbook(scratch.path() / "b.csv", {.sheet = "<row><c><v>1</v></c></row>"});
  auto table = open_table(good);
  EXPECT_EQ(table.format, TableFormat::xlsx);
  EXPECT_EQ(table.sheets[0].name, "顧客");
}

TEST(OpenTable, HasATextForEveryCode) {
  for (const char* code : {"archive_unsafe",
                           "cell_too_long",
                           "encoding_guessed",
                           "encoding_unknown",
                           "file_empty",
                           "file_not_a_table",
                           "formula_without_value",
                           "html_not_supported",
                           "image_not_supported",
                           "mojibake",
                           "mojibake_mended",
                           "nul_removed",
                           "ods_not_supported",
                           "pdf_not_supported",
                           "row_too_long",
                           "several_sheets",
                           "shared_string_missing",
                           "sheet_not_found",
                           "too_many_columns",
                           "too_many_rows",
                           "unclosed_quote",
                           "undecodable_characters",
                           "workbook_damaged",
                           "workbook_encrypted",
                           "xls_not_supported",
                           "xlsb_not_supported"}) {
    EXPECT_TRUE(has_message(code)) << code;
  }
  for (int i = 1; i <= static_cast<int>(Damage::beyond_header); ++i) {
    EXPECT_TRUE(has_message(damage_code(static_cast<Damage>(i)))) << i;
  }
}

}  // namespace
}  // namespace daifuku::exchange
