// "contains" and "starts" on a text: the comparison is text/filter_text.h, the road to it depends
// on the store and on how much there is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "meta/object.h"
#include "meta/value.h"

namespace daifuku::records {

class Engine;

struct TextCondition {
  const meta::ObjectDef& object;
  const meta::FieldDef& field;
  std::string_view alias;
  std::string_view typed;  // not empty
  bool at_start = false;
  bool trash = false;  // among trashed records, which are in no search index
};

// SQL that is true for the rows whose text matches, never NULL when it is false; values are added
// to `binds`. May read the store.
std::string text_condition(Engine& engine, const TextCondition& wanted,
                           std::vector<meta::Value>& binds);

}  // namespace daifuku::records
