#include "exchange/import_parts.h"

#include <algorithm>

#include "meta/kinds.h"
#include "records/keys.h"
#include "records/plan.h"
#include "text/email.h"
#include "text/fold.h"
#include "text/phone.h"
#include "text/search_query.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::ObjectDef;
using Action = ImportRow::Action;
using Search = meta::FieldKind::Search;

namespace {

constexpr int kMostCandidates = 50;

bool is_code(const FieldDef& field) {
  return field.unique || field.kind == &meta::kinds::corporate_number ||
         (field.kind == &meta::kinds::text && field.indexed && field.key == "code");
}

// One spelling for what is compared: phones by their digits, addresses folded.
std::vector<std::string> contact_keys(const FieldDef& field, std::string_view value) {
  std::vector<std::string> out;
  for (const std::string& item : meta::split_items(value)) {
    if (field.kind->search == Search::email) {
      out.push_back(text::email_key(item));
    } else if (const auto phone = text::parse_phone(item)) {
      out.push_back(phone->digits);
    }
  }
  return out;
}

bool shares(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(
      a, [&](const std::string& key) { return std::ranges::find(b, key) != b.end(); });
}

bool says_nothing(const ImportRow& part) {
  return part.values.empty() && part.wishes.empty() &&
         std::ranges::all_of(part.problems, [](const CellProblem& problem) {
           return problem.code == "required" || problem.code == "import_row_left_out";
         });
}

}  // namespace

PartReader::PartReader(records::Engine& engine, const records::Caller& caller,
                       const std::vector<ImportPart>& parts, RowReader& own,
                       const FoundHeader& header, const UserNames& users)
    : engine_(engine), caller_(caller), parts_(parts), own_(own) {
  for (const ImportPart& part : parts_) {
    readers_.push_back(std::make_unique<RowReader>(engine, caller, part.plan, header, users));
    identities_.push_back(identity_of(*part.object));
    if (part.below) {
      readers_.back()->supply(*part.link);
    } else if (part.parent < 0) {
      own_.supply(*part.link);
    } else {
      readers_[static_cast<std::size_t>(part.parent)]->supply(*part.link);
    }
  }
}

PartReader::Identity PartReader::identity_of(const ObjectDef& object) const {
  Identity out;
  const auto& access = caller_.access;
  const auto readable = [&](const FieldDef& field) {
    return access.field(object, field.key) >= meta::FieldRight::read;
  };
  if (const FieldDef* title = object.field(object.title); title != nullptr && readable(*title)) {
    out.title = title;
    out.read.push_back(title);
  }
  for (const FieldDef& field : object.expanded) {
    if (!readable(field) || field.kind->storage == meta::Storage::none) continue;
    const Search search = field.kind->search;
    const bool link = field.kind == &meta::kinds::link && field.key == field.target;
    if (is_code(field)) {
      out.codes.push_back(&field);
    } else if (field.duplicate_key && (search == Search::phone || search == Search::email)) {
      out.contacts.push_back(&field);
    } else if (link && access.catalog().object(field.target)->customer && out.employer == nullptr) {
      out.employer = &field;
    } else {
      continue;
    }
    out.read.push_back(&field);
  }
  const records::ObjectPlan& plan = engine_.plan(object);
  out.select = "SELECT t.id";
  for (const FieldDef* field : out.read) out.select += ", " + records::column("t", *field);
  out.select += " FROM " + plan.table + " t WHERE {t} AND t.deleted_at IS NULL";
  const auto scope = access.condition(object, access.object(object).read, "t");
  if (!scope.sql.empty()) out.select += " AND " + scope.sql;
  out.binds = scope.binds;
  return out;
}

// --- reading ---

void PartReader::refuse(ImportRow& row, std::size_t place) const {
  const ImportPart& part = parts_[place];
  ImportRow& own = row.parts[place];
  // A record that is there has its links already.
  const bool needed = row.action != Action::update && (part.below || part.link->required);
  for (const CellProblem& problem : own.problems) {
    if (!problem.error) continue;
    CellProblem told = problem;
    told.error = needed;
    row.problems.push_back(std::move(told));
  }
  if (needed) {
    row.action = Action::error;
  } else {
    // Nothing of the file is lost.
    for (std::size_t c = 0; c < part.plan.targets.size(); ++c) {
      if (part.plan.targets[c].kind != ImportTarget::Kind::ignore) own_.keep_cell(row, c);
    }
  }
  own.action = Action::skip;
}

void PartReader::convert(ImportRow& row) const {
  row.parts.resize(parts_.size());
  if (row.action == Action::skip) {
    for (ImportRow& part : row.parts) part.action = Action::skip;
    return;
  }
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    ImportRow& part = row.parts[i];
    part.cells.swap(row.cells);
    readers_[i]->convert(part);
    part.cells.swap(row.cells);
    part.line = row.line;
    part.found = 0;
    const int parent = parts_[i].parent;
    const bool alone =
        parent >= 0 && row.parts[static_cast<std::size_t>(parent)].action == Action::skip;
    if (says_nothing(part) || alone) {
      part.action = Action::skip;
      part.problems.clear();
      const FieldDef& link = *parts_[i].link;
      // Of a row that may update its record this is told when it turns out to be new.
      if (!parts_[i].below && parent < 0 && link.required && !own_.plan().updates()) {
        row.fail({-1, link.key, "required", {}});
      }
      continue;
    }
    if (part.action == Action::error) {
      refuse(row, i);
      continue;
    }
    for (const CellProblem& problem : part.problems) row.problems.push_back(problem);
  }
}

// -1 when the row names one that is not there yet.
Id PartReader::employer_of(const ImportRow& row, std::size_t place) const {
  const FieldDef* employer = identities_[place].employer;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const ImportRow& part = row.parts[i];
    if (parts_[i].parent != static_cast<int>(place) || parts_[i].link != employer) continue;
    if (part.found == 0 && part.action != Action::create) continue;
    return part.found == 0 ? -1 : part.found;
  }
  for (const ImportRow::Wish& wish : row.parts[place].wishes) {
    if (wish.field == employer) return wish.id == 0 ? -1 : wish.id;
  }
  return 0;
}

std::vector<Id> PartReader::candidates(store::Connection& connection, std::size_t place,
                                       const ImportRow& part, bool& certain) const {
  const ObjectDef& object = *parts_[place].object;
  const Identity& identity = identities_[place];
  std::vector<Id> out;
  const auto by_column = [&](const FieldDef& field, std::string_view value) {
    auto rows = connection.query(identity.select + " AND " + records::column("t", field) +
                                 " = ? ORDER BY t.id LIMIT " + std::to_string(kMostCandidates));
    for (const Id bind : identity.binds) rows.bind(bind);
    rows.bind(value);
    while (rows.step()) out.push_back(rows.integer(0));
  };
  const auto by_key = [&](const records::MatchKey::Sort sort, const std::string& key) {
    auto rows = connection.query(
        "SELECT k.record_id FROM match_key k WHERE {k} AND k.hash = ? ORDER BY k.record_id LIMIT "
        "50");
    rows.bind(records::key_hash(object.id, sort, key));
    while (rows.step()) out.push_back(rows.integer(0));
  };
  for (const FieldDef* code : identity.codes) {
    const meta::Value& value = meta::get(part.values, code->key);
    const std::string_view typed = meta::text_of(value);
    if (typed.empty()) continue;
    if (code->indexed) {
      by_column(*code, typed);
    } else if (code->unique) {
      by_key(records::MatchKey::unique, records::unique_text(*code, value));
    } else {
      by_key(records::MatchKey::number, text::search_digits(typed));
    }
    certain = !out.empty();
    if (certain) return out;
  }
  if (identity.title == nullptr) return out;
  const std::string name(meta::text_of(meta::get(part.values, identity.title->key)));
  if (name.empty()) return out;
  if (identity.title->duplicate_key) {
    return engine_.find_by_key(connection, caller_, object, name);
  }
  if (identity.title->indexed) by_column(*identity.title, name);
  return out;
}

PartReader::Found PartReader::find(store::Connection& connection, std::size_t place,
                                   const ImportRow& row) const {
  const Identity& identity = identities_[place];
  const ImportRow& part = row.parts[place];
  if (parts_[place].below) return {};
  bool certain = false;
  const auto known = candidates(connection, place, part, certain);
  // A name alone tells a firm, but not a person.
  const bool by_name = identity.contacts.empty() || identity.title == nullptr ||
                       identity.title->kind->search == Search::name;
  const Id employer = employer_of(row, place);
  std::vector<Id> same;
  for (const Id id : known) {
    auto record = connection.query(identity.select + " AND t.id = ?");
    for (const Id bind : identity.binds) record.bind(bind);
    record.bind(id);
    if (!record.step()) continue;
    bool other = false;
    bool contact = false;
    bool colleague = false;
    bool asked = false;
    for (std::size_t i = 0; i < identity.read.size(); ++i) {
      const FieldDef& field = *identity.read[i];
      const int column = static_cast<int>(i) + 1;
      const std::string_view ours = meta::text_of(meta::get(part.values, field.key));
      const bool is_contact =
          std::ranges::find(identity.contacts, &field) != identity.contacts.end();
      asked = asked || (is_contact && !ours.empty());
      if (record.is_null(column)) continue;
      if (&field == identity.employer) {
        colleague = employer > 0 && record.integer(column) == employer;
        continue;
      }
      const std::string theirs(record.text(column));
      if (ours.empty()) continue;
      if (is_contact) {
        contact = contact || shares(contact_keys(field, ours), contact_keys(field, theirs));
      } else if (&field != identity.title || certain) {
        const bool code = &field != identity.title;
        other = other || (code && ours != theirs && !certain);
      }
    }
    const bool nameless = !asked && employer == 0;
    if (!other && (certain || by_name || contact || colleague || nameless)) same.push_back(id);
  }
  if (same.size() == 1) return {.id = same.front()};
  return {.ambiguous = same.size() > 1};
}

bool PartReader::is_made(store::Connection& connection, Id id) {
  if (made_.contains(id)) return true;
  if (batch_ == 0) return false;
  auto row = connection.query(
      "SELECT h.id FROM history h WHERE {h} AND h.record_id = ? AND h.batch_id = ? AND h.action = "
      "'create' LIMIT 1");
  row.bind(id, batch_);
  if (!row.step()) return false;
  made_.insert(id);
  return true;
}

void PartReader::look_up(store::Connection& connection, ImportRow& row) {
  if (!row.counts()) return;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const ImportPart& part = parts_[i];
    if (row.action == Action::update && part.below && row.parts[i].action == Action::create) {
      // The file does not tell whether it is there from another time.
      row.parts[i].action = Action::skip;
      row.problems.push_back({-1, {}, "import_part_not_made", {}, false});
    }
    if (row.action == Action::create && row.parts[i].action == Action::skip && !part.below &&
        part.parent < 0 && part.link->required) {
      row.fail({-1, part.link->key, "required", {}});
      return;
    }
  }
  // The deepest first: whose company it is tells persons of one name apart.
  for (std::size_t i = parts_.size(); i-- > 0;) {
    ImportRow& part = row.parts[i];
    if (part.action != Action::create) continue;
    readers_[i]->look_up(connection, part);
    if (part.action == Action::error) {
      refuse(row, i);
      continue;
    }
    if (parts_[i].below) continue;
    const Found found = find(connection, i, row);
    part.found = found.id;
    const bool makes = own_.plan().create_links && caller_.access.object(*parts_[i].object).create;
    if (found.ambiguous || (found.id == 0 && !makes)) {
      const std::string_view code =
          found.ambiguous ? "import_link_ambiguous" : "import_link_not_found";
      const auto title = meta::text_of(meta::get(part.values, parts_[i].object->title));
      part.problems = {{-1, {}, std::string(code), {{"name", text::truncate(title, 60)}}, true}};
      refuse(row, i);
      continue;
    }
    // A line of an order that was in the list before was imported with it.
    const bool parent = row.action == Action::create && parts_[i].parent < 0 &&
                        parts_[i].link->key == own_.plan().object->parent_link;
    if (parent && found.id != 0 && own_.plan().skip_known && !is_made(connection, found.id)) {
      row.action = Action::skip;
      row.problems.push_back({-1, {}, "import_known", {}, false});
      return;
    }
  }
  if (row.action != Action::update) return;
  // As the links that the row names: they go by the policy of their field.
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const ImportRow& part = row.parts[i];
    if (parts_[i].parent >= 0 || part.action != Action::create) continue;
    row.wishes.push_back(
        {.field = parts_[i].link,
         .column = -1,
         .name = std::string(meta::text_of(meta::get(part.values, parts_[i].object->title))),
         .id = part.found});
  }
}

// --- writing ---

void PartReader::begin() { pending_.clear(); }

void PartReader::commit() {
  made_.insert(pending_.begin(), pending_.end());
  pending_.clear();
}

std::int64_t PartReader::made() const { return static_cast<std::int64_t>(pending_.size()); }

void PartReader::drop_unlinked(ImportRow& row) const {
  // A part after its parent: what hangs on one that is dropped is dropped.
  for (std::size_t i = 0; i < row.parts.size(); ++i) {
    const ImportPart& part = parts_[i];
    const bool wanted =
        part.parent < 0
            ? std::ranges::any_of(
                  row.wishes, [&](const ImportRow::Wish& wish) { return wish.field == part.link; })
            : row.parts[static_cast<std::size_t>(part.parent)].action == Action::create;
    if (!part.below && !wanted) row.parts[i].action = Action::skip;
  }
  // They are made from all that the row says of them, not from their names.
  std::erase_if(row.wishes, [&](const ImportRow::Wish& wish) {
    return std::ranges::any_of(
        parts_, [&](const ImportPart& part) { return part.parent < 0 && part.link == wish.field; });
  });
}

void PartReader::before(records::Write& write, ImportRow& row) {
  for (std::size_t i = parts_.size(); i-- > 0;) {
    ImportRow& part = row.parts[i];
    if (parts_[i].below || part.action != Action::create) continue;
    // A row before, or somebody else, may have made it a moment ago.
    if (part.found == 0) part.found = find(write.tx(), i, row).id;
    if (part.found == 0) {
      records::Draft draft = readers_[i]->draft(part);
      for (std::size_t j = 0; j < parts_.size(); ++j) {
        if (parts_[j].parent == static_cast<int>(i) && row.parts[j].found != 0) {
          draft.values[parts_[j].link->key] = row.parts[j].found;
        }
      }
      try {
        part.found = write.create(*parts_[i].object, std::move(draft)).id;
        pending_.insert(part.found);
      } catch (const AppError& error) {
        readers_[i]->add_problems(part, error);
        refuse(row, i);
        if (row.action == Action::error) return;
        continue;
      }
    }
    if (parts_[i].parent >= 0) continue;
    row.wishes.push_back({.field = parts_[i].link, .column = -1, .name = {}, .id = part.found});
  }
}

// What a part below the row links to besides it: its company, the deal of an activity.
void PartReader::link_beside(records::Draft& draft, std::size_t place, const ImportRow& row) const {
  for (const FieldDef& field : parts_[place].object->expanded) {
    const bool plain = field.kind == &meta::kinds::link && field.key == field.target;
    if (!plain || &field == parts_[place].link ||
        !meta::is_empty(meta::get(draft.values, field.key)))
      continue;
    if (caller_.access.field(*parts_[place].object, field.key) != meta::FieldRight::write) continue;
    for (const ImportRow::Wish& wish : row.wishes) {
      if (wish.id > 0 && wish.field->key == field.key && wish.field->target == field.target) {
        draft.values[field.key] = wish.id;
      }
    }
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (i != place && parts_[i].below && parts_[i].object->key == field.key &&
          row.parts[i].found != 0) {
        draft.values[field.key] = row.parts[i].found;
      }
    }
  }
}

void PartReader::after(records::Write& write, ImportRow& row, Id made) {
  const auto waits = [&](std::size_t place) {
    return std::ranges::any_of(parts_, [&](const ImportPart& other) {
      const auto at = static_cast<std::size_t>(&other - parts_.data());
      const bool open = other.below && at != place && row.parts[at].action == Action::create &&
                        row.parts[at].found == 0;
      const FieldDef* field = parts_[place].object->field(other.object->key);
      return open && field != nullptr && field->kind == &meta::kinds::link;
    });
  };
  for (std::size_t round = 0; round < parts_.size(); ++round) {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      ImportRow& part = row.parts[i];
      if (!parts_[i].below || part.action != Action::create || part.found != 0) continue;
      if (waits(i) && round + 1 < parts_.size()) continue;
      records::Draft draft = readers_[i]->draft(part);
      draft.values[parts_[i].link->key] = made;
      link_beside(draft, i, row);
      try {
        part.found = write.create(*parts_[i].object, std::move(draft)).id;
        pending_.insert(part.found);
      } catch (const AppError& error) {
        // The row itself is in; the reason is told with it.
        readers_[i]->add_problems(part, error);
        part.action = Action::skip;
        for (CellProblem problem : part.problems) {
          if (!problem.error) continue;
          problem.error = false;
          row.problems.push_back(std::move(problem));
        }
      }
    }
  }
}

}  // namespace daifuku::exchange
