// The background thread of the imports, and the command line, which does the same on its own
// thread.
#include <algorithm>
#include <set>

#include "base/log.h"
#include "exchange/import_origins.h"
#include "exchange/imports.h"
#include "meta/kinds.h"
#include "records/own_fields.h"

namespace daifuku::exchange {
namespace {

constexpr Millis kKept = 30LL * 86'400'000;
constexpr Millis kSaveEvery = 2'000;
constexpr auto kLookForOld = std::chrono::hours(1);

}  // namespace

void Imports::start() {
  recover();
  remove_old();
  const std::lock_guard lock(mutex_);
  stopping_ = false;
  if (!worker_.joinable()) worker_ = std::thread([this] { work(); });
}

void Imports::stop() {
  std::thread worker;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    worker.swap(worker_);
    wake_.notify_all();
  }
  if (worker.joinable()) worker.join();
}

// What was going on when the program ended: told as failed, with what it had done, so that the
// person can undo it or have it go on. Nothing goes on by itself.
void Imports::recover() {
  for (const Id id : import_ids(engine_.database(), ImportStatus::running)) {
    const State state = known(id);
    if (state == nullptr) continue;
    // Written with the rows, so it is what is on disk, neither more nor less.
    {
      const std::lock_guard lock(mutex_);
      state->counts = state->reached;
    }
    log::warn("import_interrupted", {{"import", encode_id(id)}, {"rows", state->reached.done}});
    finish(state, ImportStatus::failed, "import_interrupted");
  }
  // What was asked to be taken back is taken back, else the list would stay half of each.
  for (const Id id : import_ids(engine_.database(), ImportStatus::undoing)) {
    if (known(id) == nullptr) continue;
    const std::lock_guard lock(mutex_);
    jobs_.push_back({.id = id});
  }
}

void Imports::remove_old() {
  const Millis limit = engine_.clock().now() - kKept;
  forget_waiting_links(engine_.database(), limit);
  std::set<std::string> kept;
  for (const Id id : import_ids_before(engine_.database(), limit)) {
    const State state = known(id);
    if (state == nullptr || state->busy()) continue;
    remove_files(id);
    // An import that never ran is of no use without its file; the others can still be undone.
    if (state->status == ImportStatus::ready) {
      delete_import(engine_.database(), id);
      const std::lock_guard lock(mutex_);
      states_.erase(id);
    }
  }
  // Files whose import is not there: a crash between the two.
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    const auto id = decode_id(entry.path().stem().string());
    const auto extension = entry.path().extension();
    if (!id || (extension != ".table" && extension != ".rejects")) continue;
    if (id_time(*id) > engine_.clock().now() - 86'400'000) continue;
    if (known(*id) == nullptr) remove_files(*id);
  }
}

std::shared_ptr<const auth::Access> Imports::access_of(Id user) {
  // The program itself, on the command line.
  if (user == 0)
    return std::make_shared<const auth::Access>(auth::Access::system(engine_.catalog()));
  const auto found = accounts_.user(user);
  if (!found || found->disabled) return nullptr;
  return std::make_shared<const auth::Access>(engine_.catalog(), user, found->teams,
                                              accounts_.role(found->role));
}

void Imports::finish(const State& state, ImportStatus status, const std::string& failure,
                     const Params& params) {
  const std::lock_guard lock(mutex_);
  state->status = status;
  state->failure = failure;
  state->failure_params = params;
  state->analysis.reset();
  update_import(engine_.database(), *state);
  settled_.notify_all();
}

void Imports::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (jobs_.empty()) {
      if (wake_.wait_for(lock, kLookForOld) == std::cv_status::timeout && jobs_.empty()) {
        lock.unlock();
        try {
          remove_old();
        } catch (const std::exception& error) {
          log::error("import_clean_up", {{"error", error.what()}});
        }
        lock.lock();
      }
      continue;
    }
    // Runs before counts: a person waits for them.
    auto next = std::ranges::find_if(jobs_, [](const Job& job) { return !job.waits(); });
    if (next == jobs_.end()) next = jobs_.begin();
    const Job job = *next;
    jobs_.erase(next);
    lock.unlock();
    try {
      if (job.diagnose) {
        diagnose_job(job);
      } else if (job.count) {
        count_job(job);
      } else {
        run_job(job.id);
      }
    } catch (const std::exception& error) {
      log::error("import_job", {{"import", encode_id(job.id)}, {"error", error.what()}});
    }
    lock.lock();
  }
}

// The counts of a long file, after the answer with the first rows was given.
void Imports::count_job(const Job& job) {
  const State state = known(job.id);
  if (state == nullptr) return;
  ImportSettings settings;
  {
    const std::lock_guard lock(mutex_);
    settings = state->settings;
  }
  bool waits = false;
  const auto go_on = [&] {
    const std::lock_guard lock(mutex_);
    const bool run = std::ranges::any_of(jobs_, [](const Job& other) { return !other.waits(); });
    waits = run && state->generation == job.generation && state->status == ImportStatus::ready;
    return !stopping_ && !run && state->generation == job.generation;
  };
  std::shared_ptr<ImportAnalysis> analysis;
  try {
    if (const auto access = access_of(state->created_by)) {
      const records::Caller caller{.access = *access, .source = records::Source::import_run};
      const auto plain = open_plain(job.id);
      analysis = std::make_shared<ImportAnalysis>(
          analyze_import(engine_, caller, plain->path(), settings, user_names(), {}, go_on));
    }
  } catch (const std::exception& error) {
    log::warn("import_count", {{"import", encode_id(job.id)}, {"error", error.what()}});
  }
  const std::lock_guard lock(mutex_);
  if (state->generation == job.generation && state->open() && analysis != nullptr &&
      analysis->counts.complete) {
    state->found = found_json(*analysis);
    state->total = analysis->counts.rows;
    state->analysis = std::move(analysis);
    update_import(engine_.database(), *state);
  }
  // Put off by a run, or the settings changed meanwhile: again, after the others.
  const bool again = waits || (state->generation != job.generation && state->open() &&
                               state->analysis != nullptr && !state->analysis->counts.complete);
  state->counting = again && states_.contains(job.id);
  if (state->counting) {
    jobs_.push_back({.id = job.id, .count = true, .generation = state->generation});
  }
  settled_.notify_all();
}

// Not while a run waits, and not for settings that were changed.
bool Imports::may_go_on(const State& state, const Job& job) {
  const std::lock_guard lock(mutex_);
  const bool run = std::ranges::any_of(jobs_, [](const Job& other) { return !other.waits(); });
  return !stopping_ && !run && state->generation == job.generation && state->open();
}

void Imports::diagnose_job(const Job& job) {
  const State state = known(job.id);
  if (state == nullptr) return;
  ImportSettings settings;
  {
    const std::lock_guard lock(mutex_);
    settings = state->settings;
  }
  std::optional<Diagnosis> found;
  try {
    if (const auto access = access_of(state->created_by)) {
      const records::Caller caller{.access = *access, .source = records::Source::import_run};
      const auto plain = open_plain(job.id);
      found = diagnose_import(engine_, caller, plain->path(), settings, user_names(),
                              [&] { return may_go_on(state, job); });
    }
  } catch (const std::exception& error) {
    log::warn("import_diagnosis", {{"import", encode_id(job.id)}, {"error", error.what()}});
  }
  const std::lock_guard lock(mutex_);
  // Broken off, it is asked for again by the screen that waits for it.
  state->diagnosing = false;
  if (found && state->generation == job.generation) {
    state->diagnosis = std::make_shared<const Diagnosis>(*std::move(found));
    state->diagnosed = job.generation;
  }
  settled_.notify_all();
}

void Imports::undo_job(const State& state) {
  const auto access = access_of(state->undo_by);
  if (access == nullptr) {
    finish(state, ImportStatus::failed, "import_owner_gone");
    return;
  }
  const records::Caller caller{.access = *access, .source = records::Source::undo};
  Millis saved = engine_.clock().now();
  const std::int64_t before = state->undone;  // in this undo, before a restart
  const auto progress = [&](const records::UndoResult& so_far) {
    const Millis now = engine_.clock().now();
    const std::lock_guard lock(mutex_);
    state->undo_seen = so_far.seen;
    state->undone = before + so_far.undone;
    if (now - saved >= kSaveEvery) {
      saved = now;
      update_import(engine_.database(), *state);
    }
    return !stopping_;
  };
  const auto result =
      engine_.undo(caller, state->batch, {.batch = state->undo_batch, .progress = progress});
  if (result.stopped) return;  // The server ends; it goes on when it is started again.
  {
    const std::lock_guard lock(mutex_);
    state->undone = before + result.undone;
    state->undo_skipped = static_cast<std::int64_t>(result.skipped.size());
    state->undo_kept.clear();
    for (const auto& skipped : result.skipped)
      state->undo_kept.push_back({skipped.object, skipped.id, skipped.reason});
  }
  finish(state, ImportStatus::undone);
  log::info("import_undone", {{"import", encode_id(state->id)}, {"undone", result.undone}});
}

void Imports::run_job(Id id) {
  const State state = known(id);
  if (state == nullptr) return;
  if (state->status == ImportStatus::undoing) {
    try {
      undo_job(state);
    } catch (const std::exception& error) {
      // As before the undo: it can be asked for again, what is taken back already is passed over.
      log::error("import_undo_failed", {{"import", encode_id(id)}, {"error", error.what()}});
      finish(state, ImportStatus::failed, "internal");
    }
    return;
  }
  try {
    // The rights of this moment, not of the upload.
    auto access = access_of(state->created_by);
    if (access == nullptr) {
      finish(state, ImportStatus::failed, "import_owner_gone");
      return;
    }
    {
      const std::lock_guard lock(mutex_);
      state->started_at = engine_.clock().now();
    }
    if (make_own_fields(state, {.access = *access, .source = records::Source::import_run})) {
      access = access_of(state->created_by);
      if (access == nullptr) throw AppError(Status::forbidden, "import_owner_gone");
    }
    const records::Caller caller{.access = *access, .source = records::Source::import_run};
    const auto plain = open_plain(id);
    execute(state, caller, plain->path(), {});
  } catch (const AppError& error) {
    finish(state, ImportStatus::failed, error.code(), error.params());
  } catch (const std::exception& error) {
    log::error("import_failed", {{"import", encode_id(id)}, {"error", error.what()}});
    finish(state, ImportStatus::failed, "internal");
  }
}

// Columns that become own fields. True when there are new ones.
bool Imports::make_own_fields(const State& state, const records::Caller& caller) {
  ImportSettings settings;
  std::vector<std::string> headings;
  {
    const std::lock_guard lock(mutex_);
    settings = state->settings;
    headings = headings_of(*state);
  }
  bool made = false;
  for (auto& [index, to] : settings.columns) {
    if (!to.starts_with("new:")) continue;
    std::string body;
    JsonWriter json(body);
    json.begin_object().field("object", settings.object).field("kind", to.substr(4));
    json.field("label", index < headings.size() ? headings[index] : "列");
    json.end_object();
    std::string key;
    engine_.write(caller, [&](records::Write& write) {
      key = records::add_own_field(write, parse_json(body));
    });
    to = "field:" + key;
    made = true;
    // At once, so that a run that fails later does not make them again.
    const std::lock_guard lock(mutex_);
    state->settings.columns[index] = to;
    update_import(engine_.database(), *state);
  }
  if (made) reload_catalog_();
  return made;
}

// Rows that an earlier run of the same import did not take, whole lines. A file that a crash cut is
// read as far as it goes.
std::vector<std::string> Imports::read_rejects(Id id, bool wanted) const {
  std::vector<std::string> out;
  if (!wanted || !std::filesystem::exists(rejects_path(id))) return out;
  try {
    SealedReader sealed(rejects_path(id), key_, "import:" + encode_id(id) + ":rejects");
    std::string pending;
    std::string piece;
    while (sealed.read(piece)) {
      pending += piece;
      const std::size_t end = pending.rfind('\n');
      if (end == std::string::npos) continue;
      out.push_back(pending.substr(0, end + 1));
      pending.erase(0, end + 1);
    }
  } catch (const SystemError& error) {
    log::warn("import_rejects_cut", {{"import", encode_id(id)}, {"error", error.what()}});
  }
  return out;
}

void Imports::execute(const State& state, const records::Caller& caller,
                      const std::filesystem::path& plain,
                      const std::function<bool(const RunCounts&)>& progress) {
  const Id id = state->id;
  ImportSettings settings;
  RunCounts before;
  Id batch = 0;
  bool resuming = false;
  {
    const std::lock_guard lock(mutex_);
    settings = state->settings;
    resuming = state->resuming;
    if (resuming) before = state->reached;
    batch = state->batch;
  }
  const auto earlier = read_rejects(id, resuming);
  SealedWriter rejects(rejects_path(id), key_, "import:" + encode_id(id) + ":rejects");
  for (const std::string& piece : earlier) rejects.write(piece);
  Millis saved = engine_.clock().now();
  bool ended = false;  // by the server, not by the person
  RunHooks hooks;
  hooks.rejected = [&](const ImportRow& row) { rejects.write(reject_line(row)); };
  hooks.mark = [id](store::Transaction& tx, const RunCounts& counts) {
    mark_reached(tx, id, counts);
  };
  hooks.progress = [&](const RunCounts& counts) {
    const Millis now = engine_.clock().now();
    if (now - saved >= kSaveEvery) rejects.flush();
    const bool wanted = !progress || progress(counts);
    const std::lock_guard lock(mutex_);
    state->counts = state->reached = counts;
    if (!wanted) state->cancel = true;
    if (now - saved >= kSaveEvery) {
      saved = now;
      update_import(engine_.database(), *state);
    }
    ended = stopping_ && !progress;
    return !state->cancel && !ended;
  };
  const RunCounts counts =
      run_import(engine_, caller, plain, settings, user_names(), batch, hooks, before);
  rejects.finish();
  bool cancelled = false;
  {
    const std::lock_guard lock(mutex_);
    state->counts = state->reached = counts;
    cancelled = state->cancel;
  }
  if (ended) {
    finish(state, ImportStatus::failed, "import_interrupted");
  } else {
    finish(state, cancelled ? ImportStatus::cancelled : ImportStatus::done);
  }
  log::info("import_done", {{"import", encode_id(id)},
                            {"rows", counts.done},
                            {"created", counts.created},
                            {"updated", counts.updated},
                            {"failed", counts.failed},
                            {"skipped", counts.skipped}});
  // Imports publish no event for each record; one tells the screens that much is new.
  if (counts.created + counts.updated + counts.linked > 0) {
    const Id last = engine_.last_event();
    for (const records::Event& event : engine_.events_after(last - 1, 1)) engine_.publish(event);
  }
}

// --- command line ---

Imports::Report Imports::run_now(const records::Caller& caller, const std::filesystem::path& path,
                                 const RunOptions& options,
                                 const std::function<bool(const RunCounts&)>& progress) {
  Report report;
  ImportSettings settings = options.settings;
  if (!options.map.empty()) {
    const ImportTable table(path, settings);
    const auto& columns = table.header().columns;
    for (const auto& [heading, to] : options.map) {
      const auto found =
          std::ranges::find_if(columns, [&heading = heading](const HeaderColumn& column) {
            return column.name == heading || column.label == heading;
          });
      if (found == columns.end()) {
        throw AppError(Status::invalid, "import_map_unknown", {{"name", heading}});
      }
      settings.columns[static_cast<std::size_t>(found - columns.begin())] = to;
    }
  }
  report.analysis = analyze_import(engine_, caller, path, settings, user_names());
  if (options.dry_run) return report;
  if (!report.analysis.mapping.empty()) {
    throw AppError(Status::invalid, "import_mapping", {}, report.analysis.mapping);
  }
  settings.object = report.analysis.object;
  settings.map = report.analysis.map ? report.analysis.map->id : "none";
  for (const ImportColumn& column : report.analysis.columns) {
    settings.columns[column.index] = column.to;
  }
  const auto state = std::make_shared<ImportState>();
  state->id = report.id = engine_.ids().next();
  state->name = path.filename().string();
  state->status = ImportStatus::running;
  state->created_at = state->started_at = engine_.clock().now();
  state->created_by = caller.access.user();
  state->settings = settings;
  state->found = found_json(report.analysis);
  state->total = report.analysis.counts.rows;
  state->batch = report.batch = engine_.ids().next();
  insert_import(engine_.database(), *state);
  {
    const std::lock_guard lock(mutex_);
    states_[state->id] = state;
  }
  try {
    auto access = std::make_shared<const auth::Access>(caller.access);
    if (make_own_fields(state, caller)) {
      access = access_of(caller.access.user());
      if (access == nullptr) throw AppError(Status::forbidden, "import_owner_gone");
    }
    const records::Caller own{
        .access = *access, .source = records::Source::import_run, .language = caller.language};
    const auto always = [](const RunCounts&) { return true; };
    execute(state, own, path, progress ? progress : always);
  } catch (const AppError& error) {
    finish(state, ImportStatus::failed, error.code(), error.params());
    throw;
  } catch (const std::exception&) {
    finish(state, ImportStatus::failed, "internal");
    throw;
  }
  report.counts = state->counts;
  return report;
}

}  // namespace daifuku::exchange
