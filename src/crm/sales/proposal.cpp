#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef proposal() {
  meta::ObjectDef object{
      .id = 17, .key = "proposal", .plural = "proposals",
      .label = {"提案", "Proposal"}, .plural_label = {"提案", "Proposals"},
      .help = {"出した提案書と、その結果。似たお客様に生かし、同じ失敗を避けます", "Proposals made and how they ended: to reuse the good ones and not repeat the lost"},
      .icon = "presentation", .customer_links = {"company", "person"}, .timeline_at = "proposed_on",
      .timeline_summary = {"name", "result"}, .in_navigation = false, .default_sort = "-proposed_on"};
  Options results = {
      {"pending", {"返事待ち", "Pending"}, "gray", names("検討中|提案中|Pending")},
      {"accepted", {"採用", "Accepted"}, "green", names("受注|採択|成約|Accepted|Won")},
      {"rejected", {"不採用", "Rejected"}, "red", names("失注|不成立|見送り|Rejected|Lost")},
      {"withdrawn", {"取り下げ", "Withdrawn"}, "gray", names("撤回|中止|Withdrawn")},
  };
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "name", .kind = &kinds::text, .label = {"提案名", "Proposal"}, .help = {"何を提案したかを一目で知るため", "To see at a glance what was proposed"}, .required = true, .max = 200, .maturity = 2, .searchable = true,
       .import_names = names("件名|提案|提案書名|タイトル|Proposal|Title"), .in_list = true},
      {.id = 2, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"}, .help = {"同じお客様に同じ提案を重ねないため", "Not to bring the same proposal twice"}, .target = "company",
       .import_names = names("会社名|企業名|取引先|取引先名|提案先|Account Name|Company"), .in_list = true},
      {.id = 3, .key = "person", .kind = &kinds::link, .label = {"提案した相手", "To whom"}, .help = {"だれに響いたかを知るため", "To know whom it convinced"}, .target = "person", .import_names = names("相手|担当者名|Contact Name")},
      {.id = 4, .key = "deal", .kind = &kinds::link, .label = {"商談", "Deal"}, .help = {"商談の結果と提案の中身を結びつけるため", "To tie the outcome to what was proposed"}, .target = "deal", .import_names = names("商談名|案件名|案件|Deal|Opportunity"), .in_list = true},
      {.id = 5, .key = "proposed_on", .kind = &kinds::date, .label = {"提案日", "Proposed"}, .help = {"いつの提案かを確かめるため", "To know of when it is"}, .maturity = 2, .import_names = names("提出日|日付|提案年月日|Date"), .indexed = true, .in_list = true, .default_text = "today"},
      {.id = 6, .key = "version_number", .kind = &kinds::integer, .label = {"版", "Version"}, .help = {"どれが最後にお渡ししたものかを取り違えないため", "To know which one was handed over last"}, .import_names = names("版数|バージョン|改訂|Version"), .in_list = true, .default_text = "1"},
      {.id = 7, .key = "document", .kind = &kinds::file, .label = {"提案書", "Document"}, .help = {"よい提案をすぐ取り出して使い回すため", "To find and reuse good proposals"}, .maturity = 2},
      {.id = 8, .key = "result", .kind = &kinds::choice, .label = {"結果", "Result"}, .help = {"採用された提案に学び、断られた提案を繰り返さないため", "To learn from the accepted and not repeat the rejected"}, .options = std::move(results), .maturity = 2,
       .import_names = names("提案結果|採否|ステータス|Result|Status"), .indexed = true, .in_list = true, .default_text = "pending"},
      {.id = 9, .key = "products", .kind = &kinds::links, .label = {"商品", "Products"}, .help = {"商品ごとに通りやすい提案を探すため", "To find what works for each product"}, .target = "product", .import_names = names("商品名|商材|Products")},
      {.id = 10, .key = "amount", .kind = &kinds::money, .label = {"提案金額", "Amount"}, .help = {"似た規模の提案を参考にするため", "To look up proposals of like size"}, .import_names = names("金額|見積金額|Amount")},
      {.id = 11, .key = "needs", .kind = &kinds::tags, .label = {"応えたニーズ", "Needs met"}, .help = {"同じ困りごとの別のお客様に生かすため", "To reuse it for others with the same need"}, .maturity = 2, .searchable = true, .import_names = names("ニーズ|課題|Needs")},
      {.id = 12, .key = "content", .kind = &kinds::long_text, .label = {"要点", "Gist"}, .help = {"書類を開かなくても中身が分かるようにするため", "To know it without opening the file"}, .searchable = true, .import_names = names("内容|概要|要約|備考|Description|Notes")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
