#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef investment() {
  meta::ObjectDef object{
      .id = 6, .key = "investment", .plural = "investments",
      .label = {"投資案件", "Investment"}, .plural_label = {"投資案件", "Investments"},
      .help = {"お客様の新工場・新システムなど、大きな投資", "The customer's larger projects: plants, systems ..."},
      .icon = "building-factory", .customer_links = {"company"}, .timeline_at = "decided_on",
      .timeline_summary = {"name", "amount"}, .parent_link = "company", .in_navigation = false, .default_sort = "-decided_on"};
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "name", .kind = &kinds::text, .label = {"投資の内容", "Project"}, .help = {"次に必要になるものを先に考えるため", "To think ahead of what will be needed"}, .required = true, .max = 200, .maturity = 3, .searchable = true,
       .import_names = names("投資案件|案件名|件名|プロジェクト名|主な投資案件|Project"), .in_list = true},
      {.id = 2, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"}, .help = {"どの会社の投資かを決めるため", "To tell whose project it is"}, .required = true, .target = "company",
       .import_names = names("会社名|企業名|取引先|取引先名|Account Name|Company"), .in_list = true},
      {.id = 3, .key = "decided_on", .kind = &kinds::date, .label = {"公表・決定日", "Decided"}, .help = {"いつの話かを確かめるため", "To know of when it is"}, .maturity = 3, .import_names = names("日付|発表日|公表日|決定日|投資日|Date"), .indexed = true, .in_list = true},
      {.id = 4, .key = "amount", .kind = &kinds::money, .label = {"投資額", "Amount"}, .help = {"予算の大きさに合った提案をするため", "To propose what fits the budget"}, .maturity = 3, .import_names = names("金額|投資金額|予算|Amount"), .in_list = true},
      {.id = 5, .key = "planned_on", .kind = &kinds::date, .label = {"完成・稼働の予定", "Planned completion"}, .help = {"必要になる時期に間に合うように動くため", "To be in time for when it is needed"}, .maturity = 3, .import_names = names("完成予定|稼働予定|完了予定日|予定日|Completion Date"), .in_list = true},
      {.id = 6, .key = "note", .kind = &kinds::long_text, .label = {"メモ", "Notes"}, .help = {"背景と、役に立てそうな所を残すため", "To keep the background and where we could help"}, .searchable = true, .import_names = names("備考|内容|コメント|Notes|Description")},
      {.id = 7, .key = "source", .kind = &kinds::text, .label = {"出どころ", "Source"}, .help = {"話の確かさを見分けるため", "To know how far to trust it"}, .max = 200, .import_names = names("情報源|出典|記事|Source")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
