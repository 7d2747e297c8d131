// What follows from a definition, each by one function: reading input, defaults, required fields,
// titles, metadata for the screens, OpenAPI. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/id.h"
#include "base/json.h"
#include "base/messages.h"
#include "base/time.h"
#include "meta/object.h"

namespace daifuku::meta {

// What a caller may do with one field. Rights are parallel to ObjectDef::expanded.
enum class FieldRight : unsigned char { none, masked, read, write };
using FieldRights = std::vector<FieldRight>;

// `write` for every field; tests and the product's own work.
FieldRights all_rights(const ObjectDef& object);
// nullopt when the object has no such field.
std::optional<std::size_t> field_position(const ObjectDef& object, std::string_view key);

// Members of a request body that are not fields; the caller reads them itself.
inline constexpr std::string_view kHandledKeys[] = {"version", "owner_id", "team_id"};

// Body of a create or an update -> values by field key. Problems: field_unknown (also for a field
// the caller may not see), field_not_writable, and those of the kinds. A field with a problem is
// left out. Throws AppError(bad_request, "json_object_expected") when the body is no object.
Values parse_values(const ObjectDef& object, const Json& body, const FieldRights& rights,
                    Problems& problems,
                    std::span<const std::string_view> handled = std::span(kHandledKeys));

// One cell of a file and the field it goes to.
struct Cell {
  std::string_view field = {};
  std::string_view text = {};
};
// As parse_values, for texts of a file or of a pasted block. Empty cells give no value (an import
// does not empty what is there) unless `empties`. Link and user cells are left to the caller unless
// they hold an id.
Values parse_cells(const ObjectDef& object, std::span<const Cell> cells, const FieldRights& rights,
                   Problems& problems, bool empties = false);

// Fills fields that have a default and no value yet. `today` is an ISO date; `user` 0 leaves "me"
// empty.
void apply_defaults(const ObjectDef& object, Values& values, std::string_view today, Millis now,
                    Id user);

// Adds `required` for each required field that is empty in the whole record. To be called after the
// hooks, which fill computed ones.
void check_required(const ObjectDef& object, const Values& full_record, Problems& problems);

// The text that names the record; "(名称なし)" never appears here: empty when the title field is
// empty.
std::string title_of(const ObjectDef& object, const Values& values);

// JSON of a value of any kind but links and users, whose titles only the records engine knows (for
// them only the id is written). null when empty.
void write_value(JsonWriter& writer, const FieldDef& field, const Value& value);
// Text for files; empty when empty.
std::string value_text(const FieldDef& field, const Value& value);
// Text for people, in their language (1,234円 or ¥1,234): second lines of hits, timeline. Never
// stored.
std::string display_text(const FieldDef& field, const Value& value, Language language);

// Whether lists may be sorted by it.
bool is_sortable(const FieldDef& field);
std::string_view comparison_name(Comparison comparison);

// What the caller may do with the object as a whole.
struct ObjectPermissions {
  bool read = true;
  bool create = true;
  bool update = true;
  bool remove = true;
  bool import_rows = true;
  bool export_rows = true;
};
// Whether the caller may read that field of that object; decides which related lists are told of.
using FieldVisible = std::function<bool(const ObjectDef&, const FieldDef&)>;

// How the screens of a role show an object; what is not named is as declared. A matter of screens,
// not of rights: a hidden field is still read and exported.
struct Layout {
  std::vector<std::string> order = {};  // Keys of fields; the others follow in their own order.
  std::set<std::string, std::less<>> hidden = {};
  std::set<std::string, std::less<>> required = {};

  bool is_plain() const { return order.empty() && hidden.empty() && required.empty(); }
};
// What is wrong with it, by the keys of the fields: unknown, hidden though it must be filled in,
// required though nobody fills it in.
Problems wrong_layout(const ObjectDef& object, const Layout& layout);
// As check_required(), of what `layout` asks for beyond the declaration and `rights` let be
// written.
void check_layout(const ObjectDef& object, const Layout& layout, const FieldRights& rights,
                  const std::function<bool(const FieldDef&)>& is_filled, Problems& problems);

// One element of GET /metadata `objects`.
void write_object_metadata(JsonWriter& writer, const Catalog& catalog, const ObjectDef& object,
                           const FieldRights& rights, const ObjectPermissions& permissions,
                           const FieldVisible& visible, const Layout& layout = {});
// One element of its `fields`, and of GET /fields.
void write_field_metadata(JsonWriter& writer, const FieldDef& field, FieldRight right);

// OpenAPI 3.1 component schema of a record, as read and written.
void write_object_schema(JsonWriter& writer, const ObjectDef& object, const FieldRights& rights);

}  // namespace daifuku::meta
