#include "api/calendar_feed.h"

#include <algorithm>

#include "api/record_parts.h"
#include "exchange/export_log.h"

namespace daifuku::api {

using exchange::CalendarEntry;

namespace {

// What a calendar program keeps: a quarter back, a year ahead, and no more of a kind than it can
// show.
constexpr int kDaysBack = 90;
constexpr int kDaysAhead = 365;
constexpr std::size_t kMost = 2'000;
constexpr int kPage = 200;
constexpr int kLongest = 24 * 60;
constexpr std::size_t kMostText = 2'000;  // bytes of a description; the record has the rest

// At most so many bytes, no character cut in two.
std::string shortened(std::string text) {
  if (text.size() <= kMostText) return text;
  std::size_t end = kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

std::string title_of(const Json& record, std::string_view link) {
  const Json* value = json_find(record, link);
  return value != nullptr && value->is_object() ? json_text(*value, "title") : std::string();
}

}  // namespace

// One kind of record in the calendar.
struct CalendarFeed::Kind {
  std::string_view object;
  bool auth::CalendarContent::*wanted;
  std::string_view when;
  std::string_view title;
  std::string_view text;
  std::string_view place;
  std::string_view people;  // whose it is besides the owner's
  bool customer = false;
};

const std::vector<CalendarFeed::Kind>& CalendarFeed::kinds() {
  using Content = auth::CalendarContent;
  // Activities first: a planned one has a task too, which would stand beside it.
  static const std::vector<Kind> all = {
      {"activity", &Content::activities, "happened_at", "subject", "content", "place",
       "participants"},
      {"task", &Content::tasks, "due_on", "name", "note", "", ""},
      {"company", &Content::customers, "next_action_at", "name", "next_action", "", "", true},
      {"person", &Content::customers, "next_action_at", "name", "next_action", "", "", true},
  };
  return all;
}

CalendarFeed::CalendarFeed(App& app, const auth::CalendarLinks::Reader& who, std::string site)
    : app_(app),
      content_(who.content),
      caller_{.access = *who.access, .source = records::Source::api, .language = who.user.language},
      site_(std::move(site)) {
  const std::int64_t today = days_from_date(local_date(app.clock.now()));
  from_ = date_from_days(today - kDaysBack);
  to_ = date_from_days(today + kDaysAhead);
}

std::string CalendarFeed::text(const char* ja, const char* en) const {
  return caller_.language == Language::en ? en : ja;
}

std::string CalendarFeed::read() {
  for (const Kind& kind : kinds()) {
    const meta::ObjectDef* object = caller_.access.catalog().object(kind.object);
    if (!(content_.*kind.wanted) || object == nullptr ||
        caller_.access.object(*object).read == auth::Scope::none || !may_read(*object, kind.when)) {
      continue;
    }
    const std::size_t before = entries_.size();
    collect(*object, kind);
    if (entries_.size() != before) told_.push_back(object->key);
  }
  const std::string company = app_.accounts.setting("company_name");
  return exchange::write_ics(
      text("予定", "Calendar") + (company.empty() ? std::string() : " - " + company), entries_);
}

void CalendarFeed::note() const {
  const exchange::ExportAbout about{.kind = "calendar", .format = "ics", .fields = told_};
  const Id event = exchange::note_export(app_.engine, caller_, about);
  exchange::note_export_end(app_.engine, caller_, event, about,
                            {.rows = static_cast<std::int64_t>(entries_.size())});
}

bool CalendarFeed::may_read(const meta::ObjectDef& object, std::string_view field) const {
  return caller_.access.field(object, std::string(field)) >= meta::FieldRight::read;
}

Json CalendarFeed::filter(const meta::ObjectDef& object, const Kind& kind) const {
  JsonArray whose{JsonObject{{"owner_id", JsonObject{{"eq", "me"}}}}};
  if (!kind.people.empty() && may_read(object, kind.people))
    whose.push_back(JsonObject{{kind.people, JsonObject{{"has", "me"}}}});
  JsonArray all{
      JsonObject{{"or", std::move(whose)}},
      JsonObject{{kind.when, JsonObject{{"between", JsonArray{Json(format_date(from_)),
                                                              Json(format_date(to_))}}}}}};
  if (object.key == "task" && !content_.done && may_read(object, "done"))
    all.push_back(JsonObject{{"done", JsonObject{{"eq", false}}}});
  return JsonObject{{"and", std::move(all)}};
}

void CalendarFeed::collect(const meta::ObjectDef& object, const Kind& kind) {
  records::ListQuery query{.filter = filter(object, kind), .limit = kPage};
  // The latest are kept where there are too many.
  query.sort = {"-" + std::string(kind.when)};
  // A field that the caller may not read, or sees masked, is not asked for.
  for (const std::string_view key :
       {kind.when, kind.title, kind.text, kind.place, std::string_view("done"),
        std::string_view("status"), std::string_view("minutes"), std::string_view("company"),
        std::string_view("person"), std::string_view("rule")}) {
    if (!key.empty() && object.field(key) != nullptr && may_read(object, key))
      query.fields.emplace_back(key);
  }
  const std::size_t most = entries_.size() + kMost;
  do {
    std::string out;
    const auto page = app_.engine.list_json(caller_, object, query, out);
    const Json list = parse_json(out);
    for (const Json& record : json_find(list, "items")->get_array()) {
      if (entries_.size() < most) add(object, kind, record);
    }
    query.after = page.next;
  } while (!query.after.empty() && entries_.size() < most);
}

void CalendarFeed::add(const meta::ObjectDef& object, const Kind& kind, const Json& record) {
  const std::string id = json_text(record, "id");
  if (object.key == "task" && std::ranges::find(plans_, json_text(record, "rule")) != plans_.end())
    return;
  CalendarEntry entry{
      .uid = object.key + "-" + id + "@daifuku",
      .title = shortened(json_text(record, kind.title)),
      .description = shortened(json_text(record, kind.text)),
      .category = caller_.language == Language::en ? object.label.en : object.label.ja};
  const std::string when = json_text(record, kind.when);
  if (const auto day = parse_iso_date(when)) {
    entry.day = *day;
  } else if (const auto at = parse_instant(when)) {
    entry.at = *at;
    entry.busy = true;
  } else {
    return;
  }
  if (kind.customer) {
    std::swap(entry.title, entry.description);
    const std::string name = std::exchange(entry.description, {});
    if (entry.title.empty()) entry.title = text("次の予定", "Next step");
    if (!name.empty()) entry.title += " (" + name + ")";
  } else {
    if (entry.title.empty()) entry.title = entry.category;
    std::string about = title_of(record, "company");
    if (about.empty()) about = title_of(record, "person");
    if (!about.empty()) entry.title += " (" + about + ")";
  }
  if (json_bool(record, "done")) entry.title = text("【済】", "[Done] ") + entry.title;
  if (!kind.place.empty()) entry.place = json_text(record, kind.place);
  if (const auto minutes = json_integer(record, "minutes"); minutes > 0)
    entry.minutes = static_cast<int>(std::min<std::int64_t>(minutes, kLongest));
  entry.cancelled = json_text(record, "status") == "cancelled";
  entry.updated = parse_instant(json_text(record, "updated_at")).value_or(0);
  entry.sequence = static_cast<int>(json_integer(record, "version", 1) - 1);
  if (!site_.empty()) entry.url = site_ + "/o/" + object.plural + "/" + id;
  if (object.key == "activity") plans_.push_back("planned:" + id);
  entries_.push_back(std::move(entry));
}

}  // namespace daifuku::api
