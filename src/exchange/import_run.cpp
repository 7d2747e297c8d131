#include "exchange/import_run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <span>

#include "exchange/import_analysis.h"
#include "exchange/import_changes.h"
#include "meta/derive.h"

namespace daifuku::exchange {
namespace {

// Each slice is a commit to disk, which writes every page it touched: the more rows in it, the
// fewer pages a row costs. So a slice is long while nobody else wants to write, and ends as soon as
// somebody does, or when the store cannot tell, after a while.
constexpr std::size_t kMostRows = 2'000;
// Rows may be as wide as a sheet.
constexpr std::size_t kMostBytes = std::size_t{32} << 20;
constexpr std::size_t kWide = std::size_t{64} << 10;
constexpr std::size_t kFewestRows = 50;  // or so many records and links of fewer rows
constexpr std::size_t kAskEvery = 10;
constexpr auto kMostTime = std::chrono::milliseconds(500);
constexpr auto kTimeWhenOthersWait = std::chrono::milliseconds(45);

// A row may name a thousand records. One that is looked for and perhaps made is as much work as a
// row; to link one that is known is little.
std::size_t work_of(const ImportRow& row) {
  std::size_t open = 0;
  for (const ImportRow::Wish& wish : row.wishes) open += wish.open() ? 1 : 0;
  std::size_t out = 1 + open + (row.wishes.size() - open) / 20;
  for (const ImportRow& part : row.parts) out += work_of(part);
  return out;
}

using Names = std::map<std::string, Id, std::less<>>;

class Runner {
 public:
  Runner(records::Engine& engine, const records::Caller& caller, RowReader& reader,
         PartReader& parts, Id batch, const RunHooks& hooks)
      : engine_(engine),
        caller_(caller),
        reader_(reader),
        parts_(parts),
        merger_(engine, caller, reader.plan()),
        batch_(batch),
        hooks_(hooks) {}

  // Writes rows in one transaction, as many as others leave time for. Returns how many.
  std::size_t write(std::span<ImportRow> rows, RunCounts& counts) {
    // The store may run the work again (a lost connection), so it starts from the rows as they
    // were and leaves its results behind only when it went through.
    std::vector<ImportRow> done;
    Names made;
    RunCounts next;
    engine_.write(caller_, batch_, [&](records::Write& write) {
      done.clear();
      made.clear();
      next = counts;
      parts_.begin();
      const auto begin = std::chrono::steady_clock::now();
      std::size_t work = 0;
      std::size_t asked = kFewestRows;
      for (const ImportRow& given : rows) {
        if (work >= asked) {
          asked = work + kAskEvery;
          const auto took = std::chrono::steady_clock::now() - begin;
          if (took >= kMostTime || (took >= kTimeWhenOthersWait && write.tx().others_wait())) break;
        }
        work += work_of(given);
        ImportRow& row = done.emplace_back(given);
        const std::size_t warned = write.warnings().size();
        if (const auto error = write.attempt([&] { save(write, row, made); }))
          reader_.add_problems(row, *error);
        for (const Problem& problem : std::span(write.warnings()).subspan(warned))
          reader_.warn(row, problem);
        count(row, next);
      }
      next.linked += static_cast<std::int64_t>(made.size()) + parts_.made();
      if (hooks_.mark) hooks_.mark(write.tx(), next);
    });
    std::move(done.begin(), done.end(), rows.begin());
    parts_.commit();
    counts = next;
    for (const auto& [key, id] : made) {
      const std::size_t cut = key.find('\n');
      const auto* target = caller_.access.catalog().object(std::string_view(key).substr(0, cut));
      reader_.links().remember(*target, key.substr(cut + 1), id);
    }
    return done.size();
  }

 private:
  void save(records::Write& write, ImportRow& row, Names& made) {
    const meta::ObjectDef& object = *reader_.plan().object;
    if (row.action == ImportRow::Action::create) {
      make_links(write, reader_, row, made);
      make_parts(write, row, made);
      if (row.action != ImportRow::Action::create) return;
      const bool own = reader_.plan().keeps_origins() && row.own_id != 0;
      const ImportOrigins& origins = reader_.origins();
      const Id id = own ? origins.id_for(write.tx(), row.own_id) : engine_.ids().next();
      if (reader_.plan().whole) {
        write.take_over(object, reader_.draft(row), id);
      } else {
        write.create(object, reader_.draft(row), id);
      }
      if (!parts_.empty()) parts_.after(write, row, id);
      if (own) origins.remember(write.tx(), row.own_id, id);
      keep_waiting(write, row, id);
      if (own) origins.settle(write, object, row.own_id);
      return;
    }
    if (reader_.plan().keeps_origins() && row.own_id != 0 && row.target != 0) {
      if (row.target != row.own_id) reader_.origins().remember(write.tx(), row.own_id, row.target);
      reader_.origins().settle(write, object, row.own_id);
    }
    if (row.action != ImportRow::Action::update) return;
    // As it is now: others may have changed it since the row was compared.
    const auto record = write.load(object, row.target);
    const std::string refused = refusal(caller_, object, record);
    if (!refused.empty()) {
      row.fail({-1, {}, refused, {}});
      return;
    }
    merger_.drop_links(write.tx(), row, *record);
    parts_.drop_unlinked(row);
    make_links(write, reader_, row, made);
    make_parts(write, row, made);
    if (row.action != ImportRow::Action::update) return;
    const records::Draft draft = merger_.merge(write.tx(), row, *record, false);
    const auto saved = write.update(object, row.target, draft);
    if (saved.version == record->version) row.action = ImportRow::Action::same;
  }

  static void count(const ImportRow& row, RunCounts& counts) {
    ++counts.done;
    switch (row.action) {
      case ImportRow::Action::create:
        ++counts.created;
        break;
      case ImportRow::Action::update:
        ++counts.updated;
        break;
      case ImportRow::Action::same:
        ++counts.same;
        break;
      case ImportRow::Action::look:
        ++counts.unsure;
        break;
      case ImportRow::Action::skip:
        ++counts.skipped;
        break;
      case ImportRow::Action::error:
        ++counts.failed;
        break;
    }
    if (row.counts() && !row.problems.empty()) ++counts.warnings;
  }

  // Links of a new record to what has not come yet.
  void keep_waiting(records::Write& write, const ImportRow& row, Id id) {
    std::vector<const meta::FieldDef*> fields;
    for (const ImportRow::Wish& wish : row.wishes) {
      const bool waits = wish.id == 0 && wish.origin != 0;
      if (waits && std::ranges::find(fields, wish.field) == fields.end())
        fields.push_back(wish.field);
    }
    for (const meta::FieldDef* field : fields) {
      std::vector<Id> all;
      for (const ImportRow::Wish& wish : row.wishes) {
        if (wish.field == field && wish.origin != 0) all.push_back(wish.origin);
      }
      reader_.origins().wait(write.tx(), *reader_.plan().object, id, *field, all);
    }
  }

  // The further records of the row that it links to, and what those name.
  void make_parts(records::Write& write, ImportRow& row, Names& made) {
    if (parts_.empty()) return;
    for (std::size_t i = 0; i < row.parts.size(); ++i) {
      ImportRow& part = row.parts[i];
      if (part.action != ImportRow::Action::create || part.found != 0) continue;
      part.cells.swap(row.cells);
      make_links(write, parts_.reader(i), part, made);
      part.cells.swap(row.cells);
    }
    parts_.before(write, row);
  }

  void make_links(records::Write& write, RowReader& reader, ImportRow& row, Names& made) {
    for (ImportRow::Wish& wish : row.wishes) {
      if (wish.id != 0) continue;
      const meta::ObjectDef& target = *caller_.access.catalog().object(wish.field->target);
      if (wish.origin != 0) {
        // An earlier row may have brought it.
        wish.id = reader.origins().find(write.tx(), target, wish.origin);
        const bool creates = row.action == ImportRow::Action::create;
        if (wish.id != 0 || (creates && !wish.field->required)) continue;
        if (creates) return reader.fail_first(row, wish);
        row.problems.push_back({wish.column,
                                wish.field->key,
                                "import_link_first",
                                {{"name", target.label.ja}},
                                false});
        continue;
      }
      const std::string key = target.key + '\n' + wish.name;
      if (const auto found = made.find(key); found != made.end()) {
        wish.id = found->second;
        continue;
      }
      // Another spelling of it may have been made a moment ago, by this slice or by somebody else.
      const auto ids = engine_.find_by_key(write.tx(), caller_, target, wish.name);
      if (ids.size() == 1) {
        wish.id = ids.front();
        continue;
      }
      if (ids.size() > 1) {
        reader.give_up(row, wish, "import_link_ambiguous");
        continue;
      }
      Problems problems;
      const meta::Cell title{target.title, wish.name};
      records::Draft draft;
      draft.values =
          meta::parse_cells(target, {&title, 1}, caller_.access.fields(target), problems);
      if (row.owner != 0) draft.owner = row.owner;
      try {
        if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
        wish.id = write.create(target, std::move(draft)).id;
        made.emplace(key, wish.id);
      } catch (const AppError&) {
        reader.give_up(row, wish, "import_link_not_found");
      }
    }
  }

  records::Engine& engine_;
  const records::Caller& caller_;
  RowReader& reader_;
  PartReader& parts_;
  RowMerger merger_;
  Id batch_;
  const RunHooks& hooks_;
};

}  // namespace

RunCounts run_import(records::Engine& engine, const records::Caller& caller,
                     const std::filesystem::path& path, const ImportSettings& settings,
                     const UserNames& users, Id batch, const RunHooks& hooks,
                     const RunCounts& before) {
  const meta::ObjectDef* object = caller.access.catalog().object(settings.object);
  if (object == nullptr) throw AppError(Status::forbidden, "forbidden");
  ImportTable table(path, settings);
  const MapChoice choice = choose_map(engine, caller, table, settings);
  const ColumnMap* map = choice.map ? &*choice.map : nullptr;
  const auto columns = propose_columns(table, caller.access, *object, settings, map);
  Problems problems;
  const ImportPlan plan =
      make_plan(table, caller.access, *object, own_columns(caller.access, *object, columns),
                settings, problems, map);
  const auto further = plan_parts(table, caller.access, *object, columns, settings, problems, map);
  if (!problems.empty()) throw AppError(Status::invalid, "import_mapping", {}, problems);
  RowReader reader(engine, caller, plan, table.header(), users);
  PartReader parts(engine, caller, further, reader, table.header(), users);
  Runner runner(engine, caller, reader, parts, batch, hooks);

  RunCounts counts = before;
  std::vector<ImportRow> slice(kMostRows);
  for (std::int64_t passed = 0; passed < before.done; ++passed) {
    ImportRow& row = slice.front();
    if (!table.next(row.cells, row.line)) return counts;
    reader.convert(row);
    if (plan.updates()) {
      // Which record it means, so that a later row does not take it too.
      ImportRow meant = row;
      engine.database().read(
          [&](store::Connection& connection) { reader.look_up(connection, meant); });
    }
    reader.pass(row);
  }
  if (before.done > 0) parts.go_on(batch);
  bool going = true;
  for (bool more = true; more && going;) {
    std::size_t filled = 0;
    std::size_t bytes = 0;
    while (filled < kMostRows && bytes < kMostBytes &&
           (more = table.next(slice[filled].cells, slice[filled].line))) {
      ImportRow& row = slice[filled++];
      bytes += bytes_of(row.cells);
      reader.convert(row);
      if (!parts.empty()) parts.convert(row);
    }
    engine.database().read([&](store::Connection& connection) {
      for (std::size_t i = 0; i < filled; ++i) {
        reader.look_up(connection, slice[i]);
        if (!parts.empty()) parts.look_up(connection, slice[i]);
      }
    });
    std::span<ImportRow> rows(slice.data(), filled);
    while (!rows.empty() && going) {
      const std::size_t written = runner.write(rows, counts);
      for (const ImportRow& row : rows.first(written)) {
        if (!row.counts() && row.action != ImportRow::Action::same && hooks.rejected)
          hooks.rejected(row);
      }
      rows = rows.subspan(written);
      if (rows.empty()) counts.share = table.reader().progress();
      if (hooks.progress) going = hooks.progress(counts);
    }
    for (ImportRow& row : std::span(slice.data(), filled)) {
      if (bytes_of(row.cells) > kWide) row = {};
    }
  }
  return counts;
}

}  // namespace daifuku::exchange
