#include "crm/demo/story.h"

#include <algorithm>

#include "records/engine.h"

namespace daifuku::crm::demo {

using records::Write;

Id create(Write& write, std::string_view object, Fields fields, const Cast::Seller& owner) {
  records::Draft draft;
  draft.values = fields.take();
  draft.owner = owner.user;
  draft.team = owner.team;
  return write.create(*write.catalog().object(object), std::move(draft)).id;
}

void change(Write& write, std::string_view object, Id id, Fields fields) {
  if (id == 0) return;
  records::Draft draft;
  draft.values = fields.take();
  write.update(*write.catalog().object(object), id, std::move(draft));
}

Story::Story(World& world, std::vector<Event>& events, std::int64_t number)
    : world_(world),
      events_(events),
      number_(number),
      random_(world.seed, static_cast<std::uint64_t>(number)),
      customer_(std::make_shared<Customer>()) {
  customer_->actor = static_cast<std::size_t>(random_.below(std::ssize(world.cast.sellers)));
  customer_->seller = world.cast.sellers[customer_->actor];
}

std::int64_t Story::workday(std::int64_t day) const {
  const std::int64_t weekday =
      (days_from_date(world_.today) + day + 4) % 7;  // 1970-01-01 was a Thursday; 0 is Sunday
  return weekday == 0 ? day - 2 : weekday == 6 ? day - 1 : day;
}

Millis Story::moment(std::int64_t day) {
  return start_of_day(days_from(world_.today, workday(day))) +
         (9 * 60 + random_.below(9 * 60)) * 60'000;
}

void Story::add(std::int64_t day, std::function<void(Write&)> run, Millis earliest) {
  const Millis at = std::max(moment(day), earliest);
  if (day >= 0) return;
  events_.push_back({.at = at,
                     .actor = customer_->actor,
                     .order = static_cast<std::uint32_t>(events_.size()),
                     .run = std::move(run)});
}

void Story::set_stage(std::int64_t day, std::string_view stage) {
  add(day, [c = customer_, stage](Write& write) {
    change(write, "company", c->company, Fields().text("stage", stage));
  });
}

void Story::plan_people(std::int64_t start) {
  const Firm& firm = customer_->firm;
  const std::int64_t count = firm.employees < 6 ? 1 : random_.skewed(1, 4);
  for (int i = 0; i < count; ++i) {
    const PersonWords words = i == 0 && firm.employees < 8 ? firm.president : pick_person(random_);
    customer_->names.push_back(words);
    Fields fields = person_fields(firm, words, i, number_ * 7 + i, random_);
    const bool card = random_.chance(60);
    const std::int64_t day = i == 0 ? start : start + random_.between(5, 300);
    const std::string received = date(day);
    add(day, [c = customer_, fields, card, received](Write& write) mutable {
      fields.link("company", c->company);
      const meta::Values values = fields.values();
      const Id id = create(write, "person", std::move(fields), c->seller);
      c->people.push_back(id);
      if (!card) return;
      Fields shown;
      shown.link("person", id)
          .link("company", c->company)
          .text("company_name", c->firm.name)
          .text("received_on", received);
      for (const char* key :
           {"name", "name_kana", "department", "job_title", "email", "phone", "mobile"})
        shown.text(key, meta::text_of(meta::get(values, key)));
      create(write, "business_card", std::move(shown), c->seller);
    });
  }
}

void Story::plan_facts(std::int64_t start) {
  const Firm& firm = customer_->firm;
  if (firm.employees >= 40) {
    const std::string unit(firm.trade->unit);
    add(start + 2, [c = customer_, unit](Write& write) {
      int position = 0;
      const auto department = [&](std::string_view name, Id parent) {
        return create(write, "department",
                      Fields()
                          .text("name", name)
                          .link("company", c->company)
                          .link("parent", parent)
                          .number("position", ++position),
                      c->seller);
      };
      const Id head = department("本社", 0);
      department("総務部", head);
      const Id own = department(unit, head);
      if (c->firm.employees >= 120) department("営業部", head);
      if (c->firm.employees >= 200) department(unit + "第二グループ", own);
      change(write, "person", c->person(0), Fields().link("department_unit", own));
    });
  }
  if (random_.chance(55)) {
    std::int64_t sales =
        firm.employees * random_.between(6'000'000, 26'000'000) / 1'000'000 * 1'000'000;
    const std::int64_t growth = random_.between(-6, 14);
    std::vector<Fields> years;
    for (int year = world_.today.year - 3; year < world_.today.year; ++year) {
      Fields fields;
      const std::int64_t profit =
          sales * random_.between(2, 5) / 100 +
          (growth > 4 ? (year - world_.today.year + 4) * sales * 3 / 100 : 0);
      fields.number("year", year)
          .number("sales", sales)
          .number("operating_profit", profit)
          .number("ordinary_profit", profit * 97 / 100);
      fields.number("net_profit", profit * 66 / 100)
          .number("total_assets", sales * 8 / 10)
          .number("equity", sales * 3 / 10)
          .number("employees", firm.employees);
      fields.text("source", "決算公告");
      years.push_back(fields);
      sales += sales * (growth + random_.between(-2, 2)) / 100;
    }
    add(start + 6, [c = customer_, years](Write& write) {
      for (const Fields& fields : years)
        create(write, "financial_year", Fields(fields).link("company", c->company), c->seller);
    });
  }
  if (random_.chance(45)) {
    std::int64_t score = random_.between(42, 62);
    for (std::int64_t day = start + 10; day < 0; day += 365) {
      Fields fields;
      fields.number("score", score)
          .text("rated_on", date(day))
          .text("source", "見本信用調査")
          .number("credit_limit", score * 100'000);
      add(day, [c = customer_, fields](Write& write) {
        create(write, "credit_rating", Fields(fields).link("company", c->company), c->seller);
      });
      score += random_.between(-2, 3);
    }
  }
  if (random_.chance(10)) {
    static constexpr std::string_view kPlans[] = {"第二工場の増設", "倉庫の自動化", "本社の移転",
                                                  "受発注システムの入れ替え", "新店舗の出店"};
    const std::int64_t day = random_.between(start + 20, 200);
    Fields fields;
    fields.text("name", random_.pick(kPlans))
        .text("decided_on", date(day))
        .text("planned_on", date(day + 240))
        .number("amount", random_.between(5, 300) * 1'000'000)
        .text("source", "ご担当者から");
    add(day, [c = customer_, fields](Write& write) {
      create(write, "investment", Fields(fields).link("company", c->company), c->seller);
    });
  }
}

void Story::plan_talk(std::int64_t day, Moment at, const ProductWords& product,
                      const std::shared_ptr<Id>& deal) {
  const Talk& talk = pick_talk(random_, at);
  const auto who = static_cast<std::size_t>(random_.below(3));
  const bool known = !customer_->names.empty();
  const std::string name =
      known ? std::string(customer_->names[who % customer_->names.size()].family.text) : "ご担当";
  Fields fields;
  fields.text("kind", talk.kind).text("direction", talk.direction).text("subject", talk.subject);
  fields.text("content", fill_in(talk.content,
                                 {.product = product.name,
                                  .person = name,
                                  .concern = customer_->firm.trade != nullptr
                                                 ? concern(customer_->firm, random_)
                                                 : std::string_view("贈り物に使いたい")},
                                 random_));
  const Millis happened = moment(day);
  fields.number("happened_at", happened);
  if (talk.kind == "visit" || talk.kind == "meeting")
    fields.number("minutes", random_.between(2, 9) * 10);
  if (talk.kind == "event") fields.text("event_name", "オフィス・物流資材展");
  // An old promise would be an open task from years ago.
  if (day > -9 && random_.chance(45))
    fields
        .text("next_action",
              fill_in("{品}の見積を送る", {.product = product.name, .person = name, .concern = {}},
                      random_))
        .text("next_action_at", date(random_.between(-2, 9)));
  const auto run = [c = customer_, fields, who, deal](Write& write) {
    Fields full(fields);
    full.link("company", c->company).link("person", c->person(who));
    if (deal) full.link("deal", *deal);
    create(write, "activity", std::move(full), c->seller);
  };
  // A call put down before its hour would be a plan that nobody ever ticked off.
  add(day, run, happened);
}

void Story::plan_question(std::int64_t day) {
  const ProductWords& product =
      customer_->firm.trade != nullptr ? wanted_product(customer_->firm, random_) : products()[14];
  const Asked& asked = pick_question(random_);
  static constexpr std::string_view kMethods[] = {"phone", "email", "form", "chat"};
  const std::string_view method = random_.pick(kMethods);
  Fields fields;
  fields.number("received_at", moment(day))
      .text("kind", "question")
      .text("status", "open")
      .text("method", method)
      .text("subject", asked.subject);
  fields.text("content", fill_in(asked.content,
                                 {.product = product.name, .person = {}, .concern = {}}, random_));
  auto id = std::make_shared<Id>(0);
  const std::size_t index = product_index(product);
  add(day, [c = customer_, w = &world_, fields, id, index](Write& write) {
    *id = create(write, "inquiry",
                 Fields(fields)
                     .link("company", c->company)
                     .link("person", c->person(0))
                     .link("product", w->products[index]),
                 c->seller);
  });
  const Millis answered = moment(day + 1);
  add(day + 1,
      [c = customer_, id, method, answered, answer = std::string(asked.answer)](Write& write) {
        change(write, "inquiry", *id,
               Fields()
                   .text("response", answer)
                   .text("response_method", method == "form" ? "email" : method)
                   .number("responded_at", answered)
                   .link("responder", c->seller.user)
                   .text("status", "solved"));
      });
}

void Story::plan_complaint(std::int64_t day, const ProductWords& product,
                           const std::shared_ptr<Id>& order) {
  const Complaint& complaint = pick_complaint(random_);
  Fields fields;
  fields.number("received_at", moment(day))
      .text("kind", "complaint")
      .text("status", "open")
      .text("method", "phone")
      .text("severity", complaint.severity);
  fields.text("complaint_type", complaint.type)
      .text("subject", complaint.subject)
      .text("due_on", date(day + 5));
  fields.text("content", fill_in(complaint.content,
                                 {.product = product.name, .person = {}, .concern = {}}, random_));
  auto id = std::make_shared<Id>(0);
  add(day, [c = customer_, w = &world_, fields, id, order,
            index = product_index(product)](Write& write) {
    *id = create(write, "inquiry",
                 Fields(fields)
                     .link("company", c->company)
                     .link("person", c->person(0))
                     .link("order", *order)
                     .link("product", w->products[index]),
                 c->seller);
  });
  plan_talk(day + 1, Moment::trouble, product);
  const Millis answered = moment(day + 1);
  add(day + 1, [c = customer_, id, answered, answer = std::string(complaint.answer)](Write& write) {
    change(write, "inquiry", *id,
           Fields()
               .text("status", "working")
               .text("response", answer)
               .text("response_method", "visit")
               .number("responded_at", answered)
               .link("responder", c->seller.user));
  });
  add(day + random_.between(5, 14), [id, &complaint](Write& write) {
    change(write, "inquiry", *id,
           Fields()
               .text("status", "solved")
               .text("cause", complaint.cause)
               .text("countermeasure", complaint.countermeasure));
  });
}

void Story::plan_order(std::int64_t day, const ProductWords& product,
                       const std::shared_ptr<Id>& deal) {
  day = workday(day);
  struct Line {
    std::size_t product;
    std::int64_t quantity;
  };
  std::vector<Line> lines{{product_index(product), random_.skewed(product.low, product.high)}};
  for (std::int64_t more = random_.skewed(0, 3); more > 0 && customer_->firm.trade != nullptr;
       --more) {
    const ProductWords& other = wanted_product(customer_->firm, random_);
    if (std::none_of(lines.begin(), lines.end(),
                     [&](const Line& line) { return line.product == product_index(other); }))
      lines.push_back({product_index(other), random_.skewed(other.low, other.high)});
  }
  static constexpr std::string_view kChannels[] = {"sales", "phone", "email", "web"};
  Fields fields;
  fields.text("ordered_on", date(day))
      .text("status", "received")
      .text("channel", random_.pick(kChannels))
      .text("name", std::string(product.category) + "のご注文");
  const std::int64_t delivery = day + random_.between(3, 12);
  fields.text("delivery_on", date(delivery));
  auto id = std::make_shared<Id>(0);
  add(day, [c = customer_, w = &world_, fields, lines, id, deal](Write& write) {
    Fields full(fields);
    full.link("company", c->company).link("person", c->person(0));
    if (deal) full.link("deal", *deal);
    *id = create(write, "order", std::move(full), c->seller);
    int position = 0;
    for (const Line& line : lines) {
      create(write, "order_line",
             Fields()
                 .link("order", *id)
                 .link("product", w->products[line.product])
                 .number("quantity", line.quantity * meta::kDecimalScale)
                 .number("position", ++position),
             c->seller);
    }
  });
  add(delivery, [id, on = date(delivery)](Write& write) {
    change(write, "order", *id, Fields().text("status", "delivered").text("delivered_on", on));
  });
  if (random_.chance(30)) plan_talk(delivery + 2, Moment::delivered, product);
  if (random_.chance(7)) plan_complaint(delivery + random_.between(1, 6), product, id);
}

void Story::plan_contract(std::int64_t day, const ProductWords& product,
                          const std::shared_ptr<Id>& deal, bool stays) {
  const bool service = product.category == kCategories[5];
  const std::string name =
      service ? std::string(product.name) : std::string(product.category) + "の継続供給";
  const std::int64_t amount =
      service ? product.price : product.price * random_.between(product.low, product.high) * 6;
  auto before = std::make_shared<Id>(0);
  for (std::int64_t start = day; start < 0; start += 365) {
    Fields fields;
    fields.text("name", start == day ? name : name + "（更新）")
        .text("number", "C" + std::to_string(10'000 + number_) + "-" +
                            std::to_string(1 + (start - day) / 365));
    fields.text("kind", service ? "maintenance" : "subscription")
        .text("status", "active")
        .number("amount", amount)
        .text("billing_cycle", service ? "yearly" : "monthly");
    fields.text("signed_on", date(start))
        .text("starts_on", date(start + 7))
        .text("expires_on", date(start + 371))
        .text("renews_on", date(start + 372))
        .number("auto_renewal", random_.chance(40) ? 1 : 0)
        .number("notice_days", 60);
    add(start, [c = customer_, fields, deal, before, first = start == day](Write& write) {
      if (*before != 0) change(write, "contract", *before, Fields().text("status", "ended"));
      Fields full(fields);
      full.link("company", c->company).link("person", c->person(0));
      if (first && deal) full.link("deal", *deal);
      *before = create(write, "contract", std::move(full), c->seller);
    });
    if (!stays) {
      add(start + 365, [before](Write& write) {
        change(write, "contract", *before, Fields().text("status", "cancelled"));
      });
      return;
    }
  }
}

}  // namespace daifuku::crm::demo
