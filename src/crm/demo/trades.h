// What firms of a trade are called, do and talk about, and what the demo company sells to them.
#pragma once

#include <span>
#include <string_view>

#include "crm/demo/random.h"

namespace daifuku::crm::demo {

struct Suffix {
  std::string_view text;
  std::string_view kana;
};

struct Trade {
  std::string_view industry;  // option of company.industry
  int weight;
  std::span<const Suffix> suffixes;
  std::string_view business;                   // 事業内容
  std::string_view main_products;              // an item a line
  std::span<const int> products;               // of kProducts: what they buy from us
  std::span<const std::string_view> concerns;  // what is on their mind
  std::string_view unit;                       // department that talks to us
};
std::span<const Trade> trades();
const Trade& pick_trade(Random& random);

struct ProductWords {
  std::string_view code, name, category, unit, tax, description;
  int price;
  int cost;
  int low, high;  // usual quantities
};
std::span<const ProductWords> products();
inline constexpr std::string_view kCategories[] = {"包装資材", "衛生用品",   "作業用品",
                                                   "事務機器", "飲料・軽食", "保守・サービス"};

struct LegalForm {
  std::string_view text;
  std::string_view short_text;  // as people type it
  bool before;
};
// None for a shop without a company's form.
LegalForm pick_legal_form(Random& random, std::string_view industry);

struct Competitor {
  std::string_view name, kana, strength;
};
std::span<const Competitor> competitors();

}  // namespace daifuku::crm::demo
