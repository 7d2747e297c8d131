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

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

std::string_view source_name(Source source) {
  switch (source) {
    case Source::screen:
      return "screen";
    case Source::sheet:
      return "sheet";
    case Source::phone:
      return "phone";
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
  OwnRows own;
  database_.read([&](store::Connection& c) { own = read_own_fields(c); });
  auto catalog = make_catalog(std::move(standard_objects), own);
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
  return write_whole(caller, 0, work);
}

void Engine::write(const Caller& caller, Id batch, const std::function<void(Write&)>& work) {
  write_whole(caller, batch, work);
}

Id Engine::write_whole(const Caller& caller, Id given, const std::function<void(Write&)>& work) {
  constexpr std::size_t kMostAgain = 100;
  Id batch = given;
  Write::Refused refused;
  for (;;) {
    try {
      database_.write([&](store::Transaction& tx) {
        if (given == 0) batch = ids_.next();
        Write write(*this, tx, caller, batch);
        write.refused_ = &refused;
        work(write);
        write.finish();
      });
      return batch;
    } catch (const Write::HalfWritten& half) {
      if (refused.size() >= kMostAgain) throw AppError(half.error);
      refused.emplace(half.attempt, half.error);
    }
  }
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
  // Whoever goes on with a change began it: its first and its last row tell.
  bool known = false;
  database_.read([&](store::Connection& connection) {
    const auto is_own = [&](const std::string& order) {
      auto row = connection.query(
          "SELECT h.actor_id FROM history h WHERE {h} AND h.batch_id = ? ORDER BY h.id " + order +
          " LIMIT 1");
      row.bind(batch);
      return row.step() && row.integer(0) == caller.access.user();
    };
    known = is_own("ASC") && is_own("DESC");
  });
  if (!known) throw AppError(Status::invalid, "invalid", {}, {{"change", "invalid_id", {}}});
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
