#include "records/form_counts.h"

#include <algorithm>
#include <array>
#include <map>

namespace daifuku::records {

using meta::ObjectDef;

namespace {

constexpr std::size_t kMostItems = 200;
constexpr std::int64_t kMostTimes = 1'000;  // of one item
constexpr int kKeptDays = 400;
constexpr std::array<std::string_view, 3> kKinds = {"opened", "saved", "left"};

[[noreturn]] void invalid(std::string_view code) {
  throw AppError(Status::invalid, "invalid", {}, {{"items", std::string(code), {}}});
}

struct Item {
  std::uint32_t object = 0;
  std::string kind = {};
  std::string field = {};
  std::int64_t times = 0;
};

// Nothing when it is not the caller's to say.
std::optional<Item> item_of(const Caller& caller, const Json& json) {
  Item out{.kind = json_text(json, "kind"),
           .field = json_text(json, "field"),
           .times = json_integer(json, "count", 1)};
  if (std::ranges::find(kKinds, out.kind) == kKinds.end()) invalid("invalid_choice");
  if (out.times < 1 || out.times > kMostTimes) invalid("invalid_number");
  const ObjectDef* object = caller.access.catalog().object(json_text(json, "object"));
  if (object == nullptr || !caller.access.object(*object).create) return std::nullopt;
  out.object = object->id;
  if (out.kind != "left") {
    out.field.clear();
  } else if (!out.field.empty() &&
             caller.access.field(*object, out.field) < meta::FieldRight::write) {
    return std::nullopt;
  }
  return out;
}

std::string day_before(Millis now, int days) {
  return format_date(date_from_days(days_from_date(local_date(now)) - days));
}

struct Sums {
  std::map<std::string, std::int64_t, std::less<>> kinds = {};
  std::map<std::string, std::int64_t, std::less<>> fields = {};
};

void write_sums(JsonWriter& json, const ObjectDef& object, const Sums& sums) {
  json.begin_object().field("object", object.key);
  for (const std::string_view kind : kKinds) {
    const auto found = sums.kinds.find(kind);
    json.field(kind, found == sums.kinds.end() ? 0 : found->second);
  }
  std::vector<std::pair<std::string, std::int64_t>> fields(sums.fields.begin(), sums.fields.end());
  std::ranges::stable_sort(fields, std::greater<>(), &std::pair<std::string, std::int64_t>::second);
  json.key("fields").begin_array();
  for (const auto& [field, times] : fields)
    json.begin_object().field("field", field).field("left", times).end_object();
  json.end_array().end_object();
}

}  // namespace

void count_forms(Engine& engine, const Caller& caller, const Json& body) {
  const Json* items = json_find(body, "items");
  if (items == nullptr || !items->is_array()) invalid("required");
  if (items->get_array().size() > kMostItems) invalid("too_many_items");
  std::vector<Item> counted;
  for (const Json& json : items->get_array()) {
    if (auto item = item_of(caller, json)) counted.push_back(*std::move(item));
  }
  if (counted.empty()) return;
  const Millis now = engine.clock().now();
  engine.database().write([&](store::Transaction& tx) {
    for (const Item& item : counted) {
      tx.query(
            "INSERT INTO form_count ({tenant_id}, day, object_id, kind, field, times) VALUES "
            "({tenant}, ?, ?, ?, ?, ?) ON CONFLICT ({tenant_id}, day, object_id, kind, field) DO "
            "UPDATE SET times = form_count.times + excluded.times")
          .bind(day_before(now, 0), static_cast<std::int64_t>(item.object), item.kind, item.field,
                item.times)
          .run();
    }
    tx.query("DELETE FROM form_count WHERE {form_count} AND day < ?")
        .bind(day_before(now, kKeptDays))
        .run();
  });
}

void form_counts_json(Engine& engine, const Caller& caller, int days, std::string& out) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  std::map<std::uint32_t, Sums> sums;
  engine.database().read([&](store::Connection& connection) {
    sums.clear();
    auto rows = connection.query(
        "SELECT f.object_id, f.kind, f.field, CAST(sum(f.times) AS bigint) FROM form_count f WHERE "
        "{f} AND f.day > "
        "? GROUP BY f.object_id, f.kind, f.field");
    rows.bind(day_before(engine.clock().now(), days));
    while (rows.step()) {
      const auto id = static_cast<std::uint32_t>(rows.integer(0));
      const ObjectDef* object = caller.access.catalog().by_id(id);
      if (object == nullptr || caller.access.object(*object).read == auth::Scope::none) continue;
      sums[id].kinds[std::string(rows.text(1))] += rows.integer(3);
      std::string field(rows.text(2));
      if (rows.text(1) != "left" || field.empty()) continue;
      if (caller.access.field(*object, field) < meta::FieldRight::read) continue;
      sums[id].fields[std::move(field)] += rows.integer(3);
    }
  });
  JsonWriter json(out);
  json.begin_object().field("days", days).key("items").begin_array();
  for (const auto& [object, sum] : sums)
    write_sums(json, *caller.access.catalog().by_id(object), sum);
  json.end_array().end_object();
}

}  // namespace daifuku::records
