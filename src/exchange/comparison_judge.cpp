#include "exchange/comparison_judge.h"

#include <algorithm>
#include <functional>

#include "exchange/import_changes.h"
#include "exchange/import_fields.h"
#include "meta/derive.h"
#include "meta/kinds.h"
#include "meta/kinds/person_name.h"
#include "records/record_json.h"
#include "text/fold.h"

namespace daifuku::exchange {

using meta::FieldDef;
using State = JudgedCell::State;

namespace {

constexpr std::size_t kMostCellCharacters = 32'767;  // Excel's; longer texts went out cut
constexpr int kMostCandidates = 3;

// As Excel gives a text back: line ends are LF, and nothing stands around it.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '\r') out += c;
  }
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  while (!out.empty() && blank(out.back())) out.pop_back();
  std::size_t begin = 0;
  while (begin < out.size() && blank(out[begin])) ++begin;
  return out.substr(begin);
}

bool went_out_as(const std::string& base, const std::string& raw) {
  if (plain(base) == plain(raw)) return true;
  return text::length(base) > kMostCellCharacters &&
         plain(text::truncate(base, kMostCellCharacters)) == plain(raw);
}

bool is_several(const FieldDef& field) {
  return field.kind == &meta::kinds::links || field.kind == &meta::kinds::users;
}

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> out(1);
  static constexpr std::string_view kBreaks[] = {"、", "；", ";", "\n"};
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = std::string_view(text).substr(i);
    const auto* found = std::ranges::find_if(
        kBreaks, [&](std::string_view mark) { return rest.starts_with(mark); });
    if (found == std::end(kBreaks)) {
      out.back() += text[i++];
      continue;
    }
    out.emplace_back();
    i += found->size();
  }
  for (std::string& name : out) name = text::nfc(plain(name));
  std::erase(out, std::string());
  return out;
}

// What a text means, whatever way it is written; nullopt when it cannot be a value.
std::optional<meta::Value> meaning(const FieldDef& field, const std::string& text) {
  meta::Value value;
  Problems problems;
  if (field.kind->parse_text == nullptr || !field.kind->parse_text(field, text, value, problems)) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::string_view state_name(State state) {
  switch (state) {
    case State::same:
      return "same";
    case State::change:
      return "change";
    case State::conflict:
      return "conflict";
    case State::refused:
      return "refused";
    case State::invalid:
      return "invalid";
  }
  return "change";
}

ComparisonJudge::ComparisonJudge(records::Engine& engine, records::DuplicateQueue& duplicates,
                                 const records::Caller& caller, const meta::ObjectDef& object,
                                 const UserNames& users, bool own)
    : engine_(engine),
      duplicates_(duplicates),
      caller_(caller),
      object_(object),
      users_(users),
      own_(own),
      links_(engine, caller),
      cells_(engine, caller, {}) {}

std::optional<ExportColumn> ComparisonJudge::column(const std::string& key) const {
  if (const FieldDef* field = object_.field(key)) {
    if (field->hidden || caller_.access.field(object_, key) < meta::FieldRight::read) {
      return std::nullopt;
    }
    return ExportColumn{field, false};
  }
  const FieldDef* system = system_field(key);
  if (system == nullptr) return std::nullopt;
  return ExportColumn{system, true};
}

bool ComparisonJudge::sees(Id id) {
  bool out = false;
  engine_.database().read([&](store::Connection& connection) {
    const auto record = records::visible_record(engine_, connection, caller_, object_, id);
    out = record && record->deleted_at == 0;
  });
  return out;
}

bool ComparisonJudge::writable(const ExportColumn& column) const {
  if (column.system) return column.field->key == "owner_id";
  return is_writable(caller_.access, object_, *column.field);
}

bool ComparisonJudge::differs(const ExportColumn& column, const std::string& base,
                              const std::vector<Id>& base_ids, const std::string& raw) {
  const FieldDef& field = *column.field;
  if (holds_records(field) && !own_) {
    // Whether the text is that of a record which he may not see is not his to find out.
    bool sees = true;
    engine_.database().read([&](store::Connection& connection) {
      cells_.load_titles(connection, field, base_ids);
      sees = cells_.sees_all(field, base_ids);
    });
    if (!sees) return false;
  }
  if (went_out_as(base, raw)) return false;
  if (holds_records(field) || holds_users(field)) return true;
  const auto before = meaning(field, base);
  const auto after = meaning(field, raw);
  return !before || !after || *before != *after;
}

bool ComparisonJudge::parse_users(JudgedCell& cell, const std::string& raw) {
  const bool several = is_several(*cell.column.field);
  for (const std::string& name :
       several ? names_in(raw) : std::vector<std::string>{text::nfc(plain(raw))}) {
    if (name.empty()) continue;
    const Id user = users_.find(name);
    if (user == 0) {
      cell.problem = {
          cell.column.field->key, "import_user_not_found", {{"name", text::truncate(name, 60)}}};
      return false;
    }
    cell.ids.push_back(user);
  }
  return true;
}

bool ComparisonJudge::parse_links(store::Connection& connection, JudgedCell& cell,
                                  const std::string& raw, const std::vector<Id>& base_ids) {
  const FieldDef& field = *cell.column.field;
  const meta::ObjectDef& target = *caller_.access.catalog().object(field.target);
  // A name that went out means what it meant then, even where two have it.
  cells_.load_titles(connection, field, base_ids);
  const std::string whole = text::nfc(plain(raw));
  std::vector<std::string> names = {whole};
  if (is_several(field)) names = names_in(raw);
  for (const std::string& name : names) {
    if (name.empty()) continue;
    const auto known = std::ranges::find_if(
        base_ids, [&](const Id id) { return plain(cells_.names(field, {id})) == name; });
    if (known != base_ids.end()) {
      cell.ids.push_back(*known);
      continue;
    }
    const auto found = links_.find(connection, target, name);
    if (found.size() != 1) {
      cell.problem = {field.key,
                      found.empty() ? "import_link_not_found" : "import_link_ambiguous",
                      {{"name", text::truncate(name, 60)}}};
      return false;
    }
    cell.ids.push_back(found.front());
  }
  cells_.load_titles(connection, field, cell.ids);
  return true;
}

bool ComparisonJudge::parse(store::Connection& connection, JudgedCell& cell, const std::string& raw,
                            const std::vector<Id>& base_ids) {
  const FieldDef& field = *cell.column.field;
  if (holds_users(field)) return parse_users(cell, raw);
  if (holds_records(field)) return parse_links(connection, cell, raw, base_ids);
  Problems problems;
  const meta::Cell typed{field.key, raw};
  meta::Values values =
      meta::parse_cells(object_, {&typed, 1}, caller_.access.fields(object_), problems, true);
  if (!problems.empty()) {
    cell.problem = problems.front();
    return false;
  }
  cell.value = std::move(values[field.key]);
  if (field.required && meta::is_empty(cell.value)) {
    cell.problem = {field.key, "required", {}};
    return false;
  }
  return true;
}

// Members that he does not see were no names in his cell.
void ComparisonJudge::keep_unseen(JudgedCell& cell, const std::vector<Id>& now) const {
  const FieldDef& field = *cell.column.field;
  if (!holds_records(field) || !is_several(field)) return;
  cell.ids =
      with_unseen(std::move(cell.ids), now, [&](Id id) { return cells_.sees_all(field, {id}); });
}

bool ComparisonJudge::is_now(const JudgedCell& cell, const records::Record& record) const {
  const FieldDef& field = *cell.column.field;
  if (holds_users(field) || holds_records(field)) return ids_in(cell.column, record) == cell.ids;
  return record.get(field.key) == cell.value;
}

std::string ComparisonJudge::shown(const JudgedCell& cell, const std::string& raw) const {
  const FieldDef& field = *cell.column.field;
  if (cell.state == State::invalid || cell.state == State::refused) return raw;
  if (holds_users(field) || holds_records(field)) return cells_.names(field, cell.ids);
  return meta::value_text(field, cell.value);
}

JudgedRow ComparisonJudge::judge(const ComparedRow& row, bool candidates) {
  switch (row.kind) {
    case ComparedRow::Kind::add:
      return add(row, candidates);
    case ComparedRow::Kind::remove:
      return remove(row);
    case ComparedRow::Kind::edit:
      break;
  }
  return edit(row);
}

JudgedRow ComparisonJudge::edit(const ComparedRow& row) {
  JudgedRow out;
  auto record = engine_.get(caller_, object_, row.id);
  if (!record || record->deleted_at != 0) return {.seen = false};
  out.record = std::move(*record);
  out.title = records::readable_title(caller_, object_, out.record);
  const auto& rights = caller_.access.object(object_);
  const bool may_change =
      caller_.access.allows(object_, rights.update, out.record.owner, out.record.team,
                            out.record.customer_owner, out.record.customer_team);
  engine_.database().read([&](store::Connection& connection) {
    for (const auto& [key, raw] : row.raw) {
      const auto found = column(key);
      if (!found) continue;
      const FieldDef& field = *found->field;
      JudgedCell cell{.column = *found};
      const auto base = row.base.find(key);
      cell.before = base == row.base.end() ? std::string() : base->second;
      const auto links = row.base_ids.find(key);
      const std::vector<Id> base_ids =
          links == row.base_ids.end() ? std::vector<Id>() : links->second;
      const auto now_ids = ids_in(*found, out.record);
      if (holds_records(field) || field.kind == &meta::kinds::file) {
        cells_.load_titles(connection, field, now_ids);
      }
      cell.now = cells_.cell(*found, out.record).text;
      if (!may_change || !writable(*found)) {
        cell.state = State::refused;
        cell.problem = {key, may_change ? "field_not_writable" : "compare_record_not_yours", {}};
      } else if (!parse(connection, cell, raw, base_ids)) {
        cell.state = State::invalid;
      } else if (keep_unseen(cell, now_ids); is_now(cell, out.record)) {
        cell.state = State::same;
      } else {
        const bool linked = holds_records(field) || holds_users(field);
        const auto meant = linked ? std::nullopt : meaning(field, cell.before);
        const bool kept =
            linked ? now_ids == base_ids
                   : cell.now == cell.before || (meant && *meant == out.record.get(field.key));
        cell.state = kept ? State::change : State::conflict;
      }
      if (holds_records(field) && !own_) {
        cells_.load_titles(connection, field, base_ids);
        cell.before = cells_.names(field, base_ids);
      }
      cell.next = shown(cell, raw);
      out.cells.push_back(std::move(cell));
    }
  });
  return out;
}

JudgedRow ComparisonJudge::add(const ComparedRow& row, bool candidates) {
  JudgedRow out;
  if (!row.problem.empty()) out.problem = {{}, row.problem, {}};
  if (!caller_.access.object(object_).create) {
    out.possible = false;
    out.problem = {{}, "compare_may_not_add", {}};
  }
  meta::Values values;
  engine_.database().read([&](store::Connection& connection) {
    for (const auto& [key, raw] : row.raw) {
      const auto found = column(key);
      // What the product keeps of a record comes by itself.
      if (!found || !writable(*found)) continue;
      JudgedCell cell{.column = *found};
      if (!parse(connection, cell, raw, {})) cell.state = State::invalid;
      cell.next = shown(cell, raw);
      if (cell.state == State::change && !meta::is_empty(cell.value)) values[key] = cell.value;
      if (key == object_.title) out.title = cell.next;
      out.cells.push_back(std::move(cell));
    }
  });
  const bool wrong = std::ranges::any_of(
      out.cells, [](const JudgedCell& cell) { return cell.state == State::invalid; });
  if (wrong && out.possible) {
    out.possible = false;
    out.problem = {{}, "compare_row_wrong", {}};
  }
  if (object_.field("family_name") != nullptr && object_.title == "name") {
    meta::settle_person_name(values, {});
  }
  if (out.title.empty()) out.title = meta::title_of(object_, values);
  if (candidates) out.candidates = duplicates_.likely(caller_, object_, values, 0, kMostCandidates);
  return out;
}

JudgedRow ComparisonJudge::remove(const ComparedRow& row) {
  JudgedRow out;
  auto record = engine_.get(caller_, object_, row.id);
  if (!record || record->deleted_at != 0) return {.seen = false};
  out.record = std::move(*record);
  out.title = records::readable_title(caller_, object_, out.record);
  const auto& rights = caller_.access.object(object_);
  if (!caller_.access.allows(object_, rights.remove, out.record.owner, out.record.team,
                             out.record.customer_owner, out.record.customer_team)) {
    out.possible = false;
    out.problem = {{}, "compare_may_not_remove", {}};
  }
  return out;
}

records::Draft ComparisonJudge::draft(const JudgedRow& row,
                                      const std::function<bool(const JudgedCell&)>& take) const {
  records::Draft out;
  for (const JudgedCell& cell : row.cells) {
    if ((cell.state != State::change && cell.state != State::conflict) || !take(cell)) continue;
    const FieldDef& field = *cell.column.field;
    if (cell.column.system) {
      out.owner = cell.ids.empty() ? 0 : cell.ids.front();
    } else if (field.kind->storage == meta::Storage::none) {
      out.lists[field.key] = cell.ids;
    } else if (holds_records(field) || holds_users(field)) {
      out.values[field.key] = cell.ids.empty() ? meta::Value() : meta::Value(cell.ids.front());
    } else {
      out.values[field.key] = cell.value;
    }
  }
  return out;
}

}  // namespace daifuku::exchange
