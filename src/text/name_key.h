// Keys under which two spellings of one company or person meet. An equal key makes a candidate,
// never a merge: 株式会社ABC and 合同会社ABC share the key and differ in `legal_form`. Pure
// functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace daifuku::text {

struct CompanyKey {
  enum Position { none, front, back, middle };

  // Width, case, kana, variant kanji, hyphens, spaces and punctuation made one; the legal form
  // taken off. Keeps 斎/斉, 島/嶋 and the long vowel mark apart. Never empty unless the name has no
  // letter or digit.
  std::string strict = {};
  // strict without long vowel marks, with 斎=斉 and 島=嶋, without the branch ("（東京支店）", "
  // 香川支社").
  std::string loose = {};
  // Short name of the legal form, empty when there is none: 株 有 同 資 名 医 学 財 社 一社 一財
  // 公社 公財 福 宗 NPO ...
  std::string legal_form = {};
  Position position = none;
};

// Fills all of `out`, reusing the capacity of its strings.
void company_key(std::string_view name, CompanyKey& out);
CompanyKey company_key(std::string_view name);

// Of a reading, in katakana of one size without long vowel marks; legal forms (カ),
// カブシキガイシャ) taken off.
std::string kana_key(std::string_view reading);

// Of a person's full name: like CompanyKey::strict, without a title at the end (様, 殿, 先生).
std::string person_key(std::string_view full_name);

// The full written form of CompanyKey::legal_form: 株 -> 株式会社; empty for an unknown one.
std::string_view legal_form_name(std::string_view legal_form);
// Whether the letter, folded, stands in any of these.
bool in_legal_form_name(char32_t letter);

}  // namespace daifuku::text
