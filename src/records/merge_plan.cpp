#include "records/merge_plan.h"

#include <algorithm>
#include <set>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/duplicate_fields.h"
#include "records/record_json.h"
#include "text/fold.h"
#include "text/name_key.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

namespace {

// Changes of a record that are looked through for when a field was changed last.
constexpr int kMostChanges = 200;

bool holds_several(const FieldDef& field) {
  return field.kind == &meta::kinds::links || field.kind == &meta::kinds::users ||
         field.kind->comparison == meta::Comparison::items;
}

// Fields that are chosen together: one field, or the parts of an address or a name.
struct Unit {
  std::vector<const FieldDef*> parts;
};

std::string text_of(const FieldDef& field, const Record& record) {
  const meta::Value& value = record.get(field.key);
  return meta::is_empty(value) ? std::string() : field.kind->to_text(field, value);
}

// What a record was given without anybody saying it.
bool is_default(const FieldDef& field, const Record& record) {
  return !field.default_text.empty() && meta::text_of(record.get(field.key)) == field.default_text;
}

bool filled(const Unit& unit, const Record& record) {
  return std::ranges::any_of(
      unit.parts, [&](const FieldDef* part) { return !meta::is_empty(record.get(part->key)); });
}

// All that `less` says is in `more`: half an address of a whole one.
bool within(const Unit& unit, const Record& less, const Record& more) {
  return std::ranges::all_of(unit.parts, [&](const FieldDef* part) {
    const std::string said = text_of(*part, less);
    return said.empty() || text::fold(said) == text::fold(text_of(*part, more));
  });
}

bool equal(const Unit& unit, const Record& a, const Record& b) {
  return std::ranges::all_of(
      unit.parts, [&](const FieldDef* part) { return a.get(part->key) == b.get(part->key); });
}

class Planner {
 public:
  Planner(Engine& engine, store::Connection& connection, const Caller& caller,
          const ObjectDef& object, MergePlan& plan)
      : engine_(engine),
        connection_(connection),
        caller_(caller),
        object_(object),
        compared_(compared_fields(engine.plan(object))),
        plan_(plan) {}

  void load(const std::vector<Id>& ids);
  void choose_winner(Id into, bool links);
  void choose_values();
  void count_moves();

 private:
  using Hanging = std::map<Id, std::set<Id>>;  // record -> what hangs on it
  bool own(Id id) const {
    return std::ranges::any_of(plan_.records, [&](const Record& each) { return each.id == id; });
  }
  FieldRight right(const ObjectDef& object, const FieldDef& field) const {
    return caller_.access.field(object, field.key);
  }
  void collect(const ObjectDef& other, const FieldDef& field, Hanging& hanging);
  std::vector<Unit> units();
  bool names(const Unit& unit) const;  // what the record is called
  bool alike(const Unit& unit, const Record& a, const Record& b) const;
  std::map<std::string, Id> last_changes(Id record);
  int fullness(const Record& record) const;
  void choose(const Unit& unit, const std::map<Id, std::map<std::string, Id>>& changed);

  Engine& engine_;
  store::Connection& connection_;
  const Caller& caller_;
  const ObjectDef& object_;
  std::vector<ComparedField> compared_;
  MergePlan& plan_;
  std::map<const ObjectDef*, Hanging> hanging_;  // in the order of the catalog
};

void Planner::load(const std::vector<Id>& ids) {
  const auto refuse = [](std::string_view code, Params params = {}) {
    throw AppError(Status::invalid, "invalid", {}, {{"ids", std::string(code), std::move(params)}});
  };
  if (ids.empty()) refuse("required");
  if (ids.size() > Write::kMostFrom + 1)
    refuse("too_many_items", {{"max", std::to_string(Write::kMostFrom + 1)}});
  for (const Id id : ids) {
    auto record = visible_record(engine_, connection_, caller_, object_, id);
    if (!record) throw AppError(Status::not_found, "not_found");
    if (record->deleted_at != 0) throw AppError(Status::conflict, "in_trash");
    if (!own(record->id)) plan_.records.push_back(*std::move(record));
  }
  if (plan_.records.size() < 2) refuse("merge_same");
}

// Only what the caller may see, through fields that he may read.
void Planner::collect(const ObjectDef& other, const FieldDef& field, Hanging& hanging) {
  const ObjectPlan& plan = engine_.plan(other);
  const auto scope = caller_.access.condition(other, caller_.access.object(other).read, "t");
  std::string sql =
      field.kind == &meta::kinds::links
          ? "SELECT t.id FROM link l JOIN " + plan.table +
                " t ON {t} AND t.id = l.from_id WHERE {l} AND l.to_id = ? AND l.field = '" +
                field.key + "'"
          : "SELECT t.id FROM " + plan.table + " t WHERE {t} AND " + column("t", field) + " = ?";
  sql += " AND t.deleted_at IS NULL";
  if (!scope.sql.empty()) sql += " AND " + scope.sql;
  sql += " ORDER BY t.id LIMIT ?";
  for (const Record& record : plan_.records) {
    auto rows = connection_.query(sql);
    rows.bind(record.id);
    for (const Id bind : scope.binds) rows.bind(bind);
    rows.bind(static_cast<std::int64_t>(Write::kMostMoved));
    while (rows.step()) {
      const Id id = rows.integer(0);
      if (&other != &object_ || !own(id)) hanging[record.id].insert(id);
    }
  }
}

void Planner::choose_winner(Id into, bool links) {
  if (links) {
    for (const ObjectDef& other : caller_.access.catalog().objects()) {
      if (caller_.access.object(other).read == auth::Scope::none) continue;
      Hanging hanging;
      for (const FieldDef& field : other.expanded) {
        const bool link = field.kind == &meta::kinds::link || field.kind == &meta::kinds::links;
        if (link && field.target == object_.key && !field.read_only &&
            right(other, field) >= FieldRight::read)
          collect(other, field, hanging);
      }
      if (!hanging.empty()) hanging_.emplace(&other, std::move(hanging));
    }
  }
  const auto weight = [&](const Record& record) {
    std::size_t hanging = 0;
    for (const auto& [other, records] : hanging_) {
      if (const auto found = records.find(record.id); found != records.end())
        hanging += found->second.size();
    }
    std::int64_t says = 0;
    for (const FieldDef& field : object_.expanded) {
      if (!field.read_only && right(object_, field) >= FieldRight::read &&
          !meta::is_empty(record.get(field.key)))
        ++says;
    }
    return std::tuple(hanging, says, -record.id);
  };
  const auto best = std::ranges::max_element(plan_.records, {}, weight);
  plan_.winner = own(into) ? into : best->id;
}

std::vector<Unit> Planner::units() {
  std::vector<Unit> out;
  std::map<std::string, std::size_t> wholes;
  for (const FieldDef& field : object_.expanded) {
    if (field.read_only || holds_several(field) || field.kind == &meta::kinds::file ||
        right(object_, field) < FieldRight::write)
      continue;
    if (field.whole.empty()) {
      out.push_back({{&field}});
      continue;
    }
    const auto [at, fresh] = wholes.emplace(field.whole, out.size());
    if (fresh) out.emplace_back();
    out[at->second].parts.push_back(&field);
  }
  return out;
}

bool Planner::names(const Unit& unit) const {
  const FieldDef& first = *unit.parts.front();
  const FieldDef* named = object_.field(object_.title);
  return named != nullptr &&
         (&first == named || (!first.whole.empty() && first.whole == named->whole));
}

bool Planner::alike(const Unit& unit, const Record& a, const Record& b) const {
  // Of a name a part is not the whole: 山田 may be another than 山田 太郎.
  if (!names(unit) && (within(unit, a, b) || within(unit, b, a))) return true;
  std::vector<const FieldDef*> left = unit.parts;
  std::vector<std::string> cells;
  const auto prepared = [&](const ComparedField& field, const Record& record,
                            matching::Prepared& out) {
    field.cells(record.values, cells);
    return !cells.empty() && matching::prepare(field.kind, cells.front(), out);
  };
  for (const ComparedField& field : compared_) {
    if (std::ranges::find(left, field.field) == left.end()) continue;
    for (const FieldDef* part : field.parts) std::erase(left, part);
    matching::Prepared one;
    matching::Prepared two;
    if (!prepared(field, a, one) || !prepared(field, b, two)) continue;
    const auto view = [&](const matching::Prepared& of) {
      return matching::ValueView{of.text, of.parts, matching::signature(field.kind, of.text)};
    };
    if (matching::compare(field.kind, view(one), view(two)) + 1 < matching::levels(field.kind))
      return false;
  }
  return std::ranges::all_of(left, [&](const FieldDef* part) {
    const std::string one = text_of(*part, a);
    const std::string two = text_of(*part, b);
    return one.empty() || two.empty() || text::fold(one) == text::fold(two);
  });
}

std::map<std::string, Id> Planner::last_changes(Id record) {
  std::map<std::string, Id> out;
  auto rows = connection_.query(
      "SELECT h.id, h.changes FROM history h WHERE {h} AND h.record_id = ? ORDER BY h.id DESC "
      "LIMIT ?");
  rows.bind(record, kMostChanges);
  while (rows.step()) {
    const Json changes = parse_json(rows.text(1));
    if (!changes.is_object()) continue;
    for (const auto& member : changes.get_object())
      out.emplace(std::string(member.key()), rows.integer(0));
  }
  return out;
}

// 株式会社山田 says more than ㈱山田, and that more than 山田.
int Planner::fullness(const Record& record) const {
  const std::string name(record.text(object_.title));
  const std::string form = text::company_key(name).legal_form;
  const std::string_view spelled = text::legal_form_name(form);
  const bool whole = !spelled.empty() && name.find(spelled) != std::string::npos;
  constexpr int kLongest = 1'000;
  return (form.empty() ? 0
          : whole      ? 2 * kLongest
                       : kLongest) +
         std::min(static_cast<int>(text::length(text::fold(name))), kLongest - 1);
}

void Planner::choose(const Unit& unit, const std::map<Id, std::map<std::string, Id>>& changed) {
  const FieldDef& first = *unit.parts.front();
  const bool link = first.kind == &meta::kinds::link;
  std::vector<const Record*> saying;
  // The winner first, which keeps what is as good.
  for (const bool winners : {true, false}) {
    for (const Record& record : plan_.records) {
      if ((record.id == plan_.winner) != winners || !filled(unit, record)) continue;
      if (link && first.target == object_.key && own(record.integer(first.key))) continue;
      saying.push_back(&record);
    }
  }
  if (saying.empty()) return;
  if (link) {
    // What is hidden from him is neither shown nor chosen.
    std::vector<Id> ids;
    ids.reserve(saying.size());
    for (const Record* record : saying) ids.push_back(record->integer(first.key));
    const auto titles =
        engine_.titles(connection_, caller_, *caller_.access.catalog().object(first.target), ids);
    if (std::ranges::any_of(ids, [&](Id id) { return !titles.contains(id); })) return;
  }
  bool same = saying.size() == plan_.records.size();
  bool conflict = false;
  for (const Record* record : saying) {
    if (equal(unit, *saying.front(), *record)) continue;
    same = false;
    const bool unsaid = is_default(first, *saying.front()) || is_default(first, *record);
    conflict = conflict || (!unsaid && (link || !alike(unit, *saying.front(), *record)));
  }
  if (same) return;
  const bool number = first.kind == &meta::kinds::corporate_number;
  const bool title = names(unit);
  // The fuller name, the more complete address, then what was changed last.
  const auto worth = [&](const Record* record) {
    int full = title ? fullness(*record) : 0;
    Id newest = 0;
    for (const FieldDef* part : unit.parts) {
      if (!title && !meta::is_empty(record->get(part->key))) ++full;
      const auto& of = changed.at(record->id);
      const auto found = of.find(part->key);
      if (found != of.end() && !is_default(*part, *record))
        newest = std::max(newest, found->second);
    }
    return std::pair(full, number ? 0 : newest);
  };
  const Record* from = *std::ranges::max_element(saying, {}, worth);
  if (number && conflict) plan_.numbers_differ = true;
  for (const FieldDef* part : unit.parts) plan_.choices.push_back({part, from->id, conflict});
}

void Planner::choose_values() {
  std::map<Id, std::map<std::string, Id>> changed;
  for (const Record& record : plan_.records) changed[record.id] = last_changes(record.id);
  for (const Unit& unit : units()) choose(unit, changed);
}

void Planner::count_moves() {
  for (const auto& [other, hanging] : hanging_) {
    std::set<Id> all;
    for (const auto& [record, ids] : hanging) {
      if (record != plan_.winner) all.insert(ids.begin(), ids.end());
    }
    if (!all.empty()) plan_.moves.push_back({other, static_cast<std::int64_t>(all.size())});
  }
  // Files tell of fields that show them: who may not read one of those sees no count.
  const auto& shown = engine_.plan(object_).files;
  if (!std::ranges::all_of(
          shown, [&](const FieldDef* field) { return right(object_, *field) >= FieldRight::read; }))
    return;
  for (const Record& record : plan_.records) {
    if (record.id == plan_.winner) continue;
    auto row = connection_.query(
        "SELECT count(*) FROM file f WHERE {f} AND f.record_id = ? AND f.deleted_at IS NULL");
    row.bind(record.id);
    if (row.step()) plan_.files += row.integer(0);
  }
}

// Records with open pairs to each of these.
std::vector<Id> alike_to_all(store::Connection& connection, const ObjectDef& object,
                             const std::vector<Record>& records) {
  std::map<Id, std::size_t> met;
  for (const Record& record : records) {
    for (const bool first : {true, false}) {
      auto rows =
          connection.query(std::string("SELECT ") + (first ? "d.b_id" : "d.a_id") +
                           " FROM duplicate_pair d WHERE {d} AND d.object_id = ? AND d.decision <> "
                           "'different' AND " +
                           (first ? "d.a_id" : "d.b_id") + " = ? ORDER BY d.score DESC LIMIT ?");
      rows.bind(static_cast<std::int64_t>(object.id), record.id,
                static_cast<std::int64_t>(Write::kMostFrom * 2));
      while (rows.step()) ++met[rows.integer(0)];
    }
  }
  std::vector<Id> out;
  for (const auto& [id, count] : met) {
    if (count == records.size()) out.push_back(id);
  }
  return out;
}

}  // namespace

MergePlan plan_merge(Engine& engine, const Caller& caller, const ObjectDef& object,
                     const std::vector<Id>& ids, Id into, bool links) {
  MergePlan plan;
  // Ids that were merged are followed before, on a connection of their own.
  std::vector<Id> now;
  now.reserve(ids.size());
  for (const Id id : ids) now.push_back(engine.current(object, id));
  if (into != 0) into = engine.current(object, into);
  engine.database().read([&](store::Connection& connection) {
    plan = {};
    Planner planner(engine, connection, caller, object, plan);
    planner.load(now);
    planner.choose_winner(into, links);
    planner.choose_values();
    if (links) planner.count_moves();
  });
  return plan;
}

Draft chosen_draft(const MergePlan& plan) {
  Draft draft;
  for (const MergePlan::Choice& choice : plan.choices) {
    if (choice.from == plan.winner) continue;
    const auto from = std::ranges::find(plan.records, choice.from, &Record::id);
    draft.values[choice.field->key] = from->get(choice.field->key);
  }
  return draft;
}

void merge_plan_json(Engine& engine, const Caller& caller, const ObjectDef& object,
                     const std::vector<Id>& ids, Id into, std::string& out) {
  const MergePlan plan = plan_merge(engine, caller, object, ids, into);
  JsonWriter json(out);
  engine.database().read([&](store::Connection& connection) {
    json.begin_object().key("into").id(plan.winner);
    json.key("records").begin_array();
    RecordWriter writer(engine, connection, caller, engine.plan(object));
    for (const Record& record : plan.records) writer.write(json, record);
    json.end_array().key("choices").begin_array();
    for (const MergePlan::Choice& choice : plan.choices) {
      json.begin_object().field("field", choice.field->key).key("from").id(choice.from);
      json.field("conflict", choice.conflict).end_object();
    }
    json.end_array().field("numbers_differ", plan.numbers_differ);
    json.key("moves").begin_array();
    for (const MergePlan::Moves& moves : plan.moves)
      json.begin_object()
          .field("object", moves.object->key)
          .field("count", moves.count)
          .end_object();
    json.end_array().field("files", plan.files).key("alike").begin_array();
    for (const Id id : alike_to_all(connection, object, plan.records)) {
      const auto record = visible_record(engine, connection, caller, object, id);
      if (!record || record->deleted_at != 0) continue;
      json.begin_object().key("id").id(id);
      json.field("title", readable_title(caller, object, *record)).end_object();
    }
    json.end_array().end_object();
  });
}

}  // namespace daifuku::records
