#include "exchange/import_plan.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "exchange/import_fields.h"
#include "meta/kinds.h"
#include "records/schema.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

namespace {

// Kinds that a column can become an own field of.
bool can_be_own(const meta::FieldKind& kind) {
  namespace kinds = meta::kinds;
  return !meta::slot_prefix(kind).empty() && &kind != &kinds::choice && &kind != &kinds::choices &&
         &kind != &kinds::link && &kind != &kinds::user && &kind != &kinds::file;
}

// False with a problem when the column cannot go there.
bool aim(const auth::Access& access, const ObjectDef& object, const ImportPlan& plan,
         const ImportColumn& column, ImportTarget& target, Problems& problems) {
  const std::string place = "columns." + std::to_string(column.index);
  const auto refuse = [&](std::string code, Params params = {}) {
    problems.push_back({place, std::move(code), std::move(params)});
    return false;
  };
  const std::string_view to = column.to;
  if (to.empty() || to == "ignore") return true;
  if (to == "note") {
    if (plan.note == nullptr) return refuse("import_note_missing");
    target.kind = ImportTarget::Kind::note;
    return true;
  }
  if (to.starts_with("new:")) {
    const meta::FieldKind* kind = meta::find_kind(to.substr(4));
    if (kind == nullptr || !can_be_own(*kind)) return refuse("invalid_choice");
    if (!access.administers()) return refuse("import_new_field_manager");
    target.kind = ImportTarget::Kind::own;
    target.own_kind = to.substr(4);
    return true;
  }
  if (!to.starts_with("field:")) return refuse("invalid_choice");
  target.key = to.substr(6);
  if (target.key == "id") {
    target.kind = ImportTarget::Kind::id;
    return true;
  }
  if (target.key == "owner_id") {
    target.kind = ImportTarget::Kind::owner;
    return true;
  }
  if (target.key == "team_id") {
    target.kind = ImportTarget::Kind::team;
    return true;
  }
  if (target.key == "created_at") {
    if (!plan.whole || !access.administers()) return refuse("field_not_writable");
    target.kind = ImportTarget::Kind::created;
    return true;
  }
  if (const FieldDef* link = linked_by_id(access, object, target.key)) {
    target.kind = ImportTarget::Kind::link_id;
    target.field = link;
    return true;
  }
  if (const FieldDef* whole = whole_field(object, target.key)) {
    if (!is_writable_whole(access, object, *whole)) return refuse("field_not_writable");
    target.kind = ImportTarget::Kind::field;
    return true;
  }
  const FieldDef* field = object.field(target.key);
  if (field == nullptr || access.field(object, target.key) == FieldRight::none) {
    return refuse("field_unknown", {{"name", target.key}});
  }
  if (!is_writable(access, object, *field) &&
      !(plan.whole && is_taken_over(access, object, *field)))
    return refuse("field_not_writable");
  const bool user = field->kind == &meta::kinds::user || field->kind == &meta::kinds::users;
  const bool link = field->kind == &meta::kinds::link || field->kind == &meta::kinds::links;
  target.field = field;
  target.kind = user   ? ImportTarget::Kind::user
                : link ? ImportTarget::Kind::link
                       : ImportTarget::Kind::field;
  return true;
}

bool takes_many(const ImportTarget& target) {
  return target.field != nullptr && (target.field->kind->comparison == meta::Comparison::items ||
                                     target.field->kind->storage == meta::Storage::none ||
                                     target.field->kind == &meta::kinds::long_text);
}

bool names_record(const ObjectDef& object, const std::set<std::string>& taken) {
  if (taken.contains(object.title)) return true;
  const FieldDef* title = object.field(object.title);
  // 姓 and 名 make the 氏名.
  return title != nullptr && !title->whole.empty() &&
         std::ranges::any_of(object.expanded, [&](const FieldDef& field) {
           return field.whole == title->whole && field.required && taken.contains(field.key);
         });
}

// Whether the file holds what its rows are to be found by, and how old they are.
void check_updating(const auth::Access& access, ImportPlan& plan,
                    const std::set<std::string>& taken, Problems& problems) {
  const ImportSettings& settings = plan.settings;
  const ObjectDef& object = *plan.object;
  if (settings.mode != ImportMode::create && access.object(object).update == auth::Scope::none) {
    problems.push_back({"mode", "import_mode_update", {}});
  }
  if (settings.mode != ImportMode::update && !access.object(object).create)
    problems.push_back({"mode", "import_mode_create", {}});
  if (settings.key == "id") {
    plan.key_is_id = true;
  } else if (!settings.key.empty()) {
    const FieldDef* field = object.field(settings.key);
    if (field == nullptr || !can_be_key(access, object, *field)) {
      problems.push_back({"key", "invalid_choice", {}});
      return;
    }
    plan.key_field = field;
  }
  const auto fills = [&](const std::string& key) {
    const FieldDef* field = object.field(key);
    return taken.contains(key) ||
           (field != nullptr && !field->whole.empty() && taken.contains(field->whole));
  };
  if (!settings.key.empty() && !fills(settings.key))
    problems.push_back({"key", "import_key_column_missing", {}});
  const std::size_t columns = plan.targets.size();
  if (settings.date_column && *settings.date_column >= columns)
    problems.push_back({"date_column", "invalid_choice", {}});
  if (settings.stale_column && *settings.stale_column >= columns)
    problems.push_back({"stale_column", "invalid_choice", {}});
  if (settings.mode != ImportMode::create && settings.uses(FillPolicy::newest) &&
      !settings.date_column && settings.file_date.empty()) {
    problems.push_back({"policy", "import_newest_date_missing", {}});
  }
}

}  // namespace

bool can_be_key(const auth::Access& access, const ObjectDef& object, const FieldDef& field) {
  if (access.field(object, field.key) < FieldRight::read || !records::is_stored(field))
    return false;
  const meta::Comparison comparison = field.kind->comparison;
  if (comparison == meta::Comparison::choice || comparison == meta::Comparison::yes_no ||
      comparison == meta::Comparison::link || field.kind == &meta::kinds::user) {
    return false;
  }
  return field.unique || field.duplicate_key || !records::list_index(object, field).empty();
}

ImportPlan make_plan(const ImportTable& table, const auth::Access& access, const ObjectDef& object,
                     const std::vector<ImportColumn>& columns, const ImportSettings& settings,
                     Problems& problems, const ColumnMap* map, bool of_part) {
  ImportPlan plan{.object = &object,
                  .note = note_field(access, object),
                  .create_links = settings.create_links,
                  .skip_known = settings.skip_known,
                  .owner = settings.owner,
                  .settings = settings,
                  .own = table.own() && !of_part,
                  .whole = table.whole() && !of_part,
                  .plain = table.plain(),
                  .calendar = table.calendar() && !of_part};
  plan.targets.resize(columns.size());
  std::set<std::string> taken;
  for (const ImportColumn& column : columns) {
    const HeaderColumn& heading = table.header().columns[column.index];
    plan.headings.push_back(heading.label.empty() ? heading.name : heading.label);
    const ColumnMap::Words* words = map == nullptr ? nullptr : map->words(heading);
    if (words != nullptr) {
      plan.words.resize(columns.size());
      plan.words[column.index] = *words;
    }
    ImportTarget& target = plan.targets[column.index];
    if (!aim(access, object, plan, column, target, problems)) {
      target = {};
      continue;
    }
    if (target.key.empty() || takes_many(target)) {
      taken.insert(target.key);
      continue;
    }
    // One value would be lost.
    if (!taken.insert(target.key).second) {
      problems.push_back({"columns." + std::to_string(column.index), "import_field_twice", {}});
    }
  }
  check_updating(access, plan, taken, problems);
  const FieldDef* title = object.field(object.title);
  if (settings.mode != ImportMode::update && title != nullptr &&
      (title->required || !title->whole.empty()) && !names_record(object, taken)) {
    problems.push_back({"columns", "import_title_missing", {{"name", title->label.ja}}});
  }
  return plan;
}

}  // namespace daifuku::exchange
