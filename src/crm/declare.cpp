#include "crm/declare.h"

#include <utility>

namespace daifuku::crm {

std::vector<std::string> names(std::string_view separated_by_bars) {
  std::vector<std::string> result;
  while (!separated_by_bars.empty()) {
    const std::size_t end = separated_by_bars.find('|');
    if (end != 0) result.emplace_back(separated_by_bars.substr(0, end));
    if (end == std::string_view::npos) break;
    separated_by_bars.remove_prefix(end + 1);
  }
  return result;
}

void add_section(meta::ObjectDef& object, std::string key, meta::Label label, Fields fields) {
  for (meta::FieldDef& field : fields) {
    field.section = key;
    object.fields.push_back(std::move(field));
  }
  object.sections.push_back({std::move(key), std::move(label)});
}

// clang-format off: tables, one option a line
Options stage_options() {
  return {
      {"potential",
       {"潜在", "Potential"},
       "gray",
       names("潜在客|潜在顧客|未接触|Suspect|subscriber"),
       365},
      {"prospect",
       {"見込み", "Prospect"},
       "blue",
       names("見込|見込み客|見込客|見込顧客|リード|Lead|Prospect"),
       90},
      {"negotiating", {"商談中", "Negotiating"}, "violet", names("交渉中|案件化|Opportunity"), 30},
      {"customer",
       {"既存", "Customer"},
       "green",
       names("既存客|既存顧客|取引中|顧客|得意先|Client|Active"),
       180},
      {"dormant", {"休眠", "Dormant"}, "orange", names("休眠客|休眠顧客|取引休止|Inactive"), 730},
      {"lost",
       {"離反", "Lost"},
       "red",
       names("離反客|離反顧客|解約|取引終了|取引停止|Former customer")},
  };
}

Options industry_options() {
  return {
      {"agriculture",
       {"農業・林業・漁業", "Agriculture, forestry, fishery"},
       "green",
       names("農業|林業|漁業|水産業|農林水産業|農林漁業|Agriculture")},
      {"mining",
       {"鉱業・採石業", "Mining"},
       "gray",
       names("鉱業|採石業|砂利採取業|鉱業，採石業，砂利採取業|Mining")},
      {"construction",
       {"建設業", "Construction"},
       "orange",
       names("建設|建築|土木|工務店|設備工事|建築業|土木業|Construction")},
      {"food_manufacturing",
       {"食品製造業", "Food manufacturing"},
       "yellow",
       names("食料品製造業|食品|食品メーカー|飲料製造|Food & Beverage")},
      {"machine_manufacturing",
       {"機械・電機製造業", "Machinery and electronics"},
       "blue",
       names("機械製造業|電機|電機製造業|機械|電気機器|精密機器|輸送用機器|Machinery|Electronics")},
      {"material_manufacturing",
       {"素材・化学製造業", "Materials and chemicals"},
       "teal",
       names("化学|化学工業|鉄鋼|金属|金属製品製造業|素材|Chemicals")},
      {"other_manufacturing",
       {"その他の製造業", "Other manufacturing"},
       "blue",
       names("製造|製造業|メーカー|工場|Manufacturing")},
      {"utilities",
       {"電気・ガス・水道業", "Utilities"},
       "gray",
       names("電気|ガス|水道|インフラ|エネルギー|電気・ガス・熱供給・水道業|Utilities|Energy")},
      {"information",
       {"情報通信業", "Information and communications"},
       "violet",
       names("IT|情報通信|情報サービス|情報処理|ソフトウェア|ソフトウエア|システム開発|通信|"
             "インターネット|出版|放送|Technology|Computer Software|Telecommunications|Media")},
      {"transport",
       {"運輸業・倉庫業", "Transport and storage"},
       "orange",
       names(
           "運輸|運送業|物流|物流業|倉庫|運輸業，郵便業|郵便業|Transportation|Shipping|Logistics")},
      {"wholesale", {"卸売業", "Wholesale"}, "yellow", names("卸|卸売|商社|問屋|Wholesale")},
      {"retail",
       {"小売業", "Retail"},
       "pink",
       names("小売|販売業|卸売業・小売業|卸売業，小売業|商店|通販|EC|Retail")},
      {"finance",
       {"金融業・保険業", "Finance and insurance"},
       "green",
       names("金融|保険|銀行|証券|信用金庫|Banking|Finance|Insurance|Financial Services")},
      {"real_estate",
       {"不動産業・物品賃貸業", "Real estate and leasing"},
       "teal",
       names("不動産|不動産業|賃貸業|リース|レンタル|物品賃貸業|Real Estate")},
      {"professional",
       {"専門・技術サービス業", "Professional and technical services"},
       "violet",
       names("士業|会計事務所|税理士|法律事務所|コンサルティング|コンサルタント|設計事務所|広告|"
             "広告業|デザイン|学術研究|学術研究，専門・技術サービス業|Consulting|Legal|Advertising|"
             "Marketing")},
      {"hospitality",
       {"宿泊業・飲食業", "Hotels and restaurants"},
       "red",
       names("宿泊業|宿泊|旅館|ホテル|飲食|飲食店|飲食業|飲食サービス業|宿泊業，飲食サービス業|"
             "Hospitality|Restaurants")},
      {"personal_services",
       {"生活関連・娯楽業", "Personal services and leisure"},
       "pink",
       names("生活関連サービス業|娯楽業|理容|美容|美容業|冠婚葬祭|旅行業|スポーツ施設|"
             "生活関連サービス業，娯楽業|Entertainment|Recreation")},
      {"education",
       {"教育・学習支援業", "Education"},
       "blue",
       names("教育|学校|学習塾|塾|教育，学習支援業|Education")},
      {"medical",
       {"医療・福祉", "Medical and welfare"},
       "red",
       names("医療|病院|医院|クリニック|薬局|福祉|介護|医療，福祉|保育|Healthcare|Hospital & "
             "Health Care")},
      {"other_services",
       {"その他のサービス業", "Other services"},
       "gray",
       names("サービス|サービス業|人材派遣|人材紹介|警備|清掃|ビルメンテナンス|複合サービス事業|"
             "複合サービス業|Services|Staffing")},
      {"public",
       {"官公庁・団体", "Public bodies and associations"},
       "gray",
       names("公務|官公庁|自治体|市役所|団体|組合|協同組合|NPO|Government|Not For "
             "Profit|Non-profit")},
      {"other", {"その他", "Other"}, "gray", names("分類不能|不明|その他の業種|Others")},
  };
}

Options channel_options() {
  return {
      {"phone", {"電話", "Phone"}, "blue", names("TEL|架電|受電|携帯|Call")},
      {"email", {"メール", "E-mail"}, "teal", names("Eメール|電子メール|E-mail|Email|Mail")},
      {"visit", {"訪問・来店", "Visit"}, "green", names("訪問|来店|来社|面談|対面|Visit|Meeting")},
      {"online",
       {"オンライン会議", "Online meeting"},
       "violet",
       names("Web会議|ウェブ会議|テレビ会議|Zoom|Teams|オンライン")},
      {"chat", {"チャット・LINE", "Chat"}, "yellow", names("チャット|LINE|ライン|Chat|Messenger")},
      {"form",
       {"問い合わせフォーム", "Web form"},
       "orange",
       names("フォーム|Webフォーム|HP|ホームページ|Web|Web form")},
      {"sns",
       {"SNS", "Social media"},
       "pink",
       names("X|Twitter|Facebook|Instagram|インスタグラム|Social")},
      {"letter",
       {"手紙・FAX", "Letter or fax"},
       "gray",
       names("手紙|郵送|はがき|ハガキ|FAX|ファックス|DM|Fax|Letter")},
  };
}

Options source_options() {
  return {
      {"referral",
       {"紹介", "Referral"},
       "green",
       names("ご紹介|知人の紹介|取引先の紹介|Referral|Partner Referral|Employee Referral")},
      {"exhibition",
       {"展示会・セミナー", "Exhibition or seminar"},
       "violet",
       names("展示会|セミナー|イベント|催し|Trade Show|Event|Seminar")},
      {"website",
       {"ホームページ", "Our website"},
       "blue",
       names("HP|自社サイト|Webサイト|ウェブサイト|問い合わせフォーム|資料請求|Web|Website|Organic "
             "search|Direct traffic")},
      {"search",
       {"検索・広告", "Search or advertisement"},
       "orange",
       names("検索|広告|Web広告|リスティング|チラシ|雑誌|新聞|Advertisement|Paid search")},
      {"sns",
       {"SNS", "Social media"},
       "pink",
       names("SNS広告|X|Twitter|Facebook|Instagram|Organic social|Social media")},
      {"phone_in",
       {"電話での問い合わせ", "Phone inquiry"},
       "teal",
       names("電話|入電|Phone Inquiry|Inbound call")},
      {"walk_in", {"来店・飛び込み来社", "Walk-in"}, "yellow", names("来店|来社|Walk-in")},
      {"cold_call",
       {"こちらからの電話・訪問", "Our own call or visit"},
       "gray",
       names("テレアポ|飛び込み|新規開拓|架電|Cold Call")},
      {"purchased_list",
       {"名簿・企業データ", "List or company data"},
       "gray",
       names("リスト|購入リスト|名簿|企業リスト|Purchased List|Offline sources")},
      {"exchange", {"名刺交換", "Business card"}, "blue", names("名刺|交流会|Business card")},
      {"other", {"その他", "Other"}, "gray", names("不明|Other")},
  };
}

Options rank_options() {
  return {
      {"a", {"A（とても高い）", "A (very likely)"}, "red", names("A|Aランク|S|Sランク|高|Hot")},
      {"b", {"B（高い）", "B (likely)"}, "orange", names("B|Bランク|中|Warm")},
      {"c", {"C（ふつう）", "C (possible)"}, "yellow", names("C|Cランク|低|Cold")},
      {"d", {"D（低い）", "D (unlikely)"}, "gray", names("D|Dランク|なし|見送り")},
  };
}

Options tax_options() {
  return {
      {"standard",
       {"標準税率 10%", "Standard 10%"},
       "blue",
       names("10%|10|標準|課税|課税10%|税率10%|標準税率|0.1")},
      {"reduced",
       {"軽減税率 8%", "Reduced 8%"},
       "green",
       names("8%|8|軽減|課税8%|軽減8%|税率8%|軽減税率|※|0.08")},
      {"exempt", {"非課税", "Exempt"}, "gray", names("非課税取引")},
      {"zero", {"輸出免税 0%", "Export 0%"}, "gray", names("免税|輸出免税|0%|0")},
      {"outside", {"不課税", "Outside the scope"}, "gray", names("対象外|課税対象外|不課税取引")},
  };
}
meta::FieldDef email_status() {
  return {
      .id = 60,
      .key = "email_status",
      .kind = &kinds::choice,
      .label = {"メールの到達", "Mail delivery"},
      .help = {"届かない宛先に送り続けないため", "Not to keep writing to an address that bounces"},
      .options = {{"ok", {"届く", "Delivered"}, "green", names("届いた|有効|Valid|Delivered|OK")},
                  {"bounced",
                   {"届かない", "Bounces"},
                   "red",
                   names("不達|宛先不明|無効|エラー|Bounce|Bounced|Hard Bounce|Invalid")},
                  {"unknown", {"不明", "Unknown"}, "gray", names("未確認|Unknown")}},
      .import_names = names("メール到達|メール不達|不達|バウンス|配信エラー|メールエラー|Bounce|"
                            "Bounced|Email Bounced|Hard Bounced|Email Status"),
      .indexed = true};
}

// clang-format on

}  // namespace daifuku::crm
