#include "exchange/cards/card_words.h"

#include <algorithm>
#include <utility>

#include "text/code_points.h"

namespace daifuku::exchange {
namespace {

using View = std::u32string_view;

constexpr View kFamilyNames[] = {
#include "exchange/cards/family_names.inc"
};

// Long before short where one ends with the other.
constexpr View kTitles[] = {U"代表取締役社長",
                            U"代表取締役会長",
                            U"代表取締役専務",
                            U"代表取締役副社長",
                            U"代表取締役",
                            U"取締役副社長",
                            U"取締役社長",
                            U"専務取締役",
                            U"常務取締役",
                            U"社外取締役",
                            U"取締役",
                            U"代表社員",
                            U"業務執行社員",
                            U"常務執行役員",
                            U"専務執行役員",
                            U"上席執行役員",
                            U"執行役員",
                            U"監査役",
                            U"副社長",
                            U"社長",
                            U"会長",
                            U"専務",
                            U"常務",
                            U"相談役",
                            U"顧問",
                            U"参与",
                            U"参事",
                            U"理事長",
                            U"副理事長",
                            U"専務理事",
                            U"常務理事",
                            U"理事",
                            U"監事",
                            U"事務局長",
                            U"局長",
                            U"副本部長",
                            U"本部長",
                            U"事業部長",
                            U"副部長",
                            U"部長代理",
                            U"部長補佐",
                            U"担当部長",
                            U"部長",
                            U"次長",
                            U"課長代理",
                            U"課長補佐",
                            U"担当課長",
                            U"課長",
                            U"係長",
                            U"主任",
                            U"主査",
                            U"主事",
                            U"主幹",
                            U"副主任",
                            U"班長",
                            U"室長",
                            U"所長",
                            U"副所長",
                            U"支店長",
                            U"副支店長",
                            U"支社長",
                            U"営業所長",
                            U"工場長",
                            U"店長",
                            U"副店長",
                            U"館長",
                            U"園長",
                            U"校長",
                            U"院長",
                            U"副院長",
                            U"センター長",
                            U"グループ長",
                            U"チーム長",
                            U"ユニット長",
                            U"グループリーダー",
                            U"チームリーダー",
                            U"リーダー",
                            U"サブリーダー",
                            U"マネージャー",
                            U"マネジャー",
                            U"シニアマネージャー",
                            U"ゼネラルマネージャー",
                            U"チーフ",
                            U"ディレクター",
                            U"プロデューサー",
                            U"スーパーバイザー",
                            U"アドバイザー",
                            U"コンサルタント",
                            U"エンジニア",
                            U"デザイナー",
                            U"プランナー",
                            U"プログラマー",
                            U"アーキテクト",
                            U"アナリスト",
                            U"スペシャリスト",
                            U"コーディネーター",
                            U"パートナー",
                            U"アソシエイト",
                            U"代表",
                            U"副代表",
                            U"所長代理",
                            U"支店長代理",
                            U"店長代理",
                            U"税理士",
                            U"公認会計士",
                            U"弁護士",
                            U"司法書士",
                            U"行政書士",
                            U"社会保険労務士",
                            U"弁理士",
                            U"中小企業診断士",
                            U"建築士",
                            U"宅地建物取引士",
                            U"教授",
                            U"准教授",
                            U"講師",
                            U"助教",
                            U"医師",
                            U"薬剤師",
                            U"看護師",
                            U"研究員",
                            U"技師",
                            U"技術士",
                            U"営業担当",
                            U"担当",
                            U"秘書",
                            U"店主",
                            U"オーナー",
                            U"編集長",
                            U"住職",
                            U"市長",
                            U"町長"};

constexpr View kEnglishTitles[] = {
    U"manager",   U"director",   U"president",      U"ceo",        U"cto",
    U"cfo",       U"coo",        U"chairman",       U"leader",     U"engineer",
    U"designer",  U"consultant", U"officer",        U"specialist", U"analyst",
    U"producer",  U"partner",    U"representative", U"architect",  U"researcher",
    U"professor", U"attorney",   U"executive",      U"supervisor", U"advisor"};

constexpr View kDepartmentEnds[] = {
    U"本部",         U"事業部",   U"部門",   U"部",       U"課",       U"室",       U"係",
    U"局",           U"グループ", U"チーム", U"ユニット", U"センター", U"支店",     U"支社",
    U"本店",         U"本社",     U"営業所", U"事業所",   U"出張所",   U"工場",     U"支部",
    U"支局",         U"研究所",   U"統括",   U"担当",     U"事務局",   U"オフィス", U"カンパニー",
    U"ディビジョン", U"科",       U"学部",   U"店"};

constexpr View kEnglishDepartments[] = {U"dept",         U"department", U"division", U"div.",
                                        U"section",      U"group",      U"office",   U"branch",
                                        U"headquarters", U"team"};

constexpr View kOrganizations[] = {
    U"病院",   U"医院",   U"クリニック", U"大学",     U"大学院",   U"高等学校", U"学園",   U"学校",
    U"幼稚園", U"保育園", U"市役所",     U"区役所",   U"町役場",   U"村役場",   U"県庁",   U"府庁",
    U"都庁",   U"商工会", U"商工会議所", U"協会",     U"協同組合", U"組合",     U"連合会", U"財団",
    U"機構",   U"事務所", U"銀行",       U"信用金庫", U"信用組合", U"農協",     U"工務店", U"商店",
    U"商会",   U"製作所", U"工業所",     U"酒造",     U"旅館",     U"ホテル",   U"書店",   U"薬局",
    U"歯科",   U"新聞社", U"出版社",     U"神社",     U"牧場",     U"農園",     U"建設",   U"工業",
    U"産業",   U"商事",   U"物産",       U"印刷",     U"運輸",     U"食品",     U"電機",   U"製薬"};

constexpr View kEnglishCompanies[] = {U"inc",  U"inc.",    U"ltd",      U"ltd.",         U"llc",
                                      U"llp",  U"corp",    U"corp.",    U"corporation",  U"company",
                                      U"k.k.", U"kk",      U"co.",      U"co.,ltd.",     U"co.,ltd",
                                      U"gmbh", U"limited", U"holdings", U"incorporated", U"g.k."};

constexpr View kBuildings[] = {U"ビル", U"タワー", U"マンション", U"号室",     U"階",
                               U"棟",   U"ハイツ", U"プラザ",     U"スクエア", U"センタービル",
                               U"会館", U"コーポ", U"レジデンス", U"ヒルズ",   U"ガーデン"};

template <class Words>
std::size_t longest_end(View text, const Words& words) {
  std::size_t out = 0;
  for (const View word : words) {
    if (text.ends_with(word)) out = std::max(out, word.size());
  }
  return out;
}

bool english(View text) {
  return std::any_of(text.begin(), text.end(),
                     [](char32_t c) { return text::is_ascii_letter(c); }) &&
         std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
}

struct Syllable {
  View letters;
  View kana;
};
// Three letters before two before one.
constexpr Syllable kSyllables[] = {
    {U"kya", U"キャ"}, {U"kyu", U"キュ"}, {U"kyo", U"キョ"}, {U"sha", U"シャ"}, {U"shu", U"シュ"},
    {U"sho", U"ショ"}, {U"sya", U"シャ"}, {U"syu", U"シュ"}, {U"syo", U"ショ"}, {U"cha", U"チャ"},
    {U"chu", U"チュ"}, {U"cho", U"チョ"}, {U"tya", U"チャ"}, {U"tyu", U"チュ"}, {U"tyo", U"チョ"},
    {U"nya", U"ニャ"}, {U"nyu", U"ニュ"}, {U"nyo", U"ニョ"}, {U"hya", U"ヒャ"}, {U"hyu", U"ヒュ"},
    {U"hyo", U"ヒョ"}, {U"mya", U"ミャ"}, {U"myu", U"ミュ"}, {U"myo", U"ミョ"}, {U"rya", U"リャ"},
    {U"ryu", U"リュ"}, {U"ryo", U"リョ"}, {U"gya", U"ギャ"}, {U"gyu", U"ギュ"}, {U"gyo", U"ギョ"},
    {U"bya", U"ビャ"}, {U"byu", U"ビュ"}, {U"byo", U"ビョ"}, {U"pya", U"ピャ"}, {U"pyu", U"ピュ"},
    {U"pyo", U"ピョ"}, {U"shi", U"シ"},   {U"chi", U"チ"},   {U"tsu", U"ツ"},   {U"ja", U"ジャ"},
    {U"ju", U"ジュ"},  {U"jo", U"ジョ"},  {U"ka", U"カ"},    {U"ki", U"キ"},    {U"ku", U"ク"},
    {U"ke", U"ケ"},    {U"ko", U"コ"},    {U"sa", U"サ"},    {U"si", U"シ"},    {U"su", U"ス"},
    {U"se", U"セ"},    {U"so", U"ソ"},    {U"ta", U"タ"},    {U"ti", U"チ"},    {U"tu", U"ツ"},
    {U"te", U"テ"},    {U"to", U"ト"},    {U"na", U"ナ"},    {U"ni", U"ニ"},    {U"nu", U"ヌ"},
    {U"ne", U"ネ"},    {U"no", U"ノ"},    {U"ha", U"ハ"},    {U"hi", U"ヒ"},    {U"fu", U"フ"},
    {U"hu", U"フ"},    {U"he", U"ヘ"},    {U"ho", U"ホ"},    {U"ma", U"マ"},    {U"mi", U"ミ"},
    {U"mu", U"ム"},    {U"me", U"メ"},    {U"mo", U"モ"},    {U"ya", U"ヤ"},    {U"yu", U"ユ"},
    {U"yo", U"ヨ"},    {U"ra", U"ラ"},    {U"ri", U"リ"},    {U"ru", U"ル"},    {U"re", U"レ"},
    {U"ro", U"ロ"},    {U"wa", U"ワ"},    {U"wo", U"ヲ"},    {U"ga", U"ガ"},    {U"gi", U"ギ"},
    {U"gu", U"グ"},    {U"ge", U"ゲ"},    {U"go", U"ゴ"},    {U"za", U"ザ"},    {U"zi", U"ジ"},
    {U"ji", U"ジ"},    {U"zu", U"ズ"},    {U"ze", U"ゼ"},    {U"zo", U"ゾ"},    {U"da", U"ダ"},
    {U"de", U"デ"},    {U"do", U"ド"},    {U"ba", U"バ"},    {U"bi", U"ビ"},    {U"bu", U"ブ"},
    {U"be", U"ベ"},    {U"bo", U"ボ"},    {U"pa", U"パ"},    {U"pi", U"ピ"},    {U"pu", U"プ"},
    {U"pe", U"ペ"},    {U"po", U"ポ"},    {U"a", U"ア"},     {U"i", U"イ"},     {U"u", U"ウ"},
    {U"e", U"エ"},     {U"o", U"オ"}};

bool vowel(char32_t c) { return View(U"aiueo").find(c) != View::npos; }

}  // namespace

std::vector<std::u32string> split_words(View text) {
  std::vector<std::u32string> out;
  std::u32string word;
  for (const char32_t c : text) {
    if (!text::is_space(c)) {
      word += c;
    } else if (!word.empty()) {
      out.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

std::u32string without_spaces(View text) {
  std::u32string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char32_t c) { return !text::is_space(c); });
  return out;
}

std::u32string lower(View text) {
  std::u32string out(text);
  for (char32_t& c : out) {
    if (c >= U'A' && c <= U'Z') c += 32;
  }
  return out;
}

std::size_t family_name_length(View text) {
  std::size_t out = 0;
  for (const View name : kFamilyNames) {
    if (text.starts_with(name)) out = std::max(out, name.size());
  }
  return out;
}

std::size_t job_title_length(View text) { return longest_end(text, kTitles); }

bool is_job_title(View text) {
  if (english(text)) {
    for (const std::u32string& word : split_words(lower(text))) {
      if (std::find(std::begin(kEnglishTitles), std::end(kEnglishTitles), word) !=
          std::end(kEnglishTitles))
        return true;
    }
    return false;
  }
  return job_title_length(text) > 0;
}

bool is_department(View text) {
  if (english(text)) {
    for (const std::u32string& word : split_words(lower(text))) {
      for (const View known : kEnglishDepartments) {
        if (word == known ||
            (word.ends_with(U'.') && View(word).substr(0, word.size() - 1) == known))
          return true;
      }
    }
    return false;
  }
  // 部 alone is nothing, 第一営業部 is.
  const std::size_t end = longest_end(text, kDepartmentEnds);
  return end > 0 && text.size() > end && job_title_length(text) <= end;
}

bool is_organization(View text) { return longest_end(text, kOrganizations) > 0; }

bool is_english_company(View text) {
  if (!english(text)) return false;
  const auto words = split_words(lower(text));
  if (words.size() < 2) return false;
  return std::find(std::begin(kEnglishCompanies), std::end(kEnglishCompanies), words.back()) !=
         std::end(kEnglishCompanies);
}

bool is_building(View text) {
  for (const View word : kBuildings) {
    if (text.find(word) != View::npos) return true;
  }
  const std::u32string small = lower(text);
  return small.size() > 1 && small.back() == U'f' && text::is_ascii_digit(small[small.size() - 2]);
}

std::u32string kana_of_romaji(View word) {
  const std::u32string small = lower(word);
  std::u32string out;
  for (std::size_t at = 0; at < small.size();) {
    const View rest = View(small).substr(at);
    // っ and ん before another consonant.
    if (rest.size() > 1 && rest[0] == rest[1] && !vowel(rest[0]) && rest[0] != U'n') {
      out += U'ッ';
      ++at;
      continue;
    }
    if (rest.starts_with(U"tch")) {
      out += U'ッ';
      ++at;
      continue;
    }
    const auto found =
        std::find_if(std::begin(kSyllables), std::end(kSyllables),
                     [&](const Syllable& one) { return rest.starts_with(one.letters); });
    if (found != std::end(kSyllables)) {
      out += found->kana;
      at += found->letters.size();
      continue;
    }
    // Doh, Ohno: a written long vowel.
    if (rest[0] == U'h' && at > 0 && small[at - 1] == U'o') {
      out += U'オ';
      ++at;
      continue;
    }
    const bool moraic = rest[0] == U'n' || (rest[0] == U'm' && rest.size() > 1 &&
                                            View(U"bpm").find(rest[1]) != View::npos);
    if (!moraic) return {};
    out += U'ン';
    ++at;
    if (at < small.size() && small[at] == U'\'') ++at;
  }
  return out;
}

}  // namespace daifuku::exchange
