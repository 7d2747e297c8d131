// Definitions as the screens and other programs see them.
#include <algorithm>
#include <utility>

#include "meta/computed.h"
#include "meta/derive.h"
#include "meta/kinds.h"

namespace daifuku::meta {

namespace {

void write_label(JsonWriter& writer, std::string_view key, const Label& label) {
  writer.key(key).begin_object().field("ja", label.ja).field("en", label.en).end_object();
}

void write_text_or_null(JsonWriter& writer, std::string_view key, const std::string& text) {
  writer.key(key);
  if (text.empty()) {
    writer.null();
  } else {
    writer.string(text);
  }
}

void write_options(JsonWriter& writer, const FieldDef& field) {
  writer.key("options").begin_array();
  for (const Option& option : field.options) {
    writer.begin_object().field("key", option.key);
    write_label(writer, "label", option.label);
    writer.field("color", option.color).field("stale_after", option.stale_after);
    writer.field("hidden", option.hidden).end_object();
  }
  writer.end_array();
}

// How it is worked out; who may read it may read all that it is made from.
void write_computed(JsonWriter& writer, const FieldDef& field, bool masked) {
  writer.key("formula");
  if (masked || field.formula == nullptr) {
    writer.null();
  } else {
    const Formula& formula = *field.formula;
    writer.begin_object().field("source", formula.source());
    writer.field("ja", formula.shown(Language::ja)).field("en", formula.shown(Language::en));
    writer.end_object();
  }
  writer.key("rollup");
  if (masked || field.rollup == nullptr) {
    writer.null();
  } else {
    write_rollup(writer, *field.rollup);
  }
  writer.field("at_read", field.at_read);
}

void write_field(JsonWriter& writer, const FieldDef& field, FieldRight right, bool system,
                 const Layout& layout = {}) {
  const bool masked = right == FieldRight::masked;
  const bool shown = field.kind->comparison != Comparison::none && !masked && !field.at_read;
  writer.begin_object();
  writer.field("id", static_cast<std::int64_t>(field.id)).field("key", field.key);
  writer.field("kind", field.kind->name);
  write_label(writer, "label", field.label);
  write_label(writer, "help", field.help);
  const bool asked = right == FieldRight::write && layout.required.contains(field.key);
  writer.field("section", field.section).field("required", field.required || asked);
  writer.field("unique", field.unique).key("max");
  if (field.max > 0) {
    writer.integer(field.max);
  } else {
    writer.null();
  }
  for (const auto& [name, limit] :
       {std::pair{"least", field.least}, std::pair{"greatest", field.greatest}}) {
    writer.key(name);
    if (limit) {
      writer.integer(*limit);
    } else {
      writer.null();
    }
  }
  writer.key("made_from").begin_array();
  for (const std::string& name : field.made_from) writer.string(name);
  writer.end_array();
  write_options(writer, field);
  write_text_or_null(writer, "target", field.target);
  writer.field("maturity", field.maturity).field("searchable", field.searchable);
  writer.field("personal", field.personal).field("sensitive", field.sensitive);
  writer.field("in_list", field.in_list).field("sortable", shown && is_sortable(field));
  writer.field("comparison", shown ? comparison_name(field.kind->comparison) : "none");
  writer.field("read_only", field.read_only);
  writer.field("writable", right == FieldRight::write && !field.read_only);
  writer.field("masked", masked);
  write_text_or_null(writer, "whole", field.whole);
  write_computed(writer, field, masked);
  const bool hidden = field.hidden || (layout.hidden.contains(field.key) && !field.required);
  writer.field("custom", field.custom).field("hidden", hidden).field("system", system);
  writer.end_object();
}

// Who points here. Several links of one object are told apart by the field.
void write_links_in(JsonWriter& writer, const Catalog& catalog, const ObjectDef& object,
                    const FieldVisible& visible) {
  writer.key("links_in").begin_array();
  for (const ObjectDef& other : catalog.objects()) {
    const auto leads_here = [&](const FieldDef& field) {
      return field.target == object.key && !field.hidden && visible(other, field);
    };
    const auto count = std::count_if(other.expanded.begin(), other.expanded.end(), leads_here);
    for (const FieldDef& field : other.expanded) {
      if (!leads_here(field)) continue;
      Label label = other.plural_label;
      if (count > 1) {
        label.ja += "（" + field.label.ja + "）";
        label.en += " (" + field.label.en + ")";
      }
      writer.begin_object().field("object", other.key).field("field", field.key);
      write_label(writer, "label", label);
      writer.end_object();
    }
  }
  writer.end_array();
}

// Composite fields by their own name: what an import may fill with one column, and how a form heads
// its parts.
void write_wholes(JsonWriter& writer, const ObjectDef& object) {
  writer.key("wholes").begin_array();
  for (const FieldDef& field : object.fields) {
    if (field.kind->expand == nullptr) continue;
    writer.begin_object().field("key", field.key).field("kind", field.kind->name);
    write_label(writer, "label", field.label);
    writer.field("splittable", field.kind->split != nullptr).end_object();
  }
  writer.end_array();
}

void write_permissions(JsonWriter& writer, const ObjectPermissions& permissions) {
  writer.key("permissions").begin_object();
  writer.field("read", permissions.read).field("create", permissions.create);
  writer.field("update", permissions.update).field("delete", permissions.remove);
  writer.field("import", permissions.import_rows).field("export", permissions.export_rows);
  writer.end_object();
}

// Places in object.expanded: those that the layout names first.
std::vector<std::size_t> in_order(const ObjectDef& object, const Layout& layout) {
  std::vector<std::size_t> out;
  std::vector<bool> taken(object.expanded.size());
  for (const std::string& key : layout.order) {
    const auto found = object.index.find(key);
    if (found == object.index.end() || taken[found->second]) continue;
    taken[found->second] = true;
    out.push_back(found->second);
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (!taken[i]) out.push_back(i);
  }
  return out;
}

void write_property(JsonWriter& writer, const FieldDef& field, bool read_only) {
  writer.key(field.key).begin_object();
  field.kind->schema(field, writer);
  writer.field("title", field.label.ja);
  if (!field.help.en.empty()) writer.field("description", field.label.en + ". " + field.help.en);
  if (read_only) writer.field("readOnly", true);
  writer.end_object();
}

void write_plain_property(JsonWriter& writer, std::string_view key, std::string_view type) {
  writer.key(key).begin_object().field("type", type).field("readOnly", true).end_object();
}

}  // namespace

void write_field_metadata(JsonWriter& writer, const FieldDef& field, FieldRight right) {
  write_field(writer, field, right, false);
}

void write_object_metadata(JsonWriter& writer, const Catalog& catalog, const ObjectDef& object,
                           const FieldRights& rights, const ObjectPermissions& permissions,
                           const FieldVisible& visible, const Layout& layout) {
  DAIFUKU_CHECK(rights.size() == object.expanded.size());
  const bool timeline =
      object.customer || (!object.customer_links.empty() && !object.timeline_at.empty());
  writer.begin_object().field("key", object.key).field("plural", object.plural);
  write_label(writer, "label", object.label);
  write_label(writer, "plural_label", object.plural_label);
  write_label(writer, "help", object.help);
  writer.field("icon", object.icon).field("title", object.title);
  writer.field("customer", object.customer).field("in_navigation", object.in_navigation);
  writer.field("default_sort", object.default_sort);
  const FieldDef* parent = object.field(object.parent_link);
  write_text_or_null(writer, "parent_link", parent == nullptr ? "" : parent->key);
  writer.key("customer_links").begin_array();
  for (const std::string& key : object.customer_links) writer.string(key);
  writer.end_array().field("timeline", timeline);
  write_permissions(writer, permissions);
  writer.key("sections").begin_array();
  for (const Section& section : object.sections) {
    writer.begin_object().field("key", section.key);
    write_label(writer, "label", section.label);
    writer.end_object();
  }
  writer.end_array();
  write_wholes(writer, object);
  write_links_in(writer, catalog, object, visible);
  writer.key("fields").begin_array();
  for (const std::size_t i : in_order(object, layout)) {
    if (rights[i] == FieldRight::none) continue;
    write_field(writer, object.expanded[i], rights[i], false, layout);
  }
  const FieldRight owner_right =
      permissions.create || permissions.update ? FieldRight::write : FieldRight::read;
  for (const FieldDef& field : system_fields()) write_field(writer, field, owner_right, true);
  writer.end_array().end_object();
}

void write_object_schema(JsonWriter& writer, const ObjectDef& object, const FieldRights& rights) {
  DAIFUKU_CHECK(rights.size() == object.expanded.size());
  writer.begin_object().field("type", "object").field("title", object.label.en);
  writer.field("description", object.help.en);
  writer.key("required").begin_array();
  for (std::size_t i = 0; i < object.expanded.size(); ++i) {
    const FieldDef& field = object.expanded[i];
    if (field.required && !field.hidden && rights[i] == FieldRight::write) writer.string(field.key);
  }
  writer.end_array();
  writer.key("properties").begin_object();
  for (const std::string_view key : {"id", "object", "title"}) {
    write_plain_property(writer, key, "string");
  }
  for (const FieldDef& field : system_fields()) {
    if (field.key == "id") continue;
    write_property(writer, field, field.read_only);
  }
  for (std::size_t i = 0; i < object.expanded.size(); ++i) {
    const FieldRight right = rights[i];
    const FieldDef& field = object.expanded[i];
    if (right == FieldRight::none || field.hidden) continue;
    write_property(writer, field, right != FieldRight::write || field.read_only);
  }
  writer.end_object().end_object();
}

}  // namespace daifuku::meta
