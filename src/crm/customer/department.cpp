#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef department() {
  meta::ObjectDef object{
      .id = 3, .key = "department", .plural = "departments",
      .label = {"部署", "Department"}, .plural_label = {"部署", "Departments"},
      .help = {"お客様の組織図。上の部署とつなぐと木の形に並びます", "The customer's organization chart, as a tree"},
      .icon = "sitemap", .customer_links = {"company"}, .parent_link = "company", .in_navigation = false, .default_sort = "position"};
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "name", .kind = &kinds::text, .label = {"部署名", "Department"},
       .help = {"用件に合った部署へまっすぐつながるため", "To reach the right department at once"}, .required = true, .max = 100, .maturity = 2, .searchable = true,
       .import_names = names("部署|部門|部門名|組織名|課|Department|Division"), .in_list = true},
      {.id = 2, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"},
       .help = {"どの会社の部署かを決めるため", "To tell whose department it is"}, .required = true, .target = "company",
       .import_names = names("会社名|企業名|取引先|取引先名|Account Name|Company"), .in_list = true},
      {.id = 3, .key = "parent", .kind = &kinds::link, .label = {"上の部署", "Belongs to"},
       .help = {"だれの承認が要るかを組織の上下から読むため", "To read from the chart who approves"}, .target = "department", .maturity = 2,
       .import_names = names("上位部署|親部署|上位組織|所属本部|Parent Department"), .in_list = true},
      {.id = 4, .key = "head", .kind = &kinds::link, .label = {"部署の長", "Head"},
       .help = {"部署として決める人を知るため", "To know who decides for the department"}, .target = "person", .maturity = 2, .import_names = names("部署長|責任者|部長|所属長|Manager|Head"), .in_list = true},
      {.id = 5, .key = "phone", .kind = &kinds::phone, .label = {"電話", "Phone"}, .help = {"部署へ直接かけるため", "To call the department directly"}, .searchable = true,
       .import_names = names("電話番号|直通|TEL|Phone"), .in_list = true},
      {.id = 6, .key = "employees", .kind = &kinds::integer, .label = {"人数", "People"}, .help = {"使う人の数を見積もるため", "To estimate the number of users"}, .import_names = names("部署人数|所属人数")},
      {.id = 7, .key = "position", .kind = &kinds::integer, .label = {"並び順", "Order"}, .help = {"組織図をお客様と同じ順に並べるため", "To show the chart in the customer's order"}, .import_names = names("順番|表示順")},
      {.id = 8, .key = "note", .kind = &kinds::long_text, .label = {"メモ", "Notes"}, .help = {"部署の役目や力関係を引き継ぐため", "To hand on what the department does"}, .searchable = true, .import_names = names("備考|役割|業務内容|Notes")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
