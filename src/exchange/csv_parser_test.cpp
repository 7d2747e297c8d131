#include "exchange/csv_parser.h"

#include <gmock/gmock.h>

#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using ::testing::ElementsAre;
using testing::Texts;

struct Parsed {
  std::vector<Texts> rows = {};
  std::vector<std::int64_t> recovered_lines = {};
};

// `step` bytes are added to the buffer at a time, so that every cut of the input is tried.
Parsed parse(std::string_view input, std::size_t step, char delimiter = ',',
             const OpenOptions& options = {}) {
  Parsed out;
  CsvParser parser(delimiter, options);
  std::size_t begin = 0;
  std::size_t end = 0;
  std::int64_t line = 1;
  Row row;
  for (;;) {
    const bool last = end == input.size();
    switch (parser.parse(input.substr(begin, end - begin), last, row)) {
      case CsvParser::Result::end:
        return out;
      case CsvParser::Result::more:
        end = std::min(end + step, input.size());
        break;
      case CsvParser::Result::record:
        out.rows.push_back(testing::texts_of(row));
        if (parser.recovered()) out.recovered_lines.push_back(line);
        begin += parser.consumed();
        line += parser.lines();
    }
  }
}

struct ParserCase {
  const char* name;
  std::string_view input;
  std::vector<Texts> rows;
};

TEST(CsvParser, ReadsWhatExcelReads) {
  const ParserCase cases[] = {
      {"plain", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
      {"crlf", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
      {"cr", "a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}},
      {"mixed", "a\nb\rc\r\nd", {{"a"}, {"b"}, {"c"}, {"d"}}},
      {"no end", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
      {"delimiter at the end", "a,\n,b", {{"a"}, {"", "b"}}},
      {"empty lines", "a\n\n,,\nb\n", {{"a"}, {}, {}, {"b"}}},
      {"quoted", "\"a,b\",\"c\"\"d\",\"\"\n", {{"a,b", "c\"d"}}},
      {"break inside", "\"a\r\nb\rc\nd\",e\n", {{"a\nb\nc\nd", "e"}}},
      {"quote inside unquoted", "19\" rack,a\"b\"c\n", {{"19\" rack", "a\"b\"c"}}},
      {"text after quote", "\"ab\"cd,e\n", {{"abcd", "e"}}},
      {"space after quote", "\"ab\" ,e\n", {{"ab", "e"}}},
      {"quoted at the end", "a,\"b\"", {{"a", "b"}}},
      {"only a quoted quote", "\"\"\"\"", {{"\""}}},
      {"excel text", "=\"0123\",\"=\"\"045\"\"\",=1+1\n", {{"0123", "045", "=1+1"}}},
      {"guard", "'=1+1,'a,'+81-3,'＝x\n", {{"=1+1", "'a", "+81-3", "＝x"}}},
      {"blank cells", " ,　,\xC2\xA0,a\n", {{"", "", "", "a"}}},
      {"backslash is nothing", "a\\,\"b\\\",c\n", {{"a\\", "b\\", "c"}}},
      {"nothing", "", {}},
  };
  for (const ParserCase& one : cases) {
    SCOPED_TRACE(one.name);
    for (const std::size_t step : {1U, 2U, 3U, 7U, 1000U}) {
      const Parsed parsed = parse(one.input, step);
      EXPECT_EQ(parsed.rows, one.rows) << step;
      EXPECT_TRUE(parsed.recovered_lines.empty());
    }
  }
}

TEST(CsvParser, RecoversFromQuotesThatNeverClose) {
  const ParserCase cases[] = {
      {"to the end", "a,b\n\"x,1\ny,2\nz,3\n", {{"a", "b"}, {"\"x", "1"}, {"y", "2"}, {"z", "3"}}},
      {"to another quoted cell",
       "a,b\n\"x,1\ny,2\nz,\"q,r\"\n",
       {{"a", "b"}, {"\"x", "1"}, {"y", "2"}, {"z", "q,r"}}},
      {"to an inch mark, over lines like records",
       "a,b,c\n\"x,1,2\ny,2,3\nw,5,5\nz,3,24\"\nv,4,5\n",
       {{"a", "b", "c"},
        {"\"x", "1", "2"},
        {"y", "2", "3"},
        {"w", "5", "5"},
        {"z", "3", "24\""},
        {"v", "4", "5"}}},
      {"quote alone in the last line", "a,b\nx,\"", {{"a", "b"}, {"x", "\""}}},
      {"two in one record", "\"a,\"b\nc,d\n", {{"a,b"}, {"c", "d"}}},
  };
  for (const ParserCase& one : cases) {
    SCOPED_TRACE(one.name);
    for (const std::size_t step : {1U, 5U, 1000U}) EXPECT_EQ(parse(one.input, step).rows, one.rows);
  }
  EXPECT_THAT(parse("a,b\n\"x,1\ny,2\n", 1000).recovered_lines, ElementsAre(2));
  EXPECT_THAT(parse("\"m\nn\",b\n\"x,1\ny,2\n", 1000).recovered_lines, ElementsAre(3));
}

TEST(CsvParser, KeepsLongNotesWithCommas) {
  const std::string note = "\"一行目、\n1,2\n3,4\n5,6\n7,8\n9,10\",x\n";
  EXPECT_THAT(parse("a,b\n" + note, 1000).rows,
              ElementsAre(Texts{"a", "b"}, Texts{"一行目、\n1,2\n3,4\n5,6\n7,8\n9,10", "x"}));
}

TEST(CsvParser, TakesAQuoteLiterallyBeyondTheCellLimit) {
  const std::string big =
      "\"" + std::string(3000, 'x') + "\n" + std::string(3000, 'y') + "\",b\nc,d\n";
  const Parsed parsed = parse(big, 100, ',', {.max_cell_bytes = 2000});
  EXPECT_EQ(parsed.rows.size(), 3U);
  EXPECT_EQ(parsed.rows.back(), (Texts{"c", "d"}));
}

TEST(CsvParser, StopsAtItsLimits) {
  const std::string line(5000, 'x');
  EXPECT_EQ(testing::error_code_of([&] { parse(line, 100, ',', {.max_row_bytes = 1000}); }),
            "row_too_long");
  const std::string commas(100, ',');
  EXPECT_EQ(testing::error_code_of([&] { parse(commas, 100, ',', {.max_columns = 50}); }),
            "too_many_columns");
}

// Every line opens a quote that only the next line's closes.
TEST(CsvParser, TakesLinearTimeOnHostileQuotes) {
  std::string input;
  for (int i = 0; i < 60'000; ++i) input += i % 3 == 0 ? "\"a,b\n" : "\"\"x\",\"\n";
  CsvParser parser(',', OpenOptions{});
  std::string_view rest = input;
  Row row;
  std::size_t records = 0;
  while (parser.parse(rest, true, row) == CsvParser::Result::record) {
    rest.remove_prefix(parser.consumed());
    ++records;
  }
  EXPECT_GT(records, 15'000U);
}

struct DelimiterCase {
  const char* input;
  char delimiter;
};

TEST(DetectDelimiter, LooksForEvenRecords) {
  const DelimiterCase cases[] = {
      {"a,b,c\n1,2,3\n", ','},
      {"a\tb\tc\n1\t2,5\t3\n", '\t'},
      {"a;b;c\n1;2,5;3,5\n4;5;6\n", ';'},
      {"a|b|c\n1|2|3\n", '|'},
      {"id,tags,x\n1,a;b;c,z\n2,d;e,y\n", ','},
      {"一列だけ\nあ\nい\n", ','},
      {"顧客一覧\n2026年4月、作成\nid,name,tel\n1,あ,03\n2,い,04\n", ','},
      {"a,b\n\"x;y\nz;w\",1\n\"p;q\nr;s\",2\n", ','},
      {"", ','},
  };
  for (const DelimiterCase& one : cases) {
    EXPECT_EQ(detect_delimiter(one.input, true), one.delimiter) << one.input;
  }
}

}  // namespace
}  // namespace daifuku::exchange
