#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options pipeline_options() {
  return {
      {"lead", {"引き合い", "Lead"}, "gray", names("リード|見込み|初回接触|引合|アポイント|Prospecting|New|appointmentscheduled")},
      {"hearing", {"ヒアリング", "Needs"}, "blue", names("ニーズ確認|要件確認|課題確認|Qualification|Needs Analysis|qualifiedtobuy")},
      {"proposing", {"提案中", "Proposing"}, "teal", names("提案|提案済み|プレゼン|Value Proposition|presentationscheduled")},
      {"quoting", {"見積提出", "Quoted"}, "violet", names("見積|見積中|見積もり|見積書提出|Proposal/Price Quote|Proposal")},
      {"negotiating", {"交渉・最終確認", "Negotiating"}, "orange", names("交渉|交渉中|条件交渉|クロージング|稟議中|内示|Negotiation/Review|Negotiation|decisionmakerboughtin|contractsent")},
      {"won", {"受注", "Won"}, "green", names("成約|成立|獲得|受注済み|契約|Closed Won|closedwon|Won")},
      {"lost", {"失注", "Lost"}, "red", names("不成立|敗退|見送り|中止|断念|Closed Lost|closedlost|Lost")},
  };
}

Options win_options() {
  return {
      {"price", {"価格", "Price"}, "green", names("価格が合った|安い|コスト|Price")},
      {"quality", {"品質・性能", "Quality"}, "blue", names("品質|性能|機能|Quality")},
      {"proposal", {"提案の中身", "Proposal"}, "violet", names("提案力|提案内容|企画|Proposal")},
      {"speed", {"対応の早さ・納期", "Speed"}, "orange", names("納期|スピード|対応の早さ|短納期|Speed")},
      {"trust", {"信頼・これまでの実績", "Trust"}, "teal", names("信頼関係|実績|人間関係|付き合い|Relationship")},
      {"support", {"サポート", "Support"}, "yellow", names("保守|アフターサービス|支援体制|Support")},
      {"introduction", {"紹介", "Introduction"}, "pink", names("紹介者|紹介があった|Referral")},
      {"other", {"その他", "Other"}, "gray", names("その他の理由|Other")},
  };
}

Options lose_options() {
  return {
      {"price", {"価格", "Price"}, "red", names("高い|価格が合わない|価格負け|予算オーバー|Price")},
      {"quality", {"品質・機能不足", "Quality or features"}, "orange", names("機能不足|品質|性能不足|仕様が合わない|Features")},
      {"proposal", {"提案の中身", "Proposal"}, "violet", names("提案不足|提案内容|ニーズ不一致|Proposal")},
      {"speed", {"対応の遅れ・納期", "Slow or late"}, "yellow", names("納期|対応の遅れ|納期が合わない|Timing")},
      {"relationship", {"関係・信頼の不足", "Relationship"}, "teal", names("関係不足|既存取引先優先|人間関係|Relationship")},
      {"competitor", {"競合に決定", "Competitor chosen"}, "red", names("競合負け|他社決定|他社に決定|Lost to Competitor")},
      {"budget", {"予算なし・先送り", "No budget or postponed"}, "gray", names("予算なし|延期|先送り|時期尚早|凍結|No Budget / Lost Funding|No Budget")},
      {"no_decision", {"検討中止・返事なし", "No decision"}, "gray", names("検討中止|中止|返答なし|音信不通|No Decision / Non-Responsive")},
      {"other", {"その他", "Other"}, "gray", names("その他の理由|Other")},
  };
}

Fields basic() {
  return {
      {.id = 1, .key = "name", .kind = &kinds::text, .label = {"商談名", "Deal"},
       .help = {"何の商談かを、社内のだれが見ても分かるようにするため", "So that everybody knows what the deal is about"},
       .required = true, .max = 200, .maturity = 1, .searchable = true,
       .import_names = names("案件名|案件|件名|商談|プロジェクト名|商談タイトル|Opportunity Name|Deal Name|Opportunity|Title"), .in_list = true},
      {.id = 2, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"},
       .help = {"会社ごとに、進み具合を見るため", "To see progress by company"}, .target = "company", .maturity = 1,
       .import_names = names("会社名|企業名|取引先|取引先名|顧客名|得意先名|社名|お客様名|Account Name|Company|Associated Company"), .in_list = true},
      {.id = 3, .key = "person", .kind = &kinds::link, .label = {"相手の担当者", "Contact"},
       .help = {"だれと進めている商談かを知るため", "To know with whom the deal goes on"}, .target = "person", .maturity = 1,
       .import_names = names("担当者名|先方担当者|お客様担当者|取引先責任者|キーマン|Contact Name|Contact|Associated Contact")},
      {.id = 4, .key = "stage", .kind = &kinds::choice, .label = {"進み具合", "Stage"},
       .help = {"止まっている商談に気づき、手を打つため", "To notice deals that stand still"}, .required = true, .options = pipeline_options(), .maturity = 1,
       .import_names = names("フェーズ|ステージ|商談フェーズ|商談ステージ|進捗|段階|状況|商談状況|ステータス|Stage|Deal Stage|Status|Phase"),
       .indexed = true, .in_list = true, .default_text = "lead"},
      {.id = 5, .key = "amount", .kind = &kinds::money, .label = {"金額", "Amount"},
       .help = {"これから入る売上を見込むため", "To foresee sales"}, .maturity = 1,
       .import_names = names("見込金額|見込み金額|受注金額|予定金額|商談金額|受注予定金額|案件金額|売上見込|Amount|Value|Expected Revenue"), .indexed = true, .in_list = true},
      {.id = 6, .key = "expected_close_on", .kind = &kinds::date, .label = {"受注予定日", "Expected close"},
       .help = {"いつ決まりそうかを見て、人と仕入れを用意するため", "To prepare people and goods in time"}, .maturity = 1,
       .import_names = names("完了予定日|受注予定|成約予定日|クローズ予定日|見込時期|受注見込日|契約予定日|Close Date|Expected Close Date|Closing Date"), .indexed = true, .in_list = true},
      {.id = 7, .key = "odds", .kind = &kinds::percent, .label = {"確度", "Odds"},
       .help = {"確度の高い商談から力を入れ、見込みを正しく足し上げるため", "To put effort where it counts and to add up forecasts"}, .maturity = 2,
       .import_names = names("受注確度|見込み度|確率|受注確率|確度(%)|確度（%）|Probability|Probability (%)|Deal probability"), .in_list = true},
      {.id = 28, .key = "started_on", .kind = &kinds::date, .label = {"商談開始日", "Started"},
       .help = {"始まりから決まるまでにかかる日数を知るため", "To learn how long it takes from start to close"}, .maturity = 1,
       .import_names = names("開始日|案件発生日|発生日|商談日|作成日|登録日|Created Date|Create Date|Start Date"), .default_text = "today"},
      {.id = 8, .key = "source", .kind = &kinds::choice, .label = {"きっかけ", "Source"}, .help = {"どの活動が商談を生んだかを数えるため", "To count what brought deals"},
       .options = source_options(), .maturity = 2, .import_names = names("流入経路|商談のきっかけ|リードソース|獲得経路|Lead Source|Original Source")},
      {.id = 9, .key = "salespeople", .kind = &kinds::users, .label = {"自社の商談担当者", "Our salespeople"},
       .help = {"関わった全員を残し、引き継いでも経緯が消えないため", "To keep all who took part, also after a handover"}, .maturity = 1,
       .import_names = names("営業担当|営業担当者|担当営業|自社担当者|担当者|Salesperson|Opportunity Owner|Deal owner"), .default_text = "me"},
      {.id = 10, .key = "customer_attendees", .kind = &kinds::links, .label = {"取引先の出席者", "Customer's people"},
       .help = {"決める人と使う人の両方を知るため", "To know both who decides and who uses"}, .target = "person", .maturity = 2, .import_names = names("出席者|先方出席者|取引先出席者|Attendees")},
      {.id = 11, .key = "products", .kind = &kinds::links, .label = {"提案する商品", "Products"},
       .help = {"どの商品が売れ、どの商品で負けるかを見るため", "To see which products win and lose"}, .target = "product", .maturity = 2, .import_names = names("商品|商品名|提案商品|商材|製品|Products|Product")},
      {.id = 12, .key = "tags", .kind = &kinds::tags, .label = {"タグ", "Tags"}, .help = {"自社なりの分け方で、あとから集められるようにするため", "To group deals in your own way"}, .searchable = true,
       .import_names = names("ラベル|分類|Tags")},
  };
}

Fields progress() {
  return {
      {.id = 13, .key = "content", .kind = &kinds::long_text, .label = {"商談内容", "Content"},
       .help = {"経緯を一か所にまとめ、だれでも続きから進められるようにするため", "To let anybody go on from here"}, .maturity = 1, .searchable = true,
       .import_names = names("内容|詳細|概要|経緯|説明|商談メモ|備考|メモ|Description|Notes|Deal Description")},
      {.id = 14, .key = "needs", .kind = &kinds::tags, .label = {"ニーズ", "Needs"},
       .help = {"業種ごとに何が求められているかを数えるため", "To count what each industry wants"}, .maturity = 2, .searchable = true, .import_names = names("課題|要望|お困りごと|ニーズ分類|Needs|Pain Points")},
      {.id = 15, .key = "need_note", .kind = &kinds::long_text, .label = {"ニーズの詳しいこと", "Notes on needs"},
       .help = {"お客様の言葉で困りごとを残し、提案に生かすため", "To keep the need in the customer's words"}, .maturity = 2, .searchable = true, .import_names = names("ニーズ詳細|課題詳細|要望内容")},
      {.id = 16, .key = "next_plan", .kind = &kinds::text, .label = {"次回の予定", "Next plan"},
       .help = {"商談を止めないため", "To keep the deal moving"}, .max = 500, .maturity = 1, .searchable = true, .import_names = names("次回予定|次回アクション|ネクストアクション|次の一手|Next Step|Next Steps")},
      {.id = 17, .key = "next_plan_on", .kind = &kinds::date, .label = {"次回の予定日", "Next plan on"},
       .help = {"約束の日が来る前に思い出すため", "To be reminded before the promised day"}, .maturity = 1,
       .import_names = names("次回日付|次回予定日|次回訪問日|次回商談日|次回アクション日|次回連絡日|Next Step Date|Next Activity Date"), .indexed = true, .in_list = true},
      {.id = 18, .key = "handover_note", .kind = &kinds::long_text, .label = {"引き継ぎメモ", "Handover notes"},
       .help = {"担当が替わっても、約束や注意点を失わないため", "So that nothing promised is lost when the salesperson changes"}, .maturity = 2, .import_names = names("引継ぎ|引き継ぎ|引継事項|引継ぎ事項|申し送り")},
  };
}

Fields outcome() {
  return {
      {.id = 19, .key = "competitor", .kind = &kinds::link, .label = {"競合会社", "Competitor"},
       .help = {"どの会社と比べられ、どこに勝ち負けするかを知るため", "To know against whom we win and lose"}, .target = "company", .maturity = 2,
       .import_names = names("競合|競合他社|競合先|競合企業|ライバル会社|Competitor|Main Competitor(s)")},
      {.id = 20, .key = "competitor_person", .kind = &kinds::link, .label = {"競合の担当者", "Competitor's person"},
       .help = {"相手の誰に負けたかを知り、進め方を変えるため", "To know which individual beat us and to change our way"}, .target = "person", .maturity = 3,
       .import_names = names("競合担当者|相手担当者|Competitor Contact")},
      {.id = 21, .key = "closed_on", .kind = &kinds::date, .label = {"決まった日", "Closed on"},
       .help = {"決まるまでの日数を知り、次の見込みに生かすため", "To learn how long deals take"}, .maturity = 1,
       .import_names = names("受注日|成約日|失注日|完了日|クローズ日|決定日|Closed Date|Closed Won Date"), .indexed = true},
      {.id = 22, .key = "win_reasons", .kind = &kinds::choices, .label = {"受注できた理由", "Why won"},
       .help = {"勝ち方を社内で分け合い、繰り返すため", "To share and repeat what wins"}, .options = win_options(), .maturity = 3, .import_names = names("受注理由|成約理由|勝因|Closed Won Reason|Win Reason")},
      {.id = 23, .key = "win_note", .kind = &kinds::long_text, .label = {"受注の詳しいこと", "Notes on winning"},
       .help = {"お客様が決め手にされたことを、その言葉で残すため", "To keep what decided, in the customer's words"}, .maturity = 3, .searchable = true, .import_names = names("受注理由詳細|勝因詳細|決め手")},
      {.id = 24, .key = "lose_reasons", .kind = &kinds::choices, .label = {"失注した理由", "Why lost"},
       .help = {"自社の弱みを数で知り、直すため。失注のときは必ず入れます", "To count and mend our weaknesses. Needed when a deal is lost"}, .options = lose_options(), .maturity = 3,
       .import_names = names("失注理由|敗因|不成立理由|見送り理由|Closed Lost Reason|Loss Reason|Lost Reason")},
      {.id = 25, .key = "lose_note", .kind = &kinds::long_text, .label = {"失注の詳しいこと", "Notes on losing"},
       .help = {"同じ負け方を繰り返さないため", "Not to lose the same way again"}, .maturity = 3, .searchable = true, .import_names = names("失注理由詳細|敗因詳細|失注コメント")},
      {.id = 26, .key = "stage_changed_on", .kind = &kinds::date, .label = {"今の進み具合になった日", "Stage since"},
       .help = {"同じ所で止まっている日数を知るため", "To see for how long a deal has stood still"}, .audited = false, .read_only = true},
      {.id = 27, .key = "weighted_amount", .kind = &kinds::money, .label = {"見込み額（金額×確度）", "Weighted amount"},
       .help = {"確度を掛けた現実的な見込みを足し上げるため", "To add up a realistic forecast"}, .audited = false, .read_only = true},
  };
}

}  // namespace

meta::ObjectDef deal() {
  meta::ObjectDef object{
      .id = 11, .key = "deal", .plural = "deals",
      .label = {"商談", "Deal"}, .plural_label = {"商談", "Deals"},
      .help = {"売れるかもしれない話の、始まりから結果まで", "A possible sale, from its start to its outcome"},
      .icon = "briefcase", .customer_links = {"company", "person"},
      .timeline_at = "started_on", .timeline_summary = {"name", "stage", "amount"}};
  add_section(object, "basic", {"基本", "Basics"}, basic());
  add_section(object, "progress", {"内容と次の予定", "Content and next plan"}, progress());
  add_section(object, "outcome", {"競合・結果", "Competitors and outcome"}, outcome());
  return object;
}
// clang-format on

}  // namespace daifuku::crm
