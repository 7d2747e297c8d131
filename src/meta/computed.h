// Fields that are worked out, in the catalog: which there are, what they read, in which order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "meta/formula.h"
#include "meta/object.h"
#include "meta/rollup.h"

namespace daifuku::meta {

inline bool is_computed(const FieldDef& field) {
  return field.formula != nullptr || field.rollup != nullptr;
}

// By key, and by plural for conditions of filters.
FindObject finder(const std::vector<ObjectDef>& objects);

// Gives the fields that the rows describe their formulas and roll-ups. `objects` are expanded and
// indexed. Fields whose row makes no sense (any more), or that read each other in a circle, leave
// and are told in `ignored`.
void compute_fields(std::vector<ObjectDef>& objects, const std::vector<OwnField>& rows,
                    std::vector<std::string>& ignored);

// The formulas among the fields, each behind those that it reads.
std::vector<const FieldDef*> formulas_in_order(const ObjectDef& object);

// Whether the field `key` would read itself when it had that formula: the labels along the circle.
std::vector<const FieldDef*> circle(const ObjectDef& object, std::string_view key,
                                    const Formula& formula);

// Fields of any object that read this one, "deal.c_10001".
struct UsedBy {
  const ObjectDef* object = nullptr;
  const FieldDef* field = nullptr;
};
std::vector<UsedBy> used_by(const std::vector<ObjectDef>& objects, const ObjectDef& object,
                            std::string_view key);

}  // namespace daifuku::meta
