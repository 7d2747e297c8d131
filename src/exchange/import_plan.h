// What an import is to do: which column goes where, as the person or the proposal says and his
// rights allow.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "auth/access.h"
#include "base/error.h"
#include "exchange/import_columns.h"
#include "meta/object.h"

namespace daifuku::exchange {

// Where a column goes.
struct ImportTarget {
  enum class Kind { ignore, note, field, link, user, owner, own };
  Kind kind = Kind::ignore;
  std::string key = {};  // of the field, or of the composite that a cell holds whole
  const meta::FieldDef* field = nullptr;  // nullptr for composites
  std::string own_kind = {};              // own: the kind of the field to make
};

// Checked against the rights of `access`, column by column. Problems name "columns.N".
struct ImportPlan {
  const meta::ObjectDef* object = nullptr;
  const meta::FieldDef* note = nullptr;
  std::vector<ImportTarget> targets = {};  // by column
  std::vector<std::string> headings = {};  // by column, for notes and messages
  bool create_links = true;
  bool skip_known = true;
  Id owner = 0;
};
ImportPlan make_plan(const ImportTable& table, const auth::Access& access,
                     const meta::ObjectDef& object, const std::vector<ImportColumn>& columns,
                     const ImportSettings& settings, Problems& problems);

}  // namespace daifuku::exchange
