#include "exchange/import_analysis.h"

#include <algorithm>
#include <chrono>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/keys.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kPreviewRows = 50;
constexpr std::size_t kSlice = 200;

const meta::ObjectDef& object_of(const ImportTable& table, const auth::Access& access,
                                 const std::string& key) {
  if (key.empty()) return propose_object(table, access);
  const meta::ObjectDef* object = access.catalog().object(key);
  if (object == nullptr || access.object(*object).read == auth::Scope::none) {
    throw AppError(Status::invalid, "invalid", {}, {{"object", "invalid_choice", {}}});
  }
  if (!access.object(*object).create) throw AppError(Status::forbidden, "forbidden");
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

std::vector<std::pair<std::string, meta::Label>> shown_values(const meta::ObjectDef& object,
                                                              const ImportRow& row) {
  std::vector<std::pair<std::string, meta::Label>> out;
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

// Which columns were put right or set aside, and how often: a person reads this before the rows.
class Tally {
 public:
  void add(const ImportRow& row) {
    for (const CellProblem& problem : row.problems) {
      if (problem.code != "import_phone_mended" && problem.code != "import_known" &&
          problem.code != "import_row_left_out") {
        continue;
      }
      const auto same = std::ranges::find_if(found_, [&](const ImportNotice& notice) {
        return notice.code == problem.code && notice.column == problem.column;
      });
      if (same != found_.end()) {
        ++same->count;
      } else {
        found_.push_back({.code = problem.code, .column = problem.column, .count = 1});
      }
    }
  }
  const std::vector<ImportNotice>& found() const { return found_; }

 private:
  std::vector<ImportNotice> found_ = {};
};

}  // namespace

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
  const meta::ObjectDef& object = object_of(table, caller.access, settings.object);
  describe(out, table, object);
  out.columns = propose_columns(table, caller.access, object, settings);
  notice_columns(out);
  const ImportPlan plan =
      make_plan(table, caller.access, object, out.columns, settings, out.mapping);
  RowReader reader(engine, caller, plan, table.header(), users);
  DamageCheck damage(table.header());
  Tally tally;
  HashSet links;

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
      case ImportRow::Action::create:
        ++counts.ok;
        if (!row.problems.empty()) ++counts.warnings;
        for (const ImportRow::Wish& wish : row.wishes) {
          if (wish.id != 0) continue;
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
    if (row.action != ImportRow::Action::create && rejected) rejected(row);
  };

  std::vector<ImportRow> slice(kSlice);
  bool more = true;
  bool stopped = false;
  while (more && !stopped) {
    std::size_t filled = 0;
    while (filled < kSlice && (more = table.next(slice[filled].cells, slice[filled].line))) {
      ImportRow& row = slice[filled++];
      damage.add(row.cells, row.line);
      reader.convert(row);
    }
    engine.database().read([&](store::Connection& connection) {
      for (std::size_t i = 0; i < filled; ++i) reader.look_up(connection, slice[i]);
    });
    for (std::size_t i = 0; i < filled; ++i) {
      count(slice[i]);
      if (out.preview.size() < kPreviewRows) {
        out.preview.push_back(slice[i]);
        out.shown.push_back(shown_values(object, slice[i]));
      }
    }
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
