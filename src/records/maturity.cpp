#include "records/maturity.h"

#include <algorithm>
#include <unordered_map>

#include "base/log.h"
#include "records/record_json.h"

namespace daifuku::records {

using meta::FieldRight;
using meta::ObjectDef;

namespace {

constexpr int kRecordsAtOnce = 500;
// Who sees a part of the ledger only gets numbers of his newest records up to this many.
constexpr std::int64_t kMostOfAPart = 50'000;
constexpr int kTrendDays = 366;
constexpr std::size_t kMostMasks = 2'000;

using Counted = std::unordered_map<Filled, std::int64_t>;

// Whether the item is asked for tells of its link, too.
bool may_read(const Caller& caller, const ObjectDef& object, const MaturityItem& item) {
  const auto readable = [&](const meta::FieldDef* field) {
    return !field->hidden && caller.access.field(object, field->key) >= FieldRight::read;
  };
  return (item.link == nullptr || readable(item.link)) &&
         std::ranges::all_of(item.fields, readable);
}

MaturityView view_of(const Caller& caller, const ObjectDef& object, const MaturityItems& items,
                     Millis now, bool& whole) {
  MaturityView view;
  whole = true;
  for (std::size_t i = 0; i < items.items.size(); ++i) {
    const MaturityItem& item = items.items[i];
    if (may_read(caller, object, item)) {
      view.levels[item.level - 1] |= ItemMask{1} << i;
    } else {
      whole = false;
    }
  }
  view.fresh_counts = items.contact != nullptr &&
                      caller.access.field(object, items.contact->key) >= FieldRight::read;
  whole = whole && (items.contact == nullptr || view.fresh_counts);
  view.fresh_since = contact_month(now) - kFreshMonths + 1;
  return view;
}

const MaturityItems& items_of(Engine& engine, const ObjectDef& object) {
  const MaturityItems& items = engine.plan(object).maturity;
  if (items.empty()) throw AppError(Status::not_found, "not_found");
  return items;
}

// The freshness of the contact is the item behind the last one; nullptr for every other item.
const meta::FieldDef* contact_of(const MaturityItems& items, std::size_t i) {
  return i < items.items.size() ? nullptr : items.contact;
}

std::string item_key(const MaturityItems& items, std::size_t i) {
  const meta::FieldDef* contact = contact_of(items, i);
  return contact != nullptr ? contact->key : items.items[i].key;
}

bool counts(const MaturityView& view, const MaturityItems& items, std::size_t i) {
  if (i == items.items.size()) return view.fresh_counts;
  return (view.levels[items.items[i].level - 1] >> i & 1) != 0;
}

bool lacks(const MaturityView& view, const MaturityItems& items, Filled filled, std::size_t i) {
  return i == items.items.size() ? !view.is_fresh(filled) : (filled >> i & 1) == 0;
}

int level_of(const MaturityItems& items, std::size_t i) {
  return i < items.items.size() ? items.items[i].level : 2;
}

void write_item(JsonWriter& json, const MaturityItems& items, std::size_t i) {
  const meta::FieldDef* contact = contact_of(items, i);
  json.field("key", item_key(items, i)).field("level", level_of(items, i));
  const meta::Label& label = contact != nullptr ? contact->label : items.items[i].label;
  json.key("label").begin_object().field("ja", label.ja).field("en", label.en).end_object();
  json.key("fields").begin_array();
  if (contact != nullptr) {
    json.string(contact->key);
  } else {
    for (const meta::FieldDef* field : items.items[i].fields) json.string(field->key);
  }
  json.end_array().field("fresh", contact != nullptr);
  json.field("one_is_enough", contact == nullptr && items.items[i].one_is_enough &&
                                  items.items[i].fields.size() > 1);
}

// The newest records that a part of the ledger is judged by.
std::string part_of(const ObjectPlan& plan, const auth::Access::Condition& condition) {
  return "(SELECT t.id FROM " + plan.table + " t WHERE {t} AND t.deleted_at IS NULL AND " +
         condition.sql + " ORDER BY t.updated_at DESC, t.id DESC LIMIT ?) n JOIN maturity m ON " +
         "m.id = n.id AND {m}";
}

Counted all_counted(store::Connection& connection, const ObjectDef& object) {
  Counted out;
  auto rows = connection.query(
      "SELECT m.filled, m.records FROM maturity_count m WHERE {m} AND m.object_id = ? AND "
      "m.records > 0");
  rows.bind(static_cast<std::int64_t>(object.id));
  while (rows.step()) out[rows.integer(0)] = rows.integer(1);
  return out;
}

}  // namespace

struct Maturity::Counts {
  MaturityView view = {};
  bool whole = false;  // of all records and all items
  bool all_records = false;
  bool bounded = false;
  bool counting = false;
  Counted counted = {};
};

// --- keeping ---

void close_maturity_day(Engine& engine, store::Transaction& tx, const ObjectDef& object,
                        const std::string& today) {
  {
    const std::lock_guard lock(engine.maturity_mutex_);
    const auto known = engine.maturity_days_.find(object.id);
    if (known != engine.maturity_days_.end() && known->second == today) return;
  }
  const auto object_id = static_cast<std::int64_t>(object.id);
  const MaturityItems& items = engine.plan(object).maturity;
  std::string changed_on;
  bool found = false;
  {
    auto row = tx.query("SELECT s.changed_on FROM maturity_state s WHERE {s} AND s.object_id = ?");
    row.bind(object_id);
    found = row.step();
    if (found) changed_on = std::string(row.text(0));
  }
  if (found && !changed_on.empty() && changed_on < today) {
    const auth::Access access = auth::Access::system(engine.catalog());
    const Caller system{.access = access};
    bool whole = false;
    const auto day = parse_iso_date(changed_on);
    const MaturityView view =
        view_of(system, object, items, day ? start_of_day(*day) : engine.clock().now(), whole);
    std::int64_t records = 0;
    std::int64_t levels[kMaturityLevels + 1] = {};
    std::vector<std::int64_t> missing(items.items.size() + 1);
    for (const auto& [filled, count] : all_counted(tx, object)) {
      records += count;
      levels[view.level(filled)] += count;
      for (std::size_t i = 0; i < missing.size(); ++i) {
        if (counts(view, items, i) && lacks(view, items, filled, i)) missing[i] += count;
      }
    }
    std::string summary;
    JsonWriter json(summary);
    json.begin_object().field("records", records).key("levels").begin_array();
    for (const std::int64_t level : levels) json.integer(level);
    json.end_array().key("missing").begin_object();
    for (std::size_t i = 0; i < missing.size(); ++i) {
      if (counts(view, items, i)) json.field(item_key(items, i), missing[i]);
    }
    json.end_object().end_object();
    tx.query(
          "INSERT INTO maturity_day ({tenant_id}, object_id, day, summary) VALUES ({tenant}, ?, ?, "
          "?) ON CONFLICT DO NOTHING")
        .bind(object_id, changed_on, summary)
        .run();
  }
  if (found && changed_on != today) {
    tx.query("UPDATE maturity_state SET changed_on = ? WHERE {maturity_state} AND object_id = ?")
        .bind(today, object_id)
        .run();
  } else if (!found) {
    // Not counted yet: the first record made by this program, or a ledger of an earlier one.
    tx.query(
          "INSERT INTO maturity_state ({tenant_id}, object_id, signature, counted_until, "
          "changed_on) VALUES ({tenant}, ?, 0, 0, ?) ON CONFLICT DO NOTHING")
        .bind(object_id, today)
        .run();
  }
  tx.on_commit([&engine, id = object.id, today] {
    const std::lock_guard lock(engine.maturity_mutex_);
    engine.maturity_days_[id] = today;
  });
}

void Maturity::start() {
  stop();
  stopping_ = false;
  thread_ = std::thread([this] {
    try {
      count_all();
    } catch (const std::exception& error) {
      log::error("maturity could not be counted", {{"cause", error.what()}});
    }
  });
}

void Maturity::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void Maturity::count_all() {
  const auto catalog = engine_.catalog();
  const auth::Access access = auth::Access::system(catalog);
  const Caller system{.access = access, .source = Source::rule};
  for (const ObjectDef& object : catalog->objects()) {
    const ObjectPlan& plan = engine_.plan(object);
    if (plan.maturity.empty()) continue;
    const auto object_id = static_cast<std::int64_t>(object.id);
    std::optional<Id> last = 0;
    engine_.write(system, [&](Write& write) {
      last = 0;
      std::int64_t signature = 0;
      bool found = false;
      {
        auto row = write.tx().query(
            "SELECT s.signature, s.counted_until FROM maturity_state s WHERE {s} AND s.object_id = "
            "?");
        row.bind(object_id);
        found = row.step();
        if (found) {
          signature = row.integer(0);
          if (row.is_null(1)) {
            last.reset();
          } else {
            last = row.integer(1);
          }
        }
      }
      if (found && signature == plan.maturity.signature) return;
      last = 0;
      write.tx()
          .query(
              "INSERT INTO maturity_state ({tenant_id}, object_id, signature, counted_until, "
              "changed_on) VALUES ({tenant}, ?, ?, 0, ?) ON CONFLICT ({tenant_id}, object_id) DO "
              "UPDATE SET signature = excluded.signature, counted_until = 0")
          .bind(object_id, plan.maturity.signature, write.today())
          .run();
    });
    while (last && !stopping_) {
      std::optional<Id> next;
      engine_.write(system, [&](Write& write) {
        next = last;
        std::vector<Record> records;
        {
          auto rows = write.tx().query("SELECT " + plan.select_all + " FROM " + plan.table +
                                       " t WHERE {t} AND t.deleted_at IS NULL AND t.id > ? ORDER "
                                       "BY t.id LIMIT ?");
          rows.bind(*last, kRecordsAtOnce);
          while (rows.step()) records.push_back(read_record(rows.statement(), plan));
        }
        for (Record& record : records) {
          if (!plan.lists.empty()) {
            if (auto whole = write.load(object, record.id)) record = *std::move(whole);
          }
          write.count_maturity(object, record.id, plan.maturity.of(record));
        }
        if (static_cast<int>(records.size()) < kRecordsAtOnce) {
          next.reset();
        } else {
          next = records.back().id;
        }
        write.tx()
            .query(
                "UPDATE maturity_state SET counted_until = ? WHERE {maturity_state} AND "
                "object_id = ?")
            .bind(next ? meta::Value(*next) : meta::Value(), object_id)
            .run();
      });
      last = next;
    }
  }
}

// --- answers ---

Maturity::Counts Maturity::count(const Caller& caller, const ObjectDef& object) {
  const MaturityItems& items = items_of(engine_, object);
  const auth::Scope scope = caller.access.object(object).read;
  if (scope == auth::Scope::none) throw AppError(Status::not_found, "not_found");
  Counts out;
  bool all_items = false;
  out.view = view_of(caller, object, items, engine_.clock().now(), all_items);
  out.all_records = scope == auth::Scope::all;
  out.whole = all_items && out.all_records;
  engine_.database().read([&](store::Connection& connection) {
    {
      auto row = connection.query(
          "SELECT s.counted_until, s.signature FROM maturity_state s WHERE {s} AND s.object_id = "
          "?");
      row.bind(static_cast<std::int64_t>(object.id));
      out.counting = row.step() && (!row.is_null(0) || row.integer(1) != items.signature);
    }
    if (out.all_records) {
      out.counted = all_counted(connection, object);
      return;
    }
    out.counted.clear();
    const auto condition = caller.access.condition(object, scope, "t");
    auto rows = connection.query("SELECT m.filled, count(*) FROM " +
                                 part_of(engine_.plan(object), condition) + " GROUP BY m.filled");
    for (const Id bind : condition.binds) rows.bind(bind);
    rows.bind(kMostOfAPart);
    std::int64_t sum = 0;
    while (rows.step()) sum += out.counted[rows.integer(0)] = rows.integer(1);
    out.bounded = sum >= kMostOfAPart;
  });
  return out;
}

void Maturity::ledger_json(const Caller& caller, const ObjectDef& object, std::string& out) {
  const MaturityItems& items = items_of(engine_, object);
  const Counts counts_now = count(caller, object);
  const MaturityView& view = counts_now.view;
  const std::size_t all = items.items.size() + (items.contact != nullptr ? 1 : 0);
  std::int64_t records = 0;
  std::int64_t levels[kMaturityLevels + 1] = {};
  std::int64_t one_short[kMaturityLevels] = {};
  std::vector<std::int64_t> missing(all);
  std::vector<std::int64_t> lifts(all);  // records that it alone would bring to the next level
  for (const auto& [filled, count] : counts_now.counted) {
    records += count;
    const int level = view.level(filled);
    levels[level] += count;
    const bool close = view.one_short(filled);
    if (close) one_short[level] += count;
    for (std::size_t i = 0; i < all; ++i) {
      if (!counts(view, items, i) || !lacks(view, items, filled, i)) continue;
      missing[i] += count;
      if (close && level_of(items, i) == level + 1) lifts[i] += count;
    }
  }
  std::int64_t asked = 0;
  std::int64_t lacking = 0;
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < all; ++i) {
    if (!counts(view, items, i)) continue;
    asked += records;
    lacking += missing[i];
    if (lifts[i] > 0 && (!best || lifts[i] > lifts[*best])) best = i;
  }
  JsonWriter json(out);
  json.begin_object().field("object", object.key).field("records", records);
  json.field("bounded", counts_now.bounded).field("counting", counts_now.counting);
  json.field("percent", asked == 0 ? 0 : (asked - lacking) * 100 / asked);
  json.key("levels").begin_array();
  for (int level = 0; level <= kMaturityLevels; ++level) {
    json.begin_object().field("level", level).field("records", levels[level]);
    json.field("one_short", level == kMaturityLevels ? 0 : one_short[level]);
    if (level > 0) json.field("items", view.count(level)).field("may_miss", view.allowed(level));
    json.end_object();
  }
  json.end_array().key("items").begin_array();
  for (std::size_t i = 0; i < all; ++i) {
    if (!counts(view, items, i)) continue;
    json.begin_object();
    write_item(json, items, i);
    json.field("missing", missing[i]).field("lifts", lifts[i]).end_object();
  }
  json.end_array().key("next");
  if (best) {
    json.begin_object();
    write_item(json, items, *best);
    json.field("lifts", lifts[*best]).field("missing", missing[*best]).end_object();
  } else {
    json.null();
  }
  json.key("trend").begin_array();
  // How it went is kept of the whole ledger only.
  if (counts_now.all_records) {
    const Date today = local_date(engine_.clock().now());
    const std::string since = format_date(date_from_days(days_from_date(today) - kTrendDays));
    engine_.database().read([&](store::Connection& connection) {
      auto rows = connection.query(
          "SELECT d.day, d.summary FROM maturity_day d WHERE {d} AND d.object_id = ? AND d.day >= "
          "? ORDER BY d.day");
      rows.bind(static_cast<std::int64_t>(object.id), since);
      while (rows.step()) {
        const Json summary = parse_json(rows.text(1));
        const std::int64_t then = json_integer(summary, "records");
        const Json* lacked = json_find(summary, "missing");
        std::int64_t asked_then = 0;
        std::int64_t missing_then = 0;
        for (std::size_t i = 0; i < all && lacked != nullptr; ++i) {
          const std::string key = item_key(items, i);
          if (!counts(view, items, i) || json_find(*lacked, key) == nullptr) continue;
          asked_then += then;
          missing_then += json_integer(*lacked, key);
        }
        json.begin_object().field("day", rows.text(0)).field("records", then);
        json.field("percent", asked_then == 0 ? 0 : (asked_then - missing_then) * 100 / asked_then);
        // Levels come from all items, also from those that this caller may not read.
        if (counts_now.whole) json.key("levels").value(*json_find(summary, "levels"));
        json.end_object();
      }
    });
  }
  json.end_array().end_object();
}

void Maturity::record_json(const Caller& caller, const ObjectDef& object, Id id, std::string& out) {
  const MaturityItems& items = items_of(engine_, object);
  const auto record = engine_.get(caller, object, id);
  if (!record) throw AppError(Status::not_found, "not_found");
  bool whole = false;
  const MaturityView view = view_of(caller, object, items, engine_.clock().now(), whole);
  const Filled filled = items.of(*record);
  const std::size_t all = items.items.size() + (items.contact != nullptr ? 1 : 0);
  int asked = 0;
  int there = 0;
  const int level = view.level(filled);
  JsonWriter json(out);
  json.begin_object().field("level", level).field("one_short", view.one_short(filled));
  json.field("short_by", level == kMaturityLevels
                             ? 0
                             : view.missing(filled, level + 1) - view.allowed(level + 1));
  json.key("items").begin_array();
  for (std::size_t i = 0; i < all; ++i) {
    if (!counts(view, items, i)) continue;
    const bool contact = i == items.items.size();
    if (!contact && !MaturityItems::asked(items.items[i], *record)) continue;
    const bool missing = lacks(view, items, filled, i);
    ++asked;
    if (!missing) ++there;
    json.begin_object();
    write_item(json, items, i);
    json.field("filled", !missing).end_object();
  }
  json.end_array().field("percent", asked == 0 ? 0 : there * 100 / asked).end_object();
}

namespace {

// Of the part that the caller sees, the records with one of these numbers, in their order.
std::vector<std::pair<Id, Filled>> part_with(
    Engine& engine, store::Connection& connection, const Caller& caller, const ObjectDef& object,
    const std::vector<std::pair<std::int64_t, Filled>>& masks, int limit) {
  std::unordered_map<Filled, std::size_t> order;
  for (std::size_t i = 0; i < masks.size(); ++i) order.emplace(masks[i].second, i);
  const auto condition = caller.access.condition(object, caller.access.object(object).read, "t");
  auto rows =
      connection.query("SELECT m.id, m.filled FROM " + part_of(engine.plan(object), condition));
  for (const Id bind : condition.binds) rows.bind(bind);
  rows.bind(kMostOfAPart);
  std::vector<std::pair<Id, Filled>> found;
  while (rows.step()) {
    if (order.contains(rows.integer(1))) found.emplace_back(rows.integer(0), rows.integer(1));
  }
  std::ranges::sort(found, [&](const auto& a, const auto& b) {
    return a.second != b.second ? order[a.second] < order[b.second] : a.first > b.first;
  });
  if (found.size() > static_cast<std::size_t>(limit)) found.resize(static_cast<std::size_t>(limit));
  return found;
}

}  // namespace

void Maturity::short_json(const Caller& caller, const ObjectDef& object, int level,
                          std::string_view lacks_key, int limit, std::string& out) {
  const MaturityItems& items = items_of(engine_, object);
  const Counts counts_now = count(caller, object);
  const MaturityView& view = counts_now.view;
  const std::size_t all = items.items.size() + (items.contact != nullptr ? 1 : 0);
  std::optional<std::size_t> wanted;
  for (std::size_t i = 0; i < all; ++i) {
    if (counts(view, items, i) && item_key(items, i) == lacks_key) wanted = i;
  }
  if (!lacks_key.empty() && !wanted)
    throw AppError(Status::invalid, "invalid", {}, {{"lacks", "invalid_choice", {}}});
  // Numbers that stand for such records, the most frequent first.
  std::vector<std::pair<std::int64_t, Filled>> masks;
  for (const auto& [filled, count] : counts_now.counted) {
    const int next = view.level(filled) + 1;
    if (!view.one_short(filled) || (level != 0 && next != level)) continue;
    if (wanted && (level_of(items, *wanted) != next || !lacks(view, items, filled, *wanted)))
      continue;
    masks.emplace_back(count, filled);
  }
  std::ranges::sort(masks, std::greater<>());
  if (masks.size() > kMostMasks) masks.resize(kMostMasks);
  std::vector<std::pair<Id, Filled>> found;
  engine_.database().read([&](store::Connection& connection) {
    // Who sees a part has few with each number: the ledger is not searched for them.
    found = counts_now.all_records ? std::vector<std::pair<Id, Filled>>()
                                   : part_with(engine_, connection, caller, object, masks, limit);
    for (const auto& [count, filled] : masks) {
      if (!counts_now.all_records || static_cast<int>(found.size()) >= limit) break;
      auto rows = connection.query(
          "SELECT t.id FROM maturity m JOIN " + engine_.plan(object).table +
          " t ON t.id = m.id AND {t} WHERE {m} AND m.object_id = ? AND m.filled = ? AND "
          "t.deleted_at IS NULL ORDER BY m.id DESC LIMIT ?");
      rows.bind(static_cast<std::int64_t>(object.id), filled,
                limit - static_cast<int>(found.size()));
      while (rows.step()) found.emplace_back(rows.integer(0), filled);
    }
    std::vector<Id> ids;
    ids.reserve(found.size());
    for (const auto& [id, filled] : found) ids.push_back(id);
    const auto titles = engine_.titles(connection, caller, object, ids);
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    for (const auto& [id, filled] : found) {
      const auto title = titles.find(id);
      if (title == titles.end()) continue;
      const int next = view.level(filled) + 1;
      json.begin_object().key("id").id(id);
      json.field("title", title->second).field("level", next - 1).key("lacks").begin_array();
      for (std::size_t i = 0; i < all; ++i) {
        if (!counts(view, items, i) || level_of(items, i) != next || !lacks(view, items, filled, i))
          continue;
        json.begin_object();
        write_item(json, items, i);
        json.end_object();
      }
      json.end_array().end_object();
    }
    json.end_array().end_object();
  });
}

}  // namespace daifuku::records
