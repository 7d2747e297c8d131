#include "crm/customer/brief.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "crm/behaviors.h"
#include "meta/derive.h"
#include "records/record_json.h"

namespace daifuku::crm {

using meta::ObjectDef;
using records::Caller;
using records::Engine;
using records::ListQuery;
using records::Record;

namespace {

using Keys = std::initializer_list<std::string_view>;

constexpr int kShown = 5;
constexpr std::size_t kUsualShown = 4;

std::string quoted(std::string_view text) { return boost::json::serialize(Json(text)); }

class Brief {
 public:
  Brief(Engine& engine, const Caller& caller, const ObjectDef& object, Id id,
        const std::function<std::string(Id)>& team_of)
      : engine_(engine), caller_(caller), object_(object), customer_(id), team_of_(team_of) {}

  void write(std::string& out) {
    out += "{\"last_contact\":" + last_contact();
    out += ",\"tasks\":" + list("task", of_customer(R"({"done":{"eq":false}})"), "due_on", kShown,
                                {"done", "due_on"}, {"name", "due_on", "priority"});
    const std::string grave = R"({"kind":{"in":["complaint","trouble"]}},)";
    out += ",\"complaints\":" + complaints(grave + R"({"status":{"ne":"solved"}})");
    out += ",\"past_complaints\":" + complaints(grave + R"({"status":{"eq":"solved"}})");
    out += ",\"cautions\":" + cautions();
    out += ",\"usual\":" + usual() + "}";
  }

 private:
  // The object, when he may read its records and all of these fields of them.
  const ObjectDef* readable(std::string_view key, Keys needed) const {
    const ObjectDef* object = caller_.access.catalog().object(key);
    if (object == nullptr || object->hidden ||
        caller_.access.object(*object).read == auth::Scope::none)
      return nullptr;
    const auto may_read = [&](std::string_view field) {
      return caller_.access.field(*object, field) >= meta::FieldRight::read;
    };
    return may_read(object_.key) && std::ranges::all_of(needed, may_read) ? object : nullptr;
  }

  std::string of_customer(const std::string& conditions) const {
    return R"({"and":[{")" + object_.key + R"(":{"eq":)" + quoted(encode_id(customer_)) + "}}," +
           conditions + "]}";
  }

  // A list of records of the customer, or null when a field that it needs is not his to read.
  // `shown` beyond those are left out when they are not.
  std::string list(std::string_view key, const std::string& filter, std::string sort, int limit,
                   Keys needed, Keys shown) const {
    const ObjectDef* object = readable(key, needed);
    if (object == nullptr) return "null";
    ListQuery query{.filter = parse_json(filter),
                    .sort = {std::move(sort)},
                    .limit = limit,
                    .total = ListQuery::Total::bounded};
    for (const std::string_view field : shown) {
      if (caller_.access.field(*object, field) != meta::FieldRight::none)
        query.fields.emplace_back(field);
    }
    std::string out;
    engine_.list_json(caller_, *object, query, out);
    return out;
  }

  std::string complaints(const std::string& conditions) const {
    return list("inquiry", of_customer(conditions), "-received_at", kShown,
                {"kind", "status", "received_at"},
                {"subject", "content", "received_at", "status", "severity", "solved_at"});
  }

  // Whoever visits a company meets its people.
  std::string cautions() const {
    if (object_.key != "company") return "null";
    return list("person", of_customer(R"({"dislikes":{"empty":false}})"), "-updated_at", kShown,
                {"dislikes"}, {"name", "dislikes", "department"});
  }

  // The newest of one object as a list of one; nothing when there is none.
  std::optional<Json> newest(std::string_view key, const std::string& conditions,
                             std::string_view at, Keys needed, Keys shown) const {
    const Json found =
        parse_json(list(key, of_customer(conditions), "-" + std::string(at), 1, needed, shown));
    const Json* items = json_find(found, "items");
    if (items == nullptr || items->get_array().empty()) return std::nullopt;
    return items->get_array().front();
  }

  // Of whatever department: the same that `last_contact_at` counts, so far as he may see it.
  std::string last_contact() const {
    const std::string now = quoted(format_instant(engine_.clock().now()));
    std::string kinds;
    for (const std::string_view kind : kContactKinds)
      kinds += (kinds.empty() ? "" : ",") + quoted(kind);
    const auto activity =
        newest("activity",
               R"({"happened_at":{"lte":)" + now + R"(}},{"kind":{"in":[)" + kinds +
                   R"(]}},{"or":[{"status":{"eq":"done"}},{"status":{"empty":true}}]})",
               "happened_at", {"happened_at", "kind", "status"},
               {"happened_at", "kind", "direction", "subject", "content", "person", "participants",
                "next_action", "next_action_at"});
    const auto inquiry =
        newest("inquiry", R"({"received_at":{"lte":)" + now + "}}", "received_at", {"received_at"},
               {"received_at", "kind", "subject", "content", "person"});
    const std::string called = activity ? json_text(*activity, "happened_at") : std::string();
    const std::string asked = inquiry ? json_text(*inquiry, "received_at") : std::string();
    if (!activity && !inquiry) return "null";
    const bool by_us = called >= asked;
    const Json& record = by_us ? *activity : *inquiry;
    const Json* owner = json_find(record, "owner_id");
    const auto user = owner == nullptr ? std::nullopt : decode_id(json_text(*owner, "id"));
    return R"({"object":)" + quoted(by_us ? "activity" : "inquiry") + R"(,"team":)" +
           quoted(user ? team_of_(*user) : std::string()) + R"(,"record":)" +
           boost::json::serialize(record) + "}";
  }

  // --- the usual ---

  struct Item {
    Id product = 0;
    std::string title = {};
    std::set<Id> orders = {};  // two lines of one order are bought once
    std::map<std::int64_t, int> quantities = {};
    std::string unit = {};
    std::string last_on = {};
  };

  // What was in at least two of the newest orders, the most frequent first.
  std::string usual() const {
    const ObjectDef* order = readable("order", {"ordered_on", "status"});
    const ObjectDef* line = caller_.access.catalog().object("order_line");
    if (order == nullptr || line == nullptr || line->hidden ||
        caller_.access.object(*line).read == auth::Scope::none)
      return "null";
    for (const std::string_view key : {"order", "product", "description", "quantity"}) {
      if (caller_.access.field(*line, key) < meta::FieldRight::read) return "null";
    }
    std::map<Id, std::string> days;
    const ListQuery orders{
        .filter = parse_json(
            of_customer(R"({"or":[{"status":{"ne":"cancelled"}},{"status":{"empty":true}}]})")),
        .sort = {"-ordered_on"}};
    std::string ids;
    engine_.each(caller_, *order, orders, [&](const Record& record) {
      days.emplace(record.id, record.text("ordered_on"));
      ids += (ids.empty() ? "" : ",") + quoted(encode_id(record.id));
      return days.size() < kUsualOrders;
    });
    std::vector<Item> items = days.empty() ? std::vector<Item>() : bought(*line, ids, days);
    std::erase_if(items, [](const Item& item) { return item.orders.size() < 2; });
    std::ranges::sort(items, [](const Item& a, const Item& b) {
      return std::tuple(a.orders.size(), a.last_on) > std::tuple(b.orders.size(), b.last_on);
    });
    if (items.size() > kUsualShown) items.resize(kUsualShown);
    return usual_json(*line, static_cast<std::int64_t>(days.size()), items);
  }

  std::vector<Item> bought(const ObjectDef& line, const std::string& orders,
                           const std::map<Id, std::string>& days) const {
    std::vector<Item> items;
    int seen = 0;
    const ListQuery lines{.filter = parse_json(R"({"order":{"in":[)" + orders + "]}}"),
                          .sort = {"-id"}};
    engine_.each(caller_, line, lines, [&](const Record& record) {
      const Id product = record.integer("product");
      const std::string_view title = record.text("description");
      if (product != 0 || !title.empty()) {
        auto item = std::ranges::find_if(items, [&](const Item& each) {
          return product != 0 ? each.product == product : each.product == 0 && each.title == title;
        });
        if (item == items.end())
          item = items.insert(items.end(), Item{.product = product, .title = std::string(title)});
        const Id order = record.integer("order");
        item->orders.insert(order);
        ++item->quantities[record.integer("quantity")];
        item->unit = record.text("unit");
        item->last_on = std::max(item->last_on, days.at(order));
      }
      return ++seen < kUsualLines;
    });
    return items;
  }

  std::string usual_json(const ObjectDef& line, std::int64_t orders,
                         const std::vector<Item>& items) const {
    std::vector<Id> products;
    products.reserve(items.size());
    for (const Item& item : items) products.push_back(item.product);
    std::unordered_map<Id, std::string> titles;
    if (const ObjectDef* product = caller_.access.catalog().object("product")) {
      engine_.database().read([&](store::Connection& connection) {
        titles = engine_.titles(connection, caller_, *product, products);
      });
    }
    const bool units = caller_.access.field(line, "unit") >= meta::FieldRight::read;
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("orders", orders).key("items").begin_array();
    for (const Item& item : items) {
      json.begin_object().key("product");
      const auto named = titles.find(item.product);
      if (named == titles.end()) {
        json.null();
      } else {
        json.begin_object().key("id").id(item.product).field("title", named->second).end_object();
      }
      const auto most = std::ranges::max_element(
          item.quantities, {}, [](const auto& quantity) { return quantity.second; });
      json.field("title", item.title)
          .field("times", static_cast<std::int64_t>(item.orders.size()))
          .key("quantity");
      meta::write_value(json, *line.field("quantity"), meta::Value(most->first));
      json.field("unit", units ? item.unit : std::string()).field("last_on", item.last_on);
      json.end_object();
    }
    json.end_array().end_object();
    return out;
  }

  Engine& engine_;
  const Caller& caller_;
  const ObjectDef& object_;
  Id customer_;
  const std::function<std::string(Id)>& team_of_;
};

}  // namespace

void brief_json(Engine& engine, const Caller& caller, const ObjectDef& object, Id id,
                const std::function<std::string(Id)>& team_of, std::string& out) {
  if (!engine.get(caller, object, id)) throw AppError(Status::not_found, "not_found");
  std::string text;
  Brief(engine, caller, object, id, team_of).write(text);
  out += text;
}

}  // namespace daifuku::crm
