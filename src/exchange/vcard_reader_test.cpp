#include "exchange/vcard_reader.h"

#include <gmock/gmock.h>

#include "base/source_dir.h"
#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class VCardFiles : public ::testing::Test {
 protected:
  std::vector<testing::Texts> read(std::string_view content, OpenOptions options = {}) {
    table_ = open_table(folder_.file("cards.vcf", content), options);
    return testing::read_texts(*table_.reader);
  }
  testing::ScratchFolder folder_;
  OpenedTable table_ = {};
};

TEST_F(VCardFiles, AreTablesOfTheColumnsThatAreFilled) {
  const auto rows = read(
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:山田;太郎;;;\r\nORG:大福商店\r\nTEL;TYPE=CELL:090-1111-"
      "2222\r\n"
      "TEL;TYPE=CELL:080-1111-2222\r\nADR;TYPE=HOME:;;1-1;港区;東京都;105-0001;\r\nEND:VCARD\r\n"
      "\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:佐藤\r\nEND:VCARD\r\n");

  EXPECT_EQ(table_.format, TableFormat::vcard);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_THAT(rows[0], ElementsAre("氏名", "姓", "名", "会社名", "携帯電話", "ほかの電話番号",
                                   "郵便番号", "住所"));
  EXPECT_THAT(rows[1], ElementsAre("", "山田", "太郎", "大福商店", "090-1111-2222", "080-1111-2222",
                                   "105-0001", "東京都港区1-1"));
  EXPECT_THAT(rows[2], ElementsAre("佐藤"));
}

TEST_F(VCardFiles, AreReadInTheEncodingOfTheTelephone) {
  // 安藤 in CP932, said by nothing but the bytes.
  const auto rows = read("BEGIN:VCARD\r\nVERSION:2.1\r\nN:\x88\xC0\x93\xA1;;;;\r\nEND:VCARD\r\n");
  EXPECT_EQ(rows.at(1).at(0), "安藤");
  EXPECT_EQ(table_.encoding, "cp932");

  const auto utf16 = read(std::string("\xFF\xFE", 2) +
                          std::string("B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0F\0N\0:\0A\0\n\0"
                                      "E\0N\0D\0:\0V\0C\0A\0R\0D\0\n\0",
                                      54));
  EXPECT_EQ(utf16.at(1).at(0), "A");
  EXPECT_EQ(testing::error_code_of(
                [&] { read("BEGIN:VCARD\nFN:a\nEND:VCARD\n", {.encoding = "klingon"}); }),
            "encoding_unknown");
}

TEST_F(VCardFiles, TellWhatTheyLeaveOut) {
  read("BEGIN:VCARD\nVERSION:3.0\nFN:a\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n");
  EXPECT_THAT(testing::codes_of(table_.reader->notes()), Contains("vcard_pictures_left_out"));
}

TEST_F(VCardFiles, WithoutAnybodyAreRefused) {
  EXPECT_EQ(testing::error_code_of([&] { read("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"); }),
            "file_empty");
}

TEST(RealVCards, AreReadAsTheyCame) {
  const auto folder = std::filesystem::path(kSourceDir) / "../shared/data/real/vcard";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no sample files at " << folder;
  const auto rows = [&](const char* name) {
    const OpenedTable table = open_table(folder / name);
    return testing::read_texts(*table.reader);
  };

  EXPECT_THAT(rows("v21_japanese_2.vcf").at(1),
              ElementsAre("安藤", "ロイド1", "ｱﾝﾄﾞｳ", "ﾛｲﾄﾞ1", "150-8512",
                          "東京都渋谷区桜丘町26-1セルリアンタワー6階", "メモ"));
  EXPECT_EQ(rows("v21_multiple_entry.vcf").size(), 4U);
  EXPECT_EQ(rows("v21_japanese_1.vcf").at(1).at(0), "安藤ロイド");
}

}  // namespace
}  // namespace daifuku::exchange
