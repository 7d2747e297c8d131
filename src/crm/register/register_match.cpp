// Which company of the register a company is, and what differs. Pure functions.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "crm/register/register_check.h"
#include "text/name_key.h"
#include "text/postal.h"
#include "text/register_row.h"

namespace daifuku::crm {

using exchange::RegisteredCompany;

namespace {

constexpr std::size_t kMostCandidates = 3;
constexpr double kLeastShare = 0.2;

// How much likelier what agrees (differs) makes it that two companies of one name are the same.
constexpr double kPostalEqual = 50;
constexpr double kStreetEqual = 200;
constexpr double kCityEqual = 20;
constexpr double kCityDiffers = 0.1;
constexpr double kPrefectureEqual = 3;
constexpr double kPrefectureDiffers = 0.05;
constexpr double kFormEqual = 3;
constexpr double kKanaEqual = 2;
constexpr double kKanaDiffers = 0.3;
constexpr double kClosed = 0.05;
// That it is none of them: a shop, a department, a company under another name in the register.
constexpr double kNone = 1;

std::string number_text(std::int64_t number) {
  std::string out = std::to_string(number);
  return std::string(13 - std::min<std::size_t>(13, out.size()), '0') + out;
}

void reason(std::string& list, std::string_view code) {
  if (!list.empty()) list += ',';
  list += code;
}

std::string place_key(const std::string& street, const std::string& building) {
  return text::address_key(street + building);
}

// 丸の内1-4-1 and 丸の内1-4-1 山田ビル3F are one place.
bool same_place(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return false;
  const std::string& shorter = a.size() < b.size() ? a : b;
  const std::string& longer = a.size() < b.size() ? b : a;
  if (!longer.starts_with(shorter)) return false;
  if (longer.size() == shorter.size()) return true;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!digit(shorter.back())) return true;
  // 1-2 is not 1-23, and not sure to be 1-2-3; behind 1-2- a building may follow.
  const std::string_view rest = std::string_view(longer).substr(shorter.size());
  return !digit(rest[0]) && !(rest[0] == '-' && rest.size() > 1 && digit(rest[1]));
}

// 府中町 where the register has 安芸郡府中町.
bool same_city(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const std::string x = text::address_key(a);
  const std::string y = text::address_key(b);
  return !x.empty() && !y.empty() && (x == y || x.ends_with(y) || y.ends_with(x));
}

}  // namespace

std::string_view matter_name(RegisterMatter matter) {
  static constexpr std::string_view kNames[] = {"number", "name", "address", "closed"};
  return kNames[static_cast<std::size_t>(matter)];
}

std::optional<RegisterMatter> parse_matter(std::string_view name) {
  for (const RegisterMatter one : {RegisterMatter::number, RegisterMatter::name,
                                   RegisterMatter::address, RegisterMatter::closed}) {
    if (matter_name(one) == name) return one;
  }
  return std::nullopt;
}

std::vector<RegisterProposal> match_company(const CheckedCompany& company,
                                            const std::vector<RegisteredCompany>& candidates) {
  struct Weighed {
    double weight;
    RegisterProposal proposal;
  };
  std::vector<Weighed> weighed;
  double sum = kNone;
  const text::CompanyKey own = text::company_key(company.name);
  const std::string own_place = place_key(company.street, company.building);
  const std::string own_kana = text::kana_key(company.kana);
  for (const RegisteredCompany& one : candidates) {
    const text::CompanyKey key = text::company_key(one.name);
    // 株式会社ABC and 合同会社ABC are two companies.
    if (!own.legal_form.empty() && own.legal_form != key.legal_form) continue;
    Weighed found{.weight = 1,
                  .proposal = {.company = company.id,
                               .matter = RegisterMatter::number,
                               .number = number_text(one.number),
                               .source_on = one.updated_on}};
    std::string& reasons = found.proposal.reasons;
    reason(reasons, "register_name_equal");
    if (!own.legal_form.empty()) found.weight *= kFormEqual;
    if (!company.prefecture.empty() && !one.prefecture.empty()) {
      const bool equal = company.prefecture == one.prefecture;
      found.weight *= equal ? kPrefectureEqual : kPrefectureDiffers;
      if (!equal) reason(reasons, "register_prefecture_different");
      if (equal && !company.city.empty()) {
        const bool city = same_city(company.city, one.city);
        found.weight *= city ? kCityEqual : kCityDiffers;
        reason(reasons, city ? "register_city_equal" : "register_city_different");
        if (city && same_place(own_place, place_key(one.street, one.building))) {
          found.weight *= kStreetEqual;
          reason(reasons, "register_street_equal");
        }
      }
    }
    if (!company.postal_code.empty() && company.postal_code == one.postal_code) {
      found.weight *= kPostalEqual;
      reason(reasons, "register_postal_equal");
    }
    const std::string kana = text::kana_key(one.kana);
    if (!own_kana.empty() && !kana.empty()) {
      found.weight *= own_kana == kana ? kKanaEqual : kKanaDiffers;
      reason(reasons, own_kana == kana ? "register_kana_equal" : "register_kana_different");
    }
    if (one.closed_on != 0) {
      found.weight *= kClosed;
      reason(reasons, "register_closed");
    }
    sum += found.weight;
    weighed.push_back(std::move(found));
  }
  std::ranges::stable_sort(weighed, std::ranges::greater{}, &Weighed::weight);
  std::vector<RegisterProposal> out;
  for (Weighed& one : weighed) {
    const double share = one.weight / sum;
    if (share < kLeastShare || out.size() == kMostCandidates) break;
    one.proposal.percent = std::min(99, static_cast<int>(std::lround(share * 100)));
    out.push_back(std::move(one.proposal));
  }
  return out;
}

std::vector<RegisterProposal> compare_company(const CheckedCompany& company,
                                              const RegisteredCompany& registered) {
  std::vector<RegisterProposal> out;
  const auto add = [&](RegisterMatter matter, std::string old_a, std::string old_b,
                       std::string_view why) {
    RegisterProposal& one = out.emplace_back();
    one.company = company.id;
    one.matter = matter;
    one.number = number_text(registered.number);
    one.old_a = std::move(old_a);
    one.old_b = std::move(old_b);
    one.source_on = registered.changed_on != 0 ? registered.changed_on : registered.updated_on;
    reason(one.reasons, why);
  };
  const text::CompanyKey own = text::company_key(company.name);
  const text::CompanyKey key = text::company_key(registered.name);
  // A name without its legal form is a short way to write it.
  if (own.loose != key.loose || (!own.legal_form.empty() && own.legal_form != key.legal_form))
    add(RegisterMatter::name, company.name, {}, "register_name_different");
  // The register knows the head office; a branch is somewhere else.
  if (company.branch.empty() && !registered.city.empty()) {
    const bool city =
        company.prefecture == registered.prefecture && same_city(company.city, registered.city);
    if (!city || !same_place(place_key(company.street, company.building),
                             place_key(registered.street, registered.building)))
      add(RegisterMatter::address, company.city, company.street,
          company.city.empty() && company.street.empty() ? "register_address_missing"
                                                         : "register_address_different");
  }
  if (registered.closed_on != 0 && company.stage != "lost")
    add(RegisterMatter::closed, company.stage, {},
        registered.successor != 0 ? "register_merged" : "register_closed");
  return out;
}

JsonObject proposed_values(RegisterMatter matter, const CheckedCompany& company,
                           const RegisteredCompany& registered, const std::string& successor_name) {
  JsonObject out;
  const auto set = [&out](std::string_view key, const std::string& value) {
    if (value.empty()) {
      out[key] = nullptr;
    } else {
      out[key] = value;
    }
  };
  switch (matter) {
    case RegisterMatter::number:
      set("corporate_number", number_text(registered.number));
      if (company.kana.empty() && !registered.kana.empty()) set("name_kana", registered.kana);
      if (company.city.empty() && company.street.empty() && !registered.city.empty()) {
        set("postal_code", registered.postal_code);
        set("prefecture", registered.prefecture);
        set("city", registered.city);
        set("street", registered.street);
        set("building", registered.building);
      }
      break;
    case RegisterMatter::name:
      set("name", registered.name);
      if (!registered.kana.empty()) set("name_kana", registered.kana);
      break;
    case RegisterMatter::address:
      set("postal_code", registered.postal_code);
      set("prefecture", registered.prefecture);
      set("city", registered.city);
      set("street", registered.street);
      set("building", registered.building);
      break;
    case RegisterMatter::closed:
      set("stage", "lost");
      break;
  }
  if (matter == RegisterMatter::closed) {
    std::string line = text::register_date(registered.closed_on) + " 登記記録の閉鎖";
    if (registered.successor != 0)
      line += "（承継: " + successor_name + " " + number_text(registered.successor) + "）";
    out["note"] = line;  // behind what is there; see RegisterCheck::accept
  }
  return out;
}

}  // namespace daifuku::crm
