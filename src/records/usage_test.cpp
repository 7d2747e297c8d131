#include "records/usage.h"

#include "records/feedback.h"
#include "records/test_engine.h"

namespace daifuku::records {
namespace {

constexpr Millis kDay = 86'400'000;

// The last day is today.
EntryDays days(const std::vector<std::int64_t>& last) {
  EntryDays out{.entries = std::vector<std::int64_t>(kUsageWindowDays)};
  std::copy(last.begin(), last.end(), out.entries.end() - std::ssize(last));
  return out;
}

auth::User user(meta::Role role = meta::Role::member, Millis seen = 1) {
  return {.id = 102, .role = role, .last_seen_at = seen};
}

TEST(EntryDays, CountTheSilenceAndTheWeeksBeforeIt) {
  // Three a day on four days, and nothing on the nine since.
  const EntryDays found = days({3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0});

  EXPECT_EQ(found.silent(), 9);
  EXPECT_EQ(found.a_week_before(), 12);
  EXPECT_EQ(days({}).silent(), -1);
  EXPECT_EQ(days({}).a_week_before(), 0);
  EXPECT_EQ(days({1}).silent(), 0);
  EXPECT_EQ(days({1}).a_week_before(), 1);
}

TEST(EntryDays, WeighFourWeeksAtMost) {
  std::vector<std::int64_t> each(70, 2);
  each.resize(77);

  EXPECT_EQ(days(each).silent(), 7);
  EXPECT_EQ(days(each).a_week_before(), 14);
}

TEST(UseState, TellsWhoStoppedFromWhoNeverWrote) {
  std::vector<std::int64_t> wrote{4};
  EXPECT_EQ(use_state(user(), days(wrote)), UseState::active);
  wrote.resize(7);
  EXPECT_EQ(use_state(user(), days(wrote)), UseState::active);
  wrote.resize(8);
  EXPECT_EQ(use_state(user(), days(wrote)), UseState::quiet);
  wrote.resize(15);
  EXPECT_EQ(use_state(user(), days(wrote)), UseState::stopped);
  std::vector<std::int64_t> tried{1};
  tried.resize(30);
  EXPECT_EQ(use_state(user(), days(tried)), UseState::reading);
  EXPECT_EQ(use_state(user(), days({})), UseState::reading);
  EXPECT_EQ(use_state(user(meta::Role::member, 0), days({})), UseState::absent);
  EXPECT_EQ(use_state(user(meta::Role::viewer), days({})), UseState::watching);
  auth::User invited = user();
  invited.invited = true;
  EXPECT_EQ(use_state(invited, days({})), UseState::invited);
}

class UsageTest : public EngineTest {
 protected:
  UsageTest() {
    store_->migrate([](store::Transaction& tx) { store::sync_schema(tx, auth::tables()); });
  }
  Json usage() {
    std::string out;
    usage_json(engine_, owner(), {{.id = kHanako, .name = "花子", .last_seen_at = 1}}, out);
    return parse_json(out).at("users").get_array().at(0);
  }
  Caller by(Source source) const { return {.access = *hanako_, .source = source}; }
  const auth::Access* hanako_ = &access(kHanako, meta::Role::member);
};
INSTANTIATE_TEST_SUITE_P(Stores, UsageTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(UsageTest, CountsByRoadAndDayOfJapan) {
  for (const char* name : {"一", "二", "三"})
    create(by(Source::screen), "company", std::string(R"({"name":")") + name + "\"}");
  const Id fourth = create(by(Source::sheet), "company", R"({"name":"四"})");
  update(by(Source::phone), "company", fourth, R"({"name":"四番"})");
  create(by(Source::api), "company", R"({"name":"五"})");
  create("company", R"({"name":"よその"})");
  clock_.advance(9 * kDay);

  const Json found = usage();

  EXPECT_EQ(json_text(found, "state"), "quiet");
  EXPECT_EQ(json_integer(found, "silent_days"), 9);
  // What a program wrote is no sign of a person.
  EXPECT_EQ(json_integer(found, "a_week_before"), 5);
  const auto& shown = found.at("days").get_array();
  ASSERT_EQ(shown.size(), static_cast<std::size_t>(kUsageShownDays));
  EXPECT_EQ(shown.at(shown.size() - 10).get_int64(), 5);
  std::string roads;
  for (const Json& entry : found.at("entries").get_array())
    roads += json_text(entry, "road") + std::to_string(json_integer(entry, "made")) +
             std::to_string(json_integer(entry, "changed")) + " ";
  EXPECT_EQ(roads, "screen30 sheet10 phone01 api10 ");
}

TEST_P(UsageTest, IsForThoseWhoAdminister) {
  std::string out;
  EXPECT_EQ(refusal([&] { usage_json(engine_, by(Source::screen), {}, out); }), "forbidden");
  EXPECT_EQ(refusal([&] { feedback_json(engine_, by(Source::screen), {}, out); }), "forbidden");
  EXPECT_TRUE(out.empty());
}

TEST_P(UsageTest, FeedbackIsLimitedByTheHour) {
  const Json body = parse_json(R"({"kind":"wish","text":"字を大きく"})");
  for (int i = 0; i < 20; ++i) {
    std::string out;
    send_feedback(engine_, by(Source::screen), body, out);
  }
  const auto once_more = [&] {
    std::string out;
    send_feedback(engine_, by(Source::screen), body, out);
  };

  EXPECT_EQ(refusal(once_more), "feedback_too_many");
  clock_.advance(kDay / 24 + 1'000);
  EXPECT_EQ(refusal(once_more), "");
}

}  // namespace
}  // namespace daifuku::records
