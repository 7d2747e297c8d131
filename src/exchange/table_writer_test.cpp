#include "exchange/table_writer.h"

#include <gmock/gmock.h>

#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using ::testing::ElementsAre;
using testing::row_of;
using testing::ScratchFolder;
using testing::Texts;

const std::vector<WriteColumn> kColumns = {{"会社名"}, {"電話番号"}};

struct Written {
  std::string bytes = {};
  WriteReport report = {};
};

Written write_csv(const std::vector<Row>& rows, const CsvWriteOptions& options = {}) {
  Written out;
  auto writer =
      make_csv_writer(kColumns, options, [&](std::string_view piece) { out.bytes += piece; });
  for (const Row& row : rows) writer->row(row);
  out.report = writer->finish();
  return out;
}

Written write_xlsx(const std::vector<Row>& rows, const XlsxWriteOptions& options = {}) {
  Written out;
  auto writer =
      make_xlsx_writer(kColumns, options, [&](std::string_view piece) { out.bytes += piece; });
  for (const Row& row : rows) writer->row(row);
  out.report = writer->finish();
  return out;
}

std::vector<Row> read_back(std::string_view bytes, const OpenOptions& options = {}) {
  const ScratchFolder scratch;
  return testing::read_rows(*open_table(scratch.file("a", bytes), options).reader);
}

TEST(CsvWriter, WritesWhatExcelOpens) {
  const Written written = write_csv({row_of({"株式会社\"大福\"", "03-1234-5678"}),
                                     row_of({"a,b;c", "一\n二"}), row_of({"", " x"})},
                                    {.encoding = CsvEncoding::utf8});
  EXPECT_EQ(written.bytes,
            "会社名,電話番号\r\n\"株式会社\"\"大福\"\"\",03-1234-5678\r\n\"a,b;c\",\"一\n二\"\r\n,"
            "\" x\"\r\n");
  EXPECT_EQ(written.report.rows, 3);
  EXPECT_TRUE(write_csv({}).bytes.starts_with("\xEF\xBB\xBF会社名"));
}

TEST(CsvWriter, WritesCp932AndSaysWhatItLost) {
  const Written written = write_csv({row_of({"𠮷野家～髙﨑㈱", "〜−"}), row_of({"😀", "é"})},
                                    {.encoding = CsvEncoding::cp932});
  EXPECT_EQ(written.report.replaced_characters,
            static_cast<std::int64_t>(written.report.replaced.size()));
  ASSERT_GE(written.report.replaced.size(), 2U);
  EXPECT_EQ(written.report.replaced[0].row, 1);
  EXPECT_EQ(written.report.replaced[0].column, 0U);
  EXPECT_EQ(written.report.replaced[0].from, "𠮷");
  EXPECT_EQ(written.report.replaced[0].to, "吉");
  EXPECT_EQ(written.report.replaced[1].row, 2);
  const auto rows = read_back(written.bytes, {.encoding = "cp932"});
  EXPECT_EQ(rows[1][0].text, "吉野家～髙﨑㈱");
}

TEST(CsvWriter, GuardsTextsNotNumbers) {
  const Row row = {{"=1+1", Cell::Type::text},       {"+81-3-1234-5678", Cell::Type::text},
                   {"-5", Cell::Type::number},       {"-5", Cell::Type::text},
                   {"2026-04-01", Cell::Type::date}, {"=2", Cell::Type::number},
                   {"＝3", Cell::Type::text},        {"-12.5%", Cell::Type::number}};
  const Written written = write_csv({row}, {.encoding = CsvEncoding::utf8});
  EXPECT_EQ(written.bytes.substr(written.bytes.find('\n') + 1),
            "'=1+1,'+81-3-1234-5678,-5,'-5,2026-04-01,'=2,'＝3,-12.5%\r\n");
  EXPECT_EQ(testing::texts_of(read_back(written.bytes)[1]), testing::texts_of(row));
  const Written open = write_csv({row}, {.encoding = CsvEncoding::utf8, .guard = false});
  EXPECT_NE(open.bytes.find("\n=1+1,"), std::string::npos);
}

TEST(CsvWriter, ProtectsDigitsFromExcelWhenAsked) {
  const Row row = row_of({"0312345678", "8700110005901", "123", "0"});
  const Written written = write_csv({row}, {.encoding = CsvEncoding::utf8, .protect_digits = true});
  EXPECT_NE(written.bytes.find("\r\n=\"0312345678\",=\"8700110005901\",123,0\r\n"),
            std::string::npos);
  EXPECT_EQ(testing::texts_of(read_back(written.bytes)[1]), testing::texts_of(row));
}

TEST(CsvWriter, RoundTripsNastyTexts) {
  std::vector<Row> rows;
  for (const char* text :
       {"\"",    "\"\"",       "a\"b", "'",  "''=1", "'abc", "\n", "a\nb", ",",  ";=1",
        "\",=1", "=\"0123\"x", "\t=1", "，", "a|=b", "-",    "--", "−1",   "@x", "sep=;"}) {
    rows.push_back(row_of({text, "x"}));
  }
  for (const CsvEncoding encoding : {CsvEncoding::utf8, CsvEncoding::utf8_bom}) {
    for (const char delimiter : {',', ';', '\t'}) {
      const Written written = write_csv(rows, {.encoding = encoding, .delimiter = delimiter});
      const auto back =
          read_back(written.bytes, {.delimiter = delimiter, .guard_undo = GuardUndo::everywhere});
      ASSERT_EQ(back.size(), rows.size() + 1);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        // Cells of white space only are empty cells.
        if (rows[i][0].text == "\n") continue;
        EXPECT_EQ(testing::texts_of(back[i + 1]), testing::texts_of(rows[i]));
      }
    }
  }
}

TEST(XlsxWriter, RoundTripsTypesAndTexts) {
  const Row row = {{"=1+1", Cell::Type::text},
                   {"03-1234-5678", Cell::Type::text},
                   {"0123", Cell::Type::text},
                   {"8700110005901", Cell::Type::text},
                   {"-1234.5", Cell::Type::number},
                   {"1234567890123456", Cell::Type::number},
                   {"2026-04-01", Cell::Type::date},
                   {"2026-04-01 13:30", Cell::Type::date_time},
                   {"2026-04-01 13:30:15", Cell::Type::date_time},
                   {"1868-10-23", Cell::Type::date},
                   {"TRUE", Cell::Type::boolean},
                   {"一行\n二行", Cell::Type::text},
                   {"_x000D_ & <b> \"𠮷\" ", Cell::Type::text},
                   {"http://example.jp/", Cell::Type::text},
                   {"{=1}", Cell::Type::text},
                   {"+81-3-1234-5678", Cell::Type::text}};
  const Written written = write_xlsx({row, row_of({"", "x"})});
  const auto back = read_back(written.bytes);

  ASSERT_EQ(back.size(), 3U);
  EXPECT_EQ(testing::texts_of(back[0]), (Texts{"会社名", "電話番号"}));
  EXPECT_EQ(testing::texts_of(back[1]), testing::texts_of(row));
  EXPECT_EQ(back[1][4].type, Cell::Type::number);
  EXPECT_EQ(back[1][6].type, Cell::Type::date);
  EXPECT_EQ(back[1][7].type, Cell::Type::date_time);
  EXPECT_EQ(back[1][10].type, Cell::Type::boolean);
  EXPECT_EQ(testing::texts_of(back[2]), (Texts{"", "x"}));
  EXPECT_EQ(written.report.rows, 2);
}

TEST(XlsxWriter, SaysWhatItCut) {
  std::string longer;
  for (int i = 0; i < 33'000; ++i) longer += "あ";
  Row row = row_of({"x", "y"});
  row[1].text = longer;
  const Written written = write_xlsx({row});
  EXPECT_EQ(written.report.truncated_cells, 1);
  EXPECT_EQ(read_back(written.bytes)[1][1].text.size(), 32'767U * 3);
}

TEST(XlsxWriter, LeavesNoFilesBehind) {
  const ScratchFolder scratch;
  write_xlsx({row_of({"a", "b"})}, {.scratch = scratch.path()});
  {
    auto unfinished =
        make_xlsx_writer(kColumns, {.scratch = scratch.path()}, [](std::string_view) {});
    unfinished->row(row_of({"a", "b"}));
  }
  EXPECT_TRUE(std::filesystem::is_empty(scratch.path()));
}

TEST(TableWriter, AWorkbookUnderWayHasNoNameOnDisk) {
  testing::ScratchFolder folder;
  const std::filesystem::path scratch = folder.file("x", "").parent_path() / "scratch";
  std::filesystem::create_directory(scratch);
  std::string out;
  const std::vector<WriteColumn> columns = {{.title = "名前"}};
  const auto writer = make_xlsx_writer(columns, {.sheet = "一覧", .scratch = scratch},
                                       [&](std::string_view piece) { out += piece; });
  const Row row = {{"秘密商事", Cell::Type::text}};
  writer->row(row);
  EXPECT_TRUE(std::filesystem::is_empty(scratch));
  writer->finish();
  EXPECT_TRUE(out.starts_with("PK"));
  EXPECT_TRUE(std::filesystem::is_empty(scratch));
}

}  // namespace
}  // namespace daifuku::exchange
