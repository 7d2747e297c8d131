#include "crm/customer/person_consumer.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
namespace {

Options sex_options() {
  return {
      {"female", {"女性", "Female"}, "pink", names("女|F|Female|woman")},
      {"male", {"男性", "Male"}, "blue", names("男|M|Male|man")},
      {"other", {"その他", "Other"}, "gray", names("その他の性別|Other")},
      {"not_said",
       {"答えない", "Not said"},
       "gray",
       names("無回答|回答しない|未回答|不明|Unknown")},
  };
}

Options occupation_options() {
  return {
      {"employee",
       {"会社員", "Company employee"},
       "blue",
       names("会社員（正社員）|正社員|サラリーマン|勤め人")},
      {"contract", {"契約・派遣社員", "Contract worker"}, "teal", names("契約社員|派遣社員|嘱託")},
      {"part_time",
       {"パート・アルバイト", "Part-time"},
       "yellow",
       names("パート|アルバイト|フリーター")},
      {"executive", {"会社役員・経営者", "Executive"}, "red", names("会社役員|経営者|役員")},
      {"self_employed",
       {"自営業", "Self-employed"},
       "orange",
       names("個人事業主|フリーランス|自営|農業|漁業")},
      {"public",
       {"公務員・団体職員", "Public servant"},
       "green",
       names("公務員|団体職員|教員|教職員")},
      {"professional",
       {"専門職", "Professional"},
       "violet",
       names("医師|看護師|弁護士|税理士|薬剤師|士業|専門職（医師・弁護士など）")},
      {"homemaker",
       {"主婦・主夫", "Homemaker"},
       "pink",
       names("主婦|主夫|専業主婦|専業主夫|家事手伝い")},
      {"student", {"学生", "Student"}, "blue", names("大学生|高校生|中学生|大学院生|専門学校生")},
      {"retired",
       {"年金・無職", "Retired or not working"},
       "gray",
       names("無職|年金生活|定年退職|退職者|年金受給者")},
      {"other", {"その他", "Other"}, "gray", names("その他の職業")},
  };
}

Options income_options() {
  return {
      {"under_300",
       {"300万円未満", "Under 3 million yen"},
       "gray",
       names("300万未満|～300万円|300万円以下|〜300万円")},
      {"under_500",
       {"300万〜500万円未満", "3 to 5 million yen"},
       "teal",
       names("300万円～500万円|300～500万円|300-500万円|300万円台|400万円台")},
      {"under_700",
       {"500万〜700万円未満", "5 to 7 million yen"},
       "blue",
       names("500万円～700万円|500～700万円|500-700万円|500万円台|600万円台")},
      {"under_1000",
       {"700万〜1,000万円未満", "7 to 10 million yen"},
       "violet",
       names("700万円～1000万円|700～1000万円|700-1000万円|700万円台|800万円台|900万円台")},
      {"under_1500",
       {"1,000万〜1,500万円未満", "10 to 15 million yen"},
       "orange",
       names("1000万円～1500万円|1000～1500万円|1000-1500万円")},
      {"over_1500",
       {"1,500万円以上", "15 million yen or more"},
       "red",
       names("1500万円以上|1500万円～|2000万円以上")},
  };
}

Options life_stage_options() {
  return {
      {"student", {"学生", "Student"}, "blue", names("在学中")},
      {"single", {"独身", "Single"}, "teal", names("未婚|単身|一人暮らし|ひとり暮らし")},
      {"couple", {"夫婦のみ", "Couple"}, "green", names("既婚|夫婦|新婚|既婚（子なし）")},
      {"small_children",
       {"子育て（未就学）", "Small children"},
       "yellow",
       names("子育て|乳幼児|未就学児|子育て中")},
      {"school_children",
       {"子育て（小中高）", "School children"},
       "orange",
       names("小学生の子|中学生の子|高校生の子|就学児")},
      {"grown_children",
       {"子の独立後", "Grown children"},
       "violet",
       names("子供独立|子ども独立|独立後")},
      {"senior", {"退職後", "After retirement"}, "gray", names("シニア|老後|定年後|リタイア")},
  };
}

}  // namespace

Fields consumer_fields() {
  Fields fields = {
      {.id = 32,
       .key = "birth_date",
       .kind = &kinds::date,
       .label = {"生年月日", "Birth date"},
       .help = {"年齢に合った案内をし、誕生日にお祝いをするため",
                "To fit offers to age and to greet on birthdays"},
       .earliest = "1900-01-01",
       .never_future = true,
       .maturity = 2,
       .duplicate_key = true,
       .import_names =
           names("誕生日|生年月日（西暦）|お誕生日|Birthdate|Birthday|Date of Birth|DOB"),
       .indexed = true},
      {.id = 33,
       .key = "sex",
       .kind = &kinds::choice,
       .label = {"性別", "Sex"},
       .help = {"商品によって案内を分けるため。答えなくてもかまいません",
                "To fit offers where it matters. May stay empty"},
       .options = sex_options(),
       .maturity = 2,
       .import_names = names("男女|性別(名称)|Gender|Sex")},
      {.id = 34,
       .key = "family",
       .kind = &kinds::long_text,
       .label = {"家族構成", "Family"},
       .help = {"ご家族に合わせた提案をするため", "To make offers that fit the family"},
       .maturity = 3,
       .import_names = names("家族|世帯構成|同居家族|お子様|家族情報|Family")},
      {.id = 35,
       .key = "household",
       .kind = &kinds::link,
       .label = {"世帯主", "Head of household"},
       .help = {"同じ世帯へ案内が重ならないようにするため",
                "Not to send the same thing twice to one household"},
       .target = "person",
       .maturity = 3,
       .import_names = names("世帯|世帯主名|Household")},
      {.id = 36,
       .key = "workplace",
       .kind = &kinds::text,
       .label = {"勤務先", "Workplace"},
       .help = {"個人のお客様のお仕事を知り、連絡しやすい時間を選ぶため",
                "To know the work of consumers and when they can talk"},
       .max = 200,
       .maturity = 2,
       .searchable = true,
       .import_names = names("勤務先名|勤め先|お勤め先|職場|学校|Workplace|Employer")},
      {.id = 37,
       .key = "occupation",
       .kind = &kinds::choice,
       .label = {"職業", "Occupation"},
       .help = {"暮らし方に合った案内をするため", "To fit offers to the way of life"},
       .options = occupation_options(),
       .maturity = 2,
       .import_names = names("ご職業|仕事|職種|職業(名称)|Occupation")},
      {.id = 38,
       .key = "income_band",
       .kind = &kinds::choice,
       .label = {"年収", "Annual income"},
       .help = {"無理のない価格の提案をするため。見られる人は限られます",
                "To propose fair prices. Few people may see this"},
       .options = income_options(),
       .maturity = 3,
       .sensitive = true,
       .import_names = names("年収帯|世帯年収|所得|収入|Annual Income|Income")},
      {.id = 39,
       .key = "life_stage",
       .kind = &kinds::choice,
       .label = {"ライフステージ", "Life stage"},
       .help = {"暮らしの変わり目に役立つ提案をするため", "To be of use when life changes"},
       .options = life_stage_options(),
       .maturity = 3,
       .import_names = names("婚姻|未既婚|世代|Life Stage|Marital Status")},
  };
  for (meta::FieldDef& field : fields) field.personal = true;
  return fields;
}
// clang-format on

}  // namespace daifuku::crm
