#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options kind_options() {
  return {
      {"call", {"電話", "Call"}, "blue", names("TEL|架電|受電|電話連絡|Call|Phone")},
      {"visit", {"訪問", "Visit"}, "green", names("往訪|来訪|来店|来社|Visit")},
      {"meeting", {"打ち合わせ", "Meeting"}, "green", names("面談|会議|商談|打合せ|打合わせ|Web会議|オンライン会議|ミーティング|Meeting|Event")},
      {"email", {"メール", "E-mail"}, "teal", names("Eメール|電子メール|メール送信|メール受信|E-mail|Email")},
      {"chat", {"チャット・LINE", "Chat"}, "yellow", names("チャット|LINE|ライン|Chat|SMS|WhatsApp")},
      {"letter", {"手紙・FAX", "Letter or fax"}, "gray", names("手紙|FAX|郵送|DM|はがき|Letter|Postal mail")},
      {"note", {"メモ", "Note"}, "gray", names("ノート|覚え書き|覚書|その他|Note|Other")},
      {"proposal", {"提案", "Proposal"}, "violet", names("提案書提出|見積提出|プレゼン|Proposal|Demo")},
      {"event", {"催し・セミナー参加", "Event attendance"}, "pink", names("セミナー|展示会|イベント|イベント参加|来場|Seminar")},
      {"invitation", {"催しへの招待", "Invitation"}, "pink", names("招待|案内|招待状|Invitation")},
      {"web_visit", {"ホームページ閲覧", "Web visit"}, "blue", names("Web訪問|HP訪問|サイト閲覧|ページ閲覧|Page view")},
      {"site_search", {"サイト内検索", "Site search"}, "blue", names("検索|検索履歴|Search")},
      {"mail_reaction", {"メールへの反応", "Reaction to mail"}, "teal", names("メール開封|開封|クリック|メールクリック|Mail open|Mail click")},
      {"sns_reaction", {"SNSでの反応", "Reaction on social media"}, "pink", names("SNS|いいね|リツイート|Like|Social")},
  };
}

Options direction_options() {
  return {
      {"outgoing", {"こちらから", "Outgoing"}, "blue", names("発信|架電|送信|往訪|Outbound|Outgoing")},
      {"incoming", {"お客様から", "Incoming"}, "green", names("着信|受電|受信|来訪|来店|Inbound|Incoming")},
  };
}

Options reaction_options() {
  return {
      {"open", {"開封", "Opened"}, "blue", names("メール開封|Open|Opened")},
      {"click", {"クリック", "Clicked"}, "green", names("リンククリック|Click|Clicked")},
      {"reply", {"返信", "Replied"}, "violet", names("返事|コメント|Reply|Comment")},
      {"like", {"いいね", "Liked"}, "pink", names("スキ|高評価|Like")},
      {"share", {"シェア・引用", "Shared"}, "orange", names("シェア|リツイート|リポスト|引用|Share|Repost")},
      {"follow", {"フォロー・登録", "Followed"}, "teal", names("フォロー|友だち追加|チャンネル登録|Follow|Subscribe")},
      {"unsubscribe", {"配信停止", "Unsubscribed"}, "red", names("解除|配信解除|購読解除|ブロック|Unsubscribe|Bounce")},
  };
}

Fields basic() {
  return {
      {.id = 1, .key = "happened_at", .kind = &kinds::date_time, .label = {"日時", "When"},
       .help = {"いつ話したかを、順を追ってたどるため", "To follow in order when we talked"},
       .required = true, .maturity = 1,
       .import_names = names("活動日時|活動日|対応日時|対応日|訪問日|訪問日時|商談日時|商談日|実施日|日付|年月日|接触日|Date|Activity Date|Start|Start Date|Timestamp"),
       .indexed = true, .in_list = true, .default_text = "now"},
      {.id = 2, .key = "kind", .kind = &kinds::choice, .label = {"種類", "Kind"},
       .help = {"電話・訪問・メールなど、どんな接し方が効くかを見るため", "To see which kind of contact works"},
       .required = true, .options = kind_options(), .maturity = 1,
       .import_names = names("活動種別|活動区分|活動種類|種別|対応種別|行動種別|区分|Type|Activity Type|Task Subtype"),
       .indexed = true, .in_list = true, .default_text = "note"},
      {.id = 3, .key = "subject", .kind = &kinds::text, .label = {"件名", "Subject"},
       .help = {"一覧で何の話だったかを一目で知るため。空なら内容から付けます", "To tell in lists what it was about. Made from the content when empty"},
       .max = 200, .maturity = 1, .searchable = true,
       .import_names = names("タイトル|表題|題名|活動名|用件|目的|商談名|Subject|Title"), .in_list = true},
      {.id = 4, .key = "direction", .kind = &kinds::choice, .label = {"向き", "Direction"},
       .help = {"お客様からの声と、こちらからの働きかけを分けて数えるため", "To count what customers start and what we start"},
       .options = direction_options(), .import_names = names("発着信|発信受信|受発信|送受信|Direction|Call Type")},
      {.id = 5, .key = "company", .kind = &kinds::link, .label = {"会社", "Company"},
       .help = {"会社のページで全員の活動をまとめて見るため", "To see everybody's contacts on the company's page"},
       .target = "company", .maturity = 1,
       .import_names = names("会社名|企業名|取引先|取引先名|顧客名|訪問先|社名|Account Name|Company|Related To"), .in_list = true},
      {.id = 6, .key = "person", .kind = &kinds::link, .label = {"相手", "With whom"},
       .help = {"だれと話したかを残し、次も同じ人と続けるため", "To go on with the person we talked to"},
       .target = "person", .maturity = 1, .import_names = names("相手先担当者|面談者|面談相手|先方担当者|氏名|お客様名|取引先責任者|Contact Name|Contact|Name"), .in_list = true},
      {.id = 7, .key = "deal", .kind = &kinds::link, .label = {"商談", "Deal"},
       .help = {"商談ごとに、これまでの流れを通して読むため", "To read the whole course of a deal"},
       .target = "deal", .maturity = 2, .import_names = names("商談名|案件|案件名|Deal|Opportunity")},
      {.id = 8, .key = "inquiry", .kind = &kinds::link, .label = {"問い合わせ", "Inquiry"},
       .help = {"一つの問い合わせに何度対応したかをたどるため", "To follow all answers to one inquiry"}, .target = "inquiry"},
      {.id = 9, .key = "participants", .kind = &kinds::users, .label = {"自社の参加者", "Our people"},
       .help = {"社内のだれに聞けば詳しく分かるかを残すため", "To know whom of us to ask"}, .maturity = 1,
       .import_names = names("自社担当者|当社担当者|自社参加者|対応者|担当者|営業担当|実施者|Assigned To|Owner"), .default_text = "me"},
      {.id = 10, .key = "attendees", .kind = &kinds::links, .label = {"先方の出席者", "Their people"},
       .help = {"席にいた人を全員残し、決める人を見落とさないため", "To miss nobody who was there and may decide"},
       .target = "person", .maturity = 2, .import_names = names("出席者|先方出席者|参加者|同席者|取引先の出席者|Attendees")},
  };
}

Fields content() {
  return {
      {.id = 11, .key = "content", .kind = &kinds::long_text, .label = {"内容", "Content"},
       .help = {"話した中身を覚えておき、同じことを二度伺わないため", "To remember what was said and not to ask twice"},
       .maturity = 1, .searchable = true, .personal = true,
       .import_names = names("活動内容|商談内容|対応内容|訪問内容|議事録|本文|詳細|コメント|報告内容|備考|メモ|Description|Comments|Body|Notes|Content")},
      {.id = 12, .key = "next_action", .kind = &kinds::text, .label = {"次にすること", "Next step"},
       .help = {"約束したことを忘れず、次へつなげるため", "To keep promises and go on"}, .max = 500, .maturity = 1, .searchable = true,
       .import_names = names("次回予定|次回アクション|ネクストアクション|次回の予定|今後の予定|次の行動|TODO|Next Step|Next Action")},
      {.id = 13, .key = "next_action_at", .kind = &kinds::date, .label = {"次の予定日", "Next step on"},
       .help = {"約束の日が来る前に思い出すため", "To be reminded before the promised day"}, .maturity = 1,
       .import_names = names("次回日付|次回予定日|次回訪問日|次回訪問予定日|次回連絡日|次回アクション日|次回商談日|Next Action Date|Follow-up Date|Due Date")},
      {.id = 14, .key = "minutes", .kind = &kinds::integer, .label = {"所要時間（分）", "Minutes"},
       .help = {"どのお客様に時間を使っているかを知るため", "To know where our time goes"}, .import_names = names("時間|所要時間|通話時間|面談時間|Duration|Call Duration")},
      {.id = 15, .key = "place", .kind = &kinds::text, .label = {"場所", "Place"},
       .help = {"次も同じ場所へ迷わず行くため", "To find the place again"}, .max = 200, .import_names = names("訪問場所|会場|面談場所|Location")},
      {.id = 16, .key = "document", .kind = &kinds::file, .label = {"資料", "Document"},
       .help = {"お渡しした資料をあとから確かめるため", "To check later what was handed over"}},
  };
}

Fields reaction() {
  return {
      {.id = 17, .key = "event_name", .kind = &kinds::text, .label = {"催しの名前", "Event"},
       .help = {"どの催しに来てくださったかを知り、次の招待に生かすため", "To know which events they came to and to invite again"}, .max = 200, .maturity = 2, .searchable = true,
       .import_names = names("イベント名|セミナー名|展示会名|催事名|Event Name|Campaign")},
      {.id = 18, .key = "page_url", .kind = &kinds::url, .label = {"見たページ", "Page"},
       .help = {"どの商品に関心があるかをページから知るため", "To learn interests from the pages read"}, .maturity = 2, .import_names = names("ページ|閲覧ページ|URL|ページURL|Page URL")},
      {.id = 19, .key = "search_words", .kind = &kinds::text, .label = {"検索した言葉", "Words searched"},
       .help = {"お客様の言葉で、何を探しているかを知るため", "To learn in the customer's own words what is wanted"}, .max = 200, .maturity = 2, .searchable = true,
       .import_names = names("検索ワード|検索キーワード|検索語|検索語句|Search Term|Keyword")},
      {.id = 20, .key = "reaction", .kind = &kinds::choice, .label = {"反応", "Reaction"},
       .help = {"どの案内に反応があったかを見て、次を変えるため", "To see which messages were answered and to change the next"}, .options = reaction_options(), .maturity = 2,
       .import_names = names("反応種別|メール反応|アクション|Event Type")},
      {.id = 21, .key = "medium", .kind = &kinds::text, .label = {"媒体", "Medium"},
       .help = {"どのSNSやメールでの反応かを分けるため", "To tell where the reaction came from"}, .max = 100, .import_names = names("SNS名|メディア|チャネル|配信名|Channel|Network")},
  };
}

}  // namespace

meta::ObjectDef activity() {
  meta::ObjectDef object{
      .id = 9, .key = "activity", .plural = "activities",
      .label = {"活動", "Activity"}, .plural_label = {"活動", "Activities"},
      .help = {"電話・訪問・メールなど、お客様と接したことのすべて", "Every contact with a customer: calls, visits, mails ..."},
      .icon = "message-circle", .title = "subject", .customer_links = {"company", "person"},
      .timeline_at = "happened_at", .timeline_summary = {"subject", "content"}, .default_sort = "-happened_at"};
  add_section(object, "basic", {"基本", "Basics"}, basic());
  add_section(object, "content", {"内容と次の予定", "Content and next step"}, content());
  add_section(object, "reaction", {"催し・反応", "Events and reactions"}, reaction());
  return object;
}
// clang-format on

}  // namespace daifuku::crm
