#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options kind_options() {
  return {
      {"question",
       {"問い合わせ", "Question"},
       "blue",
       names("質問|問合せ|お問い合わせ|Question|General")},
      {"request",
       {"依頼・要望", "Request"},
       "teal",
       names("依頼|要望|資料請求|見積依頼|修理依頼|Feature Request|Request")},
      {"complaint",
       {"クレーム", "Complaint"},
       "red",
       names("苦情|お叱り|不満|クレーム対応|Complaint")},
      {"trouble",
       {"不具合・トラブル", "Trouble"},
       "orange",
       names("トラブル|不具合|故障|障害|Problem|Incident|Bug")},
      {"praise",
       {"お礼・お褒め", "Praise"},
       "green",
       names("お礼|感謝|お褒めの言葉|Praise|Feedback")},
  };
}

Options severity_options() {
  return {
      {"critical", {"重大", "Critical"}, "red", names("最重要|緊急|S|Critical|Urgent")},
      {"high", {"大きい", "High"}, "orange", names("高|大|重要|A|High")},
      {"medium", {"中くらい", "Medium"}, "yellow", names("中|普通|B|Medium|Normal")},
      {"low", {"小さい", "Low"}, "gray", names("低|小|軽微|C|Low")},
  };
}

Options complaint_options() {
  return {
      {"quality",
       {"品質", "Quality"},
       "red",
       names("品質不良|不良品|破損|故障|Quality|Mechanical")},
      {"delivery",
       {"納期・配送", "Delivery"},
       "orange",
       names("納期遅れ|配送|誤配送|遅延|Delivery")},
      {"wrong_item",
       {"数量・品違い", "Wrong item or quantity"},
       "yellow",
       names("誤納品|数量違い|品違い|欠品|Wrong item")},
      {"service", {"応対・接客", "Manner"}, "pink", names("接客|応対|態度|電話応対|対応|Service")},
      {"billing", {"請求・金額", "Billing"}, "violet", names("請求|金額違い|請求ミス|Billing")},
      {"explanation",
       {"説明不足・表示", "Explanation"},
       "teal",
       names("説明不足|表示|契約内容|説明|Documentation")},
      {"safety", {"安全・健康", "Safety"}, "red", names("事故|けが|異物混入|健康被害|Safety")},
      {"other", {"その他", "Other"}, "gray", names("その他のクレーム|Other")},
  };
}

Options status_options() {
  return {
      {"open", {"未対応", "Open"}, "red", names("新規|受付|受付済み|未着手|New|Open")},
      {"working",
       {"対応中", "In progress"},
       "orange",
       names("対応中|調査中|処理中|Working|In Progress|Escalated")},
      {"waiting",
       {"お客様の返事待ち", "Waiting"},
       "yellow",
       names("保留|返答待ち|回答待ち|Waiting|On Hold|Waiting on contact")},
      {"solved",
       {"解決", "Solved"},
       "green",
       names("完了|対応済み|対応済|解決済み|済|クローズ|Closed|Resolved|Solved")},
  };
}

Fields basic() {
  return {
      {.id = 1,
       .key = "received_at",
       .kind = &kinds::date_time,
       .label = {"受付日時", "Received"},
       .help = {"待たせた時間が分かり、返事の遅れに気づくため",
                "To see how long the customer has waited"},
       .required = true,
       .maturity = 1,
       .import_names =
           names("問い合わせ日時|問い合わせ日|問合せ日時|問合せ日|受付日|受信日時|発生日|発生日時|"
                 "日時|日付|Date/Time Opened|Created Date|Create date|Date"),
       .indexed = true,
       .in_list = true,
       .default_text = "now"},
      {.id = 2,
       .key = "subject",
       .kind = &kinds::text,
       .label = {"件名", "Subject"},
       .help = {"一覧で何の用件かを一目で知るため。空なら内容から付けます",
                "To tell in lists what it is about. Made from the content when empty"},
       .max = 200,
       .maturity = 1,
       .searchable = true,
       .import_names = names("タイトル|表題|題名|用件|お問い合わせ件名|Subject|Ticket name|Title"),
       .in_list = true},
      {.id = 3,
       .key = "kind",
       .kind = &kinds::choice,
       .label = {"種類", "Kind"},
       .help = {"クレームを見落とさず、ふつうの質問と分けて数えるため",
                "To miss no complaint and to count it apart from questions"},
       .required = true,
       .options = kind_options(),
       .maturity = 1,
       .import_names = names("問い合わせ種別|問合せ種別|問い合わせ区分|種別|区分|お問い合わせ種類|"
                             "Type|Case Type|Category"),
       .indexed = true,
       .in_list = true,
       .default_text = "question"},
      {.id = 4,
       .key = "status",
       .kind = &kinds::choice,
       .label = {"対応状況", "Status"},
       .help = {"返事のし忘れをなくすため", "Not to forget an answer"},
       .required = true,
       .options = status_options(),
       .maturity = 1,
       .import_names = names("ステータス|状況|状態|対応ステータス|進捗|Status|Ticket status"),
       .indexed = true,
       .in_list = true,
       .default_text = "open"},
      {.id = 5,
       .key = "company",
       .kind = &kinds::link,
       .label = {"会社", "Company"},
       .help = {"会社の過去のやり取りを、応対の前に読むため",
                "To read the company's past before we answer"},
       .target = "company",
       .maturity = 1,
       .import_names = names("会社名|企業名|取引先|取引先名|顧客名|社名|Account Name|Company"),
       .in_list = true},
      {.id = 6,
       .key = "person",
       .kind = &kinds::link,
       .label = {"お客様", "Customer"},
       .help = {"問い合わせた方へ確実に返事をするため", "To answer the one who asked"},
       .target = "person",
       .maturity = 1,
       .import_names = names(
           "氏名|お名前|お客様名|問い合わせ者|担当者名|会員名|購入者|Contact Name|Contact|Name"),
       .in_list = true},
      {.id = 7,
       .key = "method",
       .kind = &kinds::choice,
       .label = {"受付方法", "Came by"},
       .help = {"どの窓口に人手が要るかを知るため", "To know which counter needs people"},
       .options = channel_options(),
       .maturity = 1,
       .import_names = names(
           "問い合わせ方法|問合せ方法|受付経路|受付チャネル|経路|媒体|Case Origin|Source|Channel"),
       .default_text = "phone"},
      {.id = 8,
       .key = "content",
       .kind = &kinds::long_text,
       .label = {"問い合わせ内容", "Content"},
       .help = {"お客様の言葉をそのまま残し、同じ質問にすぐ答えるため",
                "To keep the customer's own words and answer the like at once"},
       .required = true,
       .maturity = 1,
       .searchable = true,
       .personal = true,
       .import_names = names("内容|お問い合わせ内容|問合せ内容|相談内容|詳細|本文|クレーム内容|"
                             "苦情内容|Description|Message|Ticket description|Body")},
      {.id = 9,
       .key = "order",
       .kind = &kinds::link,
       .label = {"受注", "Order"},
       .help = {"どの買い物についての話かをすぐ開くため", "To open the purchase it is about"},
       .target = "order",
       .maturity = 2,
       .import_names = names("注文番号|受注番号|注文|Order")},
      {.id = 10,
       .key = "product",
       .kind = &kinds::link,
       .label = {"商品", "Product"},
       .help = {"問い合わせの多い商品を直すため", "To mend products that raise questions"},
       .target = "product",
       .maturity = 2,
       .import_names = names("商品名|対象商品|製品名|製品|Product")},
  };
}

Fields response() {
  return {
      {.id = 11,
       .key = "responder",
       .kind = &kinds::user,
       .label = {"対応者", "Responder"},
       .help = {"だれが答えたかを残し、続きを頼めるようにするため",
                "To know who answered and can go on"},
       .maturity = 1,
       .import_names =
           names("対応担当者|担当者|受付者|回答者|対応者名|Case Owner|Ticket owner|Assigned To"),
       .indexed = true,
       .in_list = true,
       .default_text = "me"},
      {.id = 12,
       .key = "response_method",
       .kind = &kinds::choice,
       .label = {"対応方法", "Answered by"},
       .help = {"どの返し方が早く片づくかを知るため",
                "To learn which way of answering settles things soonest"},
       .options = channel_options(),
       .maturity = 1,
       .import_names = names("回答方法|返信方法|対応手段|Response Method")},
      {.id = 13,
       .key = "responded_at",
       .kind = &kinds::date_time,
       .label = {"対応日時", "Answered"},
       .help = {"返事までの時間を短くするため", "To shorten the time to an answer"},
       .maturity = 1,
       .import_names =
           names("対応日|回答日|回答日時|返信日|返信日時|First Response|Response Date")},
      {.id = 14,
       .key = "response",
       .kind = &kinds::long_text,
       .label = {"対応内容", "Response"},
       .help = {"前に何とお答えしたかを、次の人も同じに言えるようにするため",
                "So that the next one says the same"},
       .maturity = 1,
       .searchable = true,
       .personal = true,
       .import_names = names(
           "回答内容|回答|返信内容|処置|対応結果|処理内容|対応記録|Resolution|Response|Comments")},
      {.id = 15,
       .key = "due_on",
       .kind = &kinds::date,
       .label = {"返事の期限", "Due"},
       .help = {"約束した日までに返事をするため", "To answer by the promised day"},
       .maturity = 2,
       .import_names = names("期限|回答期限|対応期限|納期|Due Date"),
       .indexed = true,
       .in_list = true},
      {.id = 16,
       .key = "solved_at",
       .kind = &kinds::date_time,
       .label = {"解決日時", "Solved"},
       .help = {"解決までの時間を知り、短くするため", "To know and shorten the time to a solution"},
       .maturity = 2,
       .import_names = names(
           "解決日|完了日|完了日時|対応完了日|クローズ日|Date/Time Closed|Close date|Closed Date")},
  };
}

Fields complaint() {
  return {
      {.id = 17,
       .key = "severity",
       .kind = &kinds::choice,
       .label = {"重さ", "Severity"},
       .help = {"重いものから、上の人も交えて動くため",
                "To act on the serious ones first, with superiors"},
       .options = severity_options(),
       .maturity = 2,
       .import_names = names("重要度|優先度|緊急度|深刻度|レベル|Priority|Severity"),
       .indexed = true},
      {.id = 18,
       .key = "complaint_type",
       .kind = &kinds::choice,
       .label = {"クレームの種類", "Complaint type"},
       .help = {"どんな不満が多いかを数えて、元から直すため",
                "To count grievances and mend their cause"},
       .options = complaint_options(),
       .maturity = 2,
       .import_names = names("クレーム種類|クレーム種別|クレーム分類|苦情分類|苦情区分|不具合区分|"
                             "Case Reason|Complaint Type"),
       .indexed = true},
      {.id = 19,
       .key = "cause",
       .kind = &kinds::long_text,
       .label = {"原因", "Cause"},
       .help = {"同じことを起こさないため", "So that it does not happen again"},
       .maturity = 3,
       .searchable = true,
       .import_names = names("発生原因|要因|原因区分|Root Cause")},
      {.id = 20,
       .key = "countermeasure",
       .kind = &kinds::long_text,
       .label = {"対策", "Countermeasure"},
       .help = {"何を直したかをお客様に説明できるようにするため",
                "To be able to tell the customer what was mended"},
       .maturity = 3,
       .searchable = true,
       .import_names = names("再発防止策|対策内容|是正処置|改善策|防止策|Countermeasure")},
      {.id = 21,
       .key = "countermeasure_document",
       .kind = &kinds::file,
       .label = {"対策書", "Countermeasure document"},
       .help = {"対策書をその場ですぐ取り出すため", "To bring out the document on the spot"},
       .maturity = 3},
  };
}

}  // namespace

meta::ObjectDef inquiry() {
  meta::ObjectDef object{.id = 10,
                         .key = "inquiry",
                         .plural = "inquiries",
                         .label = {"問い合わせ", "Inquiry"},
                         .plural_label = {"問い合わせ", "Inquiries"},
                         .help = {"お客様からの質問・依頼・クレームと、その対応",
                                  "What customers ask or complain of, and how we answered"},
                         .icon = "help-circle",
                         .title = "subject",
                         .customer_links = {"company", "person"},
                         .timeline_at = "received_at",
                         .timeline_summary = {"kind", "subject", "status"},
                         .default_sort = "-received_at"};
  add_section(object, "basic", {"受付", "Received"}, basic());
  add_section(object, "response", {"対応", "Response"}, response());
  add_section(object, "complaint", {"クレーム・不具合", "Complaint or trouble"}, complaint());
  return object;
}
// clang-format on

}  // namespace daifuku::crm
