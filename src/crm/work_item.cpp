#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

// Where in the dealings with a customer it is done, in the order in which they come about.
Options area_options() {
  return {
      {"find", {"集客・見込み客", "Finding customers"}, "violet"},
      {"deal", {"商談・提案", "Deals"}, "blue"},
      {"order", {"見積・受注", "Quotes and orders"}, "teal"},
      {"deliver", {"納品・サービス", "Delivery and service"}, "green"},
      {"bill", {"請求・入金", "Billing"}, "yellow"},
      {"care", {"アフター・継続", "Aftercare"}, "orange"},
      {"claim", {"問い合わせ・苦情", "Inquiries and complaints"}, "red"},
      {"office", {"事務・その他", "Office and others"}, "gray"},
  };
}

Options tool_options() {
  return {
      {"excel", {"Excel", "Excel"}, "green", names("エクセル|スプレッドシート|表計算")},
      {"paper", {"紙・ノート", "Paper"}, "yellow", names("紙|ノート|手帳|台帳|伝票")},
      {"mail", {"メール", "Mail"}, "blue", names("Eメール|電子メール")},
      {"phone", {"電話・FAX", "Telephone and fax"}, "teal", names("電話|FAX|ファックス")},
      {"chat", {"LINE・チャット", "Chat"}, "green", names("LINE|チャット|Slack|Teams")},
      {"software",
       {"ほかのソフト", "Other software"},
       "violet",
       names("販売管理|会計ソフト|システム|アプリ")},
      {"head", {"頭の中", "In the head"}, "red", names("なし|記憶|口頭")},
  };
}

Options often_options() {
  return {
      {"daily", {"毎日", "Every day"}, "red"},
      {"weekly", {"毎週", "Every week"}, "orange"},
      {"monthly", {"毎月", "Every month"}, "blue"},
      {"yearly", {"毎年", "Every year"}, "gray"},
      {"asked", {"あったとき", "When needed"}, "gray", names("随時|都度")},
  };
}

Fields basic() {
  return {
      {.id = 1,
       .key = "name",
       .kind = &kinds::text,
       .label = {"業務", "Work"},
       .help = {"今していることを、みんなで同じ言葉で呼ぶため", "To call what is done by one name"},
       .required = true,
       .max = 100,
       .import_names = names("業務名|作業|作業名|仕事|Work|Process"),
       .indexed = true,
       .in_list = true},
      {.id = 2,
       .key = "area",
       .kind = &kinds::choice,
       .label = {"どの段階", "Part"},
       .help = {"お客様とのどの場面かを知り、使うものを決めるため",
                "To know which part of the product it needs"},
       .options = area_options(),
       .import_names = names("段階|区分|分類|工程|Part|Area"),
       .indexed = true,
       .in_list = true},
      {.id = 3,
       .key = "people",
       .kind = &kinds::text,
       .label = {"だれが", "Who"},
       .help = {"だれに使ってもらい、何を見せるかを決めるため",
                "To know who will use it and may see what"},
       .max = 200,
       .import_names = names("担当|担当者|部門|部署|Who|Owner"),
       .in_list = true},
      {.id = 4,
       .key = "tools",
       .kind = &kinds::choices,
       .label = {"何で", "With what"},
       .help = {"何を置き換え、何を残すかを決めるため", "To know what is replaced and what stays"},
       .options = tool_options(),
       .import_names = names("道具|ツール|使用ツール|使うもの|Tools"),
       .in_list = true},
      {.id = 5,
       .key = "list_name",
       .kind = &kinds::text,
       .label = {"使っている名簿・台帳", "List in use"},
       .help = {"取り込むファイルを漏らさないため", "To forget no file that is to be brought in"},
       .max = 200,
       .import_names = names("名簿|台帳|ファイル|リスト|List|File"),
       .in_list = true},
      {.id = 6,
       .key = "often",
       .kind = &kinds::choice,
       .label = {"どのくらい", "How often"},
       .help = {"手間の大きいものから楽にするため", "To ease first what costs most"},
       .options = often_options(),
       .import_names = names("頻度|回数|Frequency"),
       .in_list = true},
      {.id = 7,
       .key = "minutes",
       .kind = &kinds::integer,
       .label = {"1 回の時間（分）", "Minutes each"},
       .help = {"手間の大きいものから楽にするため", "To ease first what costs most"},
       .least = 0,
       .greatest = 10'000,
       .import_names = names("時間|所要時間|Minutes"),
       .in_list = true},
      {.id = 8,
       .key = "trouble",
       .kind = &kinds::long_text,
       .label = {"困っていること", "Trouble"},
       .help = {"始めてから、良くなったかを確かめるため",
                "To check later whether it has become better"},
       .max = 2'000,
       .import_names = names("困りごと|課題|問題|要望|Trouble|Problem"),
       .in_list = true},
  };
}

}  // namespace

meta::ObjectDef work_item() {
  meta::ObjectDef object{.id = 21,
                         .key = "work_item",
                         .plural = "work_items",
                         .label = {"業務", "Work"},
                         .plural_label = {"業務の棚卸し", "Present work"},
                         .help = {"今の仕事の並べ書き。何を大福帳に移すかを決めます",
                                  "What is done today, to decide what moves here"},
                         .icon = "clipboard",
                         .in_navigation = false,
                         .default_sort = "area"};
  add_section(object, "basic", {"基本", "Basics"}, basic());
  return object;
}
// clang-format on

}  // namespace daifuku::crm
