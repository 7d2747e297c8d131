#include "meta/computed.h"

#include <algorithm>
#include <set>

#include "meta/kinds.h"

namespace daifuku::meta {

namespace {

using Path = std::vector<const FieldDef*>;

// Follows what the field reads until it meets `key`; the way there, the field itself last.
bool leads_to(const ObjectDef& object, const FieldDef& field, std::string_view key,
              std::set<std::string_view>& seen, Path& path) {
  if (field.formula == nullptr || !seen.insert(field.key).second) return false;
  for (const std::string& input : field.formula->inputs()) {
    const FieldDef* next = object.field(input);
    if (next == nullptr) continue;
    if (next->key == key || leads_to(object, *next, key, seen, path)) {
      path.push_back(&field);
      return true;
    }
  }
  return false;
}

void index_again(ObjectDef& object) {
  object.index.clear();
  for (std::size_t i = 0; i < object.expanded.size(); ++i)
    object.index.emplace(object.expanded[i].key, i);
}

class Computing {
 public:
  Computing(std::vector<ObjectDef>& objects, const std::vector<OwnField>& rows,
            std::vector<std::string>& ignored)
      : objects_(objects), rows_(rows), ignored_(ignored), find_(finder(objects)) {}

  void run() {
    mark_rollups();
    // What leaves takes with it what reads it.
    while (!formulas() || !rollups()) {
    }
  }

 private:
  FieldDef* field_of(const OwnField& row, ObjectDef*& object) {
    const auto found = std::ranges::find(objects_, row.object, &ObjectDef::key);
    if (found == objects_.end()) return nullptr;
    object = &*found;
    const auto at = object->index.find(row.key);
    return at == object->index.end() ? nullptr : &object->expanded[at->second];
  }

  // Always false.
  bool leave(ObjectDef& object, const FieldDef& field, const std::string& reason) {
    ignored_.push_back(object.key + "." + field.key + ": " + reason);
    object.expanded.erase(object.expanded.begin() + (&field - object.expanded.data()));
    index_again(object);
    return false;
  }

  void mark_rollups() {
    for (const OwnField& row : rows_) {
      ObjectDef* object = nullptr;
      FieldDef* field = row.rollup.empty() ? nullptr : field_of(row, object);
      if (field != nullptr) field->at_read = true;
    }
  }

  bool formulas() {
    for (const OwnField& row : rows_) {
      ObjectDef* object = nullptr;
      FieldDef* field = row.formula.empty() ? nullptr : field_of(row, object);
      if (field == nullptr) continue;
      FormulaProblem problem;
      field->formula = Formula::make(row.formula, *object, problem);
      if (field->formula == nullptr) return leave(*object, *field, problem.code);
      if (!field->formula->fits(*field->kind)) return leave(*object, *field, "formula_result");
      field->read_only = true;
      field->made_from.clear();
      for (const std::string& input : field->formula->inputs()) {
        if (object->field(input) != nullptr) field->made_from.push_back(input);
      }
    }
    for (ObjectDef& object : objects_) {
      for (const FieldDef& field : object.expanded) {
        if (field.formula != nullptr && !circle(object, field.key, *field.formula).empty())
          return leave(object, field, "formula_circle");
      }
      settle(object);
    }
    return true;
  }

  // Who reads what is worked out when it is read is worked out then as well.
  static void settle(ObjectDef& object) {
    for (const FieldDef* each : formulas_in_order(object)) {
      FieldDef& field = object.expanded[object.index.at(each->key)];
      field.at_read = field.formula->asks_day() ||
                      std::ranges::any_of(field.formula->inputs(), [&](const std::string& input) {
                        const FieldDef* read = object.field(input);
                        return read != nullptr && read->at_read;
                      });
    }
  }

  bool rollups() {
    for (const OwnField& row : rows_) {
      ObjectDef* object = nullptr;
      FieldDef* field = row.rollup.empty() ? nullptr : field_of(row, object);
      if (field == nullptr) continue;
      Problem problem;
      Json json;
      try {
        json = parse_json(row.rollup);
      } catch (const AppError&) {
        return leave(*object, *field, "rollup");
      }
      field->rollup = make_rollup(json, *object, find_, problem);
      if (field->rollup == nullptr)
        return leave(*object, *field, problem.field + " " + problem.code);
      if (rollup_kind(*field->rollup, find_) != field->kind)
        return leave(*object, *field, "rollup_kind");
      field->read_only = true;
      field->made_from = rollup_sources(*field->rollup, find_);
    }
    return true;
  }

  std::vector<ObjectDef>& objects_;
  const std::vector<OwnField>& rows_;
  std::vector<std::string>& ignored_;
  FindObject find_;
};

}  // namespace

FindObject finder(const std::vector<ObjectDef>& objects) {
  return [&objects](std::string_view key) -> const ObjectDef* {
    for (const ObjectDef& object : objects) {
      if (object.key == key || object.plural == key) return &object;
    }
    return nullptr;
  };
}

void compute_fields(std::vector<ObjectDef>& objects, const std::vector<OwnField>& rows,
                    std::vector<std::string>& ignored) {
  const bool any = std::ranges::any_of(
      rows, [](const OwnField& row) { return !row.formula.empty() || !row.rollup.empty(); });
  if (any) Computing(objects, rows, ignored).run();
}

std::vector<const FieldDef*> formulas_in_order(const ObjectDef& object) {
  std::vector<const FieldDef*> left;
  for (const FieldDef& field : object.expanded) {
    if (field.formula != nullptr) left.push_back(&field);
  }
  std::vector<const FieldDef*> out;
  while (!left.empty()) {
    const auto ready = std::ranges::find_if(left, [&](const FieldDef* field) {
      return std::ranges::none_of(field->formula->inputs(), [&](const std::string& input) {
        return std::ranges::any_of(left,
                                   [&](const FieldDef* other) { return other->key == input; });
      });
    });
    if (ready == left.end()) return out;  // A circle; its fields leave the catalog.
    out.push_back(*ready);
    left.erase(ready);
  }
  return out;
}

std::vector<const FieldDef*> circle(const ObjectDef& object, std::string_view key,
                                    const Formula& formula) {
  Path path;
  for (const std::string& input : formula.inputs()) {
    const FieldDef* read = object.field(input);
    if (read == nullptr) continue;
    std::set<std::string_view> seen;
    if (read->key == key) return {read};
    if (leads_to(object, *read, key, seen, path)) {
      std::ranges::reverse(path);
      return path;
    }
  }
  return {};
}

std::vector<UsedBy> used_by(const std::vector<ObjectDef>& objects, const ObjectDef& object,
                            std::string_view key) {
  std::vector<UsedBy> out;
  const std::string full = object.key + "." + std::string(key);
  for (const ObjectDef& other : objects) {
    for (const FieldDef& field : other.expanded) {
      if (!is_computed(field) || field.hidden) continue;
      const bool reads = std::ranges::any_of(field.made_from, [&](const std::string& name) {
        return field.formula != nullptr ? &other == &object && name == key : name == full;
      });
      if (reads) out.push_back({.object = &other, .field = &field});
    }
  }
  return out;
}

}  // namespace daifuku::meta
