#include "crm/demo/demo.h"

#include <algorithm>

#include "crm/demo/story.h"
#include "crm/demo/volume.h"
#include "crm/follow/plan_ready.h"

namespace daifuku::crm::demo {

using records::Write;

namespace {

constexpr std::int64_t kAllStories = 1'000;  // up to here every firm has its whole story
constexpr std::int64_t kStoriesInVolume = 300;
constexpr std::size_t kSlice = 200;

bool any_plan(Write& write) {
  auto row = write.tx().query("SELECT 1 FROM r_plan t WHERE {t} AND t.deleted_at IS NULL LIMIT 1");
  return row.step();
}

// Before anything else happened: what we sell, and who else does.
void plan_setup(World& world, std::vector<Event>& events) {
  const Millis start = start_of_day(days_from(world.today, -1'200)) + 9 * 3'600'000;
  events.push_back(
      {.at = start, .run = [&world](Write& write) {
         const Cast::Seller& owner = world.cast.sellers.front();
         int position = 0;
         for (const std::string_view name : kCategories)
           world.categories.push_back(
               create(write, "product_category",
                      Fields().text("name", name).number("position", ++position), owner));
         for (const ProductWords& product : products()) {
           const auto category = static_cast<std::size_t>(
               std::find(std::begin(kCategories), std::end(kCategories), product.category) -
               std::begin(kCategories));
           Fields fields;
           fields.text("name", product.name)
               .text("code", product.code)
               .number("unit_price", product.price)
               .number("cost", product.cost)
               .text("unit", product.unit)
               .text("tax", product.tax);
           fields.text("status", "on_sale")
               .text("description", product.description)
               .link("category", world.categories[category]);
           world.products.push_back(create(write, "product", std::move(fields), owner));
         }
         // The sample may come into a ledger that has them already.
         if (!any_plan(write))
           for (const ReadyPlan& plan : ready_plans()) add_ready_plan(write, plan, Language::ja);
         for (const Competitor& competitor : competitors()) {
           world.competitors.push_back(create(write, "company",
                                              Fields()
                                                  .text("name", competitor.name)
                                                  .text("name_kana", competitor.kana)
                                                  .text("stage", "potential")
                                                  .text("industry", "wholesale")
                                                  .text("relations", "competitor")
                                                  .text("note", competitor.strength),
                                              owner));
         }
       }});
}

// The owner opens the ledger in the morning: something to do today, something that was missed.
void plan_mornings(World& world, std::vector<Event>& events) {
  struct Todo {
    std::string_view name, priority;
    int due;
  };
  static constexpr Todo kTodos[] = {
      {"見積書を送る", "high", 0},         {"お礼の電話", "normal", 0},
      {"見本を手配する", "normal", 0},     {"請求書の宛名を確かめる", "high", -2},
      {"カタログを郵送する", "low", -1},   {"定期訪問の日程を決める", "normal", 1},
      {"値上げのお願いの準備", "high", 3}, {"契約更新のご案内", "normal", 6}};
  events.push_back(
      {.at = start_of_day(days_from(world.today, -1)) + 18 * 3'600'000 + 1'800'000,
       .order = 0xffffffffU,
       .run = [&world](Write& write) {
         const auto customers = [&] {
           std::vector<Id> ids;
           auto rows = write.tx().query(
               "SELECT t.id FROM r_company t WHERE {t} AND t.deleted_at IS NULL AND t.owner_id = ? "
               "AND t.stage IN ('customer', 'negotiating') ORDER BY t.id LIMIT 8");
           rows.bind(world.cast.owner());
           while (rows.step()) ids.push_back(rows.integer(0));
           return ids;
         }();
         std::size_t n = 0;
         for (const Todo& todo : kTodos) {
           Fields fields;
           fields.text("name", todo.name)
               .text("priority", todo.priority)
               .text("due_on", format_date(days_from(world.today, todo.due)))
               .number("done", 0);
           if (!customers.empty()) fields.link("company", customers[n++ % customers.size()]);
           create(write, "task", std::move(fields), world.cast.sellers.front());
         }
       }});
}

void save_views(records::Engine& engine, const records::Caller& caller) {
  static constexpr std::string_view kViews[] = {
      R"({"object":"company","name":"重点のお客様","shared":true,"state":{"filter":{"rank":{"in":["a","b"]}},"sort":["-order_total"]}})",
      R"({"object":"company","name":"しばらく連絡していない既存客","shared":true,"state":{"filter":{"stage":{"eq":"customer"}},"sort":["last_contact_at"]}})",
      R"({"object":"company","name":"未解決のクレームがある会社","shared":true,"state":{"filter":{"open_complaints":{"gte":1}},"sort":["-open_complaints"]}})",
      R"({"object":"deal","name":"提案中から先の商談","shared":true,"state":{"filter":{"stage":{"in":["proposing","quoting","negotiating"]}},"sort":["expected_close_on"]}})",
      R"({"object":"inquiry","name":"未対応の問い合わせ","shared":true,"state":{"filter":{"status":{"in":["open","working"]}},"sort":["received_at"]}})"};
  for (const std::string_view view : kViews) {
    std::string out;
    engine.save_view(caller, parse_json(view), 0, out);
  }
}

}  // namespace

Millis StoryClock::advance_to(Millis at) {
  if (at > now()) set(at);
  return now();
}

std::int64_t story_count(const DemoOptions& options) {
  return options.companies <= kAllStories ? options.companies : kStoriesInVolume;
}

Cast make_cast(auth::Accounts& accounts,
               const std::function<std::shared_ptr<const meta::Catalog>()>& catalog) {
  const std::string password(kPassword);
  const auth::User owner = accounts.set_up({.token = accounts.make_setup_token(),
                                            .company = std::string(kCompanyName),
                                            .name = "見本 花子",
                                            .email = std::string(kOwnerEmail),
                                            .password = password});
  const auth::Access by = auth::Access::system(catalog(), owner.id);
  const Id east = accounts.add_team("東日本営業課", by).id;
  const Id west = accounts.add_team("西日本営業課", by).id;
  accounts.change_user(owner.id, {.teams = std::vector<Id>{east}}, by);
  Cast cast;
  cast.sellers.push_back({owner.id, east});
  struct Colleague {
    const char* name;
    const char* email;
    meta::Role role;
    Id team;
    bool sells;
  };
  const Colleague colleagues[] = {
      {"課長 一郎", "manager@example.jp", meta::Role::manager, east, true},
      {"営業 春子", "haruko@example.jp", meta::Role::member, east, true},
      {"営業 夏男", "natsuo@example.jp", meta::Role::member, east, true},
      {"営業 秋江", "akie@example.jp", meta::Role::member, west, true},
      {"営業 冬樹", "fuyuki@example.jp", meta::Role::member, west, true},
      {"経理 静", "viewer@example.jp", meta::Role::viewer, west, false}};
  for (const Colleague& one : colleagues) {
    const Id id = accounts
                      .add_user({.name = one.name,
                                 .email = one.email,
                                 .role = one.role,
                                 .teams = {one.team},
                                 .password = password},
                                by)
                      .user.id;
    if (one.sells) cast.sellers.push_back({id, one.team});
  }
  return cast;
}

std::int64_t tell_stories(const Cast& cast, const DemoOptions& options, const Progress& progress,
                          const std::function<void(const Told&)>& tell) {
  World world{.cast = cast, .today = options.today, .seed = options.seed};
  std::vector<Event> events;
  plan_setup(world, events);
  const std::int64_t stories = story_count(options);
  for (std::int64_t n = 1; n <= stories; ++n) {
    Story(world, events, n).plan_company();
    if (n % 6 == 0) Story(world, events, 1'000'000'000 + n).plan_consumer();
    progress(Phase::planning, n, stories);
  }
  plan_mornings(world, events);
  // By day and person, so that one transaction is what one person wrote on one day.
  const auto day_of = [](const Event& event) { return days_from_date(local_date(event.at)); };
  std::sort(events.begin(), events.end(), [&](const Event& a, const Event& b) {
    const auto day_a = day_of(a);
    const auto day_b = day_of(b);
    return std::tie(day_a, a.actor, a.order) < std::tie(day_b, b.actor, b.order);
  });

  for (std::size_t from = 0; from < events.size();) {
    std::size_t to = from + 1;
    Millis at = events[from].at;
    for (; to < events.size() && to - from < kSlice && events[to].actor == events[from].actor &&
           day_of(events[to]) == day_of(events[from]);
         ++to)
      at = std::max(at, events[to].at);
    tell({.at = at,
          .actor = events[from].actor,
          .events = static_cast<std::int64_t>(to - from),
          .run = [&](Write& write) {
            for (std::size_t i = from; i < to; ++i) events[i].run(write);
          }});
    from = to;
    progress(Phase::stories, static_cast<std::int64_t>(from), std::ssize(events));
  }
  return std::ssize(events);
}

Made fill(records::Engine& engine, StoryClock& clock, const Cast& cast, const DemoOptions& options,
          const Progress& progress) {
  std::vector<auth::Access> accesses;
  for (const Cast::Seller& seller : cast.sellers)
    accesses.push_back(auth::Access::system(engine.catalog(), seller.user));
  Made made;
  made.events = tell_stories(cast, options, progress, [&](const Told& slice) {
    clock.advance_to(slice.at);
    engine.write({.access = accesses[slice.actor], .source = records::Source::demo}, slice.run);
  });
  const std::int64_t stories = story_count(options);
  if (options.companies > stories) {
    made.events += write_volume(engine, clock, cast, options, stories + 1,
                                options.companies - stories, progress);
  }
  const auto access = auth::Access::system(engine.catalog(), cast.owner());
  save_views(engine, {.access = access, .source = records::Source::demo});
  return made;
}

}  // namespace daifuku::crm::demo
