#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options contract_kinds() {
  return {
      {"sales", {"売買", "Sale"}, "green", names("売買契約|販売契約|購入")},
      {"subscription", {"継続・月額", "Subscription"}, "blue", names("定期|継続契約|サブスクリプション|月額契約|年間契約|定期購入|Subscription")},
      {"maintenance", {"保守・サポート", "Maintenance"}, "teal", names("保守契約|サポート契約|メンテナンス|Support")},
      {"lease", {"リース・賃貸", "Lease"}, "orange", names("リース契約|賃貸借|賃貸借契約|レンタル|Lease")},
      {"service", {"業務委託", "Service"}, "violet", names("請負|委任|準委任|業務委託契約|顧問契約|Service")},
      {"basic", {"取引基本契約", "Basic agreement"}, "gray", names("基本契約|取引基本契約書|Master Agreement")},
      {"confidentiality", {"秘密保持", "Confidentiality"}, "gray", names("NDA|秘密保持契約|機密保持")},
      {"other", {"その他", "Other"}, "gray", names("その他の契約|Other")},
  };
}

Options contract_status() {
  return {
      {"draft", {"準備中", "Draft"}, "gray", names("作成中|締結前|交渉中|Draft|In Approval Process")},
      {"active", {"有効", "Active"}, "green", names("契約中|継続中|締結済み|締結済|Activated|Active")},
      {"ended", {"満了", "Ended"}, "gray", names("終了|期間満了|期限切れ|Expired")},
      {"cancelled", {"解約", "Cancelled"}, "red", names("中途解約|解除|解約済み|Cancelled|Terminated")},
  };
}

Options billing_cycles() {
  return {
      {"once", {"一括", "Once"}, "gray", names("一回|1回払い|一括払い|スポット|One-time")},
      {"monthly", {"毎月", "Monthly"}, "blue", names("月額|月払い|月次|Monthly")},
      {"quarterly", {"3か月ごと", "Quarterly"}, "teal", names("四半期|3ヶ月|3か月|Quarterly")},
      {"half_yearly", {"半年ごと", "Half-yearly"}, "violet", names("半年|6ヶ月|6か月|Semi-annually")},
      {"yearly", {"毎年", "Yearly"}, "green", names("年額|年払い|年次|1年|Annually|Yearly")},
  };
}

}  // namespace

meta::ObjectDef contract() {
  meta::ObjectDef object{
      .id = 15, .key = "contract", .plural = "contracts",
      .label = {"契約", "Contract"}, .plural_label = {"契約", "Contracts"},
      .help = {"お客様との契約と、その期限・更新日", "Contracts with customers, their expiry and renewal"},
      .icon = "file-certificate", .customer_links = {"company", "person"}, .timeline_at = "signed_on",
      .timeline_summary = {"name", "status", "amount"}, .default_sort = "expires_on"};
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "name", .kind = &kinds::text, .label = {"契約名", "Contract"}, .help = {"何の契約かを一目で知るため", "To see at a glance what it is about"}, .required = true, .max = 200, .maturity = 2, .searchable = true,
       .import_names = names("件名|契約件名|契約書名|契約内容|Contract Name|Name"), .in_list = true},
      {.id = 2, .key = "number", .kind = &kinds::text, .label = {"契約番号", "Number"}, .help = {"紙の契約書とすぐ突き合わせるため", "To match the paper contract"}, .max = 50, .searchable = true, .import_names = names("契約No|契約ID|管理番号|契約書番号|Contract Number")},
      {.id = 3, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"}, .help = {"会社ごとに、生きている契約を見るため", "To see each company's contracts"}, .target = "company",
       .import_names = names("会社名|企業名|取引先|取引先名|契約先|顧客名|Account Name|Company"), .in_list = true},
      {.id = 4, .key = "person", .kind = &kinds::link, .label = {"契約者・担当者", "Person"}, .help = {"更新の話をする相手を知るため", "To know with whom to talk of renewal"}, .target = "person", .import_names = names("契約者|契約者名|担当者名|氏名|Contact Name|Customer Signed By")},
      {.id = 5, .key = "deal", .kind = &kinds::link, .label = {"商談", "Deal"}, .help = {"どの商談から生まれた契約かをたどるため", "To follow the contract back to its deal"}, .target = "deal", .import_names = names("商談名|案件名|Opportunity|Deal")},
      {.id = 6, .key = "kind", .kind = &kinds::choice, .label = {"種類", "Kind"}, .help = {"継続する契約と一度きりの契約を分けるため", "To tell lasting contracts from single ones"}, .options = contract_kinds(), .import_names = names("契約種別|契約区分|契約種類|種別|Contract Type|Type")},
      {.id = 7, .key = "status", .kind = &kinds::choice, .label = {"状態", "Status"}, .help = {"生きている契約だけを数えるため", "To count only living contracts"}, .required = true, .options = contract_status(),
       .import_names = names("ステータス|契約状態|契約状況|契約ステータス|Status"), .indexed = true, .in_list = true, .default_text = "active"},
      {.id = 8, .key = "products", .kind = &kinds::links, .label = {"商品", "Products"}, .help = {"契約している商品と、まだの商品を知るため", "To know what is under contract and what is not yet"}, .target = "product", .import_names = names("商品名|サービス名|プラン|Products")},
      {.id = 9, .key = "amount", .kind = &kinds::money, .label = {"契約金額", "Amount"}, .help = {"これから入る金額を見込むため", "To foresee income"}, .maturity = 2, .import_names = names("金額|契約額|月額|年額|月額料金|契約単価|Amount|Contract Value"), .in_list = true},
      {.id = 10, .key = "billing_cycle", .kind = &kinds::choice, .label = {"請求の周期", "Billed"}, .help = {"請求のし忘れをなくすため", "Not to forget to bill"}, .options = billing_cycles(), .import_names = names("支払方法|支払周期|請求サイクル|請求周期|支払サイクル|Billing Frequency")},
      {.id = 11, .key = "document", .kind = &kinds::file, .label = {"契約書", "Document"}, .help = {"条文をすぐ確かめるため", "To look up the terms at once"}, .maturity = 2},
  });
  add_section(object, "dates", {"期限", "Dates"}, {
      {.id = 12, .key = "signed_on", .kind = &kinds::date, .label = {"締結日", "Signed"}, .help = {"お付き合いの節目を残すため", "To keep the milestones of the relation"}, .maturity = 2, .import_names = names("契約締結日|契約日|締結年月日|Customer Signed Date|Signed Date|Contract Date")},
      {.id = 13, .key = "starts_on", .kind = &kinds::date, .label = {"開始日", "Starts"}, .help = {"いつから使われているかを知るため", "To know since when it is used"}, .maturity = 2, .import_names = names("契約開始日|利用開始日|適用開始日|Contract Start Date|Start Date")},
      {.id = 14, .key = "expires_on", .kind = &kinds::date, .label = {"満了日", "Expires"}, .help = {"満了の前に次の提案をするため", "To propose what comes next before it ends"}, .maturity = 2,
       .import_names = names("契約満了日|契約終了日|終了日|有効期限|期限|満期日|契約期限|Contract End Date|End Date|Expiration Date"), .indexed = true, .in_list = true},
      {.id = 15, .key = "renews_on", .kind = &kinds::date, .label = {"更新日", "Renews"}, .help = {"更新の前に声をかけ、離れるのを防ぐため", "To talk before the renewal and to keep the customer"}, .maturity = 2, .import_names = names("契約更新日|更新予定日|次回更新日|Renewal Date"), .indexed = true, .in_list = true},
      {.id = 16, .key = "auto_renewal", .kind = &kinds::yes_no, .label = {"自動更新", "Renews by itself"}, .help = {"何もしないと続くのか終わるのかを知るため", "To know whether it goes on by itself"}, .maturity = 2, .import_names = names("自動更新有無|自動更新の有無|自動継続|Auto Renewal|Auto Renew"), .in_list = true},
      {.id = 17, .key = "notice_days", .kind = &kinds::integer, .label = {"予告の日数", "Notice (days)"}, .help = {"何日前までに申し出が要るかを忘れないため", "To remember how early notice must be given"}, .maturity = 2, .import_names = names("解約予告日数|解約予告期間|予告期間|通知期間|Owner Expiration Notice|Notice Period")},
      {.id = 18, .key = "note", .kind = &kinds::long_text, .label = {"メモ", "Notes"}, .help = {"特別な約束ごとを引き継ぐため", "To hand on special terms"}, .searchable = true, .import_names = names("備考|特記事項|特約|Description|Special Terms|Notes")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
