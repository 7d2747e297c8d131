#include "text/postal.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <map>
#include <set>
#include <sstream>

#include "base/source_dir.h"
#include "text/cases_test.h"

namespace daifuku::text {
namespace {

TEST(NormalizePostalCode, Cases) {
  for (const char* typed : {"1000001", "100-0001", "〒100-0001", "〒１００－０００１",
                            "１００ー０００１", " 100 0001 ", "100‐0001"}) {
    EXPECT_EQ(normalize_postal_code(typed), "1000001") << typed;
  }
  for (const char* typed : {"", "100", "100-001", "100-00011", "abc-defg", "100-0001東京"}) {
    EXPECT_FALSE(normalize_postal_code(typed)) << typed;
  }
  EXPECT_EQ(format_postal_code("1000001"), "100-0001");
}

TEST(Prefectures, AreFoundAsTheyAreTyped) {
  EXPECT_EQ(prefectures().size(), 47U);
  const std::pair<const char*, const char*> cases[] = {
      {"東京都", "13"}, {"東京", "13"},     {"とうきょう", "13"}, {"トウキョウト", "13"},
      {"13", "13"},     {"１３", "13"},     {"北海道", "01"},     {"ほっかいどう", "01"},
      {"京都", "26"},   {"きょうと", "26"}, {"京都府", "26"},     {"大阪", "27"},
      {"ｵｵｻｶﾌ", "27"},  {"神奈川", "14"}};
  for (const auto& [typed, code] : cases) {
    const Prefecture* found = find_prefecture(typed);
    ASSERT_NE(found, nullptr) << typed;
    EXPECT_EQ(found->jis_code, code) << typed;
  }
  for (const char* typed : {"", "東", "北海", "48", "江戸"}) {
    EXPECT_EQ(find_prefecture(typed), nullptr) << typed;
  }
}

class Postal : public testing::Test {
 protected:
  void SetUp() override {
    if (postal_count() == 0) {
      GTEST_SKIP() << "built without the table of postal codes";
    }
  }
};

TEST_F(Postal, Lookup) {
  const auto chiyoda = lookup_postal("1000001");
  ASSERT_TRUE(chiyoda);
  EXPECT_EQ(chiyoda->jis_code, "13101");
  EXPECT_EQ(chiyoda->prefecture, "東京都");
  EXPECT_EQ(chiyoda->city, "千代田区");
  EXPECT_EQ(chiyoda->town, "千代田");
  EXPECT_EQ(chiyoda->prefecture_kana, "トウキョウト");
  EXPECT_EQ(chiyoda->city_kana, "チヨダク");
  EXPECT_EQ(chiyoda->town_kana, "チヨダ");
  EXPECT_EQ(lookup_postal("1500001")->town, "神宮前");
  EXPECT_EQ(lookup_postal("1130021")->town, "本駒込");
  EXPECT_EQ(lookup_postal("4980000")->city, "弥富市");
  EXPECT_EQ(lookup_postal("4980000")->town, "");
  const auto office = lookup_postal("0608621");
  ASSERT_TRUE(office);
  EXPECT_EQ(office->city, "札幌市中央区");
  EXPECT_FALSE(office->office.empty());
  EXPECT_FALSE(office->street.empty());
  EXPECT_EQ(lookup_postal("3994511")->town, "");
  EXPECT_EQ(lookup_postal("1006918")->town, "丸の内丸の内パークビルディング　１８階");
  for (const char* code : {"0000000", "9999999", "100-0001", "", "10000011", "１０００００１"}) {
    EXPECT_FALSE(lookup_postal(code)) << code;
  }
}

TEST_F(Postal, RowsRiseAndAreWhole) {
  EXPECT_GT(postal_count(), 140'000U);
  std::string before;
  for (std::size_t i = 0; i < postal_count(); i += 7) {
    const PostalRow row = postal_row(i);
    ASSERT_LT(before, row.code);
    ASSERT_EQ(row.code.size(), 7U);
    ASSERT_EQ(row.place.jis_code.size(), 5U);
    ASSERT_FALSE(row.place.city.empty()) << row.code;
    ASSERT_EQ(row.place.town.find("（"), std::string_view::npos) << row.code;
    before = row.code;
  }
}

TEST_F(Postal, Municipalities) {
  std::set<std::string_view> codes;
  for (const Municipality& one : municipalities()) {
    EXPECT_TRUE(codes.insert(one.jis_code).second) << one.jis_code;
    EXPECT_FALSE(one.kana.empty()) << one.name;
  }
  EXPECT_EQ(codes.size(), 1892U) << "all but the six villages of the Northern Territories";
}

// Every code that both know has the same prefecture and city.
TEST_F(Postal, AgreesWithTheReference) {
  const std::string path = std::string(kSourceDir) + "/../shared/data/postal/postal.tsv.gz";
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) {
    GTEST_SKIP() << "the reference data is not beside the repository";
  }
  std::set<std::string> differing;
  std::set<std::string> same_town;
  std::set<std::string> seen;
  char line[4096];
  gzgets(file, line, sizeof line);
  while (gzgets(file, line, sizeof line) != nullptr) {
    std::istringstream columns{line};
    std::string code;
    std::string jis;
    std::string prefecture;
    std::string city;
    std::string town;
    for (std::string* column : {&code, &jis, &prefecture, &city, &town}) {
      std::getline(columns, *column, '\t');
    }
    const auto found = lookup_postal(code);
    if (!found) {
      continue;
    }
    seen.insert(code);
    if (found->jis_code == jis && found->prefecture == prefecture) {
      differing.erase(code);
      if (found->town == town) {
        same_town.insert(code);
      }
    } else if (!same_town.contains(code)) {
      differing.insert(code);
    }
  }
  gzclose(file);
  EXPECT_EQ(seen.size(), 142'832U);
  EXPECT_LE(differing.size(), 5U) << *differing.begin();
  EXPECT_GT(same_town.size() * 100, seen.size() * 97);
}

struct SplitCase {
  const char* line;
  const char* expected;  // postal code|prefecture|city|street|building
};

class SplitAddress : public Postal {};

TEST_F(SplitAddress, Cases) {
  const SplitCase cases[] = {
      {"〒100-0001 東京都千代田区千代田1-1 皇居ビル3F",
       "1000001|東京都|千代田区|千代田1-1|皇居ビル3F"},
      {"札幌市北区北一条西2丁目3-4ABCビル5階", "|北海道|札幌市北区|北一条西2丁目3-4|ABCビル5階"},
      {"東京都西多摩郡瑞穂町箱根ケ崎2335", "|東京都|西多摩郡瑞穂町|箱根ケ崎2335|"},
      {"東京都瑞穂町箱根ケ崎2335", "|東京都|西多摩郡瑞穂町|箱根ケ崎2335|"},
      {"千葉県鎌ヶ谷市新鎌ヶ谷二丁目6番1号", "|千葉県|鎌ケ谷市|新鎌ヶ谷二丁目6番1号|"},
      {"千葉県鎌が谷市新鎌ヶ谷1", "|千葉県|鎌ケ谷市|新鎌ヶ谷1|"},
      {"府中市宮西町2-24", "|東京都|府中市|宮西町2-24|"},
      {"府中市上下町小堀1-2", "|広島県|府中市|上下町小堀1-2|"},
      {"府中市なし町1-2", "||府中市|なし町1-2|"},
      {"北海道上川郡東川町西３号北12番地の3山田ビル",
       "|北海道|上川郡東川町|西３号北12番地の3|山田ビル"},
      {"島根県松江市大正町４４７番地３０　２０２号",
       "|島根県|松江市|大正町４４７番地３０|２０２号"},
      {"京都府京都市中京区烏丸通御池下る虎屋町566-1井門明治生命ビル6F",
       "|京都府|京都市中京区|烏丸通御池下る虎屋町566-1|井門明治生命ビル6F"},
      {"北海道厚岸郡浜中町四番沢12番地の3山田ビル",
       "|北海道|厚岸郡浜中町|四番沢12番地の3|山田ビル"},
      {"廿日市市下平良1-11-1", "|広島県|廿日市市|下平良1-11-1|"},
      {"郡上市八幡町島谷228", "|岐阜県|郡上市|八幡町島谷228|"},
      {"市川市八幡1丁目1番1号", "|千葉県|市川市|八幡1丁目1番1号|"},
      {"大和郡山市北郡山町248-4", "|奈良県|大和郡山市|北郡山町248-4|"},
      {"余市町朝日町26", "|北海道|余市郡余市町|朝日町26|"},
      {"東京都港区芝公園四丁目二番八号　東京タワー",
       "|東京都|港区|芝公園四丁目二番八号|東京タワー"},
      {"広島県府中市府川町315", "|広島県|府中市|府川町315|"},
      {"石川県金沢市鞍月東２丁目1番地", "|石川県|金沢市|鞍月東２丁目1番地|"},
      {"中野区本町四丁目３０番１２　中野マンション１０１号室",
       "|東京都|中野区|本町四丁目３０番１２|中野マンション１０１号室"},
      {"福井県鯖江市中野町第１７４号１０番地の１", "|福井県|鯖江市|中野町第１７４号１０番地の１|"},
      {"香川県高松市古新町１番地6", "|香川県|高松市|古新町１番地6|"},
      {"神奈川県横浜市中区日本大通1", "|神奈川県|横浜市中区|日本大通1|"},
      {"京都府京都市下京区俵屋町", "|京都府|京都市下京区|俵屋町|"},
      {"東京都 千代田区 丸の内1-1-1 パレスビル 5F", "|東京都|千代田区|丸の内1-1-1|パレスビル 5F"},
      {"東京都港区赤坂9-7-1ミッドタウン・タワー", "|東京都|港区|赤坂9-7-1|ミッドタウン・タワー"},
      {"東京都港区赤坂9丁目 7-1", "|東京都|港区|赤坂9丁目 7-1|"},
      {"東京都港区赤坂9-7-1 5F", "|東京都|港区|赤坂9-7-1|5F"},
      {"四日市市諏訪町1-5", "|三重県|四日市市|諏訪町1-5|"},
      {"大阪府大阪市北区大深町3番1号グランフロント大阪タワーB 15階",
       "|大阪府|大阪市北区|大深町3番1号|グランフロント大阪タワーB 15階"},
      {"東京都三宅島三宅村阿古497", "|東京都|三宅島三宅村|阿古497|"},
      {"愛知県清洲市春日", "|愛知県|清洲市|春日|"},
      {"静岡県浜松市中区元城町103-2", "|静岡県|浜松市|中区元城町103-2|"},
      {"1000001東京都千代田区", "1000001|東京都|千代田区||"},
      {"東京都", "|東京都|||"},
  };
  for (const SplitCase& one : cases) {
    const auto address = split_address(one.line);
    ASSERT_TRUE(address) << one.line;
    EXPECT_EQ(address->postal_code + "|" + address->prefecture + "|" + address->city + "|" +
                  address->street + "|" + address->building,
              one.expected)
        << one.line;
  }
  for (const char* line : {"", "山田ビル", "1-2-3", "非公開", "　", "〒100-0001"}) {
    EXPECT_FALSE(split_address(line)) << line;
  }
  EXPECT_FALSE(split_address("愛知県清洲市春日")->city_known);
}

// Prefecture and city of every postal row come back from its own line.
TEST_F(SplitAddress, ReadsEveryPlaceBack) {
  for (std::size_t i = 0; i < postal_count(); i += 53) {
    const PostalPlace place = postal_row(i).place;
    const std::string line = std::string(place.prefecture) + std::string(place.city) +
                             std::string(place.town) + "1-2-3 山田ビル";
    const auto address = split_address(line);
    ASSERT_TRUE(address) << line;
    ASSERT_EQ(address->prefecture, place.prefecture) << line;
    ASSERT_TRUE(address->city_known) << line;
  }
}

TEST(AddressKey, OnePlaceInManySpellings) {
  for (const char* street : {"箱根ヶ崎二丁目3番4号", "箱根ケ崎2-3-4", "箱根が崎２丁目３－４",
                             "箱根ケ崎 2丁目3-4", "大字箱根ヶ崎２ー３ー４"}) {
    EXPECT_EQ(address_key(street), "箱根ケ崎2-3-4") << street;
  }
  const std::pair<const char*, const char*> same[] = {
      {"中野1番地の2", "中野1-2"}, {"三ッ沢下町1番地", "三ツ沢下町1"}, {"ニ葉町1", "二葉町一番"},
      {"溝之口1", "溝の口1"},      {"十二番町3", "12番町3"},           {"北一条西2", "北1条西2"}};
  for (const auto& [a, b] : same) {
    EXPECT_EQ(address_key(a), address_key(b));
  }
  EXPECT_NE(address_key("中野1-2"), address_key("中野12"));
  EXPECT_EQ(address_key("十文字町2"), "十文字町2");
  EXPECT_EQ(address_key(""), "");
}

}  // namespace
}  // namespace daifuku::text
