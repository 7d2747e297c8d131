#include "crm/demo/make.h"

#include <algorithm>

namespace daifuku::crm::demo {
namespace {

constexpr std::string_view kSources[] = {"referral", "exhibition", "website",  "search",
                                         "phone_in", "cold_call",  "exchange", "purchased_list"};
constexpr std::string_view kTags[] = {"展示会2025", "年末商戦", "重点",   "値上げ交渉中",
                                      "防災",       "環境配慮", "紹介元", "請求書メール",
                                      "午前着",     "新規開拓"};
constexpr std::string_view kCharacters[] = {
    "決断が早い。数字で話すと伝わる。", "慎重で、必ず見本を確かめる。",
    "話し好き。野球の話題で和む。", "現場の声を何より大切にする。", "メールより電話を好む。"};
constexpr std::string_view kPreferences[] = {"緑茶", "和菓子",   "犬",   "釣り", "ガーデニング",
                                             "登山", "コーヒー", "温泉", "手芸", "読書"};

struct Post {
  std::string_view title, rank;
};
constexpr Post kPosts[] = {{"課長", "manager"},   {"主任", "leader"}, {"係長", "leader"},
                           {"部長", "head"},      {"担当", "staff"},  {"マネージャー", "manager"},
                           {"取締役", "director"}};
constexpr std::string_view kDepartments[] = {"総務部", "購買部", "経理部",
                                             "営業部", "製造部", "品質保証部"};

// 13 digits with a true check digit, whose first four no registry gives out: nobody's number.
std::string corporate_number(std::int64_t number) {
  std::string body = std::to_string(number % 100'000'000);
  body = "9990" + std::string(8 - body.size(), '0') + body;
  int sum = 0;
  for (int n = 1; n <= 12; ++n)
    sum += (body[static_cast<std::size_t>(12 - n)] - '0') * (n % 2 == 1 ? 1 : 2);
  return std::to_string(9 - sum % 9) + body;
}

std::string chosen_tags(Random& random) {
  std::string out;
  if (!random.chance(35)) return out;
  out = random.pick(kTags);
  if (random.chance(30)) {
    const std::string_view second = random.pick(kTags);
    if (second != out) out += "\n" + std::string(second);
  }
  return out;
}

std::int64_t round_to(std::int64_t value, std::int64_t step) {
  return std::max(step, value / step * step);
}

void put_names(Fields& out, const PersonWords& person) {
  out.text("family_name", person.family.text)
      .text("given_name", person.given.text)
      .text("family_kana", person.family.kana)
      .text("given_kana", person.given.kana);
  out.text("name", std::string(person.family.text) + " " + std::string(person.given.text));
  out.text("name_kana", std::string(person.family.kana) + " " + std::string(person.given.kana));
}

}  // namespace

Date days_from(Date day, std::int64_t days) { return date_from_days(days_from_date(day) + days); }

Firm make_firm(Random& random, std::int64_t number) {
  Firm firm;
  firm.trade = &pick_trade(random);
  firm.place = pick_place(random);
  firm.stem = pick_stem(random, firm.place);
  const Suffix& suffix = random.pick(firm.trade->suffixes);
  firm.form = pick_legal_form(random, firm.trade->industry);
  firm.bare_name = firm.stem.text + std::string(suffix.text);
  firm.kana = firm.stem.kana + std::string(suffix.kana);
  const std::string form(firm.form.text);
  firm.name = firm.form.before ? form + firm.bare_name : firm.bare_name + form;
  firm.domain = firm.stem.romaji + std::to_string(number) + ".example.jp";
  firm.phone = landline(random, firm.place.area_code);
  firm.employees = random.skewed(2, 40) * random.skewed(1, 20);
  firm.president = pick_person(random);
  return firm;
}

std::string variant_name(const Firm& firm, Random& random) {
  const std::string shortened(firm.form.short_text);
  switch (random.below(3)) {
    case 0:
      return firm.form.before ? shortened + firm.bare_name : firm.bare_name + shortened;
    case 1:
      return firm.bare_name;
    default:
      return firm.form.text.empty() ? firm.bare_name + " "
             : firm.form.before     ? std::string(firm.form.text) + "　" + firm.bare_name
                                    : firm.bare_name + "　" + std::string(firm.form.text);
  }
}

Fields company_fields(const Firm& firm, std::int64_t number, Date today, Random& random) {
  Fields out;
  out.text("name", firm.name)
      .text("name_kana", firm.kana)
      .text("industry", firm.trade->industry)
      .text("relations", "customer");
  out.text("code", "K" + std::to_string(100'000 + number))
      .text("source", random.pick(kSources))
      .text("tags", chosen_tags(random));
  static constexpr std::string_view kRanks[] = {"a", "b", "b", "c", "c", "c", "d"};
  if (random.chance(70)) out.text("rank", random.pick(kRanks));
  out.text("phone", firm.phone);
  if (random.chance(65)) out.text("fax", landline(random, firm.place.area_code));
  if (random.chance(75)) out.text("email", "info@" + firm.domain);
  if (random.chance(70)) out.text("website", "https://www." + firm.domain);
  out.text("postal_code", firm.place.postal_code)
      .text("prefecture", firm.place.prefecture)
      .text("city", firm.place.city)
      .text("street", firm.place.street);
  out.text("building", building(random));
  out.text("representative",
           std::string(firm.president.family.text) + " " + std::string(firm.president.given.text));
  out.text("representative_title", firm.trade->industry == "medical" ? "理事長"
                                   : firm.form.text.empty()          ? "代表"
                                                                     : "代表取締役");
  out.number("employees", firm.employees);
  if (!firm.form.text.empty() && firm.trade->industry != "medical")
    out.number("capital", round_to(firm.employees * random.between(100'000, 1'500'000), 1'000'000));
  const Date founded = days_from(today, -random.between(900, 32'000));
  out.text("founded_on", format_date({founded.year, founded.month, 1}));
  static constexpr int kClosing[] = {3, 3, 3, 12, 9, 6, 8, 5};
  if (random.chance(75)) out.number("closing_month", random.pick(kClosing));
  out.text("business", firm.trade->business)
      .text("main_products", firm.trade->main_products)
      .text("listing", "unlisted");
  if (random.chance(60)) {
    const std::string own = corporate_number(number);
    out.text("corporate_number", own);
    if (random.chance(80)) out.text("invoice_number", "T" + own);
  }
  out.number("annual_sales",
             round_to(firm.employees * random.between(6'000'000, 32'000'000), 1'000'000));
  if (random.chance(25))
    out.text("note", std::string(firm.trade->unit) + "が窓口。納品は午前を希望。");
  if (random.chance(12)) out.text("owner_character", random.pick(kCharacters));
  return out;
}

Fields person_fields(const Firm& firm, const PersonWords& person, int place_in_firm,
                     std::int64_t number, Random& random) {
  Fields out;
  put_names(out, person);
  out.text("kind", "business").text("employment", "active").text("stage", "prospect");
  const Post& post =
      firm.employees < 8 && place_in_firm == 0 ? Post{"代表", "president"} : random.pick(kPosts);
  out.text("department", place_in_firm == 0 ? firm.trade->unit : random.pick(kDepartments));
  out.text("job_title", post.title).text("job_rank", post.rank);
  out.text("email", std::string(person.family.romaji) + "." + std::string(person.given.romaji) +
                        std::to_string(number % 1000) + "@" + firm.domain);
  if (random.chance(55)) out.text("mobile", mobile(random));
  if (random.chance(60)) out.text("phone", firm.phone);
  if (random.chance(30)) out.text("character", random.pick(kCharacters));
  static constexpr std::string_view kChannels[] = {"phone", "email", "visit", "chat"};
  if (random.chance(40)) out.text("preferred_channel", random.pick(kChannels));
  if (random.chance(20)) out.text("tags", chosen_tags(random));
  return out;
}

Fields consumer_fields(const PersonWords& person, std::int64_t number, Date today, Random& random) {
  Fields out;
  const Place place = pick_place(random);
  put_names(out, person);
  out.text("kind", "consumer")
      .text("stage", "prospect")
      .text("source", random.chance(50) ? "website" : "walk_in");
  out.text("email", std::string(person.given.romaji) + "." + std::string(person.family.romaji) +
                        std::to_string(number) + "@example.com");
  out.text("mobile", mobile(random));
  if (random.chance(30)) out.text("home_phone", landline(random, place.area_code));
  out.text("postal_code", place.postal_code)
      .text("prefecture", place.prefecture)
      .text("city", place.city)
      .text("street", place.street)
      .text("building", building(random));
  const Date born = days_from(today, -random.between(22 * 365, 78 * 365));
  out.text("birth_date", format_date(born)).text("sex", person.female ? "female" : "male");
  const int age = today.year - born.year;
  static constexpr std::string_view kWork[] = {"employee", "self_employed", "public", "part_time",
                                               "professional"};
  out.text("occupation", age > 66 ? "retired" : random.pick(kWork));
  out.text("life_stage", age > 66   ? "senior"
                         : age > 50 ? "grown_children"
                         : age > 38 ? "school_children"
                         : age > 29 ? "small_children"
                                    : "single");
  if (age > 29 && age <= 50)
    out.text("family", "夫婦と子ども" + std::to_string(random.between(1, 3)) + "人");
  out.text("preferences", std::string(random.pick(kPreferences)));
  if (random.chance(40)) out.text("usual_order", "緑茶を二か月ごとに3ケース。玄関先に置く。");
  if (random.chance(20)) out.text("dislikes", "夜の電話は控えること。");
  return out;
}

std::size_t product_index(const ProductWords& product) {
  return static_cast<std::size_t>(&product - products().data());
}
const ProductWords& wanted_product(const Firm& firm, Random& random) {
  return products()[static_cast<std::size_t>(random.pick(firm.trade->products))];
}
std::string_view concern(const Firm& firm, Random& random) {
  return random.pick(firm.trade->concerns);
}

}  // namespace daifuku::crm::demo
