#include "exchange/comparison.h"

#include <sys/stat.h>

#include <algorithm>
#include <unordered_set>

#include "exchange/comparison_judge.h"
#include "exchange/table_reader.h"
#include "exchange/table_writer.h"
#include "records/record_json.h"

namespace daifuku::exchange {

using State = JudgedCell::State;

namespace {

constexpr Millis kDay = 24LL * 3600 * 1000;
constexpr Millis kKeepComparisons = 7 * kDay;
constexpr Millis kKeepBases = 400 * kDay;  // a list that is mended once a year
// Looking for likely duplicates costs about a millisecond each.
constexpr std::int64_t kMostLookedFor = 2'000;

// What the hidden sheet says. nullopt: the workbook is none of ours.
std::optional<Id> event_of(const std::filesystem::path& path) {
  OpenOptions options;
  options.sheet = kMetadataSheet;
  try {
    OpenedTable opened = open_table(path, options);
    if (opened.format != TableFormat::xlsx) return std::nullopt;
    Row row;
    while (opened.reader->next(row)) {
      if (row.size() >= 2 && row[0].text == "export") return decode_id(row[1].text);
    }
  } catch (const AppError& error) {
    if (error.code() != "sheet_not_found") throw;
  }
  return std::nullopt;
}

// Works through the sheet.
class Comparing {
 public:
  Comparing(records::Engine& engine, records::DuplicateQueue& duplicates,
            const records::Caller& caller, const meta::ObjectDef& object, const UserNames& users,
            BaseReader& base, ComparedRowsWriter& rows, ComparisonHead& head)
      : base_(base),
        rows_(rows),
        head_(head),
        judge_(engine, duplicates, caller, object, users,
               base.header().user == caller.access.user()),
        looks_(!object.title.empty()) {}

  void run(const std::filesystem::path& path) {
    OpenOptions options;
    OpenedTable opened = open_sheet(path, options);
    Row row;
    while (opened.reader->next(row)) {
      if (++head_.counts.rows > Comparisons::kMostRows) {
        throw AppError(Status::too_large, "compare_too_large",
                       {{"max", std::to_string(Comparisons::kMostRows)}});
      }
      take(row, opened.reader->line());
    }
    for (const Id id : base_.records()) {
      if (!seen_.contains(id)) put_removed(id, 0);
    }
  }

 private:
  struct Place {
    std::size_t column = 0;  // in the file
    std::size_t base = 0;    // among the columns that went out
    ExportColumn field = {};
  };

  // The sheet whose first row has the headings that went out; people add sheets of their own.
  OpenedTable open_sheet(const std::filesystem::path& path, OpenOptions& options) {
    OpenedTable first = open_table(path, options);
    const int count = static_cast<int>(first.sheets.size());
    for (int i = 0; i < count; ++i) {
      if (first.sheets[static_cast<std::size_t>(i)].hidden) continue;
      options.sheet_index = i;
      OpenedTable opened = open_table(path, options);
      Row header;
      if (opened.reader->next(header) && read_header(header)) return opened;
    }
    throw AppError(Status::unsupported, "compare_ids_missing");
  }

  bool read_header(const Row& header) {
    places_.clear();
    head_.unknown_columns.clear();
    head_.hidden_columns.clear();
    id_column_.reset();
    const auto& columns = base_.header().columns;
    for (std::size_t c = 0; c < header.size(); ++c) {
      const std::string& title = header[c].text;
      if (title.empty()) continue;
      const auto found =
          std::ranges::find(columns, title, [](const BaseColumn& column) { return column.title; });
      if (found == columns.end()) {
        head_.unknown_columns.push_back(title);
        continue;
      }
      if (found->key == "id") id_column_ = c;
      if (found->key == "id" || found->key == "version") continue;
      const auto field = judge_.column(found->key);
      if (!field) {
        head_.hidden_columns.push_back(title);
        continue;
      }
      places_.push_back({c, static_cast<std::size_t>(found - columns.begin()), *field});
    }
    return id_column_.has_value();
  }

  static std::string text_at(const Row& row, std::size_t column) {
    return column < row.size() ? row[column].text : std::string();
  }

  void take(const Row& row, std::int64_t line) {
    const std::string id_text = text_at(row, *id_column_);
    const bool blank = std::ranges::all_of(
        places_, [&](const Place& place) { return text_at(row, place.column).empty(); });
    const auto id = id_text.empty() ? std::nullopt : decode_id(id_text);
    if (!id) {
      if (!blank) put_added(row, line, id_text.empty() ? "" : "compare_id_unknown");
      return;
    }
    // Before anything that its cells say is looked at: a record that he does not see is one number,
    // whatever he wrote into its row, and whether it went out or not.
    if (!judge_.sees(*id)) {
      ++head_.counts.gone;
      return;
    }
    const auto base = base_.find(*id);
    if (!base) {
      if (!blank) put_added(row, line, "compare_id_unknown");
      return;
    }
    if (!seen_.insert(*id).second) {
      if (!blank) put_added(row, line, "compare_id_twice");
      return;
    }
    if (blank && !places_.empty() && had_something(*base)) {
      // The cells were emptied instead of the row taken out.
      put_removed(*id, line);
      return;
    }
    put_edited(row, line, *base);
  }

  bool had_something(const BaseRow& base) const {
    return std::ranges::any_of(places_,
                               [&](const Place& place) { return !base.texts[place.base].empty(); });
  }

  void put_edited(const Row& row, std::int64_t line, const BaseRow& base) {
    ComparedRow out{.line = line, .id = base.id};
    for (const Place& place : places_) {
      const std::string raw = text_at(row, place.column);
      const std::string& before = base.texts[place.base];
      const auto links = base.ids.find(place.base);
      const std::vector<Id> ids = links == base.ids.end() ? std::vector<Id>() : links->second;
      if (!judge_.differs(place.field, before, ids, raw)) continue;
      const std::string& key = place.field.field->key;
      out.raw[key] = raw;
      out.base[key] = before;
      if (!ids.empty()) out.base_ids[key] = ids;
    }
    if (out.raw.empty()) {
      ++head_.counts.unchanged;
      return;
    }
    const JudgedRow judged = judge_.judge(out, false);
    if (!judged.seen) {  // gone since
      ++head_.counts.gone;
      return;
    }
    for (const JudgedCell& cell : judged.cells) {
      const std::string& key = cell.column.field->key;
      if (cell.state == State::same) {
        out.raw.erase(key);
        continue;
      }
      std::int64_t& count = cell.state == State::change     ? head_.counts.changes
                            : cell.state == State::conflict ? head_.counts.conflicts
                            : cell.state == State::refused  ? head_.counts.refused
                                                            : head_.counts.invalid;
      ++count;
      if (cell.state == State::conflict) out.conflicts.push_back(key);
      const std::string state(state_name(cell.state));
      if (std::ranges::find(out.states, state) == out.states.end()) out.states.push_back(state);
    }
    if (out.raw.empty()) {
      ++head_.counts.unchanged;
      return;
    }
    put(out);
  }

  void put_added(const Row& row, std::int64_t line, std::string problem) {
    ComparedRow out{.kind = ComparedRow::Kind::add, .line = line, .problem = std::move(problem)};
    for (const Place& place : places_) {
      std::string raw = text_at(row, place.column);
      if (!raw.empty()) out.raw[place.field.field->key] = std::move(raw);
    }
    const bool look = looks_ && head_.counts.added < kMostLookedFor;
    const JudgedRow judged = judge_.judge(out, look);
    ++head_.counts.added;
    out.states = {"add"};
    if (!judged.possible || !out.problem.empty() || !judged.candidates.empty()) {
      ++head_.counts.likely_known;
      out.states.emplace_back("look");
    }
    put(out);
  }

  void put_removed(Id id, std::int64_t line) {
    ComparedRow out{.kind = ComparedRow::Kind::remove, .line = line, .id = id};
    if (!judge_.judge(out, false).seen) return;
    ++head_.counts.removed;
    out.states = {"remove"};
    put(out);
  }

  void put(ComparedRow& row) {
    row.number = ++written_;
    rows_.write(row);
  }

  BaseReader& base_;
  ComparedRowsWriter& rows_;
  ComparisonHead& head_;
  ComparisonJudge judge_;
  bool looks_;
  std::optional<std::size_t> id_column_ = {};
  std::vector<Place> places_ = {};
  std::unordered_set<Id> seen_ = {};
  std::int64_t written_ = 0;
};

void write_head(JsonWriter& json, const records::Engine& engine, const ComparisonHead& head) {
  json.begin_object().key("id").id(head.id).field("object", head.object).field("name", head.name);
  json.field("created_at", format_instant(head.at)).key("exported_by");
  records::write_user_reference(json, engine, head.exported_by);
  json.field("exported_at", format_instant(head.exported_at));
  json.field("status", head.batch == 0 ? "open" : "applied");
  const auto texts = [&](const char* name, const std::vector<std::string>& list) {
    json.key(name).begin_array();
    for (const std::string& text : list) json.string(text);
    json.end_array();
  };
  texts("unknown_columns", head.unknown_columns);
  texts("hidden_columns", head.hidden_columns);
  const ComparisonCounts& counts = head.counts;
  json.key("counts").begin_object();
  json.field("rows", counts.rows).field("unchanged", counts.unchanged);
  json.field("changes", counts.changes).field("conflicts", counts.conflicts);
  json.field("refused", counts.refused).field("invalid", counts.invalid);
  json.field("added", counts.added).field("likely_known", counts.likely_known);
  json.field("removed", counts.removed).field("gone", counts.gone).end_object();
  if (head.batch != 0) json.key("change").id(head.batch);
  json.end_object();
}

void write_problem(JsonWriter& json, Language language, const Problem& problem) {
  if (problem.code.empty()) return;
  json.field("code", problem.code)
      .field("message", message(language, problem.code, problem.params));
}

void write_row(JsonWriter& json, const records::Caller& caller, const ComparedRow& row,
               const JudgedRow& judged) {
  json.begin_object().field("row", row.number).field("line", row.line);
  json.field("kind", row.kind == ComparedRow::Kind::add      ? "add"
                     : row.kind == ComparedRow::Kind::remove ? "remove"
                                                             : "edit");
  if (row.id != 0) json.key("id").id(row.id);
  json.field("seen", judged.seen).field("title", judged.title).field("possible", judged.possible);
  write_problem(json, caller.language, judged.problem);
  json.key("cells").begin_array();
  for (const JudgedCell& cell : judged.cells) {
    if (cell.state == State::same) continue;
    json.begin_object().field("field", cell.column.field->key);
    json.field("state", state_name(cell.state)).field("before", cell.before);
    json.field("now", cell.now).field("next", cell.next);
    write_problem(json, caller.language, cell.problem);
    json.end_object();
  }
  json.end_array();
  if (!judged.candidates.empty()) {
    json.key("candidates").begin_array();
    for (const records::LikelyRecord& match : judged.candidates) {
      json.begin_object().key("id").id(match.id).field("title", match.title);
      json.field("subtitle", match.subtitle).end_object();
    }
    json.end_array();
  }
  json.end_object();
}

}  // namespace

Comparisons::Comparisons(records::Engine& engine, auth::Accounts& accounts,
                         records::DuplicateQueue& duplicates, std::filesystem::path folder,
                         std::string key32)
    : engine_(engine),
      accounts_(accounts),
      duplicates_(duplicates),
      store_{std::move(folder), std::move(key32)} {
  std::filesystem::create_directories(store_.folder);
  ::chmod(store_.folder.c_str(), 0700);
}

UserNames Comparisons::user_names() {
  UserNames out;
  for (const auth::User& user : accounts_.users()) {
    if (!user.disabled) out.add(user.id, user.name, user.email);
  }
  return out;
}

// Files that are too old, by the time in their ids; also what a crash left behind.
void Comparisons::remove_old() const {
  const Millis now = engine_.clock().now();
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(store_.folder, ignored)) {
    const std::string name = entry.path().filename();
    const auto id = decode_id(name.substr(0, name.find('.')));
    if (!id) continue;
    const Millis age = now - id_time(*id);
    if (age > (name.ends_with(".base") ? kKeepBases : kKeepComparisons)) {
      std::filesystem::remove(entry.path(), ignored);
    }
  }
}

ComparisonHead Comparisons::head_of(const records::Caller& caller, Id id) const {
  auto head = read_comparison_head(store_, id);
  if (!head || head->user != caller.access.user()) throw AppError(Status::not_found, "not_found");
  const meta::ObjectDef* object = caller.access.catalog().object(head->object);
  if (object == nullptr || caller.access.object(*object).read == auth::Scope::none) {
    throw AppError(Status::not_found, "not_found");
  }
  return *head;
}

void Comparisons::create(const records::Caller& caller, const meta::ObjectDef& object,
                         const std::filesystem::path& upload, const std::string& name,
                         std::string& out) {
  // What it is for is to change the list; who may not has nothing to compare with it.
  const auto& rights = caller.access.object(object);
  if (!rights.create && rights.update == auth::Scope::none && rights.remove == auth::Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  remove_old();
  const auto event = event_of(upload);
  if (!event) throw AppError(Status::unsupported, "compare_not_ours");
  BaseReader base(store_, *event);
  if (base.header().object != object.key) {
    const meta::ObjectDef* other = caller.access.catalog().object(base.header().object);
    throw AppError(
        Status::unsupported, "compare_other_object",
        {{"name", other == nullptr ? base.header().object
                                   : (caller.language == Language::ja ? other->plural_label.ja
                                                                      : other->plural_label.en)}});
  }
  ComparisonHead head{.id = engine_.ids().next(),
                      .user = caller.access.user(),
                      .object = object.key,
                      .name = name,
                      .at = engine_.clock().now(),
                      .exported_by = base.header().user,
                      .exported_at = base.header().at};
  try {
    const UserNames users = user_names();
    ComparedRowsWriter rows(store_, head.id);
    Comparing(engine_, duplicates_, caller, object, users, base, rows, head).run(upload);
    rows.finish();
  } catch (...) {
    remove_comparison(store_, head.id);
    throw;
  }
  write_comparison_head(store_, head);
  JsonWriter json(out);
  write_head(json, engine_, head);
}

void Comparisons::get_json(const records::Caller& caller, Id id, std::string& out) {
  JsonWriter json(out);
  write_head(json, engine_, head_of(caller, id));
}

void Comparisons::rows_json(const records::Caller& caller, Id id, std::string_view state,
                            std::int64_t after, int limit, std::string& out) {
  const ComparisonHead head = head_of(caller, id);
  const meta::ObjectDef& object = *caller.access.catalog().object(head.object);
  const UserNames users = user_names();
  ComparisonJudge judge(engine_, duplicates_, caller, object, users, head.exported_by == head.user);
  ComparedRowsReader reader(store_, id);
  ComparedRow row;
  int count = 0;
  std::int64_t last = 0;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  while (reader.next(row)) {
    if (row.number <= after) continue;
    if (!state.empty() && std::ranges::find(row.states, state) == row.states.end()) continue;
    if (++count > limit) break;
    write_row(json, caller, row, judge.judge(row, true));
    last = row.number;
  }
  json.end_array();
  if (count > limit) json.field("next", last);
  json.end_object();
}

void Comparisons::remove(const records::Caller& caller, Id id) {
  head_of(caller, id);
  remove_comparison(store_, id);
}

}  // namespace daifuku::exchange
