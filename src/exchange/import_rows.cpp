#include "exchange/import_rows.h"

#include <algorithm>

#include "exchange/column_shape.h"
#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "meta/kinds/person_name.h"
#include "text/date.h"
#include "text/email.h"
#include "text/fold.h"
#include "text/name_key.h"
#include "text/phone.h"

namespace daifuku::exchange {

using meta::FieldDef;
using Kind = ImportTarget::Kind;

namespace {

constexpr std::size_t kMostCached = 50'000;

bool is_text(const meta::FieldKind& kind) {
  return &kind == &meta::kinds::text || &kind == &meta::kinds::long_text;
}

bool is_phone(const meta::FieldKind& kind) {
  return &kind == &meta::kinds::phone || &kind == &meta::kinds::phones;
}

// 120名, 35 店舗: the number alone, since the heading says of what.
void drop_counter(std::string& text) {
  static constexpr std::string_view kCounters[] = {"名",   "人", "件", "社", "台", "個", "店舗",
                                                   "箇所", "点", "歳", "回", "日", "床", "席"};
  for (const std::string_view counter : kCounters) {
    if (!text.ends_with(counter)) continue;
    std::string_view rest = std::string_view(text).substr(0, text.size() - counter.size());
    while (rest.ends_with(' ')) rest.remove_suffix(1);
    const auto last = rest.empty() ? 0U : static_cast<unsigned char>(rest.back());
    const bool wide = rest.size() >= 3 && rest.substr(rest.size() - 3, 2) == "\xEF\xBC" &&
                      last >= 0x90 && last <= 0x99;
    if (wide || (last >= '0' && last <= '9')) text.resize(rest.size());
    return;
  }
}

// Digits that mean nothing once a spreadsheet has rounded them.
bool is_code(const meta::FieldKind& kind) {
  return is_phone(kind) || &kind == &meta::kinds::corporate_number ||
         &kind == &meta::kinds::invoice_number || &kind == &meta::kinds::postal_code;
}

// A dash or the like. なし and 不明 say something, wherever any text may stand.
bool says_nothing(std::string_view text) {
  return is_placeholder(text) && text::fold(text).empty();
}

bool has_choices(const meta::FieldKind& kind) {
  return &kind == &meta::kinds::choice || &kind == &meta::kinds::choices ||
         &kind == &meta::kinds::yes_no;
}

// Items of one cell that names several records; one more than a field takes when there are more.
std::vector<std::string> names_in(const std::string& text, bool several) {
  if (!several) return {text};
  std::vector<std::string> out;
  std::string item;
  const auto end_item = [&] {
    item = text::nfc(item);
    if (!item.empty()) out.push_back(item);
    item.clear();
  };
  static constexpr std::string_view kBreaks[] = {"、", "；", ";", "\n", ","};
  for (std::size_t i = 0; i < text.size() && out.size() <= meta::kinds::kIdsMax;) {
    const std::string_view rest = std::string_view(text).substr(i);
    const auto* found = std::ranges::find_if(
        kBreaks, [&](std::string_view mark) { return rest.starts_with(mark); });
    if (found != std::end(kBreaks)) {
      end_item();
      i += found->size();
    } else {
      item += text[i++];
    }
  }
  end_item();
  return out;
}

}  // namespace

meta::Label shown_value(const meta::FieldDef& field, const meta::Value& value) {
  return {.ja = meta::display_text(field, value, Language::ja),
          .en = meta::display_text(field, value, Language::en)};
}

std::size_t bytes_of(const Row& cells) {
  std::size_t out = cells.size() * sizeof(Cell);
  for (const Cell& cell : cells) out += cell.text.size();
  return out;
}

std::string_view import_action_name(ImportRow::Action action) {
  static constexpr std::string_view kNames[] = {"create", "update", "same",
                                                "look",   "skip",   "error"};
  return kNames[static_cast<std::size_t>(action)];
}

void UserNames::add(Id user, std::string_view name, std::string_view email) {
  for (std::string key : {text::person_key(name), text::email_key(email)}) {
    if (key.empty()) continue;
    const auto [at, fresh] = users_.emplace(std::move(key), user);
    if (!fresh && at->second != user) at->second = 0;  // two of one name
  }
}

void UserNames::add_former(Id user, std::string_view name, std::string_view email) {
  for (std::string key : {text::person_key(name), text::email_key(email)}) {
    if (!key.empty()) users_.emplace(std::move(key), user);
  }
}

void UserNames::add_team(Id team, std::string_view name) {
  const auto [at, fresh] = teams_.emplace(text::nfc(name), team);
  if (!fresh && at->second != team) at->second = 0;
}

Id UserNames::find_team(std::string_view typed) const {
  const auto found = teams_.find(text::nfc(typed));
  return found == teams_.end() ? 0 : found->second;
}

Id UserNames::find(std::string_view typed) const {
  const bool mail = typed.find('@') != std::string_view::npos;
  const auto found = users_.find(mail ? text::email_key(typed) : text::person_key(typed));
  return found == users_.end() ? 0 : found->second;
}

std::vector<Id> LinkFinder::find(store::Connection& connection, const meta::ObjectDef& target,
                                 const std::string& name) {
  const std::string key = target.key + '\n' + name;
  if (const auto found = cache_.find(key); found != cache_.end()) return found->second;
  auto ids = engine_.find_by_key(connection, caller_, target, name);
  // What is not there yet is asked again: another row may have made it under another spelling.
  if (ids.empty()) return ids;
  if (cache_.size() >= kMostCached) cache_.clear();
  return cache_.emplace(key, std::move(ids)).first->second;
}

void LinkFinder::remember(const meta::ObjectDef& target, const std::string& name, Id id) {
  if (cache_.size() >= kMostCached) cache_.clear();
  cache_[target.key + '\n' + name] = {id};
}

RowReader::RowReader(records::Engine& engine, const records::Caller& caller, const ImportPlan& plan,
                     const FoundHeader& header, const UserNames& users)
    : engine_(engine),
      caller_(caller),
      plan_(plan),
      header_(header),
      users_(users),
      links_(engine, caller),
      origins_(engine, caller),
      matcher_(engine, caller, plan) {
  if (const auto date = parse_iso_date(plan.settings.file_date)) file_dated_ = start_of_day(*date);
  Date limit = local_date(engine.clock().now());
  limit.year -= plan.settings.stale_years;
  limit.day = std::min(limit.day, days_in_month(limit.year, limit.month));
  stale_before_ = start_of_day(limit);
  const FieldDef* title = plan.object->field(plan.object->title);
  settles_name_ = title != nullptr && title->key == "name" && !title->whole.empty() &&
                  plan.object->field("family_name") != nullptr;
  for (const FieldDef& field : plan.object->expanded) {
    if (field.required && !field.hidden && !field.read_only && field.default_text.empty()) {
      required_.push_back(&field);
    }
  }
  own_.resize(plan.targets.size());
  for (std::size_t c = 0; c < plan.targets.size(); ++c) {
    if (plan.targets[c].kind != Kind::own) continue;
    own_[c].key = "new:" + std::to_string(c);
    own_[c].kind = meta::find_kind(plan.targets[c].own_kind);
    own_[c].label = {plan.headings[c], plan.headings[c]};
  }
}

void RowReader::warn(ImportRow& row, std::size_t column, std::string code, Params params) const {
  const std::string key = column < plan_.targets.size() ? plan_.targets[column].key : std::string();
  row.problems.push_back(
      {static_cast<int>(column), key, std::move(code), std::move(params), false});
}

// A line of the note.
void RowReader::keep(ImportRow& row, std::size_t column, std::string_view text) const {
  std::string kept = text::nfc(text);
  if (kept.empty() || plan_.note == nullptr) return;
  meta::Value& note = row.values[plan_.note->key];
  std::string lines(meta::text_of(note));
  if (!lines.empty()) lines += '\n';
  std::string heading =
      column < plan_.headings.size() ? plan_.headings[column] : "列" + std::to_string(column + 1);
  lines += heading;
  lines += ": ";
  lines += kept;
  note = std::move(lines);
  row.kept.emplace_back(std::move(heading), std::move(kept));
}

void RowReader::refuse_cell(ImportRow& row, std::size_t column, const Problem& problem) const {
  const ImportTarget& target = plan_.targets[column];
  const bool required =
      target.field != nullptr ? target.field->required : target.key == plan_.object->title;
  CellProblem told{static_cast<int>(column), problem.field, problem.code, problem.params, false};
  if (required || plan_.note == nullptr) {
    row.fail(std::move(told));
    return;
  }
  row.problems.push_back(std::move(told));
  keep(row, column, row.cells[column].text);
}

// More than a field holds would keep the writer busy for long, for nothing.
bool RowReader::too_many(ImportRow& row, std::size_t column,
                         const std::vector<std::string>& names) const {
  if (names.size() <= meta::kinds::kIdsMax) return false;
  refuse_cell(row, column,
              {plan_.targets[column].key,
               "too_many_items",
               {{"max", std::to_string(meta::kinds::kIdsMax)}}});
  return true;
}

// What the file suffered before. False when the cell holds nothing any more.
bool RowReader::mend_cell(ImportRow& row, std::size_t column, std::string& text) const {
  const ImportTarget& target = plan_.targets[column];
  const meta::FieldKind* kind = target.field != nullptr ? target.field->kind : own_[column].kind;
  const Cell& cell = row.cells[column];
  if (plan_.own) return true;
  if (kind == nullptr || is_text(*kind) || has_choices(*kind)) return !says_nothing(text);
  if (is_placeholder(text)) return false;
  if (kind == &meta::kinds::integer || kind == &meta::kinds::decimal) drop_counter(text);
  const ColumnRole role = is_phone(*kind) ? ColumnRole::phone : ColumnRole::other;
  switch (damage_in(cell, role)) {
    case Damage::error_value:
      warn(row, column, "damage_error_value");
      return false;
    case Damage::number_rounded:
      if (!is_code(*kind)) return true;
      warn(row, column, "damage_number_rounded");
      return false;
    case Damage::phone_zero_lost:
      if (const auto phone = text::repair_phone(text)) {
        text = phone->display;
        warn(row, column, "import_phone_mended");
      }
      return true;
    default:
      return true;
  }
}

void RowReader::take_user(ImportRow& row, std::size_t column, const std::string& text) const {
  const ImportTarget& target = plan_.targets[column];
  const bool several = target.field != nullptr && target.field->kind == &meta::kinds::users;
  const auto names = names_in(text, several);
  if (too_many(row, column, names)) return;
  for (const std::string& name : names) {
    const Id user = users_.find(name);
    if (user == 0) {
      // Guests are no users.
      if (plan_.calendar) continue;
      warn(row, column, "import_user_not_found", {{"name", text::truncate(name, 60)}});
      keep(row, column, name);
      continue;
    }
    row.shown.emplace_back(target.key, meta::Label{name, name});
    if (target.kind == Kind::owner) {
      row.owner = user;
      row.owner_given = true;
    } else if (!several) {
      row.values[target.key] = user;
    } else {
      std::string ids(meta::text_of(meta::get(row.values, target.key)));
      row.values[target.key] = (ids.empty() ? "" : ids + "\n") + std::to_string(user);
    }
  }
}

void RowReader::take_team(ImportRow& row, std::size_t column, const std::string& text) const {
  const Id team = users_.find_team(text);
  const auto& own = caller_.access.teams();
  // As on the screen: into a team of others only who administers.
  const bool may = caller_.access.administers() || std::ranges::find(own, team) != own.end();
  if (team == 0 || !may) {
    warn(row, column, "import_team_not_found", {{"name", text::truncate(text, 60)}});
    keep(row, column, text);
    return;
  }
  row.team = team;
  row.shown.emplace_back(plan_.targets[column].key, meta::Label{text, text});
}

// The ids say which records, whatever stands beside them; where they cannot be read the names
// count.
void RowReader::take_link_ids(ImportRow& row, std::size_t column, const std::string& text) const {
  const FieldDef* field = plan_.targets[column].field;
  std::vector<Id> ids;
  const auto given = names_in(text, true);
  if (too_many(row, column, given)) return;
  for (const std::string& each : given) {
    ids.push_back(decode_id(each).value_or(0));
    if (ids.back() <= 0) return warn(row, column, "invalid_id");
  }
  std::vector<std::string> names;
  std::erase_if(row.wishes, [&](const ImportRow::Wish& wish) {
    if (wish.field != field) return false;
    names.push_back(wish.name);
    return true;
  });
  names.resize(names.size() == ids.size() ? ids.size() : 0);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    row.wishes.push_back({.field = field,
                          .column = static_cast<int>(column),
                          .name = names.empty() ? encode_id(ids[i]) : names[i],
                          .origin = ids[i]});
    if (field->kind == &meta::kinds::link) break;
  }
}

void RowReader::parse(ImportRow& row,
                      std::vector<std::pair<std::size_t, std::string>>& texts) const {
  const auto& rights = caller_.access.fields(*plan_.object);
  std::vector<meta::Cell> cells;
  const auto collect = [&] {
    cells.clear();
    for (const auto& [column, text] : texts) cells.push_back({plan_.targets[column].key, text});
  };
  collect();
  Problems problems;
  meta::Values values = meta::parse_cells(*plan_.object, cells, rights, problems);
  if (!problems.empty()) {
    // Rare: find out which cells they are, and take the others.
    std::erase_if(texts, [&](const auto& entry) {
      const meta::Cell alone{plan_.targets[entry.first].key, entry.second};
      Problems own;
      meta::parse_cells(*plan_.object, {&alone, 1}, rights, own);
      if (own.empty()) return false;
      refuse_cell(row, entry.first, own.front());
      return true;
    });
    collect();
    problems.clear();
    values = meta::parse_cells(*plan_.object, cells, rights, problems);
  }
  // What the note field got by a column of its own stands before the lines kept from others.
  for (auto& [key, value] : values) {
    meta::Value& place = row.values[key];
    const std::string lines(meta::text_of(place));
    const bool is_note = plan_.note != nullptr && key == plan_.note->key;
    if (is_note) row.typed_note = meta::text_of(value);
    if (is_note && !lines.empty()) {
      place = std::string(meta::text_of(value)) + "\n" + lines;
    } else {
      place = std::move(value);
    }
  }
}

void RowReader::convert(ImportRow& row) const {
  row.values.clear();
  row.wishes.clear();
  row.shown.clear();
  row.problems.clear();
  row.changes.clear();
  row.typed_note.clear();
  row.kept.clear();
  row.match = {};
  row.target = row.own_id = 0;
  row.owner = plan_.owner;
  row.owner_given = false;
  row.team = 0;
  row.created = 0;
  row.action = ImportRow::Action::create;
  if (!plan_.plain && judge_row(header_, row.cells) != RowKind::record) {
    row.leave_out("import_row_left_out");
    return;
  }
  const auto time_in = [&](const std::optional<std::size_t>& column) {
    if (!column || *column >= row.cells.size()) return Millis{0};
    return text::parse_date_time(row.cells[*column].text).value_or(0);
  };
  row.dated = plan_.settings.date_column ? time_in(plan_.settings.date_column) : file_dated_;
  const Millis last = time_in(plan_.settings.stale_column);
  if (last != 0 && last < stale_before_) {
    row.leave_out("import_stale", {{"years", std::to_string(plan_.settings.stale_years)}});
    return;
  }
  std::vector<std::pair<std::size_t, std::string>> texts;
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const Cell& cell = row.cells[c];
    if (cell.empty()) continue;
    if (c >= plan_.targets.size()) {
      keep(row, c, cell.text);
      continue;
    }
    const ImportTarget& target = plan_.targets[c];
    if (target.kind == Kind::ignore) continue;
    if (target.kind == Kind::note) {
      if (!says_nothing(cell.text)) keep(row, c, cell.text);
      continue;
    }
    std::string text = plan_.translated(c, cell.text);
    if (!mend_cell(row, c, text)) continue;
    switch (target.kind) {
      case Kind::field:
        if (target.field != nullptr && target.field->read_only) {
          // Nobody may type it, so the rules of what is typed are not asked (is_taken_over).
          meta::Value value;
          Problems problems;
          if (target.field->kind->parse_text(*target.field, text, value, problems)) {
            row.values[target.key] = std::move(value);
          } else {
            refuse_cell(row, c, problems.front());
          }
          break;
        }
        texts.emplace_back(c, std::move(text));
        break;
      case Kind::own: {
        meta::Value value;
        Problems problems;
        if (!own_[c].kind->parse_text(own_[c], text, value, problems)) {
          refuse_cell(row, c, problems.front());
        } else if (!meta::is_empty(value)) {
          row.shown.emplace_back(own_[c].key, shown_value(own_[c], value));
        }
        break;
      }
      case Kind::link: {
        if (std::ranges::any_of(row.wishes, [&](const ImportRow::Wish& wish) {
              return wish.field == target.field && wish.origin != 0;
            })) {
          break;  // The ids stand before the names.
        }
        auto names = names_in(text, plan_.calendar || target.field->kind == &meta::kinds::links);
        if (too_many(row, c, names)) break;
        for (std::string& name : names) {
          name = text::nfc(name);
          if (name.empty()) continue;
          row.wishes.push_back(
              {.field = target.field, .column = static_cast<int>(c), .name = std::move(name)});
        }
        break;
      }
      case Kind::link_id:
        take_link_ids(row, c, text);
        break;
      case Kind::user:
      case Kind::owner:
        take_user(row, c, text::nfc(text));
        break;
      case Kind::team:
        take_team(row, c, text);
        break;
      case Kind::id:
        row.own_id =
            plan_.calendar ? foreign_origin(*plan_.object, text) : decode_id(text).value_or(0);
        if (row.own_id == 0) warn(row, c, "import_id_not_found");
        break;
      case Kind::created:
        row.created = parse_instant(text).value_or(0);
        if (row.created == 0) row.created = text::parse_date_time(text).value_or(0);
        if (row.created == 0) warn(row, c, "invalid_date_time");
        break;
      case Kind::ignore:
      case Kind::note:
        break;
    }
  }
  parse(row, texts);
  if (settles_name_ && !plan_.whole) meta::settle_person_name(row.values, {});
  std::erase_if(row.values, [](const auto& entry) { return meta::is_empty(entry.second); });
  // A row that updates need not hold the whole record.
  if (!plan_.updates()) check_required(row);
}

void RowReader::check_required(ImportRow& row) const {
  for (const FieldDef* field : required_) {
    if (!meta::is_empty(meta::get(row.values, field->key))) continue;
    const bool wished = std::ranges::any_of(
        row.wishes, [&](const ImportRow::Wish& wish) { return wish.field == field; });
    const bool told = std::ranges::any_of(row.problems, [&](const CellProblem& problem) {
      return problem.error && problem.field == field->key;
    });
    if (!wished && !told) row.fail({column_of(field->key), field->key, "required", {}});
  }
}

int RowReader::column_of(std::string_view field) const {
  const FieldDef* found = plan_.object->field(field);
  for (std::size_t c = 0; c < plan_.targets.size(); ++c) {
    const std::string& key = plan_.targets[c].key;
    if (key.empty()) continue;
    if (key == field || (found != nullptr && !found->whole.empty() && key == found->whole)) {
      return static_cast<int>(c);
    }
  }
  return -1;
}

void RowReader::give_up(ImportRow& row, const ImportRow::Wish& wish, std::string code) const {
  const auto column = static_cast<std::size_t>(wish.column);
  warn(row, column, std::move(code), {{"name", text::truncate(wish.name, 60)}});
  keep(row, column, wish.name);
}

void RowReader::fail_first(ImportRow& row, const ImportRow::Wish& wish) const {
  const meta::ObjectDef& target = *caller_.access.catalog().object(wish.field->target);
  row.fail({wish.column, wish.field->key, "import_link_first", {{"name", target.label.ja}}});
}

void RowReader::add_problems(ImportRow& row, const AppError& error) const {
  if (error.problems().empty()) {
    row.fail({-1, {}, error.code(), error.params()});
    return;
  }
  for (const Problem& problem : error.problems()) {
    const auto waiting = std::ranges::find_if(row.wishes, [&](const ImportRow::Wish& wish) {
      return wish.id == 0 && wish.origin != 0 && wish.field->key == problem.field;
    });
    if (waiting == row.wishes.end()) {
      row.fail({column_of(problem.field), problem.field, problem.code, problem.params});
    } else {
      fail_first(row, *waiting);
    }
  }
}

void RowReader::warn(ImportRow& row, const Problem& problem) const {
  row.problems.push_back(
      {column_of(problem.field), problem.field, problem.code, problem.params, false});
}

records::Draft RowReader::draft(const ImportRow& row) const {
  records::Draft out;
  out.values = row.values;
  if (row.owner != 0) out.owner = row.owner;
  if (row.team != 0) out.team = row.team;
  if (row.created != 0) out.created_at = row.created;
  if (plan_.whole) {
    if (!out.owner) out.owner = 0;
    if (!out.team) out.team = 0;
    for (const ImportTarget& target : plan_.targets) {
      const bool value = target.kind == Kind::field || target.kind == Kind::user ||
                         (target.kind == Kind::link && target.field->kind == &meta::kinds::link);
      if (value && target.field != nullptr) out.values.try_emplace(target.key);
    }
  }
  for (const ImportRow::Wish& wish : row.wishes) {
    if (wish.id <= 0) continue;
    if (wish.field->kind == &meta::kinds::link) {
      out.values[wish.field->key] = wish.id;
    } else {
      auto& list = out.lists[wish.field->key];
      if (std::ranges::find(list, wish.id) == list.end()) list.push_back(wish.id);
    }
  }
  return out;
}

}  // namespace daifuku::exchange
