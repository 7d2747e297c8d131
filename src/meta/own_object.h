// Objects that a company makes for itself, without code. The catalog takes them with the standard
// ones and knows no difference; their own fields are OwnFields like those of any other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "meta/object.h"

namespace daifuku::meta {

inline constexpr std::uint32_t kFirstOwnObjectId = 1'000;
inline bool is_own(const ObjectDef& object) { return object.id >= kFirstOwnObjectId; }

// As its row says. `key` begins with "c_", as no standard object's does; it is its path in the API
// too.
struct OwnObject {
  std::uint32_t id = 0;
  std::string key = {};
  Label label = {};
  Label plural_label = {};
  Label title_label = {};               // What the name of one is called; empty: 名前.
  std::string icon = {};                // One of own_object_icons().
  std::vector<std::string> links = {};  // Keys of the customers it belongs to: company, person.
  bool in_navigation = true;
};

// "c_" and more, at most 30 characters in all: they are part of the names of tables and indexes.
bool valid_own_object_key(std::string_view key);
const std::vector<std::string_view>& own_object_icons();

// The object that a row describes, with the fields that every own object has; nothing when the row
// is wrong, with the reason.
std::optional<ObjectDef> make_own_object(const OwnObject& row, std::string& reason);

// Appends what the rows describe. Those that are wrong, or clash with what is there, are left out
// and told in `ignored`: they must not stop the server.
void add_own_objects(const std::vector<OwnObject>& rows, std::vector<ObjectDef>& objects,
                     std::vector<std::string>& ignored);

}  // namespace daifuku::meta
