#include "text/postal.h"

#include <array>

#include "base/error.h"
#include "text/code_points.h"
#include "text/fold.h"
#include "text/postal_data.h"
#include "text/postal_table.h"

namespace daifuku::text {
namespace {

// JIS X 0401, in order of the code.
constexpr std::array<Prefecture, 47> kPrefectures = {{
    {"01", "北海道", "ホッカイドウ"}, {"02", "青森県", "アオモリケン"},
    {"03", "岩手県", "イワテケン"},   {"04", "宮城県", "ミヤギケン"},
    {"05", "秋田県", "アキタケン"},   {"06", "山形県", "ヤマガタケン"},
    {"07", "福島県", "フクシマケン"}, {"08", "茨城県", "イバラキケン"},
    {"09", "栃木県", "トチギケン"},   {"10", "群馬県", "グンマケン"},
    {"11", "埼玉県", "サイタマケン"}, {"12", "千葉県", "チバケン"},
    {"13", "東京都", "トウキョウト"}, {"14", "神奈川県", "カナガワケン"},
    {"15", "新潟県", "ニイガタケン"}, {"16", "富山県", "トヤマケン"},
    {"17", "石川県", "イシカワケン"}, {"18", "福井県", "フクイケン"},
    {"19", "山梨県", "ヤマナシケン"}, {"20", "長野県", "ナガノケン"},
    {"21", "岐阜県", "ギフケン"},     {"22", "静岡県", "シズオカケン"},
    {"23", "愛知県", "アイチケン"},   {"24", "三重県", "ミエケン"},
    {"25", "滋賀県", "シガケン"},     {"26", "京都府", "キョウトフ"},
    {"27", "大阪府", "オオサカフ"},   {"28", "兵庫県", "ヒョウゴケン"},
    {"29", "奈良県", "ナラケン"},     {"30", "和歌山県", "ワカヤマケン"},
    {"31", "鳥取県", "トットリケン"}, {"32", "島根県", "シマネケン"},
    {"33", "岡山県", "オカヤマケン"}, {"34", "広島県", "ヒロシマケン"},
    {"35", "山口県", "ヤマグチケン"}, {"36", "徳島県", "トクシマケン"},
    {"37", "香川県", "カガワケン"},   {"38", "愛媛県", "エヒメケン"},
    {"39", "高知県", "コウチケン"},   {"40", "福岡県", "フクオカケン"},
    {"41", "佐賀県", "サガケン"},     {"42", "長崎県", "ナガサキケン"},
    {"43", "熊本県", "クマモトケン"}, {"44", "大分県", "オオイタケン"},
    {"45", "宮崎県", "ミヤザキケン"}, {"46", "鹿児島県", "カゴシマケン"},
    {"47", "沖縄県", "オキナワケン"},
}};

const PostalTable& table() {
  static const auto* const instance = new PostalTable(postal_data());  // Views of it live on.
  return *instance;
}

}  // namespace

std::optional<std::string> normalize_postal_code(std::string_view text) {
  std::u32string half;
  half_width(text, half);
  std::string digits;
  for (const char32_t c : half) {
    if (is_ascii_digit(c)) {
      digits.push_back(static_cast<char>(c));
    } else if (!is_space(c) && !is_hyphen(c) && c != U'〒' && c != U'〶') {
      return std::nullopt;
    }
  }
  return digits.size() == 7 ? std::optional(digits) : std::nullopt;
}

std::string format_postal_code(std::string_view digits) {
  if (digits.size() != 7) {
    return std::string(digits);
  }
  return std::string(digits.substr(0, 3)) + "-" + std::string(digits.substr(3));
}

std::optional<PostalPlace> lookup_postal(std::string_view code) {
  const auto [from, to] = table().find(code);
  return from < to ? std::optional(table().place(from)) : std::nullopt;
}

std::size_t postal_count() { return table().rows(); }

PostalRow postal_row(std::size_t index) {
  DAIFUKU_CHECK(index < table().rows());
  return {table().code(index), table().place(index)};
}

const PostalTable& built_in_postal() { return table(); }

std::span<const Prefecture, 47> prefectures() { return kPrefectures; }

const Prefecture* find_prefecture(std::string_view text) {
  const std::string wanted = fold(text);
  if (wanted.empty()) {
    return nullptr;
  }
  const auto without = [](std::string name, std::string_view end) {
    if (name.ends_with(end)) {
      name.resize(name.size() - end.size());
    }
    return name;
  };
  for (const Prefecture& one : kPrefectures) {
    const std::string name = fold(one.name);
    const std::string kana = fold(one.kana);
    // 北海道 and ホッカイドウ are never cut; キョウト ends like a 都 and is none.
    const std::string_view last = one.name.substr(one.name.size() - 3);
    const std::string_view end = last == "県"   ? "ケン"
                                 : last == "府" ? "フ"
                                 : last == "都" ? "ト"
                                                : "";
    if (wanted == name || wanted == kana || wanted == one.jis_code ||
        (!end.empty() && (wanted == without(name, last) || wanted == without(kana, end)))) {
      return &one;
    }
  }
  return nullptr;
}

std::span<const Municipality> municipalities() { return table().municipalities(); }

}  // namespace daifuku::text
