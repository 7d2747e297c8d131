#include "exchange/vcard.h"

#include <gtest/gtest.h>

#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

VCard parse(std::string_view text) {
  auto card = parse_vcard(text);
  EXPECT_TRUE(card.has_value()) << text;
  return card.value_or(VCard{});
}

std::vector<std::string> split(const std::vector<std::string>& pieces, std::size_t most = 1 << 25) {
  VCardSplitter splitter(most);
  std::vector<std::string> out;
  std::string card;
  std::int64_t line = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    splitter.add(pieces[i], i + 1 == pieces.size());
    while (splitter.next(card, line)) out.push_back(std::to_string(line) + ":" + card);
  }
  return out;
}

TEST(VCard, ReadsVersion3) {
  const VCard card = parse(
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:山田;太郎;;;\r\nFN:山田 太郎\r\n"
      "X-PHONETIC-LAST-NAME:ヤマダ\r\nX-PHONETIC-FIRST-NAME:タロウ\r\n"
      "ORG:株式会社大福商店;営業本部;第一課\r\nTITLE:課長\r\n"
      "TEL;TYPE=WORK,VOICE:03-1234-5678\r\nTEL;TYPE=CELL,PREF:090-1111-2222\r\n"
      "TEL;TYPE=WORK,FAX:03-1234-5679\r\n"
      "item1.EMAIL;TYPE=INTERNET:taro@example.jp\r\nEMAIL;type=pref:t.yamada@example.jp\r\n"
      "ADR;TYPE=WORK:;大福ビル5F;丸の内1-2-3;千代田区;東京都;100-0005;日本\r\n"
      "URL:https://www.example.jp/\r\nBDAY:1980-04-01\r\n"
      "CATEGORIES:展示会,重要\\,客\r\nNOTE:一行目\\n二行目\\; \\, \\\\\r\nEND:VCARD\r\n");

  EXPECT_EQ(card.family, "山田");
  EXPECT_EQ(card.given, "太郎");
  EXPECT_EQ(card.family_kana, "ヤマダ");
  EXPECT_EQ(card.given_kana, "タロウ");
  EXPECT_EQ(card.organization, "株式会社大福商店");
  EXPECT_EQ(card.units, (std::vector<std::string>{"営業本部", "第一課"}));
  EXPECT_EQ(card.title, "課長");
  ASSERT_EQ(card.phones.size(), 3U);
  EXPECT_EQ(card.phones[0].kind, VCardPhone::Kind::mobile);  // the preferred one
  EXPECT_EQ(card.phones[1].number, "03-1234-5678");
  EXPECT_EQ(card.phones[2].kind, VCardPhone::Kind::fax);
  EXPECT_EQ(card.emails, (std::vector<std::string>{"t.yamada@example.jp", "taro@example.jp"}));
  ASSERT_EQ(card.addresses.size(), 1U);
  EXPECT_EQ(card.addresses[0].postal_code, "100-0005");
  EXPECT_EQ(card.addresses[0].text, "東京都千代田区丸の内1-2-3 大福ビル5F");
  EXPECT_FALSE(card.addresses[0].home);
  EXPECT_EQ(card.birthday, "1980-04-01");
  EXPECT_EQ(card.categories, (std::vector<std::string>{"展示会", "重要,客"}));
  EXPECT_EQ(card.note, "一行目\n二行目; , \\");
  EXPECT_EQ(card.shown_name(), "山田 太郎");
}

TEST(VCard, ReadsVersion4) {
  const VCard card = parse(
      "BEGIN:VCARD\nVERSION:4.0\nFN:佐藤 花子\nN;SORT-AS=\"サトウ,ハナコ\":佐藤;花子;;;\n"
      "TEL;VALUE=uri;TYPE=\"voice,home\":tel:+81-3-1111-2222;ext=12\n"
      "EMAIL;PREF=1:mailto:hanako@example.jp\nBDAY:19991231\n"
      "ADR;TYPE=home;LABEL=\"東京都;港区\":;;1-1;港区;東京都;105-0001;JP\n"
      "PHOTO:data:image/jpeg;base64,AAAA\nEND:VCARD\n");

  EXPECT_EQ(card.family_kana, "サトウ");
  EXPECT_EQ(card.given_kana, "ハナコ");
  ASSERT_EQ(card.phones.size(), 1U);
  EXPECT_EQ(card.phones[0].number, "+81-3-1111-2222");
  EXPECT_EQ(card.phones[0].kind, VCardPhone::Kind::home);
  EXPECT_EQ(card.emails.front(), "hanako@example.jp");
  EXPECT_EQ(card.birthday, "1999-12-31");
  EXPECT_TRUE(card.addresses.at(0).home);
  EXPECT_EQ(card.addresses[0].text, "東京都港区1-1");
  EXPECT_EQ(card.left_out, 1);
}

TEST(VCard, JoinsFoldedLinesAlsoInsideACharacter) {
  const std::string note = "折り返しの長い覚え書き";
  const std::string whole = "NOTE:" + note;
  std::string folded =
      whole.substr(0, 9) + "\r\n " + whole.substr(9, 10) + "\r\n\t" + whole.substr(19);

  EXPECT_EQ(parse("BEGIN:VCARD\r\nVERSION:3.0\r\n" + folded + "\r\nEND:VCARD\r\n").note, note);
}

TEST(VCard, ReadsTheQuotedPrintableOfJapaneseTelephones) {
  // 東京都渋谷区 in CP932, broken softly; 木村 in UTF-8.
  const VCard card = parse(
      "BEGIN:VCARD\r\nVERSION:2.1\r\n"
      "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9C=A8=E6=9D=91;=E8=8C=82;;;\r\n"
      "SOUND;X-IRMC-N;CHARSET=UTF-8:ｷﾑﾗ;ｼｹﾞﾙ;;;\r\n"
      "ADR;HOME;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:;=93=8C=8B=9E=93=73=\r\n"
      "=8F=61=92=4A=8B=E6;;;;150-8512;\r\n"
      "TEL;CELL;VOICE:09011112222\r\nTEL;X-NEC-FAMILY:0312345678\r\nEND:VCARD\r\n");

  EXPECT_EQ(card.shown_name(), "木村 茂");
  EXPECT_EQ(card.family_kana, "ｷﾑﾗ");
  EXPECT_EQ(card.given_kana, "ｼｹﾞﾙ");
  EXPECT_EQ(card.addresses.at(0).text, "東京都渋谷区");
  EXPECT_EQ(card.addresses.at(0).postal_code, "150-8512");
  EXPECT_EQ(card.phones.at(0).kind, VCardPhone::Kind::mobile);
  EXPECT_EQ(card.phones.at(1).kind, VCardPhone::Kind::other);
}

TEST(VCard, PassesOverPicturesHoweverTheyAreWritten) {
  const VCard card = parse(
      "BEGIN:VCARD\r\nVERSION:2.1\r\nPHOTO;JPEG;ENCODING=BASE64:\r\nAAAA+/AAAA\r\nBBBB==\r\n\r\n"
      "LOGO;ENCODING=b;TYPE=PNG:AAAA\r\n BBBB\r\nFN:Somebody\r\nEND:VCARD\r\n");

  EXPECT_EQ(card.name, "Somebody");
  EXPECT_EQ(card.left_out, 2);
}

TEST(VCard, LeavesTheCardOfAnAgentAlone) {
  const VCard card = parse(
      "BEGIN:VCARD\r\nVERSION:2.1\r\nN:社長;;;;\r\nAGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\n"
      "N:秘書;;;;\r\nTEL:1\r\nEND:VCARD\r\nTITLE:代表\r\nEND:VCARD\r\n");

  EXPECT_EQ(card.family, "社長");
  EXPECT_EQ(card.title, "代表");
  EXPECT_TRUE(card.phones.empty());
}

TEST(VCard, SurvivesWhatIsNoCard) {
  EXPECT_FALSE(parse_vcard("").has_value());
  EXPECT_FALSE(parse_vcard("会社名,電話番号\r\n").has_value());
  EXPECT_FALSE(parse_vcard("MECARD:N:山田,太郎;;").has_value());
  EXPECT_EQ(parse("BEGIN:VCARD\r\n").shown_name(), "");
  EXPECT_EQ(parse("BEGIN:VCARD\r\nN\r\n:x\r\n;;;=:\r\nTEL;\":1\r\nFN;CHARSET=無い:甲\\").name,
            "甲\\");
  EXPECT_EQ(parse("\xEF\xBB\xBF\r\nbegin:vcard\r\nfn:b\r\nend:vcard").name, "b");
  // Bytes that mean nothing are counted, and stop nothing.
  const VCard bad = parse("BEGIN:VCARD\nFN;CHARSET=UTF-8:a\xFF\xFE\x62\nNOTE:=\nEND:VCARD\n");
  EXPECT_GE(bad.replaced, 1U);
}

TEST(VCard, CutsWhatIsTooLong) {
  std::string text = "BEGIN:VCARD\nVERSION:3.0\nNOTE:" + std::string(200'000, 'x') + "\n";
  for (int i = 0; i < 5'000; ++i) text += "TEL:" + std::to_string(i) + "\n";
  const VCard card = parse(text + "END:VCARD\n");

  EXPECT_EQ(card.note.size(), 32'767U);
  EXPECT_LT(card.phones.size(), 2'000U);
}

TEST(VCardSplitter, FindsCardsInPiecesOfAnySize) {
  const std::string text =
      "\r\nBEGIN:VCARD\r\nFN:a\r\nAGENT:\r\nBEGIN:VCARD\r\nEND:VCARD\r\nEND:VCARD\r\n\r\n"
      "junk\r\nbegin:vcard \r\nFN:b\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:c";
  std::vector<std::string> bytes;
  for (const char c : text) bytes.emplace_back(1, c);

  const auto whole = split({text});
  EXPECT_EQ(split(bytes), whole);
  ASSERT_EQ(whole.size(), 3U);
  EXPECT_TRUE(whole[0].starts_with("2:BEGIN:VCARD"));
  EXPECT_TRUE(whole[1].starts_with("10:begin:vcard"));
  EXPECT_TRUE(whole[2].ends_with("FN:c"));
}

TEST(VCardSplitter, PassesOverACardWithoutEnd) {
  const std::string big = "BEGIN:VCARD\nPHOTO:" + std::string(5'000, 'A') + "\nEND:VCARD\n";

  const auto found = split({big + "BEGIN:VCARD\nFN:b\nEND:VCARD\n"}, 1'000);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].find("FN:b"), std::string::npos);
}

}  // namespace
}  // namespace daifuku::exchange
