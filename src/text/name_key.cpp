#include "text/name_key.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "text/char_map.h"
#include "text/code_points.h"
#include "text/fold.h"

namespace daifuku::text {
namespace {

using View = std::u32string_view;

enum Where : std::uint8_t { kHead = 1, kEnds = 3, kAnywhere = 7 };
constexpr std::uint8_t kTailBit = 2;
constexpr std::uint8_t kMiddleBit = 4;

struct LegalForm {
  View written;
  View name;
  Where where;
};
constexpr LegalForm kForms[] = {
#include "text/legal_forms.inc"
};

struct ShortForm {
  View written;
  View name;
};
constexpr ShortForm kShortForms[] = {
#include "text/legal_forms_short.inc"
};

// Forms of the middle of a name: rarer ones there are more often part of it.
constexpr View kMiddleShort[] = {U"株", U"有", U"同", U"資", U"名",
                                 U"カ", U"ユ", U"ド", U"シ", U"メ"};

struct EnglishForm {
  std::array<View, 3> words;  // From the last word on.
  View name;
};
constexpr EnglishForm kEnglishForms[] = {
    {{U"ltd", U"co"}, U"株"},
    {{U"limited", U"company"}, U"株"},
    {{U"ltd", U"company"}, U"株"},
    {{U"limited", U"co"}, U"株"},
    {{U"coltd"}, U"株"},
    {{U"ltd"}, U"株"},
    {{U"limited"}, U"株"},
    {{U"inc"}, U"株"},
    {{U"incorporated"}, U"株"},
    {{U"corp"}, U"株"},
    {{U"corporation"}, U"株"},
    {{U"kk"}, U"株"},
    {{U"k", U"k"}, U"株"},
    {{U"kaisha", U"kabushiki"}, U"株"},
    {{U"gaisha", U"kabushiki"}, U"株"},
    {{U"kabushikigaisha"}, U"株"},
    {{U"kabushikikaisha"}, U"株"},
    {{U"llc"}, U"同"},
    {{U"c", U"l", U"l"}, U"同"},
    {{U"gk"}, U"同"},
    {{U"k", U"g"}, U"同"},
    {{U"kaisha", U"godo"}, U"同"},
    {{U"gaisha", U"godo"}, U"同"},
    {{U"yk"}, U"有"},
    {{U"k", U"y"}, U"有"},
    {{U"kaisha", U"yugen"}, U"有"},
    {{U"gaisha", U"yugen"}, U"有"},
    {{U"llp"}, U"有責"},
};

constexpr View kBranchWords[] = {U"支店",   U"支社",   U"支所",           U"支局",
                                 U"営業所", U"出張所", U"事業所",         U"事業部",
                                 U"営業部", U"本社",   U"本店",           U"工場",
                                 U"シテン", U"シシヤ", U"エイギヨウシヨ", U"シユツチヨウシヨ"};

// Before a branch word without a space, a place shows that both are the branch: prefectures,
// regions, large cities.
constexpr View kPlaces[] = {
    U"北海道", U"青森", U"岩手",   U"宮城",   U"秋田",   U"山形",   U"福島",   U"茨城",   U"栃木",
    U"群馬",   U"埼玉", U"千葉",   U"東京",   U"神奈川", U"新潟",   U"富山",   U"石川",   U"福井",
    U"山梨",   U"長野", U"岐阜",   U"静岡",   U"愛知",   U"三重",   U"滋賀",   U"京都",   U"大阪",
    U"兵庫",   U"奈良", U"和歌山", U"鳥取",   U"島根",   U"岡山",   U"広島",   U"山口",   U"徳島",
    U"香川",   U"愛媛", U"高知",   U"福岡",   U"佐賀",   U"長崎",   U"熊本",   U"大分",   U"宮崎",
    U"鹿児島", U"沖縄", U"東日本", U"西日本", U"中日本", U"首都圏", U"関東",   U"北関東", U"南関東",
    U"関西",   U"東北", U"北陸",   U"東海",   U"中部",   U"近畿",   U"中国",   U"四国",   U"九州",
    U"南九州", U"札幌", U"旭川",   U"函館",   U"仙台",   U"盛岡",   U"郡山",   U"水戸",   U"宇都宮",
    U"高崎",   U"前橋", U"大宮",   U"川口",   U"横浜",   U"川崎",   U"相模原", U"立川",   U"八王子",
    U"町田",   U"新宿", U"渋谷",   U"池袋",   U"品川",   U"銀座",   U"上野",   U"金沢",   U"松本",
    U"浜松",   U"沼津", U"名古屋", U"豊橋",   U"豊田",   U"四日市", U"大津",   U"堺",     U"神戸",
    U"姫路",   U"倉敷", U"福山",   U"下関",   U"高松",   U"松山",   U"北九州", U"小倉",   U"博多",
    U"久留米", U"那覇"};

bool is_text(char32_t c) { return c >= 0x80 || is_ascii_alnum(c); }

bool has_text(View text) { return std::ranges::any_of(text, is_text); }

// Spaces and punctuation at the ends. A '-' at the end may be a long vowel mark.
bool at_the_edge(char32_t c) { return c == U' ' || c == U'|' || c == U',' || c == U'.'; }

void trim(View& text) {
  while (!text.empty() && (at_the_edge(text.front()) || text.front() == U'-')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && at_the_edge(text.back())) {
    text.remove_suffix(1);
  }
}

// A set of characters as 256 bits of their low byte: says "certainly not" fast.
class CharFilter {
 public:
  constexpr void add(char32_t c) { bits_[(c >> 6U) & 3U] |= std::uint64_t{1} << (c & 63U); }
  constexpr bool maybe(char32_t c) const {
    return ((bits_[(c >> 6U) & 3U] >> (c & 63U)) & 1U) != 0;
  }

 private:
  std::array<std::uint64_t, 4> bits_ = {};
};

struct FormFilters {
  CharFilter first;
  CharFilter last;
  CharFilter middle;
};
constexpr FormFilters make_filters() {
  FormFilters filters;
  for (const LegalForm& form : kForms) {
    filters.first.add(form.written.front());
    filters.last.add(form.written.back());
    if ((form.where & kMiddleBit) != 0) {
      filters.middle.add(form.written.front());
    }
  }
  return filters;
}
constexpr FormFilters kFilters = make_filters();

// A name taken apart: what is before and behind the legal form. One of the two may be empty.
struct Parts {
  View before;
  View behind;
  View form;
  CompanyKey::Position position = CompanyKey::none;
};

const ShortForm* short_form(View written) {
  const auto* found = std::ranges::find(kShortForms, written, &ShortForm::written);
  return found == std::end(kShortForms) ? nullptr : found;
}

// (株)X, 株)X, カ)X and (株X.
std::optional<Parts> short_head(View name) {
  constexpr std::size_t kLongest = 4;
  const std::size_t open = name.front() == U'(' ? 1 : 0;
  const std::size_t close = name.substr(0, open + kLongest + 1).find(U')');
  if (close != View::npos) {
    const ShortForm* form = short_form(name.substr(open, close - open));
    if (form == nullptr || !has_text(name.substr(close + 1))) {
      return std::nullopt;
    }
    return Parts{{}, name.substr(close + 1), form->name, CompanyKey::front};
  }
  if (open == 1 && name.size() > 2 && (name[1] == U'株' || name[1] == U'有') &&
      name.find(U')') == View::npos) {
    return Parts{{}, name.substr(2), name.substr(1, 1), CompanyKey::front};
  }
  return std::nullopt;
}

// X(株), X(株 and X(カ.
std::optional<Parts> short_tail(View name) {
  constexpr std::size_t kLongest = 4;
  const std::size_t open = name.rfind(U'(');
  if (open == View::npos || name.size() - open > kLongest + 2) {
    return std::nullopt;
  }
  View inside = name.substr(open + 1);
  if (!inside.empty() && inside.back() == U')') {
    inside.remove_suffix(1);
  }
  const ShortForm* form = short_form(inside);
  if (form == nullptr || !has_text(name.substr(0, open))) {
    return std::nullopt;
  }
  return Parts{name.substr(0, open), {}, form->name, CompanyKey::back};
}

std::optional<Parts> long_head(View name) {
  if (!kFilters.first.maybe(name.front())) {
    return std::nullopt;
  }
  const LegalForm* best = nullptr;
  for (const LegalForm& form : kForms) {
    if (name.front() == form.written.front() && name.starts_with(form.written) &&
        (best == nullptr || best->written.size() < form.written.size())) {
      best = &form;
    }
  }
  if (best == nullptr || !has_text(name.substr(best->written.size()))) {
    return std::nullopt;
  }
  return Parts{{}, name.substr(best->written.size()), best->name, CompanyKey::front};
}

std::optional<Parts> long_tail(View name) {
  if (!kFilters.last.maybe(name.back())) {
    return std::nullopt;
  }
  const LegalForm* best = nullptr;
  for (const LegalForm& form : kForms) {
    if ((form.where & kTailBit) != 0 && name.back() == form.written.back() &&
        name.ends_with(form.written) &&
        (best == nullptr || best->written.size() < form.written.size())) {
      best = &form;
    }
  }
  if (best == nullptr || !has_text(name.substr(0, name.size() - best->written.size()))) {
    return std::nullopt;
  }
  return Parts{
      name.substr(0, name.size() - best->written.size()), {}, best->name, CompanyKey::back};
}

std::optional<Parts> in_the_middle(View name) {
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    if (name[i] == U'(') {
      const std::size_t close = name.find(U')', i);
      if (close == View::npos || close - i > 3) {
        continue;
      }
      const View inside = name.substr(i + 1, close - i - 1);
      if (std::ranges::find(kMiddleShort, inside) != std::end(kMiddleShort)) {
        return Parts{name.substr(0, i), name.substr(close + 1), short_form(inside)->name,
                     CompanyKey::middle};
      }
    } else if (kFilters.middle.maybe(name[i])) {
      for (const LegalForm& form : kForms) {
        if (form.written.front() == name[i] && (form.where & kMiddleBit) != 0 &&
            name.substr(i).starts_with(form.written)) {
          return Parts{name.substr(0, i), name.substr(i + form.written.size()), form.name,
                       CompanyKey::middle};
        }
      }
    }
  }
  return std::nullopt;
}

// The words of ASCII letters at the end of `name`, the last one first, and where each starts.
struct LastWords {
  std::array<View, 3> words = {};
  std::array<std::size_t, 3> starts = {};
};
LastWords last_words(View name) {
  LastWords found;
  std::size_t end = name.size();
  for (std::size_t i = 0; i < found.words.size(); ++i) {
    while (end > 0 && (name[end - 1] == U'.' || name[end - 1] == U',' || name[end - 1] == U' ')) {
      --end;
    }
    std::size_t start = end;
    while (start > 0 && is_ascii_lower(name[start - 1])) {
      --start;
    }
    if (start == end || (start > 0 && is_ascii_digit(name[start - 1]))) {
      break;
    }
    found.words[i] = name.substr(start, end - start);
    found.starts[i] = start;
    end = start;
  }
  return found;
}

std::optional<Parts> english(View name) {
  const bool ascii_end = is_ascii_lower(name.back()) || name.back() == U'.' || name.back() == U',';
  if (ascii_end) {
    const LastWords found = last_words(name);
    for (const EnglishForm& form : kEnglishForms) {
      std::size_t count = 0;
      while (count < 3 && !form.words[count].empty() && form.words[count] == found.words[count]) {
        ++count;
      }
      if ((count == 3 || form.words[count].empty()) &&
          has_text(name.substr(0, found.starts[count - 1]))) {
        return Parts{name.substr(0, found.starts[count - 1]), {}, form.name, CompanyKey::back};
      }
    }
  }
  for (const View head : {View(U"kk "), View(U"k.k. "), View(U"k.k."), View(U"kk.")}) {
    if (name.starts_with(head) && has_text(name.substr(head.size()))) {
      return Parts{{}, name.substr(head.size()), U"株", CompanyKey::front};
    }
  }
  return std::nullopt;
}

bool ends_in_branch_word(View text, std::size_t* at = nullptr) {
  for (const View word : kBranchWords) {
    if (text.ends_with(word)) {
      if (at != nullptr) {
        *at = text.size() - word.size();
      }
      return true;
    }
  }
  return false;
}

// Cuts the branch off the end of `text`, at the latest when nothing else would be left.
View without_branch(View text) {
  for (;;) {
    trim(text);
    View rest;
    const std::size_t open = text.rfind(U'(');
    const std::size_t space = text.rfind(U' ');
    std::size_t word = 0;
    if (open != View::npos && (text.back() == U')' || text.find(U')', open) == View::npos)) {
      View inside = text.substr(open + 1);
      if (!inside.empty() && inside.back() == U')') {
        inside.remove_suffix(1);
      }
      trim(inside);
      if (!ends_in_branch_word(inside) && inside != U"エイ" && inside != U"シユツ") {
        return text;
      }
      rest = text.substr(0, open);
    } else if (!ends_in_branch_word(text, &word)) {
      return text;
    } else if (space != View::npos) {
      rest = text.substr(0, space);
    } else {
      rest = text.substr(0, word);
      const auto* place = std::ranges::find_if(kPlaces, [&](View p) { return rest.ends_with(p); });
      if (place != std::end(kPlaces)) {
        rest.remove_suffix(place->size());
      } else if (text.substr(word) != U"本社" && text.substr(word) != U"本店") {
        return text;
      }
    }
    std::size_t letters = 0;
    for (const char32_t c : rest) {
      letters += is_text(c) ? 1 : 0;
    }
    if (letters < 2) {
      return text;
    }
    text = rest;
  }
}

void append_key(View part, bool long_vowels, std::u32string& out) {
  for (std::size_t i = 0; i < part.size(); ++i) {
    const char32_t c = part[i];
    if (is_text(c)) {
      out.push_back(c);
    } else if (c == U'-' && long_vowels && i > 0 && is_katakana(part[i - 1]) && !out.empty()) {
      out.push_back(U'ー');
    }
  }
}

Parts take_apart(View name) {
  trim(name);
  for (const View polite : {View(U"御中"), View(U"様"), View(U"各位")}) {
    if (name.size() > polite.size() + 1 && name.ends_with(polite)) {
      name.remove_suffix(polite.size());
      trim(name);
      break;
    }
  }
  const Parts whole{name, {}, {}, CompanyKey::none};
  if (name.empty()) {
    return whole;
  }
  for (const auto find : {short_head, long_head, short_tail, long_tail, english, in_the_middle}) {
    if (const auto parts = find(name)) {
      return *parts;
    }
  }
  return whole;
}

void finish(std::u32string& key, std::string& out) {
  expand_repeats(key);
  fold_ke(key);
  out.clear();
  append_utf8(key, out);
}

}  // namespace

void company_key(std::string_view name, CompanyKey& out) {
  thread_local std::u32string mapped;
  thread_local std::u32string key;
  map_chars(name, mapped);
  Parts parts = take_apart(mapped);
  out.legal_form.clear();
  append_utf8(parts.form, out.legal_form);

  key.clear();
  append_key(parts.before, true, key);
  append_key(parts.behind, true, key);
  finish(key, out.strict);

  View branch = parts.behind;
  trim(branch);
  if (parts.position == CompanyKey::middle) {
    while (!branch.empty() && (branch.front() == U'(' || branch.back() == U')')) {
      branch = branch.front() == U'(' ? branch.substr(1) : branch.substr(0, branch.size() - 1);
    }
    trim(branch);
    if (ends_in_branch_word(branch) || branch == U"エイ" || branch == U"シユツ") {
      parts.behind = {};
      parts.position = CompanyKey::back;
    }
  }
  out.position = parts.position;
  key.clear();
  if (parts.behind.empty()) {
    append_key(without_branch(parts.before), false, key);
  } else {
    append_key(parts.before, false, key);
    append_key(without_branch(parts.behind), false, key);
  }
  std::ranges::transform(key, key.begin(), loose_variant);
  expand_repeats(key);
  fold_vu(key);
  fold_ke(key);
  out.loose.clear();
  append_utf8(key, out.loose);
}

CompanyKey company_key(std::string_view name) {
  CompanyKey key;
  company_key(name, key);
  return key;
}

std::string kana_key(std::string_view reading) {
  thread_local std::u32string mapped;
  std::u32string key;
  map_chars(reading, mapped);
  const Parts parts = take_apart(mapped);
  append_key(parts.before, false, key);
  append_key(parts.behind, false, key);
  expand_repeats(key);
  fold_vu(key);
  return to_utf8(key);
}

std::string person_key(std::string_view full_name) {
  constexpr std::string_view kTitles[] = {"様", "先生", "さま", "さん", "サマ", "殿", "氏"};
  std::string_view name = full_name;
  while (!name.empty() && name.back() == ' ') {
    name.remove_suffix(1);
  }
  for (const std::string_view title : kTitles) {
    if (!name.ends_with(title)) {
      continue;
    }
    const std::string_view rest = name.substr(0, name.size() - title.size());
    // 鵜殿 and 氏 also end names: there only behind a space or a name of three characters.
    const bool ends_names = title == "殿" || title == "氏";
    const bool apart = rest.ends_with(' ') || rest.ends_with("　");
    if (rest.size() >= 6 && (!ends_names || apart || rest.size() >= 9)) {
      name = rest;
    }
    break;
  }
  thread_local std::u32string mapped;
  map_chars(name, mapped);
  std::u32string key;
  append_key(mapped, true, key);
  std::string out;
  finish(key, out);
  return out;
}

namespace {

constexpr std::pair<std::string_view, std::string_view> kFormNames[] = {
    {"株", "株式会社"},
    {"有", "有限会社"},
    {"同", "合同会社"},
    {"資", "合資会社"},
    {"名", "合名会社"},
    {"相", "相互会社"},
    {"医", "医療法人"},
    {"財", "財団法人"},
    {"社", "社団法人"},
    {"一社", "一般社団法人"},
    {"一財", "一般財団法人"},
    {"公社", "公益社団法人"},
    {"公財", "公益財団法人"},
    {"学", "学校法人"},
    {"宗", "宗教法人"},
    {"福", "社会福祉法人"},
    {"更", "更生保護法人"},
    {"NPO", "特定非営利活動法人"},
    {"独", "独立行政法人"},
    {"地独", "地方独立行政法人"},
    {"国研", "国立研究開発法人"},
    {"大", "国立大学法人"},
    {"農", "農事組合法人"},
    {"管", "管理組合法人"},
    {"弁", "弁護士法人"},
    {"司", "司法書士法人"},
    {"行", "行政書士法人"},
    {"税", "税理士法人"},
    {"労", "社会保険労務士法人"},
    {"調", "土地家屋調査士法人"},
    {"特許", "特許業務法人"},
    {"監", "監査法人"},
    {"中", "有限責任中間法人"},
    {"有責", "有限責任事業組合"},
    {"投有責", "投資事業有限責任組合"},
    {"職", "職業訓練法人"},
    {"地縁", "認可地縁団体"},
    {"協", "協同組合"},
    {"企", "企業組合"},
    {"協業", "協業組合"}};

}  // namespace

std::string_view legal_form_name(std::string_view legal_form) {
  const auto* found = std::ranges::find(kFormNames, legal_form,
                                        &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(kFormNames) ? std::string_view() : found->second;
}

bool in_legal_form_name(char32_t letter) {
  static const std::u32string letters = [] {
    std::string all;
    for (const auto& [brief, name] : kFormNames) all += name;
    std::u32string out;
    decode_utf8(fold(all), out);
    return out;
  }();
  return letters.find(letter) != std::u32string::npos;
}

}  // namespace daifuku::text
