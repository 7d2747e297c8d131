// Which fields of an object tell that two of its records are one customer: those declared as
// duplicate keys, and the address.
#pragma once

#include <string>
#include <vector>

#include "matching/field.h"
#include "records/plan.h"

namespace daifuku::records {

struct ComparedField {
  matching::Kind kind = matching::Kind::text;
  const meta::FieldDef* field = nullptr;  // of an address in several fields the first
  std::vector<const meta::FieldDef*> parts = {};
  // The values of a record as cells, one after the other; several items are several cells.
  void cells(const meta::Values& values, std::vector<std::string>& out) const;
};

// Empty when the object has no name to compare.
std::vector<ComparedField> compared_fields(const ObjectPlan& plan);

}  // namespace daifuku::records
