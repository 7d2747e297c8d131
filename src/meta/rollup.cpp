#include "meta/rollup.h"

#include <algorithm>
#include <iterator>

#include "meta/kinds.h"
#include "meta/object.h"

namespace daifuku::meta {

namespace {

constexpr std::string_view kNames[] = {"count", "sum", "min", "max", "average"};

bool is_amount(const FieldDef& field) {
  const FieldKind* kind = field.kind;
  return kind == &kinds::integer || kind == &kinds::decimal || kind == &kinds::money ||
         kind == &kinds::percent;
}

// The earliest and the latest are for dates and times as well.
bool fits(const FieldDef& field, Rollup::Function function) {
  const bool ordered = function == Rollup::Function::min || function == Rollup::Function::max;
  return is_amount(field) || (ordered && field.kind->comparison == Comparison::date);
}

std::nullptr_t wrong(Problem& problem, std::string field, std::string code) {
  problem = {std::move(field), std::move(code), {}};
  return nullptr;
}

// The object that a condition of the filter is about, other than a field of the object itself.
const ObjectDef* linking(const FindObject& find, const ObjectDef& object, std::string_view plural,
                         const std::string& via) {
  // Own objects have one key for both.
  const ObjectDef* other = find(plural);
  if (other == nullptr) return nullptr;
  const bool links = std::ranges::any_of(other->expanded, [&](const FieldDef& field) {
    return field.target == object.key && (via.empty() || field.key == via);
  });
  return links ? other : nullptr;
}

class Sources {
 public:
  explicit Sources(const FindObject& find) : find_(find) {}

  void add(const ObjectDef& object, std::string_view key) {
    if (object.field(key) == nullptr) return;
    std::string name = object.key + "." + std::string(key);
    if (std::ranges::find(out, name) == out.end()) out.push_back(std::move(name));
  }

  void walk(const ObjectDef& object, const Json& filter) {
    if (!filter.is_object()) return;
    for (const auto& member : filter.get_object()) {
      const std::string key(member.key());
      if (key == "and" || key == "or") {
        if (!member.value().is_array()) continue;
        for (const Json& item : member.value().get_array()) walk(object, item);
      } else if (key == "not") {
        walk(object, member.value());
      } else if (const FieldDef* field = object.field(key)) {
        add(object, key);
        const ObjectDef* target = field->target.empty() ? nullptr : find_(field->target);
        if (target != nullptr) related(*target, member.value());
      } else {
        const std::string via = json_text(member.value(), "via");
        const ObjectDef* other = linking(find_, object, key, via);
        if (other == nullptr) continue;
        for (const FieldDef& back : other->expanded) {
          if (back.target == object.key && (via.empty() || back.key == via)) add(*other, back.key);
        }
        related(*other, member.value());
      }
    }
  }

  std::vector<std::string> out;

 private:
  void related(const ObjectDef& other, const Json& ops) {
    if (!ops.is_object()) return;
    for (const std::string_view op : {"some", "none", "where"}) {
      if (const Json* inner = json_find(ops, op)) walk(other, *inner);
    }
  }

  const FindObject& find_;
};

}  // namespace

std::string_view rollup_function_name(Rollup::Function function) {
  return kNames[static_cast<std::size_t>(function)];
}

std::shared_ptr<const Rollup> make_rollup(const Json& json, const ObjectDef& object,
                                          const FindObject& find, Problem& problem) {
  if (!json.is_object()) return wrong(problem, "rollup", "required");
  auto out = std::make_shared<Rollup>();
  out->object = json_text(json, "object");
  out->link = json_text(json, "link");
  out->field = json_text(json, "field");
  const std::string function = json_text(json, "function");
  const auto* name = std::ranges::find(kNames, std::string_view(function));
  if (name == std::end(kNames)) return wrong(problem, "rollup.function", "invalid_choice");
  out->function = static_cast<Rollup::Function>(std::distance(std::begin(kNames), name));
  const ObjectDef* other = out->object.empty() ? nullptr : find(out->object);
  if (other == nullptr || other->key != out->object)
    return wrong(problem, "rollup.object", "invalid_choice");
  const FieldDef* link = other->field(out->link);
  if (link == nullptr || link->kind != &kinds::link || link->target != object.key)
    return wrong(problem, "rollup.link", "invalid_choice");
  if (out->function == Rollup::Function::count) {
    out->field.clear();
  } else {
    const FieldDef* field = other->field(out->field);
    if (field == nullptr) return wrong(problem, "rollup.field", "required");
    if (field->at_read) return wrong(problem, "rollup.field", "rollup_at_read");
    if (!fits(*field, out->function)) return wrong(problem, "rollup.field", "rollup_field_unfit");
  }
  if (const Json* filter = json_find(json, "filter"); filter != nullptr && !filter->is_null()) {
    if (!filter->is_object()) return wrong(problem, "rollup.filter", "filter_wrong");
    if (!filter->get_object().empty()) out->filter = *filter;
  }
  return out;
}

const FieldKind* rollup_kind(const Rollup& rollup, const FindObject& find) {
  if (rollup.function == Rollup::Function::count) return &kinds::integer;
  const FieldKind* kind = find(rollup.object)->field(rollup.field)->kind;
  const bool mean = rollup.function == Rollup::Function::average && kind == &kinds::integer;
  return mean ? &kinds::decimal : kind;
}

std::vector<std::string> rollup_sources(const Rollup& rollup, const FindObject& find) {
  Sources sources(find);
  const ObjectDef& other = *find(rollup.object);
  sources.add(other, rollup.link);
  sources.add(other, rollup.field);
  sources.walk(other, rollup.filter);
  return sources.out;
}

void write_rollup(JsonWriter& json, const Rollup& rollup) {
  json.begin_object().field("object", rollup.object).field("link", rollup.link);
  json.field("function", rollup_function_name(rollup.function)).key("field");
  if (rollup.field.empty()) {
    json.null();
  } else {
    json.string(rollup.field);
  }
  json.key("filter").value(rollup.filter).end_object();
}

}  // namespace daifuku::meta
