#include "exchange/own_export.h"

#include <map>

#include "exchange/export_cells.h"
#include "exchange/import_fields.h"

namespace daifuku::exchange {

std::string own_heading(std::string_view label, int nth) {
  std::string out(label);
  if (nth > 1) out += "（" + std::to_string(nth) + "）";
  return out;
}

bool is_own_export(const FoundHeader& header) {
  const auto& columns = header.columns;
  const auto is = [&](std::size_t at, std::string_view key) {
    return columns[at].name == system_field(key)->label.ja;
  };
  const std::size_t count = columns.size();
  return header.has_header && count > 4 && is(0, "id") && is(count - 2, "created_at") &&
         is(count - 1, "updated_at");
}

std::vector<std::string> own_export_targets(const FoundHeader& header, const auth::Access& access,
                                            const meta::ObjectDef& object) {
  std::map<std::string, std::string> targets;
  std::map<std::string, int> seen;
  const auto add = [&](const meta::FieldDef& field, bool taken) {
    targets[own_heading(field.label.ja, ++seen[field.label.ja])] =
        taken ? "field:" + field.key : "ignore";
  };
  // In the order in which exports write them.
  add(*system_field("id"), false);
  for (const meta::FieldDef& field : object.expanded) {
    if (field.hidden || access.field(object, field.key) < meta::FieldRight::read) continue;
    add(field, is_writable(access, object, field));
  }
  add(*system_field("owner_id"), true);
  add(*system_field("created_at"), false);
  add(*system_field("updated_at"), false);
  std::vector<std::string> out;
  for (const HeaderColumn& column : header.columns) {
    const auto found = targets.find(column.name);
    out.push_back(found == targets.end() ? std::string() : found->second);
  }
  return out;
}

}  // namespace daifuku::exchange
