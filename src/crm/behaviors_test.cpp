// What the product does by itself, on a real store.
#include "crm/behaviors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "auth/accounts.h"
#include "crm/objects.h"
#include "records/engine.h"
#include "records/schema.h"
#include "store/schema.h"

namespace daifuku::crm {
namespace {

using records::Draft;
using records::Record;
using records::Source;

constexpr Millis kStart = 1'774'000'000'000;  // 2026-03-20T09:46:40Z, 18:46 in Japan

class Behaviors : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("daifuku_crm_" + std::to_string(::getpid()) + "_" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    database_ =
        store::open_sqlite({.path = (folder_ / "test.db").string(), .key = std::string(32, 'k')});
    add_behaviors(registry_);
    engine_ = std::make_unique<records::Engine>(*database_, clock_, ids_, registry_,
                                                [](Id) { return std::string(); });
    auto tables = auth::tables();
    const meta::Catalog standard(standard_objects());
    for (auto& table : records::tables(standard)) tables.push_back(std::move(table));
    store::migrate(*database_, {}, tables);
    engine_->load_catalog(standard_objects());
    access_ = std::make_unique<auth::Access>(auth::Access::system(engine_->catalog(), 7));
  }

  void TearDown() override {
    engine_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  const meta::ObjectDef& object(std::string_view key) { return *engine_->catalog()->object(key); }

  // JSON as the API takes it.
  Id create(std::string_view key, std::string_view json, Source source = Source::api) {
    const records::Caller caller{*access_, source, Language::ja};
    Id id = 0;
    Draft draft = engine_->parse(caller, object(key), parse_json(json), true);
    batch_ = engine_->write(
        caller, [&](records::Write& write) { id = write.create(object(key), draft).id; });
    return id;
  }

  void change(std::string_view key, Id id, std::string_view json) {
    const records::Caller caller{*access_, Source::api, Language::ja};
    Draft draft = engine_->parse(caller, object(key), parse_json(json), false);
    engine_->write(caller, [&](records::Write& write) { write.update(object(key), id, draft); });
  }

  void remove(std::string_view key, Id id) {
    const records::Caller caller{*access_, Source::api, Language::ja};
    engine_->write(caller, [&](records::Write& write) { write.remove(object(key), id); });
  }

  void restore(std::string_view key, Id id) {
    const records::Caller caller{*access_, Source::api, Language::ja};
    engine_->write(caller, [&](records::Write& write) { write.restore(object(key), id); });
  }

  std::size_t undo() {
    const records::Caller caller{*access_, Source::api, Language::ja};
    return engine_->undo(caller, batch_).skipped.size();
  }

  Record get(std::string_view key, Id id) {
    const records::Caller caller{*access_, Source::api, Language::ja};
    return engine_->get(caller, object(key), id).value();
  }

  std::string text(std::string_view key, Id id, std::string_view field) {
    return std::string(get(key, id).text(field));
  }
  std::int64_t number(std::string_view key, Id id, std::string_view field) {
    return get(key, id).integer(field);
  }

  // Tasks that are there, by their name and day.
  std::vector<std::string> tasks() {
    const records::Caller caller{*access_, Source::api, Language::ja};
    std::vector<std::string> found;
    records::ListQuery query;
    query.sort = {"due_on"};
    engine_->each(caller, object("task"), query, [&](const Record& task) {
      found.push_back(std::string(task.text("name")) + " " + std::string(task.text("due_on")));
      return true;
    });
    return found;
  }

  std::string refusal(std::string_view key, std::string_view json) {
    try {
      create(key, json);
    } catch (const AppError& error) {
      return error.problems().empty() ? error.code() : error.problems().front().code;
    }
    return "accepted";
  }

  std::string id_text(Id id) { return "\"" + encode_id(id) + "\""; }

  FakeClock clock_{kStart};
  IdGenerator ids_{clock_};
  records::Registry registry_;
  std::filesystem::path folder_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<records::Engine> engine_;
  std::unique_ptr<auth::Access> access_;
  Id batch_ = 0;
};

TEST_F(Behaviors, StageIsDated) {
  const Id id = create("company", R"({"name":"株式会社山田製作所"})");
  EXPECT_EQ(text("company", id, "stage"), "prospect");
  EXPECT_EQ(text("company", id, "stage_changed_on"), "2026-03-20");
  clock_.advance(86'400'000);

  change("company", id, R"({"capital":1000})");
  EXPECT_EQ(text("company", id, "stage_changed_on"), "2026-03-20");
  change("company", id, R"({"stage":"dormant"})");
  EXPECT_EQ(text("company", id, "stage_changed_on"), "2026-03-21");
}

TEST_F(Behaviors, PersonNameStaysInStep) {
  const Id id = create("person", R"({"name":"山田　太郎"})");
  EXPECT_EQ(text("person", id, "family_name"), "山田");
  EXPECT_EQ(text("person", id, "name"), "山田 太郎");
  EXPECT_EQ(text("person", id, "kind"), "consumer");

  change("person", id, R"({"family_name":"佐藤"})");
  EXPECT_EQ(text("person", id, "name"), "佐藤 太郎");

  EXPECT_EQ(refusal("person", R"({"given_name":"太郎"})"), "required");
}

TEST_F(Behaviors, GroupOfCompaniesHasNoCircle) {
  const Id top = create("company", R"({"name":"A"})");
  const Id branch = create("company", R"({"name":"B","parent":)" + id_text(top) + "}");

  try {
    change("company", top, R"({"parent":)" + id_text(branch) + "}");
    FAIL();
  } catch (const AppError& error) {
    EXPECT_EQ(error.problems().front().code, "link_circle");
  }
}

TEST_F(Behaviors, GrowthOfThreeYearsIsMarked) {
  const Id company = create("company", R"({"name":"A"})");
  const auto year = [&](int number, int sales, int profit) {
    return create("financial_year", R"({"company":)" + id_text(company) + R"(,"year":)" +
                                        std::to_string(number) + R"(,"sales":)" +
                                        std::to_string(sales) + R"(,"operating_profit":)" +
                                        std::to_string(profit) + "}");
  };
  year(2023, 100, 10);
  year(2025, 140, 14);
  EXPECT_TRUE(meta::is_empty(get("company", company).get("growth_streak")));
  year(2024, 120, 12);
  EXPECT_EQ(number("company", company, "growth_streak"), 1);
  EXPECT_EQ(number("company", company, "annual_sales"), 140);

  const Id fell = year(2022, 200, 8);
  EXPECT_EQ(number("company", company, "growth_streak"), 0);
  remove("financial_year", fell);
  EXPECT_EQ(number("company", company, "growth_streak"), 1);
}

TEST_F(Behaviors, NewestRatingIsTheCompanys) {
  const Id company = create("company", R"({"name":"A"})");
  create("credit_rating",
         R"({"company":)" + id_text(company) + R"(,"score":55,"rated_on":"2026-01-10"})");
  create("credit_rating",
         R"({"company":)" + id_text(company) + R"(,"score":48,"rated_on":"2024-01-10"})");

  EXPECT_EQ(number("company", company, "credit_score"), 55);
}

TEST_F(Behaviors, NewestCardIsMarked) {
  const Id person = create("person", R"({"name":"山田 太郎"})");
  const auto card = [&](const char* day) {
    return create("business_card", R"({"name":"山田 太郎","person":)" + id_text(person) +
                                       R"(,"received_on":")" + day + "\"}");
  };
  const Id newer = card("2026-02-01");
  const Id older = card("2020-02-01");
  EXPECT_EQ(number("business_card", newer, "latest"), 1);
  EXPECT_EQ(number("business_card", older, "latest"), 0);
  EXPECT_EQ(number("person", person, "latest_card"), newer);

  remove("business_card", newer);
  EXPECT_EQ(number("business_card", older, "latest"), 1);
  EXPECT_EQ(number("person", person, "latest_card"), older);
}

TEST_F(Behaviors, ActivityFillsCompanySubjectAndLastContact) {
  const Id company = create("company", R"({"name":"A"})");
  const Id person = create("person", R"({"name":"山田 太郎","company":)" + id_text(company) + "}");
  const Id call = create(
      "activity",
      R"({"kind":"call","happened_at":"2026-03-01T01:00:00Z","content":"見積の件\n二行目","person":)" +
          id_text(person) + "}");
  create("activity", R"({"kind":"note","happened_at":"2026-03-10T01:00:00Z","person":)" +
                         id_text(person) + "}");
  const Id plan =
      create("activity", R"({"kind":"visit","happened_at":"2026-04-10T01:00:00Z","person":)" +
                             id_text(person) + "}");

  EXPECT_EQ(number("activity", call, "company"), company);
  EXPECT_EQ(text("activity", call, "subject"), "見積の件");
  EXPECT_EQ(text("activity", plan, "subject"), "訪問");
  const Millis called = *parse_instant("2026-03-01T01:00:00Z");
  EXPECT_EQ(number("company", company, "last_contact_at"), called);
  EXPECT_EQ(number("person", person, "last_contact_at"), called);

  create("inquiry", R"({"received_at":"2026-03-05T01:00:00Z","content":"質問","person":)" +
                        id_text(person) + "}");
  EXPECT_EQ(number("company", company, "last_contact_at"), *parse_instant("2026-03-05T01:00:00Z"));
  change("activity", call, R"({"happened_at":"2026-03-15T01:00:00Z"})");
  EXPECT_EQ(number("company", company, "last_contact_at"), *parse_instant("2026-03-15T01:00:00Z"));
  remove("activity", call);
  EXPECT_EQ(number("company", company, "last_contact_at"), *parse_instant("2026-03-05T01:00:00Z"));
}

TEST_F(Behaviors, APlannedVisitIsNoContactUntilItIsTickedOff) {
  const Id company = create("company", R"({"name":"A"})");
  const Id visit = create(
      "activity",
      R"({"kind":"visit","subject":"見積の説明","happened_at":"2026-03-25T01:00:00Z","company":)" +
          id_text(company) + "}");
  EXPECT_EQ(text("activity", visit, "status"), "planned");
  EXPECT_THAT(tasks(), ::testing::ElementsAre("訪問の予定 2026-03-25"));
  EXPECT_EQ(text("company", company, "next_action"), "訪問の予定");

  // The hour passes, and other things happen: still nobody said that the visit took place.
  clock_.advance(10LL * 86'400'000);
  create("activity", R"({"kind":"note","content":"メモ","company":)" + id_text(company) + "}");
  change("activity", visit, R"({"place":"本社"})");
  EXPECT_EQ(number("company", company, "last_contact_at"), 0);

  const records::Caller caller{*access_, Source::api, Language::ja};
  const Id task = engine_->list_ids(caller, object("task"), {}, 10).front();
  change("task", task, R"({"done":true})");
  EXPECT_EQ(text("activity", visit, "status"), "done");
  EXPECT_EQ(number("company", company, "last_contact_at"), *parse_instant("2026-03-25T01:00:00Z"));
  EXPECT_EQ(text("company", company, "next_action"), "");

  change("task", task, R"({"done":false})");
  EXPECT_EQ(text("activity", visit, "status"), "planned");
  EXPECT_EQ(number("company", company, "last_contact_at"), 0);
}

TEST_F(Behaviors, APlannedActivityDoneOrCalledOffLeavesNoTask) {
  const Id company = create("company", R"({"name":"A"})");
  const auto plan = [&] {
    return create("activity", R"({"kind":"call","happened_at":"2026-03-25T01:00:00Z","company":)" +
                                  id_text(company) + "}");
  };
  const Id cancelled = plan();
  EXPECT_THAT(tasks(), ::testing::ElementsAre("電話の予定 2026-03-25"));
  change("activity", cancelled, R"({"happened_at":"2026-03-27T01:00:00Z"})");
  EXPECT_THAT(tasks(), ::testing::ElementsAre("電話の予定 2026-03-27"));
  change("activity", cancelled, R"({"status":"cancelled"})");
  EXPECT_TRUE(tasks().empty());
  clock_.advance(30LL * 86'400'000);
  EXPECT_EQ(number("company", company, "last_contact_at"), 0);
}

TEST_F(Behaviors, WhatIsDoneBeforeItsHourWasDoneNow) {
  const Id company = create("company", R"({"name":"A"})");
  const Id call =
      create("activity",
             R"({"kind":"call","status":"done","happened_at":"2026-03-25T01:00:00Z","company":)" +
                 id_text(company) + "}");
  EXPECT_EQ(text("activity", call, "status"), "planned");
  change("activity", call, R"({"status":"done"})");
  EXPECT_EQ(text("activity", call, "status"), "done");
  EXPECT_EQ(number("activity", call, "happened_at"), clock_.now());
  EXPECT_EQ(number("company", company, "last_contact_at"), clock_.now());
  change("activity", call, R"({"happened_at":"2026-05-01T01:00:00Z"})");
  EXPECT_EQ(text("activity", call, "status"), "planned");
  EXPECT_EQ(number("company", company, "last_contact_at"), 0);
}

TEST_F(Behaviors, PromiseBecomesATaskAndTheNextStep) {
  const Id company = create("company", R"({"name":"A"})");
  const Id call = create(
      "activity",
      R"({"kind":"call","next_action":"見積を送る","next_action_at":"2026-03-25","company":)" +
          id_text(company) + "}");
  EXPECT_THAT(tasks(), ::testing::ElementsAre("見積を送る 2026-03-25"));
  EXPECT_EQ(text("company", company, "next_action"), "見積を送る");
  EXPECT_EQ(text("company", company, "next_action_at"), "2026-03-25");

  change("activity", call, R"({"next_action_at":"2026-03-27"})");
  EXPECT_THAT(tasks(), ::testing::ElementsAre("見積を送る 2026-03-27"));
  change("activity", call, R"({"next_action":null,"next_action_at":null})");
  EXPECT_TRUE(tasks().empty());
  EXPECT_EQ(text("company", company, "next_action"), "");
}

TEST_F(Behaviors, DoneTaskStaysDone) {
  const Id company = create("company", R"({"name":"A"})");
  const Id call =
      create("activity",
             R"({"kind":"call","next_action":"電話","next_action_at":"2026-03-25","company":)" +
                 id_text(company) + "}");
  const Id task = [&] {
    const records::Caller caller{*access_, Source::api, Language::ja};
    return engine_->list_ids(caller, object("task"), {}, 10).front();
  }();

  change("task", task, R"({"done":true})");
  EXPECT_EQ(number("task", task, "done_at"), kStart);
  EXPECT_EQ(text("company", company, "next_action"), "");
  change("activity", call, R"({"content":"追記"})");
  EXPECT_EQ(tasks().size(), 1U);
  change("activity", call, R"({"next_action_at":"2026-04-25"})");
  EXPECT_EQ(tasks().size(), 2U);
}

TEST_F(Behaviors, OldPromisesFromFilesAreNoWork) {
  create("activity", R"({"kind":"call","next_action":"電話","next_action_at":"2020-03-25"})",
         Source::import_run);

  EXPECT_TRUE(tasks().empty());
}

TEST_F(Behaviors, UndoTakesTheTaskToo) {
  const Id company = create("company", R"({"name":"A"})");
  create("activity",
         R"({"kind":"call","next_action":"電話","next_action_at":"2026-03-25","company":)" +
             id_text(company) + "}");

  EXPECT_EQ(undo(), 0U);

  EXPECT_TRUE(tasks().empty());
  EXPECT_EQ(text("company", company, "next_action"), "");
  EXPECT_EQ(number("company", company, "last_contact_at"), 0);
}

TEST_F(Behaviors, ComplaintsAreCountedUntilSolved) {
  EXPECT_EQ(refusal("inquiry", R"({"content":"質問"})"), "customer_required");
  const Id company = create("company", R"({"name":"A"})");
  const Id id = create(
      "inquiry", R"({"kind":"complaint","content":"壊れた","company":)" + id_text(company) + "}");
  EXPECT_EQ(number("company", company, "open_complaints"), 1);

  change("inquiry", id, R"({"status":"solved","response":"交換した"})");
  EXPECT_EQ(number("company", company, "open_complaints"), 0);
  EXPECT_EQ(number("inquiry", id, "solved_at"), kStart);
  EXPECT_EQ(number("inquiry", id, "responded_at"), kStart);
  change("inquiry", id, R"({"status":"working"})");
  EXPECT_EQ(number("company", company, "open_complaints"), 1);
  remove("inquiry", id);
  EXPECT_EQ(number("company", company, "open_complaints"), 0);
  restore("inquiry", id);
  EXPECT_EQ(number("company", company, "open_complaints"), 1);
}

TEST_F(Behaviors, DealMovesAlongThePipeline) {
  const Id company = create("company", R"({"name":"A"})");
  const Id deal =
      create("deal", R"({"name":"設備更新","amount":1000000,"company":)" + id_text(company) + "}");
  EXPECT_EQ(number("deal", deal, "odds"), 10 * meta::kDecimalScale);
  EXPECT_EQ(number("deal", deal, "weighted_amount"), 100'000);
  EXPECT_EQ(number("company", company, "deal_count"), 1);
  EXPECT_EQ(number("company", company, "open_deal_amount"), 1'000'000);
  EXPECT_EQ(text("company", company, "stage"), "negotiating");

  change("deal", deal,
         R"({"stage":"quoting","odds":75,"next_plan":"再訪問","next_plan_on":"2026-03-30"})");
  EXPECT_EQ(number("deal", deal, "odds"), 75 * meta::kDecimalScale);
  EXPECT_THAT(tasks(), ::testing::ElementsAre("再訪問 2026-03-30"));

  change("deal", deal, R"({"stage":"won"})");
  EXPECT_EQ(text("deal", deal, "closed_on"), "2026-03-20");
  EXPECT_EQ(number("company", company, "deal_count"), 0);
  EXPECT_EQ(number("company", company, "open_deal_amount"), 0);
  EXPECT_EQ(text("company", company, "stage"), "customer");
  EXPECT_TRUE(tasks().empty());
}

TEST_F(Behaviors, LostDealTellsWhy) {
  EXPECT_EQ(refusal("deal", R"({"name":"A","stage":"lost"})"), "lose_reason_required");
  EXPECT_EQ(refusal("deal", R"({"name":"A","stage":"lost","lose_reasons":["price"]})"), "accepted");
  EXPECT_NO_THROW(create("deal", R"({"name":"A","stage":"lost"})", Source::import_run));
}

TEST_F(Behaviors, DealAmountFollowsTheCustomer) {
  const Id first = create("company", R"({"name":"A"})");
  const Id second = create("company", R"({"name":"B"})");
  const Id deal =
      create("deal", R"({"name":"設備","amount":500,"company":)" + id_text(first) + "}");

  change("deal", deal, R"({"company":)" + id_text(second) + "}");

  EXPECT_EQ(number("company", first, "deal_count"), 0);
  EXPECT_EQ(number("company", second, "open_deal_amount"), 500);
}

TEST_F(Behaviors, OrderLinesMakeTheSum) {
  const Id company = create("company", R"({"name":"A"})");
  const Id order =
      create("order", R"({"ordered_on":"2026-03-01","company":)" + id_text(company) + "}");
  EXPECT_EQ(text("order", order, "number"), "R202603-000001");
  const Id next = create("order", R"({"ordered_on":"2026-03-02"})");
  EXPECT_EQ(text("order", next, "number"), "R202603-000002");
  const Id product =
      create("product", R"({"name":"大福","unit_price":129,"tax":"reduced","unit":"個"})");

  const Id line = create("order_line", R"({"quantity":2.5,"product":)" + id_text(product) +
                                           R"(,"order":)" + id_text(order) + "}");
  create("order_line",
         R"({"quantity":1,"unit_price":1005,"description":"箱","order":)" + id_text(order) + "}");

  EXPECT_EQ(text("order_line", line, "description"), "大福");
  EXPECT_EQ(text("order_line", line, "tax"), "reduced");
  EXPECT_EQ(number("order_line", line, "amount"), 323);  // 322.5 rounded
  EXPECT_EQ(number("order", order, "amount"), 1'328);
  EXPECT_EQ(number("order", order, "tax_amount"), 25 + 100);
  EXPECT_EQ(number("order", order, "total"), 1'453);
  EXPECT_EQ(number("company", company, "order_total"), 1'453);

  change("order", order, R"({"total":999999})");
  EXPECT_EQ(number("order", order, "total"), 1'453);
  remove("order_line", line);
  EXPECT_EQ(number("order", order, "total"), 1'105);
}

TEST_F(Behaviors, PurchasesAreKeptOnTheCustomer) {
  const Id company = create("company", R"({"name":"A"})");
  const auto order = [&](const char* day, int total) {
    return create("order", R"({"ordered_on":")" + std::string(day) + R"(","total":)" +
                               std::to_string(total) + R"(,"company":)" + id_text(company) + "}");
  };
  order("2026-01-01", 1'000);
  const Id last = order("2026-03-02", 3'000);
  order("2026-01-31", 2'000);
  EXPECT_EQ(text("company", company, "stage"), "customer");
  EXPECT_EQ(number("company", company, "order_count"), 3);
  EXPECT_EQ(number("company", company, "order_total"), 6'000);
  EXPECT_EQ(number("company", company, "average_order"), 2'000);
  EXPECT_EQ(number("company", company, "order_interval_days"), 30);
  EXPECT_EQ(text("company", company, "first_order_on"), "2026-01-01");
  EXPECT_EQ(text("company", company, "last_order_on"), "2026-03-02");

  change("order", last, R"({"status":"cancelled"})");
  EXPECT_EQ(number("company", company, "order_count"), 2);
  EXPECT_EQ(text("company", company, "last_order_on"), "2026-01-31");
  change("order", last, R"({"status":"received"})");
  remove("order", last);
  EXPECT_EQ(number("company", company, "order_total"), 3'000);
  restore("order", last);
  EXPECT_EQ(number("company", company, "order_count"), 3);
}

TEST_F(Behaviors, DeliveryAsksForACheck) {
  const Id order = create("order", R"({"ordered_on":"2026-03-20","delivery_on":"2026-04-10"})");
  EXPECT_THAT(tasks(), ::testing::ElementsAre("納品の確認: R202603-000001 2026-04-07"));

  change("order", order, R"({"status":"delivered"})");
  EXPECT_TRUE(tasks().empty());
  EXPECT_EQ(text("order", order, "delivered_on"), "2026-03-20");
}

TEST_F(Behaviors, ContractDatesBecomeTasks) {
  EXPECT_EQ(
      refusal("contract", R"({"name":"保守","starts_on":"2026-04-01","expires_on":"2026-03-31"})"),
      "end_before_start");
  const Id contract =
      create("contract", R"({"name":"保守","expires_on":"2027-03-31","notice_days":60})");
  EXPECT_THAT(tasks(), ::testing::ElementsAre("契約満了の準備: 保守（2027-03-31） 2026-12-31"));

  change("contract", contract, R"({"renews_on":"2027-04-01","auto_renewal":true,"notice_days":0})");
  EXPECT_THAT(tasks(), ::testing::ElementsAre("契約更新の準備: 保守（2027-04-01） 2027-03-02"));
  change("contract", contract, R"({"status":"cancelled"})");
  EXPECT_TRUE(tasks().empty());

  create("contract", R"({"name":"急ぎ","expires_on":"2026-04-01"})");
  EXPECT_THAT(tasks(), ::testing::ElementsAre("契約満了の準備: 急ぎ（2026-04-01） 2026-03-20"));
}

TEST_F(Behaviors, LifeEventAsksForAWord) {
  const Id person = create("person", R"({"name":"山田 花子"})");
  create(
      "life_event",
      R"({"kind":"marriage","name":"ご結婚","event_on":"2026-06-01","approach_on":"2026-05-01","person":)" +
          id_text(person) + "}");

  EXPECT_THAT(tasks(), ::testing::ElementsAre("声かけ: ご結婚 2026-05-01"));
  EXPECT_EQ(text("person", person, "next_action"), "声かけ: ご結婚");
}

}  // namespace
}  // namespace daifuku::crm
