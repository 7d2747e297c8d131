#include "records/tidy_choices.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "meta/kinds.h"
#include "text/code_points.h"
#include "text/fold.h"
#include "text/name_key.h"
#include "text/reading.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;

namespace {

namespace kinds = meta::kinds;

constexpr std::int64_t kMostRows = 20'000;
constexpr std::size_t kMostSpellings = 5'000;  // of one field; more is no choice but free text
constexpr std::size_t kMostRead = 1'000;

using Counted = std::unordered_map<std::string, std::int64_t>;

bool holds_items(const FieldDef& field) {
  return field.kind == &kinds::tags || field.kind == &kinds::choices;
}

// Words that come again from record to record; neither names nor numbers of the records.
bool is_folded(const TidyAsk& ask, const FieldDef& field) {
  if (field.hidden || field.read_only || field.key == ask.object.title ||
      ask.caller.access.field(ask.object, field.key) < FieldRight::read)
    return false;
  if (field.kind == &kinds::tags) return true;
  if (field.kind == &kinds::text)
    return field.whole.empty() && !field.unique && !field.indexed && !field.duplicate_key;
  return field.custom && (field.kind == &kinds::choice || field.kind == &kinds::choices);
}

// What people see of a stored text: of a choice its label.
std::string shown(const FieldDef& field, const std::string& value) {
  const auto option = std::ranges::find(field.options, value, &meta::Option::key);
  return option == field.options.end() ? value : option->label.ja;
}

bool has_kana(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    if (text::is_katakana(c) || text::is_hiragana(c)) return true;
  }
  return false;
}

void invalid(std::string_view field, std::string_view code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::string(field), std::string(code), {}}});
}

}  // namespace

std::vector<std::vector<std::size_t>> same_spellings(
    const std::vector<std::pair<std::string, std::int64_t>>& values, bool readings) {
  std::map<std::string, std::vector<std::size_t>> by_fold;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string key = text::fold(values[i].first);
    if (!key.empty()) by_fold[key].push_back(i);
  }
  if (readings && text::readings_available()) {
    // ｴｲｷﾞｮｳ部 is 営業部 when nothing else is read so (広報部 and 公報部 stay apart).
    std::map<std::string, std::vector<std::string>> written;
    std::vector<std::pair<std::string, std::string>> kana;  // fold, reading
    std::size_t read = 0;
    for (const auto& [key, members] : by_fold) {
      if (++read > kMostRead) break;
      const std::string reading =
          text::kana_key(text::guess_company_reading(values[members.front()].first));
      if (reading.empty()) continue;
      if (has_kana(key)) {
        kana.emplace_back(key, reading);
      } else {
        written[reading].push_back(key);
      }
    }
    for (const auto& [key, reading] : kana) {
      const auto found = written.find(reading);
      if (found == written.end() || found->second.size() != 1) continue;
      auto& members = by_fold[found->second.front()];
      auto& moved = by_fold[key];
      members.insert(members.end(), moved.begin(), moved.end());
      by_fold.erase(key);
    }
  }
  std::vector<std::vector<std::size_t>> out;
  for (auto& [key, members] : by_fold) {
    if (members.size() < 2) continue;
    std::ranges::sort(members);
    // Written twice the same way somewhere: a word, and no number that happens to fold alike.
    if (values[members.front()].second >= 2) out.push_back(std::move(members));
  }
  return out;
}

ChoiceGroups choice_groups(const TidyAsk& ask, const TidyBudget& budget) {
  std::vector<const FieldDef*> fields;
  std::string columns;
  for (const FieldDef& field : ask.object.expanded) {
    if (!is_folded(ask, field)) continue;
    fields.push_back(&field);
    columns += (columns.empty() ? "" : ", ") + column("t", field);
  }
  ChoiceGroups out;
  if (fields.empty()) return out;
  const auto scope =
      ask.caller.access.condition(ask.object, ask.caller.access.object(ask.object).read, "t");
  std::vector<Counted> counted(fields.size());
  std::vector<bool> free_text(fields.size());
  ask.engine.database().read([&](store::Connection& connection) {
    counted.assign(fields.size(), {});
    free_text.assign(fields.size(), false);
    std::int64_t looked = 0;
    auto rows = connection.query(
        "SELECT " + columns + " FROM " + ask.engine.plan(ask.object).table +
        " t WHERE {t} AND t.deleted_at IS NULL" +
        (scope.sql.empty() ? std::string() : " AND " + scope.sql) + " ORDER BY t.id DESC LIMIT ?");
    for (const Id bind : scope.binds) rows.bind(bind);
    const std::int64_t most = std::min(kMostRows, budget.rows);
    rows.bind(most);
    for (; !budget.spent() && rows.step(); ++looked) {
      for (std::size_t i = 0; i < fields.size(); ++i) {
        const int at = static_cast<int>(i);
        if (free_text[i] || rows.is_null(at)) continue;
        if (holds_items(*fields[i])) {
          for (std::string& item : meta::split_items(rows.text(at))) ++counted[i][std::move(item)];
        } else {
          ++counted[i][std::string(rows.text(at))];
        }
        if (counted[i].size() <= kMostSpellings) continue;
        free_text[i] = true;
        counted[i].clear();
      }
    }
    out.more = looked == most || budget.spent();
  });
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::vector<std::pair<std::string, std::int64_t>> stored(counted[i].begin(), counted[i].end());
    std::ranges::sort(stored, [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    auto seen = stored;
    for (auto& [value, count] : seen) value = shown(*fields[i], value);
    for (const auto& members : same_spellings(seen, fields[i]->options.empty())) {
      ChoiceGroup group{.field = fields[i]};
      for (const std::size_t at : members) {
        group.values.push_back(stored[at]);
        group.count += stored[at].second;
      }
      out.groups.push_back(std::move(group));
    }
  }
  std::ranges::stable_sort(out.groups, std::greater<>(), &ChoiceGroup::count);
  return out;
}

std::unique_ptr<TidyWalk> walk_fold(const TidyAsk& ask, const Json& body) {
  const FieldDef* field = ask.object.field(json_text(body, "field"));
  if (field == nullptr || !is_folded(ask, *field)) invalid("field", "invalid_choice");
  std::vector<std::string> from;
  if (const Json* list = json_find(body, "values"); list != nullptr && list->is_array()) {
    for (const Json& item : list->get_array()) {
      if (item.is_string()) from.emplace_back(item.get_string());
    }
  }
  // As the field keeps it.
  Problems problems;
  meta::Value checked;
  const std::string typed = json_text(body, "value");
  if (!field->kind->parse_text(*field, typed, checked, problems) || meta::is_empty(checked))
    invalid("value", problems.empty() ? "required" : problems.front().code);
  const std::string to(meta::text_of(checked));
  std::erase(from, to);
  constexpr std::size_t kMost = 100;
  if (from.empty() || from.size() > kMost) invalid("values", "required");
  TidyLane lane{.where = column("t", *field) + " IS NOT NULL"};
  if (!holds_items(*field)) {
    std::string marks;
    for (const std::string& value : from) {
      marks += marks.empty() ? "?" : ", ?";
      lane.exact_binds.emplace_back(value);
    }
    lane.exact = column("t", *field) + " IN (" + marks + ")";
  }
  const auto judge = [field, from, to](store::Connection&, const Record& record) {
    std::vector<std::string> items = holds_items(*field)
                                         ? meta::split_items(record.text(field->key))
                                         : std::vector{std::string(record.text(field->key))};
    std::vector<std::string> folded;
    bool changed = false;
    for (std::string& item : items) {
      const bool other = std::ranges::find(from, item) != from.end();
      changed = changed || other;
      const std::string& now = other ? to : item;
      if (std::ranges::find(folded, now) == folded.end()) folded.push_back(now);
    }
    std::vector<TidyProblem> out;
    if (changed) {
      out.push_back({.field = field,
                     .value = record.get(field->key),
                     .proposal = meta::Value(meta::join_items(folded))});
    }
    return out;
  };
  return std::make_unique<TidyWalk>(ask.engine, ask.caller, ask.object,
                                    std::vector<TidyLane>{std::move(lane)}, judge);
}

}  // namespace daifuku::records
