#include "crm/follow/plan_ready.h"

#include "meta/kinds/common.h"
#include "records/engine.h"

namespace daifuku::crm {

// clang-format off: a table, one step a line
const std::vector<ReadyPlan>& ready_plans() {
  static const std::vector<ReadyPlan> kPlans = {
      {.key = "inquiry",
       .name = {"新規問い合わせのあと", "After a first inquiry"},
       .purpose =
           {"初めて問い合わせをくださったお客様に、3 日・10 日・30 "
            "日後に連絡します。問い合わせの日から始めてください。",
            "In touch 3, 10 and 30 days after a first inquiry. Begin on the day of the inquiry."},
       .targets = "company\nperson",
       .steps = {{3,
                  "day",
                  false,
                  "call",
                  {"お送りした資料が届いたか、電話で伺う", "Ask whether the documents arrived"}},
                 {10,
                  "day",
                  false,
                  "call",
                  {"ご検討の具合を伺い、疑問にお答えする", "Ask how it goes and answer questions"}},
                 {30,
                  "day",
                  false,
                  "email",
                  {"その後の様子をメールで伺う", "Ask by e-mail how things stand"}}}},
      {.key = "quote",
       .name = {"見積もりを出したあと", "After a quote"},
       .purpose =
           {"見積もりを出したままにしないための連絡です。見積もりを出した日から始めてください。",
            "So that no quote is forgotten. Begin on the day of the quote."},
       .targets = "deal",
       .steps = {{3,
                  "day",
                  false,
                  "call",
                  {"見積もりが届いたか確かめる", "Make sure that the quote arrived"}},
                 {10,
                  "day",
                  false,
                  "call",
                  {"社内での検討の様子と、直してほしい点を伺う",
                   "Ask what they think and what to change"}},
                 {3,
                  "week",
                  false,
                  "visit",
                  {"結論の時期を伺い、次の打ち合わせを決める",
                   "Ask when they decide and fix a meeting"}}}},
      {.key = "delivery",
       .name = {"納品後フォロー", "After a delivery"},
       .purpose = {"納めた品を気持ちよく使っていただき、次のご注文につなげます。納品した日から始め"
                   "てください。",
                   "To see the goods in good use and the next order coming. Begin on the day of "
                   "the delivery."},
       .targets = "company\nperson\ndeal",
       .steps =
           {{7,
             "day",
             false,
             "call",
             {"困っていることがないか、電話で伺う", "Call and ask whether all is well"}},
            {30, "day", false, "visit", {"使い心地を伺いに訪問する", "Visit and ask how it works"}},
            {90,
             "day",
             false,
             "documents",
             {"買い足しや関連する商品をご案内する", "Send what goes well with it"}}}},
      {.key = "renewal",
       .name = {"契約の更新", "Renewal of a contract"},
       .purpose = {"契約の満了日から数えて、90 日・60 日・30 日前に更新の準備をします。",
                   "Prepares the renewal 90, 60 and 30 days before the contract ends."},
       .targets = "contract",
       .start_from = "expires_on",
       .holidays = "before",
       .steps = {{90,
                  "day",
                  true,
                  "call",
                  {"更新のご意向と、ご不満がないかを伺う",
                   "Ask about renewing and about complaints"}},
                 {60,
                  "day",
                  true,
                  "documents",
                  {"更新の見積もりと条件をお送りする", "Send the quote for the renewal"}},
                 {30, "day", true, "visit", {"更新の手続きを済ませる", "Settle the renewal"}}}},
      {.key = "inspection",
       .name = {"年 1 回の点検", "Yearly inspection"},
       .purpose = {"納品や前回の点検から 1 年後の点検を、1 "
                   "か月前に日程を決めて行います。前回の日から始めてください。",
                   "A year after the last one, with the day fixed a month before. Begin on the day "
                   "of the last one."},
       .targets = "company\nperson\ncontract",
       .steps =
           {{11, "month", false, "call", {"点検の日程を決める", "Fix the day of the inspection"}},
            {12, "month", false, "inspection", {"点検に伺う", "Inspect"}},
            {54,
             "week",
             false,
             "letter",
             {"点検のお礼と報告書をお送りする", "Send thanks and the report"}}}},
      {.key = "quiet",
       .name = {"ご無沙汰のお客様", "Quiet customers"},
       .purpose = {"しばらく連絡のないお客様と、もう一度お付き合いを始めます。",
                   "To begin again with customers not heard of for long."},
       .targets = "company\nperson",
       .steps =
           {{0, "day", false, "call", {"近況を伺う電話をする", "Call and ask how they are"}},
            {2, "week", false, "documents", {"新しい商品の資料をお送りする", "Send what is new"}},
            {1, "month", false, "visit", {"訪問の約束をいただく", "Ask for a visit"}}}},
  };
  return kPlans;
}
// clang-format on

Id add_ready_plan(records::Write& write, const ReadyPlan& plan, Language language) {
  const auto text = [&](const meta::Label& label) {
    return std::string(meta::kinds::label_in(label, language));
  };
  records::Draft draft;
  draft.values = {{"name", text(plan.name)},
                  {"purpose", text(plan.purpose)},
                  {"targets", std::string(plan.targets)},
                  {"start_from", std::string(plan.start_from)},
                  {"holidays", std::string(plan.holidays)},
                  {"active", std::int64_t{1}}};
  const Id id = write.create(*write.catalog().object("plan"), std::move(draft)).id;
  for (const ReadyStep& step : plan.steps) {
    records::Draft line;
    line.values = {{"plan", id},
                   {"name", text(step.name)},
                   {"number", std::int64_t{step.number}},
                   {"unit", std::string(step.unit)},
                   {"side", std::string(step.before ? "before" : "after")},
                   {"kind", std::string(step.kind)},
                   {"assign", std::string("owner")}};
    write.create(*write.catalog().object("plan_step"), std::move(line));
  }
  return id;
}

}  // namespace daifuku::crm
