#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options priority_options() {
  return {
      {"high", {"高", "High"}, "red", names("高い|重要|緊急|至急|A|High")},
      {"normal", {"中", "Normal"}, "blue", names("普通|通常|B|Normal|Medium")},
      {"low", {"低", "Low"}, "gray", names("低い|C|Low")},
  };
}

Fields basic() {
  return {
      {.id = 1,
       .key = "name",
       .kind = &kinds::text,
       .label = {"やること", "Task"},
       .help = {"何をすればよいかを一言で分かるようにするため",
                "To say in a word what is to be done"},
       .required = true,
       .max = 200,
       .searchable = true,
       .import_names =
           names("件名|タスク|タスク名|TODO|ToDo|内容|予定|Subject|Task Name|Title|Task"),
       .in_list = true},
      {.id = 2,
       .key = "due_on",
       .kind = &kinds::date,
       .label = {"期限", "Due"},
       .help = {"約束に遅れないため", "To be on time"},
       .import_names = names("期日|期限日|予定日|締切|締め切り|Due Date|Deadline"),
       .indexed = true,
       .in_list = true},
      {.id = 3,
       .key = "done",
       .kind = &kinds::yes_no,
       .label = {"済み", "Done"},
       .help = {"残っていることだけを見るため", "To see only what is left"},
       .import_names = names("完了|状況|済|ステータス|Completed|Done|Status"),
       .indexed = true,
       .in_list = true,
       .default_text = "no"},
      {.id = 4,
       .key = "priority",
       .kind = &kinds::choice,
       .label = {"優先度", "Priority"},
       .help = {"大事なことから片づけるため", "To do the important ones first"},
       .options = priority_options(),
       .import_names = names("重要度|緊急度|Priority"),
       .in_list = true,
       .default_text = "normal"},
      {.id = 5,
       .key = "company",
       .kind = &kinds::link,
       .label = {"会社", "Company"},
       .help = {"会社のページで、残っている約束を見るため",
                "To see what is open on the company's page"},
       .target = "company",
       .import_names = names("会社名|取引先|取引先名|顧客名|Account Name|Company|Related To"),
       .in_list = true},
      {.id = 6,
       .key = "person",
       .kind = &kinds::link,
       .label = {"人", "Person"},
       .help = {"だれとの約束かを忘れないため", "To remember to whom it was promised"},
       .target = "person",
       .import_names = names("担当者名|お客様名|氏名|Contact Name|Name"),
       .in_list = true},
      {.id = 7,
       .key = "deal",
       .kind = &kinds::link,
       .label = {"商談", "Deal"},
       .help = {"商談を止めないため", "To keep the deal moving"},
       .target = "deal",
       .import_names = names("商談名|案件|案件名|Deal|Opportunity")},
      {.id = 8,
       .key = "contract",
       .kind = &kinds::link,
       .label = {"契約", "Contract"},
       .help = {"更新や解約の期限を逃さないため", "Not to miss a renewal or notice"},
       .target = "contract",
       .import_names = names("契約名|契約番号|Contract")},
      {.id = 9,
       .key = "inquiry",
       .kind = &kinds::link,
       .label = {"問い合わせ", "Inquiry"},
       .help = {"返事の約束を忘れないため", "Not to forget a promised answer"},
       .target = "inquiry"},
      {.id = 10,
       .key = "order",
       .kind = &kinds::link,
       .label = {"受注", "Order"},
       .help = {"納品の前後の連絡を忘れないため", "Not to forget to call around a delivery"},
       .target = "order"},
      {.id = 11,
       .key = "note",
       .kind = &kinds::long_text,
       .label = {"メモ", "Notes"},
       .help = {"手が空いた人でも代われるように、やり方まで残すため",
                "So that anybody free can do it"},
       .searchable = true,
       .import_names = names("備考|詳細|コメント|説明|Comments|Description|Notes")},
      {.id = 12,
       .key = "done_at",
       .kind = &kinds::date_time,
       .label = {"済んだ日時", "Done at"},
       .help = {"いつ片づいたかを残すため", "To keep when it was done"},
       .audited = false,
       .read_only = true},
      {.id = 13,
       .key = "rule",
       .kind = &kinds::text,
       .label = {"作ったきまり", "Made by rule"},
       .help = {"自動で作られたやることの、元のきまりを知るため", "To know which rule made it"},
       .max = 100,
       .audited = false,
       .indexed = true,
       .read_only = true},
  };
}

}  // namespace

meta::ObjectDef task() {
  meta::ObjectDef object{.id = 16,
                         .key = "task",
                         .plural = "tasks",
                         .label = {"やること", "Task"},
                         .plural_label = {"やること", "Tasks"},
                         .help = {"だれが、いつまでに、何をするか。受け持つ人は担当者の欄",
                                  "Who does what by when; the owner is the one in charge"},
                         .icon = "checkbox",
                         .customer_links = {"company", "person"},
                         .default_sort = "due_on"};
  add_section(object, "basic", {"基本", "Basics"}, basic());
  return object;
}
// clang-format on

}  // namespace daifuku::crm
