// Companies and people: dated stages, names in step, figures of the years, ratings, business cards,
// life events.
#include "crm/behaviors.h"

#include <algorithm>
#include <array>

#include "meta/kinds/person_name.h"

namespace daifuku::crm {

namespace {

using records::Change;
using records::Draft;
using records::Record;
using records::Write;

void date_stage(Change& change) {
  if (!change.changed("stage")) return;
  set_text(*change.after, "stage_changed_on",
           change.after->text("stage").empty() ? "" : change.write.today());
}

void settle_name(Change& change) {
  constexpr std::array<std::string_view, 6> kParts = {"family_name", "given_name", "name",
                                                      "family_kana", "given_kana", "name_kana"};
  meta::Values changes;
  for (const std::string_view key : kParts) {
    if (change.changed(key)) changes.emplace(key, change.after->get(key));
  }
  if (changes.empty()) return;
  meta::settle_person_name(changes,
                           change.before == nullptr ? meta::Values() : change.before->values);
  for (auto& [key, value] : changes) change.after->values.insert_or_assign(key, std::move(value));
}

// Asked for only where it tells something: a person at a company is a business contact until
// somebody says otherwise.
void fill_kind(Change& change) {
  Record& person = *change.after;
  if (!person.text("kind").empty()) return;
  set_text(person, "kind", person.integer("company") != 0 ? "business" : "consumer");
}

// Of a new address nobody knows yet whether mail arrives there.
void forget_delivery(Change& change) {
  if (!change.created() && change.changed("email") && !change.changed("email_status"))
    set_text(*change.after, "email_status", "");
}

// A company that is its own parent, over any number of steps, would make the tree of the group
// endless.
void refuse_circle(Change& change, std::string_view link) {
  constexpr int kDeepest = 50;
  if (!change.changed(link)) return;
  Id at = change.after->integer(link);
  if (at == change.after->id) return;  // Refused by the engine for every link.
  for (int depth = 0; at != 0; ++depth) {
    if (at == change.after->id || depth >= kDeepest) {
      change.problems.push_back({std::string(link), "link_circle", {}});
      return;
    }
    const auto above = change.write.load(change.object, at);
    at = above ? above->integer(link) : 0;
  }
}

struct Year {
  std::int64_t year = 0;
  meta::Value sales = {};
  meta::Value profit = {};
};

std::vector<Year> years_of(Write& write, Id company) {
  constexpr int kMost = 20;
  std::vector<Year> years;
  auto rows = write.tx().query("SELECT t.year, t.sales, t.operating_profit FROM " +
                               table_of(write, "financial_year") +
                               " t WHERE {t} AND t.company = ? AND t.deleted_at IS NULL "
                               "ORDER BY t.year DESC, t.id DESC LIMIT ?");
  rows.bind(company, kMost);
  while (rows.step()) {
    const std::int64_t year = rows.integer(0);
    if (!years.empty() && years.back().year == year) continue;
    const auto value = [&](int column) {
      return rows.is_null(column) ? meta::Value() : meta::Value(rows.integer(column));
    };
    years.push_back({year, value(1), value(2)});
  }
  return years;
}

bool grew(const Year& now, const Year& before) {
  const bool known = !meta::is_empty(now.sales) && !meta::is_empty(now.profit) &&
                     !meta::is_empty(before.sales) && !meta::is_empty(before.profit);
  return known && now.year == before.year + 1 &&
         meta::integer_of(now.sales) > meta::integer_of(before.sales) &&
         meta::integer_of(now.profit) > meta::integer_of(before.profit);
}

// Sales and operating profit of the newest three years rise; where the year before them is known,
// the first of the three has to be a rise too.
meta::Value growth_streak(const std::vector<Year>& years) {
  if (years.size() < 3) return {};
  bool grows = grew(years[0], years[1]) && grew(years[1], years[2]);
  if (years.size() > 3 && years[3].year == years[2].year - 1)
    grows = grows && grew(years[2], years[3]);
  return std::int64_t{grows ? 1 : 0};
}

void update_company(Write& write, Id company, std::string_view key, const meta::Value& value) {
  if (write.moving()) return;
  const auto record = write.load(*write.catalog().object("company"), company);
  if (!record || record->deleted_at != 0 || record->get(key) == value || meta::is_empty(value))
    return;
  Draft draft;
  draft.values.emplace(key, value);
  write.update_by_rule("company", company, std::move(draft));
}

void follow_years(Change& change) {
  for (const Customer& company : customers_of(change)) {
    const auto years = years_of(change.write, company.id);
    change.write.set_derived("company", company.id, {{"growth_streak", growth_streak(years)}});
    const auto known = std::find_if(years.begin(), years.end(),
                                    [](const Year& year) { return !meta::is_empty(year.sales); });
    if (known != years.end())
      update_company(change.write, company.id, "annual_sales", known->sales);
  }
}

void follow_ratings(Change& change) {
  for (const Customer& company : customers_of(change)) {
    meta::Value score;
    {
      auto row =
          change.write.tx().query("SELECT t.score FROM " + table_of(change.write, "credit_rating") +
                                  " t WHERE {t} AND t.company = ? AND t.deleted_at IS NULL "
                                  "ORDER BY t.rated_on DESC, t.id DESC LIMIT 1");
      row.bind(company.id);
      if (row.step() && !row.is_null(0)) score = row.integer(0);
    }
    update_company(change.write, company.id, "credit_score", score);
  }
}

// Marks the newest card of a person and takes the mark from the others.
void mark_latest_card(Write& write, Id person) {
  std::vector<std::pair<Id, bool>> cards;
  {
    auto rows = write.tx().query("SELECT t.id, t.latest FROM " + table_of(write, "business_card") +
                                 " t WHERE {t} AND t.person = ? AND t.deleted_at IS NULL "
                                 "ORDER BY t.received_on DESC, t.id DESC LIMIT 200");
    rows.bind(person);
    while (rows.step()) cards.emplace_back(rows.integer(0), rows.integer(1) != 0);
  }
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const bool latest = i == 0;
    if (cards[i].second == latest) continue;
    write.set_derived("business_card", cards[i].first, {{"latest", std::int64_t{latest ? 1 : 0}}});
  }
  write.set_derived("person", person,
                    {{"latest_card", cards.empty() ? meta::Value() : meta::Value(cards[0].first)}});
}

void follow_cards(Change& change) {
  if (!change.removed() && !change.changed("person") && !change.changed("received_on")) return;
  for (const Customer& customer : customers_of(change)) {
    if (customer.object != "person") continue;
    Write& write = change.write;
    write.settle(settle_key("card", customer),
                 [&write, customer] { mark_latest_card(write, customer.id); });
  }
  if (!change.removed() && change.after->integer("person") == 0) {
    change.write.set_derived("business_card", change.after->id, {{"latest", std::int64_t{1}}});
  }
}

void follow_life_event(Change& change) {
  const Record& event = change.removed() ? *change.before : *change.after;
  const std::string rule = rule_name("life_event", event.id);
  const std::string_view day = change.removed() ? "" : event.text("approach_on");
  if (day.empty()) {
    keep_follow_up(change.write, rule, std::nullopt);
    return;
  }
  FollowUp wanted{.name = "声かけ: " + std::string(event.text("name")), .due_on = std::string(day)};
  wanted.owner = event.owner;
  wanted.person = event.integer("person");
  keep_follow_up(change.write, rule, wanted);
}

}  // namespace

void register_customer_behaviors(records::Registry& registry) {
  registry.before_save("company", date_stage);
  registry.before_save("company", forget_delivery);
  registry.before_save("person", forget_delivery);
  registry.before_save("company", [](Change& change) { refuse_circle(change, "parent"); });
  registry.before_save("person", settle_name);
  registry.before_save("person", fill_kind);
  registry.before_save("person", date_stage);
  registry.before_save("department", [](Change& change) { refuse_circle(change, "parent"); });
  registry.before_save("business_card", fill_company);
  registry.after_save("financial_year", follow_years);
  registry.after_save("credit_rating", follow_ratings);
  registry.after_save("business_card", follow_cards);
  registry.after_save("life_event", follow_life_event);
}

}  // namespace daifuku::crm
