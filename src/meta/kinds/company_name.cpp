// A company's (or product's) name with its reading: KEY and KEY_kana.
#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

// 会社名 gives 会社名カナ, 会社名フリガナ, 会社名ヨミ; hiragana and brackets are made one when
// headers are compared.
std::vector<std::string> reading_names(const FieldDef& whole) {
  std::vector<std::string> names = {"フリガナ", "カナ",     "ヨミ",         "読み",
                                    "読み仮名", "Phonetic", "Phonetic Name"};
  std::vector<std::string> bases = whole.import_names;
  bases.push_back(whole.label.ja);
  for (const std::string& base : bases) {
    for (const char* ending : {"カナ", "フリガナ", "ヨミ", "読み"}) names.push_back(base + ending);
  }
  return names;
}

std::vector<FieldDef> expand(const FieldDef& whole) {
  FieldDef name = part_of(whole, 0, whole.key, name_text, whole.label);
  name.required = whole.required;
  name.unique = whole.unique;
  name.max = whole.max;
  name.duplicate_key = whole.duplicate_key;
  name.indexed = whole.indexed;
  name.in_list = whole.in_list;
  name.import_names = whole.import_names;
  const bool main = whole.key == "name";
  FieldDef reading = part_of(whole, 1, whole.key + "_kana", kana,
                             {main ? "フリガナ" : whole.label.ja + "フリガナ",
                              main ? "Name in kana" : whole.label.en + " in kana"});
  reading.help = {"五十音順に並べ、読みで探せるようにするため", "To sort and find by the reading"};
  reading.indexed = whole.indexed;
  reading.duplicate_key = whole.duplicate_key;
  reading.import_names = reading_names(whole);
  return {name, reading};
}

}  // namespace

const FieldKind company_name = {.name = "company_name", .expand = expand};

}  // namespace daifuku::meta::kinds
