// What a company changed of the declarations, applied to them. Used by the catalog only.
#pragma once

#include <string>
#include <vector>

#include "meta/object.h"

namespace daifuku::meta {

// A field and where it stands among the others.
struct Placed {
  FieldDef field;
  int position = 0;
};

bool has_options(const FieldKind& kind);

// Adds the own fields of the object, applies the changes to its fields and puts them in order.
// Rows that make no sense are left out and told in `ignored`.
void customize_fields(const ObjectDef& object, const Customization& customization,
                      std::vector<Placed>& placed, std::vector<std::string>& ignored);
// Words, use and order of the objects.
void customize_objects(std::vector<ObjectDef>& objects, const Customization& customization,
                       std::vector<std::string>& ignored);

}  // namespace daifuku::meta
