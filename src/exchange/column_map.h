// Column maps: which heading of a known kind of file goes where, and what its values are called
// here. Ready-made ones come with the product (maps/*.json), own ones are saved by users
// (own_maps.h). Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "exchange/header_find.h"
#include "meta/field.h"

namespace daifuku::exchange {

struct ColumnMap {
  std::string id = {};  // sansan, or the id of a saved one
  int version = 1;      // rises when a ready-made map changes
  meta::Label name = {};
  std::string object = {};
  bool own = false;
  std::string format = {};  // of the only files it is for (table_format_name), or empty
  // Headings that every such file has, and others of which it has at least one. Folded
  // (text/fold.h).
  std::vector<std::string> all = {};
  std::vector<std::string> any = {};
  // Folded heading -> "field:KEY", "field:company.name", "note", "ignore".
  std::map<std::string, std::string, std::less<>> columns = {};
  // Folded heading -> value in the file -> as it is read here.
  using Words = std::map<std::string, std::string, std::less<>>;
  std::map<std::string, Words, std::less<>> values = {};

  // Where a column goes; nullptr when the map does not say.
  const std::string* target(const HeaderColumn& column) const;
  const Words* words(const HeaderColumn& column) const;
  // How well it fits: the share of the file's headings that it knows; 0 when it is not such a file.
  double fit(const std::vector<HeaderColumn>& headings, std::string_view file_format) const;
};

// A file of maps/, or the body of a saved map. Throws AppError(invalid) for what is none.
ColumnMap read_column_map(const Json& json);

}  // namespace daifuku::exchange
