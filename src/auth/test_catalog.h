// A small company for tests of rights and records: a customer, and deals of customers.
#pragma once

#include <memory>
#include <vector>

#include "meta/kinds.h"
#include "meta/object.h"

namespace daifuku::auth {

inline std::vector<meta::ObjectDef> test_objects() {
  namespace kinds = meta::kinds;
  meta::ObjectDef company{.id = 1,
                          .key = "company",
                          .plural = "companies",
                          .label = {"会社", "Company"},
                          .plural_label = {"会社", "Companies"},
                          .sections = {{"basic", {"基本", "Basic"}}},
                          .customer = true};
  company.fields = {
      {.id = 1,
       .key = "name",
       .kind = &kinds::company_name,
       .label = {"会社名", "Name"},
       .required = true,
       .max = 200,
       .searchable = true,
       .duplicate_key = true,
       .indexed = true,
       .in_list = true},
      {.id = 2, .key = "code", .kind = &kinds::text, .label = {"番号", "Code"}, .unique = true},
      {.id = 3,
       .key = "employees",
       .kind = &kinds::integer,
       .label = {"従業員数", "Employees"},
       .indexed = true,
       .in_list = true},
      {.id = 4,
       .key = "rank",
       .kind = &kinds::choice,
       .label = {"ランク", "Rank"},
       .options = {{"a", {"A", "A"}}, {"b", {"B", "B"}, {}, {}, 90}},
       .indexed = true},
      {.id = 5, .key = "founded_on", .kind = &kinds::date, .label = {"設立日", "Founded"}},
      {.id = 6, .key = "met_at", .kind = &kinds::date_time, .label = {"面会", "Met"}},
      {.id = 7, .key = "tags", .kind = &kinds::tags, .label = {"タグ", "Tags"}},
      {.id = 8,
       .key = "phone",
       .kind = &kinds::phone,
       .label = {"電話", "Phone"},
       .searchable = true,
       .duplicate_key = true},
      {.id = 9,
       .key = "note",
       .kind = &kinds::long_text,
       .label = {"備考", "Notes"},
       .searchable = true},
      {.id = 10,
       .key = "secret",
       .kind = &kinds::text,
       .label = {"社外秘", "Secret"},
       .searchable = true,
       .sensitive = true},
      {.id = 11,
       .key = "parent",
       .kind = &kinds::link,
       .label = {"親会社", "Parent"},
       .target = "company"},
      {.id = 12,
       .key = "partners",
       .kind = &kinds::links,
       .label = {"提携先", "Partners"},
       .target = "company"},
      {.id = 13, .key = "active", .kind = &kinds::yes_no, .label = {"取引中", "Active"}},
      {.id = 14, .key = "seller", .kind = &kinds::user, .label = {"担当", "Seller"}},
      {.id = 15, .key = "address", .kind = &kinds::address, .label = {"住所", "Address"}},
      {.id = 16,
       .key = "total",
       .kind = &kinds::money,
       .label = {"合計", "Total"},
       .read_only = true},
      {.id = 17,
       .key = "credit",
       .kind = &kinds::text,
       .label = {"与信", "Credit"},
       .write = meta::Role::manager}};
  meta::ObjectDef deal{.id = 2,
                       .key = "deal",
                       .plural = "deals",
                       .label = {"商談", "Deal"},
                       .plural_label = {"商談", "Deals"},
                       .sections = {{"basic", {"基本", "Basic"}}},
                       .customer_links = {"company"},
                       .timeline_at = "held_on",
                       .timeline_summary = {"name", "amount"}};
  deal.fields = {{.id = 1,
                  .key = "name",
                  .kind = &kinds::text,
                  .label = {"件名", "Name"},
                  .required = true,
                  .searchable = true},
                 {.id = 2,
                  .key = "company",
                  .kind = &kinds::link,
                  .label = {"会社", "Company"},
                  .target = "company"},
                 {.id = 3, .key = "amount", .kind = &kinds::money, .label = {"金額", "Amount"}},
                 {.id = 4, .key = "held_on", .kind = &kinds::date, .label = {"日", "Day"}}};
  return {company, deal};
}

inline std::shared_ptr<const meta::Catalog> test_catalog() {
  static const auto kCatalog = std::make_shared<const meta::Catalog>(test_objects());
  return kCatalog;
}

}  // namespace daifuku::auth
