#include "text/postal_write.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "text/postal_table.h"

namespace daifuku::text {
namespace {

using Line = std::vector<std::string_view>;

// The columns behind the town tell of the town's numbering; nothing reads them.
Line town(std::string_view jis, std::string_view code, std::string_view city_kana,
          std::string_view kana, std::string_view city, std::string_view name) {
  return {jis, "", code, "", city_kana, kana, "", city, name, "0", "0", "0", "0", "0", "0"};
}

struct Made {
  explicit Made(PostalEntries& entries) : block(entries.write(20260801)), table(block) {}
  std::string block;
  PostalTable table;
};

TEST(PostalEntries, JoinsTownsWhoseBracketEndsLinesBelow) {
  PostalEntries entries;
  const auto line = [&](std::string_view kana, std::string_view name) {
    return entries.add_town(town("01224", "0660005", "ﾁﾄｾｼ", kana, "千歳市", name));
  };
  EXPECT_TRUE(line("ｷﾖｳﾜ(88-2､271-10､343-2､404-1､427-",
                   "協和（８８－２、２７１－１０、３４３－２、４０４－１、４２７－"));
  EXPECT_TRUE(entries.open());
  EXPECT_TRUE(line("3､431-12､443-6､608-2､641-8､814､842-",
                   "３、４３１－１２、４４３－６、６０８－２、６４１－８、８１４、８４２－"));
  EXPECT_TRUE(
      line("5､1137-3､1392､1657､1752ﾊﾞﾝﾁ)", "５、１１３７－３、１３９２、１６５７、１７５２番地）"));
  EXPECT_FALSE(entries.open());
  EXPECT_TRUE(entries.add_town(town("01224", "0660077", "ﾁﾄｾｼ", "ｳｴﾊﾞﾔｼ", "千歳市", "上長都")));

  const Made made(entries);
  ASSERT_EQ(made.table.rows(), 2U);
  const PostalPlace place = made.table.place(0);
  EXPECT_EQ(place.town, "協和");
  EXPECT_EQ(place.town_kana, "キヨウワ");
  EXPECT_EQ(place.city_kana, "チトセシ");
  EXPECT_TRUE(place.note.starts_with("８８－２、"));
  EXPECT_TRUE(place.note.ends_with("１７５２番地"));
  EXPECT_EQ(place.prefecture, "北海道");
  EXPECT_EQ(made.table.code(1), "0660077");
  EXPECT_EQ(made.table.date(), 20260801U);
}

TEST(PostalEntries, TakesTheNotesOfThePostOffice) {
  struct Case {
    const char* city;
    const char* name;
    const char* kana;
    const char* expected;  // town|kana|note
  };
  const Case cases[] = {
      {"千代田区", "以下に掲載がない場合", "ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ", "||"},
      {"境町", "境町の次に番地がくる場合", "ｻｶｲﾏﾁﾉﾂｷﾞﾆﾊﾞﾝﾁｶﾞｸﾙﾊﾞｱｲ", "||"},
      {"渡名喜村", "渡名喜村一円", "ﾄﾅｷｿﾝｲﾁｴﾝ", "||"},
      {"多賀町", "一円", "ｲﾁｴﾝ", "一円|イチエン|"},
      {"千代田区", "丸の内丸の内パークビルディング（１８階）", "ﾏﾙﾉｳﾁﾏﾙﾉｳﾁﾊﾟｰｸﾋﾞﾙﾃﾞｨﾝｸﾞ(18ｶｲ)",
       "丸の内丸の内パークビルディング　１８階|マルノウチマルノウチパークビルディング　18カイ|"},
      {"千代田区", "丸の内ＪＰタワー（地階・階層不明）", "ﾏﾙﾉｳﾁｼﾞｪｲﾋﾟｰﾀﾜｰ(ﾁｶｲ･ｶｲｿｳﾌﾒｲ)",
       "丸の内ＪＰタワー|マルノウチジェイピータワー|地階・階層不明"},
      {"武蔵村山市", "三ツ木（１～５丁目）", "ﾐﾂｷﾞ(1-5ﾁｮｳﾒ)", "三ツ木|ミツギ|１～５丁目"},
      {"京都市中京区", "中之町（小川通丸太町下る、小川通竹屋町上る）",
       "ﾅｶﾉﾁｮｳ(ｵｶﾞﾜﾄﾞｵﾘﾏﾙﾀﾏﾁｻｶﾞﾙ､ｵｶﾞﾜﾄﾞｵﾘﾀｹﾔﾏﾁｱｶﾞﾙ)",
       "中之町|ナカノチョウ|小川通丸太町下る、小川通竹屋町上る"},
      {"札幌市北区", "北十条西（１～１１丁目）", "ｷﾀ10ｼﾞｮｳﾆｼ(1-11ﾁｮｳﾒ)",
       "北十条西|キタ10ジョウニシ|１～１１丁目"},
  };
  for (const Case& one : cases) {
    PostalEntries entries;
    ASSERT_TRUE(entries.add_town(town("13101", "1000000", "", one.kana, one.city, one.name)));
    const PostalEntry& entry = entries.entries().front();
    EXPECT_EQ(entry.town + "|" + entry.town_kana + "|" + entry.note, one.expected) << one.name;
  }
}

TEST(PostalEntries, ReadsOffices) {
  PostalEntries entries;
  ASSERT_TRUE(entries.add_office(Line{"01101", "(ｶﾌﾞ)ﾆﾎﾝｹｲｻﾞｲｼﾝﾌﾞﾝｼﾔ", "株式会社　日本経済新聞社",
                                      "北海道", "札幌市中央区", "北一条西", "６丁目１－２",
                                      "0608621", "060", "札幌中央", "0", "0", "0"}));

  const Made made(entries);
  const PostalPlace place = made.table.place(0);
  EXPECT_TRUE(made.table.is_office(0));
  EXPECT_EQ(place.office, "株式会社　日本経済新聞社");
  EXPECT_EQ(place.office_kana, "(カブ)ニホンケイザイシンブンシヤ");
  EXPECT_EQ(place.street, "６丁目１－２");
}

TEST(PostalEntries, RefusesWhatIsNeitherLayout) {
  PostalEntries entries;
  EXPECT_FALSE(entries.add_town(Line{"13101", "1000001"}));
  EXPECT_FALSE(entries.add_town(town("99101", "1000001", "", "", "千代田区", "千代田")));
  EXPECT_FALSE(entries.add_town(town("13101", "100000", "", "", "千代田区", "千代田")));
  EXPECT_FALSE(entries.add_town(town("13101", "1000001", "", "", "", "千代田")));
  EXPECT_FALSE(entries.add_office(Line{"13101"}));
  EXPECT_EQ(entries.size(), 0U);
  // A bracket that is never closed.
  ASSERT_TRUE(entries.add_town(town("13101", "1000001", "", "ｱ(1", "千代田区", "千代田（１")));
  EXPECT_FALSE(entries.add_town(town("13101", "1000002", "", "", "千代田区", "皇居外苑")));
  EXPECT_EQ(entries.size(), 1U);
}

TEST(PostalTable, HoldsEveryTownOfACodeOnce) {
  PostalEntries entries;
  for (const char* name : {"鎌島", "五明", "鎌島"})
    ASSERT_TRUE(entries.add_town(town("23235", "4980000", "ﾔﾄﾐｼ", "", "弥富市", name)));

  const Made made(entries);
  const auto [from, to] = made.table.find("4980000");
  EXPECT_EQ(to - from, 2U);
  EXPECT_EQ(made.table.find("4980001").first, made.table.find("4980001").second);
  EXPECT_EQ(made.table.find("498000").second, 0U);
}

TEST(PostalTable, RefusesADamagedBlock) {
  PostalEntries entries;
  ASSERT_TRUE(entries.add_town(town("23235", "4980000", "ﾔﾄﾐｼ", "ｱ", "弥富市", "五明")));
  const std::string block = entries.write(0);
  ASSERT_EQ(PostalTable(block).rows(), 1U);
  std::size_t refused = 0;
  for (std::size_t i = 0; i + 4 <= block.size(); i += 4) {
    std::string damaged = block;
    damaged[i + 2] = '\x7f';  // some eight million more
    try {
      const PostalTable table(damaged);
      for (std::size_t row = 0; row < table.rows(); ++row) table.place(row);
    } catch (const SystemError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 10U);
  EXPECT_THROW(PostalTable(std::string_view(block).substr(0, block.size() - 1)), SystemError);
  EXPECT_THROW(PostalTable("DFP2"), SystemError);
}

class FindPostal : public testing::Test {
 protected:
  FindPostal() {
    const auto add = [&](std::string_view jis, std::string_view code, std::string_view city,
                         std::string_view name) {
      EXPECT_TRUE(entries_.add_town(town(jis, code, "ｶﾅ", "", city, name)));
    };
    add("13101", "1000000", "千代田区", "以下に掲載がない場合");
    add("13101", "1000005", "千代田区", "丸の内（次のビルを除く）");
    add("13101", "1000006", "千代田区", "丸の内ＪＰタワー（３階）");
    add("13223", "2080031", "武蔵村山市", "三ツ木（６丁目以上）");
    add("13223", "2080032", "武蔵村山市", "三ツ木（１～５丁目）");
    add("12409", "2891601", "山武郡芝山町", "香山新田（その他）");
    add("12409", "2820000", "山武郡芝山町", "香山新田（１００～１１９番地）");
    add("26104", "6040086", "京都市中京区", "中之町（小川通丸太町下る、小川通竹屋町上る）");
    add("26104", "6048333", "京都市中京区", "中之町（三条通神泉苑西入）");
    add("26104", "6040001", "京都市中京区", "道場町");
    add("01101", "0600001", "札幌市中央区", "北一条西（１～１９丁目）");
    add("01101", "0640821", "札幌市中央区", "北一条西（２０～２８丁目）");
    add("01101", "0600011", "札幌市中央区", "北十一条西");
    table_ = std::make_unique<Made>(entries_);
  }
  std::string codes(std::string_view prefecture, std::string_view city, std::string_view street) {
    std::string out;
    for (const auto& match : find_postal(table_->table, prefecture, city, street, 10))
      out += (out.empty() ? "" : " ") + table_->table.code(match.row) + (match.exact ? "!" : "");
    return out;
  }

 private:
  PostalEntries entries_;
  std::unique_ptr<Made> table_;
};

TEST_F(FindPostal, PicksTheTownAndItsPart) {
  const struct {
    const char* prefecture;
    const char* city;
    const char* street;
    const char* expected;
  } cases[] = {
      {"東京都", "千代田区", "丸の内1-1-1", "1000005!"},
      {"", "千代田区", "大字丸ノ内１丁目１番１号", "1000005!"},
      {"東京都", "千代田区", "どこか1-1", "1000000"},
      {"東京都", "武蔵村山市", "三ツ木3-12", "2080032!"},
      {"東京都", "武蔵村山市", "三ッ木五丁目12番1号", "2080032!"},
      {"東京都", "武蔵村山市", "三ツ木6-1", "2080031!"},
      {"千葉県", "山武郡芝山町", "香山新田105", "2820000!"},
      {"千葉県", "芝山町", "香山新田205", "2891601!"},
      {"京都府", "京都市中京区", "小川通丸太町下る中之町70", "6040086!"},
      {"京都府", "京都市中京区", "三条通神泉苑西入中之町1", "6048333!"},
      {"北海道", "札幌市中央区", "北1条西2丁目", "0600001!"},
      {"北海道", "札幌市中央区", "北一条西二十五丁目", "0640821!"},
      {"北海道", "札幌市中央区", "北11条西1丁目", "0600011!"},
      {"大阪府", "千代田区", "丸の内1-1-1", ""},
      {"東京都", "", "丸の内1-1-1", ""},
  };
  for (const auto& one : cases)
    EXPECT_EQ(codes(one.prefecture, one.city, one.street), one.expected) << one.street;
}

TEST(FullWidthKana, WritesReadings) {
  EXPECT_EQ(full_width_kana("ﾎｯｶｲﾄﾞｳ"), "ホッカイドウ");
  EXPECT_EQ(full_width_kana("ﾊﾟｰｸ１８ｶｲ"), "パーク18カイ");
  EXPECT_EQ(full_width_kana(""), "");
}

}  // namespace
}  // namespace daifuku::text
