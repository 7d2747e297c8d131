#include "main/options.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace daifuku {
namespace {

// Flags that stand alone; all others take a value. --help names every one (a test checks it).
constexpr std::string_view kSwitches[] = {"help", "version", "dry-run", "lan", "no-links", "all"};
constexpr std::string_view kValues[] = {
    "data",          "listen", "key",      "store",  "companies", "seed",   "role", "name",
    "map",           "filter", "encoding", "ui-dir", "owner",     "scopes", "days", "tenant",
    "trusted-proxy", "mode",   "match",    "policy", "file-date", "unsure"};

}  // namespace

std::string Options::flag(const std::string& name, const std::string& fallback) const {
  const auto found = flags.find(name);
  return found == flags.end() ? fallback : found->second;
}

std::int64_t Options::number(const std::string& name, std::int64_t fallback) const {
  const auto found = flags.find(name);
  if (found == flags.end()) return fallback;
  std::int64_t value = 0;
  const std::string& text = found->second;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size())
    throw UsageError{"option_number", "--" + name + " " + text};
  return value;
}

Options parse_options(int argc, const char* const* argv) {
  Options options;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    options.language = std::string_view(value).starts_with("en") ? Language::en : Language::ja;
    break;
  }
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (!word.starts_with("--")) {
      if (options.command.empty()) {
        options.command = word;
      } else {
        options.arguments.push_back(word);
      }
      continue;
    }
    word = word.substr(2);
    std::string value;
    const auto equal = word.find('=');
    if (equal != std::string::npos) {
      value = word.substr(equal + 1);
      word = word.substr(0, equal);
    }
    if (std::find(std::begin(kSwitches), std::end(kSwitches), word) != std::end(kSwitches)) {
      options.flags[word] = "1";
    } else if (std::find(std::begin(kValues), std::end(kValues), word) != std::end(kValues)) {
      if (equal == std::string::npos) {
        if (i + 1 >= argc) throw UsageError{"option_value_missing", "--" + word};
        value = argv[++i];
      }
      options.flags[word] = value;
    } else {
      throw UsageError{"option_unknown", "--" + word};
    }
  }
  return options;
}

std::vector<std::string> option_names() {
  std::vector<std::string> out;
  for (const std::string_view name : kSwitches) out.emplace_back(name);
  for (const std::string_view name : kValues) out.emplace_back(name);
  return out;
}

std::string help_text(Language language) {
  if (language == Language::en) {
    return R"(Daifuku - the customer ledger

  daifuku serve  --data DIR [--listen 127.0.0.1:8080] [--lan] [--trusted-proxy ADDRESS] [--ui-dir DIR]
  daifuku demo   --data DIR [--companies N] [--seed S]            fill an empty folder with a believable company
  daifuku import OBJECT FILE --data DIR [--map FILE] [--encoding E] [--dry-run] [--no-links] [--owner EMAIL]
                 [--mode create|update|both] [--match FIELD|id] [--policy blanks|overwrite|newest] [--file-date DATE] [--unsure wait|create|skip]
  daifuku export OBJECT FILE --data DIR [--filter JSON] [--encoding cp932|utf-8-bom|utf-8] [--owner EMAIL]
                                                                  FILE ends with .csv .tsv .xlsx .jsonl or .vcf
  daifuku export --all FOLDER --data DIR                          the whole ledger with its files, readable without us
  daifuku user   add EMAIL --data DIR [--role owner|manager|member|viewer] [--name NAME]
  daifuku user   list | disable EMAIL | enable EMAIL | reset EMAIL --data DIR
  daifuku token  create EMAIL --data DIR [--scopes read,write] [--days 90]
  daifuku postal load FILE ... --data DIR                         KEN_ALL.CSV and JIGYOSYO.CSV of Japan Post
  daifuku register load FILE ... --data DIR                       corporate register: bulk and difference files of the tax agency
  daifuku verify --data DIR                                       check the chain of the log
  daifuku doctor --data DIR                                       check folder, key and store
  daifuku --help | --version

Every command:
  --data DIR                the data folder; made at the first start, which prints a one-time set-up link
  --key FILE                the key file (default: DIR.key, beside the data folder)
  --store postgres://...    PostgreSQL instead of the embedded store; files stay in --data
  --tenant NUMBER           the company's number on that PostgreSQL (default: 1)
serve:
  --listen HOST:PORT        where to listen; other addresses than this machine's own need --lan
  --lan                     allow that, without TLS: put an HTTPS proxy in front
  --trusted-proxy ADDRESS   believe X-Forwarded-For and -Proto from this address only
  --ui-dir DIR              serve the screens from a folder (development)
import and export:
  --map FILE                JSON: {"heading":"field:KEY|note|new:text|ignore"}
  --dry-run                 tell what would happen, change nothing
  --no-links                make no companies for names that are not known yet
  --mode MODE               create: new records only (default), update: existing ones only, both
  --match FIELD             find the record of a row by this field alone, or by its id
  --policy POLICY           blanks: fill empty fields only (default), overwrite, newest: by --file-date
  --file-date DATE          how old the values of the file are, for --policy newest
  --unsure WHAT             rows that fit several records: wait (left out, default), create, skip
  --owner EMAIL             in whose name (default: the first owner)
The password of user add and reset is asked for, or read from standard input.

Objects: company person deal activity inquiry product order contract task ...
Exit codes: 0 done, 1 failed, 2 wrong use.
)";
  }
  return R"(大福帳 - お客様の台帳

  daifuku serve  --data フォルダー [--listen 127.0.0.1:8080] [--lan] [--trusted-proxy アドレス] [--ui-dir フォルダー]
  daifuku demo   --data フォルダー [--companies 件数] [--seed 数]       空のフォルダーに見本の会社を作ります
  daifuku import 種類 ファイル --data フォルダー [--map ファイル] [--encoding 文字コード] [--dry-run] [--no-links] [--owner メール]
                 [--mode create|update|both] [--match 項目|id] [--policy blanks|overwrite|newest] [--file-date 日付] [--unsure wait|create|skip]
  daifuku export 種類 ファイル --data フォルダー [--filter JSON] [--encoding cp932|utf-8-bom|utf-8] [--owner メール]
                                                                        ファイルは .csv .tsv .xlsx .jsonl .vcf のどれか
  daifuku export --all 出力フォルダー --data フォルダー                 添付も含めてすべてを、大福帳がなくても読める形で
  daifuku user   add メール --data フォルダー [--role owner|manager|member|viewer] [--name 名前]
  daifuku user   list | disable メール | enable メール | reset メール --data フォルダー
  daifuku token  create メール --data フォルダー [--scopes read,write] [--days 90]
  daifuku postal load ファイル ... --data フォルダー                    日本郵便の KEN_ALL.CSV・JIGYOSYO.CSV を読み込みます
  daifuku register load ファイル ... --data フォルダー                  国税庁の法人番号の全件・差分ファイルを読み込みます
  daifuku verify --data フォルダー                                      変更履歴の改ざんがないか調べます
  daifuku doctor --data フォルダー                                      フォルダー・鍵・保存先を調べます
  daifuku --help | --version

どの命令でも:
  --data フォルダー         データフォルダー。最初の起動で作られ、一度だけ使える初期設定リンクを表示します
  --key ファイル            鍵ファイル(指定がなければデータフォルダーの隣の「フォルダー名.key」)
  --store postgres://...    組み込みの保存先の代わりに PostgreSQL を使います(添付ファイルは --data に残ります)
  --tenant 番号             その PostgreSQL の中での会社の番号(指定がなければ 1)
serve:
  --listen アドレス:ポート  待ち受ける場所。このパソコンの外から使うには --lan も必要です
  --lan                     それを許します。暗号化されないため、前に HTTPS の中継サーバーを置いてください
  --trusted-proxy アドレス  このアドレスからの X-Forwarded-For と -Proto だけを信じます
  --ui-dir フォルダー       画面をフォルダーから表示します(開発用)
import と export:
  --map ファイル            JSON: {"見出し":"field:項目|note|new:text|ignore"}
  --dry-run                 何が起きるかを示すだけで、何も変えません
  --no-links                まだない会社を、名前から作りません
  --mode 動作               create: 新規だけ(指定がなければこれ)、update: 登録済みの更新だけ、both: 両方
  --match 項目              行の記録を、この項目だけで(id なら番号で)見つけます
  --policy 決まり           blanks: 空の項目だけ埋める(指定がなければこれ)、overwrite: 上書き、newest: --file-date と比べて新しい方
  --file-date 日付          ファイルの値がいつのものか(--policy newest のため)
  --unsure 扱い             どの記録かはっきりしない行: wait(取り込まない)、create(新規)、skip(除く)
  --owner メール            だれの名前で行うか(指定がなければ最初の所有者)
user add と reset のパスワードは、たずねます(標準入力からも渡せます)。

種類: company person deal activity inquiry product order contract task など
終了コード: 0 完了、1 失敗、2 使い方の間違い
)";
}

}  // namespace daifuku
