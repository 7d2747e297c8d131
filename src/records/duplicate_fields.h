// Which fields of an object tell that two of its records are one customer: those declared as
// duplicate keys, the address, and the customer that a customer belongs to.
#pragma once

#include <string>
#include <vector>

#include "matching/field.h"
#include "records/plan.h"

namespace daifuku::records {

struct ComparedField {
  matching::Kind kind = matching::Kind::text;
  const meta::FieldDef* field = nullptr;  // the first of several
  // The parts of an address, which are one text; or all fields with telephone numbers, since the
  // same number stands under 電話 here and under 携帯 there.
  std::vector<const meta::FieldDef*> parts = {};
  // The values of a record as cells, one after the other; several items are several cells.
  void cells(const meta::Values& values, std::vector<std::string>& out) const;
};

// Empty when the object has no name to compare.
std::vector<ComparedField> compared_fields(const ObjectPlan& plan);

// Whether what two records have in this field may be told to the caller: he reads all of its
// parts, and of a link whatever it leads to.
bool may_tell(const Caller& caller, const meta::ObjectDef& object, const ComparedField& compared);

}  // namespace daifuku::records
