// What is kept beside a record in the same transaction: lists, match keys, search index, timeline,
// tags, history.
#include <algorithm>

#include "base/crypto.h"
#include "meta/computed.h"
#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/engine.h"
#include "records/keys.h"
#include "records/search_index.h"
#include "records/write.h"
#include "store/schema.h"
#include "text/fold.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::ObjectDef;

void Write::write_lists(const ObjectPlan& plan, const Record* before, const Record* after) {
  static const std::vector<Id> kNone;
  for (const FieldDef* field : plan.lists) {
    const auto list_of = [&](const Record* record) -> const std::vector<Id>& {
      if (record == nullptr) return kNone;
      const auto found = record->lists.find(field->key);
      return found == record->lists.end() ? kNone : found->second;
    };
    const auto& old_list = list_of(before);
    const auto& new_list = list_of(after);
    if (old_list == new_list) continue;
    const Id id = after->id;
    tx_.query("DELETE FROM link WHERE {link} AND from_id = ? AND field = ?")
        .bind(id, field->key)
        .run();
    std::int64_t position = 0;
    for (const Id to : new_list) {
      tx_.query(
             "INSERT INTO link ({tenant_id}, from_id, field, to_id, position) VALUES ({tenant}, ?, "
             "?, ?, ?) ON CONFLICT DO NOTHING")
          .bind(id, field->key, to, ++position)
          .run();
    }
  }
}

void Write::write_keys(const ObjectPlan& plan, const Record* before, const Record* after) {
  if (plan.key_fields.empty()) return;
  const auto old_keys =
      before == nullptr ? std::vector<MatchKey>() : kept_keys(plan, before->values);
  const auto new_keys = after == nullptr ? std::vector<MatchKey>() : kept_keys(plan, after->values);
  const auto has = [](const std::vector<MatchKey>& keys, std::int64_t hash) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const MatchKey& key) { return key.hash == hash; });
  };
  DAIFUKU_CHECK(before != nullptr || after != nullptr);
  const Id id = before != nullptr ? before->id : after->id;
  for (const MatchKey& key : old_keys) {
    if (!has(new_keys, key.hash))
      tx_.query("DELETE FROM match_key WHERE {match_key} AND hash = ? AND record_id = ?")
          .bind(key.hash, id)
          .run();
  }
  for (const MatchKey& key : new_keys) {
    if (has(old_keys, key.hash)) continue;
    tx_.query(
           "INSERT INTO match_key ({tenant_id}, hash, record_id) VALUES ({tenant}, ?, ?) ON "
           "CONFLICT DO NOTHING")
        .bind(key.hash, id)
        .run();
  }
}

void Write::write_search(const ObjectPlan& plan, const Record* before, const Record* after) {
  if (plan.search.empty()) return;
  thread_local std::string old_tokens;
  thread_local std::string new_tokens;
  old_tokens.clear();
  new_tokens.clear();
  if (before != nullptr) search_tokens(plan, *before, old_tokens);
  if (after != nullptr) search_tokens(plan, *after, new_tokens);
  if (before != nullptr && after != nullptr && old_tokens == new_tokens) return;
  if (before != nullptr) store::search_delete(tx_, plan.search, before->id);
  if (after != nullptr) store::search_put(tx_, plan.search, after->id, new_tokens);
}

namespace {

struct Entry {
  std::vector<Id> customers = {};
  Millis at = 0;
  std::string kind = {};
  Id by = 0;
  bool operator==(const Entry&) const = default;
};

Entry timeline_entry(const ObjectPlan& plan, const Record* record) {
  Entry entry;
  const ObjectDef& object = plan.object;
  if (record == nullptr || object.timeline_at.empty()) return entry;
  const FieldDef* at_field = object.field(object.timeline_at);
  const meta::Value& at = record->get(object.timeline_at);
  if (meta::is_empty(at)) {
    entry.at = record->created_at;
  } else if (at_field->kind->storage == meta::Storage::integer) {
    entry.at = meta::integer_of(at);
  } else {
    const auto date = parse_iso_date(meta::text_of(at));
    // A date alone stands at noon in Japan, so that it is on its day for everybody nearby.
    entry.at = date ? start_of_day(*date) + 12 * 3'600'000LL : record->created_at;
  }
  const auto add = [&](Id id) {
    if (id != 0 &&
        std::find(entry.customers.begin(), entry.customers.end(), id) == entry.customers.end())
      entry.customers.push_back(id);
  };
  for (const std::string& link : object.customer_links) add(record->integer(link));
  for (const FieldDef* list : plan.lists) {
    const auto found = record->lists.find(list->key);
    if (list->kind != &meta::kinds::links || found == record->lists.end()) continue;
    const bool people = list->target == "person" || list->target == "company";
    if (people) {
      for (const Id id : found->second) add(id);
    }
  }
  if (const FieldDef* kind = object.field("kind"); kind != nullptr)
    entry.kind = meta::text_of(record->get("kind"));
  entry.by = record->owner;
  return entry;
}

}  // namespace

void Write::write_timeline(const ObjectPlan& plan, const Record* before, const Record* after) {
  if (plan.object.timeline_at.empty()) return;
  const Entry old_entry = timeline_entry(plan, before);
  const Entry new_entry = timeline_entry(plan, after);
  if (before != nullptr && after != nullptr && old_entry == new_entry) return;
  for (const Id customer : old_entry.customers) {
    tx_.query(
           "DELETE FROM timeline WHERE {timeline} AND customer_id = ? AND at = ? AND record_id = ?")
        .bind(customer, old_entry.at, before->id)
        .run();
  }
  for (const Id customer : new_entry.customers) {
    tx_.query(
           "INSERT INTO timeline ({tenant_id}, customer_id, at, record_id, object_id, kind, "
           "by_id) VALUES ({tenant}, ?, ?, ?, ?, ?, ?) "
           "ON CONFLICT DO NOTHING")
        .bind(customer, new_entry.at, after->id, static_cast<std::int64_t>(plan.object.id),
              new_entry.kind, new_entry.by)
        .run();
  }
}

void Write::write_tags(const ObjectPlan& plan, const Record* before, const Record* after) {
  for (const FieldDef* field : plan.stored) {
    if (field->kind != &meta::kinds::tags) continue;
    const auto items = [&](const Record* record) {
      return record == nullptr ? std::vector<std::string>()
                               : meta::split_items(record->text(field->key));
    };
    const auto old_items = items(before);
    const auto new_items = items(after);
    const auto count = [&](const std::string& name, int delta) {
      tx_.query(
             "INSERT INTO tag ({tenant_id}, object_id, field, name, count) VALUES ({tenant}, ?, ?, "
             "?, ?) "
             "ON CONFLICT ({tenant_id}, object_id, field, name) DO UPDATE SET count = tag.count + "
             "excluded.count")
          .bind(static_cast<std::int64_t>(plan.object.id), field->key, name, delta)
          .run();
    };
    for (const std::string& name : old_items) {
      if (std::find(new_items.begin(), new_items.end(), name) == new_items.end()) count(name, -1);
    }
    for (const std::string& name : new_items) {
      if (std::find(old_items.begin(), old_items.end(), name) == old_items.end()) count(name, 1);
    }
  }
}

// --- history ---

namespace {

void raw_value(JsonWriter& json, const meta::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    json.integer(*number);
  } else if (const auto* string = std::get_if<std::string>(&value)) {
    json.string(*string);
  } else {
    json.null();
  }
}

void raw_list(JsonWriter& json, const std::vector<Id>* list) {
  json.begin_array();
  if (list != nullptr) {
    for (const Id id : *list) json.integer(id);
  }
  json.end_array();
}

std::string change_text(const ObjectPlan& plan, const Record* before, const Record* after,
                        std::string_view more) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  const auto pair = [&](std::string_view key, const meta::Value& old_value,
                        const meta::Value& new_value) {
    if (old_value == new_value) return;
    json.key(key).begin_array();
    raw_value(json, old_value);
    raw_value(json, new_value);
    json.end_array();
  };
  for (const FieldDef* field : plan.stored) {
    if (meta::is_computed(*field)) continue;  // What it follows from stands there.
    pair(field->key, before == nullptr ? meta::kEmpty : before->get(field->key),
         after == nullptr ? meta::kEmpty : after->get(field->key));
  }
  for (const FieldDef* field : plan.lists) {
    const auto list_of = [&](const Record* record) -> const std::vector<Id>* {
      if (record == nullptr) return nullptr;
      const auto found = record->lists.find(field->key);
      return found == record->lists.end() || found->second.empty() ? nullptr : &found->second;
    };
    const auto* old_list = list_of(before);
    const auto* new_list = list_of(after);
    if ((old_list == nullptr && new_list == nullptr) ||
        (old_list != nullptr && new_list != nullptr && *old_list == *new_list))
      continue;
    json.key(field->key).begin_array();
    raw_list(json, old_list);
    raw_list(json, new_list);
    json.end_array();
  }
  const auto id_value = [](const Record* record, Id Record::*member) {
    return record == nullptr || record->*member == 0 ? meta::Value() : meta::Value(record->*member);
  };
  pair("owner_id", id_value(before, &Record::owner), id_value(after, &Record::owner));
  pair("team_id", id_value(before, &Record::team), id_value(after, &Record::team));
  json.end_object();
  if (!more.empty()) {
    out.pop_back();
    if (out.size() > 1) out += ',';
    out.append(more) += '}';
  }
  return out;
}

}  // namespace

std::string history_hash(std::string_view previous, std::int64_t count, Id id, Id actor,
                         std::string_view action, std::uint32_t object, Id record,
                         std::int64_t version, std::string_view salt, std::string_view changes) {
  // The payload is committed to with a salt, so that its lawful erasure leaves a chain that still
  // verifies.
  std::string committed(salt);
  committed += changes;
  std::string all(previous);
  for (const std::int64_t number :
       {count, id, actor, static_cast<std::int64_t>(object), record, version}) {
    all += '|';
    all += std::to_string(number);
  }
  all += '|';
  all += action;
  all += '|';
  all += bytes_of(sha256(committed));
  return base64url(bytes_of(sha256(all)));
}

void Write::read_head() {
  if (head_read_) return;
  head_read_ = true;
  const bool lock = tx_.dialect() == store::Dialect::postgres;
  auto row = tx_.query(
      lock ? "SELECT h.count, h.hash FROM history_head h WHERE {h} AND h.id = 1 FOR UPDATE"
           : "SELECT h.count, h.hash FROM history_head h WHERE {h} AND h.id = 1");
  if (row.step()) {
    head_count_ = row.integer(0);
    head_hash_ = row.text(1);
  }
  if (!lock) return;
  // Another program may have written last, by a clock ahead of ours: ids and the chain still rise
  // together.
  auto last = tx_.query("SELECT h.id FROM history h WHERE {h} ORDER BY h.id DESC LIMIT 1");
  if (last.step()) engine_.ids().pass(last.integer(0));
}

void Write::write_history(const ObjectPlan& plan, const Record* before, const Record* after,
                          std::string_view action, const Record& subject, std::string_view more) {
  log_change(plan, action, subject,
             action == "delete" ? "{}" : change_text(plan, before, after, more));
}

void Write::log_change(const ObjectPlan& plan, std::string_view action, const Record& subject,
                       const std::string& changes) {
  const Id id = log_row(plan.object.id, action, subject.id, subject.version, changes);
  const Event event{.sequence = id,
                    .record = subject.id,
                    .object = plan.object.id,
                    .version = subject.version,
                    .by = caller_.access.user(),
                    .action = std::string(action)};
  // An import of a million rows is not a million messages: one at its end is enough (jobs publish
  // it).
  if (caller_.source != Source::import_run && caller_.source != Source::demo) {
    tx_.on_commit([&engine = engine_, event] { engine.publish(event); });
  }
}

Id Write::log_row(std::uint32_t object, std::string_view action, Id record, std::int64_t version,
                  const std::string& changes) {
  read_head();
  // Taken inside the transaction, after the head: ids and the chain rise together.
  const Id id = engine_.ids().next();
  const std::string salt = base64url(random_bytes(12));
  head_count_ += 1;
  head_hash_ = history_hash(head_hash_, head_count_, id, caller_.access.user(), action, object,
                            record, version, salt, changes);
  head_changed_ = true;
  tx_.query(
         "INSERT INTO history ({tenant_id}, id, object_id, record_id, batch_id, actor_id, action, "
         "source, version, changes, salt, hash) "
         "VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(id, static_cast<std::int64_t>(object), record, batch_, caller_.access.user(), action,
            source_name(caller_.source), version, changes, salt, head_hash_)
      .run();
  return id;
}

void Write::note_export(const ObjectDef* object, Id event, std::string_view action,
                        const std::string& about) {
  log_row(object == nullptr ? 0 : object->id, action, event, 0, about);
}

void Write::note_file(const ObjectDef& object, const Record& record, Id file, std::string_view name,
                      bool attached) {
  std::string changes;
  JsonWriter json(changes);
  json.begin_object().key("files").begin_array();
  if (attached) json.null();
  json.begin_object().field("id", file).field("name", name).end_object();
  if (!attached) json.null();
  json.end_array().end_object();
  log_change(engine_.plan(object), "update", record, changes);
}

bool Write::keep_file(const ObjectDef& object, const Record& record, Id file, bool attached) {
  std::string name;
  {
    auto row = tx_.query(
        "SELECT f.name, f.deleted_at FROM file f WHERE {f} AND f.id = ? AND f.record_id = ?");
    row.bind(file, record.id);
    if (!row.step() || row.is_null(1) == attached) return false;
    name = row.text(0);
  }
  tx_.query("UPDATE file SET deleted_at = ? WHERE {file} AND id = ?")
      .bind(attached ? meta::Value() : meta::Value(now_), file)
      .run();
  note_file(object, record, file, name, attached);
  return true;
}

void Write::finish() {
  // Whoever caught it: a record is written whole or not at all.
  if (half_written_) throw AppError(*half_written_);
  settle_all();
  // A definition that changed since the caller's catalog was made: whoever changed it goes through
  // the records that he finds, and this one may come behind him.
  if (const auto newest = engine_.catalog(); newest.get() != &catalog()) {
    for (const auto& [object, id] : written_) {
      const ObjectDef* def = newest->by_id(object);
      if (def != nullptr && !engine_.plan(*def).formulas.empty()) refresh_formulas(*def, id);
    }
  }
  flush_maturity();
  if (!head_changed_) return;
  tx_.query(
         "INSERT INTO history_head ({tenant_id}, id, count, hash) VALUES ({tenant}, 1, ?, ?) "
         "ON CONFLICT ({tenant_id}, id) DO UPDATE SET count = excluded.count, hash = excluded.hash")
      .bind(head_count_, head_hash_)
      .run();
  head_changed_ = false;
}

}  // namespace daifuku::records
