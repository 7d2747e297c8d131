#include "records/timeline.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

#include "base/time.h"
#include "meta/derive.h"
#include "records/record_json.h"
#include "records/word_search.h"
#include "text/fold.h"

namespace daifuku::records {

using auth::Scope;
using meta::FieldDef;
using meta::ObjectDef;

namespace {

// What an entry says of its record: as the record is now, and in the reader's language.
class EntryTexts {
 public:
  struct Texts {
    std::string title = {};
    std::string summary = {};
  };

  EntryTexts(Engine& engine, store::Connection& connection, const Caller& caller)
      : engine_(engine), connection_(connection), caller_(caller) {}

  // Of a record that the caller may see.
  Texts of(const ObjectDef& object, Id id) {
    Texts out;
    const Wanted& wanted = wanted_of(object);
    if (wanted.sql.empty()) return out;
    auto row = connection_.query(wanted.sql);
    row.bind(id);
    if (!row.step()) return out;
    int column = 0;
    if (wanted.title != nullptr)
      out.title = meta::value_text(*wanted.title,
                                   cell(row.statement(), column++, wanted.title->kind->storage));
    for (const FieldDef* field : wanted.summary) {
      const std::string text = meta::display_text(
          *field, cell(row.statement(), column++, field->kind->storage), caller_.language);
      if (text.empty()) continue;
      if (!out.summary.empty()) out.summary += " / ";
      out.summary += text;
    }
    constexpr std::size_t kSummaryLength = 400;
    out.summary = text::truncate(out.summary, kSummaryLength);
    return out;
  }

 private:
  struct Wanted {
    std::string sql = {};
    const FieldDef* title = nullptr;
    std::vector<const FieldDef*> summary = {};
  };

  const Wanted& wanted_of(const ObjectDef& object) {
    const auto [at, fresh] = wanted_.try_emplace(&object);
    Wanted& wanted = at->second;
    if (!fresh) return wanted;
    const auto readable = [&](const std::string& key) {
      return caller_.access.field(object, key) >= meta::FieldRight::read;
    };
    std::string columns;
    const auto add = [&](const FieldDef& field) {
      columns += (columns.empty() ? "" : ", ") + column("t", field);
    };
    if (readable(object.title)) {
      wanted.title = object.field(object.title);
      add(*wanted.title);
    }
    // One field that the caller may not read takes the whole line with it.
    if (std::ranges::all_of(object.timeline_summary, readable)) {
      for (const std::string& key : object.timeline_summary) {
        wanted.summary.push_back(object.field(key));
        add(*wanted.summary.back());
      }
    }
    if (!columns.empty())
      wanted.sql =
          "SELECT " + columns + " FROM " + engine_.plan(object).table + " t WHERE {t} AND t.id = ?";
    return wanted;
  }

  Engine& engine_;
  store::Connection& connection_;
  const Caller& caller_;
  std::unordered_map<const ObjectDef*, Wanted> wanted_;
};

struct Entry {
  Millis at = 0;
  Id record = 0;
  const ObjectDef* object = nullptr;
  std::string kind = {};
  Id by = 0;
};

// Where a walk stands: what comes next is older.
struct Place {
  Millis at = INT64_MAX;
  Id record = INT64_MAX;
};

[[noreturn]] void refuse(std::string_view field, std::string_view code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::string(field), std::string(code), {}}});
}

Place place_of(std::string_view after) {
  if (after.empty()) return {};
  const auto dot = after.find('.');
  if (dot == std::string_view::npos) refuse("after", "invalid_id");
  const auto at = decode_id(after.substr(0, dot));
  const auto record = decode_id(after.substr(dot + 1));
  if (!at || !record) refuse("after", "invalid_id");
  return {*at, *record};
}

// The first moment of a day, `days` later; nullopt when no day is asked for.
std::optional<Millis> day_of(std::string_view text, std::string_view field, int days) {
  if (text.empty()) return std::nullopt;
  const auto date = parse_iso_date(text);
  if (!date) refuse(field, "invalid_date");
  return start_of_day(date_from_days(days_from_date(*date) + days));
}

// The entries of one object as the caller may see them, and which of them the query wants.
struct Source {
  const ObjectDef* object = nullptr;
  std::string probe = {};  // whether a record is in his scope; empty: all are
  std::vector<Id> binds = {};
  bool kind_readable = false;
  bool wanted = false;
  std::vector<std::string> kinds = {};  // wanted ones; empty: all
  std::unique_ptr<WordSearch> words = nullptr;
  std::optional<std::vector<Id>> candidates = std::nullopt;
};

class Timeline {
 public:
  Timeline(Engine& engine, const Caller& caller, const TimelineQuery& query)
      : engine_(engine),
        caller_(caller),
        query_(query),
        from_(day_of(query.from, "from", 0)),
        until_(day_of(query.until, "until", 1)) {
    for (const ObjectDef& each : caller.access.catalog().objects()) {
      const Scope scope = caller.access.object(each).read;
      // Its place in the line would tell the time of an entry.
      const bool timed = each.timeline_at.empty() || readable(each, each.timeline_at);
      if (scope == Scope::none || !timed || each.hidden) continue;
      Source source{.object = &each, .kind_readable = readable(each, "kind")};
      if (scope != Scope::all) {
        auto condition = caller.access.condition(each, scope, "t");
        source.probe = "SELECT t.id FROM " + engine.plan(each).table +
                       " t WHERE {t} AND t.id = ? AND " + condition.sql;
        source.binds = std::move(condition.binds);
      }
      choose(source);
      if (source.wanted && !query.words.empty())
        source.words = std::make_unique<WordSearch>(engine, caller, each, query.words);
      sources_.push_back(std::move(source));
    }
  }

  void write(Id customer, int limit, Place place, std::string& out) {
    engine_.database().read([&](store::Connection& connection) {
      std::string text;
      JsonWriter json(text);
      json.begin_object();
      write_page(connection, customer, limit, place, json);
      if (query_.facets) write_facets(connection, customer, json);
      json.end_object();
      out += text;
    });
  }

 private:
  static constexpr int kSlice = 200;
  static constexpr std::size_t kMostCandidates = 20'000;

  bool readable(const ObjectDef& object, std::string_view key) const {
    return caller_.access.field(object, key) >= meta::FieldRight::read;
  }

  // Whether and which of an object's entries are asked for. A kind that he may not read is none.
  void choose(Source& source) const {
    source.wanted = query_.what.empty();
    bool whole = false;
    for (const std::string_view what : query_.what) {
      const auto dot = what.find('.');
      if (what.substr(0, dot) != source.object->key) continue;
      if (dot == std::string_view::npos) {
        source.wanted = whole = true;
      } else if (source.kind_readable) {
        source.wanted = true;
        source.kinds.emplace_back(what.substr(dot + 1));
      }
    }
    if (whole) source.kinds.clear();
  }

  Source* source_of(const ObjectDef* object) {
    const auto found = std::ranges::find(sources_, object, &Source::object);
    return found == sources_.end() ? nullptr : &*found;
  }

  static bool in_scope(store::Connection& connection, const Source& source, Id record) {
    if (source.probe.empty()) return true;
    auto row = connection.query(source.probe);
    row.bind(record);
    for (const Id bind : source.binds) row.bind(bind);
    return row.step();
  }

  bool wanted(store::Connection& connection, Source& source, const Entry& entry) {
    if (!source.wanted) return false;
    if (!source.kinds.empty() && std::ranges::count(source.kinds, entry.kind) == 0) return false;
    if (!query_.by.empty() && std::ranges::count(query_.by, entry.by) == 0) return false;
    if (source.words == nullptr) return in_scope(connection, source, entry.record);
    if (source.words->empty()) return false;
    if (source.candidates && !std::ranges::binary_search(*source.candidates, entry.record))
      return false;
    return source.words->verified(connection, entry.record);
  }

  // The next entries of the customer, newest first.
  std::vector<Entry> slice(store::Connection& connection, Id customer, Place place, int most,
                           bool in_period) const {
    std::string sql =
        "SELECT l.at, l.record_id, l.object_id, l.kind, l.by_id FROM timeline l "
        "WHERE {l} AND l.customer_id = ? AND (l.at < ? OR (l.at = ? AND l.record_id < ?))";
    if (in_period && from_) sql += " AND l.at >= ?";
    if (in_period && until_) sql += " AND l.at < ?";
    auto rows = connection.query(sql + " ORDER BY l.at DESC, l.record_id DESC LIMIT ?");
    rows.bind(customer, place.at, place.at, place.record);
    if (in_period && from_) rows.bind(*from_);
    if (in_period && until_) rows.bind(*until_);
    rows.bind(most);
    std::vector<Entry> out;
    while (rows.step()) {
      out.push_back(
          {.at = rows.integer(0),
           .record = rows.integer(1),
           .object = caller_.access.catalog().by_id(static_cast<std::uint32_t>(rows.integer(2))),
           .kind = std::string(rows.text(3)),
           .by = rows.integer(4)});
    }
    return out;
  }

  // Where a walk may stop: its cursor must not tell of an entry that he may not see.
  std::optional<Place> last_visible(store::Connection& connection,
                                    const std::vector<Entry>& entries) {
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      const Source* source = source_of(entry->object);
      if (source != nullptr && in_scope(connection, *source, entry->record))
        return Place{entry->at, entry->record};
    }
    return std::nullopt;
  }

  void write_page(store::Connection& connection, Id customer, int limit, Place place,
                  JsonWriter& json) {
    for (Source& source : sources_) {
      if (source.words != nullptr && !source.words->empty())
        source.candidates = source.words->all_candidates(connection, kMostCandidates);
    }
    std::vector<Entry> page;
    std::optional<Place> next;
    // Entries that are not wanted or not his to see are passed over; the walk goes on until the
    // page is full, or until it was long enough for one request.
    int walked = 0;
    for (bool more = true; more && static_cast<int>(page.size()) <= limit;) {
      std::vector<Entry> found = slice(connection, customer, place, kSlice, true);
      walked += kSlice;
      more = static_cast<int>(found.size()) == kSlice;
      if (!found.empty()) place = {found.back().at, found.back().record};
      for (Entry& entry : found) {
        Source* source = source_of(entry.object);
        if (source == nullptr || !wanted(connection, *source, entry)) continue;
        if (!source->kind_readable) entry.kind.clear();
        page.push_back(std::move(entry));
        if (static_cast<int>(page.size()) > limit) break;
      }
      if (more && walked >= kMostWalked && static_cast<int>(page.size()) <= limit) {
        next = last_visible(connection, found);
        if (next) break;
      }
    }
    if (static_cast<int>(page.size()) > limit) {
      page.pop_back();
      next = Place{page.back().at, page.back().record};
    }
    json.key("items").begin_array();
    EntryTexts texts(engine_, connection, caller_);
    for (const Entry& entry : page) write_entry(json, entry, texts);
    json.end_array().key("next");
    if (next) {
      json.string(encode_id(next->at) + "." + encode_id(next->record));
    } else {
      json.null();
    }
  }

  static void write_kind(JsonWriter& json, const std::string& kind) {
    json.key("kind");
    if (kind.empty()) {
      json.null();
    } else {
      json.string(kind);
    }
  }

  void write_entry(JsonWriter& json, const Entry& entry, EntryTexts& texts) const {
    // What has a day and no hour is told with its day alone.
    const FieldDef* at_field = entry.object->field(entry.object->timeline_at);
    const bool day_only = at_field != nullptr && at_field->kind->storage == meta::Storage::text;
    json.begin_object()
        .field("at", day_only ? format_date(local_date(entry.at)) : format_instant(entry.at))
        .field("object", entry.object->key)
        .key("id")
        .id(entry.record);
    write_kind(json, entry.kind);
    const auto [title, summary] = texts.of(*entry.object, entry.record);
    json.field("title", title).field("summary", summary).key("by");
    write_user_reference(json, engine_, entry.by);
    json.end_object();
  }

  void write_facets(store::Connection& connection, Id customer, JsonWriter& json) {
    struct Kind {
      const ObjectDef* object;
      std::string kind;
      int count;
    };
    std::vector<Kind> kinds;
    std::vector<std::pair<Id, int>> people;
    for (Entry& entry : slice(connection, customer, {}, kMostFaceted, false)) {
      Source* source = source_of(entry.object);
      if (source == nullptr || !in_scope(connection, *source, entry.record)) continue;
      if (!source->kind_readable) entry.kind.clear();
      const auto kind = std::ranges::find_if(kinds, [&](const Kind& each) {
        return each.object == entry.object && each.kind == entry.kind;
      });
      if (kind == kinds.end()) {
        kinds.push_back({entry.object, std::move(entry.kind), 1});
      } else {
        ++kind->count;
      }
      if (entry.by == 0) continue;
      const auto person = std::ranges::find(people, entry.by, &std::pair<Id, int>::first);
      if (person == people.end()) {
        people.emplace_back(entry.by, 1);
      } else {
        ++person->second;
      }
    }
    std::ranges::stable_sort(kinds, std::greater(), &Kind::count);
    std::ranges::stable_sort(people, std::greater(), &std::pair<Id, int>::second);
    json.key("facets").begin_object().key("kinds").begin_array();
    for (const Kind& each : kinds) {
      json.begin_object().field("object", each.object->key);
      write_kind(json, each.kind);
      json.field("count", each.count).end_object();
    }
    json.end_array().key("people").begin_array();
    for (const auto& [id, count] : people) {
      json.begin_object().key("id").id(id);
      json.field("title", engine_.user_name(id)).field("count", count).end_object();
    }
    json.end_array().end_object();
  }

  Engine& engine_;
  const Caller& caller_;
  const TimelineQuery& query_;
  std::optional<Millis> from_;
  std::optional<Millis> until_;
  std::vector<Source> sources_;
};

}  // namespace

void timeline_json(Engine& engine, const Caller& caller, const ObjectDef& object, Id id,
                   const TimelineQuery& query, int limit, std::string_view after,
                   std::string& out) {
  const Place place = place_of(after);
  if (!engine.get(caller, object, id)) throw AppError(Status::not_found, "not_found");
  Timeline(engine, caller, query).write(id, limit, place, out);
}

void Engine::timeline_json(const Caller& caller, const ObjectDef& object, Id id, int limit,
                           std::string_view after, const std::vector<std::string>& objects,
                           std::string& out) {
  records::timeline_json(*this, caller, object, id, {.what = objects}, limit, after, out);
}

}  // namespace daifuku::records
