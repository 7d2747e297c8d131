#include "records/engine.h"

#include <algorithm>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/own_fields.h"
#include "records/record_json.h"
#include "records/rule_store.h"
#include "records/rules.h"
#include "records/schema.h"
#include "records/search_index.h"
#include "records/tidy_checks.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

std::string_view source_name(Source source) {
  switch (source) {
    case Source::screen:
      return "screen";
    case Source::api:
      return "api";
    case Source::import_run:
      return "import";
    case Source::rule:
      return "rule";
    case Source::undo:
      return "undo";
    case Source::demo:
      return "demo";
  }
  return "api";
}

Engine::Engine(store::Database& database, const Clock& clock, IdGenerator& ids,
               const Registry& registry, UserName user_name)
    : database_(database),
      clock_(clock),
      ids_(ids),
      registry_(registry),
      user_name_(std::move(user_name)),
      row_estimate_(database, clock) {}

void Engine::load_catalog(std::vector<ObjectDef> standard_objects) {
  const std::lock_guard lock(loading_);
  const auto own = read_own_fields(database_);
  auto catalog = std::make_shared<const meta::Catalog>(std::move(standard_objects), own);
  const auto wanted = tables(*catalog);
  database_.migrate([&](store::Transaction& tx) { store::sync_schema(tx, wanted); });
  auto plans = std::make_unique<Plans>();
  if (const Plans* before = plans_.load()) *plans = *before;
  for (const ObjectDef& object : catalog->objects())
    plans->emplace(&object, std::make_shared<const ObjectPlan>(*catalog, object));
  kept_.push_back(catalog);
  plans_.store(plans.get());
  kept_plans_.push_back(std::move(plans));
  catalog_.store(std::move(catalog));
  load_rules();
}

const ObjectPlan& Engine::plan(const ObjectDef& object) const {
  const Plans* plans = plans_.load();
  const auto found = plans->find(&object);
  DAIFUKU_CHECK(found != plans->end());
  return *found->second;  // Plans are kept as long as the engine.
}

int Engine::fiscal_month() const {
  const int month = fiscal_month_ ? fiscal_month_() : 0;
  return month >= 1 && month <= 12 ? month : 4;
}

Id Engine::write(const Caller& caller, const std::function<void(Write&)>& work) {
  Id batch = 0;
  database_.write([&](store::Transaction& tx) {
    batch = ids_.next();
    Write write(*this, tx, caller, batch);
    work(write);
    write.finish();
  });
  return batch;
}

void Engine::write(const Caller& caller, Id batch, const std::function<void(Write&)>& work) {
  database_.write([&](store::Transaction& tx) {
    Write write(*this, tx, caller, batch);
    work(write);
    write.finish();
  });
}

Draft Engine::parse(const Caller& caller, const ObjectDef& object, const Json& body, bool create) {
  // Who may not write at all is told so, and not what is wrong with his input.
  const auth::ObjectRights& rights = caller.access.object(object);
  if (create ? !rights.create : rights.update == auth::Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  Draft draft;
  Problems problems;
  draft.values = meta::parse_values(object, body, caller.access.fields(object), problems);
  // Lists come as one text of ids; they are rows of the link table, not a column.
  for (const FieldDef* field : plan(object).lists) {
    const auto found = draft.values.find(field->key);
    if (found == draft.values.end()) continue;
    auto& list = draft.lists[field->key];
    for (const Id id : meta::split_ids(meta::text_of(found->second))) list.push_back(id);
    draft.values.erase(found);
  }
  const auto id_member = [&](std::string_view key, std::optional<Id>& out) {
    const Json* found = json_find(body, key);
    if (found == nullptr) return;
    const Json* text = found->is_object() ? json_find(*found, "id") : found;
    if (found->is_null()) {
      out = 0;
    } else if (text != nullptr && text->is_string()) {
      const auto id = decode_id(std::string_view(text->get_string()));
      if (id) {
        out = *id;
      } else {
        problems.push_back({std::string(key), "invalid_id", {}});
      }
    } else {
      problems.push_back({std::string(key), "invalid_id", {}});
    }
  };
  id_member("owner_id", draft.owner);
  id_member("team_id", draft.team);
  if (draft.owner && *draft.owner != 0 && user_name_(*draft.owner).empty())
    problems.push_back({"owner_id", "link_not_found", {}});
  if (draft.team && *draft.team != 0 && caller.access.role() < meta::Role::manager &&
      std::find(caller.access.teams().begin(), caller.access.teams().end(), *draft.team) ==
          caller.access.teams().end()) {
    problems.push_back({"team_id", "link_not_found", {}});
  }
  for (const FieldDef& field : object.expanded) {
    if (field.kind == &meta::kinds::user) {
      const auto found = draft.values.find(field.key);
      if (found != draft.values.end() && !meta::is_empty(found->second) &&
          user_name_(meta::integer_of(found->second)).empty()) {
        problems.push_back({field.key, "link_not_found", {}});
      }
    }
  }
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  return draft;
}

namespace {

struct LogRow {
  Id id = 0;
  std::uint32_t object = 0;
  Id record = 0;
  std::string action = {};
  std::int64_t version = 0;
  Json changes = {};
};

// A row of an undo that was written when one of its rules failed.
struct HalfDone {
  std::size_t at = 0;
  UndoResult::Skipped row = {};
};

meta::Value raw_to_value(const Json& json) {
  if (json.is_int64()) return json.get_int64();
  if (json.is_string()) return std::string(json.get_string());
  return {};
}

// A row of the log that is of no record but of a setting; nothing when it is of a record.
std::optional<bool> undo_setting(Write& write, const LogRow& row) {
  switch (row.object) {
    case kRuleLog:
      return undo_rule(write, row.record, row.changes);
    case kFieldLog:
      return undo_hidden_field(write, row.changes);
    case kTidyLog:
      return undo_stale_days(write, row.changes);
    default:
      return std::nullopt;
  }
}

// The object of the records that a moved record was moved between.
const ObjectDef* moved_object(const meta::Catalog& catalog, const ObjectDef& object,
                              const Json& changes) {
  for (const auto& member : changes.get_object()) {
    const FieldDef* field = object.field(std::string(member.key()));
    if (field != nullptr && !field->target.empty()) return catalog.object(field->target);
  }
  return nullptr;
}

std::vector<Id> raw_to_ids(const Json& json) {
  std::vector<Id> out;
  if (!json.is_array()) return out;
  out.reserve(json.get_array().size());
  for (const Json& item : json.get_array()) out.push_back(item.get_int64());
  return out;
}

}  // namespace

std::int64_t Engine::batch_size(Id batch, std::int64_t most) {
  std::int64_t count = 0;
  database_.read([&](store::Connection& c) {
    auto rows = c.query(
        "SELECT count(*) FROM (SELECT 1 FROM history h WHERE {h} AND h.batch_id = ? LIMIT ?) n");
    rows.bind(batch, most);
    if (rows.step()) count = rows.integer(0);
  });
  return count;
}

void Engine::require_own(const Caller& caller, Id batch) {
  bool known = false;
  database_.read([&](store::Connection& connection) {
    auto row = connection.query(
        "SELECT count(*), coalesce(sum(CASE WHEN h.actor_id <> ? THEN 1 ELSE 0 END), 0) FROM "
        "history h WHERE {h} AND h.batch_id = ?");
    row.bind(caller.access.user(), batch);
    known = row.step() && row.integer(0) > 0 && row.integer(1) == 0;
  });
  if (!known) throw AppError(Status::invalid, "invalid", {}, {{"change", "invalid_id", {}}});
}

UndoResult Engine::undo(const Caller& caller, Id batch, const UndoOptions& options) {
  UndoResult result;
  constexpr int kSlice = 200;
  constexpr std::size_t kMostSkipped = 100;
  // Newest change first, in slices, so that the undo of an import of a million rows lets others
  // write in between.
  Id before = INT64_MAX;
  bool rules_changed = false;
  const Caller undoer{.access = caller.access, .source = Source::undo, .language = caller.language};
  for (bool more = true; more;) {
    std::vector<LogRow> rows;
    database_.read([&](store::Connection& c) {
      auto log = c.query(
          "SELECT h.id, h.object_id, h.record_id, h.action, h.version, h.changes, h.actor_id FROM "
          "history h "
          "WHERE {h} AND h.batch_id = ? AND h.id < ? ORDER BY h.id DESC LIMIT ?");
      log.bind(batch, before, kSlice);
      while (log.step()) {
        if (log.integer(6) != caller.access.user() && !caller.access.administers())
          throw AppError(Status::forbidden, "undo_not_yours");
        rows.push_back({.id = log.integer(0),
                        .object = static_cast<std::uint32_t>(log.integer(1)),
                        .record = log.integer(2),
                        .action = std::string(log.text(3)),
                        .version = log.integer(4),
                        .changes = parse_json(log.text(5))});
      }
    });
    if (rows.empty()) break;
    more = static_cast<int>(rows.size()) == kSlice;
    before = rows.back().id;
    if (result.batch == 0) result.batch = options.batch != 0 ? options.batch : ids_.next();
    const auto take_back = [&](store::Transaction& tx, std::size_t from, std::size_t until,
                               std::optional<HalfDone>& half_done) {
      UndoResult slice = result;
      half_done.reset();
      Write write(*this, tx, undoer, result.batch);
      for (std::size_t at = from; at < until; ++at) {
        const LogRow& row = rows[at];
        const std::int64_t logged = write.head_count_;
        if (const auto undone = undo_setting(write, row)) {
          if (*undone) {
            ++slice.undone;
            rules_changed = rules_changed || row.object == kRuleLog;
            slice.fields_changed = slice.fields_changed || row.object == kFieldLog;
          } else if (slice.skipped.size() < kMostSkipped) {
            slice.skipped.push_back(
                {row.object == kRuleLog ? "rule" : "setting", row.record, {}, "edited_since"});
          }
          continue;
        }
        const ObjectDef* object = caller.access.catalog().by_id(row.object);
        if (object == nullptr) continue;
        const auto skip = [&](const std::string& title, std::string_view reason) {
          if (slice.skipped.size() < kMostSkipped)
            slice.skipped.push_back({object->key, row.record, title, std::string(reason)});
        };
        const auto now = write.load(*object, row.record);
        if (!now) continue;
        // Only what the person may change; a record that is hidden from him is not named.
        const auto& rights = caller.access.object(*object);
        const bool visible = caller.access.allows(*object, rights.read, now->owner, now->team,
                                                  now->customer_owner, now->customer_team);
        const std::string title = visible ? readable_title(caller, *object, *now) : std::string();
        // What moved with a merge moves back whoever may see it, and is not told of to who may not.
        const Json* moved = row.action == "update" ? json_find(row.changes, "moved") : nullptr;
        const bool told = moved == nullptr || visible;
        try {
          if (row.action == "create") {
            if (now->deleted_at == 0) {
              // Edited since: the later work of others is not thrown away without a word.
              if (now->version != row.version) {
                bool others = false;
                auto later = tx.query(
                    "SELECT h.id FROM history h WHERE {h} AND h.record_id = ? AND h.version > ? "
                    "AND h.batch_id <> ? AND h.actor_id <> ? LIMIT 1");
                later.bind(row.record, row.version, batch, caller.access.user());
                others = later.step();
                if (others) {
                  skip(title, "edited_since");
                  continue;
                }
              }
              if (caller.access.allows(*object, rights.update, now->owner, now->team,
                                       now->customer_owner, now->customer_team)) {
                write.save_removed(*object, row.record, false);
              } else {
                write.remove(*object, row.record);
              }
              ++slice.undone;
            }
          } else if (row.action == "delete") {
            if (now->deleted_at != 0) {
              write.restore(*object, row.record);
              ++slice.undone;
            }
          } else if (const Json* into = json_find(row.changes, "merged_into"); into != nullptr) {
            const auto& pair = into->get_array();
            const bool done = pair[0].is_null()
                                  ? write.undo_merge(*object, row.record, pair[1].get_int64())
                                  : write.redo_merge(*object, row.record, pair[0].get_int64());
            if (done) ++slice.undone;
          } else if (row.action == "restore") {
            if (now->deleted_at == 0) {
              write.remove(*object, row.record);
              ++slice.undone;
            }
          } else if ((row.action == "update" || row.action == "merge") && row.changes.is_object()) {
            const bool merged = row.action == "merge";
            if (now->deleted_at != 0) {
              if (told) skip(title, "in_trash");
              continue;
            }
            if (merged && !caller.access.allows(*object, rights.update, now->owner, now->team,
                                                now->customer_owner, now->customer_team)) {
              throw AppError(visible ? Status::forbidden : Status::not_found,
                             visible ? "forbidden" : "not_found");
            }
            Draft draft;
            bool later_edit = false;
            for (const auto& member : row.changes.get_object()) {
              const std::string key(member.key());
              const auto& pair = member.value().get_array();
              if (key == "files") {
                if (json_find(pair[0], "to") != nullptr) continue;  // It is told on both records.
                if (json_find(pair[1], "from") != nullptr) {
                  if (write.undo_moved_file(*object, *now, pair[1])) ++slice.undone;
                  continue;
                }
                if (!caller.access.allows(*object, rights.update, now->owner, now->team,
                                          now->customer_owner, now->customer_team)) {
                  throw AppError(Status::forbidden, "forbidden");
                }
                const Json& file = pair[0].is_null() ? pair[1] : pair[0];
                if (write.keep_file(*object, *now, json_integer(file, "id"), pair[1].is_null()))
                  ++slice.undone;
                continue;
              }
              if (key == "owner_id" || key == "team_id") {
                const Id current = key == "owner_id" ? now->owner : now->team;
                if (current == meta::integer_of(raw_to_value(pair[1]))) {
                  (key == "owner_id" ? draft.owner : draft.team) =
                      meta::integer_of(raw_to_value(pair[0]));
                } else {
                  later_edit = true;
                }
                continue;
              }
              const FieldDef* field = object->field(key);
              if (field == nullptr) continue;
              if (moved == nullptr && !merged &&
                  caller.access.field(*object, key) < FieldRight::write && !field->read_only)
                continue;
              if (pair[0].is_array()) {
                const auto current = now->lists.find(key);
                if (raw_to_ids(pair[1]) ==
                    (current == now->lists.end() ? std::vector<Id>() : current->second)) {
                  draft.lists[key] = raw_to_ids(pair[0]);
                } else {
                  later_edit = true;
                }
                continue;
              }
              if (now->get(key) == raw_to_value(pair[1])) {
                draft.values[key] = raw_to_value(pair[0]);
              } else if (now->get(key) != raw_to_value(pair[0])) {
                later_edit = true;
              }
            }
            if (later_edit && told) skip(title, "edited_since");
            if (!draft.values.empty() || !draft.lists.empty() || draft.owner || draft.team) {
              if (moved != nullptr) {
                const auto& pair = moved->get_array();
                const Id to = pair[0].get_int64();
                const ObjectDef* target =
                    moved_object(caller.access.catalog(), *object, row.changes);
                // Where it came from has to be back.
                if (target == nullptr || !write.is_alive(*target, to)) continue;
                write.move_record(*object, row.record, std::move(draft), pair[1].get_int64(), to);
              } else if (merged) {
                write.save_changed(*object, row.record, std::move(draft), 0, false);
              } else {
                write.update(*object, row.record, std::move(draft));
              }
              if (told) ++slice.undone;
            }
          }
        } catch (const AppError& error) {
          // Nearly always before anything was written. A rule that fails behind the row takes the
          // row back with it, and so the transaction: what was said to stay as it was stays.
          if (write.head_count_ != logged) {
            half_done = {at, {object->key, row.record, title, error.code()}};
            throw;
          }
          if (told) skip(title, error.code());
        }
      }
      slice.seen += static_cast<std::int64_t>(until - from);
      write.finish();
      return slice;
    };
    for (std::size_t from = 0, until = rows.size(); from < rows.size();) {
      UndoResult slice;
      std::optional<HalfDone> half_done;
      try {
        database_.write(
            [&](store::Transaction& tx) { slice = take_back(tx, from, until, half_done); });
        result = std::move(slice);
        from = until;
        until = rows.size();
      } catch (const AppError&) {
        if (!half_done) throw;
        // What came before it is done again by itself; then it is first, and is passed over.
        until = half_done->at;
        if (until > from) continue;
        if (result.skipped.size() < kMostSkipped)
          result.skipped.push_back(std::move(half_done->row));
        ++result.seen;
        ++from;
        until = rows.size();
      }
    }
    if (more && options.progress && !options.progress(result)) {
      result.stopped = true;
      break;
    }
  }
  if (rules_changed) {
    load_rules();
    make_rule_keys(*this);
  }
  return result;
}

Id Engine::verify_history() {
  std::string hash;
  std::int64_t count = 0;
  Id after = 0;
  Id wrong = 0;
  for (bool more = true; more && wrong == 0;) {
    more = false;
    database_.read([&](store::Connection& c) {
      auto rows = c.query(
          "SELECT h.id, h.object_id, h.record_id, h.actor_id, h.action, h.version, h.changes, "
          "h.salt, h.hash FROM history h "
          "WHERE {h} AND h.id > ? ORDER BY h.id LIMIT 5000");
      rows.bind(after);
      while (wrong == 0 && rows.step()) {
        more = true;
        after = rows.integer(0);
        ++count;
        hash = history_hash(hash, count, after, rows.integer(3), rows.text(4),
                            static_cast<std::uint32_t>(rows.integer(1)), rows.integer(2),
                            rows.integer(5), rows.text(7), rows.text(6));
        if (hash != rows.text(8)) wrong = after;
      }
    });
  }
  if (wrong != 0) return wrong;
  // The head tells of rows cut off at the end.
  database_.read([&](store::Connection& c) {
    auto head = c.query("SELECT h.count, h.hash FROM history_head h WHERE {h} AND h.id = 1");
    const bool found = head.step();
    if ((found && (head.integer(0) != count || head.text(1) != hash)) || (!found && count != 0))
      wrong = after == 0 ? 1 : after;
  });
  return wrong;
}

}  // namespace daifuku::records
