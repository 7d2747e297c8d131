#include "exchange/cards/card_fields.h"

#include <gtest/gtest.h>

#include <map>

namespace daifuku::exchange {
namespace {

using Fields = std::map<std::string, std::string>;

struct Print {
  std::string text;
  int left = 0;
  int top = 0;
  int size = 30;
};

// As recognition gives them: a box about as wide as the letters.
std::vector<CardLine> lines_of(const std::vector<Print>& prints, bool vertical = false) {
  std::vector<CardLine> out;
  for (const Print& print : prints) {
    int length = 0;
    for (const char c : print.text) {
      const auto u = static_cast<unsigned char>(c);
      if (u < 0x80) length += print.size / 2;
      if (u >= 0xc0) length += print.size;
    }
    CardBox box{print.left, print.top, length, print.size};
    if (vertical) std::swap(box.width, box.height);
    out.push_back({.text = print.text, .box = box, .confidence = 92, .vertical = vertical});
  }
  return out;
}

Fields read(const std::vector<Print>& prints, bool vertical = false) {
  Fields out;
  for (const CardField& field : read_card_fields(lines_of(prints, vertical))) {
    out[field.key] = field.value;
    EXPECT_GT(field.confidence, 0) << field.key;
    EXPECT_LE(field.confidence, 99) << field.key;
    EXPECT_FALSE(field.box.empty()) << field.key;
  }
  return out;
}

std::string only(const std::string& line, const std::string& key) {
  const Fields fields = read({{line, 100, 500}});
  const auto found = fields.find(key);
  return found == fields.end() ? "" : found->second;
}

TEST(ReadCardFields, ReadsAnOrdinaryCard) {
  const Fields fields = read({{"株式会社山田製作所", 100, 80, 44},
                              {"営業本部 第一営業部", 100, 220, 28},
                              {"課長", 100, 270, 28},
                              {"山 田  太 郎", 300, 330, 72},
                              {"やまだ たろう", 300, 300, 20},
                              {"〒100-0005 東京都千代田区丸の内1-2-3", 100, 560},
                              {"丸の内ビル 5F", 200, 600},
                              {"TEL 03-1234-5678  FAX 03-1234-5679", 100, 640},
                              {"携帯 090-1234-5678", 100, 680},
                              {"E-mail: t.yamada@yamada-ss.co.jp", 100, 720},
                              {"https://www.yamada-ss.co.jp/", 100, 760}});

  EXPECT_EQ(fields, (Fields{{"company_name", "株式会社山田製作所"},
                            {"department", "営業本部 第一営業部"},
                            {"job_title", "課長"},
                            {"name", "山田 太郎"},
                            {"name_kana", "ヤマダ タロウ"},
                            {"postal_code", "100-0005"},
                            {"address_text", "東京都千代田区丸の内1-2-3 丸の内ビル 5F"},
                            {"phone", "03-1234-5678"},
                            {"fax", "03-1234-5679"},
                            {"mobile", "090-1234-5678"},
                            {"email", "t.yamada@yamada-ss.co.jp"},
                            {"website", "https://www.yamada-ss.co.jp"}}));
}

TEST(ReadCardFields, ReadsVerticalColumnsFromTheRight) {
  const Fields fields = read({{"佐藤商事株式会社", 800, 80, 44},
                              {"常務取締役", 620, 120, 28},
                              {"佐藤 花子", 480, 200, 72},
                              {"〒530-0001", 330, 80, 28},
                              {"大阪府大阪市北区梅田三丁目一番三号", 290, 80, 28},
                              {"電話 06-6123-4567", 220, 80, 28}},
                             true);

  EXPECT_EQ(fields.at("company_name"), "佐藤商事株式会社");
  EXPECT_EQ(fields.at("name"), "佐藤 花子");
  EXPECT_EQ(fields.at("job_title"), "常務取締役");
  EXPECT_EQ(fields.at("address_text"), "大阪府大阪市北区梅田三丁目一番三号");
  EXPECT_EQ(fields.at("phone"), "06-6123-4567");
}

TEST(ReadCardFields, ReadsKanjiDigitsOfVerticalWriting) {
  const Fields fields = read({{"〒七三〇ー〇〇一一", 330, 80, 28},
                              {"広島県広島市中区基町六ー二五ー一四", 290, 80, 28},
                              {"電話 〇八二ー八八七ー四〇三一", 220, 80, 28}},
                             true);
  EXPECT_EQ(fields.at("postal_code"), "730-0011");
  EXPECT_EQ(fields.at("address_text"), "広島県広島市中区基町6-25-14");
  EXPECT_EQ(fields.at("phone"), "082-887-4031");
}

TEST(ReadCardFields, PrefersJapaneseOnACardInTwoLanguages) {
  const Fields fields =
      read({{"合同会社ソレイユ", 100, 60, 40},
            {"Soleil LLC", 100, 110, 24},
            {"代表社員", 100, 200},
            {"渡邉 美咲", 100, 260, 66},
            {"Misaki WATANABE", 100, 340, 26},
            {"Managing Director", 100, 380, 22},
            {"〒231-0023 神奈川県横浜市中区山下町123", 100, 480},
            {"123 Yamashita-cho, Naka-ku, Yokohama 231-0023 Japan", 100, 520, 22}});

  EXPECT_EQ(fields.at("company_name"), "合同会社ソレイユ");
  EXPECT_EQ(fields.at("name"), "渡邉 美咲");
  EXPECT_EQ(fields.at("name_romaji"), "Misaki WATANABE");
  EXPECT_EQ(fields.at("name_kana"), "ワタナベ ミサキ");
  EXPECT_EQ(fields.at("job_title"), "代表社員");
  EXPECT_EQ(fields.at("address_text"), "神奈川県横浜市中区山下町123");
}

TEST(ReadCardFields, TakesMailAddressesAsRecognitionGivesThem) {
  for (const auto& [line, mail] : std::vector<std::pair<std::string, std::string>>{
           {"taro@example.co.jp", "taro@example.co.jp"},
           {"E-mail:taro.yamada@example.jp", "taro.yamada@example.jp"},
           {"E-mailtaro@example.jp", "taro@example.jp"},
           {"Mail taro_y@example.com", "taro_y@example.com"},
           {"e-mail / taro @ example. co. jp", "taro@example.co.jp"},
           {"ＭＡＩＬ：ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ", "taro@example.co.jp"},
           {"taro@example,co,jp", "taro@example.co.jp"},
           {"taro@example.co.ip", "taro@example.co.jp"},
           {"E-mail: taro©example.jp", "taro@example.jp"},
           {"email@example.jp", "email@example.jp"},
           {"taro.-yamada@example.jp", "taro.yamada@example.jp"},
           {"taro@example", ""},
           {"@taro", ""},
           {"E-mail:", ""}}) {
    EXPECT_EQ(only(line, "email"), mail) << line;
  }
}

TEST(ReadCardFields, TellsPhonesApart) {
  struct Case {
    std::string line;
    Fields fields;
  };
  for (const Case& one : std::vector<Case>{
           {"TEL 03-1234-5678", {{"phone", "03-1234-5678"}}},
           {"TEL.03(1234)5678", {{"phone", "03-1234-5678"}}},
           {"Tel:03-1234-5678(代) Fax:03-1234-5679",
            {{"phone", "03-1234-5678"}, {"fax", "03-1234-5679"}}},
           {"T 03-1234-5678 F 03-1234-5679 M 090-1111-2222",
            {{"phone", "03-1234-5678"}, {"fax", "03-1234-5679"}, {"mobile", "090-1111-2222"}}},
           {"TEL/FAX 0422-21-1234", {{"phone", "0422-21-1234"}, {"fax", "0422-21-1234"}}},
           {"携帯電話 080-1234-5678", {{"mobile", "080-1234-5678"}}},
           {"070-1234-5678", {{"mobile", "070-1234-5678"}}},
           {"電話 ０３－１２３４－５６７８", {{"phone", "03-1234-5678"}}},
           {"代表 03-1234-5600 直通 03-1234-5678", {{"phone", "03-1234-5678"}}},
           {"Mobile: +81-90-1234-5678", {{"mobile", "090-1234-5678"}}},
           {"TEL O3-1234-5678", {{"phone", "03-1234-5678"}}},
           {"TEL 03-1234-567", {{"phone", "03-1234-567"}}},
           {"創業 1923年", {}}}) {
    Fields found = read({{one.line, 100, 500}});
    found.erase("department");
    EXPECT_EQ(found, one.fields) << one.line;
  }
}

TEST(ReadCardFields, TakesNumbersOnlyWhenTheirCheckDigitFits) {
  EXPECT_EQ(only("登録番号 T8700110005901", "invoice_number"), "T8700110005901");
  EXPECT_EQ(only("法人番号 8700110005901", "corporate_number"), "8700110005901");
  EXPECT_EQ(only("法人番号 8700110005902", "corporate_number"), "");
}

TEST(ReadCardFields, TakesPostalCodesThatExist) {
  EXPECT_EQ(only("〒100-0005", "postal_code"), "100-0005");
  EXPECT_EQ(only("T100-0005 東京都千代田区丸の内1-1", "postal_code"), "100-0005");
  EXPECT_EQ(only("100-0005 東京都千代田区丸の内1-1", "postal_code"), "100-0005");
  EXPECT_EQ(only("03-1234-5678", "postal_code"), "");
  EXPECT_EQ(only("部品番号 123-4567-89", "postal_code"), "");
}

TEST(ReadCardFields, MendsASlipInALegalForm) {
  EXPECT_EQ(only("株式会杜山田製作所", "company_name"), "株式会社山田製作所");
  EXPECT_EQ(only("抹式会社山田製作所", "company_name"), "株式会社山田製作所");
  EXPECT_EQ(only("山田製作所有眼会社", "company_name"), "山田製作所有限会社");
}

TEST(ReadCardFields, JoinsALegalFormSetApart) {
  EXPECT_EQ(only("株式会社 山田製作所", "company_name"), "株式会社山田製作所");
  EXPECT_EQ(only("山田製作所 株式会社", "company_name"), "山田製作所株式会社");
  EXPECT_EQ(only("株 式 会 社 山 田 製 作 所", "company_name"), "株式会社山田製作所");
}

TEST(ReadCardFields, SplitsRankAndNameInOneLine) {
  struct Case {
    std::string line;
    Fields fields;
  };
  for (const Case& one : std::vector<Case>{
           {"営業部長", {{"job_title", "営業部長"}}},
           {"営業部課長", {{"department", "営業部"}, {"job_title", "課長"}}},
           {"営業部 課長 山田 太郎",
            {{"department", "営業部"}, {"job_title", "課長"}, {"name", "山田 太郎"}}},
           {"代表取締役 社長", {{"job_title", "代表取締役 社長"}}},
           {"代 表 取 締 役", {{"job_title", "代表取締役"}}},
           {"代表取締役 鈴木一郎", {{"job_title", "代表取締役"}, {"name", "鈴木 一郎"}}},
           {"課長佐々木健太", {{"job_title", "課長"}, {"name", "佐々木 健太"}}},
           {"大阪支店 営業第二課", {{"department", "大阪支店 営業第二課"}}},
           {"Sales Manager", {{"job_title", "Sales Manager"}}},
           {"Sales Department", {{"department", "Sales Department"}}}}) {
    EXPECT_EQ(read({{one.line, 100, 300}}), one.fields) << one.line;
  }
}

TEST(ReadCardFields, SplitsNames) {
  for (const auto& [line, name] :
       std::vector<std::pair<std::string, std::string>>{{"山田太郎", "山田 太郎"},
                                                        {"山 田 太 郎", "山田 太郎"},
                                                        {"林 健", "林 健"},
                                                        {"林健太郎", "林 健太郎"},
                                                        {"長谷川 翔", "長谷川 翔"},
                                                        {"長 谷 川 翔", "長谷川 翔"},
                                                        {"髙橋 さくら", "髙橋 さくら"},
                                                        {"小野寺 悠", "小野寺 悠"}}) {
    const Fields fields = read(
        {{"株式会社見本", 100, 50, 40}, {line, 300, 300, 70}, {"お客様とともに", 100, 500, 24}});
    EXPECT_EQ(fields.count("name") ? fields.at("name") : "", name) << line;
  }
}

TEST(ReadCardFields, TakesNoSloganForAName) {
  const Fields fields = read({{"未来をつくる", 100, 50, 50},
                              {"創業大正元年", 100, 500, 24},
                              {"株式会社見本", 100, 120, 40}});
  EXPECT_EQ(fields.count("name"), 0U);
}

TEST(ReadCardFields, JoinsNameHalvesSetFarApart) {
  const Fields fields = read({{"株式会社見本", 100, 50, 40},
                              {"鈴木", 300, 300, 70},
                              {"一郎", 560, 302, 70},
                              {"TEL 03-1234-5678", 100, 500}});
  EXPECT_EQ(fields.at("name"), "鈴木 一郎");
}

TEST(ReadCardFields, FindsOrganizationsWithoutALegalForm) {
  const Fields fields = read({{"見本市立中央病院", 100, 50, 44},
                              {"内科", 100, 150, 26},
                              {"医師", 100, 200, 26},
                              {"森 健", 100, 260, 70}});
  EXPECT_EQ(fields.at("company_name"), "見本市立中央病院");
  EXPECT_EQ(fields.at("job_title"), "医師");
  EXPECT_EQ(fields.at("name"), "森 健");
}

TEST(ReadCardFields, MendsAPlaceByItsPostalCode) {
  for (const auto& [line, address] : std::vector<std::pair<std::string, std::string>>{
           {"〒100-0005 東京都生代田区丸の内4-5-10", "東京都千代田区丸の内4-5-10"},
           {"〒100-0005 東京都二代田区丸の内5-2-5 サンタワー12F",
            "東京都千代田区丸の内5-2-5 サンタワー12F"},
           {"〒100-0005 干代田区丸の内1-2-3", "千代田区丸の内1-2-3"},
           {"〒100-0005 東京都千代田区丸の内1-2-3", "東京都千代田区丸の内1-2-3"},
           // Another place altogether: nobody knows which of the two is wrong.
           {"〒100-0005 大阪府大阪市北区梅田1-2-3", "大阪府大阪市北区梅田1-2-3"}}) {
    EXPECT_EQ(only(line, "address_text"), address) << line;
  }
}

TEST(ReadCardFields, ProposesThePostalCodeOfAPlace) {
  const auto fields = read_card_fields(lines_of({{"東京都千代田区丸の内1-2-3", 100, 500}}));
  const CardField* code = find_field(fields, "postal_code");
  ASSERT_NE(code, nullptr);
  EXPECT_EQ(code->value, "100-0005");
  EXPECT_LT(code->confidence, 70);  // to be looked at
}

TEST(ReadCardFields, TakesNoRoomOfABuildingForADepartment) {
  const Fields fields = read({{"総務部", 100, 100, 28},
                              {"〒530-0001 大阪府大阪市北区梅田4-7-14", 100, 500},
                              {"山手ビル 801号室", 100, 540}});
  EXPECT_EQ(fields.at("department"), "総務部");
  EXPECT_EQ(fields.at("address_text"), "大阪府大阪市北区梅田4-7-14 山手ビル 801号室");
}

TEST(UsableCorners, TakeShapesWithoutADent) {
  EXPECT_TRUE(usable_corners(kWholePhoto));
  EXPECT_TRUE(usable_corners({1000, 1200, 5000, 900, 5200, 4000, 900, 4200}));
  // Turned by half: the first corner is the top left of the card.
  EXPECT_TRUE(usable_corners({5000, 4000, 1000, 4000, 1000, 1000, 5000, 1000}));
  EXPECT_FALSE(usable_corners({1000, 1000, 1000, 4000, 5000, 4000, 5000, 1000}));  // mirrored
  EXPECT_FALSE(usable_corners({1000, 1000, 5000, 1000, 1200, 1100, 1000, 4000}));  // dented
  EXPECT_FALSE(usable_corners({1000, 1000, 5000, 4000, 5000, 1000, 1000, 4000}));  // crossed
  EXPECT_FALSE(usable_corners({0, 0, 100, 0, 100, 100, 0, 100}));                  // a speck
  EXPECT_FALSE(usable_corners({-1, 0, 9000, 0, 9000, 9000, 0, 9000}));
  EXPECT_FALSE(usable_corners({}));
}

TEST(ReadCardFields, GivesNothingForNothing) {
  EXPECT_TRUE(read_card_fields({}).empty());
  EXPECT_TRUE(read({{"", 0, 0}, {"   ", 0, 0}, {"~~ ||", 5, 5}}).empty());
}

TEST(ReadCardFields, StandsAnyText) {
  // Recognition of a photo of anything: no crash, no endless loop.
  std::string text;
  unsigned state = 7;
  for (int i = 0; i < 300; ++i) {
    text.clear();
    for (int j = 0; j < 40; ++j) {
      state = state * 1103515245U + 12345U;
      static constexpr const char* kBits[] = {"@",    ".",  "0",  "9", "-", " ",   "〒", "株式会社",
                                              "部",   "長", "(",  ")", "T", "www", "/",  "東京都",
                                              "\xff", "山", "ー", "+", ",", "co",  "jp", "TEL"};
      text += kBits[(state >> 16) % std::size(kBits)];
    }
    read_card_fields(lines_of({{text, 10, 10}, {text, 10, 60}}));
  }
}

TEST(ReadContactCode, ReadsMecard) {
  Fields fields;
  for (const CardField& field :
       read_contact_code("MECARD:N:山田,太郎;SOUND:ヤマダ,タロウ;TEL:0312345678;TEL:09012345678;"
                         "EMAIL:taro@example.jp;URL:https\\://example.jp/;;"))
    fields[field.key] = field.value;
  EXPECT_EQ(fields, (Fields{{"name", "山田 太郎"},
                            {"name_kana", "ヤマダ タロウ"},
                            {"phone", "03-1234-5678"},
                            {"mobile", "090-1234-5678"},
                            {"email", "taro@example.jp"},
                            {"website", "https://example.jp"}}));
}

TEST(ReadContactCode, ReadsVCard) {
  Fields fields;
  for (const CardField& field : read_contact_code(
           "BEGIN:VCARD\r\nVERSION:3.0\r\nN:山田;太郎;;;\r\nFN:山田 "
           "太郎\r\nORG:株式会社山田製作所;営業部\r\nTITLE:課長\r\nTEL;TYPE=CELL:090-1234-5678\r\n"
           "TEL;TYPE=WORK,FAX:03-1234-5679\r\nEMAIL:taro@example.jp\r\nEND:VCARD\r\n"))
    fields[field.key] = field.value;
  EXPECT_EQ(fields, (Fields{{"name", "山田 太郎"},
                            {"company_name", "株式会社山田製作所"},
                            {"department", "営業部"},
                            {"job_title", "課長"},
                            {"mobile", "090-1234-5678"},
                            {"fax", "03-1234-5679"},
                            {"email", "taro@example.jp"}}));
}

TEST(ReadContactCode, LeavesOtherCodesAlone) {
  EXPECT_TRUE(read_contact_code("https://example.jp/").empty());
  EXPECT_TRUE(read_contact_code("MECARD").empty());
  EXPECT_TRUE(read_contact_code("\xff\xfe").empty());
}

TEST(JoinFields, CodeBeforePrintWithItsPlace) {
  const auto joined = join_fields(
      {{.key = "email", .value = "taro@example.jp", .confidence = 97}},
      {{.key = "email", .value = "tar0@example.jp", .confidence = 70, .box = {1, 2, 3, 4}},
       {.key = "name", .value = "山田 太郎", .confidence = 80, .box = {5, 6, 7, 8}}});
  ASSERT_EQ(joined.size(), 2U);
  EXPECT_EQ(joined[0].value, "taro@example.jp");
  EXPECT_EQ(joined[0].box, (CardBox{1, 2, 3, 4}));
  EXPECT_EQ(joined[1].value, "山田 太郎");
}

}  // namespace
}  // namespace daifuku::exchange
