// The history of one customer as events in time: met, visited, asked, proposed to, won or lost,
// delivered to, complained, renewed. Planning draws all the words and numbers; running an event
// writes it through the engine at its day.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crm/demo/demo.h"
#include "crm/demo/make.h"
#include "crm/demo/texts.h"
#include "records/write.h"

namespace daifuku::crm::demo {

struct Event {
  Millis at = 0;
  std::size_t actor = 0;    // of Cast::sellers
  std::uint32_t order = 0;  // of planning: what is planned first happens first on its day
  std::function<void(records::Write&)> run = {};
};

// Shared by all stories; filled by the first events.
struct World {
  const Cast& cast;
  Date today;
  std::uint64_t seed = 1;
  std::vector<Id> categories = {};
  std::vector<Id> products = {};
  std::vector<Id> competitors = {};
};

Id create(records::Write& write, std::string_view object, Fields fields, const Cast::Seller& owner);
void change(records::Write& write, std::string_view object, Id id, Fields fields);

class Story {
 public:
  Story(World& world, std::vector<Event>& events, std::int64_t number);
  void plan_company();
  void plan_consumer();

 private:
  enum class Outcome { won, lost, open };
  // What later events need of earlier ones.
  struct Customer {
    Firm firm = {};
    std::size_t actor = 0;
    Cast::Seller seller = {};
    Id company = 0;
    std::vector<Id> people = {};
    std::vector<PersonWords> names = {};
    Id person(std::size_t n) const { return people.empty() ? 0 : people[n % people.size()]; }
  };
  // Not written down before `earliest`: what is told has happened by then.
  void add(std::int64_t day, std::function<void(records::Write&)> run, Millis earliest = 0);
  // Days are counted from today: -400 is over a year ago. What would happen after yesterday does
  // not happen.
  Millis moment(std::int64_t day);
  std::int64_t workday(std::int64_t day) const;  // the Friday before for a weekend
  void plan_people(std::int64_t start);
  void plan_facts(std::int64_t start);
  void plan_talk(std::int64_t day, Moment moment, const ProductWords& product,
                 const std::shared_ptr<Id>& deal = {});
  void plan_question(std::int64_t day);
  void plan_order(std::int64_t day, const ProductWords& product, const std::shared_ptr<Id>& deal);
  void plan_complaint(std::int64_t day, const ProductWords& product,
                      const std::shared_ptr<Id>& order);
  void plan_contract(std::int64_t day, const ProductWords& product, const std::shared_ptr<Id>& deal,
                     bool stays);
  // Returns the day it is decided.
  std::int64_t plan_deal(std::int64_t day, Outcome outcome);
  void plan_twin(std::int64_t day);
  void set_stage(std::int64_t day, std::string_view stage);
  std::string date(std::int64_t day) const { return format_date(days_from(world_.today, day)); }

  World& world_;
  std::vector<Event>& events_;
  std::int64_t number_;
  Random random_;
  std::shared_ptr<Customer> customer_;
};

}  // namespace daifuku::crm::demo
