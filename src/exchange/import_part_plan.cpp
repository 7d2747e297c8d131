// Which parts the columns of a table name (import_parts.h).
#include <algorithm>

#include "exchange/import_fields.h"
#include "exchange/import_parts.h"
#include "meta/kinds.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::ObjectDef;

namespace {

constexpr std::size_t kMostParts = 8;
constexpr int kDeepest = 3;
constexpr std::string_view kField = "field:";

// "field:order.person.email" -> order.person, email. An empty path: the row's own record.
struct Address {
  std::string_view path = {};
  std::string_view field = {};
};
Address address_of(std::string_view to) {
  if (!to.starts_with(kField)) return {};
  to.remove_prefix(kField.size());
  const std::size_t dot = to.rfind('.');
  // The id of what is linked is the record's own: "company.id".
  if (dot == to.npos || (to.substr(dot) == kIdOfLink && to.find('.') == dot)) return {.field = to};
  return {.path = to.substr(0, dot), .field = to.substr(dot + 1)};
}

const FieldDef* link_field(const auth::Access& access, const ObjectDef& object,
                           std::string_view key) {
  const FieldDef* field = object.field(key);
  return field != nullptr && field->kind == &meta::kinds::link &&
                 is_writable(access, object, *field)
             ? field
             : nullptr;
}

// The field by which `from` links to the imported object, as a customer's or under its own key.
const FieldDef* link_to(const auth::Access& access, const ObjectDef& from, const ObjectDef& to) {
  const FieldDef* field = link_field(access, from, to.key);
  return field != nullptr && field->target == to.key ? field : nullptr;
}

struct Place {
  const ObjectDef* object = nullptr;
  const FieldDef* link = nullptr;
  bool below = false;
};

// Where one step of a path leads.
Place step(const auth::Access& access, const ObjectDef& from, std::string_view key, bool first) {
  if (const FieldDef* link = link_field(access, from, key)) {
    const ObjectDef* target = access.catalog().object(link->target);
    const bool seen = target != nullptr && access.object(*target).read != auth::Scope::none;
    return seen ? Place{target, link, false} : Place{};
  }
  const ObjectDef* object = first ? access.catalog().object(key) : nullptr;
  if (object == nullptr || object == &from || !access.object(*object).create) return {};
  const FieldDef* link = link_to(access, *object, from);
  return link == nullptr ? Place{} : Place{object, link, true};
}

// Follows a path; nullptr in `object` when it leads nowhere.
Place follow(const auth::Access& access, const ObjectDef& object, std::string_view path) {
  Place place{.object = &object};
  int depth = 0;
  while (!path.empty() && place.object != nullptr) {
    if (++depth > kDeepest || place.below) return {};
    const std::size_t dot = std::min(path.find('.'), path.size());
    place = step(access, *place.object, path.substr(0, dot), depth == 1);
    path.remove_prefix(std::min(path.size(), dot + 1));
  }
  return place;
}

std::set<std::string, std::less<>> paths_of(const std::vector<ImportColumn>& columns) {
  std::set<std::string, std::less<>> out;
  for (const ImportColumn& column : columns) {
    std::string_view path = address_of(column.to).path;
    while (!path.empty()) {
      out.emplace(path);
      const std::size_t dot = path.rfind('.');
      path = dot == path.npos ? std::string_view() : path.substr(0, dot);
    }
  }
  return out;
}

// A column that names the record of a part by the link field alone goes to the part's title.
std::string unfold(const auth::Access& access, const ObjectDef& object,
                   const std::set<std::string, std::less<>>& paths, const std::string& to) {
  const Address address = address_of(to);
  if (address.field.empty()) return to;
  const std::string whole =
      address.path.empty() ? std::string(address.field) : to.substr(kField.size());
  if (!paths.contains(whole)) return to;
  const Place place = follow(access, object, whole);
  return place.object == nullptr || place.below
             ? to
             : std::string(kField) + whole + "." + place.object->title;
}

bool has_field(const auth::Access& access, const ObjectDef& object, std::string_view key) {
  if (key == "owner_id" || key == "team_id") return true;
  if (key.ends_with(kIdOfLink)) return linked_by_id(access, object, key) != nullptr;
  if (const FieldDef* whole = whole_field(object, key)) {
    return is_writable_whole(access, object, *whole);
  }
  const FieldDef* field = object.field(key);
  return field != nullptr && is_writable(access, object, *field);
}

}  // namespace

bool is_target(const auth::Access& access, const ObjectDef& object, std::string_view to) {
  if (to == "ignore") return true;
  if (to == "note") return note_field(access, object) != nullptr;
  const Address address = address_of(to);
  if (address.field.empty()) return false;
  const Place place = follow(access, object, address.path);
  return place.object != nullptr && has_field(access, *place.object, address.field);
}

std::vector<ImportColumn> own_columns(const auth::Access& access, const ObjectDef& object,
                                      const std::vector<ImportColumn>& columns) {
  const auto paths = paths_of(columns);
  std::vector<ImportColumn> out = columns;
  for (ImportColumn& column : out) {
    column.to = unfold(access, object, paths, column.to);
    if (!address_of(column.to).path.empty()) column.to = "ignore";
  }
  return out;
}

std::vector<ImportPart> plan_parts(const ImportTable& table, const auth::Access& access,
                                   const ObjectDef& object,
                                   const std::vector<ImportColumn>& columns,
                                   const ImportSettings& settings, Problems& problems,
                                   const ColumnMap* map) {
  const auto paths = paths_of(columns);
  std::vector<ImportPart> out;
  for (const std::string& path : paths) {  // sorted, so a parent comes first
    const Place place = follow(access, object, path);
    const bool too_many = out.size() >= kMostParts;
    if (place.object == nullptr || too_many) {
      for (const ImportColumn& column : columns) {
        if (address_of(column.to).path != path) continue;
        problems.push_back({"columns." + std::to_string(column.index),
                            "field_unknown",
                            {{"name", column.to.substr(kField.size())}}});
      }
      continue;
    }
    ImportPart& part = out.emplace_back();
    part.path = path;
    part.object = place.object;
    part.link = place.link;
    part.below = place.below;
    const std::size_t dot = path.rfind('.');
    if (dot != std::string::npos) {
      const auto parent = std::ranges::find(out, path.substr(0, dot), &ImportPart::path);
      part.parent = static_cast<int>(parent - out.begin());
    }
    std::vector<ImportColumn> own = columns;
    for (ImportColumn& column : own) {
      const std::string to = unfold(access, object, paths, column.to);
      const Address address = address_of(to);
      column.to =
          address.path == path ? std::string(kField) + std::string(address.field) : "ignore";
    }
    // A part is found or made; updating, choices and repeats are of the rows' own records.
    const ImportSettings settings_of_part{
        .create_links = settings.create_links, .skip_known = false, .owner = settings.owner};
    part.plan = make_plan(table, access, *part.object, own, settings_of_part, problems, map, true);
  }
  return out;
}

}  // namespace daifuku::exchange
