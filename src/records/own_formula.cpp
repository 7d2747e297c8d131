#include "records/own_formula.h"

#include <algorithm>
#include <set>

#include "meta/kinds.h"
#include "records/computed.h"
#include "records/definitions.h"
#include "records/record_json.h"
#include "text/fold.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FormulaProblem;
using meta::ObjectDef;

namespace {

constexpr int kExamples = 3;

const std::string& label_in(const meta::Label& label, Language language) {
  return language == Language::en ? label.en : label.ja;
}

struct Computed {
  std::shared_ptr<const meta::Formula> formula = {};
  std::shared_ptr<const meta::Rollup> rollup = {};
  const meta::FieldKind* kind = nullptr;
};

// What nobody may know of is not there for a formula either: to who may not read all that it names,
// the administrator himself.
bool readable(const Caller& caller, const ObjectDef& object, const std::string& key) {
  return object.field(key) == nullptr || caller.access.field(object, key) >= meta::FieldRight::read;
}

FormulaProblem at_input(const meta::Formula& formula, const std::string& input, std::string code,
                        Params params) {
  const auto [at, length] = formula.place(input);
  return {.code = std::move(code), .params = std::move(params), .at = at, .length = length};
}

std::shared_ptr<const meta::Formula> understand(const Caller& caller, const ObjectDef& object,
                                                const meta::OwnField& row,
                                                FormulaProblem& problem) {
  auto formula = meta::Formula::make(text::nfc(row.formula), object, problem);
  if (formula == nullptr) return nullptr;
  for (const std::string& input : formula->inputs()) {
    if (readable(caller, object, input)) continue;
    problem = at_input(*formula, input, "formula_field_unknown", {{"name", input}});
    return nullptr;
  }
  if (row.key.empty()) return formula;
  const auto around = meta::circle(object, row.key, *formula);
  if (around.empty()) return formula;
  std::string names;
  for (const FieldDef* field : around)
    names += (names.empty() ? "" : " → ") + label_in(field->label, caller.language);
  const std::string first = around.front()->key;
  problem = at_input(*formula, first, "formula_circle", {{"names", names}});
  return nullptr;
}

const meta::FieldKind* formula_kind(const meta::Formula& formula, const std::string& wanted,
                                    FormulaProblem& problem) {
  const meta::FieldKind* kind = wanted.empty() ? formula.natural_kind() : meta::find_kind(wanted);
  if (kind != nullptr && formula.fits(*kind)) return kind;
  problem = {.code = "formula_result"};
  return nullptr;
}

Problem rollup_problem(const Caller& caller, const ObjectDef& object, const meta::OwnField& row,
                       Computed& out) {
  const meta::Catalog& catalog = caller.access.catalog();
  const meta::FindObject find = meta::finder(catalog.objects());
  Problem problem;
  out.rollup = meta::make_rollup(parse_json(row.rollup), object, find, problem);
  if (out.rollup == nullptr) return problem;
  for (const std::string& source : meta::rollup_sources(*out.rollup, find)) {
    const std::size_t dot = source.find('.');
    const ObjectDef* other = catalog.object(source.substr(0, dot));
    if (!readable(caller, *other, source.substr(dot + 1)))
      return {"rollup.field", "field_unknown", {{"name", source}}};
  }
  out.kind = meta::rollup_kind(*out.rollup, find);
  return {};
}

// How the row is worked out; nothing when it is entered.
Computed computed_of(const Caller& caller, const ObjectDef& object, const meta::OwnField& row,
                     FormulaProblem& problem) {
  Computed out;
  if (!row.formula.empty()) {
    out.formula = understand(caller, object, row, problem);
    if (out.formula != nullptr) out.kind = formula_kind(*out.formula, row.kind, problem);
    return out;
  }
  const Problem wrong = rollup_problem(caller, object, row, out);
  if (!wrong.code.empty()) {
    problem = {.code = wrong.code, .params = wrong.params};
    out.rollup = nullptr;
  }
  return out;
}

// Whether it gives another value on another day, or at another look at what it is made from.
bool is_at_read(const meta::Formula& formula, const ObjectDef& object) {
  return formula.asks_day() || std::ranges::any_of(formula.inputs(), [&](const std::string& input) {
           const FieldDef* read = object.field(input);
           return read != nullptr && read->at_read;
         });
}

std::string rollup_text(const meta::Rollup& rollup) {
  std::string out;
  JsonWriter json(out);
  meta::write_rollup(json, rollup);
  return out;
}

}  // namespace

bool check_computed(Engine& engine, const Caller& caller, meta::OwnField& row) {
  if (row.formula.empty() && row.rollup.empty()) return false;
  bool at_read = true;
  // Of a kind that is made in the same request there are no records yet to work anything out of.
  const ObjectDef* known = caller.access.catalog().object(row.object);
  if (known == nullptr) invalid("object", "invalid_choice");
  const ObjectDef& object = *known;
  if (!row.formula.empty() && !row.rollup.empty()) invalid("formula", "invalid_choice");
  if (row.formula.empty()) {
    Computed out;
    const Problem problem = rollup_problem(caller, object, row, out);
    if (!problem.code.empty()) invalid(problem.field, problem.code, problem.params);
    // Its values and operators: AppError(invalid) of its own.
    compile_filter(engine, caller, *caller.access.catalog().object(out.rollup->object),
                   out.rollup->filter);
    row.rollup = rollup_text(*out.rollup);
    row.kind = out.kind->name;
  } else {
    FormulaProblem problem;
    const Computed out = computed_of(caller, object, row, problem);
    if (out.kind == nullptr) {
      invalid("formula", "formula_wrong",
              {{"at", std::to_string(problem.at + 1)},
               {"reason", message(caller.language, problem.code, problem.params)}});
    }
    row.formula = out.formula->source();
    // As it is kept it is longer than what was typed, and is read again at every start.
    FormulaProblem again;
    if (meta::Formula::make(row.formula, object, again) == nullptr)
      invalid("formula", again.code, again.params);
    row.kind = out.kind->name;
    at_read = is_at_read(*out.formula, object);
  }
  row.required = false;
  row.least.reset();
  row.greatest.reset();
  row.options.clear();
  row.target.clear();
  return at_read;
}

void require_unused(const Caller& caller, const ObjectDef& object, std::string_view key) {
  std::string names;
  for (const meta::UsedBy& by : meta::used_by(caller.access.catalog().objects(), object, key)) {
    if (!names.empty()) names += caller.language == Language::en ? ", " : "、";
    if (by.object != &object) names += label_in(by.object->label, caller.language) + ": ";
    names += label_in(by.field->label, caller.language);
  }
  if (!names.empty()) invalid("hidden", "field_used_by_formula", {{"names", names}});
}

void note_formulas(store::Transaction& tx, const meta::Catalog& catalog, const ObjectDef& object,
                   std::string_view key) {
  const FieldDef* field = object.field(key);
  const bool computed = field != nullptr && meta::is_computed(*field);
  const auto users = meta::used_by(catalog.objects(), object, key);
  if (computed ||
      std::ranges::any_of(users, [&](const meta::UsedBy& by) { return by.object == &object; }))
    formulas_due(tx, object);
}

// --- trying it ---

namespace {

void write_problem(JsonWriter& json, const Caller& caller, const FormulaProblem& problem) {
  json.key("problem").begin_object().field("code", problem.code);
  json.field("message", message(caller.language, problem.code, problem.params));
  json.field("at", problem.at).field("length", problem.length).end_object();
}

// The newest few that the caller sees, each with what it would have there.
void write_examples(JsonWriter& json, Engine& engine, const Caller& caller, const ObjectDef& object,
                    const Computed& computed) {
  std::vector<Record> records;
  engine.each(caller, object, {.sort = {"-updated_at"}}, [&](const Record& record) {
    records.push_back(record);
    return records.size() < kExamples;
  });
  FieldDef field;
  field.key = "c_tried";
  field.kind = computed.kind;
  field.formula = computed.formula;
  field.rollup = computed.rollup;
  const std::string today = format_date(local_date(engine.clock().now()));
  json.key("examples").begin_array();
  engine.database().read([&](store::Connection& connection) {
    for (Record& record : records) {
      const meta::Value value = try_value(engine, connection, caller, field, record, today);
      json.begin_object().key("id").id(record.id);
      json.field("title", readable_title(caller, object, record));
      json.key("value");
      meta::write_value(json, field, value);
      json.field("text", meta::display_text(field, value, caller.language)).end_object();
    }
  });
  json.end_array();
}

}  // namespace

void try_computed_json(Engine& engine, const Caller& caller, const Json& body, std::string& out) {
  require_administrator(caller);
  const ObjectDef* object = caller.access.catalog().object(json_text(body, "object"));
  if (object == nullptr) invalid("object", "invalid_choice");
  meta::OwnField row{.object = object->key,
                     .key = json_text(body, "key"),
                     .kind = json_text(body, "kind"),
                     .formula = json_text(body, "formula")};
  if (const Json* rollup = json_find(body, "rollup"); rollup != nullptr && rollup->is_object())
    row.rollup = boost::json::serialize(*rollup);
  FormulaProblem problem;
  Computed computed;
  if (row.formula.empty() && row.rollup.empty()) {
    problem.code = "required";
  } else {
    computed = computed_of(caller, *object, row, problem);
  }
  if (computed.rollup != nullptr) {
    compile_filter(engine, caller, *caller.access.catalog().object(computed.rollup->object),
                   computed.rollup->filter);
  }
  JsonWriter json(out);
  json.begin_object().field("ok", computed.kind != nullptr);
  if (computed.kind == nullptr) {
    write_problem(json, caller, problem);
    if (computed.formula != nullptr)
      json.field("natural_kind", computed.formula->natural_kind()->name);
    json.end_object();
    return;
  }
  json.field("kind", computed.kind->name);
  const bool at_read = computed.formula == nullptr || is_at_read(*computed.formula, *object);
  if (computed.formula != nullptr) {
    const meta::Formula& formula = *computed.formula;
    json.field("natural_kind", formula.natural_kind()->name);
    json.field("shown", formula.shown(caller.language));
    json.key("kinds").begin_array();
    for (const meta::FieldKind* kind : meta::all_kinds()) {
      if (formula.fits(*kind)) json.string(kind->name);
    }
    json.end_array();
  }
  json.field("at_read", at_read);
  write_examples(json, engine, caller, *object, computed);
  json.end_object();
}

}  // namespace daifuku::records
