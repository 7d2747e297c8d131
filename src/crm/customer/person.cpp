#include "crm/customer/customer_totals.h"
#include "crm/customer/person_consumer.h"
#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options kind_options() {
  return {
      {"business",
       {"取引先の担当者", "Business contact"},
       "blue",
       names("法人|担当者|法人担当者|BtoB|取引先担当者")},
      {"consumer",
       {"個人のお客様", "Consumer"},
       "green",
       names("個人|一般|個人客|消費者|会員|BtoC|個人のお客さま")},
      {"competitor", {"競合の担当者", "Competitor's person"}, "red", names("競合|競合担当者|他社")},
      {"other", {"その他", "Other"}, "gray", names("協力者|紹介者|その他の人")},
  };
}

Options job_rank_options() {
  return {
      {"president",
       {"代表・社長", "President"},
       "red",
       names("代表取締役|代表取締役社長|代表取締役会長|社長|会長|代表|理事長|院長|CEO|President|"
             "Owner")},
      {"director",
       {"役員", "Director"},
       "orange",
       names("取締役|専務|専務取締役|常務|常務取締役|執行役員|監査役|理事|役員|Director|Executive|"
             "VP")},
      {"head",
       {"部長級", "Head of department"},
       "yellow",
       names("部長|本部長|事業部長|次長|支店長|工場長|室長|General Manager|Head")},
      {"manager",
       {"課長級", "Manager"},
       "green",
       names("課長|課長代理|所長|店長|マネージャー|マネージャ|Manager")},
      {"leader",
       {"係長・主任級", "Leader"},
       "teal",
       names("係長|主任|リーダー|チーフ|班長|Leader|Chief")},
      {"staff", {"一般", "Staff"}, "gray", names("一般社員|担当|社員|職員|Staff")},
  };
}

Options employment_options() {
  return {
      {"active", {"在籍", "Active"}, "green", names("在職|現職|在籍中|Active")},
      {"moved", {"異動", "Moved"}, "yellow", names("転勤|異動済み|部署異動|Transferred")},
      {"left", {"退職・転職", "Left"}, "gray", names("退職|退社|退職済み|転職|離職|Left|Inactive")},
      {"unknown", {"不明", "Unknown"}, "gray", names("未確認")},
  };
}

Fields basic() {
  return {
      {.id = 1,
       .key = "name",
       .kind = &kinds::person_name,
       .label = {"氏名", "Name"},
       .help = {"お名前を正しく書き、呼び、探せるようにするため",
                "To write, say and find the name correctly"},
       .required = true,
       .maturity = 1,
       .searchable = true,
       .duplicate_key = true,
       .personal = true,
       .import_names = names("名前|お名前|ご担当者名|ご担当者|担当者|担当者名|ご氏名|顧客名|会員名|"
                             "お客様名|宛名|漢字氏名|氏名（漢字）|姓名|フルネーム|表示名|"
                             "Name|Full Name|Contact Name|Contact|Person|Display Name"),
       .indexed = true,
       .in_list = true},
      {.id = 2,
       .key = "company",
       .kind = &kinds::link,
       .label = {"会社", "Company"},
       .help = {"どの会社の人かを知り、会社の記録とつなぐため。個人のお客様は空のまま",
                "To know whose person it is. Empty for consumers"},
       .target = "company",
       .maturity = 1,
       .import_names =
           names("会社名|企業名|取引先名|取引先|貴社名|社名|法人名|勤務先会社|所属|所属企業|団体名|"
                 "Account Name|Company|Company Name|Organization|Associated Company"),
       .in_list = true},
      {.id = 3,
       .key = "kind",
       .kind = &kinds::choice,
       .label = {"区分", "Kind"},
       .help = {"取引先の担当者と個人のお客様を分けて見るため",
                "To see business contacts and consumers apart"},
       .options = kind_options(),
       .import_names =
           names("種別|法人個人区分|法人・個人|顧客種別|会員区分|個人法人|Contact Type|Type"),
       .indexed = true},
      {.id = 4,
       .key = "division",
       .kind = &kinds::text,
       .label = {"部門", "Division"},
       .help = {"異動のあとも、どの部門とのご縁かをたどるため",
                "To follow which division we dealt with, also after transfers"},
       .max = 100,
       .maturity = 1,
       .searchable = true,
       .import_names = names("事業部|本部|部門名|事業本部|Division")},
      {.id = 5,
       .key = "department",
       .kind = &kinds::text,
       .label = {"部署", "Department"},
       .help = {"用件に合った部署の人へ連絡するため",
                "To reach the department that the matter belongs to"},
       .max = 100,
       .maturity = 1,
       .searchable = true,
       .import_names = names("部署名|所属部署|所属部署名|課|部課|所属|部課名|Department"),
       .in_list = true},
      {.id = 6,
       .key = "department_unit",
       .kind = &kinds::link,
       .label = {"組織図での所属", "Place in the chart"},
       .help = {"お客様の組織図の中で、だれがどこにいるかを見るため",
                "To see who is where in the customer's organization"},
       .target = "department",
       .maturity = 2},
      {.id = 7,
       .key = "job_title",
       .kind = &kinds::text,
       .label = {"役職", "Job title"},
       .help = {"肩書を正しく書き、失礼のないようにするため", "To write titles correctly"},
       .max = 100,
       .maturity = 1,
       .searchable = true,
       .import_names = names("肩書|肩書き|役職名|職位|職名|役職・職位|Title|Job Title|Position"),
       .in_list = true},
      {.id = 8,
       .key = "job_rank",
       .kind = &kinds::choice,
       .label = {"役職の区分", "Rank"},
       .help = {"決める立場の人を会社をまたいで探すため",
                "To find the people who decide, across companies"},
       .options = job_rank_options(),
       .maturity = 2,
       .import_names = names("職位区分|役職区分|役職ランク|役職レベル|Seniority|Job Level"),
       .indexed = true},
      {.id = 9,
       .key = "employment",
       .kind = &kinds::choice,
       .label = {"在籍状況", "Still there"},
       .help = {"退職や異動をした人に送らないため",
                "Not to write to people who have left or moved"},
       .options = employment_options(),
       .maturity = 2,
       .import_names = names("在籍|在職状況|在籍区分|退職フラグ|Employment Status")},
      {.id = 10,
       .key = "tags",
       .kind = &kinds::tags,
       .label = {"タグ", "Tags"},
       .help = {"自社なりの分け方で、あとから集められるようにするため",
                "To group people in your own way"},
       .searchable = true,
       .import_names = names("ラベル|分類|グループ|キーワード|Tags|Labels|Category")},
      {.id = 11,
       .key = "code",
       .kind = &kinds::text,
       .label = {"お客様番号", "Customer number"},
       .help = {"ほかのソフトや会員証と同じ人を指すため",
                "To point at the same person as other software or a member card"},
       .max = 50,
       .searchable = true,
       .import_names = names("顧客番号|顧客ID|顧客コード|会員番号|会員ID|会員コード|管理番号|"
                             "Customer ID|Member ID|Contact ID|Record ID"),
       .indexed = true},
  };
}

Fields contact() {
  Fields fields = {
      {.id = 12,
       .key = "email",
       .kind = &kinds::email,
       .label = {"メール", "E-mail"},
       .help = {"いつも使われている宛先へ確実に届けるため", "To reach the address that is in use"},
       .maturity = 1,
       .searchable = true,
       .duplicate_key = true,
       .import_names = names(
           "メールアドレス|E-mail|Eメール|Ｅメール|メアド|Mail|メール1|メールアドレス1|PCメール|"
           "会社メール|連絡先メール|email|Email Address|Primary Email|E-mail Address"),
       .in_list = true},
      email_status(),
      {.id = 13,
       .key = "mobile",
       .kind = &kinds::phone,
       .label = {"携帯電話", "Mobile"},
       .help = {"急ぎのときに本人へ直接つながるため",
                "To reach the person directly when it is urgent"},
       .maturity = 1,
       .searchable = true,
       .duplicate_key = true,
       .import_names = names("携帯|携帯番号|携帯電話番号|ケータイ|モバイル|携帯TEL|Mobile|Mobile "
                             "Phone|Cell|Cell Phone|Mobile Phone Number"),
       .in_list = true},
      {.id = 14,
       .key = "phone",
       .kind = &kinds::phone,
       .label = {"電話（勤務先）", "Phone (work)"},
       .help = {"会社の直通や内線へかけるため", "To call the direct line or extension at work"},
       .maturity = 1,
       .searchable = true,
       .duplicate_key = true,
       .import_names = names(
           "電話番号|電話|TEL|Tel|ＴＥＬ|直通|直通電話|勤務先電話番号|会社電話|連絡先電話番号|"
           "電話番号1|Phone|Phone Number|Business Phone|Work Phone|Direct Phone|Telephone")},
      {.id = 15,
       .key = "home_phone",
       .kind = &kinds::phone,
       .label = {"電話（自宅）", "Phone (home)"},
       .help = {"個人のお客様のご自宅へ連絡するため", "To call consumers at home"},
       .maturity = 1,
       .searchable = true,
       .duplicate_key = true,
       .import_names =
           names("自宅電話|自宅電話番号|固定電話|自宅TEL|ご自宅電話番号|Home Phone|Other Phone")},
      {.id = 16,
       .key = "fax",
       .kind = &kinds::phone,
       .label = {"FAX", "Fax"},
       .help = {"FAXで連絡する方のため", "For people who use a fax"},
       .import_names = names("FAX番号|ＦＡＸ|Fax|ファックス|Fax Number|Business Fax")},
      {.id = 17,
       .key = "emails",
       .kind = &kinds::emails,
       .label = {"ほかのメール", "Other e-mails"},
       .help = {"別の宛先から届いたメールでも本人と分かるようにするため",
                "To recognize the person by other addresses too"},
       .searchable = true,
       .import_names =
           names("メール2|メールアドレス2|メールアドレス3|携帯メール|携帯メールアドレス|個人メール|"
                 "サブメール|Secondary Email|Other Email|Additional email addresses")},
      {.id = 18,
       .key = "phones",
       .kind = &kinds::phones,
       .label = {"ほかの電話番号", "Other phones"},
       .help = {"別の番号からの電話でも本人と分かるようにするため",
                "To recognize the person by other numbers too"},
       .searchable = true,
       .import_names =
           names("電話番号2|電話2|TEL2|電話番号3|その他電話|緊急連絡先|Asst. Phone|Other Phone 2")},
      {.id = 19,
       .key = "address",
       .kind = &kinds::address,
       .label = {"住所", "Address"},
       .help = {"お届けや案内に使い、お住まいの地域ごとに集めるため",
                "For deliveries and letters, and to group by area"},
       .maturity = 1,
       .searchable = true,
       .import_names = names("ご住所|自宅住所|居住地|所在地|現住所|連絡先住所|お届け先住所|Address|"
                             "Home Address|Mailing Address|Full Address"),
       .indexed = true},
      {.id = 20,
       .key = "preferred_channel",
       .kind = &kinds::choice,
       .label = {"好みの連絡方法", "Preferred way"},
       .help = {"その方が受け取りやすい方法で連絡するため", "To use the way that suits the person"},
       .options = channel_options(),
       .maturity = 2,
       .import_names =
           names("希望連絡方法|連絡方法|連絡手段|希望の連絡方法|Preferred Contact Method")},
      {.id = 21,
       .key = "sns",
       .kind = &kinds::urls,
       .label = {"SNS", "Social media"},
       .help = {"関心ごとを知り、つながりを保つため", "To know interests and stay in touch"},
       .maturity = 3,
       .import_names =
           names("SNSアカウント|X|Twitter|Facebook|Instagram|LINE|LinkedIn|LinkedIn URL")},
      {.id = 22,
       .key = "latest_card",
       .kind = &kinds::link,
       .label = {"最新の名刺", "Latest business card"},
       .help = {"いちばん新しい肩書と連絡先を確かめるため",
                "To check the newest title and contacts"},
       .target = "business_card",
       .maturity = 2,
       .read_only = true},
  };
  for (meta::FieldDef& field : fields) field.personal = field.key != "latest_card";
  return fields;
}

Fields relationship() {
  return {
      {.id = 23,
       .key = "stage",
       .kind = &kinds::choice,
       .label = {"段階", "Stage"},
       .help = {"いまの付き合いの深さに合った声かけをするため",
                "To approach each person as fits where we stand"},
       .required = true,
       .options = stage_options(),
       .maturity = 1,
       .import_names = names("顧客区分|顧客ステータス|ステータス|会員ステータス|会員ステータス("
                             "名称)|取引状況|Lifecycle Stage|Lead Status|Status"),
       .indexed = true,
       .in_list = true,
       .default_text = "prospect"},
      {.id = 24,
       .key = "rank",
       .kind = &kinds::choice,
       .label = {"見込み度", "Likelihood"},
       .help = {"確度の高い方から先に動くため", "To go to the most likely ones first"},
       .options = rank_options(),
       .maturity = 2,
       .import_names = names("ランク|顧客ランク|会員ランク|確度|重要度|Rating|Rank")},
      {.id = 25,
       .key = "source",
       .kind = &kinds::choice,
       .label = {"知ったきっかけ", "Source"},
       .help = {"どの活動がお客様につながったかを数えるため",
                "To count which effort brought customers"},
       .options = source_options(),
       .maturity = 2,
       .import_names = names(
           "きっかけ|流入経路|来店動機|リードソース|獲得経路|Lead Source|Original Source|Source")},
      {.id = 26,
       .key = "dislikes",
       .kind = &kinds::long_text,
       .label = {"嫌がること（注意）", "Dislikes (warning)"},
       .help = {"お客様が嫌がることを、だれが応対しても避けるため",
                "So that whoever answers avoids what the customer dislikes"},
       .maturity = 3,
       .searchable = true,
       .personal = true,
       .import_names =
           names("注意事項|嫌いなこと|NG|NG事項|要注意|苦手なもの|アレルギー|Dislikes|Warning")},
      {.id = 27,
       .key = "usual_order",
       .kind = &kinds::long_text,
       .label = {"いつもの", "The usual"},
       .help = {"「いつもの」と言われたらすぐ応えるため", "To serve \"the usual\" at once"},
       .maturity = 3,
       .searchable = true,
       .personal = true,
       .import_names = names("いつもの注文|定番|定番注文|よく買う商品|お決まり|Usual Order")},
      {.id = 28,
       .key = "preferences",
       .kind = &kinds::tags,
       .label = {"好み・関心", "Preferences"},
       .help = {"好みや関心に合った案内だけを届けるため",
                "To offer only what fits tastes and interests"},
       .maturity = 2,
       .searchable = true,
       .personal = true,
       .import_names =
           names("嗜好|趣味|関心|興味|趣味・嗜好|志向|趣向|好きなもの|関心分野|Interests|Hobbies")},
      {.id = 29,
       .key = "preference_note",
       .kind = &kinds::long_text,
       .label = {"好みの詳しいこと", "Notes on preferences"},
       .help = {"前に伺ったことを次の応対に生かすため", "To use what we were told before"},
       .maturity = 3,
       .searchable = true,
       .personal = true,
       .import_names = names("好みメモ|嗜好メモ")},
      {.id = 30,
       .key = "character",
       .kind = &kinds::long_text,
       .label = {"人柄", "Character"},
       .help = {"気持ちよく話せるように心がけるため。見られる人は限られます",
                "To get along well. Few people may see this"},
       .maturity = 3,
       .personal = true,
       .sensitive = true,
       .import_names = names("性格|人物像|人となり|人物メモ")},
      {.id = 31,
       .key = "note",
       .kind = &kinds::long_text,
       .label = {"補足情報", "Notes"},
       .help = {"決まった欄に入らないことも、次の担当者へ引き継ぐため",
                "To hand on what fits no other field"},
       .maturity = 1,
       .searchable = true,
       .personal = true,
       .import_names = names("備考|メモ|補足|摘要|コメント|その他|特記事項|ショップ用メモ欄|備考欄|"
                             "Notes|Note|Memo|Remarks|Comment|Description")},
  };
}

Fields totals() {
  return customer_totals({
      .stage_changed_on = {"今の段階に長くとどまっている方に気づくため",
                           "To notice people who stay too long in one stage"},
      .last_contact_at = {"しばらく連絡していない方に気づくため",
                          "To notice whom we have not talked to for long"},
      .open_complaints = {"応対の前に必ず知っておくため", "To know before talking to them"},
  });
}

}  // namespace

meta::ObjectDef person() {
  meta::ObjectDef object{
      .id = 2,
      .key = "person",
      .plural = "people",
      .label = {"人", "Person"},
      .plural_label = {"人", "People"},
      .help = {"取引先の担当者と、個人のお客様", "Contacts at companies, and consumers"},
      .icon = "user",
      .customer = true,
      .customer_links = {"company"}};
  add_section(object, "basic", {"基本", "Basics"}, basic());
  add_section(object, "contact", {"連絡先・住所", "Contact and address"}, contact());
  add_section(object, "relationship", {"お付き合い", "Relationship"}, relationship());
  add_section(object, "private_life", {"個人のお客様", "Consumer"}, consumer_fields());
  // Who works for a company that we deal with is not asked for his income, nor a consumer for his
  // department.
  constexpr std::string_view kAtWork[] = {"company",   "division", "department", "department_unit",
                                          "job_title", "job_rank", "employment", "latest_card"};
  for (meta::FieldDef& field : object.fields) {
    if (std::ranges::find(kAtWork, field.key) != std::end(kAtWork)) field.maturity_when = "company";
    if (field.section == "private_life" || field.key == "address") field.maturity_when = "!company";
  }
  add_section(object, "totals", {"これまでの実績", "So far"}, totals());
  return object;
}
// clang-format on

}  // namespace daifuku::crm
