#include "exchange/import_analysis.h"

#include <algorithm>
#include <chrono>

#include "exchange/import_changes.h"
#include "exchange/import_rules.h"
#include "exchange/own_maps.h"
#include "exchange/ready_maps.h"
#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/keys.h"
#include "records/record_json.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kPreviewRows = 50;
constexpr std::size_t kRowsOfKind = 100;
constexpr std::size_t kRowsToLook = 300;
constexpr std::size_t kActions = static_cast<std::size_t>(ImportRow::Action::error) + 1;
constexpr std::size_t kSlice = 200;
// Rows may be as wide as a sheet; what is read at once and what is kept to be shown is not.
constexpr std::size_t kSliceBytes = std::size_t{16} << 20;
constexpr std::size_t kShownBytes = std::size_t{8} << 20;

const meta::ObjectDef& object_of(const ImportTable& table, const auth::Access& access,
                                 const std::string& key) {
  if (key.empty()) return propose_object(table, access);
  const meta::ObjectDef* object = access.catalog().object(key);
  if (object == nullptr || access.object(*object).read == auth::Scope::none) {
    throw AppError(Status::invalid, "invalid", {}, {{"object", "invalid_choice", {}}});
  }
  const auto& rights = access.object(*object);
  if (!rights.create && rights.update == auth::Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  return *object;
}

void describe(ImportAnalysis& out, const ImportTable& table, const meta::ObjectDef& object) {
  const OpenedTable& opened = table.opened();
  out.object = object.key;
  out.format = table_format_name(opened.format);
  out.encoding = opened.encoding;
  out.delimiter = opened.delimiter;
  out.sheets = opened.sheets;
  out.sheet = opened.sheet;
  out.header_line = table.header_line();
  out.titles = table.header().titles;
  if (!table.header().has_header) out.notices.push_back({.code = "import_no_header"});
  if (table.header().confidence < 0.5) out.notices.push_back({.code = "import_header_guessed"});
}

void notice_columns(ImportAnalysis& out) {
  for (const ImportColumn& column : out.columns) {
    if (!column.conflicts) continue;
    out.notices.push_back({.code = "import_column_conflict",
                           .params = {{"name", column.header}},
                           .column = static_cast<int>(column.index)});
  }
}

// Notes of the reader: the same thing on many lines is one notice.
void notice_notes(ImportAnalysis& out, const std::vector<Note>& notes) {
  for (const Note& note : notes) {
    const auto same = std::ranges::find_if(
        out.notices, [&](const ImportNotice& notice) { return notice.code == note.code; });
    if (same == out.notices.end()) {
      out.notices.push_back({.code = note.code, .params = note.params, .count = 1});
    } else {
      ++same->count;
    }
  }
}

ShownValues shown_values(const meta::ObjectDef& object, const ImportRow& row) {
  ShownValues out;
  for (const auto& [key, value] : row.values) {
    const meta::FieldDef* field = object.field(key);
    const bool user =
        field == nullptr || field->kind == &meta::kinds::user || field->kind == &meta::kinds::users;
    if (!user) out.emplace_back(key, shown_value(*field, value));
  }
  for (const auto& [key, name] : row.shown) {
    const auto same =
        std::ranges::find_if(out, [&key = key](const auto& entry) { return entry.first == key; });
    if (same == out.end()) {
      out.emplace_back(key, name);
    } else {
      same->second.ja += "、" + name.ja;
      same->second.en += ", " + name.en;
    }
  }
  return out;
}

// Where and how to reach it: what tells two of one name apart.
std::string subtitle(const records::Caller& caller, const meta::ObjectDef& object,
                     const records::Record& record) {
  std::string out;
  int parts = 0;
  for (const meta::FieldDef& field : object.expanded) {
    const auto search = field.kind->search;
    const bool telling = field.key.ends_with("city") || field.key.ends_with("street") ||
                         search == meta::FieldKind::Search::phone ||
                         search == meta::FieldKind::Search::email;
    const meta::Value& value = record.get(field.key);
    if (!telling || meta::is_empty(value) || field.key == object.title ||
        caller.access.field(object, field.key) < meta::FieldRight::read) {
      continue;
    }
    const std::string text = meta::display_text(field, value, Language::ja);
    out += (out.empty() ? "" : " ") + text;
    if (++parts == 4) break;
  }
  return text::truncate(out, 120);
}

ShownRow show(records::Engine& engine, store::Connection& connection, const records::Caller& caller,
              const meta::ObjectDef& object, const std::vector<ImportPart>& parts,
              const ImportRow& row) {
  ShownRow out{.row = row, .values = shown_values(object, row)};
  for (std::size_t i = 0; i < row.parts.size(); ++i) {
    if (row.parts[i].action != ImportRow::Action::create) continue;
    out.parts.push_back({.path = parts[i].path,
                         .object = parts[i].object->key,
                         .found = row.parts[i].found != 0,
                         .values = shown_values(*parts[i].object, row.parts[i])});
  }
  const auto seen = [&](Id id) {
    return records::visible_record(engine, connection, caller, object, id);
  };
  if (row.target != 0) {
    if (const auto record = seen(row.target))
      out.target_title = records::readable_title(caller, object, *record);
  }
  if (row.action != ImportRow::Action::look) return out;
  for (const MatchCandidate& candidate : row.match.candidates) {
    const auto record = seen(candidate.id);
    if (!record) continue;
    out.candidates.push_back({.id = candidate.id,
                              .title = records::readable_title(caller, object, *record),
                              .subtitle = subtitle(caller, object, *record),
                              .reasons = candidate.reasons});
  }
  return out;
}

// Which columns were put right or set aside, and how often: a person reads this before the rows.
class Tally {
 public:
  void add(const ImportRow& row) {
    for (const ImportRow::Wish& wish : row.wishes) {
      if (wish.id == 0 && wish.origin != 0 && row.action == ImportRow::Action::create)
        add("import_links_wait", wish.column, {});
    }
    for (const CellProblem& problem : row.problems) {
      if (problem.code != "import_phone_mended" && problem.code != "import_known" &&
          problem.code != "import_row_left_out" && problem.code != "import_repeat" &&
          problem.code != "import_stale" && problem.code != "import_not_registered" &&
          !problem.code.starts_with("rule_")) {
        continue;
      }
      add(problem.code, problem.column, problem.params);
    }
  }
  const std::vector<ImportNotice>& found() const { return found_; }

 private:
  void add(const std::string& code, int column, const Params& params) {
    // Several rules may find fault with one column, or with the row as a whole.
    const bool rule = code.starts_with("rule_");
    const auto same = std::ranges::find_if(found_, [&](const ImportNotice& notice) {
      return notice.code == code && notice.column == column && (!rule || notice.params == params);
    });
    if (same != found_.end()) {
      ++same->count;
    } else {
      found_.push_back({.code = code, .params = params, .column = column, .count = 1});
    }
  }

  std::vector<ImportNotice> found_ = {};
};

// How many records the parts of rows will be: one of each name, and each that is below a row.
class NewParts {
 public:
  explicit NewParts(const std::vector<ImportPart>& parts) : parts_(parts) {}

  std::int64_t add(const ImportRow& row) {
    std::int64_t fresh = 0;
    for (std::size_t i = 0; i < row.parts.size(); ++i) {
      const ImportRow& part = row.parts[i];
      if (part.action != ImportRow::Action::create || part.found != 0) continue;
      const meta::ObjectDef& object = *parts_[i].object;
      const std::string title(meta::text_of(meta::get(part.values, object.title)));
      const auto keys = records::reference_keys(object, title);
      const std::int64_t hash = keys.empty()
                                    ? records::key_hash(object.id, records::MatchKey::text, title)
                                    : keys.front().hash;
      if (parts_[i].below || seen_.insert(static_cast<std::uint64_t>(hash))) ++fresh;
    }
    return fresh;
  }

 private:
  const std::vector<ImportPart>& parts_;
  HashSet seen_ = {};
};

}  // namespace

MapChoice choose_map(records::Engine& engine, const records::Caller& caller,
                     const ImportTable& table, const ImportSettings& settings) {
  MapChoice out;
  if (!table.header().has_header || table.own()) return out;
  const auto own = OwnMaps(engine).list(caller);
  const auto usable = [&](const ColumnMap& map) {
    const auto* object = caller.access.catalog().object(map.object);
    return object != nullptr && caller.access.object(*object).create;
  };
  for (ColumnMap& map :
       fitting_maps(own, table.header().columns, table_format_name(table.opened().format))) {
    if (!usable(map)) continue;
    out.fitting.push_back({map.id, map.name, map.object, map.own});
    const bool object_fits = settings.object.empty() || settings.object == map.object;
    if (!out.map && settings.map.empty() && object_fits) out.map = std::move(map);
  }
  if (settings.map.empty() || settings.map == "none") return out;
  for (const OwnMap& each : own) {
    if (encode_id(each.id) == settings.map) out.map = column_map(each);
  }
  for (const ColumnMap& map : ready_maps()) {
    if (map.id == settings.map && usable(map)) out.map = map;
  }
  if (!out.map) throw AppError(Status::invalid, "invalid", {}, {{"map", "invalid_choice", {}}});
  return out;
}

ImportAnalysis analyze_import(records::Engine& engine, const records::Caller& caller,
                              const std::filesystem::path& path, const ImportSettings& settings,
                              const UserNames& users, const AnalysisLimits& limits,
                              const std::function<bool()>& go_on,
                              const std::function<void(const ImportRow&)>& rejected) {
  const auto started = std::chrono::steady_clock::now();
  const auto late = [&] {
    const auto spent = std::chrono::steady_clock::now() - started;
    return std::chrono::duration_cast<std::chrono::milliseconds>(spent).count() >
           limits.milliseconds;
  };
  ImportAnalysis out;
  ImportTable table(path, settings);
  MapChoice choice = choose_map(engine, caller, table, settings);
  const ColumnMap* map = choice.map ? &*choice.map : nullptr;
  const meta::ObjectDef& object =
      object_of(table, caller.access, map == nullptr ? settings.object : map->object);
  describe(out, table, object);
  out.maps = std::move(choice.fitting);
  if (map != nullptr) out.map = {map->id, map->name, map->object, map->own};
  out.columns = propose_columns(table, caller.access, object, settings, map);
  notice_columns(out);
  const ImportPlan plan =
      make_plan(table, caller.access, object, own_columns(caller.access, object, out.columns),
                settings, out.mapping, map);
  out.parts = plan_parts(table, caller.access, object, out.columns, settings, out.mapping, map);
  RowReader reader(engine, caller, plan, table.header(), users);
  RowMerger merger(engine, caller, plan);
  PartReader parts(engine, caller, out.parts, reader, table.header(), users);
  const RowRules rules(engine, caller, reader);
  DamageCheck damage(table.header());
  for (const meta::FieldDef& field : object.expanded) {
    const bool filled = std::ranges::any_of(plan.targets, [&](const ImportTarget& target) {
      return target.key == field.key || (!field.whole.empty() && target.key == field.whole);
    });
    if (filled && !field.hidden && can_be_key(caller.access, object, field))
      out.keys.push_back(field.key);
  }
  out.by_action.resize(kActions);
  Tally tally;
  HashSet links;
  NewParts new_parts(out.parts);

  const auto count = [&](const ImportRow& row) {
    ImportCounts& counts = out.counts;
    ++counts.rows;
    tally.add(row);
    switch (row.action) {
      case ImportRow::Action::error:
        ++counts.errors;
        break;
      case ImportRow::Action::skip:
        ++(row.problems.back().code == "import_known" ? counts.known : counts.left_out);
        break;
      case ImportRow::Action::look:
        ++counts.looks;
        break;
      case ImportRow::Action::same:
        ++counts.same;
        break;
      case ImportRow::Action::create:
      case ImportRow::Action::update:
        ++counts.ok;
        ++(row.action == ImportRow::Action::create ? counts.creates : counts.updates);
        if (!row.problems.empty()) ++counts.warnings;
        counts.links_to_make += new_parts.add(row);
        for (const ImportRow::Wish& wish : row.wishes) {
          if (!wish.open()) continue;
          const std::uint32_t target = caller.access.catalog().object(wish.field->target)->id;
          const auto keys = records::reference_keys(
              *caller.access.catalog().object(wish.field->target), wish.name);
          const std::int64_t hash =
              keys.empty() ? records::key_hash(target, records::MatchKey::text, wish.name)
                           : keys.front().hash;
          if (links.insert(static_cast<std::uint64_t>(hash))) ++counts.links_to_make;
        }
        break;
    }
    if (!row.counts() && row.action != ImportRow::Action::same && rejected) rejected(row);
  };

  // As the run will find it: what the row would change, if anything, and what the rules say of it.
  const auto compare = [&](store::Connection& connection, ImportRow& row) {
    if (row.action == ImportRow::Action::create) rules.tell(row, nullptr, reader.draft(row));
    if (row.action != ImportRow::Action::update) return;
    const auto record = records::visible_record(engine, connection, caller, object, row.target);
    const std::string refused = refusal(caller, object, record);
    if (!refused.empty()) {
      row.fail({-1, {}, refused, {}});
      return;
    }
    merger.drop_links(connection, row, *record);
    const records::Draft draft = merger.merge(connection, row, *record, true);
    const bool changes =
        std::ranges::any_of(row.changes, [](const FieldChange& change) { return !change.kept; });
    if (!changes) row.action = ImportRow::Action::same;
    rules.tell(row, &*record, draft);
  };
  std::size_t shown_bytes = 0;
  const auto keep = [&](store::Connection& connection, const ImportRow& row) {
    auto& same = out.by_action[static_cast<std::size_t>(row.action)];
    const std::size_t most = row.action == ImportRow::Action::look ? kRowsToLook : kRowsOfKind;
    const bool full = shown_bytes >= kShownBytes;
    const bool first = out.preview.size() < kPreviewRows && !full;
    if (!first && (same.size() >= most || full)) return;
    shown_bytes += 2 * bytes_of(row.cells);
    ShownRow shown = show(engine, connection, caller, object, out.parts, row);
    if (first) out.preview.push_back(shown);
    if (same.size() < most) same.push_back(std::move(shown));
  };

  std::vector<ImportRow> slice(kSlice);
  bool more = true;
  bool stopped = false;
  while (more && !stopped) {
    std::size_t filled = 0;
    std::size_t bytes = 0;
    while (filled < kSlice && bytes < kSliceBytes &&
           (more = table.next(slice[filled].cells, slice[filled].line))) {
      ImportRow& row = slice[filled++];
      bytes += bytes_of(row.cells);
      if (!table.own()) damage.add(row.cells, row.line);
      reader.convert(row);
      if (!parts.empty()) parts.convert(row);
    }
    engine.database().read([&](store::Connection& connection) {
      for (std::size_t i = 0; i < filled; ++i) {
        reader.look_up(connection, slice[i]);
        if (!parts.empty()) parts.look_up(connection, slice[i]);
        compare(connection, slice[i]);
        keep(connection, slice[i]);
        // The rest is left to whoever counts on.
        if (late() && i + 1 < filled) {
          filled = i + 1;
          more = true;
        }
      }
    });
    for (std::size_t i = 0; i < filled; ++i) count(slice[i]);
    stopped = more && (out.counts.rows >= limits.rows || late() || (go_on && !go_on()));
  }
  out.counts.complete = !stopped;
  notice_notes(out, table.opened().notes);
  notice_notes(out, table.reader().notes());
  for (const DamageNotice& found : damage.notices()) {
    if (found.damage == Damage::phone_zero_lost) continue;  // told by what became of it
    out.notices.push_back({.code = std::string(damage_code(found.damage)),
                           .params = {{"example", found.example}},
                           .column = found.column,
                           .count = found.count});
  }
  for (const ImportNotice& notice : tally.found()) out.notices.push_back(notice);
  return out;
}

}  // namespace daifuku::exchange
