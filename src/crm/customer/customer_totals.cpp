#include "crm/customer/customer_totals.h"

#include <utility>

namespace daifuku::crm {

meta::FieldDef kept_by_product(meta::FieldDef field) {
  field.read_only = true;
  field.audited = false;
  return field;
}

// clang-format off: a table, one field a block
Fields customer_totals(TotalsHelp help) {
  Fields fields = {
      {.id = 40,
       .key = "stage_changed_on",
       .kind = &kinds::date,
       .label = {"段階が変わった日", "Stage since"},
       .help = std::move(help.stage_changed_on),
       .taken_over = true},
      {.id = 41,
       .key = "last_contact_at",
       .kind = &kinds::date_time,
       .label = {"最後の連絡", "Last contact"},
       .help = std::move(help.last_contact_at),
       .indexed = true,
       .in_list = true,
       .made_from = {"activity.happened_at", "inquiry.received_at"}},
      {.id = 42,
       .key = "next_action_at",
       .kind = &kinds::date,
       .label = {"次の予定日", "Next step on"},
       .help = {"約束の日を忘れないため", "Not to forget what was promised"},
       .indexed = true,
       .made_from = {"task.due_on"}},
      {.id = 43,
       .key = "next_action",
       .kind = &kinds::text,
       .label = {"次にすること", "Next step"},
       .help = {"次に何をするかを一目で知るため", "To see at a glance what comes next"},
       .made_from = {"task.name"}},
      {.id = 44,
       .key = "deal_count",
       .kind = &kinds::integer,
       .label = {"進行中の商談", "Open deals"},
       .help = {"いま動いている商談の数を知るため", "To know how many deals are open"},
       .least = 0},
      {.id = 45,
       .key = "open_deal_amount",
       .kind = &kinds::money,
       .label = {"進行中の商談金額", "Open deal amount"},
       .help = {"これから見込める金額を知るため", "To know what may still come"},
       .made_from = {"deal.amount"}},
      {.id = 46,
       .key = "order_count",
       .kind = &kinds::integer,
       .label = {"購入回数", "Orders"},
       .help = {"何度買ってくださったかを知るため", "To know how often they bought"},
       .least = 0},
      {.id = 47,
       .key = "order_total",
       .kind = &kinds::money,
       .label = {"購入金額の累計", "Total purchases"},
       .help = {"大切なお客様を金額で見つけるため", "To find the customers who buy most"},
       .indexed = true,
       .made_from = {"order.total"}},
      {.id = 48,
       .key = "first_order_on",
       .kind = &kinds::date,
       .label = {"初めての購入日", "First order"},
       .help = {"お付き合いの長さを知るため", "To know how long they have been customers"},
       .made_from = {"order.ordered_on"}},
      {.id = 49,
       .key = "last_order_on",
       .kind = &kinds::date,
       .label = {"最後の購入日", "Last order"},
       .help = {"離れかけているお客様に気づくため", "To notice customers about to leave"},
       .indexed = true,
       .made_from = {"order.ordered_on"}},
      {.id = 50,
       .key = "average_order",
       .kind = &kinds::money,
       .label = {"平均購入額（客単価）", "Average order"},
       .help = {"1回あたりの買い方に合わせて提案するため", "To fit proposals to how they buy"},
       .made_from = {"order.total"}},
      {.id = 51,
       .key = "order_interval_days",
       .kind = &kinds::integer,
       .label = {"購入間隔（日）", "Days between orders"},
       .help = {"次に必要になるころに声をかけるため", "To call when they are about to need more"},
       .least = 0,
       .made_from = {"order.ordered_on"}},
      {.id = 52,
       .key = "open_complaints",
       .kind = &kinds::integer,
       .label = {"未解決のクレーム", "Open complaints"},
       .help = std::move(help.open_complaints),
       .least = 0},
  };
  for (meta::FieldDef& field : fields) field = kept_by_product(std::move(field));
  return fields;
}
// clang-format on

}  // namespace daifuku::crm
