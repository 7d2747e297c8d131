#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef financial_year() {
  meta::ObjectDef object{
      .id = 4, .key = "financial_year", .plural = "financial_years",
      .label = {"決算", "Financial year"}, .plural_label = {"決算", "Financial years"},
      .help = {"年度ごとの売上と利益。3期分あると伸びが分かります", "Sales and profits by year; three years show the trend"},
      .icon = "report-money", .title = "year", .customer_links = {"company"}, .parent_link = "company",
      .in_navigation = false, .default_sort = "-year"};
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"}, .help = {"どの会社の数字かを決めるため", "To tell whose figures they are"}, .required = true, .target = "company",
       .import_names = names("会社名|企業名|取引先|取引先名|Account Name|Company"), .in_list = true},
      {.id = 2, .key = "year", .kind = &kinds::integer, .label = {"年度", "Year"}, .help = {"年を追って伸びを見るため", "To see growth over the years"}, .required = true, .maturity = 2,
       .import_names = names("決算年度|会計年度|期|決算期|西暦|Fiscal Year|Year"), .indexed = true, .in_list = true},
      {.id = 3, .key = "closed_on", .kind = &kinds::date, .label = {"決算日", "Closing date"}, .help = {"いつ時点の数字かを確かめるため", "To know of when the figures are"}, .import_names = names("決算年月日|決算年月|期末|Period End")},
      {.id = 4, .key = "sales", .kind = &kinds::money, .label = {"売上高", "Sales"}, .help = {"会社の大きさと勢いを知るため", "To know the size and pace of the firm"}, .maturity = 2,
       .import_names = names("売上|年商|売上（円）|営業収益|Revenue|Sales|Annual Revenue"), .in_list = true},
      {.id = 5, .key = "operating_profit", .kind = &kinds::money, .label = {"営業利益", "Operating profit"}, .help = {"本業で稼ぐ力を知るため", "To know the earning power of the main business"}, .maturity = 2,
       .import_names = names("営業損益|営業利益額|Operating Income|Operating Profit"), .in_list = true},
      {.id = 6, .key = "ordinary_profit", .kind = &kinds::money, .label = {"経常利益", "Ordinary profit"}, .help = {"借入の利息まで含めた余力を知るため", "To know what is left after interest"}, .maturity = 2, .import_names = names("経常損益|Ordinary Income|Recurring Profit"), .in_list = true},
      {.id = 7, .key = "net_profit", .kind = &kinds::money, .label = {"当期純利益", "Net profit"}, .help = {"最後に手元に残った額を知るため", "To know what remained in the end"}, .maturity = 2, .import_names = names("純利益|当期利益|税引後利益|最終利益|Net Income|Net Profit"), .in_list = true},
      {.id = 8, .key = "total_assets", .kind = &kinds::money, .label = {"総資産", "Total assets"}, .help = {"会社の体力を知るため", "To know the strength of the firm"}, .maturity = 3, .import_names = names("資産合計|総資本|Total Assets"), .in_list = true},
      {.id = 9, .key = "equity", .kind = &kinds::money, .label = {"純資産", "Equity"}, .help = {"つぶれにくさを知り、取引の上限を決めるため", "To judge soundness and set limits"}, .maturity = 3, .import_names = names("自己資本|株主資本|純資産合計|Equity|Net Assets"), .in_list = true},
      {.id = 10, .key = "employees", .kind = &kinds::integer, .label = {"従業員数", "Employees"}, .help = {"人を増やしている会社に気づくため", "To notice firms that take on people"}, .maturity = 2, .import_names = names("社員数|従業員|Employees")},
      {.id = 11, .key = "source", .kind = &kinds::text, .label = {"出どころ", "Source"}, .help = {"数字の確かさを見分けるため", "To know how far to trust the figures"}, .max = 200, .import_names = names("情報源|出典|情報元|Source")},
      {.id = 12, .key = "note", .kind = &kinds::long_text, .label = {"メモ", "Notes"}, .help = {"増減の理由を残すため", "To keep the reasons of ups and downs"}, .searchable = true, .import_names = names("備考|コメント|Notes")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
