#include "crm/demo/texts.h"

namespace daifuku::crm::demo {
namespace {

// Tables, several entries a line.
// clang-format off
constexpr Talk kFirst[] = {
    {"call", "outgoing", "はじめてのお電話", "代表番号から{相手}様につないでいただいた。{関心}とのこと。資料を送り、来週あらためて電話する。"},
    {"visit", "outgoing", "はじめての訪問", "{相手}様と名刺を交換。{品}は今は別の会社から仕入れている。{関心}という話を聞けた。"},
    {"email", "incoming", "資料のご請求", "ホームページから{品}の資料の請求。{関心}ため、比較の表も添えて返信した。"},
    {"event", "outgoing", "展示会でのご面談", "展示会の小間に{相手}様が立ち寄られた。{品}の見本をお渡しし、価格の目安をお伝えした。"},
    {"call", "incoming", "価格のお問い合わせ", "{品}を月に{数}くらい使うといくらになるかと電話。持ち帰って当日中にメールで返事。"},
};
constexpr Talk kKeeping[] = {
    {"call", "outgoing", "ご様子うかがい", "{品}の減り具合をうかがった。今月は足りている。{月}月の連休前にもう一度電話してほしいとのこと。"},
    {"visit", "outgoing", "定期訪問", "{相手}様とお会いした。{関心}。次回は見本を持っていく。"},
    {"email", "outgoing", "新しいカタログの送付", "秋冬のカタログを送付。{品}の後継品のページに印をつけた。"},
    {"call", "incoming", "追加のご注文", "{品}をいつもの数で追加したいと電話。在庫があるので明後日の午前に届く。"},
    {"chat", "incoming", "写真つきの連絡", "棚の写真が届く。{品}の残りが{数}ほど。週明けの便に載せると返事した。"},
    {"visit", "outgoing", "ごあいさつ", "異動のあいさつを受けた。後任の方にも{品}の使い方をお伝えした。"},
    {"meeting", "outgoing", "半期の振り返り", "この半年のお取引をまとめてお見せした。{関心}ので、まとめ買いの単価を次回お持ちする。"},
    {"email", "incoming", "請求書の送り先の変更", "来月から請求書をメールにしてほしいとのこと。経理に伝え、対応済み。"},
    {"letter", "outgoing", "お礼状", "先日のご紹介のお礼を書いた。"},
    {"note", "outgoing", "社内メモ", "{相手}様は午前の電話を好まれる。昼休みは避けること。"},
};
constexpr Talk kHearing[] = {
    {"visit", "outgoing", "ご要望のヒアリング", "{関心}。予算は{月}月の会議で決まる。決めるのは部長とのこと。"},
    {"meeting", "outgoing", "現場の見学", "現場を見せていただいた。{品}の置き場が遠く、一日に{数}回は取りに行っている。"},
    {"call", "outgoing", "条件の確認", "納期と数量を確かめた。月に{数}、最初は半分で試したい。"},
};
constexpr Talk kProposing[] = {
    {"proposal", "outgoing", "ご提案", "{品}への切り替えを提案。{関心}点に合うと言っていただいた。見積を今週中に出す。"},
    {"meeting", "outgoing", "オンラインでの説明", "画面で{品}の比較を説明。担当の方から耐久の試験の結果を求められた。"},
    {"visit", "outgoing", "見本のお届け", "{品}の見本を{数}お届けし、現場で一週間試していただくことになった。"},
};
constexpr Talk kQuoting[] = {
    {"email", "outgoing", "お見積の送付", "{品}の見積をメールで送付。数量{数}以上で単価が下がることを書き添えた。"},
    {"call", "incoming", "お見積へのご質問", "運賃が含まれるかとのお尋ね。{数}以上は無料と答えた。"},
};
constexpr Talk kNegotiating[] = {
    {"visit", "outgoing", "条件の最終確認", "支払いは月末締めの翌月末でまとまりそう。{品}の初回は半分の数で始める。"},
    {"call", "outgoing", "決裁の進み具合", "{相手}様によると稟議は部長まで回った。来週には返事がある。"},
};
constexpr Talk kWon[] = {
    {"call", "incoming", "ご発注の内示", "{品}を正式に頼みたいと電話をいただいた。決め手は対応の早さとのこと。"},
    {"email", "incoming", "注文書の受領", "注文書が届いた。{品}、初回の納品は{月}月の第二週。"},
};
constexpr Talk kLost[] = {
    {"call", "incoming", "見送りのご連絡", "今回は見送るとの電話。{品}の質には満足していただいていた。半年後に声をかける。"},
    {"email", "incoming", "他社に決めたとのご連絡", "他社に決めたとのメール。お礼を返し、次の機会をお願いした。"},
};
constexpr Talk kDelivered[] = {
    {"call", "outgoing", "納品後の確認", "{品}は問題なく届いたとのこと。置き場の表示も喜ばれた。"},
    {"visit", "outgoing", "納品の立ち会い", "{品}の納品に立ち会い、使い方を説明した。{相手}様から次の相談もあった。"},
};
constexpr Talk kTrouble[] = {
    {"call", "outgoing", "お詫びのお電話", "{相手}様にお詫びし、今日中に代わりの品を届けることを約束した。"},
    {"visit", "outgoing", "お詫びの訪問", "課長と二人で訪問。原因と再発防止の手順を説明し、納得していただいた。"},
};
constexpr Asked kQuestions[] = {
    {"納期について", "{品}を{数}頼むと、いつ届きますか。", "在庫がありますので、正午までのご注文で翌々日に届きます。"},
    {"見本のお願い", "{品}の見本を送ってもらえますか。", "本日、見本を二つ発送しました。"},
    {"請求書の宛名", "請求書の宛名を変えてください。", "次回の請求から新しい宛名でお出しします。"},
    {"代わりの品", "{品}がなくなった場合、代わりになるものはありますか。", "同じ寸法の後継品があります。仕様書を送りました。"},
    {"返品の方法", "数を間違えて頼みました。{品}を返品できますか。", "未開封であれば七日以内に承ります。引き取りに伺います。"},
    {"適合の証明", "{品}の規格の証明書をください。", "証明書の写しをメールで送りました。"},
};
constexpr Complaint kComplaints[] = {
    {"delivery", "medium", "納品の遅れ", "{品}が約束の日に届かない。現場が止まっている。", "お詫びし、当日の便で半数、翌日に残りをお届けしました。", "運送会社への引き渡しが締め切りに間に合わなかった。", "締め切りを一時間早め、遅れる時は当日の正午までに電話する。"},
    {"quality", "high", "不良品の混入", "{品}に不良がある。開けたらすぐに分かった。", "全数を引き取り、検品した品とお取り替えしました。", "製造元の設備の調整不足。", "入荷時の抜き取り検査を倍にした。"},
    {"wrong_item", "low", "数量の違い", "{品}が注文より少ない。", "不足の分を当日お届けしました。", "棚の表示が似ていて取り違えた。", "棚の表示を色で分けた。"},
    {"billing", "medium", "請求金額の違い", "請求書の{品}の単価が見積と違う。", "正しい請求書をお出しし、差額をお返ししました。", "値引きの期限が切れたまま登録されていた。", "単価の変更を二人で確かめる。"},
    {"service", "low", "電話の応対", "折り返しの電話がなかなか来ない。", "お詫びし、担当者の携帯番号をお知らせしました。", "伝言が一人に止まっていた。", "伝言は問い合わせに必ず書き、当日中に返す。"},
};
// clang-format on

void replace(std::string& text, std::string_view mark, std::string_view by) {
  for (std::size_t at = text.find(mark); at != std::string::npos;
       at = text.find(mark, at + by.size()))
    text.replace(at, mark.size(), by);
}

}  // namespace

const Talk& pick_talk(Random& random, Moment moment) {
  switch (moment) {
    case Moment::first:
      return random.pick(kFirst);
    case Moment::keeping:
      return random.pick(kKeeping);
    case Moment::hearing:
      return random.pick(kHearing);
    case Moment::proposing:
      return random.pick(kProposing);
    case Moment::quoting:
      return random.pick(kQuoting);
    case Moment::negotiating:
      return random.pick(kNegotiating);
    case Moment::won:
      return random.pick(kWon);
    case Moment::lost:
      return random.pick(kLost);
    case Moment::delivered:
      return random.pick(kDelivered);
    case Moment::trouble:
      break;
  }
  return random.pick(kTrouble);
}

const Asked& pick_question(Random& random) { return random.pick(kQuestions); }
const Complaint& pick_complaint(Random& random) { return random.pick(kComplaints); }

std::string fill_in(std::string_view pattern, const Filling& filling, Random& random) {
  static constexpr int kNumbers[] = {3, 5, 10, 20, 30, 50, 100};
  std::string out(pattern);
  replace(out, "{品}", filling.product);
  replace(out, "{相手}", filling.person);
  replace(out, "{関心}", filling.concern);
  replace(out, "{数}", std::to_string(random.pick(kNumbers)));
  replace(out, "{月}", std::to_string(random.between(1, 12)));
  return out;
}

}  // namespace daifuku::crm::demo
