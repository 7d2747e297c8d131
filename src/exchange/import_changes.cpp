#include "exchange/import_changes.h"

#include <algorithm>

#include "exchange/import_fields.h"
#include "meta/kinds.h"
#include "text/fold.h"
#include "text/name_key.h"

namespace daifuku::exchange {

using meta::FieldDef;
using Kind = ImportTarget::Kind;

namespace {

bool is_list(const FieldDef& field) {
  return field.kind == &meta::kinds::links || field.kind == &meta::kinds::users;
}

std::vector<Id> linked(const records::Record& record, const FieldDef& field) {
  if (!is_list(field)) {
    const Id id = record.integer(field.key);
    return id == 0 ? std::vector<Id>() : std::vector<Id>{id};
  }
  const auto found = record.lists.find(field.key);
  return found == record.lists.end() ? std::vector<Id>() : found->second;
}

meta::Label both(const std::string& text) { return {text, text}; }

// The person's name as a whole is the same: 佐藤花子 in one cell does not undo 佐藤 | 花子.
bool same_person(const ImportRow& row, const records::Record& record) {
  const std::string_view name = meta::text_of(meta::get(row.values, "name"));
  return !name.empty() && text::person_key(name) == text::person_key(record.text("name"));
}

// ㈱山田製作所 is how somebody writes 株式会社山田製作所: no change.
bool same_value(const FieldDef& part, const meta::Value& a, const meta::Value& b) {
  if (a == b) return true;
  if (part.kind->search != meta::FieldKind::Search::name || meta::is_empty(a) || meta::is_empty(b))
    return false;
  const text::CompanyKey one = text::company_key(meta::text_of(a));
  const text::CompanyKey other = text::company_key(meta::text_of(b));
  return one.strict == other.strict && one.legal_form == other.legal_form;
}

bool is_name_part(const FieldDef& field) {
  return field.key == "name" || field.key == "family_name" || field.key == "given_name";
}

}  // namespace

std::string refusal(const records::Caller& caller, const meta::ObjectDef& object,
                    const std::optional<records::Record>& record) {
  const auto allowed = [&](auth::Scope scope) {
    return caller.access.allows(object, scope, record->owner, record->team, record->customer_owner,
                                record->customer_team);
  };
  const auto& rights = caller.access.object(object);
  // Gone, and no longer to be seen, are one answer.
  if (!record || record->deleted_at != 0 || !allowed(rights.read)) return "import_record_gone";
  return allowed(rights.update) ? "" : "import_not_changeable";
}

std::vector<Id> with_unseen(std::vector<Id> given, const std::vector<Id>& now,
                            const std::function<bool(Id)>& seen) {
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (seen(now[i]) || std::ranges::find(given, now[i]) != given.end()) continue;
    given.insert(given.begin() + static_cast<std::ptrdiff_t>(std::min(i, given.size())), now[i]);
  }
  return given;
}

RowMerger::RowMerger(records::Engine& engine, const records::Caller& caller, const ImportPlan& plan)
    : engine_(engine), caller_(caller), plan_(plan) {
  const meta::ObjectDef& object = *plan.object;
  for (std::size_t c = 0; c < plan.targets.size(); ++c) {
    const ImportTarget& target = plan.targets[c];
    const bool user = target.kind == Kind::user;
    if (target.kind != Kind::field && !user) continue;
    if (target.field != nullptr && target.field == plan.note) continue;
    // What this ledger noted of its own record holds.
    if (target.field != nullptr && target.field->read_only) continue;
    const FieldDef* whole = target.field == nullptr ? whole_field(object, target.key)
                            : target.field->whole.empty()
                                ? nullptr
                                : whole_field(object, target.field->whole);
    const std::string key = whole != nullptr ? whole->key : target.key;
    auto group = std::ranges::find(groups_, key, &Group::policy_key);
    if (group == groups_.end()) {
      group = groups_.insert(groups_.end(), Group{.policy_key = key});
      group->policy = plan.settings.policy_of(key);
      group->address = whole != nullptr && whole->kind == &meta::kinds::address;
      group->person = whole != nullptr && whole->kind == &meta::kinds::person_name;
      // A part of it may have been given a rule of its own.
      if (!plan.settings.policies.contains(key))
        group->policy = plan.settings.policy_of(target.key);
      if (whole == nullptr) {
        group->parts = {target.field};
      } else {
        for (const FieldDef& part : object.expanded) {
          if (part.whole == whole->key && is_writable(caller.access, object, part))
            group->parts.push_back(&part);
        }
      }
    }
    group->columns.push_back(c);
  }
}

// When one of them was changed last. The log has it, whoever did it.
Millis RowMerger::last_change(store::Connection& connection, Id record,
                              const std::vector<std::string>& keys) const {
  auto rows = connection.query(
      "SELECT h.id, h.changes FROM history h WHERE {h} AND h.record_id = ? ORDER BY h.id DESC "
      "LIMIT 1000");
  rows.bind(record);
  while (rows.step()) {
    const Json changes = parse_json(rows.text(1));
    if (!changes.is_object()) continue;
    for (const std::string& key : keys) {
      if (json_find(changes, key) != nullptr) return id_time(rows.integer(0));
    }
  }
  return 0;
}

bool RowMerger::replaces(store::Connection& connection, FillPolicy policy, const ImportRow& row,
                         Id record, const std::vector<std::string>& keys) const {
  if (policy == FillPolicy::blanks) return false;
  if (policy == FillPolicy::overwrite) return true;
  // In doubt what is there stays.
  return row.dated != 0 && row.dated > last_change(connection, record, keys);
}

void RowMerger::merge_group(store::Connection& connection, const Group& group, ImportRow& row,
                            const records::Record& record, records::Draft& draft, bool told) const {
  const bool person = group.person && same_person(row, record);
  const auto skipped = [&](const FieldDef& part) { return person && is_name_part(part); };
  const auto old_value = [&](const FieldDef& part) -> meta::Value {
    if (!is_list(part)) return record.get(part.key);
    const auto ids = linked(record, part);
    return ids.empty() ? meta::Value() : meta::Value(meta::join_ids(ids));
  };
  bool given = false;
  bool differs = false;
  std::vector<std::string> keys;
  for (const FieldDef* part : group.parts) {
    if (skipped(*part)) continue;
    const meta::Value& value = meta::get(row.values, part->key);
    const meta::Value old = old_value(*part);
    if (meta::is_empty(value)) continue;
    given = true;
    if (!meta::is_empty(old) && !same_value(*part, old, value)) differs = true;
  }
  for (const FieldDef* part : group.parts) keys.push_back(part->key);
  // Cells that are empty in the file, and mean it.
  const bool empties = plan_.settings.clear_empty && !given && !person &&
                       std::ranges::all_of(group.columns, [&](std::size_t c) {
                         return c >= row.cells.size() || row.cells[c].empty();
                       });
  if (!given && !empties) return;
  const bool replace =
      (differs || empties) && replaces(connection, group.policy, row, record.id, keys);
  const auto tell = [&](const FieldDef& part, const meta::Value& old, const meta::Value& value,
                        bool kept) {
    if (!told) return;
    if (part.kind == &meta::kinds::user || part.kind == &meta::kinds::users) {
      std::string names[2];
      const meta::Value* values[] = {&old, &value};
      for (int side = 0; side < 2; ++side) {
        const auto ids = is_list(part) ? meta::split_ids(meta::text_of(*values[side]))
                                       : std::vector<Id>{meta::integer_of(*values[side])};
        for (const Id id : ids) {
          if (id == 0) continue;
          names[side] += (names[side].empty() ? "" : "、") + engine_.user_name(id);
        }
      }
      row.changes.push_back({part.key, both(names[0]), both(names[1]), kept});
      return;
    }
    row.changes.push_back({part.key, shown_value(part, old), shown_value(part, value), kept});
  };
  for (const FieldDef* part : group.parts) {
    if (skipped(*part)) continue;
    const meta::Value& value = meta::get(row.values, part->key);
    const meta::Value old = old_value(*part);
    if (same_value(*part, old, value)) continue;
    if (meta::is_empty(value)) {
      // Half of the old address does not stay behind the new one.
      const bool clear = replace && (empties || (group.address && differs)) && !part->required;
      if (!clear) continue;
    } else if (differs && !replace) {
      tell(*part, old, value, true);
      continue;
    }
    tell(*part, old, value, false);
    if (is_list(*part)) {
      draft.lists[part->key] = meta::split_ids(meta::text_of(value));
    } else {
      draft.values[part->key] = value;
    }
  }
}

std::string RowMerger::names_of(store::Connection& connection, const FieldDef& field,
                                const std::vector<Id>& ids) {
  const auto titles =
      engine_.titles(connection, caller_, *caller_.access.catalog().object(field.target), ids);
  std::string out;
  for (const Id id : ids) {
    const auto found = titles.find(id);
    out += (out.empty() ? "" : "、") + (found == titles.end() ? std::string("…") : found->second);
  }
  return out;
}

// What the field links to once the row is in, as far as it is there.
std::vector<Id> RowMerger::wished(store::Connection& connection, const ImportRow& row,
                                  const FieldDef& field, const records::Record& record) {
  std::vector<Id> ids;
  for (const ImportRow::Wish& wish : row.wishes) {
    if (wish.field != &field) continue;
    if (wish.id > 0 && std::ranges::find(ids, wish.id) == ids.end()) ids.push_back(wish.id);
  }
  const auto now = linked(record, field);
  if (field.kind != &meta::kinds::links || now.empty() || ids.empty()) return ids;
  const auto titles =
      engine_.titles(connection, caller_, *caller_.access.catalog().object(field.target), now);
  return with_unseen(std::move(ids), now, [&](Id id) { return titles.contains(id); });
}

// Whether the links that the row names are to be written.
bool RowMerger::wanted(store::Connection& connection, const ImportRow& row, const FieldDef& field,
                       const records::Record& record, bool& same) {
  const auto now = linked(record, field);
  const bool fresh = std::ranges::any_of(row.wishes, [&](const ImportRow::Wish& wish) {
    return wish.field == &field && wish.id == 0;
  });
  std::vector<Id> left = now;
  std::vector<Id> right = wished(connection, row, field, record);
  std::ranges::sort(left);
  std::ranges::sort(right);
  same = !fresh && left == right;
  if (same) return false;
  return now.empty() ||
         replaces(connection, plan_.settings.policy_of(field.key), row, record.id, {field.key});
}

void RowMerger::drop_links(store::Connection& connection, ImportRow& row,
                           const records::Record& record) {
  std::erase_if(row.wishes, [&](const ImportRow::Wish& wish) {
    bool same = false;
    return wish.open() && !wanted(connection, row, *wish.field, record, same);
  });
}

void RowMerger::merge_links(store::Connection& connection, ImportRow& row,
                            const records::Record& record, records::Draft& draft, bool told) {
  std::vector<const FieldDef*> fields;
  for (const ImportRow::Wish& wish : row.wishes) {
    if (std::ranges::find(fields, wish.field) == fields.end()) fields.push_back(wish.field);
  }
  for (const FieldDef* field : fields) {
    bool same = false;
    const bool write = wanted(connection, row, *field, record, same);
    if (same) continue;
    std::string names;
    for (const ImportRow::Wish& wish : row.wishes) {
      if (wish.field == field) names += (names.empty() ? "" : "、") + wish.name;
    }
    const auto ids = wished(connection, row, *field, record);
    if (told) {
      row.changes.push_back({field->key, both(names_of(connection, *field, linked(record, *field))),
                             both(names), !write});
    }
    if (!write || ids.empty()) continue;
    if (is_list(*field)) {
      draft.lists[field->key] = ids;
    } else {
      draft.values[field->key] = ids.front();
    }
  }
}

void RowMerger::merge_owner(store::Connection& connection, ImportRow& row,
                            const records::Record& record, records::Draft& draft, bool told) const {
  if (!row.owner_given || row.owner == 0 || row.owner == record.owner) return;
  const bool write = record.owner == 0 || replaces(connection, plan_.settings.policy_of("owner_id"),
                                                   row, record.id, {"owner_id"});
  if (told) {
    row.changes.push_back({"owner_id",
                           both(record.owner == 0 ? "" : engine_.user_name(record.owner)),
                           both(engine_.user_name(row.owner)), !write});
  }
  if (write) draft.owner = row.owner;
}

// The note grows by what is not in it; a line of the same heading is a value like any other.
void RowMerger::merge_note(store::Connection& connection, ImportRow& row,
                           const records::Record& record, records::Draft& draft, bool told) const {
  if (plan_.note == nullptr) return;
  const FieldDef& note = *plan_.note;
  if (row.typed_note.empty() && row.kept.empty()) return;
  const std::string old(record.text(note.key));
  std::string text = old;
  std::string refused;
  bool asked = false;
  bool replace = false;
  const auto may_replace = [&] {
    if (!asked) {
      replace =
          replaces(connection, plan_.settings.policy_of(note.key), row, record.id, {note.key});
    }
    asked = true;
    return replace;
  };
  if (!row.typed_note.empty() && text.find(row.typed_note) == std::string::npos) {
    if (text.empty() || may_replace()) {
      text = row.typed_note;
    } else {
      refused = row.typed_note;
    }
  }
  for (const auto& [heading, value] : row.kept) {
    const std::string line = heading + ": " + value;
    if (("\n" + text + "\n").find("\n" + line + "\n") != std::string::npos) continue;
    const std::string mark = "\n" + heading + ": ";
    const std::size_t at =
        value.find('\n') == std::string::npos ? ("\n" + text).find(mark) : std::string::npos;
    if (at == std::string::npos) {
      text += (text.empty() ? "" : "\n") + line;
    } else if (may_replace()) {
      // Behind the mark in text, which has one character less in front.
      const std::size_t end = std::min(text.find('\n', at), text.size());
      text.replace(at, end - at, line);
    } else {
      refused += (refused.empty() ? "" : "\n") + line;
    }
  }
  if (told && !refused.empty()) row.changes.push_back({note.key, both(old), both(refused), true});
  if (text == old) return;
  if (told) row.changes.push_back({note.key, both(old), both(text), false});
  draft.values[note.key] = text;
}

records::Draft RowMerger::merge(store::Connection& connection, ImportRow& row,
                                const records::Record& record, bool told) {
  records::Draft draft;
  row.changes.clear();
  for (const Group& group : groups_) merge_group(connection, group, row, record, draft, told);
  merge_links(connection, row, record, draft, told);
  merge_owner(connection, row, record, draft, told);
  merge_note(connection, row, record, draft, told);
  return draft;
}

}  // namespace daifuku::exchange
