// A small company for tests of rights and records: what has an owner, and what belongs to a
// customer.
#pragma once

#include <memory>
#include <vector>

#include "meta/kinds.h"
#include "meta/object.h"

namespace daifuku::auth {

inline std::vector<meta::ObjectDef> access_objects() {
  namespace kinds = meta::kinds;
  meta::ObjectDef company{.id = 1,
                          .key = "company",
                          .plural = "companies",
                          .label = {"会社", "Company"},
                          .plural_label = {"会社", "Companies"},
                          .sections = {{"basic", {"基本", "Basic"}}},
                          .customer = true};
  company.fields = {
      {.id = 1, .key = "name", .kind = &kinds::text, .label = {"名前", "Name"}, .required = true},
      {.id = 2, .key = "address", .kind = &kinds::address, .label = {"住所", "Address"}},
      {.id = 3,
       .key = "character",
       .kind = &kinds::text,
       .label = {"性格", "Character"},
       .sensitive = true},
      {.id = 4,
       .key = "total",
       .kind = &kinds::money,
       .label = {"合計", "Total"},
       .read_only = true},
      {.id = 5,
       .key = "credit",
       .kind = &kinds::text,
       .label = {"与信", "Credit"},
       .write = meta::Role::manager}};
  meta::ObjectDef task{.id = 2,
                       .key = "task",
                       .plural = "tasks",
                       .label = {"やること", "Task"},
                       .plural_label = {"やること", "Tasks"},
                       .sections = {{"basic", {"基本", "Basic"}}},
                       .customer_links = {"company"}};
  task.fields = {{.id = 1, .key = "name", .kind = &kinds::text, .label = {"名前", "Name"}},
                 {.id = 2,
                  .key = "company",
                  .kind = &kinds::link,
                  .label = {"会社", "Company"},
                  .target = "company"}};
  return {company, task};
}

inline std::shared_ptr<const meta::Catalog> access_catalog() {
  static const auto kCatalog = std::make_shared<const meta::Catalog>(access_objects());
  return kCatalog;
}

}  // namespace daifuku::auth
