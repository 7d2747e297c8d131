#include "meta/object.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/crypto.h"
#include "base/error.h"
#include "meta/computed.h"
#include "meta/customize.h"
#include "meta/derive.h"
#include "meta/kinds.h"
#include "meta/kinds/prefecture.h"

namespace daifuku::meta {

namespace {

// Names that the API uses beside the fields of a record, and the parts of paths beside the objects.
const std::unordered_set<std::string_view> kReservedKeys = {
    "id",         "object",     "version",  "title",   "created_at", "created_by",
    "updated_at", "updated_by", "owner_id", "team_id", "deleted_at", "tenant_id",
    "change",     "and",        "or",       "not",     "rowid"};
const std::unordered_set<std::string_view> kReservedPlurals = {
    "session",   "setup",    "me",       "metadata", "search", "recent",  "changes", "users",
    "teams",     "tags",     "postal",   "views",    "events", "imports", "exports", "roles",
    "tokens",    "fields",   "settings", "undo",     "files",  "docs",    "invite",  "addresses",
    "reference", "register", "calendar", "readings", "objects"};

// Words that SQLite or PostgreSQL would not take as a bare column name.
const std::unordered_set<std::string_view> kSqlWords = {"add",
                                                        "all",
                                                        "alter",
                                                        "analyse",
                                                        "analyze",
                                                        "and",
                                                        "any",
                                                        "array",
                                                        "as",
                                                        "asc",
                                                        "asymmetric",
                                                        "authorization",
                                                        "autoincrement",
                                                        "between",
                                                        "binary",
                                                        "both",
                                                        "by",
                                                        "case",
                                                        "cast",
                                                        "check",
                                                        "collate",
                                                        "collation",
                                                        "column",
                                                        "commit",
                                                        "concurrently",
                                                        "constraint",
                                                        "create",
                                                        "cross",
                                                        "current_catalog",
                                                        "current_date",
                                                        "current_role",
                                                        "current_schema",
                                                        "current_time",
                                                        "current_timestamp",
                                                        "current_user",
                                                        "default",
                                                        "deferrable",
                                                        "delete",
                                                        "desc",
                                                        "distinct",
                                                        "do",
                                                        "drop",
                                                        "else",
                                                        "end",
                                                        "escape",
                                                        "except",
                                                        "exists",
                                                        "false",
                                                        "fetch",
                                                        "for",
                                                        "foreign",
                                                        "freeze",
                                                        "from",
                                                        "full",
                                                        "grant",
                                                        "group",
                                                        "having",
                                                        "ilike",
                                                        "if",
                                                        "in",
                                                        "index",
                                                        "initially",
                                                        "inner",
                                                        "insert",
                                                        "intersect",
                                                        "into",
                                                        "is",
                                                        "isnull",
                                                        "join",
                                                        "lateral",
                                                        "leading",
                                                        "left",
                                                        "like",
                                                        "limit",
                                                        "localtime",
                                                        "localtimestamp",
                                                        "natural",
                                                        "not",
                                                        "nothing",
                                                        "notnull",
                                                        "null",
                                                        "offset",
                                                        "on",
                                                        "only",
                                                        "or",
                                                        "order",
                                                        "outer",
                                                        "overlaps",
                                                        "placing",
                                                        "primary",
                                                        "references",
                                                        "returning",
                                                        "right",
                                                        "select",
                                                        "session_user",
                                                        "set",
                                                        "similar",
                                                        "some",
                                                        "symmetric",
                                                        "table",
                                                        "tablesample",
                                                        "then",
                                                        "to",
                                                        "trailing",
                                                        "transaction",
                                                        "true",
                                                        "union",
                                                        "unique",
                                                        "update",
                                                        "user",
                                                        "using",
                                                        "values",
                                                        "variadic",
                                                        "verbose",
                                                        "when",
                                                        "where",
                                                        "window",
                                                        "with"};

std::string column_of(const FieldDef& field) {
  if (field.kind->storage == Storage::none) return {};
  return kSqlWords.contains(field.key) ? field.key + "_" : field.key;
}

[[noreturn]] void wrong(const std::string& where, const std::string& what) {
  throw SystemError("catalog: " + where + ": " + what);
}

bool valid_key(std::string_view key) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (key.empty() || key.size() > 41 || !lower(key[0])) return false;
  return std::all_of(key.begin(), key.end(),
                     [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '_'; });
}

bool has_target(const FieldKind& kind) { return &kind == &kinds::link || &kind == &kinds::links; }

void check_options(const FieldDef& field, const std::string& where) {
  std::unordered_set<std::string> keys;
  for (const Option& option : field.options) {
    if (option.key.empty() || option.key.find('\n') != std::string::npos)
      wrong(where, "option key");
    if (!keys.insert(option.key).second) wrong(where, "repeated option " + option.key);
    if (option.label.ja.empty() || option.label.en.empty()) {
      wrong(where, "option " + option.key + " without a label");
    }
  }
}

void check_declared(const ObjectDef& object, const FieldDef& field) {
  const std::string where = object.key + "." + field.key;
  if (!valid_key(field.key) || kReservedKeys.contains(field.key)) wrong(where, "key");
  if (field.kind == nullptr) wrong(where, "no kind");
  if (field.id == 0 || field.id > 899) wrong(where, "id must be 1 to 899");
  if (field.label.ja.empty() || field.label.en.empty()) wrong(where, "no label");
  if (has_options(*field.kind) != !field.options.empty()) wrong(where, "options");
  if (has_target(*field.kind) != !field.target.empty()) wrong(where, "target");
  const bool limited = field.least.has_value() || field.greatest.has_value();
  if (limited && field.kind->comparison != Comparison::number) wrong(where, "limits of no number");
  if (field.least && field.greatest && *field.least > *field.greatest)
    wrong(where, "least is above greatest");
  check_options(field, where);
  const auto section = std::find_if(object.sections.begin(), object.sections.end(),
                                    [&](const Section& s) { return s.key == field.section; });
  if (!field.section.empty() && section == object.sections.end()) wrong(where, "section");
}

std::vector<Placed> expand_declared(const ObjectDef& object) {
  std::vector<Placed> placed;
  int position = 0;
  for (const FieldDef& field : object.fields) {
    position += 10;
    check_declared(object, field);
    if (field.kind->expand == nullptr) {
      placed.push_back({field, position});
      continue;
    }
    for (FieldDef& part : field.kind->expand(field)) placed.push_back({std::move(part), position});
  }
  for (Placed& each : placed) {
    each.field.column = column_of(each.field);
    if (each.field.kind == &kinds::prefecture) each.field.options = kinds::prefecture_options();
  }
  return placed;
}

bool is_system_field(std::string_view key) {
  const auto& fields = system_fields();
  return std::any_of(fields.begin(), fields.end(),
                     [&](const FieldDef& field) { return field.key == key; });
}

void index_fields(ObjectDef& object) {
  std::unordered_set<std::uint32_t> ids;
  for (const FieldDef& field : object.fields) {
    if (!ids.insert(field.id).second) wrong(object.key + "." + field.key, "repeated id");
  }
  ids.clear();
  for (std::size_t i = 0; i < object.expanded.size(); ++i) {
    const FieldDef& field = object.expanded[i];
    const std::string where = object.key + "." + field.key;
    if (!ids.insert(field.id).second) wrong(where, "repeated id");
    if (!valid_key(field.key) || kReservedKeys.contains(field.key)) wrong(where, "key");
    if (!object.index.emplace(field.key, i).second) wrong(where, "repeated key");
  }
}

// Names of fields that the object's own declaration uses.
void check_uses(const ObjectDef& object) {
  const auto must = [&](const std::string& key, const char* use) -> const FieldDef& {
    const FieldDef* field = object.field(key);
    if (field == nullptr) wrong(object.key, std::string(use) + " names no field: " + key);
    return *field;
  };
  if (has_target(*must(object.title, "title").kind)) wrong(object.key, "title must be a text");
  if (!object.timeline_at.empty()) {
    if (must(object.timeline_at, "timeline_at").kind->comparison != Comparison::date) {
      wrong(object.key, "timeline_at must be a date or a time");
    }
  }
  for (const std::string& key : object.timeline_summary) must(key, "timeline_summary");
  if (!object.parent_link.empty() && must(object.parent_link, "parent_link").kind != &kinds::link) {
    wrong(object.key, "parent_link must be a link");
  }
  for (const std::string& key : object.customer_links) {
    if (must(key, "customer_links").kind != &kinds::link)
      wrong(object.key, "customer_links: " + key);
  }
  std::string_view sort = object.default_sort;
  if (sort.starts_with('-')) sort.remove_prefix(1);
  if (!is_system_field(sort)) must(std::string(sort), "default_sort");
}

}  // namespace

const FieldDef* ObjectDef::field(std::string_view key_wanted) const {
  const auto found = index.find(std::string(key_wanted));
  return found == index.end() ? nullptr : &expanded[found->second];
}

Catalog::Catalog(std::vector<ObjectDef> objects, const Customization& customization)
    : objects_(std::move(objects)) {
  customize_objects(objects_, customization, ignored_);
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const ObjectDef& object = objects_[i];
    if (!valid_key(object.key) || !valid_key(object.plural)) wrong(object.key, "key or plural");
    if (kReservedPlurals.contains(object.plural)) wrong(object.key, "plural is a path of its own");
    if (object.id == 0 || !by_id_.emplace(object.id, i).second) wrong(object.key, "id");
    if (!by_key_.emplace(object.key, i).second) wrong(object.key, "repeated key");
    if (!by_plural_.emplace(object.plural, i).second) wrong(object.key, "repeated plural");
    if (object.label.ja.empty() || object.label.en.empty()) wrong(object.key, "no label");
  }
  for (ObjectDef& object : objects_) {
    std::vector<Placed> placed = expand_declared(object);
    customize_fields(object, customization, placed, ignored_);
    object.expanded.clear();
    object.index.clear();
    for (Placed& each : placed) {
      const auto section =
          std::find_if(object.sections.begin(), object.sections.end(),
                       [&](const Section& s) { return s.key == each.field.section; });
      if (section == object.sections.end()) each.field.section.clear();
      // An own link whose target is not there (any more) is left out, a declared one is a mistake.
      if (!each.field.target.empty() && !by_key_.contains(each.field.target)) {
        const std::string where = object.key + "." + each.field.key;
        if (!each.field.custom) wrong(where, "target " + each.field.target);
        ignored_.push_back(where + ": target " + each.field.target);
        continue;
      }
      object.expanded.push_back(std::move(each.field));
    }
    index_fields(object);
    check_uses(object);
  }
  compute_fields(objects_, customization.fields, ignored_);
  for (const ObjectDef& object : objects_) {
    for (const std::string& key : object.customer_links) {
      if (!this->object(object.field(key)->target)->customer) {
        wrong(object.key, "customer_links: " + key + " leads to no customer");
      }
    }
  }
  hide_unused();
  find_sources();
  std::string all;
  JsonWriter writer(all);
  writer.begin_array();
  for (const ObjectDef& object : objects_) {
    write_object_metadata(writer, *this, object, all_rights(object), {},
                          [](const ObjectDef&, const FieldDef&) { return true; });
    writer.boolean(object.hidden);
    for (const FieldDef& field : object.expanded) {
      writer.string(field.column).boolean(field.indexed).string(field.default_text);
      for (const std::string& name : field.import_names) writer.string(name);
    }
  }
  writer.end_array();
  version_ = sha256_hex(all).substr(0, 32);
}

// What the company does not use takes with it its lines and the fields that lead to it.
void Catalog::hide_unused() {
  for (ObjectDef& object : objects_) {
    if (const FieldDef* parent = object.field(object.parent_link))
      object.hidden = object.hidden || objects_[by_key_.at(parent->target)].hidden;
    if (object.hidden) object.in_navigation = false;
  }
  for (ObjectDef& object : objects_) {
    for (FieldDef& field : object.expanded) {
      const bool unused = !field.target.empty() && objects_[by_key_.at(field.target)].hidden;
      if (unused && !field.required) field.hidden = true;
    }
  }
}

std::vector<const ObjectDef*> Catalog::needed_by(
    const ObjectDef& object, const std::function<bool(const ObjectDef&)>& used) const {
  std::vector<const ObjectDef*> out;
  bool customer_left = !object.customer;
  for (const ObjectDef& other : objects_) {
    if (&other == &object || !used(other)) continue;
    customer_left = customer_left || other.customer;
    const FieldDef* parent = other.field(other.parent_link);
    if (parent != nullptr && parent->target == object.key) continue;  // Goes with it.
    const bool needs =
        std::any_of(other.expanded.begin(), other.expanded.end(), [&](const FieldDef& field) {
          return field.required && !field.hidden && field.target == object.key;
        });
    if (needs) out.push_back(&other);
  }
  if (!customer_left) out.push_back(&object);
  return out;
}

void Catalog::find_sources() {
  for (const ObjectDef& object : objects_) {
    for (std::size_t at = 0; at < object.expanded.size(); ++at) {
      for (const std::string& name : object.expanded[at].made_from) {
        const std::size_t dot = name.find('.');
        const bool own = dot == std::string::npos;
        const ObjectDef* source = own ? &object : this->object(name.substr(0, dot));
        const std::string key = own ? name : name.substr(dot + 1);
        const auto found = source == nullptr ? object.index.end() : source->index.find(key);
        if (source == nullptr || found == source->index.end())
          wrong(object.key + "." + object.expanded[at].key, "made_from names no field: " + name);
        made_from_.push_back({.object = object.id,
                              .field = at,
                              .source_object = source->id,
                              .source_field = found->second});
      }
    }
  }
}

const ObjectDef* Catalog::object(std::string_view key) const {
  const auto found = by_key_.find(std::string(key));
  return found == by_key_.end() ? nullptr : &objects_[found->second];
}

const ObjectDef* Catalog::by_plural(std::string_view plural) const {
  const auto found = by_plural_.find(std::string(plural));
  return found == by_plural_.end() ? nullptr : &objects_[found->second];
}

const ObjectDef* Catalog::by_id(std::uint32_t id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &objects_[found->second];
}

}  // namespace daifuku::meta
