// The demo: the volume path leaves the same ledger as the engine's own writes, and equal seeds make
// equal ledgers.
#include "crm/demo/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "auth/password.h"
#include "crm/behaviors.h"
#include "crm/demo/make.h"
#include "crm/demo/volume.h"
#include "crm/objects.h"
#include "records/schema.h"
#include "store/test_store.h"

namespace daifuku::crm::demo {
namespace {

constexpr Date kToday{2026, 4, 15};
const Cast kCast{.sellers = {{11, 1}, {12, 1}, {13, 2}}};

struct TestLedger {
  TestLedger() {
    add_behaviors(registry);
    auto tables = auth::tables();
    const meta::Catalog standard(standard_objects());
    for (auto& table : records::tables(standard)) tables.push_back(std::move(table));
    store::migrate(*store, {}, tables);
    engine.load_catalog(standard_objects());
  }
  const meta::ObjectDef& object(std::string_view key) const {
    return *engine.catalog()->object(key);
  }
  // All records of an object in the order of their making, without what differs from run to run:
  // links.
  std::vector<meta::Values> values(std::string_view key) {
    const auto access = auth::Access::system(engine.catalog(), 11);
    std::vector<meta::Values> out;
    engine.each({access, records::Source::demo}, object(key), {.sort = {"id"}, .fields = {}},
                [&](const records::Record& record) {
                  meta::Values kept = record.values;
                  for (const meta::FieldDef& field : object(key).expanded) {
                    if (!field.target.empty() || field.kind->name == "user") kept.erase(field.key);
                  }
                  kept["version"] = record.version;
                  kept["created_at"] = record.created_at;
                  kept["owner"] = record.owner;
                  kept["customer_owner"] = record.customer_owner;
                  out.push_back(std::move(kept));
                  return true;
                });
    return out;
  }
  std::int64_t count(const std::string& table) {
    std::int64_t found = 0;
    store->read([&](store::Connection& connection) {
      auto row = connection.query("SELECT count(*) FROM " + table + " t WHERE {t}");
      if (row.step()) found = row.integer(0);
    });
    return found;
  }

  store::TestStore store;
  StoryClock clock{start_of_day(kToday) - Millis{1'201} * 86'400'000};
  IdGenerator ids{clock};
  records::Registry registry;
  records::Engine engine{*store, clock, ids, registry, [](Id) { return std::string("見本 花子"); }};
};

void ignore(Phase, std::int64_t, std::int64_t) {}

TEST(DemoVolume, LeavesWhatTheEngineWouldLeave) {
  constexpr std::int64_t kFirms = 40;
  TestLedger quick;
  EXPECT_EQ(write_volume(quick.engine, quick.clock, kCast,
                         {.companies = kFirms, .seed = 5, .today = kToday}, 1, kFirms, ignore),
            kFirms * 7);

  TestLedger slow;
  const auto access = auth::Access::system(slow.engine.catalog(), kCast.owner());
  const records::Caller caller{access, records::Source::demo};
  Volume volume(*slow.engine.catalog(), slow.ids, kCast, kToday, 5);
  const Millis end = start_of_day(kToday) - 3'600'000;
  const Millis start = end - Millis{3 * 365} * 86'400'000;
  for (std::int64_t n = 0; n < kFirms; ++n) {
    const auto firm = volume.firm(1 + n, slow.clock.advance_to(start + (end - start) / kFirms * n));
    slow.engine.write(caller, [&](records::Write& write) {
      for (const VolumeRecord& made : firm) {
        records::Draft draft;
        draft.values = made.record.values;
        draft.owner = made.record.owner;
        draft.team = made.record.team;
        write.create(*made.object, std::move(draft), made.record.id);
      }
    });
  }
  for (const char* object : {"company", "person", "activity", "order", "inquiry"}) {
    const auto a = quick.values(object);
    const auto b = slow.values(object);
    ASSERT_EQ(a.size(), b.size()) << object;
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (const auto& [key, value] : b[i]) {
        // Zero and nothing are the same count.
        if (meta::integer_of(value) == 0 && meta::text_of(value).empty()) continue;
        EXPECT_EQ(meta::get(a[i], key), value) << object << "." << key;
      }
      for (const auto& [key, value] : a[i])
        EXPECT_TRUE(b[i].contains(key) || key == "created_at") << object << "." << key;
    }
  }
  for (const char* table : {"match_key", "timeline", "history"})
    EXPECT_EQ(quick.count(table), slow.count(table)) << table;
  EXPECT_EQ(quick.count("timeline"), kFirms * 10);
  EXPECT_EQ(quick.engine.verify_history(), 0);
  // Found like any other.
  const auto companies = quick.values("company");
  const auto found = quick.engine.search(caller, quick.object("company"),
                                         meta::text_of(meta::get(companies[3], "name")), 10);
  EXPECT_FALSE(found.empty());
}

TEST(DemoStories, EqualSeedsMakeEqualLedgers) {
  const DemoOptions options{.companies = 25, .seed = 3, .today = kToday};
  TestLedger first;
  TestLedger second;
  const Made made = fill(first.engine, first.clock, kCast, options, ignore);
  EXPECT_GT(made.events, 300);
  fill(second.engine, second.clock, kCast, options, ignore);
  for (const meta::ObjectDef& object : first.engine.catalog()->objects())
    EXPECT_EQ(first.values(object.key), second.values(object.key)) << object.key;
  EXPECT_EQ(first.engine.verify_history(), 0);
  for (const char* object : {"company", "person", "activity", "deal", "order", "order_line",
                             "inquiry", "task", "product", "financial_year"})
    EXPECT_FALSE(first.values(object).empty()) << object;
  // What was done is no plan left open: only later days may hold plans.
  for (const meta::Values& activity : first.values("activity")) {
    if (meta::integer_of(meta::get(activity, "happened_at")) >= start_of_day(kToday)) continue;
    EXPECT_EQ(meta::text_of(meta::get(activity, "status")), "done");
  }
  // No clock ran ahead: nothing is from after the last day.
  EXPECT_LT(first.clock.now(), start_of_day(kToday));
}

TEST(DemoWords, AreInTheFormTheFieldsKeep) {
  const meta::Catalog catalog(standard_objects());
  const meta::ObjectDef& company = *catalog.object("company");
  const meta::ObjectDef& person = *catalog.object("person");
  for (std::int64_t n = 1; n <= 200; ++n) {
    Random random(9, static_cast<std::uint64_t>(n));
    const Firm firm = make_firm(random, n);
    const auto check = [&](const meta::ObjectDef& object, const meta::Values& values) {
      for (const auto& [key, value] : values) {
        const meta::FieldDef* field = object.field(key);
        ASSERT_NE(field, nullptr) << key;
        if (!std::holds_alternative<std::string>(value) || field->kind->parse_text == nullptr)
          continue;
        meta::Value parsed;
        Problems problems;
        EXPECT_TRUE(field->kind->parse_text(*field, meta::text_of(value), parsed, problems))
            << key << ": " << meta::text_of(value);
        EXPECT_EQ(parsed, value) << key;
      }
    };
    check(company, company_fields(firm, n, kToday, random).take());
    check(person, person_fields(firm, pick_person(random), 0, n, random).take());
    check(person, consumer_fields(pick_person(random), n, kToday, random).take());
  }
}

}  // namespace
}  // namespace daifuku::crm::demo
