#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef credit_rating() {
  meta::ObjectDef object{
      .id = 5, .key = "credit_rating", .plural = "credit_ratings",
      .label = {"企業評点", "Credit rating"}, .plural_label = {"企業評点", "Credit ratings"},
      .help = {"信用調査会社の評点。古いものも残して移り変わりを見ます", "Ratings by credit bureaus; the older ones stay"},
      .icon = "shield-check", .title = "rated_on", .customer_links = {"company"}, .timeline_at = "rated_on",
      .timeline_summary = {"score", "source"}, .parent_link = "company", .in_navigation = false, .default_sort = "-rated_on"};
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"}, .help = {"どの会社の評点かを決めるため", "To tell whose rating it is"}, .required = true, .target = "company",
       .import_names = names("会社名|企業名|取引先|取引先名|Account Name|Company"), .in_list = true},
      {.id = 2, .key = "score", .kind = &kinds::integer, .label = {"評点", "Score"}, .help = {"売掛の上限を決め、危ない取引を避けるため", "To set credit limits and avoid bad debts"}, .required = true, .maturity = 2,
       .import_names = names("データバンク評点|帝国データバンク評点|TDB評点|TSR評点|信用評点|点数|Score|Rating"), .in_list = true},
      {.id = 3, .key = "rated_on", .kind = &kinds::date, .label = {"評点の日付", "Rated on"}, .help = {"いつの評価かを確かめ、古くなったら取り直すため", "To renew the rating when it gets old"}, .required = true, .maturity = 2,
       .import_names = names("評価日|調査日|調査年月日|取得日|日付|Date"), .indexed = true, .in_list = true, .default_text = "today"},
      {.id = 4, .key = "source", .kind = &kinds::text, .label = {"調査会社", "Source"}, .help = {"調査会社ごとに点の付け方が違うため", "Because each bureau scores its own way"}, .max = 100, .maturity = 2,
       .import_names = names("出どころ|情報源|調査元|調査機関|Source"), .in_list = true},
      {.id = 5, .key = "credit_limit", .kind = &kinds::money, .label = {"与信限度額", "Credit limit"}, .help = {"売掛が膨らみ過ぎないようにするため", "To keep receivables within bounds"}, .import_names = names("与信額|与信限度|限度額|Credit Limit"), .in_list = true},
      {.id = 6, .key = "report", .kind = &kinds::file, .label = {"調査報告書", "Report"}, .help = {"評点の根拠をすぐ読めるようにするため", "To read what the score rests on"}},
      {.id = 7, .key = "note", .kind = &kinds::long_text, .label = {"メモ", "Notes"}, .help = {"評点に出ない気がかりを残すため", "To keep worries that no score shows"}, .searchable = true, .import_names = names("備考|コメント|Notes")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
