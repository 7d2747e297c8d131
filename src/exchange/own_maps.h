// Column maps that users saved: of their own, or for everybody. Only the owner and managers change
// or delete one; only managers and the owner see one that is not shared.
//
// Thread-safe. Errors: AppError not_found for maps that the caller does not see, forbidden for what
// only the owner may do, invalid with problems.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "exchange/column_map.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct OwnMap {
  Id id = 0;
  std::string name = {};
  std::string object = {};
  Id owner = 0;
  bool shared = false;
  Millis updated_at = 0;
  std::string body = {};  // JSON: columns, values
};

class OwnMaps {
 public:
  explicit OwnMaps(records::Engine& engine) : engine_(engine) {}

  // Those the caller sees, his own first, then by name; at most 200.
  std::vector<OwnMap> list(const records::Caller& caller) const;
  void list_json(const records::Caller& caller, std::string& out) const;
  // `columns`: heading -> target; `values` as in ColumnMap. Returns the id. A map of that name of
  // the same owner and object is replaced.
  Id save(const records::Caller& caller, const std::string& name, bool shared,
          const std::string& object, const std::string& body);
  // {name?, shared?}
  void change(const records::Caller& caller, Id id, const Json& body, std::string& out);
  void remove(const records::Caller& caller, Id id);
  void write(JsonWriter& json, const records::Caller& caller, const OwnMap& map) const;

 private:
  OwnMap find_changeable(const records::Caller& caller, Id id) const;
  records::Engine& engine_;
};

// As a map to import with; nothing when its body cannot be read.
std::optional<ColumnMap> column_map(const OwnMap& own);

// The ready-made and saved maps that fit the headings, best first: saved ones before ready-made
// ones. A saved one fits when nine of ten headings are the same.
std::vector<ColumnMap> fitting_maps(const std::vector<OwnMap>& own,
                                    const std::vector<HeaderColumn>& headings,
                                    std::string_view file_format);

}  // namespace daifuku::exchange
