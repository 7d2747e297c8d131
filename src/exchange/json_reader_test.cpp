#include "exchange/json_reader.h"

#include <gmock/gmock.h>

#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class JsonFiles : public ::testing::Test {
 protected:
  std::vector<testing::Texts> read(std::string_view content, OpenOptions options = {}) {
    table_ = open_table(folder_.file("list.json", content), options);
    return testing::read_texts(*table_.reader);
  }
  std::string refused(std::string_view content, OpenOptions options = {}) {
    try {
      read(content, options);
    } catch (const AppError& error) {
      return error.code() + (error.params().empty() ? "" : " " + error.params().front().second);
    }
    return {};
  }
  testing::ScratchFolder folder_;
  OpenedTable table_ = {};
};

TEST_F(JsonFiles, OfLinesAndOfAnArrayAreOneTable) {
  const std::vector<testing::Texts> wanted = {
      {"name", "n", "ok"}, {"大福", "1"}, {"\"髙\"\n二", "", "true"}};
  const std::string one = R"({"name":"大福","n":1})";
  const std::string two = R"({"ok":true,"name":"\"髙\"\n二"})";

  EXPECT_EQ(read(one + "\n" + two + "\n"), wanted);
  EXPECT_EQ(table_.format, TableFormat::json);
  EXPECT_EQ(read("\xEF\xBB\xBF" + one + "\r\n\r\n" + two), wanted);
  EXPECT_EQ(read("[" + one + ",\n" + two + "]\n"), wanted);
  EXPECT_EQ(read(" [\n  {\n    \"name\": \"大福\",\n    \"n\": 1 },\n" + two + " ] "), wanted);
}

TEST_F(JsonFiles, TellTheLineOfEachRecord) {
  auto table = open_table(folder_.file("list.json", "[\n{\"a\":1},\n\n{\"a\":\n2},{\"a\":3}]"));
  Row row;
  std::vector<std::int64_t> lines;
  while (table.reader->next(row)) lines.push_back(table.reader->line());
  EXPECT_THAT(lines, ElementsAre(1, 2, 4, 5));
  EXPECT_EQ(table.reader->progress(), 1);
}

TEST_F(JsonFiles, HaveTheIdsOfReferencesBesideTheirTitles) {
  const auto rows = read(
      R"({"company":{"id":"0ABC","title":"大福"},"people":[{"id":"1","title":"山田"},{"hidden":true},{"id":"2","title":"佐藤"}],"who":{"hidden":true}})");
  EXPECT_EQ(rows.at(0), (testing::Texts{"company", "company.id", "people", "people.id"}));
  EXPECT_EQ(rows.at(1), (testing::Texts{"大福", "0ABC", "山田\n佐藤", "1\n2"}));
}

TEST_F(JsonFiles, OfOtherProgramsAreTakenApart) {
  const auto rows = read(
      R"({"id":5,"address":{"city":"千代田区","zip":null},"tags":["東","西"],"rate":0.0001,"big":123456789012345678,"empty":[]})");
  EXPECT_EQ(rows.at(0),
            (testing::Texts{"id", "address.city", "address.zip", "tags", "rate", "big", "empty"}));
  EXPECT_EQ(rows.at(1),
            (testing::Texts{"5", "千代田区", "", "東\n西", "0.0001", "123456789012345678"}));
}

TEST_F(JsonFiles, AreRefusedWithTheLineThatIsWrong) {
  EXPECT_EQ(refused("{\"a\":1}\n{\"a\":}\n"), "json_line_invalid 2");
  EXPECT_EQ(refused("{\"a\":1}\n{\"a\":1,\"a\":2}\n"), "json_line_invalid 2");
  EXPECT_EQ(refused("{\"a\":1}\n{\"a\":\"cut"), "json_line_invalid 2");
  EXPECT_EQ(refused("[{\"a\":1},\n{\"a\":2},\n"), "json_line_invalid 3");
  EXPECT_EQ(refused("{\"a\":1}\n[1]\n"), "json_line_no_object 2");
  EXPECT_EQ(refused("{\"a\":1}\n12\n"), "json_line_no_object 2");
  EXPECT_EQ(
      refused("{\"a\":1}\n{\"a\":\"0123456789012345678901234567890\"}", {.max_row_bytes = 30}),
      "json_record_too_long 2");
  EXPECT_EQ(refused(R"({"a":1,"b":2,"c":3})", {.max_columns = 2}), "json_too_many_names");
}

TEST_F(JsonFiles, WithNamesThatFillTheMemoryAreRefused) {
  const std::string half(600, 'x');
  EXPECT_EQ(refused("{\"" + half + "\":1}"), "");
  EXPECT_EQ(refused("{\"" + half + half + "\":1}"), "json_names_too_long");
  EXPECT_EQ(refused("{\"" + half + "\":{\"" + half + "\":1}}"), "json_names_too_long");
  std::string many;
  for (int i = 0; i < 2'000; ++i) {
    many += (many.empty() ? "{\"" : ",\"") + half + std::to_string(i) + "\":1";
  }
  EXPECT_EQ(refused(many + "}"), "json_names_too_long");
}

TEST_F(JsonFiles, AreSeenByWhatTheyHold) {
  EXPECT_TRUE(looks_like_json(" \n{ \"a\""));
  EXPECT_TRUE(looks_like_json("[{}]"));
  EXPECT_FALSE(looks_like_json("{名前},住所"));
  EXPECT_FALSE(looks_like_json("[役職] 氏名,電話"));
  EXPECT_EQ(read(std::string("\xFF\xFE{\0\"\0a\0\"\0:\0001\0}\0", 16)).at(1), testing::Texts{"1"});
  EXPECT_THAT(refused("[{},{}]"), "file_empty");
}

// Its rows come while the rest of it is still unread.
TEST_F(JsonFiles, AreReadPieceByPiece) {
  const std::string line = "{\"a\":\"" + std::string(1'000, 'x') + "\"}\n";
  std::string content;
  for (int i = 0; i < 4'000; ++i) content += line;
  const auto table = open_table(folder_.file("long.jsonl", content));
  Row row;
  std::int64_t rows = 0;
  double before = 0;
  bool early = false;
  while (table.reader->next(row)) {
    ++rows;
    early = early || (rows > 10 && table.reader->progress() < 0.5);
    EXPECT_GE(table.reader->progress(), before);
    before = table.reader->progress();
  }
  EXPECT_EQ(rows, 4'001);
  EXPECT_TRUE(early);
}

}  // namespace
}  // namespace daifuku::exchange
