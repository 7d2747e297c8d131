// The course of a whole story: which firm becomes what.
#include <algorithm>

#include "crm/demo/story.h"
#include "records/engine.h"

namespace daifuku::crm::demo {

using records::Write;

std::int64_t Story::plan_deal(std::int64_t day, Outcome outcome) {
  const Firm& firm = customer_->firm;
  const ProductWords& product = wanted_product(firm, random_);
  const std::int64_t quantity = random_.between(product.low, product.high);
  const std::string_view mind = concern(firm, random_);
  struct Step {
    std::string_view stage;
    Moment moment;
    std::string_view plan;
  };
  static constexpr Step kSteps[] = {{"hearing", Moment::hearing, "ご要望をうかがう"},
                                    {"proposing", Moment::proposing, "提案書を持参する"},
                                    {"quoting", Moment::quoting, "見積書を送る"},
                                    {"negotiating", Moment::negotiating, "決裁の状況を確かめる"}};
  auto deal = std::make_shared<Id>(0);
  Fields fields;
  fields.text("name", std::string(product.name) + (random_.chance(50) ? "の導入" : "の切り替え"))
      .text("stage", "lead")
      .number("amount", product.price * quantity);
  fields.text("started_on", date(day))
      .text("expected_close_on", date(day + random_.between(45, 110)))
      .text("content", std::string(mind) + "というご相談。")
      .text("source", random_.chance(50) ? "referral" : "phone_in");
  fields.text("needs", random_.chance(50) ? "費用を下げたい\n在庫の手間" : "品質を上げたい")
      .text("need_note", mind);
  std::int64_t next = day + random_.between(4, 14);
  fields.text("next_plan", kSteps[0].plan).text("next_plan_on", date(next));
  const bool rival = random_.chance(35);
  const auto rival_index = static_cast<std::size_t>(random_.below(std::ssize(competitors())));
  add(day, [c = customer_, w = &world_, fields, deal, rival, rival_index,
            index = product_index(product)](Write& write) {
    Fields full(fields);
    full.link("company", c->company).link("person", c->person(0));
    if (rival) full.link("competitor", w->competitors[rival_index]);
    records::Draft draft;
    draft.values = full.take();
    draft.lists["products"] = {w->products[index]};
    draft.lists["salespeople"] = {c->seller.user};
    if (c->person(0) != 0) draft.lists["customer_attendees"] = {c->person(0)};
    draft.owner = c->seller.user;
    draft.team = c->seller.team;
    *deal = write.create(*write.catalog().object("deal"), std::move(draft)).id;
  });
  const std::int64_t steps = outcome == Outcome::won ? 4 : random_.between(1, 4);
  std::int64_t now = next;
  for (std::int64_t i = 0; i < steps; ++i) {
    const Step& step = kSteps[i];
    next = now + random_.between(6, 20);
    Fields moved;
    moved.text("stage", step.stage);
    if (i + 1 < std::ssize(kSteps)) moved.text("next_plan", kSteps[i + 1].plan);
    moved.text("next_plan_on", date(next));
    add(now, [deal, moved](Write& write) { change(write, "deal", *deal, Fields(moved)); });
    plan_talk(now, step.moment, product, deal);
    if (step.moment == Moment::proposing && random_.chance(60)) {
      Fields proposal;
      proposal.text("name", std::string(product.name) + "のご提案")
          .text("proposed_on", date(now))
          .number("amount", product.price * quantity)
          .number("version_number", 1);
      proposal
          .text("result", outcome == Outcome::won    ? "accepted"
                          : outcome == Outcome::lost ? "rejected"
                                                     : "pending")
          .text("content", std::string(mind) + "ことに応える案。");
      add(now, [c = customer_, w = &world_, proposal, deal,
                index = product_index(product)](Write& write) {
        records::Draft draft;
        Fields full(proposal);
        full.link("company", c->company).link("person", c->person(0)).link("deal", *deal);
        draft.values = full.take();
        draft.lists["products"] = {w->products[index]};
        draft.owner = c->seller.user;
        draft.team = c->seller.team;
        write.create(*write.catalog().object("proposal"), std::move(draft));
      });
    }
    now = next;
  }
  if (outcome == Outcome::open) return now;
  Fields end;
  end.text("closed_on", date(now));
  if (outcome == Outcome::won) {
    static constexpr std::string_view kReasons[] = {"speed",          "proposal", "trust",
                                                    "price\nsupport", "quality",  "introduction"};
    end.text("stage", "won")
        .text("win_reasons", random_.pick(kReasons))
        .text("win_note", rival ? std::string(competitors()[rival_index].name) +
                                      "より対応が早いと言っていただいた。"
                                : "見本を現場で試していただいたのが効いた。");
  } else {
    static constexpr std::string_view kReasons[] = {
        "price", "competitor\nprice", "budget", "no_decision", "speed", "quality"};
    end.text("stage", "lost")
        .text("lose_reasons", random_.pick(kReasons))
        .text("lose_note", rival ? std::string(competitors()[rival_index].name) + "に決まった。" +
                                       std::string(competitors()[rival_index].strength)
                                 : "来期の予算で考え直すとのこと。");
  }
  add(now, [deal, end](Write& write) { change(write, "deal", *deal, Fields(end)); });
  plan_talk(now, outcome == Outcome::won ? Moment::won : Moment::lost, product, deal);
  if (outcome != Outcome::won) return now;
  plan_order(now + random_.between(1, 6), product, deal);
  if (product.category == kCategories[5] || random_.chance(25))
    plan_contract(now + random_.between(2, 8), product, deal, random_.chance(85));
  return now;
}

// The same firm, entered once more by somebody who did not search first.
void Story::plan_twin(std::int64_t day) {
  const Firm& firm = customer_->firm;
  Fields fields;
  fields.text("name", variant_name(firm, random_))
      .text("industry", firm.trade->industry)
      .text("stage", "potential")
      .text("source", "exchange");
  if (random_.chance(70)) fields.text("phone", firm.phone);
  fields.text("prefecture", firm.place.prefecture).text("city", firm.place.city);
  const std::size_t other = (customer_->actor + 1) % world_.cast.sellers.size();
  const Cast::Seller seller = world_.cast.sellers[other];
  add(day, [seller, fields](Write& write) { create(write, "company", Fields(fields), seller); });
  if (day < 0) events_.back().actor = other;
}

void Story::plan_company() {
  enum class Fate { potential, prospect, negotiating, customer, dormant, lost };
  customer_->firm = make_firm(random_, number_);
  const Firm& firm = customer_->firm;
  const std::int64_t roll = random_.below(100);
  const Fate fate = roll < 14   ? Fate::potential
                    : roll < 32 ? Fate::prospect
                    : roll < 46 ? Fate::negotiating
                    : roll < 84 ? Fate::customer
                    : roll < 93 ? Fate::dormant
                                : Fate::lost;
  // Longer histories for those we trade with.
  const std::int64_t start = fate == Fate::potential     ? -random_.between(5, 300)
                             : fate == Fate::prospect    ? -random_.between(20, 400)
                             : fate == Fate::negotiating ? -random_.between(60, 500)
                                                         : -random_.between(500, 1'150);
  Fields company = company_fields(firm, number_, world_.today, random_);
  company.text("stage", fate == Fate::potential ? "potential" : "prospect");
  add(start, [c = customer_, company](Write& write) {
    c->company = create(write, "company", Fields(company), c->seller);
  });
  if (fate != Fate::potential || random_.chance(40)) plan_people(start + 1);
  plan_facts(start);
  if (random_.chance(3)) plan_twin(start + random_.between(30, 200));

  const auto product = [&]() -> const ProductWords& { return wanted_product(firm, random_); };
  const auto talks = [&](std::int64_t from, std::int64_t to, std::int64_t gap) {
    for (std::int64_t day = from + random_.between(5, gap); day < to;
         day += random_.between(gap / 2, gap * 3 / 2)) {
      plan_talk(day, Moment::keeping, product());
      if (random_.chance(12)) plan_question(day + random_.between(1, 20));
    }
  };
  if (fate != Fate::potential) plan_talk(start + 2, Moment::first, product());
  switch (fate) {
    case Fate::potential:
      return;
    case Fate::prospect:
      talks(start, 0, 60);
      return;
    case Fate::negotiating:
      talks(start, -50, 70);
      if (random_.chance(25)) plan_deal(start + 10, Outcome::lost);
      plan_deal(-random_.between(8, 50), Outcome::open);
      return;
    case Fate::customer:
    case Fate::dormant:
      break;
    case Fate::lost: {
      const std::int64_t decided = plan_deal(start + random_.between(10, 60),
                                             random_.chance(60) ? Outcome::won : Outcome::lost);
      talks(start + 20, decided + 120, 60);
      set_stage(std::min<std::int64_t>(decided + random_.between(150, 300), -10), "lost");
      return;
    }
  }
  const std::int64_t end = fate == Fate::customer ? 0 : start + random_.between(150, 300);
  std::int64_t day = plan_deal(start + random_.between(8, 60), Outcome::won) + 30;
  const std::int64_t gap = random_.between(35, 150);
  for (; day < end; day += random_.between(gap * 2 / 3, gap * 4 / 3))
    plan_order(day, product(), {});
  talks(start + 40, end, random_.between(30, 75));
  if (fate == Fate::customer) {
    if (random_.chance(45))
      plan_deal(start + random_.between(120, 400),
                random_.chance(55) ? Outcome::won : Outcome::lost);
    if (random_.chance(35)) plan_deal(-random_.between(5, 60), Outcome::open);
  } else {
    set_stage(std::min<std::int64_t>(end + 190, -5), "dormant");
  }
}

void Story::plan_consumer() {
  const PersonWords words = pick_person(random_);
  customer_->names.push_back(words);
  const std::int64_t start = -random_.between(20, 900);
  Fields person = consumer_fields(words, number_, world_.today, random_);
  add(start, [c = customer_, person](Write& write) {
    c->people.push_back(create(write, "person", Fields(person), c->seller));
  });
  const ProductWords& tea = products()[14];
  for (std::int64_t day = start + 1; day < 0; day += random_.between(50, 140)) {
    if (random_.chance(75)) plan_order(day, random_.chance(80) ? tea : products()[15], {});
    if (random_.chance(25)) plan_talk(day + 8, Moment::keeping, tea);
  }
  if (random_.chance(25)) plan_question(start + 15);
  if (!random_.chance(40)) return;
  struct Turn {
    std::string_view kind, name, need;
  };
  static constexpr Turn kTurns[] = {{"moving", "お引っ越し", "新しい住まいの備蓄"},
                                    {"birth", "お孫さんの誕生", "内祝いの品"},
                                    {"retirement", "ご退職", "自宅用の飲み物"},
                                    {"school", "お子様のご入学", "お祝いの品"},
                                    {"house", "新築", "防災の備え"}};
  const Turn& turn = random_.pick(kTurns);
  Fields event;
  const std::int64_t on = random_.between(-200, 120);
  event.text("kind", turn.kind)
      .text("name", turn.name)
      .text("event_on", date(on))
      .text("need", turn.need)
      .number("coming", on > 0 ? 1 : 0);
  if (on > 14) event.text("approach_on", date(on - 14));
  add(std::max<std::int64_t>(start + 3, std::min<std::int64_t>(on - 30, -2)),
      [c = customer_, event](Write& write) {
        create(write, "life_event", Fields(event).link("person", c->person(0)), c->seller);
      });
}

}  // namespace daifuku::crm::demo
