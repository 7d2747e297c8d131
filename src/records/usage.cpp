#include "records/usage.h"

#include <algorithm>
#include <array>
#include <map>

#include "meta/kinds.h"
#include "records/plan.h"
#include "records/record_json.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::ObjectDef;

namespace {

constexpr Millis kDay = 86'400'000;
constexpr int kWeek = 7;
constexpr int kQuietAfter = 7;
constexpr int kStoppedAfter = 14;
constexpr std::int64_t kMuch = 4;  // entries in the window of who was at it
// Of one person on one road; an import of a million rows is counted no further.
constexpr std::int64_t kMostRows = 50'000;
constexpr std::int64_t kMostNotes = 20'000;  // of one object, the newest

// Roads by which a person enters. What programs write with his token is told apart: it is no sign
// that he is there.
constexpr std::array kRoads = {Source::screen, Source::sheet, Source::phone, Source::import_run,
                               Source::api};

struct Counted {
  std::int64_t made = 0;
  std::int64_t changed = 0;
  std::int64_t removed = 0;
};

struct Notes {
  std::vector<Millis> lags = {};
};

struct Person {
  EntryDays days = {};
  Id last = 0;
  bool more = false;                                                // than were counted
  std::map<std::pair<std::uint32_t, Source>, Counted> counts = {};  // of the shown days
  std::map<std::uint32_t, Notes> notes = {};
};

std::int64_t day_number(Millis at) { return days_from_date(local_date(at)); }

Id first_id(Millis at) { return (at - kIdEpoch) << 22; }

class Count {
 public:
  Count(Engine& engine, const Caller& caller) : engine_(engine), caller_(caller) {
    today_ = day_number(engine.clock().now());
    start_ = start_of_day(date_from_days(today_ - kUsageWindowDays + 1));
    shown_ = start_of_day(date_from_days(today_ - kUsageShownDays + 1));
  }

  std::int64_t today() const { return today_; }

  // The object of a row of the log, if its entries are the caller's to know of.
  const ObjectDef* seen(std::uint32_t id) const {
    const ObjectDef* object = caller_.access.catalog().by_id(id);
    return object == nullptr || caller_.access.object(*object).read == auth::Scope::none ? nullptr
                                                                                         : object;
  }

  Person person(store::Connection& connection, Id user) const {
    Person out;
    out.days.entries.resize(kUsageWindowDays);
    for (const Source road : kRoads) add_road(connection, user, road, out);
    return out;
  }

  // Of records with the time of what they tell: how much later they were written. Those that came
  // in another way than by hand say nothing, nor do plans for later.
  void add_notes(store::Connection& connection, const ObjectDef& object,
                 std::map<Id, Person>& people) const {
    const FieldDef* at = object.field(object.timeline_at);
    if (at == nullptr || at->kind != &meta::kinds::date_time || seen(object.id) == nullptr ||
        caller_.access.field(object, at->key) < meta::FieldRight::read)
      return;
    const auto scope = caller_.access.condition(object, caller_.access.object(object).read, "t");
    const std::string told = column("t", *at);
    auto rows = connection.query(
        "SELECT n.created_by, n.created_at - n.told FROM (SELECT t.id, t.created_by, "
        "t.created_at, " +
        told + " AS told FROM " + engine_.plan(object).table +
        " t WHERE {t} AND t.deleted_at IS NULL AND t.id >= ?" +
        (scope.sql.empty() ? std::string() : " AND " + scope.sql) +
        " ORDER BY t.id DESC LIMIT ?) n WHERE n.told <= n.created_at AND EXISTS (SELECT 1 FROM "
        "history h WHERE {h} AND h.record_id = n.id AND h.action = 'create' AND h.source IN "
        "('screen', 'sheet', 'phone'))");
    rows.bind(first_id(shown_));
    for (const Id bind : scope.binds) rows.bind(bind);
    rows.bind(kMostNotes);
    while (rows.step()) {
      const auto found = people.find(rows.integer(0));
      if (found != people.end()) found->second.notes[object.id].lags.push_back(rows.integer(1));
    }
  }

 private:
  void add_road(store::Connection& connection, Id user, Source road, Person& out) const {
    static const std::string day = "(h.id / 4194304 + " +
                                   std::to_string(kIdEpoch + Millis{kJapanOffsetMinutes} * 60'000) +
                                   ") / " + std::to_string(kDay);
    auto rows = connection.query(
        "SELECT n.day, n.object_id, n.action, count(*), max(n.id) FROM (SELECT h.id, " + day +
        " AS day, h.object_id, h.action FROM history h WHERE {h} AND h.actor_id = ? AND h.source = "
        "? AND h.id >= ? ORDER BY h.id DESC LIMIT ?) n GROUP BY n.day, n.object_id, n.action");
    rows.bind(user, source_name(road), first_id(start_), kMostRows);
    std::int64_t all = 0;
    while (rows.step()) {
      const std::int64_t times = rows.integer(3);
      all += times;
      const auto object = static_cast<std::uint32_t>(rows.integer(1));
      const std::string_view action = rows.text(2);
      // Files taken out, settings: no entries.
      const ObjectDef* of = seen(object);
      if (of == nullptr || action.starts_with(Write::kExport)) continue;
      // Of records that the caller sees in part it would tell how many the others are.
      if (caller_.access.object(*of).read != auth::Scope::all) continue;
      const std::int64_t ago = today_ - rows.integer(0);
      if (ago < 0 || ago >= kUsageWindowDays) continue;
      if (road != Source::api) {
        out.days.entries[static_cast<std::size_t>(kUsageWindowDays - 1 - ago)] += times;
        out.last = std::max(out.last, rows.integer(4));
      }
      if (ago >= kUsageShownDays) continue;
      Counted& counted = out.counts[{object, road}];
      (action == "create"   ? counted.made
       : action == "delete" ? counted.removed
                            : counted.changed) += times;
    }
    out.more = out.more || all >= kMostRows;
  }

  Engine& engine_;
  const Caller& caller_;
  std::int64_t today_ = 0;
  Millis start_ = 0;
  Millis shown_ = 0;
};

std::int64_t median_minutes(std::vector<Millis> lags) {
  const auto middle = lags.begin() + static_cast<std::ptrdiff_t>(lags.size() / 2);
  std::nth_element(lags.begin(), middle, lags.end());
  return *middle / 60'000;
}

void write_time(JsonWriter& json, std::string_view key, Millis at) {
  json.key(key);
  if (at == 0) {
    json.null();
  } else {
    json.string(format_instant(at));
  }
}

void write_notes(JsonWriter& json, const Count& count,
                 const std::map<std::uint32_t, Notes>& notes) {
  json.key("notes").begin_array();
  for (const auto& [object, kept] : notes) {
    json.begin_object().field("object", count.seen(object)->key).field("count", kept.lags.size());
    json.field("median_minutes", median_minutes(kept.lags)).end_object();
  }
  json.end_array();
}

void write_person(JsonWriter& json, const Count& count, const auth::User& user, Millis created_at,
                  const Person& person) {
  json.begin_object().key("user").begin_object().key("id").id(user.id);
  json.field("title", user.name).end_object();
  json.field("role", auth::role_name(user.role)).key("team_ids").begin_array();
  for (const Id team : user.teams) json.id(team);
  json.end_array();
  write_time(json, "created_at", created_at);
  write_time(json, "last_seen_at", user.last_seen_at);
  write_time(json, "last_entry_at", person.last == 0 ? 0 : id_time(person.last));
  json.field("state", use_state_name(use_state(user, person.days)))
      .field("silent_days", person.days.silent())
      .field("a_week_before", person.days.a_week_before())
      .field("bounded", person.more)
      .key("days")
      .begin_array();
  const auto& days = person.days.entries;
  for (auto day = days.end() - kUsageShownDays; day != days.end(); ++day) json.integer(*day);
  json.end_array().key("entries").begin_array();
  for (const auto& [what, counted] : person.counts) {
    json.begin_object()
        .field("object", count.seen(what.first)->key)
        .field("road", source_name(what.second));
    json.field("made", counted.made)
        .field("changed", counted.changed)
        .field("removed", counted.removed)
        .end_object();
  }
  json.end_array();
  write_notes(json, count, person.notes);
  json.end_object();
}

// The first day of the log: before it there is nothing to miss.
void write_since(JsonWriter& json, store::Connection& connection) {
  auto row = connection.query("SELECT h.id FROM history h WHERE {h} ORDER BY h.id LIMIT 1");
  write_time(json, "since", row.step() ? id_time(row.integer(0)) : 0);
}

}  // namespace

int EntryDays::silent() const {
  const auto last =
      std::find_if(entries.rbegin(), entries.rend(), [](std::int64_t each) { return each > 0; });
  return last == entries.rend() ? -1 : static_cast<int>(last - entries.rbegin());
}

std::int64_t EntryDays::a_week_before() const {
  const int quiet = silent();
  if (quiet < 0) return 0;
  const auto first =
      std::find_if(entries.begin(), entries.end(), [](std::int64_t each) { return each > 0; });
  const auto last = entries.end() - quiet;  // behind the last day with an entry
  const std::int64_t span = std::min<std::int64_t>(kUsageShownDays, last - first);
  std::int64_t sum = 0;
  for (auto day = last - span; day != last; ++day) sum += *day;
  const std::int64_t weighed = std::max<std::int64_t>(span, kWeek);
  return std::max<std::int64_t>(1, (sum * kWeek + weighed / 2) / weighed);
}

std::string_view use_state_name(UseState state) {
  static constexpr std::string_view kNames[] = {"invited", "absent", "watching", "reading",
                                                "active",  "quiet",  "stopped"};
  return kNames[static_cast<std::size_t>(state)];
}

UseState use_state(const auth::User& user, const EntryDays& days) {
  if (user.invited) return UseState::invited;
  const int silent = days.silent();
  if (silent >= 0 && silent < kQuietAfter) return UseState::active;
  if (user.role == meta::Role::viewer) return UseState::watching;
  std::int64_t sum = 0;
  for (const std::int64_t each : days.entries) sum += each;
  if (sum < kMuch) return user.last_seen_at == 0 ? UseState::absent : UseState::reading;
  return silent < kStoppedAfter ? UseState::quiet : UseState::stopped;
}

void usage_json(Engine& engine, const Caller& caller, const std::vector<auth::User>& users,
                std::string& out) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  const Count count(engine, caller);
  const std::size_t begin = out.size();
  engine.database().read([&](store::Connection& connection) {
    out.resize(begin);
    std::map<Id, Millis> created;
    {
      auto rows = connection.query("SELECT u.id, u.created_at FROM user_account u WHERE {u}");
      while (rows.step()) created[rows.integer(0)] = rows.integer(1);
    }
    std::map<Id, Person> people;
    for (const auth::User& user : users) {
      if (!user.disabled) people[user.id] = count.person(connection, user.id);
    }
    for (const ObjectDef& object : caller.access.catalog().objects())
      count.add_notes(connection, object, people);
    JsonWriter json(out);
    json.begin_object().field("today", format_date(date_from_days(count.today())));
    write_since(json, connection);
    json.key("users").begin_array();
    for (const auth::User& user : users) {
      if (!user.disabled) write_person(json, count, user, created[user.id], people.at(user.id));
    }
    json.end_array().end_object();
  });
}

}  // namespace daifuku::records
