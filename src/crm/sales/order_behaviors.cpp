// Orders and their lines: numbers, sums, what a customer has bought so far, the delivery as a task.
#include "crm/behaviors.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace daifuku::crm {

namespace {

using records::Change;
using records::Draft;
using records::Record;
using records::Write;

// --- sums ---

// Percent by tax class.
std::int64_t tax_rate(std::string_view tax) {
  return tax == "standard" ? 10 : tax == "reduced" ? 8 : 0;
}

struct Sums {
  std::int64_t amount = 0;
  std::int64_t tax = 0;
};

// Nothing when the order has no lines: then the sum that was typed or imported stands. The tax is
// rounded once a rate, down, as an invoice has to (消費税法施行令 70 条の 10).
std::optional<Sums> sum_lines(Write& write, Id order) {
  Sums sums;
  bool lines = false;
  auto rows = write.tx().query(
      "SELECT coalesce(t.tax, ''), CAST(coalesce(sum(t.amount), 0) AS BIGINT) FROM " +
      table_of(write, "order_line") +
      " t WHERE {t} AND t.order_ = ? AND t.deleted_at IS NULL GROUP BY coalesce(t.tax, '')");
  rows.bind(order);
  while (rows.step()) {
    lines = true;
    sums.amount += rows.integer(1);
    sums.tax += rows.integer(1) * tax_rate(rows.text(0)) / 100;
  }
  return lines ? std::optional(sums) : std::nullopt;
}

meta::Values sum_values(const Sums& sums) {
  return {{"amount", sums.amount}, {"tax_amount", sums.tax}, {"total", sums.amount + sums.tax}};
}

// --- order ---

bool counts(const Record* order) {
  return order != nullptr && order->text("status") != "cancelled";
}

std::int64_t trailing_number(std::string_view text, std::size_t from) {
  std::int64_t number = 0;
  text.remove_prefix(std::min(from, text.size()));
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// R202604-000001: by month, so that a number tells when it was; the width keeps text order the
// order of numbers.
std::string next_number(Write& write, std::string_view ordered_on) {
  constexpr std::size_t kDigits = 6;
  const std::string month =
      std::string(ordered_on.substr(0, 4)) + std::string(ordered_on.substr(5, 2));
  const std::string start = "R" + month + "-";
  std::int64_t last = 0;
  // Trashed orders keep their numbers. Two queries, as the live and the trashed rows have an index
  // each.
  for (const char* rows : {"IS NULL", "IS NOT NULL"}) {
    // '.' is the character after '-': the range holds all numbers of the month.
    auto row =
        write.tx().query("SELECT t.number FROM " + table_of(write, "order") +
                         " t WHERE {t} AND t.number >= ? AND t.number < ? AND t.deleted_at " +
                         rows + " ORDER BY t.number DESC LIMIT 1");
    row.bind(start, "R" + month + ".");
    if (row.step()) last = std::max(last, trailing_number(row.text(0), start.size()));
  }
  std::string digits = std::to_string(last + 1);
  if (digits.size() < kDigits) digits.insert(0, kDigits - digits.size(), '0');
  return start + digits;
}

void prepare_order(Change& change) {
  Record& order = *change.after;
  fill_company(change);
  if (order.text("number").empty() && order.text("ordered_on").size() == 10) {
    set_text(order, "number", next_number(change.write, order.text("ordered_on")));
  }
  const bool typed =
      change.changed("amount") || change.changed("tax_amount") || change.changed("total");
  if (!change.created() && typed) {
    // Lines say what was bought; a sum typed beside them does not count.
    if (const auto sums = sum_lines(change.write, order.id)) {
      for (auto& [key, value] : sum_values(*sums)) order.values.insert_or_assign(key, value);
    }
  }
  const bool parts = change.changed("amount") || change.changed("tax_amount");
  if (parts && !change.changed("total") && !meta::is_empty(order.get("amount"))) {
    set_integer(order, "total", order.integer("amount") + order.integer("tax_amount"));
  }
  if (change.changed("status") && order.text("status") == "delivered" &&
      order.text("delivered_on").empty()) {
    set_text(order, "delivered_on", change.write.today());
  }
}

struct Purchases {
  std::int64_t count = 0;
  std::int64_t total = 0;
  std::string first = {};
  std::string last = {};
};

Purchases recount_purchases(Write& write, const Customer& customer) {
  Purchases found;
  auto row = write.tx().query(
      "SELECT count(*), CAST(coalesce(sum(t.total), 0) AS BIGINT), coalesce(min(t.ordered_on), "
      "''), "
      "coalesce(max(t.ordered_on), '') FROM " +
      table_of(write, "order") + " t WHERE {t} AND t.\"" + std::string(customer.object) +
      "\" = ? AND t.deleted_at IS NULL AND t.status <> 'cancelled'");
  row.bind(customer.id);
  if (row.step()) {
    found.count = row.integer(0);
    found.total = row.integer(1);
    found.first = row.text(2);
    found.last = row.text(3);
  }
  return found;
}

void store_purchases(Write& write, const Customer& customer, const Purchases& purchases) {
  const auto text = [](const std::string& date) {
    return date.empty() ? meta::Value() : meta::Value(date);
  };
  meta::Value average;
  meta::Value interval;
  if (purchases.count > 0) average = purchases.total / purchases.count;
  const auto first = parse_iso_date(purchases.first);
  const auto last = parse_iso_date(purchases.last);
  if (purchases.count > 1 && first && last) {
    interval = (days_from_date(*last) - days_from_date(*first)) / (purchases.count - 1);
  }
  write.set_derived(customer.object, customer.id,
                    {{"order_count", purchases.count},
                     {"order_total", purchases.total},
                     {"first_order_on", text(purchases.first)},
                     {"last_order_on", text(purchases.last)},
                     {"average_order", average},
                     {"order_interval_days", interval}});
}

// A new order only adds: counting all orders again would make the import of a large customer's
// history quadratic.
void add_purchase(Write& write, const Customer& customer, const Record& order) {
  const auto record = write.load(*write.catalog().object(customer.object), customer.id);
  if (!record) return;
  Purchases purchases{.count = record->integer("order_count") + 1,
                      .total = record->integer("order_total") + order.integer("total"),
                      .first = std::string(record->text("first_order_on")),
                      .last = std::string(record->text("last_order_on"))};
  const std::string day(order.text("ordered_on"));
  if (purchases.first.empty() || day < purchases.first) purchases.first = day;
  if (day > purchases.last) purchases.last = day;
  store_purchases(write, customer, purchases);
}

void follow_order(Change& change) {
  if (!counts(change.before) && !counts(change.after)) return;
  const bool same = counts(change.before) && counts(change.after) && !change.changed("company") &&
                    !change.changed("person") && !change.changed("ordered_on") &&
                    !change.changed("total");
  if (same) return;
  for (const Customer& customer : customers_of(change)) {
    if (change.created()) {
      add_purchase(change.write, customer, *change.after);
    } else {
      Write& write = change.write;
      write.settle(settle_key("purchases", customer), [&write, customer] {
        store_purchases(write, customer, recount_purchases(write, customer));
      });
    }
    const bool bought = counts(change.after) && change.new_integer(customer.object) == customer.id;
    if (bought) {
      advance_stage(change.write, customer, "customer",
                    {"potential", "prospect", "negotiating", "dormant"});
    }
  }
}

void follow_delivery(Change& change) {
  constexpr int kDaysBefore = 3;
  const Record& order = change.removed() ? *change.before : *change.after;
  const std::string rule = rule_name("delivery", order.id);
  const bool waits = !change.removed() &&
                     (order.text("status") == "received" || order.text("status") == "preparing");
  const std::string due =
      waits ? shift_date(order.text("delivery_on"), -kDaysBefore) : std::string();
  if (due.empty()) {
    if (!change.created()) keep_follow_up(change.write, rule, std::nullopt);
    return;
  }
  FollowUp wanted{.name = "納品の確認: " + std::string(order.text("number")), .due_on = due};
  wanted.counted_back = true;
  wanted.owner = order.owner;
  wanted.company = order.integer("company");
  wanted.person = order.integer("person");
  wanted.order = order.id;
  keep_follow_up(change.write, rule, wanted);
}

// --- order line ---

void prepare_line(Change& change) {
  Record& line = *change.after;
  if (change.changed("product") && line.integer("product") != 0) {
    const auto product =
        change.write.load(*change.write.catalog().object("product"), line.integer("product"));
    if (product) {
      if (line.text("description").empty())
        set_text(line, "description", std::string(product->text("name")));
      if (line.text("unit").empty()) set_text(line, "unit", std::string(product->text("unit")));
      if (meta::is_empty(line.get("unit_price")))
        line.values.insert_or_assign("unit_price", product->get("unit_price"));
      // The default of the field is no wish of the user; the product knows.
      const bool asked = !change.created() && change.changed("tax");
      if (!asked && !product->text("tax").empty())
        set_text(line, "tax", std::string(product->text("tax")));
    }
  }
  if (meta::is_empty(line.get("unit_price"))) {
    set_integer(line, "amount", std::nullopt);
    return;
  }
  // 128 bits: quantity is scaled, and a product of two large numbers must not wrap.
  __extension__ using Wide = __int128;
  const Wide scaled = static_cast<Wide>(line.integer("quantity")) * line.integer("unit_price");
  const Wide half = (scaled < 0 ? -1 : 1) * (meta::kDecimalScale / 2);
  const Wide amount = (scaled + half) / meta::kDecimalScale;
  constexpr std::int64_t kMost = 9'007'199'254'740'991;
  if (amount > kMost || amount < -kMost) {
    change.problems.push_back({"quantity", "number_too_large", {}});
    return;
  }
  set_integer(line, "amount", static_cast<std::int64_t>(amount));
}

// When the last line is taken away nothing is bought any more.
void store_sums(Write& write, Id id, bool line_removed) {
  auto sums = sum_lines(write, id);
  if (!sums && line_removed) sums = Sums();
  if (!sums) return;
  const auto order = write.load(*write.catalog().object("order"), id);
  if (!order || order->deleted_at != 0) return;
  Draft draft;
  draft.values = sum_values(*sums);
  write.update_by_rule("order", id, std::move(draft));
}

void follow_line(Change& change) {
  const bool matters = change.removed() || change.created() || change.changed("amount") ||
                       change.changed("tax") || change.changed("order");
  if (!matters) return;
  const Id before = change.old_integer("order");
  const Id after = change.new_integer("order");
  if (before != 0 && before != after) store_sums(change.write, before, true);
  if (after != 0) store_sums(change.write, after, false);
}

}  // namespace

void register_order_behaviors(records::Registry& registry) {
  registry.before_save("order", prepare_order);
  registry.after_save("order", follow_order);
  registry.after_save("order", follow_delivery);
  registry.before_save("order_line", prepare_line);
  registry.after_save("order_line", follow_line);
}

}  // namespace daifuku::crm
