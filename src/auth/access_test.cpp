#include "auth/access.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "auth/role_json.h"
#include "auth/test_catalog.h"
#include "base/error.h"
#include "store/schema.h"
#include "store/test_store.h"

namespace daifuku::auth {
namespace {

using meta::FieldRight;
using meta::Role;

constexpr Id kMe = 7;

const meta::ObjectDef& object(std::string_view key) { return *test_catalog()->object(key); }

Access access_of(Role role, const std::vector<Id>& teams = {}) {
  return Access(test_catalog(), kMe, teams, default_role(role));
}

RoleSettings read(std::string_view json, Role role = Role::member) {
  RoleSettings settings = default_role(role);
  read_role(parse_json(json), settings);
  return settings;
}

TEST(RoleDefaults, GiveLessToLesserRoles) {
  struct Case {
    Role role;
    Scope update, remove;
    bool create, export_rows;
  };
  for (const Case& one : {Case{Role::owner, Scope::all, Scope::all, true, true},
                          Case{Role::manager, Scope::all, Scope::all, true, true},
                          Case{Role::member, Scope::all, Scope::own, true, false},
                          Case{Role::viewer, Scope::none, Scope::none, false, false}}) {
    SCOPED_TRACE(role_name(one.role));
    const Access access = access_of(one.role);
    const ObjectRights& rights = access.object(object("company"));
    EXPECT_EQ(rights.read, Scope::all);
    EXPECT_EQ(rights.update, one.update);
    EXPECT_EQ(rights.remove, one.remove);
    EXPECT_EQ(rights.create, one.create);
    EXPECT_EQ(rights.export_rows, one.export_rows);
    EXPECT_EQ(access.administers(), one.role >= Role::manager);
  }
}

TEST(RoleNames, AreReadAsTheyAreWritten) {
  for (const Role role : {Role::viewer, Role::member, Role::manager, Role::owner}) {
    EXPECT_EQ(parse_role(role_name(role)), role);
  }
  for (const Scope scope : {Scope::none, Scope::own, Scope::team, Scope::all}) {
    EXPECT_EQ(parse_scope(scope_name(scope)), scope);
  }
  EXPECT_EQ(parse_role("admin"), std::nullopt);
  EXPECT_EQ(parse_scope(""), std::nullopt);
}

TEST(FieldRights, FollowTheDeclaration) {
  const meta::ObjectDef& company = object("company");
  struct Case {
    Role role;
    std::string_view field;
    FieldRight right;
  };
  for (const Case& one :
       {Case{Role::viewer, "name", FieldRight::read}, Case{Role::member, "name", FieldRight::write},
        Case{Role::member, "secret", FieldRight::none},
        Case{Role::manager, "secret", FieldRight::write},
        Case{Role::member, "credit", FieldRight::read},
        Case{Role::manager, "credit", FieldRight::write},
        Case{Role::owner, "total", FieldRight::read},
        Case{Role::owner, "nonsense", FieldRight::none}}) {
    SCOPED_TRACE(std::string(role_name(one.role)) + " " + std::string(one.field));
    EXPECT_EQ(access_of(one.role).field(company, one.field), one.right);
  }
}

TEST(FieldRights, FollowTheSettingsOfTheRole) {
  const RoleSettings settings = read(R"({"fields":{"company.name":"masked",
    "company.address":"none","company.city":"read","company.total":"write"}})");
  const Access access(test_catalog(), kMe, {}, settings);
  const meta::ObjectDef& company = object("company");

  EXPECT_EQ(access.field(company, "name"), FieldRight::masked);
  // The whole stands for its parts, unless a part is named itself.
  EXPECT_EQ(access.field(company, "street"), FieldRight::none);
  EXPECT_EQ(access.field(company, "city"), FieldRight::read);
  // What the product keeps is written by nobody.
  EXPECT_EQ(access.field(company, "total"), FieldRight::read);
}

TEST(FieldRights, OfACopyAreNoMoreThanThoseOfItsSources) {
  auto objects = test_objects();
  const auto field = [&](std::size_t object, std::string_view key) -> meta::FieldDef& {
    return *std::ranges::find(objects[object].fields, key, &meta::FieldDef::key);
  };
  field(0, "note").made_from = {"deal.amount", "employees"};
  field(0, "code").made_from = {"note"};
  const auto catalog = std::make_shared<const meta::Catalog>(objects);
  const meta::ObjectDef& company = *catalog->object("company");
  struct Case {
    const char* settings;
    FieldRight note, code;
  };
  for (const Case& one :
       {Case{"{}", FieldRight::write, FieldRight::write},
        // Reading the source is enough: the copy keeps its own right.
        Case{R"({"deal.amount":"read"})", FieldRight::write, FieldRight::write},
        Case{R"({"deal.amount":"masked"})", FieldRight::masked, FieldRight::masked},
        Case{R"({"deal.amount":"none","company.code":"write"})", FieldRight::none,
             FieldRight::none},
        Case{R"({"company.note":"none"})", FieldRight::none, FieldRight::none},
        Case{R"({"company.employees":"masked","company.code":"none"})", FieldRight::masked,
             FieldRight::none}}) {
    SCOPED_TRACE(one.settings);
    const RoleSettings settings = read(std::string(R"({"fields":)") + one.settings + "}");
    const Access access(catalog, kMe, {}, settings);

    EXPECT_EQ(access.field(company, "note"), one.note);
    EXPECT_EQ(access.field(company, "code"), one.code);
    EXPECT_EQ(access.field(company, "employees") >= FieldRight::read,
              settings.fields.count("company.employees") == 0);
  }
  EXPECT_EQ(Access::system(catalog).field(company, "note"), FieldRight::write);
}

TEST(FieldRights, OfTheOwnerCannotBeTaken) {
  RoleSettings settings = read(R"({"objects":{"company":{"read":"none"}},
    "fields":{"company.name":"none"}})",
                               Role::owner);
  const Access access(test_catalog(), kMe, {}, settings);

  EXPECT_EQ(access.object(object("company")).read, Scope::all);
  EXPECT_EQ(access.field(object("company"), "name"), FieldRight::write);
}

TEST(RoleSettings, WhatCannotBeReadCannotBeChanged) {
  const RoleSettings settings = read(R"({"objects":{"deal":{"read":"own"}}})");
  const ObjectRights& rights = settings.objects.find("deal")->second;

  EXPECT_EQ(rights.read, Scope::own);
  EXPECT_EQ(rights.update, Scope::own);
  EXPECT_EQ(rights.remove, Scope::own);
}

TEST(RoleSettings, AnObjectFirstNamedHasWhatTheRestHas) {
  const RoleSettings settings = read(R"({"objects":{"company":{"export":true}}})", Role::viewer);
  const ObjectRights& rights = settings.objects.find("company")->second;

  EXPECT_TRUE(rights.export_rows);
  EXPECT_FALSE(rights.create);
  EXPECT_EQ(rights.update, Scope::none);
}

TEST(RoleSettings, SurviveBeingStored) {
  const RoleSettings before = read(R"({"objects":{"deal":{"read":"team","update":"own","delete":
    "none","create":false,"export":true}},"fields":{"company.name":"masked"}})");
  std::string json;
  JsonWriter writer(json);
  writer.begin_object();
  write_role(writer, before);
  writer.end_object();

  const RoleSettings after = read(json);

  const ObjectRights& deal = after.objects.find("deal")->second;
  EXPECT_EQ(deal.read, Scope::team);
  EXPECT_EQ(deal.update, Scope::own);
  EXPECT_EQ(deal.remove, Scope::none);
  EXPECT_FALSE(deal.create);
  EXPECT_TRUE(deal.export_rows);
  EXPECT_EQ(after.fields, before.fields);
}

TEST(RoleSettings, RefuseWhatTheyDoNotKnow) {
  for (const std::string_view wrong :
       {R"({"objects":{"deal":{"read":"mine"}}})", R"({"objects":{"deal":{"update":1}}})",
        R"({"fields":{"company.name":"peek"}})", R"({"fields":{"company.name":true}})"}) {
    SCOPED_TRACE(wrong);
    EXPECT_THROW(read(wrong), AppError);
  }
  // null takes a setting back.
  RoleSettings settings = read(R"({"fields":{"company.name":"none"}})");
  read_role(parse_json(R"({"fields":{"company.name":null}})"), settings);
  EXPECT_TRUE(settings.fields.empty());
}

class ScopeTest : public testing::TestWithParam<store::Dialect> {
 protected:
  ScopeTest() {
    using store::ColumnType;
    const std::vector<store::Table> tables{
        {.name = "owned",
         .columns = {{"id", ColumnType::integer, true},
                     {"owner_id", ColumnType::integer},
                     {"team_id", ColumnType::integer},
                     {"customer_owner_id", ColumnType::integer},
                     {"customer_team_id", ColumnType::integer}}}};
    store_->migrate([&](store::Transaction& tx) { store::sync_schema(tx, tables); });
  }

  store::TestStore store_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Stores, ScopeTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

// The SQL of a scope and the same rule on values must never disagree: what a list hides, a single
// record would show.
TEST_P(ScopeTest, SqlAndValuesAgree) {
  struct Row {
    Id id, owner, team, customer_owner, customer_team;
  };
  std::vector<Row> rows;
  const std::vector<Id> people{0, kMe, 8};
  const std::vector<Id> teams{0, 21, 22, 23};
  for (const Id owner : people) {
    for (const Id team : teams) {
      for (const Id customer_owner : people) {
        for (const Id customer_team : teams) {
          rows.push_back(
              {static_cast<Id>(rows.size()) + 1, owner, team, customer_owner, customer_team});
        }
      }
    }
  }
  const auto or_null = [](Id id) { return id == 0 ? meta::Value() : meta::Value(id); };
  store_->write([&](store::Transaction& tx) {
    for (const Row& row : rows) {
      tx.query(
            "INSERT INTO owned ({tenant_id}, id, owner_id, team_id, customer_owner_id, "
            "customer_team_id) VALUES ({tenant}, ?, ?, ?, ?, ?)")
          .bind(row.id, or_null(row.owner), or_null(row.team), or_null(row.customer_owner),
                or_null(row.customer_team))
          .run();
    }
  });

  for (const std::vector<Id>& mine : {std::vector<Id>{}, {21}, {21, 22}}) {
    const Access access = access_of(Role::member, mine);
    for (const char* key : {"company", "deal"}) {
      for (const Scope scope : {Scope::none, Scope::own, Scope::team, Scope::all}) {
        SCOPED_TRACE(std::string(key) + " " + std::string(scope_name(scope)) + " in " +
                     std::to_string(mine.size()) + " teams");
        const auto condition = access.condition(object(key), scope, "r");
        std::vector<Id> by_sql;
        store_->read([&](store::Connection& connection) {
          auto found = connection.query(
              "SELECT r.id FROM owned r WHERE {r} AND " +
              (condition.sql.empty() ? std::string("1 = 1") : condition.sql) + " ORDER BY r.id");
          for (const Id bind : condition.binds) found.bind(bind);
          while (found.step()) by_sql.push_back(found.integer(0));
        });
        std::vector<Id> by_value;
        for (const Row& row : rows) {
          if (access.allows(object(key), scope, row.owner, row.team, row.customer_owner,
                            row.customer_team)) {
            by_value.push_back(row.id);
          }
        }
        EXPECT_EQ(by_sql, by_value);
      }
    }
  }
}

TEST_P(ScopeTest, OwnMeansTheRecordOrItsCustomer) {
  const Access access = access_of(Role::member, {21});

  EXPECT_TRUE(access.allows(object("company"), Scope::own, kMe, 0, 0, 0));
  EXPECT_FALSE(access.allows(object("company"), Scope::own, 8, 21, kMe, 21));
  EXPECT_TRUE(access.allows(object("deal"), Scope::own, 8, 0, kMe, 0));
  EXPECT_FALSE(access.allows(object("deal"), Scope::own, 8, 21, 8, 21));
  EXPECT_TRUE(access.allows(object("deal"), Scope::team, 8, 0, 8, 21));
  EXPECT_FALSE(access.allows(object("deal"), Scope::team, 8, 22, 8, 22));
}

TEST(SystemAccess, MayDoEverythingInSomebodysName) {
  const Access access = Access::system(test_catalog(), kMe);

  EXPECT_EQ(access.user(), kMe);
  EXPECT_EQ(access.object(object("deal")).remove, Scope::all);
  EXPECT_EQ(access.field(object("company"), "secret"), FieldRight::write);
}

}  // namespace
}  // namespace daifuku::auth
