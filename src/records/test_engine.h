// The engine over a fresh store with two small objects: a customer, and deals of customers.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "auth/access.h"
#include "auth/role_json.h"
#include "meta/kinds.h"
#include "records/engine.h"
#include "records/own_fields.h"
#include "records/schema.h"
#include "store/schema.h"
#include "store/test_store.h"

namespace daifuku::records {

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
       .options = {{"a", {"A", "A"}}, {"b", {"B", "B"}}},
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
      {.id = 14, .key = "seller", .kind = &kinds::user, .label = {"担当", "Seller"}}};
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

class EngineTest : public testing::TestWithParam<store::Dialect> {
 protected:
  static constexpr Id kOwner = 101;
  static constexpr Id kHanako = 102;
  static constexpr Id kJiro = 103;
  static constexpr Id kSales = 201;

  EngineTest() {
    const meta::Catalog plain(test_objects());
    store_->migrate([&](store::Transaction& tx) { store::sync_schema(tx, tables(plain)); });
    load();
  }

  void load() {
    engine_.load_catalog(test_objects());
    owner_ = &access(kOwner, meta::Role::owner);
  }

  // Rights stay as long as the test: callers refer to them.
  const auth::Access& access(Id user, meta::Role role, std::string_view settings = "{}",
                             const std::vector<Id>& teams = {}) {
    auth::RoleSettings rights = auth::default_role(role);
    auth::read_role(parse_json(settings), rights);
    return *kept_.emplace_back(
        std::make_unique<auth::Access>(engine_.catalog(), user, teams, rights));
  }
  Caller owner() const { return {.access = *owner_}; }

  const meta::ObjectDef& object(std::string_view key) const {
    return *owner_->catalog().object(key);
  }

  Id create(const Caller& caller, std::string_view key, const std::string& body) {
    Id id = 0;
    const Draft draft = engine_.parse(caller, object(key), parse_json(body), true);
    last_batch_ =
        engine_.write(caller, [&](Write& write) { id = write.create(object(key), draft).id; });
    return id;
  }
  Id create(std::string_view key, const std::string& body) { return create(owner(), key, body); }
  Id company(const std::string& name) { return create("company", R"({"name":")" + name + "\"}"); }

  Id update(const Caller& caller, std::string_view key, Id id, const std::string& body,
            std::int64_t version = 0) {
    const Draft draft = engine_.parse(caller, object(key), parse_json(body), false);
    return engine_.write(caller,
                         [&](Write& write) { write.update(object(key), id, draft, version); });
  }
  Id update(std::string_view key, Id id, const std::string& body, std::int64_t version = 0) {
    return update(owner(), key, id, body, version);
  }
  Id remove(std::string_view key, Id id) {
    return engine_.write(owner(), [&](Write& write) { write.remove(object(key), id); });
  }
  Id restore(std::string_view key, Id id) {
    return engine_.write(owner(), [&](Write& write) { write.restore(object(key), id); });
  }
  Record get(std::string_view key, Id id) {
    const auto record = engine_.get(owner(), object(key), id);
    return record.value_or(Record{});
  }

  Json list(const Caller& caller, std::string_view key, const ListQuery& query) {
    std::string out;
    engine_.list_json(caller, object(key), query, out);
    return parse_json(out);
  }
  std::vector<std::string> names(const Caller& caller, const std::string& filter,
                                 const std::vector<std::string>& sort = {"name"}) {
    std::vector<std::string> out;
    const Json answer =
        list(caller, "company", {.filter = parse_json(filter), .sort = sort, .limit = 200});
    for (const Json& item : answer.at("items").as_array()) out.push_back(json_text(item, "title"));
    return out;
  }
  std::vector<std::string> names(const std::string& filter) { return names(owner(), filter); }

  // What a call is refused with; empty when it is not. Of wrong input "field: code".
  template <typename Call>
  static std::string refusal(Call&& call) {
    try {
      call();
    } catch (const AppError& error) {
      if (error.problems().empty()) return error.code();
      return error.problems().front().field + ": " + error.problems().front().code;
    }
    return {};
  }

  std::int64_t count(const std::string& sql) {
    std::int64_t out = -1;
    store_->read([&](store::Connection& connection) {
      auto rows = connection.query(sql);
      if (rows.step()) out = rows.integer(0);
    });
    return out;
  }

  store::TestStore store_{GetParam()};
  FakeClock clock_{1'775'000'000'000};  // 2026-04-01 in Japan
  IdGenerator ids_{clock_};
  Registry registry_;
  Engine engine_{*store_, clock_, ids_, registry_, [](Id user) {
                   return user == kOwner    ? std::string("山田")
                          : user == kHanako ? std::string("花子")
                          : user == kJiro   ? std::string("次郎")
                                            : std::string();
                 }};
  std::vector<std::unique_ptr<auth::Access>> kept_;
  const auth::Access* owner_ = nullptr;
  std::atomic<Id> last_batch_ = 0;
};

}  // namespace daifuku::records
