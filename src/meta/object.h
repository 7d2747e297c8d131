// What an object is, and the catalog of all objects: an immutable snapshot shared by all threads.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "meta/field.h"

namespace daifuku::meta {

struct ObjectDef {
  std::uint32_t id = 0;     // For life. Standard 1-999, own objects from 1,000.
  std::string key = {};     // company
  std::string plural = {};  // companies: the path in the API
  Label label = {};         // 会社 / Company
  Label plural_label = {};  // 会社 / Companies
  Label help = {};
  std::string icon = {};  // Tabler icon name without the Icon prefix, as on the screen: building
  std::vector<Section> sections = {};
  std::vector<FieldDef> fields = {};

  // The field whose text names a record in links, search results and the timeline.
  std::string title = "name";

  // A customer has a timeline of its own (company, person).
  bool customer = false;
  // Links to customers whose timelines show this record, and who owns the customer may see it (own
  // / team scope).
  std::vector<std::string> customer_links = {};
  // Timeline entry: field with the time (date or date-time), and the fields whose texts make the
  // one-line summary, put together when it is read.
  std::string timeline_at = {};
  std::vector<std::string> timeline_summary = {};

  // Lines of an order, attendees of a deal: shown and written inside the parent, which they point
  // to by this link.
  std::string parent_link = {};

  bool in_navigation = true;
  std::string default_sort = "-updated_at";

  // The company does not use it: no screen shows it. What is kept of it stays, and the API answers
  // as before.
  bool hidden = false;

  // Filled by the catalog: composite fields expanded, own fields appended, keys indexed.
  std::vector<FieldDef> expanded = {};
  std::unordered_map<std::string, std::size_t> index = {};

  const FieldDef* field(
      std::string_view key_wanted) const;  // among `expanded`; nullptr when absent
};

// A company's own field, as its row says. `id` from 10,000; `key` begins with "c_", so that no
// later standard field meets it; `column` is the slot it was given (x_text_1, x_int_1).
struct OwnField {
  std::uint32_t id = 0;
  std::string object = {};
  std::string key = {};
  std::string kind = {};  // A kind that has a column: no composite, no links, no users.
  std::string column = {};
  Label label = {};
  Label help = {};
  std::vector<Option> options = {};
  std::string target = {};
  std::string section = {};
  std::int64_t max = 0;
  std::optional<std::int64_t> least = {};
  std::optional<std::int64_t> greatest = {};
  bool required = false;
  bool in_list = false;
  bool hidden = false;
  std::optional<int> position = {};
  // One of them says how it is worked out (meta/formula.h, meta/rollup.h): the source, with keys
  // for names, and a JSON object.
  std::string formula = {};
  std::string rollup = {};
};

// What the company changed of a field, standard or own. Absent members leave the declaration as it
// is.
struct FieldOverride {
  std::string object = {};
  std::string key = {};
  std::optional<Label> label = {};
  std::optional<Label> help = {};
  std::optional<bool> required = {};
  std::optional<bool> hidden = {};
  std::optional<bool> in_list = {};
  std::optional<std::string> section = {};
  std::optional<int> position =
      {};  // Standard fields stand at 10, 20, 30 ... in the order of declaration.
  // In the order wanted. Those with the key of a declared option change its label, its color and
  // whether it is hidden; others are added. Declared ones that are not named stay, at the end.
  std::vector<Option> options = {};
};

// What the company changed of an object: its words (商談 is called 案件 here), whether it is used,
// and where it stands. Absent members leave the declaration as it is.
struct ObjectOverride {
  std::string object = {};
  std::optional<Label> label = {};
  std::optional<Label> plural_label = {};
  std::optional<bool> hidden = {};
  std::optional<int> position = {};  // Declared ones stand at 10, 20, 30 ...
};

struct Customization {
  std::vector<OwnField> fields = {};
  std::vector<FieldOverride> overrides = {};
  std::vector<ObjectOverride> objects = {};
};

// Immutable once built. Records engine, API and UI read it through std::shared_ptr<const Catalog>.
class Catalog {
 public:
  // Expands, indexes and checks: duplicate ids or keys, unknown kinds or link targets, fields that
  // the object's own declarations name but that do not exist. Throws SystemError, since a wrong
  // declaration must not start. Rows of the company that make no sense (any more) are left out and
  // told in ignored() instead: they must not stop the server.
  explicit Catalog(std::vector<ObjectDef> objects, const Customization& customization = {});

  const ObjectDef* object(std::string_view key) const;        // company
  const ObjectDef* by_plural(std::string_view plural) const;  // companies
  const ObjectDef* by_id(std::uint32_t id) const;
  const std::vector<ObjectDef>& objects() const { return objects_; }
  // Changes whenever a definition changes; clients refetch metadata when it does.
  const std::string& version() const { return version_; }
  // Where FieldDef::made_from leads, by ids of objects and positions in `expanded`.
  struct MadeFrom {
    std::uint32_t object = 0;
    std::size_t field = 0;
    std::uint32_t source_object = 0;
    std::size_t source_field = 0;
  };
  const std::vector<MadeFrom>& made_from() const { return made_from_; }
  // Own fields and overrides that were left out: "company.c_10001: unknown kind".
  const std::vector<std::string>& ignored() const { return ignored_; }
  // Why the object cannot be put out of use when only these are used: those of them that must have
  // a link to it, or itself when it is the only customer left. Empty: it can.
  std::vector<const ObjectDef*> needed_by(const ObjectDef& object,
                                          const std::function<bool(const ObjectDef&)>& used) const;

 private:
  void hide_unused();
  void find_sources();

  std::vector<ObjectDef> objects_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::unordered_map<std::string, std::size_t> by_plural_;
  std::unordered_map<std::uint32_t, std::size_t> by_id_;
  std::vector<MadeFrom> made_from_;
  std::string version_;
  std::vector<std::string> ignored_;
};

// The field that a row describes; nothing when the row is wrong (kind, key, slot type, target,
// options), with the reason. Used by the catalog, and by the administration before it stores the
// row.
std::optional<FieldDef> make_own_field(const OwnField& row, std::string& reason);
// "x_text_" or "x_int_": which slots a kind can use; empty for kinds that own fields cannot have.
std::string_view slot_prefix(const FieldKind& kind);
inline constexpr std::uint32_t kFirstOwnFieldId = 10'000;

// Columns that every record table has besides its fields; usable in filters, sorts and lists like
// fields. id, version, created_at, created_by, updated_at, updated_by, owner_id, team_id,
// deleted_at.
const std::vector<FieldDef>& system_fields();

}  // namespace daifuku::meta
