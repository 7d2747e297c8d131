#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options order_channels() {
  return {
      {"sales", {"営業担当", "Salesperson"}, "blue", names("営業|訪問|外商|Direct")},
      {"phone", {"電話・FAX", "Phone or fax"}, "teal", names("電話|FAX|TEL|電話注文|FAX注文|Phone")},
      {"email", {"メール", "E-mail"}, "teal", names("Eメール|メール注文|Email")},
      {"shop", {"店舗", "Shop"}, "green", names("店頭|実店舗|POS|来店|Store")},
      {"web", {"ネットショップ", "Web shop"}, "violet", names("EC|通販|Web|ECサイト|自社EC|オンラインストア|楽天|楽天市場|Amazon|Yahoo|BASE|Shopify|Online Store")},
      {"app", {"アプリ", "App"}, "pink", names("スマホアプリ|LINE|Mobile App")},
      {"agent", {"代理店", "Agent"}, "orange", names("販売店|取次店|卸|Partner|Reseller")},
      {"other", {"その他", "Other"}, "gray", names("その他の経路|Other")},
  };
}

Options order_status() {
  return {
      {"received", {"受付", "Received"}, "blue", names("新規受付|受注|新規|入金待ち|注文受付|Draft|Pending")},
      {"preparing", {"手配中", "Preparing"}, "yellow", names("準備中|発送準備|取り寄せ中|対応中|入金済み|Processing|Activated")},
      {"delivered", {"納品済み", "Delivered"}, "green", names("納品|納品済|発送済み|発送済|出荷済み|完了|Shipped|Delivered|Fulfilled")},
      {"cancelled", {"取り消し", "Cancelled"}, "gray", names("キャンセル|取消|返品|取消し|Cancelled|Canceled|Refunded")},
  };
}

}  // namespace

meta::ObjectDef order() {
  meta::ObjectDef object{
      .id = 13, .key = "order", .plural = "orders",
      .label = {"受注", "Order"}, .plural_label = {"受注・購入", "Orders"},
      .help = {"お客様が買ってくださったもの。いつ、何を、いくつ、いくらで", "What customers bought: when, what, how many, for how much"},
      .icon = "shopping-cart", .title = "number", .customer_links = {"company", "person"}, .timeline_at = "ordered_on",
      .timeline_summary = {"number", "name", "total"}, .default_sort = "-ordered_on"};
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "number", .kind = &kinds::text, .label = {"受注番号", "Order number"}, .help = {"問い合わせのときに、すぐその注文を開くため。空なら自動で付きます", "To open the order at once when asked. Given by the product when empty"}, .max = 50, .searchable = true,
       .import_names = names("注文番号|注文ID|伝票番号|伝票No|受注No|受注ID|オーダー番号|売上番号|Order Number|Order ID|Number"), .indexed = true, .in_list = true},
      {.id = 2, .key = "ordered_on", .kind = &kinds::date, .label = {"購入日", "Ordered"}, .help = {"いつ買ってくださったか、次はいつごろかを知るため", "To know when they bought and may need more"}, .required = true, .maturity = 2,
       .import_names = names("受注日|注文日|注文日時|売上日|購入日時|購入年月日|取引日|伝票日付|日付|Order Date|Order Start Date|Date|Created at"), .indexed = true, .in_list = true, .default_text = "today"},
      {.id = 3, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"}, .help = {"会社ごとの購入の実績を見るため", "To see what each company buys"}, .target = "company", .maturity = 1,
       .import_names = names("会社名|得意先|得意先名|取引先|取引先名|顧客名|Account Name|Company|Customer"), .in_list = true},
      {.id = 4, .key = "person", .kind = &kinds::link, .label = {"お客様", "Customer"}, .help = {"個人のお客様の買い物と、会社の発注者を知るため", "To know the consumer, or who placed the order"}, .target = "person", .maturity = 1,
       .import_names = names("氏名|お名前|購入者|注文者|会員名|お客様名|担当者名|Contact Name|Name"), .in_list = true},
      {.id = 5, .key = "name", .kind = &kinds::text, .label = {"件名", "Subject"}, .help = {"中身を一目で思い出すため", "To remember the content at a glance"}, .max = 200, .searchable = true, .import_names = names("タイトル|受注件名|案件名|Order Name|Subject"), .in_list = true},
      {.id = 6, .key = "deal", .kind = &kinds::link, .label = {"商談", "Deal"}, .help = {"どの商談から生まれた注文かをたどるため", "To follow the order back to its deal"}, .target = "deal", .import_names = names("商談名|Opportunity|Deal")},
      {.id = 7, .key = "status", .kind = &kinds::choice, .label = {"状態", "Status"}, .help = {"納品の遅れや手配のもれをなくすため", "To avoid late or forgotten deliveries"}, .required = true, .options = order_status(),
       .import_names = names("ステータス|受注状態|注文状況|対応状況|対応状況(名称)|発送状況|状況|Status|Order Status"), .indexed = true, .in_list = true, .default_text = "received"},
      {.id = 8, .key = "channel", .kind = &kinds::choice, .label = {"購入経路", "Channel"}, .help = {"店舗・ネット・営業のどこで売れるかを知るため", "To know where sales come from"}, .options = order_channels(), .maturity = 2,
       .import_names = names("経路|販売チャネル|受注経路|チャネル|購入元|店舗|受注方法|Channel|Source")},
      {.id = 9, .key = "delivery_on", .kind = &kinds::date, .label = {"納品予定日", "Delivery due"}, .help = {"約束した日に届けるため", "To deliver on the promised day"}, .maturity = 2,
       .import_names = names("納期|納品日|お届け希望日|納入日|配送日|出荷予定日|希望納期|Delivery Date"), .indexed = true, .in_list = true},
      {.id = 10, .key = "delivered_on", .kind = &kinds::date, .label = {"納品した日", "Delivered"}, .help = {"使い始めたころに、具合を伺うため", "To ask how it goes once it is in use"}, .maturity = 2, .import_names = names("納品済日|納品完了日|出荷日|発送日|Shipped at|Delivered Date")},
      {.id = 11, .key = "amount", .kind = &kinds::money, .label = {"金額（税抜）", "Amount (before tax)"}, .help = {"売上を正しく数えるため。明細があれば明細から計算します", "To count sales. Worked out from the lines when there are any"}, .maturity = 1,
       .import_names = names("小計|税抜金額|税抜合計|本体金額|売上金額|Subtotal|Amount|Order Amount")},
      {.id = 12, .key = "tax_amount", .kind = &kinds::money, .label = {"消費税", "Tax"}, .help = {"請求額を正しくするため。明細があれば明細から計算します", "To bill correctly. Worked out from the lines when there are any"}, .import_names = names("税額|消費税額|税金|Taxes|Tax")},
      {.id = 13, .key = "total", .kind = &kinds::money, .label = {"合計（税込）", "Total (with tax)"}, .help = {"お支払いいただく額を間違えないため。明細があれば明細から計算します", "The sum to be paid. Worked out from the lines when there are any"}, .maturity = 1,
       .import_names = names("合計|合計金額|税込金額|総額|支払合計|購入金額|受注金額|請求金額|Total|Total Amount|Grand Total"), .indexed = true, .in_list = true},
      {.id = 14, .key = "note", .kind = &kinds::long_text, .label = {"メモ", "Notes"}, .help = {"配送の注意やご希望を忘れないため", "Not to forget wishes and care for delivery"}, .searchable = true, .import_names = names("備考|注文メモ|ショップ用メモ欄|配達用メモ|Description|Notes")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
