#include "crm/demo/words.h"

#include <array>
#include <cstdio>
#include <map>

#include "base/error.h"
#include "text/postal.h"

namespace daifuku::crm::demo {
namespace {

// Tables, several entries a line.
// clang-format off
constexpr Name kFamilies[] = {
    {"佐藤", "サトウ", "sato"}, {"鈴木", "スズキ", "suzuki"}, {"高橋", "タカハシ", "takahashi"}, {"田中", "タナカ", "tanaka"}, {"伊藤", "イトウ", "ito"},
    {"渡辺", "ワタナベ", "watanabe"}, {"山本", "ヤマモト", "yamamoto"}, {"中村", "ナカムラ", "nakamura"}, {"小林", "コバヤシ", "kobayashi"}, {"加藤", "カトウ", "kato"},
    {"吉田", "ヨシダ", "yoshida"}, {"山田", "ヤマダ", "yamada"}, {"佐々木", "ササキ", "sasaki"}, {"山口", "ヤマグチ", "yamaguchi"}, {"松本", "マツモト", "matsumoto"},
    {"井上", "イノウエ", "inoue"}, {"木村", "キムラ", "kimura"}, {"林", "ハヤシ", "hayashi"}, {"斎藤", "サイトウ", "saito"}, {"清水", "シミズ", "shimizu"},
    {"山崎", "ヤマザキ", "yamazaki"}, {"森", "モリ", "mori"}, {"池田", "イケダ", "ikeda"}, {"橋本", "ハシモト", "hashimoto"}, {"阿部", "アベ", "abe"},
    {"石川", "イシカワ", "ishikawa"}, {"山下", "ヤマシタ", "yamashita"}, {"中島", "ナカジマ", "nakajima"}, {"石井", "イシイ", "ishii"}, {"小川", "オガワ", "ogawa"},
    {"前田", "マエダ", "maeda"}, {"岡田", "オカダ", "okada"}, {"長谷川", "ハセガワ", "hasegawa"}, {"藤田", "フジタ", "fujita"}, {"後藤", "ゴトウ", "goto"},
    {"近藤", "コンドウ", "kondo"}, {"村上", "ムラカミ", "murakami"}, {"遠藤", "エンドウ", "endo"}, {"青木", "アオキ", "aoki"}, {"坂本", "サカモト", "sakamoto"},
    {"斉藤", "サイトウ", "saito"}, {"福田", "フクダ", "fukuda"}, {"太田", "オオタ", "ota"}, {"西村", "ニシムラ", "nishimura"}, {"藤井", "フジイ", "fujii"},
    {"金子", "カネコ", "kaneko"}, {"岡本", "オカモト", "okamoto"}, {"三浦", "ミウラ", "miura"}, {"中野", "ナカノ", "nakano"}, {"原田", "ハラダ", "harada"},
    {"松田", "マツダ", "matsuda"}, {"竹内", "タケウチ", "takeuchi"}, {"小野", "オノ", "ono"}, {"中山", "ナカヤマ", "nakayama"}, {"田村", "タムラ", "tamura"},
    {"藤原", "フジワラ", "fujiwara"}, {"和田", "ワダ", "wada"}, {"石田", "イシダ", "ishida"}, {"森田", "モリタ", "morita"}, {"上田", "ウエダ", "ueda"},
    {"原", "ハラ", "hara"}, {"内田", "ウチダ", "uchida"}, {"柴田", "シバタ", "shibata"}, {"酒井", "サカイ", "sakai"}, {"宮崎", "ミヤザキ", "miyazaki"},
    {"横山", "ヨコヤマ", "yokoyama"}, {"高木", "タカギ", "takagi"}, {"安藤", "アンドウ", "ando"}, {"宮本", "ミヤモト", "miyamoto"}, {"大野", "オオノ", "ono"},
    {"小島", "コジマ", "kojima"}, {"谷口", "タニグチ", "taniguchi"}, {"今井", "イマイ", "imai"}, {"工藤", "クドウ", "kudo"}, {"高田", "タカダ", "takada"},
    {"増田", "マスダ", "masuda"}, {"丸山", "マルヤマ", "maruyama"}, {"杉山", "スギヤマ", "sugiyama"}, {"村田", "ムラタ", "murata"}, {"大塚", "オオツカ", "otsuka"},
    {"新井", "アライ", "arai"}, {"藤本", "フジモト", "fujimoto"}, {"小山", "コヤマ", "koyama"}, {"平野", "ヒラノ", "hirano"}, {"河野", "コウノ", "kono"},
    {"上野", "ウエノ", "ueno"}, {"野口", "ノグチ", "noguchi"}, {"武田", "タケダ", "takeda"}, {"千葉", "チバ", "chiba"}, {"菅原", "スガワラ", "sugawara"},
    {"久保", "クボ", "kubo"}, {"松井", "マツイ", "matsui"}, {"岩崎", "イワサキ", "iwasaki"}, {"木下", "キノシタ", "kinoshita"}, {"佐野", "サノ", "sano"},
    {"野村", "ノムラ", "nomura"}, {"菊地", "キクチ", "kikuchi"}, {"渡邉", "ワタナベ", "watanabe"}, {"髙橋", "タカハシ", "takahashi"}, {"五十嵐", "イガラシ", "igarashi"},
    {"東海林", "ショウジ", "shoji"}, {"小鳥遊", "タカナシ", "takanashi"}, {"比嘉", "ヒガ", "higa"}, {"金城", "キンジョウ", "kinjo"}, {"長曽我部", "チョウソカベ", "chosokabe"},
};
constexpr Name kMen[] = {
    {"健一", "ケンイチ", "kenichi"}, {"誠", "マコト", "makoto"}, {"浩", "ヒロシ", "hiroshi"}, {"隆", "タカシ", "takashi"}, {"修", "オサム", "osamu"}, {"豊", "ユタカ", "yutaka"},
    {"大輔", "ダイスケ", "daisuke"}, {"拓也", "タクヤ", "takuya"}, {"翔太", "ショウタ", "shota"}, {"健太", "ケンタ", "kenta"}, {"直樹", "ナオキ", "naoki"}, {"和也", "カズヤ", "kazuya"},
    {"哲也", "テツヤ", "tetsuya"}, {"英樹", "ヒデキ", "hideki"}, {"正樹", "マサキ", "masaki"}, {"洋平", "ヨウヘイ", "yohei"}, {"雄一", "ユウイチ", "yuichi"}, {"達也", "タツヤ", "tatsuya"},
    {"亮", "リョウ", "ryo"}, {"剛", "ツヨシ", "tsuyoshi"}, {"学", "マナブ", "manabu"}, {"聡", "サトシ", "satoshi"}, {"茂", "シゲル", "shigeru"}, {"昭", "アキラ", "akira"},
    {"悠斗", "ユウト", "yuto"}, {"蓮", "レン", "ren"}, {"颯太", "ソウタ", "sota"}, {"大和", "ヤマト", "yamato"}, {"信二", "シンジ", "shinji"}, {"幸雄", "ユキオ", "yukio"},
    {"勝", "マサル", "masaru"}, {"秀明", "ヒデアキ", "hideaki"}, {"康介", "コウスケ", "kosuke"}, {"慎也", "シンヤ", "shinya"}, {"裕介", "ユウスケ", "yusuke"}, {"敏夫", "トシオ", "toshio"},
};
constexpr Name kWomen[] = {
    {"恵子", "ケイコ", "keiko"}, {"裕子", "ユウコ", "yuko"}, {"真由美", "マユミ", "mayumi"}, {"明美", "アケミ", "akemi"}, {"由美子", "ユミコ", "yumiko"}, {"久美子", "クミコ", "kumiko"},
    {"陽子", "ヨウコ", "yoko"}, {"智子", "トモコ", "tomoko"}, {"美咲", "ミサキ", "misaki"}, {"愛", "アイ", "ai"}, {"彩", "アヤ", "aya"}, {"麻衣", "マイ", "mai"},
    {"恵", "メグミ", "megumi"}, {"香織", "カオリ", "kaori"}, {"直美", "ナオミ", "naomi"}, {"幸子", "サチコ", "sachiko"}, {"洋子", "ヨウコ", "yoko"}, {"さくら", "サクラ", "sakura"},
    {"葵", "アオイ", "aoi"}, {"結衣", "ユイ", "yui"}, {"陽菜", "ヒナ", "hina"}, {"千尋", "チヒロ", "chihiro"}, {"亜希子", "アキコ", "akiko"}, {"理恵", "リエ", "rie"},
    {"和美", "カズミ", "kazumi"}, {"奈々", "ナナ", "nana"}, {"沙織", "サオリ", "saori"}, {"純子", "ジュンコ", "junko"}, {"典子", "ノリコ", "noriko"}, {"美穂", "ミホ", "miho"},
};
constexpr Name kLuckyWords[] = {
    {"東都", "トウト", "toto"}, {"北斗", "ホクト", "hokuto"}, {"三和", "サンワ", "sanwa"}, {"光洋", "コウヨウ", "koyo"}, {"明星", "ミョウジョウ", "myojo"}, {"富士見", "フジミ", "fujimi"},
    {"青葉", "アオバ", "aoba"}, {"若葉", "ワカバ", "wakaba"}, {"日の出", "ヒノデ", "hinode"}, {"共栄", "キョウエイ", "kyoei"}, {"中央", "チュウオウ", "chuo"}, {"第一", "ダイイチ", "daiichi"},
    {"新栄", "シンエイ", "shinei"}, {"丸福", "マルフク", "marufuku"}, {"桜", "サクラ", "sakura"}, {"双葉", "フタバ", "futaba"}, {"清流", "セイリュウ", "seiryu"}, {"大成", "タイセイ", "taisei"},
    {"松風", "マツカゼ", "matsukaze"}, {"千歳", "チトセ", "chitose"}, {"鶴亀", "ツルカメ", "tsurukame"}, {"みどり", "ミドリ", "midori"}, {"あけぼの", "アケボノ", "akebono"}, {"はるか", "ハルカ", "haruka"},
    {"ひまわり", "ヒマワリ", "himawari"}, {"つばさ", "ツバサ", "tsubasa"}, {"きずな", "キズナ", "kizuna"}, {"サンライズ", "サンライズ", "sunrise"}, {"グリーン", "グリーン", "green"}, {"アクア", "アクア", "aqua"},
    {"ネクスト", "ネクスト", "next"}, {"フロンティア", "フロンティア", "frontier"}, {"アルファ", "アルファ", "alpha"}, {"ライト", "ライト", "light"}, {"ミライ", "ミライ", "mirai"}, {"ホライズン", "ホライズン", "horizon"},
    {"太陽", "タイヨウ", "taiyo"}, {"朝霧", "アサギリ", "asagiri"}, {"花園", "ハナゾノ", "hanazono"}, {"泉", "イズミ", "izumi"}, {"瑞穂野", "ミズホノ", "mizuhono"}, {"一心", "イッシン", "isshin"},
    {"誠和", "セイワ", "seiwa"}, {"協和田", "キョウワダ", "kyowada"}, {"港", "ミナト", "minato"}, {"峰", "ミネ", "mine"}, {"恵比寿屋", "エビスヤ", "ebisuya"}, {"ヤマト屋", "ヤマトヤ", "yamatoya"},
};
constexpr std::string_view kBuildings[] = {"第一ビル", "中央ビル", "駅前ビル", "サンライズビル", "グリーンプラザ", "本町ビル", "ニュー大手町ビル", "さくらタワー", "シティコーポ", "ハイツ青葉", "メゾン若葉"};

struct Town {
  std::string_view prefecture, city, area, name, kana;
  int weight;
};
constexpr Town kTowns[] = {
    {"東京都", "千代田区", "03", "東京", "トウキョウ", 8}, {"東京都", "中央区", "03", "東京", "トウキョウ", 7}, {"東京都", "港区", "03", "東京", "トウキョウ", 8}, {"東京都", "新宿区", "03", "新宿", "シンジュク", 6},
    {"東京都", "台東区", "03", "台東", "タイトウ", 3}, {"東京都", "墨田区", "03", "墨田", "スミダ", 3}, {"東京都", "品川区", "03", "品川", "シナガワ", 4}, {"東京都", "大田区", "03", "大田", "オオタ", 4},
    {"東京都", "世田谷区", "03", "世田谷", "セタガヤ", 3}, {"東京都", "渋谷区", "03", "渋谷", "シブヤ", 5}, {"東京都", "豊島区", "03", "豊島", "トシマ", 3}, {"東京都", "足立区", "03", "足立", "アダチ", 3},
    {"東京都", "八王子市", "042", "八王子", "ハチオウジ", 2}, {"東京都", "立川市", "042", "立川", "タチカワ", 2}, {"神奈川県", "横浜市", "045", "横浜", "ヨコハマ", 9}, {"神奈川県", "川崎市", "044", "川崎", "カワサキ", 4},
    {"埼玉県", "さいたま市", "048", "埼玉", "サイタマ", 4}, {"千葉県", "千葉市", "043", "千葉", "チバ", 3}, {"千葉県", "船橋市", "047", "船橋", "フナバシ", 2}, {"北海道", "札幌市", "011", "札幌", "サッポロ", 5},
    {"宮城県", "仙台市", "022", "仙台", "センダイ", 4}, {"福島県", "郡山市", "024", "郡山", "コオリヤマ", 2}, {"岩手県", "盛岡市", "019", "盛岡", "モリオカ", 1}, {"青森県", "青森市", "017", "青森", "アオモリ", 1},
    {"秋田県", "秋田市", "018", "秋田", "アキタ", 1}, {"山形県", "山形市", "023", "山形", "ヤマガタ", 1}, {"茨城県", "水戸市", "029", "水戸", "ミト", 1}, {"栃木県", "宇都宮市", "028", "宇都宮", "ウツノミヤ", 2},
    {"群馬県", "高崎市", "027", "高崎", "タカサキ", 2}, {"新潟県", "新潟市", "025", "新潟", "ニイガタ", 2}, {"新潟県", "燕市", "0256", "燕", "ツバメ", 1}, {"富山県", "富山市", "076", "富山", "トヤマ", 1},
    {"石川県", "金沢市", "076", "金沢", "カナザワ", 2}, {"福井県", "福井市", "0776", "福井", "フクイ", 1}, {"長野県", "長野市", "026", "長野", "ナガノ", 1}, {"長野県", "松本市", "0263", "松本", "マツモト", 1},
    {"静岡県", "静岡市", "054", "静岡", "シズオカ", 2}, {"静岡県", "浜松市", "053", "浜松", "ハママツ", 2}, {"愛知県", "名古屋市", "052", "名古屋", "ナゴヤ", 7}, {"愛知県", "豊田市", "0565", "豊田", "トヨタ", 2},
    {"愛知県", "一宮市", "0586", "一宮", "イチノミヤ", 1}, {"岐阜県", "岐阜市", "058", "岐阜", "ギフ", 1}, {"三重県", "四日市市", "059", "四日市", "ヨッカイチ", 1}, {"滋賀県", "大津市", "077", "大津", "オオツ", 1},
    {"京都府", "京都市", "075", "京都", "キョウト", 4}, {"大阪府", "大阪市", "06", "大阪", "オオサカ", 10}, {"大阪府", "東大阪市", "06", "東大阪", "ヒガシオオサカ", 3}, {"大阪府", "堺市", "072", "堺", "サカイ", 2},
    {"兵庫県", "神戸市", "078", "神戸", "コウベ", 4}, {"兵庫県", "姫路市", "079", "姫路", "ヒメジ", 1}, {"奈良県", "奈良市", "0742", "奈良", "ナラ", 1}, {"和歌山県", "和歌山市", "073", "和歌山", "ワカヤマ", 1},
    {"岡山県", "岡山市", "086", "岡山", "オカヤマ", 2}, {"広島県", "広島市", "082", "広島", "ヒロシマ", 3}, {"広島県", "福山市", "084", "福山", "フクヤマ", 1}, {"山口県", "山口市", "083", "山口", "ヤマグチ", 1},
    {"鳥取県", "鳥取市", "0857", "鳥取", "トットリ", 1}, {"島根県", "松江市", "0852", "松江", "マツエ", 1}, {"徳島県", "徳島市", "088", "徳島", "トクシマ", 1}, {"香川県", "高松市", "087", "高松", "タカマツ", 1},
    {"愛媛県", "松山市", "089", "松山", "マツヤマ", 1}, {"高知県", "高知市", "088", "高知", "コウチ", 1}, {"福岡県", "福岡市", "092", "福岡", "フクオカ", 5}, {"福岡県", "北九州市", "093", "北九州", "キタキュウシュウ", 2},
    {"佐賀県", "佐賀市", "0952", "佐賀", "サガ", 1}, {"長崎県", "長崎市", "095", "長崎", "ナガサキ", 1}, {"熊本県", "熊本市", "096", "熊本", "クマモト", 2}, {"大分県", "大分市", "097", "大分", "オオイタ", 1},
    {"宮崎県", "宮崎市", "0985", "宮崎", "ミヤザキ", 1}, {"鹿児島県", "鹿児島市", "099", "鹿児島", "カゴシマ", 1}, {"沖縄県", "那覇市", "098", "那覇", "ナハ", 1}, {"山梨県", "甲府市", "055", "甲府", "コウフ", 1},
};
// clang-format on

// Rows of the postal table that name a town plainly, by the towns above.
const std::array<std::vector<std::uint32_t>, std::size(kTowns)>& rows_of_towns() {
  static const auto kRows = [] {
    std::map<std::string_view, std::vector<std::size_t>, std::less<>> by_prefecture;
    for (std::size_t i = 0; i < std::size(kTowns); ++i)
      by_prefecture[kTowns[i].prefecture].push_back(i);
    std::array<std::vector<std::uint32_t>, std::size(kTowns)> rows;
    for (std::size_t n = 0; n < text::postal_count(); ++n) {
      const text::PostalRow row = text::postal_row(n);
      const auto found = by_prefecture.find(row.place.prefecture);
      const bool plain = !row.place.town.empty() && row.place.office.empty() &&
                         row.place.town.find_first_of("()0123456789") == std::string_view::npos &&
                         row.place.town.find("（") == std::string_view::npos &&
                         row.place.town.size() <= 24;
      if (found == by_prefecture.end() || !plain) continue;
      for (const std::size_t town : found->second) {
        if (row.place.city.starts_with(kTowns[town].city))
          rows[town].push_back(static_cast<std::uint32_t>(n));
      }
    }
    for (const auto& list : rows) DAIFUKU_CHECK(!list.empty());
    return rows;
  }();
  return kRows;
}

std::string digits(Random& random, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += static_cast<char>('0' + random.below(10));
  return out;
}

}  // namespace

PersonWords pick_person(Random& random) {
  PersonWords out;
  // Common names are common: the first ones of the list come up more often.
  out.family = kFamilies[static_cast<std::size_t>(random.chance(60)
                                                      ? random.skewed(0, std::ssize(kFamilies) - 1)
                                                      : random.below(std::ssize(kFamilies)))];
  out.female = random.chance(38);
  out.given = out.female ? random.pick(kWomen) : random.pick(kMen);
  return out;
}

Place pick_place(Random& random) {
  static const std::vector<std::size_t> kWeighted = [] {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < std::size(kTowns); ++i)
      out.insert(out.end(), static_cast<std::size_t>(kTowns[i].weight), i);
    return out;
  }();
  const std::size_t town = random.pick(std::span<const std::size_t>(kWeighted));
  const auto& rows = rows_of_towns()[town];
  const text::PostalRow row = text::postal_row(random.pick(std::span<const std::uint32_t>(rows)));
  Place out{.postal_code = row.code,
            .prefecture = std::string(row.place.prefecture),
            .city = std::string(row.place.city),
            .street = std::string(row.place.town),
            .area_code = kTowns[town].area,
            .city_short = kTowns[town].name,
            .city_kana = kTowns[town].kana};
  // After 一丁目 comes the block; otherwise 丁目, block and number.
  if (!out.street.ends_with("丁目")) out.street += std::to_string(random.between(1, 5)) + "-";
  out.street += std::to_string(random.between(1, 28)) + "-" + std::to_string(random.between(1, 20));
  return out;
}

std::string landline(Random& random, std::string_view area_code) {
  const int exchange = 10 - 4 - static_cast<int>(area_code.size());
  return std::string(area_code) + "-0" + digits(random, exchange - 1) + "-" + digits(random, 4);
}

std::string mobile(Random& random) { return "090-0" + digits(random, 3) + "-" + digits(random, 4); }

std::string building(Random& random) {
  if (!random.chance(35)) return {};
  return std::string(random.pick(kBuildings)) + std::to_string(random.between(2, 12)) + "F";
}

Stem pick_stem(Random& random, const Place& place) {
  Stem out;
  const auto add = [&out](const Name& name) {
    out.text += name.text;
    out.kana += name.kana;
    out.romaji += name.romaji;
  };
  const auto kind = random.below(100);
  if (kind < 12) {
    out.text = place.city_short;
    out.kana = place.city_kana;
  }
  if (kind < 50) {
    add(kFamilies[static_cast<std::size_t>(random.below(std::ssize(kFamilies)))]);
  } else {
    add(random.pick(kLuckyWords));
    if (kind > 88) add(random.pick(kLuckyWords));
  }
  return out;
}

}  // namespace daifuku::crm::demo
