#include "crm/customer/customer_totals.h"
#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options relation_options() {
  return {
      {"customer", {"販売先", "Customer"}, "green", names("得意先|顧客|販売先|売り先|Customer")},
      {"supplier", {"仕入先", "Supplier"}, "blue", names("仕入れ先|購入先|外注先|Vendor|Supplier")},
      {"partner",
       {"協力会社", "Partner"},
       "violet",
       names("パートナー|代理店|販売店|紹介元|提携先|Partner|Reseller")},
      {"competitor", {"競合会社", "Competitor"}, "red", names("競合|競合他社|ライバル|Competitor")},
      {"other", {"その他", "Other"}, "gray", names("その他の関係|Other")},
  };
}

Options listing_options() {
  return {
      {"unlisted", {"非上場", "Unlisted"}, "gray", names("未上場|非公開|Private")},
      {"prime", {"東証プライム", "TSE Prime"}, "green", names("プライム|東証一部|東証1部")},
      {"standard",
       {"東証スタンダード", "TSE Standard"},
       "teal",
       names("スタンダード|東証二部|東証2部|JASDAQ")},
      {"growth", {"東証グロース", "TSE Growth"}, "blue", names("グロース|マザーズ")},
      {"other",
       {"その他の市場", "Other market"},
       "violet",
       names("上場|名証|札証|福証|海外上場|Public")},
  };
}

Fields basic() {
  return {
      {.id = 1,
       .key = "name",
       .kind = &kinds::company_name,
       .label = {"会社名", "Company name"},
       .help = {"どの会社とのことかを、だれが見ても同じに分かるようにするため",
                "So that everybody means the same company"},
       .required = true,
       .max = 200,
       .maturity = 1,
       .searchable = true,
       .duplicate_key = true,
       .import_names = names(
           "企業名|取引先名|取引先|貴社名|御社名|社名|法人名|法人|会社|事業者名|事業所名|店舗名|"
           "屋号|団体名|施設名|病院名|園名|"
           "顧客名|得意先名|得意先|お客様名|勤務先|勤務先名|商号|商号又は名称|正式名称|名称|組織名|"
           "Account Name|Company|Company Name|Account|Organization|Organisation|Customer "
           "Name|corporateName"),
       .indexed = true,
       .in_list = true},
      {.id = 2,
       .key = "stage",
       .kind = &kinds::choice,
       .label = {"段階", "Stage"},
       .help = {"いまの付き合いの深さに合った声かけをするため",
                "To approach each company as fits where we stand with it"},
       .required = true,
       .options = stage_options(),
       .maturity = 1,
       .import_names =
           names("顧客区分|顧客ステータス|取引先ステータス|ステータス|取引状況|顧客分類|見込み区分|"
                 "ライフサイクル|Lifecycle Stage|Lead Status|Account Status|Status"),
       .indexed = true,
       .in_list = true,
       .default_text = "prospect"},
      {.id = 3,
       .key = "industry",
       .kind = &kinds::choice,
       .label = {"業種", "Industry"},
       .help = {"業種ごとの傾向をつかみ、似た会社に同じ提案を生かすため",
                "To see what each industry needs and to reuse proposals"},
       .options = industry_options(),
       .maturity = 1,
       .import_names = names("業種名|業界|産業分類|業種分類|業態|Industry|Business Type|Sector"),
       .indexed = true,
       .in_list = true},
      {.id = 4,
       .key = "relations",
       .kind = &kinds::choices,
       .label = {"取引関係", "Relation"},
       .help = {"買ってくださる会社か、仕入先か、競合かを取り違えないため",
                "To tell customers from suppliers and competitors"},
       .options = relation_options(),
       .maturity = 1,
       .import_names = names(
           "取引区分|取引先区分|関係|会社区分|種別|取引先種別|Type|Account Type|Relationship"),
       .default_text = "customer"},
      {.id = 5,
       .key = "code",
       .kind = &kinds::text,
       .label = {"取引先コード", "Customer code"},
       .help = {"会計や販売管理のソフトと同じ相手を指すため",
                "To point at the same customer as the accounting software does"},
       .max = 50,
       .searchable = true,
       .import_names = names("得意先コード|顧客コード|顧客番号|顧客ID|会社コード|取引先番号|"
                             "取引先No|得意先CD|取引先CD|会員ID|管理番号|コード|Account "
                             "Number|Customer ID|Customer Code|Record ID|Account ID"),
       .indexed = true},
      {.id = 6,
       .key = "rank",
       .kind = &kinds::choice,
       .label = {"見込み度", "Likelihood"},
       .help = {"確度の高い会社から先に動くため", "To go to the most likely ones first"},
       .options = rank_options(),
       .maturity = 2,
       .import_names =
           names("ランク|顧客ランク|確度|重要度|見込みランク|優先度|Rating|Account Rating|Rank"),
       .indexed = true},
      {.id = 7,
       .key = "source",
       .kind = &kinds::choice,
       .label = {"知ったきっかけ", "Source"},
       .help = {"どの活動がお客様につながったかを数えるため",
                "To count which effort brought customers"},
       .options = source_options(),
       .maturity = 2,
       .import_names = names("きっかけ|流入経路|獲得経路|リードソース|リード元|集客経路|紹介元|"
                             "情報源|Lead Source|Account Source|Original Source|Source")},
      {.id = 8,
       .key = "tags",
       .kind = &kinds::tags,
       .label = {"タグ", "Tags"},
       .help = {"自社なりの分け方で、あとから集められるようにするため",
                "To group companies in your own way"},
       .searchable = true,
       .import_names = names("ラベル|分類|グループ|キーワード|Tags|Labels|Category")},
      {.id = 9,
       .key = "parent",
       .kind = &kinds::link,
       .label = {"親会社・本社", "Parent company"},
       .help = {"グループ全体や支店をまとめて見るため",
                "To see a whole group or all branches together"},
       .target = "company",
       .maturity = 2,
       .import_names = names("親会社|親取引先|本社|グループ会社|Parent Account|Parent Company")},
      {.id = 10,
       .key = "branch",
       .kind = &kinds::text,
       .label = {"支店・事業所名", "Branch"},
       .help = {"同じ会社の別の拠点を取り違えないため", "To tell places of one company apart"},
       .max = 100,
       .searchable = true,
       .import_names =
           names("支店名|支店|支社|営業所|営業所名|事業所|拠点|拠点名|店名|Account Site|Branch")},
  };
}

Fields contact() {
  return {
      {.id = 11,
       .key = "phone",
       .kind = &kinds::phone,
       .label = {"代表電話", "Main phone"},
       .help = {"個人ではなく会社へ連絡し、かかってきた電話の相手を見分けるため",
                "To call the company, and to recognize its calls"},
       .maturity = 1,
       .searchable = true,
       .duplicate_key = true,
       .import_names = names(
           "電話番号|電話|TEL|Tel|ＴＥＬ|代表電話番号|代表番号|会社電話番号|会社TEL|電話番号1|"
           "電話1|連絡先|連絡先電話番号|勤務先電話番号|勤務先電話|固定電話|"
           "Phone|Phone Number|Telephone|Main Phone|Business Phone|Company Phone|telephoneNumber"),
       .in_list = true},
      {.id = 12,
       .key = "fax",
       .kind = &kinds::phone,
       .label = {"FAX", "Fax"},
       .help = {"FAXで注文や書類をやり取りする会社のため",
                "For companies that order and answer by fax"},
       .searchable = true,
       .import_names =
           names("FAX番号|ＦＡＸ|Fax|ファックス|ファクス|会社FAX|代表FAX|Fax Number|faxNumber")},
      {.id = 13,
       .key = "phones",
       .kind = &kinds::phones,
       .label = {"ほかの電話番号", "Other phones"},
       .help = {"支店や部署の番号からも会社を見つけるため",
                "To find the company by a branch's number too"},
       .searchable = true,
       .import_names =
           names("電話番号2|電話2|TEL2|電話番号3|その他電話|フリーダイヤル|直通電話|Other Phone")},
      {.id = 14,
       .key = "email",
       .kind = &kinds::email,
       .label = {"代表メール", "Main e-mail"},
       .help = {"担当者が替わっても会社に届く宛先を持つため",
                "To have an address that outlives people's changes"},
       .maturity = 1,
       .searchable = true,
       .duplicate_key = true,
       .import_names =
           names("メールアドレス|メール|代表メールアドレス|代表アドレス|E-mail|Eメール|Ｅメール|"
                 "Mail|メアド|会社メールアドレス|email|Email Address|Company Email")},
      email_status(),
      {.id = 15,
       .key = "website",
       .kind = &kinds::url,
       .label = {"公式サイト", "Website"},
       .help = {"会社の今の動きを調べてから連絡するため", "To look up what they do before we call"},
       .maturity = 1,
       .searchable = true,
       .import_names =
           names("HP|ホームページ|URL|ウェブサイト|Webサイト|WEBサイト|サイトURL|ホームページURL|"
                 "会社HP|HPアドレス|Website|Website URL|Web Site|Company Domain Name|Domain")},
      {.id = 16,
       .key = "sns",
       .kind = &kinds::urls,
       .label = {"公式SNS", "Social media"},
       .help = {"発信の内容から関心ごとを知るため", "To learn their interests from what they post"},
       .maturity = 2,
       .import_names =
           names("SNS|公式SNSアカウント|X|Twitter|Facebook|Instagram|LINE公式|YouTube|LinkedIn|"
                 "LinkedIn Company Page|Facebook Company Page|Twitter Handle")},
      {.id = 17,
       .key = "address",
       .kind = &kinds::address,
       .label = {"本社住所", "Address"},
       .help = {"訪問や発送に使い、地域ごとに集計するため",
                "For visits and letters, and to count by area"},
       .maturity = 1,
       .searchable = true,
       .import_names = names("住所|所在地|本社所在地|会社住所|本店所在地|住所1|勤務先住所|ご住所|"
                             "Address|Full Address|Billing Address|location"),
       .indexed = true,
       .in_list = true},
      {.id = 18,
       .key = "billing_address",
       .kind = &kinds::address,
       .label = {"請求書の送付先", "Billing address"},
       .help = {"請求書や契約書を、本社とは別の正しい宛先へ送るため",
                "To send invoices and contracts to the right place"},
       .maturity = 2,
       .searchable = true,
       .import_names = names("請求先|請求先住所|請求書送付先|請求書送付住所|送付先")},
      {.id = 19,
       .key = "billing_name",
       .kind = &kinds::text,
       .label = {"請求書の宛名", "Billing name"},
       .help = {"部署名や担当者名まで正しく書いて送るため",
                "To address invoices to the right department or person"},
       .max = 200,
       .import_names = names("請求先名|請求先宛名|請求先会社名|請求書宛名|請求先担当者|Billing "
                             "Name|Billing Contact")},
  };
}

Fields profile() {
  return {
      {.id = 20,
       .key = "representative",
       .kind = &kinds::text,
       .label = {"代表者名", "Representative"},
       .help = {"契約の相手と、決める人を間違えないため", "To know who signs and who decides"},
       .max = 100,
       .maturity = 1,
       .searchable = true,
       .personal = true,
       .import_names =
           names("代表者|代表|代表者氏名|代表取締役|社長名|社長|CEO|Representative|President")},
      {.id = 21,
       .key = "representative_title",
       .kind = &kinds::text,
       .label = {"代表者の肩書", "Representative's title"},
       .help = {"書類や手紙の宛名を正しく書くため", "To address documents and letters properly"},
       .max = 100,
       .import_names = names("代表者役職|代表者肩書|代表役職")},
      {.id = 22,
       .key = "representative_person",
       .kind = &kinds::link,
       .label = {"代表者（人）", "Representative (person)"},
       .help = {"代表者の名刺やこれまでのやり取りをすぐ開くため",
                "To open the representative's card and history at once"},
       .target = "person"},
      {.id = 23,
       .key = "capital",
       .kind = &kinds::money,
       .label = {"資本金", "Capital"},
       .help = {"会社の規模に合った提案をし、取引条件を決めるため",
                "To fit proposals and terms to the size of the firm"},
       .least = 0,
       .maturity = 1,
       .import_names = names("資本金（円）|資本金額|資本金(円)|Capital"),
       .indexed = true},
      {.id = 24,
       .key = "employees",
       .kind = &kinds::integer,
       .label = {"従業員数", "Employees"},
       .help = {"使う人数を見積もり、規模の近い会社を探すため",
                "To estimate users and find firms of like size"},
       .least = 0,
       .maturity = 1,
       .import_names = names("社員数|従業員|従業員数（人）|従業員規模|人数|Employees|Number of "
                             "Employees|No. of Employees"),
       .indexed = true,
       .in_list = true},
      {.id = 25,
       .key = "founded_on",
       .kind = &kinds::date,
       .label = {"設立年月日", "Founded"},
       .help = {"周年などの節目に声をかけるため", "To greet them on anniversaries"},
       .earliest = "1600-01-01",
       .never_future = true,
       .maturity = 2,
       .import_names = names("設立日|設立|創業日|創業|設立年月|創立|Year Founded|Founded")},
      {.id = 26,
       .key = "business",
       .kind = &kinds::long_text,
       .label = {"事業内容", "Business"},
       .help = {"何で商いをしている会社かを知り、役に立てる所を探すため",
                "To know how they earn and where we can help"},
       .maturity = 1,
       .searchable = true,
       .import_names = names("業務内容|主な事業|事業概要|会社概要|営業種目|Description|About "
                             "Us|Business Description")},
      {.id = 27,
       .key = "main_products",
       .kind = &kinds::tags,
       .label = {"代表製品", "Main products"},
       .help = {"お客様の製品を知って話し、組み合わせを提案するため",
                "To talk of their products and propose what fits them"},
       .maturity = 2,
       .searchable = true,
       .import_names = names("主力商品|主要製品|取扱商品|取扱品目|主な製品|主要商品|Products")},
      {.id = 28,
       .key = "closing_month",
       .kind = &kinds::month,
       .label = {"決算月", "Closing month"},
       .help = {"予算が動く時期に合わせて提案するため", "To propose when budgets move"},
       .maturity = 2,
       .import_names = names("決算期|決算|決算日|決算時期|Fiscal Year End")},
      {.id = 29,
       .key = "listing",
       .kind = &kinds::choice,
       .label = {"上場区分", "Listing"},
       .help = {"公開された情報の有無と、意思決定の流れを見込むため",
                "To know whether figures are public and how they decide"},
       .options = listing_options(),
       .maturity = 2,
       .import_names = names("上場|上場市場|上場・非上場|株式公開|Ownership")},
      {.id = 30,
       .key = "corporate_number",
       .kind = &kinds::corporate_number,
       .label = {"法人番号", "Corporate number"},
       .help = {"名前が変わっても同じ会社だと分かるようにするため",
                "To recognize a company even after it changes its name"},
       .maturity = 2,
       .searchable = true,
       .duplicate_key = true,
       .import_names = names("法人番号13桁|会社法人等番号|corporateID|Corporate Number")},
      {.id = 31,
       .key = "invoice_number",
       .kind = &kinds::invoice_number,
       .label = {"インボイス登録番号", "Invoice registration number"},
       .help = {"仕入税額控除のために、相手の登録番号を確かめるため",
                "To check the registration needed for the input tax credit"},
       .maturity = 2,
       .searchable = true,
       .import_names = names("適格請求書発行事業者登録番号|インボイス番号|登録番号|適格請求書番号|"
                             "T番号|Invoice Number")},
      {.id = 32,
       .key = "annual_sales",
       .kind = &kinds::money,
       .label = {"売上高（直近）", "Sales (latest)"},
       .help = {"予算の大きさを見込むため。年度ごとの数字を入れると自動で替わります",
                "To judge the size of budgets. Follows the yearly figures once they are entered"},
       .maturity = 2,
       .import_names = names("売上|売上高|年商|年間売上|売上（円）|売上規模|直近売上高|Annual "
                             "Revenue|Revenue|Total Revenue"),
       .indexed = true,
       .made_from = {"financial_year.sales"}},
      {.id = 33,
       .key = "credit_score",
       .kind = &kinds::integer,
       .label = {"企業評点（直近）", "Credit rating (latest)"},
       .help = {"売掛の上限を決め、危ない取引を避けるため。評点の記録から自動で入ります",
                "To set credit limits. Follows the ratings once they are entered"},
       .least = 0,
       .maturity = 2,
       .import_names =
           names("評点|データバンク評点|帝国データバンク評点|TDB評点|TSR評点|信用評点|企業評価"),
       .made_from = {"credit_rating.score"}},
  };
}

Fields background() {
  return {
      {.id = 34,
       .key = "note",
       .kind = &kinds::long_text,
       .label = {"補足情報", "Notes"},
       .help = {"決まった欄に入らないことも、次の担当者へ引き継ぐため",
                "To hand on what fits no other field"},
       .maturity = 1,
       .searchable = true,
       .import_names = names("備考|メモ|補足|摘要|コメント|その他|特記事項|ショップ用メモ欄|備考欄|"
                             "Notes|Note|Memo|Remarks|Comment")},
      {.id = 35,
       .key = "reason_for_being",
       .kind = &kinds::long_text,
       .label = {"続いてきた理由", "Why the firm endures"},
       .help = {"その会社の強みの根っこを知り、役に立つ提案をするため",
                "To know the root of their strength and to add to it"},
       .maturity = 3,
       .import_names = names("現存理由|存続理由|強み|会社の強み")},
      {.id = 36,
       .key = "owner_character",
       .kind = &kinds::long_text,
       .label = {"経営者の性格", "Owner's character"},
       .help = {"経営者に合った話し方と進め方を選ぶため。見られる人は限られます",
                "To choose how to talk with the owner. Few people may see this"},
       .maturity = 3,
       .personal = true,
       .sensitive = true,
       .import_names = names("経営者性格|社長の性格|代表者の人柄|経営者の人柄")},
  };
}

Fields totals() {
  Fields fields = customer_totals({
      .stage_changed_on = {"今の段階に長くとどまっている会社に気づくため",
                           "To notice companies that stay too long in one stage"},
      .last_contact_at = {"しばらく連絡していない会社に気づくため",
                          "To notice whom we have not talked to for long"},
      .open_complaints = {"訪問や商談の前に必ず知っておくため", "To know before any visit or deal"},
  });
  for (meta::FieldDef& field : fields) {
    if (field.key == "next_action_at") field.in_list = true;
    if (field.key == "open_deal_amount") field.indexed = true;
  }
  fields.push_back(kept_by_product(
      {.id = 53,
       .key = "growth_streak",
       .kind = &kinds::yes_no,
       .label = {"3期連続の増収増益", "Three years of growth"},
       .help = {"投資の余力がある会社を見つけるため", "To find firms that can invest"},
       .indexed = true,
       .made_from = {"financial_year.sales", "financial_year.operating_profit"}}));
  return fields;
}

}  // namespace

meta::ObjectDef company() {
  meta::ObjectDef object{.id = 1,
                         .key = "company",
                         .plural = "companies",
                         .label = {"会社", "Company"},
                         .plural_label = {"会社", "Companies"},
                         .help = {"取引している会社、これから取引したい会社、競合の会社",
                                  "Firms we deal with, want to deal with, or compete with"},
                         .icon = "building",
                         .customer = true};
  add_section(object, "basic", {"基本", "Basics"}, basic());
  add_section(object, "contact", {"連絡先・住所", "Contact and address"}, contact());
  add_section(object, "profile", {"会社概要", "Profile"}, profile());
  add_section(object, "background", {"人柄・経緯", "Background"}, background());
  add_section(object, "totals", {"これまでの実績", "So far"}, totals());
  return object;
}
// clang-format on

}  // namespace daifuku::crm
