#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef business_card() {
  meta::ObjectDef object{
      .id = 7, .key = "business_card", .plural = "business_cards",
      .label = {"名刺", "Business card"}, .plural_label = {"名刺", "Business cards"},
      .help = {"いただいた名刺。新しいものが最新になり、古いものも残ります", "Cards received; the newest is marked, the older ones stay"},
      .icon = "id", .customer_links = {"person", "company"}, .timeline_at = "received_on",
      .timeline_summary = {"company_name", "department", "job_title"}, .parent_link = "person", .in_navigation = false, .default_sort = "-received_on"};
  Fields fields = {
      {.id = 1, .key = "name", .kind = &kinds::text, .label = {"氏名", "Name"}, .help = {"名刺のとおりに名前を残すため", "To keep the name as on the card"}, .required = true, .max = 200, .maturity = 1, .searchable = true,
       .import_names = names("名前|お名前|担当者名|姓名|Name|Full Name"), .in_list = true},
      {.id = 2, .key = "name_kana", .kind = &kinds::kana, .label = {"フリガナ", "Name in kana"}, .help = {"読みを間違えないため", "To read the name correctly"}, .max = 200, .searchable = true, .import_names = names("カナ|ヨミ|氏名カナ|氏名フリガナ|名前カナ")},
      {.id = 3, .key = "person", .kind = &kinds::link, .label = {"人", "Person"}, .help = {"異動や転職のあとも同じ人だと分かるようにするため", "To know the person after a move too"}, .target = "person", .in_list = true},
      {.id = 4, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"}, .help = {"会社ごとに、会った人を見るため", "To see whom we met, by company"}, .target = "company", .in_list = true},
      {.id = 5, .key = "company_name", .kind = &kinds::text, .label = {"会社名（名刺のとおり）", "Company as printed"}, .help = {"社名が変わる前の名刺も読めるように残すため", "To keep what was printed at the time"}, .max = 200, .searchable = true,
       .import_names = names("会社名|企業名|社名|勤務先|Company|Company Name|Organization")},
      {.id = 6, .key = "department", .kind = &kinds::text, .label = {"部署", "Department"}, .help = {"前の部署もたどれるようにするため", "To follow former departments"}, .max = 200, .maturity = 1, .searchable = true, .import_names = names("部署名|所属|部門|所属部署|Department"), .in_list = true},
      {.id = 7, .key = "job_title", .kind = &kinds::text, .label = {"役職", "Job title"}, .help = {"昇進や異動に気づき、お祝いを言うため", "To notice promotions and moves"}, .max = 100, .maturity = 1, .searchable = true, .import_names = names("肩書|役職名|職位|Title|Job Title"), .in_list = true},
      {.id = 8, .key = "email", .kind = &kinds::email, .label = {"メール", "E-mail"}, .help = {"名刺の宛先を確かめるため", "To check the address on the card"}, .searchable = true, .import_names = names("メールアドレス|E-mail|Eメール|Email"), .in_list = true},
      {.id = 9, .key = "phone", .kind = &kinds::phone, .label = {"電話", "Phone"}, .help = {"名刺の番号を確かめるため", "To check the number on the card"}, .searchable = true, .import_names = names("電話番号|TEL|会社電話|TEL会社|Phone")},
      {.id = 10, .key = "mobile", .kind = &kinds::phone, .label = {"携帯電話", "Mobile"}, .help = {"本人へ直接つながるため", "To reach the person directly"}, .searchable = true, .import_names = names("携帯|携帯番号|携帯電話番号|Mobile")},
      {.id = 11, .key = "fax", .kind = &kinds::phone, .label = {"FAX", "Fax"}, .help = {"FAXで連絡する方のため", "For people who use a fax"}, .import_names = names("FAX番号|ファックス|Fax")},
      {.id = 12, .key = "address_text", .kind = &kinds::text, .label = {"住所（名刺のとおり）", "Address as printed"}, .help = {"移転の前後を確かめるため", "To check before and after a move"}, .max = 300, .searchable = true, .import_names = names("住所|会社住所|所在地|Address")},
      {.id = 13, .key = "website", .kind = &kinds::url, .label = {"ホームページ", "Website"}, .help = {"部門のページまで開けるようにするため", "To open the division's page"}, .import_names = names("URL|HP|会社URL|Website")},
      {.id = 14, .key = "received_on", .kind = &kinds::date, .label = {"交換した日", "Received"}, .help = {"どの名刺が新しいかを見分けるため", "To tell which card is newer"}, .required = true, .maturity = 1,
       .import_names = names("名刺交換日|交換日|受領日|取得日|登録日|Date"), .indexed = true, .in_list = true, .default_text = "today"},
      {.id = 15, .key = "place", .kind = &kinds::text, .label = {"交換した場所", "Where"}, .help = {"どこで会った方かを思い出すため", "To remember where we met"}, .max = 200, .searchable = true, .import_names = names("場所|交換場所|イベント|展示会名|Place")},
      {.id = 16, .key = "image", .kind = &kinds::file, .label = {"画像（表）", "Image (front)"}, .help = {"読み取りの間違いを名刺そのもので確かめるため", "To check the reading against the card itself"}, .maturity = 1},
      {.id = 17, .key = "image_back", .kind = &kinds::file, .label = {"画像（裏）", "Image (back)"}, .help = {"裏の英語表記や拠点の一覧も残すため", "To keep the English side and the list of branches"}},
      {.id = 18, .key = "latest", .kind = &kinds::yes_no, .label = {"最新", "Newest"}, .help = {"古い名刺の連絡先を使わないため", "Not to use the contacts of an old card"}, .audited = false, .indexed = true, .in_list = true, .read_only = true},
      {.id = 19, .key = "note", .kind = &kinds::long_text, .label = {"メモ", "Notes"}, .help = {"会ったときの印象や話題を残すため", "To keep impressions and topics"}, .searchable = true, .import_names = names("備考|コメント|名刺メモ|Notes")},
  };
  for (meta::FieldDef& field : fields) field.personal = field.target.empty() && field.key != "latest";
  add_section(object, "basic", {"基本", "Basics"}, std::move(fields));
  return object;
}
// clang-format on

}  // namespace daifuku::crm
