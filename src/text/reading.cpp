#include "text/reading.h"

#include <mecab.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "text/char_map.h"
#include "text/code_points.h"
#include "text/postal_write.h"

namespace daifuku::text {
namespace {

constexpr std::size_t kLongestName = 80;  // characters
constexpr std::size_t kSpelledLetters = 4;

// The model is shared by all threads; each parse has its own lattice.
const MeCab::Model* model() {
  static const std::unique_ptr<MeCab::Model> instance = [] {
    for (const char* arguments : {"-r /dev/null -d /var/lib/mecab/dic/ipadic-utf8",
                                  "-r /dev/null -d /usr/lib/mecab/dic/ipadic-utf8"}) {
      if (MeCab::Model* made = MeCab::createModel(arguments))
        return std::unique_ptr<MeCab::Model>(made);
    }
    return std::unique_ptr<MeCab::Model>();
  }();
  return instance.get();
}

const MeCab::Tagger* tagger() {
  static const std::unique_ptr<MeCab::Tagger> instance(
      model() == nullptr ? nullptr : model()->createTagger());
  return instance.get();
}

constexpr std::array<std::u32string_view, 42> kForms = {U"特定非営利活動法人",
                                                        U"NPO法人",
                                                        U"一般社団法人",
                                                        U"一般財団法人",
                                                        U"公益社団法人",
                                                        U"公益財団法人",
                                                        U"社会福祉法人",
                                                        U"医療法人社団",
                                                        U"医療法人財団",
                                                        U"医療法人",
                                                        U"学校法人",
                                                        U"宗教法人",
                                                        U"税理士法人",
                                                        U"弁護士法人",
                                                        U"司法書士法人",
                                                        U"行政書士法人",
                                                        U"社会保険労務士法人",
                                                        U"監査法人",
                                                        U"独立行政法人",
                                                        U"地方独立行政法人",
                                                        U"国立大学法人",
                                                        U"農事組合法人",
                                                        U"有限責任事業組合",
                                                        U"株式會社",
                                                        U"株式会社",
                                                        U"有限会社",
                                                        U"合同会社",
                                                        U"合資会社",
                                                        U"合名会社",
                                                        U"相互会社",
                                                        U"(株)",
                                                        U"(有)",
                                                        U"(同)",
                                                        U"(合)",
                                                        U"(資)",
                                                        U"(名)",
                                                        U"(医)",
                                                        U"(社福)",
                                                        U"(学)",
                                                        U"(一社)",
                                                        U"(財)",
                                                        U"(社)"};

void take_form(std::u32string& name) {
  for (const std::u32string_view form : kForms) {
    if (name.size() > form.size() && name.starts_with(form)) {
      name.erase(0, form.size());
      return;
    }
    if (name.size() > form.size() && name.ends_with(form)) {
      name.resize(name.size() - form.size());
      return;
    }
  }
}

char32_t to_katakana(char32_t c) { return is_hiragana(c) ? c + 0x60 : c; }

bool is_kana(char32_t c) { return is_hiragana(c) || is_katakana(c) || c == U'ー'; }

std::u32string_view letter_name(char32_t letter) {
  static constexpr std::array<std::u32string_view, 26> kNames = {
      U"エー",   U"ビー",       U"シー",     U"ディー", U"イー",  U"エフ",   U"ジー",
      U"エイチ", U"アイ",       U"ジェイ",   U"ケー",   U"エル",  U"エム",   U"エヌ",
      U"オー",   U"ピー",       U"キュー",   U"アール", U"エス",  U"ティー", U"ユー",
      U"ブイ",   U"ダブリュー", U"エックス", U"ワイ",   U"ゼット"};
  return kNames[letter - U'A'];
}

// A few capital letters are spelled, "ＮＴＴ" as エヌティーティー. How a word is said nobody can
// know.
bool read_letters(std::u32string_view surface, std::u32string& out) {
  if (surface.size() > kSpelledLetters) return false;
  for (const char32_t c : surface) {
    if (c < U'A' || c > U'Z') return false;
    out += letter_name(c);
  }
  return true;
}

std::string_view column(std::string_view feature, int wanted) {
  for (int at = 0; at < wanted; ++at) {
    const auto comma = feature.find(',');
    if (comma == std::string_view::npos) return {};
    feature.remove_prefix(comma + 1);
  }
  return feature.substr(0, feature.find(','));
}

struct Word {
  std::u32string surface;
  std::string feature;
};

// Names in the spelling that the dictionary knows: half width, common kanji.
std::u32string prepared(std::string_view name) {
  std::u32string points;
  decode_utf8(full_width_kana(name), points);
  for (char32_t& c : points) c = is_kanji(c) ? common_kanji(c) : c;
  return points;
}

std::vector<std::vector<Word>> parses(const std::u32string& name, std::size_t most) {
  std::vector<std::vector<Word>> out;
  if (tagger() == nullptr) return out;
  // The lattice keeps a pointer to the text.
  const std::string utf8 = to_utf8(name);
  const std::unique_ptr<MeCab::Lattice> lattice(model()->createLattice());
  lattice->set_sentence(utf8.c_str(), utf8.size());
  if (most > 1) lattice->set_request_type(MECAB_NBEST);
  if (!tagger()->parse(lattice.get())) return out;
  do {
    auto& words = out.emplace_back();
    for (const MeCab::Node* node = lattice->bos_node(); node != nullptr; node = node->next) {
      if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE) continue;
      Word& word = words.emplace_back();
      decode_utf8(std::string_view(node->surface, node->length), word.surface);
      word.feature = node->feature;
    }
  } while (out.size() < most && lattice->next());
  return out;
}

bool read_word(const Word& word, std::u32string& out) {
  // ・ and the like are not said.
  if (word.surface.size() == 1 && !is_kanji(word.surface[0]) && !is_kana(word.surface[0]) &&
      !is_ascii_alnum(word.surface[0]))
    return true;
  if (std::ranges::all_of(word.surface, is_kana)) {
    for (const char32_t c : word.surface) out.push_back(to_katakana(c));
    return true;
  }
  constexpr int kReading = 7;  // of an IPA feature
  const std::string_view reading = column(word.feature, kReading);
  if (!reading.empty() && reading != "*") {
    std::u32string points;
    decode_utf8(reading, points);
    out += points;
    return true;
  }
  return read_letters(word.surface, out);
}

}  // namespace

bool readings_available() { return tagger() != nullptr; }

std::string guess_company_reading(std::string_view name) {
  if (name.size() > kLongestName * 4 || !readings_available()) return {};
  std::u32string text = prepared(name);
  std::erase_if(text, is_space);
  take_form(text);
  if (text.empty() || text.size() > kLongestName) return {};
  std::u32string out;
  const auto found = parses(text, 1);
  if (found.empty()) return {};
  for (const Word& word : found.front()) {
    if (!read_word(word, out)) return {};
  }
  return to_utf8(out);
}

std::string guess_person_reading(std::string_view name, NamePart part) {
  if (name.size() > kLongestName * 4 || !readings_available()) return {};
  std::u32string text = prepared(name);
  std::erase_if(text, is_space);
  if (text.empty() || text.size() > kLongestName) return {};
  if (std::ranges::all_of(text, is_kana)) {
    for (char32_t& c : text) c = to_katakana(c);
    return to_utf8(text);
  }
  // A single word that the dictionary has as such a name counts before the likeliest reading.
  constexpr std::size_t kParses = 12;
  const std::string_view kind = part == NamePart::family ? "姓" : "名";
  const auto found = parses(text, kParses);
  for (const auto& words : found) {
    std::u32string out;
    if (words.size() == 1 && column(words[0].feature, 3) == kind && read_word(words[0], out))
      return to_utf8(out);
  }
  std::u32string out;
  if (found.empty()) return {};
  for (const Word& word : found.front()) {
    if (!read_word(word, out)) return {};
  }
  return to_utf8(out);
}

}  // namespace daifuku::text
