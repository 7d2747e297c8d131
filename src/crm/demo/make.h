// Records of the demo, a value at a time: what one company, person or product of it looks like.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/id.h"
#include "base/time.h"
#include "crm/demo/random.h"
#include "crm/demo/trades.h"
#include "crm/demo/words.h"
#include "meta/value.h"

namespace daifuku::crm::demo {

// Values of a record; empty texts are left out.
class Fields {
 public:
  Fields& text(std::string_view key, std::string_view value) {
    if (!value.empty()) values_.insert_or_assign(std::string(key), std::string(value));
    return *this;
  }
  Fields& number(std::string_view key, std::int64_t value) {
    values_.insert_or_assign(std::string(key), value);
    return *this;
  }
  Fields& link(std::string_view key, Id id) { return id == 0 ? *this : number(key, id); }
  meta::Values take() { return std::move(values_); }
  meta::Values& values() { return values_; }

 private:
  meta::Values values_;
};

// All that is known of a firm before its story begins.
struct Firm {
  const Trade* trade = nullptr;
  Place place = {};
  Stem stem = {};
  LegalForm form = {};
  std::string bare_name = {};  // 山田製作所
  std::string name = {};       // 株式会社山田製作所
  std::string kana = {};       // ヤマダセイサクショ
  std::string domain = {};     // yamada12.example.jp
  std::string phone = {};
  std::int64_t employees = 0;
  PersonWords president = {};
};
Firm make_firm(Random& random, std::int64_t number);
// The same name as somebody else would type it.
std::string variant_name(const Firm& firm, Random& random);

Fields company_fields(const Firm& firm, std::int64_t number, Date today, Random& random);
// `place_in_firm` 0 is the person we talk to first.
Fields person_fields(const Firm& firm, const PersonWords& person, int place_in_firm,
                     std::int64_t number, Random& random);
Fields consumer_fields(const PersonWords& person, std::int64_t number, Date today, Random& random);
const ProductWords& wanted_product(const Firm& firm, Random& random);
std::size_t product_index(const ProductWords& product);
std::string_view concern(const Firm& firm, Random& random);

Date days_from(Date day, std::int64_t days);

}  // namespace daifuku::crm::demo
