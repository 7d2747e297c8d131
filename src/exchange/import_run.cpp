#include "exchange/import_run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <span>

#include "meta/derive.h"

namespace daifuku::exchange {
namespace {

// Each slice is a commit to disk, which writes every page it touched: the more rows in it, the
// fewer pages a row costs. So a slice is long while nobody else wants to write, and ends as soon as
// somebody does, or when the store cannot tell, after a while.
constexpr std::size_t kMostRows = 2'000;
constexpr std::size_t kFewestRows = 50;
constexpr auto kMostTime = std::chrono::milliseconds(500);
constexpr auto kTimeWhenOthersWait = std::chrono::milliseconds(45);

using Names = std::map<std::string, Id, std::less<>>;

class Runner {
 public:
  Runner(records::Engine& engine, const records::Caller& caller, RowReader& reader, Id batch)
      : engine_(engine), caller_(caller), reader_(reader), batch_(batch) {}

  // Writes rows in one transaction, as many as others leave time for. Returns how many.
  std::size_t write(std::span<ImportRow> rows, RunCounts& counts) {
    // The store may run the work again (a lost connection), so it starts from the rows as they
    // were and leaves its results behind only when it went through.
    std::vector<ImportRow> done;
    Names made;
    std::int64_t created = 0;
    engine_.write(caller_, batch_, [&](records::Write& write) {
      done.clear();
      made.clear();
      created = 0;
      const auto begin = std::chrono::steady_clock::now();
      for (const ImportRow& given : rows) {
        if (done.size() >= kFewestRows && done.size() % 10 == 0) {
          const auto took = std::chrono::steady_clock::now() - begin;
          if (took >= kMostTime || (took >= kTimeWhenOthersWait && write.tx().others_wait())) break;
        }
        ImportRow& row = done.emplace_back(given);
        if (row.action != ImportRow::Action::create) continue;
        make_links(write, row, made);
        try {
          write.create(*reader_.plan().object, reader_.draft(row));
          ++created;
        } catch (const AppError& error) {
          // All checks come before the first change of a record.
          reader_.add_problems(row, error);
        }
      }
    });
    std::move(done.begin(), done.end(), rows.begin());
    counts.created += created;
    counts.linked += static_cast<std::int64_t>(made.size());
    for (const auto& [key, id] : made) {
      const std::size_t cut = key.find('\n');
      const auto* target = caller_.access.catalog().object(std::string_view(key).substr(0, cut));
      reader_.links().remember(*target, key.substr(cut + 1), id);
    }
    return done.size();
  }

 private:
  void make_links(records::Write& write, ImportRow& row, Names& made) {
    for (ImportRow::Wish& wish : row.wishes) {
      if (wish.id != 0) continue;
      const meta::ObjectDef& target = *caller_.access.catalog().object(wish.field->target);
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
        reader_.give_up(row, wish, "import_link_ambiguous");
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
        reader_.give_up(row, wish, "import_link_not_found");
      }
    }
  }

  records::Engine& engine_;
  const records::Caller& caller_;
  RowReader& reader_;
  Id batch_;
};

}  // namespace

RunCounts run_import(records::Engine& engine, const records::Caller& caller,
                     const std::filesystem::path& path, const ImportSettings& settings,
                     const UserNames& users, Id batch, const RunHooks& hooks) {
  const meta::ObjectDef* object = caller.access.catalog().object(settings.object);
  if (object == nullptr || !caller.access.object(*object).create) {
    throw AppError(Status::forbidden, "forbidden");
  }
  ImportTable table(path, settings);
  const auto columns = propose_columns(table, caller.access, *object, settings);
  Problems problems;
  const ImportPlan plan = make_plan(table, caller.access, *object, columns, settings, problems);
  if (!problems.empty()) throw AppError(Status::invalid, "import_mapping", {}, problems);
  RowReader reader(engine, caller, plan, table.header(), users);
  Runner runner(engine, caller, reader, batch);

  RunCounts counts;
  std::vector<ImportRow> slice(kMostRows);
  bool going = true;
  for (bool more = true; more && going;) {
    std::size_t filled = 0;
    while (filled < kMostRows && (more = table.next(slice[filled].cells, slice[filled].line))) {
      reader.convert(slice[filled++]);
    }
    engine.database().read([&](store::Connection& connection) {
      for (std::size_t i = 0; i < filled; ++i) reader.look_up(connection, slice[i]);
    });
    std::span<ImportRow> rows(slice.data(), filled);
    while (!rows.empty() && going) {
      const std::size_t written = runner.write(rows, counts);
      for (const ImportRow& row : rows.first(written)) {
        if (row.action == ImportRow::Action::create) {
          if (!row.problems.empty()) ++counts.warnings;
          continue;
        }
        ++(row.action == ImportRow::Action::error ? counts.failed : counts.skipped);
        if (hooks.rejected) hooks.rejected(row);
      }
      rows = rows.subspan(written);
      counts.done += static_cast<std::int64_t>(written);
      if (rows.empty()) counts.share = table.reader().progress();
      if (hooks.progress) going = hooks.progress(counts);
    }
  }
  return counts;
}

}  // namespace daifuku::exchange
