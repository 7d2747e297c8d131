#include "meta/kinds/person_name.h"

#include <array>
#include <utility>

#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta {

namespace {

constexpr std::string_view kIdeographicSpace = "\u3000";

void drop_ending(std::string& text, std::string_view ending) {
  if (text.size() > ending.size() && text.ends_with(ending))
    text.resize(text.size() - ending.size());
}

struct Keys {
  std::string_view family;
  std::string_view given;
  std::string_view full;
};

void settle(Values& changes, const Values& before, const Keys& keys) {
  const bool parts = changes.contains(keys.family) || changes.contains(keys.given);
  if (!parts && !changes.contains(keys.full)) return;
  const auto now = [&](std::string_view key) {
    return std::string(text_of(changes.contains(key) ? get(changes, key) : get(before, key)));
  };
  const auto put = [&](std::string_view key, std::string text) {
    changes.insert_or_assign(std::string(key), text.empty() ? Value() : Value(std::move(text)));
  };
  if (!parts) {
    PersonName split = split_person_name(text_of(get(changes, keys.full)));
    put(keys.full, join_person_name(split.family, split.given));
    put(keys.family, std::move(split.family));
    put(keys.given, std::move(split.given));
  } else {
    put(keys.full, join_person_name(now(keys.family), now(keys.given)));
  }
}

}  // namespace

PersonName split_person_name(std::string_view full) {
  std::string line = kinds::one_line(full);
  drop_ending(line, "様");
  for (const std::string_view polite : {" 殿", "\u3000殿"}) drop_ending(line, polite);
  line = kinds::one_line(line);
  const std::size_t ascii = line.find(' ');
  const std::size_t wide = line.find(kIdeographicSpace);
  const std::size_t at = ascii < wide ? ascii : wide;
  if (at == std::string::npos) return {std::move(line), {}};
  const std::size_t gap = at == wide ? kIdeographicSpace.size() : 1;
  return {line.substr(0, at), kinds::one_line(std::string_view(line).substr(at + gap))};
}

std::string join_person_name(std::string_view family, std::string_view given) {
  std::string full(family);
  if (!full.empty() && !given.empty()) full.push_back(' ');
  full += given;
  return full;
}

void settle_person_name(Values& changes, const Values& before) {
  settle(changes, before, {"family_name", "given_name", "name"});
  settle(changes, before, {"family_kana", "given_kana", "name_kana"});
}

namespace kinds {

namespace {

std::vector<FieldDef> expand(const FieldDef& whole) {
  const std::string prefix = whole.key == "name" ? "" : whole.key + "_";
  FieldDef family = part_of(whole, 0, prefix + "family_name", text, {"姓", "Family name"});
  family.max = 100;
  family.required = whole.required;
  family.searchable = false;  // `name` holds it.
  family.import_names = {"姓",       "苗字",     "名字",      "氏",      "お名前(姓)",  "氏名(姓)",
                         "担当者姓", "姓(漢字)", "Last Name", "Surname", "Family Name", "Lastname"};
  FieldDef given = part_of(whole, 1, prefix + "given_name", text, {"名", "Given name"});
  given.max = 100;
  given.searchable = false;
  given.import_names = {"名",       "下の名前",   "お名前(名)", "氏名(名)",  "担当者名(名)",
                        "名(漢字)", "First Name", "Given Name", "Firstname", "Forename"};
  FieldDef family_reading =
      part_of(whole, 2, prefix + "family_kana", kana, {"姓（カナ）", "Family name in kana"});
  family_reading.max = 100;
  family_reading.searchable = false;
  family_reading.import_names = {"セイ",           "姓カナ",          "姓フリガナ",
                                 "姓ヨミ",         "お名前(セイ)",    "氏名カナ(姓)",
                                 "Last Name Kana", "Last Name (Kana)"};
  FieldDef given_reading =
      part_of(whole, 3, prefix + "given_kana", kana, {"名（カナ）", "Given name in kana"});
  given_reading.max = 100;
  given_reading.searchable = false;
  given_reading.import_names = {
      "メイ",         "名カナ",       "名フリガナ",      "名ヨミ",
      "お名前(メイ)", "氏名カナ(名)", "First Name Kana", "First Name (Kana)"};
  FieldDef full = part_of(whole, 4, whole.key, text, whole.label);
  full.max = 201;
  full.duplicate_key = whole.duplicate_key;
  full.indexed = whole.indexed;
  full.in_list = whole.in_list;
  full.import_names = whole.import_names;
  full.made_from = {family.key, given.key};
  FieldDef reading = part_of(whole, 5, whole.key + "_kana", kana, {"フリガナ", "Name in kana"});
  reading.max = 201;
  reading.duplicate_key = whole.duplicate_key;
  reading.indexed = whole.indexed;
  reading.made_from = {family_reading.key, given_reading.key};
  reading.import_names = {"フリガナ",     "カナ",         "氏名カナ",     "氏名フリガナ",
                          "名前カナ",     "名前フリガナ", "お名前カナ",   "お名前フリガナ",
                          "担当者名カナ", "担当者カナ",   "ヨミ",         "読み",
                          "読み仮名",     "カナ氏名",     "Phonetic Name"};
  return {full, reading, family, given, family_reading, given_reading};
}

std::vector<std::pair<std::string, std::string>> split(const FieldDef& whole,
                                                       std::string_view typed) {
  const std::string prefix = whole.key == "name" ? "" : whole.key + "_";
  PersonName name = split_person_name(typed);
  return {{whole.key, join_person_name(name.family, name.given)},
          {prefix + "family_name", name.family},
          {prefix + "given_name", name.given}};
}

}  // namespace

const FieldKind person_name = {.name = "person_name", .expand = expand, .split = split};

}  // namespace kinds

}  // namespace daifuku::meta
