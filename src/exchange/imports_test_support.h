// For tests: imports over a fresh store with two customers.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "auth/accounts.h"
#include "exchange/imports.h"
#include "exchange/table_test_support.h"
#include "meta/kinds.h"
#include "meta/kinds/person_name.h"
#include "records/own_fields.h"
#include "records/schema.h"
#include "store/test_store.h"

namespace daifuku::exchange {

// Two customers as the product has them, in small.
inline std::vector<meta::ObjectDef> small_catalog() {
  namespace kinds = meta::kinds;
  meta::ObjectDef company{.id = 1,
                          .key = "company",
                          .plural = "companies",
                          .label = {"会社", "Company"},
                          .plural_label = {"会社", "Companies"},
                          .customer = true};
  company.sections = {{"basic", {"基本", "Basic"}}};
  company.fields = {
      {.id = 1,
       .key = "name",
       .kind = &kinds::company_name,
       .label = {"会社名", "Company name"},
       .required = true,
       .max = 200,
       .searchable = true,
       .duplicate_key = true,
       .import_names = {"企業名", "取引先名", "社名"},
       .indexed = true},
      {.id = 2,
       .key = "phone",
       .kind = &kinds::phone,
       .label = {"代表電話", "Phone"},
       .searchable = true,
       .duplicate_key = true,
       .import_names = {"電話番号", "TEL", "電話"}},
      {.id = 3,
       .key = "address",
       .kind = &kinds::address,
       .label = {"本社住所", "Address"},
       .searchable = true,
       .import_names = {"住所", "所在地"}},
      {.id = 4, .key = "employees", .kind = &kinds::integer, .label = {"従業員数", "Employees"}},
      {.id = 5,
       .key = "rank",
       .kind = &kinds::choice,
       .label = {"ランク", "Rank"},
       .options = {{"a", {"A", "A"}}, {"b", {"B", "B"}}}},
      {.id = 6, .key = "founded_on", .kind = &kinds::date, .label = {"設立日", "Founded"}},
      {.id = 7,
       .key = "note",
       .kind = &kinds::long_text,
       .label = {"備考", "Notes"},
       .searchable = true},
      {.id = 8,
       .key = "corporate_number",
       .kind = &kinds::corporate_number,
       .label = {"法人番号", "Corporate number"},
       .duplicate_key = true},
      {.id = 9,
       .key = "secret",
       .kind = &kinds::text,
       .label = {"社外秘", "Secret"},
       .sensitive = true},
      {.id = 10, .key = "responder", .kind = &kinds::user, .label = {"応対者", "Responder"}}};
  meta::ObjectDef person{.id = 2,
                         .key = "person",
                         .plural = "people",
                         .label = {"人", "Person"},
                         .plural_label = {"人", "People"},
                         .customer = true,
                         .customer_links = {"company"}};
  person.sections = {{"basic", {"基本", "Basic"}}};
  person.fields = {{.id = 1,
                    .key = "name",
                    .kind = &kinds::person_name,
                    .label = {"氏名", "Name"},
                    .required = true,
                    .searchable = true,
                    .duplicate_key = true,
                    .import_names = {"担当者名", "お名前"}},
                   {.id = 2,
                    .key = "company",
                    .kind = &kinds::link,
                    .label = {"会社", "Company"},
                    .target = "company",
                    .import_names = {"会社名", "取引先名"}},
                   {.id = 3,
                    .key = "email",
                    .kind = &kinds::email,
                    .label = {"メール", "E-mail"},
                    .searchable = true,
                    .duplicate_key = true,
                    .import_names = {"メールアドレス"}},
                   {.id = 4,
                    .key = "mobile",
                    .kind = &kinds::phone,
                    .label = {"携帯電話", "Mobile"},
                    .duplicate_key = true},
                   {.id = 5, .key = "note", .kind = &kinds::long_text, .label = {"備考", "Notes"}}};
  return {company, person};
}

class ImportsTest : public ::testing::TestWithParam<store::Dialect> {
 protected:
  ImportsTest() {
    registry_.before_save("person", [](records::Change& change) {
      if (change.after != nullptr) meta::settle_person_name(change.after->values, {});
    });
    auto tables = auth::tables();
    store_->migrate([&](store::Transaction& tx) { store::sync_schema(tx, tables); });
    // The table of own fields comes with the first catalog.
    const meta::Catalog plain(small_catalog());
    store_->migrate(
        [&](store::Transaction& tx) { store::sync_schema(tx, records::tables(plain)); });
    engine_.load_catalog(small_catalog());
    owner_ = accounts_
                 .set_up({.token = accounts_.make_setup_token(),
                          .company = "試験",
                          .name = "試験 太郎",
                          .email = "taro@example.jp",
                          .password = "correct horse battery"})
                 .id;
    access_ = std::make_shared<const auth::Access>(engine_.catalog(), owner_, std::vector<Id>{},
                                                   auth::default_role(meta::Role::owner));
    restart();
  }

  void restart() {
    imports_.reset();
    imports_ = std::make_unique<Imports>(
        engine_, accounts_,
        [this] {
          engine_.load_catalog(small_catalog());
          accounts_.invalidate();
        },
        store_.folder() / "imports", std::string(32, '\x33'));
    imports_->start();
  }

  records::Caller caller() const { return {.access = *access_}; }
  records::Caller as(meta::Role role, Id user) {
    others_.push_back(std::make_shared<const auth::Access>(
        engine_.catalog(), user, std::vector<Id>{}, auth::default_role(role)));
    return {.access = *others_.back()};
  }

  Json create(const std::string& csv, const std::string& object = {},
              const std::string& name = "list.csv") {
    std::string out;
    imports_->create(caller(), folder_.file("upload", csv), name, object, out);
    return parse_json(out);
  }
  Json get(const Json& import) {
    std::string out;
    imports_->get_json(caller(), id_of(import), out);
    return parse_json(out);
  }
  Json change(const Json& import, const std::string& body) {
    std::string out;
    imports_->change(caller(), id_of(import), parse_json(body), out);
    return parse_json(out);
  }
  Json run(const Json& import) {
    std::string out;
    imports_->run(caller(), id_of(import), out);
    imports_->wait(id_of(import));
    return get(import);
  }
  std::string rejects(const Json& import) {
    std::string name;
    std::string out;
    imports_->rejects_csv(caller(), id_of(import),
                          name)([&](std::string_view piece) { out += piece; });
    return out;
  }
  static Id id_of(const Json& import) { return *decode_id(json_text(import, "id")); }
  static std::string column(const Json& import, std::size_t index) {
    return json_text(import.at("columns").as_array()[index], "to");
  }
  static std::int64_t count(const Json& import, std::string_view name) {
    return json_integer(import.at("counts"), name, -1);
  }

  std::vector<records::Record> all(const std::string& key) {
    std::vector<records::Record> out;
    access_ = std::make_shared<const auth::Access>(engine_.catalog(), owner_, std::vector<Id>{},
                                                   auth::default_role(meta::Role::owner));
    records::ListQuery query{.sort = {"created_at"}};
    engine_.each(caller(), *engine_.catalog()->object(key), query,
                 [&](const records::Record& record) {
                   out.push_back(record);
                   return true;
                 });
    std::ranges::sort(out, {}, &records::Record::id);
    return out;
  }

  store::TestStore store_{GetParam()};
  testing::ScratchFolder folder_;
  FakeClock clock_{1'775'000'000'000};
  IdGenerator ids_{clock_};
  records::Registry registry_;
  auth::Accounts accounts_{*store_, clock_, ids_, [this] { return engine_.catalog(); }};
  records::Engine engine_{*store_, clock_, ids_, registry_, [this](Id user) {
                            const auto found = accounts_.user(user);
                            return found ? found->name : std::string();
                          }};
  Id owner_ = 0;
  std::shared_ptr<const auth::Access> access_;
  std::vector<std::shared_ptr<const auth::Access>> others_;
  std::unique_ptr<Imports> imports_;
};

// Three rows, one of them without a name.
inline constexpr const char* kCompanies =
    "顧客一覧 2026年\r\n"
    "会社名,住所,電話番号,従業員数,ランク,設立日,覚え書き\r\n"
    "㈱山田製作所,東京都千代田区丸の内1-2-3 "
    "丸の内ビル5F,０３－１２３４－５６７８,120名,A,令和元年5月1日,古い付き合い\r\n"
    "佐藤商店,,-,,Z,,\r\n"
    ",大阪府大阪市北区1-1,06-1111-2222,,,,\r\n";

}  // namespace daifuku::exchange
