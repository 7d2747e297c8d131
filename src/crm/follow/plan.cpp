#include "crm/follow/plan.h"

#include "crm/declare.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options plan_targets() {
  return {
      {"company", {"会社", "Companies"}, "blue", names("取引先|Company")},
      {"person", {"人", "People"}, "teal", names("担当者|お客様|Person|Contact")},
      {"deal", {"商談", "Deals"}, "violet", names("案件|Deal|Opportunity")},
      {"contract", {"契約", "Contracts"}, "orange", names("Contract")},
  };
}

// Keys of dates of the records, beside the first. What a record does not have does not count.
Options plan_starts() {
  return {
      {"day", {"始めるときに選ぶ日", "A day chosen when it begins"}, "blue", names("開始日|Start")},
      {"expires_on", {"契約の満了日", "End of the contract"}, "orange", names("満了日")},
      {"renews_on", {"契約の更新日", "Renewal of the contract"}, "orange", names("更新日")},
      {"starts_on", {"契約の開始日", "Start of the contract"}, "orange", names("契約開始日")},
      {"expected_close_on",
       {"受注の予定日", "Expected close of the deal"},
       "violet",
       names("受注予定日")},
      {"closed_on", {"商談が終わった日", "Close of the deal"}, "violet", names("受注日")},
      {"last_order_on", {"最後の購入日", "Last purchase"}, "green", names("最終購入日")},
  };
}

Options holiday_options() {
  return {
      {"next",
       {"次の営業日にする", "Move to the next working day"},
       "blue",
       names("翌営業日|後ろ")},
      {"before",
       {"前の営業日にする", "Move to the working day before"},
       "teal",
       names("前営業日|前")},
      {"keep", {"そのままにする", "Leave as it is"}, "gray", names("そのまま|動かさない")},
  };
}

Options unit_options() {
  return {
      {"day", {"日", "days"}, "blue", names("日間|Day")},
      {"week", {"週間", "weeks"}, "teal", names("週|Week")},
      {"month", {"か月", "months"}, "violet", names("月|ヶ月|カ月|Month")},
  };
}

Options side_options() {
  return {
      {"after", {"後", "after"}, "blue", names("あと|After")},
      {"before", {"前", "before"}, "orange", names("まえ|Before")},
  };
}

Options assign_options() {
  return {
      {"owner", {"お客様の担当者", "Owner of the record"}, "blue", names("担当者|Owner")},
      {"me", {"計画を始めた人", "Who begins the plan"}, "teal", names("開始者|Me")},
      {"user", {"決まった人", "A fixed person"}, "violet", names("指定|User")},
  };
}

}  // namespace

meta::FieldDef task_kind(std::uint32_t id) {
  return {
      .id = id,
      .key = "kind",
      .kind = &kinds::choice,
      .label = {"手段", "How"},
      .help = {"電話の日、訪問の日をまとめて片づけるため", "To do the calls of a day in one go"},
      .options =
          {
              {"call", {"電話", "Call"}, "teal", names("TEL|架電|Phone")},
              {"visit", {"訪問", "Visit"}, "blue", names("往訪|伺う")},
              {"meeting", {"打ち合わせ", "Meeting"}, "blue", names("会議|面談|Web会議")},
              {"email", {"メール", "E-mail"}, "violet", names("Eメール|Mail|Email")},
              {"documents",
               {"資料を送る", "Send documents"},
               "orange",
               names("資料送付|資料|カタログ送付")},
              {"letter",
               {"手紙・はがき", "Letter"},
               "orange",
               names("手紙|はがき|DM|Letter or card")},
              {"inspection", {"点検", "Inspection"}, "green", names("保守|メンテナンス|定期点検")},
              {"other", {"その他", "Other"}, "gray", names("ほか")},
          },
      .import_names = names("タスク種別|連絡手段|Task Type")};
}

meta::ObjectDef plan() {
  meta::ObjectDef object{
      .id = 19,
      .key = "plan",
      .plural = "plans",
      .label = {"フォローの計画", "Follow-up plan"},
      .plural_label = {"フォローの計画", "Follow-up plans"},
      .help = {"いつ、何をするかのひな型。お客様のページから始めると、やることがまとめてできます",
               "What is done when. Begun on a customer's page, it makes all the tasks at once"},
      .icon = "list-check",
      .default_sort = "name"};
  add_section(object, "basic", {"基本", "Basics"},
              {
                  {.id = 1,
                   .key = "name",
                   .kind = &kinds::text,
                   .label = {"計画名", "Plan"},
                   .help = {"選ぶときに、一目で分かるようにするため",
                            "To be told from the others when chosen"},
                   .required = true,
                   .max = 100,
                   .searchable = true,
                   .import_names = names("計画|フォロー名"),
                   .indexed = true,
                   .in_list = true},
                  {.id = 2,
                   .key = "targets",
                   .kind = &kinds::choices,
                   .label = {"使うところ", "Used for"},
                   .help = {"関係のないページで選択肢に出さないため",
                            "Not to be offered where it makes no sense"},
                   .required = true,
                   .options = plan_targets(),
                   .import_names = names("計画の対象"),
                   .in_list = true,
                   .default_text = "company"},
                  {.id = 3,
                   .key = "start_from",
                   .kind = &kinds::choice,
                   .label = {"数え始める日", "Counted from"},
                   .help = {"契約の満了日など、記録にある日から数えるため",
                            "To count from a date of the record, such as the end of a contract"},
                   .required = true,
                   .options = plan_starts(),
                   .import_names = names("基準日|起点"),
                   .in_list = true,
                   .default_text = "day"},
                  {.id = 4,
                   .key = "holidays",
                   .kind = &kinds::choice,
                   .label = {"土日・祝日に当たるとき", "On a weekend or holiday"},
                   .help = {"休みの日が期限にならないようにするため",
                            "So that nothing is due on a day off"},
                   .required = true,
                   .options = holiday_options(),
                   .import_names = names("休日の扱い"),
                   .default_text = "next"},
                  {.id = 5,
                   .key = "active",
                   .kind = &kinds::yes_no,
                   .label = {"使う", "In use"},
                   .help = {"使わなくなった計画を、選択肢から外すため",
                            "To take plans that are no longer used off the list"},
                   .indexed = true,
                   .in_list = true,
                   .default_text = "yes"},
                  {.id = 6,
                   .key = "purpose",
                   .kind = &kinds::long_text,
                   .label = {"どんなときに使うか", "When to use it"},
                   .help = {"初めての人でも、合う計画を選べるようにするため",
                            "So that a newcomer chooses the right one"},
                   .searchable = true,
                   .import_names = names("計画の目的"),
                   .in_list = true},
              });
  return object;
}

meta::ObjectDef plan_step() {
  meta::ObjectDef object{
      .id = 20,
      .key = "plan_step",
      .plural = "plan_steps",
      .label = {"計画の手順", "Step of a plan"},
      .plural_label = {"計画の手順", "Steps of plans"},
      .help = {"計画の一行。いつ、だれが、何をするか", "One line of a plan: who does what when"},
      .icon = "list-numbers",
      .parent_link = "plan",
      .in_navigation = false,
      .default_sort = "days"};
  add_section(
      object, "basic", {"基本", "Basics"},
      {
          {.id = 1,
           .key = "plan",
           .kind = &kinds::link,
           .label = {"計画", "Plan"},
           .help = {"どの計画の手順かを決めるため", "To tell whose step it is"},
           .required = true,
           .target = "plan",
           .import_names = names("計画名|Plan Name"),
           .in_list = true},
          {.id = 2,
           .key = "name",
           .kind = &kinds::text,
           .label = {"やること", "Task"},
           .help = {"何をすればよいかを一言で分かるようにするため",
                    "To say in a word what is to be done"},
           .required = true,
           .max = 200,
           .searchable = true,
           .import_names = names("手順|手順名"),
           .in_list = true},
          {.id = 3,
           .key = "number",
           .kind = &kinds::integer,
           .label = {"間隔", "Distance"},
           .help = {"忘れられる前の、ちょうどよいころに連絡するため。当日は 0",
                    "To be in touch at the right time; 0 is the day itself"},
           .required = true,
           .least = 0,
           .greatest = 3'650,
           .import_names = names("日数|Days"),
           .in_list = true,
           .default_text = "0"},
          {.id = 4,
           .key = "unit",
           .kind = &kinds::choice,
           .label = {"単位", "Unit"},
           .help = {"日・週・月のどれで数えるかを決めるため", "To count in days, weeks or months"},
           .required = true,
           .options = unit_options(),
           .in_list = true,
           .default_text = "day"},
          {.id = 5,
           .key = "side",
           .kind = &kinds::choice,
           .label = {"前か後か", "Before or after"},
           .help = {"期限の前の準備も、後の連絡も入れられるように",
                    "For what is prepared before a date as well"},
           .required = true,
           .options = side_options(),
           .import_names = names("前後"),
           .in_list = true,
           .default_text = "after"},
          task_kind(6),
          {.id = 7,
           .key = "assign",
           .kind = &kinds::choice,
           .label = {"だれがするか", "Who does it"},
           .help = {"担当者が替わっても、正しい人の仕事になるように",
                    "So that it reaches the right one after a handover"},
           .required = true,
           .options = assign_options(),
           .import_names = names("手順の担当"),
           .in_list = true,
           .default_text = "owner"},
          {.id = 8,
           .key = "assignee",
           .kind = &kinds::user,
           .label = {"決まった人", "Fixed person"},
           .help = {"点検の係など、いつも同じ人に頼むため",
                    "For what is always done by the same one"}},
          {.id = 9,
           .key = "note",
           .kind = &kinds::long_text,
           .label = {"メモ", "Notes"},
           .help = {"話すことや持ち物を、だれでも同じようにできるように",
                    "What to say and bring, so that anybody can do it"},
           .searchable = true,
           .import_names = names("手順のメモ")},
          {.id = 10,
           .key = "days",
           .kind = &kinds::integer,
           .label = {"並び順の日数", "Days, to sort by"},
           .help = {"早い手順から並べるため。間隔から計算します",
                    "To list the first steps first. Worked out from the distance"},
           .audited = false,
           .indexed = true,
           .read_only = true,
           .made_from = {"number", "unit", "side"}},
      });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
