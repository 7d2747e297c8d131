// Several records that are one: they become one, in one batch of ordinary changes that undo takes
// back. The order of the changes is what undo needs, which goes through them backwards: what links
// to a record moves first, then it goes to the trash, and the winner changes last - so a unique
// value is free again before its record comes back, and the record is there before its links.
#include <algorithm>
#include <set>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "records/engine.h"
#include "records/write.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

namespace {

constexpr int kMostSteps = 100;  // of merges of merges, and up a tree

template <typename Value>
bool contains(const std::vector<Value>& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

Id follow(store::Connection& connection, const std::string& table, Id id) {
  for (int step = 0; step < kMostSteps; ++step) {
    auto row = connection.query("SELECT t.merged_into FROM " + table +
                                " t WHERE {t} AND t.id = ? AND t.merged_into IS NOT NULL");
    row.bind(id);
    if (!row.step()) break;
    id = row.integer(0);
  }
  return id;
}

bool is_list(const FieldDef& field) {
  return field.kind->comparison == meta::Comparison::items &&
         field.kind->storage == meta::Storage::text;
}

}  // namespace

Id Engine::current(const ObjectDef& object, Id id) {
  database_.read(
      [&](store::Connection& connection) { id = follow(connection, plan(object).table, id); });
  return id;
}

Id Write::current(const ObjectDef& object, Id id) {
  return follow(tx_, engine_.plan(object).table, id);
}

bool Write::is_alive(const ObjectDef& object, Id id) {
  auto row = tx_.query("SELECT t.id FROM " + engine_.plan(object).table +
                       " t WHERE {t} AND t.id = ? AND t.deleted_at IS NULL");
  row.bind(id);
  return row.step();
}

void Write::settle(const std::string& key, std::function<void()> work) {
  if (moving_) {
    unsettled_.insert_or_assign(key, std::move(work));
  } else {
    work();
  }
}

void Write::settle_all() {
  const auto works = std::exchange(unsettled_, {});
  for (const auto& [key, work] : works) work();
}

void Write::follow_links(const ObjectPlan& plan, Record& record, Id but_not) {
  const auto there = [&](const FieldDef& field, Id id) {
    const Id found = current(*catalog().object(field.target), id);
    return found == but_not ? id : found;
  };
  const auto itself = [&](const FieldDef& field, Id id) {
    return field.target == plan.object.key && id == record.id;
  };
  for (const FieldDef* field : plan.links) {
    const Id id = record.integer(field->key);
    if (id == 0) continue;
    const Id now = there(*field, id);
    if (now == id) continue;
    if (itself(*field, now)) {
      record.values.erase(field->key);
    } else {
      record.values[field->key] = now;
    }
  }
  for (const FieldDef* field : plan.lists) {
    const auto list = record.lists.find(field->key);
    if (field->kind != &meta::kinds::links || list == record.lists.end()) continue;
    std::vector<Id> kept;
    for (const Id id : list->second) {
      const Id now = there(*field, id);
      if (!contains(kept, now) && (now == id || !itself(*field, now))) kept.push_back(now);
    }
    list->second = std::move(kept);
  }
}

// --- what moves ---

void Write::move_record(const ObjectDef& object, Id id, Draft draft, Id from, Id to) {
  const ObjectPlan& plan = engine_.plan(object);
  const auto before = load(object, id);
  if (!before || before->deleted_at != 0) return;
  Record after = *before;
  apply(after, std::move(draft));
  if (before->values == after.values && before->lists == after.lists) return;
  // No rules before it: the record stays as it is, and what was wrong with it before does not hold
  // up two customers that are one.
  const Moving moving(moving_);
  Problems problems;
  Change change{
      .object = object, .before = &*before, .after = &after, .write = *this, .problems = problems};
  const Logged logged{.more =
                          "\"moved\":[" + std::to_string(from) + "," + std::to_string(to) + "]"};
  store_changed(plan, *before, after, logged, change);
}

std::size_t Write::move_links(const ObjectDef& object, Id loser, Id winner,
                              const std::vector<Id>& not_these, std::size_t most) {
  std::size_t moved = 0;
  for (const ObjectDef& other : catalog().objects()) {
    const ObjectPlan& plan = engine_.plan(other);
    std::set<Id> ids;
    const auto collect = [&](const std::string& sql, const auto&... binds) {
      auto rows = tx_.query(sql);
      rows.bind(binds..., static_cast<std::int64_t>(most + not_these.size() + 1));
      while (rows.step()) {
        if (&other != &object || !contains(not_these, Id{rows.integer(0)}))
          ids.insert(rows.integer(0));
      }
    };
    for (const FieldDef* field : plan.links) {
      if (field->target != object.key || field->read_only) continue;
      collect("SELECT t.id FROM " + plan.table + " t WHERE {t} AND t.deleted_at IS NULL AND " +
                  column("t", *field) + " = ? ORDER BY t.id LIMIT ?",
              loser);
    }
    for (const FieldDef* field : plan.lists) {
      if (field->kind != &meta::kinds::links || field->target != object.key) continue;
      collect("SELECT t.id FROM link l JOIN " + plan.table +
                  " t ON {t} AND t.id = l.from_id WHERE {l} AND l.to_id = ? AND l.field = ? AND "
                  "t.deleted_at IS NULL ORDER BY t.id LIMIT ?",
              loser, field->key);
    }
    moved += ids.size();
    if (moved > most)
      throw AppError(Status::too_large, "merge_too_large", {{"max", std::to_string(most)}});
    // Of the winner itself a link to a loser goes; it never links to itself.
    for (const Id id : ids) {
      const auto record = load(other, id);
      Draft draft;
      for (const FieldDef* field : plan.links) {
        if (field->target == object.key && !field->read_only &&
            record->integer(field->key) == loser)
          draft.values[field->key] = id == winner ? meta::Value() : meta::Value(winner);
      }
      for (const FieldDef* field : plan.lists) {
        const auto list = record->lists.find(field->key);
        if (field->kind != &meta::kinds::links || field->target != object.key ||
            list == record->lists.end() || !contains(list->second, loser))
          continue;
        auto& kept = draft.lists[field->key];
        for (const Id to : list->second) {
          const Id now = to == loser ? winner : to;
          if (now != id && !contains(kept, now)) kept.push_back(now);
        }
      }
      move_record(other, id, std::move(draft), loser, winner);
    }
  }
  return moved;
}

void Write::move_file(const ObjectDef& object, const Record& from, const Record& to, Id file,
                      std::string_view name) {
  tx_.query("UPDATE file SET record_id = ? WHERE {file} AND id = ?").bind(to.id, file).run();
  const auto log = [&](const Record& record, std::string_view side, Id other, bool given) {
    std::string changes;
    JsonWriter json(changes);
    json.begin_object().key("files").begin_array();
    if (!given) json.null();
    json.begin_object().field("id", file).field("name", name).field(side, other).end_object();
    if (given) json.null();
    json.end_array().end_object();
    log_change(engine_.plan(object), "update", record, changes);
  };
  log(from, "to", to.id, true);
  log(to, "from", from.id, false);
}

void Write::move_files(const ObjectDef& object, const Record& from, const Record& to) {
  std::vector<std::pair<Id, std::string>> files;
  {
    auto rows = tx_.query(
        "SELECT f.id, f.name FROM file f WHERE {f} AND f.record_id = ? AND f.object_id = ? AND "
        "f.deleted_at IS NULL ORDER BY f.id LIMIT ?");
    rows.bind(from.id, static_cast<std::int64_t>(object.id),
              static_cast<std::int64_t>(kMostMoved + 1));
    while (rows.step()) files.emplace_back(rows.integer(0), rows.text(1));
  }
  if (files.size() > kMostMoved)
    throw AppError(Status::too_large, "merge_too_large", {{"max", std::to_string(kMostMoved)}});
  for (const auto& [file, name] : files) move_file(object, from, to, file, name);
}

// --- the values ---

// Whatever the caller's rights to single fields: he could as well take the other record for the
// winner, and nobody sees more of a field than he does of it on any record.
Draft Write::merged_draft(const ObjectDef& object, const Record& winner,
                          const std::vector<Record>& losers, const Draft& chosen,
                          Problems& problems) {
  std::vector<Id> own{winner.id};
  for (const Record& loser : losers) own.push_back(loser.id);
  Draft draft = chosen;
  const auto is_own = [&](const FieldDef& field, Id id) {
    return field.target == object.key && contains(own, id);
  };
  // The part of a record that is the same through and through: a city of one address and the street
  // of another, or two half names, would be nobody's.
  const auto extends = [&](const FieldDef& part, const Record& loser) {
    return part.whole.empty() ||
           std::all_of(object.expanded.begin(), object.expanded.end(), [&](const FieldDef& other) {
             const meta::Value& mine = winner.get(other.key);
             return other.whole != part.whole ||
                    (!chosen.values.contains(other.key) &&
                     (meta::is_empty(mine) || mine == loser.get(other.key)));
           });
  };
  const auto wrong = [&](const FieldDef& field, std::string_view code, Params params = {}) {
    if (caller_.access.field(object, field.key) >= FieldRight::read)
      problems.push_back({field.key, std::string(code), std::move(params)});
  };
  for (const FieldDef& field : object.expanded) {
    if (field.read_only || draft.values.contains(field.key) || draft.lists.contains(field.key))
      continue;
    if (field.kind == &meta::kinds::links || field.kind == &meta::kinds::users) {
      std::vector<Id> all;
      const auto add = [&](const Record& record, bool taken) {
        const auto list = record.lists.find(field.key);
        if (list == record.lists.end()) return;
        for (const Id id : list->second) {
          const bool link = field.kind == &meta::kinds::links;
          if ((link && is_own(field, id)) || contains(all, id)) continue;
          if (link && taken && !is_alive(*catalog().object(field.target), id)) continue;
          all.push_back(id);
        }
      };
      add(winner, false);
      for (const Record& loser : losers) add(loser, true);
      const auto mine = winner.lists.find(field.key);
      const bool too_many = all.size() > meta::kinds::kIdsMax;
      if (too_many) wrong(field, "too_many_items", {{"max", std::to_string(meta::kinds::kIdsMax)}});
      if (!too_many && all != (mine == winner.lists.end() ? std::vector<Id>() : mine->second))
        draft.lists[field.key] = std::move(all);
      continue;
    }
    if (is_list(field)) {
      std::vector<std::string> all = meta::split_items(winner.text(field.key));
      for (const Record& loser : losers) {
        for (std::string& item : meta::split_items(loser.text(field.key))) {
          if (!contains(all, item)) all.push_back(std::move(item));
        }
      }
      if (all.size() > meta::kinds::kItemsMax) {
        wrong(field, "too_many_items", {{"max", std::to_string(meta::kinds::kItemsMax)}});
      } else if (!all.empty() && meta::join_items(all) != winner.text(field.key)) {
        draft.values[field.key] = meta::join_items(all);
      }
      continue;
    }
    const bool link = field.kind == &meta::kinds::link;
    const meta::Value& mine = winner.get(field.key);
    const bool gone = link && is_own(field, meta::integer_of(mine));
    if (gone) draft.values[field.key] = meta::Value();
    if (!meta::is_empty(mine) && !gone) continue;
    for (const Record& loser : losers) {
      const meta::Value& value = loser.get(field.key);
      if (meta::is_empty(value) || !extends(field, loser)) continue;
      const Id to = meta::integer_of(value);
      if (link && (is_own(field, to) || !is_alive(*catalog().object(field.target), to))) continue;
      draft.values[field.key] = value;
      break;
    }
  }
  // A number that the state gave says who it is. Who may not read it is not told that they differ.
  for (const FieldDef& field : object.expanded) {
    if (field.kind != &meta::kinds::corporate_number || chosen.values.contains(field.key)) continue;
    std::set<std::string_view> numbers{winner.text(field.key)};
    for (const Record& loser : losers) numbers.insert(loser.text(field.key));
    numbers.erase(std::string_view());
    if (numbers.size() > 1) wrong(field, "merge_differs");
  }
  return draft;
}

void Write::check_circle(const ObjectDef& object, const Record& winner, const Draft& chosen,
                         Draft& draft, Problems& problems) {
  for (const FieldDef* field : engine_.plan(object).links) {
    if (field->target != object.key) continue;
    const auto planned = draft.values.find(field->key);
    const meta::Value& value =
        planned == draft.values.end() ? winner.get(field->key) : planned->second;
    Id at = meta::integer_of(value);
    for (int step = 0; at != 0 && at != winner.id && step < kMostSteps; ++step) {
      const auto above = load(object, at);
      at = above ? above->integer(field->key) : 0;
    }
    if (at != winner.id) continue;
    if (planned != draft.values.end() && !chosen.values.contains(field->key)) {
      draft.values.erase(planned);  // Of a loser, which stood below the winner.
    } else {
      const bool named = caller_.access.field(object, field->key) >= FieldRight::read;
      problems.push_back({named ? field->key : "from", "merge_circle", {}});
    }
  }
}

// --- merge ---

void Write::require_merge(const ObjectDef& object, Id loser, Id winner) {
  const auth::ObjectRights& rights = caller_.access.object(object);
  load_for(object, winner, rights.update);
  load_for(object, loser, rights.remove);
  // With it goes what belongs to it, to who owns the winner: as much as to hand it over.
  load_for(object, loser, rights.update);
}

std::vector<Record> Write::load_merged(const ObjectDef& object, const Record& winner,
                                       const std::vector<Id>& from) {
  const auto refuse = [](std::string_view code, Params params = {}) {
    throw AppError(Status::invalid, "invalid", {}, {{"from", std::string(code), params}});
  };
  if (from.empty()) refuse("required");
  if (from.size() > kMostFrom) refuse("too_many_items", {{"max", std::to_string(kMostFrom)}});
  std::vector<Record> losers;
  std::vector<Id> seen{winner.id};
  for (const Id id : from) {
    if (contains(seen, id)) refuse("merge_same");
    seen.push_back(id);
    if (!load(object, id)) {
      for (const ObjectDef& other : catalog().objects()) {
        const auto found = &other == &object ? std::nullopt : load(other, id);
        if (found &&
            caller_.access.allows(other, caller_.access.object(other).read, found->owner,
                                  found->team, found->customer_owner, found->customer_team))
          refuse("merge_other_object");
      }
    }
    require_merge(object, id, winner.id);
    losers.push_back(*load(object, id));
    if (losers.back().merged_into != 0) throw AppError(Status::conflict, "merged_already");
    if (losers.back().deleted_at != 0) throw AppError(Status::conflict, "in_trash");
  }
  return losers;
}

Record Write::merge(const ObjectDef& object, Id id, const std::vector<Id>& from, Draft chosen,
                    std::int64_t seen_version) {
  const ObjectPlan& plan = engine_.plan(object);
  Record winner = load_for(object, id, caller_.access.object(object).update, true);
  if (winner.deleted_at != 0) throw AppError(Status::conflict, "in_trash");
  const std::vector<Record> losers = load_merged(object, winner, from);
  check_seen(plan, winner, chosen, seen_version);
  Problems problems;
  std::vector<Id> own = from;
  own.push_back(winner.id);
  {
    // What the caller chose is checked with his rights; what comes from the records is not, as he
    // need not see all that they link to.
    Record probe = winner;
    apply(probe, chosen);
    check_links(plan, &winner, probe, true, problems);
    for (const FieldDef* field : plan.links) {
      if (chosen.values.contains(field->key) && field->target == object.key &&
          contains(own, Id{probe.integer(field->key)}))
        problems.push_back({field->key, "link_to_itself", {}});
    }
    for (const FieldDef* field : plan.files) {
      const auto file = chosen.values.find(field->key);
      // A file of a loser is the winner's in a moment; checked again when it is stored.
      if (file != chosen.values.end())
        std::erase_if(problems, [&](const Problem& each) { return each.field == field->key; });
    }
    for (auto& [key, list] : chosen.lists) {
      const FieldDef* field = object.field(key);
      if (field->kind == &meta::kinds::links && field->target == object.key)
        std::erase_if(list, [&](Id to) { return contains(own, to); });
    }
  }
  // Refused before the work, where it can be.
  merged_draft(object, winner, losers, chosen, problems);
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);

  std::size_t moved = 0;
  for (const Record& loser : losers) {
    moved += move_links(object, loser.id, winner.id, from, kMostMoved - moved);
    move_files(object, loser, winner);
  }
  settle_all();
  std::string ids;
  for (const Record& loser : losers) {
    // Totals of it have changed since.
    store_removed(object, *load(object, loser.id), winner.id);
    ids += (ids.empty() ? "" : ",") + std::to_string(loser.id);
  }
  winner = *load(object, winner.id);
  Draft draft = merged_draft(object, winner, losers, chosen, problems);
  check_circle(object, winner, chosen, draft, problems);
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  const Logged logged{.action = "merge", .more = "\"merged_from\":[[],[" + ids + "]]"};
  return save_changed(object, winner.id, std::move(draft), 0, false, logged);
}

// --- undo ---

bool Write::undo_merge(const ObjectDef& object, Id loser, Id winner) {
  Record record = load_for(object, loser, caller_.access.object(object).remove);
  if (record.merged_into != winner) return false;
  require_merge(object, loser, winner);
  const auto above = load(object, winner);
  if (above->merged_into != 0) throw AppError(Status::conflict, "merged_again");
  store_restored(object, std::move(record), winner);
  return true;
}

bool Write::redo_merge(const ObjectDef& object, Id loser, Id winner) {
  const Record record = load_for(object, loser, caller_.access.object(object).remove);
  if (record.deleted_at != 0) return false;
  require_merge(object, loser, winner);
  const auto above = load(object, winner);
  if (above->deleted_at != 0) throw AppError(Status::conflict, "in_trash");
  // What came to it since.
  move_links(object, loser, winner, {loser}, kMostMoved);
  move_files(object, record, *above);
  settle_all();
  store_removed(object, *load(object, loser), winner);
  return true;
}

bool Write::undo_moved_file(const ObjectDef& object, const Record& now, const Record& other,
                            const Json& file) {
  {
    auto row = tx_.query("SELECT f.id FROM file f WHERE {f} AND f.id = ? AND f.record_id = ?");
    row.bind(json_integer(file, "id"), now.id);
    if (!row.step()) return false;
  }
  move_file(object, now, other, json_integer(file, "id"), json_text(file, "name"));
  return true;
}

}  // namespace daifuku::records
