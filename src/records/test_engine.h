// The engine over a fresh store with the objects of auth/test_catalog.h.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "auth/access.h"
#include "auth/role_json.h"
#include "auth/test_catalog.h"
#include "records/engine.h"
#include "records/own_fields.h"
#include "records/schema.h"
#include "store/schema.h"
#include "store/test_store.h"

namespace daifuku::records {

using auth::test_objects;

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
