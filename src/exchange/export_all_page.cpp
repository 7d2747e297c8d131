#include "exchange/export_all_page.h"

#include <utility>

namespace daifuku::exchange {
namespace {

constexpr std::pair<const char*, const char*> kOthers[] = {
    {"fields.csv", "すべての項目の説明（見出し、形、選択肢、何のための項目か）"},
    {"metadata.json", "同じことを、ほかのソフトが読む形で"},
    {"files.jsonl", "添付ファイルの一覧（どの記録のものか、files フォルダーのどこにあるか）"},
    {"history.jsonl",
     "変更履歴。1 行が 1 回の変更で、項目ごとに [前の値, 後の値]。hash は前の行からの鎖で、"
     "書き換えるとつながらなくなります"},
    {"users.jsonl", "利用者。パスワードや合言葉は入っていません"},
    {"teams.jsonl", "チーム"},
    {"roles.json", "役割ごとの権限"},
    {"views.jsonl", "保存した一覧の見方"},
    {"exports.jsonl", "持ち出しの記録"},
    {"settings.json", "会社の設定"},
};

std::string minute_of(Millis at) {
  std::string text = format_instant(at + kJapanOffsetMinutes * 60'000LL).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string html(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string link_to(const std::string& path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string href;
  for (const char c : path) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      href += c;
    } else {
      href += '%';
      href += kHex[u >> 4U];
      href += kHex[u & 15U];
    }
  }
  return "<a href=\"" + href + "\">" + html(path) + "</a>";
}

std::string count_of(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::int64_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

}  // namespace

std::string export_readme(const ExportPage& page) {
  std::string out = "\xEF\xBB\xBF";
  const auto line = [&](const std::string& text) { out += text + "\r\n"; };
  line("大福帳のすべて");
  line("");
  if (!page.company.empty()) line("会社: " + page.company);
  line("書き出した日時: " + minute_of(page.at) + "（日本時間）");
  if (!page.by.empty()) line("書き出した人: " + page.by);
  line("");
  line("このフォルダーは、大福帳がなくても読めます。index.html をブラウザーで開いてください。");
  line("お客様の情報がそのまま入っています。置き場所と渡す相手に気を付けてください。");
  line("");
  line("data フォルダー: 種類ごとの表");
  line("  .csv   Excel でそのまま開けます（UTF-8、BOM 付き）。先頭が = などの文字には、式として");
  line("         動かないように ' が付いています。");
  line("  .jsonl 1 行が 1 件の JSON。番号（id）とつながりの先の番号がそろっています。");
  for (const ExportPage::Table& table : page.tables) {
    line("  " + table.name + "  " + count_of(table.rows) + " 件（" + table.key + "）" +
         (table.trash > 0 ? "、ごみ箱に " + count_of(table.trash) + " 件" : ""));
  }
  line("trash フォルダー: ごみ箱にある記録（同じ形）");
  line("files フォルダー: 添付ファイル " + count_of(page.files) +
       " 個（種類 / 記録の名前_番号 / ファイル名）");
  if (page.damaged_files > 0) {
    line("  読めなかった添付ファイルが " + count_of(page.damaged_files) +
         " 個あります。files.jsonl の path が null のものです。");
  }
  line("");
  for (const auto& [name, about] : kOthers) line(std::string(name) + ": " + about);
  line("");
  line(
      "日時は世界標準時（末尾 Z。日本時間はこれに 9 時間を足します）、金額は円、文字は UTF-8 "
      "です。");
  line("書き出しの最中にほかの人が変更した記録は、表によって前後の値になることがあります。");
  return out;
}

std::string export_index(const ExportPage& page) {
  std::string out =
      "<!doctype html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<title>大福帳のすべて</title><style>"
      ":root{color-scheme:light dark}body{font:16px/1.7 system-ui,sans-serif;max-width:52rem;"
      "margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}"
      "th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid color-mix(in srgb,"
      "currentColor 20%,transparent);vertical-align:top}td.n{text-align:right;"
      "font-variant-numeric:tabular-nums}p.s{opacity:.75}div{overflow-x:auto}"
      "</style></head><body>\n<h1>大福帳のすべて</h1>\n<p class=\"s\">";
  if (!page.company.empty()) out += html(page.company) + "　";
  out += minute_of(page.at) + "（日本時間）";
  if (!page.by.empty()) out += "　" + html(page.by);
  out +=
      "</p>\n<p>このフォルダーは、大福帳がなくても読めます。お客様の情報がそのまま入っています。"
      "置き場所と渡す相手に気を付けてください。</p>\n<h2>表</h2>\n"
      "<p>CSV は Excel でそのまま開けます。JSON は 1 行が 1 "
      "件で、ほかのソフトに移すときに使います。"
      "列の意味は " +
      link_to("fields.csv") +
      " にあります。</p>\n<div><table><thead><tr><th>種類</th><th>件数</th><th>CSV</th>"
      "<th>JSON</th><th>ごみ箱</th></tr></thead><tbody>\n";
  for (const ExportPage::Table& table : page.tables) {
    out += "<tr><td>" + html(table.label) + "</td><td class=\"n\">" + count_of(table.rows) +
           "</td><td>" + link_to("data/" + table.name + ".csv") + "</td><td>" +
           link_to("data/" + table.name + ".jsonl") + "</td><td>";
    if (table.trash > 0) out += link_to("trash/" + table.name + ".csv");
    out += "</td></tr>\n";
  }
  out += "</tbody></table></div>\n<h2>添付ファイル</h2>\n<p>files フォルダーに " +
         count_of(page.files) + " 個（種類 / 記録の名前_番号 / ファイル名）。";
  if (page.damaged_files > 0) {
    out += "読めなかったものが " + count_of(page.damaged_files) + " 個あります。";
  }
  out += "</p>\n<h2>そのほか</h2>\n<div><table><tbody>\n";
  for (const auto& [name, about] : kOthers) {
    out += "<tr><td>" + link_to(name) + "</td><td>" + html(about) + "</td></tr>\n";
  }
  out +=
      "</tbody></table></div>\n<p class=\"s\">日時は世界標準時（末尾 Z。日本時間は 9 "
      "時間を足します）、金額は円、文字は UTF-8 です。変更履歴は " +
      count_of(page.changes) + " 行、利用者は " + count_of(page.users) +
      " 人です。</p>\n</body></html>\n";
  return out;
}

}  // namespace daifuku::exchange
