#include "main/options.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace daifuku {
namespace {

// Flags that stand alone; all others take a value.
constexpr std::string_view kSwitches[] = {"help", "version", "dry-run", "yes", "lan", "no-links"};
constexpr std::string_view kValues[] = {
    "data",  "listen", "key",    "store",    "companies", "seed",   "role",
    "name",  "map",    "filter", "encoding", "object",    "format", "ui-dir",
    "owner", "out",    "scopes", "days",     "threads",   "tenant", "trusted-proxy"};

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

std::string help_text(Language language) {
  if (language == Language::en) {
    return R"(Daifuku - the customer ledger

  daifuku serve  --data DIR [--listen 127.0.0.1:8080] [--lan]     serve; the first start prints a one-time set-up link
  daifuku demo   --data DIR [--companies N] [--seed S]            fill an empty folder with a believable company
  daifuku import OBJECT FILE --data DIR [--map FILE] [--encoding E] [--dry-run] [--owner EMAIL]
  daifuku export OBJECT FILE --data DIR [--filter JSON] [--encoding cp932|utf-8-bom|utf-8]
  daifuku user   add EMAIL --role ROLE --data DIR [--name NAME]   password on standard input
  daifuku user   list | disable EMAIL | enable EMAIL | reset EMAIL --data DIR
  daifuku token  create EMAIL --data DIR [--scopes read,write] [--days 90]
  daifuku verify --data DIR                                       check the chain of the log
  daifuku doctor --data DIR                                       check folder, key and store

  --key FILE                the key file (default: DIR.key, beside the data folder)
  --store postgres://...    PostgreSQL instead of the embedded store; files stay in --data
  --listen HOST:PORT        where to listen; other addresses than this machine's own need --lan
  --ui-dir DIR              serve the screens from a folder (development)

Objects: company person deal activity inquiry product order contract task ...
Exit codes: 0 done, 1 failed, 2 wrong use.
)";
  }
  return R"(大福帳 - お客様の台帳

  daifuku serve  --data フォルダー [--listen 127.0.0.1:8080] [--lan]    起動。初回は一度だけ使える初期設定リンクを表示します
  daifuku demo   --data フォルダー [--companies 件数] [--seed 数]       空のフォルダーに見本の会社を作ります
  daifuku import 種類 ファイル --data フォルダー [--map ファイル] [--encoding 文字コード] [--dry-run] [--owner メール]
  daifuku export 種類 ファイル --data フォルダー [--filter JSON] [--encoding cp932|utf-8-bom|utf-8]
  daifuku user   add メール --role 役割 --data フォルダー [--name 名前]  パスワードは標準入力から
  daifuku user   list | disable メール | enable メール | reset メール --data フォルダー
  daifuku token  create メール --data フォルダー [--scopes read,write] [--days 90]
  daifuku verify --data フォルダー                                      変更履歴の改ざんがないか調べます
  daifuku doctor --data フォルダー                                      フォルダー・鍵・保存先を調べます

  --key ファイル            鍵ファイル(指定がなければデータフォルダーの隣の「フォルダー名.key」)
  --store postgres://...    組み込みの保存先の代わりに PostgreSQL を使います(添付ファイルは --data に残ります)
  --listen アドレス:ポート  待ち受ける場所。このパソコンの外から使うには --lan も必要です
  --ui-dir フォルダー       画面をフォルダーから表示します(開発用)

種類: company person deal activity inquiry product order contract task など
終了コード: 0 完了、1 失敗、2 使い方の間違い
)";
}

}  // namespace daifuku
