#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef life_event() {
  meta::ObjectDef object{
      .id = 8, .key = "life_event", .plural = "life_events",
      .label = {"ライフイベント", "Life event"}, .plural_label = {"ライフイベント", "Life events"},
      .help = {"結婚・出産・転職・退職など、暮らしの節目。先の予定も入れられます", "Marriage, birth, a new job, retirement; also those to come"},
      .icon = "cake", .customer_links = {"person"}, .timeline_at = "event_on", .timeline_summary = {"kind", "name"},
      .parent_link = "person", .in_navigation = false, .default_sort = "-event_on"};
  Options kinds_of_event = {
      {"marriage", {"結婚", "Marriage"}, "pink", names("入籍|婚姻|ご結婚|Marriage")},
      {"birth", {"出産", "Birth"}, "yellow", names("出生|誕生|お子様誕生|Birth")},
      {"school", {"入学・卒業", "School"}, "blue", names("入学|卒業|進学|入園|School")},
      {"coming_of_age", {"成人・七五三など", "Coming of age"}, "violet", names("成人式|七五三|還暦|長寿祝い")},
      {"new_job", {"就職・転職", "New job"}, "teal", names("就職|転職|入社|Job change")},
      {"promotion", {"昇進・異動", "Promotion or transfer"}, "green", names("昇進|異動|転勤|Promotion")},
      {"moving", {"引っ越し", "Moving"}, "orange", names("転居|引越し|移転|Moving")},
      {"house", {"住宅購入・建築", "House"}, "orange", names("住宅購入|新築|マイホーム|House")},
      {"retirement", {"退職", "Retirement"}, "gray", names("定年|定年退職|リタイア|Retirement")},
      {"bereavement", {"不幸・法要", "Bereavement"}, "gray", names("不幸|法要|訃報|Bereavement")},
      {"other", {"その他", "Other"}, "gray", names("その他の出来事|Other")},
  };
  Fields fields = {
      {.id = 1, .key = "kind", .kind = &kinds::choice, .label = {"種類", "Kind"}, .help = {"節目に合った声かけを選ぶため", "To choose words that fit the occasion"}, .required = true, .options = std::move(kinds_of_event), .maturity = 3,
       .import_names = names("イベント種別|出来事|種別|Event Type|Type"), .indexed = true, .in_list = true},
      {.id = 2, .key = "name", .kind = &kinds::text, .label = {"内容", "What"}, .help = {"だれの、どんな節目かを残すため", "To keep whose and what event it is"}, .required = true, .max = 200, .maturity = 3, .searchable = true, .import_names = names("件名|イベント名|詳細|Name"), .in_list = true},
      {.id = 3, .key = "person", .kind = &kinds::link, .label = {"人", "Person"}, .help = {"どなたの節目かを決めるため", "To tell whose event it is"}, .required = true, .target = "person", .import_names = names("氏名|お客様名|名前|Name|Contact Name"), .in_list = true},
      {.id = 4, .key = "event_on", .kind = &kinds::date, .label = {"日付", "Date"}, .help = {"お祝いやお見舞いの時期を逃さないため", "Not to miss the time for a greeting"}, .required = true, .maturity = 3, .import_names = names("日|年月日|予定日|イベント日|Date"), .indexed = true, .in_list = true},
      {.id = 5, .key = "coming", .kind = &kinds::yes_no, .label = {"これからの予定", "Still to come"}, .help = {"先の節目を数えて、早めに用意するため", "To count what is to come and prepare"}, .import_names = names("予定|見込み|Planned"), .in_list = true},
      {.id = 6, .key = "need", .kind = &kinds::text, .label = {"必要になりそうなもの", "Likely need"}, .help = {"暮らしの変化で必要になるものを先に考えるため", "To think ahead of what the change will need"}, .max = 500, .maturity = 3, .searchable = true, .import_names = names("ニーズ|必要なもの|想定ニーズ|Need"), .in_list = true},
      {.id = 7, .key = "approach_on", .kind = &kinds::date, .label = {"声をかける日", "Approach on"}, .help = {"ちょうどよい時に声をかけるため", "To approach at the right time"}, .maturity = 3, .import_names = names("連絡予定日|フォロー日|アプローチ日|Follow-up Date"), .indexed = true, .in_list = true},
      {.id = 8, .key = "note", .kind = &kinds::long_text, .label = {"メモ", "Notes"}, .help = {"伺ったことを次に生かすため", "To use what we were told"}, .searchable = true, .import_names = names("備考|コメント|Notes")},
  };
  for (meta::FieldDef& field : fields) field.personal = true;
  add_section(object, "basic", {"基本", "Basics"}, std::move(fields));
  return object;
}
// clang-format on

}  // namespace daifuku::crm
