#include "crm/demo/trades.h"

#include <vector>

namespace daifuku::crm::demo {
namespace {

// Tables, several entries a line.
// clang-format off
constexpr ProductWords kProducts[] = {
    {"PK-101", "ダンボールケース 100サイズ", "包装資材", "枚", "standard", "K5 A式。ロゴの一色印刷ができます。", 98, 61, 200, 3000},
    {"PK-120", "緩衝材ロール 幅1200mm", "包装資材", "巻", "standard", "42m巻き。静電気防止の品もあります。", 4200, 2700, 5, 60},
    {"PK-210", "OPPテープ 48mm×100m", "包装資材", "巻", "standard", "50巻で一箱です。", 165, 98, 50, 600},
    {"PK-305", "食品用真空袋 200×300", "包装資材", "枚", "standard", "ボイル対応、厚さ70ミクロン。", 18, 10, 1000, 20000},
    {"HY-101", "業務用アルコール除菌剤 5L", "衛生用品", "本", "standard", "食品添加物規格。詰め替えボトルは無料です。", 3980, 2480, 4, 40},
    {"HY-115", "ニトリル手袋 粉なし 100枚", "衛生用品", "箱", "standard", "SS から LL まで。青と白があります。", 980, 640, 20, 400},
    {"HY-130", "ペーパータオル 200枚×40", "衛生用品", "ケース", "standard", "中判。専用ホルダーを無料でお貸しします。", 3200, 2150, 5, 60},
    {"HY-150", "不織布マスク 50枚", "衛生用品", "箱", "standard", "JIS T9001 適合。", 480, 290, 20, 300},
    {"WK-101", "防寒作業着 上下", "作業用品", "着", "standard", "名入れの刺しゅうは一か所まで無料です。", 8900, 5600, 5, 80},
    {"WK-120", "安全靴 樹脂先芯", "作業用品", "足", "standard", "JSAA規格A種。", 6400, 4100, 5, 60},
    {"WK-133", "LED投光器 100W", "作業用品", "台", "standard", "防水IP65。現場で三年使えます。", 12800, 8200, 1, 12},
    {"OF-101", "複合機 A3カラー 毎分30枚", "事務機器", "台", "standard", "搬入と設定を含みます。", 780000, 560000, 1, 3},
    {"OF-110", "シュレッダー 業務用", "事務機器", "台", "standard", "ホチキスの針ごと細断できます。", 98000, 66000, 1, 4},
    {"OF-140", "コピー用紙 A4 5000枚", "事務機器", "箱", "standard", "森林認証紙です。", 2980, 2200, 5, 100},
    {"DR-101", "緑茶 500ml 24本", "飲料・軽食", "ケース", "reduced", "来客用。備蓄用の長期保存品もあります。", 1980, 1450, 3, 40},
    {"DR-120", "備蓄用ビスケット 60食", "飲料・軽食", "箱", "reduced", "五年保存。入れ替えの時期をお知らせします。", 9800, 6900, 2, 30},
    {"SV-101", "複合機保守サービス（年間）", "保守・サービス", "年", "standard", "消耗品と出張修理を含みます。", 96000, 40000, 1, 3},
    {"SV-120", "倉庫改善の訪問診断", "保守・サービス", "回", "standard", "梱包と動線を一日で調べ、改善案を出します。", 150000, 70000, 1, 2},
    {"SV-130", "定期配送サービス（月）", "保守・サービス", "か月", "standard", "減った分だけ週に一度お届けします。", 12000, 6000, 12, 12},
};

constexpr Suffix kFood[] = {{"食品", "ショクヒン"}, {"製菓", "セイカ"}, {"水産", "スイサン"}, {"醸造", "ジョウゾウ"}, {"フーズ", "フーズ"}};
constexpr int kFoodBuys[] = {3, 4, 5, 0, 18};
constexpr std::string_view kFoodMind[] = {"夏場の真空袋の破れを減らしたい", "新しい工場の衛生用品をまとめて見直している", "手袋の色を工程ごとに変えて異物の混入を防ぎたい", "年末の贈答用の箱を早めに押さえたい"};
constexpr Suffix kMachine[] = {{"製作所", "セイサクショ"}, {"精機", "セイキ"}, {"工業", "コウギョウ"}, {"電機", "デンキ"}, {"テクノ", "テクノ"}};
constexpr int kMachineBuys[] = {1, 0, 9, 8, 10, 17};
constexpr std::string_view kMachineMind[] = {"海外向けの梱包で部品に傷がつくことがある", "第二工場の稼働に合わせて作業着をそろえたい", "夜間の段取りで手元が暗いと声が出ている", "出荷場の動線が長く、残業が続いている"};
constexpr Suffix kMaterial[] = {{"化成", "カセイ"}, {"金属工業", "キンゾクコウギョウ"}, {"樹脂", "ジュシ"}, {"鋼業", "コウギョウ"}};
constexpr int kMaterialBuys[] = {5, 7, 9, 8};
constexpr std::string_view kMaterialMind[] = {"薬品に強い手袋を試したい", "安全靴の支給基準を見直す", "粉じん対策のマスクの消費が増えた"};
constexpr Suffix kOtherMaker[] = {{"木工", "モッコウ"}, {"印刷", "インサツ"}, {"繊維", "センイ"}, {"紙工", "シコウ"}};
constexpr int kOtherMakerBuys[] = {0, 1, 2, 13};
constexpr std::string_view kOtherMakerMind[] = {"小口の出荷が増えて箱の種類が足りない", "テープのはがれで返品があった", "用紙の値上げで仕入先を比べている"};
constexpr Suffix kBuild[] = {{"建設", "ケンセツ"}, {"工務店", "コウムテン"}, {"設備工業", "セツビコウギョウ"}, {"組", "グミ"}, {"塗装", "トソウ"}};
constexpr int kBuildBuys[] = {8, 9, 10, 14, 11};
constexpr std::string_view kBuildMind[] = {"冬の現場の防寒着を十月までに配りたい", "夜間工事が続くので投光器を増やしたい", "安全大会の景品を相談したい", "現場事務所の複合機が古くなった"};
constexpr Suffix kTransport[] = {{"運輸", "ウンユ"}, {"物流", "ブツリュウ"}, {"倉庫", "ソウコ"}, {"急送", "キュウソウ"}};
constexpr int kTransportBuys[] = {0, 1, 2, 8, 17};
constexpr std::string_view kTransportMind[] = {"新しい荷主に合わせて梱包の基準を作る", "人手が足りず、箱の組み立ての時間を減らしたい", "冷凍庫の作業着が傷んできた"};
constexpr Suffix kWholesale[] = {{"商事", "ショウジ"}, {"商店", "ショウテン"}, {"物産", "ブッサン"}, {"貿易", "ボウエキ"}};
constexpr int kWholesaleBuys[] = {0, 2, 13, 18, 14};
constexpr std::string_view kWholesaleMind[] = {"自社の倉庫を借り換えるので資材の置き場を減らしたい", "発注の手間を減らしたい", "月末の締めに合わせてまとめて請求してほしい"};
constexpr Suffix kRetail[] = {{"ストア", "ストア"}, {"書店", "ショテン"}, {"薬局", "ヤッキョク"}, {"呉服店", "ゴフクテン"}, {"マート", "マート"}};
constexpr int kRetailBuys[] = {0, 2, 4, 6, 13};
constexpr std::string_view kRetailMind[] = {"通販の出荷が伸びて箱が足りない", "店頭の除菌剤を切らしたくない", "紙袋からの切り替えを考えている"};
constexpr Suffix kInfo[] = {{"システム", "システム"}, {"ソフト", "ソフト"}, {"情報サービス", "ジョウホウサービス"}, {"デジタル", "デジタル"}, {"ラボ", "ラボ"}};
constexpr int kInfoBuys[] = {11, 12, 13, 14, 16};
constexpr std::string_view kInfoMind[] = {"事務所の移転に合わせて機器を入れ替える", "書類の廃棄を社内で済ませたい", "複合機の請求が読みにくい"};
constexpr Suffix kHotel[] = {{"旅館", "リョカン"}, {"ホテル", "ホテル"}, {"ダイニング", "ダイニング"}, {"亭", "テイ"}};
constexpr int kHotelBuys[] = {4, 6, 5, 14};
constexpr std::string_view kHotelMind[] = {"連休の前に消耗品を多めに置きたい", "厨房の手袋をもっと薄いものにしたい", "客室に置く飲み物を地元のものに替えたい"};
constexpr Suffix kMedical[] = {{"クリニック", "クリニック"}, {"会 介護センター", "カイ カイゴセンター"}, {"歯科医院", "シカイイン"}, {"調剤薬局", "チョウザイヤッキョク"}};
constexpr int kMedicalBuys[] = {5, 7, 4, 6, 18};
constexpr std::string_view kMedicalMind[] = {"手袋で手荒れする職員がいる", "感染対策の備蓄を一か月分に増やす", "納品は診療時間の前にしてほしい", "在庫を数える手間をなくしたい"};
constexpr Suffix kSchool[] = {{"学園", "ガクエン"}, {"学習塾", "ガクシュウジュク"}, {"幼稚園", "ヨウチエン"}, {"ゼミナール", "ゼミナール"}};
constexpr int kSchoolBuys[] = {11, 13, 12, 15, 16};
constexpr std::string_view kSchoolMind[] = {"年度末に備蓄食の入れ替えがある", "試験の前に印刷が集中する", "保護者に配る備品の見積がほしい"};
constexpr Suffix kProfessional[] = {{"会計事務所", "カイケイジムショ"}, {"設計事務所", "セッケイジムショ"}, {"法務事務所", "ホウムジムショ"}, {"コンサルティング", "コンサルティング"}};
constexpr int kProfessionalBuys[] = {11, 12, 13, 16};
constexpr std::string_view kProfessionalMind[] = {"確定申告の前に複合機を速いものにしたい", "書類の保管場所がなくなってきた", "リースの満了が近い"};
constexpr Suffix kEstate[] = {{"不動産", "フドウサン"}, {"ハウジング", "ハウジング"}, {"地所", "ジショ"}, {"レンタル", "レンタル"}};
constexpr int kEstateBuys[] = {11, 13, 14, 15};
constexpr std::string_view kEstateMind[] = {"管理する建物に備蓄を置きたい", "契約書の印刷が多く、紙の減りが早い", "入居者に配る防災用品を探している"};
constexpr Suffix kFarm[] = {{"農園", "ノウエン"}, {"ファーム", "ファーム"}, {"農産", "ノウサン"}};
constexpr int kFarmBuys[] = {0, 3, 5, 8};
constexpr std::string_view kFarmMind[] = {"直売の箱に農園の名前を入れたい", "収穫期だけ手袋を多く使う", "朝の作業が冷えるので防寒着がほしい"};
constexpr Suffix kService[] = {{"ビルサービス", "ビルサービス"}, {"警備保障", "ケイビホショウ"}, {"スタッフサービス", "スタッフサービス"}, {"クリーン", "クリーン"}};
constexpr int kServiceBuys[] = {4, 5, 6, 8, 9};
constexpr std::string_view kServiceMind[] = {"現場ごとの資材の使い方に差がある", "制服を新しくする話が出ている", "清掃用の消耗品を一社にまとめたい"};

constexpr Trade kTrades[] = {
    {"food_manufacturing", 12, kFood, "地元の食材を使った食品の製造と卸売を行っています。", "惣菜\n菓子\n調味料", kFoodBuys, kFoodMind, "製造部"},
    {"machine_manufacturing", 14, kMachine, "産業機械の部品の加工と組み立てを行っています。", "精密部品\n搬送装置\n治具", kMachineBuys, kMachineMind, "資材課"},
    {"material_manufacturing", 7, kMaterial, "工業用の素材を作り、県内の工場に納めています。", "樹脂成形品\n表面処理", kMaterialBuys, kMaterialMind, "安全衛生課"},
    {"other_manufacturing", 6, kOtherMaker, "小さな数から受ける加工の会社です。", "紙器\n木製品\n印刷物", kOtherMakerBuys, kOtherMakerMind, "生産管理課"},
    {"construction", 12, kBuild, "住宅と店舗の新築、改修工事を請け負っています。", "住宅\n店舗改修\n設備工事", kBuildBuys, kBuildMind, "工事部"},
    {"transport", 8, kTransport, "一般貨物の運送と保管を行っています。", "共同配送\n倉庫保管", kTransportBuys, kTransportMind, "業務課"},
    {"wholesale", 9, kWholesale, "日用品と食品の卸売を行っています。", "日用品\n加工食品", kWholesaleBuys, kWholesaleMind, "仕入課"},
    {"retail", 8, kRetail, "地域に根ざした小売店を営んでいます。", "店舗販売\n通信販売", kRetailBuys, kRetailMind, "店舗運営課"},
    {"information", 6, kInfo, "業務用のソフトの開発と運用を行っています。", "業務ソフト\n運用支援", kInfoBuys, kInfoMind, "総務課"},
    {"hospitality", 5, kHotel, "宿泊と飲食の店を営んでいます。", "宿泊\n宴会\n食事", kHotelBuys, kHotelMind, "調理部"},
    {"medical", 7, kMedical, "地域の医療と介護を担っています。", "外来診療\n訪問介護", kMedicalBuys, kMedicalMind, "事務部"},
    {"education", 3, kSchool, "子どもの学びを支える教育を行っています。", "学校運営\n学習指導", kSchoolBuys, kSchoolMind, "事務局"},
    {"professional", 4, kProfessional, "中小企業の経営を支える専門の事務所です。", "税務\n設計\n相談", kProfessionalBuys, kProfessionalMind, "総務課"},
    {"real_estate", 3, kEstate, "不動産の売買、仲介と管理を行っています。", "仲介\n管理", kEstateBuys, kEstateMind, "管理課"},
    {"agriculture", 3, kFarm, "野菜と果物を育て、直売と出荷をしています。", "野菜\n果物", kFarmBuys, kFarmMind, "出荷係"},
    {"other_services", 4, kService, "建物の清掃、警備と人材の紹介を行っています。", "清掃\n警備\n人材紹介", kServiceBuys, kServiceMind, "管理部"},
};

constexpr LegalForm kForms[] = {{"株式会社", "㈱", true}, {"株式会社", "(株)", false}, {"有限会社", "㈲", true}, {"合同会社", "(同)", true}};
constexpr Competitor kCompetitors[] = {
    {"株式会社オフィスパートナー東日本", "オフィスパートナーヒガシニホン", "複合機の値引きが大きい。保守は外注。"},
    {"丸和包材株式会社", "マルワホウザイ", "箱の在庫が多く、翌日に届く。"},
    {"有限会社クリーン資材センター", "クリーンシザイセンター", "衛生用品が安い。営業は一人。"},
    {"株式会社ワークギア商会", "ワークギアショウカイ", "作業着の品数が多い。名入れが早い。"},
    {"全国サプライ株式会社", "ゼンコクサプライ", "通販だけ。担当者はつかない。"},
};
// clang-format on

}  // namespace

std::span<const Trade> trades() { return kTrades; }
std::span<const ProductWords> products() { return kProducts; }
std::span<const Competitor> competitors() { return kCompetitors; }

const Trade& pick_trade(Random& random) {
  static const std::vector<std::size_t> kWeighted = [] {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < std::size(kTrades); ++i)
      out.insert(out.end(), static_cast<std::size_t>(kTrades[i].weight), i);
    return out;
  }();
  return kTrades[random.pick(std::span<const std::size_t>(kWeighted))];
}

LegalForm pick_legal_form(Random& random, std::string_view industry) {
  const auto n = random.below(100);
  if (industry == "medical")
    return n < 60   ? LegalForm{"医療法人", "(医)", true}
           : n < 85 ? LegalForm{"社会福祉法人", "(福)", true}
                    : LegalForm{};
  if (industry == "education") return n < 65 ? LegalForm{"学校法人", "(学)", true} : kForms[0];
  if (industry == "professional" && n < 45) return {};
  if (industry == "agriculture" && n < 30) return {"農事組合法人", "(農)", true};
  if (n < 52) return kForms[0];
  if (n < 76) return kForms[1];
  if (n < 90) return kForms[2];
  if (n < 97) return kForms[3];
  return {};
}

}  // namespace daifuku::crm::demo
