#include "exchange/xlsx_reader.h"

#include <gmock/gmock.h>

#include "exchange/table_test_support.h"
#include "exchange/xlsx_strings.h"
#include "exchange/xlsx_test_support.h"

namespace daifuku::exchange {
namespace {

using testing::codes_of;
using ::testing::ElementsAre;
using testing::error_code_of;
using ::testing::IsEmpty;
using testing::read_rows;
using testing::read_texts;
using testing::ScratchFolder;
using testing::Texts;
using testing::WorkbookParts;
using testing::write_workbook;

std::vector<Texts> texts_of_workbook(const WorkbookParts& workbook,
                                     const OpenOptions& options = {}) {
  const ScratchFolder scratch;
  return read_texts(
      *open_xlsx(write_workbook(scratch.path() / "a.xlsx", workbook), options).reader);
}

TEST(XlsxReader, ReadsEveryKindOfCell) {
  WorkbookParts workbook;
  workbook.strings = "<si><t>株式会社大福</t></si>";
  workbook.sheet =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
      "<c r=\"B1\" t=\"inlineStr\"><is><t>直接</t></is></c>"
      "<c r=\"C1\" t=\"str\"><f>A1&amp;B1</f><v>式の値</v></c>"
      "<c r=\"D1\"><v>1.0</v></c><c r=\"E1\" t=\"b\"><v>1</v></c>"
      "<c r=\"F1\" t=\"e\"><v>#N/A</v></c><c r=\"G1\" t=\"d\"><v>2026-04-01T00:00:00</v></c>"
      "<c r=\"H1\" t=\"d\"><v>2026-04-01T13:30:00</v></c></row>";
  const ScratchFolder scratch;
  const auto rows =
      read_rows(*open_xlsx(write_workbook(scratch.path() / "a.xlsx", workbook), {}).reader);

  ASSERT_EQ(rows.size(), 1U);
  EXPECT_THAT(testing::texts_of(rows[0]), ElementsAre("株式会社大福", "直接", "式の値", "1", "TRUE",
                                                      "#N/A", "2026-04-01", "2026-04-01 13:30:00"));
  EXPECT_EQ(rows[0][0].type, Cell::Type::text);
  EXPECT_EQ(rows[0][3].type, Cell::Type::number);
  EXPECT_EQ(rows[0][4].type, Cell::Type::boolean);
  EXPECT_EQ(rows[0][5].type, Cell::Type::error);
  EXPECT_EQ(rows[0][6].type, Cell::Type::date);
  EXPECT_EQ(rows[0][7].type, Cell::Type::date_time);
}

TEST(XlsxReader, SkipsFuriganaAndJoinsRuns) {
  WorkbookParts workbook;
  workbook.strings =
      "<si><r><t>東</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">京 </t></r>"
      "<rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si>";
  workbook.sheet =
      "<row><c t=\"s\"><v>0</v></c>"
      "<c "
      "t=\"inlineStr\"><is><r><t>大</t></r><rPh><t>オオ</t></rPh><r><t>阪</t></r></is></c></row>";

  EXPECT_THAT(texts_of_workbook(workbook), ElementsAre(Texts{"東京 ", "大阪"}));
}

TEST(XlsxReader, DecodesEscapesAndLineBreaks) {
  WorkbookParts workbook;
  workbook.strings =
      "<si><t>一行_x000D_\n二行</t></si><si><t>_x005F_x000D_</t></si>"
      "<si><t>_xD842__xDFB7_野家</t></si><si><t>a_x0007_b_x00zz_</t></si>";
  workbook.sheet =
      "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
      "<c t=\"s\"><v>3</v></c></row>";

  EXPECT_THAT(texts_of_workbook(workbook),
              ElementsAre(Texts{"一行\n二行", "_x000D_", "𠮷野家", "ab_x00zz_"}));
}

TEST(XlsxReader, PutsSparseCellsInPlaceAndSkipsEmptyRows) {
  WorkbookParts workbook;
  workbook.sheet =
      "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"AA2\"><v>2</v></c></row>"
      "<row r=\"3\"><c r=\"A3\" s=\"1\"/></row>"
      "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>　</t></is></c></row>"
      "<row r=\"10\"><c r=\"A10\"><v>3</v></c></row><row r=\"12\" spans=\"1:3\"/>";
  const ScratchFolder scratch;
  auto table = open_xlsx(write_workbook(scratch.path() / "a.xlsx", workbook), {});
  Row row;

  ASSERT_TRUE(table.reader->next(row));
  EXPECT_EQ(table.reader->line(), 2);
  EXPECT_EQ(row[1].text, "1");
  EXPECT_EQ(row[26].text, "2");
  ASSERT_TRUE(table.reader->next(row));
  EXPECT_EQ(table.reader->line(), 10);
  EXPECT_THAT(testing::texts_of(row), ElementsAre("3"));
  EXPECT_FALSE(table.reader->next(row));
  EXPECT_FALSE(table.reader->next(row));
  EXPECT_EQ(table.reader->progress(), 1.0);
}

TEST(XlsxReader, AppliesStylesOfCellsNotOfNamedStyles) {
  WorkbookParts workbook;
  workbook.formats =
      "<numFmt numFmtId=\"176\" "
      "formatCode=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>";
  workbook.styles =
      "<xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"31\"/><xf numFmtId=\"9\"/>";
  workbook.sheet =
      "<row><c s=\"0\"><v>42644</v></c><c s=\"1\"><v>42644</v></c><c s=\"2\"><v>42644</v></c>"
      "<c s=\"3\"><v>0.5</v></c><c s=\"99\"><v>42644</v></c></row>";
  EXPECT_THAT(texts_of_workbook(workbook),
              ElementsAre(Texts{"42644", "2016-10-01", "2016-10-01", "50%", "42644"}));

  workbook.properties = "<workbookPr date1904=\"1\"/>";
  EXPECT_THAT(texts_of_workbook(workbook),
              ElementsAre(Texts{"42644", "2020-10-02", "2020-10-02", "50%", "42644"}));
}

TEST(XlsxReader, ListsSheetsAndSkipsHiddenAndCharts) {
  const ScratchFolder scratch;
  const std::string sheet =
      "<worksheet><sheetData><row><c "
      "t=\"inlineStr\"><is><t>S</t></is></c></row></sheetData></worksheet>";
  WorkbookParts workbook;
  workbook.extra["xl/workbook.xml"] =
      "<workbook xmlns:r=\"x\"><sheets><sheet name=\"設定\" state=\"hidden\" r:id=\"a\"/>"
      "<sheet name=\"グラフ\" r:id=\"b\"/><sheet name=\"会社\" r:id=\"c\"/>"
      "<sheet name=\"担当者\" r:id=\"d\"/></sheets></workbook>";
  workbook.extra["xl/_rels/workbook.xml.rels"] =
      "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/s1.xml\"/>"
      "<Relationship Id=\"b\" Type=\"x/chartsheet\" Target=\"chartsheets/s1.xml\"/>"
      "<Relationship Id=\"c\" Type=\"x/worksheet\" Target=\"/xl/worksheets/s2.xml\"/>"
      "<Relationship Id=\"d\" Type=\"x/worksheet\" "
      "Target=\"../xl/Worksheets/S3.xml\"/></Relationships>";
  for (const char* name : {"1", "2", "3"}) {
    std::string content = sheet;
    content.replace(content.find(">S<") + 1, 1, name);
    workbook.extra["xl/worksheets/s" + std::string(name) + ".xml"] = content;
  }
  const auto path = write_workbook(scratch.path() / "a.xlsx", workbook);

  auto first = open_xlsx(path, {});
  ASSERT_EQ(first.sheets.size(), 3U);
  EXPECT_TRUE(first.sheets[0].hidden);
  EXPECT_EQ(first.sheet, 1);
  EXPECT_THAT(codes_of(first.notes), ElementsAre("several_sheets"));
  EXPECT_THAT(read_texts(*first.reader), ElementsAre(Texts{"2"}));
  EXPECT_THAT(read_texts(*open_xlsx(path, {.sheet = "担当者"}).reader), ElementsAre(Texts{"3"}));
  EXPECT_THAT(read_texts(*open_xlsx(path, {.sheet_index = 0}).reader), ElementsAre(Texts{"1"}));
  EXPECT_EQ(error_code_of([&] { open_xlsx(path, {.sheet = "ない"}); }), "sheet_not_found");
  EXPECT_EQ(error_code_of([&] { open_xlsx(path, {.sheet_index = 3}); }), "sheet_not_found");
}

TEST(XlsxReader, ToldOfFormulasWithoutValue) {
  WorkbookParts workbook;
  workbook.sheet = "<row r=\"1\"><c r=\"A1\"><f>1+1</f></c><c r=\"B1\"><v>2</v></c></row>";
  const ScratchFolder scratch;
  auto table = open_xlsx(write_workbook(scratch.path() / "a.xlsx", workbook), {});

  EXPECT_THAT(read_texts(*table.reader), ElementsAre(Texts{"", "2"}));
  EXPECT_THAT(codes_of(table.reader->notes()), ElementsAre("formula_without_value"));
}

TEST(XlsxReader, SurvivesWrongReferences) {
  WorkbookParts workbook;
  workbook.strings = "<si><t>あ</t></si>";
  workbook.sheet =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c><c r=\"B1\" t=\"s\"><v>-1</v></c>"
      "<c r=\"C1\" t=\"s\"><v>x</v></c><c r=\"D1\" t=\"s\"><v>0</v></c><c "
      "r=\"?\"><v>5</v></c></row>";
  EXPECT_THAT(texts_of_workbook(workbook), ElementsAre(Texts{"", "", "", "あ", "5"}));
}

TEST(XlsxReader, StopsAtItsLimits) {
  WorkbookParts workbook;
  workbook.sheet = "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>";
  EXPECT_EQ(error_code_of([&] { texts_of_workbook(workbook); }), "too_many_columns");
  workbook.sheet = "<row r=\"1\"><c r=\"ZZZZZZZZZZZZ1\"><v>1</v></c></row>";
  EXPECT_EQ(error_code_of([&] { texts_of_workbook(workbook); }), "too_many_columns");
  workbook.sheet = "<row r=\"1048577\"><c><v>1</v></c></row>";
  EXPECT_EQ(error_code_of([&] { texts_of_workbook(workbook); }), "too_many_rows");
  workbook.sheet = "<row r=\"-5\"><c><v>1</v></c></row>";
  EXPECT_EQ(error_code_of([&] { texts_of_workbook(workbook); }), "too_many_rows");
  workbook.sheet =
      "<row><c t=\"inlineStr\"><is><t>" + std::string(2000, 'a') + "</t></is></c></row>";
  EXPECT_EQ(error_code_of([&] { texts_of_workbook(workbook, {.max_cell_bytes = 1000}); }),
            "cell_too_long");

  // A short sheet of references to one long string would grow a thousandfold.
  workbook.strings = "<si><t>" + std::string(30'000, 'a') + "</t></si>";
  workbook.sheet = "<row>";
  for (int i = 0; i < 1000; ++i) workbook.sheet += "<c t=\"s\"><v>0</v></c>";
  workbook.sheet += "</row>";
  EXPECT_EQ(error_code_of([&] { texts_of_workbook(workbook); }), "row_too_long");
}

TEST(SharedStrings, SpillToAFileWithoutAName) {
  WorkbookParts workbook;
  for (int i = 0; i < 5000; ++i) {
    workbook.strings += "<si><t>文字列" + std::to_string(i) + "</t></si>";
    workbook.sheet += "<row><c t=\"s\"><v>" + std::to_string(i) + "</v></c></row>";
  }
  const ScratchFolder scratch;
  const auto path = write_workbook(scratch.path() / "a.xlsx", workbook);
  const ScratchFolder spill;
  auto table = open_xlsx(path, {.shared_strings_in_memory = 1000, .scratch = spill.path()});
  const auto texts = read_texts(*table.reader);

  ASSERT_EQ(texts.size(), 5000U);
  EXPECT_EQ(texts[4321], Texts{"文字列4321"});
  EXPECT_TRUE(std::filesystem::is_empty(spill.path()));
}

TEST(SpillBuffer, KeepsBytesOnBothSidesOfTheLimit) {
  for (const std::size_t limit : {std::size_t{0}, std::size_t{10}, std::size_t{10'000'000}}) {
    SpillBuffer buffer(limit, {});
    std::string expected;
    for (int i = 0; i < 100'000; ++i) {
      const std::string piece = std::to_string(i);
      buffer.append(piece);
      expected += piece;
    }
    buffer.finish();
    EXPECT_EQ(buffer.view(), expected);
    EXPECT_EQ(buffer.spilled(), limit < expected.size());
  }
}

}  // namespace
}  // namespace daifuku::exchange
