#include "records/undo.h"

#include <algorithm>

#include "records/feedback.h"
#include "records/own_fields.h"
#include "records/record_json.h"
#include "records/rule_store.h"
#include "records/tidy_checks.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

namespace {

constexpr int kSlice = 200;
constexpr std::size_t kMostSkipped = 100;

meta::Value raw_to_value(const Json& json) {
  if (json.is_int64()) return json.get_int64();
  if (json.is_string()) return std::string(json.get_string());
  return {};
}

std::vector<Id> raw_to_ids(const Json& json) {
  std::vector<Id> out;
  if (!json.is_array()) return out;
  out.reserve(json.get_array().size());
  for (const Json& item : json.get_array()) out.push_back(item.get_int64());
  return out;
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

bool is_empty(const Draft& draft) {
  return draft.values.empty() && draft.lists.empty() && !draft.owner && !draft.team;
}

}  // namespace

struct Undo::Step {
  Write& write;
  const Row& row;
  const ObjectDef& object;
  const Record& now;
  UndoResult& result;
  // A record that is hidden from the caller is not named.
  bool visible = false;
  bool may_update = false;
  std::string title = {};
  // Where a record moved with a merge, from and to; it moves back with its customers whoever may
  // see it, and who may not is not told.
  const Json* moved = nullptr;
  bool told() const { return moved == nullptr || visible; }
  UndoResult::Skipped skipped(std::string_view reason) const {
    return {object.key, row.record, title, std::string(reason)};
  }
};

Undo::Undo(Engine& engine, const Caller& caller, Id batch, const UndoOptions& options)
    : engine_(engine),
      caller_(caller),
      undoer_{.access = caller.access, .source = Source::undo, .language = caller.language},
      batch_(batch),
      options_(options) {}

void Undo::skip(UndoResult& result, UndoResult::Skipped skipped) {
  if (result.skipped.size() < kMostSkipped) result.skipped.push_back(std::move(skipped));
}

UndoResult Undo::run() {
  Id before = INT64_MAX;
  for (bool more = true; more;) {
    const std::vector<Row> rows = read(before);
    if (rows.empty()) break;
    more = rows.size() == static_cast<std::size_t>(kSlice);
    before = rows.back().id;
    if (result_.batch == 0)
      result_.batch = options_.batch != 0 ? options_.batch : engine_.ids().next();
    take_back_all(rows);
    if (more && options_.progress && !options_.progress(result_)) {
      result_.stopped = true;
      break;
    }
  }
  if (rules_changed_) {
    engine_.load_rules();
    make_rule_keys(engine_);
  }
  return std::move(result_);
}

std::vector<Undo::Row> Undo::read(Id before) {
  std::vector<Row> rows;
  engine_.database().read([&](store::Connection& connection) {
    rows.clear();
    auto log = connection.query(
        "SELECT h.id, h.object_id, h.record_id, h.action, h.version, h.changes, h.actor_id FROM "
        "history h WHERE {h} AND h.batch_id = ? AND h.id < ? ORDER BY h.id DESC LIMIT ?");
    log.bind(batch_, before, kSlice);
    while (log.step()) {
      if (log.integer(6) != caller_.access.user() && !caller_.access.administers())
        throw AppError(Status::forbidden, "undo_not_yours");
      rows.push_back({.id = log.integer(0),
                      .object = static_cast<std::uint32_t>(log.integer(1)),
                      .record = log.integer(2),
                      .action = std::string(log.text(3)),
                      .version = log.integer(4),
                      .changes = parse_json(log.text(5))});
    }
  });
  return rows;
}

void Undo::take_back_all(const std::vector<Row>& rows) {
  std::span<const Row> left = rows;
  std::size_t until = left.size();
  while (!left.empty()) {
    UndoResult slice;
    std::optional<HalfDone> half_done;
    try {
      engine_.database().write([&](store::Transaction& tx) {
        half_done.reset();
        slice = take_back(tx, left.first(until), half_done);
      });
      result_ = std::move(slice);
      left = left.subspan(until);
    } catch (const AppError&) {
      if (!half_done) throw;
      // What came before it is done again by itself; then it is first, and is passed over.
      until = half_done->at;
      if (until > 0) continue;
      skip(result_, std::move(half_done->skipped));
      ++result_.seen;
      left = left.subspan(1);
    }
    until = left.size();
  }
}

UndoResult Undo::take_back(store::Transaction& tx, std::span<const Row> rows,
                           std::optional<HalfDone>& half_done) {
  UndoResult slice = result_;
  Write write(engine_, tx, undoer_, slice.batch);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const Row& row = rows[at];
    if (const auto undone = take_back_setting(write, row)) {
      const bool rule = row.object == kRuleLog;
      if (*undone) {
        ++slice.undone;
        rules_changed_ = rules_changed_ || rule;
        slice.fields_changed = slice.fields_changed || row.object == kFieldLog;
      } else {
        skip(slice, {rule ? "rule" : "setting", row.record, {}, "edited_since"});
      }
      continue;
    }
    const ObjectDef* object = caller_.access.catalog().by_id(row.object);
    if (object == nullptr) continue;
    const auto now = write.load(*object, row.record);
    if (!now) continue;
    const auto& rights = caller_.access.object(*object);
    const auto allows = [&](auth::Scope scope) {
      return caller_.access.allows(*object, scope, now->owner, now->team, now->customer_owner,
                                   now->customer_team);
    };
    Step step{.write = write,
              .row = row,
              .object = *object,
              .now = *now,
              .result = slice,
              .visible = allows(rights.read),
              .may_update = allows(rights.update),
              .moved = row.action == "update" ? json_find(row.changes, "moved") : nullptr};
    if (step.visible) step.title = readable_title(caller_, *object, *now);
    const std::int64_t logged = write.head_count_;
    try {
      if (take_back(step)) ++slice.undone;
    } catch (const AppError& error) {
      // Nearly always before anything was written. A rule that fails behind the row takes the row
      // back with it, and so the transaction: what was said to stay as it was stays.
      if (write.head_count_ != logged) {
        half_done = {at, step.skipped(error.code())};
        throw;
      }
      if (step.told()) skip(slice, step.skipped(error.code()));
    }
  }
  slice.seen += static_cast<std::int64_t>(rows.size());
  write.finish();
  return slice;
}

std::optional<bool> Undo::take_back_setting(Write& write, const Row& row) {
  switch (row.object) {
    case kRuleLog:
      return undo_rule(write, row.record, row.changes);
    case kFieldLog:
      return undo_definition(write, row.changes);
    case kFeedbackLog:
      return undo_feedback(write, row.record, row.changes);
    case kTidyLog:
      return undo_stale_days(write, row.changes);
    default:
      return std::nullopt;
  }
}

bool Undo::take_back(Step& step) {
  const std::string& action = step.row.action;
  if (action == "create") return take_back_created(step);
  if (action == "delete") return take_back_removed(step);
  if (const Json* into = json_find(step.row.changes, "merged_into"); into != nullptr)
    return take_back_merged(step, *into);
  if (action == "restore") return take_back_restored(step);
  if ((action == "update" || action == "merge") && step.row.changes.is_object())
    return take_back_changed(step);
  return false;
}

bool Undo::take_back_created(Step& step) {
  const Record& now = step.now;
  if (now.deleted_at != 0) return false;
  if (now.version != step.row.version) {
    // Edited since: the later work of others is not thrown away without a word.
    auto later = step.write.tx().query(
        "SELECT h.id FROM history h WHERE {h} AND h.record_id = ? AND h.version > ? AND "
        "h.batch_id <> ? AND h.actor_id <> ? LIMIT 1");
    later.bind(now.id, step.row.version, batch_, caller_.access.user());
    if (later.step()) {
      skip(step.result, step.skipped("edited_since"));
      return false;
    }
  }
  if (step.may_update) {
    step.write.save_removed(step.object, now.id, false);
  } else {
    step.write.remove(step.object, now.id);
  }
  return true;
}

bool Undo::take_back_removed(Step& step) {
  if (step.now.deleted_at == 0) return false;
  step.write.restore(step.object, step.now.id);
  return true;
}

bool Undo::take_back_merged(Step& step, const Json& into) {
  const auto& pair = into.get_array();
  if (pair[0].is_null())
    return step.write.undo_merge(step.object, step.now.id, pair[1].get_int64());
  const Id winner = pair[0].get_int64();
  try {
    return step.write.redo_merge(step.object, step.now.id, winner);
  } catch (const AppError& error) {
    kept_.insert_or_assign(winner, error);
    throw;
  }
}

bool Undo::take_back_restored(Step& step) {
  if (step.now.deleted_at != 0) return false;
  step.write.remove(step.object, step.now.id);
  return true;
}

void Undo::require_pair(Step& step, const ObjectDef& object, Id now, Id to) {
  // The loser is the one of the two that this batch merged into the other or brought back.
  const auto [known, unknown] = losers_.try_emplace({now, to}, false);
  if (unknown) {
    auto rows = step.write.tx().query(
        "SELECT h.changes FROM history h WHERE {h} AND h.record_id = ? AND h.batch_id = ? AND "
        "h.action IN ('merge', 'restore') ORDER BY h.id DESC");
    rows.bind(now, batch_);
    while (!known->second && rows.step()) {
      const Json changes = parse_json(rows.text(0));
      const Json* into = json_find(changes, "merged_into");
      known->second =
          into != nullptr && std::ranges::any_of(into->get_array(), [&](const Json& id) {
            return id.is_int64() && id.get_int64() == to;
          });
    }
  }
  const bool loser = known->second;
  step.write.require_merge(object, loser ? now : to, loser ? to : now);
}

bool Undo::take_back_file(Step& step, const Json& before, const Json& after) {
  if (json_find(before, "to") != nullptr) return false;  // It is told on both records.
  if (json_find(after, "from") != nullptr) {
    const auto other = step.write.load(step.object, json_integer(after, "from"));
    if (!other || other->deleted_at != 0) return false;
    require_pair(step, step.object, step.now.id, other->id);
    return step.write.undo_moved_file(step.object, step.now, *other, after);
  }
  if (!step.may_update) throw AppError(Status::forbidden, "forbidden");
  const Json& file = before.is_null() ? after : before;
  return step.write.keep_file(step.object, step.now, json_integer(file, "id"), after.is_null());
}

bool Undo::take_back_changed(Step& step) {
  const Record& now = step.now;
  const bool merged = step.row.action == "merge";
  if (now.deleted_at != 0) {
    if (step.told()) skip(step.result, step.skipped("in_trash"));
    return false;
  }
  if (merged && !step.may_update) {
    throw AppError(step.visible ? Status::forbidden : Status::not_found,
                   step.visible ? "forbidden" : "not_found");
  }
  if (const Json* from = json_find(step.row.changes, "merged_from")) {
    // It keeps what it took over from a record that does not come back.
    for (const Id loser : raw_to_ids(from->get_array()[1])) {
      const auto gone = step.write.load(step.object, loser);
      if (gone && gone->merged_into == now.id) step.write.require_merge(step.object, loser, now.id);
    }
  }
  if (const auto kept = kept_.find(now.id); kept != kept_.end() && step.moved == nullptr)
    throw AppError(kept->second);
  Draft draft;
  bool later_edit = false;
  for (const auto& member : step.row.changes.get_object()) {
    const std::string key(member.key());
    const auto& pair = member.value().get_array();
    const Json& before = pair[0];
    const Json& after = pair[1];
    if (key == "files") {
      if (take_back_file(step, before, after)) ++step.result.undone;
      continue;
    }
    if (key == "owner_id" || key == "team_id") {
      const bool owner = key == "owner_id";
      if ((owner ? now.owner : now.team) == meta::integer_of(raw_to_value(after))) {
        (owner ? draft.owner : draft.team) = meta::integer_of(raw_to_value(before));
      } else {
        later_edit = true;
      }
      continue;
    }
    const FieldDef* field = step.object.field(key);
    if (field == nullptr) continue;
    // Only what the person may change.
    if (step.moved == nullptr && !merged && !field->read_only &&
        caller_.access.field(step.object, key) < FieldRight::write)
      continue;
    if (before.is_array()) {
      const auto current = now.lists.find(key);
      if (raw_to_ids(after) == (current == now.lists.end() ? std::vector<Id>() : current->second)) {
        draft.lists[key] = raw_to_ids(before);
      } else {
        later_edit = true;
      }
      continue;
    }
    if (now.get(key) == raw_to_value(after)) {
      draft.values[key] = raw_to_value(before);
    } else if (now.get(key) != raw_to_value(before)) {
      later_edit = true;
    }
  }
  if (later_edit && step.told()) skip(step.result, step.skipped("edited_since"));
  if (is_empty(draft)) return false;
  if (step.moved != nullptr) {
    const auto& pair = step.moved->get_array();
    const Id to = pair[0].get_int64();
    const ObjectDef* target = moved_object(caller_.access.catalog(), step.object, step.row.changes);
    // Where it came from has to be back.
    if (target == nullptr || !step.write.is_alive(*target, to)) return false;
    require_pair(step, *target, pair[1].get_int64(), to);
    step.write.move_record(step.object, now.id, std::move(draft), pair[1].get_int64(), to);
  } else if (merged) {
    step.write.save_changed(step.object, now.id, std::move(draft), 0, false);
  } else {
    step.write.update(step.object, now.id, std::move(draft));
  }
  return step.told();
}

UndoResult Engine::undo(const Caller& caller, Id batch, const UndoOptions& options) {
  return Undo(*this, caller, batch, options).run();
}

}  // namespace daifuku::records
