#include "text/encoding.h"

#include <gtest/gtest.h>

#include "text/cases_test.h"
#include "text/fold.h"

namespace daifuku::text {
namespace {

std::string cp932(std::string_view utf8) {
  std::string out;
  to_cp932(utf8, out);
  return out;
}

Encoding detected(std::string_view bytes) { return detect_encoding(bytes, true).encoding; }

constexpr std::string_view kList =
    "会社名,電話番号,住所\r\n株式会社山田製作所,03-1234-5678,東京都港区赤坂1-2-3\r\n㈱髙島屋,06-"
    "1234-5678,大阪府大阪市北区\r\n";

TEST(DetectEncoding, ByMark) {
  EXPECT_TRUE(detect_encoding("\xEF\xBB\xBF"
                              "a,b")
                  .bom);
  EXPECT_EQ(detected("\xEF\xBB\xBF"
                     "a,b"),
            Encoding::utf8);
  EXPECT_EQ(detected(std::string_view("\xFF\xFE"
                                      "a\0",
                                      4)),
            Encoding::utf16le);
  EXPECT_EQ(detected(std::string_view("\xFE\xFF"
                                      "\0a",
                                      4)),
            Encoding::utf16be);
  EXPECT_EQ(detected("\x1B$B;3ED\x1B(B"), Encoding::iso_2022_jp);
  EXPECT_TRUE(detect_encoding("a,b\r\n1,2\r\n").ascii);
  EXPECT_TRUE(detect_encoding("").ascii);
}

TEST(DetectEncoding, OfAList) {
  EXPECT_EQ(detect_encoding(kList, true).confidence, 100);
  EXPECT_EQ(detected(kList), Encoding::utf8);
  EXPECT_EQ(detected(cp932(kList)), Encoding::cp932);
  EXPECT_GE(detect_encoding(cp932(kList), true).confidence, 70);
}

// 山田 and 営業 in EUC-JP, with and without kana; the bytes are written out.
TEST(DetectEncoding, OfShortTexts) {
  EXPECT_EQ(detected("\xBB\xB3\xC5\xC4\xA4\xE4\xA4\xDE\xA4\xC0,\xB1\xC4\xB6\xC8\xC9\xF4\n"),
            Encoding::euc_jp);
  EXPECT_EQ(detected("\xB3\xF4\xBC\xB0\xB2\xF1\xBC\xD2\xBB\xB3\xC5\xC4\n"), Encoding::euc_jp);
  EXPECT_EQ(detected(cp932("株式会社山田\n")), Encoding::cp932);
  EXPECT_EQ(detected(cp932("山田,営業\n")), Encoding::cp932);
  EXPECT_EQ(detected(cp932("名前,電話\n山田,1\n")), Encoding::cp932);
  EXPECT_EQ(detected(cp932("あ")), Encoding::cp932);
}

TEST(DetectEncoding, OfHalfWidthKanaOnly) {
  for (const char* text : {"ﾔﾏﾀﾞ\n", "ﾔﾏﾀﾞ ﾀﾛｳ\n", "ｶ)ﾔﾏﾀﾞｾｲｻｸｼﾖ,0123456\n",
                           "ｽｽﾞｷ\r\nｻﾄｳ\r\nﾀｶﾊｼ\r\n", "ﾐﾂﾋﾞｼUFJ\n"}) {
    EXPECT_EQ(detected(cp932(text)), Encoding::cp932) << text;
  }
}

TEST(DetectEncoding, OfUtf16WithoutAMark) {
  const auto utf16 = [](std::u16string_view text, bool little) {
    std::string out;
    for (const char16_t unit : text) {
      const char low = static_cast<char>(unit & 0xFFU);
      const char high = static_cast<char>(unit >> 8U);
      out += little ? low : high;
      out += little ? high : low;
    }
    return out;
  };
  for (const std::u16string_view text : {u"会社名\t電話\r\n山田製作所\t03-1234-5678\r\n",
                                         u"やまだたろう", u"ヤマダ\r\n", u"name\tphone\r\n"}) {
    EXPECT_EQ(detected(utf16(text, true)), Encoding::utf16le);
    EXPECT_EQ(detected(utf16(text, false)), Encoding::utf16be);
  }
}

TEST(DetectEncoding, ACutCharacterAtTheEndIsNoError) {
  const std::string sjis = cp932(kList);
  for (std::size_t size = sjis.size() / 2; size < sjis.size(); ++size) {
    EXPECT_EQ(detect_encoding(std::string_view(sjis).substr(0, size)).encoding, Encoding::cp932)
        << size;
  }
  for (std::size_t size = 4; size < kList.size(); ++size) {
    EXPECT_EQ(detect_encoding(kList.substr(0, size)).encoding, Encoding::utf8) << size;
  }
}

TEST(DetectEncoding, WesternText) {
  EXPECT_EQ(detected("caf\xE9, na\xEFve, r\xE9sum\xE9\n"), Encoding::latin1);
  EXPECT_EQ(detected("Müller, Straße, café\n"), Encoding::utf8);
  EXPECT_FALSE(detect_encoding("Müller, Straße, café\n", true).mojibake);
}

TEST(DetectEncoding, OfTheSampleFiles) {
  const std::pair<const char*, Encoding> files[] = {
      {"chiba_nursery_cp932.csv", Encoding::cp932},
      {"chino_kokyo_shisetsu.csv", Encoding::utf8},
      {"houjin_diff_20210714.csv", Encoding::utf8},
      {"houjin_diff_20230201_cp932.csv", Encoding::cp932},
      {"imabari_hoikuen.csv", Encoding::cp932},
      {"localgov_sjis_crlf.csv", Encoding::cp932},
      {"nakano_hoiku.csv", Encoding::utf8},
      {"sabae_houjin.csv", Encoding::utf8},
      {"shirasagi_shisetsu.csv", Encoding::cp932},
      {"yaizu_nouen.csv", Encoding::cp932},
      {"mail/bounce_notes_jis.eml", Encoding::iso_2022_jp},
      {"mail/docomo_sjis_8bit.eml", Encoding::cp932},
      {"mail/bounce_kddi_mislabelled.eml", Encoding::utf8},
      {"vcard/v21_japanese_1.vcf", Encoding::cp932}};
  if (shared_file("real/nakano_hoiku.csv").empty()) {
    GTEST_SKIP() << "the sample data is not beside the repository";
  }
  for (const auto& [name, encoding] : files) {
    const std::string bytes = shared_file(std::string("real/") + name);
    EXPECT_EQ(
        detect_encoding(std::string_view(bytes).substr(0, 65536), bytes.size() <= 65536).encoding,
        encoding)
        << name;
    std::size_t replaced = 0;
    decode(bytes, encoding, &replaced);
    EXPECT_EQ(replaced, 0U) << name;
  }
}

TEST(RepairMojibake, TurnsTheBytesBack) {
  // Each byte of CP932 as the Latin-1 character of that number.
  std::string latin1;
  for (const char c : cp932("全国地方公共団体コード,名称\r\n")) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      latin1 += c;
    } else {
      latin1 += static_cast<char>(0xC0 | (byte >> 6));
      latin1 += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  ASSERT_TRUE(valid_utf8(latin1));
  EXPECT_EQ(repair_mojibake(latin1).value_or("none"), "全国地方公共団体コード,名称\r\n");
  EXPECT_TRUE(detect_encoding(latin1, true).mojibake);
  EXPECT_EQ(detected(latin1), Encoding::utf8);
  EXPECT_EQ(repair_mojibake("æ\u009D±äº¬").value_or("none"), "東京") << "UTF-8 read as Latin-1";
  EXPECT_EQ(repair_mojibake("“Œ‹ž“s").value_or("none"), "東京都") << "CP932 read as Windows-1252";
}

TEST(RepairMojibake, LeavesGoodTextAlone) {
  for (const char* text : {"", "abc", "東京", "café", "Müller Straße", "naïve résumé", "Zoë Ünal",
                           "¥1,000", "±5", "20°C", "© 2026 Æon"}) {
    EXPECT_FALSE(repair_mojibake(text)) << text;
  }
}

TEST(RepairMojibake, OfTheDamagedSample) {
  const std::string bytes = shared_file("real/ishikawa_aed_mojibake.csv");
  if (bytes.empty()) {
    GTEST_SKIP() << "the sample data is not beside the repository";
  }
  EXPECT_TRUE(detect_encoding(std::string_view(bytes).substr(0, 65536)).mojibake);
  const auto mended = repair_mojibake(bytes);
  ASSERT_TRUE(mended);
  EXPECT_TRUE(mended->starts_with("全国地方公共団体コード,ID,"));
}

TEST(Decoder, TakesPiecesOfAnySize) {
  const std::pair<Encoding, std::string> texts[] = {
      {Encoding::utf8, std::string(kList)},
      {Encoding::cp932, cp932(kList)},
      {Encoding::euc_jp, "\xBB\xB3\xC5\xC4\xA4\xE4\xA4\xDE\xA4\xC0\xAD\xA1"},
      {Encoding::iso_2022_jp, "\x1B$B-!;3ED\x1B(B abc \x1B(I1\x1B(B"},
      {Encoding::utf16le, std::string("\xFF\xFE\x71\x5C\x42\xD8\xB7\xDF\x0A\x00", 10)}};
  for (const auto& [encoding, bytes] : texts) {
    const std::string whole = decode(bytes, encoding);
    for (std::size_t step = 1; step <= 5; ++step) {
      Decoder decoder(encoding);
      std::string out;
      for (std::size_t at = 0; at < bytes.size(); at += step) {
        decoder.decode(std::string_view(bytes).substr(at, step), out);
      }
      decoder.decode({}, out, true);
      EXPECT_EQ(out, whole) << encoding_name(encoding) << " by " << step;
      EXPECT_EQ(decoder.replaced(), 0U);
    }
  }
  EXPECT_EQ(decode("\xBB\xB3\xC5\xC4\xA4\xE4\xAD\xA1", Encoding::euc_jp), "山田や①");
  EXPECT_EQ(decode("\x1B$B-!;3ED\x1B(B \x1B(I1\x1B(B", Encoding::iso_2022_jp), "①山田 ｱ");
  EXPECT_EQ(decode(std::string_view("\xFF\xFE\x71\x5C\x42\xD8\xB7\xDF", 8), Encoding::utf16le),
            "山𠮷");
}

TEST(Decoder, CountsWhatItCannotRead) {
  std::size_t replaced = 0;
  EXPECT_EQ(decode("a\xFF"
                   "b",
                   Encoding::utf8, &replaced),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(replaced, 1U);
  decode("\x82", Encoding::cp932, &replaced);
  EXPECT_EQ(replaced, 1U);
  EXPECT_EQ(decode("\xEF\xBB\xBF"
                   "a",
                   Encoding::utf8, &replaced),
            "a");
  EXPECT_EQ(replaced, 0U);
}

TEST(ToCp932, IsMicrosoftsTable) {
  const std::pair<const char*, const char*> cases[] = {
      {"①", "\x87\x40"},  {"㈱", "\x87\x8A"}, {"Ⅰ", "\x87\x54"},  {"ⅰ", "\xFA\x40"},
      {"髙", "\xFB\xFC"}, {"﨑", "\xFA\xB1"}, {"～", "\x81\x60"}, {"－", "\x81\x7C"},
      {"\\", "\x5C"},     {"ｱ", "\xB1"},      {"山", "\x8E\x52"}};
  for (const auto& [text, bytes] : cases) {
    EXPECT_EQ(cp932(text), bytes) << text;
    EXPECT_EQ(decode(bytes, Encoding::cp932), text);
  }
}

TEST(ToCp932, LosesNothingSilently) {
  std::string out;
  std::vector<Replaced> replaced;
  to_cp932("〜−—‖¢£¬¥‾㍿", out, &replaced);
  EXPECT_TRUE(replaced.empty()) << "these have a character of the same meaning";
  EXPECT_EQ(decode(out, Encoding::cp932), "～－―∥￠￡￢￥￣株式会社");
  const std::pair<const char*, const char*> cases[] = {{"𠮷", "吉"},      {"é", "e"},  {"ñ", "n"},
                                                       {"葛󠄀", "葛"}, {"😀", "〓"}, {"한", "〓"},
                                                       {"•", "・"},       {"½", "〓"}};
  for (const auto& [from, to] : cases) {
    out.clear();
    replaced.clear();
    to_cp932(std::string("山") + from + "田", out, &replaced);
    ASSERT_EQ(replaced.size(), 1U) << from;
    EXPECT_EQ(replaced[0].offset, 3U);
    EXPECT_EQ(replaced[0].from, from);
    EXPECT_EQ(replaced[0].to, to);
    EXPECT_EQ(decode(out, Encoding::cp932), std::string("山") + to + "田") << from;
  }
}

TEST(ToCp932, RoundTripsTheSamples) {
  const std::string bytes = shared_file("real/localgov_sjis_crlf.csv");
  if (bytes.empty()) {
    GTEST_SKIP() << "the sample data is not beside the repository";
  }
  EXPECT_EQ(cp932(decode(bytes, Encoding::cp932)), bytes);
}

TEST(ParseEncoding, Names) {
  for (const char* name : {"Shift_JIS", "sjis", "CP932", "Windows-31J", "MS932", "x-sjis"}) {
    EXPECT_EQ(parse_encoding(name), Encoding::cp932) << name;
  }
  EXPECT_EQ(parse_encoding("UTF-8"), Encoding::utf8);
  EXPECT_EQ(parse_encoding("eucJP-ms"), Encoding::euc_jp);
  EXPECT_EQ(parse_encoding("ISO-2022-JP"), Encoding::iso_2022_jp);
  EXPECT_FALSE(parse_encoding("klingon"));
  for (int i = 0; i <= static_cast<int>(Encoding::latin1); ++i) {
    const auto encoding = static_cast<Encoding>(i);
    EXPECT_EQ(parse_encoding(encoding_name(encoding)), encoding);
  }
}

}  // namespace
}  // namespace daifuku::text
